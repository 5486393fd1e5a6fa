"""No reading ever says nonsense: every phrase of both sides, in each language, over a corpus of what may be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.utils import translation

from ampersand.readings import saying
from ampersand.readings.models import Measure, Reading
from ampersand.readings.rules import RULES
from ampersand.readings.saying import PHRASES, Ear, says

AT = datetime(2026, 10, 6, 9, tzinfo=UTC)
TODAY = AT.date()
COUNTS = (0, 1, 2, 5, 13, 240)
# What nobody would say, in either language.
NONSENSE = re.compile(
    r"%\(|\bNone\b|\bnan\b|\{|\b0 (days?|Tage?n?)\b|\b1 (days|Tagen|times|things)\b|percent|Prozent|  | [.,;]|^[a-z]|,,"
    r"|(?<![a-z])(no|keine?) (promises|Zusagen) of|\bevery 1\b|alle 1\b"
)


def reading(measure: Measure, said: str, **fields: Any) -> Reading:
    return Reading(measure=measure, says=said, as_of=AT, as_known_at=AT, rule_version=1, **fields)


def corpus() -> Iterator[Reading]:
    for days, usual, count in product((0.0, 0.4, 1.0, 2.0, 41.0), (0.2, 1.0, 2.0, 12.5), COUNTS):
        for said in ("quiet", "in_rhythm") if days >= 1 else ("in_rhythm",):
            yield reading(Measure.QUIET, said, value=days, usual=usual, count=count)
    for count in range(5):
        yield reading(Measure.QUIET, "too_early", count=count)
    for since in days_ago(0, 1, 9, 200, 700):
        yield reading(Measure.WHOSE_MOVE, "our_move", since_on=since, count=1)
        yield reading(Measure.WHOSE_MOVE, "their_move", since_on=since, count=1)
        for measure, said in product(
            (Measure.MORE_OURS, Measure.MORE_THEIRS), ("too_early", "in_step", "made_ahead", "kept_ahead")
        ):
            yield reading(measure, said, since_on=since)
        for said in ("too_early", "in_tune", "trade_ahead", "relationship_ahead"):
            yield reading(Measure.TUNE, said, since_on=since)
    yield reading(Measure.WHOSE_MOVE, "nobodys_move", count=3)
    yield reading(Measure.NEXT, "too_early")
    for low, middle, high in ((0, 1, 2), (3, 12, 40), (30, 200, 600)):
        yield reading(Measure.NEXT, "expected", low=low, value=middle, high=high)
        for expected, fewest, most in ((0.3, 0, 2), (0.9, 0, 3), (1.2, 1, 1), (14.4, 3, 27)):
            counts = {"days": 182, "expected": expected, "low": fewest, "high": most}
            yield reading(Measure.NEXT, "expected", low=low, value=middle, high=high, told=counts)
    yield from of_promises()
    yield from of_both()


def of_promises() -> Iterator[Reading]:
    names = ("kept", "partly", "not_kept", "late", "unconfirmed")
    for told in product((0, 1, 13), repeat=5):
        count = sum(told)
        for measure in (Measure.KEPT_OURS, Measure.KEPT_THEIRS):
            said = "told" if count >= 3 else "too_early"
            yield reading(measure, said, count=count, told=dict(zip(names, told, strict=True)), since_on=TODAY)
    for measure in (Measure.GAP_OURS, Measure.GAP_THEIRS):
        yield reading(measure, "too_early", value=0)
        yield reading(measure, "confirmed", value=0)
        for count in COUNTS[1:]:
            yield reading(measure, "unconfirmed", value=count)


def of_both() -> Iterator[Reading]:
    for ours, theirs, waits in product(COUNTS, COUNTS, product((None, 20, 700), repeat=2)):
        told: dict[str, Any] = {"ours": ours, "theirs": theirs, "ours_gifts": 0, "theirs_gifts": 0}
        for side, since in zip(("ours", "theirs"), waits, strict=True):
            told[f"{side}_open_on"] = (TODAY - timedelta(days=since)).isoformat() if since else ""
        yield reading(Measure.GIVE_AND_TAKE, "given" if ours + theirs > 1 else "too_early", told=told)
    for our_word, their_word, agree, differ in product(
        ("", "good", "thin"), ("", "good", "thin"), (0, 1, 2), (0, 1, 2)
    ):
        told = {"ours": our_word, "theirs": their_word, "agree": agree, "differ": differ}
        said = "differ" if differ else "agree" if agree else "told"
        yield reading(Measure.AGREE, said, told=told, since_on=TODAY)
    for ways in ([["visit", 6, 9]], [["call", 0, 5], ["video", 20, 20], ["gathering", 1, 7]]):
        yield reading(Measure.RIGHT_WAY, "told", told={"ways": ways}, count=9, since_on=TODAY)
    yield from (reading(Measure.RIGHT_WAY, "too_early", count=count, told={"ways": []}) for count in (1, 4))
    yield reading(Measure.AGREE, "not_heard", since_on=TODAY, told={"ours": "", "theirs": "", "agree": 0, "differ": 0})


def days_ago(*numbers: int) -> list[date]:
    return [TODAY - timedelta(days=number) for number in numbers]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("ear", Ear)
def test_no_reading_ever_says_nonsense(language: str, ear: Ear) -> None:
    with translation.override(language):
        said = {says(one, today=TODAY, ear=ear, house="Harbour & Finch") for one in corpus()}

    assert [sentence for sentence in said if NONSENSE.search(sentence) or not sentence.endswith(".")] == []
    assert len(said) > 200


def test_every_phrase_is_said_somewhere_in_the_corpus() -> None:
    assert {(one.measure, saying._variant(one)) for one in corpus()} == set(PHRASES)


def test_one_is_said_as_one_and_the_day_of_meeting_as_today() -> None:
    one = reading(Measure.GAP_OURS, "unconfirmed", value=1)
    today = reading(Measure.QUIET, "in_rhythm", value=0.0, usual=12.0, count=9)

    assert says(one, today=TODAY) == "One thing you call done is not confirmed."
    assert says(today, today=TODAY) == "You spoke today; usually every 12 days."


def test_each_way_of_meeting_is_told_apart_and_what_was_worth_nothing_to_both_as_none() -> None:
    told = {"ways": [["visit", 6, 9], ["call", 0, 5]]}
    said = reading(Measure.RIGHT_WAY, "told", told=told, count=14, since_on=TODAY)

    assert says(said, today=TODAY) == "You both called six of nine visits and none of five calls worth it."
    assert says(said, today=TODAY, ear=Ear.THEIRS) == (
        "We both called six of nine visits and none of five calls worth it."
    )


@pytest.mark.parametrize(
    ("expected", "fewest", "most", "often"),
    [
        (0.4, 0, 2, "."),
        (0.9, 0, 3, "; in half a year about once, at most three times."),
        (5.3, 2, 9, "; in half a year about five times, or two to nine."),
        (1.0, 1, 1, "; in half a year about once."),
    ],
)
def test_when_next_is_said_with_how_often_in_half_a_year(expected: float, fewest: int, most: int, often: str) -> None:
    told = {"days": 182, "expected": expected, "low": float(fewest), "high": float(most)}

    said = says(reading(Measure.NEXT, "expected", low=2, value=5, high=9, told=told), today=TODAY)

    assert said == f"As it has gone, you speak again between Thu 8 and Thu 15, about Sun 11{often}"


def test_days_of_two_months_are_each_said_with_their_month() -> None:
    said = says(reading(Measure.NEXT, "expected", low=2, value=5, high=29, told={}), today=TODAY)

    assert said == "As it has gone, you speak again between Thu 8 Oct and 4 Nov, about Sun 11 Oct."


def test_what_stands_between_is_said_to_each_side_from_where_they_stand() -> None:
    told = {"ours": 5, "theirs": 3, "ours_open_on": "2026-09-02", "theirs_open_on": ""}
    given = reading(Measure.GIVE_AND_TAKE, "given", told=told)
    told_kept = {"kept": 4, "partly": 0, "not_kept": 0, "late": 1, "unconfirmed": 1}
    kept = reading(Measure.KEPT_OURS, "told", count=6, told=told_kept, since_on=date(2026, 3, 3))

    assert says(given, today=TODAY) == (
        "In three years you gave way five times, they three times; one of yours is unanswered since September."
    )
    assert says(given, today=TODAY, ear=Ear.THEIRS) == (
        "In three years we gave way five times, you three times; one of ours is unanswered since September."
    )
    assert says(kept, today=TODAY) == (
        "Of six promises of yours since March, four called kept, one past its day and one not confirmed."
    )
    assert says(kept, today=TODAY, ear=Ear.THEIRS, house="Harbour & Finch") == (
        "Of six promises of Harbour & Finch to you since March, four called kept, one past its day and one not confirmed."
    )


def test_every_measure_has_its_rule_in_words() -> None:
    assert set(RULES) == set(Measure)
    for rule in RULES.values():
        told = [str(part) for part in (rule.says, rule.leaves_out, rule.error, rule.formula, rule.source)]
        assert all(told)


def test_kept_is_told_of_each_kind_and_beside_what_was_meant() -> None:
    kinds = [
        {"kind": "send", "due": 6, "kept": 4, "low": 0.41, "high": 0.88},
        {"kind": "pay", "due": 3, "kept": 0, "low": 0, "high": 0.4},
    ]
    told = {"kept": 4, "kinds": kinds, "meant": 0.9}
    kept = reading(Measure.KEPT_OURS, "told", count=9, told=told, low=0.42, high=0.83)

    assert saying.kinds_say(kept) == [
        "Sending something: four of six called kept; as it has gone, 41 to 88 of 100.",
        "Paying: none of three called kept; as it has gone, 0 to 40 of 100.",
    ]
    assert saying.kinds_say(reading(Measure.KEPT_OURS, "too_early", count=1)) == []


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.42, 0.83, "Who promises counts on keeping 90 of 100; between 7 and 48 fewer are kept."),
        (0.71, 0.95, "Who promises counts on keeping 90 of 100; between 19 fewer and 5 more are kept."),
        (0.9, 0.99, "Who promises counts on keeping 90 of 100; no fewer are kept."),
        (None, None, ""),
    ],
)
def test_the_gap_to_what_was_meant_is_a_range_and_never_a_number_alone(
    low: float | None, high: float | None, said: str
) -> None:
    told = {"kept": 4, "kinds": [], "meant": 0.9}

    assert saying.gap_says(reading(Measure.KEPT_OURS, "told", count=9, told=told, low=low, high=high)) == said
