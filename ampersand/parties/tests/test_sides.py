from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ampersand.core.models import Event
from ampersand.core.rooms import Room
from ampersand.parties import actions as parties
from ampersand.parties import sides
from ampersand.parties.actions import Teller
from ampersand.parties.models import LineKind, Party, Relationship, SideLine
from ampersand.parties.speaking import Speaker
from ampersand.parties.voices import Voice
from tests.cast import NOW, TODAY, Cast, line, says, tells

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def herself(party: Party) -> Speaker:
    return Speaker.themselves(party, at=LATER)


def standing(relationship: Relationship) -> list[str]:
    return list(SideLine.objects.standing().filter(relationship=relationship).values_list("words", flat=True))


def test_a_line_of_ours_stays_ours_until_it_is_shared(cast: Cast) -> None:
    said = sides.tell(cast.with_jane, kind=LineKind.HOPE, words=" two more years ", speaker=says(cast.maya))
    assert (said.is_ours, said.voice, said.room, said.words) == (True, Voice.OWN, Room.OURS, "two more years")

    shared = sides.share(said, speaker=says(cast.maya))
    assert (shared.room, shared.shared_at) == (Room.BETWEEN, NOW)


def test_what_they_write_themselves_lies_between_in_their_own_voice(cast: Cast) -> None:
    said = sides.tell(cast.with_jane, kind=LineKind.MATTERS, words="quiet", speaker=herself(cast.jane))
    assert (said.is_ours, said.voice, said.room, said.told_by) == (False, Voice.OWN, Room.BETWEEN, None)


def test_what_a_member_writes_for_them_is_told_by_us_and_keeps_whose_matter_it_is(cast: Cast) -> None:
    parties.works_at(cast.jane, cast.alder, teller=Teller(at=NOW))
    said = sides.tell(
        cast.alder.relationship, kind=LineKind.MATTERS, words="quiet", speaker=tells(cast.maya, cast.jane)
    )
    assert (said.is_ours, said.voice, said.room, said.of) == (False, Voice.TOLD_BY_US, Room.OURS, cast.jane)


def test_told_again_it_is_the_same_line(cast: Cast) -> None:
    for _again in range(2):
        sides.tell(cast.with_jane, kind=LineKind.HOPE, words="two more years", speaker=says(cast.maya))
    assert standing(cast.with_jane) == ["two more years"]
    assert Event.objects.filter(name="line.told").count() == 1


def test_how_far_is_one_line_in_each_voice(cast: Cast) -> None:
    for words, speaker in (
        ("a trial first", says(cast.maya)),
        ("the whole house", says(cast.maya)),
        ("no further than now", herself(cast.jane)),
    ):
        sides.tell(cast.with_jane, kind=LineKind.HOW_FAR, words=words, speaker=speaker)
    assert sorted(standing(cast.with_jane)) == ["no further than now", "the whole house"]


def test_their_own_word_takes_the_place_of_the_same_words_told_by_us(cast: Cast) -> None:
    line(cast.jane, words="quiet", told_by=cast.maya)
    sides.tell(cast.with_jane, kind=LineKind.MATTERS, words="quiet", speaker=tells(cast.maya, cast.jane))
    sides.tell(cast.with_jane, kind=LineKind.MATTERS, words="quiet", speaker=herself(cast.jane))
    assert [one.voice for one in SideLine.objects.standing().filter(of=None)] == [Voice.OWN]


def test_put_right_by_them_what_we_told_is_their_own_word(cast: Cast) -> None:
    wrong = sides.tell(cast.with_jane, kind=LineKind.MATTERS, words="price", speaker=tells(cast.maya, cast.jane))
    right = sides.change(wrong, words="quiet", speaker=herself(cast.jane))
    assert (right.voice, right.room, right.words) == (Voice.OWN, Room.BETWEEN, "quiet")
    assert standing(cast.with_jane) == ["quiet"]


def test_in_other_words_it_stays_before_both(cast: Cast) -> None:
    shared = sides.share(
        sides.tell(cast.with_jane, kind=LineKind.HOPE, words="two years", speaker=says(cast.maya)),
        speaker=says(cast.maya),
    )
    assert sides.change(shared, words="three years", speaker=says(cast.maya)).room == Room.BETWEEN
    with pytest.raises(sides.NoLongerStands):
        sides.change(shared, words="four years", speaker=says(cast.maya))


def test_their_own_word_is_changed_and_withdrawn_by_nobody_else(cast: Cast) -> None:
    own = sides.tell(cast.with_jane, kind=LineKind.MATTERS, words="quiet", speaker=herself(cast.jane))
    for somebody in (says(cast.maya), tells(cast.maya, cast.jane), herself(cast.leona)):
        with pytest.raises(sides.NotYoursToSay):
            sides.change(own, words="noise", speaker=somebody)
        with pytest.raises(sides.NotYoursToSay):
            sides.withdraw(own, speaker=somebody)
    sides.withdraw(own, speaker=herself(cast.jane))
    assert standing(cast.with_jane) == []


def test_ours_is_neither_shared_nor_withdrawn_by_them(cast: Cast) -> None:
    said = sides.tell(cast.with_jane, kind=LineKind.HOPE, words="two years", speaker=says(cast.maya))
    for act in (sides.share, sides.withdraw):
        with pytest.raises(sides.NotYoursToSay):
            act(said, speaker=herself(cast.jane))


def test_whoever_stands_on_neither_side_says_nothing(cast: Cast) -> None:
    for somebody in (herself(cast.leona), tells(cast.maya, cast.leona)):
        with pytest.raises(sides.NotYoursToSay):
            sides.tell(cast.with_jane, kind=LineKind.MATTERS, words="quiet", speaker=somebody)


def test_a_line_holds_words(cast: Cast) -> None:
    with pytest.raises(sides.NothingSaid):
        sides.tell(cast.with_jane, kind=LineKind.MATTERS, words=" \n", speaker=says(cast.maya))


def test_the_first_answer_is_kept(cast: Cast) -> None:
    asked = line(cast.jane, words="Who decides?", told_by=cast.maya, kind=LineKind.WONDER)
    sides.answer(asked, words="The board.", speaker=tells(cast.maya, cast.jane))
    sides.answer(asked, words="Nobody.", speaker=says(cast.maya))
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by, asked.answer_voice) == ("The board.", cast.jane, Voice.TOLD_BY_US)


def test_they_answer_only_what_was_shared_with_them(cast: Cast) -> None:
    asked = line(cast.jane, words="Who decides?", told_by=cast.maya, kind=LineKind.WONDER)
    with pytest.raises(sides.NotYoursToSay):
        sides.answer(asked, words="I do.", speaker=herself(cast.jane))
    sides.share(asked, speaker=says(cast.maya))
    assert sides.answer(asked, words="I do.", speaker=herself(cast.jane)).answer_voice == Voice.OWN


def test_only_a_question_is_answered(cast: Cast) -> None:
    with pytest.raises(sides.NoQuestion):
        sides.answer(line(cast.jane, told_by=cast.maya), speaker=says(cast.maya))


def test_the_database_holds_whose_word_may_stand_in_which_room(cast: Cast) -> None:
    for wrong in (
        {"is_ours": True, "voice": Voice.TOLD_BY_US},
        {"is_ours": False, "voice": Voice.OWN, "room": Room.OURS},
        {"is_ours": True, "room": Room.MINE},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            SideLine.objects.create(
                relationship=cast.with_jane, kind=LineKind.HOPE, words="x", said_on=TODAY, told_at=NOW, **wrong
            )
