"""Rows of a table as moments: with whom, when, how, and who reached out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ampersand.channels.outcomes import plain
from ampersand.channels.tables.mapping import Mapping
from ampersand.channels.tables.meanings import Meaning
from ampersand.channels.tables.parties import as_text
from ampersand.channels.tables.rows import Row
from ampersand.core.folding import folded_words
from ampersand.timeline.actions import Happening, Taker
from ampersand.timeline.models import Began, Mode

# By the beginnings of folded words, the more telling first.
_MODES: tuple[tuple[Mode, tuple[str, ...]], ...] = (
    (Mode.VIDEO, ("video", "zoom", "teams", "webinar", "visio", "online", "skype", "webex")),
    (Mode.CALL, ("call", "phone", "telef", "teleph", "anruf", "appel", "llamad", "rang", "telko")),
    (Mode.MAIL, ("mail", "email", "courriel", "correo")),
    (Mode.MESSAGE, ("message", "sms", "whatsapp", "chat", "linkedin", "nachricht", "mensaje", "text", "dm", "signal")),
    (Mode.LETTER, ("letter", "post", "brief", "lettre", "carta", "fax", "postcard")),
    (Mode.GATHERING, ("event", "fair", "messe", "conference", "konferenz", "workshop", "seminar", "gathering", "party",
                      "training", "salon", "feria", "congres")),
    (Mode.VISIT, ("visit", "meeting", "besuch", "termin", "treffen", "meet", "lunch", "dinner", "coffee", "demo",
                  "rendez", "reunion", "visita", "visite", "kaffee", "tasting", "onsite")),
)  # fmt: skip
_IN = ("in", "inbound", "incoming", "eingehend", "eingang", "received", "entrant", "entrante", "from", "them", "recu")
_OUT = ("out", "outbound", "outgoing", "ausgehend", "ausgang", "sent", "sortant", "saliente", "to", "us", "envoye")
_NAMED_ELSEWHERE = {
    Meaning.NAME, Meaning.GIVEN_NAME, Meaning.MIDDLE_NAME, Meaning.FAMILY_NAME, Meaning.PREFIX, Meaning.SUFFIX,
    Meaning.SORT_NAME, Meaning.ORGANISATION, Meaning.ROLE, Meaning.DEPARTMENT, Meaning.EMAIL, Meaning.PHONE, Meaning.FAX,
    Meaning.URL, Meaning.STREET, Meaning.POSTCODE, Meaning.CITY, Meaning.REGION, Meaning.COUNTRY, Meaning.ADDRESS,
    Meaning.IS_ORGANISATION, Meaning.IS_DELETED, Meaning.EXTERNAL_ID, Meaning.ORGANISATION_ID, Meaning.PERSON_ID,
    Meaning.NICKNAME, Meaning.DATE, Meaning.TIME, Meaning.ENDS, Meaning.DURATION, Meaning.MODE, Meaning.DIRECTION,
    Meaning.SENDER, Meaning.RECEIVER, Meaning.SUBJECT, Meaning.WORDS, Meaning.DETAIL, Meaning.IGNORE, Meaning.STATUS,
    Meaning.AMOUNT, Meaning.CURRENCY, Meaning.NUMBER, Meaning.TRANSACTION_KIND, Meaning.OWNER,
}  # fmt: skip


def happening_of(row: Row, mapping: Mapping, *, takers: list[Taker], key: str, began: str = "") -> Happening:
    """What a row of moments says happened. A day without an hour is kept as a day of the table's zone."""
    told = row.values
    when = told[Meaning.DATE]
    is_day = not isinstance(when, datetime)
    happened_at = as_instant(when, mapping.zone)
    return Happening(
        mode=mode_of(told),
        happened_at=happened_at,
        zone=mapping.zone,
        takers=takers,
        key=key,
        ended_at=_ended_at(told, happened_at, mapping.zone),
        is_all_day=is_day,
        began=began or began_of(told.get(Meaning.DIRECTION, "")),
        subject=plain(told.get(Meaning.SUBJECT, ""))[:300],
        words=plain(words_of(told, {column.meaning: column.name for column in mapping.columns})),
    )


def as_instant(when: date | datetime, zone: str) -> datetime:
    """The instant, in UTC; of a day, the midnight it begins with."""
    if isinstance(when, datetime):
        return when
    return datetime.combine(when, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def mode_of(told: dict[Meaning, Any]) -> str:
    """The mode by its own column, then by the subject; messages where a sender is told, else a visit."""
    return find_mode(told) or Mode.VISIT


def find_mode(told: dict[Meaning, Any]) -> str:
    """The mode that a row tells, if it does: a task that was done need not have been between people."""
    if mode := _mode_in(told.get(Meaning.MODE, "")):
        return mode
    # Who writes to whom of a coffee has not had it.
    if told.get(Meaning.SENDER) or told.get(Meaning.RECEIVER):
        return Mode.MESSAGE
    return _mode_in(told.get(Meaning.SUBJECT, ""))


def _mode_in(text: str) -> str:
    words = folded_words(text)
    return next((mode for mode, begun in _MODES if any(word.startswith(begun) for word in words)), "")


def began_of(direction: str) -> str:
    words = folded_words(direction)
    if any(word in _IN for word in words):
        return Began.THEM
    return Began.US if any(word in _OUT for word in words) else Began.BOTH


def words_of(told: dict[Meaning, Any], headers: dict[Meaning, str]) -> str:
    """What the row says in words, and below it whatever has no other place, under its heading."""
    return "\n".join(filter(None, [told.get(Meaning.WORDS, ""), *left_over(told, headers)]))


def left_over(told: dict[Meaning, Any], headers: dict[Meaning, str]) -> Iterator[str]:
    """The columns without a place of their own, each as a line."""
    if Meaning.OWNER in told:
        yield told_of_owner(told, headers)
    for header, value in told.get(Meaning.DETAIL, ()):
        yield f"{header}: {value}"
    for meaning, value in told.items():
        if meaning not in _NAMED_ELSEWHERE:
            shown = ", ".join(value) if isinstance(value, list) else as_text(value)
            yield f"{headers.get(meaning, str(meaning))}: {shown}"


def told_of_owner(told: dict[Meaning, Any], headers: dict[Meaning, str]) -> str:
    """Whose it was in the program it comes from, where that is nobody of the house."""
    return f"{headers.get(Meaning.OWNER, 'owner')}: {told[Meaning.OWNER]}, there"


def _ended_at(told: dict[Meaning, Any], happened_at: datetime, zone: str) -> datetime | None:
    ends, length = told.get(Meaning.ENDS), told.get(Meaning.DURATION)
    if isinstance(ends, datetime):
        ended_at = as_instant(ends, zone)
    elif isinstance(length, timedelta) and isinstance(told[Meaning.DATE], datetime):
        ended_at = happened_at + length
    else:
        return None
    return ended_at if ended_at > happened_at else None
