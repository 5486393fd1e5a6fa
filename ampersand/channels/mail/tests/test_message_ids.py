from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ampersand.channels.mail import message_ids


@pytest.mark.parametrize(
    "written",
    [
        "<One@mill.example>",
        "One@mill.example",
        " <One@MILL.example> ",
        "<One@mill.\n example>",
        "<One@mill.example> (added by x)",
    ],
)
def test_one_id_has_one_written_form(written: str) -> None:
    assert message_ids.normalise(written) == "One@mill.example"


def test_the_part_before_the_at_keeps_its_case() -> None:
    assert message_ids.normalise("<AB@x.example>") != message_ids.normalise("<ab@x.example>")


def test_a_chain_keeps_its_order_and_each_id_once() -> None:
    assert message_ids.chain("<a@x> <b@x>\n <a@x>", "c@x said") == ("a@x", "b@x", "c@x")


def test_a_missing_id_stays_missing() -> None:
    assert message_ids.normalise("") == message_ids.normalise("<>") == ""


@given(st.text(max_size=100))
def test_normalising_twice_changes_nothing(written: str) -> None:
    once = message_ids.normalise(written)

    assert message_ids.normalise(f"<{once}>") in (once, message_ids.normalise(once))


@given(st.lists(st.text(), min_size=1), st.lists(st.text(), min_size=1))
def test_made_ids_differ_when_the_content_does(one: list[str], other: list[str]) -> None:
    assert (message_ids.made_from(*one) == message_ids.made_from(*other)) == (one == other)
