"""What a visitor does: laid into the inbox by their own login, then carried out by our actions, once.

The two are two transactions. Where the second fails the entry stays, and a job carries it out; where what it asks for can be
done no more, it is refused with a sentence. Once it is carried out nothing is kept of its words: what was made of them is.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connections, transaction
from django.utils.translation import gettext as _

from ampersand.core import jobs
from ampersand.core.rooms import Room
from ampersand.core.whole import whole
from ampersand.parties.actions import Teller
from ampersand.parties.models import Relationship
from ampersand.parties.speaking import NotTheirs, Speaker, Voice
from ampersand.portal import asking, bargaining, handing, leaving, sides, together
from ampersand.portal.fence import ALIAS
from ampersand.portal.models import Entry, EntryKind
from ampersand.portal.outside import visiting
from ampersand.portal.together import Refused
from ampersand.portal.visitor import Visitor
from ampersand.promises import actions as promises
from ampersand.promises import sorting
from ampersand.promises.actions import Wording
from ampersand.promises.models import Promise
from ampersand.promises.states import Position
from ampersand.terms import actions as terms
from ampersand.terms import lines

log = logging.getLogger(__name__)

CARRY_OUT = "ampersand.portal.tasks.carry_out"
_WRITE = """
INSERT INTO portal_entry (id, relationship_id, party_id, kind, told, at) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True)
class Done:
    """What became of an entry. `is_later`: it is kept, and will be carried out by a job."""

    refusal: str = ""
    is_later: bool = False


def put(visitor: Visitor, entry_id: UUID, kind: str, told: Mapping[str, Any], *, at: datetime) -> Done:
    """Lay down what a visitor did and carry it out. The same id sent twice is one entry.

    Raises Refused where the id is somebody else's, or the visit ended meanwhile.
    """
    with visiting(visitor.secret), connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT outside_relationship() IS NOT NULL")
        if not cursor.fetchone()[0]:
            raise Refused(_("Your visit has ended. Open the link again."))
        row: list[Any] = [entry_id, visitor.relationship_id, visitor.party_id, EntryKind(kind), json.dumps(told), at]
        cursor.execute(_WRITE, row)
        cursor.execute("SELECT count(*) FROM portal_entry WHERE id = %s", [entry_id])
        if cursor.fetchone() == (0,):
            raise Refused(_("This form was sent before. Look at the page, and send it again if need be."))
    try:
        return Done(refusal=carry_out(entry_id, at=at))
    except Exception:  # whatever it is, what she did is kept, and is done as soon as it can be
        log.exception("entry.not_carried_out")
        jobs.defer(CARRY_OUT, lock=CARRY_OUT)
        return Done(is_later=True)


@whole
def carry_out(entry_id: UUID, *, at: datetime) -> str:
    """Carry out an entry, once. Answers why it was refused, in a sentence, or nothing."""
    entry = Entry.objects.select_for_update(of=("self",)).select_related("party", "relationship").get(pk=entry_id)
    if entry.carried_out_at or entry.refused_at:
        return ""
    try:
        with transaction.atomic():
            _CARRIERS[entry.kind](entry, Speaker.themselves(entry.party, at=min(entry.at, at)))
    except _REFUSING as error:
        Entry.objects.filter(pk=entry_id).update(refused_at=at, told={})
        return str(error) or _("This can be done no more. Look at the page as it stands now.")
    # Who is forgotten leaves no entry behind.
    Entry.objects.filter(pk=entry_id).update(carried_out_at=at, told={})
    return ""


_REFUSING = (
    Refused,
    NotTheirs,
    promises.NotNow,
    promises.NotLater,
    promises.NothingSaid,
    promises.NotYoursToSay,
    terms.NothingSaid,
    terms.TooManyLines,
    lines.NotALine,
    *together.REFUSING,
    *sides.REFUSING,
    *bargaining.REFUSING,
    *asking.REFUSING,
    *handing.REFUSING,
)


def _promise(entry: Entry) -> Promise:
    """The promise it is about: one between the two, asked again here though the visitor's login saw it."""
    there = Relationship.objects.the_same([entry.relationship_id])
    found = Promise.objects.filter(pk=entry.told["promise"], room=Room.BETWEEN, relationship__in=there).first()
    if found is None:
        raise Refused(_("This promise is no longer here."))
    return found


def _call(entry: Entry, speaker: Speaker) -> None:
    promises.call(_promise(entry), entry.kind, speaker=speaker, words=entry.told.get("words", ""))


def _release(entry: Entry, speaker: Speaker) -> None:
    promises.release(_promise(entry), speaker=speaker, words=entry.told.get("words", ""))


def _accept(entry: Entry, speaker: Speaker) -> None:
    promise = _promise(entry)
    if promise.position() in (Position.MOVE_PROPOSED, Position.MOVE_COUNTERED):
        promises.agree_move(promise, speaker=speaker)
    elif promise.position() is Position.TAKEN:
        promises.confirm_taken(promise, speaker=speaker)
    else:
        promises.accept(promise, speaker=speaker)


def _decline(entry: Entry, speaker: Speaker) -> None:
    promise, words = _promise(entry), entry.told.get("words", "")
    if promise.position() in (Position.MOVE_PROPOSED, Position.MOVE_COUNTERED):
        promises.refuse_move(promise, speaker=speaker, words=words)
    else:
        promises.decline(promise, speaker=speaker, words=words)


def _counter(entry: Entry, speaker: Speaker) -> None:
    promise = _promise(entry)
    wording = Wording(words=entry.told.get("words") or promise.words, due_on=_day(entry), condition=promise.condition)
    promises.counter(promise, wording, speaker=speaker)


def _move(entry: Entry, speaker: Speaker) -> None:
    due_on = _day(entry)
    if due_on is None:
        raise Refused(_("Choose the other day."))
    promises.propose_move(_promise(entry), due_on=due_on, speaker=speaker, words=entry.told.get("words", ""))


def _done(entry: Entry, speaker: Speaker) -> None:
    promises.say_done(_promise(entry), speaker=speaker, words=entry.told.get("words", ""))


def _sort(entry: Entry, speaker: Speaker) -> None:
    sorting.say_kind(_promise(entry), entry.told["kind"], speaker=speaker)


def _promised(entry: Entry, speaker: Speaker) -> None:
    promises.offer(
        Wording(words=entry.told["words"], due_on=_day(entry)),
        to=leaving.party_of_the_house(),
        relationship=entry.relationship,
        speaker=speaker,
        room=Room.BETWEEN,
    )


def _taken(entry: Entry, speaker: Speaker) -> None:
    wording = Wording(words=entry.told["words"], due_on=_day(entry))
    house = leaving.party_of_the_house()
    promises.take_as_promised(wording, by=house, speaker=speaker, relationship=entry.relationship)


def _terms(entry: Entry, speaker: Speaker) -> None:
    told = entry.told
    terms.say(
        speaker.party,
        roster=told.get("roster", ""),
        lines=[lines.read(kind, value) for kind, value in told.get("lines", [])],
        words=told.get("words", ""),
        said_at=speaker.at,
        voice=Voice.OWN,
        teller=Teller(at=speaker.at),
    )


def _asked(entry: Entry, speaker: Speaker) -> None:
    asking.ask(entry, speaker, about=entry.told.get("about", ""), words=entry.told["words"])


def _corrected(entry: Entry, speaker: Speaker) -> None:
    """What stands beside a story that was told of them; anything else is asked of us."""
    (handing.put_right if "handing" in entry.told else _asked)(entry, speaker)


def _forget(entry: Entry, speaker: Speaker) -> None:
    leaving.ask_to_be_forgotten(speaker.party, leaves_mark=bool(entry.told.get("leaves_mark")), at=speaker.at)


def _day(entry: Entry) -> date | None:
    told = entry.told.get("due_on")
    return date.fromisoformat(told) if told else None


_CARRIERS: dict[str, Callable[[Entry, Speaker], None]] = {
    EntryKind.KEPT: _call,
    EntryKind.PARTLY: _call,
    EntryKind.NOT_KEPT: _call,
    EntryKind.RELEASE: _release,
    EntryKind.ACCEPT: _accept,
    EntryKind.DECLINE: _decline,
    EntryKind.COUNTER: _counter,
    EntryKind.MOVE: _move,
    EntryKind.DONE: _done,
    EntryKind.SORT: _sort,
    EntryKind.PROMISE: _promised,
    EntryKind.TAKE: _taken,
    EntryKind.TERMS: _terms,
    EntryKind.ASK: _asked,
    EntryKind.CORRECT: _corrected,
    EntryKind.FORGET: _forget,
    **together.CARRIERS,
    **sides.CARRIERS,
    **bargaining.CARRIERS,
    **asking.CARRIERS,
    **handing.CARRIERS,
}


def carry_out_waiting(*, at: datetime) -> int:
    """Carry out what is waiting, oldest first; one that fails again stops none of the others. Answers how many were done."""
    done = 0
    for entry_id in Entry.objects.waiting().order_by("at", "id").values_list("pk", flat=True)[:1_000]:
        try:
            carry_out(entry_id, at=at)
            done += 1
        except Entry.DoesNotExist:
            continue
        except Exception:  # the others are not to wait for it
            log.exception("entry.not_carried_out")
    return done


__all__ = ["CARRY_OUT", "Done", "Refused", "carry_out", "carry_out_waiting", "put"]
