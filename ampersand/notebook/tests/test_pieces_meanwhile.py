"""What else happens to a note while a piece of it is put right or taken back."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from ampersand.core.models import SearchEntry
from ampersand.members.models import Member
from ampersand.notebook import actions as notebook
from ampersand.notebook import pieces
from ampersand.notebook.models import Note, Piece, PieceKind
from ampersand.parties.erasing import erase_party
from ampersand.parties.models import Party
from ampersand.promises.models import Promise
from ampersand.timeline import actions as timeline
from ampersand.timeline.models import Moment, Telling
from tests import cast as told
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
WORDS = "Called Jane Okafor. I'll send her the volumes by Friday. Fairness matters to her."
RIGHT = {"words": "send the tender", "due_on": None, "by": "ours"}


def test_what_is_undone_meanwhile_is_nobodys_to_put_right(cast: Cast) -> None:
    note = keep(WORDS, cast.maya)
    piece = piece_of(note, PieceKind.PROMISE)
    notebook.undo(note, by=cast.maya, at=LATER)

    with pytest.raises(pieces.NotYours):
        pieces.put_right(piece, RIGHT | {"whom": cast.jane}, by=cast.maya, at=LATER)


def test_nothing_is_told_anew_of_one_who_was_erased_meanwhile(cast: Cast) -> None:
    note = keep(WORDS, cast.maya)
    ole = told.person("Ole Berg")
    erase_party(ole, by=cast.ruth, at=LATER)

    with pytest.raises(pieces.NotYours):
        pieces.put_right(piece_of(note, PieceKind.PROMISE), RIGHT | {"whom": ole}, by=cast.maya, at=LATER)

    assert Promise.objects.standing().get().relationship == cast.with_jane


def test_a_shared_note_is_found_by_whom_may_see_all_it_tells_of_now(cast: Cast) -> None:
    note = keep(WORDS, cast.maya)
    notebook.share(note, by=cast.maya, at=LATER)

    pieces.put_right(piece_of(note, PieceKind.PROMISE), RIGHT | {"whom": cast.leona}, by=cast.maya, at=LATER)

    assert cast.leona.pk in SearchEntry.objects.get(object_id=note.pk).party_ids


def test_of_a_piece_and_what_stands_instead_only_one_stands(cast: Cast) -> None:
    note = keep(WORDS, cast.maya)
    first = piece_of(note, PieceKind.PROMISE)
    second = pieces.put_right(first, RIGHT | {"whom": cast.jane}, by=cast.maya, at=LATER)
    pieces.bring_back(first, by=cast.maya, at=LATER + timedelta(hours=1))

    # From a window that is open since before.
    pieces.bring_back(second, by=cast.maya, at=LATER + timedelta(hours=2))

    assert Promise.objects.standing().get().words == "send the tender"
    assert note.pieces.standing().filter(kind=PieceKind.PROMISE).get() == second


def test_who_was_erased_meanwhile_does_not_come_back_into_a_meeting(cast: Cast) -> None:
    met = told.moment(cast.jane, by=cast.maya, mode="call", key="event:1", subject="Mugs")
    note = keep("Called Jane Okafor and Ole Berg.", cast.maya)
    piece = piece_of(note, PieceKind.ENCOUNTER)
    ole = Party.objects.get(name="Ole Berg")
    pieces.take_back(piece, by=cast.maya, at=LATER)
    erase_party(ole, by=cast.ruth, at=LATER)

    pieces.bring_back(piece, by=cast.maya, at=LATER)

    assert not met.participants.filter(party=ole).exists()


def test_what_a_note_tells_no_more_of_a_meeting_is_not_taken_apart_from_it(cast: Cast) -> None:
    met = told.moment(cast.jane, by=cast.maya, mode="call", key="event:1", subject="Mugs")
    note = keep("Called Jane Okafor and Ole Berg.", cast.maya)
    pieces.take_back(piece_of(note, PieceKind.ENCOUNTER), by=cast.maya, at=LATER)
    telling = Telling.objects.get(source=note.source)

    timeline.take_apart(telling, by=cast.tom, at=LATER)

    assert not telling.may_be_taken_apart(cast.tom)
    assert Moment.objects.get() == met


def test_undo_takes_a_meeting_that_was_put_right_out_of_the_one_it_joined(cast: Cast) -> None:
    met = told.moment(cast.jane, by=cast.maya, mode="call", at=NOW - timedelta(days=2), key="event:1", subject="Mugs")
    note = keep("Called Jane Okafor and Ole Berg.", cast.maya)
    right = {"mode": "call", "on": (NOW - timedelta(days=2)).date()}
    pieces.put_right(piece_of(note, PieceKind.ENCOUNTER), right, by=cast.maya, at=LATER)

    notebook.undo(note, by=cast.maya, at=LATER)

    assert Moment.objects.get() == met
    assert met.tellings.count() == 1
    assert not met.participants.filter(party__name="Ole Berg").exists()


def keep(words: str, by: Member) -> Note:
    return notebook.keep(words, member=by, device_id=uuid4(), written_at=NOW, zone="Europe/London", at=NOW)


def piece_of(note: Note, kind: PieceKind) -> Piece:
    of_kind = note.pieces.standing().filter(kind=kind, fact_id__isnull=False)
    return of_kind.exclude(kind=PieceKind.PERSON, joined=True).get()
