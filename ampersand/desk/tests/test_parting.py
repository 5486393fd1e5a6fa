"""Trade and talk that part: on the page of the relationship, and on the Today of who tends it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup, Tag
from django.utils import timezone

from ampersand.desk.shares import spoken_share
from ampersand.desk.tests.test_tune_map import MAY, tune
from ampersand.readings.models import Measure, Reading
from tests.cast import Cast, person
from tests.laws.looking import client_of


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "next to nothing"),
        (0.36, "a third as much"),
        (0.64, "a third less"),
        (0.97, "as ever"),
        (1.37, "a third more"),
        (1.9, "twice as much"),
        (40, "more than four times"),
    ],
)
def test_a_share_is_said_as_the_nearest_that_one_would_say(share: float, words: str) -> None:
    assert spoken_share(share) == words


def figure_of(cast: Cast) -> Tag | None:
    page = client_of(cast.maya).get(f"/relationships/{cast.with_jane.pk}/").content.decode()
    return BeautifulSoup(page, "html.parser").select_one("figure:has(#evidence-tune)")


@pytest.mark.django_db
def test_the_page_draws_the_year_in_which_they_parted_and_opens_what_it_rests_on(cast: Cast) -> None:
    reading = tune(cast.jane, "trade_ahead", trade=1.37, talk=0.64, since_on=MAY)

    figure = figure_of(cast)

    assert figure is not None
    assert figure.select_one("figcaption a.why")["href"] == f"/readings/{reading.pk}/why/"  # type: ignore[index]
    assert figure.select_one("figcaption").text == "Out of tune since May 2026"  # type: ignore[union-attr]
    assert "Trade a third more, the two of you a third less, against the usual." in figure.text


@pytest.mark.django_db
def test_the_page_of_a_person_draws_that_of_where_they_work_and_says_so(cast: Cast) -> None:
    reading = tune(cast.alder, "trade_ahead", trade=1.37, talk=0.64, since_on=MAY)

    figure = figure_of(cast)

    assert figure is not None
    assert figure.select_one("figcaption").text == "Alder Hotels: Out of tune since May 2026"  # type: ignore[union-attr]
    assert "Read of Alder Hotels as a whole, over all who act for it." in figure.text
    assert str(reading.pk) in str(figure)


@pytest.mark.django_db
def test_in_tune_is_drawn_and_said_too(cast: Cast) -> None:
    tune(cast.jane)

    assert "Trade and the two of you in tune" in figure_of(cast).text  # type: ignore[union-attr]


@pytest.mark.django_db
def test_while_it_is_too_early_nothing_is_drawn(cast: Cast) -> None:
    tune(cast.jane, "too_early")

    assert figure_of(cast) is None


def today_of(cast: Cast) -> list[Tag]:
    return BeautifulSoup(client_of(cast.maya).get("/").content.decode(), "html.parser").select("li.tend")


@pytest.mark.django_db
def test_two_that_parted_lately_stand_on_today_before_who_is_quiet(cast: Cast) -> None:
    now = timezone.now()
    for name, month in (("Gareth Pugh", 3), ("Ollie Grant", 4), ("Ada Byron", 2)):
        tune(person(name, tended_by=cast.maya), "trade_ahead", trade=1.5, since_on=date(2026, month, 1))
    Reading.objects.create(
        relationship=cast.with_jane, measure=Measure.QUIET, rule_version=1, says="quiet", value=41, low=8, high=22,
        usual=12, unit="days", count=9, since_on=timezone.localdate() - timedelta(days=41), as_of=now, as_known_at=now,
    )  # fmt: skip

    rows = today_of(cast)

    assert [row.select_one(".tend__name").text for row in rows] == [  # type: ignore[union-attr]
        "Ollie Grant", "Gareth Pugh", "Jane Okafor",
    ]  # fmt: skip
    assert rows[0].select_one("svg.drawing")["aria-label"] == (  # type: ignore[index]
        "Trade and talk with Ollie Grant over a year: Out of tune since April 2026"
    )


@pytest.mark.django_db
@pytest.mark.parametrize("says", ["in_tune", "too_early"])
def test_who_is_in_tune_does_not_stand_on_today(cast: Cast, says: str) -> None:
    tune(cast.jane, says)

    assert today_of(cast) == []
