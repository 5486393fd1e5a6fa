"""Telling by hand how two parties stand to each other, in the words of a kind or in words of the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ampersand.core.folding import fold
from ampersand.core.whole import whole
from ampersand.members.models import Member
from ampersand.parties import actions
from ampersand.parties.actions import Teller
from ampersand.parties.erasing import wait_for_erasure
from ampersand.parties.models import Because, Party, PartyKind, Tie, TieKind

# Words in use that are offered again; more of them are no help.
OFFERED_MAX = 50
# What stands at the other end of these is an organisation: from `from_party` to `to_party`.
_LEADS_TO_ORGANISATIONS = (TieKind.WORKS_AT, TieKind.MEMBER_OF, TieKind.PART_OF)
_OF_TWO_ALIKE = (TieKind.SUPPLIES, TieKind.COMPETES_WITH, TieKind.PARTNER_OF)


@dataclass(frozen=True)
class Told:
    """How another stands to a party: `is_from` where it is the party that does it (`TieKind`), and not the other.

    Words of the house: `says` what the other is to the party, `says_back` what the party is to the other.
    """

    kind: str
    is_from: bool = False
    says: str = ""
    says_back: str = ""
    role: str = ""
    from_on: date | None = None


def called(name: str, *, besides: Party, member: Member) -> list[Party]:
    """Who is called exactly so, of those the member may see, and is not the party itself: two at most."""
    key = " ".join(fold(name).split())
    others = Party.objects.visible_to(member).filter(now=None, erased_at=None, is_house=False, sort_key=key)
    return list(others.exclude(pk=besides.now_id or besides.pk).order_by("id")[:2]) if key else []


@whole
def tie(party: Party, other: Party | str, told: Told, *, by: Member, teller: Teller) -> Tie | None:
    """Tell how another stands to `party`. Told as a name they are new, and are written down by it.

    Of one who was erased meanwhile nothing is written. Raises SameParty.
    """
    for one in (party, *([other] if isinstance(other, Party) else [])):
        wait_for_erasure(one.pk)
        one.refresh_from_db(fields=["erased_at"])
        if one.erased_at is not None:
            return None
    if isinstance(other, str):
        other = actions.name_party(other.strip(), kind=_kind_of_other(party, told), teller=teller)
        actions.keep_and_tend(other, because=Because.TYPED, known_at=teller.at, teller=teller, tended_by=by)
    ends = (party, other) if told.is_from else (other, party)
    return actions.tell_tie(
        kind=told.kind,
        from_party=ends[0],
        to_party=ends[1],
        says=told.says,
        says_back=told.says_back,
        role=told.role,
        from_on=told.from_on,
        teller=teller,
    )


def _kind_of_other(party: Party, told: Told) -> str:
    if told.kind in _LEADS_TO_ORGANISATIONS:
        alike = party.kind if told.kind == TieKind.PART_OF else PartyKind.PERSON
        return PartyKind.ORGANISATION if told.is_from else alike
    return party.kind if told.kind in _OF_TWO_ALIKE else PartyKind.PERSON


def words_in_use(member: Member) -> list[tuple[str, str]]:
    """The words of the house for ties that the member may see, from both ends: `says` and `says_back`."""
    told = Tie.objects.visible_to(member).standing().filter(kind=TieKind.OWN).exclude(says="")
    return list(told.order_by("says", "says_back").values_list("says", "says_back").distinct()[:OFFERED_MAX])
