"""What people do with parties and relationships. Facts are told and withdrawn, never overwritten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.utils import timezone

from ampersand.core import events, ready, search
from ampersand.core.among import among
from ampersand.core.folding import sort_key
from ampersand.core.models import Source, SourceKind
from ampersand.core.whole import whole
from ampersand.members.models import Member, Team
from ampersand.members.queries import the_house
from ampersand.parties.identifiers import normalised
from ampersand.parties.models import (
    Because,
    ClosedTo,
    Detail,
    Identifier,
    IdentifierKind,
    LineKind,
    Party,
    PartyKind,
    Relationship,
    SideLine,
    Tending,
    Tie,
    TieKind,
)
from ampersand.parties.voices import Voice


@dataclass(frozen=True)
class Teller:
    """Who tells, when, from which source and the exact place in it: what every fact carries."""

    at: datetime
    by: Member | None = None
    source: Source | None = None
    place: str = ""

    @property
    def by_id(self) -> UUID | None:
        return self.by.pk if self.by else None

    def fields(self) -> dict[str, object]:
        return {"told_at": self.at, "told_by": self.by, "source": self.source, "place": self.place}


class NotAnAddress(ValueError):
    """What was told as an address or number is none."""


class OursAlready(ValueError):
    """The house and its members are never on the other side of a relationship."""


class SameParty(ValueError):
    """The two stand for one another already, or are one and the same."""


@whole
def name_party(
    name: str, *, teller: Teller, kind: str = PartyKind.PERSON, sort_name: str = "", language: str = ""
) -> Party:
    """Write down a party. It needs a name and nothing else; it is a trace until it becomes known."""
    name, sort_name = name.strip()[:300], sort_name.strip()[:300]
    party = Party.objects.create(
        name=name,
        kind=kind,
        sort_name=sort_name,
        sort_key=sort_key(name, sort_name),
        language=language,
        told_at=teller.at,
        told_by=teller.by,
        source=teller.source,
    )
    events.record("party.named", at=teller.at, by_id=_id(teller.by), subject_id=party.pk)
    return party


@whole
def rename(party: Party, *, name: str, sort_name: str = "", kind: str = "", by: Member, at: datetime) -> None:
    """Call a party by another name, or say what kind it is. What it was before stays in its history."""
    party.name, party.sort_name, party.kind = name.strip()[:300], sort_name.strip()[:300], kind or party.kind
    party.sort_key = sort_key(party.name, party.sort_name)
    party.save(update_fields=["name", "sort_name", "sort_key", "kind"])
    index(party)
    events.record("party.renamed", at=at, by_id=by.pk, subject_id=party.pk, relationship_ids=_relationships(party))


@whole
def become_known(party: Party, *, because: str, known_at: datetime, teller: Teller) -> Relationship:
    """Begin the relationship with a party, so that it is a trace no more. Done twice, it is begun once.

    Raises OursAlready for the house and its members.
    """
    if party.is_ours:
        raise OursAlready(party)
    if known := _known(party_id=party.pk):
        return _known_of_itself(known[0], because=because, known_at=known_at, teller=teller)
    relationship, is_new = Relationship.objects.get_or_create(
        party=party,
        defaults={"because": because, "known_at": known_at, "told_at": teller.at, "source": teller.source},
    )
    if is_new:
        _keep_the_other_known(party, at=teller.at)
        index(party)
        events.record(
            "relationship.began",
            at=teller.at,
            by_id=_id(teller.by),
            subject_id=party.pk,
            relationship_ids=[relationship.pk],
        )
    return relationship


def _keep_the_other_known(party: Party, *, at: datetime) -> None:
    """Whom a known one is taken for is known too."""
    if party.now_id is not None:
        from ampersand.parties import merging

        merging.keep_worked_out([party.pk], at=at)


def _known_of_itself(relationship: Relationship, *, because: str, known_at: datetime, teller: Teller) -> Relationship:
    """One that was only worked out, since another that is the same is known, stands from now on by itself."""
    if relationship.because == Because.SAME and because != Because.SAME:
        relationship.because, relationship.known_at = because, known_at
        relationship.told_at, relationship.source = teller.at, teller.source
        relationship.save(update_fields=["because", "known_at", "told_at", "source"])
    return relationship


@whole
def keep_and_tend(party: Party, *, because: str, known_at: datetime, teller: Teller, tended_by: Member) -> Relationship:
    """As `become_known`; a member with whom it begins tends it from that day on."""
    relationship = become_known(party, because=because, known_at=known_at, teller=teller)
    if relationship.told_at == teller.at:
        tend(relationship, tended_by, on=timezone.localdate(teller.at), by=tended_by, at=teller.at)
    return relationship


@ready.Ready[Relationship]
def _known(party_id: UUID) -> models.QuerySet[Relationship]:
    return Relationship.objects.filter(party=party_id)


@whole
def tell_identifier(party: Party, *, kind: str, value: str, teller: Teller, label: str = "") -> Identifier:
    """Tell an address or number of a party. Told again, it is the same one. Raises NotAnAddress."""
    house = the_house()
    clean = normalised(kind, value, country=house.country if house else "GB")
    if not clean:
        raise NotAnAddress(value)
    identifier, is_new = Identifier.objects.get_or_create(
        party=party,
        kind=kind,
        value=clean,
        withdrawn_at=None,
        defaults={"as_told": value.strip()[:320], "label": label[:60], **teller.fields()},
    )
    if is_new and hasattr(party, "relationship"):
        index(party)
    return identifier


@whole
def withdraw(fact: Identifier | Detail | Tie | SideLine, *, by: Member | None, at: datetime) -> None:
    """Withdraw a fact. It stays as it was known until now."""
    if fact.withdrawn_at is None:
        fact.withdrawn_at = at
        fact.save(update_fields=["withdrawn_at"])
        if isinstance(fact, Identifier):
            index(fact.party)
        events.record(
            f"{fact._meta.model_name}.withdrawn",
            at=at,
            by_id=_id(by),
            subject_id=fact.pk,
            relationship_ids=_touched_by(fact),
        )


@whole
def tell_detail(party: Party, *, label: str, value: str, teller: Teller) -> Detail:
    """Tell a labelled fact about a party. Told again, it is the same one."""
    detail, is_new = Detail.objects.get_or_create(
        party=party, label=label.strip()[:80], value=value.strip(), withdrawn_at=None, defaults=teller.fields()
    )
    if is_new:
        _record_told("detail.told", detail, teller=teller)
    return detail


@whole
def tell_tie(
    *,
    kind: str,
    from_party: Party,
    to_party: Party,
    teller: Teller,
    role: str = "",
    says: str = "",
    says_back: str = "",
    from_on: date | None = None,
    until_on: date | None = None,
) -> Tie:
    """Tell a dated tie between two parties. Told again, it is the same one; a role learnt later is added.

    `says` and `says_back` are the words of a tie of `TieKind.OWN`. Raises SameParty where both ends are one.
    """
    if from_party.pk == to_party.pk:
        raise SameParty(from_party)
    tie, is_new = Tie.objects.get_or_create(
        kind=kind,
        from_party=from_party,
        to_party=to_party,
        from_on=from_on,
        says=says,
        withdrawn_at=None,
        defaults={"role": role[:200], "says_back": says_back, "until_on": until_on, **teller.fields()},
    )
    if not is_new and ((role and not tie.role) or (until_on and not tie.until_on)):
        if until_on and not tie.until_on:
            tie.until_on, tie.until_told_at = until_on, teller.at
        tie.role = tie.role or role[:200]
        tie.save(update_fields=["role", "until_on", "until_told_at"])
    if is_new:
        _record_told("tie.told", tie, teller=teller)
    return tie


@whole
def end_tie(tie: Tie, *, on: date, by: Member, at: datetime) -> None:
    """Say that a tie ended on a day."""
    if tie.until_on is None:
        tie.until_told_at = at
    tie.until_on = on
    tie.save(update_fields=["until_on", "until_told_at"])
    events.record("tie.ended", at=at, by_id=by.pk, subject_id=tie.pk, relationship_ids=_touched_by(tie))


def works_at(person: Party, organisation: Party, *, teller: Teller, role: str = "") -> Tie:
    """Tell that a person works at an organisation."""
    return tell_tie(kind=TieKind.WORKS_AT, from_party=person, to_party=organisation, role=role, teller=teller)


@whole
def tell_line(
    relationship: Relationship,
    *,
    kind: str,
    words: str,
    said_on: date,
    teller: Teller,
    is_ours: bool,
    of: Party | None = None,
    is_quote: bool = False,
) -> SideLine:
    """Tell a line of one side: what matters to it, what it wonders. Told again in the same words, it is the same line."""
    words, of_id = words.strip(), of.pk if of else None
    same = _same_lines(relationship_id=relationship.pk, words=words, kind=LineKind(kind), is_ours=is_ours)
    voice = Voice.OWN if is_ours else Voice.TOLD_BY_US
    known = next((line for line in same if line.of_id == of_id and line.voice == voice), None)
    if known is not None:
        return known
    told = {"relationship": relationship, "kind": LineKind(kind), "is_ours": is_ours, "of": of, "words": words}
    line = SideLine.objects.create(**told, said_on=said_on, is_quote=is_quote, voice=voice, **teller.fields())
    events.record("line.told", at=teller.at, by_id=_id(teller.by), subject_id=line.pk)
    return line


@ready.Ready[SideLine]
def _same_lines(relationship_id: UUID, words: str, kind: LineKind, is_ours: bool) -> models.QuerySet[SideLine]:
    same = SideLine.objects.filter(relationship=relationship_id, kind=kind, is_ours=is_ours, withdrawn_at=None)
    return same.filter(words=words)


@whole
def close(
    relationship: Relationship, *, members: Iterable[Member] = (), teams: Iterable[Team] = (), by: Member, at: datetime
) -> None:
    """Close a relationship to the named members and teams. Whoever closes it stays inside."""
    relationship.closed_at = relationship.closed_at or at
    relationship.save(update_fields=["closed_at"])
    relationship.closed_to.filter(until=None).update(until=at)
    inside = {member.pk: member for member in [by, *members]}
    ClosedTo.objects.bulk_create(
        [
            *(ClosedTo(relationship=relationship, member=member, told_at=at, told_by=by) for member in inside.values()),
            *(ClosedTo(relationship=relationship, team=team, told_at=at, told_by=by) for team in teams),
        ]
    )
    events.record(
        "relationship.closed",
        at=at,
        by_id=by.pk,
        subject_id=relationship.pk,
        relationship_ids=_and_around(relationship),
    )


@whole
def reopen(relationship: Relationship, *, by: Member, at: datetime) -> None:
    """Open a closed relationship to the whole house again."""
    relationship.closed_at = None
    relationship.save(update_fields=["closed_at"])
    relationship.closed_to.filter(until=None).update(until=at)
    events.record(
        "relationship.opened",
        at=at,
        by_id=by.pk,
        subject_id=relationship.pk,
        relationship_ids=_and_around(relationship),
    )


@whole
def tend(relationship: Relationship, member: Member, *, on: date, by: Member | None, at: datetime) -> Tending:
    """Say that a member tends this relationship from a day on. Said twice, it is said once."""
    tending, is_new = Tending.objects.get_or_create(
        relationship=relationship,
        member=member,
        until_on=None,
        defaults={"from_on": on, "told_at": at, "told_by": by},
    )
    if is_new:
        events.record(
            "relationship.tended", at=at, by_id=_id(by), subject_id=relationship.pk, relationship_ids=[relationship.pk]
        )
    return tending


@whole
def stop_tending(tending: Tending, *, on: date, by: Member | None, at: datetime) -> None:
    """Say that a member tends this relationship no longer; `by` is None where the other side said so."""
    if tending.until_on is None:
        tending.until_told_at = at
    tending.until_on = on
    tending.save(update_fields=["until_on", "until_told_at"])
    touched = [tending.relationship_id]
    events.record("relationship.left", at=at, by_id=_id(by), subject_id=touched[0], relationship_ids=touched)


@whole
def hand_over(relationship: Relationship, *, to: Member, on: date, by: Member, at: datetime) -> Tending:
    """Hand the tending of a relationship to a colleague, who tends it from a day on; whoever hands it over, no longer.

    Others who tend it go on. It opens nothing that is closed.
    """
    for tending in relationship.tendings.filter(member=by, until_on=None):
        stop_tending(tending, on=on, by=by, at=at)
    return tend(relationship, to, on=on, by=by, at=at)


def index(party: Party) -> None:
    """Put a party's names and addresses where search and *I understood* find them; a trace is not put there."""
    index_many([party.pk])


def index_many(party_ids: Collection[UUID]) -> None:
    """The same for many parties at once; what was put there of those who are traces again is taken out.

    Those who are taken for the same one are found under every name and address of theirs, as that one.
    """
    parties = Party.objects.filter(pk__in=Party.objects.the_same(list(party_ids)))
    every = list(parties.select_related("relationship", "member").order_by("id"))
    merged = [party for party in every if party.now_id is not None]
    heads = [party for party in every if party.now_id is None]
    known = {party.pk: party for party in heads if party.is_ours or hasattr(party, "relationship")}
    names = {party.pk: [party.name, party.sort_name] for party in known.values()}
    of = {party_id: party_id for party_id in known} | {one.pk: one.now_id for one in merged if one.now_id in known}
    for one in merged:
        if one.now_id in names:
            names[one.now_id] += [one.name, one.sort_name]
    told: dict[UUID, list[str]] = defaultdict(list)
    addresses = Identifier.objects.filter(among("party_id", list(of)), withdrawn_at=None).order_by("id")
    for party_id, as_told in addresses.values_list("party_id", "as_told"):
        told[of[party_id]].append(as_told)
    search.put_many(
        search.Entry(
            kind="party",
            object_id=party_id,
            text=" ".join(dict.fromkeys(told[party_id])),
            party_ids=(party_id,),
            names=tuple(dict.fromkeys(filter(None, names[party_id]))),
        )
        for party_id in known
    )
    if gone := [party.pk for party in every if party.pk not in known]:
        search.remove(gone)


def _relationships(*parties: Party) -> list[UUID]:
    """The relationships of these parties, where they have one."""
    return list(Relationship.objects.filter(party__in=parties).values_list("pk", flat=True))


def _and_around(relationship: Relationship) -> list[UUID]:
    """A relationship with those whose readings rest on its moments too: where its people work, and who works there.

    What else shares a moment with it is read anew each night.
    """
    tied = Tie.objects.filter(kind=TieKind.WORKS_AT, withdrawn_at=None)
    works = tied.filter(from_party=relationship.party_id).values_list("to_party_id", flat=True)
    people = tied.filter(to_party=relationship.party_id).values_list("from_party_id", flat=True)
    around = Relationship.objects.filter(party_id__in=works.union(people))
    return [relationship.pk, *around.values_list("pk", flat=True)]


def _touched_by(fact: Identifier | Detail | Tie | SideLine) -> list[UUID]:
    """The relationships whose standing a fact has a part in."""
    if isinstance(fact, Tie):
        return _relationships(fact.from_party, fact.to_party)
    return [fact.relationship_id] if isinstance(fact, SideLine) else _relationships(fact.party)


def _record_told(name: str, fact: Detail | Tie, *, teller: Teller) -> None:
    # What a file brings is read once, when all of it is in.
    if teller.source is None or teller.source.kind == SourceKind.NOTE:
        events.record(name, at=teller.at, by_id=_id(teller.by), subject_id=fact.pk, relationship_ids=_touched_by(fact))


def _id(member: Member | None) -> UUID | None:
    return member.pk if member else None


__all__ = [
    "Because",
    "IdentifierKind",
    "NotAnAddress",
    "OursAlready",
    "SameParty",
    "Teller",
    "become_known",
    "close",
    "end_tie",
    "index",
    "name_party",
    "rename",
    "reopen",
    "stop_tending",
    "tell_detail",
    "tell_identifier",
    "tell_line",
    "tell_tie",
    "tend",
    "withdraw",
    "works_at",
]
