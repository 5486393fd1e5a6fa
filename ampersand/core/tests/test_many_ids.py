"""Identifiers made many at once are the same kind of thing as those made one by one."""

from __future__ import annotations

import os
import threading
from uuid import RFC_4122, UUID

from ampersand.core import ids


def test_many_rise_and_none_comes_twice() -> None:
    made = ids.text_ids(9_000)

    assert made == sorted(set(made))
    assert len(made) == 9_000


def test_each_is_a_uuid_of_the_seventh_version_stamped_about_now() -> None:
    alone = ids.new_id()

    made = [UUID(one) for one in ids.text_ids(16)]

    assert {(one.version, one.variant) for one in made} == {(7, RFC_4122)}
    assert all(abs((one.int >> 80) - (alone.int >> 80)) < 60_000 for one in made)


def test_none_are_made_of_none() -> None:
    assert ids.text_ids(0) == []


def test_two_processes_never_draw_the_same() -> None:
    ids.new_id()
    here, there = os.pipe()
    child = os.fork()
    if not child:
        os.write(there, "".join(ids.new_id().hex[-16:] for _ in range(50)).encode())
        os._exit(0)
    os.waitpid(child, 0)
    told = os.read(here, 50 * 16).decode()
    os.close(here)
    os.close(there)

    drawn = {told[at : at + 16] for at in range(0, len(told), 16)}
    assert len(drawn) == 50
    assert drawn.isdisjoint(ids.new_id().hex[-16:] for _ in range(300))


def test_threads_draw_ids_of_their_own() -> None:
    drawn: list[UUID] = []
    threads = [threading.Thread(target=lambda: drawn.extend(ids.new_id() for _ in range(600))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(drawn)) == 2_400
