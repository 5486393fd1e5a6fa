"""What hangs on one contact of Monica: notes, gifts, debts and the like, calls and conversations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ampersand.channels.crm_exports.monica_json.fields import lists_in, properties, text, when_told
from ampersand.channels.crm_exports.monica_json.records import (
    NO_DAY,
    NOT_SAID,
    About,
    Account,
    Happened,
    LeftOut,
    Record,
)
from ampersand.channels.outcomes import Place, Reason, Rejected
from ampersand.timeline.models import Mode

# Labels of details, stored in one language.
LABELS = {
    "note": "note", "debt": "debt", "gift": "gift", "reminder": "reminder", "task": "task", "life_event": "life event",
    "pet": "pet",
}  # fmt: skip


def of_contact(one: Mapping[str, Any], number: int, account: Account) -> Iterator[Record]:
    """All that hangs on one contact, list by list."""
    uuid = str(one.get("uuid", ""))
    for kind, values in lists_in(one.get("data")):
        for nth, value in enumerate(values, start=1):
            place = Place(f"{account.name} › contact {number} › {kind}", nth)
            key = f"{kind}:{value.get('uuid') or f'{uuid}/{nth}'}" if isinstance(value, dict) else ""
            if kind == "call" and isinstance(value, dict):
                yield _call(value, uuid, place, key)
            elif kind == "conversation" and isinstance(value, dict):
                yield from _conversation(value, uuid, place, key)
            elif kind in LABELS and isinstance(value, dict):
                words = _said_of(kind, value, account)
                yield About(place, uuid, key, LABELS[kind], words) if words else LeftOut(place, Reason(NOT_SAID))


def _said_of(kind: str, one: Mapping[str, Any], account: Account) -> str:
    """What a list of a contact says, in one line and what was written below it."""
    told = properties(one)
    created = str(one.get("created_at") or "")[:10]
    if kind == "note":
        body = text(told, "body")
        return ": ".join(filter(None, (created, body))) if body else ""
    if kind == "debt":
        owes = "we owe them" if told.get("in_debt") else "they owe us"
        money = " ".join(filter(None, (str(told.get("amount") or ""), text(told, "currency"))))
        return ", ".join(filter(None, (f"{owes} {money}".strip(), text(told, "status")))) if money else ""
    if kind == "pet":
        return " ".join(
            filter(None, (text(told, "name"), f"({text(told, 'category')})" if told.get("category") else ""))
        )
    title = text(told, "name") or text(told, "title")
    if kind == "life_event":
        kind_of_event = account.types.get(str(told.get("type", "")), {})
        title = title or text(kind_of_event, "name") or text(kind_of_event, "default_life_event_type_key")
    beside = [text(told, "status"), str(told.get("amount") or ""), text(told, "url")] if kind == "gift" else []
    day = str(told.get("happened_at") or told.get("date") or told.get("initial_date") or "")[:10]
    if kind == "reminder":
        beside = [_every(told), "" if not told.get("inactive") else "no longer"]
    if kind == "task":
        done = str(told.get("completed_at") or "")[:10]
        beside = [f"done {done}".strip() if told.get("completed") else "to do"]
    line = ", ".join(filter(None, (title, day, *beside)))
    more = text(told, "comment") or text(told, "description") or text(told, "note")
    return "\n".join(filter(None, (line, more))) if title or more else ""


def _every(told: Mapping[str, Any]) -> str:
    often = text(told, "frequency_type")
    return "" if often in ("", "one_time") else f"every {told.get('frequency_number') or 1} {often}"


def _call(one: Mapping[str, Any], uuid: str, place: Place, key: str) -> Record:
    told = properties(one)
    when = when_told(told.get("called_at"))
    if when is None:
        return Rejected(place, Reason(NO_DAY, {"told": str(told.get("called_at"))[:60]}))
    by_them = bool(told.get("contact_called"))
    return Happened(place, key, Mode.CALL, when, (uuid,), words=text(told, "content"), by_them=by_them)


def _conversation(one: Mapping[str, Any], uuid: str, place: Place, key: str) -> Iterator[Record]:
    told = properties(one)
    messages = told.get("messages") if isinstance(told.get("messages"), list) else []
    if not messages:
        yield LeftOut(place, Reason(NOT_SAID))
    for nth, message in enumerate(messages or [], start=1):
        said = properties(message) if isinstance(message, dict) else {}
        when = when_told(said.get("written_at") or told.get("happened_at"))
        here = Place(f"{place.path} {place.line}", nth)
        if when is None:
            yield Rejected(here, Reason(NO_DAY, {"told": str(said.get("written_at"))[:60]}))
        else:
            words, by_them = text(said, "content"), not said.get("written_by_me")
            yield Happened(here, f"{key}/{nth}", Mode.MESSAGE, when, (uuid,), words=words, by_them=by_them)
