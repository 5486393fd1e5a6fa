"""What Monica tells of one thing: names, days, addresses and files, as they stand in its JSON."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from ampersand.channels.contacts.birthdays import Birthday
from ampersand.channels.contacts.cards import Address as PostalAddress
from ampersand.channels.crm_exports.monica_json.records import Account
from ampersand.channels.outcomes import plain


def properties(one: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is told of a thing, beside its number: in its `properties`, or in itself in earlier exports."""
    told = one.get("properties")
    return {**one, **told} if isinstance(told, dict) else one


def lists_in(data: Any) -> Iterator[tuple[str, list[Any]]]:
    """The lists among the data of an account or a contact, each with its type."""
    for one in data if isinstance(data, list) else []:
        if isinstance(one, dict) and isinstance(one.get("values"), list):
            yield str(one.get("type", "")), [value for value in one["values"] if isinstance(value, (dict, str))]


def name_in(one: Mapping[str, Any]) -> str:
    told = properties(one)
    names = (text(told, name) for name in ("first_name", "middle_name", "last_name"))
    return " ".join(filter(None, names))[:300]


def text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    return plain(str(value)).strip() if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""


def when_told(told: Any) -> date | datetime | None:
    """A day, or an instant where an hour is told: midnight is how Monica writes that none was."""
    at = _instant(told)
    if at is None:
        return None
    return at.date() if (at.hour, at.minute, at.second) == (0, 0, 0) else at


def day_told(told: Any) -> str:
    on = _day(told.get("date")) if isinstance(told, dict) else None
    if not on:
        return ""
    return f"--{on.month:02d}-{on.day:02d}" if told.get("is_year_unknown") else on.isoformat()


def birthday(told: Any) -> Birthday | None:
    if not isinstance(told, dict) or told.get("is_age_based"):
        return None
    on = _day(told.get("date"))
    return Birthday(on.month, on.day, None if told.get("is_year_unknown") else on.year) if on else None


def facts(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "note", text(told, "description")
    yield "nickname", text(told, "nickname")
    yield "food preferences", text(told, "food_preferences")
    yield "has died", "yes" if told.get("is_dead") else ""
    yield "starred", "yes" if told.get("is_starred") else ""
    yield "last talked to", text(told, "last_talked_to")[:10]
    yield "died", day_told(told.get("deceased_date"))
    yield "first met", day_told(told.get("first_met_date"))
    for tag in told["tags"] if isinstance(told.get("tags"), list) else []:
        yield "category", plain(str(tag)).strip()


def reached(fields: list[Any], account: Account) -> Iterator[tuple[str, str]]:
    """Each with what it is: by the protocol of its type, else by what the type is called."""
    for one in fields:
        told = properties(one) if isinstance(one, dict) else {}
        kind = account.types.get(str(told.get("type", "")), {})
        what = str(kind.get("protocol") or kind.get("type") or kind.get("name") or "").strip(":").casefold()
        if value := text(told, "data"):
            yield (what or "detail"), value


def postal(one: Mapping[str, Any]) -> PostalAddress:
    told = properties(one)
    return PostalAddress(
        street=text(told, "street"), city=text(told, "city"), region=text(told, "province"),
        postcode=text(told, "postal_code"), country=text(told, "country"), label=text(told, "name"),
    )  # fmt: skip


def file(one: Mapping[str, Any] | None) -> tuple[str, bytes, str] | None:
    """A file that stands in the export as a data URL: its name, its bytes and what it is."""
    told = properties(one) if one else {}
    head, _comma, packed = text(told, "dataUrl").partition(",")
    if not head.endswith(";base64"):
        return None
    try:
        content = base64.b64decode(packed, validate=True)
    except (binascii.Error, ValueError):
        return None
    kind = head.removeprefix("data:").removesuffix(";base64")
    return (text(told, "original_filename") or "file", content, kind) if content else None


def _day(told: Any) -> date | None:
    at = _instant(told)
    return at.date() if at else None


def _instant(told: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(told))
    except ValueError:
        return None
    return at if 1800 < at.year < 2200 else None
