"""Law 12. Only a promise can be late. Every list ends. No badges, no counters, no streaks."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from django.utils.formats import date_format

import ampersand
from ampersand.desk.pages.frame import Frame, NavLink
from ampersand.desk.today import TEND_MAX, today_page
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party
from ampersand.promises.models import State
from ampersand.readings import actions as readings
from ampersand.readings.models import Reading
from ampersand.timeline import actions as timeline
from ampersand.timeline.actions import Happening, Taker
from ampersand.timeline.models import Mode
from tests.cast import Cast, person, promise
from tests.laws.looking import (
    ROOT,
    client_of,
    every_page,
    our_models,
    page_of,
    part,
    read,
    relationship_page,
    sentences,
)

pytestmark = pytest.mark.django_db

OVERDUE = re.compile(r"\b(late|overdue|behind|neglected|at risk|missed|should have)\b", re.IGNORECASE)
GAMES = re.compile(
    r"\b(streak|badge|in a row|level up|well done|congratulations|keep it up|goal reached)\b", re.IGNORECASE
)
GERMAN_GAMES = re.compile(
    r"\b(abzeichen|glückwunsch|gut gemacht|weiter so|ziel erreicht|in folge|serie von)", re.IGNORECASE
)
# Which sentences of the product may say that something is late: those that speak of a promise, and the state's own name.
LATE = re.compile(r"\b(late|overdue|neglected|at risk|überfällig|verspätet|versäumt|vernachlässigt)\b", re.IGNORECASE)
OF_A_PROMISE = re.compile(r"promise|zusage|zugesagt|^late$|^überfällig$", re.IGNORECASE)


def long_quiet(cast: Cast, party: Party) -> None:
    """Met each week once, and not for more than a year."""
    for week in range(8):
        at = timezone.now() - timedelta(days=400 + week * 7)
        takers = [Taker(cast.maya.party), Taker(party)]
        timeline.tell(
            Happening(mode=Mode.VISIT, happened_at=at, zone="UTC", takers=takers), teller=Teller(at=at, by=cast.maya)
        )


def late_promises(cast: Cast, number: int) -> None:
    today = timezone.localdate()
    for days in range(number):
        somebody = person(f"Somebody {days}", tended_by=cast.maya)
        promise(cast.maya.party, somebody, told_by=cast.maya, due_on=today - timedelta(days=days + 1))


def test_a_relationship_that_is_quiet_is_never_called_late(cast: Cast) -> None:
    long_quiet(cast, cast.jane)
    readings.read_all(at=timezone.now())
    assert "quiet" in Reading.objects.values_list("says", flat=True)

    said = {address: read(without_choices(markup)) for address, markup in every_page(cast.maya)}

    assert {address: words for address, text in said.items() if (words := OVERDUE.findall(text))} == {}
    assert any("Quiet for" in text for text in said.values())


def without_choices(markup: str) -> str:
    """The page without its filters, for one may ask for promises that are late, and what the signs of promises mean."""
    return re.sub(r'<select.*?</select>|<p class="[^"]*legend">.*?</p>', "", markup, flags=re.DOTALL)


def test_no_sentence_of_the_product_calls_anything_but_a_promise_late_in_any_language() -> None:
    late = [words for words in sentences() if LATE.search(words)]

    assert [words for words in late if not OF_A_PROMISE.search(words)] == []
    assert len(late) > 10


def test_nothing_but_a_promise_is_drawn_late(cast: Cast) -> None:
    long_quiet(cast, cast.jane)
    late_promises(cast, 1)
    readings.read_all(at=timezone.now())

    drawn = [
        tag for _a, markup in every_page(cast.maya) for tag in BeautifulSoup(markup, "html.parser").select(".late")
    ]

    assert drawn
    assert all("promise" in str(tag.find_parent("li")) for tag in drawn)


def test_late_is_a_state_of_a_promise_and_of_nothing_else() -> None:
    choices = {
        f"{model.__name__}.{one.name}": {str(value) for value, _label in getattr(one, "flatchoices", ())}
        for model in our_models()
        for one in model._meta.concrete_fields
    }

    assert State.LATE in State
    assert [name for name, values in choices.items() if values & {"late", "overdue"}] == []


def test_a_promise_without_a_day_is_never_late(cast: Cast) -> None:
    made = promise(cast.maya.party, cast.jane, told_by=cast.maya, due_on=None)

    assert made.state(on=timezone.localdate() + timedelta(days=3650)) is State.OPEN


@pytest.mark.parametrize("asking", [3, 25])
def test_today_names_at_most_seven_and_then_says_that_is_enough(cast: Cast, asking: int) -> None:
    late_promises(cast, asking)

    page = today_page(cast.maya, at=timezone.now())

    assert len(page.tend) == min(asking, 7)
    assert TEND_MAX == 7
    assert page.closing.startswith("That is enough.")
    assert page.closing in read(page_of(cast.maya, "today"))


def test_a_day_on_which_nothing_asks_ends_too(cast: Cast) -> None:
    page = today_page(cast.maya, at=timezone.now())

    assert (page.tend, page.closing) == ((), "All is in rhythm. Enough for today.")


def test_what_stays_of_a_list_is_one_page_away_until_its_end(cast: Cast) -> None:
    for number in range(120):
        at = timezone.now() - timedelta(days=number)
        takers = [Taker(cast.maya.party), Taker(cast.jane)]
        happening = Happening(mode=Mode.CALL, happened_at=at, zone="UTC", takers=takers, subject=f"Call {number}.")
        timeline.tell(happening, teller=Teller(at=at, by=cast.maya))

    address, seen = f"/relationships/{cast.with_jane.pk}/moments/", []
    while address:
        soup = BeautifulSoup(client_of(cast.maya).get(address).content, "html.parser")
        seen += re.findall(r"Call \d+\.", str(soup.find("main")))
        earlier = soup.find("a", href=re.compile(r"\?before="))
        address = str(earlier["href"]) if earlier else ""

    assert sorted(set(seen)) == sorted({f"Call {number}." for number in range(120)})


def test_navigation_has_no_number_and_does_not_change_with_what_waits(cast: Cast) -> None:
    selectors = ("nav.rail > ul", "nav.bar", "title")
    before = [part(page_of(cast.maya, "today"), selector) for selector in selectors]

    late_promises(cast, 20)

    after = [part(page_of(cast.maya, "today"), selector) for selector in selectors]
    day = date_format(timezone.localdate())
    assert before == after
    assert re.findall(r"\d", read("".join(after[:2]))) == [], day


def test_navigation_has_no_place_for_a_number() -> None:
    assert {str(one.type) for one in fields(NavLink)} == {"str"}
    assert not [one.name for one in fields(Frame) if re.search("int|float", str(one.type).replace("int,", ""))]


def test_nothing_reaches_for_attention_beside_the_page() -> None:
    islands = [file.read_text() for file in (ROOT / "assets" / "islands").glob("*.ts")]

    assert len(islands) > 8
    for script in islands:
        assert not re.search(r"setAppBadge|\bNotification\b|document\.title\s*=|vibrate|new Audio", script)


def test_no_list_grows_by_itself_while_one_reads() -> None:
    templates = {file.name: file.read_text() for file in Path(ampersand.__file__).parent.rglob("*.html")}
    triggers = {name: re.findall(r'hx-trigger="([^"]*)"', markup) for name, markup in templates.items()}

    assert [name for name, told in triggers.items() if re.search(r"revealed|intersect|every \d", " ".join(told))] == []


def test_no_sentence_of_the_product_praises_or_counts_in_any_language() -> None:
    # "Too often in a row" is said at the door.
    said = [words for words in sentences() if GERMAN_GAMES.search(words) or GAMES.search(words)]

    assert [words for words in said if not words.startswith("That was too often in a row.")] == []


def test_nobody_is_praised_or_counted(cast: Cast) -> None:
    late_promises(cast, 3)
    long_quiet(cast, cast.jane)
    readings.read_all(at=timezone.now())

    for address, markup in every_page(cast.maya):
        assert not GAMES.search(read(markup)), address


def test_each_rhythm_is_measured_against_itself(cast: Cast) -> None:
    """The same silence is quiet for one who met weekly, and in rhythm for one who met twice a year."""
    weekly, seldom = person("Weekly"), person("Seldom")
    for party, every in ((weekly, 7), (seldom, 180)):
        for number in range(8):
            at = timezone.now() - timedelta(days=60 + number * every)
            takers = [Taker(cast.maya.party), Taker(party)]
            happening = Happening(mode=Mode.VISIT, happened_at=at, zone="UTC", takers=takers)
            timeline.tell(happening, teller=Teller(at=at, by=cast.maya))
    readings.read_all(at=timezone.now())

    says = dict(Reading.objects.filter(measure="quiet").values_list("relationship__party__name", "says"))

    assert (says["Weekly"], says["Seldom"]) == ("quiet", "in_rhythm")
    assert "late" not in read(relationship_page(cast.maya, weekly.relationship)).lower()
