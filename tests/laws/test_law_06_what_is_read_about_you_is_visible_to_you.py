"""Law 6. What is kept and read about somebody stands on their own page as far as both can see, and they may answer."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.models import Detail, Identifier
from ampersand.portal.tests.everything import everything
from ampersand.portal.tests.visitors import Visitor, visitor
from ampersand.readings.models import Measure, Reading
from ampersand.timeline.models import Moment
from tests import cast as people
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "outside"])


@pytest.fixture
def jane(cast: Cast) -> Visitor:
    return visitor(cast, cast.jane)


def page_of(who: Visitor) -> str:
    page = BeautifulSoup(who.client().get(reverse("portal:page")).content, "html.parser")
    return re.sub(r"\s+", " ", page.get_text(" "))


def between(cast: Cast, words: str) -> Moment:
    """A moment both see."""
    seen = people.moment(cast.jane, by=cast.maya, words=words)
    Moment.objects.filter(pk=seen.pk).update(room="between")
    return seen


def test_every_reading_that_rests_on_what_both_see_stands_there_with_all_of_it(cast: Cast, jane: Visitor) -> None:
    seen = [between(cast, f"Tasting number {number}") for number in range(4)]
    for measure, says in ((Measure.WHOSE_MOVE, "our_move"), (Measure.QUIET, "in_rhythm")):
        Reading.objects.create(
            relationship=cast.with_jane,
            measure=measure,
            says=says,
            value=3,
            usual=7,
            count=len(seen) - 1,
            since_on=NOW.date(),
            as_known_at=NOW,
            as_of=NOW,
            rule_version=1,
            evidence=[one.pk for one in seen],
        )

    page = BeautifulSoup(jane.client().get(reverse("portal:page")).content, "html.parser")
    rows = page.select("section[aria-labelledby=readings] > ul > li")

    assert len(rows) == Reading.objects.count() == 2
    for row in rows:
        assert all(one.words in row.get_text() for one in seen)
        assert "This is not right" in row.get_text()


def test_her_answer_to_a_reading_stands_beside_it_where_we_read_it(cast: Cast, jane: Visitor) -> None:
    everything(cast, cast.jane, "Jane")
    told = {"entry": str(uuid4()), "words": "You called me back by telephone."}

    jane.client().post(reverse("portal:not_right", args=["whose_move"]), told)

    ours = people.page_of(cast.maya, reverse("desk:why", args=[cast.with_jane.readings.get(measure="whose_move").pk]))
    assert "You called me back by telephone." in ours
    assert "You called me back by telephone." in page_of(jane)


def test_every_address_and_detail_kept_of_her_stands_there_with_where_it_came_from(cast: Cast, jane: Visitor) -> None:
    teller = Teller(at=timezone.now(), by=cast.maya)
    for kind, value in (("email", "jane.o@home.example"), ("phone", "+44 20 7946 0018")):
        parties.tell_identifier(cast.jane, kind=kind, value=value, teller=teller)
    for label, value in (("birthday", "7 May"), ("takes her coffee", "black, no sugar")):
        parties.tell_detail(cast.jane, label=label, value=value, teller=teller)

    page = page_of(jane)

    kept = [one.as_told for one in Identifier.objects.filter(party=cast.jane)]
    kept += [one.value for one in Detail.objects.filter(party=cast.jane)]
    assert len(kept) == 5
    assert [value for value in kept if value not in page] == []
    assert page.count("From: written down by us") >= len(kept)


def test_she_reads_on_which_days_her_page_was_looked_at_and_by_nobody_s_name(cast: Cast, jane: Visitor) -> None:
    people.page_of(cast.maya, f"/relationships/{cast.with_jane.pk}/")

    readers = BeautifulSoup(jane.client().get(reverse("portal:page")).content, "html.parser").select_one(
        "section[aria-labelledby=readers]"
    )

    assert readers is not None
    assert "today" in readers.get_text()
    assert cast.maya.name not in readers.get_text()
