"""What is asked about the house and its members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from ampersand.core.models import Event
from ampersand.core.ready import Ready
from ampersand.members.models import House, HouseDomain, Invitation, Member, Role

# The technical acts of running the house. Nothing here says what a member did with a relationship (law 10).
HOUSE_EVENTS = (
    "house.founded",
    "house.changed",
    "house.domains_changed",
    "house.service_changed",
    "member.invited",
    "invitation.withdrawn",
    "member.joined",
    "member.left",
    "member.role_changed",
    "member.devices_forgotten",
    "team.named",
    "team.joined",
    "team.left",
    "relationship.handed_on",
    "party.erased",
    "house.exported",
    "house.saved",
)


@dataclass(frozen=True)
class HouseAct:
    """Who did what to the house, and when. `who` is empty for a job; about whom is not told."""

    name: str
    who: str
    at: datetime
    is_about_themselves: bool


def own_domains() -> frozenset[str]:
    """The mail domains of the house."""
    return frozenset(HouseDomain.objects.values_list("domain", flat=True))


def is_own_address(email: str) -> bool:
    """Whether mail from this address is mail from us: it lies in a domain of the house, or belongs to a member.

    One query each; a loader of many asks `own_domains` once and `is_below` for each.
    """
    address = email.strip().lower()
    if is_below(address.rpartition("@")[2], own_domains()):
        return True
    return Member.objects.here().filter(email=address).exists()


def was_here(email: str) -> bool:
    """Whether a member who left had this address. Coming back they find their own notebook, so only they may."""
    return Member.objects.filter(email=email.strip().lower()).exclude(left_at=None).exists()


def is_below(domain: str, domains: Iterable[str]) -> bool:
    """Whether a domain is one of these or lies below one of them.

    >>> is_below("mail.mill.example", {"mill.example"}), is_below("windmill.example", {"mill.example"})
    (True, False)
    """
    known, parts = frozenset(domains), domain.lower().rstrip(".").split(".")
    return any(".".join(parts[start:]) in known for start in range(len(parts)))


def is_last_steward(member: Member) -> bool:
    """Whether nobody else could run the house."""
    others = Member.objects.here().filter(role=Role.STEWARD).exclude(pk=member.pk)
    return member.is_steward and not others.exists()


def open_invitations(at: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.open(at).order_by("invited_at", "id")


def house_acts(limit: int = 200) -> list[HouseAct]:
    """The latest technical acts upon the house, newest first."""
    events = list(Event.objects.filter(name__in=HOUSE_EVENTS).order_by("-at", "-id")[:limit])
    names = dict(Member.objects.filter(pk__in={event.by_id for event in events}).values_list("pk", "name"))
    return [
        HouseAct(
            name=event.name,
            who=names.get(event.by_id, "") if event.by_id else "",
            at=event.at,
            is_about_themselves=event.by_id == event.subject_id,
        )
        for event in events
    ]


def acting_member(email: str = "") -> Member | None:
    """Who acts on the command line: the member with this address, or the first steward where none is said."""
    here = Member.objects.here()
    if email:
        return here.filter(email=email.strip().lower()).first()
    return here.order_by("-role", "joined_at", "id").first()


@Ready[House]
def _houses() -> QuerySet[House]:
    return House.objects.all()


_remembered: ContextVar[House | None] = ContextVar("house", default=None)


def the_house() -> House | None:
    """The house, or none before it is founded."""
    return _remembered.get() or next(iter(_houses()), None)


@contextmanager
def house_remembered() -> Iterator[House | None]:
    """Within, the house is asked once. A request that changes it asks for the row itself."""
    token = _remembered.set(the_house())
    try:
        yield _remembered.get()
    finally:
        _remembered.reset(token)


def zone_of_house() -> ZoneInfo:
    """The zone the house lives in: its days are those that readings count."""
    house = the_house()
    return house.zone if house else ZoneInfo("UTC")


def zone_of(member: Member) -> str:
    """The zone a member lives in: their own, or the house's."""
    house = the_house()
    return member.time_zone or (house.time_zone if house else "UTC")
