from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ampersand.channels.calendar import parse
from ampersand.channels.calendar.meetings import LeftOut, Meeting
from ampersand.channels.calendar.parse import CalendarOutcome
from ampersand.channels.outcomes import Place, Rejected

AS_OF = datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC)
ANA_AND_BO = (
    "ORGANIZER;CN=Bo:mailto:bo@house.example",
    "ATTENDEE;CN=Ana Keller;PARTSTAT=ACCEPTED:mailto:ana@mill.example",
)


def is_ours(address: str) -> bool:
    return address.endswith("@house.example")


def read(*lines: str, zone: str = "Europe/Berlin") -> list[CalendarOutcome]:
    content = "\r\n".join(lines).encode()
    return list(parse.parse(content, path="cal.ics", as_of=AS_OF, house_zone=zone, is_ours=is_ours))


def read_event(*lines: str, zone: str = "Europe/Berlin") -> CalendarOutcome:
    (outcome,) = read("BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:u1", *lines, "END:VEVENT", "END:VCALENDAR", zone=zone)
    return outcome


def meeting(*lines: str, zone: str = "Europe/Berlin") -> Meeting:
    outcome = read_event(*lines, *ANA_AND_BO, zone=zone)
    assert isinstance(outcome, Meeting)
    return outcome


def utc(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=datetime.UTC)  # type: ignore[arg-type, misc]


def test_a_meeting_is_read_with_its_people_and_the_zone_it_was_meant_in() -> None:
    tasting = meeting(
        "SUMMARY:Tasting\\, autumn", "LOCATION:The mill", "DTSTART;TZID=Europe/Berlin:20260410T093000",
        "DTEND;TZID=Europe/Berlin:20260410T103000", "SEQUENCE:2", "STATUS:CONFIRMED",
    )  # fmt: skip

    assert (tasting.key, tasting.place, tasting.sequence) == ("u1", Place("cal.ics", 2), 2)
    assert (tasting.starts_at, tasting.ends_at) == (utc(2026, 4, 10, 7, 30), utc(2026, 4, 10, 8, 30))
    assert (tasting.zone, tasting.is_zone_guessed, tasting.is_all_day) == ("Europe/Berlin", False, False)
    assert (tasting.summary, tasting.where) == ("Tasting, autumn", "The mill")
    assert [(who.name, who.address, who.answer) for who in tasting.people] == [
        ("Ana Keller", "ana@mill.example", "accepted"),
        ("Bo", "bo@house.example", ""),
    ]


@pytest.mark.parametrize(
    "told",
    [
        "DTSTART;TZID=W. Europe Standard Time:20260410T093000",
        "DTSTART;TZID=(GMT+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna:20260410T093000",
        "DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20260410T093000",
        "DTSTART;TZID=Europe_Berlin:20260410T093000",
        "DTSTART:20260410T073000Z",
        "DTSTART:20260410T093000",
    ],
)
def test_the_same_instant_is_read_from_each_way_of_naming_a_zone(told: str) -> None:
    assert meeting(told).starts_at == utc(2026, 4, 10, 7, 30)


def test_a_time_without_a_zone_is_the_houses_and_says_that_it_is_guessed() -> None:
    floating = meeting("DTSTART:20260410T093000", zone="America/New_York")

    assert (floating.starts_at, floating.zone, floating.is_zone_guessed) == (
        utc(2026, 4, 10, 13, 30),
        "America/New_York",
        True,
    )


def test_a_zone_known_only_from_its_description_is_reckoned_with() -> None:
    (outcome,) = read(
        "BEGIN:VCALENDAR",
        "BEGIN:VTIMEZONE", "TZID:Our own",
        "BEGIN:STANDARD", "DTSTART:19701101T020000", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
        "TZOFFSETFROM:+0300", "TZOFFSETTO:+0200", "END:STANDARD",
        "BEGIN:DAYLIGHT", "DTSTART:19700301T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=1SU",
        "TZOFFSETFROM:+0200", "TZOFFSETTO:+0300", "END:DAYLIGHT",
        "END:VTIMEZONE",
        "BEGIN:VEVENT", "UID:u1", "DTSTART;TZID=Our own:20260710T120000", *ANA_AND_BO, "END:VEVENT",
        "END:VCALENDAR",
    )  # fmt: skip

    assert isinstance(outcome, Meeting)
    assert (outcome.starts_at, outcome.zone, outcome.is_zone_guessed) == (utc(2026, 7, 10, 9), "Our own", False)


def test_an_all_day_meeting_is_days_and_never_an_instant() -> None:
    fair = meeting("DTSTART;VALUE=DATE:20260410", "DTEND;VALUE=DATE:20260412")
    outlook = meeting("DTSTART:20260410T000000", "DTEND:20260411T000000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE")

    assert (fair.starts_on, fair.ends_on) == (datetime.date(2026, 4, 10), datetime.date(2026, 4, 12))
    assert fair.starts_at is None
    assert (outlook.starts_on, outlook.ends_on) == (datetime.date(2026, 4, 10), datetime.date(2026, 4, 11))


def test_a_room_is_nobody() -> None:
    alone = read_event(
        "DTSTART:20260410T093000Z", "ORGANIZER:mailto:bo@house.example",
        "ATTENDEE;CUTYPE=ROOM;CN=Big room:mailto:room1@mill.example",
        "ATTENDEE:mailto:c_1@resource.calendar.google.com",
    )  # fmt: skip

    assert isinstance(alone, LeftOut)
    assert str(alone.reason) == "Only you were in it."
    assert alone.meeting is not None


def test_an_address_is_found_wherever_a_program_put_it() -> None:
    told = meeting(
        "DTSTART:20260410T093000Z",
        'ATTENDEE;CN="Fox: Dana";EMAIL=dana@fox.example:/a1b2/principal/',
        "ATTENDEE;CN=eli@fox.example:MAILTO:Eli@fox.example",
        "ATTENDEE;ROLE=ATTENDEE;STATUS=DECLINED:Fay Fox <fay@fox.example>",
        "ATTENDEE;CN=Gus:invalid:nomail",
    )

    assert [(who.name, who.address, who.answer) for who in told.attendees[:4]] == [
        ("Fox: Dana", "dana@fox.example", ""),
        ("", "Eli@fox.example", ""),
        ("Fay Fox", "fay@fox.example", "declined"),
        ("Gus", "", ""),
    ]


def test_a_meeting_the_house_declined_is_no_moment_and_takes_back_what_was_known() -> None:
    declined = read_event(
        "DTSTART:20260410T093000Z", "ORGANIZER:mailto:ana@mill.example",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:bo@house.example",
    )  # fmt: skip

    assert isinstance(declined, LeftOut)
    assert (str(declined.reason), declined.withdraws) == ("Your house declined.", "u1")


def test_a_cancellation_takes_back_the_meeting_even_when_it_tells_no_time() -> None:
    cancel = ["BEGIN:VCALENDAR", "METHOD:CANCEL", "BEGIN:VEVENT", "UID:u1"]

    (with_time,) = read(*cancel, "DTSTART:20260410T093000Z", *ANA_AND_BO, "END:VEVENT", "END:VCALENDAR")
    (without,) = read(*cancel, "END:VEVENT", "END:VCALENDAR")

    assert isinstance(with_time, LeftOut)
    assert isinstance(without, LeftOut)
    assert (with_time.withdraws, without.withdraws) == ("u1", "u1")


def test_the_highest_sequence_counts_wherever_it_stands() -> None:
    event = ["BEGIN:VEVENT", "UID:u1", *ANA_AND_BO]

    outcomes = read(
        "BEGIN:VCALENDAR",
        *event, "DTSTART:20260411T090000Z", "SEQUENCE:3", "END:VEVENT",
        *event, "DTSTART:20260410T090000Z", "SEQUENCE:2", "END:VEVENT",
        "END:VCALENDAR",
    )  # fmt: skip

    assert [outcome.starts_at for outcome in outcomes if isinstance(outcome, Meeting)] == [utc(2026, 4, 11, 9)]
    assert [str(outcome.reason) for outcome in outcomes if isinstance(outcome, LeftOut)] == [
        "A later version of the same meeting is in this file, on line 2."
    ]


def test_what_is_no_meeting_is_left_out_each_with_its_reason() -> None:
    outcomes = read(
        "BEGIN:VCALENDAR", "BEGIN:VTODO", "SUMMARY:Buy beans", "END:VTODO", "BEGIN:VJOURNAL", "END:VJOURNAL",
        "BEGIN:VFREEBUSY", "END:VFREEBUSY",
        "BEGIN:VEVENT", "UID:u1", "DTSTART:20260410T090000Z", *ANA_AND_BO,
        "BEGIN:VALARM", "TRIGGER:-PT5M", "END:VALARM", "END:VEVENT", "END:VCALENDAR",
    )  # fmt: skip

    assert sorted(str(outcome.reason) for outcome in outcomes if isinstance(outcome, LeftOut)) == [
        "A journal entry is no meeting.",
        "A reminder is no meeting.",
        "A task is no meeting.",
        "When somebody is free or busy is no meeting.",
    ]
    assert sum(isinstance(outcome, Meeting) for outcome in outcomes) == 1


def test_one_bad_entry_does_not_stop_the_others() -> None:
    bad, good = read(
        "BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:bad", "SUMMARY:Soon", "DTSTART:Next Year", "END:VEVENT",
        "BEGIN:VEVENT", "UID:good", "DTSTART:20260410T090000Z", *ANA_AND_BO, "END:VEVENT", "END:VCALENDAR",
    )  # fmt: skip

    assert isinstance(bad, Rejected)
    assert (str(bad.reason), bad.what, bad.place.line) == (
        "“Next Year” is no time that can be read. Put it right in your calendar.", "Soon", 2,
    )  # fmt: skip
    assert isinstance(good, Meeting)


def test_an_entry_without_an_id_has_the_same_key_whenever_it_is_read() -> None:
    lines = ["BEGIN:VEVENT", "DTSTART:20260410T090000Z", "SUMMARY:Tasting", *ANA_AND_BO, "END:VEVENT"]

    (first,), (again,) = read(*lines), read("BEGIN:VCALENDAR", *lines, "END:VCALENDAR")

    assert isinstance(first, Meeting)
    assert isinstance(again, Meeting)
    assert first.key == again.key


def test_text_folded_without_the_space_is_joined_and_paragraphs_keep_their_lines() -> None:
    told = meeting("DTSTART:20260410T090000Z", "DESCRIPTION:" + "a" * 63, "bbb", "and a word")

    assert told.description == "a" * 63 + "bbb\nand a word"


def test_early_mozillas_lines_cut_before_the_colon_are_whole_again() -> None:
    assert meeting("DTSTART", " ;VALUE=DATE", " :20260410").starts_on == datetime.date(2026, 4, 10)


@given(st.lists(st.sampled_from([
    "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE", "TZID:x", "BEGIN:STANDARD",
    "END:STANDARD", "UID:a", "DTSTART:20260101T000000Z", "DTSTART;VALUE=DATE:20260230",
    "DTSTART;TZID=x:99999999T999999", "RRULE:FREQ=DAILY", "RRULE:FREQ=SECONDLY", "RRULE:FREQ=YEARLY;BYMONTH=13",
    "RRULE:", "RRULE:FREQ=DAILY;INTERVAL=0", "EXDATE:x", "RDATE:20260105/PT1H", "RECURRENCE-ID:20260102T000000Z",
    "RECURRENCE-ID:x", "DURATION:-P9999999W", "DURATION:P1D", "ATTENDEE:", "ATTENDEE:mailto:a@b.example",
    "METHOD:CANCEL", "STATUS:CANCELLED", " x", "", "SEQUENCE:-1", "DTEND:20250101T000000Z", "EXRULE:FREQ=WEEKLY",
]), max_size=25))  # fmt: skip
def test_no_calendar_stops_the_reader(lines: list[str]) -> None:
    for outcome in read(*lines):
        assert outcome.place.line >= 1
