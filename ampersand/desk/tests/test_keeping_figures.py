"""What became of promises, counted: kept shares, the gap by quarter, the weeks ahead, and over whose promises."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from ampersand.desk.beta_range import beta_quantile
from ampersand.desk.keeping_figures import DUE_MIN, GRACE_DAYS
from ampersand.desk.pages.keeping import KeepingPart
from ampersand.desk.promises_page import Asked, keeping_of
from ampersand.members.models import Member
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party
from ampersand.promises import actions
from ampersand.promises.models import EventKind, Promise
from ampersand.timeline.models import Mode
from tests import cast as told
from tests.cast import Cast, says, tells
from tests.laws.looking import client_of


def today() -> date:
    return timezone.localdate()


@pytest.mark.parametrize(("share", "a", "b"), [(0.05, 0.5, 0.5), (0.95, 12.5, 3.5), (0.05, 300, 42), (0.5, 0.5, 90)])
def test_a_quantile_is_the_same_as_the_readings_have_it(share: float, a: float, b: float) -> None:
    from ampersand.readings import beta

    assert beta_quantile(share, a, b) == pytest.approx(float(beta.quantile(share, a, b)), abs=1e-9)


def promised(cast: Cast, *, days: int, by: Party | None = None, to: Party | None = None, mode: str = "") -> Promise:
    """Promised to Jane by Maya unless said, for so many days from today."""
    due_on = today() + timedelta(days=days)
    made_on = min(due_on, today()) - timedelta(days=3)
    by, to = by or cast.maya.party, to or cast.jane
    made = actions.promise(
        by=by, to=to, relationship=(to if by.is_ours else by).relationship, words=f"Promise for {due_on}",
        made_on=made_on, due_on=due_on, teller=Teller(at=timezone.now(), by=cast.maya),
    )  # fmt: skip
    if mode:
        Promise.objects.filter(pk=made.pk).update(moment=told.moment(cast.jane, by=cast.maya, mode=mode))
    return made


def keep(cast: Cast, promise: Promise) -> None:
    at = timezone.now()
    actions.say_done(promise, speaker=says(cast.maya, at=at))
    actions.call(promise, EventKind.KEPT, speaker=tells(cast.maya, cast.jane, at=at))


def figures(member: Member, *, is_everybodys: bool = True) -> KeepingPart | None:
    return keeping_of(member, Asked(is_everybodys, has_figures=True), at=timezone.now())


def row(part: KeepingPart | None, name: str = "All we promise") -> tuple[int, int, int]:
    assert part is not None
    assert part.shares is not None
    found = next(one for one in part.shares.rows if one.name == name)
    return found.kept, found.not_kept, found.unconfirmed


@pytest.mark.django_db
def test_kept_not_kept_and_unconfirmed_are_counted_apart(cast: Cast) -> None:
    made = [promised(cast, days=-30) for _number in range(6)]
    for promise in made[:3]:
        keep(cast, promise)
    actions.say_done(made[3], speaker=says(cast.maya, at=timezone.now()))

    assert row(figures(cast.maya)) == (3, 2, 1)


@pytest.mark.django_db
def test_what_is_within_the_grace_or_let_go_is_not_counted(cast: Cast) -> None:
    for _number in range(DUE_MIN):
        keep(cast, promised(cast, days=-20))
    promised(cast, days=-GRACE_DAYS)
    let_go = promised(cast, days=-20)
    actions.release(let_go, speaker=tells(cast.maya, cast.jane, at=timezone.now()))

    assert row(figures(cast.maya)) == (DUE_MIN, 0, 0)


@pytest.mark.django_db
def test_of_a_few_nothing_is_drawn(cast: Cast) -> None:
    for _number in range(DUE_MIN - 1):
        promised(cast, days=-20)

    part = figures(cast.maya)

    assert part is not None
    assert (part.shares, part.gap) == (None, None)


@pytest.mark.django_db
def test_a_point_is_drawn_only_where_nearly_all_were_answered(cast: Cast) -> None:
    made = [promised(cast, days=-20) for _number in range(10)]
    for promise in made[:7]:
        keep(cast, promise)
    for promise in made[7:]:
        actions.say_done(promise, speaker=says(cast.maya, at=timezone.now()))

    part = figures(cast.maya)

    assert part is not None
    assert part.shares is not None
    lead = part.shares.rows[0]
    assert lead.share is None
    assert lead.low < 0.7 < lead.high
    assert part.shares.finding == f"We keep {round(100 * lead.low)} to {round(100 * lead.high)} of 100"


@pytest.mark.django_db
def test_ours_stand_apart_by_where_they_were_made_and_theirs_by_themselves(cast: Cast) -> None:
    for _number in range(DUE_MIN):
        promised(cast, days=-20, mode=Mode.CALL)
        promised(cast, days=-20, by=cast.jane, to=cast.maya.party)

    part = figures(cast.maya)

    assert part is not None
    assert part.shares is not None
    assert [one.name for one in part.shares.rows] == [
        "All we promise", "By telephone or video", "All they promise",
    ]  # fmt: skip


@pytest.mark.django_db
def test_what_is_closed_is_counted_for_nobody_who_may_not_see_it(cast: Cast) -> None:
    for _number in range(DUE_MIN):
        promised(cast, days=-20, to=cast.leona)

    assert row(figures(cast.maya)) == (0, DUE_MIN, 0)
    assert figures(cast.tom) is None


@pytest.mark.django_db
def test_mine_are_those_i_tend_and_made_and_a_colleague_has_no_figure_of_their_own(cast: Cast) -> None:
    ole = told.person("Ole Berg")
    for _number in range(DUE_MIN):
        promised(cast, days=-20, by=cast.tom.party, to=ole)

    assert figures(cast.maya, is_everybodys=False) is None
    assert row(figures(cast.tom, is_everybodys=False)) == (0, DUE_MIN, 0)
    assert "Tom" not in str(figures(cast.maya))


@pytest.mark.django_db
def test_the_gap_has_each_quarter_that_is_over_from_the_first_on(cast: Cast) -> None:
    for _number in range(DUE_MIN):
        keep(cast, promised(cast, days=-200))
        promised(cast, days=-110)

    part = figures(cast.maya)

    assert part is not None
    assert part.gap is not None
    quarters = part.gap.quarters
    assert sum(quarter.promised for quarter in quarters) == 2 * DUE_MIN
    assert sum(quarter.kept for quarter in quarters) == DUE_MIN
    assert quarters[0].kept == DUE_MIN
    assert quarters[-1].begins_on < today() - timedelta(days=80)


@pytest.mark.django_db
def test_the_weeks_ahead_hold_what_falls_due_and_the_first_what_is_late(cast: Cast) -> None:
    monday = -today().weekday()
    for days in (-60, monday, monday + 7, monday + 8, monday + 34, monday + 35):
        promised(cast, days=days)
    actions.say_done(promised(cast, days=monday), speaker=says(cast.maya, at=timezone.now()))

    part = figures(cast.maya)

    assert part is not None
    assert part.load is not None
    assert [week.due for week in part.load.weeks] == [2, 2, 0, 0, 1]
    assert part.load.usual_low is None


@pytest.mark.django_db
def test_the_weeks_ahead_of_mine_are_what_i_promised_myself(cast: Cast) -> None:
    promised(cast, days=1)
    promised(cast, days=1, by=cast.tom.party)

    mine, all_of_us = figures(cast.maya, is_everybodys=False), figures(cast.maya)

    assert mine is not None
    assert all_of_us is not None
    assert [sum(week.due for week in part.load.weeks) for part in (mine, all_of_us) if part.load] == [1, 2]


@pytest.mark.django_db
def test_everybodys_are_fetched_after_the_page_and_by_a_link_without_script(cast: Cast) -> None:
    for _number in range(DUE_MIN):
        promised(cast, days=-20)
    client = client_of(cast.maya)

    page = BeautifulSoup(client.get("/promises/?whose=everybody").content.decode(), "html.parser")
    link = page.select_one("main p[hx-trigger=load] a")
    assert link is not None
    later = client.get(str(link["href"])).content.decode()
    fragment = client.get(str(link["href"]), headers={"HX-Request": "true"}).content.decode()

    assert page.select(".keeping") == []
    assert "All we promise" in later
    assert "All we promise" in fragment
    assert "<main" not in fragment


def test_a_kind_has_a_row_of_its_own_from_three_on(cast: Cast) -> None:
    for number in range(5):
        promise = promised(cast, days=-20 - number)
        Promise.objects.filter(pk=promise.pk).update(words="Send the list" if number < 3 else "Pay the invoice")
        keep(cast, promise)

    part = figures(cast.maya)

    assert part is not None
    assert part.shares is not None
    assert [(row.name, row.kept) for row in part.shares.rows] == [("All we promise", 5), ("Sending something", 3)]
