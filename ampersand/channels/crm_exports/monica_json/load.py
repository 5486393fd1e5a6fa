"""Bringing in what Monica exports as JSON: people with all that is known of them, ties, and what happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from ampersand.channels import happenings, somebody
from ampersand.channels.contacts.load import BIRTHDAY, PHOTO, POSITION, POSTAL, as_words, in_one_line
from ampersand.channels.copying import copy_missing
from ampersand.channels.crm_exports.monica import PERSON
from ampersand.channels.crm_exports.monica_json import parse
from ampersand.channels.crm_exports.monica_json.records import About, Happened, Link, Person, Record
from ampersand.channels.happenings import News
from ampersand.channels.keys import short
from ampersand.channels.material import Part
from ampersand.channels.models import Fate, Import, ImportItem
from ampersand.channels.outcomes import Rejected, plain, too_large
from ampersand.channels.outcomes import mark as _
from ampersand.channels.run import Item, Outcome, Run, place_of
from ampersand.channels.somebody import Address, Fact, Somebody
from ampersand.channels.tables import facts
from ampersand.channels.tables.meanings import Meaning
from ampersand.channels.tables.moments import mode_of
from ampersand.core import files
from ampersand.core.ids import new_id
from ampersand.members.models import House
from ampersand.members.queries import zone_of
from ampersand.parties.identifiers import normalised
from ampersand.parties.models import Because, IdentifierKind, Party, Tie
from ampersand.timeline.actions import Happening, Taker
from ampersand.timeline.models import Began, Mode, ParticipantRole

NOT_THERE = _("Whom it is about is not among the contacts that were brought in.")


class MonicaLoader:
    """The records of an export in their order: people, what is told of them, ties, what happened."""

    def __init__(self, part: Part, import_: Import) -> None:
        self.part = part
        self.house = House.objects.get()
        self.zone = str(zone_of(import_.member))
        self.own = Party.objects.filter(member=import_.member).first()

    def count(self) -> int | None:
        return len(self._records)

    def items(self, *, after: int) -> Iterator[Item]:
        for ordinal, record in enumerate(self._records, start=1):
            if ordinal > after:
                yield Item(ordinal, place_of(record.place), record)

    def load(self, items: Sequence[Item], *, run: Run) -> list[Outcome]:
        outcomes = {one.item.ordinal: one for one in self._load_people(items, run)}
        self._met = self._people_of(items, run)
        outcomes |= {one.item.ordinal: one for one in self._load_ties(items, run)}
        outcomes |= {one.item.ordinal: one for one in self._load_moments(items, run)}
        return [outcomes.get(item.ordinal) or _not_loaded(item) for item in items]

    def settle(self, *, run: Run) -> None:
        """Who stands among the contacts is known at once."""

    def rejected_file(self, rejected: Sequence[ImportItem]) -> bytes | None:
        return None

    @cached_property
    def _records(self) -> list[Record]:
        found: list[Record] = []
        for path in self.part.paths:
            name = self.part.name_of(path)
            refused = too_large(path, name=name)
            found += [refused] if refused else parse.read(path, name=name)
        return found

    # people, and what is told of them

    def _load_people(self, items: Sequence[Item], run: Run) -> Iterator[Outcome]:
        told = [(item, self._somebody(item, run)) for item in items if isinstance(item.payload, (Person, About))]
        heard = somebody.tell_all([one for _item, one in told], run=run)
        erased = facts.erased((one.key for _item, one in told), run=run)
        for (item, one), answer in zip(told, heard, strict=True):
            if answer.party is None and one.key not in erased and isinstance(item.payload, About):
                yield Outcome(item, Fate.REJECTED, gettext(NOT_THERE))
                continue
            why = gettext(item.payload.why) if isinstance(item.payload, About) and item.payload.why else answer.why
            fact_id = answer.party.pk if answer.party else None
            why = why if answer.fate is not Fate.UNCHANGED else ""
            yield Outcome(item, answer.fate, why, key=one.key if fact_id else "", fact_id=fact_id)

    def _somebody(self, item: Item, run: Run) -> Somebody:
        record: Person | About = item.payload
        is_person = isinstance(record, Person)
        one = Somebody(
            place=item.place,
            name="",
            because=Because.TABLE,
            known_at=run.at,
            key=_key(f"contact:{record.uuid}" if isinstance(record, Person) else record.key),
            addresses=[_number(record.uuid)],
        )
        if isinstance(record, About):
            one.facts = [Fact(record.label, plain(record.words))]
        elif is_person:
            self._describe(one, record, run)
        return one

    def _describe(self, one: Somebody, record: Person, run: Run) -> None:
        one.name, one.sort_name = record.name, record.sort_name
        one.organisation, one.role = record.company, record.job
        for what, value in record.reached:
            address = self._address(what, value)
            if address:
                one.addresses.append(address)
            else:
                one.facts.append(Fact(what[:80], value))
        postal = ((f"{POSTAL} ({at.label})" if at.label else POSTAL, in_one_line(at)) for at in record.postal)
        birthday = ((BIRTHDAY, as_words(record.birthday)),) if record.birthday else ()
        job = ((POSITION, record.job),) if record.job and not record.company else ()
        one.facts += [Fact(label, value) for label, value in (*postal, *birthday, *job, *record.facts) if value]
        for name, content, kind in record.files:
            kept = files.keep(content, at=run.at, media_type=kind)
            label = PHOTO if kind.startswith("image/") else "document"
            one.facts.append(Fact(label, f"{name}, {len(content)} bytes", kept))

    def _address(self, what: str, value: str) -> Address | None:
        kind = {
            "mailto": IdentifierKind.EMAIL, "email": IdentifierKind.EMAIL, "tel": IdentifierKind.PHONE,
            "phone": IdentifierKind.PHONE, "http": IdentifierKind.URL, "https": IdentifierKind.URL,
        }.get(what) or (IdentifierKind.URL if "://" in value else None)  # fmt: skip
        clean = normalised(kind, value, country=self.house.country) if kind else ""
        return Address(kind, clean, value[:320]) if kind and clean else None

    def _people_of(self, items: Sequence[Item], run: Run) -> dict[str, Party]:
        """The parties behind the numbers that ties and moments name."""
        numbers: dict[str, None] = {}
        for item in items:
            record = item.payload
            named = record.people if isinstance(record, Happened) else ()
            named = (record.from_uuid, record.to_uuid) if isinstance(record, Link) else named
            numbers |= dict.fromkeys(named)
        asked = [
            Somebody(place="", name="", because=Because.TABLE, known_at=run.at, addresses=[_number(one)])
            for one in numbers
        ]
        told = somebody.tell_all(asked, run=run)
        return {number: one.party for number, one in zip(numbers, told, strict=True) if one.party}

    def _load_ties(self, items: Sequence[Item], run: Run) -> Iterator[Outcome]:
        rows: dict[int, tuple[Any, ...]] = {}
        told = (run.at, run.member.pk, run.import_.source_id)
        linked = [item for item in items if isinstance(item.payload, Link)]
        for item in linked:
            link: Link = item.payload
            ends = self._met.get(link.from_uuid), self._met.get(link.to_uuid)
            if ends[0] and ends[1]:
                pair = (ends[0].pk, ends[1].pk)
                rows[item.ordinal] = (new_id(), link.kind.value, *pair, link.role[:200], *told, item.place[:300])
        columns = ("id", "kind", "from_party_id", "to_party_id", "role", "told_at", "told_by_id", "source_id", "place")
        known_by = ("kind", "from_party_id", "to_party_id")
        added = copy_missing(Tie, columns, list(rows.values()), known_by=known_by, answer="id")
        for item in linked:
            row = rows.get(item.ordinal)
            if row is None:
                yield Outcome(item, Fate.REJECTED, gettext(NOT_THERE))
            else:
                yield Outcome(item, Fate.NEW if row[0] in added else Fate.UNCHANGED, key=_key(item.payload.key))

    # what happened

    def _load_moments(self, items: Sequence[Item], run: Run) -> Iterator[Outcome]:
        news: list[tuple[Item, News]] = []
        for item in items:
            if isinstance(item.payload, Happened):
                there = [self._met[one] for one in item.payload.people if one in self._met]
                if there:
                    news.append((item, News(self._happening(item.payload, there), item.place)))
                else:
                    yield Outcome(item, Fate.REJECTED, gettext(NOT_THERE))
        heard = happenings.tell_all([one for _item, one in news], run=run)
        for (item, one), answer in zip(news, heard, strict=True):
            yield Outcome(item, answer.fate, key=one.happening.key, fact_id=answer.moment_id)

    def _happening(self, record: Happened, there: Sequence[Party]) -> Happening:
        began = Began.BOTH if record.by_them is None else Began.THEM if record.by_them else Began.US
        takers = [Taker(party, _role(began, is_ours=False)) for party in there]
        if self.own is not None:
            takers.append(Taker(self.own, _role(began, is_ours=True)))
        is_day = not isinstance(record.when, datetime)
        return Happening(
            mode=record.mode or mode_of({Meaning.SUBJECT: record.subject}),
            happened_at=_instant(record.when, self.zone),
            zone=self.zone,
            takers=takers,
            key=_key(record.key),
            is_all_day=is_day,
            began=began if record.mode in (Mode.CALL, Mode.MESSAGE) else Began.BOTH,
            subject=record.subject[:300],
            words=record.words,
        )


def _key(told: str) -> str:
    return short("monica", plain(told))


def _number(uuid: str) -> Address:
    """Its number, as the table of contacts tells it too: brought in either way, a contact is one."""
    return Address(IdentifierKind.EXTERNAL, f"Monica {uuid}"[:320], uuid[:320], PERSON)


def _role(began: str, *, is_ours: bool) -> str:
    if not began:
        return ParticipantRole.WITH
    return ParticipantRole.FROM if (began == Began.US) == is_ours else ParticipantRole.TO


def _instant(when: date | datetime, zone: str) -> datetime:
    if isinstance(when, datetime):
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return datetime.combine(when, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _not_loaded(item: Item) -> Outcome:
    fate = Fate.REJECTED if isinstance(item.payload, Rejected) else Fate.LEFT_OUT
    return Outcome(item, fate, item.payload.reason.translated())
