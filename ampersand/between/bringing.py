"""Bringing somebody in: the other side names them, and a member makes a party of them or leaves it.

Nothing is sent to whom they name: to the gate they are somebody nobody has spoken to yet.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from ampersand.between.naming import Named
from ampersand.core import events
from ampersand.core.folding import folded_words
from ampersand.core.whole import whole
from ampersand.members.models import Member
from ampersand.members.queries import the_house
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.identifiers import normalised
from ampersand.parties.models import Because, IdentifierKind, Party, Relationship, TieKind


class NobodyNamed(ValueError):
    """Whoever is brought in has a name."""


@whole
def name(relationship: Relationship, *, name: str, address: str, why: str, by: Party, at: datetime) -> Named:
    """Write down whom somebody of the other side names. Named again while it waits, it is one. Raises NobodyNamed."""
    said = name.strip()[:300]
    if not said:
        raise NobodyNamed(_("Write the name of whom you bring in."))
    told = {"name": said, "address": address.strip()[:320]}
    named, is_new = Named.objects.get_or_create(
        relationship=relationship, **told, settled_at=None, defaults={"by": by, "why": why.strip(), "at": at}
    )
    if is_new:
        _record("named.told", named, by=None, at=at)
    return named


@whole
def make_known(named: Named, *, by: Member, at: datetime) -> Party:
    """Make a party of whom they named, reached as they said, with the tie that says who introduced them.

    Whoever is known by that address and name already is that one. By another name it is somebody new: who named them learns from
    us no name that they did not write. Settled before, it stays as it was settled.
    """
    locked = Named.objects.select_for_update(of=("self",)).select_related("by__now").get(pk=named.pk)
    if locked.became is not None:
        return locked.became
    teller = Teller(at=at, by=by, place="page Between")
    party = _known_by(locked, by) or parties.name_party(locked.name, teller=teller)
    if not party.is_ours:
        parties.become_known(party, because=Because.PEOPLE, known_at=at, teller=teller)
    if kind := kind_of(locked.address):
        parties.tell_identifier(party, kind=kind, value=locked.address, teller=teller)
    introducer = locked.by.now or locked.by
    if introducer.pk != party.pk:
        parties.tell_tie(kind=TieKind.INTRODUCED, from_party=introducer, to_party=party, teller=teller)
    _settle(locked, by=by, at=at, became=party)
    return party


@whole
def leave(named: Named, *, by: Member, at: datetime) -> None:
    """Leave it: nobody is made known. Settled before, it stays as it was settled."""
    locked = Named.objects.select_for_update().get(pk=named.pk)
    if locked.settled_at is None:
        _settle(locked, by=by, at=at, became=None)


def kind_of(address: str) -> str:
    """Whether it is a mail address or a number; empty where it is neither."""
    return next((kind for kind in (IdentifierKind.EMAIL, IdentifierKind.PHONE) if _clean(kind, address)), "")


def _clean(kind: str, address: str) -> str:
    house = the_house()
    return normalised(kind, address, country=house.country if house else "GB")


def _known_by(named: Named, member: Member) -> Party | None:
    """Who is reached there and called so, as far as this member may know."""
    kind = kind_of(named.address)
    if not kind:
        return None
    seen = Party.objects.visible_to(member).filter(erased_at=None, now=None, identifiers__withdrawn_at=None)
    found = seen.filter(identifiers__kind=kind, identifiers__value=_clean(kind, named.address)).order_by("pk")
    return next((party for party in found[:10] if folded_words(party.name) == folded_words(named.name)), None)


def _settle(named: Named, *, by: Member, at: datetime, became: Party | None) -> None:
    named.settled_at, named.settled_by, named.became = at, by, became
    named.save(update_fields=["settled_at", "settled_by", "became"])
    _record("named.made_known" if became else "named.left", named, by=by, at=at)


def _record(event: str, named: Named, *, by: Member | None, at: datetime) -> None:
    events.record(
        event, at=at, by_id=by.pk if by else None, subject_id=named.pk, relationship_ids=[named.relationship_id]
    )
