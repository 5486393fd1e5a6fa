"""Work of the terms for later: the messages that wait to go."""

from __future__ import annotations

from procrastinate.contrib.django import app

from ampersand.terms.messages.actions import SEND


@app.task(name=SEND)
def send_waiting() -> None:
    """Send what is due. Done twice, each copy goes once."""
    from ampersand.terms.messages import queue

    queue.send_due()
