"""Words of the house's own: told, withdrawn, of one and of many."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ampersand.core.models import Event
from ampersand.parties import actions as parties
from ampersand.parties import tags
from ampersand.parties.actions import Teller
from ampersand.parties.erasing import erase_party
from ampersand.parties.models import Tag
from ampersand.parties.tags import NoWord
from tests.cast import NOW, Cast, person

pytestmark = pytest.mark.django_db


def teller(cast: Cast) -> Teller:
    return Teller(at=NOW, by=cast.maya)


def test_a_word_said_again_in_other_letters_is_the_same_tag(cast: Cast) -> None:
    first = tags.tell_tag(cast.jane, word=" Fair   2026", teller=teller(cast))
    again = tags.tell_tag(cast.jane, word="fair 2026", teller=teller(cast))

    assert first == again
    assert [tag.word for tag in Tag.objects.all()] == ["Fair 2026"]


@pytest.mark.parametrize("word", ["", "   ", "\x00", "\n\t"])
def test_what_is_no_word_is_no_tag(cast: Cast, word: str) -> None:
    with pytest.raises(NoWord):
        tags.tell_tag(cast.jane, word=word, teller=teller(cast))


def test_a_very_long_word_is_cut_and_kept(cast: Cast) -> None:
    told = tags.tell_tag(cast.jane, word="💥" * 500, teller=teller(cast))

    assert told is not None
    assert len(told.word) == tags.LONGEST


def test_withdrawn_it_stays_as_it_was_known_and_may_be_told_again(cast: Cast) -> None:
    told = tags.tell_tag(cast.jane, word="fair", teller=teller(cast))
    assert told is not None
    tags.withdraw_tags([told], by=cast.tom, at=NOW + timedelta(days=2))
    again = tags.tell_tag(cast.jane, word="fair", teller=Teller(at=NOW + timedelta(days=3), by=cast.tom))

    known = Tag.objects.as_known_on(NOW + timedelta(days=1))
    assert list(known) == [told]
    assert again != told
    assert Tag.objects.count() == 2
    assert told.past.model.objects.filter(pgh_obj_id=told.pk, withdrawn_at=None).count() == 1  # type: ignore[attr-defined]


def test_many_are_told_in_a_few_statements_and_each_has_its_line(cast: Cast) -> None:
    crowd = [person(f"Person {number}") for number in range(30)]
    tags.tell_tag(crowd[0], word="fair", teller=teller(cast))

    with CaptureQueriesContext(connection) as asked:
        new = tags.tell_tags([one.pk for one in crowd], word="Fair", teller=teller(cast))

    assert {tag.party_id for tag in new} == {one.pk for one in crowd[1:]}
    assert Event.objects.filter(name="tag.told").count() == 30
    assert len(asked) <= 8


def test_of_somebody_erased_nothing_is_told(cast: Cast) -> None:
    erase_party(cast.jane, by=cast.ruth, at=NOW)

    assert tags.tell_tag(cast.jane, word="fair", teller=teller(cast)) is None
    assert not Tag.objects.exists()


def test_the_words_in_use_tell_nothing_of_who_is_hidden(cast: Cast) -> None:
    tags.tell_tag(cast.jane, word="fair", teller=teller(cast))
    tags.tell_tag(cast.alder, word="Fair", teller=teller(cast))
    tags.tell_tag(cast.leona, word="merger", teller=teller(cast))
    gone = tags.tell_tag(cast.jane, word="old", teller=teller(cast))
    assert gone is not None
    tags.withdraw_tags([gone], by=cast.maya, at=NOW)

    assert [word.lower() for word in tags.words_in_use(cast.tom)] == ["fair"]
    assert [word.lower() for word in tags.words_in_use(cast.maya)] == ["fair", "merger"]


def test_the_database_holds_it_once(cast: Cast) -> None:
    tags.tell_tag(cast.jane, word="fair", teller=teller(cast))

    with pytest.raises(IntegrityError), transaction.atomic():
        Tag.objects.create(party=cast.jane, word="FAIR", told_at=NOW)


def test_who_is_erased_loses_their_tags_and_the_past_of_them(cast: Cast) -> None:
    told = tags.tell_tag(cast.jane, word="fair", teller=teller(cast))
    assert told is not None
    tags.withdraw_tags([told], by=cast.maya, at=NOW)

    erase_party(cast.jane, by=cast.ruth, at=NOW)

    assert not Tag.objects.exists()
    assert not told.past.model.objects.exists()  # type: ignore[attr-defined]


def test_a_tag_holds_who_was_kept_by_a_tap(cast: Cast) -> None:
    from ampersand.desk import keeping

    heard = parties.name_party("Only heard of", teller=teller(cast))
    keeping.keep_trace(heard, by=cast.maya, at=NOW)
    tags.tell_tag(heard, word="fair", teller=teller(cast))

    assert keeping.take_back(heard.relationship, by=cast.maya, at=NOW) is False
