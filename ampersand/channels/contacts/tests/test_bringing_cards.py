"""Bringing in address books: who is joined, who is new, and what happens when it comes again."""

from __future__ import annotations

from pathlib import Path

import pytest

from ampersand.channels import actions
from ampersand.channels.tests.bringing import AT, bring_in, counted, found_house, member, row_counts
from ampersand.members.models import Member
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.models import Because, Detail, Identifier, IdentifierKind, Party, PartyKind, Relationship, Tie

pytestmark = pytest.mark.django_db

JANE = """BEGIN:VCARD
VERSION:3.0
UID:jane-1
FN:Jane Okafor
N:Okafor;Jane;;;
ORG:Alder Hotels;Purchasing
TITLE:Head of Purchasing
EMAIL;TYPE=WORK:Jane.Okafor@alder.example
TEL;TYPE=WORK:0117 496 0123
ADR;TYPE=WORK:;;12 Quay Street;Bristol;;BS1 4QA;United Kingdom
BDAY:1975-04-12
CATEGORIES:hotel
NOTE:Likes the dark roast.
END:VCARD
"""
SAMI = "BEGIN:VCARD\nVERSION:3.0\nUID:sami-1\nFN:Sami Haddad\nORG:Alder Hotels\nTEL:+44 117 496 0199\nEND:VCARD\n"
COLLEAGUE = "BEGIN:VCARD\nVERSION:3.0\nFN:Tom Reyes\nEMAIL:tom@finch.example\nORG:Harbour & Finch\nEND:VCARD\n"


@pytest.fixture
def maya() -> Member:
    found_house()
    return member("Maya Lindqvist", "maya@finch.example")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write(tmp_path, JANE + SAMI + COLLEAGUE)


def write(folder: Path, text: str, name: str = "people.vcf") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def known(name: str, email: str, kind: str = PartyKind.PERSON) -> Party:
    party = parties.name_party(name, kind=kind, teller=Teller(at=AT))
    parties.tell_identifier(party, kind=IdentifierKind.EMAIL, value=email, teller=Teller(at=AT))
    return party


def test_a_card_becomes_a_known_party_with_all_it_tells(maya: Member, book: Path) -> None:
    bring_in(book, by=maya)

    jane = Party.objects.get(name="Jane Okafor")
    assert jane.relationship.because == Because.ADDRESS_BOOK
    assert set(jane.identifiers.values_list("kind", "value")) == {
        ("email", "jane.okafor@alder.example"),
        ("phone", "+441174960123"),
    }
    assert set(jane.details.values_list("label", "value")) == {
        ("postal address (work)", "12 Quay Street, BS1 4QA Bristol, United Kingdom"),
        ("birthday", "1975-04-12"),
        ("category", "hotel"),
        ("note", "Likes the dark roast."),
        ("department", "Purchasing"),
    }
    assert jane.details.first().place == "people.vcf:1"  # type: ignore[union-attr]
    tie = Tie.objects.get(from_party=jane)
    assert (tie.to_party.name, tie.role) == ("Alder Hotels", "Head of Purchasing")


def test_two_cards_of_one_house_share_their_organisation(maya: Member, book: Path) -> None:
    bring_in(book, by=maya)

    alder = Party.objects.get(name="Alder Hotels")
    assert alder.relationship.because == Because.PEOPLE
    assert alder.ties_in.count() == 2


def test_a_colleague_in_the_book_is_no_customer(maya: Member, book: Path) -> None:
    bring_in(book, by=maya)

    tom = Party.objects.get(name="Tom Reyes")
    assert tom.is_colleague
    assert not Relationship.objects.filter(party=tom).exists()
    assert Tie.objects.get(from_party=tom).to_party.is_house


def test_a_card_joins_who_has_the_same_address_and_an_agreeing_name(maya: Member, book: Path) -> None:
    jane = known("Jane O. Okafor", "jane.okafor@alder.example")

    import_ = bring_in(book, by=maya)

    assert counted(import_).joined == 1
    assert Party.objects.filter(sort_key__contains="okafor").get() == jane
    assert jane.identifiers.filter(kind="phone").count() == 1


def test_a_shared_address_alone_joins_nobody(maya: Member, book: Path) -> None:
    known("Peter Moss", "jane.okafor@alder.example")

    import_ = bring_in(book, by=maya)

    assert counted(import_).joined == 0
    assert Identifier.objects.filter(value="jane.okafor@alder.example").count() == 2


def test_where_two_might_be_meant_neither_is_joined(maya: Member, book: Path) -> None:
    known("Jane Okafor", "jane.okafor@alder.example")
    known("J. Okafor", "jane.okafor@alder.example")

    assert counted(bring_in(book, by=maya)).joined == 0


def test_the_same_book_again_changes_nothing(maya: Member, book: Path) -> None:
    bring_in(book, by=maya)
    before = row_counts()

    again = bring_in(book, by=maya)

    assert counted(again).unchanged == counted(again).seen == 3
    assert row_counts() == before


def test_a_changed_card_adds_what_is_new_and_removes_nothing(maya: Member, book: Path, tmp_path: Path) -> None:
    bring_in(book, by=maya)

    moved = JANE.replace("0117 496 0123", "020 7946 0000").replace("Likes the dark roast.", "Drinks tea now.")
    later = bring_in(write(tmp_path, moved, "later.vcf"), by=maya)

    assert counted(later).joined == 1
    jane = Party.objects.get(name="Jane Okafor")
    assert jane.identifiers.filter(kind="phone").count() == 2
    assert jane.details.filter(label="note").count() == 2


def test_what_a_member_withdrew_is_not_told_again(maya: Member, book: Path) -> None:
    bring_in(book, by=maya)
    phone = Identifier.objects.get(value="+441174960123")
    parties.withdraw(phone, by=maya, at=AT)

    again = bring_in(book, by=maya)

    assert counted(again).unchanged == 3
    assert Identifier.objects.filter(value="+441174960123", withdrawn_at=None).count() == 0


def test_a_colleagues_book_joins_the_same_people(maya: Member, book: Path) -> None:
    bo = member("Bo Nyström", "bo@finch.example")
    bring_in(book, by=maya)

    theirs = bring_in(book, by=bo)

    assert (counted(theirs).joined, counted(theirs).new) == (3, 0)


def test_undoing_leaves_the_book_as_it_was(maya: Member, book: Path) -> None:
    known("Jane O. Okafor", "jane.okafor@alder.example")
    before = row_counts()
    import_ = bring_in(book, by=maya)

    actions.undo(import_, by=maya, at=AT)

    assert row_counts() == before


def test_a_note_longer_than_an_index_holds_is_kept(maya: Member, tmp_path: Path) -> None:
    words = " ".join(f"word{number}" for number in range(3000))
    bring_in(write(tmp_path, JANE.replace("Likes the dark roast.", words)), by=maya)

    assert Detail.objects.get(label="note").value == words


def test_a_rejected_card_is_counted_with_its_place_and_reason(maya: Member, tmp_path: Path) -> None:
    import_ = bring_in(write(tmp_path, "BEGIN:VCARD\nVERSION:3.0\nTEL:1\nEND:VCARD\n"), by=maya)

    line = import_.items.get()
    assert (line.fate, line.place) == ("rejected", "people.vcf:1")
    assert line.reason.endswith("bring it in again.")
