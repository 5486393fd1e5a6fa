"""What kind of encounter a meeting is: told by its place, its links and its words, else by how many were asked."""

from __future__ import annotations

import re

from ampersand.channels.calendar.meetings import Meeting
from ampersand.core.folding import fold

GATHERING_FROM = 9

_VIDEO_LINK = re.compile(
    r"zoom\.us|zoomgov\.com|teams\.(?:microsoft|live)\.com|meet\.google\.com|webex\.com|whereby\.com|meet\.jit\.si|"
    r"gotomeet(?:ing|\.me)|bluejeans\.com|join\.skype\.com|bigbluebutton|chime\.aws|around\.co|facetime\.apple"
)
_VIDEO = re.compile(
    r"\b(?:video ?(?:call|conference|konferenz|meeting)?|zoom|ms teams|microsoft teams|google meet|webex|webinar|online|"
    r"visio(?:conference)?|videollamada)\b"
)
_CALL = re.compile(
    r"\b(?:(?:phone|telephone|conf(?:erence)?)[ -]?call|call(?:s|ed)?|phone|telephone|telefon\w*|telko|anruf|rueckruf|ruckruf|"
    r"appel|llamada|dial[ -]?in|ring)\b"
)
_GATHERING = re.compile(
    r"\b(?:conference|congress|fair|trade ?show|workshop|seminar|symposium|summit|party|reception|festival|"
    r"open day|training|course|lecture|concert|wedding|messe|tagung|konferenz|kongress|schulung|fest|feier|empfang|"
    r"salon|congres|atelier|feria|congreso|taller)\b"
)
_NUMBER = re.compile(r"^\+?[\d\s()./-]{7,}(?:,.*)?$")


def mode_of(meeting: Meeting) -> str:
    """A mode of `timeline.Mode`. The place says more than the title, and the title more than the description."""
    where, title, text = fold(meeting.where), fold(meeting.summary), fold(f"{meeting.description} {meeting.url}")
    if _VIDEO_LINK.search(where) or _VIDEO.search(where):
        return "video"
    if _NUMBER.match(where.strip()) or _CALL.search(where):
        return "call"
    if not where and _CALL.search(title) and not _VIDEO.search(title):
        return "call"
    if _VIDEO.search(title) or (not where and _VIDEO_LINK.search(text)):
        return "video"
    is_gathering = _GATHERING.search(title) or len(meeting.people) >= GATHERING_FROM
    return "gathering" if is_gathering else "visit"
