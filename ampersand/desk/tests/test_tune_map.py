"""The map: who stands on it for whom, in which order, and what it says of those that do not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ampersand.core.rooms import Room
from ampersand.desk.pages.tune_map import MapPage
from ampersand.desk.tune_map import found as finding
from ampersand.desk.tune_map.asked import Asked
from ampersand.desk.tune_map.page import ROWS, map_page
from ampersand.members.models import Member
from ampersand.parties import merging
from ampersand.parties.models import Party
from ampersand.readings.models import Measure, Reading
from tests.cast import NOW, TODAY, Cast, organisation, person
from tests.laws.looking import client_of

pytestmark = pytest.mark.django_db
MAP = "/map/"
MAY, JUNE = date(2026, 5, 4), date(2026, 6, 9)


def tune(
    party: Party, says: str = "in_tune", *, trade: float = 1.0, talk: float = 1.0, since_on: date | None = None,
    trail: list[Any] | None = None, room: str = Room.OURS,
) -> Reading:  # fmt: skip
    """What is read of a relationship, moving from its usual over the year unless said."""
    months = [f"{2025 + (8 + place) // 12}-{(8 + place) % 12 + 1:02d}-28" for place in range(13)]
    told = {"trade": trade, "relationship": talk, "trail": trail or [[month, 1.0, 1.0] for month in months]}
    return Reading.objects.create(
        relationship=party.relationship, measure=Measure.TUNE, room=room, rule_version=1, says=says, told=told,
        since_on=since_on, as_of=NOW, as_known_at=NOW,
    )  # fmt: skip


def page_for(member: Member, query: str = "", *, on: date | None = None) -> MapPage:
    return map_page(Asked.read(QueryDict(query), on=on), member=member, at=NOW)


def names(page: MapPage) -> list[str]:
    return [row.name for row in page.rows]


def opening(page: MapPage) -> str:
    return "".join(clause.words for clause in page.opening)


@pytest.fixture
def drawn(cast: Cast) -> Cast:
    """Three that parted and two in tune, one of whom Maya tends with Jane."""
    tune(cast.jane, "trade_ahead", trade=1.37, talk=0.64, since_on=MAY)
    tune(person("Gareth Pugh"), "trade_ahead", trade=1.4, talk=0.8, since_on=JUNE)
    tune(person("Ollie Grant"), "relationship_ahead", trade=0.5, talk=2.0, since_on=JUNE)
    tune(person("Zoe Quinn"), trade=1.9, talk=2.1)
    tune(person("Ada Byron"), trade=1.04, talk=0.97)
    return cast


def test_who_parted_stands_first_by_way_and_day_and_the_others_by_name(drawn: Cast) -> None:
    page = page_for(drawn.maya)

    assert names(page) == ["Gareth Pugh", "Jane Okafor", "Ollie Grant", "Ada Byron", "Zoe Quinn"]
    assert [thought.name for thought in page.thoughts] == ["Gareth Pugh", "Jane Okafor", "Ollie Grant"]


def test_on_the_map_of_a_past_day_each_opens_as_it_was_known_on_it(drawn: Cast) -> None:
    page = page_for(drawn.maya, on=MAY)

    opens = [row.url for row in page.rows] + [thought.url for thought in page.thoughts]
    assert page.chosen is not None
    assert {url.partition("?")[2] for url in [*opens, page.chosen.url]} == {f"on={MAY}"}
    assert {row.url.partition("?")[2] for row in page_for(drawn.maya).rows} == {""}


def test_both_ways_are_said_against_their_usual_with_when_they_parted(drawn: Cast) -> None:
    says = {row.name: row.says for row in page_for(drawn.maya).rows}

    assert says["Jane Okafor"] == (
        "Trade a third more, the two of you a third less, against the usual. In tune until May 2026."
    )
    assert says["Ada Byron"] == "Trade as ever, the two of you as ever, against the usual."


def test_the_sentence_on_top_counts_what_is_in_tune_and_what_parted_which_way(drawn: Cast) -> None:
    assert opening(page_for(drawn.maya)) == (
        "Two are in tune. With two of them trade has run ahead, with the latest since June 2026. "
        "With one of them there is more talk and less trade, since June 2026."
    )


@pytest.mark.parametrize(
    ("in_tune", "words"),
    [(1, "The one there is is in tune."), (3, "All three are in tune.")],
)
def test_where_none_parted_all_are_in_tune(cast: Cast, in_tune: int, words: str) -> None:
    for number in range(in_tune):
        tune(person(f"Somebody {number}"))

    assert opening(page_for(cast.maya)) == words


def test_each_clause_on_top_opens_the_list_of_those_it_counts(drawn: Cast) -> None:
    clause = page_for(drawn.maya).opening[2]

    assert names(page_for(drawn.maya, clause.url.partition("?")[2])) == ["Gareth Pugh", "Jane Okafor"]


def test_what_is_closed_is_not_on_the_map_of_others_nor_counted(drawn: Cast) -> None:
    tune(drawn.leona, "trade_ahead", since_on=MAY)
    tune(drawn.severn, "too_early")

    assert "Leona Marsh" in names(page_for(drawn.maya))
    assert page_for(drawn.maya).not_drawn == "Of one other it is too early to say; it is not drawn."
    assert "Leona Marsh" not in names(page_for(drawn.tom))
    assert page_for(drawn.tom).not_drawn == ""
    for path in (MAP, f"{MAP}?at={drawn.with_leona.pk}", f"{MAP}?as=list&says=trade_ahead"):
        assert "Leona" not in client_of(drawn.tom).get(path).content.decode()


def test_who_is_chosen_may_be_nobody_else_than_who_is_drawn(drawn: Cast) -> None:
    tune(drawn.leona)
    fragment = client_of(drawn.tom).get(f"{MAP}?at={drawn.with_leona.pk}", headers={"HX-Request": "true"})

    assert "Gareth Pugh" in fragment.content.decode()
    assert "Leona" not in fragment.content.decode()


def test_mine_are_those_i_tend(drawn: Cast) -> None:
    assert names(page_for(drawn.maya, "show=mine")) == ["Jane Okafor"]
    assert page_for(drawn.tom, "show=mine").drawing is None
    assert opening(page_for(drawn.tom, "show=mine")).startswith("Nobody you tend can be drawn yet.")


def test_moved_most_begins_with_who_moved_furthest(drawn: Cast) -> None:
    assert names(page_for(drawn.maya, "show=moved"))[:2] == ["Zoe Quinn", "Ollie Grant"]


def test_who_is_too_early_to_read_is_counted_and_not_drawn(drawn: Cast) -> None:
    for number in range(3):
        tune(person(f"New {number}"), "too_early")

    page = page_for(drawn.maya)

    assert page.not_drawn == "Of three others it is too early to say; they are not drawn."
    assert not any("New" in name for name in names(page))


def test_one_of_us_one_who_was_merged_and_what_lies_between_are_not_drawn(drawn: Cast) -> None:
    double, colleague = person("J. Okafor"), person("Now One Of Us")
    for party in (double, colleague):
        tune(party)
    tune(drawn.alder, room=Room.BETWEEN)
    merging.merge(double, into=drawn.jane, reason="the same", by=drawn.maya, at=NOW)
    Party.objects.filter(pk=colleague.pk).update(is_colleague=True)

    assert {"J. Okafor", "Now One Of Us", "Alder Hotels"} & set(names(page_for(drawn.maya))) == set()


def test_an_empty_house_is_told_what_it_takes(cast: Cast) -> None:
    page = client_of(cast.maya).get(MAP).content.decode()

    assert "Nobody can be drawn yet. It takes trade and talk over four quarters to know what is usual." in page
    assert "<svg class=" not in BeautifulSoup(page, "html.parser").select_one("main").decode()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "told",
    [{}, {"trade": None, "relationship": 1.0}, {"trade": "much", "relationship": 1.0}, {"trade": float("inf")}],
)
def test_a_reading_that_names_no_shares_is_not_drawn(drawn: Cast, told: dict[str, Any]) -> None:
    Reading.objects.filter(relationship=drawn.with_jane).update(
        told={name: value for name, value in told.items() if value != float("inf")}
    )

    assert "Jane Okafor" not in names(page_for(drawn.maya))


def test_a_month_without_a_share_is_left_out_of_the_year(cast: Cast) -> None:
    tune(cast.jane, trade=2.0, talk=1.0, trail=[["2025-10-31", None, 1.0], ["2025-11-30", 0.5, 0.5]])

    assert page_for(cast.maya).rows[0].year_ago == "Trade half as much, the two of you half as much, against the usual."


def soup_of(client: Client, path: str = MAP, **headers: str) -> BeautifulSoup:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content.decode(), "html.parser")


def test_without_script_next_is_a_link_to_the_page_with_that_one_chosen(drawn: Cast) -> None:
    client = client_of(drawn.maya)

    seen = [chosen_in(soup := soup_of(client))]
    while following := soup.select_one("#map-next"):
        soup = soup_of(client, str(following["href"]))
        seen.append(chosen_in(soup))

    assert seen == names(page_for(drawn.maya))
    assert soup.select_one("#map-previous") is not None


def chosen_in(soup: BeautifulSoup) -> str:
    heading = soup.select_one("#map-chosen h2")
    assert heading is not None
    return heading.text


def test_htmx_gets_the_chosen_one_alone_and_the_address_that_says_so(drawn: Cast) -> None:
    address = f"{MAP}?at={drawn.with_jane.pk}"
    answer = client_of(drawn.maya).get(address, headers={"HX-Request": "true"})

    fragment = BeautifulSoup(answer.content.decode(), "html.parser")
    page = soup_of(client_of(drawn.maya), address)
    assert answer["HX-Replace-Url"] == address
    assert fragment.select_one("main, svg.map__drawing") is None
    assert fragment.select_one("#map-chosen").decode() == page.select_one("#map-chosen").decode()  # type: ignore[union-attr]


def test_every_row_and_the_chosen_one_open_what_they_rest_on(drawn: Cast) -> None:
    soup = soup_of(client_of(drawn.maya))

    rows: list[Tag] = list(soup.select(".map__list tbody tr"))
    whys = [str(row.select_one("a.why")["href"]) for row in rows]  # type: ignore[index]
    assert len(rows) == 5
    assert set(whys) == {f"/readings/{reading.pk}/why/" for reading in Reading.objects.all()}


def test_the_list_goes_on_after_fifty_and_no_one_is_left_out(cast: Cast) -> None:
    for number in range(ROWS + 3):
        tune(person(f"Somebody {number:03}"))

    first, second = page_for(cast.maya), page_for(cast.maya, "page=2")

    assert [len(first.rows), len(second.rows)] == [ROWS, 3]
    assert [first.next_url != "", second.next_url, second.previous_url] == [True, "", MAP]
    assert len(set(names(first) + names(second))) == ROWS + 3


def test_of_more_than_are_drawn_it_is_said_that_there_are_more(drawn: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "DRAWN_MAX", 2)
    monkeypatch.setattr("ampersand.desk.tune_map.words.DRAWN_MAX", 2)

    page = page_for(drawn.maya)

    assert names(page) == ["Gareth Pugh", "Jane Okafor"]
    assert page.not_drawn.startswith("These are 2; there are more. Who parted stands first")


def test_the_map_asks_as_often_for_twenty_as_for_two(cast: Cast) -> None:
    client = client_of(cast.maya)
    for number in range(2):
        tune(organisation(f"House {number}", tended_by=cast.maya))
    client.get(MAP)
    for_two = queries(client)
    for number in range(2, 20):
        tune(organisation(f"House {number}", tended_by=cast.maya))

    assert queries(client) <= for_two


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(MAP).status_code == 200
    return len(asked)


def test_what_else_is_read_of_the_chosen_one_stands_beside_it(drawn: Cast) -> None:
    now = timezone.now()
    Reading.objects.create(
        relationship=drawn.with_jane, measure=Measure.QUIET, rule_version=1, says="quiet", value=41, low=8, high=22,
        usual=12, unit="days", count=9, since_on=TODAY - timedelta(days=41), as_of=now, as_known_at=now,
    )  # fmt: skip

    soup = soup_of(client_of(drawn.maya), f"{MAP}?at={drawn.with_jane.pk}")

    assert "Quiet for 41 days; you two usually speak every 12." in soup.select_one("#map-chosen").text  # type: ignore[union-attr]
