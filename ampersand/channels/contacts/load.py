"""Bringing in address books: each card a party that is known, since it stands in somebody's book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ampersand.channels.contacts.birthdays import Birthday
from ampersand.channels.contacts.cards import ORGANISATION, Card, LeftOut
from ampersand.channels.contacts.cards import Address as PostalAddress
from ampersand.channels.contacts.parse import parse
from ampersand.channels.keys import short
from ampersand.channels.material import Part
from ampersand.channels.models import Fate, Import, ImportItem
from ampersand.channels.outcomes import Rejected, plain, too_large
from ampersand.channels.outcomes import mark as _
from ampersand.channels.run import Item, Outcome, Run, place_of
from ampersand.channels.somebody import Address, Fact, Somebody, tell_all
from ampersand.core import files
from ampersand.members.models import House
from ampersand.parties.identifiers import normalised
from ampersand.parties.models import Because, IdentifierKind, PartyKind

# Labels of details. They are stored in one language, so that a book exported in another tells nothing new.
BIRTHDAY, NOTE, CATEGORY, NICKNAME, DEPARTMENT, POSITION, PHOTO, POSTAL = (
    _("birthday"),
    _("note"),
    _("category"),
    _("nickname"),
    _("department"),
    _("position"),
    _("photo"),
    _("postal address"),
)
_IMAGES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"GIF8": "image/gif"}


class ContactsLoader:
    """Cards of .vcf files, in the order of the files and within each of its lines."""

    def __init__(self, part: Part, import_: Import) -> None:
        self.part = part
        self.country = House.objects.get().country

    def count(self) -> int | None:
        return None

    def items(self, *, after: int) -> Iterator[Item]:
        ordinal = 0
        for path in self.part.paths:
            for outcome in self._read(path):
                ordinal += 1
                if ordinal > after:
                    yield Item(ordinal, place_of(outcome.place), outcome)

    def load(self, items: Sequence[Item], *, run: Run) -> list[Outcome]:
        cards = [item for item in items if isinstance(item.payload, Card)]
        told = tell_all([self._somebody(item, run) for item in cards], run=run)
        fates = {item.ordinal: one for item, one in zip(cards, told, strict=True)}
        outcomes = []
        for item in items:
            if item.ordinal in fates:
                one = fates[item.ordinal]
                key = _key(item.payload) if one.party else ""
                fact_id = one.party.pk if one.party else None
                outcomes.append(Outcome(item, one.fate, one.why, key=key, fact_id=fact_id))
            else:
                fate = Fate.LEFT_OUT if isinstance(item.payload, LeftOut) else Fate.REJECTED
                outcomes.append(Outcome(item, fate, item.payload.reason.translated()))
        return outcomes

    def settle(self, *, run: Run) -> None:
        """Who stands in a book is known at once."""

    def rejected_file(self, rejected: Sequence[ImportItem]) -> bytes | None:
        return None

    def _read(self, path: Path) -> Iterator[Card | LeftOut | Rejected]:
        if refused := too_large(path, name=self.part.name_of(path)):
            return iter([refused])
        return parse(path.read_bytes(), path=self.part.name_of(path), region=self.country)

    def _somebody(self, item: Item, run: Run) -> Somebody:
        card: Card = item.payload
        is_person = card.kind != ORGANISATION
        return Somebody(
            place=item.place,
            name=plain(card.name),
            because=Because.ADDRESS_BOOK,
            known_at=run.at,
            kind=PartyKind.PERSON if is_person else PartyKind.ORGANISATION,
            key=_key(card),
            sort_name=plain(card.sort_name),
            addresses=list(self._addresses(card)),
            facts=[*_facts(card), *_photo(card, run)],
            organisation=plain(card.organisation) if is_person else "",
            role=plain(card.title),
        )

    def _addresses(self, card: Card) -> Iterator[Address]:
        for email in card.emails:
            clean = normalised(IdentifierKind.EMAIL, plain(email.address))
            if clean:
                yield Address(IdentifierKind.EMAIL, clean, plain(email.address), plain(email.label))
        for phone in card.phones:
            clean = phone.e164 or normalised(IdentifierKind.PHONE, plain(phone.told), country=self.country)
            if clean:
                yield Address(IdentifierKind.PHONE, clean, plain(phone.told), plain(phone.label))
        for url in card.urls:
            clean = normalised(IdentifierKind.URL, plain(url.value))
            if clean:
                yield Address(IdentifierKind.URL, clean, plain(url.value), plain(url.label))


def _key(card: Card) -> str:
    return short("card", plain(card.key))


def _facts(card: Card) -> Iterator[Fact]:
    told = [
        *((_labelled(POSTAL, address.label), in_one_line(address)) for address in card.addresses),
        (BIRTHDAY, as_words(card.birthday) if card.birthday else ""),
        (NOTE, card.note),
        (NICKNAME, card.nickname if card.nickname != card.name else ""),
        (DEPARTMENT, card.unit),
        (POSITION, card.title if not card.organisation or card.kind == ORGANISATION else ""),
        *((CATEGORY, category) for category in card.categories),
        *((related.kind or _("related to"), related.name) for related in card.related),
        *((detail.label, detail.value) for detail in card.details),
    ]
    for label, value in told:
        if value.strip():
            yield Fact(plain(label), plain(value.strip()))


def _photo(card: Card, run: Run) -> Iterator[Fact]:
    if card.photo:
        media_type = next((kind for start, kind in _IMAGES.items() if card.photo.startswith(start)), "")
        file = files.keep(card.photo, at=run.at, media_type=media_type)
        yield Fact(PHOTO, f"{media_type or 'image'}, {len(card.photo)} bytes", file)


def _labelled(label: str, told: str) -> str:
    return f"{label} ({told})" if told else label


def in_one_line(address: PostalAddress) -> str:
    """A postal address as it would stand on an envelope, in one line."""
    town = " ".join(filter(None, [address.postcode, address.city]))
    return ", ".join(filter(None, [address.street, town, address.region, address.country]))


def as_words(birthday: Birthday) -> str:
    """A birthday as ISO 8601 writes it, without the year where none was told.

    >>> as_words(Birthday(4, 12)), as_words(Birthday(4, 12, 1975))
    ('--04-12', '1975-04-12')
    """
    day = f"{birthday.month:02d}-{birthday.day:02d}"
    return f"{birthday.year:04d}-{day}" if birthday.year else f"--{day}"
