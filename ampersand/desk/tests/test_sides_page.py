from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ampersand.core.rooms import Room
from ampersand.desk.relationship import relationship_page
from ampersand.parties import sides
from ampersand.parties.models import LineKind, SideLine
from ampersand.parties.speaking import Speaker
from ampersand.parties.voices import Voice
from tests.cast import NOW, Cast, line, says

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def maya(cast: Cast, client: Client) -> Client:
    client.force_login(cast.maya)
    return client


def url(cast: Cast, side: str = "") -> str:
    return f"/relationships/{cast.with_jane.pk}/sides/" + (f"{side}/" if side else "")


def written(client: Client, cast: Cast, side: str, **told: str) -> SideLine:
    answer = client.post(url(cast, side), {"kind": "matters", **told})
    assert answer.status_code == 302, answer.content
    return SideLine.objects.latest("told_at")


def test_what_they_said_is_written_as_their_word_told_by_the_member(maya: Client, cast: Cast) -> None:
    told = written(maya, cast, "theirs", words="quiet machines", is_quote="on")
    page = maya.get(f"/relationships/{cast.with_jane.pk}/").content.decode()
    assert (told.is_ours, told.voice, told.room, told.is_quote) == (False, Voice.TOLD_BY_US, Room.OURS, True)
    assert "“quiet machines”" in page
    assert "Jane, told by Maya Lindqvist" in page


def test_a_line_of_ours_is_read_by_us_alone_until_it_is_shared(maya: Client, cast: Cast) -> None:
    told = written(maya, cast, "ours", words="two more years", kind="hope")
    before = maya.get(f"/relationships/{cast.with_jane.pk}/").content.decode()
    shown = maya.get(f"/lines/{told.pk}/share/").content.decode()
    maya.post(f"/lines/{told.pk}/share/")
    after = maya.get(f"/relationships/{cast.with_jane.pk}/").content.decode()

    assert "Only we read this." in before
    assert "two more years" in shown
    assert "Harbour &amp; Finch" in shown
    assert "Jane reads this too." in after
    assert f"/lines/{told.pk}/share/" not in after


def test_a_question_says_who_wonders_and_keeps_its_answer(maya: Client, cast: Cast) -> None:
    asked = written(maya, cast, "question", words="Who signs?")
    page = maya.post(f"/questions/{asked.pk}/answered/", {"words": "Helen."}, headers=HTMX).content.decode()
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("Helen.", cast.maya.party)
    assert "Who signs?" in page
    assert "“Helen.”" in page


def test_an_answer_of_long_ago_stands_on_the_page_of_both_sides_alone(maya: Client, cast: Cast) -> None:
    asked = line(cast.jane, words="Who signs?", told_by=cast.maya, kind=LineKind.WONDER)
    long_ago = timezone.now() - timedelta(days=60)
    sides.answer(asked, words="Helen.", speaker=says(cast.maya, at=long_ago))
    assert "Helen." not in maya.get(f"/relationships/{cast.with_jane.pk}/").content.decode()
    assert "Helen." in maya.get(url(cast)).content.decode()


def test_said_otherwise_and_withdrawn_it_stays_to_be_read(maya: Client, cast: Cast) -> None:
    told = written(maya, cast, "theirs", words="price")
    maya.post(f"/lines/{told.pk}/change/", {"words": "quiet"})
    standing = SideLine.objects.standing().get(kind="matters")
    maya.post(f"/lines/{standing.pk}/withdraw/")
    page = maya.get(url(cast)).content.decode()
    assert not SideLine.objects.standing().filter(kind="matters").exists()
    assert page.count("It stood until") == 2


def test_what_is_wrong_is_said_beside_the_field_with_what_was_typed(maya: Client, cast: Cast) -> None:
    for headers in ({}, HTMX):
        answer = maya.post(url(cast, "ours"), {"kind": "soul", "words": "x" * 40}, headers=headers)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
        assert "x" * 40 in answer.content.decode()
    for words in ("", " \n", "x" * 5_000, "a\x00b"):
        assert maya.post(url(cast, "theirs"), {"kind": "matters", "words": words}).status_code == 422
    assert not SideLine.objects.exists()


def test_script_is_written_as_words(maya: Client, cast: Cast) -> None:
    written(maya, cast, "ours", words="<script>alert(1)</script>")
    page = maya.get(f"/relationships/{cast.with_jane.pk}/").content.decode()
    assert "&lt;script&gt;alert(1)" in page


def test_their_own_word_is_neither_changed_nor_withdrawn_by_us(maya: Client, cast: Cast) -> None:
    own = sides.tell(cast.with_jane, kind="matters", words="quiet", speaker=Speaker.themselves(cast.jane, at=NOW))
    page = maya.get(f"/relationships/{cast.with_jane.pk}/").content.decode()
    assert "Jane, in their own word" in page
    for act in ("change", "withdraw", "share"):
        assert f"/lines/{own.pk}/{act}/" not in page
        assert maya.post(f"/lines/{own.pk}/{act}/", {"words": "noise"}).status_code == 403
    own.refresh_from_db()
    assert own.withdrawn_at is None


def test_twice_is_once_and_too_late_is_said(maya: Client, cast: Cast) -> None:
    told = written(maya, cast, "theirs", words="price")
    for _again in range(2):
        maya.post(f"/lines/{told.pk}/withdraw/")
    late = maya.post(f"/lines/{told.pk}/change/", {"words": "quiet"})
    assert late.status_code == 422
    assert "changed or withdrawn meanwhile" in late.content.decode()


def test_the_page_asks_no_more_however_many_lines_there_are(cast: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            relationship_page(cast.with_jane, member=cast.maya, at=NOW)
        return len(queries)

    line(cast.jane, words="quiet", told_by=cast.maya)
    few = asked()
    for number in range(12):
        kind = LineKind.WONDER if number % 2 else LineKind.MATTERS
        line(cast.jane, words=f"line {number}", told_by=cast.maya, kind=kind)
    assert asked() == few
