"""The mail of other people's test suites and archives, read whole."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import pytest

from ampersand.channels.mail import boxes, excerpt, html_text, mime, parse
from ampersand.channels.mail.parse import Mail

pytestmark = pytest.mark.shared_data

PROGRAMS = "android aol apple_mail apple_mail_2 comcast gmail hotmail iphone outlook sparrow thunderbird yahoo".split()
TALON_PAGES = {
    "OLK_SRC_BODY_SECTION.html": "Reply",
    "reply-separated-by-hr.html": "Hi\nthere\nBob",
}


def test_every_item_is_read_or_rejected_with_a_known_reason(shared_data: Path) -> None:
    folders = [shared_data / "mail" / name for name in ("eml", "mbox-small", "sakai-dev", "quoted-replies")]
    seen: Counter[str] = Counter()

    for folder in folders:
        for item in boxes.read(folder):
            found = parse.read(item)
            seen["parsed" if isinstance(found, Mail) else found.reason.code] += 1

    assert seen["unexpected"] == 0
    assert seen["parsed"] >= 1_850
    assert seen.total() >= 1_950


@pytest.mark.parametrize("name", PROGRAMS)
def test_replies_of_twelve_programs_leave_the_new_word_only(shared_data: Path, name: str) -> None:
    raw = (shared_data / "mail/eml/talon" / f"standard_replies__{name}.eml").read_bytes()
    dated = raw if b"\nDate:" in raw else b"Date: Mon, 2 Apr 2012 18:27:08 +0400\n" + raw

    found = parse.read_bytes(dated)

    assert isinstance(found, Mail)
    assert excerpt.excerpt(found.text, author=found.author) == (
        "Allo! Follow up MIME!" if "Allo!" in found.text else "Hello"
    )


def test_pages_of_eleven_programs_leave_the_new_words_only(shared_data: Path) -> None:
    pages = sorted((shared_data / "mail/quoted-replies/talon").glob("*.html"))
    read = {
        page.name: excerpt.excerpt(html_text.to_text(page.read_bytes().decode("utf-8", "replace"))) for page in pages
    }

    assert read == {page.name: TALON_PAGES.get(page.name, "Hi. I am fine.") for page in pages}


def test_a_machine_is_told_from_a_person_in_the_bounce_corpus(shared_data: Path) -> None:
    read = map(parse.read, boxes.read(shared_data / "mail/eml/bounceparser"))
    kinds = Counter(str(found.kind) for found in read if isinstance(found, Mail))

    # Three of the 126 are spam and a personal answer put there as counter-examples.
    assert kinds["person"] <= 3
    assert kinds["bounce"] >= 119


@pytest.mark.long
def test_our_reading_of_structure_agrees_with_the_standard_library(shared_data: Path) -> None:
    import email

    box = shared_data / "mail/mbox/usrp-users-2023-01_2024-06.mbox.gz"
    differing = 0
    for item in boxes.read(box):
        tree = mime.split(item.raw)
        assert isinstance(tree, mime.Tree)
        leaves = [part for part in email.message_from_bytes(item.raw).walk() if not part.is_multipart()]
        theirs = [(part.get_content_type(), part.get_payload(decode=True)) for part in leaves]
        differing += [(part.content_type, part.content()) for part in tree.parts] != theirs

    assert differing <= 20


def test_the_cut_off_archive_gives_every_message(shared_data: Path) -> None:
    box = shared_data / "mail/sakai-dev/sakai-dev.mbox.gz"
    with gzip.open(box) as unpacked:
        expected = sum(line.startswith(b"From ") for line in unpacked)

    assert sum(1 for _ in boxes.read(box)) == expected
