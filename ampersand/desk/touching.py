"""Who else a meeting touches: those who are tied to the other side, each with how, a handful at most."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from ampersand.desk.tie_words import tie_words
from ampersand.members.models import Member
from ampersand.parties.models import Party, Relationship, Tie

TOUCHED_MAX = 9


def touched_by(relationship: Relationship, *, member: Member, today: date) -> tuple[tuple[str, str], ...]:
    """Names and ties, the kinds that are nearest first. Two queries."""
    same = list(Party.objects.the_same([relationship.party_id]))
    ties = Tie.objects.visible_to(member).standing().current(today)
    of_them = ties.filter(Q(from_party__in=same) | Q(to_party__in=same)).select_related(
        "from_party__now", "to_party__now"
    )
    found: dict[str, str] = {}
    for tie in of_them.order_by("kind", "told_at", "id")[: TOUCHED_MAX * 3]:
        other = tie.to_party if tie.from_party_id in same else tie.from_party
        found.setdefault(str(other), tie.role or tie_words(tie, seen_from=relationship.party_id))
    return tuple(found.items())[:TOUCHED_MAX]
