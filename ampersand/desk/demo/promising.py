"""Promises in passing, both ways, and what became of them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from ampersand.desk.demo import clock
from ampersand.desk.demo.book import Book, Said
from ampersand.desk.demo.cast import Cast, Person
from ampersand.members.models import Member
from ampersand.notebook.models import PieceKind
from ampersand.parties.models import Party
from ampersand.parties.speaking import Voice
from ampersand.promises.models import EventKind, Promise
from ampersand.timeline.models import Moment

# Of a hundred that fell due. Unconfirmed ones are recent: in time the other side says something.
_OURS = {EventKind.KEPT: 81, EventKind.PARTLY: 6, EventKind.NOT_KEPT: 6, EventKind.RELEASED: 7}
_THEIRS = {
    EventKind.KEPT: 87,
    EventKind.PARTLY: 4,
    EventKind.NOT_KEPT: 4,
    EventKind.RELEASED: 5,
}
_UNCONFIRMED_DAYS = 60


def made_here(
    cast: Cast, person: Person, moment: Moment, member: Member, topic: dict[str, str], day: date, *, random: Random
) -> list[Said]:
    """What was promised in a conversation. The house promises about twice as much now as two years ago."""
    book = cast.book
    if "ours" not in topic or person.told.get("by_hand"):
        return []
    us = cast.ours(member.name.split()[0])
    years_ago = (book.today - day).days / 365.25
    ours_share, theirs_share = 0.24 + 0.26 * max(0.0, 1 - years_ago / 2.2), 0.24
    said = []
    if random.random() < ours_share and (due_on := _due(day, book.today, random)):
        promise = book.promise(
            us, person.party, person.relationship, topic["ours"], made_on=day, due_on=due_on, moment=moment
        )
        settle(book, promise, us, person.party, member, random, shares=_OURS)
        said.append(Said(f"I promised {person.first} {topic['ours']} by {_day(due_on)}.", PieceKind.PROMISE, promise))
    if random.random() < theirs_share and (due_on := _due(day, book.today, random)):
        promise = book.promise(
            person.party, us, person.relationship, topic["theirs"], made_on=day, due_on=due_on, moment=moment
        )
        late_days = int(person.told.get("late_days", 0))
        settle(book, promise, person.party, us, member, random, shares=_THEIRS, late_days=late_days)
        said.append(
            Said(f"{person.first} promised us {topic['theirs']} by {_day(due_on)}.", PieceKind.PROMISE, promise)
        )
    return said


def settle(
    book: Book,
    promise: Promise,
    by: Party,
    to: Party,
    member: Member,
    random: Random,
    *,
    shares: dict[EventKind, int],
    late_days: int = 0,
    is_certain: bool = False,
) -> None:
    """Let a promise that fell due come to its end: done in time or late, moved before, and what its receiver said.

    `is_certain` leaves nothing to chance but days: it is not moved, and its receiver does say something.
    """
    yesterday, due_on = book.today - timedelta(days=1), promise.first_due_on or book.today
    end = random.choices(list(shares), weights=list(shares.values()))[0]
    if not is_certain and random.random() < 0.09 and (moved := _moved(promise, due_on, random)) <= yesterday:
        asked_on = max(promise.made_on, due_on - timedelta(days=random.randint(1, 3)))
        book.say(promise, EventKind.MOVED, on=asked_on, by=by, told_by=member, due_on=moved)
        due_on = moved
    if end == EventKind.RELEASED:
        book.say(
            promise,
            end,
            on=max(promise.made_on, due_on - timedelta(days=1)),
            by=to,
            told_by=member,
            voice=_voice(promise, to),
        )
        return
    done_on = max(promise.made_on, min(yesterday, due_on + timedelta(days=_delay(random, late_days))))
    book.say(promise, EventKind.SAID_DONE, on=done_on, by=by, told_by=member, voice=_voice(promise, by))
    is_fresh = (book.today - due_on).days < _UNCONFIRMED_DAYS
    if not is_certain and promise.is_ours and is_fresh and random.random() < 0.2:
        return
    called_on = min(yesterday, done_on + timedelta(days=random.randint(0, 5) if promise.is_ours else 0))
    book.say(promise, end, on=called_on, by=to, told_by=member, voice=_voice(promise, to))


def _voice(promise: Promise, whose: Party) -> str:
    return Voice.OWN if whose.is_ours else Voice.TOLD_BY_US


def _due(day: date, today: date, random: Random) -> date | None:
    """A working day three to twenty-one days on; none when that is still ahead: open promises are told by the scenes."""
    due_on = clock.working_day_after(day + timedelta(days=random.randint(3, 21)))
    return due_on if due_on < today - timedelta(days=7) else None


def _moved(promise: Promise, due_on: date, random: Random) -> date:
    return clock.working_day_after(due_on + timedelta(days=random.randint(4, 12)))


def _delay(random: Random, late_days: int) -> int:
    """Days after the due day: mostly none or early. Some people are always about so many days late."""
    if late_days:
        return max(1, late_days + random.randint(-2, 2))
    return random.choices([-3, -2, -1, 0, 2, 5, 9], weights=[8, 14, 22, 40, 8, 5, 3])[0]


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"
