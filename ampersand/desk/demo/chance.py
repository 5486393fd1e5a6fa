"""Chance that comes out the same each time it is asked for by the same name."""

from __future__ import annotations

from random import Random


def chance(*name: object) -> Random:
    """A source of chance of its own for each name, so that a change in one life leaves the others as they were."""
    return Random(" ".join(str(part) for part in name))  # noqa: S311  # a story, not a secret
