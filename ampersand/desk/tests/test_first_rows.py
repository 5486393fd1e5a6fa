"""However the first rows of an order are found, they are those that the plain query has, through all pages and back."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product
from random import Random
from time import monotonic
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Q

from ampersand.core.ids import id_at
from ampersand.desk import standing
from ampersand.desk.lists import finding
from ampersand.desk.lists.asked import SORTS, Asked
from ampersand.desk.lists.finding import all_ids, first_ids, page_of, place_of
from ampersand.desk.lists.parts import Part, by_ids, joined, parts_of
from ampersand.desk.lists.question import Question, question
from ampersand.desk.models import NEVER, NOT_DUE, Standing
from ampersand.exchange import actions as exchange
from ampersand.parties.actions import Teller
from ampersand.parties.models import Because, Party, Relationship
from ampersand.promises import actions as promises
from tests.cast import NOW, TODAY, Cast, member, moment, person, promise, says

pytestmark = pytest.mark.django_db

MANY = 90
FILTERS: tuple[dict[str, Any], ...] = (
    {"kind": "person"},
    {"kind": "organisation"},
    {"promise": "ours"},
    {"promise": "theirs"},
    {"promise": "late"},
    {"promise": "any"},
    {"trade": "yes"},
    {"trade": "no"},
    {"last": "never"},
    {"last": "within-90"},
    {"last": "over-365"},
    {"after": "2024-02-29", "before": "2026-03-01"},
    {"tag": ("common",)},
    {"tag": ("rare",)},
    {"place": "nowhere"},
)


def _at_random(dice: Random, number: int) -> dict[str, Any]:
    return {
        "kind": dice.choice(["person", "person", "organisation"]),
        "last_on": dice.choice(
            [NEVER, *(TODAY - timedelta(days=dice.choice([0, 3, 40, 300, 800, 5_000])) for _ in "ab")]
        ),
        "due_on": dice.choice(
            [NOT_DUE, NOT_DUE, TODAY - timedelta(days=9), TODAY + timedelta(days=dice.randrange(900))]
        ),
        "known_on": TODAY - timedelta(days=dice.randrange(1_200)),
        "ours": dice.choice([0, 0, 0, 1, 4]),
        "theirs": dice.choice([0, 0, 1, 2]),
        "amount": dice.choice([None, None, Decimal(0), Decimal("-3.5"), Decimal("0.0001"), Decimal(dice.randrange(9))]),
        "kept": dice.choice([None, Decimal(0), Decimal("0.3333"), Decimal("0.9999"), Decimal(1)]),
        "made": datetime(2026, 11, 20, tzinfo=UTC) - timedelta(days=dice.randrange(2_000)),
    }


def _all_the_same(dice: Random, number: int) -> dict[str, Any]:
    """Of all the same value, made within one second."""
    return {
        "kind": "person", "last_on": NEVER, "due_on": NOT_DUE, "known_on": TODAY, "ours": 0, "theirs": 0, "amount": None,
        "kept": Decimal(1), "made": datetime(2026, 11, 1, tzinfo=UTC),
    }  # fmt: skip


def _at_odds(dice: Random, number: int) -> dict[str, Any]:
    """Who comes first in an order is of the other kind, and what was made last has nothing."""
    is_early = number < MANY // 2
    return {
        "kind": "organisation" if is_early else "person",
        "last_on": TODAY - timedelta(days=number * 9) if is_early else NEVER,
        "due_on": date(1800, 1, 1) + timedelta(days=number * 999) if is_early else NOT_DUE,
        "known_on": date(1899, 12, 31) + timedelta(days=number * 500),
        "ours": 0 if is_early else 3,
        "theirs": 2 if is_early else 0,
        "amount": Decimal(number) if is_early else None,
        "kept": None if is_early else Decimal(0),
        "made": datetime(2026, 11, 20, tzinfo=UTC) - timedelta(days=20 * number),
    }


def _far_away(dice: Random, number: int) -> dict[str, Any]:
    """At the ends of time, with ids that no clock made."""
    return {
        **_at_random(dice, number),
        "last_on": dice.choice(
            [NEVER, date(2, 1, 1), date(1925, 12, 31), date(1926, 1, 1), TODAY + timedelta(days=500)]
        ),
        "due_on": dice.choice([NOT_DUE, date(1, 1, 1), date(2036, 12, 31), date(2037, 1, 1), date(9999, 12, 30)]),
        "known_on": dice.choice([date(1, 1, 1), NOT_DUE, date(2027, 1, 1), TODAY]),
        "id": UUID(int=dice.getrandbits(128)),
    }


BOOKS: dict[str, Callable[[Random, int], dict[str, Any]]] = {
    "at random": _at_random,
    "all the same": _all_the_same,
    "at odds": _at_odds,
    "far away": _far_away,
}


def _facets(told: dict[str, Any], dice: Random, id: UUID) -> list[str]:
    """As they are gathered; that they are so is told by another test."""
    born = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=id.int >> 80) if id.int >> 80 < 250e12 else None
    amount, kept, last_on, due_on, known_on = (
        told[name] for name in ("amount", "kept", "last_on", "due_on", "known_on")
    )
    last = ["last:never"] if last_on == NEVER else [f"last:{last_on.year:04d}", f"last:{last_on.isoformat()[:7]}"]
    due = [] if due_on == NOT_DUE else ["promise:any", f"due:{due_on.year:04d}", f"due:{due_on.isoformat()[:7]}"]
    return [
        f"kind:{told['kind']}",
        f"known:{known_on.year:04d}",
        f"known:{known_on.isoformat()[:7]}",
        "trade:no" if amount is None else "trade:yes",
        f"amount:{'more' if (amount or 0) > 0 else 'less' if (amount or 0) < 0 else 'none'}",
        *last,
        *due,
        *([] if born is None else [f"born:{born.year:04d}", f"born:{born:%Y-%m}"]),
        *([] if kept is None else [f"kept:{'none' if kept == 0 else 'all' if kept == 1 else 'some'}"]),
        *(["promise:ours"] if told["ours"] else []),
        *(["promise:theirs"] if told["theirs"] else []),
        *dice.choice([["tag:common"], ["tag:common"], ["tag:common", "tag:rare"], []]),
    ]


@pytest.fixture(params=BOOKS)
def book(request: pytest.FixtureRequest, cast: Cast) -> Cast:
    """Ninety standings of one making, in no order of time or name."""
    dice, made = Random(7), BOOKS[request.param]
    Standing.objects.all().delete()
    told = [made(dice, number) for number in range(MANY)]
    parties = [
        Party(id=uuid4(), kind=one["kind"], name="x", sort_key=dice.choice("aäbcdé") * dice.randrange(4), told_at=NOW)
        for one in told
    ]
    ids = [one.get("id") or id_at(int(one["made"].timestamp() * 1000)) for one in told]
    Party.objects.bulk_create(parties)
    Relationship.objects.bulk_create(
        Relationship(id=pk, party=party, because=Because.TYPED, known_at=NOW, told_at=NOW)
        for pk, party in zip(ids, parties, strict=True)
    )
    Standing.objects.bulk_create(
        Standing(
            relationship_id=pk,
            party=party,
            sort_key=party.sort_key,
            last_on=one["last_on"],
            due_on=one["due_on"],
            known_on=one["known_on"],
            open_ours=one["ours"],
            open_theirs=one["theirs"],
            trade_amount=one["amount"] or 0,
            called_count=0 if one["kept"] is None else 5,
            kept_share=one["kept"] or 0,
            facets=_facets(one, dice, pk),
        )
        for pk, party, one in zip(ids, parties, told, strict=True)
    )
    return cast


def _wrong_counts() -> finding._Counts:
    """Of a million, of which each facet has any share: nothing that is found may rest on it."""
    dice = Random(3)
    facets = {facet for one in Standing.objects.all() for facet in one.facets}
    return finding._Counts(
        1e6, {facet: dice.choice([0.001, 0.02, 0.5, 0.99]) for facet in sorted(facets)}, monotonic() + 1e6
    )


def _right_counts() -> finding._Counts:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE desk_standing")
    finding._latest.clear()
    return finding._counts()


# What is looked through, gathered and taken at once: as they are, and so small that every way is gone.
WAYS = {
    "as they are": {},
    "never near": {"NEAR": 0, "_FURTHEST": 0},
    "never gathered": {"GATHERED": 0, "MOST_GATHERED": 0, "MOST_OF_GROUP": 0},
    "in parts": {"NEAR": 3, "_FURTHEST": 5, "GATHERED": 4, "MOST_OF_GROUP": 4, "FIRST_GROUP": 2, "LARGEST_GROUP": 9},
    "in parts to the end": {
        "NEAR": 1, "_FURTHEST": 1, "GATHERED": 1, "MOST_OF_GROUP": 1, "MOST_GATHERED": 2, "FIRST_GROUP": 1, "LARGEST_GROUP": 1,
    },
}  # fmt: skip


@pytest.fixture(params=product(WAYS, (_wrong_counts, _right_counts)), ids=lambda told: f"{told[0]}{told[1].__name__}")
def way(request: pytest.FixtureRequest, book: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    limits, counts = request.param
    for name, limit in WAYS[limits].items():
        monkeypatch.setattr(finding, name, limit)
    monkeypatch.setattr(finding, "_latest", [counts()])
    yield book
    finding._latest.clear()


def _plain(asking: Question) -> list[int]:
    """What a plain query finds: every condition, and the order."""
    told = Standing.objects.exclude(party_id__in=asking.hidden)
    for facet in asking.every:
        told = told.filter(facets__contains=[facet])
    for span in (*asking.spans, *filter(None, [asking.sort.needs])):
        told = told.filter(Q() if span.low is None else Q(**{f"{span.column}__gte": span.low}))
        told = told.filter(Q() if span.high is None else Q(**{f"{span.column}__lt": span.high}))
    sign = "-" if asking.sort.is_descending else ""
    return list(told.order_by(f"{sign}{asking.sort.column}", f"{sign}relationship").values_list("pk", flat=True))


def _asking(asked: Asked, book: Cast, *, is_hidden: bool) -> Question:
    asking = question(asked, member=book.maya, today=TODAY)
    parties = list(Standing.objects.order_by("pk").values_list("party_id", flat=True)[: 11 if is_hidden else 0])
    return replace(asking, hidden=parties)


def _every_asked() -> list[dict[str, Any]]:
    pairs = [{**one, **other} for number, one in enumerate(FILTERS) for other in FILTERS[number + 1 :]]
    return [{**told, "sort": sort} for sort, told in product(SORTS, [*FILTERS, *pairs])]


def test_the_first_rows_are_those_of_the_plain_query(way: Cast) -> None:
    wrong = []
    for told in Random(5).sample(_every_asked(), 40):
        asking = _asking(Asked(**told), way, is_hidden=True)
        first = first_ids(asking, most=7, is_descending=asking.sort.is_descending)
        wrong += [told] * (first != _plain(asking)[:7])

    assert wrong == []


def test_all_pages_forth_and_back_are_those_of_the_plain_query(way: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "ROWS", 16)
    wrong = []
    for told in Random(6).sample(_every_asked(), 8):
        asking = _asking(Asked(**told), way, is_hidden=False)
        forth, back = _turned(asking, Asked(**told))
        wrong += [told] * (not forth == back == _plain(asking))

    assert wrong == []


def _turned(asking: Question, asked: Asked) -> tuple[list[int], list[int]]:
    rows, _is_before, is_after = page_of(asking, asked)
    forth, is_before = [rows], False
    while is_after:
        rows, is_before, is_after = page_of(asking, replace(asked, since=place_of(rows[-1], asking.sort)))
        forth.append(rows)
    back = [rows]
    while is_before and rows:
        rows, is_before, _is_after = page_of(asking, replace(asked, until=place_of(rows[0], asking.sort)))
        back.append(rows)
    return [row.pk for rows in forth for row in rows], [row.pk for rows in back[::-1] for row in rows]


@pytest.mark.parametrize("most", [1, 40, 16_000])
def test_all_that_match_are_those_of_the_plain_query(book: Cast, most: int) -> None:
    for told in Random(8).sample(_every_asked(), 60):
        asking = _asking(Asked(**told), book, is_hidden=True)

        assert all_ids(asking, most=most) == _plain(asking)[:most], told
        assert asking.count() == len(_plain(asking))


@pytest.mark.parametrize("told", ["over-99999", "within-0", "over-0"])
def test_what_lies_beyond_all_time_is_not_sought_row_by_row(book: Cast, told: str) -> None:
    for sort in SORTS:
        asking = _asking(Asked(last=told, sort=sort), book, is_hidden=False)

        assert first_ids(asking, most=9, is_descending=asking.sort.is_descending) == _plain(asking)[:9]


@pytest.mark.parametrize(
    "value", ["NaN", "sNaN", "-Infinity", "Infinity", "9" * 900, "0001-01-01", "9999-12-31", "\x00"]
)
def test_a_place_that_somebody_wrote_is_a_place_or_none(book: Cast, value: str) -> None:
    written = urlsafe_b64encode(json.dumps([value, uuid4().hex]).encode()).decode()
    for sort, end in product(SORTS, ("since", "until")):
        asked = Asked.read({"kind": "person", "promise": "any", "sort": sort, end: written})

        rows, _is_before, _is_after = page_of(_asking(asked, book, is_hidden=False), asked)

        assert {row.pk for row in rows} <= set(_plain(_asking(asked, book, is_hidden=False)))


# The parts


@pytest.mark.parametrize("column", sorted({sort.column for sort in SORTS.values()}))
def test_the_parts_of_an_order_follow_one_another_without_a_gap(column: str) -> None:
    parts = parts_of(column, today=date(2028, 2, 29))

    assert parts[0].span.low is None
    assert parts[-1].span.high is None
    assert [one.span.high for one in parts[:-1]] == [one.span.low for one in parts[1:]]
    assert joined(parts).span == replace(parts[0].span, low=None, high=None)


def test_the_parts_by_ids_follow_one_another_without_a_gap() -> None:
    level = Part(parts_of("open_ours", today=TODAY)[0].span, level=0)

    ids = [part.ids for part in by_ids(level, today=TODAY) if part.ids is not None]

    assert (ids[0].low, ids[-1].high) == (None, None)
    assert [one.high for one in ids[:-1]] == [one.low for one in ids[1:]]


def test_who_stands_in_a_part_has_one_of_its_facets_and_nobody_else(cast: Cast) -> None:
    called = member("Ida")
    for number in range(8):
        somebody = person(f"Person {number}", tended_by=called)
        moment(somebody, by=called, at=NOW - timedelta(days=200 * number))
        for amount in ["0", "12.5", "-3"][number % 4 :]:
            told = Teller(at=NOW, by=called)
            exchange.tell_transaction(
                party=somebody, kind="invoice", happened_on=TODAY, amount=Decimal(amount), currency="GBP", teller=told
            )
        promise(somebody, called.party, told_by=called, due_on=TODAY + timedelta(days=300 * number))
        for verdict in ["kept", "not_kept"][number % 3 :]:
            settled = promise(somebody, called.party, told_by=called)
            promises.call(settled, verdict, speaker=says(called, at=NOW))
    standing.gather(at=NOW)

    rows, wrong = list(Standing.objects.all()), []
    for column in sorted({sort.column for sort in SORTS.values()}):
        parts = [part for part in parts_of(column, today=TODAY) if part.facets]
        wrong += [(row.pk, part) for row in rows for part in parts if _is_in(row, part) != _says(row, part.facets)]
    born = [
        part for part in by_ids(Part(parts_of("open_ours", today=TODAY)[0].span, level=0), today=TODAY) if part.born
    ]
    wrong += [(row.pk, part) for row in rows for part in born if _is_in(row, part) != _says(row, part.born)]

    assert len(rows) >= 8
    assert wrong == []


def _is_in(row: Standing, part: Part) -> bool:
    if part.span.column == "kept_share" and not row.called_count:
        return False
    span, value = (part.span, getattr(row, part.span.column)) if part.ids is None else (part.ids, row.relationship_id)
    return (span.low is None or value >= span.low) and (span.high is None or value < span.high)


def _says(row: Standing, facets: tuple[str, ...]) -> bool:
    return bool({*row.facets} & {*facets})
