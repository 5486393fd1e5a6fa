from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from ampersand.core import search
from ampersand.core.folding import folded_words
from ampersand.core.models import Source, SourceKind
from ampersand.desk.finding import EXCERPT_CHARS, excerpt, parts, search_page
from ampersand.members.models import Member
from ampersand.notebook.models import Note
from ampersand.parties import merging
from tests.cast import NOW, Cast, moment, order, organisation, person, promise

pytestmark = pytest.mark.django_db


def found(words: str, by: Member) -> dict[str, list[str]]:
    page = search_page(words, member=by, at=NOW)
    return {group.title: ["".join(text for text, _ in hit.parts) for hit in group.hits] for group in page.groups}


def note(words: str, *, by: Member) -> Note:
    source = Source.objects.create(kind=SourceKind.NOTE, made_at=NOW)
    made = Note.objects.create(
        member=by, device_id=uuid4(), words=words, written_at=NOW, zone="UTC", told_at=NOW, source=source
    )
    search.put(search.Entry("note", made.pk, words, member_id=by.pk, at=NOW))
    return made


def test_each_kind_is_found_in_its_group(cast: Cast) -> None:
    moment(cast.jane, by=cast.maya, subject="Tasting", words="Okafor liked the refractometer")
    promise(cast.maya.party, cast.jane, words="send the refractometer", told_by=cast.maya)
    note("Jane wants a refractometer", by=cast.maya)

    assert found("refra", cast.maya) == {
        "Moments": ["Tasting – Okafor liked the refractometer"],
        "Promises": ["send the refractometer"],
        "Notes": ["Jane wants a refractometer"],
    }
    assert found("jane", cast.maya)["People and organisations"] == ["Jane Okafor"]


def test_a_person_is_shown_with_whom_they_act_for_and_leads_to_the_relationship(cast: Cast) -> None:
    [group] = search_page("okaf", member=cast.tom, at=NOW).groups

    [hit] = group.hits
    assert hit.parts == (("Jane ", False), ("Okaf", True), ("or", False))
    assert hit.note == "Alder Hotels"
    assert hit.url == f"/relationships/{cast.with_jane.pk}/"


@pytest.mark.parametrize("typed", ["R-1042", "r-1042", " R-1042 ", "#R-1042"])
def test_the_number_of_an_order_finds_with_whom_it_was(cast: Cast, typed: str) -> None:
    order(cast.alder, number="R-1042", told_by=cast.maya)
    order(cast.severn, number="R-10421", told_by=cast.maya)

    page = search_page(typed, member=cast.tom, at=NOW)

    [hit] = page.groups[0].hits
    assert (page.groups[0].title, hit.parts, hit.note) == (
        "Orders and invoices",
        (("order ", False), ("R-1042", True)),
        "Alder Hotels",
    )
    assert hit.url == f"/relationships/{cast.alder.relationship.pk}/"


def test_the_number_of_an_order_with_two_that_are_one_leads_to_the_one(cast: Cast) -> None:
    double = organisation("Alder Hotel")
    order(double, number="77", told_by=cast.maya)
    merging.merge(double, cast.alder, reason="", by=cast.maya, at=NOW)

    [group] = [one for one in search_page("77", member=cast.tom, at=NOW).groups if one.title == "Orders and invoices"]

    assert group.hits[0].note == "Alder Hotels"


@pytest.mark.parametrize("typed", ["9", "", "  ", "#", "x" * 121 + "1", "R-1042\x00", "1'; --", "１０４２", "R-10%"])
def test_what_is_no_number_of_an_order_finds_none(cast: Cast, typed: str) -> None:
    order(cast.alder, number="R-1042", told_by=cast.maya)

    assert "Orders and invoices" not in found(typed, cast.tom)


def test_an_order_of_what_is_closed_is_found_by_nobody_outside(cast: Cast) -> None:
    order(cast.leona, number="R-7", told_by=cast.maya)

    assert "Orders and invoices" not in found("R-7", cast.tom)
    assert "Orders and invoices" in found("R-7", cast.maya)


@pytest.mark.parametrize(
    ("told", "typed"), [("髙橋一郎", "高橋"), ("山﨑", "山崎"), ("渡邉", "渡辺"), ("高橋", "髙橋"), ("张伟", "張偉")]
)
def test_a_name_is_found_by_either_form_of_its_characters(cast: Cast, told: str, typed: str) -> None:
    person(told)

    assert found(typed, cast.tom)["People and organisations"] == [told]


def test_what_is_closed_to_somebody_is_found_in_no_group(cast: Cast) -> None:
    moment(cast.jane, cast.leona, by=cast.maya, words="the hospital canteen")
    promise(cast.maya.party, cast.leona, words="quote for the hospital", told_by=cast.maya)
    note("the hospital asked", by=cast.maya)

    assert found("hospital", cast.tom) == {}
    assert found("leona", cast.ruth) == {}
    assert set(found("hospital", cast.maya)) == {"People and organisations", "Moments", "Promises", "Notes"}


def test_a_party_known_under_two_names_is_shown_once(cast: Cast) -> None:
    double = person("Jane Okafor-Bell")
    merging.merge(double, cast.jane, reason="one address", by=cast.maya, at=NOW)

    assert found("bell", cast.maya)["People and organisations"] == ["Jane Okafor"]
    assert found("jane", cast.maya)["People and organisations"] == ["Jane Okafor"]


def test_pages_and_acts_are_found_by_their_names(cast: Cast) -> None:
    assert found("relat", cast.maya) == {"Pages and acts": ["Relationships"]}
    assert found("add some", cast.maya) == {"Pages and acts": ["Add somebody"]}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "Write two letters or more: of a name, an address, or of what was said."),
        ("q", "Write two letters or more: of a name, an address, or of what was said."),
        ("xqzw", "Nothing you may see has these words. Try fewer of them, or only their first letters."),
        ("\x00💥", "Nothing you may see has these words. Try fewer of them, or only their first letters."),
    ],
)
def test_when_nothing_is_found_it_says_what_to_do(cast: Cast, words: str, says: str) -> None:
    page = search_page(words, member=cast.maya, at=NOW)

    assert (page.says, page.groups) == (says, ())


def test_a_search_asks_a_bounded_number_of_times_however_much_it_finds(cast: Cast) -> None:
    for number in range(30):
        person(f"Okafor {number}")
        moment(cast.jane, by=cast.maya, words=f"talked to Okafor {number}")

    with CaptureQueriesContext(connection) as asked:
        search_page("okafor", member=cast.maya, at=NOW)

    assert len(asked) <= 16


@given(text=st.text(max_size=80), asked=st.text(max_size=12))
def test_the_pieces_of_a_text_are_the_text(text: str, asked: str) -> None:
    pieces = parts(text, folded_words(asked))

    assert "".join(piece for piece, _ in pieces) == text


@given(text=st.text(min_size=1, max_size=3000), asked=st.text(max_size=12))
def test_an_excerpt_is_a_short_line(text: str, asked: str) -> None:
    line = excerpt(text, folded_words(asked))

    assert len(line) <= EXCERPT_CHARS + 4
    assert "\n" not in line


def test_an_excerpt_shows_where_the_words_are() -> None:
    text = "beans and milk " * 40 + "then the refractometer arrived " + "and sugar " * 40

    assert "refractometer" in excerpt(text, ["refra"])
    assert ("refra", True) in parts(excerpt(text, ["refra"]), ["refra"])


def test_accents_and_their_lack_are_marked_alike() -> None:
    assert parts("Müller & Straßer", ["mull", "strass"]) == (
        ("Müll", True), ("er & ", False), ("Straß", True), ("er", False),
    )  # fmt: skip
