"""What nobody means to send: every page and every form answers it in a sentence, and none falls over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ampersand.channels.models import Import
from ampersand.desk import ours
from ampersand.desk.understood import corrections_of
from ampersand.members import actions as members
from ampersand.notebook.models import Note
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.promises.models import Promise
from ampersand.terms import actions as terms
from ampersand.terms.lines import Address
from ampersand.timeline.models import Moment
from tests import cast as people
from tests.cast import NOW, Cast
from tests.test_access import TABLE, Making, Row, signed_in, taken_back

pytestmark = pytest.mark.django_db

NOBODYS_ID = "0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a"
HOSTILE = (
    "\x00", "'", '"><script>alert(1)</script>', "0001-01-01", "9999-12-31", "-1", "1e999", "nan", "../../etc/passwd",
    "%", "\\", "{{7*7}}", "\u202e", "\U0001f9ff" * 300, "null", "[]", "0.0.x", "/", "a/b", NOBODYS_ID,
)  # fmt: skip
# Everything our pages read from an address.
ASKED = {
    "desk:search": ("words", "q"),
    "desk:whom": ("words",),
    "desk:relationships": (
        "words", "kind", "tie", "at", "place", "detail", "tended", "promise", "move", "last", "after", "before", "trade",
        "sort", "since", "until",
    ),
    "desk:map": ("show", "says", "as", "at", "page"),
    "desk:moments": ("before", "on"),
    "desk:party": ("on",),
    "desk:traces": ("after",),
    "account_login": ("next",),
}  # fmt: skip


def row_of(name: str, method: str = "get") -> Row:
    return next(row for row in TABLE if (row.name, row.method) == (name, method))


def hostile(fields: tuple[str, ...], *, share: int) -> Iterator[tuple[str, str]]:
    """Fields with hostile words: all of them, or one in so many, another lot for each field."""
    for at, field in enumerate(fields):
        yield from ((field, words) for words in HOSTILE[at % share :: share])


SHARES = (pytest.param(5, id="some"), pytest.param(1, id="all", marks=pytest.mark.long))


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("name", ASKED)
def test_no_address_makes_a_page_fall_over(name: str, share: int, cast: Cast, subtests: pytest.Subtests) -> None:
    client = signed_in(None if name.startswith("account") else cast.maya)
    row = row_of(name)
    with taken_back():
        address = row.address(Making(cast, cast.jane, cast.maya))
        for field, words in hostile(ASKED[name], share=share):
            with subtests.test(field, words=words[:20]):
                answer = client.get(address, {field: words})
                assert answer.status_code in (200, 404)
                assert "<script>alert(1)" not in answer.content.decode()


# Fields of forms that are read without a form of Django's, and of those that are.
TOLD = {
    "desk:understood": ("words", "about", "corrections"),
    "desk:keep_note": ("words", "about", "note_id", "written_at", "corrections"),
    "desk:new_party": ("name", "sort_name", "kind", "at", "email", "phone"),
    "desk:own": ("name", "time_zone", "language", "theme"),
    "desk:move_promise": ("due_on",),
    "desk:put_piece_right": ("words", "due_on", "by"),
    "account_login": ("login", "password", "next"),
    "account_request_login_code": ("email", "next"),
    "desk:invitation": ("name", "password"),
}


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("name", TOLD)
def test_no_form_falls_over(name: str, share: int, cast: Cast, subtests: pytest.Subtests) -> None:
    row = row_of(name, "post")
    is_at_the_door = name.startswith("account") or name == "desk:invitation"
    for field, words in hostile(TOLD[name], share=share):
        with subtests.test(field, words=words[:20]), taken_back():
            client = signed_in(None if is_at_the_door else cast.maya)
            told = {"words": "Visited Jane Okafor.", "name": "Ole", "kind": "person", **row.told, field: words}
            answer = client.post(row.address(Making(cast, cast.jane, cast.maya)), told)
            assert answer.status_code < 500


NOTE = "Visited Jane Okafor. I will send her the volumes by Friday. Gave her 5% off, about £180. Jane advises Ole Berg."


def keys_of(client: Client) -> list[str]:
    page = client.post(reverse("desk:understood"), {"words": NOTE}, headers={"HX-Request": "true"}).content.decode()
    return sorted({part.split('"')[0].replace("&quot;", "") for part in page.split('="') if ":" in part.split('"')[0]})


REFERENCES = (
    "party:", "party:x", "party:\x00", f"party:{NOBODYS_ID}", "new:", "new:\x00", "colleague:", "us", "back", "\ud800",
)  # fmt: skip


@pytest.mark.parametrize("value", [*HOSTILE, *REFERENCES])
def test_no_correction_makes_the_notebook_fall_over(value: str, cast: Cast) -> None:
    client = signed_in(cast.maya)
    kinds = ("encounter", "promise", "concession", "transaction", "tie", "person", "plan", "matters", "question")
    fields = (
        "mode",
        "on",
        "who0",
        "who",
        "by",
        "to",
        "of",
        "from",
        "party",
        "what",
        "due",
        "amount",
        "currency",
        "kind",
        "at",
        "role",
        "is",
    )
    keys = {key.rpartition(".")[0] for key in keys_of(client) if key.split(":")[0] in kinds}
    assert keys
    corrections = json.dumps({f"{key}.{field}": value for key, field in product(keys, fields)})

    for name in ("desk:understood", "desk:keep_note"):
        answer = client.post(reverse(name), {"words": NOTE, "corrections": corrections})
        assert answer.status_code < 400


def test_words_that_look_like_a_reference_are_words(cast: Cast) -> None:
    client = signed_in(cast.maya)
    words = "Visited Jane Okafor. I will party:with her by Friday. I promised Jane party: balloons and new: shoes."

    said = client.post(reverse("desk:understood"), {"words": words})
    kept = client.post(reverse("desk:keep_note"), {"words": words})

    assert (said.status_code, kept.status_code) == (200, 302)


def test_a_correction_reaches_nobody_who_is_hidden(cast: Cast) -> None:
    """An id that somebody learnt elsewhere is worth nothing in a correction."""
    client = signed_in(cast.tom)
    key = next(key.rpartition(".")[0] for key in keys_of(client) if key.startswith("promise:"))
    corrections = json.dumps({f"{key}.to": f"party:{cast.leona.pk}"})

    said = client.post(reverse("desk:understood"), {"words": NOTE, "corrections": corrections}).content.decode()
    client.post(reverse("desk:keep_note"), {"words": NOTE, "corrections": corrections})

    assert "Leona" not in said
    assert not Promise.objects.filter(to=cast.leona).exists()


@given(st.text(max_size=300))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_corrections_are_a_map_of_words_whatever_arrives(text: str) -> None:
    told = corrections_of(text)
    assert all(isinstance(key, str) and isinstance(value, str) for key, value in told.items())


def test_a_box_that_comes_back_with_a_number_of_somebody_elses_keeps_a_note_of_its_own(cast: Cast) -> None:
    """A machine that two share: the other's note is neither touched nor told of, and sent twice this one is kept once."""
    number = str(uuid4())
    signed_in(cast.maya).post(reverse("desk:keep_note"), {"words": "Hers alone.", "note_id": number})
    client = signed_in(cast.tom)

    answers = [client.post(reverse("desk:keep_note"), {"words": "His own.", "note_id": number}) for _ in range(2)]

    assert {answer.status_code for answer in answers} == {302}
    assert [note.words for note in Note.objects.order_by("id")] == ["Hers alone.", "His own."]


NAMES = (
    "../../../etc/passwd", "..\\..\\boot.ini", 'a"\r\nX-Evil: 1.csv', "\u202efdp.csv", "x" * 400 + ".csv", ".csv", "%00.csv",
    "=cmd|' /C calc'!A0.csv", "<script>alert(1)</script>.csv",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_a_file_reaches_further_than_a_label(name: str, cast: Cast) -> None:
    client = signed_in(cast.maya)
    file = SimpleUploadedFile("x.csv", b"Name,Email,Born\n=HYPERLINK(1),a@b.example,soon\n,,\n")
    file.__dict__["_name"] = name  # what a browser of evil intent would send

    begun = client.post(reverse("desk:start_import"), {"files": file})

    import_ = Import.objects.get()
    assert begun.status_code == 302
    assert "/" not in str(import_.source)
    assert "\n" not in str(import_.source)
    report: Any = client.get(begun.headers["Location"], follow=True)
    assert "<script>alert(1)" not in report.content.decode()


def test_a_note_about_the_ends_of_time_is_kept(cast: Cast) -> None:
    client = signed_in(cast.maya)
    for words in (
        "Met Jane Okafor on 1 January 0001.",
        "Meeting Jane Okafor on 31 December 9999.",
        "Jane by 9999-12-31.",
    ):
        assert client.post(reverse("desk:understood"), {"words": words}).status_code == 200
        assert client.post(reverse("desk:keep_note"), {"words": words}).status_code == 302
    assert all(moment.on_day.year > 0 for moment in Moment.objects.all())


MARKUP = "<img src=x onerror=alert(1)>'\"&lt;svg/onload=alert(2)&gt;"


@pytest.fixture
def marked(cast: Cast) -> Cast:
    """Whatever people and files may name has markup in it."""
    maya, teller = cast.maya, Teller(at=NOW, by=cast.maya)
    for party in (cast.jane, cast.alder):
        parties.rename(party, name=f"{MARKUP} {party.name}", sort_name=MARKUP, by=maya, at=NOW)
        people.line(party, words=MARKUP, told_by=maya)
        people.line(party, words=MARKUP, told_by=maya, kind="wonder")
        people.moment(party, by=maya, subject=MARKUP, words=MARKUP, at=timezone.now())
        people.promise(maya.party, party, words=MARKUP, told_by=maya)
        people.promise(party, maya.party, words=MARKUP, told_by=maya)
        people.concession(maya.party, party, words=MARKUP, told_by=maya)
        people.order(party, number=MARKUP, words=MARKUP, told_by=maya)
        people.note(maya, MARKUP, about=party.relationship)
        parties.tell_detail(party, label=MARKUP, value=MARKUP, teller=teller)
        terms.say(party, words=MARKUP, lines=[Address(MARKUP)], said_at=NOW, teller=teller)
        parties.tell_identifier(party, kind="url", value=f"javascript:alert(3)//{MARKUP}", teller=teller)
    parties.tell_tie(kind="advises", from_party=cast.jane, to_party=cast.alder, teller=teller, role=MARKUP)
    ours.change_own(maya, name=MARKUP, time_zone="", language="", theme="", has_single_keys=True, at=NOW)
    ours.rename_house(cast.house, MARKUP)
    members.change_house(cast.house, by=cast.ruth, at=NOW, name=MARKUP)
    members.name_team(MARKUP, by=cast.ruth, at=NOW)
    return cast


def test_no_page_runs_what_somebody_wrote(marked: Cast, subtests: pytest.Subtests) -> None:
    """Names and words of files and of people stand on pages as words, in text, in attributes and in drawings."""
    client = signed_in(marked.maya)
    # A photo is no page, and drawn anew: `test_known.py`. What was sent is saved and never opened: `test_attached.py`, and so
    # are terms and agreements as JSON, and offers on paper.
    bytes_alone = (
        *("desk:photo", "desk:file", "desk:terms_file", "desk:terms_receipt"),
        *("desk:version_text", "desk:offer_paper", "desk:offer_file"),
    )
    pages = [
        row for row in TABLE if row.method == "get" and row.answers["tends"] == 200 and row.name not in bytes_alone
    ]
    told = {"words": "alert", "q": "alert", "tended": "me"}

    for row in pages:
        with subtests.test(row.name), taken_back():
            page = client.get(row.address(Making(marked, marked.jane, marked.maya)), told).content.decode()
            soup = BeautifulSoup(page, "html.parser")
            assert soup.find("img") is None
            assert [tag.name for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)] == []
            assert [tag for tag in soup.find_all(href=True) if str(tag["href"]).startswith("javascript:")] == []
