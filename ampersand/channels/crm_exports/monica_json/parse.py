"""What Monica exports of an account as JSON: its contacts with all that hangs on each, what was done with them, who is what
to whom. Layout: an account whose `data` are lists, each with its `type` and its `values`.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ampersand.channels.contacts.birthdays import Birthday
from ampersand.channels.contacts.cards import Address as PostalAddress
from ampersand.channels.outcomes import Place, Reason, Rejected, plain
from ampersand.channels.outcomes import mark as _
from ampersand.parties.models import TieKind
from ampersand.timeline.models import Mode

UNREADABLE = _("This is no export of Monica: it cannot be read as JSON, or holds no account.")
NAMELESS = _("The contact has no name.")
NO_DAY = _("This is no day: %(told)s.")
NOBODY_THERE = _("It names nobody who took part.")
NOT_SAID = _("There are no words in it.")
YOU = _("This is you: you are here already.")
PARTIAL = _("They are only named for somebody else: kept there as a detail.")
DIARY = _("A page of your diary is about nobody in particular.")
THEIRS = _("Monica keeps this for itself: %(what)s.")
NO_TIE = _("What they are to each other has no place among ties: kept as a detail.")
LOOSE_FILE = _("A file that hangs on no contact.")

_SAMPLE_BYTES = 65_536
_ACCOUNT = re.compile(r'"account"\s*:\s*\{')
_FAMILY = {
    "spouse", "partner", "parent", "child", "sibling", "grandparent", "grandchild", "uncle", "nephew", "cousin",
    "godfather", "godson", "stepparent", "stepchild", "ex_husband", "ex_wife",
}  # fmt: skip
_TIES = {
    **dict.fromkeys(_FAMILY, TieKind.FAMILY_OF),
    "boss": TieKind.REPORTS_TO,
    "subordinate": TieKind.REPORTS_TO,
    "colleague": TieKind.FORMER_COLLEAGUE_OF,
    "mentor": TieKind.ADVISES,
    "protege": TieKind.ADVISES,
}
# Whoever is the boss of somebody is the one reported to; a protégé is advised.
_TURNED = {"boss", "protege"}
# Labels of details, stored in one language.
LABELS = {
    "note": "note", "debt": "debt", "gift": "gift", "reminder": "reminder", "task": "task", "life_event": "life event",
    "pet": "pet",
}  # fmt: skip


@dataclass(frozen=True)
class Person:
    """A contact. `reached` are their addresses as Monica types them: what it is, and the value."""

    place: Place
    uuid: str
    name: str
    sort_name: str = ""
    company: str = ""
    job: str = ""
    reached: tuple[tuple[str, str], ...] = ()
    postal: tuple[PostalAddress, ...] = ()
    birthday: Birthday | None = None
    facts: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, bytes, str], ...] = ()


@dataclass(frozen=True)
class About:
    """Words about one contact that tell of nothing that happened between people."""

    place: Place
    uuid: str
    key: str
    label: str
    words: str
    why: str = ""


@dataclass(frozen=True)
class Happened:
    """A call, an activity, a message. `when` is a day where no hour is told; `by_them` who reached out, if it is told."""

    place: Place
    key: str
    mode: str
    when: date | datetime
    people: tuple[str, ...]
    subject: str = ""
    words: str = ""
    by_them: bool | None = None


@dataclass(frozen=True)
class Link:
    """What one contact is to another."""

    place: Place
    key: str
    kind: TieKind
    from_uuid: str
    to_uuid: str
    role: str


@dataclass(frozen=True)
class LeftOut:
    place: Place
    reason: Reason
    what: str = ""


Record = Person | About | Happened | Link | LeftOut | Rejected


@dataclass
class _Account:
    """The lists of an account, and what its numbers stand for."""

    name: str
    lists: Mapping[str, list[Mapping[str, Any]]]
    properties: Mapping[str, Any]
    types: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    files: dict[str, Mapping[str, Any]] = field(default_factory=dict)


def is_export(path: Path) -> bool:
    """Whether this is Monica's, by how the file begins: an account with lists of its own, counted by their type."""
    with path.open("rb") as stream:
        start = stream.read(_SAMPLE_BYTES).decode("utf-8", errors="replace").lstrip("\ufeff \r\n\t")
    return start.startswith("{") and _ACCOUNT.search(start) is not None and '"uuid"' in start


def read(path: Path, *, name: str) -> Iterator[Record]:
    """All records of an export: contacts first, then what is told of them, who is what to whom, and what happened."""
    try:
        told = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        told = None
    account = told.get("account") if isinstance(told, dict) else None
    if not isinstance(account, dict):
        yield Rejected(Place(name, 1), Reason(UNREADABLE), name)
        return
    yield from _records(_account(account, name))


def _account(told: Mapping[str, Any], name: str) -> _Account:
    lists = {str(kind): values for kind, values in _lists(told.get("data"))}
    instance = told.get("instance") if isinstance(told.get("instance"), dict) else {}
    types = {
        str(one.get("uuid")): _properties(one)
        for values in (instance or {}).values()
        if isinstance(values, list)
        for one in values
        if isinstance(one, dict)
    }
    files = {str(one.get("uuid")): one for kind in ("photo", "document") for one in lists.get(kind, [])}
    return _Account(name, lists, _properties(told), types, files)


def _lists(data: Any) -> Iterator[tuple[str, list[Any]]]:
    """The lists among the data of an account or a contact, each with its type."""
    for one in data if isinstance(data, list) else []:
        if isinstance(one, dict) and isinstance(one.get("values"), list):
            yield str(one.get("type", "")), [value for value in one["values"] if isinstance(value, (dict, str))]


def _records(account: _Account) -> Iterator[Record]:
    contacts = account.lists.get("contact", [])
    me = {str(_properties(user).get("me_contact", "")) for user in account.lists.get("user", [])} - {""}
    partial = {str(one.get("uuid")): _name(one) for one in contacts if _properties(one).get("is_partial")}
    used: set[str] = set()
    for number, one in enumerate(contacts, start=1):
        place = Place(f"{account.name} › contact", number)
        if str(one.get("uuid")) in me:
            yield LeftOut(place, Reason(YOU), _name(one))
        elif str(one.get("uuid")) in partial:
            yield LeftOut(place, Reason(PARTIAL), _name(one))
        else:
            yield _person(one, place, account, used)
    for number, one in enumerate(contacts, start=1):
        if str(one.get("uuid")) not in partial:
            yield from _of_contact(one, number, account)
    yield from _links(account, me, partial)
    yield from _activities(account, contacts)
    yield from _left_out(account, used)


def _person(one: Mapping[str, Any], place: Place, account: _Account, used: set[str]) -> Person | Rejected:
    told, name = _properties(one), _name(one)
    if not name:
        return Rejected(place, Reason(NAMELESS), str(one.get("uuid", "")))
    own = dict(_lists(one.get("data")))
    files = [uuid for kind in ("photo", "document") for uuid in own.get(kind, []) if isinstance(uuid, str)]
    used.update(files)
    return Person(
        place,
        uuid=str(one.get("uuid", "")),
        name=name,
        sort_name=" ".join(filter(None, (_text(told, "last_name"), _text(told, "first_name")))),
        company=_text(told, "company"),
        job=_text(told, "job"),
        reached=tuple(_reached(own.get("contact_field", []), account)),
        postal=tuple(_postal(value) for value in own.get("address", []) if isinstance(value, dict)),
        birthday=_birthday(told.get("birthdate")),
        facts=tuple((label, value) for label, value in _facts(told) if value),
        files=tuple(found for uuid in files if (found := _file(account.files.get(uuid)))),
    )


def _facts(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "note", _text(told, "description")
    yield "nickname", _text(told, "nickname")
    yield "food preferences", _text(told, "food_preferences")
    yield "has died", "yes" if told.get("is_dead") else ""
    yield "starred", "yes" if told.get("is_starred") else ""
    yield "last talked to", _text(told, "last_talked_to")[:10]
    yield "died", _day_told(told.get("deceased_date"))
    yield "first met", _day_told(told.get("first_met_date"))
    for tag in told["tags"] if isinstance(told.get("tags"), list) else []:
        yield "category", plain(str(tag)).strip()


def _reached(fields: list[Any], account: _Account) -> Iterator[tuple[str, str]]:
    """Each with what it is: by the protocol of its type, else by what the type is called."""
    for one in fields:
        told = _properties(one) if isinstance(one, dict) else {}
        kind = account.types.get(str(told.get("type", "")), {})
        what = str(kind.get("protocol") or kind.get("type") or kind.get("name") or "").strip(":").casefold()
        if value := _text(told, "data"):
            yield (what or "detail"), value


def _postal(one: Mapping[str, Any]) -> PostalAddress:
    told = _properties(one)
    return PostalAddress(
        street=_text(told, "street"), city=_text(told, "city"), region=_text(told, "province"),
        postcode=_text(told, "postal_code"), country=_text(told, "country"), label=_text(told, "name"),
    )  # fmt: skip


def _birthday(told: Any) -> Birthday | None:
    if not isinstance(told, dict) or told.get("is_age_based"):
        return None
    on = _day(told.get("date"))
    return Birthday(on.month, on.day, None if told.get("is_year_unknown") else on.year) if on else None


def _day_told(told: Any) -> str:
    on = _day(told.get("date")) if isinstance(told, dict) else None
    if not on:
        return ""
    return f"--{on.month:02d}-{on.day:02d}" if told.get("is_year_unknown") else on.isoformat()


def _file(one: Mapping[str, Any] | None) -> tuple[str, bytes, str] | None:
    """A file that stands in the export as a data URL: its name, its bytes and what it is."""
    told = _properties(one) if one else {}
    head, _comma, packed = _text(told, "dataUrl").partition(",")
    if not head.endswith(";base64"):
        return None
    try:
        content = base64.b64decode(packed, validate=True)
    except (binascii.Error, ValueError):
        return None
    kind = head.removeprefix("data:").removesuffix(";base64")
    return (_text(told, "original_filename") or "file", content, kind) if content else None


def _of_contact(one: Mapping[str, Any], number: int, account: _Account) -> Iterator[Record]:
    """All that hangs on one contact, list by list."""
    uuid = str(one.get("uuid", ""))
    for kind, values in _lists(one.get("data")):
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


def _said_of(kind: str, one: Mapping[str, Any], account: _Account) -> str:
    """What a list of a contact says, in one line and what was written below it."""
    told = _properties(one)
    created = str(one.get("created_at") or "")[:10]
    if kind == "note":
        body = _text(told, "body")
        return ": ".join(filter(None, (created, body))) if body else ""
    if kind == "debt":
        owes = "we owe them" if told.get("in_debt") else "they owe us"
        money = " ".join(filter(None, (str(told.get("amount") or ""), _text(told, "currency"))))
        return ", ".join(filter(None, (f"{owes} {money}".strip(), _text(told, "status")))) if money else ""
    if kind == "pet":
        return " ".join(
            filter(None, (_text(told, "name"), f"({_text(told, 'category')})" if told.get("category") else ""))
        )
    title = _text(told, "name") or _text(told, "title")
    if kind == "life_event":
        kind_of_event = account.types.get(str(told.get("type", "")), {})
        title = title or _text(kind_of_event, "name") or _text(kind_of_event, "default_life_event_type_key")
    beside = [_text(told, "status"), str(told.get("amount") or ""), _text(told, "url")] if kind == "gift" else []
    day = str(told.get("happened_at") or told.get("date") or told.get("initial_date") or "")[:10]
    if kind == "reminder":
        beside = [_every(told), "" if not told.get("inactive") else "no longer"]
    if kind == "task":
        done = str(told.get("completed_at") or "")[:10]
        beside = [f"done {done}".strip() if told.get("completed") else "to do"]
    line = ", ".join(filter(None, (title, day, *beside)))
    more = _text(told, "comment") or _text(told, "description") or _text(told, "note")
    return "\n".join(filter(None, (line, more))) if title or more else ""


def _every(told: Mapping[str, Any]) -> str:
    often = _text(told, "frequency_type")
    return "" if often in ("", "one_time") else f"every {told.get('frequency_number') or 1} {often}"


def _call(one: Mapping[str, Any], uuid: str, place: Place, key: str) -> Record:
    told = _properties(one)
    when = _when(told.get("called_at"))
    if when is None:
        return Rejected(place, Reason(NO_DAY, {"told": str(told.get("called_at"))[:60]}))
    by_them = bool(told.get("contact_called"))
    return Happened(place, key, Mode.CALL, when, (uuid,), words=_text(told, "content"), by_them=by_them)


def _conversation(one: Mapping[str, Any], uuid: str, place: Place, key: str) -> Iterator[Record]:
    told = _properties(one)
    messages = told.get("messages") if isinstance(told.get("messages"), list) else []
    if not messages:
        yield LeftOut(place, Reason(NOT_SAID))
    for nth, message in enumerate(messages or [], start=1):
        said = _properties(message) if isinstance(message, dict) else {}
        when = _when(said.get("written_at") or told.get("happened_at"))
        here = Place(f"{place.path} {place.line}", nth)
        if when is None:
            yield Rejected(here, Reason(NO_DAY, {"told": str(said.get("written_at"))[:60]}))
        else:
            words, by_them = _text(said, "content"), not said.get("written_by_me")
            yield Happened(here, f"{key}/{nth}", Mode.MESSAGE, when, (uuid,), words=words, by_them=by_them)


def _links(account: _Account, me: set[str], partial: Mapping[str, str]) -> Iterator[Record]:
    for number, one in enumerate(account.lists.get("relationship", []), start=1):
        told, place = _properties(one), Place(f"{account.name} › relationship", number)
        kind, who, of = (_text(told, name) for name in ("type", "contact_is", "of_contact"))
        tie, key = _TIES.get(kind), f"relationship:{who}/{kind}/{of}"
        if who in partial or of in partial or tie is None:
            named = partial.get(who) or _name_of(who, account)
            if of in partial or of in me or not named:
                yield LeftOut(place, Reason(PARTIAL), kind)
            else:
                why = PARTIAL if who in partial else NO_TIE
                yield About(place, of, key, kind.replace("_", " ") or "related to", named, why)
            continue
        ends = (of, who) if kind in _TURNED else (who, of)
        yield Link(place, key, tie, *ends, kind.replace("_", " "))


def _name_of(uuid: str, account: _Account) -> str:
    return next((_name(one) for one in account.lists.get("contact", []) if str(one.get("uuid")) == uuid), "")


def _activities(account: _Account, contacts: list[Mapping[str, Any]]) -> Iterator[Record]:
    there: dict[str, list[str]] = {}
    for contact in contacts:
        for kind, values in _lists(contact.get("data")):
            for uuid in values if kind == "activity" else []:
                there.setdefault(str(uuid), []).append(str(contact.get("uuid")))
    for number, one in enumerate(account.lists.get("activity", []), start=1):
        told, place = _properties(one), Place(f"{account.name} › activity", number)
        when, people = _when(told.get("happened_at")), there.get(str(one.get("uuid")), [])
        if when is None:
            yield Rejected(place, Reason(NO_DAY, {"told": str(told.get("happened_at"))[:60]}), _text(told, "summary"))
        elif not people:
            yield LeftOut(place, Reason(NOBODY_THERE), _text(told, "summary"))
        else:
            kind_of = _text(account.types.get(str(told.get("type", "")), {}), "name")
            subject, words = _text(told, "summary") or kind_of, _text(told, "description")
            yield Happened(place, f"activity:{one.get('uuid')}", "", when, tuple(people), subject, words)


def _left_out(account: _Account, used: set[str]) -> Iterator[Record]:
    """What is nobody's, so that nothing is passed over in silence."""
    journal = account.properties.get("journal_entries")
    for number, _entry in enumerate(journal if isinstance(journal, list) else [], start=1):
        yield LeftOut(Place(f"{account.name} › journal entry", number), Reason(DIARY))
    for kind, values in account.lists.items():
        if kind in {"contact", "relationship", "activity"}:
            continue
        for number, one in enumerate(values, start=1):
            place = Place(f"{account.name} › {kind}", number)
            if kind not in {"photo", "document"}:
                yield LeftOut(place, Reason(THEIRS, {"what": kind.replace("_", " ")}))
            elif str(one.get("uuid")) not in used:
                yield LeftOut(place, Reason(LOOSE_FILE))


def _properties(one: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is told of a thing, beside its number: in its `properties`, or in itself in earlier exports."""
    told = one.get("properties")
    return {**one, **told} if isinstance(told, dict) else one


def _name(one: Mapping[str, Any]) -> str:
    told = _properties(one)
    names = (_text(told, name) for name in ("first_name", "middle_name", "last_name"))
    return " ".join(filter(None, names))[:300]


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    return plain(str(value)).strip() if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""


def _when(told: Any) -> date | datetime | None:
    """A day, or an instant where an hour is told: midnight is how Monica writes that none was."""
    at = _instant(told)
    if at is None:
        return None
    return at.date() if (at.hour, at.minute, at.second) == (0, 0, 0) else at


def _day(told: Any) -> date | None:
    at = _instant(told)
    return at.date() if at else None


def _instant(told: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(told))
    except ValueError:
        return None
    return at if 1800 < at.year < 2200 else None
