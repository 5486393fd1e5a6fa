"""The page of an organisation lists what was promised between us and its people while they worked there, and whose it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from ampersand.parties import actions as parties
from ampersand.parties.models import Tie
from ampersand.promises.models import Promise
from ampersand.readings import actions as readings
from ampersand.readings.models import Measure, Reading
from tests.cast import NOW, TODAY, Cast, page_of, person, promise

pytestmark = pytest.mark.django_db


def lists_of(cast: Cast) -> str:
    page = page_of(cast.maya, reverse("desk:relationship", args=[cast.alder.relationship.pk]))
    return " ".join(one.get_text(" ", strip=True) for one in BeautifulSoup(page, "html.parser").select("section.part"))


def test_both_sides_promises_of_its_people_are_listed_with_whose_they_are(cast: Cast) -> None:
    promise(cast.maya.party, cast.jane, words="send the new price list", told_by=cast.maya)
    promise(cast.jane, cast.maya.party, words="name the opening day", told_by=cast.maya)

    said = lists_of(cast)

    assert "Send the new price list Maya Lindqvist, to Jane Okafor" in said
    assert "Name the opening day Jane Okafor" in said
    assert "Nothing promised" not in said


def test_what_is_listed_is_what_the_reading_of_it_counts(cast: Cast) -> None:
    for number in range(3):
        made = promise(cast.maya.party, cast.jane, words=f"promise {number}", told_by=cast.maya)
        Promise.objects.filter(pk=made.pk).update(made_on=TODAY - timedelta(days=60), first_due_on=TODAY)
    Tie.objects.filter(from_party=cast.jane).update(from_on=TODAY - timedelta(days=90))
    readings.read_one(cast.alder.relationship.pk, at=NOW + timedelta(days=30))

    counted = Reading.objects.get(relationship=cast.alder.relationship, measure=Measure.KEPT_OURS).count

    assert counted == sum(f"Promise {number}" in lists_of(cast) for number in range(3)) == 3


@pytest.mark.parametrize(("from_days", "until_days"), [(-10, None), (-90, -61)])
def test_what_was_promised_before_or_after_their_time_there_is_not(
    from_days: int, until_days: int | None, cast: Cast
) -> None:
    made = promise(cast.maya.party, cast.jane, told_by=cast.maya)
    Promise.objects.filter(pk=made.pk).update(made_on=TODAY - timedelta(days=60))
    until_on = None if until_days is None else TODAY + timedelta(days=until_days)
    Tie.objects.filter(from_party=cast.jane).update(from_on=TODAY + timedelta(days=from_days), until_on=until_on)

    assert "price list" not in lists_of(cast)


def test_what_was_promised_to_somebody_who_is_closed_is_not_told_there(cast: Cast) -> None:
    olu = person("Olu Secret", tended_by=cast.maya)
    parties.works_at(olu, cast.alder, teller=parties.Teller(at=NOW, by=cast.maya))
    promise(cast.maya.party, olu, words="keep it between us", told_by=cast.maya)

    before = lists_of(cast)
    parties.close(olu.relationship, by=cast.maya, at=NOW)

    assert "Keep it between us" in before
    assert "Keep it between us" not in lists_of(cast)
