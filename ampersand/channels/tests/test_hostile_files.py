"""Files that were made to do harm: each is brought in to its end, within bounds, and says what became of it."""

from __future__ import annotations

import gzip
import resource
from pathlib import Path

import pytest

from ampersand.channels import outcomes
from ampersand.channels.tables import layout, unpacking
from ampersand.channels.tests.bringing import bring_in, counted
from tests.cast import Cast

pytestmark = pytest.mark.django_db

PEOPLE = b"Name,Email\nAna,ana@mill.example\nBo,bo@mill.example\n"


def kept(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_packed_table_that_unpacks_too_far_ends_where_it_may(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "UNPACKED_FREE", 30_000)
    monkeypatch.setattr(unpacking, "UNPACKED_RATIO", 2)
    bomb = kept(tmp_path, "people.csv.gz", gzip.compress(PEOPLE + b"Cy,cy@mill.example\n" * 300_000))

    report = counted(bring_in(bomb, by=cast.maya))

    assert (report.new, report.rejected) == (3, 1)
    assert report.seen < 30_000


def test_a_packed_table_that_is_damaged_gives_what_it_has_and_says_so(cast: Cast, tmp_path: Path) -> None:
    rows = b"".join(b"Guest %d,guest%d@inn.example\n" % (n, n) for n in range(3000))
    damaged = kept(tmp_path, "people.csv.gz", gzip.compress(b"Name,Email\n" + rows)[:-2000])

    report = counted(bring_in(damaged, by=cast.maya))

    assert report.new > 100
    assert report.rejected == 1


def test_what_only_begins_like_a_packed_table_is_brought_to_its_end(cast: Cast, tmp_path: Path) -> None:
    report = counted(bring_in(kept(tmp_path, "people.csv.gz", b"\x1f\x8b" + b"\x00" * 500), by=cast.maya))

    assert report.new == 0


def test_a_line_without_an_end_is_never_held_whole(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "MAX_LINE_LETTERS", 100_000)
    endless = kept(tmp_path, "people.csv", PEOPLE + b"y" * 20_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    report = counted(bring_in(endless, by=cast.maya))

    assert report.new == 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000


def test_a_table_wider_than_any_has_no_more_columns_than_can_be_shown(tmp_path: Path) -> None:
    wide = kept(tmp_path, "wide.csv", b",".join(b"h%d" % n for n in range(20_000)) + b"\n" + b"," * 19_999 + b"\n")

    assert len(layout.sniff(wide).headers) == layout.MAX_COLUMNS


@pytest.mark.parametrize("name", ["all.ics", "all.vcf"])
def test_a_file_that_is_read_whole_is_not_read_when_it_is_too_large(
    name: str, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcomes, "LARGEST_BYTES", 100)
    large = kept(tmp_path, name, b"BEGIN:VCALENDAR\r\n" + b"X" * 200)

    import_ = bring_in(large, by=cast.maya)

    assert counted(import_).rejected == 1
    assert "larger than" in import_.items.get().reason


MAIL = b"From: a@b.example\nTo: maya@harbourfinch.example\nMessage-ID: <m@x>\nDate: Tue, 6 Oct 2026 09:00:00 +0000\n"
PART = b"Content-Type: multipart/mixed; boundary=b\n\n"
MADE_TO_HARM = {
    "deep.eml": MAIL + PART + (b"--b\n" + PART) * 5_000,
    "heads.eml": MAIL + b"X-H: y\n" * 200_000 + b"\nHello\n",
    "to.eml": MAIL + b"Cc: " + b"x@y.example, " * 50_000 + b"\n\nHello\n",
    "open.eml": b"From: " + b"(" * 100_000 + b" a@b.example\nTo: " + b'"' * 99_999 + b"\n\nHello\n",
    "html.eml": MAIL + b"Content-Type: text/html\n\n" + b"<div>" * 60_000,
    "words.eml": MAIL + b"\n" + b"> " * 200_000 + b"?" * 100_000,
    "encoded.eml": MAIL + b"Subject: " + b"=?utf-8?q?" * 20_000 + b"\n\nHello\n",
    "deep.ics": b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 20_000,
    "often.ics": b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260101T000000Z\r\n"
    b"RRULE:FREQ=SECONDLY;COUNT=999999999\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "folded.vcf": b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A" + b"\r\n x" * 200_000 + b"\r\nEND:VCARD\r\n",
    "deep.vcf": b"BEGIN:VCARD\r\n" * 20_000,
    "quotes.csv": b'Name,Email\n"' * 50_000,
    "null.csv": b"Name,Email\n\x00\x00,\x00@\x00\n",
}


@pytest.mark.parametrize("name", MADE_TO_HARM)
def test_what_is_nested_endless_or_broken_comes_to_an_end(name: str, cast: Cast, tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime

    import_ = bring_in(kept(tmp_path, name, MADE_TO_HARM[name]), by=cast.maya)

    assert import_.ended_at is not None
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 20
