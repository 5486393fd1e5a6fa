"""What a member does with their own Today. Nobody else sees it."""

from __future__ import annotations

from datetime import datetime

from ampersand.core.whole import whole
from ampersand.desk.models import SetAside
from ampersand.members.models import Member
from ampersand.parties.models import Relationship


@whole
def set_aside(relationship: Relationship, *, kind: str, reason: str, by: Member, at: datetime) -> SetAside:
    """Set a line of Today aside: not now (back with another reason), or let it rest (until they move)."""
    return SetAside.objects.create(
        member=by, relationship=relationship, kind=SetAside.Kind(kind), reason=reason[:80], at=at
    )


@whole
def take_back(act: SetAside, *, by: Member, at: datetime) -> None:
    """Put the line back. Done twice, it is done once."""
    if act.taken_back_at is None:
        act.taken_back_at = at
        act.save(update_fields=["taken_back_at"])
