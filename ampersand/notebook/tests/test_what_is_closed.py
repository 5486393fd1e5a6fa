"""Notes and what is closed: a note joins nothing its writer may not see, and is read by nobody who may not see all of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from ampersand.core import search
from ampersand.desk.kept import kept_says
from ampersand.members.models import Member
from ampersand.notebook import actions
from ampersand.notebook.models import Note, PieceKind
from ampersand.parties import actions as parties
from ampersand.parties import merging
from ampersand.parties.closed import hidden_party_ids
from ampersand.parties.erasing import erase_party
from ampersand.parties.models import Party, PartyKind
from ampersand.timeline.models import Moment
from tests.cast import Cast, moment, person

AT = datetime(2026, 10, 6, 10, 52, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def keep(words: str, member: Member) -> Note:
    return actions.keep(words, member=member, device_id=uuid4(), written_at=AT, zone="Europe/London", at=AT)


def test_a_note_joins_no_meeting_its_writer_may_not_see(cast: Cast) -> None:
    closed = moment(cast.jane, cast.leona, by=cast.maya, at=AT - timedelta(hours=2), key="event:1/")

    note = keep("Visited Jane Okafor this morning.", cast.tom)

    met = note.pieces.get(kind=PieceKind.ENCOUNTER)
    assert met.fact_id != closed.pk
    assert set(closed.participants.values_list("party__name", flat=True)) == {
        "Jane Okafor", "Leona Marsh", "Maya Lindqvist"
    }  # fmt: skip
    assert list(Moment.objects.visible_to(cast.tom)) == [Moment.objects.get(pk=str(met.fact_id))]


def test_what_was_joined_and_closed_since_is_said_no_more(cast: Cast) -> None:
    meeting = moment(cast.jane, by=cast.maya, at=AT - timedelta(hours=2), key="event:1/")
    note = keep("Visited Jane Okafor this morning.", cast.tom)
    assert "joined" in kept_says(note, member=cast.tom).sentence

    parties.close(cast.with_jane, by=cast.maya, at=AT)

    assert note.pieces.filter(fact_id=meeting.pk).exists()
    assert "joined" not in kept_says(note, member=cast.tom).sentence
    assert kept_says(note, member=cast.tom).links == ()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Visited Jane Okafor this morning.", PieceKind.ENCOUNTER),
        ("I will send Jane Okafor the volumes by Friday.", PieceKind.PROMISE),
        ("We gave Jane Okafor 5% off the next order.", PieceKind.CONCESSION),
        ("Jane Okafor ordered 40 bags for £1,200.", PieceKind.TRANSACTION),
        ("Quiet machines matter to Jane Okafor.", PieceKind.MATTERS),
        ("Rain all day. Jane Okafor would have laughed.", PieceKind.PERSON),
        ("Jane Okafor knows Ole Berg; Jane Okafor introduced Ole Berg to us.", PieceKind.TIE),
    ],
)
def test_a_shared_note_is_read_by_nobody_who_may_not_see_whom_it_tells_of(words: str, kind: str, cast: Cast) -> None:
    note = keep(words, cast.maya)
    assert kind in note.pieces.values_list("kind", flat=True)
    actions.share(note, by=cast.maya, at=AT)
    assert note in Note.objects.visible_to(cast.tom)

    parties.close(cast.with_jane, by=cast.maya, at=AT)
    parties.close(cast.alder.relationship, by=cast.maya, at=AT)

    assert note not in Note.objects.visible_to(cast.tom)
    assert found(note, cast.tom) == []
    assert found(note, cast.maya) == [note.pk]


def found(note: Note, member: Member) -> list[object]:
    hidden = list(hidden_party_ids(member))
    hits = search.find(note.words[:14], kinds=["note"], hidden_party_ids=hidden, member_id=member.pk)
    return [hit.object_id for hit in hits]


def test_who_joins_a_closed_house_for_a_while_is_hidden_while_it_lasts(cast: Cast) -> None:
    """A tie that is to end is one still; and it is told of whichever double of a person or of their house."""
    double = parties.name_party("L. Marsh", teller=parties.Teller(at=AT))
    house = parties.name_party("Severn Vale", kind=PartyKind.ORGANISATION, teller=parties.Teller(at=AT))
    merging.merge(house, cast.severn, reason="same", by=cast.maya, at=AT)
    on_loan = parties.name_party("Ida Ford", teller=parties.Teller(at=AT))
    merging.merge(double, on_loan, reason="same", by=cast.maya, at=AT)
    parties.tell_tie(
        kind="works_at", from_party=double, to_party=house, until_on=AT.date() + timedelta(days=9_000),
        teller=parties.Teller(at=AT),
    )  # fmt: skip

    assert {double, house, on_loan, cast.leona, cast.severn}.isdisjoint(Party.objects.visible_to(cast.tom))
    assert {double, house, on_loan, cast.leona, cast.severn} <= set(Party.objects.visible_to(cast.maya))


def test_who_is_erased_behind_what_is_closed_stays_behind_it(cast: Cast) -> None:
    ida = person("Ida Ford")
    parties.works_at(ida, cast.severn, teller=parties.Teller(at=AT))
    met = moment(ida, by=cast.maya, at=AT)

    erase_party(ida, by=cast.ruth, at=AT)

    assert ida not in Party.objects.visible_to(cast.tom)
    assert met not in Moment.objects.visible_to(cast.tom)
    assert met in Moment.objects.visible_to(cast.maya)
