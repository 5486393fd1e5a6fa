"""Several imports tell of the same people. Undoing some of them leaves the book in which only the rest had been brought in."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ampersand.channels import actions
from ampersand.channels.models import Import, ToldAgain
from ampersand.channels.tests.bringing import AT, bring_in, found_house, member
from ampersand.core.models import SearchEntry
from ampersand.desk import standing
from ampersand.desk.models import Standing
from ampersand.members.models import Member
from ampersand.parties import actions as book
from ampersand.parties import tags
from ampersand.parties.actions import Teller
from ampersand.parties.models import Detail, Identifier, Party, Relationship, Tie

HEADINGS = ["Name", "E-mail", "Phone", "Company", "City", "Shoe size"]
PEOPLE = {
    "karin@northlight.example": ["Karin Eriksen", "Dr. Karin Eriksen", ""],
    "paul@dent.example": ["Paul Dent", "", "Paul Dent"],
    "ines@moreau.example": ["Inès Moreau", "Ines Moreau", "Inès Moreau"],
}
# Each has numbers of their own: where two share one, who is whom rests on which file told their names first, and that is
# not taken apart again when it is undone.
PHONES = {email: ["", f"+44 20 7946 000{n}", f"+44 20 7946 001{n}"] for n, email in enumerate(PEOPLE, start=1)}
FIRMS = ["", "Northlight Optics Ltd", "Dent & Sons"]
CITIES = ["", "Oslo", "Leeds"]

Table = tuple[tuple[str, ...], ...]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    rows = []
    for email, names in PEOPLE.items():
        if draw(st.booleans()):
            told = [draw(st.sampled_from(some)) for some in (PHONES[email], FIRMS, CITIES, ["", "41"])]
            rows.append((draw(st.sampled_from(names)), email, *told))
    return tuple(rows)


def brought(folder: Path, number: int, table: Table, by: Member) -> Import:
    path = folder / f"{number}.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        # A row of its own: no two of these files are the same.
        alone = (f"Alone {number}", f"alone{number}@else.example", "", "", "", "")
        csv.writer(stream).writerows([HEADINGS, *table, alone])
    return bring_in(path, by=by, at=AT + timedelta(minutes=number))


def told() -> dict[str, Any]:
    """Everything the book says, by addresses and words and never by ids."""
    standing.gather(at=AT)
    who = {
        party.pk: party.identifiers.filter(kind="email").values_list("value", flat=True).first() or party.name
        for party in Party.objects.all()
    }
    return {
        "parties": sorted(
            (who[one.pk], one.name, one.sort_name, one.sort_key, one.kind) for one in Party.objects.all()
        ),
        "identifiers": sorted((who[one.party_id], one.kind, one.value) for one in Identifier.objects.all()),
        "details": sorted((who[one.party_id], one.label, one.value) for one in Detail.objects.all()),
        "ties": sorted((who[one.from_party_id], who[one.to_party_id], one.kind) for one in Tie.objects.all()),
        "known": sorted((who[one.party_id], one.because, one.known_at) for one in Relationship.objects.all()),
        "found": sorted(
            (who[one.object_id], one.name, sorted(one.words.split()))
            for one in SearchEntry.objects.filter(kind="party")
        ),
        "listed": sorted(
            (who[one.party_id], one.sort_key, one.known_on, _facets(one, who)) for one in Standing.objects.all()
        ),
    }


def _facets(one: Standing, who: dict[Any, str]) -> list[str]:
    by_id = {str(pk): name for pk, name in who.items()}
    return sorted(":".join(by_id.get(word, word) for word in facet.split(":")) for facet in one.facets)


class AnyOrder(TestCase):
    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(st.lists(tables(), min_size=2, max_size=4), st.data())
    def test_any_of_them_undone_in_any_order_leaves_what_the_rest_would_have_told(
        self, files: list[Table], data: st.DataObject
    ) -> None:
        found_house()
        maya = member("Maya Lindqvist", "maya@finch.example")
        numbers = range(len(files))
        undone = data.draw(st.lists(st.sampled_from(numbers), unique=True))
        with TemporaryDirectory() as folder:
            runs = [brought(Path(folder), number, files[number], maya) for number in numbers]
            for number in undone:
                actions.undo(runs[number], by=maya, at=AT)
            after = told()
            for number in set(numbers) - set(undone):
                actions.undo(runs[number], by=maya, at=AT)
            assert [one.name for one in Party.objects.filter(member=None, is_house=False)] == []
            assert not ToldAgain.objects.exists()
            for number in sorted(set(numbers) - set(undone)):
                brought(Path(folder), number, files[number], maya)

        assert after == told()


pytestmark = pytest.mark.django_db


@pytest.fixture
def maya() -> Member:
    found_house()
    return member("Maya Lindqvist", "maya@finch.example")


KARIN = ("Karin Eriksen", "karin@northlight.example", "+44 20 7946 0001", "Northlight Optics Ltd", "Oslo", "41")


def test_whom_another_import_tells_of_stays_known_and_found_and_is_named(maya: Member, tmp_path: Path) -> None:
    first = brought(tmp_path, 1, [KARIN], maya)  # type: ignore[arg-type]
    brought(tmp_path, 2, [("Karin Eriksen", "karin@northlight.example", "", "", "", "")], maya)  # type: ignore[arg-type]

    undone = actions.undo(first, by=maya, at=AT)

    karin = Party.objects.get(name="Karin Eriksen")
    assert Relationship.objects.filter(party=karin).exists()
    assert SearchEntry.objects.filter(object_id=karin.pk).exists()
    assert (undone.left[0].model, undone.left[0].why, undone.stays) == ("relationship", "told_too", ["Karin Eriksen"])
    assert not karin.details.exists()
    assert [one.value for one in karin.identifiers.all()] == ["karin@northlight.example"]


def hands() -> Sequence[Any]:
    def renamed(party: Party, by: Member) -> None:
        book.rename(party, name="Karin E.", by=by, at=AT)

    def tagged(party: Party, by: Member) -> None:
        tags.tell_tag(party, word="fair", teller=Teller(at=AT, by=by))

    def detailed(party: Party, by: Member) -> None:
        book.tell_detail(party, label="time zone", value="Europe/Oslo", teller=Teller(at=AT, by=by))

    def addressed(party: Party, by: Member) -> None:
        book.tell_identifier(party, kind="email", value="k@home.example", teller=Teller(at=AT, by=by))

    return [renamed, tagged, detailed, addressed]


@pytest.mark.parametrize("hand", hands(), ids=lambda hand: str(hand.__name__))
def test_who_was_written_upon_by_hand_stays_known_and_found(maya: Member, tmp_path: Path, hand: Any) -> None:
    import_ = brought(tmp_path, 1, [KARIN], maya)  # type: ignore[arg-type]
    karin = Party.objects.get(name="Karin Eriksen")
    hand(karin, maya)

    undone = actions.undo(import_, by=maya, at=AT)

    assert Relationship.objects.filter(party=karin).exists()
    assert SearchEntry.objects.filter(object_id=karin.pk).exists()
    assert [one.why for one in undone.left] == ["by_hand"]
    assert karin.identifiers.filter(value="karin@northlight.example").exists()


def test_a_later_import_makes_a_trace_known_again(maya: Member, tmp_path: Path) -> None:
    brought(tmp_path, 1, [KARIN], maya)  # type: ignore[arg-type]
    Relationship.objects.filter(party__name="Karin Eriksen").delete()

    brought(tmp_path, 2, [KARIN], maya)  # type: ignore[arg-type]

    karin = Party.objects.get(name="Karin Eriksen")
    assert Relationship.objects.filter(party=karin).exists()
    assert SearchEntry.objects.filter(object_id=karin.pk).exists()


def test_a_real_name_takes_the_place_of_an_address_and_undo_gives_that_back(maya: Member, tmp_path: Path) -> None:
    brought(tmp_path, 1, [("paul@dent.example", "paul@dent.example", "", "", "", "")], maya)  # type: ignore[arg-type]
    runs = [
        brought(tmp_path, number, [(name, "paul@dent.example", "", "", "", "")], maya)  # type: ignore[arg-type]
        for number, name in ((2, "Paul Dent"), (3, "Paul A. Dent"))
    ]

    paul = Party.objects.get(identifiers__value="paul@dent.example")
    assert (paul.name, paul.sort_key) == ("Paul Dent", "paul dent")
    assert "paul" in SearchEntry.objects.get(object_id=paul.pk).words
    names = []
    for run in runs:
        actions.undo(run, by=maya, at=AT)
        paul.refresh_from_db()
        names.append(paul.name)

    assert names == ["Paul A. Dent", "paul@dent.example"]
