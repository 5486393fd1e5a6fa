"""Sessions in the database, found by a query made ready, since every page asks for one."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone

from ampersand.core.ready import Ready


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        found = _living(session_key=self.session_key, now=timezone.now()) if self.session_key else []
        if not found:
            self._session_key = None
        return next(iter(found), None)


@Ready[Session]
def _living(session_key: str, now: datetime) -> models.QuerySet[Session]:
    return Session.objects.filter(session_key=session_key, expire_date__gt=now)
