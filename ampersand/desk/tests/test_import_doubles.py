"""Who came in and is likely in the book already is shown row by row, with why; a person says what they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from ampersand.channels import actions as channels
from ampersand.channels.models import Import
from ampersand.channels.tests.bringing import AT, bring_in, found_house, member
from ampersand.desk import import_doubles
from ampersand.members.models import Member
from ampersand.parties import actions as parties
from ampersand.parties.doubles import actions
from ampersand.parties.doubles.models import Answer, Double
from ampersand.parties.models import Party, StandsFor

pytestmark = pytest.mark.django_db

KNOWN = (
    "Name,Phone,Company\nBronwen Rees,0117 496 0123,Clifton Down\nAgnes Whitcombe,0117 496 0777,\nOle Lunde,,Nordhavn\n"
)
CAME = (
    "Name,Phone,Company\nBronwyn Reese,0117 496 0123,Clifton Down\nArthur Whitcombe,0117 496 0777,\n"
    "Ole Lunde,,Nordhavn Ltd\nRosa Blum,,\n"
)


@pytest.fixture
def maya() -> Member:
    found_house()
    return member("Maya Lindqvist", "maya@finch.example")


@pytest.fixture
def browser(client: Client, maya: Member) -> Client:
    client.force_login(maya, backend="django.contrib.auth.backends.ModelBackend")
    return client


def table(folder: Path, text: str, name: str, *, by: Member) -> Import:
    (folder / name).write_text(text)
    return bring_in(folder / name, by=by)


def brought(folder: Path, by: Member) -> Import:
    table(folder, KNOWN, "known.csv", by=by)
    came = table(folder, CAME, "came.csv", by=by)
    actions.look_among(came.source_id, at=AT)
    return came


def names(double: Double) -> set[str]:
    return {double.party.name, double.other.name}


def page_of(client: Client, import_: Import, **asked: str) -> BeautifulSoup:
    answer = client.get(reverse("desk:import_doubles", args=[import_.pk]), asked)
    return BeautifulSoup(answer.content, "html.parser")


def test_who_came_in_is_found_among_who_was_there_and_a_family_is_not(maya: Member, tmp_path: Path) -> None:
    brought(tmp_path, maya)

    found = [names(double) for double in Double.objects.select_related("party", "other")]
    assert {"Bronwen Rees", "Bronwyn Reese"} in found
    assert not any("Arthur Whitcombe" in pair for pair in found)


def test_an_import_makes_nobody_one_by_itself(maya: Member, tmp_path: Path) -> None:
    brought(tmp_path, maya)

    assert not StandsFor.objects.exists()


def test_an_organisation_is_found_without_its_legal_form(maya: Member, tmp_path: Path) -> None:
    brought(tmp_path, maya)

    assert {"Nordhavn", "Nordhavn Ltd"} in [names(double) for double in Double.objects.select_related("party", "other")]


def test_two_rows_of_one_file_are_asked_about_too(maya: Member, tmp_path: Path) -> None:
    twice = "Name,Phone\nOttoline Farquhar,0117 496 0123\nOtoline Farquar,0117 496 0123\n"
    came = table(tmp_path, twice, "twice.csv", by=maya)

    actions.look_among(came.source_id, at=AT)

    assert names(Double.objects.select_related("party", "other").get()) == {"Ottoline Farquhar", "Otoline Farquar"}


def test_who_said_that_they_are_two_is_not_asked_again_by_another_import(maya: Member, tmp_path: Path) -> None:
    brought(tmp_path, maya)
    for double in Double.objects.all():
        actions.say_two(double, by=maya, at=AT)

    actions.look_among(Import.objects.latest("began_at", "id").source_id, at=AT)

    assert not Double.objects.waiting(AT).exists()


def test_the_rows_say_where_they_stood_whom_they_may_be_and_why(browser: Client, maya: Member, tmp_path: Path) -> None:
    came = brought(tmp_path, maya)

    rows = page_of(browser, came).select("[data-row]")

    told = next(row.text for row in rows if "Bronwyn" in row.text)
    assert "came.csv:2" in told
    assert "The same organisation, the same telephone number, first names one letter apart" in told
    assert [button["data-key"] for button in rows[0].select("[data-key]")] == ["s", "t", "r"]
    assert [row.has_attr("aria-current") for row in rows] == [True, *[False] * (len(rows) - 1)]


@pytest.mark.parametrize(("way", "answer"), [("two", Answer.TWO), ("later", Answer.LATER), ("same", Answer.SAME)])
def test_an_answer_goes_on_with_the_next_row_of_the_import(
    browser: Client, maya: Member, tmp_path: Path, way: str, answer: str
) -> None:
    came = brought(tmp_path, maya)
    double = Double.objects.order_by("-probability", "id").first()
    assert double is not None

    done = browser.post(
        reverse(f"desk:double_{way}", args=[double.pk]), {"import": str(came.pk), "after": "", "row": "0"}, follow=True
    )

    double.refresh_from_db()
    assert double.answer == answer
    assert done.redirect_chain[0][0].startswith(reverse("desk:import_doubles", args=[came.pk]))
    assert str(double.pk) not in done.content.decode()


@pytest.mark.parametrize("told", [{"import": "nobody"}, {"import": ""}])
def test_an_answer_that_names_no_import_goes_to_the_queue(
    browser: Client, maya: Member, tmp_path: Path, told: dict[str, str]
) -> None:
    brought(tmp_path, maya)
    double = Double.objects.all()[0]

    done = browser.post(reverse("desk:double_later", args=[double.pk]), told)

    assert done.headers["Location"] == reverse("desk:doubles")


@pytest.mark.parametrize("asked", [{"after": "x"}, {"row": "-1"}, {"row": "9" * 9}, {"after": str(AT)}])
def test_a_page_asked_for_in_a_wrong_way_is_the_first(
    browser: Client, maya: Member, tmp_path: Path, asked: dict[str, str]
) -> None:
    came = brought(tmp_path, maya)

    assert len(page_of(browser, came, **asked).select("[data-row]")) == len(page_of(browser, came).select("[data-row]"))


def test_the_report_says_how_many_and_leads_there(browser: Client, maya: Member, tmp_path: Path) -> None:
    came = brought(tmp_path, maya)
    waits = browser.get(reverse("desk:import_report", args=[came.pk])).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded'")

    report = browser.get(reverse("desk:import_report", args=[came.pk])).content.decode()

    assert "Those who came in are being looked for in the book." in waits
    assert f"{Double.objects.count()} who came in are likely in the book already." in report
    assert reverse("desk:import_doubles", args=[came.pk]) in report


def test_many_rows_come_page_by_page_each_once(
    browser: Client, maya: Member, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_doubles, "ROWS_SHOWN", 1)
    came = brought(tmp_path, maya)

    told, url = [], reverse("desk:import_doubles", args=[came.pk])
    while url:
        page = BeautifulSoup(browser.get(url).content, "html.parser")
        told += [row.select_one("button")["formaction"] for row in page.select("[data-row]")]  # type: ignore[index]
        more = page.select_one(".part__more a")
        url = str(more["href"]) if more else ""

    assert len(told) == len(set(told)) == Double.objects.count() > 1


def test_what_was_undone_is_asked_about_no_more(browser: Client, maya: Member, tmp_path: Path) -> None:
    came = brought(tmp_path, maya)

    channels.undo(came, by=maya, at=AT)

    assert not Double.objects.exists()
    assert page_of(browser, came).select("[data-row]") == []


def test_a_closed_one_is_named_to_nobody_who_does_not_see_them(browser: Client, maya: Member, tmp_path: Path) -> None:
    came = brought(tmp_path, maya)
    tom = member("Tom Reyes", "tom@finch.example")
    bronwen = Party.objects.get(name="Bronwen Rees")
    parties.close(bronwen.relationship, members=[tom], teams=[], by=tom, at=AT)

    assert "Bronwen" not in page_of(browser, came).text


def names_of_many(count: int) -> str:
    letters = "bcdfghjklmnprstv"
    rows = [
        f"{letters[i % 16]}a{letters[i // 16 % 16]}o {letters[i * 7 % 16]}e{letters[i // 3 % 16]}er{i},+4411749{i:05d}"
        for i in range(count)
    ]
    return "\n".join(["Name,Phone", *rows, ""])


def test_many_rows_cost_as_many_statements_as_few(maya: Member, tmp_path: Path) -> None:
    counts = []
    for number in (40, 400):
        came = table(tmp_path, names_of_many(number), f"{number}.csv", by=maya)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            actions.look_among(came.source_id, at=AT)
        counts.append(len(asked))

    assert counts[1] <= counts[0] + 2


def test_a_page_asks_as_much_of_many_rows(
    browser: Client, maya: Member, tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    came = brought(tmp_path, maya)

    with django_assert_max_num_queries(22):
        page_of(browser, came)
