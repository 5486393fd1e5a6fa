"""Streams under a key: what was sealed comes back, and whatever was done to it meanwhile is noticed."""

from __future__ import annotations

import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ampersand.core.safe.sealing import MARK, PIECE_BYTES, SALT_BYTES, NotOpened, opened, sealed

KEY = b"k" * 40
_HEAD = len(MARK) + SALT_BYTES
_PIECE = PIECE_BYTES + 16


def seal(content: bytes, *, name: str = "book.dump") -> bytes:
    return b"".join(sealed([content], key=KEY, name=name))


def unseal(content: bytes, *, key: bytes = KEY, name: str = "book.dump") -> bytes:
    return b"".join(opened(io.BytesIO(content), key=key, name=name))


@given(st.lists(st.binary(max_size=200)))
def test_what_was_sealed_comes_back_however_it_was_cut(pieces: list[bytes]) -> None:
    stream = b"".join(sealed(pieces, key=KEY, name="n"))

    assert unseal(stream, name="n") == b"".join(pieces)


@pytest.mark.parametrize("size", [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES])
def test_sizes_around_a_piece_come_back(size: int) -> None:
    content = os.urandom(size)

    assert unseal(seal(content)) == content


@given(st.data())
def test_a_changed_bit_anywhere_is_noticed(data: st.DataObject) -> None:
    stream = bytearray(seal(b"a letter"))
    place = data.draw(st.integers(0, len(stream) - 1))
    stream[place] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(NotOpened):
        unseal(bytes(stream))


def test_a_stream_cut_at_the_end_of_a_piece_is_noticed() -> None:
    stream = seal(os.urandom(3 * PIECE_BYTES))

    with pytest.raises(NotOpened):
        unseal(stream[: _HEAD + 2 * _PIECE])


def test_pieces_that_changed_places_are_noticed() -> None:
    stream = seal(os.urandom(3 * PIECE_BYTES))
    head, first, second, rest = (
        stream[:_HEAD],
        stream[_HEAD : _HEAD + _PIECE],
        stream[_HEAD + _PIECE : _HEAD + 2 * _PIECE],
        stream[_HEAD + 2 * _PIECE :],
    )

    with pytest.raises(NotOpened):
        unseal(head + second + first + rest)


def test_another_key_or_another_name_does_not_open_it() -> None:
    stream = seal(b"a letter")

    with pytest.raises(NotOpened, match="does not open with this key"):
        unseal(stream, key=b"x" * 40)
    with pytest.raises(NotOpened):
        unseal(stream, name="contents.json")


def test_what_is_no_sealed_stream_is_refused() -> None:
    with pytest.raises(NotOpened, match="was not sealed by Ampersand"):
        unseal(b"")
