"""The ledger of promises: mine or everybody's, what was settled lately, and a new day agreed on."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from ampersand.desk.promises_page import ROWS, SETTLED_MAX
from ampersand.promises import actions
from ampersand.promises.models import EventKind, Promise
from tests import cast as told
from tests.cast import Cast
from tests.laws.looking import client_of

pytestmark = pytest.mark.django_db
MINE, EVERYBODYS = "/promises/", "/promises/?whose=everybody"


def test_a_colleagues_promise_stands_with_everybodys_and_not_with_mine(cast: Cast) -> None:
    ole = told.person("Ole Berg", tended_by=cast.maya)
    told.promise(cast.maya.party, ole, words="send the volumes", told_by=cast.maya)
    client = client_of(cast.tom)

    mine, everybodys = client.get(MINE).content.decode(), client.get(EVERYBODYS).content.decode()

    assert "Send the volumes" not in mine
    assert "Send the volumes" in everybodys
    assert "Maya Lindqvist, to Ole Berg" in everybodys
    assert f'href="/relationships/{ole.relationship.pk}/"' in everybodys
    assert [lens_at(mine), lens_at(everybodys)] == ["Mine", "Everybody's"]


def test_everybodys_promises_leave_out_what_is_closed(cast: Cast) -> None:
    told.promise(cast.maya.party, cast.leona, words="send the tender", told_by=cast.maya)

    assert "Send the tender" not in client_of(cast.tom).get(EVERYBODYS).content.decode()
    assert "Send the tender" in client_of(cast.maya).get(EVERYBODYS).content.decode()


def test_what_is_beyond_a_page_is_counted_and_shown_each_once_in_order(cast: Cast) -> None:
    today = timezone.localdate()
    for number in range(2 * ROWS + 7):
        due_on = today + timedelta(days=number // 3) if number < ROWS + 20 else None
        told.promise(cast.maya.party, cast.jane, words=f"thing {number:03}", told_by=cast.maya, due_on=due_on)
    client = client_of(cast.maya)

    first = BeautifulSoup(client.get(EVERYBODYS).content.decode(), "html.parser")
    second = rows_added(client, more_of(first))
    third = rows_added(client, more_of(second))

    assert [f"{ROWS + 7} more" in first.get_text(), "7 more" in second.get_text()] == [True, True]
    assert more_of(third) == ""
    assert things(first) + things(second) + things(third) == [f"Thing {number:03}" for number in range(2 * ROWS + 7)]
    assert [len(part.select("li[autofocus]")) for part in (first, second, third)] == [0, 1, 1]


def test_more_is_shown_without_script_and_leads_back_to_the_first(cast: Cast) -> None:
    for number in range(ROWS + 1):
        told.promise(cast.jane, cast.maya.party, words=f"thing {number:03}", told_by=cast.maya)
    client = client_of(cast.maya)

    first = BeautifulSoup(client.get(MINE).content.decode(), "html.parser")
    second = BeautifulSoup(client.get(more_of(first)).content.decode(), "html.parser")

    assert things(second) == [f"Thing {ROWS:03}"]
    assert second.select(f'a[href="{MINE}"]:-soup-contains("From the first")')


def test_a_place_that_is_none_begins_at_the_first(cast: Cast) -> None:
    told.promise(cast.maya.party, cast.jane, words="send the volumes", told_by=cast.maya)

    page = client_of(cast.maya).get("/promises/?ours=2026-99-99/nobody").content.decode()

    assert "Send the volumes" in page


def test_further_promises_leave_out_what_is_closed(cast: Cast) -> None:
    told.promise(cast.maya.party, cast.leona, words="send the tender", told_by=cast.maya)
    url = f"{EVERYBODYS}&ours=2020-01-01/{UUID(int=0)}"

    assert things(rows_added(client_of(cast.maya), url)) == ["Send the tender"]
    assert things(rows_added(client_of(cast.tom), url)) == []


def test_the_latest_that_were_settled_are_folded_away_and_end(cast: Cast) -> None:
    for number in range(SETTLED_MAX + 3):
        settled = told.promise(cast.jane, cast.maya.party, words=f"thing {number:02}", told_by=cast.maya)
        at = timezone.now() - timedelta(days=60 - number)
        actions.call(settled, EventKind.KEPT, speaker=told.says(cast.maya, at=at))

    page = BeautifulSoup(client_of(cast.maya).get(MINE).content.decode(), "html.parser")

    folded = page.select_one("details.part")
    assert folded is not None
    assert not folded.has_attr("open")
    rows = [row.get_text() for row in folded.select("li")]
    assert len(rows) == SETTLED_MAX
    assert "Thing 22" in rows[0]
    assert "You called it kept." in rows[0]


def test_every_shape_of_a_state_is_told_in_words(cast: Cast) -> None:
    page = BeautifulSoup(client_of(cast.maya).get(MINE).content.decode(), "html.parser")

    legend = page.select_one(".legend")

    assert legend is not None
    assert [shape["aria-label"] for shape in legend.select("svg")] == [
        words.get_text(strip=True) for words in legend.select("[aria-hidden]")
    ]
    assert len(legend.select("svg")) == 9


def test_a_new_day_says_for_whom_and_the_old_one_and_goes_back_where_one_came_from(cast: Cast) -> None:
    day = timezone.localdate()
    promise = told.promise(cast.maya.party, cast.jane, told_by=cast.maya, due_on=day)
    client, url = client_of(cast.maya), f"/promises/{promise.pk}/move/"

    page = client.get(url, headers={"Referer": f"http://testserver{EVERYBODYS}"}).content.decode()
    refused = client.post(url, {"due_on": "", "back": EVERYBODYS}).content.decode()
    moved = client.post(url, {"due_on": (day + timedelta(days=5)).isoformat(), "back": EVERYBODYS})

    assert "Promised to Jane Okafor for today." in page
    assert cancel_of(page) == cancel_of(refused) == EVERYBODYS
    assert moved.headers["Location"] == EVERYBODYS
    assert Promise.objects.get(pk=promise.pk).due_on == day
    assert "You proposed" in client.get(MINE).content.decode()


@pytest.mark.parametrize(
    ("came_from", "lit"),
    [("/", "Today"), (MINE, "Promises"), (EVERYBODYS, "Promises"), ("/relationships/{jane}/", "Relationships")],
)
def test_a_new_day_is_agreed_within_the_page_one_came_from(cast: Cast, came_from: str, lit: str) -> None:
    promise = told.promise(cast.maya.party, cast.jane, told_by=cast.maya, due_on=timezone.localdate())
    referer = f"http://testserver{came_from.format(jane=cast.with_jane.pk)}"

    page = client_of(cast.maya).get(f"/promises/{promise.pk}/move/", headers={"Referer": referer}).content.decode()

    assert lit_in_rail(page) == lit


def more_of(part: BeautifulSoup) -> str:
    link = part.select_one('a:-soup-contains("Show more")')
    return str(link["href"]) if link else ""


def rows_added(client: Client, url: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(url, headers={"HX-Request": "true"}).content.decode(), "html.parser")


def things(part: BeautifulSoup) -> list[str]:
    return [next(words.stripped_strings) for words in part.select("li .promise__text")]


def lit_in_rail(page: str) -> str:
    link = BeautifulSoup(page, "html.parser").select_one(".rail [aria-current=page]")
    return next(link.stripped_strings) if link else ""


def lens_at(page: str) -> str:
    lens = BeautifulSoup(page, "html.parser").select_one(".lenses [aria-current=page]")
    return lens.get_text() if lens else ""


def cancel_of(page: str) -> str:
    return next(str(a["href"]) for a in BeautifulSoup(page, "html.parser").select("form a") if a.get_text() == "Cancel")
