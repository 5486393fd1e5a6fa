"""Law 5. Every reading shows what it rests on, for and against, or says that it is too early to say."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from ampersand.parties.actions import Teller
from ampersand.parties.models import Party, Relationship
from ampersand.readings import actions as readings
from ampersand.readings.models import Measure, Reading
from ampersand.readings.saying import says
from ampersand.timeline import actions as timeline
from ampersand.timeline.actions import Happening, Taker
from ampersand.timeline.models import Mode, Moment
from tests.cast import Cast, person
from tests.laws.looking import page_of, read, relationship_page

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def meet(cast: Cast, relationship: Relationship, *days_ago: int) -> None:
    for days in days_ago:
        tell(cast, relationship, Mode.VISIT, days)


def tell(
    cast: Cast, relationship: Relationship, mode: str, days_ago: int, *, began: str = "", asks: bool = False
) -> Moment:
    at = timezone.now() - timedelta(days=days_ago)
    takers = [Taker(cast.maya.party), Taker(relationship.party)]
    happening = Happening(
        mode=mode,
        happened_at=at,
        zone="UTC",
        takers=takers,
        began=began,
        asks_answer=asks,
        subject=f"{days_ago} days ago",
    )
    return timeline.tell(happening, teller=Teller(at=at, by=cast.maya))[0]


def quiet_of(relationship: Relationship) -> Reading:
    return Reading.objects.get(relationship=relationship, measure=Measure.QUIET)


def a_small_book(cast: Cast) -> None:
    """Relationships of every kind: steady, gone quiet, new, asked, answered, only written to, only traded with."""
    meet(cast, cast.with_jane, *range(0, 210, 30))
    meet(cast, person("Gone Quiet").relationship, *range(200, 260, 10))
    meet(cast, person("Quite New").relationship, 3)
    tell(cast, person("Asked Us").relationship, Mode.MAIL, 5, began="them", asks=True)
    tell(cast, person("Was Asked").relationship, Mode.MAIL, 5, began="us", asks=True)
    answered = person("Answered Us").relationship
    tell(cast, answered, Mode.MAIL, 9, began="us", asks=True)
    tell(cast, answered, Mode.MAIL, 7, began="them")
    tell(cast, person("Only Written To").relationship, Mode.MAIL, 40, began="us")
    readings.read_all(at=timezone.now())


def test_every_reading_has_evidence_or_says_it_is_too_early(cast: Cast) -> None:
    a_small_book(cast)

    rests = [(reading, [*reading.evidence, *reading.against]) for reading in Reading.objects.all()]
    bare = [reading for reading, rests_on in rests if not rests_on and reading.says != "too_early"]

    assert bare == []
    assert {"quiet", "in_rhythm", "expected", "too_early", "our_move", "their_move", "nobodys_move"} == set(
        Reading.objects.values_list("says", flat=True)
    )


def test_every_reading_with_a_value_has_its_unit_its_count_and_its_day(cast: Cast) -> None:
    a_small_book(cast)

    for reading in Reading.objects.exclude(value=None):
        assert reading.unit == "days"
        assert reading.since_on is not None
        assert reading.count == len(reading.evidence) - 1


def test_every_reading_says_its_rule_and_the_time_it_is_of(cast: Cast) -> None:
    at = timezone.now()
    a_small_book(cast)

    assert {reading.rule_version >= 1 and reading.as_of >= at for reading in Reading.objects.all()} == {True}


def test_what_a_reading_rests_on_are_standing_moments_of_that_relationship(cast: Cast) -> None:
    a_small_book(cast)

    for reading in Reading.objects.exclude(evidence=[]):
        party = reading.relationship.party
        theirs = Moment.objects.standing().with_parties([party.pk, *people_of(party)]).filter(pk__in=reading.evidence)
        assert theirs.count() == len(set(reading.evidence))


def people_of(party: Party) -> list[UUID]:
    return list(party.ties_in.filter(kind="works_at").values_list("from_party_id", flat=True))


def test_quiet_is_counted_again_by_hand_from_the_moments_it_lists(cast: Cast) -> None:
    meet(cast, cast.with_jane, 300, 290, 270, 266, 200, 150, 149, 41)
    readings.read_one(cast.with_jane.pk, at=timezone.now())

    reading = quiet_of(cast.with_jane)

    days = sorted(Moment.objects.filter(pk__in=reading.evidence).values_list("on_day", flat=True))
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    assert (reading.count, reading.usual) == (len(gaps), median(gaps))
    assert (reading.since_on, reading.value) == (days[-1], days_since(days[-1], reading))
    assert (reading.low or 0) < (reading.high or 0)


def days_since(day: date, reading: Reading) -> int:
    return (reading.as_of.date() - day).days


def test_whose_move_lists_the_approach_that_waits(cast: Cast) -> None:
    asked = tell(cast, cast.with_jane, Mode.MAIL, 6, began="them", asks=True)
    readings.read_one(cast.with_jane.pk, at=timezone.now())

    reading = Reading.objects.get(relationship=cast.with_jane, measure=Measure.WHOSE_MOVE)

    assert (reading.says, reading.evidence, reading.since_on) == ("our_move", [asked.pk], asked.on_day)


@pytest.mark.parametrize(("encounters", "says"), [(1, "too_early"), (5, "too_early"), (6, "in_rhythm")])
def test_quiet_is_silent_below_five_gaps(cast: Cast, encounters: int, says: str) -> None:
    meet(cast, cast.with_jane, *range(0, encounters * 7, 7))

    readings.read_one(cast.with_jane.pk, at=timezone.now())

    assert quiet_of(cast.with_jane).says == says


def test_silence_below_the_minimum_is_said_in_words_and_without_a_range(cast: Cast) -> None:
    meet(cast, cast.with_jane, 2, 9)
    readings.read_one(cast.with_jane.pk, at=timezone.now())

    said = read(relationship_page(cast.maya, cast.with_jane))

    assert "Too early to say how often you are in touch" in said
    assert "usually every" not in said


def test_letters_nobody_answered_say_nothing_of_a_rhythm(cast: Cast) -> None:
    for days in range(0, 200, 20):
        tell(cast, cast.with_jane, Mode.MAIL, days, began="us")

    readings.read_one(cast.with_jane.pk, at=timezone.now())

    assert not Reading.objects.filter(relationship=cast.with_jane).exists()


def test_the_page_of_a_reading_shows_what_speaks_for_it_and_against(cast: Cast) -> None:
    meet(cast, cast.with_jane, *range(90, 300, 10))
    tell(cast, cast.with_jane, Mode.MAIL, 12, began="us")
    readings.read_one(cast.with_jane.pk, at=timezone.now())

    said = read(page_of(cast.maya, "why", quiet_of(cast.with_jane).pk))

    speaks_for, speaks_against = said.split("What speaks against it")
    assert "90 days ago" in speaks_for
    assert "without an answer: 12 days ago" in speaks_against
    assert "speaks from five gaps on" in said


def test_every_sentence_of_a_reading_opens_what_it_rests_on(cast: Cast) -> None:
    a_small_book(cast)

    for relationship in Relationship.objects.filter(readings__isnull=False).distinct():
        markup = relationship_page(cast.maya, relationship)
        for reading in relationship.readings.all():
            assert f"/readings/{reading.pk}/why/" in markup
            assert page_of(cast.maya, "why", reading.pk)


def test_the_page_of_whose_move_shows_the_letter_that_waits_and_what_would_speak_against(cast: Cast) -> None:
    tell(cast, cast.with_jane, Mode.MAIL, 6, began="them", asks=True)
    readings.read_one(cast.with_jane.pk, at=timezone.now())

    said = read(page_of(cast.maya, "why", Reading.objects.get(measure=Measure.WHOSE_MOVE).pk))

    assert "6 days ago" in said
    assert "What speaks against it" in said
    assert "It speaks from one approach on" in said


def test_a_relationship_says_beside_each_reading_how_much_it_rests_on(cast: Cast) -> None:
    meet(cast, cast.with_jane, *range(0, 70, 10))
    tell(cast, cast.with_jane, Mode.MAIL, 6, began="them", asks=True)
    readings.read_one(cast.with_jane.pk, at=timezone.now())

    said = read(relationship_page(cast.maya, cast.with_jane))

    # The letter is an encounter on a day of its own.
    assert re.findall(r"\b(\d+ gaps?|\d+ approach(?:es)?)\.", said) == ["1 approach", "7 gaps", "7 gaps"]


def test_today_opens_the_evidence_of_every_reading_it_names(cast: Cast) -> None:
    today, quiet = timezone.localdate(), person("Gone Quiet", tended_by=cast.maya).relationship
    meet(cast, quiet, *range(200, 260, 10))
    tell(cast, cast.with_jane, Mode.MAIL, 5, began="them", asks=True)
    readings.read_all(at=timezone.now())

    page = page_of(cast.maya, "today")

    for reading in (quiet_of(quiet), Reading.objects.get(relationship=cast.with_jane, measure=Measure.WHOSE_MOVE)):
        sentence = BeautifulSoup(page, "html.parser").find("a", href=f"/readings/{reading.pk}/why/")
        assert sentence is not None
        assert sentence.get_text() == says(reading, today=today)


def test_a_moment_that_is_withdrawn_is_no_evidence_any_more(cast: Cast) -> None:
    meet(cast, cast.with_jane, *range(0, 70, 10))
    last = Moment.objects.latest("happened_at")

    timeline.withdraw(last, by=cast.maya, at=timezone.now())
    readings.read_one(cast.with_jane.pk, at=timezone.now())

    assert last.pk not in quiet_of(cast.with_jane).evidence
