"""What is done with terms: said, answered, withdrawn; and the gate asked, which writes down what it decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from ampersand.core import erasure, events
from ampersand.core.whole import whole
from ampersand.members.models import Member
from ampersand.parties.actions import Teller
from ampersand.parties.models import Identifier, IdentifierKind, Party, Relationship
from ampersand.parties.speaking import NotTheirs, Voice
from ampersand.terms import gate, queries
from ampersand.terms.attempt import Attempt
from ampersand.terms.lines import Kind, Line
from ampersand.terms.models import AnswerKind, Decision, Left, TermLine, Terms, TermsAnswer

MOST_LINES = 20
LONGEST_WORDS = 4_000


class NothingSaid(ValueError):
    """Terms say something: a choice, a line or words."""


class TooManyLines(ValueError):
    """More lines than anybody reads, or two of a kind that is said once."""


class NoAlternative(ValueError):
    """One who offers an alternative says which, and nobody else does."""


@whole
def say(
    party: Party,
    *,
    roster: str = "",
    lines: Sequence[Line] = (),
    words: str = "",
    said_by: Party | None = None,
    said_at: datetime,
    voice: str = Voice.OWN,
    teller: Teller,
) -> Terms:
    """Write down a new version of a party's terms. It holds from when it is told, whatever the house answers.

    The same said twice is one version. Raises NothingSaid, TooManyLines, NotTheirs for terms of our own side.
    """
    speaker = said_by or party
    if party.is_ours or speaker.is_ours:
        raise NotTheirs(party)
    said = words.strip()[:LONGEST_WORDS]
    if not (roster or lines or said):
        raise NothingSaid(_("Choose how you wish to be reached, add a line, or write it in your words."))
    _refuse_too_many(lines)
    Party.objects.select_for_update().get(pk=party.pk)
    held = queries.find_terms(queries.the_same(party), at=teller.at)
    if held is not None and _says_the_same(held, roster=gate.Roster(roster) if roster else "", lines=lines, words=said):
        return held
    version = Terms.objects.filter(party=party).aggregate(last=Max("version"))["last"] or 0
    terms = Terms.objects.create(
        party=party,
        version=version + 1,
        roster=gate.Roster(roster) if roster else "",
        words=said,
        from_at=teller.at,
        said_by=speaker,
        said_at=said_at,
        voice=Voice(voice),
        **teller.fields(),
    )
    TermLine.objects.bulk_create(
        TermLine(terms=terms, position=position, kind=line.kind, value=line.told())
        for position, line in enumerate(lines)
    )
    _record("terms.said", terms, by=teller.by, at=teller.at)
    return terms


@whole
def withdraw(terms: Terms, *, by: Member | None, at: datetime) -> Terms:
    """Take a version back: the one before holds again, or the default. Withdrawn twice, it is once."""
    locked = Terms.objects.select_for_update().get(pk=terms.pk)
    if locked.withdrawn_at is None:
        locked.withdrawn_at = at
        locked.save(update_fields=["withdrawn_at"])
        _record("terms.withdrawn", locked, by=by, at=at)
    return locked


@whole
def answer(terms: Terms, kind: str, *, by: Member, at: datetime, words: str = "", alternative: str = "") -> TermsAnswer:
    """Say for the house what it says to a version: accepts, offers one alternative from the roster, or declines.

    Raises NoAlternative. The terms hold meanwhile, and after.
    """
    kind = AnswerKind(kind)
    if (kind == AnswerKind.ALTERNATIVE) != bool(alternative):
        raise NoAlternative(_("Choose the one alternative that you offer."))
    answered = TermsAnswer.objects.create(
        terms=terms,
        kind=kind,
        words=words.strip()[:LONGEST_WORDS],
        alternative=gate.Roster(alternative) if alternative else "",
        by=by,
        at=at,
    )
    _record("terms.answered", terms, by=by, at=at)
    return answered


@whole
def ask_gate(party: Party, attempt: Attempt, *, receiver_id: UUID | None = None) -> Decision:
    """Ask whether this may go to a party now, and write down what was decided. The only way to a sending hand.

    `receiver_id` is whose copy of a message it is, where it is one: it may be asked for more than once.
    """
    ruling, terms = look(party, attempt, besides=receiver_id)
    return Decision.objects.create(
        party=party,
        terms=terms,
        by_id=attempt.by_id,
        at=attempt.at,
        mode=attempt.mode,
        purpose=attempt.purpose,
        ground=attempt.ground,
        may=ruling.may,
        because=ruling.because,
        opens_at=ruling.opens_at,
        receiver_id=receiver_id,
    )


def look(party: Party, attempt: Attempt, *, besides: UUID | None = None) -> tuple[gate.Ruling, Terms | None]:
    """What the gate would say, and the terms it would go by: for a page that shows it before anything is tried."""
    ids = queries.the_same(party)
    terms = queries.find_holding(ids, at=attempt.at)
    ruling = gate.decide(
        terms.in_force() if terms else None, queries.history(ids, at=attempt.at, besides=besides), attempt
    )
    return ruling, terms


@whole
def leave_alone(party: Party, *, at: datetime) -> int:
    """Remember that the addresses of a party are to be left alone, as seals that outlive an erasure. Answers how many."""
    reached = Identifier.objects.standing().filter(
        party__in=list(queries.the_same(party)), kind__in=[IdentifierKind.EMAIL, IdentifierKind.PHONE]
    )
    seals = {erasure.sealed(value) for value in reached.values_list("value", flat=True)}
    Left.objects.bulk_create([Left(sealed=seal, on=at.date()) for seal in sorted(seals)], ignore_conflicts=True)
    return len(seals)


def _refuse_too_many(lines: Sequence[Line]) -> None:
    once = [line.kind for line in lines if line.kind not in (Kind.OFTEN, Kind.TOPICS, Kind.PURPOSES)]
    if len(lines) > MOST_LINES or len(once) != len(set(once)):
        raise TooManyLines(_("Say each thing once, in at most %(count)d lines.") % {"count": MOST_LINES})


def _says_the_same(held: Terms, *, roster: str, lines: Sequence[Line], words: str) -> bool:
    return (held.roster, held.words, held.in_force().lines) == (roster, words, tuple(lines))


def _record(name: str, terms: Terms, *, by: Member | None, at: datetime) -> None:
    touched = Relationship.objects.filter(party__in=list(queries.the_same(terms.party))).values_list("pk", flat=True)
    events.record(name, at=at, by_id=by.pk if by else None, subject_id=terms.pk, relationship_ids=touched)
