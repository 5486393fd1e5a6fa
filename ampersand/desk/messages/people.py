"""Whom a member may write to from a page: those of a relationship, those of the mail that is answered, and who else is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from ampersand.members.models import Member
from ampersand.parties.identifiers import normalised
from ampersand.parties.models import Identifier, IdentifierKind, Party, Relationship, Tie, TieKind
from ampersand.terms.messages.models import Message, Role
from ampersand.terms.messages.rules import To
from ampersand.timeline.models import Moment, ParticipantRole

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody with one of their addresses. `value` is how a form names it."""

    party: Party
    address: str

    @property
    def value(self) -> str:
        return f"{self.party.pk}:{self.address}"

    @property
    def label(self) -> str:
        told = {"name": str(self.party), "address": self.address}
        return (_("%(name)s (of us), %(address)s") if self.party.is_ours else _("%(name)s, %(address)s")) % told


def candidates(
    relationship: Relationship, *, member: Member, answers: Moment | None = None, draft: Message | None = None
) -> list[Candidate]:
    """Those of this relationship with a mail address, with whoever took part in what is answered or is in the draft already."""
    ids = _together(relationship)
    ids |= set(Party.objects.filter(participations__moment=answers).values_list("pk", flat=True)) if answers else set()
    ids |= set(draft.receivers.values_list("party_id", flat=True)) if draft else set()
    return _with_addresses(ids, member=member)


def people_of(relationship: Relationship, *, member: Member) -> list[Candidate]:
    """Those of this relationship with a mail address, our own side left out."""
    return [one for one in _with_addresses(_together(relationship), member=member) if not one.party.is_ours]


def named(addresses: Iterable[str], *, member: Member) -> tuple[list[Candidate], list[str]]:
    """Who is behind these addresses, as far as the member may see them, and the addresses behind which nobody known is."""
    wanted = {normalised(IdentifierKind.EMAIL, one): one for one in addresses}
    told = Identifier.objects.visible_to(member).standing().filter(kind=IdentifierKind.EMAIL, value__in=list(wanted))
    found: dict[str, Candidate] = {}
    for one in told.select_related("party__now", "party__member").order_by("told_at", "id"):
        party = one.party.now or one.party
        if party.erased_at is None:
            found.setdefault(one.value, Candidate(party, one.value))
    for colleague in Party.objects.filter(member__email__in=list(wanted), member__left_at=None).select_related(
        "member"
    ):
        if colleague.member:
            found[colleague.member.email] = Candidate(colleague, colleague.member.email)
    return list(found.values()), [typed for plain, typed in wanted.items() if plain not in found]


def answering(
    moment: Moment, shown: Sequence[Candidate], *, member: Member, is_to_all: bool
) -> tuple[list[str], list[str]]:
    """Whom an answer goes to, and who is in copy: who wrote it, and with `is_to_all` everybody else it went to but oneself."""
    roles = dict(moment.participants.values_list("party_id", "role"))
    by_party: dict[UUID, Candidate] = {}
    for one in shown:
        by_party.setdefault(one.party.pk, one)
    others = {pk: role for pk, role in roles.items() if pk in by_party and by_party[pk].party.member_id != member.pk}
    writers = [pk for pk, role in others.items() if role == ParticipantRole.FROM]
    # What we wrote last is answered to whom we wrote it.
    to = writers or [pk for pk, role in others.items() if role != ParticipantRole.COPY]
    rest = [pk for pk in others if pk not in to] if is_to_all else []
    return [by_party[pk].value for pk in to], [by_party[pk].value for pk in rest]


def as_to(values: Sequence[str], shown: Sequence[Candidate], *, role: str) -> list[To]:
    """Those whom a form names."""
    by_value = {one.value: one for one in shown}
    return [To(by_value[value].party, by_value[value].address, role) for value in values if value in by_value]


def chosen(draft: Message, *, role: Role) -> list[str]:
    """Those of a draft in this part, as a form names them."""
    return [f"{one.party_id}:{one.address}" for one in draft.receivers.all() if one.role == role]


def _together(relationship: Relationship) -> set[UUID]:
    same = set(Party.objects.the_same([relationship.party_id]).values_list("pk", flat=True)) | {relationship.party_id}
    work = Tie.objects.standing().filter(
        to_party__in=same, kind__in=[TieKind.WORKS_AT, TieKind.MEMBER_OF], until_on=None
    )
    return same | set(work.values_list("from_party_id", flat=True)[: MOST_SHOWN * 2])


def _with_addresses(ids: set[UUID], *, member: Member) -> list[Candidate]:
    parties = Party.objects.visible_to(member).filter(pk__in=ids, erased_at=None).select_related("now", "member")
    by_id = {party.pk: party for party in parties.order_by("sort_key", "id")}
    told = Identifier.objects.standing().filter(kind=IdentifierKind.EMAIL, party__in=by_id).order_by("told_at", "id")
    addresses: dict[UUID, list[str]] = {pk: [] for pk in by_id}
    for pk, value in told.values_list("party_id", "value"):
        addresses[pk].append(value)
    for pk, party in by_id.items():
        if party.member is not None:
            addresses[pk] = [party.member.email] if party.member.has_address and party.member.left_at is None else []
    found = [Candidate(by_id[pk], value) for pk, values in addresses.items() for value in dict.fromkeys(values)]
    return found[:MOST_SHOWN]
