"""What may be said of a promise, by whom, and where that leads: the one table of it.

A promise goes offered > countered > accepted > said done > kept, partly or not kept. Besides it is declined or withdrawn
before it was accepted, moved to another day that both agreed, or released by its receiver. Only its receiver's word leads to
*kept*; nothing leads anywhere by itself. *Late* and *not confirmed* are no steps: they are read from time and silence.

A promise that begins with no offer was told: somebody wrote down what had been promised already, and it stands as accepted.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(StrEnum):
    """Each speaks only for itself. A member may tell what the other side said; it is their word then, and marked."""

    PROMISER = "promiser"
    RECEIVER = "receiver"


class EventKind(models.TextChoices):
    """What is said of a promise. The order is that in which a day's words are read where nothing else tells it."""

    ASKED = "asked", _("asked for")
    OFFERED = "offered", _("offered")
    TAKEN = "taken", _("taken as promised")
    COUNTERED = "countered", _("asked for other words")
    MEANT = "meant", _("what was meant")
    CONFIRMED = "confirmed", _("confirmed as promised")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    NAMED_OVER = "named_over", _("taken over")
    MOVE_PROPOSED = "move_proposed", _("another day proposed")
    MOVE_COUNTERED = "move_countered", _("another day asked for")
    MOVE_REFUSED = "move_refused", _("another day refused")
    MOVED = "moved", _("moved")
    ASKED_RELEASE = "asked_release", _("asked to be released")
    HELD_TO = "held_to", _("not released")
    SAID_DONE = "said_done", _("said done")
    KEPT = "kept", _("called kept")
    PARTLY = "partly", _("called partly kept")
    NOT_KEPT = "not_kept", _("called not kept")
    RELEASED = "released", _("released")
    WITHDRAWN = "withdrawn", _("withdrawn")
    TAKEN_BACK = "taken_back", _("taken back")
    SORTED = "sorted", _("said what it is about")


class Position(StrEnum):
    """Where a promise stands by what was said of it."""

    BEGIN = "begin"
    PUBLIC = "public"  # promised to everybody: nobody accepts it or calls it kept
    ASKED = "asked"  # the receiver asked for it; nobody has promised it yet
    OFFERED = "offered"  # the promiser's words wait for the receiver
    COUNTERED = "countered"  # the receiver's words wait for the promiser
    TAKEN = "taken"  # the receiver took it as promised; the promiser has not said so yet
    ACCEPTED = "accepted"
    MOVE_PROPOSED = "move_proposed"  # accepted; the promiser's other day waits for the receiver
    MOVE_COUNTERED = "move_countered"  # accepted; the receiver's other day waits for the promiser
    RELEASE_ASKED = "release_asked"  # accepted; the promiser waits to be released
    DONE = "done"
    KEPT = "kept"
    PARTLY = "partly"
    NOT_KEPT = "not_kept"
    DECLINED = "declined"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class Step(NamedTuple):
    said: EventKind
    who: Side
    since: frozenset[Position]
    to: Position | None
    """None: it stands where it stood."""


def _step(said: EventKind, who: Side, since: Iterable[Position], to: Position | None) -> Step:
    return Step(said, who, frozenset(since), to)


P, R = Side.PROMISER, Side.RECEIVER
E, S = EventKind, Position

WAITING = frozenset({S.ASKED, S.OFFERED, S.COUNTERED, S.TAKEN})
STANDING = frozenset({S.ACCEPTED, S.MOVE_PROPOSED, S.MOVE_COUNTERED, S.RELEASE_ASKED})
TO_BE_CALLED = STANDING | {S.DONE}
ENDS = frozenset({S.KEPT, S.PARTLY, S.NOT_KEPT, S.DECLINED, S.RELEASED, S.WITHDRAWN})

# said, by whom, from where, to where
TABLE: tuple[Step, ...] = (
    # Until both hold the same words. A promiser who answers other words with words of their own offers anew.
    _step(E.ASKED, R, {S.BEGIN}, S.ASKED),
    _step(E.OFFERED, P, {S.BEGIN, S.ASKED, S.COUNTERED}, S.OFFERED),
    _step(E.COUNTERED, R, {S.OFFERED, S.COUNTERED}, S.COUNTERED),
    _step(E.ACCEPTED, R, {S.OFFERED}, S.ACCEPTED),
    _step(E.ACCEPTED, P, {S.ASKED, S.COUNTERED}, S.ACCEPTED),
    _step(E.DECLINED, R, {S.OFFERED, S.COUNTERED}, S.DECLINED),
    _step(E.DECLINED, P, {S.ASKED, S.COUNTERED}, S.DECLINED),
    _step(E.WITHDRAWN, P, {S.OFFERED, S.COUNTERED}, S.WITHDRAWN),
    # I took this as promised: the other confirms, or says what was meant, which waits like an offer.
    _step(E.TAKEN, R, {S.BEGIN}, S.TAKEN),
    _step(E.CONFIRMED, P, {S.TAKEN}, S.ACCEPTED),
    _step(E.MEANT, P, {S.TAKEN}, S.OFFERED),
    _step(E.WITHDRAWN, R, {S.ASKED, S.TAKEN}, S.WITHDRAWN),
    _step(E.WITHDRAWN, P, {S.PUBLIC}, S.WITHDRAWN),
    # Another day is the promiser's to propose and the receiver's to ask for; the other agrees, or answers with yet another.
    _step(E.MOVE_PROPOSED, P, STANDING, S.MOVE_PROPOSED),
    _step(E.MOVED, R, {S.MOVE_PROPOSED}, S.ACCEPTED),
    _step(E.MOVE_COUNTERED, R, STANDING, S.MOVE_COUNTERED),
    _step(E.MOVED, P, {S.MOVE_COUNTERED}, S.ACCEPTED),
    _step(E.MOVE_REFUSED, R, {S.MOVE_PROPOSED, S.MOVE_COUNTERED}, S.ACCEPTED),
    _step(E.MOVE_REFUSED, P, {S.MOVE_COUNTERED}, S.ACCEPTED),
    # To be released is the promiser's to ask and the receiver's to give, asked or not.
    _step(E.ASKED_RELEASE, P, STANDING, S.RELEASE_ASKED),
    _step(E.HELD_TO, R, {S.RELEASE_ASKED}, S.ACCEPTED),
    _step(E.RELEASED, R, TO_BE_CALLED, S.RELEASED),
    # The promiser says done. The receiver, and nobody else, says what became of it.
    _step(E.SAID_DONE, P, STANDING, S.DONE),
    _step(E.KEPT, R, TO_BE_CALLED, S.KEPT),
    _step(E.PARTLY, R, TO_BE_CALLED, S.PARTLY),
    _step(E.NOT_KEPT, R, TO_BE_CALLED, S.NOT_KEPT),
    # A promise in the house's name goes over to another of us, in the receiver's sight; what is asked, to who answers it.
    _step(E.NAMED_OVER, P, WAITING | TO_BE_CALLED | {S.PUBLIC}, None),
)

# Whose word is awaited where words lie on the table. In all other positions either side may wait.
_AWAITED = {
    S.ASKED: P,
    S.OFFERED: R,
    S.COUNTERED: P,
    S.TAKEN: P,
    S.MOVE_PROPOSED: R,
    S.MOVE_COUNTERED: P,
    S.RELEASE_ASKED: R,
    S.DONE: R,
}

# What ends a promise, as it is stored.
SETTLING = (E.KEPT, E.PARTLY, E.NOT_KEPT, E.RELEASED, E.WITHDRAWN, E.DECLINED)
# What becomes of it was said by its receiver.
CALLS = (E.KEPT, E.PARTLY, E.NOT_KEPT)
# Words on the table that wait for the other side's word, and what takes them from it.
# What may wait for the other side's word though the promise holds: another day, to be let go, and whether it was kept.
PENDING = (E.MOVE_PROPOSED, E.MOVE_COUNTERED, E.ASKED_RELEASE, E.SAID_DONE)
PUTTING = (E.ASKED, E.OFFERED, E.TAKEN, E.COUNTERED, E.MEANT)
AGREEING = (E.ACCEPTED, E.CONFIRMED)
# What both agreed the day to be.
DATING = (*AGREEING, E.MOVED)

_LEADS: dict[EventKind, Position | None] = {step.said: step.to for step in TABLE}


def find_step(position: Position, said: EventKind, who: Side) -> Step | None:
    """The line of the table that allows this to be said; None where there is none."""
    return next((step for step in TABLE if step.said == said and step.who is who and position in step.since), None)


def awaited(position: Position) -> Side | None:
    """Whose word a promise waits for; None where none is asked for."""
    return _AWAITED.get(position)


def allowed(position: Position, who: Side) -> frozenset[EventKind]:
    """All that this side may say of it now."""
    return frozenset(step.said for step in TABLE if step.who is who and position in step.since)


def position_after(said: Iterable[EventKind | str], *, begin: Position = Position.ACCEPTED) -> Position:
    """Where a promise stands after all that was said of it, oldest first, without what was taken back.

    What was told earlier than this table, or brought, is read by where it leads, and is not judged again.
    """
    position = begin
    for kind in map(EventKind, said):
        leads = _LEADS.get(kind)
        ended = position in ENDS and leads not in ENDS
        unanswered = position in WAITING and kind not in (*PUTTING, *AGREEING, *SETTLING)
        if leads is not None and not ended and not unanswered:
            position = leads
    return position
