"""Law 5, the whole of it: what a reading lists gives the reading again, by itself, and without a piece of it another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.db import connection

from ampersand.core.rooms import Room
from ampersand.members.models import House, Member
from ampersand.parties.models import Because, Party, Relationship
from ampersand.readings import actions, measured, resting
from ampersand.readings.models import Measure, Reading
from ampersand.readings.saying import PHRASES
from ampersand.readings.tests import by_lot
from ampersand.timeline.models import Moment, Participant
from tests.cast import Cast
from tests.laws import again, by_hand, stories
from tests.laws.looking import client_of

AT = datetime(2026, 10, 6, 9, tzinfo=UTC)
TODAY = AT.date()
CONTACT = (Measure.QUIET, Measure.NEXT)
PROMISED = {one for one in Measure if one.value.endswith(("_ours", "_theirs"))}
pytestmark = pytest.mark.django_db


@pytest.fixture
def book() -> again.Rows:
    """A book by lot with years of everything in each relationship, and stories; read, and what its sources tell."""
    by_lot.a_book(at=AT, most=120)
    stories.tell_all(us=Party.objects.get(is_colleague=True), at=AT)
    ids = list(Relationship.objects.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        # Written a second ago, it is all new to the planner, which then takes a minute.
        cursor.execute("ANALYZE")
    actions.read_some(ids, at=AT)
    return again.known(AT, ids)


def test_of_nothing_but_what_it_lists_each_reading_is_made_again(book: again.Rows, tmp_path: Path) -> None:
    stored = list(Reading.objects.all())

    made = again.made_of([(one, again.lists(one)) for one in stored], book, at=AT, folder=tmp_path)

    for reading, same in zip(stored, made, strict=True):
        assert same is not None, reading
        assert again.what_it_says(same, today=TODAY) == again.what_it_says(reading, today=TODAY), reading.measure
    assert {(one.measure, one.says) for one in stored} == all_that_may_be_said()
    assert {one.measure for one in stored if one.room == Room.BETWEEN} == {*PROMISED, Measure.GIVE_AND_TAKE}


def all_that_may_be_said() -> set[tuple[str, str]]:
    """Each thing that a measure says; some are worded in more than one way."""
    return {
        (measure.value, says) for measure, says in PHRASES if says not in ("today", "agree_on_some", "differ_on_some")
    }


def test_what_the_simpler_ones_say_is_what_one_finds_by_hand_from_what_they_list(book: again.Rows) -> None:
    hands = {
        Measure.QUIET: by_hand.quiet,
        Measure.WHOSE_MOVE: by_hand.whose_move,
        Measure.KEPT_OURS: by_hand.kept,
        Measure.KEPT_THEIRS: by_hand.kept,
        Measure.GAP_OURS: by_hand.gap,
        Measure.GAP_THEIRS: by_hand.gap,
        Measure.GIVE_AND_TAKE: by_hand.give_and_take,
        Measure.AGREE: by_hand.agree,
        Measure.MORE_OURS: by_hand.more,
        Measure.MORE_THEIRS: by_hand.more,
        Measure.RIGHT_WAY: by_hand.right_way,
    }

    for reading in Reading.objects.filter(measure__in=hands):
        rests = resting.on(reading)
        found = hands[Measure(reading.measure)]([*rests.evidence, *rests.against], AT)
        said = {name: getattr(reading, name) for name in found}
        if "told" in found:
            said["told"] = {name: reading.told[name] for name in found["told"]}
        assert said == found, (reading.measure, reading.room)


def test_without_a_piece_of_what_it_lists_it_is_another_reading_or_another_count(
    book: again.Rows, tmp_path: Path
) -> None:
    short = [
        (one, again.lists(one) - piece)
        for one in Reading.objects.exclude(says="too_early")
        for piece in pieces_of(one, book)
    ]

    made = again.made_of(short, book, at=AT, folder=tmp_path)

    for (reading, _ids), other in zip(short, made, strict=True):
        assert other is None or told(other) != told(reading), reading.measure
    tried = Counter(reading.measure for reading, _ids in short)
    assert set(tried) == set(Measure.values)
    assert min(tried.values()) > 3, tried


def told(reading: Reading) -> dict[str, object]:
    return again.what_it_says(reading, today=TODAY)


def pieces_of(reading: Reading, book: again.Rows) -> Iterator[set[str]]:
    """What may be taken away: all of a day for what is counted in days, else one by one; of each kind the latest two.

    Of trade and talk those of the last year: their usual is a middle one, which a day of years ago may leave as it is.
    """
    listed, rows = again.lists(reading), []
    since = day_number(AT) - 365 if reading.measure == Measure.TUNE else 0
    for name, of_source in book.items():
        own = [row for row in of_source if row["relationship_id"] == str(reading.relationship_id)]
        in_days = name == "trade" or (name == "contacts" and reading.measure != Measure.WHOSE_MOVE)
        pieces: dict[object, set[str]] = {}
        for row in sorted(own, key=lambda row: row["made_day" if name == "promises" else "day"]):
            if (pk := row[again.NAMED[name]]) in listed and row.get("day", since + 1) > since:
                pieces.setdefault(row["day"] if in_days else pk, set()).add(pk)
        rows += list(pieces.items())[-2:]
    return (piece for _key, piece in rows)


def day_number(at: datetime) -> int:
    return (at.date() - date(1970, 1, 1)).days


def test_years_of_contact_give_the_same_reading_again_however_few_of_them_are_stored(tmp_path: Path) -> None:
    House.objects.create(name="Harbour & Finch", founded_at=AT, time_zone="Europe/London", currency="GBP")
    jane = met_every(9, days=1_200)
    actions.read_some([jane.pk], at=AT)
    stored = list(Reading.objects.filter(measure__in=CONTACT))

    made = again.made_of(
        [(one, again.lists(one)) for one in stored], again.known(AT, [jane.pk]), at=AT, folder=tmp_path
    )

    assert [len(one.evidence) for one in stored] == [measured.EVIDENCE_MAX] * 2
    assert [len(again.lists(one)) for one in stored] == [stored[0].count + 1] * 2 == [134, 134]
    assert [told(one) for one in made if one is not None] == [told(one) for one in stored]


def met_every(days_apart: int, *, days: int) -> Relationship:
    long_ago = AT - timedelta(days=2_000)
    us = Party.objects.create(name="Maya Lindqvist", is_colleague=True, told_at=long_ago)
    them = Party.objects.create(name="Jane Okafor", told_at=long_ago)
    for days_ago in range(0, days, days_apart):
        at = AT - timedelta(days=days_ago)
        call = Moment.objects.create(happened_at=at, on_day=at.date(), mode="call", told_at=at)
        for party in (us, them):
            Participant.objects.create(moment=call, party=party, is_ours=party == us, happened_at=at)
    return Relationship.objects.create(party=them, because=Because.TYPED, known_at=long_ago, told_at=long_ago)


def test_why_opens_all_of_it_a_part_at_a_time(cast: Cast) -> None:
    story = stories.Story(at=AT, us=cast.maya.party, them=cast.jane, relationship=cast.with_jane)
    story.speak(range(1, 251))
    actions.read_some([cast.with_jane.pk], at=AT)

    for reading in Reading.objects.filter(relationship=cast.with_jane):
        opened = list(all_that_opens(f"/readings/{reading.pk}/why/", cast.maya))
        ids = {address.split("/")[-2] for address in opened}

        assert len(opened) == len(ids) == reading.count + 1 == 250
        assert ids == again.lists(reading)


def all_that_opens(address: str, member: Member) -> Iterator[str]:
    """Where every row of the evidence leads, and of what more there is."""
    page = BeautifulSoup(client_of(member).get(address).content, "html.parser")
    yield from (str(row["href"]) for row in page.select("ul.facts a"))
    for more in page.select("a[href*='why/?from=']"):
        assert start_of(str(more["href"])) > start_of(address)
        yield from all_that_opens(str(more["href"]), member)


def start_of(address: str) -> int:
    return int(address.partition("?from=")[2] or 0)


def test_what_a_reading_lists_is_told_once_and_is_of_its_own_relationship(book: again.Rows) -> None:
    own: dict[str, set[str]] = {}
    for name, rows in book.items():
        for row in rows:
            own.setdefault(row["relationship_id"], set()).add(row[again.NAMED[name]])

    for reading in Reading.objects.all():
        rests = resting.on(reading)
        both: list[UUID] = [*rests.evidence, *rests.against]
        assert len(both) == len(set(both))
        assert {str(one) for one in both} <= own[str(reading.relationship_id)]
        assert {*reading.evidence, *reading.against} <= set(both)
