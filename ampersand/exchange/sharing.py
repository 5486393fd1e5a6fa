"""Something that was given is moved between the two sides: outward only, by an act of a member, who is shown first what the
other will read of it. It is then theirs to say their half of it.
"""

from __future__ import annotations

from datetime import datetime

from ampersand.core import events
from ampersand.core.rooms import Room
from ampersand.core.whole import whole
from ampersand.exchange.models import Concession
from ampersand.members.models import Member


def may_be_shared(concession: Concession, member: Member) -> bool:
    """Whoever sees it may share it; what is a member's own, only that member."""
    is_theirs = concession.room != Room.MINE or concession.told_by_id == member.pk
    return concession.room != Room.BETWEEN and is_theirs and concession.withdrawn_at is None


def they_would_see(concession: Concession) -> list[str]:
    """What the other side will read: what was given, and both halves as far as they were said."""
    return list(filter(None, [concession.words, concession.cost_words, concession.worth_words]))


@whole
def share(concession: Concession, *, by: Member, at: datetime) -> Concession:
    """Move it between the two sides. It goes outward only and stays there; shared twice, it is shared once."""
    locked = Concession.objects.select_for_update().get(pk=concession.pk)
    if locked.room != Room.BETWEEN:
        locked.room = Room.BETWEEN
        locked.save(update_fields=["room"])
        events.record(
            "concession.shared", at=at, by_id=by.pk, subject_id=locked.pk, relationship_ids=[locked.relationship_id]
        )
    return locked
