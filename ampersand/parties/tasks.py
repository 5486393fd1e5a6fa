"""Looking for likely doubles: each night, and after something was brought in."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

LOOK_AMONG = "ampersand.parties.tasks.look_among"
LOOK = "ampersand.parties.tasks.look_for_doubles"


@app.task(name=LOOK, queueing_lock="doubles")
def look_for_doubles() -> None:
    """Look through the whole book, in a process of its own."""
    from ampersand.parties.doubles import actions

    actions.look(at=timezone.now())


@app.task(name=LOOK_AMONG)
def look_among(source_id: str) -> None:
    """Look who of those that came in with a source may be in the book already."""
    from ampersand.parties.doubles import actions

    actions.look_among(UUID(source_id), at=timezone.now())


def lock_of(source_id: UUID) -> str:
    """What says of a source that this is still to be done."""
    return f"doubles:{source_id}"
