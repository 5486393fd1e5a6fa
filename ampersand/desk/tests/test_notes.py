"""What becomes of a note on the pages: at which hour it stands, and on whose page its words are."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from ampersand.desk import moment_page
from ampersand.desk.kept import kept_of, kept_says
from ampersand.desk.note_page import note_page
from ampersand.desk.today import today_page
from ampersand.desk.understood import understood_page
from ampersand.members.models import Member
from ampersand.notebook import actions, pieces
from ampersand.notebook.models import Note, PieceKind
from ampersand.parties.models import Relationship
from ampersand.timeline.models import Moment
from tests import cast as told
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    return client


def keep(words: str, by: Member, *, at: datetime | None = None) -> Note:
    at = at or timezone.now()
    return actions.keep(words, member=by, device_id=uuid4(), written_at=at, zone="Europe/London", at=at)


def read(member: Member, url: str) -> str:
    answer = signed_in(member).get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_note_gives_no_hour_to_what_it_tells_of(cast: Cast) -> None:
    keep("Called Jane.", cast.maya)

    call = Moment.objects.get(mode="call")
    assert call.is_all_day
    assert (
        f"{timezone.localtime(call.happened_at):%H:%M}" not in read(cast.maya, f"/moments/{call.pk}/").split("told")[0]
    )


def test_what_a_note_tells_has_happened_is_no_meeting_of_today(cast: Cast) -> None:
    at = timezone.now()
    keep("Called Jane.", cast.maya, at=at)
    told.moment(cast.jane, by=cast.maya, at=at, subject="Tasting")

    page = today_page(cast.maya, at=at)

    assert [(row.at, row.note) for row in page.meetings] == [(at, "Tasting")]


def test_what_a_note_tells_will_be_today_is_a_meeting_without_an_hour(cast: Cast) -> None:
    at = timezone.now()
    keep("Will meet Jane today.", cast.maya, at=at)

    page = today_page(cast.maya, at=at)

    assert [(row.name, row.at, row.is_some_time) for row in page.meetings] == [("Jane Okafor", None, True)]


def test_a_plan_waits_on_its_day_with_the_words_its_writer_alone_sees(cast: Cast) -> None:
    at = timezone.now()
    note = keep("Met Ole Berg. Remind me to call Jane tomorrow, ask about her knee.", cast.maya, at=at)
    tomorrow = at + timedelta(days=1)

    mine, toms = today_page(cast.maya, at=tomorrow).meetings, today_page(cast.tom, at=tomorrow).meetings

    assert [(row.name, row.own_words) for row in mine] == [
        ("Jane Okafor", "Remind me to call Jane tomorrow, ask about her knee.")
    ]
    assert mine[0].own_url == f"/notes/{note.pk}/"
    assert toms == ()
    assert today_page(cast.maya, at=at).meetings == ()
    assert "her knee" not in read(cast.tom, f"/relationships/{cast.with_jane.pk}/")


def test_a_plan_that_was_put_on_another_day_or_taken_back_waits_there_or_nowhere(cast: Cast) -> None:
    at = timezone.now()
    note = keep("Remind me to call Jane tomorrow.", cast.maya, at=at)
    plan = note.pieces.get(kind=PieceKind.PLAN)
    later = at + timedelta(days=3)

    moved = pieces.put_right(plan, {"mode": "call", "on": timezone.localdate(later)}, by=cast.maya, at=at)
    there = [today_page(cast.maya, at=day).meetings for day in (at + timedelta(days=1), later)]
    pieces.take_back(moved, by=cast.maya, at=at)

    assert [[row.own_words for row in rows] for rows in there] == [[], ["Remind me to call Jane tomorrow."]]
    assert today_page(cast.maya, at=later).meetings == ()


def test_a_plan_waits_no_longer_once_a_note_tells_that_it_happened(cast: Cast) -> None:
    at = timezone.now()
    keep("Will call Jane today.", cast.maya, at=at)
    before = today_page(cast.maya, at=at).meetings
    note = keep("Called Jane.", cast.maya, at=at)

    after = today_page(cast.maya, at=at).meetings
    pieces.take_back(note.pieces.get(kind=PieceKind.ENCOUNTER), by=cast.maya, at=at)

    assert [row.name for row in before] == ["Jane Okafor"]
    assert after == ()
    assert today_page(cast.maya, at=at).meetings == before
    assert Moment.objects.count() == 1


def test_a_note_stands_on_the_page_of_whom_it_names_for_its_writer(cast: Cast) -> None:
    keep("Met Nadia Rahman; she bakes at night.", cast.maya)
    nadia = Relationship.objects.get(party__name="Nadia Rahman")

    page = read(cast.maya, f"/relationships/{nadia.pk}/")

    assert "she bakes at night" in page
    assert "only you see this" in page
    assert "Nothing between you yet" not in page
    assert "You were in touch on one day so far: today." in page


def test_who_may_not_read_a_note_sees_that_they_met(cast: Cast) -> None:
    keep("Met Nadia Rahman; she bakes at night.", cast.maya)
    nadia = Relationship.objects.get(party__name="Nadia Rahman")

    page = read(cast.tom, f"/relationships/{nadia.pk}/")

    assert "bakes" not in page
    assert "today, visit, Maya Lindqvist" in page
    assert "Nothing between you yet" not in page


def test_words_that_were_shared_stand_there_for_the_others(cast: Cast) -> None:
    note = keep("Met Nadia Rahman; she bakes at night.", cast.maya)
    actions.share(note, by=cast.maya, at=timezone.now())
    nadia = Relationship.objects.get(party__name="Nadia Rahman")

    page = read(cast.tom, f"/relationships/{nadia.pk}/")

    assert "she bakes at night" in page
    assert "only you see this" not in page


def test_a_note_that_only_promises_or_mentions_stands_on_their_page_too(cast: Cast) -> None:
    keep("We promised Jane the autumn volumes.", cast.maya)
    keep("Rain all day. Jane Okafor would have laughed.", cast.maya)

    page = read(cast.maya, f"/relationships/{cast.with_jane.pk}/")

    assert "the autumn volumes." in page
    assert "Rain all day." in page


def test_all_moments_say_the_words_for_who_may_read_them(cast: Cast) -> None:
    keep("Called Jane, she was merry.", cast.maya)
    keep("Rain all day. Jane Okafor would have laughed.", cast.maya)
    url = f"/relationships/{cast.with_jane.pk}/moments/"

    ours, theirs = read(cast.maya, url), read(cast.tom, url)

    assert (ours.count("she was merry"), ours.count("Rain all day"), ours.count("only you see this")) == (1, 1, 2)
    assert "merry" not in theirs
    assert "today, call, Maya Lindqvist" in theirs


def test_a_moment_shows_the_note_that_told_it_to_its_writer(cast: Cast) -> None:
    note = keep("Called Jane, she was merry.", cast.maya)
    call = Moment.objects.get(mode="call")

    ours, theirs = (read(member, f"/moments/{call.pk}/") for member in (cast.maya, cast.tom))

    assert "she was merry" in ours
    assert f"/notes/{note.pk}/" in ours
    assert "merry" not in theirs


def test_moments_and_notes_go_on_where_a_page_ends(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moment_page, "PAGE_ROWS", 2)
    at = timezone.now()
    for number, words in enumerate(["Called Jane.", "Jane Okafor is 50.", "Saw Jane.", "Jane Okafor plays chess."]):
        keep(words, cast.maya, at=at - timedelta(days=number))

    told: list[str] = []
    before = ""
    for _page in range(2):
        page = moment_page.moments_page(cast.with_jane, member=cast.maya, before=before, at=at)
        told += [row.says for row in page.rows]
        before = parse_qs(urlsplit(page.earlier_url).query).get("before", [""])[0]

    assert told == ["Called Jane.", "Jane Okafor is 50.", "Saw Jane.", "Jane Okafor plays chess."]
    assert before == ""


@pytest.mark.parametrize(
    "words",
    [
        "Met Nadia Rahman of Alder Hotels. We promised Nadia the autumn volumes by Friday.",
        "Called Jane Okafor of Alder Hotels, she was merry.",
        "Rain all day. Jane Okafor would have laughed.",
    ],
)
def test_what_is_said_to_be_kept_is_as_many_as_the_rows(words: str, cast: Cast) -> None:
    at = timezone.now()
    understood = understood_page(words, member=cast.maya, written_at=at, about=None, corrections={})
    rows = understood.rows if understood else ()

    note = keep(words, cast.maya, at=at)

    page = note_page(note, member=cast.maya)
    assert len(kept_of(note)) == len(rows) == len(page.pieces)
    assert (
        kept_says(note, member=cast.maya).sentence
        == {
            0: "Kept. The words are yours.",
            1: "Kept, with one thing of it for the house.",
            4: "Kept, with 4 things of it for the house.",
        }[len(rows)]
    )
