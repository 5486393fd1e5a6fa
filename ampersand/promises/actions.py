"""What is said about a promise: `states.TABLE` tells what may be said by whom. Silence says nothing.

Whoever speaks comes in as a `Speaker`: one of us, the other side by its own hand, or the other side's word told by a member.
"""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.core.whole import whole
from ampersand.parties.models import Party
from ampersand.parties.speaking import Speaker
from ampersand.promises import saying
from ampersand.promises.beginning import advertise, ask, offer, promise, take_as_promised
from ampersand.promises.models import Promise, PromiseEvent
from ampersand.promises.saying import index
from ampersand.promises.sides import NotYoursToSay, not_yours, side_of
from ampersand.promises.states import CALLS, SETTLING, EventKind, Position, Side
from ampersand.promises.wording import (
    LONGEST_WORDS,
    AlreadySettled,
    NothingSaid,
    NotLater,
    NotNow,
    NotTheHouses,
    SaidSince,
    Wording,
)


def accept(promise: Promise, *, speaker: Speaker) -> PromiseEvent:
    """Accept the words on the table, whosever they are: both hold the same then."""
    return saying.say(promise, EventKind.ACCEPTED, speaker=speaker)


def counter(promise: Promise, wording: Wording, *, speaker: Speaker) -> PromiseEvent:
    """Answer with other words, another day or another condition. The promiser so offers anew. Raises NothingSaid, NotLater."""
    said = wording.refuse_unless_said(on=timezone.localdate(speaker.at))
    is_promiser = side_of(promise, speaker) is Side.PROMISER
    return saying.say(promise, EventKind.OFFERED if is_promiser else EventKind.COUNTERED, speaker=speaker, wording=said)


def decline(promise: Promise, *, speaker: Speaker, words: str = "") -> PromiseEvent:
    """Say no to the words on the table."""
    return saying.say(promise, EventKind.DECLINED, speaker=speaker, words=words)


def withdraw(promise: Promise, *, speaker: Speaker, words: str = "") -> PromiseEvent:
    """Take back what one offered, asked for or took as promised, before it was accepted; or what one promises to everybody."""
    return saying.say(promise, EventKind.WITHDRAWN, speaker=speaker, words=words)


def confirm_taken(promise: Promise, *, speaker: Speaker) -> PromiseEvent:
    """Confirm what the other side took as promised."""
    return saying.say(promise, EventKind.CONFIRMED, speaker=speaker)


def say_meant(promise: Promise, wording: Wording, *, speaker: Speaker) -> PromiseEvent:
    """Say what was meant by what the other side took as promised: it waits for their word like an offer. Raises NothingSaid."""
    said = wording.refuse_unless_said(on=timezone.localdate(speaker.at))
    return saying.say(promise, EventKind.MEANT, speaker=speaker, wording=said)


def say_done(promise: Promise, *, speaker: Speaker, words: str = "") -> PromiseEvent:
    """Say, as its promiser, that a promise is done, and what happened. Saying it twice records nothing.

    Whether it was kept is for its receiver to say (`call`). Raises NotYoursToSay, NotNow, AlreadySettled, as all of these do.
    """
    return saying.say(promise, EventKind.SAID_DONE, speaker=speaker, words=words)


def propose_move(promise: Promise, *, due_on: date, speaker: Speaker, words: str = "") -> PromiseEvent:
    """Propose another day, as its promiser, or ask for one, as its receiver. The old day holds until the other side agrees.
    Raises NotLater for a day that has passed.
    """
    if due_on < timezone.localdate(speaker.at):
        raise NotLater(_("Choose a day from today on."))
    is_promiser = side_of(promise, speaker) is Side.PROMISER
    kind = EventKind.MOVE_PROPOSED if is_promiser else EventKind.MOVE_COUNTERED
    return saying.say(promise, kind, speaker=speaker, words=words, due_on=due_on)


def agree_move(promise: Promise, *, speaker: Speaker) -> PromiseEvent:
    """Agree to the day the other side proposed: from now on it is due then."""
    return saying.say(promise, EventKind.MOVED, speaker=speaker)


def refuse_move(promise: Promise, *, speaker: Speaker, words: str = "") -> PromiseEvent:
    """Say no to the day the other side proposed: the old one holds."""
    return saying.say(promise, EventKind.MOVE_REFUSED, speaker=speaker, words=words)


def ask_release(promise: Promise, *, speaker: Speaker, words: str = "") -> PromiseEvent:
    """Ask, as its promiser, to be released. It stays open until they answer."""
    return saying.say(promise, EventKind.ASKED_RELEASE, speaker=speaker, words=words)


def hold_to(promise: Promise, *, speaker: Speaker, words: str = "") -> PromiseEvent:
    """Say no, as its receiver, to being asked for a release."""
    return saying.say(promise, EventKind.HELD_TO, speaker=speaker, words=words)


def release(promise: Promise, *, speaker: Speaker, words: str = "") -> PromiseEvent:
    """Release the promiser, as its receiver, asked or not."""
    return saying.say(promise, EventKind.RELEASED, speaker=speaker, words=words)


def call(promise: Promise, kind: str, *, speaker: Speaker, words: str = "") -> PromiseEvent:
    """Call a promise kept, partly kept or not kept, as its receiver; a member may tell that it was their word (`Speaker.told`).

    Raises NotYoursToSay for anybody else.
    """
    if kind not in CALLS:
        raise ValueError(f"kind must be kept, partly or not_kept; got {kind}")
    return saying.say(promise, EventKind(kind), speaker=speaker, words=words)


@whole
def name_over(promise: Promise, to: Party, *, speaker: Speaker) -> PromiseEvent:
    """Have another of us stand for what is promised in the house's name. Who stood for it says so, or who takes it over.

    Raises NotTheHouses where somebody promised it for themselves, NotYoursToSay for a third.
    """
    locked = saying.fetch_locked(promise)
    if not locked.by.is_house or not to.is_ours or to.is_house:
        raise NotTheHouses(_("This was promised by a person. Only they can move it or ask to be released."))
    if speaker.party.pk not in (locked.named_id, to.pk) and locked.named_id is not None:
        raise not_yours()
    if locked.named_id == to.pk:
        named = [event for event in locked.said() if event.named_id == to.pk]
        if named:
            return named[-1]
    event = saying.say(locked, EventKind.NAMED_OVER, speaker=speaker, named=to)
    Promise.objects.filter(pk=locked.pk).update(named=to)
    return event


@whole
def take_back(event: PromiseEvent, *, speaker: Speaker) -> PromiseEvent:
    """Take back what one said of a promise. It stays, with when it was taken back; taken back twice, it is once.

    Raises NotYoursToSay for what somebody else said, SaidSince where something was said since. What one offered, asked for
    or took as promised is withdrawn instead.
    """
    promise = saying.fetch_locked(event.promise)
    side_of(promise, speaker)
    if not _is_own_word(event, speaker):
        raise not_yours()
    known = PromiseEvent.objects.filter(takes_back=event).first()
    if known is not None:
        return known
    if promise.said()[-1].pk != event.pk:
        raise SaidSince(event)
    return saying.write_event(promise, EventKind.TAKEN_BACK, speaker=speaker, takes_back=event)


def _is_own_word(event: PromiseEvent, speaker: Speaker) -> bool:
    """A member takes back what they said or told; the other side what it said by its own hand."""
    if event.kind not in _TAKEN_BACK:
        return False
    return event.told_by_id == speaker.by_id and (speaker.by_id is not None or event.by_id == speaker.party.pk)


# What began a promise is withdrawn, and who stands for one is said anew.
_TAKEN_BACK = frozenset(EventKind) - {
    EventKind.ASKED, EventKind.OFFERED, EventKind.TAKEN, EventKind.NAMED_OVER, EventKind.TAKEN_BACK,
    EventKind.SORTED,
}  # fmt: skip


__all__ = [
    "LONGEST_WORDS",
    "SETTLING",
    "AlreadySettled",
    "NotLater",
    "NotNow",
    "NotTheHouses",
    "NotYoursToSay",
    "NothingSaid",
    "Position",
    "SaidSince",
    "Wording",
    "accept",
    "advertise",
    "agree_move",
    "ask",
    "ask_release",
    "call",
    "confirm_taken",
    "counter",
    "decline",
    "hold_to",
    "index",
    "name_over",
    "not_yours",
    "offer",
    "promise",
    "propose_move",
    "refuse_move",
    "release",
    "say_done",
    "say_meant",
    "take_as_promised",
    "take_back",
    "withdraw",
]
