"""On the page of a note its writer puts right or takes back each thing that was kept of it, alone."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.utils import timezone

from ampersand.members.models import Member
from ampersand.notebook import actions as notebook
from ampersand.notebook.models import Note
from ampersand.promises import actions as promises
from ampersand.promises.models import Promise
from ampersand.timeline.models import Moment
from tests.cast import Cast, says
from tests.laws.looking import client_of

pytestmark = pytest.mark.django_db
WORDS = "Called Jane Okafor and Ole Berg. I'll send Jane the volumes by Friday."


@pytest.fixture
def note(cast: Cast) -> Note:
    return keep(WORDS, cast.maya)


@pytest.fixture
def maya(cast: Cast) -> Client:
    return client_of(cast.maya)


def test_a_piece_is_put_right_by_its_form_and_undone(cast: Cast, maya: Client, note: Note) -> None:
    url = act_in(row(maya, note, "Promise"), "Put right")
    day = timezone.localdate() + timedelta(days=30)

    form = maya.get(url).content.decode()
    answer = maya.post(url, {"words": "send the tender", "due_on": day.isoformat(), "by": "ours", "whom": cast.jane.pk})
    right = row(maya, note, "Promise")

    assert "the volumes" in form
    assert answer.headers["Location"] == f"/notes/{note.pk}/"
    assert "put right by hand" in right.get_text()
    assert "Maya Lindqvist to Jane Okafor: send the tender, by" in right.get_text()
    maya.post(act_in(right, "Undo"))
    assert "tender" not in row(maya, note, "Promise").get_text()
    assert Promise.objects.standing().get().due_on != day


def test_a_form_sent_twice_puts_right_once(cast: Cast, maya: Client, note: Note) -> None:
    url = act_in(row(maya, note, "Promise"), "Put right")
    told = {"words": "send the tender", "due_on": "", "by": "ours", "whom": cast.jane.pk}

    answers = [maya.post(url, told).headers["Location"] for _ in range(2)]

    assert answers == [f"/notes/{note.pk}/"] * 2
    assert Promise.objects.count() == 2
    assert Promise.objects.standing().get().words == "send the tender"


def test_a_form_sent_as_it_stands_changes_nothing(cast: Cast, maya: Client, note: Note) -> None:
    promise = Promise.objects.get()
    url = act_in(row(maya, note, "Promise"), "Put right")

    maya.post(
        url,
        {
            "words": promise.words,
            "due_on": promise.due_on.isoformat() if promise.due_on else "",
            "by": "ours",
            "whom": promise.to_id,
        },
    )

    assert Promise.objects.get() == promise
    assert "put right by hand" not in row(maya, note, "Promise").get_text()


def test_a_form_in_german_keeps_the_day_and_the_amount(cast: Cast, maya: Client) -> None:
    cast.maya.language = "de"
    cast.maya.save(update_fields=["language"])
    note = keep("Jane Okafor ordered for £1,200.50. I'll send her the volumes by Friday.", cast.maya)
    due_on = Promise.objects.get().due_on

    promised = maya.get(act_in(row(maya, note, "Zusage"), "Berichtigen")).content.decode()
    ordered = maya.get(act_in(row(maya, note, "Handel"), "Berichtigen")).content.decode()

    assert due_on is not None
    assert f'value="{due_on.isoformat()}"' in promised
    assert 'value="1200.5"' in ordered


def test_a_form_that_cannot_be_read_keeps_what_was_typed(maya: Client, note: Note) -> None:
    url = act_in(row(maya, note, "Promise"), "Put right")

    refused = maya.post(url, {"words": " ", "due_on": "9999-01-01", "by": "nobody"})

    assert refused.status_code == 422
    assert "Write a few words, or take it back instead." in refused.content.decode()
    assert "Choose a day nearer to now." in refused.content.decode()
    assert 'value="9999-01-01"' in refused.content.decode()


def test_a_piece_is_taken_back_in_its_row_and_brought_back(maya: Client, note: Note) -> None:
    url = act_in(row(maya, note, "You met"), "Take back this one")

    taken = only_row(maya.post(url, headers={"HX-Request": "true"}).content.decode())
    back = only_row(maya.post(act_in(taken, "Undo"), headers={"HX-Request": "true"}).content.decode())

    assert "Taken back." in taken.get_text()
    assert "Take back this one" in back.get_text()
    assert Moment.objects.standing().count() == 1


def test_what_was_taken_back_stands_on_the_page_as_such(maya: Client, note: Note) -> None:
    maya.post(act_in(row(maya, note, "You met"), "Take back this one"))

    taken = row(maya, note, "You met")

    assert "Taken back." in taken.get_text()
    assert act_in(taken, "Undo")
    assert "Put right" not in taken.get_text()


def test_what_was_settled_since_stays_and_it_is_said_why(cast: Cast, maya: Client, note: Note) -> None:
    promises.say_done(Promise.objects.get(), speaker=says(cast.tom, at=timezone.now()))
    url = act_in(row(maya, note, "Promise"), "Take back this one")

    in_place = maya.post(url, headers={"HX-Request": "true"}).content.decode()
    page = maya.post(url, follow=True).content.decode()

    assert "Something was said of it since. So it stays." in in_place
    assert "Something was said of it since. So it stays." in page
    assert Promise.objects.standing().exists()


def test_who_reads_a_shared_note_may_do_nothing_with_its_pieces(cast: Cast, note: Note) -> None:
    notebook.share(note, by=cast.maya, at=timezone.now())

    page = client_of(cast.tom).get(f"/notes/{note.pk}/").content.decode()

    assert "the volumes" in page
    assert "Take back this one" not in page
    assert "Put right" not in page


def test_a_name_is_put_right_on_its_own_page(maya: Client, note: Note) -> None:
    assert act_in(row(maya, note, "Who"), "Put right").endswith("/edit/")


def test_the_notice_of_a_note_that_was_kept_leads_to_its_pieces(maya: Client) -> None:
    kept = maya.post("/notes/keep/", {"words": WORDS, "note_id": uuid4()}, headers={"HX-Request": "true"})

    assert "Piece by piece" in kept.content.decode()


def keep(words: str, by: Member) -> Note:
    at = timezone.now()
    return notebook.keep(words, member=by, device_id=uuid4(), written_at=at, zone="Europe/London", at=at)


def row(client: Client, note: Note, kind: str) -> Tag:
    page = BeautifulSoup(client.get(f"/notes/{note.pk}/").content.decode(), "html.parser")
    return next(one for one in page.select("main li[data-row]") if next(one.stripped_strings) == kind)


def only_row(html: str) -> Tag:
    return BeautifulSoup(html, "html.parser").select("li")[0]


def act_in(row: Tag, words: str) -> str:
    act = next(one for one in row.select("a, button") if words in one.get_text())
    return str(act.get("formaction") or act.get("href"))
