"""Work of the page Between that may be done later: what could not be carried out at once, and forgetting."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from ampersand.portal import inbox, leaving


@app.task(name=inbox.CARRY_OUT, queueing_lock=inbox.CARRY_OUT)
def carry_out() -> None:
    """Carry out what visitors did and could not be carried out at once."""
    inbox.carry_out_waiting(at=timezone.now())


@app.task(name=leaving.FORGET)
def forget(party_id: str) -> None:
    """Erase somebody who asked for it on their page."""
    leaving.forget(UUID(party_id), at=timezone.now())
