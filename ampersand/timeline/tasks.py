"""Each night: traces that nobody kept fade."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

FADE_DAYS = 183


@app.task(name="ampersand.timeline.tasks.fade_traces", queueing_lock="timeline:fade")
def fade_traces() -> None:
    """Let traces fade that have stood for half a year without anybody keeping them."""
    from ampersand.timeline import actions

    actions.fade_traces(told_before=timezone.now() - timedelta(days=FADE_DAYS))
