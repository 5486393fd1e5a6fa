from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ampersand.notebook.reader import Understood, understood_as_lists
from ampersand.notebook.tests.reader_cast import understand

FRAGMENTS = st.sampled_from(
    "Nadia|Jane|Tom|Alder|I'll|she|will|send|promised|to|by Friday|12/10|£180|free|5% off|?|.|\n- |\"|> |(|)|'s|and|if|told her|"
    "ordered|paid|who|wife|boss|rang|mtg w/|😀|\u202e|\x00|KW 14|half|J.|Mr|not|n't|:|;|the board|in return|é|ß|１２".split(
        "|"
    )
)
NOTES = st.one_of(st.text(max_size=400), st.lists(FRAGMENTS, max_size=60).map(" ".join))


def spans_of(understood: Understood) -> list[tuple[int, int]]:
    return [(span.start, span.end) for piece in understood.pieces() for span in piece.spans]


@settings(max_examples=150, deadline=None)
@given(words=NOTES)
def test_any_words_are_read_and_every_piece_quotes_them(words: str) -> None:
    understood = understand(words)

    assert all(0 <= start < end <= len(words) for start, end in spans_of(understood))
    assert all(value["what"] in words for value in understood_as_lists(understood)["values"])
    assert all(promise["what"] in words for promise in understood_as_lists(understood)["promises"])


@settings(max_examples=40, deadline=None)
@given(words=NOTES)
def test_the_same_words_are_read_the_same(words: str) -> None:
    assert understand(words) == understand(words)


@pytest.mark.parametrize(
    "piece",
    ["a", " ", '"', "(", "1 ", "\x00", "\u202e", "> ", "Nadia ", "his wife ", "by Friday ", "£5 ", "wants ", "will "],
)
def test_a_hostile_length_stays_bounded(piece: str) -> None:
    words = piece * (200_000 // len(piece))
    began = time.process_time()

    understood = understand(words)

    assert time.process_time() - began < 8
    assert understood.read_until <= 12_000


def test_the_reader_needs_no_django_and_no_network() -> None:
    asked = (
        "import sys; from ampersand.notebook.reader import read, languages; languages.language_of('en');"
        "print(any(name.split('.')[0] in ('django', 'dateparser', 'socket') for name in sys.modules))"
    )

    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "False"
