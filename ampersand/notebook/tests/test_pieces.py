"""One thing that was kept of a note is taken back alone, or put right; nothing is overwritten, and both can be undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from ampersand.core import search
from ampersand.core.models import Event
from ampersand.exchange.models import Concession, Transaction
from ampersand.members.models import Member
from ampersand.notebook import actions as notebook
from ampersand.notebook import pieces
from ampersand.notebook.models import Note, Piece, PieceKind
from ampersand.notebook.naming import notes_naming
from ampersand.notebook.undoing import Rests
from ampersand.parties import actions as parties
from ampersand.parties import sides
from ampersand.parties.erasing import erase_party
from ampersand.parties.models import Party, SideLine, Tending
from ampersand.parties.speaking import Speaker
from ampersand.promises import actions as promises
from ampersand.promises.models import Promise
from ampersand.timeline.models import Moment
from tests import cast as told
from tests.cast import NOW, TODAY, Cast, says

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
WORDS = "Called Jane Okafor. I'll send her the volumes by Friday. Fairness matters to her."


def test_a_promise_taken_back_stands_nowhere_and_the_rest_of_the_note_does(cast: Cast) -> None:
    note = keep(WORDS, cast.maya)

    pieces.take_back(piece_of(note, PieceKind.PROMISE), by=cast.maya, at=LATER)

    promise = Promise.objects.get()
    assert promise.withdrawn_at == LATER
    assert not Promise.objects.visible_to(cast.maya).open().exists()
    assert promise in Promise.objects.as_known_on(NOW)
    assert Moment.objects.standing().count() == SideLine.objects.standing().count() == 1
    assert not found("volumes", cast.maya) & {promise.pk}
    assert Event.objects.filter(name="piece.taken_back", by_id=cast.maya.pk).get().relationship_id == cast.with_jane.pk


def test_what_was_taken_back_is_brought_back(cast: Cast) -> None:
    note = keep(WORDS, cast.maya)
    piece = piece_of(note, PieceKind.PROMISE)
    pieces.take_back(piece, by=cast.maya, at=LATER)

    pieces.bring_back(piece, by=cast.maya, at=LATER)

    promise = Promise.objects.visible_to(cast.maya).open().get()
    assert promise.pk == piece.fact_id
    assert found("volumes", cast.maya) & {promise.pk}


def test_a_promise_put_right_is_told_anew_from_the_same_place(cast: Cast) -> None:
    note = keep(WORDS, cast.maya)
    first = Promise.objects.get()
    right = {"words": "send the tender", "due_on": TODAY + timedelta(days=9), "by": "theirs", "whom": cast.jane}

    instead = pieces.put_right(piece_of(note, PieceKind.PROMISE), right, by=cast.maya, at=LATER)

    now = Promise.objects.standing().get()
    assert (now.words, now.due_on, now.by, now.to) == ("send the tender", right["due_on"], cast.jane, cast.maya.party)
    assert (now.made_on, now.moment, now.source, now.place) == (first.made_on, first.moment, note.source, first.place)
    assert (instead.fact_id, instead.was_put_right) == (now.pk, True)
    assert first in Promise.objects.as_known_on(NOW)


def test_putting_right_is_undone_however_often(cast: Cast) -> None:
    note = keep(WORDS, cast.maya)
    first = piece_of(note, PieceKind.MATTERS)
    second = pieces.put_right(first, {"words": "speed", "whom": cast.jane}, by=cast.maya, at=LATER)
    third = pieces.put_right(
        second, {"words": "candour", "whom": cast.jane}, by=cast.maya, at=LATER + timedelta(hours=1)
    )

    assert lines() == ["candour"]
    pieces.bring_back(second, by=cast.maya, at=LATER + timedelta(hours=2))
    assert lines() == ["speed"]
    pieces.bring_back(first, by=cast.maya, at=LATER + timedelta(hours=3))
    assert lines() == [SideLine.objects.get(pk=first.fact_id or "").words]
    assert Piece.objects.get(pk=third.pk).withdrawn_at is not None


def test_upon_what_something_was_said_nothing_is_changed(cast: Cast) -> None:
    note = keep(WORDS, cast.maya)
    promises.say_done(Promise.objects.get(), speaker=says(cast.tom, at=LATER))
    piece = piece_of(note, PieceKind.PROMISE)
    right = {"words": "send the tender", "due_on": None, "by": "ours", "whom": cast.jane}

    assert refused(lambda: pieces.take_back(piece, by=cast.maya, at=LATER)) == Rests.SAID
    assert refused(lambda: pieces.put_right(piece, right, by=cast.maya, at=LATER)) == Rests.SAID
    assert Promise.objects.standing().get().pk == piece.fact_id


def test_a_question_that_was_answered_stays(cast: Cast) -> None:
    note = keep("Called Jane Okafor. No idea who decides in Bath.", cast.maya)
    sides.answer(SideLine.objects.get(), speaker=Speaker.ourselves(cast.tom.party, by=cast.tom, at=LATER))

    assert refused(lambda: pieces.take_back(piece_of(note, PieceKind.QUESTION), by=cast.maya, at=LATER)) == (
        Rests.ANSWERED
    )


def test_a_meeting_on_another_day_takes_what_was_promised_there_with_it_and_back(cast: Cast) -> None:
    note = keep(WORDS, cast.maya)
    first = piece_of(note, PieceKind.ENCOUNTER)
    day = TODAY - timedelta(days=2)

    pieces.put_right(first, {"mode": "visit", "on": day}, by=cast.maya, at=LATER)

    moment = Moment.objects.standing().get()
    assert (moment.mode, moment.on_day, moment.is_all_day) == ("visit", day, True)
    assert set(moment.participants.values_list("party__name", flat=True)) == {"Jane Okafor", "Maya Lindqvist"}
    assert Promise.objects.get().moment == moment
    pieces.bring_back(first, by=cast.maya, at=LATER + timedelta(hours=1))
    assert Moment.objects.standing().get().pk == first.fact_id
    assert Promise.objects.get().moment_id == first.fact_id


def test_a_meeting_put_right_joins_the_one_the_calendar_told_of(cast: Cast) -> None:
    day = NOW - timedelta(days=2)
    met = told.moment(cast.jane, by=cast.maya, mode="call", at=day, key="event:1", subject="Mugs")
    note = keep("Called Jane Okafor.", cast.maya)

    piece = pieces.put_right(
        piece_of(note, PieceKind.ENCOUNTER), {"mode": "call", "on": day.date()}, by=cast.maya, at=LATER
    )

    assert Moment.objects.standing().get() == met
    assert (piece.fact_id, piece.joined) == (met.pk, True)


def test_what_a_note_told_of_a_meeting_that_was_known_leaves_it_and_comes_back(cast: Cast) -> None:
    met = told.moment(cast.jane, by=cast.maya, mode="call", key="event:1", subject="Mugs")
    note = keep("Called Jane Okafor and Ole Berg.", cast.maya)
    piece = piece_of(note, PieceKind.ENCOUNTER)
    joined = people(met)

    pieces.take_back(piece, by=cast.maya, at=LATER)
    left = people(met)
    pieces.bring_back(piece, by=cast.maya, at=LATER)

    assert piece.joined
    assert "Ole Berg" in joined
    assert left == joined - {"Ole Berg"}
    assert people(met) == joined
    assert Moment.objects.get(pk=met.pk).withdrawn_at is None


def test_somebody_who_was_no_person_is_a_trace_once_nothing_is_kept_with_them(cast: Cast) -> None:
    note = keep("Called Ole Berg. He promised the volumes by Friday.", cast.maya)
    ole = Party.objects.get(name="Ole Berg")
    person = piece_of(note, PieceKind.PERSON)

    first = refused(lambda: pieces.take_back(person, by=cast.maya, at=LATER))
    for kind in (PieceKind.PROMISE, PieceKind.ENCOUNTER):
        pieces.take_back(piece_of(note, kind), by=cast.maya, at=LATER)
    pieces.take_back(person, by=cast.maya, at=LATER)

    assert first == Rests.PROMISED
    assert ole in Party.objects.traces()
    pieces.bring_back(person, by=cast.maya, at=LATER)
    assert ole in Party.objects.known()
    assert Tending.objects.filter(relationship__party=ole, member=cast.maya, until_on=None).exists()


def test_trade_and_give_and_take_are_put_right(cast: Cast) -> None:
    note = keep("Jane Okafor ordered for £300. She waived the corkage for us.", cast.maya)
    order, gift = piece_of(note, PieceKind.TRANSACTION), piece_of(note, PieceKind.CONCESSION)
    giver = Concession.objects.get().by

    pieces.put_right(
        order, {"kind": "renewal", "amount": 320, "currency": "EUR", "whom": cast.alder}, by=cast.maya, at=LATER
    )
    right = {"words": "a table", "by": "theirs", "whom": giver, "amount": None, "currency": "GBP"}
    pieces.put_right(gift, right, by=cast.maya, at=LATER)

    traded, given = Transaction.objects.standing().get(), Concession.objects.standing().get()
    assert (traded.kind, traded.amount, traded.currency) == ("renewal", Decimal(320), "EUR")
    assert (given.words, given.by, given.amount, given.currency) == ("a table", giver, None, "")


def test_nobody_else_changes_what_was_kept_of_a_note_even_one_that_is_shared(cast: Cast) -> None:
    note = keep(WORDS, cast.maya)
    notebook.share(note, by=cast.maya, at=LATER)
    piece = piece_of(note, PieceKind.PROMISE)

    for act in (pieces.take_back, pieces.bring_back):
        with pytest.raises(pieces.NotYours):
            act(piece, by=cast.tom, at=LATER)
    with pytest.raises(pieces.NotYours):
        pieces.put_right(piece, {"words": "x", "due_on": None, "by": "ours", "whom": cast.jane}, by=cast.ruth, at=LATER)


def test_of_what_is_closed_since_its_writer_changes_nothing_outside(cast: Cast) -> None:
    note = keep(WORDS, cast.tom)
    parties.close(cast.with_jane, by=cast.maya, at=LATER)

    with pytest.raises(pieces.NotYours):
        pieces.take_back(piece_of(note, PieceKind.PROMISE), by=cast.tom, at=LATER)


def test_a_note_that_tells_of_nobody_any_more_leaves_their_page(cast: Cast) -> None:
    note = keep("Called Ole Berg.", cast.maya)
    ole = Party.objects.get(name="Ole Berg")

    for kind in (PieceKind.ENCOUNTER, PieceKind.PERSON):
        pieces.take_back(piece_of(note, kind), by=cast.maya, at=LATER)

    assert note not in notes_naming([ole.pk])


def test_undoing_the_whole_note_takes_all_that_was_put_right_with_it(cast: Cast) -> None:
    note = keep(WORDS, cast.maya)
    right = {"words": "send the tender", "due_on": None, "by": "ours", "whom": cast.jane}
    pieces.put_right(piece_of(note, PieceKind.PROMISE), right, by=cast.maya, at=LATER)
    pieces.take_back(piece_of(note, PieceKind.MATTERS), by=cast.maya, at=LATER)
    pieces.put_right(piece_of(note, PieceKind.ENCOUNTER), {"mode": "visit", "on": TODAY}, by=cast.maya, at=LATER)

    undone = notebook.undo(note, by=cast.maya, at=LATER)

    assert undone.stays == []
    assert [Promise.objects.count(), SideLine.objects.count(), Moment.objects.count()] == [0, 0, 0]


def test_what_is_taken_back_is_not_brought_back_once_they_are_erased(cast: Cast) -> None:
    note = keep("Called Ole Berg. He promised the volumes by Friday.", cast.maya)
    piece = piece_of(note, PieceKind.PROMISE)
    pieces.take_back(piece, by=cast.maya, at=LATER)
    erase_party(Party.objects.get(name="Ole Berg"), by=cast.ruth, at=LATER)

    with pytest.raises(pieces.NotYours):
        pieces.bring_back(piece, by=cast.maya, at=LATER)


def keep(words: str, by: Member) -> Note:
    return notebook.keep(words, member=by, device_id=uuid4(), written_at=NOW, zone="Europe/London", at=NOW)


def piece_of(note: Note, kind: PieceKind) -> Piece:
    return (
        note.pieces.standing()
        .filter(kind=kind, fact_id__isnull=False)
        .exclude(kind=PieceKind.PERSON, joined=True)
        .get()
    )


def lines() -> list[str]:
    return list(SideLine.objects.standing().values_list("words", flat=True))


def people(moment: Moment) -> set[str]:
    return set(moment.participants.values_list("party__name", flat=True))


def refused(act: Callable[[], Any]) -> Rests:
    with pytest.raises(pieces.BuiltUpon) as raised:
        act()
    return raised.value.why


def found(words: str, member: Member) -> set[Any]:
    return {hit.object_id for hit in search.find(words, kinds=["promise"], hidden_party_ids=[], member_id=member.pk)}
