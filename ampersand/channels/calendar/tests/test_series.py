from __future__ import annotations

import datetime
import time

import pytest

from ampersand.channels.calendar import parse, recurrence
from ampersand.channels.calendar.meetings import LeftOut, Meeting
from ampersand.channels.calendar.parse import CalendarOutcome
from ampersand.channels.outcomes import Rejected

AS_OF = datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC)
PEOPLE = ("ORGANIZER:mailto:bo@house.example", "ATTENDEE:mailto:ana@mill.example")


def read(*events: tuple[str, ...]) -> list[CalendarOutcome]:
    lines = ["BEGIN:VCALENDAR"]
    for event in events:
        lines += ["BEGIN:VEVENT", "UID:series", *PEOPLE, *event, "END:VEVENT"]
    content = "\r\n".join([*lines, "END:VCALENDAR"]).encode()
    return list(parse.parse(content, path="cal.ics", as_of=AS_OF, house_zone="Europe/Berlin"))


def starts(outcomes: list[CalendarOutcome]) -> list[str]:
    return [f"{outcome.starts_at or outcome.starts_on}"[:16] for outcome in outcomes if isinstance(outcome, Meeting)]


def reasons(outcomes: list[CalendarOutcome]) -> list[str]:
    return [str(outcome.reason) for outcome in outcomes if isinstance(outcome, LeftOut | Rejected)]


def test_a_weekly_meeting_keeps_its_hour_when_the_clocks_change() -> None:
    outcomes = read(("DTSTART;TZID=Europe/Berlin:20260320T090000", "RRULE:FREQ=WEEKLY;COUNT=3"))

    assert starts(outcomes) == ["2026-03-20 08:00", "2026-03-27 08:00", "2026-04-03 07:00"]


def test_each_time_of_a_series_has_a_key_of_its_own() -> None:
    outcomes = read(("DTSTART;TZID=Europe/Berlin:20260320T090000", "RRULE:FREQ=WEEKLY;COUNT=2"))

    assert [outcome.key for outcome in outcomes if isinstance(outcome, Meeting)] == [
        "series/20260320T080000Z",
        "series/20260327T080000Z",
    ]


def test_a_time_that_was_moved_keeps_the_key_of_the_time_it_stands_for() -> None:
    outcomes = read(
        ("DTSTART:20260320T090000Z", "RRULE:FREQ=WEEKLY;COUNT=2", "SUMMARY:Weekly"),
        ("RECURRENCE-ID:20260327T090000Z", "DTSTART:20260328T150000Z", "SUMMARY:Weekly, moved"),
    )

    assert [(outcome.key, outcome.summary) for outcome in outcomes if isinstance(outcome, Meeting)] == [
        ("series/20260320T090000Z", "Weekly"),
        ("series/20260327T090000Z", "Weekly, moved"),
    ]
    assert starts(outcomes)[1] == "2026-03-28 15:00"


def test_times_excluded_are_no_meetings_and_times_added_are() -> None:
    outcomes = read((
        "DTSTART:20260320T090000Z", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20260321T090000Z", "RDATE:20260401T100000Z",
    ))  # fmt: skip

    assert starts(outcomes) == ["2026-03-20 09:00", "2026-03-22 09:00", "2026-04-01 10:00"]


def test_one_cancelled_time_of_a_series_is_taken_back_and_the_others_stay() -> None:
    outcomes = read(
        ("DTSTART:20260320T090000Z", "RRULE:FREQ=WEEKLY;COUNT=2"),
        ("RECURRENCE-ID:20260327T090000Z", "DTSTART:20260327T090000Z", "STATUS:CANCELLED"),
    )

    assert starts(outcomes) == ["2026-03-20 09:00"]
    assert [outcome.withdraws for outcome in outcomes if isinstance(outcome, LeftOut)] == ["series/20260327T090000Z"]


def test_days_that_come_back_each_year_stay_days() -> None:
    outcomes = read(("DTSTART;VALUE=DATE:20200229", "RRULE:FREQ=YEARLY"))

    assert starts(outcomes) == ["2024-02-29"]


def test_a_series_is_unfolded_within_its_window_only() -> None:
    outcomes = read(("DTSTART:20100101T090000Z", "RRULE:FREQ=MONTHLY"))

    assert starts(outcomes)[0] == "2022-12-01 09:00"
    assert starts(outcomes)[-1] == "2027-06-01 09:00"
    assert len(starts(outcomes)) == 55


def test_a_series_that_ended_before_the_window_is_left_out_once() -> None:
    outcomes = read(("DTSTART:20100101T090000Z", "RRULE:FREQ=MONTHLY;COUNT=5"))

    assert reasons(outcomes) == ["None of its times lies between 2022-12-01 and 2027-06-02."]


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("FREQ=SECONDLY", "It repeats more often than meetings do: “FREQ=SECONDLY”."),
        ("FREQ=DAILY;INTERVAL=0", "It repeats more often than meetings do: “FREQ=DAILY;INTERVAL=0”."),
        ("FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=0,10,20,30,40,50", "It repeats more often"),
        (
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
            "It repeats on days that never come: “FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30”.",
        ),
        ("FREQ=SOMETIMES", "How it repeats cannot be read: “FREQ=SOMETIMES”."),
        ("FREQ=WEEKLY;BYDAY=XX", "How it repeats cannot be read: “FREQ=WEEKLY;BYDAY=XX”."),
        ("FREQ=WEEKLY;COUNT=many", "How it repeats cannot be read: “FREQ=WEEKLY;COUNT=many”."),
    ],
)
def test_a_rule_that_no_meeting_has_is_rejected_at_once_with_its_reason(rule: str, reason: str) -> None:
    began = time.perf_counter()

    outcomes = read(("DTSTART:20200101T090000Z", f"RRULE:{rule}"))

    assert [told[: len(reason)] for told in reasons(outcomes)] == [reason]
    assert time.perf_counter() - began < 2


def test_a_long_series_is_cut_to_the_times_nearest_to_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recurrence, "MAX_TIMES", 3)

    outcomes = read(("DTSTART:20260501T090000Z", "RRULE:FREQ=DAILY;COUNT=60"))

    assert starts(outcomes) == ["2026-05-31 09:00", "2026-06-01 09:00", "2026-06-02 09:00"]
    assert reasons(outcomes) == ["It repeats so often that 57 of its times were left off."]


def test_the_series_of_one_file_are_followed_up_to_a_bound_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse, "Budget", lambda: recurrence.Budget(steps_left=700))
    event = "BEGIN:VEVENT\nUID:{}\nDTSTART:20260101T060000Z\nRRULE:FREQ=DAILY;COUNT=2\nATTENDEE:mailto:a@b.example\nEND:VEVENT\n"

    outcomes = list(parse.parse("".join(map(event.format, "abc")).encode(), path="cal.ics", as_of=AS_OF))

    assert len(starts(outcomes)) == 2
    assert (
        reasons(outcomes)
        == ["The series of this file are too many to follow together. Bring the calendar in in parts."] * 2
    )


def test_a_series_of_ones_own_is_left_out_once_not_for_each_of_its_times() -> None:
    content = b"BEGIN:VEVENT\nUID:run\nDTSTART:20260101T060000Z\nRRULE:FREQ=DAILY\nSUMMARY:Run\nEND:VEVENT\n"

    outcomes = list(parse.parse(content, path="cal.ics", as_of=AS_OF))

    assert reasons(outcomes) == ["Only you were in it."]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("W1 MO WE #3", ["2026-03-16 09:00", "2026-03-18 09:00", "2026-03-23 09:00"]),
        ("MP1 2+ MO #2", ["2026-04-13 09:00", "2026-05-11 09:00"]),
        ("D2 20260320T090000Z", ["2026-03-16 09:00", "2026-03-18 09:00", "2026-03-20 09:00"]),
    ],
)
def test_the_rules_of_vcalendar_1_are_followed(told: str, expected: list[str]) -> None:
    outcomes = read(("DTSTART:20260316T090000Z", f"RRULE:{told}"))

    assert starts(outcomes)[-len(expected) :] == expected


def test_each_time_changed_from_one_on_has_a_key_of_its_own() -> None:
    outcomes = read(
        ("DTSTART:20260105T090000Z", "RRULE:FREQ=WEEKLY;COUNT=6"),
        ("RECURRENCE-ID;RANGE=THISANDFUTURE:20260119T090000Z", "DTSTART:20260119T100000Z"),
    )

    keys = [outcome.key for outcome in outcomes if isinstance(outcome, Meeting)]
    assert len(keys) == len(set(keys)) == 6
