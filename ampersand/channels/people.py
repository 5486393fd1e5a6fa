"""Who stands behind an address: found in bulk, written down where new, and told apart as ours or theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, F

from ampersand.channels import told_again
from ampersand.channels.copying import copy, fetch
from ampersand.channels.mail import masked
from ampersand.channels.run import Run
from ampersand.core.folding import fold, folded_words, sort_key
from ampersand.core.models import Source
from ampersand.members.models import HouseDomain
from ampersand.parties.identifiers import domain_of, normalised
from ampersand.parties.models import Identifier, IdentifierKind, Party, PartyKind
from ampersand.parties.shared import held, whose


@dataclass(frozen=True)
class Address:
    """A mail address as a file told it, with the name beside it, if any.

    `is_handle`: nobody can be written to there, since an archive hid letters of it or it is no whole address. It still
    tells people apart, and is kept as a name elsewhere.
    """

    email: str
    name: str = ""
    is_handle: bool = False

    @property
    def kind(self) -> IdentifierKind:
        return IdentifierKind.HANDLE if self.is_handle else IdentifierKind.EMAIL

    @property
    def clean(self) -> str:
        """What two tellings of one address have in common; empty where it is none."""
        return _clean(self.kind, self.email)


Known = Mapping[tuple[str, str], Party]
_KINDS = [IdentifierKind.EMAIL.value, IdentifierKind.HANDLE.value]


@lru_cache(maxsize=16_384)
def _clean(kind: IdentifierKind, told: str) -> str:
    return normalised(kind, told).lower()


def known_behind(addresses: Iterable[Address]) -> Known:
    """The party of each address, by its kind and normalised form: the earliest told, where it is told of several. Of one
    that is shared (`parties.shared`) who is meant by the names beside it, or nobody. Two queries."""
    called: dict[str, set[str]] = defaultdict(set)
    for address in addresses:
        called[address.clean].update(filter(None, [address.name.strip()]))
    rows = fetch(
        "SELECT kind, value, party_id FROM parties_identifier WHERE kind = ANY (%s) AND value = ANY (%s)"
        " AND withdrawn_at IS NULL ORDER BY told_at, id",
        _KINDS,
        list(called),
    )
    parties = Party.objects.in_bulk({party_id for _, _, party_id in rows})
    holders: dict[tuple[str, str], list[Party]] = defaultdict(list)
    for kind, value, party_id in rows:
        holders[kind, value].append(parties[party_id])
    found = {(kind, value): whose(of, address=value, called=called[value]) for (kind, value), of in holders.items()}
    return {address: party for address, party in found.items() if party is not None}


def parties_behind(addresses: Iterable[Address], *, run: Run, known_before: Known | None = None) -> Mapping[str, Party]:
    """The parties behind these addresses, by normalised address; those nobody knew are written down as traces.

    Who writes from a domain of the house is a colleague and never a customer. A constant number of queries.
    `known_before` is what `known_behind` answered for these addresses and others, where it was asked already.
    """
    told = _by_address(addresses)
    known = _among(told, known_behind(told.values()) if known_before is None else known_before)
    _name_the_nameless(known, told, run=run)
    addressed: dict[tuple[UUID, Any, str], str] = {
        (party.pk, told[clean].kind, clean): "" for clean, party in known.items()
    }
    told_again.note_facts(Identifier, addressed, run=run)
    names = {party.pk: (told[clean].name.strip()[:300] or clean[:300], "", "") for clean, party in known.items()}
    told_again.note_parties(names, run=run)
    fresh = [clean for clean in told if clean not in known]
    if not fresh:
        return known
    domains = set(HouseDomain.objects.values_list("domain", flat=True))
    # What is told of others already is shared: it is written down as itself, and no name beside it is meant alone.
    shared = held(fresh, kinds=_KINDS)
    parties = {
        clean: _new_party(
            replace(told[clean], name="") if clean in shared else told[clean], clean, domains=domains, run=run
        )
        for clean in fresh
    }
    copy(list(parties.values()))
    copy(
        [
            Identifier(
                party_id=party.pk,
                kind=told[clean].kind,
                value=clean,
                as_told=told[clean].email[:320],
                **run.teller().fields(),
            )
            for clean, party in parties.items()
        ]
    )
    return {**known, **parties}


def ours_among(addresses: Iterable[Address], *, known_before: Known) -> set[str]:
    """Those of these addresses, normalised, that are ours: in a domain of the house, or a member's. One query."""
    told = _by_address(addresses)
    domains = set(HouseDomain.objects.values_list("domain", flat=True))
    known = _among(told, known_before)
    return {
        clean
        for clean, address in told.items()
        if (known[clean].is_ours if clean in known else is_of_house(address, clean, domains))
    }


def is_of_house(address: Address, clean: str, domains: set[str]) -> bool:
    """Whether an address lies in a domain of the house; a hidden one, whether it looks as one there would be hidden."""
    if not address.is_handle:
        return is_under(domain_of(clean), domains)
    hidden = {masked.mask(f"x@{domain}", way).rpartition(masked.JOIN)[2] for domain in domains for way in masked.WAYS}
    return clean.rpartition(masked.JOIN)[2] in hidden


def named_only(names: Iterable[str], *, run: Run) -> Mapping[str, Party]:
    """The parties behind names that came without an address: the one person of exactly this name, else a new trace.

    Of several of one name who are taken to be the same it is the one they are taken for, or else the earliest told.
    """
    told = {" ".join(name.split())[:300]: name for name in names}
    known: dict[str, list[Party]] = {}
    wanted = {fold(name): name for name in told}
    keys = [key for name in told for key in sort_keys(name)]
    people = Party.objects.filter(sort_key__in=keys, kind=PartyKind.PERSON, erased_at=None)
    for party in people.order_by(F("now").asc(nulls_first=True), "told_at", "id"):
        if fold(party.name) in wanted:
            known.setdefault(fold(party.name), []).append(party)
    fresh: dict[str, Party] = {}
    for name in told:
        if len({one.now_id or one.pk for one in known.get(fold(name), [])}) != 1 and fold(name) not in fresh:
            fresh[fold(name)] = _new_party(Address("", name), name, domains=set(), run=run)
    Party.objects.bulk_create(fresh.values())
    return {as_told: fresh.get(fold(name)) or known[fold(name)][0] for name, as_told in told.items()}


def sort_keys(name: str) -> Iterator[str]:
    """What a party of this name may be sorted under: the name as it is, or with its last words put first."""
    words = folded_words(name)
    yield sort_key(name)
    if len(words) <= 5:
        for first in range(1, len(words)):
            yield " ".join(words[first:] + words[:first])[:300]


def is_under(domain: str, domains: set[str]) -> bool:
    """Whether a domain is one of these or lies below one of them."""
    parts = domain.split(".")
    return any(".".join(parts[i:]) in domains for i in range(len(parts)))


def _by_address(addresses: Iterable[Address]) -> dict[str, Address]:
    """Each address once, as it was first told with a name."""
    told: dict[str, Address] = {}
    for address in addresses:
        clean = address.clean
        if clean and (clean not in told or (address.name and not told[clean].name)):
            told[clean] = address
    return told


def _among(told: Mapping[str, Address], known: Known) -> dict[str, Party]:
    return {clean: known[address.kind, clean] for clean, address in told.items() if (address.kind, clean) in known}


def _name_the_nameless(known: Mapping[str, Party], told: Mapping[str, Address], *, run: Run) -> None:
    """Give a name to whom this file had only told by their address so far."""
    named = [
        party
        for clean, party in known.items()
        if told[clean].name.strip() and party.name == clean and party.source_id == run.import_.source_id
    ]
    shared = _told_of_several([party.name for party in named]) if named else set()
    named = [party for party in named if party.name not in shared]
    for party in named:
        party.name = told[party.name].name.strip()[:300]
        party.sort_key = sort_key(party.name)
    if named:
        Party.objects.bulk_update(named, ["name", "sort_key"])


def _told_of_several(values: list[str]) -> set[str]:
    told = Identifier.objects.filter(value__in=values, kind__in=_KINDS, withdrawn_at=None).order_by()
    several = told.values("value").annotate(number=Count("party", distinct=True)).filter(number__gt=1)
    return set(several.values_list("value", flat=True))


def _new_party(address: Address, clean: str, *, domains: set[str], run: Run) -> Party:
    name = address.name.strip()[:300] or clean[:300]
    source: Source = run.import_.source
    return Party(
        kind=PartyKind.PERSON,
        name=name,
        sort_key=sort_key(name),
        told_at=run.at,
        told_by=run.member,
        source=source,
        is_colleague=is_of_house(address, clean, domains),
    )
