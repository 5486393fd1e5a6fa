"""Reading the book: the measures run, their sentences stored with what they rest on."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ampersand.core import version
from ampersand.core.rooms import Room
from ampersand.parties.erasing import wait_for_erasure
from ampersand.parties.models import Relationship
from ampersand.readings import engines, following, measured, models, past, storing
from ampersand.readings.engines import BookEngine, Engine, Told
from ampersand.readings.fitted import Fitted
from ampersand.readings.making import both, contact, in_tune, promises
from ampersand.readings.making.promises import Promised
from ampersand.readings.making.whole import Made, Making
from ampersand.readings.models import Reading

# Where more were read than that, what follows is sooner done for all.
FOLLOWED_MAX = 20_000
_WRITTEN = [field.name for field in Reading._meta.concrete_fields if not field.primary_key]


def read_all(*, at: datetime, engine: str = "", told: Told = engines.unheard) -> int:
    """Read the whole book afresh, fit the house's rhythm first. Answers how many readings stand.

    Where the book was read already on that day of the house, by the same rules, what changed since is read alone, by what
    was fitted then. `engine` is that of the settings unless said; `told` hears of each step how far it is. Raises as
    `engines.whole_book`.
    """
    making = Making.of(at)
    with engines.whole_book(as_of=at, engine=engine, told=told) as book:
        rules = _rules(making)
        stands = book.snapshot.since is not None and (
            models.Snapshot.objects.filter(read_key=book.snapshot.since, read_by=rules).exists()
        )
        only = book.snapshot.touched if stands else None
        # The first part of the book has as many relationships as are looked at.
        fitted = Fitted.known_at(at) if stands else Fitted.to(next(book.parts()), making)
        _read_parts(book, only, fitted=fitted, making=making, told=told)
        told("kept", 0, 1)
        past.forget(only)
        models.Snapshot.objects.update(read_key=book.snapshot.manifest.key, read_by=rules)
    if only is None or only:
        following.tell(None if only is None or len(only) > FOLLOWED_MAX else list(only), at)
    told("kept", 1, 1)
    return Reading.objects.count()


def _read_parts(book: BookEngine, only: Sequence[UUID] | None, *, fitted: Fitted, making: Making, told: Told) -> None:
    if only is not None and not only:
        return
    count = book.part_count(only)
    with storing.put_in_place(making, only) as put:
        for number, part in enumerate(book.parts(only)):
            told("read", number, count)
            put(read_with(part, fitted=fitted, making=making))


def _rules(making: Making) -> str:
    """A digest of the rules by which a day is read: of another day, and after an update, everything is read afresh."""
    asked = (
        *measured.every(as_of_day=making.as_of_day, currency=making.currency),
        *measured.between(as_of_day=making.as_of_day),
    )
    told = [version.number(), *(one.sql("duckdb") for one in asked)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


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
    making = Making.of(at)
    return [
        reading
        for of_measure in read_with(engine, fitted=Fitted.known_at(at), making=making)
        for reading in of_measure.readings(making)
    ]


def read_with(engine: Engine, *, fitted: Fitted, making: Making) -> list[Made]:
    """The same, by what is said of the house's own book, measure by measure. Nothing is stored."""
    every = measured.every(as_of_day=making.as_of_day, currency=making.currency)
    between = measured.between(as_of_day=making.as_of_day)
    columns = engine.columns_of(*every, *between)
    moves, gaps, met, kept, by_quarter, made, kinds, given, pulses, worth, weeks, traded = columns[: len(every)]
    *promised_between, given_between = columns[len(every) :]
    here, there = Promised(kept, by_quarter, made, kinds), Promised(*promised_between)
    return [
        contact.whose_moves(moves),
        *contact.of_rhythm(contact.Met(gaps, met), gaps=fitted.gaps, ahead=fitted.contact),
        *promises.of_promises(here, making, priors=fitted.kept),
        *promises.of_promises(there, making, priors=fitted.kept, room=Room.BETWEEN),
        both.give_and_take(given),
        both.give_and_take(given_between, room=Room.BETWEEN),
        both.agreed(pulses),
        both.right_way(worth),
        in_tune.of_streams(in_tune.Streams(weeks, met, kept, traded), making),
    ]
