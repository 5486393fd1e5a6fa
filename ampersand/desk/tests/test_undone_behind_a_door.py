"""An act on many rows, undone by one to whom some of them were closed since."""

from __future__ import annotations

import pytest

from ampersand.desk.lists import editing
from ampersand.desk.lists.editing import Told
from ampersand.parties import actions as parties
from ampersand.parties.models import Detail, Tag, Tending
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("told", [Told("tag", word="x"), Told("detail", label="x", value="y"), Told("tend")])
def test_what_was_closed_to_them_since_stays_as_it_is(cast: Cast, told: Told) -> None:
    ids = [cast.jane.relationship.pk, cast.alder.relationship.pk]
    edit = editing.carry_out(told, ids, by=cast.tom, at=NOW)
    parties.close(cast.jane.relationship, members=[cast.maya], by=cast.maya, at=NOW)
    before = standing_of(cast)

    stays = editing.undo(edit, by=cast.tom, at=NOW)

    assert stays == 1
    assert standing_of(cast) == before


def standing_of(cast: Cast) -> list[object]:
    facts = [model.objects.standing().filter(party=cast.jane).count() for model in (Tag, Detail)]
    return [*facts, Tending.objects.filter(relationship__party=cast.jane, until_on=None).count()]
