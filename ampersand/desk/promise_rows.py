"""A promise as a row: its words, its state, and what this member may do with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.core import as_known
from ampersand.core.spoken import spoken_day
from ampersand.desk.pages.promises import PromiseRow
from ampersand.desk.pages.words import PromiseState
from ampersand.desk.promise_acts import acts_of, side_of_member
from ampersand.members.models import Member
from ampersand.parties.speaking import Voice
from ampersand.promises.models import EventKind, Promise, PromiseEvent, State
from ampersand.promises.states import Side, awaited

SOON_DAYS = 7

_SHAPES: dict[State, PromiseState] = {
    State.ASKED: "offered",
    State.OFFERED: "offered",
    State.COUNTERED: "offered",
    State.TAKEN: "offered",
    State.OPEN: "open",
    State.LATE: "late",
    State.UNCONFIRMED: "unconfirmed",
    State.KEPT: "kept",
    State.PARTLY: "partly",
    State.NOT_KEPT: "broken",
    State.DECLINED: "freed",
    State.RELEASED: "freed",
    State.WITHDRAWN: "freed",
}


def promise_row(
    promise: Promise, *, member: Member, on: date, note: str = "", is_elsewhere: bool = False
) -> PromiseRow:
    """The row of a promise (with its `events` fetched before) on a day, for this member.

    Elsewhere than on the page of its relationship its note leads there.
    """
    of = reverse("desk:relationship", args=[promise.relationship_id]) if promise.relationship_id else ""
    said = _said_last(promise, member=member, on=on)
    return PromiseRow(
        what=words_of(promise),
        state=shape_of(promise, on=on),
        due_on=promise.due_on,
        note=note,
        note_url=of if is_elsewhere else "",
        url=reverse("desk:promise", args=[promise.pk]),
        asks=_asks(promise, member=member, on=on),
        said=said_words(said, today=on) if said else "",
        undo_url=reverse("desk:take_back_said", args=[said.pk]) if said else "",
        is_in_hand=False,
        is_gone_on_with=False,
        acts=acts_of(promise, member, in_a_list=True),
    )


def _said_last(promise: Promise, *, member: Member, on: date) -> PromiseEvent | None:
    """What this member said of it last, while nobody said anything since. A day agreed on earlier is just its day."""
    said = promise.said()[-1:]
    if not said or not said[0].may_be_taken_back(member) or as_known.past() is not None:
        return None
    is_old_move = said[0].kind == EventKind.MOVED and timezone.localdate(said[0].told_at) < on
    return None if is_old_move else said[0]


def _asks(promise: Promise, *, member: Member, on: date) -> str:
    """What waits for a word of this member's side, said by the other."""
    said, side = promise.said(), side_of_member(promise, member)
    if not said or side is None or awaited(promise.position()) is not side:
        return ""
    last = said[-1]
    day = spoken_day(last.due_on, today=on) if last.due_on else ""
    told = {"name": promise.by if side is Side.RECEIVER else promise.to, "day": day, "words": last.words}
    words = {
        EventKind.MOVE_PROPOSED: _("%(name)s proposes %(day)s instead."),
        EventKind.MOVE_COUNTERED: _("%(name)s asks for %(day)s instead."),
        EventKind.ASKED_RELEASE: _("%(name)s asks to be let go."),
        EventKind.SAID_DONE: _("%(name)s says it is done."),
    }
    if last.kind == EventKind.COUNTERED:
        return (_("%(name)s asks for: %(words)s, %(day)s") if day else _("%(name)s asks for: %(words)s")) % told
    says = words.get(EventKind(last.kind), "") % told
    return _("%(says)s “%(words)s”") % {"says": says, "words": last.words} if says and last.words else says


def said_words(event: PromiseEvent, *, today: date) -> str:
    """What was said of a promise, in words to the one who said it."""
    if event.voice == Voice.TOLD_BY_US:
        return _("You told their word: %(what)s.") % {"what": event.get_kind_display()}
    if event.due_on and event.kind in (EventKind.MOVED, EventKind.MOVE_PROPOSED, EventKind.MOVE_COUNTERED):
        day = spoken_day(event.due_on, today=today)
        return (_("You moved it to %(day)s.") if event.kind == EventKind.MOVED else _("You proposed %(day)s.")) % {
            "day": day
        }
    words = {
        EventKind.ACCEPTED: _("You agreed."),
        EventKind.COUNTERED: _("You asked for other words."),
        EventKind.DECLINED: _("You said no."),
        EventKind.CONFIRMED: _("You confirmed it."),
        EventKind.MEANT: _("You said what was meant."),
        EventKind.MOVE_REFUSED: _("You said that the old day holds."),
        EventKind.SAID_DONE: _("You said it is done."),
        EventKind.KEPT: _("You called it kept."),
        EventKind.PARTLY: _("You called it partly kept."),
        EventKind.NOT_KEPT: _("You called it not kept."),
        EventKind.HELD_TO: _("You said that it holds."),
        EventKind.RELEASED: _("You let it go."),
        EventKind.ASKED_RELEASE: _("You asked to be let go."),
        EventKind.WITHDRAWN: _("You withdrew it."),
    }
    return words.get(EventKind(event.kind), "")


def words_of(promise: Promise) -> str:
    """What was promised; of a promise with somebody who was erased only that there was one."""
    return promise.words or _("words that were erased")


def promise_rows(promises: Iterable[Promise], *, member: Member, on: date) -> tuple[PromiseRow, ...]:
    """Rows for a list that is about several relationships: each says with whom."""
    return tuple(
        promise_row(promise, member=member, on=on, note=_between(promise, member), is_elsewhere=True)
        for promise in promises
    )


def _between(promise: Promise, member: Member) -> str:
    """With whom; and which colleague promised it, where it was not the one who looks."""
    other = other_side(promise)
    if not promise.is_ours or promise.by.member_id == member.pk:
        return other
    return _("%(by)s, to %(to)s") % {"by": promise.by, "to": other}


def other_side(promise: Promise) -> str:
    """The name on the other side of a promise."""
    other = promise.to if promise.is_ours else promise.by
    return str(other) if other else _("everybody")


def who_promised(promise: Promise, *, on_page_of: UUID | None = None) -> str:
    """Which of us promised it; and whom on the other side it concerns, where that is not the one of the page: of the
    promise's own relationship, unless another is named."""
    other = promise.to if promise.is_ours else promise.by
    of = on_page_of or (promise.relationship.party_id if promise.relationship else None)
    name = "" if other is None or of in (other.pk, other.now_id) else str(other)
    if not promise.is_ours:
        return name
    return _("%(by)s, to %(to)s") % {"by": promise.by.name, "to": name} if name else promise.by.name


def shape_of(promise: Promise, *, on: date) -> PromiseState:
    """The sign of its state; what is due within a week has one of its own."""
    state = promise.state(on=on)
    is_soon = promise.due_on is not None and promise.due_on <= on + timedelta(days=SOON_DAYS)
    return "due" if state is State.OPEN and is_soon else _SHAPES[state]
