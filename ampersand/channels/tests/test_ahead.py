"""Reading on while what was read is written."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from django.utils import translation

from ampersand.channels import ahead


@pytest.mark.parametrize("count", [0, 1, 3, 4, 7, 8])
def test_all_items_come_in_their_order(count: int) -> None:
    told = list(ahead.batches(iter(range(count)), size=4))

    assert [number for batch in told for number in batch] == list(range(count))
    assert all(len(batch) == 4 for batch in told[:-1])


def test_the_first_batch_is_read_by_the_caller_and_the_others_by_a_thread_in_their_language() -> None:
    def items() -> Iterator[tuple[str, str | None]]:
        for _ in range(6):
            yield threading.current_thread().name, translation.get_language()

    with translation.override("de"):
        told = [item for batch in ahead.batches(items(), size=2) for item in batch]

    assert [name for name, _ in told] == [threading.current_thread().name] * 2 + ["reading ahead"] * 4
    assert {language for _, language in told} == {"de"}


def test_what_reading_raises_is_raised_after_the_batches_before_it() -> None:
    def items() -> Iterator[int]:
        yield from range(5)
        raise ValueError("the file ends here")

    told: list[list[int]] = []
    with pytest.raises(ValueError, match="the file ends here"):
        told.extend(ahead.batches(items(), size=2))

    assert told == [[0, 1], [2, 3]]


def test_who_stops_half_way_leaves_no_thread_behind() -> None:
    told = ahead.batches(iter(range(1_000_000)), size=2)
    next(told), next(told)

    told.close()

    assert "reading ahead" not in {thread.name for thread in threading.enumerate()}
