from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ampersand.channels.mail import boxes
from ampersand.channels.mail.tests.letters import raw

FROM_LINE = b"From ana@mill.example Tue Mar  5 10:00:00 2024\n"


def mbox(*bodies: str) -> bytes:
    return b"".join(FROM_LINE + raw(body + "\n") + b"\n" for body in bodies)


def read(path: Path) -> list[boxes.Item]:
    return list(boxes.read(path))


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_an_mbox_gives_each_message_with_the_byte_where_it_begins(tmp_path: Path) -> None:
    content = mbox("one", "two")

    items = read(write(tmp_path, "a.mbox", content))

    assert [item.place.ordinal for item in items] == [0, 1]
    assert all(content[item.place.offset :].startswith(b"From ana@") for item in items)
    assert items[1].raw.endswith(b"two\n")


def test_words_of_a_mail_that_begin_with_from_do_not_part_it(tmp_path: Path) -> None:
    content = mbox("We agreed.\n\nFrom the docks it goes by rail.\n\nFrom here: nothing.", "two")

    items = read(write(tmp_path, "a.mbox", content))

    assert len(items) == 2


def test_quoted_from_lines_lose_one_mark_only(tmp_path: Path) -> None:
    items = read(write(tmp_path, "a.mbox", mbox(">From Rome\n>>From Oslo")))

    assert b"\nFrom Rome\n>From Oslo" in items[0].raw


@pytest.mark.parametrize(
    "change", [lambda c: c.replace(b"\n", b"\r\n"), lambda c: boxes.BOM + c, lambda c: b"\n\n" + c]
)
def test_line_ends_of_windows_marks_and_blank_lines_at_the_start_change_nothing(tmp_path: Path, change) -> None:  # type: ignore[no-untyped-def]
    items = read(write(tmp_path, "a.mbox", change(mbox("one", "two"))))

    assert [item.refused for item in items] == [None, None]


def test_messages_larger_than_what_is_read_at_once_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boxes, "CHUNK", 7)
    monkeypatch.setattr(boxes, "LOOK_AHEAD", 300)

    items = read(write(tmp_path, "a.mbox", mbox("one " * 50, "two " * 50, "three")))

    assert len(items) == 3


@given(st.lists(st.text("ab \n>F", max_size=60), min_size=1, max_size=6), st.integers(1, 400))
def test_reading_goes_on_after_any_place(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[str], chunk: int
) -> None:
    path = write(tmp_path_factory.mktemp("box"), "a.mbox.gz", gzip.compress(mbox(*bodies)))
    whole = read(path)

    for number, item in enumerate(whole):
        assert list(boxes.read(path, after=item.place)) == whole[number + 1 :]
    assert len(whole) == len(bodies)


def test_a_folder_is_read_in_the_order_of_its_paths_and_can_be_resumed(tmp_path: Path) -> None:
    write(tmp_path, "b/two.eml", raw("two"))
    write(tmp_path, "a/one.mbox", mbox("one", "more"))
    write(tmp_path, "c.eml", raw("three"))

    whole = read(tmp_path)

    assert [(item.place.path, item.place.ordinal) for item in whole] == [
        ("a/one.mbox", 0),
        ("a/one.mbox", 1),
        ("b/two.eml", 0),
        ("c.eml", 0),
    ]
    assert list(boxes.read(tmp_path, after=whole[1].place)) == whole[2:]


def test_a_maildir_is_read_without_its_unfinished_mail(tmp_path: Path) -> None:
    write(tmp_path, "cur/1.host:2,S", raw("one"))
    write(tmp_path, "new/2.host", raw("two"))
    write(tmp_path, "tmp/3.host", raw("half"))
    write(tmp_path, "dovecot-uidlist", b"3 V1")

    assert [item.place.path for item in read(tmp_path)] == ["cur/1.host:2,S", "new/2.host"]


def test_one_mail_in_an_mbox_file_without_a_from_line_is_one_mail(tmp_path: Path) -> None:
    assert [item.raw for item in read(write(tmp_path, "a.mbox", raw()))] == [raw()]


def test_a_mail_of_apple_is_taken_out_of_its_wrapping(tmp_path: Path) -> None:
    content = raw()

    items = read(write(tmp_path, "a.emlx", b"%d\n" % len(content) + content + b"<?xml?><plist/>"))

    assert [item.raw for item in items] == [content]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.eml", b"", "empty"),
        ("a.eml", b"\x00" * 100, "empty"),
        ("a.txt", b"Only a few words.\n", "no_mail_inside"),
        ("a.zip", b"PK\x03\x04....", "packed"),
    ],
)
def test_what_is_no_mail_is_one_item_with_a_reason(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    items = read(write(tmp_path, name, content))

    assert [item.refused and item.refused.code for item in items] == [code]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.eml").symlink_to(write(tmp_path, "b.eml", raw()))

    assert [item.refused and item.refused.code for item in read(tmp_path)] == ["link", None]


def test_a_damaged_gzip_gives_what_it_has_and_says_so(tmp_path: Path) -> None:
    packed = gzip.compress(mbox(*(str(number) * 3000 for number in range(40))))

    items = read(write(tmp_path, "a.mbox.gz", packed[: len(packed) // 2]))

    assert items
    assert [reason.code for reason in items[-1].damage] == ["packed_data_damaged"]


def test_a_gzip_that_unpacks_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boxes, "UNPACKED_FREE", 1000)
    monkeypatch.setattr(boxes, "CHUNK", 10_000)

    items = read(write(tmp_path, "a.gz", gzip.compress(mbox("one") + b"\n" * 10_000_000)))

    assert "unpacks_too_far" in {reason.code for item in items for reason in item.damage}


def test_an_endless_message_is_cut_and_the_next_one_still_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boxes, "MESSAGE_LIMIT", 20_000)
    monkeypatch.setattr(boxes, "CHUNK", 5_000)
    content = mbox("word " * 20_000, "two")

    items = read(write(tmp_path, "a.mbox", content))

    assert [reason.code for reason in items[0].damage] == ["too_large"]
    assert len(items[0].raw) <= 20_000
    assert content[items[1].place.offset :].startswith(b"From ana@")
    assert items[1].raw.endswith(b"two\n")
