"""Chats through the page: who is in them is asked, once, and nothing is taken for granted."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from ampersand.channels import actions
from ampersand.channels.models import Import
from ampersand.desk.import_people import field_name
from ampersand.desk.tests.test_import_pages import bring, queued, signed_in
from ampersand.parties.models import Party
from ampersand.timeline.models import Moment, Participant
from tests.cast import Cast

pytestmark = pytest.mark.django_db

CHAT = b"13/03/2026, 14:31 - Mum: Will you come?\n13/03/2026, 14:40 - Me: I will\n"
UNSURE = b"01/02/2026, 14:31 - Mum: Will you come?\n01/03/2026, 14:40 - Me: I will\n"


def told(**answers: str) -> dict[str, str]:
    """The fields of the page by whom they are about: who_Mum, name_Mum, and days of the file."""
    found = {}
    for name, answer in answers.items():
        kind, _, whom = name.partition("_")
        found[field_name(kind, "chat.txt" if kind == "days" else f"WhatsApp:{whom}")] = answer
    return found


def ask(cast: Cast, content: bytes = CHAT, name: str = "chat.txt") -> str:
    return bring(signed_in(cast.maya), (name, content))["Location"]


def test_names_that_nobody_can_tell_are_asked_for(cast: Cast) -> None:
    url = ask(cast)

    import_ = Import.objects.get()
    page = signed_in(cast.maya).get(url).content.decode()
    assert url == reverse("desk:import_people", args=[import_.pk])
    assert queued() == []
    assert "Who is “Mum”?" in page
    assert "Will you come?" in page


def test_said_who_they_are_it_is_brought_in(cast: Cast) -> None:
    url, client = ask(cast), signed_in(cast.maya)

    answer = client.post(url, told(who_Mum="new", name_Mum="Rosa Miller", who_Me="me"))

    import_ = Import.objects.get()
    assert answer["Location"] == reverse("desk:import_report", args=[import_.pk])
    assert queued() == [str(import_.pk)]
    actions.carry_out(import_)
    assert Participant.objects.filter(party__name="Rosa Miller").count() == 2
    assert Moment.objects.get(words="I will").began == "us"
    assert "4 seen: 3 new, 1 joined" in client.get(answer["Location"]).content.decode()


def test_what_was_said_is_not_asked_again(cast: Cast) -> None:
    client = signed_in(cast.maya)
    client.post(ask(cast), told(who_Mum="new", name_Mum="Rosa Miller", who_Me="me"))
    actions.carry_out(Import.objects.get())

    url = ask(cast, CHAT + b"14/03/2026, 14:40 - Mum: Good\n")

    assert "/people/" not in url
    assert len(queued()) == 2


def test_somebody_of_the_book_is_found_by_the_name_beside(cast: Cast) -> None:
    jane = Party.objects.get(name="Jane Okafor")
    url, client = ask(cast), signed_in(cast.maya)

    client.post(url, told(who_Mum="other", name_Mum="jane okafor", who_Me="me"))
    actions.carry_out(Import.objects.get())

    assert Participant.objects.filter(party=jane, moment__words="I will").exists()


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (told(who_Mum="", who_Me="me"), "Say who this is, or leave out what they wrote."),
        (told(who_Mum="other", name_Mum="Nobody There", who_Me="me"), "Nobody in the book has this name."),
        (told(who_Mum="new", name_Mum="Rosa", who_Me="new", name_Me="Max"), "One of the two in each chat is you."),
        (told(who_Mum="new", name_Mum="x" * 400, who_Me="me"), "at most 300"),
        (told(who_Mum="0f0f0f0f-0000-4000-8000-000000000000", who_Me="me"), "not one of the available choices"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(cast: Cast, answers: dict[str, str], says: str) -> None:
    url = ask(cast)

    answer = signed_in(cast.maya).post(url, answers)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert queued() == []


def test_days_that_may_be_read_two_ways_are_asked_for(cast: Cast) -> None:
    url, client = ask(cast, UNSURE), signed_in(cast.maya)
    page = client.get(url).content.decode()

    client.post(url, told(who_Mum="new", name_Mum="Rosa", who_Me="me", days_Mum="MDY"))
    actions.carry_out(Import.objects.get())

    assert "1 February 2026 to 1 March 2026: the day stands first" in page
    assert "2 January 2026 to 3 January 2026: the month stands first" in page
    assert [str(one.on_day) for one in Moment.objects.filter(words="I will")] == ["2026-01-03"]


def test_names_in_the_archive_of_a_telephone_are_asked_for(cast: Cast) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("_chat.txt", CHAT)
        archive.writestr("00000002-PHOTO.jpg", b"\xff\xd8\xff")

    url = ask(cast, packed.getvalue(), "WhatsApp Chat - Mum.zip")

    page = signed_in(cast.maya).get(url).content.decode()
    assert "Who is “Mum”?" in page
    assert "Who is “Me”?" not in page


def test_only_whoever_brought_it_is_asked(cast: Cast) -> None:
    assert signed_in(cast.tom).get(ask(cast)).status_code == 404


def chatty(cast: Cast, *, days: int, a_day: int) -> Client:
    """A chat with Jane: so many messages on each of so many days."""
    lines = [
        f"{day:02}/03/2026, 14:{minute:02} - {'Jane Okafor' if minute % 2 else 'Maya Lindqvist'}: {day} {minute}"
        for day in range(31 - days, 31)
        for minute in range(a_day)
    ]
    client = signed_in(cast.maya)
    bring(client, ("WhatsApp Chat with Jane Okafor.txt", "\n".join(lines).encode()))
    actions.carry_out(Import.objects.get())
    return client


def test_a_day_of_a_chat_is_one_entry_of_the_notebook(cast: Cast) -> None:
    client = chatty(cast, days=2, a_day=5)
    jane = Party.objects.get(name="Jane Okafor").relationship

    page = client.get(reverse("desk:relationship", args=[jane.pk])).content.decode()
    every = client.get(reverse("desk:moments", args=[jane.pk])).content.decode()

    assert page.count("5 messages") == every.count("5 messages") == 2
    assert "30 4" in page
    assert "30 3" not in page


def test_a_message_is_shown_in_the_conversation_of_its_day(cast: Cast) -> None:
    client = chatty(cast, days=2, a_day=3)
    moment = Moment.objects.get(words="30 1")

    page = client.get(reverse("desk:moment", args=[moment.pk])).content.decode()

    assert ("30 0" in page, "30 2" in page, "29 1" in page) == (True, True, False)


def test_the_days_of_a_long_chat_are_paged_through_without_a_gap(cast: Cast) -> None:
    client = chatty(cast, days=30, a_day=31)
    jane = Party.objects.get(name="Jane Okafor").relationship
    url, counted = reverse("desk:moments", args=[jane.pk]), 0

    for _ in range(3):
        page = client.get(url).content.decode()
        counted += sum(int(number) for number in re.findall(r"(\d+) messages", page))
        earlier = re.search(r'href="([^"]+before=[^"]+)"', page)
        url = earlier[1].replace("&amp;", "&") if earlier else url

    assert (counted, earlier) == (930, None)
