"""Whose word something is. Each speaks only for itself; what a member tells of the other side is marked as told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ampersand.members.models import Member
from ampersand.parties.models import Party
from ampersand.parties.voices import Voice

__all__ = ["NotOurs", "NotTheirs", "Speaker", "Voice"]


@dataclass(frozen=True)
class Speaker:
    """Whose word it is, in which voice, by whose hand it was written down, and when.

    `by` is the member whose hand it was; None where the other side wrote it itself, on its own page. Make one with `ourselves`,
    `told` or `themselves`, which hold what may be together.
    """

    party: Party
    voice: Voice
    at: datetime
    by: Member | None

    @classmethod
    def ourselves(cls, party: Party, *, by: Member, at: datetime) -> Speaker:
        """A member who speaks as the house, or as the person they are. Raises NotOurs for a party of the other side."""
        if not party.is_ours:
            raise NotOurs(party)
        return cls(party=party, voice=Voice.OWN, at=at, by=by)

    @classmethod
    def told(cls, party: Party, *, by: Member, at: datetime) -> Speaker:
        """The word of the other side, written down by a member ("she confirmed by phone"). Raises NotTheirs for one of us."""
        if party.is_ours:
            raise NotTheirs(party)
        return cls(party=party, voice=Voice.TOLD_BY_US, at=at, by=by)

    @classmethod
    def themselves(cls, party: Party, *, at: datetime) -> Speaker:
        """Somebody of the other side, by their own hand. Raises NotTheirs for one of us."""
        if party.is_ours:
            raise NotTheirs(party)
        return cls(party=party, voice=Voice.OWN, at=at, by=None)

    @property
    def is_ours(self) -> bool:
        return self.party.is_ours

    @property
    def by_id(self) -> UUID | None:
        return self.by.pk if self.by else None


class NotOurs(PermissionError):
    """Only one of us speaks for our side."""


class NotTheirs(PermissionError):
    """Only somebody of the other side speaks for it."""
