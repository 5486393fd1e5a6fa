"""How something is said of a promise: if the table allows it, once, in the order it was said."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from ampersand.core import events, search
from ampersand.core.rooms import Room
from ampersand.core.whole import whole
from ampersand.members.models import Member
from ampersand.parties.models import Party
from ampersand.parties.speaking import Speaker
from ampersand.promises import states
from ampersand.promises.models import Promise, PromiseEvent
from ampersand.promises.sides import not_yours, side_of
from ampersand.promises.states import AGREEING, ENDS, PUTTING, EventKind
from ampersand.promises.wording import LONGEST_WORDS, AlreadySettled, NotNow, Wording

# So much later than the last is what is said at the same moment: what was said has an order.
_NEXT = timedelta(microseconds=1)


@whole
def say(
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
    locked = fetch_locked(promise)
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
    return write_event(locked, kind, speaker=speaker, wording=saying, named=named)


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


def fetch_locked(promise: Promise) -> Promise:
    return Promise.objects.select_for_update(of=("self",)).select_related("by", "to").get(pk=promise.pk)


def write_event(
    promise: Promise,
    kind: EventKind,
    *,
    speaker: Speaker,
    wording: Wording | None = None,
    named: Party | None = None,
    takes_back: PromiseEvent | None = None,
    sort: str = "",
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
        sort=sort,
    )
    if kind in (*AGREEING, EventKind.TAKEN_BACK):
        _follow_words(promise)
    record(f"promise.{kind}", promise, at=speaker.at, by=speaker.by)
    return event


def _follow_words(promise: Promise) -> None:
    """A promise says what both agreed to; while nobody did, what was put on the table first."""
    said = promise.said()
    words = [event for event in said if event.kind in AGREEING][-1:] or [e for e in said if e.kind in PUTTING][:1]
    if words and (promise.words, promise.condition) != (words[0].words, words[0].condition):
        promise.words, promise.condition = words[0].words, words[0].condition
        promise.save(update_fields=["words", "condition"])
        index(promise)


def record(name: str, promise: Promise, *, at: datetime, by: Member | None) -> None:
    by_id: UUID | None = by.pk if by else None
    of = promise.relationship_id or promise.about_id
    events.record(name, at=at, by_id=by_id, subject_id=promise.pk, relationship_ids=[of] if of else [])


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
