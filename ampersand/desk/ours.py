"""Who is ours. Founding the house, joining and leaving it, and what a domain of the house says about those who write from it.

A member is also a party, since they take part in what happens. Nobody of ours is ever on the other side of a relationship.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from ampersand.core import events, jobs, search
from ampersand.core.folding import sort_key
from ampersand.core.history import forget_past
from ampersand.core.whole import whole
from ampersand.exchange.models import Concession, GiveAndTakeOff, Negotiation
from ampersand.members import actions as members
from ampersand.members import queries, service
from ampersand.members.models import House, Member, Role, Team
from ampersand.members.service import Told
from ampersand.notebook.models import Note
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.models import (
    ClosedTo,
    Identifier,
    IdentifierKind,
    Party,
    PartyKind,
    Relationship,
    SideLine,
    Tending,
)
from ampersand.promises.models import Promise
from ampersand.timeline.models import Participant


class WouldBeLost(ValueError):
    """Closed relationships that nobody could see any more; `count` says how many."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


@dataclass(frozen=True)
class Remarked:
    """What a change of domains did: how many became ours, how many are ours no longer, and whom something was written
    about before, so that it stays to be read."""

    ours: int
    not_ours: int
    stays: tuple[str, ...]


@whole
def found_house(
    *,
    member_name: str,
    at: datetime,
    name: str = "",
    email: str = "",
    password: str = "",
    domains: Iterable[str] = (),
    legal_names: Iterable[str] = (),
    currency: str = "",
    time_zone: str = "",
    language: str = "",
    country: str = "",
) -> Member:
    """Found the house, with its first member as steward. A name is enough. Raises members.actions.FoundedAlready."""
    house = members.write_house(
        name=name, at=at, currency=currency, time_zone=time_zone, language=language, country=country
    )
    members.set_legal_names(house, legal_names)
    Party.objects.create(
        kind=PartyKind.ORGANISATION, name=house.name, sort_key=sort_key(house.name), is_house=True, told_at=at
    )
    steward = join_house(name=member_name, email=email, password=password, role=Role.STEWARD, at=at)
    events.record("house.founded", at=at, by_id=steward.pk, subject_id=members.HOUSE_ID)
    change_domains(domains, by=steward, at=at)
    return steward


@whole
def join_house(*, name: str, at: datetime, email: str = "", password: str = "", role: str = Role.MEMBER) -> Member:
    """A person becomes a member, and the party they were already known as becomes theirs.

    An address that stood with somebody on the other side leaves them: who signs in with it has shown whose it is.
    Raises members.actions.HereAlready.
    """
    member = members.write_member(name=name, email=email, password=password, role=role, at=at)
    party = Party.objects.filter(member=member).first() or _adopt(member, at=at)
    parties.rename(party, name=member.name, by=member, at=at)
    if member.has_address:
        parties.tell_identifier(party, kind=IdentifierKind.EMAIL, value=member.email, teller=Teller(at=at, by=member))
    _settle_sides([party.pk], is_ours=True, by=member, at=at)
    return member


@whole
def accept_invitation(secret: str, *, name: str, at: datetime, password: str = "") -> Member:
    """Take up an invitation, under the name one gives oneself. Raises LinkUnknown, LinkUsed, LinkLapsed, HereAlready."""
    invitation = members.use_invitation(secret, at=at)
    return join_house(name=name, email=invitation.email, role=invitation.role, password=password, at=at)


@whole
def come_by_service(told: Told, *, at: datetime) -> Member | None:
    """The member behind what the house's sign-in service says of somebody: one who is here, or who may come in by it.

    None where the service does not know the address to be theirs, and where nobody asked them in: no member invited them,
    and the house did not say that an address in these domains suffices. Who left comes back by invitation only.
    """
    setting = service.find_service()
    if setting is None:
        return None
    # Who comes by two windows at once is one member.
    House.objects.select_for_update().get()
    is_of_domain = told.email.rpartition("@")[2] in setting.domains
    if not (told.is_proven or is_of_domain):
        return None
    member = Member.objects.here().filter(email=told.email).first()
    if member is not None:
        return member
    invitation = members.take_invitation_of(told.email, at=at)
    if invitation is not None:
        return join_house(name=told.name, email=told.email, role=invitation.role, at=at)
    if is_of_domain and setting.has_newcomers and not queries.was_here(told.email):
        return join_house(name=told.name, email=told.email, at=at)
    return None


@whole
def leave(member: Member, *, by: Member, at: datetime, hand_to: Member | None = None) -> None:
    """A member leaves. They tend nothing any more, and what was closed to them alone is handed to somebody.

    Raises members.actions.LastSteward, and WouldBeLost where nobody is named to hand it to.
    """
    before = set(_open_to_nobody().values_list("pk", flat=True))
    members.leave(member, by=by, at=at)
    today = at.astimezone(House.objects.get().zone).date()
    Tending.objects.filter(member=member, until_on=None).update(until_on=today)
    _hand_on(_open_to_nobody().exclude(pk__in=before), to=hand_to, by=by, at=at)


@whole
def change_team(team_id: UUID, member_ids: Iterable[UUID], *, by: Member, at: datetime) -> None:
    """Say who belongs to a team. Raises WouldBeLost where something is closed to this team and nobody were left in it."""
    before = set(_open_to_nobody().values_list("pk", flat=True))
    team = Team.objects.get(pk=team_id)
    members.set_team_members(team, Member.objects.here().filter(pk__in=list(member_ids)), by=by, at=at)
    _hand_on(_open_to_nobody().exclude(pk__in=before), to=None, by=by, at=at)


def rename_house(house: House, name: str) -> None:
    """The house as a party is called what the house calls itself."""
    Party.objects.filter(is_house=True).update(name=name, sort_key=sort_key(name))


def follow_address(member: Member, *, at: datetime) -> None:
    """After a member changed their address: mail from the new one is theirs. What came from the old one stays theirs."""
    party = Party.objects.get(member=member)
    _take_address(member.email, at=at, by=member, besides=party)
    parties.tell_identifier(party, kind=IdentifierKind.EMAIL, value=member.email, teller=Teller(at=at, by=member))


@whole
def change_domains(domains: Iterable[str], *, by: Member, at: datetime) -> Remarked:
    """Change the mail domains of the house, and mark anew who is ours by them.

    A relationship with one who becomes ours ends as if it had not begun, unless somebody wrote something down in it: that
    stays, and is named. Who is ours no longer is a trace, as one who was only ever heard of.
    """
    house = House.objects.get()
    members.set_domains(house, domains)
    events.record("house.domains_changed", at=at, by_id=by.pk, subject_id=members.HOUSE_ID)
    by_domain = _of_own_domains()
    others = Party.objects.filter(member=None, is_house=False, erased_at=None)
    ours = list(others.filter(by_domain, is_colleague=False).values_list("pk", flat=True))
    not_ours = list(others.filter(~by_domain, is_colleague=True).values_list("pk", flat=True))
    Party.objects.filter(pk__in=ours).update(is_colleague=True)
    Party.objects.filter(pk__in=not_ours).update(is_colleague=False)
    search.remove(not_ours)
    stays = _settle_sides(ours, is_ours=True, by=by, at=at)
    _settle_sides(not_ours, is_ours=False, by=by, at=at)
    for party in Party.objects.filter(pk__in=ours):
        parties.index(party)
    if ours or not_ours:
        # Whose move it is, and what is quiet, rests on who is ours.
        jobs.defer(events.READ_ALL, lock="readings:all")
    return Remarked(len(ours), len(not_ours), tuple(stays))


def _of_own_domains() -> Q:
    """Parties reached at an address in a domain of the house, or below one."""
    domains = queries.own_domains()
    if not domains:
        return Q(pk__in=[])
    ends = Q()
    for domain in domains:
        ends |= Q(value__endswith=f"@{domain}") | Q(value__endswith=f".{domain}")
    told = Identifier.objects.filter(ends, kind=IdentifierKind.EMAIL, withdrawn_at=None, party=OuterRef("pk"))
    return Q(Exists(told))


def _adopt(member: Member, *, at: datetime) -> Party:
    """The party a new member was known as, or a new one."""
    known = _take_address(member.email, at=at, by=member) if member.has_address else None
    if known is None:
        return Party.objects.create(
            kind=PartyKind.PERSON, name=member.name, sort_key=sort_key(member.name), member=member, told_at=at
        )
    known.member, known.is_colleague = member, False
    known.save(update_fields=["member", "is_colleague"])
    return known


def _take_address(email: str, *, at: datetime, by: Member, besides: Party | None = None) -> Party | None:
    """The one party that stood for this address and for nothing written down; from any other the address is taken."""
    told = Identifier.objects.filter(kind=IdentifierKind.EMAIL, value=email, withdrawn_at=None).select_related("party")
    known: Party | None = None
    for identifier in told.exclude(party=besides).order_by("told_at", "id"):
        party = identifier.party
        is_theirs = party.member_id is not None or Relationship.objects.filter(_written_upon(), party=party).exists()
        if besides is None and known is None and not is_theirs and party.now_id is None and party.is_person:
            known = party
        else:
            parties.withdraw(identifier, by=by, at=at)
    return known


def _written_upon() -> Q:
    """Relationships in which somebody wrote something down; the others only ever came about by themselves."""
    of = {"relationship": OuterRef("pk")}
    return (
        Q(Exists(Promise.objects.filter(**of)))
        | Q(Exists(Concession.objects.filter(**of)))
        | Q(Exists(Negotiation.objects.filter(**of)))
        | Q(Exists(GiveAndTakeOff.objects.filter(**of)))
        | Q(Exists(SideLine.objects.filter(**of)))
        | Q(Exists(Note.objects.filter(about=OuterRef("pk"))))
        | Q(Exists(Tending.objects.filter(**of)))
        | Q(Exists(ClosedTo.objects.filter(**of)))
    )


def _settle_sides(party_ids: list[UUID], *, is_ours: bool, by: Member, at: datetime) -> list[str]:
    """On which side they took part in what happened; answers whose relationship stays though they are ours now, as far as
    whoever says so may see them."""
    Participant.objects.filter(party__in=party_ids).exclude(is_ours=is_ours).update(is_ours=is_ours)
    if not is_ours:
        return []
    theirs = Relationship.objects.filter(party__in=party_ids)
    bare = list(theirs.exclude(_written_upon()).values_list("pk", flat=True))
    Relationship.objects.filter(pk__in=bare).delete()
    forget_past(Relationship, bare)
    stays = list(theirs.select_related("party").order_by("party__sort_key", "pk"))
    for relationship in stays:
        # It leaves the list of relationships when it is read afresh, which this asks for.
        events.record(
            "party.became_ours",
            at=at,
            by_id=by.pk,
            subject_id=relationship.party_id,
            relationship_ids=[relationship.pk],
        )
    seen = set(theirs.visible_to(by).values_list("pk", flat=True))
    return [str(relationship) for relationship in stays if relationship.pk in seen]


def _open_to_nobody() -> QuerySet[Relationship]:
    """Closed relationships that no member who is here could see."""
    somebody = ClosedTo.objects.filter(relationship=OuterRef("pk"), until=None).filter(
        Q(member__isnull=False, member__left_at=None) | Q(team__members__left_at=None, team__members__isnull=False)
    )
    return Relationship.objects.exclude(closed_at=None).exclude(Exists(somebody))


def _hand_on(lost: QuerySet[Relationship], *, to: Member | None, by: Member, at: datetime) -> None:
    relationships = list(lost)
    if not relationships:
        return
    if to is None or to.left_at is not None:
        raise WouldBeLost(len(relationships))
    ClosedTo.objects.bulk_create(
        ClosedTo(relationship=relationship, member=to, told_at=at, told_by=by) for relationship in relationships
    )
    for relationship in relationships:
        events.record("relationship.handed_on", at=at, by_id=by.pk, subject_id=relationship.pk)


@whole
def change_own(
    member: Member, *, name: str, time_zone: str, language: str, theme: str, has_single_keys: bool, at: datetime
) -> None:
    """A member's own settings; as a party they are called by the same name."""
    is_renamed = name.strip() != member.name
    members.change_own(
        member, name=name, time_zone=time_zone, language=language, theme=theme, has_single_keys=has_single_keys
    )
    if is_renamed:
        parties.rename(Party.objects.get(member=member), name=member.name, by=member, at=at)
