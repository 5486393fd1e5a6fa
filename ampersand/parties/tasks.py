"""Looking for likely doubles: each night, and after something was brought in."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

LOOK = "ampersand.parties.tasks.look_for_doubles"


@app.task(name=LOOK, queueing_lock="doubles")
def look_for_doubles() -> None:
    """Look through the whole book, in a process of its own."""
    from ampersand.parties.doubles import actions

    actions.look(at=timezone.now())
