"""What Monica exports of an account as JSON: its contacts with all that hangs on each, what was done with them, who is what
to whom. Layout: an account whose `data` are lists, each with its `type` and its `values`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ampersand.channels.crm_exports.monica_json import fields
from ampersand.channels.crm_exports.monica_json.fields import lists_in, name_in, properties, text, when_told
from ampersand.channels.crm_exports.monica_json.hanging import of_contact
from ampersand.channels.crm_exports.monica_json.records import (
    DIARY,
    LOOSE_FILE,
    NAMELESS,
    NO_DAY,
    NO_TIE,
    NOBODY_THERE,
    PARTIAL,
    THEIRS,
    UNREADABLE,
    YOU,
    About,
    Account,
    Happened,
    LeftOut,
    Link,
    Person,
    Record,
)
from ampersand.channels.outcomes import Place, Reason, Rejected
from ampersand.parties.models import TieKind

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


def _account(told: Mapping[str, Any], name: str) -> Account:
    lists = {str(kind): values for kind, values in lists_in(told.get("data"))}
    instance = told.get("instance") if isinstance(told.get("instance"), dict) else {}
    types = {
        str(one.get("uuid")): properties(one)
        for values in (instance or {}).values()
        if isinstance(values, list)
        for one in values
        if isinstance(one, dict)
    }
    files = {str(one.get("uuid")): one for kind in ("photo", "document") for one in lists.get(kind, [])}
    return Account(name, lists, properties(told), types, files)


def _records(account: Account) -> Iterator[Record]:
    contacts = account.lists.get("contact", [])
    me = {str(properties(user).get("me_contact", "")) for user in account.lists.get("user", [])} - {""}
    partial = {str(one.get("uuid")): name_in(one) for one in contacts if properties(one).get("is_partial")}
    used: set[str] = set()
    for number, one in enumerate(contacts, start=1):
        place = Place(f"{account.name} › contact", number)
        if str(one.get("uuid")) in me:
            yield LeftOut(place, Reason(YOU), name_in(one))
        elif str(one.get("uuid")) in partial:
            yield LeftOut(place, Reason(PARTIAL), name_in(one))
        else:
            yield _person(one, place, account, used)
    for number, one in enumerate(contacts, start=1):
        if str(one.get("uuid")) not in partial:
            yield from of_contact(one, number, account)
    yield from _links(account, me, partial)
    yield from _activities(account, contacts)
    yield from _left_out(account, used)


def _person(one: Mapping[str, Any], place: Place, account: Account, used: set[str]) -> Person | Rejected:
    told, name = properties(one), name_in(one)
    if not name:
        return Rejected(place, Reason(NAMELESS), str(one.get("uuid", "")))
    own = dict(lists_in(one.get("data")))
    files = [uuid for kind in ("photo", "document") for uuid in own.get(kind, []) if isinstance(uuid, str)]
    used.update(files)
    return Person(
        place,
        uuid=str(one.get("uuid", "")),
        name=name,
        sort_name=" ".join(filter(None, (text(told, "last_name"), text(told, "first_name")))),
        company=text(told, "company"),
        job=text(told, "job"),
        reached=tuple(fields.reached(own.get("contact_field", []), account)),
        postal=tuple(fields.postal(value) for value in own.get("address", []) if isinstance(value, dict)),
        birthday=fields.birthday(told.get("birthdate")),
        facts=tuple((label, value) for label, value in fields.facts(told) if value),
        files=tuple(found for uuid in files if (found := fields.file(account.files.get(uuid)))),
    )


def _links(account: Account, me: set[str], partial: Mapping[str, str]) -> Iterator[Record]:
    for number, one in enumerate(account.lists.get("relationship", []), start=1):
        told, place = properties(one), Place(f"{account.name} › relationship", number)
        kind, who, of = (text(told, name) for name in ("type", "contact_is", "of_contact"))
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


def _name_of(uuid: str, account: Account) -> str:
    return next((name_in(one) for one in account.lists.get("contact", []) if str(one.get("uuid")) == uuid), "")


def _activities(account: Account, contacts: list[Mapping[str, Any]]) -> Iterator[Record]:
    there: dict[str, list[str]] = {}
    for contact in contacts:
        for kind, values in lists_in(contact.get("data")):
            for uuid in values if kind == "activity" else []:
                there.setdefault(str(uuid), []).append(str(contact.get("uuid")))
    for number, one in enumerate(account.lists.get("activity", []), start=1):
        told, place = properties(one), Place(f"{account.name} › activity", number)
        when, people = when_told(told.get("happened_at")), there.get(str(one.get("uuid")), [])
        if when is None:
            yield Rejected(place, Reason(NO_DAY, {"told": str(told.get("happened_at"))[:60]}), text(told, "summary"))
        elif not people:
            yield LeftOut(place, Reason(NOBODY_THERE), text(told, "summary"))
        else:
            kind_of = text(account.types.get(str(told.get("type", "")), {}), "name")
            subject, words = text(told, "summary") or kind_of, text(told, "description")
            yield Happened(place, f"activity:{one.get('uuid')}", "", when, tuple(people), subject, words)


def _left_out(account: Account, used: set[str]) -> Iterator[Record]:
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
