"""Keeping a note, joining the meeting it is about, and taking it back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.apps import apps

from ampersand.exchange.models import Concession
from ampersand.members.models import House, Member
from ampersand.notebook import actions
from ampersand.notebook.models import Note
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.models import Because, Party, PartyKind, SideLine
from ampersand.parties.speaking import Speaker
from ampersand.promises.models import Promise
from ampersand.timeline import actions as timeline
from ampersand.timeline.actions import Happening, Taker
from ampersand.timeline.models import Moment

AT = datetime(2026, 10, 6, 10, 52, tzinfo=UTC)
WORDS = (
    "Saw Jane and Sami at Alder this morning. I'll send Tom with the refractometer by Friday. "
    "Let them off October's pallet charge, about £180. No idea who signs off the new hotel in Bath."
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return House.objects.create(name="Harbour & Finch", founded_at=AT, time_zone="Europe/London", currency="GBP")


@pytest.fixture
def maya(house: House) -> Member:
    maya = Member.objects.create_user("maya@finch.example", name="Maya Lindqvist", joined_at=AT)
    Party.objects.create(name=maya.name, member=maya, told_at=AT)
    return maya


@pytest.fixture
def alder(house: House) -> Party:
    return known("Alder Hotels", PartyKind.ORGANISATION)


@pytest.fixture
def jane(alder: Party) -> Party:
    return at_work(known("Jane Okafor"), alder)


@pytest.fixture
def sami(alder: Party) -> Party:
    return at_work(known("Sami Haddad"), alder)


def known(name: str, kind: str = PartyKind.PERSON) -> Party:
    teller = Teller(at=AT - timedelta(days=900))
    party = parties.name_party(name, kind=kind, teller=teller)
    parties.become_known(party, because=Because.TYPED, known_at=teller.at, teller=teller)
    return party


def at_work(person: Party, organisation: Party) -> Party:
    parties.works_at(person, organisation, teller=Teller(at=AT - timedelta(days=900)))
    return person


def keep(words: str, member: Member, **told: object) -> Note:
    fields = {"device_id": uuid4(), "written_at": AT, "zone": "Europe/London", "at": AT, **told}
    return actions.keep(words, member=member, **fields)  # type: ignore[arg-type]


def row_counts() -> dict[str, int]:
    """How many rows each table of ours has, but for the traces of events and changes, the note itself and what it was told by."""
    left_out = {"core.Change", "core.Event", "notebook.Note", "core.Source", "notebook.NotePast"}
    ours = [m for m in apps.get_models() if m.__module__.startswith("ampersand.") and m._meta.label not in left_out]
    return {model._meta.label: model._default_manager.count() for model in ours}


def test_what_was_understood_is_kept_with_the_words_it_was_read_from(maya: Member, jane: Party, sami: Party) -> None:
    note = keep(WORDS, maya)

    met = Moment.objects.get()
    assert {taker.party.name for taker in met.participants.all()} == {"Jane Okafor", "Sami Haddad", "Maya Lindqvist"}
    promise = Promise.objects.get()
    assert (promise.is_ours, promise.words, promise.due_on) == (
        True, "send Tom with the refractometer", datetime(2026, 10, 9, tzinfo=UTC).date(),
    )  # fmt: skip
    given = Concession.objects.get()
    assert (given.is_ours, given.amount, given.currency) == (True, Decimal(180), "GBP")
    question = SideLine.objects.get(kind="wonder")
    assert question.words == "who signs off the new hotel in Bath"
    piece = note.pieces.get(kind="question")
    assert WORDS[piece.start : piece.end] == "who signs off the new hotel in Bath"
    assert piece.fact_id == question.pk


def test_the_raw_words_are_nobody_elses(maya: Member, jane: Party, sami: Party) -> None:
    tom = Member.objects.create_user("tom@finch.example", name="Tom Reyes", joined_at=AT, role="steward")

    note = keep(WORDS, maya)

    assert list(Note.objects.visible_to(maya)) == [note]
    assert not Note.objects.visible_to(tom).exists()
    assert not Moment.objects.get().words


def test_a_note_about_todays_meeting_joins_it_rather_than_adding_a_second(
    maya: Member, jane: Party, sami: Party
) -> None:
    meeting, _ = timeline.tell(
        Happening(mode="visit", happened_at=AT - timedelta(hours=2), zone="Europe/London", takers=[Taker(jane)],
                  key="event:1/"),
        teller=Teller(at=AT - timedelta(days=3)),
    )  # fmt: skip

    note = keep(WORDS, maya)

    assert Moment.objects.get() == meeting
    assert meeting.participants.filter(party=sami).exists()
    assert note.pieces.get(kind="encounter").joined
    assert Promise.objects.get().moment == meeting


def test_taking_the_joined_note_apart_leaves_the_meeting_as_it_was(maya: Member, jane: Party, sami: Party) -> None:
    meeting, _ = timeline.tell(
        Happening(mode="visit", happened_at=AT, zone="Europe/London", takers=[Taker(jane)], key="event:1/"),
        teller=Teller(at=AT),
    )
    keep(WORDS, maya)

    alone = timeline.take_apart(meeting.tellings.get(key__startswith="note:"), by=maya, at=AT)

    assert {taker.party for taker in meeting.participants.all()} == {jane}
    assert alone.participants.filter(party=sami).exists()


def test_the_same_note_sent_twice_is_kept_once(maya: Member, jane: Party, sami: Party) -> None:
    device_id = uuid4()

    first = keep(WORDS, maya, device_id=device_id)
    second = keep(WORDS, maya, device_id=device_id)

    assert first == second
    assert Moment.objects.count() == 1


def test_nobody_takes_over_a_note_by_its_id(maya: Member, jane: Party) -> None:
    tom = Member.objects.create_user("tom@finch.example", name="Tom Reyes", joined_at=AT)
    note = keep("Called Jane.", maya)

    with pytest.raises(actions.SomebodyElses):
        keep("Called Jane.", tom, device_id=note.device_id)
    with pytest.raises(actions.SomebodyElses):
        actions.undo(note, by=tom, at=AT)


def test_what_was_put_right_is_what_is_kept_and_what_was_left_out_is_not(
    maya: Member, jane: Party, sami: Party
) -> None:
    corrections = {
        "promise:send-tom-with-the-refractometer.due": "2026-10-12",
        "concession:let-them-off-october-s-pallet-charge-about-180": "",
    }

    note = keep(WORDS, maya, corrections=corrections)

    assert Promise.objects.get().due_on == datetime(2026, 10, 12, tzinfo=UTC).date()
    assert not Concession.objects.exists()
    assert note.pieces.get(kind="promise").was_put_right


def test_undo_leaves_every_table_as_it_was_and_the_words_with_their_writer(
    maya: Member, jane: Party, sami: Party
) -> None:
    before = row_counts()
    note = keep(WORDS + " Met Piotr Zielinski of Quayside Bakery too.", maya)
    assert row_counts() != before

    actions.undo(note, by=maya, at=AT)

    assert row_counts() == before
    assert Note.objects.get(pk=note.pk).words.startswith("Saw Jane")


def test_undo_leaves_a_promise_about_which_something_was_said_since(maya: Member, jane: Party, sami: Party) -> None:
    from ampersand.promises import actions as promises

    note = keep(WORDS, maya)
    promises.say_done(Promise.objects.get(), speaker=Speaker.ourselves(maya.party, by=maya, at=AT))

    undone = actions.undo(note, by=maya, at=AT)

    assert Promise.objects.get().words in undone.stays
    assert not Concession.objects.exists()


def test_an_unknown_name_becomes_a_party_with_that_name_only(maya: Member) -> None:
    keep("Called Nadia Rahman, she will think about Sundays.", maya)

    nadia = Party.objects.get(name="Nadia Rahman")
    assert nadia.relationship.because == Because.NOTE
    assert not nadia.identifiers.exists()


def test_a_line_about_nobody_is_complete(maya: Member) -> None:
    note = keep("Grinder at the roastery sounds wrong again.", maya)

    assert not Moment.objects.exists()
    assert note.withdrawn_at is None


def test_an_empty_note_is_refused_and_nothing_is_written(maya: Member) -> None:
    with pytest.raises(actions.NothingWritten):
        keep("  \n ", maya)
    assert not Note.objects.exists()


def test_of_two_meetings_that_day_a_note_joins_the_one_with_the_people_it_names(
    maya: Member, jane: Party, sami: Party
) -> None:
    def meeting(hour: int, *people: Party) -> Moment:
        takers = [Taker(one) for one in people]
        at = AT.replace(hour=hour)
        happening = Happening(mode="visit", happened_at=at, zone="Europe/London", takers=takers, key=f"event:{hour}/")
        return timeline.tell(happening, teller=Teller(at=AT))[0]

    both, _ = meeting(15, jane, sami), meeting(10, sami)

    keep(WORDS, maya)

    assert Moment.objects.count() == 2
    assert both.tellings.filter(key__startswith="note:").exists()


def test_between_two_meetings_alike_a_note_joins_the_one_just_over(maya: Member, jane: Party) -> None:
    for hour in (10, 18):
        happening = Happening(
            mode="call", happened_at=AT.replace(hour=hour), zone="UTC", takers=[Taker(jane)], key=f"event:{hour}/"
        )
        timeline.tell(happening, teller=Teller(at=AT))

    note = keep("Called Jane.", maya)

    joined = Moment.objects.get(pk__in=note.pieces.filter(kind="encounter").values("fact_id"))
    assert joined.happened_at.hour == 10
