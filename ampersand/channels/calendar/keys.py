"""Keys of meetings: the same in every calendar that holds the meeting."""

from __future__ import annotations

from ampersand.channels.calendar.meetings import Meeting
from ampersand.channels.keys import short
from ampersand.channels.outcomes import plain


def key_of(meeting: Meeting) -> str:
    """`event:<UID>/<RECURRENCE-ID>`."""
    return key_told(f"{meeting.uid}/{meeting.recurrence_id}")


def key_told(told: str) -> str:
    """The key of a meeting from its UID and, behind a slash, its RECURRENCE-ID."""
    return short("event", plain(told))
