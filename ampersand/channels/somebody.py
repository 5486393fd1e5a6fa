"""Who a file tells of: found among those known, or written down, with all that is told about them. Many at once.

Two are taken for one only when an address or number is the same *and* their names agree; an organisation that is only
named is found by its name. Nothing known is overwritten: what a file tells besides is added.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from ampersand.channels import told_again
from ampersand.channels.copying import Row, copy, copy_missing, copy_rows, fetch, fresh
from ampersand.channels.keys import own_facts
from ampersand.channels.knowing import become_known, make_findable
from ampersand.channels.models import Fate
from ampersand.channels.outcomes import Reason
from ampersand.channels.outcomes import mark as _
from ampersand.channels.people import is_under, sort_keys
from ampersand.channels.run import Run
from ampersand.core import search
from ampersand.core.folding import fold, sort_key
from ampersand.core.ids import new_id, text_ids
from ampersand.core.models import File
from ampersand.members.models import HouseDomain, HouseName
from ampersand.parties.doubles.vetoes import is_other_birthday
from ampersand.parties.identifiers import domain_of
from ampersand.parties.models import (
    Because,
    Detail,
    Identifier,
    IdentifierKind,
    Party,
    PartyKind,
    Tie,
    TieKind,
)
from ampersand.parties.shared import names_agree

_NAME_LETTERS = 300
# By what an act is known that made somebody a trace again.
LET_GO = "relationship.taken_back"
BIRTHDAY = "birthday"
SAYS_MORE = _("It was brought in before, and says more now.")
SAME_ADDRESS = {
    IdentifierKind.EMAIL: _("The same e-mail address, %(value)s, and a name that agrees."),
    IdentifierKind.PHONE: _("The same telephone number, %(value)s, and a name that agrees."),
    IdentifierKind.EXTERNAL: _("The same number elsewhere, %(value)s."),
}
SAME_OTHERWISE = _("The same address, %(value)s, and a name that agrees.")
SAME_NAME = _("The same name.")
_TOLD = ("told_at", "told_by_id", "source_id", "place")
_IDENTIFIER = ("party_id", "kind", "value", "as_told", "label", *_TOLD)
_DETAIL = ("party_id", "label", "value", "file_id", *_TOLD)
_TIE = ("from_party_id", "to_party_id", "kind", "role", *_TOLD)

# The first three columns of a fact: whose it is, and what it is known by.
_Name = tuple[UUID, Any, str]


@dataclass(frozen=True, slots=True)
class Address:
    """An address or number, in its one form (`parties.identifiers`), as it was told, and what it was called."""

    kind: IdentifierKind
    value: str
    as_told: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled fact, with its file where it is one."""

    label: str
    value: str
    file: File | None = None


@dataclass
class Somebody:
    """A person or an organisation as a file tells of them.

    `key` knows the same item again; without one they are only named by an item about something else.
    `is_found_by_name`: the one known party of exactly this name is meant. Without a name they are found by their number
    or not at all. `also_at`: further organisations they work at, by name and by number. `is_beside_organisation`: the
    organisation is only named in the same breath, so they work there if nobody knew them before.
    """

    place: str
    name: str
    because: Because
    known_at: datetime
    kind: PartyKind = PartyKind.PERSON
    key: str = ""
    sort_name: str = ""
    addresses: list[Address] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    organisation: str = ""
    organisation_addresses: list[Address] = field(default_factory=list)
    role: str = ""
    is_found_by_name: bool = False
    also_at: list[tuple[str, list[Address]]] = field(default_factory=list)
    is_beside_organisation: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """Who it is, whom they work for, what became of the item, and by what it was joined to who was known. Nobody, where
    they were erased since.
    """

    party: Party | None
    organisation: Party | None
    fate: Fate
    why: str = ""


def tell_all(people: Sequence[Somebody], *, run: Run) -> list[Told]:
    """Tell everything about these people and organisations; one answer each, in order. A constant number of queries."""
    telling = _Telling(run, people)
    found = [telling.find(somebody) for somebody in people]
    added = telling.write()
    return [_told(somebody, *one, telling, added) for somebody, one in zip(people, found, strict=True)]


def _told(
    somebody: Somebody,
    party: Party | None,
    organisation: Party | None,
    is_new: bool,
    why: Reason,
    telling: _Telling,
    added: set[UUID],
) -> Told:
    fate = _fate(party, somebody, is_new, telling.own, added)
    return Told(party, organisation, fate, why.translated() if fate is Fate.JOINED else "")


def _fate(party: Party | None, somebody: Somebody, is_new: bool, own: dict[str, UUID | None], added: set[UUID]) -> Fate:
    if is_new:
        return Fate.NEW
    is_same = party is None or (somebody.key in own and party.pk not in added)
    return Fate.UNCHANGED if is_same else Fate.JOINED


@dataclass
class _ToldAgain:
    """What a batch tells of those who were there before it: addresses that were told, with their places, and names."""

    identifiers: dict[tuple[UUID, Any, str], str] = field(default_factory=dict)
    parties: dict[UUID, tuple[str, str, str]] = field(default_factory=dict)


class _Telling:
    """One batch on its way into the tables."""

    def __init__(self, run: Run, people: Sequence[Somebody]) -> None:
        self.run = run
        self.own = own_facts((somebody.key for somebody in people if somebody.key), run=run)
        self.domains = set(HouseDomain.objects.values_list("domain", flat=True))
        self.told_here: dict[str, UUID] = {}
        self.parties: dict[UUID, Party] = {}
        self.by_address: dict[tuple[str, str], set[UUID]] = defaultdict(set)
        self.by_name: dict[tuple[str, str], set[UUID]] = defaultdict(set)
        self.external: dict[UUID, set[tuple[str, str]]] = defaultdict(set)
        self.birthdays: dict[UUID, set[str]] = defaultdict(set)
        self.fresh: list[Party] = []
        self.identifiers: dict[_Name, Row] = {}
        self.details: dict[_Name, Row] = {}
        self.ties: dict[_Name, Row] = {}
        self.told_of: dict[UUID, list[str]] = defaultdict(list)
        self.told = (run.at, run.member.pk, run.import_.source_id)
        self.known: dict[UUID, tuple[Because, datetime]] = {}
        self.told_again = _ToldAgain()
        self.named: dict[UUID, tuple[Party, str]] = {}
        self._load_own()
        self._load_addresses(people)
        self._load_names(people)
        self._load_external()
        if any(_birthday_of(somebody) for somebody in people):
            self._load_birthdays()
        self.let_go = _let_go_of(self.own.values())
        self.house = Party.objects.filter(is_house=True).first()
        self.house_names = {fold(run.house.name), *map(fold, HouseName.objects.values_list("name", flat=True))} - {""}

    def find(self, somebody: Somebody) -> tuple[Party | None, Party | None, bool, Reason]:
        """The party meant, the organisation it works at, whether the party is new, and else by what it was found; what is
        told is put aside.
        """
        own_id = self.own.get(somebody.key) or self.told_here.get(somebody.key)
        party = self.parties.get(own_id) if own_id else None
        if party is None and somebody.key in self.own:
            # Told before, and erased since: it stays so.
            return None, None, False, Reason(SAYS_MORE)
        is_new, why = False, Reason(SAYS_MORE)
        if party is None:
            party = self._match(somebody)
            why = self._why(party, somebody)
        if party is None and not somebody.name:
            return None, None, False, why
        if party is None:
            party, is_new = self._write_down(somebody), True
        self._name(party, somebody)
        self._tell_about(party, somebody)
        works_there = is_new or not somebody.is_beside_organisation
        organisation = self._organisation(somebody, party) if works_there else None
        if organisation is not None and organisation.pk != party.pk and party.kind == PartyKind.PERSON:
            self._tie(party, organisation, somebody)
        for name, numbers in somebody.also_at:
            other = self._organisation(replace(somebody, organisation=name, organisation_addresses=numbers), party)
            if other is not None and other.pk != party.pk and party.kind == PartyKind.PERSON:
                self._tie(party, other, replace(somebody, role=""))
        self._know(party, somebody)
        if somebody.key:
            self.told_here[somebody.key] = party.pk
        return party, organisation, is_new, why

    def write(self) -> set[UUID]:
        """Copy all that was put aside into the tables; answers the parties about whom something was new."""
        copy(self.fresh)
        fresh_ids = {party.id for party in self.fresh}
        told = (self.identifiers, _IDENTIFIER, ("party_id", "kind", "value"), Identifier)
        reached = _write_told(*told, fresh_ids=fresh_ids)
        said = _write_told(self.details, _DETAIL, ("party_id", "label", "value"), Detail, fresh_ids=fresh_ids)
        tied = _write_told(self.ties, _TIE, ("from_party_id", "to_party_id", "kind"), Tie, fresh_ids=fresh_ids)
        self._note_what_was_told_before(fresh_ids)
        began = become_known(self.known, run=self.run, fresh_ids=fresh_ids)
        named = self._write_names()
        self._make_findable(began, reached | named)
        return {*reached, *said, *tied, *began, *named}

    def _write_names(self) -> set[UUID]:
        for party, was in self.named.values():
            Party.objects.filter(pk=party.pk).update(
                name=party.name, sort_name=party.sort_name, sort_key=sort_key(party.name, party.sort_name)
            )
            told_again.note_name(party, was=was, run=self.run)
        return set(self.named)

    def _note_what_was_told_before(self, fresh_ids: set[UUID]) -> None:
        """What others told before is told by this one too, and stays should they be undone."""
        again = self.told_again
        others = {key: place for key, place in again.identifiers.items() if key[0] not in fresh_ids}
        others |= {key: row[-1] for key, row in self.identifiers.items() if key[0] not in fresh_ids}
        told_again.note_facts(Identifier, others, run=self.run)
        for model, told in ((Detail, self.details), (Tie, self.ties)):
            rows = {key: row[-1] for key, row in told.items() if key[0] not in fresh_ids}
            told_again.note_facts(model, rows, run=self.run)
        told_again.note_parties({pk: said for pk, said in again.parties.items() if pk not in fresh_ids}, run=self.run)

    def _make_findable(self, began: set[UUID], reached: set[UUID]) -> None:
        """All there is of those just written down is at hand; of the others it is fetched."""
        fresh = {party.pk for party in self.fresh}
        search.put_many(
            search.Entry(
                kind="party",
                object_id=party.pk,
                text=" ".join(self.told_of[party.pk]),
                party_ids=(party.pk,),
                names=(party.name, party.sort_name),
            )
            for party in self.fresh
            if party.pk in began or party.is_ours
        )
        if others := (began | reached) - fresh:
            make_findable(others)

    # who it is

    def _match(self, somebody: Somebody) -> Party | None:
        reached = {
            party_id
            for address in somebody.addresses
            for party_id in self.by_address.get((address.kind, address.value), ())
        }
        agreeing = {party_id for party_id in reached if self._may_be(self.parties[party_id], somebody)}
        if one := self._one_of(agreeing):
            return one
        if agreeing or not (somebody.is_found_by_name or somebody.kind != PartyKind.PERSON):
            return None
        named = self.by_name.get((_is_person(somebody.kind), fold(somebody.name)), set())
        standing = {party_id for party_id in named if not self._is_vetoed(party_id, somebody)}
        return self._one_of(standing)

    def _one_of(self, party_ids: set[UUID]) -> Party | None:
        """Who is meant, where all of these are taken to be one: as it was told, so that it stays so when they are two again."""
        heads = {self.parties[party_id].now_id or party_id for party_id in party_ids}
        if len(heads) != 1:
            return None
        return self.parties[heads.pop() if heads <= party_ids else min(party_ids)]

    def _why(self, party: Party | None, somebody: Somebody) -> Reason:
        """By what they were taken for this party; asked before what is told of them stands beside it."""
        for address in somebody.addresses:
            if party and party.pk in self.by_address.get((address.kind, address.value), ()):
                return Reason(SAME_ADDRESS.get(address.kind, SAME_OTHERWISE), {"value": address.as_told[:120]})
        return Reason(SAME_NAME)

    def _may_be(self, party: Party, somebody: Somebody) -> bool:
        is_same_kind = (party.kind == PartyKind.PERSON) == (somebody.kind == PartyKind.PERSON)
        return is_same_kind and names_agree(party.name, somebody.name) and not self._is_vetoed(party.pk, somebody)

    def _is_vetoed(self, party_id: UUID, somebody: Somebody) -> bool:
        """Two numbers in one list of the customer's own system are two parties, whatever else they share; so are two who
        were born on different days."""
        birthday, known_as = _birthday_of(somebody), self.birthdays.get(party_id, ())
        if birthday and known_as and all(is_other_birthday(birthday, one) for one in known_as):
            return True
        told = {(a.label, a.value) for a in somebody.addresses if a.kind == IdentifierKind.EXTERNAL}
        known = self.external.get(party_id, set())
        labels = {label for label, _ in told} & {label for label, _ in known}
        return any(
            {value for at, value in told if at == label}.isdisjoint({value for at, value in known if at == label})
            for label in labels
        )

    def _write_down(self, somebody: Somebody) -> Party:
        emails = [address.value for address in somebody.addresses if address.kind == IdentifierKind.EMAIL]
        is_colleague = somebody.kind == PartyKind.PERSON and any(
            is_under(domain_of(email), self.domains) for email in emails
        )
        name, sort_name = somebody.name[:_NAME_LETTERS], somebody.sort_name[:_NAME_LETTERS]
        party = fresh(
            Party,
            id=new_id(),
            kind=somebody.kind,
            name=name,
            sort_name=sort_name if sort_name != name else "",
            sort_key=sort_key(name, sort_name),
            is_colleague=is_colleague,
            told_at=self.run.at,
            told_by_id=self.run.member.pk,
            source_id=self.run.import_.source_id,
        )
        self.fresh.append(party)
        self.parties[party.pk] = party
        self.by_name[(_is_person(party.kind), fold(party.name))].add(party.pk)
        return party

    def _name(self, party: Party, somebody: Somebody) -> None:
        """Who was known by nothing but an address is called by their name from now on."""
        address, name = party.name.lower(), somebody.name.strip()[:_NAME_LETTERS]
        is_theirs = any(one.kind == IdentifierKind.EMAIL and one.value == address for one in somebody.addresses)
        is_alone = self.by_address.get((IdentifierKind.EMAIL, address)) == {party.pk}
        if not (is_theirs and is_alone) or not name or "@" in name or party.is_ours or party in self.fresh:
            return
        self.named[party.pk] = party, party.name
        sort_name = somebody.sort_name[:_NAME_LETTERS]
        party.name, party.sort_name = name, sort_name if sort_name != name else ""

    def _organisation(self, somebody: Somebody, party: Party) -> Party | None:
        name = somebody.organisation.strip()
        if not (name or somebody.organisation_addresses) or somebody.kind != PartyKind.PERSON:
            return None
        if fold(name) in self.house_names and self.house is not None:
            return self.house
        employer = Somebody(
            place=somebody.place,
            name=name,
            because=Because.PEOPLE,
            known_at=somebody.known_at,
            kind=PartyKind.ORGANISATION,
            addresses=somebody.organisation_addresses,
        )
        found = self._match(employer) or (self._write_down(employer) if name else None)
        if found is None:
            return None
        self._tell_about(found, employer)
        if not party.is_ours:
            self._know(found, employer)
        return found

    # what is told

    def _tell_about(self, party: Party, somebody: Somebody) -> None:
        told, pk, place = self.told, party.id, somebody.place[:300]
        self.told_again.parties.setdefault(
            pk, (somebody.name[:_NAME_LETTERS], somebody.sort_name[:_NAME_LETTERS], place)
        )
        for address in somebody.addresses:
            kind, value, as_told = address.kind, address.value, address.as_told[:320]
            holders = self.by_address[(kind, value)]
            if pk in holders:
                self.told_again.identifiers.setdefault((pk, kind, value), place)
                continue
            holders.add(pk)
            if kind == IdentifierKind.EXTERNAL:
                self.external[pk].add((address.label, value))
            self.told_of[pk].append(as_told)
            self.identifiers.setdefault((pk, kind, value), (pk, kind, value, as_told, address.label[:60], *told, place))
        for fact in somebody.facts:
            name = (pk, fact.label[:80], fact.value)
            file_id = fact.file.pk if fact.file else None
            self.details.setdefault(name, (*name, file_id, *told, place))
        if birthday := _birthday_of(somebody):
            self.birthdays[pk].add(birthday)

    def _tie(self, party: Party, organisation: Party, somebody: Somebody) -> None:
        name = (party.id, organisation.id, TieKind.WORKS_AT.value)
        self.ties.setdefault(name, (*name, somebody.role[:200], *self.told, somebody.place[:300]))

    def _know(self, party: Party, somebody: Somebody) -> None:
        """Whoever was told of before and is a trace again since somebody let go of them stays one."""
        if party.is_ours or party.pk in self.let_go:
            return
        because, known_at = self.known.get(party.pk, (somebody.because, somebody.known_at))
        self.known[party.pk] = because, min(known_at, somebody.known_at)

    # who is there

    def _load_own(self) -> None:
        """What was told before and taken back since is told anew; what was erased since stays erased."""
        ids = {fact_id for fact_id in self.own.values() if fact_id}
        self._load_parties(ids)
        gone = fetch("SELECT id FROM parties_party WHERE id = ANY (%s)", list(ids - set(self.parties)))
        erased = {party_id for (party_id,) in gone}
        self.own = {
            key: None if fact_id in erased else fact_id
            for key, fact_id in self.own.items()
            if fact_id is None or fact_id in self.parties or fact_id in erased
        }

    def _load_addresses(self, people: Sequence[Somebody]) -> None:
        wanted: dict[str, set[str]] = defaultdict(set)
        for somebody in people:
            also = (address for _, addresses in somebody.also_at for address in addresses)
            for address in (*somebody.addresses, *somebody.organisation_addresses, *also):
                wanted[address.kind].add(address.value)
        told = [
            (kind, *found)
            for kind, values in wanted.items()
            for found in fetch(
                "SELECT value, party_id FROM parties_identifier"
                " WHERE kind = %s AND value = ANY (%s) AND withdrawn_at IS NULL",
                kind,
                sorted(values),
            )
        ]
        self._load_parties({party_id for _, _, party_id in told})
        for kind, value, party_id in told:
            if party_id in self.parties:
                self.by_address[(kind, value)].add(party_id)

    def _load_names(self, people: Sequence[Somebody]) -> None:
        names = {somebody.organisation for somebody in people if somebody.organisation}
        names |= {name for somebody in people for name, _ in somebody.also_at if name}
        names |= {
            somebody.name for somebody in people if somebody.is_found_by_name or somebody.kind != PartyKind.PERSON
        }
        keys = {key for name in names for key in sort_keys(name)}
        wanted = {fold(name) for name in names}
        found = fetch(
            "SELECT id, kind, name FROM parties_party WHERE sort_key = ANY (%s) AND erased_at IS NULL", sorted(keys)
        )
        named = {pk: (_is_person(kind), fold(name)) for pk, kind, name in found if fold(name) in wanted}
        self._load_parties(set(named))
        for party_id in named.keys() & self.parties.keys():
            self.by_name[named[party_id]].add(party_id)

    def _load_parties(self, ids: set[UUID]) -> None:
        """Fetch these parties, and whom they are taken for today. The erased are not there."""
        fetched = self._fetch_parties(ids)
        self._fetch_parties({party.now_id for party in fetched if party.now_id})

    def _fetch_parties(self, ids: set[UUID]) -> list[Party]:
        names = ("id", "kind", "name", "sort_name", "member_id", "is_house", "is_colleague", "now_id")
        rows = fetch(
            f"SELECT {', '.join(names)} FROM parties_party WHERE id = ANY (%s) AND erased_at IS NULL",  # noqa: S608
            list(ids - set(self.parties)),
        )
        fetched = [Party.from_db("default", names, row) for row in rows]
        self.parties |= {party.pk: party for party in fetched}
        return fetched

    def _load_external(self) -> None:
        told = fetch(
            "SELECT party_id, label, value FROM parties_identifier"
            " WHERE party_id = ANY (%s) AND kind = %s AND withdrawn_at IS NULL",
            list(self.parties),
            IdentifierKind.EXTERNAL.value,
        )
        for party_id, label, value in told:
            self.external[party_id].add((label, value))

    def _load_birthdays(self) -> None:
        told = fetch(
            "SELECT party_id, value FROM parties_detail WHERE party_id = ANY (%s) AND label = %s AND withdrawn_at IS NULL",
            list(self.parties),
            BIRTHDAY,
        )
        for party_id, value in told:
            self.birthdays[party_id].add(value)


def _let_go_of(fact_ids: Iterable[UUID | None]) -> set[UUID]:
    """Those of these whom somebody let fade, or took back what had made them known."""
    ids = [fact_id for fact_id in fact_ids if fact_id]
    rows = (
        fetch("SELECT subject_id FROM core_event WHERE subject_id = ANY (%s) AND name = %s", ids, LET_GO) if ids else []
    )
    return {party_id for (party_id,) in rows}


def _birthday_of(somebody: Somebody) -> str:
    return next((fact.value for fact in somebody.facts if fact.label == BIRTHDAY), "")


def _write_told(
    told: Mapping[_Name, Row],
    columns: Sequence[str],
    known_by: Sequence[str],
    model: type[Identifier | Detail | Tie],
    *,
    fresh_ids: set[UUID],
) -> set[UUID]:
    """Copy what is not there yet, and answer of whom it is told: the party in the first column. Of those just written
    down nothing is there.
    """
    new = [row for row in told.values() if row[0] in fresh_ids]
    copy_rows(model, ("id", *columns), [(own_id, *row) for own_id, row in zip(text_ids(len(new)), new, strict=True)])
    others = [row for row in told.values() if row[0] not in fresh_ids]
    rows = [(own_id, *row) for own_id, row in zip(text_ids(len(others)), others, strict=True)]
    added = copy_missing(model, ("id", *columns), rows, known_by=known_by, answer=columns[0])
    return added.union([row[0] for row in new])


def _is_person(kind: str) -> str:
    return PartyKind.PERSON if kind == PartyKind.PERSON else PartyKind.ORGANISATION
