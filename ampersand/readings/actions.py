"""Reading the book: the measures run, their sentences stored with what they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ampersand.core.rooms import Room
from ampersand.parties.erasing import wait_for_erasure
from ampersand.parties.models import Relationship
from ampersand.readings import engines, following, measured, past, storing
from ampersand.readings.engines import Engine, Told
from ampersand.readings.fitted import Fitted
from ampersand.readings.making import both, contact, in_tune, promises
from ampersand.readings.making.promises import Promised
from ampersand.readings.making.whole import Making
from ampersand.readings.models import Reading

_WRITTEN = [field.name for field in Reading._meta.concrete_fields if not field.primary_key]


def read_all(*, at: datetime, engine: str = "", told: Told = engines.unheard) -> int:
    """Read the whole book afresh, fit the house's rhythm first. Answers how many readings stand.

    `engine` is that of the settings unless said; `told` hears of each step how far it is. Raises as `engines.whole_book`.
    """
    making, count = Making.of(at), 0
    with engines.whole_book(as_of=at, engine=engine, told=told) as book, storing.everything() as put_aside:
        # The first part of the book has as many relationships as are looked at.
        fitted = Fitted.to(next(book.parts()), making)
        for number, part in enumerate(book.parts()):
            told("read", number, book.part_count)
            count += put_aside(read_with(part, fitted=fitted, making=making))
        told("kept", 0, 1)
        past.forget()
    following.tell(None, at)
    told("kept", 1, 1)
    return count


def read_one(relationship_id: UUID, *, at: datetime) -> list[Reading]:
    """Read one relationship afresh, on PostgreSQL."""
    return read_some([relationship_id], at=at)


def read_some(relationship_ids: Sequence[UUID], *, at: datetime) -> list[Reading]:
    """Read a few relationships afresh, on PostgreSQL, with those of whom their parties are the same. Those that are gone
    have no readings."""
    with transaction.atomic():
        # Two jobs may read the same one at once, and what it was about may be undone or closed meanwhile: who comes second
        # reads what then holds, and what was read before is not written after.
        same = Relationship.objects.the_same(relationship_ids)
        wait_for_erasure(*same.values_list("party_id", flat=True))
        there = Relationship.objects.select_for_update(no_key=True).filter(pk__in=same).order_by("pk")
        ids = list(there.values_list("pk", flat=True))
        engine = engines.OnPostgres(as_of=at, relationship_ids=ids)
        readings = made(engine, at=at)
        Reading.objects.filter(relationship_id__in=ids).delete()
        past.forget(ids)
        # The reading of the whole book takes no turn: what it puts there just now is older than this.
        Reading.objects.bulk_create(readings, update_conflicts=True, unique_fields=["id"], update_fields=_WRITTEN)
    if ids:
        following.tell(ids, at)
    return readings


def made(engine: Engine, *, at: datetime) -> list[Reading]:
    """What is read of the relationships that an engine knows, by what the house's own book says already. Nothing is stored."""
    return read_with(engine, fitted=Fitted.known_at(at), making=Making.of(at))


def read_with(engine: Engine, *, fitted: Fitted, making: Making) -> list[Reading]:
    """The same, by what is said of the house's own book. Nothing is stored."""
    every = measured.every(as_of_day=making.as_of_day, currency=making.currency)
    between = measured.between(as_of_day=making.as_of_day)
    rows = engine.rows_of(*every, *between)
    moves, gaps, met, kept, by_quarter, made, kinds, given, pulses, worth, weeks, traded = rows[: len(every)]
    *promised_between, given_between = rows[len(every) :]
    here, there = Promised(kept, by_quarter, made, kinds), Promised(*promised_between)
    return [
        *contact.whose_moves(moves, making),
        *contact.of_rhythm(contact.Met(gaps, met), making, gaps=fitted.gaps, ahead=fitted.contact),
        *promises.of_promises(here, making, priors=fitted.kept),
        *promises.of_promises(there, making, priors=fitted.kept, room=Room.BETWEEN),
        *both.give_and_take(given, making),
        *both.give_and_take(given_between, making, room=Room.BETWEEN),
        *both.agreed(pulses, making),
        *both.right_way(worth, making),
        *in_tune.of_streams(in_tune.Streams(weeks, met, kept, traded), making),
    ]
