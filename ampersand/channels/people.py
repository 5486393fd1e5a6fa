"""Who stands behind an address: found in bulk, written down where new, and told apart as ours or theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ampersand.channels.run import Run
from ampersand.core.folding import sort_key
from ampersand.core.models import Source
from ampersand.members.queries import is_below, own_domains
from ampersand.parties.identifiers import domain_of, normalised
from ampersand.parties.models import Identifier, IdentifierKind, Party, PartyKind


@dataclass(frozen=True)
class Address:
    """A mail address as a file told it, with the name beside it, if any."""

    email: str
    name: str = ""


def parties_behind(addresses: Iterable[Address], *, run: Run) -> Mapping[str, Party]:
    """The parties behind these addresses, by normalised address; those nobody knew are written down as traces.

    Who writes from a domain of the house is a colleague and never a customer. Three queries for any number.
    """
    told = {clean: address for address in addresses if (clean := normalised(IdentifierKind.EMAIL, address.email))}
    known = _known(told)
    fresh = [clean for clean in told if clean not in known]
    if not fresh:
        return known
    domains = own_domains()
    parties = {clean: _new_party(told[clean], clean, domains=domains, run=run) for clean in fresh}
    Party.objects.bulk_create(parties.values())
    Identifier.objects.bulk_create(
        Identifier(
            party=party,
            kind=IdentifierKind.EMAIL,
            value=clean,
            as_told=told[clean].email[:320],
            **run.teller().fields(),
        )
        for clean, party in parties.items()
    )
    return {**known, **parties}


def _known(told: Mapping[str, Address]) -> dict[str, Party]:
    """The earliest told party of each address: a shared address stays with whom it was first told of."""
    identifiers = (
        Identifier.objects.filter(kind=IdentifierKind.EMAIL, value__in=list(told), withdrawn_at=None)
        .select_related("party__member")
        .order_by("-told_at", "-id")
    )
    return {identifier.value: identifier.party for identifier in identifiers}


def _new_party(address: Address, clean: str, *, domains: frozenset[str], run: Run) -> Party:
    name = address.name.strip()[:300] or clean
    source: Source = run.import_.source
    return Party(
        kind=PartyKind.PERSON,
        name=name,
        sort_key=sort_key(name),
        told_at=run.at,
        told_by=run.member,
        source=source,
        is_colleague=is_below(domain_of(clean), domains),
    )
