"""Identifiers made many at once are the same kind of thing as those made one by one."""

from __future__ import annotations

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
