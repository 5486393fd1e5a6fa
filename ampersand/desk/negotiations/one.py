"""One negotiation: its versions side by side, what each question weighs, concessions both ways, and what may be done now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Prefetch
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ampersand.core.spoken import spoken_day
from ampersand.desk.negotiations.cards import card, concessions
from ampersand.desk.negotiations.index import state_says
from ampersand.desk.negotiations.speaking import plain_number, told
from ampersand.desk.negotiations.suggesting import order_says, suggestions
from ampersand.desk.pages.negotiations import (
    Act,
    LineRow,
    NegotiationPage,
    OfferColumn,
    OfferFileRow,
    QuestionRow,
    SumRow,
    WeightCell,
)
from ampersand.desk.templatetags.desk import spoken_money
from ampersand.exchange import money
from ampersand.exchange.models import Negotiation, Offer, OfferLine, Question, Weight
from ampersand.exchange.negotiating import states
from ampersand.exchange.negotiating.states import OfferEventKind, OfferState
from ampersand.members.models import Member

OFFERS_MAX = 30


def negotiation_page(negotiation: Negotiation, *, member: Member, at: datetime) -> NegotiationPage:
    """All of it, in a bounded number of queries. What the other side keeps to itself is not read."""
    today = timezone.localdate(at)
    negotiation = with_all(negotiation, member)
    party = negotiation.relationship.party
    offers = sorted(negotiation.offers.all(), key=lambda offer: -offer.version)
    questions = sorted(negotiation.questions.all(), key=lambda question: question.position)
    weights = list(Weight.objects.visible_to(member).filter(question__in=questions).select_related("told_by"))
    stated = _stated(weights)
    given = list(concessions(member).filter(negotiation=negotiation))
    goes_on = states.may_follow(offers[0].state(on=today) if offers else None)
    urls = {
        name: reverse(f"desk:{name}", args=[negotiation.pk])
        for name in ("negotiation_day", "open_question", "weigh", "put_offer", "put_their_offer")
    }
    return NegotiationPage(
        about=negotiation.about,
        kind=negotiation.kind,
        name=str(party.now or party),
        relationship_url=reverse("desk:relationship", args=[(party.now or party).relationship.pk]),
        member=negotiation.member.name if negotiation.member else "",
        decider=str(negotiation.decider.now or negotiation.decider),
        day_says=_day_says(negotiation, today=today),
        offers=tuple(_column(offer, offers[0], today=today) for offer in offers[:OFFERS_MAX]),
        questions=tuple(_question(one, offers[:OFFERS_MAX], weights, today=today) for one in questions),
        suggestions=suggestions(questions, *stated),
        order_says="" if all(stated) else order_says(questions, offers[::-1]),
        ours_given=tuple(card(one) for one in given if one.is_ours),
        theirs_given=tuple(card(one) for one in given if not one.is_ours),
        our_offer_url=urls["put_offer"] if goes_on else "",
        their_offer_url=urls["put_their_offer"] if goes_on else "",
        day_url=urls["negotiation_day"],
        question_url=urls["open_question"],
        weights_url=urls["weigh"],
        give_url=reverse("desk:give_take", args=[negotiation.relationship_id]) + f"?negotiation={negotiation.pk}",
        today=today,
    )


def with_all(negotiation: Negotiation, member: Member) -> Negotiation:
    """The negotiation with its questions, days and offers, as far as this member may see them."""
    offers = (
        Offer.objects.visible_to(member)
        .select_related("by__now", "told_by")
        .prefetch_related("lines", "values", "events__by__now", "events__told_by", "files__file", "expected")
    )
    known = Negotiation.objects.select_related(
        "relationship__party__now__relationship", "relationship__party__relationship", "decider__now", "member"
    )
    return known.prefetch_related("questions", "deciding_days__told_by", Prefetch("offers", offers)).get(
        pk=negotiation.pk
    )


def _day_says(negotiation: Negotiation, *, today: date) -> str:
    day = negotiation.deciding_day()
    if day is None:
        return _("They have not said when they decide.")
    said = told(str(negotiation.decider.now or negotiation.decider), day.voice, day.told_by, day.at)
    words = {"day": spoken_day(day.on, today=today) if day.on else "", "words": day.words, "told": said}
    if day.on is None:
        return _("“%(words)s” (%(told)s)") % words
    if day.words:
        return _("They decide %(day)s: “%(words)s” (%(told)s)") % words
    return _("They decide %(day)s (%(told)s)") % words


def _column(offer: Offer, newest: Offer, *, today: date) -> OfferColumn:
    state = offer.state(on=today)
    lines = sorted(offer.lines.all(), key=lambda line: line.position)
    whose = _("Version %(number)s, ours") if offer.is_ours else _("Version %(number)s, theirs")
    return OfferColumn(
        title=whose % {"number": offer.version},
        told=told(str(offer.by.now or offer.by), offer.voice, offer.told_by, offer.told_at),
        state=state_says(offer, state),
        said=_said(offer),
        words=offer.words,
        currency=offer.currency,
        lines=tuple(_line(line, offer.currency) for line in lines),
        sums=_sums(lines, offer.currency),
        files=tuple(
            OfferFileRow(
                one.name or _("file without a name"),
                reverse("desk:offer_file", args=[one.pk]),
                filesizeformat(one.file.size_bytes),
            )
            for one in offer.files.all()
        ),
        paper_url=reverse("desk:offer_paper", args=[offer.pk]),
        acts=_acts(offer, state),
        is_on_table=offer.pk == newest.pk and state in states.WAITING,
        expected=tuple(_expected(one.amount, one.currency, one.expected_on, today) for one in offer.expected.all()),
    )


def _expected(amount: object, currency: str, on: date | None, today: date) -> str:
    words = {"amount": spoken_money(amount, currency), "day": spoken_day(on, today=today) if on else ""}  # type: ignore[arg-type]
    return _("%(amount)s expected, %(day)s") % words if on else _("%(amount)s expected") % words


def _said(offer: Offer) -> tuple[str, ...]:
    """What was said of it, each in whose voice; that it was put and countered stands there anyway."""
    heard = [one for one in offer.events.all() if one.kind not in (OfferEventKind.PUT, OfferEventKind.COUNTERED)]
    return tuple(
        " ".join(
            filter(
                None,
                [
                    _("%(kind)s: %(told)s.")
                    % {
                        "kind": capfirst(OfferEventKind(one.kind).label),
                        "told": told(str(one.by.now or one.by), one.voice, one.told_by, one.at),
                    },
                    _("“%(words)s”") % {"words": one.words} if one.words else "",
                ],
            )
        )
        for one in heard
    )


def _line(line: OfferLine, currency: str) -> LineRow:
    return LineRow(
        words=line.words,
        many=" ".join(filter(None, [plain_number(line.quantity), line.unit])),
        price=line.unit_price,
        discount=_("%(share)s off") % {"share": f"{plain_number(line.discount_share)} %"}
        if line.discount_share
        else "",
        tax=_("%(rate)s tax") % {"rate": f"{plain_number(line.tax_rate)} %"} if line.tax_rate else "",
        amount=money.net_of(line, currency),
    )


def _sums(lines: Sequence[OfferLine], currency: str) -> tuple[SumRow, ...]:
    if not lines:
        return ()
    sums = money.totals(lines, currency)
    taxes = [SumRow(_tax_says(row.rate, row.net, currency), row.tax) for row in sums.rates if row.rate]
    return (SumRow(_("Without tax"), sums.net), *taxes, SumRow(_("In all"), sums.gross))


def _tax_says(rate: Decimal, of: Decimal, currency: str) -> str:
    return _("%(rate)s tax on %(of)s") % {"rate": f"{plain_number(rate)} %", "of": spoken_money(of, currency)}


def _acts(offer: Offer, state: OfferState) -> tuple[Act, ...]:
    """What a member may do: as our side itself, and for theirs what they said."""
    names = {
        OfferEventKind.ACCEPTED: ("accept_offer", _("We accept"), _("They accepted")),
        OfferEventKind.DECLINED: ("decline_offer", _("We decline"), _("They declined")),
        OfferEventKind.WITHDRAWN: ("withdraw_offer", _("Withdraw"), _("They withdrew it")),
    }
    acts = []
    for kind, (name, ours, theirs) in names.items():
        by_giver = kind == OfferEventKind.WITHDRAWN
        if states.may(kind, state=state, is_giver=by_giver):
            says = ours if by_giver == offer.is_ours else theirs
            acts.append(Act(says, reverse(f"desk:{name}", args=[offer.pk])))
    if state == OfferState.ACCEPTED and offer.is_ours and offer.followed_at is None:
        acts.append(Act(_("Make it promises"), reverse("desk:follow_offer", args=[offer.pk]), is_form=False))
    return tuple(acts)


def _question(question: Question, offers: Sequence[Offer], weights: Sequence[Weight], *, today: date) -> QuestionRow:
    answers = []
    for offer in offers:
        said = next((value.words for value in offer.values.all() if value.question_id == question.pk), "")
        answers.append(said)
    cells = {(one.is_ours, one.is_stated): one for one in weights if one.question_id == question.pk}

    def cell(*, is_ours: bool, is_stated: bool) -> WeightCell:
        one = cells.get((is_ours, is_stated))
        if one is None:
            return WeightCell(None)
        return WeightCell(one.value, told(_("we") if is_ours else _("they"), one.voice, one.told_by, one.at))

    return QuestionRow(
        name=str(question),
        answers=tuple(answers),
        ours_stated=cell(is_ours=True, is_stated=True),
        theirs_stated=cell(is_ours=False, is_stated=True),
        ours_private=cell(is_ours=True, is_stated=False),
    )


def _stated(weights: Sequence[Weight]) -> tuple[Mapping[UUID, int], Mapping[UUID, int]]:
    stated = [one for one in weights if one.is_stated]
    return (
        {one.question_id: one.value for one in stated if one.is_ours},
        {one.question_id: one.value for one in stated if not one.is_ours},
    )
