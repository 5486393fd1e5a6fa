"""The one gate: whether something may go to somebody, and which line of theirs decides. Pure: no clock, no database.

The rules are told in docs/terms.md; `terms/tests/oracle.py` judges the same ones in a way of its own. They are asked in this
order, and the first that speaks decides:

1. A notice owed passes, with its ground, whatever else is so.
2. Whoever left is left alone.
3. Before they said anything the default holds (`_by_default`); after that, the choice they made from the roster.
4. Then every line of theirs must let it through, a rest first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from ampersand.terms.attempt import Attempt, History, Purpose
from ampersand.terms.lines import Hours, Kind, Line, Often, Rest
from ampersand.timeline.models import Mode

# After so many approaches without an answer we let it rest, until they said anything else.
MOST_UNANSWERED = 2
NOW_AND_THEN = Often(most=1, days=30)
# Of hours, pauses and rests that wait for one another it is looked so often when all are open.
MOST_LOOKS = 20


class Roster(models.TextChoices):
    """What one may choose to begin with."""

    ANSWER = "answer", _("Only in answer to me")
    WORK = "work", _("Only work in hand")
    NOW_AND_THEN = "now_and_then", _("Now and then")
    PLAN = "plan", _("As in our plan")
    REST = "rest", _("Rest")


# What each choice lets through, and what must be so for it.
WELCOME: dict[str, frozenset[str]] = {
    Roster.ANSWER: frozenset({Purpose.ANSWER}),
    Roster.WORK: frozenset({Purpose.ANSWER, Purpose.WORK, Purpose.CONCERNS}),
    Roster.NOW_AND_THEN: frozenset({Purpose.ANSWER, Purpose.WORK, Purpose.CONCERNS, Purpose.ASK, Purpose.NEWS}),
    Roster.PLAN: frozenset({Purpose.ANSWER, Purpose.WORK, Purpose.CONCERNS, Purpose.PLAN}),
    Roster.REST: frozenset(),
}


class Because(models.TextChoices):
    """What decided, where it was no line of theirs."""

    NOTICE = "notice", _("A notice owed to them always passes.")
    LEFT = "left", _("They left, and are left alone.")
    CHOSEN = "chosen", _("They chose how they wish to be reached.")
    NOTHING_ASKED = "nothing_asked", _("They asked nothing that is not answered.")
    NO_WORK = "no_work", _("There is no order or promise open between you.")
    NOT_PLANNED = "not_planned", _("It is not in the plan you made together.")
    FIRST_ASK = "first_ask", _("You have not met: first say who you are and ask how they wish to be reached.")
    ASKED_ONCE = "asked_once", _("They were asked once how they wish to be reached, and have not said.")
    WORK_ALONE = "work_alone", _("They have not said that they want to hear of anything but work in hand.")
    LET_REST = "let_rest", _("Two approaches were not answered: let it rest until they move.")
    WELCOME = "welcome", _("Nothing of theirs speaks against it.")


@dataclass(frozen=True, slots=True)
class InForce:
    """The terms of a party that hold at a time: their choice from the roster, if they made one, and their lines."""

    roster: str = ""
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether it may go, and why: `because` is a `Because` or the kind of a line. `opens_at` is when time alone would let it."""

    may: bool
    because: str
    opens_at: datetime | None = None


def decide(terms: InForce | None, history: History, attempt: Attempt) -> Ruling:
    """What the gate says to an attempt, under these terms (None before they said any) and after this history."""
    if attempt.purpose == Purpose.NOTICE:
        return Ruling(may=True, because=Because.NOTICE)
    if history.has_left:
        return Ruling(may=False, because=Because.LEFT)
    because = _by_default(history, attempt) if terms is None else _by_choice(terms, history, attempt)
    if because:
        return Ruling(may=False, because=because)
    for line in lines_of(terms):
        if not line.lets(attempt, history):
            return Ruling(may=False, because=line.kind, opens_at=_opens_at(lines_of(terms), attempt, history))
    return Ruling(may=True, because=Because.WELCOME)


def find_clash(terms: InForce, *, mode: str, at: datetime, by_id: UUID, has_hour: bool) -> str:
    """Which of these terms a plan clashes with, whatever it is for: the choice to rest, or the kind of a line; empty for none.

    A plan for a day without an hour clashes with no hours.
    """
    if terms.roster == Roster.REST:
        return Because.CHOSEN
    plan = Attempt(mode=mode, purpose=Purpose.WORK, at=at, by_id=by_id)
    of_plans = {Kind.REST, Kind.MODES, Kind.WHO} | ({Kind.HOURS} if has_hour else set())
    return next((line.kind for line in lines_of(terms) if line.kind in of_plans and not line.lets(plan, History())), "")


def find_against_asking(terms: InForce, *, at: datetime, by_id: UUID | None) -> str:
    """Which of these terms speaks against asking how a meeting was: their choice, or the kind of a line; empty for none.

    It counts as work in hand, which both were just in. It waits on their page, so neither ways nor hours speak of it.
    """
    if Purpose.WORK not in WELCOME[terms.roster or Roster.WORK]:
        return Because.CHOSEN
    asked = Attempt(mode=Mode.MESSAGE, purpose=Purpose.WORK, at=at, by_id=by_id or UUID(int=0))
    of_asking = (Kind.REST, Kind.WHO, Kind.PURPOSES)
    return next(
        (line.kind for line in lines_of(terms) if line.kind in of_asking and not line.lets(asked, History())), ""
    )


def lines_of(terms: InForce | None) -> tuple[Line, ...]:
    """All lines that hold, a rest first. Who chose *now and then* and said no how often has the usual one."""
    if terms is None:
        return ()
    lines = sorted(terms.lines, key=lambda line: line.kind != Kind.REST)
    if terms.roster == Roster.NOW_AND_THEN and not any(line.kind == Kind.OFTEN for line in lines):
        lines.append(NOW_AND_THEN)
    return tuple(lines)


def _by_default(history: History, attempt: Attempt) -> str:
    """What speaks against it while nobody said any terms; empty for nothing."""
    if not history.has_both_ways:
        if attempt.purpose != Purpose.ASK:
            return Because.FIRST_ASK
        return Because.ASKED_ONCE if history.asked_by_id or history.approached or history.unanswered else ""
    if attempt.purpose in (Purpose.NEWS, Purpose.PLAN):
        return Because.WORK_ALONE
    if attempt.purpose != Purpose.ANSWER and history.unanswered >= MOST_UNANSWERED and not history.is_promise_due_since:
        return Because.LET_REST
    return _lacks(history, attempt)


def _by_choice(terms: InForce, history: History, attempt: Attempt) -> str:
    if attempt.purpose not in WELCOME[terms.roster or Roster.WORK]:
        return Because.CHOSEN
    return _lacks(history, attempt)


def _lacks(history: History, attempt: Attempt) -> str:
    """What must be so for its purpose and is not."""
    if attempt.purpose == Purpose.ANSWER and not history.is_asked:
        return Because.NOTHING_ASKED
    if attempt.purpose in (Purpose.WORK, Purpose.CONCERNS) and not history.has_work:
        return Because.NO_WORK
    if attempt.purpose == Purpose.PLAN and not history.is_planned:
        return Because.NOT_PLANNED
    return ""


def _opens_at(lines: Sequence[Line], attempt: Attempt, history: History) -> datetime | None:
    """When all lines would let it through if nothing else happened; None where more than time stands against it."""
    looked = attempt
    for _again in range(MOST_LOOKS):
        against = [line for line in lines if not line.lets(looked, history)]
        if not against:
            return looked.at
        opens = [_line_opens_at(line, looked, history) for line in against]
        if None in opens:
            return None
        looked = replace(looked, at=max(at for at in opens if at is not None))
    return None


def _line_opens_at(line: Line, attempt: Attempt, history: History) -> datetime | None:
    if isinstance(line, Hours):
        return line.opens_at(attempt.at)
    if isinstance(line, Often):
        return line.opens_at(attempt.at, history)
    return line.opens_at() if isinstance(line, Rest) else None
