"""What they said of how they wish to be reached, as a page shows it and as a member writes it down."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ampersand.members.models import House
from ampersand.parties import merging
from ampersand.parties.actions import Teller
from ampersand.parties.speaking import Voice
from ampersand.terms import actions, receipts
from ampersand.terms.gate import Roster
from ampersand.terms.lines import Hours, Modes, Often, Rest, Topics, Window
from ampersand.terms.models import Terms, TermsAnswer
from tests.cast import NOW, Cast, order, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def maya(cast: Cast, client: Client) -> Client:
    client.force_login(cast.maya)
    return client


def address(cast: Cast) -> str:
    return reverse("desk:terms", args=[cast.with_jane.pk])


def keep(client: Client, cast: Cast, **told: Any) -> Any:
    return client.post(address(cast), {"zone": "Europe/London", **told})


def test_what_was_said_on_the_telephone_stands_as_their_word_told_by_us(maya: Client, cast: Cast) -> None:
    keep(
        maya,
        cast,
        roster="work",
        modes=["mail", "call"],
        days=["0", "3"],
        from_time="14:00",
        until_time="16:00",
        hours_for="call",
        most="2",
        within_days="30",
        not_about="prices\nour lease",
        not_about_for="spoken",
        rest_until="2027-01-01",
        words="Ring the kitchen first.",
    )

    terms = Terms.objects.get()

    assert (terms.voice, terms.roster, terms.said_by) == (Voice.TOLD_BY_US, Roster.WORK, cast.jane)
    assert set(terms.in_force().lines) == {
        Rest(datetime(2027, 1, 1, tzinfo=UTC).date(), "Europe/London"),
        Modes(frozenset({"mail", "call"})),
        Hours("Europe/London", (Window(frozenset({0, 3}), 14 * 60, 16 * 60),), frozenset({"call"})),
        Often(2, 30),
        Topics(
            frozenset({"prices", "our lease"}), is_only=False, modes=frozenset({"call", "visit", "video", "gathering"})
        ),
    }
    page = maya.get(reverse("desk:relationship", args=[cast.with_jane.pk])).content.decode()
    for words in ("Only work in hand", "Call or mail only", "14:00 to 16:00", "2 times in 30 days"):
        assert words in page
    assert "Ring the kitchen first." in page
    assert "written down by Maya" in page


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({}, "Choose how they wish to be reached"),
        ({"from_time": "14:00"}, "Write both hours"),
        ({"from_time": "22:00", "until_time": "06:00"}, "one over midnight is two"),
        ({"most": "3"}, "Write both numbers"),
        ({"roster": "spam"}, "Select a valid choice"),
        ({"words": "x" * 5_000}, "at most 4000 characters"),
        ({"not_about": "x" * 100}, "at most 60 characters"),
        ({"rest_until": "soon"}, "Enter a valid date"),
        ({"said_on": "2199-01-01", "roster": "work"}, "still ahead"),
        ({"zone": "Mars/Olympus", "roster": "work"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_said_is_answered_beside_the_field(
    maya: Client, cast: Cast, told: dict[str, str], says: str
) -> None:
    answer = keep(maya, cast, **told)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Terms.objects.exists()


def test_the_page_says_what_may_go_now_and_why_not(maya: Client, cast: Cast) -> None:
    order(cast.alder, told_by=cast.maya)
    actions.say(cast.jane, roster=Roster.WORK, said_at=NOW, teller=Teller(at=NOW, by=cast.maya))

    page = maya.get(address(cast)).content.decode()

    assert "<s>something new: news and offers</s>" in page
    assert "They chose how they wish to be reached." in page


def test_the_house_answers_and_the_answer_stands_beside_the_version(maya: Client, cast: Cast) -> None:
    terms = actions.say(cast.jane, roster=Roster.REST, said_at=NOW, teller=Teller(at=NOW, by=cast.maya))

    maya.post(reverse("desk:answer_terms", args=[terms.pk]), {"kind": "alternative", "alternative": "work"})

    assert TermsAnswer.objects.get().by == cast.maya
    assert "We offer one alternative: Only work in hand." in maya.get(address(cast)).content.decode()


def test_an_alternative_without_a_choice_is_refused(maya: Client, cast: Cast) -> None:
    terms = actions.say(cast.jane, roster=Roster.REST, said_at=NOW, teller=Teller(at=NOW, by=cast.maya))

    told = {"kind": "alternative", "words": "Would this do?"}
    answer = maya.post(reverse("desk:answer_terms", args=[terms.pk]), told)

    assert not TermsAnswer.objects.exists()
    assert answer.status_code == 422
    assert "Choose the one alternative that you offer." in answer.content.decode()
    assert 'value="Would this do?"' in answer.content.decode()


def test_what_was_taken_back_stays_to_be_read(maya: Client, cast: Cast) -> None:
    terms = actions.say(cast.jane, roster=Roster.REST, said_at=NOW, teller=Teller(at=NOW, by=cast.maya))

    page = maya.post(reverse("desk:withdraw_terms", args=[terms.pk]), follow=True).content.decode()

    assert "withdrawn on" in page
    assert "has said nothing yet about how to be reached" in page


def test_terms_leave_as_a_file_and_come_back_as_they_were(maya: Client, cast: Cast) -> None:
    terms = actions.say(
        cast.jane, roster=Roster.PLAN, words="As we said.", said_at=NOW, teller=Teller(at=NOW, by=cast.maya)
    )
    told = maya.get(reverse("desk:terms_file", args=[terms.pk]))
    actions.withdraw(terms, by=cast.maya, at=NOW)

    brought = SimpleUploadedFile("terms.json", told.content)
    maya.post(reverse("desk:bring_terms", args=[cast.with_jane.pk]), {"file": brought})

    again = Terms.objects.exclude(pk=terms.pk).get()
    assert (again.roster, again.words) == (Roster.PLAN, "As we said.")
    assert receipts.digest(receipts.own_part(again)) == json.loads(told.content)["digest"]


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"[]", b"{" * 200_000], ids=["empty", "bytes", "list", "deep"])
def test_a_file_that_holds_no_terms_is_refused_in_a_sentence(maya: Client, cast: Cast, content: bytes) -> None:
    brought = SimpleUploadedFile("terms.json", content)

    answer = maya.post(reverse("desk:bring_terms", args=[cast.with_jane.pk]), {"file": brought})

    assert answer.status_code == 422
    assert not Terms.objects.exists()


def test_the_receipt_names_the_house(maya: Client, cast: Cast) -> None:
    terms = actions.say(cast.jane, roster=Roster.WORK, said_at=NOW, teller=Teller(at=NOW, by=cast.maya))

    told = json.loads(maya.get(reverse("desk:terms_receipt", args=[terms.pk])).content)

    assert House.objects.get().name in json.dumps(told, ensure_ascii=False)


def test_terms_of_two_that_are_one_stand_on_one_page(maya: Client, cast: Cast) -> None:
    double = person("Jane O.", tended_by=cast.maya)
    actions.say(double, words="Only in writing.", said_at=NOW, teller=Teller(at=NOW, by=cast.maya))
    merging.merge(double, cast.jane, reason="one address", by=cast.maya, at=NOW)

    assert "Only in writing." in maya.get(address(cast)).content.decode()
