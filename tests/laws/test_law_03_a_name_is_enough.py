"""Law 3. Nothing is required but a name or the words; what mail, calendar and a note tell of the same thing is one moment."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import models
from django.forms import Form
from django.utils import timezone

from ampersand.channels.models import ImportKind
from ampersand.channels.tests.bringing import bring_in, counted
from ampersand.core.models import Source, SourceKind
from ampersand.desk import forms, house_forms
from ampersand.desk.today import today_page
from ampersand.notebook import actions as notebook
from ampersand.notebook.models import Note
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.models import LineKind, Party, Relationship
from ampersand.promises import actions as promises
from ampersand.readings import actions as readings
from ampersand.timeline import actions as timeline
from ampersand.timeline.actions import Happening, Taker
from ampersand.timeline.models import Mode, Moment
from tests import cast as said
from tests.cast import Cast
from tests.laws.looking import client_of, every_page, page_of, read, relationship_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def bram(cast: Cast) -> Relationship:
    """Somebody of whom only a name was written, on the page."""
    client_of(cast.maya).post("/parties/new/", {"name": "Bram", "kind": "person"})
    return Relationship.objects.get(party__name="Bram")


def test_a_name_alone_makes_somebody_known(bram: Relationship) -> None:
    party = bram.party

    assert not party.identifiers.exists()
    assert not party.details.exists()
    assert not party.ties_out.exists()


def test_the_book_asks_for_nothing_but_a_name() -> None:
    needed = {
        one.name
        for one in Party._meta.concrete_fields
        if not one.has_default() and not one.null and not one.blank and one.name != "told_at"
    }

    assert needed <= {"name"}
    assert isinstance(Party._meta.get_field("name"), models.CharField)


def test_no_form_about_somebody_needs_more_than_a_name() -> None:
    assert answers_without(forms.PartyForm(data={"name": "Bram", "kind": "person"})) == {}
    assert answers_without(house_forms.FoundForm(data={"member_name": "Ruth"})) == {}
    assert answers_without(house_forms.JoinForm(data={"name": "Ruth"})) == {}


def answers_without(form: Form) -> dict[str, object]:
    return dict(form.errors)


def test_somebody_with_a_name_alone_goes_through_every_act(cast: Cast, bram: Relationship) -> None:
    party, at = bram.party, timezone.now()

    said.moment(party, by=cast.maya)
    ours = said.promise(cast.maya.party, party, told_by=cast.maya)
    theirs = said.promise(party, cast.maya.party, told_by=cast.maya)
    promises.say_done(ours, speaker=said.says(cast.maya, at=at))
    promises.call(theirs, "kept", speaker=said.says(cast.maya, at=at))
    said.line(party, told_by=cast.maya)
    said.line(party, told_by=cast.maya, words="who decides?", kind=LineKind.WONDER)
    said.order(party, told_by=cast.maya)
    said.concession(party, cast.maya.party, told_by=cast.maya)
    readings.read_one(bram.pk, at=at)

    assert "Bram" in read(relationship_page(cast.maya, bram))


def test_every_page_opens_for_somebody_with_a_name_alone_and_asks_for_nothing(cast: Cast, bram: Relationship) -> None:
    pages = [markup for _address, markup in every_page(cast.ruth, query="Bram")]
    pages.append(page_of(cast.maya, "party", bram.party_id))

    for markup in pages:
        assert not re.search(r"incomplete|missing|please (fill|add)|not filled", read(markup), re.IGNORECASE)
    assert len(pages) > 15
    assert client_of(cast.ruth).post(f"/parties/{bram.party_id}/erase/", {"word": "erase"}).status_code == 302


def test_words_alone_are_kept(cast: Cast) -> None:
    answer = client_of(cast.maya).post("/notes/keep/", {"words": "Rain all day."})

    assert answer.status_code == 302
    assert Note.objects.get().words == "Rain all day."


def test_a_table_with_nothing_but_names_is_taken(cast: Cast, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("Name\nOdalys Brand\nBram\n")

    brought = counted(bring_in(table, by=cast.maya, kind=ImportKind.PEOPLE))

    assert (brought.new, brought.rejected) == (2, 0)
    assert Relationship.objects.filter(party__name__in=["Odalys Brand", "Bram"]).count() == 2


def test_a_note_about_somebody_known_makes_nobody_a_second_time(cast: Cast) -> None:
    before = set(Party.objects.values_list("pk", flat=True))

    for words in ("Visited Jane Okafor.", "jane okafor called.", "Wrote to Jane Okafor of Alder Hotels."):
        client_of(cast.maya).post("/notes/keep/", {"words": words})

    assert set(Party.objects.values_list("pk", flat=True)) == before
    assert Note.objects.count() == 3


def test_words_about_somebody_new_need_no_more_than_their_name(cast: Cast) -> None:
    client_of(cast.maya).post("/notes/keep/", {"words": "Called Odalys Brand about the terrace."})

    assert Party.objects.filter(name="Odalys Brand").count() == 1
    assert Moment.objects.get().mode == Mode.CALL


def a_source() -> Source:
    return Source.objects.create(kind=SourceKind.CALENDAR, made_at=timezone.now())


def happening(cast: Cast, mode: str, at: datetime, key: str) -> Happening:
    takers = [Taker(cast.maya.party), Taker(cast.jane)]
    return Happening(mode=mode, happened_at=at, zone="Europe/London", takers=takers, key=key, subject="Tasting")


def test_mail_calendar_and_a_note_about_one_thing_are_one_moment(cast: Cast) -> None:
    at = timezone.now().replace(hour=9, minute=0, second=0, microsecond=0)
    meeting = happening(cast, Mode.VISIT, at, "event:tasting@alder.example/")

    # The invitation is a mail of the same event, and so has its key; Tom's calendar holds it too.
    for teller in (cast.maya, cast.tom, cast.ruth):
        timeline.tell(meeting, teller=Teller(at=at, by=teller, source=a_source()))
    note = notebook.keep(
        "Visited Jane Okafor, quiet machines matter.",
        member=cast.maya,
        device_id=uuid4(),
        written_at=at + timedelta(hours=2),
        zone="Europe/London",
        at=at + timedelta(hours=2),
    )

    [moment] = Moment.objects.all()
    assert moment.tellings.count() == 4
    assert note.pieces.filter(kind="encounter", fact_id=moment.pk, joined=True).count() == 1


def test_one_mail_in_two_mailboxes_is_one_moment(cast: Cast) -> None:
    mail = happening(cast, Mode.MAIL, timezone.now(), "mail:1@alder.example")

    for teller in (cast.maya, cast.tom):
        timeline.tell(mail, teller=Teller(at=timezone.now(), by=teller, source=a_source()))

    assert Moment.objects.count() == 1


MAIL = """\
Received: by mailbox-{number}.example
From: Jane Okafor <jane@alder.example>
To: Maya <maya@harbourfinch.example>, Tom <tom@harbourfinch.example>
Date: Mon, 5 Oct 2026 09:00:00 +0100
Message-ID: <grind@alder.example>
Subject: Which grind

Which grind do you send us?
"""
CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Alder//Hotels//EN
BEGIN:VEVENT
UID:tasting@alder.example
DTSTAMP:20261001T090000Z
DTSTART:20261005T090000Z
DTEND:20261005T100000Z
SUMMARY:Tasting, as calendar {number} has it
ORGANIZER:mailto:jane@alder.example
ATTENDEE;PARTSTAT=ACCEPTED:mailto:jane@alder.example
ATTENDEE;PARTSTAT=ACCEPTED:mailto:maya@harbourfinch.example
ATTENDEE;PARTSTAT=ACCEPTED:mailto:tom@harbourfinch.example
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize(("name", "words"), [("mail.eml", MAIL), ("calendar.ics", CALENDAR)])
def test_what_two_of_us_bring_in_of_one_thing_is_one_moment(cast: Cast, tmp_path: Path, name: str, words: str) -> None:
    parties.tell_identifier(cast.jane, kind="email", value="jane@alder.example", teller=Teller(at=said.NOW))
    people = Party.objects.count()

    for number, member in enumerate((cast.maya, cast.tom)):
        file = tmp_path / f"{number}-{name}"
        # A different file, as two programs would write it, that tells of the same thing.
        file.write_text(words.replace("{number}", str(number)))
        bring_in(file, by=member)

    assert (Moment.objects.count(), Party.objects.count()) == (1, people)


def test_a_note_sent_twice_is_kept_once(cast: Cast) -> None:
    words = {"words": "Visited Jane Okafor.", "note_id": str(uuid4())}

    for _time in range(2):
        client_of(cast.maya).post("/notes/keep/", words)

    assert (Note.objects.count(), Moment.objects.count()) == (1, 1)


def test_today_and_lists_name_whoever_has_but_a_name(cast: Cast, bram: Relationship) -> None:
    said.promise(cast.maya.party, bram.party, told_by=cast.maya)

    page = today_page(cast.maya, at=said.NOW)

    assert "Bram" in {row.name for row in page.tend}
    assert "Bram" in page.ours[0].note
