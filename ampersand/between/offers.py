"""What is negotiated, as either side sees it: the same versions, lines and sums, and what each side stated.

Both faces build their part from this one, with `viewer` on their side of it. What a side keeps to itself is given by the rows
that side may read, and is shown to it alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import models
from django.db.models import Prefetch
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ampersand.between.offer_rows import (
    FileRow,
    LineRow,
    NegotiationRow,
    OfferRow,
    OffersPart,
    QuestionRow,
    TaxRow,
)
from ampersand.between.page import Viewer
from ampersand.between.suggesting import Suggestion, suggestions
from ampersand.core.rooms import Room
from ampersand.exchange import money
from ampersand.exchange.models import (
    DecidingDay,
    Negotiation,
    Offer,
    OfferEvent,
    OfferFile,
    OfferLine,
    OfferValue,
    Question,
    Weight,
)
from ampersand.exchange.negotiating import states
from ampersand.exchange.negotiating.states import OfferEventKind, OfferState

MOST_NEGOTIATIONS = 30
MOST_VERSIONS = 30

# What either side may read of each.
_OFFER = (
    *("id", "negotiation_id", "version", "by_id", "is_ours", "voice", "words", "currency", "valid_until"),
    *("net_amount", "tax_amount", "told_at", "room"),
)
_LINE = ("id", "offer_id", "position", "words", "quantity", "unit", "unit_price", "discount_share", "tax_rate")


def offers_part(
    negotiations: models.QuerySet[Negotiation],
    offers: models.QuerySet[Offer],
    weights: models.QuerySet[Weight],
    *,
    viewer: Viewer,
    on: date,
) -> OffersPart:
    """The part of a page about offers, for either side, of the rows that side sees. Nine queries, however many there are.

    A negotiation stands on it once an offer lies between the two.
    """
    known = with_offers(negotiations, offers, weights).order_by("-told_at", "-id")[:MOST_NEGOTIATIONS]
    rows = [negotiation_row(one, viewer=viewer, on=on) for one in known if one.offers.all()]
    return OffersPart(
        open=tuple(row for row in rows if not row.is_decided),
        decided=tuple(row for row in rows if row.is_decided),
        other=viewer.other,
    )


def with_offers(
    negotiations: models.QuerySet[Negotiation], offers: models.QuerySet[Offer], weights: models.QuerySet[Weight]
) -> models.QuerySet[Negotiation]:
    """Negotiations with all that both sides may read of them, and `weights`."""
    using = negotiations.db
    said = OfferEvent.objects.using(using).only("id", "offer_id", "kind", "by_id", "voice", "at", "words")
    files = OfferFile.objects.using(using).select_related("file")
    versions = (
        offers.filter(room=Room.BETWEEN, withdrawn_at=None)
        .only(*_OFFER)
        .prefetch_related(
            Prefetch("lines", OfferLine.objects.using(using).only(*_LINE)),
            Prefetch("values", OfferValue.objects.using(using).only("id", "offer_id", "question_id", "words")),
            Prefetch("events", said),
            Prefetch("files", files.only("id", "offer_id", "file_id", "name", "file__digest", "file__size_bytes")),
        )
    )
    days = DecidingDay.objects.using(using).only("id", "negotiation_id", "on", "words", "voice", "at")
    weighed = weights.only("id", "question_id", "is_ours", "is_stated", "value", "voice", "at")
    asked = Question.objects.using(using).only("id", "negotiation_id", "position", "kind", "words")
    return (
        negotiations.filter(withdrawn_at=None)
        .only("id", "relationship_id", "about", "decider_id", "told_at")
        .prefetch_related(
            Prefetch("questions", asked.prefetch_related(Prefetch("weights", weighed))),
            Prefetch("deciding_days", days),
            Prefetch("offers", versions),
        )
    )


def negotiation_row(negotiation: Negotiation, *, viewer: Viewer, on: date) -> NegotiationRow:
    """One negotiation (from `with_offers`), with what the viewer may do in it."""
    offers = sorted(negotiation.offers.all(), key=lambda offer: -offer.version)[:MOST_VERSIONS]
    questions = sorted(negotiation.questions.all(), key=lambda question: question.position)
    day = negotiation.deciding_day()
    is_decided = offers[0].state(on=on) not in states.WAITING
    named = {"put_url": "put_offer", "weigh_url": "weigh"} if not _is_accepted(offers) else {}
    if not viewer.is_ours and not is_decided:
        named["day_url"] = "negotiation_day"
    acts = {url: viewer.address(name, negotiation.pk) for url, name in named.items()}
    return NegotiationRow(
        id=negotiation.pk,
        about=negotiation.about,
        is_decided=is_decided,
        day=day.on if day else None,
        day_words=day.words if day else "",
        day_told=viewer.name(is_ours=False, voice=day.voice) if day else "",
        offers=tuple(_offer(one, offers[0], viewer=viewer, on=on) for one in offers),
        questions=tuple(_question(one, offers, viewer=viewer) for one in questions),
        suggestions=_suggestions(questions, viewer=viewer),
        **acts,
    )


def _is_accepted(offers: Sequence[Offer]) -> bool:
    """What was accepted stands: nothing follows it here."""
    return offers[0].last_said_kind() == OfferEventKind.ACCEPTED


def _offer(offer: Offer, newest: Offer, *, viewer: Viewer, on: date) -> OfferRow:
    state = offer.state(on=on)
    lines = sorted(offer.lines.all(), key=lambda line: line.position)
    sums = money.totals(lines, offer.currency) if lines else None
    return OfferRow(
        id=offer.pk,
        version=offer.version,
        whose=viewer.name(is_ours=offer.is_ours, voice=offer.voice),
        put_on=offer.told_at,
        state=state,
        says=_state_says(state),
        said=_said(offer, viewer),
        words=offer.words,
        ends_on=offer.ends_on(),
        currency=offer.currency,
        lines=tuple(_line(line, offer.currency) for line in lines),
        net=sums.net if sums else None,
        taxes=tuple(TaxRow(_percent(row.rate), row.net, row.tax) for row in sums.rates if row.rate) if sums else (),
        gross=sums.gross if sums else None,
        files=tuple(
            FileRow(one.name, viewer.address("offer_file", one.pk), one.file.size_bytes)
            for one in sorted(offer.files.all(), key=lambda one: (one.name, one.pk))
        ),
        is_on_table=offer.pk == newest.pk,
        paper_url=viewer.address("offer_paper", offer.pk),
        entry=viewer.entry(),
        **_acts(offer, state, viewer),
    )


def _acts(offer: Offer, state: OfferState, viewer: Viewer) -> dict[str, str]:
    """What this side may say of it, as `negotiating/states.py` has it."""
    is_giver = offer.is_ours == viewer.is_ours
    named = {
        "accept": OfferEventKind.ACCEPTED,
        "decline": OfferEventKind.DECLINED,
        "withdraw": OfferEventKind.WITHDRAWN,
    }
    return {
        f"{name}_url": viewer.address(f"{name}_offer", offer.pk)
        for name, kind in named.items()
        if states.may(kind, state=state, is_giver=is_giver)
    }


def _said(offer: Offer, viewer: Viewer) -> tuple[tuple[str, str, datetime, str], ...]:
    """That it was put and countered is seen anyway. What ended it was said by its receiver, or by its giver who withdrew it."""
    ended = [one for one in offer.events.all() if one.kind not in (OfferEventKind.PUT, OfferEventKind.COUNTERED)]
    return tuple(
        (
            str(OfferEventKind(one.kind).label),
            viewer.name(is_ours=offer.is_ours == (one.kind == OfferEventKind.WITHDRAWN), voice=one.voice),
            one.at,
            one.words,
        )
        for one in ended
    )


def _state_says(state: OfferState) -> str:
    return {
        OfferState.OPEN: _("It waits for an answer."),
        OfferState.LAPSED: _("Its day has passed, and nobody said anything."),
        OfferState.ACCEPTED: _("Accepted."),
        OfferState.DECLINED: pgettext("an offer", "Declined."),
        OfferState.COUNTERED: _("Answered with a newer version."),
        OfferState.WITHDRAWN: _("Withdrawn."),
    }[state]


def _line(line: OfferLine, currency: str) -> LineRow:
    return LineRow(
        words=line.words,
        many=" ".join(filter(None, [plain(line.quantity), line.unit])),
        price=line.unit_price,
        discount=_percent(line.discount_share) if line.discount_share else "",
        tax=_percent(line.tax_rate) if line.tax_rate else "",
        amount=money.net_of(line, currency),
    )


def _question(question: Question, offers: Sequence[Offer], *, viewer: Viewer) -> QuestionRow:
    said = [{value.question_id: value.words for value in offer.values.all()} for offer in offers]
    weighs = {(one.is_ours == viewer.is_ours, one.is_stated): one.value for one in question.weights.all()}
    return QuestionRow(
        id=question.pk,
        name=str(question),
        answers=tuple(answers.get(question.pk, "") for answers in said),
        yours=weighs.get((True, True)),
        theirs=weighs.get((False, True)),
        kept=weighs.get((True, False)),
    )


def _suggestions(questions: Sequence[Question], *, viewer: Viewer) -> tuple[Suggestion, ...]:
    stated: dict[bool, dict[UUID, int]] = {True: {}, False: {}}
    for question in questions:
        for one in question.weights.all():
            if one.is_stated:
                stated[one.is_ours][question.pk] = one.value
    return suggestions(questions, stated[True], stated[False], viewer=viewer)


def plain(number: Decimal) -> str:
    """A number without the zeros that only its column has, as the reader writes it."""
    whole = number.to_integral_value()
    return localize(whole if whole == number else number.normalize())


def _percent(share: Decimal) -> str:
    return f"{plain(share)} %"
