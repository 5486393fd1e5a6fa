from __future__ import annotations

from datetime import date, datetime

import pytest

from ampersand.notebook.reader.days import whens_of
from ampersand.notebook.reader.folding import fold
from ampersand.notebook.reader.languages import language_of
from ampersand.notebook.reader.when import Tense
from ampersand.notebook.reader.writers_calendar import easter
from ampersand.notebook.tests.reader_cast import TUESDAY

CHICAGO = datetime.fromisoformat("2026-10-06T10:52:00-05:00")


def day_of(words: str, tense: Tense = "future", at: datetime = TUESDAY) -> date | None:
    (when,) = whens_of(fold(words), words, written_at=at, language=language_of("en"))
    return when.on(tense, at.date())


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", date(2026, 10, 6)),
        ("tmrw", date(2026, 10, 7)),
        ("Sami fits it 11.2, told them", date(2027, 2, 11)),
        ("by Friday", date(2026, 10, 9)),
        ("on Tuesday", date(2026, 10, 13)),
        ("next Tuesday", date(2026, 10, 13)),
        ("before the 12th", date(2026, 10, 12)),
        ("by the twenty first", date(2026, 10, 21)),
        ("on the 3rd", date(2026, 11, 3)),
        ("12 December", date(2026, 12, 12)),
        ("Feb 12th", date(2027, 2, 12)),
        ("the first of August", date(2027, 8, 1)),
        ("Thu 26th", date(2026, 11, 26)),
        ("25/3", date(2027, 3, 25)),
        ("2026-11-02", date(2026, 11, 2)),
        ("31.3.", date(2027, 3, 31)),
        ("by end of next week", date(2026, 10, 16)),
        ("by the end of the week", date(2026, 10, 9)),
        ("end of the month", date(2026, 10, 31)),
        ("end of November", date(2026, 11, 30)),
        ("next week", date(2026, 10, 16)),
        ("in 3 wks", date(2026, 10, 27)),
        ("in two weeks", date(2026, 10, 20)),
        ("in a fortnight", date(2026, 10, 20)),
        ("KW 45", date(2026, 11, 6)),
        ("wk of 9 November", date(2026, 11, 13)),
        ("by Q1", date(2026, 12, 31)),
        ("in Q1", date(2027, 3, 31)),
        ("by January", date(2026, 12, 31)),
        ("in January", date(2027, 1, 31)),
        ("mid-May", date(2027, 5, 15)),
        ("the Tuesday after Easter", date(2027, 3, 30)),
        ("bis Freitag", date(2026, 10, 9)),
    ],
)
def test_a_day_to_come_is_counted_from_when_the_note_was_written(words: str, day: date) -> None:
    assert day_of(words) == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("yesterday", date(2026, 10, 5)),
        ("on Friday", date(2026, 10, 2)),
        ("on Tuesday", date(2026, 9, 29)),
        ("on the 24th", date(2026, 9, 24)),
        ("29/4", date(2026, 4, 29)),
        ("2 weeks ago", date(2026, 9, 22)),
    ],
)
def test_the_same_words_in_the_past_tense_mean_the_last_such_day(words: str, day: date) -> None:
    assert day_of(words, "past") == day


def test_an_american_writes_the_month_first() -> None:
    assert day_of("by 11/2", at=CHICAGO) == date(2026, 11, 2)


def test_a_day_above_twelve_tells_the_order_whatever_the_country() -> None:
    assert day_of("by 13/11", at=CHICAGO) == date(2026, 11, 13)


def test_a_date_that_could_be_either_way_round_has_its_other_reading() -> None:
    words = "by 2/11"

    (when,) = whens_of(words, words, written_at=TUESDAY, language=language_of("en"))

    assert (when.future, when.other) == (date(2026, 11, 2), date(2026, 2, 11))


@pytest.mark.parametrize("words", ["sat two hours", "we may go", "24/7", "vib 1.8 mm", "soon", "the march went on"])
def test_words_that_only_look_like_days_are_none(words: str) -> None:
    assert whens_of(words, words, written_at=TUESDAY, language=language_of("en")) == []


def test_easter_is_where_the_church_has_it() -> None:
    assert [easter(year) for year in (2024, 2025, 2026)] == [date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5)]
