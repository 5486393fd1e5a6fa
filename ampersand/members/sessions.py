"""Sessions in the database, found by a query made ready, since every page asks for one. Each row says whose it is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from ampersand.core.ready import Ready
from ampersand.members.devices import device_of
from ampersand.members.models import Session

_SEEN = "device"


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row, with what its owner is shown of it. Of a visitor who is not signed in nothing is kept."""
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]
        seen = data.get(_SEEN) if data.get(SESSION_KEY) else None
        if seen:
            row.member_id, row.browser, row.system = data[SESSION_KEY], seen["browser"], seen["system"]
            row.began_on, row.seen_on = date.fromisoformat(seen["began"]), date.fromisoformat(seen["seen"])
        return row

    def _get_session_from_db(self) -> Session | None:
        found = _living(session_key=self.session_key, now=timezone.now()) if self.session_key else []
        if not found:
            self._session_key = None
        return next(iter(found), None)


def remember_device(request: HttpRequest, *, today: date) -> None:
    """Write into the session by which browser it goes on, and the day: once a day, and no hour, and no place."""
    known = request.session.get(_SEEN)
    if known and known["seen"] == today.isoformat():
        return
    device = device_of(request.headers.get("User-Agent", ""))
    began = known["began"] if known else today.isoformat()
    request.session[_SEEN] = {
        "browser": device.browser,
        "system": device.system,
        "began": began,
        "seen": today.isoformat(),
    }


@Ready[Session]
def _living(session_key: str, now: datetime) -> models.QuerySet[Session]:
    return Session.objects.filter(session_key=session_key, expire_date__gt=now)
