"""The large books, made small here: by the same columns, in two chunks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from django.db import connection
from django.db.models import F

from ampersand.core import search
from ampersand.core.models import SearchBeginning, SearchEntry, SearchName
from ampersand.desk.demo import clock, columns, indexing, lives, names, sizes
from ampersand.exchange import money
from ampersand.exchange.models import Concession, Offer, OfferEvent
from ampersand.exchange.negotiating.states import OfferEventKind
from ampersand.members.models import Member
from ampersand.parties.closed import hidden_party_ids
from ampersand.parties.models import Party, Relationship, Tending
from ampersand.promises.models import SETTLING, EventKind, Promise, PromiseEvent
from ampersand.terms.models import Terms
from ampersand.timeline.models import Moment, Participant

TUESDAY = date(2026, 10, 6)
PARTIES, CHUNK = 300, 200

Fill = Callable[[], int]


@pytest.fixture
def fill(db: None, tmp_path: Path) -> Fill:
    def filled() -> int:
        with connection.cursor() as cursor:
            return sizes.fill(
                cursor.cursor,
                parties=PARTIES,
                members=8,
                today=TUESDAY,
                seed=1,
                folder=tmp_path,
                told=lambda _: None,
                chunk=CHUNK,
            )

    return filled


def digest(*tables: str) -> list[tuple[int, str]]:
    """Rows and their content, in whatever order; numbers the database counts by itself are left out."""
    return [_digest(table) for table in tables]


def _digest(table: str) -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT md5((to_jsonb(t) - 'id')::text) FROM {table} t ORDER BY 1")  # noqa: S608
        rows = [row for (row,) in cursor.fetchall()]
    return len(rows), hashlib.sha256("".join(rows).encode()).hexdigest()


def all_beginnings() -> set[tuple[str, str]]:
    """Search allows two that are alike."""
    return set(SearchBeginning.objects.values_list("shortened", "beginning"))


def test_a_book_has_ten_moments_and_a_promise_for_each_party(fill: Fill) -> None:
    fill()

    outside = Party.objects.outside()

    assert outside.count() == PARTIES
    assert Moment.objects.count() == 10 * PARTIES
    assert Participant.objects.count() == 20 * PARTIES
    assert Promise.objects.count() == PARTIES
    assert outside.filter(ties_out__kind="works_at").count() == 0.8 * PARTIES


def test_the_same_seed_makes_the_same_book(fill: Fill) -> None:
    from django.db import transaction

    tables = (
        "parties_party",
        "timeline_moment",
        "timeline_participant",
        "promises_promiseevent",
        "exchange_transaction",
        "core_searchentry",
    )
    with transaction.atomic():
        fill()
        first = digest(*tables)
        transaction.set_rollback(True)

    fill()

    assert digest(*tables) == first


def test_promises_stand_as_their_events_leave_them(fill: Fill) -> None:
    """The trigger that follows events was put aside while copying; the rows must be those it would have left."""
    fill()

    for promise in Promise.objects.prefetch_related("events"):
        said = sorted(promise.events.all(), key=lambda event: (event.at, event.pk))
        settled = [event.at for event in said if event.kind in SETTLING]
        moved = [event.due_on for event in said if event.kind == EventKind.MOVED]
        assert promise.settled_at == (settled[-1] if settled else None)
        assert promise.due_on == (moved[-1] if moved else promise.first_due_on)


def test_only_a_receiver_calls_a_promise_kept(fill: Fill) -> None:
    fill()

    called = PromiseEvent.objects.filter(kind__in=["kept", "partly", "not_kept", "released"]).select_related("promise")
    said = PromiseEvent.objects.filter(kind__in=["said_done", "moved", "withdrawn"]).select_related("promise")

    assert {event.by_id == event.promise.to_id for event in called} == {True}
    assert {event.by_id == event.promise.by_id for event in said} == {True}
    assert {(event.voice == "own") == (event.promise.is_ours is False) for event in called} == {True}


def test_search_finds_what_it_would_have_found_had_each_been_put_there(fill: Fill) -> None:
    fill()
    indexing.put_ours()
    copied, beginnings = digest("core_searchentry", "core_searchname"), all_beginnings()

    for model in (SearchEntry, SearchName, SearchBeginning):
        model._default_manager.all().delete()
    indexing.put_everything()

    assert digest("core_searchentry", "core_searchname") == copied
    assert all_beginnings() == beginnings


def test_a_person_is_found_by_the_beginning_of_a_name(fill: Fill) -> None:
    fill()
    party = Party.objects.filter(kind="person", member=None, relationship__isnull=False, language="pl").order_by("pk")[
        0
    ]

    hits = search.find(party.name.split()[1][:5], kinds=["party"], hidden_party_ids=[], member_id=None, limit=50)

    assert party.pk in {hit.object_id for hit in hits}


def test_who_signs_in_tends_fifty_and_does_not_see_what_is_closed(fill: Fill) -> None:
    fill()
    maya = Member.objects.get(name="Maya Lindqvist")

    assert Tending.objects.filter(member=maya).count() == sizes.TENDED
    assert Relationship.objects.exclude(closed_at=None).count() == 12
    assert len(list(hidden_party_ids(maya))) > 0


def test_the_truth_has_a_row_for_each_person_we_know(fill: Fill, tmp_path: Path) -> None:
    fill()

    truth = pq.read_table(tmp_path / sizes.TRUTH).to_pydict()

    people = Relationship.objects.filter(party__kind="person").values_list("pk", flat=True)
    assert sorted(truth["relationship"]) == sorted(map(str, people))
    assert sum(truth["moment_count"]) == 10 * PARTIES
    assert set(truth["state"]) == set(lives.STATES)


def test_nobody_meets_on_a_weekend_or_after_today() -> None:
    random = np.random.default_rng(1)
    today = (TUESDAY - date(1970, 1, 1)).days

    met = lives.meetings(lives.draw(2_000, 20_000, random), today=today, random=random)

    assert ((met.day + 3) % 7).max() <= 4
    assert met.day.max() < today
    assert (met.second // 86_400 == met.day).all()


def test_ids_sort_by_their_time_and_are_version_seven() -> None:
    ids = columns.new_ids(np.array([1_700_000_000, 1_600_000_000]), np.random.default_rng(1))

    assert ids[1] < ids[0]
    assert {chr(text[14]) for text in ids} == {"7"}


def test_names_come_from_many_cultures_and_scripts() -> None:
    drawn = names.People().draw(3_000, np.random.default_rng(1))

    assert len({named.language for named in drawn}) == 17
    assert all(
        named.sort_name.split(",")[0].isascii()
        for named in drawn
        if not named.name[0].isascii() and named.language == "zh"
    )
    assert len({named.name for named in drawn}) > 2_000


@pytest.mark.django_db
def test_offers_stand_as_their_lines_and_events_say(fill: Fill) -> None:
    fill()
    offers = Offer.objects.prefetch_related("lines", "events").select_related("negotiation")

    sums = {(offer.net_amount, offer.tax_amount) for offer in offers}
    added_up = {money.totals(list(offer.lines.all()), offer.currency) for offer in offers}
    last = {(offer.last_said_kind(), offer == offer.negotiation.newest()) for offer in offers}
    wrong = OfferEvent.objects.filter(kind__in=["accepted", "declined"], by=F("offer__by"))

    assert sums == {(one.net, one.tax) for one in added_up}
    assert (OfferEventKind.COUNTERED, True) not in last
    assert (OfferEventKind.PUT, False) not in last
    assert not wrong.exists()
    assert not OfferEvent.objects.filter(at__gt=clock.at(TUESDAY, 23)).exists()
    assert Concession.objects.count() == PARTIES // 5
    assert Terms.objects.count() == PARTIES // 20
