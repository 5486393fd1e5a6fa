"""What one who looks may do with a promise now, in the order it is offered. The table of promises says what is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ampersand.core import as_known
from ampersand.desk.pages.promises import PromiseAct
from ampersand.members.models import Member
from ampersand.parties.models import Party
from ampersand.parties.speaking import Speaker
from ampersand.promises import states
from ampersand.promises.models import EventKind, Promise
from ampersand.promises.states import Position, Side

# What is done on a page with a form of its own.
_FORMS = {
    EventKind.OFFERED: "counter_promise",
    EventKind.COUNTERED: "counter_promise",
    EventKind.MEANT: "counter_promise",
    EventKind.MOVE_PROPOSED: "move_promise",
    EventKind.MOVE_COUNTERED: "move_promise",
    EventKind.NAMED_OVER: "name_promise_over",
}
_VIEWS = {
    EventKind.ACCEPTED: "accept_promise",
    EventKind.DECLINED: "decline_promise",
    EventKind.WITHDRAWN: "withdraw_promise",
    EventKind.CONFIRMED: "confirm_promise",
    EventKind.MOVED: "agree_day",
    EventKind.MOVE_REFUSED: "refuse_day",
    EventKind.ASKED_RELEASE: "ask_release",
    EventKind.HELD_TO: "hold_to_promise",
    EventKind.RELEASED: "release_promise",
    EventKind.SAID_DONE: "say_done",
    EventKind.KEPT: "call_kept",
    EventKind.PARTLY: "call_partly",
    EventKind.NOT_KEPT: "call_not_kept",
}
_ORDER = (
    EventKind.SAID_DONE,
    EventKind.KEPT,
    EventKind.ACCEPTED,
    EventKind.CONFIRMED,
    EventKind.MOVED,
    EventKind.PARTLY,
    EventKind.NOT_KEPT,
    EventKind.OFFERED,
    EventKind.COUNTERED,
    EventKind.MEANT,
    EventKind.MOVE_PROPOSED,
    EventKind.MOVE_COUNTERED,
    EventKind.MOVE_REFUSED,
    EventKind.ASKED_RELEASE,
    EventKind.HELD_TO,
    EventKind.RELEASED,
    EventKind.DECLINED,
    EventKind.WITHDRAWN,
    EventKind.NAMED_OVER,
)
_ANSWERS = {
    Position.MOVE_PROPOSED: (EventKind.MOVED, EventKind.MOVE_REFUSED),
    Position.MOVE_COUNTERED: (EventKind.MOVED, EventKind.MOVE_REFUSED),
    Position.RELEASE_ASKED: (EventKind.RELEASED, EventKind.HELD_TO),
}
_MAIN = frozenset({EventKind.SAID_DONE, EventKind.KEPT, EventKind.ACCEPTED, EventKind.CONFIRMED, EventKind.MOVED})
# The first that may be done answers to x; of others only these have a key.
_KEYS = {EventKind.MOVE_PROPOSED: "d", EventKind.MOVE_COUNTERED: "d", EventKind.OFFERED: "o", EventKind.COUNTERED: "o",
         EventKind.MEANT: "o"}  # fmt: skip


def speaker_for(member: Member, *, at: datetime) -> Speaker:
    """A member who speaks as themselves; as the house, where nobody wrote down who they are."""
    party = Party.objects.filter(member=member).first() or Party.objects.get(is_house=True)
    return Speaker.ourselves(party, by=member, at=at)


def end_of_other_side(promise: Promise) -> Party | None:
    """Who speaks for the other side; nobody among ourselves, and nobody of everybody."""
    if promise.is_inside:
        return None
    return promise.to if promise.is_ours else promise.by


def side_of_member(promise: Promise, member: Member) -> Side | None:
    """On which side a member speaks; None for a third where one of us promised another."""
    if promise.is_promised_by(member):
        return Side.PROMISER
    return Side.RECEIVER if promise.is_received_by(member) else None


def may_say_kind(promise: Promise, member: Member) -> bool:
    """Whether one says what it is about: for our side, or writes down what the other side said of a promise of theirs."""
    side = side_of_member(promise, member)
    return side is Side.PROMISER or (side is Side.RECEIVER and end_of_other_side(promise) is not None)


def acts_of(promise: Promise, member: Member, *, in_a_list: bool = False) -> tuple[PromiseAct, ...]:
    """The acts of a promise (with its `events`) for one member; in a list without those that need more than the row."""
    side = side_of_member(promise, member)
    if side is None or promise.withdrawn_at is not None or as_known.past() is not None:
        return ()
    position = promise.position()
    allowed = states.allowed(position, side) - _left_out(promise, position, in_a_list=in_a_list)
    answers = _answers(position, side)
    ordered = [kind for kind in (*answers, *(one for one in _ORDER if one not in answers)) if kind in allowed]
    acts = [_act(promise, kind, is_first=place == 0) for place, kind in enumerate(ordered)]
    return (*acts, *_their_word(promise, position, side))


def _answers(position: Position, side: Side) -> tuple[EventKind, ...]:
    """What answers the words of the other side, where they wait for ours: offered first."""
    return _ANSWERS.get(position, ()) if states.awaited(position) is side else ()


def _left_out(promise: Promise, position: Position, *, in_a_list: bool) -> set[EventKind]:
    """Who stands for it is said only of what is promised in the house's name; what is asked already is not asked again."""
    left_out = {EventKind.ASKED_RELEASE} if position is Position.RELEASE_ASKED else set()
    if not promise.by.is_house or in_a_list:
        left_out.add(EventKind.NAMED_OVER)
    return left_out


def _act(promise: Promise, kind: EventKind, *, is_first: bool) -> PromiseAct:
    is_form = kind in _FORMS
    return PromiseAct(
        says=says_act(kind),
        url=reverse(f"desk:{_FORMS[kind] if is_form else _VIEWS[kind]}", args=[promise.pk]),
        is_form=is_form,
        is_main=is_first and kind in _MAIN,
        key="x" if is_first and not is_form else _KEYS.get(kind, ""),
    )


def _their_word(promise: Promise, position: Position, side: Side) -> Sequence[PromiseAct]:
    """Where they have no page of their own a member writes down what they said; it stands as their word, told by us."""
    if end_of_other_side(promise) is None or not kinds_of_theirs(position, side):
        return ()
    url = reverse("desk:their_word", args=[promise.pk])
    return [PromiseAct(says=_("Write down their word"), url=url, is_form=True, key="w")]


def kinds_of_theirs(position: Position, side: Side) -> list[EventKind]:
    """What the other side may say of it now, without who stands for it."""
    theirs = Side.RECEIVER if side is Side.PROMISER else Side.PROMISER
    allowed = states.allowed(position, theirs) - {EventKind.NAMED_OVER}
    return [kind for kind in _ORDER if kind in allowed]


def says_theirs(kind: EventKind) -> str:
    """What the other side said, to be chosen by who writes it down."""
    words = {
        EventKind.ACCEPTED: _("They agree."),
        EventKind.OFFERED: _("They answer with other words."),
        EventKind.COUNTERED: _("They ask for other words, or another day."),
        EventKind.DECLINED: _("They say no."),
        EventKind.WITHDRAWN: _("They withdraw it."),
        EventKind.CONFIRMED: _("Yes, they promised that."),
        EventKind.MEANT: _("They meant something else."),
        EventKind.MOVE_PROPOSED: _("They propose another day."),
        EventKind.MOVE_COUNTERED: _("They ask for another day."),
        EventKind.MOVED: _("They agree to that day."),
        EventKind.MOVE_REFUSED: _("They say that the old day holds."),
        EventKind.ASKED_RELEASE: _("They ask to be let go."),
        EventKind.HELD_TO: _("They say that it holds."),
        EventKind.SAID_DONE: _("They say it is done."),
        EventKind.KEPT: _("They call it kept."),
        EventKind.PARTLY: _("They call it partly kept."),
        EventKind.NOT_KEPT: _("They call it not kept."),
        EventKind.RELEASED: _("They let us go from it."),
    }
    return words[kind]


def says_act(kind: EventKind) -> str:
    """The word on the button."""
    words = {
        EventKind.ACCEPTED: pgettext("promise", "Agree"),
        EventKind.OFFERED: pgettext("promise", "Other words"),
        EventKind.COUNTERED: pgettext("promise", "Other words"),
        EventKind.DECLINED: pgettext("promise", "No"),
        EventKind.WITHDRAWN: pgettext("promise", "Withdraw"),
        EventKind.CONFIRMED: _("Yes, that was promised"),
        EventKind.MEANT: _("Say what was meant"),
        EventKind.MOVE_PROPOSED: _("Another day"),
        EventKind.MOVE_COUNTERED: _("Another day"),
        EventKind.MOVED: _("Agree to that day"),
        EventKind.MOVE_REFUSED: _("The old day holds"),
        EventKind.ASKED_RELEASE: _("Ask to be let go"),
        EventKind.HELD_TO: _("It holds"),
        EventKind.SAID_DONE: pgettext("promise", "Done"),
        EventKind.KEPT: pgettext("promise", "Kept"),
        EventKind.PARTLY: pgettext("promise", "Partly"),
        EventKind.NOT_KEPT: pgettext("promise", "Not kept"),
        EventKind.RELEASED: pgettext("promise", "Let go"),
        EventKind.NAMED_OVER: _("Another stands for it"),
    }
    return words[kind]
