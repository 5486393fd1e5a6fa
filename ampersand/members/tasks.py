"""What is cleared away each night."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from ampersand.members.models import Session


@app.task(name="ampersand.members.tasks.forget_old_sessions", queueing_lock="members:sessions")
def forget_old_sessions() -> None:
    """A session that lets nobody in any more is kept no longer."""
    Session.objects.filter(expire_date__lte=timezone.now()).delete()
