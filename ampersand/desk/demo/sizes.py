"""Large books: 10,000, 100,000 or 1,000,000 parties, copied in chunks, so that no size needs more memory than another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pyarrow.parquet as pq

from ampersand.core.models import SearchBeginning
from ampersand.desk.demo import chunks, clock, columns, copying, findable, loading
from ampersand.desk.demo.book import Book
from ampersand.desk.demo.cast import Cast, found_house, read
from ampersand.desk.demo.names import People
from ampersand.members.models import Member, Team
from ampersand.parties.models import Party

PARTIES = {"S": 10_000, "M": 100_000, "L": 1_000_000}
CHUNK = 20_000
# Of the first chunk, by the one who signs in.
TENDED = 50
TRUTH = "demo-truth.parquet"
MEMBERS = {"S": 24, "M": 60, "L": 200}

Told = Callable[[int], None]


@dataclass(frozen=True)
class Ours:
    """The side of the house: its members and, in the same order, the parties they take part as."""

    house: Cast
    members: list[Member]
    parties: list[Party]


def found(book: Book, *, members: int) -> Ours:
    """The house with as many members as a book of this size needs. The first is the one who signs in."""
    cast = Cast(book, read())
    found_house(cast)
    random = np.random.default_rng([book.seed, 7])
    at = book.founded_at
    for number, person in enumerate(People().draw(max(0, members - len(cast.members)), random)):
        member = book.add(
            Member(
                id=book.id(at),
                email=f"{person.mailbox}.{number}@{cast.told['domains'][0]}",
                name=person.name,
                joined_at=at,
                password=f"!{book.id(at).hex}",
            )
        )
        party = book.party(person.name, kind="person", at=at, sort_name=person.sort_name, member=member)
        cast.members[f"{person.mailbox}.{number}"], cast.member_parties[f"{person.mailbox}.{number}"] = member, party
    return Ours(cast, list(cast.members.values()), list(cast.member_parties.values()))


def fill(
    cursor: psycopg.Cursor[Any],
    *,
    parties: int,
    members: int,
    today: date,
    seed: int,
    folder: Path,
    told: Told,
    chunk: int = CHUNK,
) -> int:
    """Copy a book of so many parties through this cursor, and its truth into `folder`. Answers the rows written.

    `told` hears of each chunk how many parties it had. The caller commits.
    """
    book = Book(today=today, seed=seed, founded_on=clock.working_day_before(clock.months_before(today, 43)))
    ours = found(book, members=members)
    source = book.source("Demo book", at=book.founded_at)
    count = loading.load(book.rows, through=cursor)
    _leave_promises_as_written(cursor)
    teams = [team.pk for team in book.all(Team)]
    spoken: set[str] = set()
    with pq.ParquetWriter(folder / TRUTH, chunks.TRUTH_SCHEMA) as truth:
        for number, size in enumerate(_chunk_sizes(parties, chunk)):
            part = chunks.Chunk(
                number=number,
                size=size,
                today=today,
                seed=seed,
                source_id=str(source.pk),
                ours=[
                    (str(member.pk), str(party.pk)) for member, party in zip(ours.members, ours.parties, strict=True)
                ],
                closed_to=[str(team) for team in teams] if number == 0 else [],
                tended=TENDED if number == 0 else 0,
            )
            count += copying.copy(part, cursor)
            truth.write_table(part.truth())
            spoken |= part.spoken()
            told(size)
    return count + columns.copy(cursor, SearchBeginning._meta.db_table, findable.beginnings(spoken))


def _chunk_sizes(parties: int, chunk: int) -> Iterator[int]:
    for start in range(0, parties, chunk):
        yield min(chunk, parties - start)


def _leave_promises_as_written(cursor: psycopg.Cursor[Any]) -> None:
    """Promises are copied as their events leave them, so the trigger that follows events has nothing to do.

    The name stands until the end of the transaction (django-pgtrigger reads it). A test compares both.
    """
    cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'pgtrigger_promise_follows_new_events_%'")
    names = [name for (name,) in cursor.fetchall()]
    cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", ["{" + ",".join(names) + "}"])
