"""Work of the page Between that may be done later: what could not be carried out at once, and forgetting."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from ampersand.between import readers
from ampersand.portal import inbox, leaving


@app.task(name=inbox.CARRY_OUT, queueing_lock=inbox.CARRY_OUT)
def carry_out() -> None:
    """Carry out what visitors did and could not be carried out at once."""
    inbox.carry_out_waiting(at=timezone.now())


@app.task(name=leaving.FORGET)
def forget(party_id: str) -> None:
    """Erase somebody who asked for it on their page."""
    leaving.forget(UUID(party_id), at=timezone.now())


@app.task(name="ampersand.portal.tasks.forget_readers")
def forget_readers() -> None:
    """Take away what was noted more than a year ago of who read a page."""
    readers.let_go(on=timezone.localdate())
