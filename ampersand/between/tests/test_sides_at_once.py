"""Two who write, answer or hand over at the same time, each on a connection of their own."""

from __future__ import annotations

import pytest
from django.db import transaction

from ampersand.between import handing_over
from ampersand.between.handing import HandingOver
from ampersand.parties import actions as parties
from ampersand.parties import sides
from ampersand.parties.models import LineKind, SideLine, Tending
from ampersand.parties.speaking import Speaker
from tests.at_once import at_once
from tests.cast import NOW, TODAY, Cast, line, says, tells

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_line_told_by_two_is_one_and_the_first_answer_is_kept(cast: Cast) -> None:
    acts = [
        lambda by=by: sides.tell(cast.with_jane, kind=LineKind.HOPE, words="two more years", speaker=says(by))
        for by in (cast.maya, cast.tom)
    ]
    at_once(*acts)
    assert SideLine.objects.count() == 1

    asked = line(cast.jane, words="Who signs?", told_by=cast.maya, kind=LineKind.WONDER)
    said = at_once(
        lambda: sides.answer(asked, words="Helen.", speaker=says(cast.maya)).answer,
        lambda: sides.answer(asked, words="Nobody.", speaker=says(cast.tom)).answer,
    )
    assert len(set(said)) == 1


def test_put_right_by_both_sides_at_once_one_of_them_reads_what_the_other_wrote(cast: Cast) -> None:
    told = sides.tell(cast.with_jane, kind=LineKind.MATTERS, words="price", speaker=tells(cast.maya, cast.jane))

    def put_right(words: str, speaker: Speaker) -> str:
        try:
            return sides.change(told, words=words, speaker=speaker).words
        except sides.NoLongerStands:
            return ""

    said = at_once(
        lambda: put_right("quiet", Speaker.themselves(cast.jane, at=NOW)),
        lambda: put_right("cost", tells(cast.tom, cast.jane)),
    )
    assert sorted(map(bool, said)) == [False, True]
    assert SideLine.objects.standing().count() == 1


def test_taken_back_and_accepted_at_once_only_one_of_the_two_holds(cast: Cast) -> None:
    parties.tend(cast.with_jane, cast.maya, on=TODAY, by=cast.maya, at=NOW)
    told = {"to": cast.tom, "from_on": TODAY, "story": "", "is_shared": False, "on": TODAY}
    with transaction.atomic():
        handing = handing_over.offer(cast.with_jane, speaker=says(cast.maya), **told)  # type: ignore[arg-type]

    def tried(accepts: bool) -> bool:
        try:
            if accepts:
                handing_over.accept(handing, on=TODAY, by=cast.tom, at=NOW)
            else:
                handing_over.withdraw(handing, by=cast.maya, at=NOW)
        except handing_over.NotNow:
            return False
        return True

    said = at_once(lambda: tried(True), lambda: tried(False))
    assert sorted(said) == [False, True]
    tends = Tending.objects.get(relationship=cast.with_jane, until_on=None).member
    assert (HandingOver.objects.get().accepted_at is None) == (tends == cast.maya)
