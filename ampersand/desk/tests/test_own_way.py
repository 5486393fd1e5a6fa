"""Your own way is counted of your own moments, for you alone, and is stored nowhere."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from itertools import permutations
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from ampersand.desk.own_way import (
    FOLLOWS_WITHIN_DAYS,
    MOMENTS_MIN,
    PERIOD_DAYS,
    ROWS_MAX,
    Own,
    own_way,
    says,
    way_of,
)
from ampersand.members.models import Member
from ampersand.readings.models import Measure
from ampersand.readings.rules import OWN_WAY
from tests import cast as people
from tests.cast import Cast
from tests.laws.looking import client_of

TUESDAY = date(2026, 9, 1)


def own(number: int, on: date, mode: str = "call") -> Own:
    return Own(UUID(int=number), on, mode)


def tuesdays(count: int, *, then: int = 0) -> list[Own]:
    """A call on each of so many Tuesdays, and a mail the day after the first of them."""
    calls = [own(number, TUESDAY - timedelta(weeks=number)) for number in range(count)]
    return [*calls, *(own(100 + n, calls[n].on + timedelta(days=1), "mail") for n in range(then))]


def test_below_ten_nothing_is_said_and_with_ten_the_day_and_the_way() -> None:
    nine, ten = way_of(tuesdays(9)), way_of(tuesdays(10))

    assert (nine.mode, says(nine)) == (
        "", "Too early to say what your own way is; 1 more time that you are in touch will do.",
    )  # fmt: skip
    assert (ten.weekday, ten.mode, len(ten.shown)) == (1, "call", MOMENTS_MIN)
    assert says(ten) == "Your own way: mostly on a Tuesday, a call; ten of ten times."


def test_what_mostly_follows_is_said_and_what_seldom_does_is_not() -> None:
    often, seldom = way_of(tuesdays(8, then=4)), way_of(tuesdays(8, then=2))

    assert (often.then, often.then_count) == ("mail", 4)
    assert says(often).endswith("Then a mail within three days; four of eight times.")
    assert seldom.then == ""


def test_what_comes_too_late_or_by_the_same_way_follows_nothing() -> None:
    calls = tuesdays(5)
    late = [own(50 + n, one.on + timedelta(days=FOLLOWS_WITHIN_DAYS + 1), "mail") for n, one in enumerate(calls)]

    assert way_of([*calls, *late]).then == ""


def test_where_no_day_and_way_stands_out_that_is_said() -> None:
    spread = [own(number, TUESDAY + timedelta(days=number), "call" if number % 2 else "mail") for number in range(14)]

    way = way_of(spread)

    assert says(way) == "Your own way: no day and no way stands out among 14 times."
    assert (len(way.shown), way.others) == (14, ())


def test_the_order_in_which_they_come_changes_nothing() -> None:
    four = [own(1, TUESDAY), own(2, TUESDAY), own(3, TUESDAY, "mail"), own(4, TUESDAY, "mail")]
    rest = tuesdays(3) + [own(60 + n, TUESDAY - timedelta(weeks=n), "mail") for n in range(3)]

    assert len({says(way_of([*some, *rest])) for some in permutations(four)}) == 1


def met(cast: Cast, by: Member, count: int, *, mode: str = "call", weeks_ago: int = 1) -> None:
    """So many calls with Jane, each on a Tuesday at noon."""
    today = timezone.localdate()
    tuesday = today - timedelta(days=(today.weekday() - 1) % 7 + 7 * weeks_ago)
    for number in range(count):
        at = timezone.make_aware(datetime.combine(tuesday - timedelta(weeks=number), time(12)))
        people.moment(cast.jane, by=by, mode=mode, at=at)


def line(cast: Cast, member: Member) -> str:
    told = own_way([cast.jane.pk], cast.with_jane, member=member, at=timezone.now())
    return told.says if told else ""


@pytest.mark.django_db
def test_each_reads_their_own_and_nobody_reads_that_of_another(cast: Cast) -> None:
    met(cast, cast.maya, 10)
    met(cast, cast.tom, 3, mode="visit", weeks_ago=30)

    assert line(cast, cast.maya) == "Your own way: mostly on a Tuesday, a call; ten of ten times."
    assert line(cast, cast.tom).startswith("Too early to say what your own way is; 7 more times")
    assert line(cast, cast.ruth) == ""
    page = reverse("desk:relationship", args=[cast.with_jane.pk])
    why = reverse("desk:own_way", args=[cast.with_jane.pk])
    assert "Only you see this." in people.page_of(cast.maya, page)
    assert "Your own way" not in people.page_of(cast.tom, page)
    assert "mostly on a Tuesday" not in people.page_of(cast.ruth, why)
    assert people.page_of(cast.maya, why).count(reverse("desk:moment", args=[UUID(int=0)])[:8]) >= 10


@pytest.mark.django_db
def test_all_that_it_rests_on_can_be_opened_a_part_at_a_time(cast: Cast) -> None:
    met(cast, cast.maya, ROWS_MAX + 3)
    why = reverse("desk:own_way", args=[cast.with_jane.pk])

    first, rest = (people.page_of(cast.maya, f"{why}{part}") for part in ("", f"?from={ROWS_MAX}"))

    assert f'<a href="{why}?from={ROWS_MAX}">And 3 more like these</a>' in first
    assert "more like these" not in rest
    opened = [set(re.findall(r'href="(/moments/[^"]+)"', part)) for part in (first, rest)]
    assert [len(part) for part in opened] == [ROWS_MAX, 3]
    assert not opened[0] & opened[1]


@pytest.mark.django_db
def test_what_is_long_past_withdrawn_ahead_or_only_received_is_not_ones_own(cast: Cast) -> None:
    now = timezone.now()
    for days in (PERIOD_DAYS + 2, -2):
        people.moment(cast.jane, by=cast.maya, mode="call", at=now - timedelta(days=days))
    people.moment(cast.jane, by=cast.maya, mode="mail", at=now - timedelta(days=3), roles=["from"]).participants.filter(
        party=cast.maya.party
    ).update(role="to")
    gone = people.moment(cast.jane, by=cast.maya, mode="call", at=now - timedelta(days=4))
    type(gone).objects.filter(pk=gone.pk).update(withdrawn_at=now)

    assert line(cast, cast.maya) == ""


@pytest.mark.django_db
def test_it_is_no_measure_that_is_stored_and_has_its_rule(cast: Cast) -> None:
    assert OWN_WAY not in Measure.values
    answer = client_of(cast.tom).get(reverse("desk:rule", args=[OWN_WAY]))

    assert answer.status_code == 200
    assert "only you see it" in answer.content.decode()
