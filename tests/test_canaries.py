"""Canary words in a closed relationship and in a private note: no answer of any URL holds one for anybody else.

Every row of the access table is asked, about what is closed and about what only hangs together with it: pages and acts,
as whole pages and as the parts that htmx asks for, in both languages. What comes back is looked through whole, headers
and all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ampersand.channels.tests.bringing import bring_in
from ampersand.members.models import Member
from ampersand.notebook import actions as notebook
from ampersand.parties import actions as parties
from ampersand.parties import merging
from ampersand.parties.actions import Teller
from ampersand.readings import actions as readings
from tests import cast as people
from tests.cast import NOW, Cast
from tests.test_access import TABLE, Making, Row, signed_in, taken_back

pytestmark = pytest.mark.django_db

CANARY = "zanzibarrow"
SHOUTED = CANARY.upper()
PRIVATE = f"Visited Jane Okafor. I will send her the volumes by Friday. {CANARY.capitalize()} weighs on my mind."
FORMS = {"page": {}, "part": {"HX-Request": "true"}}


@pytest.fixture
def caged(cast: Cast) -> Cast:
    """Everything about Leona and Severn has the canary in it, and so has a note of Maya's about Jane."""
    maya, teller, at = cast.maya, Teller(at=NOW, by=cast.maya), timezone.now()
    for party in (cast.leona, cast.severn):
        parties.rename(party, name=f"{CANARY} {party.name}", sort_name=CANARY, by=maya, at=NOW)
        parties.tell_detail(party, label=CANARY, value=CANARY, teller=teller)
        people.order(party, number=CANARY, words=CANARY, told_by=maya)
        people.line(party, words=CANARY, told_by=maya)
        people.line(party, words=CANARY, told_by=maya, kind="wonder")
        people.moment(party, cast.jane, by=maya, subject=CANARY, words=CANARY)
        people.moment(party, by=maya, subject=CANARY, at=at)
        people.promise(party, maya.party, words=CANARY, told_by=maya)
        people.promise(maya.party, party, words=CANARY, told_by=maya)
        people.concession(maya.party, party, words=CANARY, told_by=maya)
        people.note(maya, CANARY, about=party.relationship, shared_at=NOW)
    parties.tell_identifier(cast.leona, kind="email", value=f"{CANARY}@severn.example", teller=teller)
    parties.tell_tie(kind="introduced", from_party=cast.jane, to_party=cast.leona, teller=teller, role=CANARY)
    notebook.keep(PRIVATE, member=maya, device_id=uuid4(), written_at=at, zone="UTC", at=at, about=cast.with_jane)
    for organisation in (cast.severn, cast.alder):
        readings.read_one(organisation.relationship.pk, at=at)
    return cast


def others(cast: Cast) -> dict[str, Member | None]:
    return {"signed out": None, "member": cast.tom, "steward": cast.ruth}


def answers(row: Row, making: Making, client: Client, *, headers: dict[str, str]) -> HttpResponse:
    asking = Client(headers=headers)
    asking.cookies = client.cookies.copy()  # type: ignore[assignment]
    answer: HttpResponse = getattr(asking, row.method)(row.address(making), row.told)
    return answer


def whole(answer: Any) -> str:
    """All that came back, in small letters."""
    body = b"".join(answer) if answer.streaming else answer.content
    return (str(dict(answer.headers)) + str(answer.cookies) + body.decode(errors="replace")).lower()


def ways() -> Iterator[object]:
    """Who asks, for which form, in which language: two ways that differ in all three, and the others in the long run."""
    short = {("member", "part", "de"), ("steward", "page", "en")}
    for way in product(("signed out", "member", "steward"), FORMS, ("en", "de")):
        yield pytest.param(*way, marks=() if way in short else pytest.mark.long, id="-".join(way))


@pytest.mark.parametrize(("visitor", "form", "language"), list(ways()))
def test_no_answer_of_any_url_holds_the_canary(
    visitor: str, form: str, language: str, caged: Cast, subtests: pytest.Subtests
) -> None:
    member = others(caged)[visitor]
    if member:
        Member.objects.filter(pk=member.pk).update(language=language)
    client = signed_in(member)
    headers = {**FORMS[form], "Accept-Language": language}

    for about, row in product((caged.jane, caged.leona), TABLE):
        with subtests.test(f"{row.method} {row.name}", about=about.pk), taken_back():
            assert CANARY not in whole(answers(row, Making(caged, about, member), client, headers=headers))


def test_who_is_inside_reads_it_and_its_writer_too(caged: Cast) -> None:
    """The cage would be easy to keep tight if nothing were in it."""
    client = signed_in(caged.maya)
    pages = [row for row in TABLE if row.method == "get" and row.answers["tends"] == 200]
    held = set()
    for row in pages:
        with taken_back():
            held |= (
                {row.name}
                if CANARY in whole(answers(row, Making(caged, caged.leona, caged.maya), client, headers={}))
                else set()
            )

    assert {"desk:today", "desk:relationship", "desk:moments", "desk:party", "desk:promises", "desk:who_sees"} <= held


QUERIES = (CANARY, CANARY[:4], f"{CANARY}@severn.example", "zanzibbarow", "weighs mind", "okafor volumes")


@pytest.mark.parametrize("form", FORMS)
def test_no_search_nor_list_finds_the_canary(form: str, caged: Cast, subtests: pytest.Subtests) -> None:
    asked = [
        *({name: query} for name, query in product(("q", "words"), QUERIES)),
        *({name: query} for name, query in product(("at", "place"), (CANARY, "severn"))),
        {"detail": f"{CANARY}:{CANARY}"},
        {"promise": "any"},
        {"move": "quiet"},
        {"tie": "introduced"},
        {"sort": "due"},
        {"sort": "trade"},
    ]
    for visitor, told, page in product((caged.tom, caged.ruth), asked, ("desk:search", "desk:relationships")):
        with subtests.test(page, member=visitor.name, **told):
            answer = signed_in(visitor).get(reverse(page), told, headers=FORMS[form])
            assert CANARY not in without_the_question(whole(answer), told)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("desk:search", {"q": CANARY}),
        ("desk:relationships", {"words": CANARY}),
        ("desk:relationships", {"detail": f"{CANARY}:{CANARY}"}),
    ],
)
def test_who_is_inside_finds_the_canary(form: str, page: str, told: dict[str, str], caged: Cast) -> None:
    """What is found is not taken for what was asked."""
    answer = signed_in(caged.maya).get(reverse(page), told, headers=FORMS[form])

    assert f"{CANARY} severn vale hospitals" in re.sub("<[^>]+>", "", without_the_question(found_in(answer), told))


def found_in(answer: Any) -> str:
    """What came back, but for the part at the side that names whom one tends, whatever is asked."""
    return whole(answer).split("<main", maxsplit=1)[-1]


def without_the_question(page: str, told: dict[str, str]) -> str:
    """A page repeats what was asked of it: in its form, in the chips above the list, and in its own addresses."""
    for name, words in told.items():
        for repeated in _repeated(name, words.lower()):
            page = page.replace(repeated, "")
    return page


def _repeated(name: str, words: str) -> Iterator[str]:
    """Each with what bounds it, so that no more is taken off than was asked."""
    label, quoted = {"words": "name"}.get(name, name), quote_plus(words).lower()
    yield f'value="{words}"'
    yield f"</span>{words.replace(':', ': ') if name == 'detail' else f'{label}: {words}'} <svg"
    yield from (f"{before}{name}={quoted}{after}" for before, after in product(("?", "&amp;"), ('"', "&amp;")))


def test_what_a_member_outside_writes_about_tells_nothing_of_what_they_may_not_see(caged: Cast) -> None:
    """Neither while it is understood nor when it is kept does a note of Tom's meet anything that is closed to him."""
    client = Client(headers={"HX-Request": "true"})
    client.force_login(caged.tom)
    words = "Visited Jane Okafor today. Leona Marsh promised me the figures by Friday."

    said = [
        whole(client.post(reverse("desk:understood"), {"words": words})),
        whole(client.post(reverse("desk:keep_note"), {"words": words, "note_id": str(uuid4())})),
        whole(client.get("/")),
    ]

    assert [CANARY in one for one in said] == [False, False, False]


def test_who_runs_the_house_learns_no_name_by_calling_a_closed_one_ours(caged: Cast) -> None:
    client = signed_in(caged.ruth)
    told = {**row_called("desk:change_house", "post").told, "domains": "severn.example"}

    answer = client.post(reverse("desk:change_house"), told)
    said = whole(client.get(answer.headers["Location"]))

    assert "is a colleague now" in said
    assert CANARY not in said


def test_what_an_import_of_somebody_outside_says_holds_no_canary(caged: Cast, tmp_path: Path) -> None:
    """Their file joins whom the house knows. What they are told is about their file, and so is its undoing."""
    card = tmp_path / "cards.vcf"
    card.write_text(f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Leona Marsh\r\nEMAIL:{CANARY}@severn.example\r\nEND:VCARD\r\n")
    import_ = bring_in(card, by=caged.tom)
    client = signed_in(caged.tom)

    said = [
        whole(client.get(reverse("desk:import_report", args=[import_.pk]))),
        whole(client.get(reverse("desk:import"))),
        whole(client.post(reverse("desk:undo_import", args=[import_.pk]), follow=True)),
    ]

    assert [CANARY in page for page in said] == [False, False, False]


def row_called(name: str, method: str) -> Row:
    return next(row for row in TABLE if (row.name, row.method) == (name, method))


def test_who_is_taken_for_a_closed_one_is_as_closed(caged: Cast) -> None:
    known_otherwise = people.person("L. Marsh")
    merging.merge(caged.leona, known_otherwise, reason="one person", by=caged.maya, at=NOW)
    address = reverse("desk:party", args=[known_otherwise.pk])

    assert signed_in(caged.tom).get(address).status_code == 404
    assert CANARY in whole(signed_in(caged.maya).get(address))
