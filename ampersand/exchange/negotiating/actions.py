"""What is said in a negotiation: an offer put, accepted, declined, withdrawn; and when the decider decides.

Either side does each act through the same function: `Speaker` says whose word it is and by whose hand. What may follow what
stands in `states`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from ampersand.core import events
from ampersand.core.models import File
from ampersand.core.whole import whole
from ampersand.exchange import money
from ampersand.exchange.negotiating import states
from ampersand.exchange.negotiating.models import (
    DecidingDay,
    Negotiation,
    Offer,
    OfferEvent,
    OfferFile,
    OfferLine,
    OfferValue,
    Question,
    QuestionKind,
)
from ampersand.exchange.negotiating.states import OfferEventKind
from ampersand.members.models import Member
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party, Relationship, Tie, TieKind
from ampersand.parties.speaking import NotTheirs, Speaker

LONGEST_WORDS = 4_000
MOST_LINES = 200
MOST_QUESTIONS = 12


class NotInvolved(PermissionError):
    """Only the two sides of a negotiation speak in it."""


class NotYoursToSay(PermissionError):
    """Only its receiver accepts or declines an offer, and only its giver withdraws it."""


class TooLate(ValueError):
    """What was said before, or the decider's day, leaves no room for this. A sentence says what to do."""


class NothingOffered(ValueError):
    """An offer says something: words, a line, or an answer to a question."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is put: amounts are Decimal, discount and tax in percent."""

    words: str
    quantity: Decimal = Decimal(1)
    unit: str = ""
    unit_price: Decimal = Decimal(0)
    discount_share: Decimal = Decimal(0)
    tax_rate: Decimal = Decimal(0)


@whole
def begin(
    relationship: Relationship,
    *,
    about: str,
    member: Member | None,
    teller: Teller,
    decider: Party | None = None,
    kind: str = "",
    questions: Sequence[tuple[str, str]] = (),
) -> Negotiation:
    """Write down that something is being negotiated. `questions` are (kind, words); the decider is theirs, and named.

    Raises NothingOffered without words, NotTheirs for a decider of ours.
    """
    decides = decider or relationship.party
    if decides.is_ours:
        raise NotTheirs(decides)
    if not about.strip():
        raise NothingOffered(_("Say in a few words what is being negotiated."))
    begun = Negotiation.objects.create(
        relationship=relationship,
        about=about.strip()[:LONGEST_WORDS],
        kind=kind.strip()[:80],
        member=member,
        decider=decides,
        **teller.fields(),
    )
    for position, (question_kind, words) in enumerate(questions[:MOST_QUESTIONS]):
        _question(begun, question_kind, words, position=position)
    _record("negotiation.begun", begun, at=teller.at, by_id=teller.by_id)
    return begun


@whole
def open_question(negotiation: Negotiation, *, kind: str, words: str, speaker: Speaker) -> Question:
    """Open one more question of substance. The same asked twice is one."""
    locked = _locked(negotiation, speaker)
    asked = list(locked.questions.all())
    known = next((one for one in asked if (one.kind, one.words) == (kind, words.strip())), None)
    if known is not None:
        return known
    if len(asked) >= MOST_QUESTIONS:
        raise TooLate(_("A dozen questions are on the table. Settle one of them first."))
    question = _question(locked, kind, words, position=max((one.position for one in asked), default=-1) + 1)
    _record("negotiation.question_opened", locked, at=speaker.at, by_id=speaker.by_id)
    return question


@whole
def say_day(negotiation: Negotiation, *, on: date | None, words: str, speaker: Speaker) -> DecidingDay:
    """Write down when the decider decides, in the decider's words. Nobody of ours sets that day: raises NotTheirs."""
    locked = _locked(negotiation, speaker)
    if speaker.is_ours:
        raise NotTheirs(speaker.party)
    said = words.strip()[:LONGEST_WORDS]
    if on is None and not said:
        raise NothingOffered(_("Write the day on which they decide, or what they said of it."))
    last = locked.deciding_day()
    if last is not None and (last.on, last.words, last.voice) == (on, said, speaker.voice):
        return last
    day = DecidingDay.objects.create(
        negotiation=locked, on=on, words=said, voice=speaker.voice, told_by=speaker.by, at=speaker.at
    )
    _record("negotiation.day_said", locked, at=speaker.at, by_id=speaker.by_id)
    return day


@whole
def put(
    negotiation: Negotiation,
    *,
    speaker: Speaker,
    words: str = "",
    lines: Sequence[Line] = (),
    currency: str = "",
    valid_until: date | None = None,
    values: Mapping[UUID, str] | None = None,
    files: Sequence[tuple[File, str]] = (),
) -> Offer:
    """Put a new version, as either side. It counters the one before where that still waits for an answer.

    `values` are answers to questions of this negotiation, by their key. Raises NothingOffered, money.NotALine, and TooLate where
    the one before was accepted. The same put twice in a row by the same side is one.
    """
    locked = _locked(negotiation, speaker)
    answers = _answers(locked, values or {})
    _refuse_what_cannot_be_put(words, lines, currency, answers)
    sums = money.within_columns(money.totals(lines, currency)) if lines else None
    before = locked.newest()
    if before is not None and not states.may_follow(before.state(on=speaker.at.date())):
        raise TooLate(_("What was accepted stands. Begin a new negotiation for what comes after it."))
    if before is not None and _says_the_same(before, speaker, words, lines, currency, valid_until, answers, files):
        return before
    if before is not None and before.last_said_kind() == OfferEventKind.PUT:
        _say(before, OfferEventKind.COUNTERED, speaker=speaker, words="")
    offer = Offer.objects.create(
        negotiation=locked,
        version=(before.version if before else 0) + 1,
        by=speaker.party,
        is_ours=speaker.is_ours,
        voice=speaker.voice,
        words=words.strip()[:LONGEST_WORDS],
        currency=currency.upper() if sums else "",
        valid_until=valid_until,
        net_amount=sums.net if sums else None,
        tax_amount=sums.tax if sums else None,
        told_at=speaker.at,
        told_by=speaker.by,
    )
    OfferLine.objects.bulk_create(
        OfferLine(
            offer=offer,
            position=position,
            words=line.words.strip(),
            quantity=line.quantity,
            unit=line.unit.strip(),
            unit_price=line.unit_price,
            discount_share=line.discount_share,
            tax_rate=line.tax_rate,
        )
        for position, line in enumerate(lines)
    )
    OfferValue.objects.bulk_create(
        OfferValue(offer=offer, question_id=key, words=said) for key, said in answers.items()
    )
    OfferFile.objects.bulk_create(
        [OfferFile(offer=offer, file=file, name=name[:300]) for file, name in files], ignore_conflicts=True
    )
    _say(offer, OfferEventKind.PUT, speaker=speaker, words="")
    return offer


def accept(offer: Offer, *, speaker: Speaker, words: str = "") -> OfferEvent:
    """Accept an offer, as its receiver. Raises NotYoursToSay for its giver, TooLate once it is countered, lapsed or decided."""
    return _answer(offer, OfferEventKind.ACCEPTED, speaker=speaker, words=words)


def decline(offer: Offer, *, speaker: Speaker, words: str = "") -> OfferEvent:
    """Decline an offer, as its receiver. Raises NotYoursToSay for its giver, TooLate once it is decided."""
    return _answer(offer, OfferEventKind.DECLINED, speaker=speaker, words=words)


def withdraw(offer: Offer, *, speaker: Speaker, words: str = "") -> OfferEvent:
    """Withdraw an offer, as its giver, while it waits. Raises NotYoursToSay for its receiver, TooLate once it is decided."""
    return _answer(offer, OfferEventKind.WITHDRAWN, speaker=speaker, words=words)


@whole
def _answer(offer: Offer, kind: OfferEventKind, *, speaker: Speaker, words: str) -> OfferEvent:
    locked = _locked(offer.negotiation, speaker)
    there = next(one for one in locked.offers.all() if one.pk == offer.pk)
    is_giver = there.is_ours == speaker.is_ours
    known = next((one for one in there.events.all() if one.kind == kind), None)
    if is_giver != (kind == OfferEventKind.WITHDRAWN):
        raise NotYoursToSay(
            _("Only the side that put an offer withdraws it.")
            if kind == OfferEventKind.WITHDRAWN
            else _("Only the side that received an offer accepts or declines it.")
        )
    if known is not None:
        return known
    state = there.state(on=speaker.at.date())
    if not states.may(kind, state=state, is_giver=is_giver):
        raise TooLate(_too_late(state))
    return _say(there, kind, speaker=speaker, words=words)


def _too_late(state: states.OfferState) -> str:
    return {
        states.OfferState.LAPSED: _(
            "Its day has passed. Ask for a new version, or write down on which day they now decide."
        ),
        states.OfferState.COUNTERED: _("A newer version is on the table. Answer that one."),
        states.OfferState.ACCEPTED: _("This offer was accepted before."),
        states.OfferState.DECLINED: _("This offer was declined before. Put a new version."),
        states.OfferState.WITHDRAWN: _("This offer was withdrawn before."),
        states.OfferState.OPEN: _("This cannot be said of an open offer."),
    }[state]


def _locked(negotiation: Negotiation, speaker: Speaker) -> Negotiation:
    """The negotiation, held until the act has ended, with what was said in it. Raises NotInvolved for a stranger."""
    Negotiation.objects.select_for_update().get(pk=negotiation.pk)
    known = Negotiation.objects.select_related("relationship__party").prefetch_related(
        "questions", "deciding_days", "offers__events", "offers__lines", "offers__values", "offers__files"
    )
    locked = known.get(pk=negotiation.pk)
    if locked.withdrawn_at is not None:
        raise TooLate(_("This negotiation was withdrawn."))
    if not speaker.is_ours and not is_of_theirs(speaker.party, locked):
        raise NotInvolved(speaker.party)
    return locked


def is_of_theirs(party: Party, negotiation: Negotiation) -> bool:
    """Whether somebody may speak for the other side: the party of the relationship, the decider, or who works there."""
    theirs = Party.objects.the_same([negotiation.relationship.party_id, negotiation.decider_id])
    if party.pk in set(theirs):
        return True
    ties = Tie.objects.standing().filter(kind__in=[TieKind.WORKS_AT, TieKind.MEMBER_OF], to_party__in=theirs)
    return ties.filter(from_party__in=Party.objects.the_same([party.pk]), until_on=None).exists()


def _question(negotiation: Negotiation, kind: str, words: str, *, position: int) -> Question:
    said = words.strip()[:200]
    if QuestionKind(kind) == QuestionKind.OWN and not said:
        raise NothingOffered(_("Say in a few words what the question is."))
    return Question.objects.create(negotiation=negotiation, position=position, kind=QuestionKind(kind), words=said)


def _answers(negotiation: Negotiation, values: Mapping[UUID, str]) -> dict[UUID, str]:
    asked = {question.pk for question in negotiation.questions.all()}
    if not set(values) <= asked:
        raise NotInvolved(_("This question belongs to another negotiation."))
    return {key: said.strip()[:300] for key, said in values.items() if said.strip()}


def _refuse_what_cannot_be_put(words: str, lines: Sequence[Line], currency: str, answers: Mapping[UUID, str]) -> None:
    if not (words.strip() or lines or answers):
        raise NothingOffered(_("Write what is offered: a line, an answer to a question, or words."))
    if len(lines) > MOST_LINES:
        raise money.NotALine(_("Write at most %(count)d lines, and put the rest into a file.") % {"count": MOST_LINES})
    if lines and not money.is_known(currency):
        raise money.NotALine(_("Choose the currency of these prices."))
    for line in lines:
        if not line.words.strip():
            raise money.NotALine(_("Say in a few words what this line is."))
        money.refuse_what_is_no_line(line)


def _says_the_same(
    before: Offer,
    speaker: Speaker,
    words: str,
    lines: Sequence[Line],
    currency: str,
    valid_until: date | None,
    answers: Mapping[UUID, str],
    files: Sequence[tuple[File, str]],
) -> bool:
    if before.last_said_kind() != OfferEventKind.PUT or before.by_id != speaker.party.pk:
        return False
    told = [
        (line.words, line.quantity, line.unit, line.unit_price, line.discount_share, line.tax_rate)
        for line in sorted(before.lines.all(), key=lambda line: line.position)
    ]
    now = [
        (line.words.strip(), line.quantity, line.unit.strip(), line.unit_price, line.discount_share, line.tax_rate)
        for line in lines
    ]
    return (
        (before.words, before.valid_until) == (words.strip()[:LONGEST_WORDS], valid_until)
        and (before.currency == currency.upper() or not lines)
        and told == now
        and {value.question_id: value.words for value in before.values.all()} == answers
        and {(one.file_id, one.name) for one in before.files.all()} == {(file.pk, name[:300]) for file, name in files}
    )


def _say(offer: Offer, kind: OfferEventKind, *, speaker: Speaker, words: str) -> OfferEvent:
    event = OfferEvent.objects.create(
        offer=offer,
        kind=kind,
        by=speaker.party,
        voice=speaker.voice,
        told_by=speaker.by,
        at=speaker.at,
        told_at=speaker.at,
        words=words.strip()[:LONGEST_WORDS],
    )
    _record(f"offer.{kind}", offer.negotiation, at=speaker.at, by_id=speaker.by_id, subject_id=offer.pk)
    return event


def _record(
    name: str, negotiation: Negotiation, *, at: datetime, by_id: UUID | None, subject_id: UUID | None = None
) -> None:
    events.record(
        name,
        at=at,
        by_id=by_id,
        subject_id=subject_id or negotiation.pk,
        relationship_ids=[negotiation.relationship_id],
    )
