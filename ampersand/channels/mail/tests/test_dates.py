from __future__ import annotations

import pytest

from ampersand.channels.mail import dates


@pytest.mark.parametrize(
    ("written", "at", "zone"),
    [
        ("Tue, 5 Mar 2024 10:00:00 +0100", "2024-03-05T09:00:00+00:00", 60),
        ("Mon, 2 Apr 2012 09:57:58 -0400 (EDT)", "2012-04-02T13:57:58+00:00", -240),
        ("5 Mar 2024 10:00 +01:00", "2024-03-05T09:00:00+00:00", 60),
        ("7 Apr 94 17:35:09 GMT", "1994-04-07T17:35:09+00:00", 0),
        ("Do, 7 März 2024 03:00:00 +0100", "2024-03-07T02:00:00+00:00", 60),
        ("Tue, 5 Mar 2024 10:00:60 +0000", "2024-03-05T10:00:59+00:00", 0),
        ("2024-03-05T10:00:00Z", "2024-03-05T10:00:00+00:00", 0),
        ("Tue, 5 Mar 2024 10:00:00 -0000", "2024-03-05T10:00:00+00:00", None),
        ("Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", "1997-11-21T15:55:06+00:00", -360),
    ],
)
def test_dates_are_read_as_programs_write_them(written: str, at: str, zone: int | None) -> None:
    found = dates.read(written)

    assert found is not None
    assert (found.at.isoformat(), found.zone_minutes, found.mended) == (at, zone, None)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "date_missing"),
        ("yesterday", "date_unreadable"),
        ("Fri, 31 Feb 2020 10:00:00 +0000", "date_unreadable"),
        ("Thu, 01 Jan 1970 00:00:00 +0000", "date_impossible"),
        ("Tue, 5 Mar 2037 10:00:00 +0000", "date_impossible"),
        ("Tue, 5 Mar 2002 10:00:00 +0000", "date_impossible"),
    ],
)
def test_a_date_that_cannot_be_true_is_taken_from_the_first_server_and_said(written: str, code: str) -> None:
    received = ["by b.example; Tue, 5 Mar 2024 10:05:00 +0000", "by a.example; Tue, 5 Mar 2024 11:02:00 +0100"]

    found = dates.read(written, received=received)

    assert found is not None
    assert found.at.isoformat() == "2024-03-05T10:02:00+00:00"
    assert found.mended is not None
    assert found.mended.code == code


def test_without_servers_the_mailboxs_own_line_gives_the_day() -> None:
    found = dates.read("", envelope="From ana@mill.example Tue Mar  5 10:00:00 2024")

    assert found is not None
    assert found.at.isoformat() == "2024-03-05T10:00:00+00:00"


def test_a_zone_that_does_not_exist_is_read_as_utc_and_said() -> None:
    found = dates.read("Mon, 02 Apr 2012 18:27:08 +9900")

    assert found is not None
    assert found.at.isoformat() == "2012-04-02T18:27:08+00:00"
    assert found.mended is not None
    assert found.mended.code == "date_zone_unknown"


def test_nothing_readable_anywhere_gives_no_date() -> None:
    assert dates.read("soon") is None
