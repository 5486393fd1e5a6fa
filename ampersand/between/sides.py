"""The two sides of what lies between: who may speak for which."""

from __future__ import annotations

from ampersand.parties.models import Relationship
from ampersand.parties.speaking import NotOurs, NotTheirs, Speaker, Voice
from ampersand.terms import queries


def require_part(speaker: Speaker, relationship: Relationship) -> None:
    """Raises NotOurs or NotTheirs for somebody who speaks for neither side of this relationship.

    For the other side speak the party itself, all that are taken for it, and who works at it; for ours any member.
    """
    if speaker.is_ours:
        if speaker.by is None or speaker.by.left_at is not None:
            raise NotOurs(speaker.party)
        return
    theirs = queries.the_same(relationship.party)
    if speaker.party.pk not in theirs and not theirs & queries.acts_for([speaker.party.pk], at=speaker.at):
        raise NotTheirs(speaker.party)


def require_own_hand(speaker: Speaker) -> None:
    """Raises NotTheirs where a member would say for the other side what only its own hand may write."""
    if not speaker.is_ours and (speaker.voice != Voice.OWN or speaker.by is not None):
        raise NotTheirs(speaker.party)
