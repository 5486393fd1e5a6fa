"""Bringing in tables: rows of people, organisations, moments or transactions, set by set.

Each batch is read, then copied into the tables with statements whose number does not depend on how many rows it has, so
that the ten-millionth row costs what the first did.
"""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from ampersand.channels import happenings, somebody
from ampersand.channels.crm_exports import users
from ampersand.channels.happenings import News
from ampersand.channels.material import Part
from ampersand.channels.models import Fate, Import, ImportItem, ImportKind
from ampersand.channels.outcomes import Reason
from ampersand.channels.outcomes import mark as _
from ampersand.channels.run import Item, Outcome, Run, place_of
from ampersand.channels.somebody import Somebody
from ampersand.channels.tables import columns, facts, known, layout, rejects, rows, stored, ties, trade, values
from ampersand.channels.tables.mapping import Mapping
from ampersand.channels.tables.meanings import Kind, Meaning
from ampersand.channels.tables.moments import as_instant, find_mode, happening_of
from ampersand.channels.tables.ours import Ours
from ampersand.channels.tables.parties import Reader
from ampersand.channels.tables.rows import LeftOutRow, RejectedRow, Row, RowOutcome
from ampersand.core.folding import fold
from ampersand.members.models import House
from ampersand.parties.models import Because, Party
from ampersand.timeline.actions import Happening, Taker
from ampersand.timeline.models import Began, ParticipantRole

# Who is named by number in one file of an export is told by another: organisations first, what happened last.
_ORDER = (Kind.ORGANISATIONS, Kind.PEOPLE, Kind.TRANSACTIONS, Kind.OFFERS, Kind.MOMENTS, Kind.NOTES)
_OF_PARTIES = {Kind.ORGANISATIONS, Kind.PEOPLE}
NOBODY_KNOWN = _("Nobody with this number is known yet. Bring in the table of people and organisations first.")
TOO_MUCH = _("The amount has more digits than can be kept.")

# Where the month comes first in a day such as 02/03/2026.
_MONTH_FIRST = {"US", "PH", "FM", "MH", "PW"}
_FORCED = {
    ImportKind.ORGANISATIONS: Kind.ORGANISATIONS,
    ImportKind.MOMENTS: Kind.MOMENTS,
    ImportKind.TRANSACTIONS: Kind.TRANSACTIONS,
    ImportKind.OFFERS: Kind.OFFERS,
    ImportKind.NOTES: Kind.NOTES,
}


@dataclass(frozen=True, slots=True)
class Told:
    """A row with the key it is known again by and the mapping it was read with.

    Whom it tells of, or what happened with whom, is made of it while others are written: that asks no database.
    """

    outcome: RowOutcome
    key: str
    table: Table
    somebody: Somebody | None = None
    met: Met | None = None


@dataclass(frozen=True, slots=True)
class Met:
    """With whom something happened, as the row names them, and what; `happening` is without those who took part. `owner`
    is whose it was of the house, as far as the row says it.
    """

    people: list[Somebody]
    organisation: Somebody | None
    happening: Happening
    began: str
    owner: Party | None = None


@dataclass(frozen=True)
class Table:
    """One file of the part: how it is read."""

    path: Path
    name: str
    mapping: Mapping


class TableLoader:
    """Rows of tables, of several files those of organisations first."""

    batch = 5_000

    def __init__(self, part: Part, import_: Import) -> None:
        self.part, self.import_ = part, import_
        self.house = House.objects.get()
        self._readers: dict[str, Reader] = {}
        self._ours = Ours()

    def count(self) -> int | None:
        return sum(sum(1 for _ in layout.read_rows(table.path, table.mapping.layout)) for table in self.tables)

    def items(self, *, after: int) -> Iterator[Item]:
        ordinal = 0
        for table in self.tables:
            for outcome, key in _keyed(self._read(table), table.mapping):
                ordinal += 1
                if ordinal > after:
                    place = place_of(outcome.place)
                    yield Item(ordinal, place, self._told(outcome, key, table, place))

    def _read(self, table: Table) -> Iterator[RowOutcome]:
        return rows.read(table.path, table.mapping, name=table.name, today=self.import_.began_at.date())

    def _told(self, outcome: RowOutcome, key: str, table: Table, place: str) -> Told:
        told = Told(outcome, key, table)
        if not isinstance(outcome, Row):
            return told
        kind = _kind_of(told)
        if kind in _OF_PARTIES:
            return Told(outcome, key, table, somebody=self._reader(table).party(outcome, place, key))
        if kind is Kind.MOMENTS:
            return Told(outcome, key, table, met=self._met(outcome, key, table, place))
        if owner := self._owner(outcome):
            label = self._reader(table).headers[Meaning.OWNER]
            outcome.values.setdefault(Meaning.DETAIL, []).append((label, owner.name))
            del outcome.values[Meaning.OWNER]
        return told

    def _met(self, row: Row, key: str, table: Table, place: str) -> Met:
        other, began = _other_side(row, self._own_names)
        owner = self._owner(row)
        if owner:
            del row.values[Meaning.OWNER]
        reader = self._reader(table)
        happening = happening_of(row, table.mapping, takers=[], key=key, began=began)
        at = happening.happened_at
        people = list(reader.people_of(row, place, because=Because.TABLE, at=at, name=other))
        return Met(people, reader.organisation_of(row, place, because=Because.TABLE, at=at), happening, began, owner)

    def _owner(self, row: Row) -> Party | None:
        owner = row.values.get(Meaning.OWNER, "")
        return self._ours.find(owner, email=self._users.get(owner, "")) if owner else None

    def load(self, items: Sequence[Item], *, run: Run) -> list[Outcome]:
        outcomes: dict[int, Outcome] = {}
        alike: dict[tuple[str, Kind], list[Item]] = {}
        for item in items:
            if isinstance(item.payload.outcome, Row):
                alike.setdefault((item.payload.table.name, _kind_of(item.payload)), []).append(item)
            else:
                outcomes[item.ordinal] = _not_loaded(item)
        for (_name, kind), understood in alike.items():
            table: Table = understood[0].payload.table
            load = {
                Kind.MOMENTS: self._load_moments,
                Kind.TRANSACTIONS: self._load_trade,
                Kind.OFFERS: self._load_facts,
                Kind.NOTES: self._load_facts,
            }.get(kind, self._load_parties)
            outcomes |= {outcome.item.ordinal: outcome for outcome in load(table, understood, run)}
        return [outcomes[item.ordinal] for item in items]

    def settle(self, *, run: Run) -> None:
        """Each row is whole by itself but for whom it is tied to."""
        ties.tell_all(self._ties(), run=run)

    def _ties(self) -> Iterator[ties.Wanted]:
        for table in self.tables:
            if table.mapping.kind in _OF_PARTIES and ties.may_be_told(table.mapping):
                for outcome, key in _keyed(self._read(table), table.mapping):
                    if isinstance(outcome, Row):
                        yield from ties.wanted_by(outcome, key, place_of(outcome.place), table.mapping)

    def rejected_file(self, rejected: Sequence[ImportItem]) -> bytes | None:
        """The rejected rows as they were, with their reasons, where they are of one table."""
        reasons = {item.ordinal: item.reason for item in rejected}
        of_table: dict[str, tuple[Table, list[RejectedRow]]] = {}
        for item in self.items(after=min(reasons) - 1):
            if item.ordinal in reasons:
                told: Told = item.payload
                handed_back = of_table.setdefault(told.table.name, (told.table, []))[1]
                handed_back.append(_handed_back(told.outcome, reasons[item.ordinal]))
        if len(of_table) != 1:
            return None
        (table, handed_back), *_others = of_table.values()
        text = io.StringIO(newline="")
        rejects.write(text, table.mapping, handed_back)
        return text.getvalue().encode("utf-8-sig")

    @cached_property
    def tables(self) -> list[Table]:
        """The tables of the part, each with its mapping: as somebody put it right, else as guessed."""
        found = [table for path in self.part.paths for table in self._in_file(path)]
        told = known.together([table.mapping for table in found], [table.path for table in found])
        tables = [replace(table, mapping=mapping) for table, mapping in zip(found, told, strict=True)]
        return sorted(tables, key=lambda table: _ORDER.index(table.mapping.kind))

    @cached_property
    def _users(self) -> dict[str, str]:
        tables = self.tables
        return users.reached([table.mapping for table in tables], [table.path for table in tables])

    def _in_file(self, path: Path) -> Iterator[Table]:
        name, sheets = self.part.name_of(path), layout.sheets(path)
        for sheet in sheets:
            yield Table(path, f"{name} › {sheet}" if len(sheets) > 1 else name, self._mapping(path, sheet))

    def _mapping(self, path: Path, sheet: str) -> Mapping:
        if len(self.part.paths) == 1 and (told := stored.of_sheet(self.import_.mapping, sheet)):
            return told
        return guess(
            path,
            self.house,
            name=self.part.name_of(path),
            kind=_FORCED.get(self.part.kind),
            sheet=sheet,
            as_of=self.import_.began_at,
        )

    def _load_parties(self, table: Table, items: Sequence[Item], run: Run) -> Iterator[Outcome]:
        people = [item.payload.somebody for item in items]
        for item, one in zip(items, somebody.tell_all(people, run=run), strict=True):
            party_id = one.party.pk if one.party else None
            yield Outcome(item, one.fate, one.why, key=item.payload.key if party_id else "", fact_id=party_id)

    def _load_moments(self, table: Table, items: Sequence[Item], run: Run) -> Iterator[Outcome]:
        own = Party.objects.filter(member=run.member).first()
        ours = Party.objects.filter(is_house=True).first()
        met = _Named(run)
        for item in items:
            one: Met = item.payload.met
            met.name(item, one.people, one.organisation, at=one.happening.happened_at)
        met.find()
        news: dict[int, News] = {}
        for item in items:
            organisation = met.organisation(item)
            there = [*met.people_of(item), *filter(None, [organisation])]
            if not there:
                yield Outcome(item, Fate.REJECTED, Reason(NOBODY_KNOWN).translated())
                continue
            happening, began = item.payload.met.happening, item.payload.met.began
            ours_there = own if began and own else item.payload.met.owner or ours
            takers = [Taker(party, _role(began)) for party in there]
            takers += [Taker(ours_there, _role(began, ours=True))] if ours_there else []
            happening.takers.extend(takers)
            news[item.ordinal] = News(happening, item.place)
        told = [item for item in items if item.ordinal in news]
        for item, heard in zip(told, happenings.tell_all(list(news.values()), run=run), strict=True):
            yield Outcome(item, heard.fate, key=item.payload.key, fact_id=heard.moment_id)

    def _load_facts(self, table: Table, items: Sequence[Item], run: Run) -> Iterator[Outcome]:
        """Words about somebody that are neither trade nor a moment: offers in the making, tasks done, notes."""
        reader = self._reader(table)
        told: list[tuple[Item, Somebody]] = []
        for item in items:
            told += [(item, one) for one in facts.about(item.payload.outcome, reader, table.mapping, item, run=run)]
        heard = somebody.tell_all([one for _, one in told], run=run)
        first: dict[int, somebody.Told] = {}
        for (item, _one), answer in zip(told, heard, strict=True):
            if item.ordinal not in first or first[item.ordinal].party is None:
                first[item.ordinal] = answer
        erased = facts.erased((item.payload.key for item in items), run=run)
        for item in items:
            answer = first[item.ordinal]
            if answer.party is None and item.payload.key not in erased:
                yield Outcome(item, Fate.REJECTED, Reason(NOBODY_KNOWN).translated())
                continue
            why = facts.why_kept(item.payload.outcome) if answer.fate is not Fate.UNCHANGED else ""
            key, fact_id = (item.payload.key, answer.party.pk) if answer.party else ("", None)
            yield Outcome(item, answer.fate, why, key=key, fact_id=fact_id)

    def _load_trade(self, table: Table, items: Sequence[Item], run: Run) -> Iterator[Outcome]:
        kind = trade.kind_of_table(table.mapping, table.name)
        currency = table.mapping.currency or self.house.currency
        reader, named = self._reader(table), _Named(run)
        for item in items:
            row: Row = item.payload.outcome
            at = as_instant(row.values[Meaning.DATE], table.mapping.zone)
            people = reader.people_of(row, item.place, because=Because.TRADE, at=at)
            named.name(item, people, reader.organisation_of(row, item.place, because=Because.TRADE, at=at), at=at)
        named.find()
        told: list[tuple[Item, trade.Trade]] = []
        for item in items:
            party = named.organisation(item) or named.person(item)
            row = item.payload.outcome
            if party is None:
                yield Outcome(item, Fate.REJECTED, Reason(NOBODY_KNOWN).translated())
            elif abs(row.values.get(Meaning.AMOUNT, (0, ""))[0]) >= trade.LARGEST_AMOUNT:
                yield Outcome(item, Fate.REJECTED, Reason(TOO_MUCH).translated())
            else:
                one = trade.trade_of(
                    row,
                    table.mapping,
                    party=party,
                    key=item.payload.key,
                    place=item.place,
                    kind=kind,
                    currency=currency,
                )
                told.append((item, one))
        answers = trade.tell_all([one for _, one in told], run=run)
        for (item, _one), (fact_id, fate) in zip(told, answers, strict=True):
            yield Outcome(item, fate, key=item.payload.key if fact_id else "", fact_id=fact_id)

    def _reader(self, table: Table) -> Reader:
        if table.name not in self._readers:
            self._readers[table.name] = Reader(table.mapping, country=self.house.country, at=self.import_.began_at)
        return self._readers[table.name]

    @cached_property
    def _own_names(self) -> set[str]:
        return {fold(self.import_.member.name), fold(self.import_.member.email)}


class _Named:
    """Those whom the rows of a batch name as being on the other side: found, or written down, each once."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.people: dict[Any, Somebody] = {}
        self.of_item: dict[int, tuple[list[Any], Any]] = {}
        self.found: dict[Any, somebody.Told] = {}

    def name(self, item: Item, people: Iterable[Somebody], organisation: Somebody | None, *, at: datetime) -> None:
        self.of_item[item.ordinal] = [self._keep(one, at) for one in people], self._keep(organisation, at)

    def find(self) -> None:
        # Organisations first: where a person works is then known.
        keys = sorted(self.people, key=lambda key: key[0] == "person")
        told = somebody.tell_all([self.people[key] for key in keys], run=self.run)
        self.found = dict(zip(keys, told, strict=True))

    def person(self, item: Item) -> Party | None:
        return next(iter(self.people_of(item)), None)

    def people_of(self, item: Item) -> list[Party]:
        found = [party for key in self.of_item[item.ordinal][0] if (party := self._party(key))]
        return list({party.pk: party for party in found}.values())

    def organisation(self, item: Item) -> Party | None:
        people, organisation = self.of_item[item.ordinal]
        employers = (self.found[person].organisation for person in people if person in self.found)
        return self._party(organisation) or next(filter(None, employers), None)

    def _party(self, key: Any) -> Party | None:
        return self.found[key].party if key in self.found else None

    def _keep(self, named: Somebody | None, at: datetime) -> Any:
        if named is None:
            return None
        key = (named.kind, named.name, tuple(named.addresses), named.organisation, tuple(named.organisation_addresses))
        known = self.people.setdefault(key, named)
        known.known_at = min(known.known_at, at)
        return key


def guess(
    path: Path,
    house: House,
    *,
    name: str = "",
    kind: Kind | None = None,
    sheet: str | None = None,
    as_of: datetime | None = None,
) -> Mapping:
    """The likeliest mapping of a file, as this house writes days and counts money.

    Of a workbook that of one sheet, the first that holds a table if none is named. A table of a shape that somebody
    put right before `as_of` is understood as then.
    """
    sniffed = layout.sniff(path, sheet=sheet)
    return columns.guess(
        path,
        sniffed,
        zone=house.time_zone,
        default_order=values.MDY if house.country in _MONTH_FIRST else values.DMY,
        currency=house.currency,
        name=name,
        kind=kind,
        remembered=known.remembered(sniffed, as_of=as_of) if kind is None else None,
    )


def _keyed(read: Iterator[RowOutcome], mapping: Mapping) -> Iterator[tuple[RowOutcome, str]]:
    """Each row with its key. Equal rows are told apart by their number: the same small order twice is two orders."""
    headers = mapping.known_as or "\x1f".join(mapping.layout.headers)
    meant = [index for index, column in enumerate(mapping.columns) if column.meaning is not Meaning.IGNORE]
    seen: Counter[bytes] = Counter()
    for outcome in read:
        if not isinstance(outcome, Row):
            yield outcome, ""
            continue
        own_id = outcome.values.get(Meaning.EXTERNAL_ID)
        cells = [outcome.cells[index].strip() for index in meant if index < len(outcome.cells)]
        told = [mapping.kind, headers, str(own_id)] if own_id else [mapping.kind, *cells]
        digest = hashlib.sha256("\x1f".join(told).encode("utf-8", "replace")).digest()[:16]
        seen[digest] += 1
        nth = f"#{seen[digest]}" if seen[digest] > 1 else ""
        yield outcome, f"row:{digest.hex()}{nth}"


def _kind_of(told: Told) -> Kind:
    """What a row is by itself: of the activities of another program, what tells of no meeting is a note."""
    row: Row = told.outcome  # type: ignore[assignment]  # only rows that were understood are asked about
    if row.kind is Kind.MOMENTS and told.table.mapping.known_as and not find_mode(row.values):
        return Kind.NOTES
    return row.kind


def _not_loaded(item: Item) -> Outcome:
    outcome = item.payload.outcome
    fate = Fate.LEFT_OUT if isinstance(outcome, LeftOutRow) else Fate.REJECTED
    return Outcome(item, fate, outcome.reason.translated())


def _other_side(row: Row, own: set[str]) -> tuple[str, str]:
    """Of a message with sender and receiver the other one's name, and who reached out; nothing where neither is told."""
    sender, receiver = row.values.get(Meaning.SENDER, ""), row.values.get(Meaning.RECEIVER, "")
    if not sender and not receiver:
        return "", ""
    if fold(sender) in own or not sender:
        return receiver, Began.US
    return sender, Began.THEM


def _role(began: str, *, ours: bool = False) -> str:
    if not began:
        return ParticipantRole.WITH
    return ParticipantRole.FROM if (began == Began.US) == ours else ParticipantRole.TO


def _handed_back(outcome: RowOutcome, reason: str) -> RejectedRow:
    if isinstance(outcome, RejectedRow):
        return outcome
    # Its words are whole already; a percent sign in them stands for nothing.
    return RejectedRow(outcome.place, Reason(reason.replace("%", "%%")), "", list(outcome.cells))
