"""Reading address cards (.vcf of versions 2.1, 3.0 and 4.0) into cards, none of which can stop the rest.

vobject reads 96 of the 119 sample files and stops at the first odd line of the others, each of version 2.1
with quoted-printable text among them; our own reader of content lines, which calendars need as well, reads all.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from itertools import groupby
from urllib.parse import unquote

from ampersand.channels.contacts.birthdays import Birthday, read_birthday
from ampersand.channels.contacts.cards import (
    ORGANISATION,
    PERSON,
    Address,
    Card,
    Detail,
    Email,
    LeftOut,
    Phone,
    Related,
)
from ampersand.channels.contacts.names import NameParts, name_from_address
from ampersand.channels.contacts.phones import find_e164, find_region
from ampersand.channels.content_lines import Component, ContentLine, read_components
from ampersand.channels.outcomes import Place, Reason, Rejected
from ampersand.channels.outcomes import mark as _

MAX_PHOTO_BYTES = 5_000_000
MAX_NAME_LETTERS = 300

NO_NAME = _("The card has no name, no organisation and no e-mail address. Give it one of them and bring it in again.")
NEVER_ENDED = _("The card breaks off before its end. Export it again.")
NO_CARD = _("These lines are no address card.")
IS_A_LIST = _("This is a list of people, not a person or an organisation.")
IS_A_THING = _("This is a place or a device, not a person or an organisation.")
SAME_AGAIN = _("The same card stands in this file before, on line %(line)d.")

CardOutcome = Card | LeftOut | Rejected

_LABEL_AROUND = re.compile(r"^_\$!<(.*)>!\$_$")
_FRAME = {"VERSION", "PRODID", "REV", "UID", "FN", "N", "NICKNAME", "ORG", "TITLE", "ROLE", "EMAIL", "TEL", "ADR",
          "LABEL", "URL", "BDAY", "NOTE", "PHOTO", "LOGO", "SOUND", "KEY", "CATEGORIES", "KIND", "AGENT", "RELATED",
          "SORT-STRING", "MAILER", "CLASS", "X-ABLABEL", "X-ABADR", "X-ABSHOWAS", "X-ABRELATEDNAMES", "PROFILE",
          "SOURCE", "NAME", "CLIENTPIDMAP", "X-ADDRESSBOOKSERVER-KIND", "X-PHONETIC-FIRST-NAME", "TZ",
          "X-PHONETIC-LAST-NAME", "X-EVOLUTION-FILE-AS"}  # fmt: skip
_RELATIONS = {"X-SPOUSE", "X-ASSISTANT", "X-MANAGER", "X-EVOLUTION-SPOUSE", "X-EVOLUTION-ASSISTANT",
              "X-EVOLUTION-MANAGER", "X-MS-SPOUSE", "X-MS-ASSISTANT", "X-MS-MANAGER"}  # fmt: skip
_TYPES_THAT_SAY_NOTHING = {"internet", "pref", "voice", "x-internet", "postal", "parcel", "dom", "intl", "other", ""}


def parse(content: bytes, *, path: str, region: str = "") -> Iterator[CardOutcome]:
    """Yield what becomes of each card of a file, in order.

    `region` is the two-letter country in which numbers without a country code are read, the house's own;
    a card's postal address comes before it. Cards equal in all they say come once.
    """
    first_lines: dict[str, int] = {}
    for is_card, components in groupby(read_components(content), key=lambda component: component.name == "VCARD"):
        if is_card:
            for component in components:
                for card in _read_all(component, path=path, region=region):
                    yield _once(card, first_lines)
        else:
            # However many lines of something else follow each other, they are one thing to be told about.
            first = next(components)
            yield Rejected(Place(path, first.line), Reason(NO_CARD), first.first_words())


def _once(outcome: CardOutcome, first_lines: dict[str, int]) -> CardOutcome:
    if not isinstance(outcome, Card):
        return outcome
    seen_on = first_lines.setdefault(
        repr((outcome.key, outcome.emails, outcome.phones, outcome.note, outcome.details)), outcome.place.line
    )
    if seen_on == outcome.place.line:
        return outcome
    return LeftOut(outcome.place, Reason(SAME_AGAIN, {"line": seen_on}), outcome.name)


def _read_all(component: Component, *, path: str, region: str) -> Iterator[CardOutcome]:
    """A card and the cards inside it (an assistant's, as vCard 2.1 writes them)."""
    yield _read_card(component, path=path, region=region)
    for inner in component.components:
        yield from _read_all(inner, path=path, region=region)


def _read_card(component: Component, *, path: str, region: str) -> CardOutcome:
    place = Place(path, component.line)
    emails = tuple(_emails(component))
    parts = _name_parts(component)
    organisation, unit = _organisation(component)
    name, name_from = _name(component, parts, organisation, emails)
    if not name:
        return Rejected(place, Reason(NO_NAME if component.is_closed else NEVER_ENDED), component.first_words())
    kind_told = (component.text("KIND") or component.text("X-ADDRESSBOOKSERVER-KIND")).lower()
    if kind_told in {"group", "list"}:
        return LeftOut(place, Reason(IS_A_LIST), name)
    if kind_told in {"location", "device", "application", "thing"}:
        return LeftOut(place, Reason(IS_A_THING), name)
    kind = _kind(component, kind_told, name, name_from, organisation)
    uid = component.text("UID")[:500].removeprefix("urn:uuid:")
    addresses = tuple(_addresses(component))
    return Card(
        place=place,
        key=uid or _digest(name, organisation, emails),
        uid=uid,
        name=name,
        name_from=name_from,
        sort_name=_sort_name(component, parts, name, kind),
        kind=kind,
        given_name=parts.given,
        family_name=parts.family,
        nickname=", ".join(filter(None, component.text("NICKNAME").split(","))).strip(),
        organisation=organisation,
        unit=unit,
        title=component.text("TITLE") or component.text("ROLE"),
        emails=emails,
        phones=tuple(_phones(component, _region_of(addresses) or region)),
        urls=tuple(_urls(component)),
        addresses=addresses,
        birthday=_birthday(component),
        note="\n".join(filter(None, (line.text for line in component.all("NOTE")))),
        photo=_photo(component),
        categories=tuple(_categories(component)),
        related=tuple(_related(component)),
        details=tuple(_details(component)),
    )


def _name_parts(component: Component) -> NameParts:
    line = component.find("N")
    pieces = [_tidy(part) for part in line.parts()] if line else []
    return NameParts(*(pieces + [""] * 5)[:5])


def _organisation(component: Component) -> tuple[str, str]:
    line = component.find("ORG")
    name, *units = [_tidy(part) for part in line.parts()] if line else [""]
    return name, ", ".join(filter(None, units))


def _name(component: Component, parts: NameParts, organisation: str, emails: tuple[Email, ...]) -> tuple[str, str]:
    """The name to show and where it was found, the surest place first."""
    choices = [
        (component.text("FN"), "told"),
        (parts.shown, "parts"),
        (component.text("NICKNAME"), "nickname"),
        (organisation, "organisation"),
        (name_from_address(emails[0].address) if emails else "", "address"),
    ]
    named = ((_tidy(name)[:MAX_NAME_LETTERS], origin) for name, origin in choices)
    return next(((name, origin) for name, origin in named if any(map(str.isalnum, name))), ("", ""))


def _kind(component: Component, kind_told: str, name: str, name_from: str, organisation: str) -> str:
    """A card without a person's name parts that is named like its organisation is the organisation's own."""
    if kind_told in {"org", "organization", "organisation"} or component.text("X-ABShowAs".upper()) == "COMPANY":
        return ORGANISATION
    if kind_told == "individual":
        return PERSON
    has_parts = bool(_name_parts(component).shown)
    is_named_like_it = name_from == "organisation" or (organisation.casefold() == name.casefold() and not has_parts)
    return ORGANISATION if is_named_like_it else PERSON


def _sort_name(component: Component, parts: NameParts, name: str, kind: str) -> str:
    """What the card itself says first (phonetic readings among it), then family before given name."""
    if kind == ORGANISATION:
        return name
    name_line = component.find("N")
    phonetic = [component.text("X-PHONETIC-LAST-NAME"), component.text("X-PHONETIC-FIRST-NAME")]
    choices = [
        " ".join(name_line.params.get("SORT-AS", ()) if name_line else ()).replace(",", " "),
        component.text("SORT-STRING"),
        " ".join(filter(None, phonetic)) if phonetic[0] and not parts.family.isascii() else "",
        parts.sorted_by,
    ]
    return next((_tidy(choice)[:MAX_NAME_LETTERS] for choice in choices if choice.strip()), name)


def _emails(component: Component) -> Iterator[Email]:
    """Addresses that can be written to, each once; what is no such address is kept by `_details`."""
    seen = set()
    for line in component.all("EMAIL"):
        address = _email_address(line)
        if address and address.lower() not in seen:
            seen.add(address.lower())
            yield Email(address, _label(component, line), _is_preferred(line))


def _email_address(line: ContentLine) -> str:
    told = re.sub(r"^mailto:", "", line.text, flags=re.IGNORECASE).strip("<> ")
    return told if re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+", told) and len(told) <= 320 else ""


def _phones(component: Component, region: str) -> Iterator[Phone]:
    seen = set()
    for line in component.all("TEL"):
        told = unquote(re.sub(r"^tel:", "", _tidy(line.text), flags=re.IGNORECASE)).replace(";ext=", " ext. ")
        if any(map(str.isdigit, told)) and told not in seen:
            seen.add(told)
            yield Phone(told[:80], find_e164(told, region), _label(component, line), "fax" in line.types)


def _addresses(component: Component) -> Iterator[Address]:
    for line in component.all("ADR"):
        box, extra, street, city, region, postcode, country = (line.parts() + [""] * 7)[:7]
        whole_street = ", ".join(_tidy(part) for part in (street, extra, box) if _tidy(part))
        address = Address(
            whole_street, _tidy(city), _tidy(region), _tidy(postcode), _tidy(country), _label(component, line)
        )
        if any((whole_street, address.city, address.region, address.postcode, address.country)):
            yield address


def _region_of(addresses: tuple[Address, ...]) -> str:
    return next((code for address in addresses if (code := find_region(address.country))), "")


def _urls(component: Component) -> Iterator[Detail]:
    for line in component.all("URL"):
        if line.text:
            yield Detail(_label(component, line), line.text[:2000])


def _birthday(component: Component) -> Birthday | None:
    line = component.find("BDAY")
    return read_birthday(line.text, omitted_year=line.param("X-APPLE-OMIT-YEAR")) if line else None


def _photo(component: Component) -> bytes | None:
    line = component.find("PHOTO") or component.find("LOGO")
    photo = line.binary() if line else None
    return photo if photo and len(photo) <= MAX_PHOTO_BYTES else None


def _categories(component: Component) -> Iterator[str]:
    for line in component.all("CATEGORIES"):
        yield from filter(None, (_tidy(part) for part in line.parts(",")))


def _related(component: Component) -> Iterator[Related]:
    for line in component.lines:
        if line.name == "RELATED" and line.text:
            yield Related(line.text[:MAX_NAME_LETTERS], ", ".join(sorted(line.types - {""})))
        elif line.name == "X-ABRELATEDNAMES" and line.text:
            yield Related(line.text[:MAX_NAME_LETTERS], _label(component, line))
        elif line.name in _RELATIONS and line.text:
            yield Related(line.text[:MAX_NAME_LETTERS], line.name.rpartition("-")[2].lower())
        elif line.name == "AGENT" and line.text:
            inner = next(read_components(line.text.encode()), None)
            name = inner.text("FN") if inner and inner.name == "VCARD" else line.text
            yield Related(name[:MAX_NAME_LETTERS], "agent")
    for agent in component.components:
        if agent.name == "VCARD" and agent.text("FN"):
            yield Related(agent.text("FN")[:MAX_NAME_LETTERS], "agent")


def _details(component: Component) -> Iterator[Detail]:
    """All else that can be read by people, under its own label, and what stood where an address should."""
    for line in component.lines:
        is_unreadable_address = line.name == "EMAIL" and not _email_address(line)
        is_unreadable_day = line.name == "BDAY" and _birthday(component) is None
        is_other = line.name not in _FRAME | _RELATIONS and line.binary() is None
        if line.text and (is_unreadable_address or is_unreadable_day or is_other):
            label = _label(component, line) or line.name.removeprefix("X-").replace("-", " ").lower()
            yield Detail(label, ", ".join(filter(None, line.parts()))[:2000])


def _label(component: Component, line: ContentLine) -> str:
    """The label a person gave (Apple keeps it in a line of the same group), or the type words that say something."""
    if line.group:
        label = component.labels.get(line.group, "")
        if label:
            return _LABEL_AROUND.sub(r"\1", label).lower()
    return ", ".join(sorted(line.types - _TYPES_THAT_SAY_NOTHING))


def _is_preferred(line: ContentLine) -> bool:
    return "pref" in line.types or line.param("PREF") == "1"


def _digest(name: str, organisation: str, emails: tuple[Email, ...]) -> str:
    """The key of a card that brings none: the same person exported again must be known again."""
    told = "\n".join([name.casefold(), organisation.casefold(), *sorted(email.address.lower() for email in emails)])
    return "digest:" + hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]


def _tidy(text: str) -> str:
    """One line, without the invisible and control letters that phones leave in names."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
