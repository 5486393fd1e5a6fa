"""What is said about a promise: `states.TABLE` tells what may be said by whom. Silence says nothing.

Whoever speaks comes in as a `Speaker`: one of us, the other side by its own hand, or the other side's word told by a member.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.core import events, search
from ampersand.core.rooms import Room
from ampersand.core.whole import whole
from ampersand.members.models import Member
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party, Relationship
from ampersand.parties.speaking import Speaker
from ampersand.promises import states
from ampersand.promises.models import Promise, PromiseEvent
from ampersand.promises.sides import NotYoursToSay, not_yours, side_of
from ampersand.promises.states import AGREEING, CALLS, ENDS, PUTTING, SETTLING, EventKind, Position, Side
from ampersand.timeline.models import Moment

LONGEST_WORDS = 4_000
# So much later than the last is what is said at the same moment: what was said has an order.
_NEXT = timedelta(microseconds=1)


class NotNow(ValueError):
    """It cannot be said of a promise as it stands."""


class AlreadySettled(NotNow):
    """The promise was called kept, not kept, declined, released or withdrawn before."""


class SaidSince(ValueError):
    """Something was said of the promise since, upon what would be taken back."""


class NotLater(ValueError):
    """A promise is made for, or moved to, a day that has not passed."""


class NothingSaid(ValueError):
    """A promise says what is promised."""


class NotTheHouses(ValueError):
    """Only what is promised in the house's name goes over to another of us: everybody promises only for themselves."""


@dataclass(frozen=True)
class Wording:
    """What is put on the table: what will be done, by when, and on which condition."""

    words: str
    due_on: date | None = None
    condition: str = ""

    def refuse_unless_said(self, *, on: date) -> Wording:
        """It with its words trimmed. Raises NothingSaid, NotLater."""
        said = Wording(self.words.strip()[:LONGEST_WORDS], self.due_on, self.condition.strip()[:LONGEST_WORDS])
        if not said.words:
            raise NothingSaid(_("Write what is promised."))
        if said.due_on is not None and said.due_on < on:
            raise NotLater(_("Choose a day from today on."))
        return said


@whole
def promise(
    *,
    by: Party,
    to: Party,
    relationship: Relationship,
    words: str,
    made_on: date,
    teller: Teller,
    due_on: date | None = None,
    condition: str = "",
    moment: Moment | None = None,
    room: str = Room.OURS,
) -> Promise:
    """Write down what `by` has promised `to` already, wherever that was: it stands as accepted.

    One of the two is ours, the other is not. What is only being promised is offered (`offer`).
    """
    if by.is_ours == to.is_ours:
        raise NotYoursToSay(by)
    made = Promise.objects.create(
        relationship=relationship,
        by=by,
        to=to,
        is_ours=by.is_ours,
        words=words.strip(),
        condition=condition,
        made_on=made_on,
        first_due_on=due_on,
        due_on=due_on,
        moment=moment,
        room=room,
        **teller.fields(),
    )
    index(made)
    _record("promise.made", made, at=teller.at, by=teller.by)
    return made


def index(promise: Promise) -> None:
    """Make a promise findable by its words, for those who may see both its ends and its relationship."""
    of = promise.relationship or promise.about
    named = (promise.by_id, promise.to_id, of.party_id if of else None)
    search.put(
        search.Entry(
            kind="promise",
            object_id=promise.pk,
            text=promise.words,
            party_ids=tuple({party_id for party_id in named if party_id is not None}),
            at=promise.told_at,
            member_id=promise.told_by_id if promise.room == Room.MINE else None,
        )
    )


@whole
def offer(
    wording: Wording,
    *,
    to: Party,
    relationship: Relationship,
    speaker: Speaker,
    in_houses_name: bool = False,
    moment: Moment | None = None,
    room: str = Room.BETWEEN,
) -> Promise:
    """Offer a promise to the other side: it holds once its receiver accepts it.

    The speaker promises for themselves; one of us may do so in the house's name and stands for it until another takes it over.
    Raises NothingSaid, NotLater, NotYoursToSay where both are of one side.
    """
    by = _promiser(speaker, in_houses_name=in_houses_name)
    if by.is_ours == to.is_ours:
        raise not_yours()
    named = speaker.party if in_houses_name else None
    return _begin(
        EventKind.OFFERED, wording, by=by, to=to, relationship=relationship, named=named, moment=moment, room=room,
        speaker=speaker,
    )  # fmt: skip


@whole
def ask(
    wording: Wording,
    *,
    by: Party,
    speaker: Speaker,
    relationship: Relationship | None = None,
    about: Relationship | None = None,
    room: str = Room.BETWEEN,
) -> Promise:
    """Ask somebody to promise something. Nothing is promised until they accept, and they may answer with other words.

    Among ourselves it has no relationship, but may be for the sake of one (`about`). Raises NothingSaid, NotLater, NotYoursToSay
    for what one would ask of oneself.
    """
    is_inside = by.is_ours and speaker.is_ours
    if by.pk == speaker.party.pk or not (by.is_ours or speaker.is_ours) or is_inside != (relationship is None):
        raise not_yours()
    return _begin(
        EventKind.ASKED, wording, by=by, to=speaker.party, relationship=relationship, about=about if is_inside else None,
        room=Room.OURS if is_inside else room, speaker=speaker,
    )  # fmt: skip


@whole
def take_as_promised(
    wording: Wording,
    *,
    by: Party,
    speaker: Speaker,
    relationship: Relationship,
    advertised: Promise | None = None,
    room: str = Room.BETWEEN,
) -> Promise:
    """Say "I took this as promised" to the one who is thought to have promised: it holds once they confirm it.

    `advertised` is what we promise to everybody, where it was taken from that. Taken twice from there, it is once.
    Raises NothingSaid, NotYoursToSay where both are of one side.
    """
    if by.is_ours == speaker.is_ours:
        raise not_yours()
    if advertised is not None and (taken := _find_taken(advertised, speaker)) is not None:
        return taken
    return _begin(
        EventKind.TAKEN, wording, by=by, to=speaker.party, relationship=relationship, advertised=advertised,
        named=advertised.named if advertised else None, room=room, speaker=speaker,
    )  # fmt: skip


@whole
def advertise(wording: Wording, *, speaker: Speaker, in_houses_name: bool = True) -> Promise:
    """Promise something to everybody: what we advertise. It stands until it is withdrawn, and has no receiver to call it kept.

    Raises NothingSaid, NotYoursToSay for the other side: we say only what we promise.
    """
    if not speaker.is_ours:
        raise not_yours()
    by = _promiser(speaker, in_houses_name=in_houses_name)
    made = _write(wording, by=by, to=None, named=speaker.party, speaker=speaker, room=Room.BETWEEN)
    _record("promise.advertised", made, at=speaker.at, by=speaker.by)
    return made


def accept(promise: Promise, *, speaker: Speaker) -> PromiseEvent:
    """Accept the words on the table, whosever they are: both hold the same then."""
    return _say(promise, EventKind.ACCEPTED, speaker=speaker)


def counter(promise: Promise, wording: Wording, *, speaker: Speaker) -> PromiseEvent:
    """Answer with other words, another day or another condition. The promiser so offers anew. Raises NothingSaid, NotLater."""
    said = wording.refuse_unless_said(on=timezone.localdate(speaker.at))
    is_promiser = side_of(promise, speaker) is Side.PROMISER
    return _say(promise, EventKind.OFFERED if is_promiser else EventKind.COUNTERED, speaker=speaker, wording=said)


def decline(promise: Promise, *, speaker: Speaker, words: str = "") -> PromiseEvent:
    """Say no to the words on the table."""
    return _say(promise, EventKind.DECLINED, speaker=speaker, words=words)


def withdraw(promise: Promise, *, speaker: Speaker, words: str = "") -> PromiseEvent:
    """Take back what one offered, asked for or took as promised, before it was accepted; or what one promises to everybody."""
    return _say(promise, EventKind.WITHDRAWN, speaker=speaker, words=words)


def confirm_taken(promise: Promise, *, speaker: Speaker) -> PromiseEvent:
    """Confirm what the other side took as promised."""
    return _say(promise, EventKind.CONFIRMED, speaker=speaker)


def say_meant(promise: Promise, wording: Wording, *, speaker: Speaker) -> PromiseEvent:
    """Say what was meant by what the other side took as promised: it waits for their word like an offer. Raises NothingSaid."""
    said = wording.refuse_unless_said(on=timezone.localdate(speaker.at))
    return _say(promise, EventKind.MEANT, speaker=speaker, wording=said)


def say_done(promise: Promise, *, speaker: Speaker, words: str = "") -> PromiseEvent:
    """Say, as its promiser, that a promise is done, and what happened. Saying it twice records nothing.

    Whether it was kept is for its receiver to say (`call`). Raises NotYoursToSay, NotNow, AlreadySettled, as all of these do.
    """
    return _say(promise, EventKind.SAID_DONE, speaker=speaker, words=words)


def propose_move(promise: Promise, *, due_on: date, speaker: Speaker, words: str = "") -> PromiseEvent:
    """Propose another day, as its promiser; or, as its receiver, answer a proposal with yet another. The old day holds until
    the other side agrees. Raises NotLater for a day that has passed.
    """
    if due_on < timezone.localdate(speaker.at):
        raise NotLater(_("Choose a day from today on."))
    is_promiser = side_of(promise, speaker) is Side.PROMISER
    kind = EventKind.MOVE_PROPOSED if is_promiser else EventKind.MOVE_COUNTERED
    return _say(promise, kind, speaker=speaker, words=words, due_on=due_on)


def agree_move(promise: Promise, *, speaker: Speaker) -> PromiseEvent:
    """Agree to the day the other side proposed: from now on it is due then."""
    return _say(promise, EventKind.MOVED, speaker=speaker)


def refuse_move(promise: Promise, *, speaker: Speaker, words: str = "") -> PromiseEvent:
    """Say no to the day the other side proposed: the old one holds."""
    return _say(promise, EventKind.MOVE_REFUSED, speaker=speaker, words=words)


def ask_release(promise: Promise, *, speaker: Speaker, words: str = "") -> PromiseEvent:
    """Ask, as its promiser, to be released. It stays open until they answer."""
    return _say(promise, EventKind.ASKED_RELEASE, speaker=speaker, words=words)


def hold_to(promise: Promise, *, speaker: Speaker, words: str = "") -> PromiseEvent:
    """Say no, as its receiver, to being asked for a release."""
    return _say(promise, EventKind.HELD_TO, speaker=speaker, words=words)


def release(promise: Promise, *, speaker: Speaker, words: str = "") -> PromiseEvent:
    """Release the promiser, as its receiver, asked or not."""
    return _say(promise, EventKind.RELEASED, speaker=speaker, words=words)


def call(promise: Promise, kind: str, *, speaker: Speaker, words: str = "") -> PromiseEvent:
    """Call a promise kept, partly kept or not kept, as its receiver; a member may tell that it was their word (`Speaker.told`).

    Raises NotYoursToSay for anybody else.
    """
    if kind not in CALLS:
        raise ValueError(f"kind must be kept, partly or not_kept; got {kind}")
    return _say(promise, EventKind(kind), speaker=speaker, words=words)


@whole
def name_over(promise: Promise, to: Party, *, speaker: Speaker) -> PromiseEvent:
    """Have another of us stand for what is promised in the house's name. Who stood for it says so, or who takes it over.

    Raises NotTheHouses where somebody promised it for themselves, NotYoursToSay for a third.
    """
    locked = _locked(promise)
    if not locked.by.is_house or not to.is_ours or to.is_house:
        raise NotTheHouses(_("This was promised by a person. Only they can move it or ask to be released."))
    if speaker.party.pk not in (locked.named_id, to.pk) and locked.named_id is not None:
        raise not_yours()
    if locked.named_id == to.pk:
        named = [event for event in locked.said() if event.named_id == to.pk]
        if named:
            return named[-1]
    event = _say(locked, EventKind.NAMED_OVER, speaker=speaker, named=to)
    Promise.objects.filter(pk=locked.pk).update(named=to)
    return event


@whole
def take_back(event: PromiseEvent, *, speaker: Speaker) -> PromiseEvent:
    """Take back what one said of a promise. It stays, with when it was taken back; taken back twice, it is once.

    Raises NotYoursToSay for what somebody else said, SaidSince where something was said since. What one offered, asked for
    or took as promised is withdrawn instead.
    """
    promise = _locked(event.promise)
    side_of(promise, speaker)
    if not _is_own_word(event, speaker):
        raise not_yours()
    known = PromiseEvent.objects.filter(takes_back=event).first()
    if known is not None:
        return known
    if promise.said()[-1].pk != event.pk:
        raise SaidSince(event)
    return _event(promise, EventKind.TAKEN_BACK, speaker=speaker, takes_back=event)


def _promiser(speaker: Speaker, *, in_houses_name: bool) -> Party:
    if not in_houses_name:
        return speaker.party
    if not speaker.is_ours or speaker.party.is_house:
        raise not_yours()
    return Party.objects.get(is_house=True)


def _find_taken(advertised: Promise, speaker: Speaker) -> Promise | None:
    of = Party.objects.the_same([speaker.party.pk])
    return Promise.objects.filter(advertised=advertised, to__in=of, settled_at=None, withdrawn_at=None).first()


def _begin(kind: EventKind, wording: Wording, *, by: Party, speaker: Speaker, **fields: object) -> Promise:
    """Put a first word on the table. What one took as promised may be due already."""
    made = _write(wording, by=by, speaker=speaker, may_be_past=kind == EventKind.TAKEN, **fields)
    side_of(made, speaker)
    _event(made, kind, speaker=speaker, wording=Wording(made.words, made.first_due_on, made.condition))
    made.refresh_from_db(fields=["offered_at"])
    return made


def _write(wording: Wording, *, by: Party, speaker: Speaker, may_be_past: bool = False, **fields: object) -> Promise:
    made_on = timezone.localdate(speaker.at)
    said = wording.refuse_unless_said(on=date.min if may_be_past else made_on)
    made = Promise.objects.create(
        by=by,
        is_ours=by.is_ours,
        words=said.words,
        condition=said.condition,
        made_on=made_on,
        first_due_on=said.due_on,
        due_on=said.due_on,
        told_at=speaker.at,
        told_by=speaker.by,
        **fields,
    )
    index(made)
    return made


def _is_own_word(event: PromiseEvent, speaker: Speaker) -> bool:
    """A member takes back what they said or told; the other side what it said by its own hand."""
    if event.kind not in _TAKEN_BACK:
        return False
    return event.told_by_id == speaker.by_id and (speaker.by_id is not None or event.by_id == speaker.party.pk)


# What began a promise is withdrawn, and who stands for one is said anew.
_TAKEN_BACK = frozenset(EventKind) - {
    EventKind.ASKED, EventKind.OFFERED, EventKind.TAKEN, EventKind.NAMED_OVER, EventKind.TAKEN_BACK,
}  # fmt: skip


@whole
def _say(
    promise: Promise,
    kind: EventKind,
    *,
    speaker: Speaker,
    words: str = "",
    due_on: date | None = None,
    wording: Wording | None = None,
    named: Party | None = None,
) -> PromiseEvent:
    """Say it, if the table allows it. The same said twice in a row is said once."""
    locked = _locked(promise)
    side = side_of(locked, speaker)
    said = locked.said()
    position = locked.position()
    if not any(step.said == kind and step.who is side for step in states.TABLE):
        raise not_yours()
    saying = wording or _agreed(said, kind) or Wording(words.strip()[:LONGEST_WORDS], due_on)
    if said and _is_said(said[-1], kind, saying):
        return said[-1]
    if position in ENDS or locked.withdrawn_at is not None:
        raise AlreadySettled(_("It has come to an end already. Look at what was said last."))
    if states.find_step(position, kind, side) is None:
        raise NotNow(_("This cannot be said of it as it stands. Look at what was said last."))
    return _event(locked, kind, speaker=speaker, wording=saying, named=named)


def _agreed(said: list[PromiseEvent], kind: EventKind) -> Wording | None:
    """What one agrees to: the words on the table, or the day that was proposed."""
    if kind in AGREEING:
        table = [event for event in said if event.kind in PUTTING]
        return Wording(table[-1].words, table[-1].due_on, table[-1].condition) if table else None
    if kind == EventKind.MOVED:
        days = [event for event in said if event.kind in (EventKind.MOVE_PROPOSED, EventKind.MOVE_COUNTERED)]
        return Wording("", days[-1].due_on) if days else None
    return None


def _is_said(last: PromiseEvent, kind: EventKind, saying: Wording) -> bool:
    is_same = last.kind == kind and last.due_on == saying.due_on and kind != EventKind.NAMED_OVER
    return is_same and (kind not in PUTTING or (last.words, last.condition) == (saying.words, saying.condition))


def _locked(promise: Promise) -> Promise:
    return Promise.objects.select_for_update(of=("self",)).select_related("by", "to").get(pk=promise.pk)


def _event(
    promise: Promise,
    kind: EventKind,
    *,
    speaker: Speaker,
    wording: Wording | None = None,
    named: Party | None = None,
    takes_back: PromiseEvent | None = None,
) -> PromiseEvent:
    saying = wording or Wording("")
    last = PromiseEvent.objects.filter(promise=promise).order_by("-at").values_list("at", flat=True).first()
    event = PromiseEvent.objects.create(
        promise=promise,
        kind=kind,
        by=speaker.party,
        voice=speaker.voice,
        told_by=speaker.by,
        at=speaker.at if last is None or speaker.at > last else last + _NEXT,
        told_at=speaker.at,
        words=saying.words,
        due_on=saying.due_on,
        condition=saying.condition,
        named=named,
        takes_back=takes_back,
    )
    if kind in (*AGREEING, EventKind.TAKEN_BACK):
        _follow_words(promise)
    _record(f"promise.{kind}", promise, at=speaker.at, by=speaker.by)
    return event


def _follow_words(promise: Promise) -> None:
    """A promise says what both agreed to; while nobody did, what was put on the table first."""
    said = promise.said()
    words = [event for event in said if event.kind in AGREEING][-1:] or [e for e in said if e.kind in PUTTING][:1]
    if words and (promise.words, promise.condition) != (words[0].words, words[0].condition):
        promise.words, promise.condition = words[0].words, words[0].condition
        promise.save(update_fields=["words", "condition"])
        index(promise)


def _record(name: str, promise: Promise, *, at: datetime, by: Member | None) -> None:
    by_id: UUID | None = by.pk if by else None
    of = promise.relationship_id or promise.about_id
    events.record(name, at=at, by_id=by_id, subject_id=promise.pk, relationship_ids=[of] if of else [])


__all__ = [
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
