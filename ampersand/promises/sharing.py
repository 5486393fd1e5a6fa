"""A promise is moved between the two sides: outward only, by an act of a member, who is shown first what the other will see."""

from __future__ import annotations

from datetime import datetime

from ampersand.core import events
from ampersand.core.rooms import Room
from ampersand.core.whole import whole
from ampersand.members.models import Member
from ampersand.promises.models import Promise


class NotToBeShared(ValueError):
    """What is promised among ourselves, or to everybody, has no other side to be shared with."""


def may_be_shared(promise: Promise, member: Member) -> bool:
    """Whoever sees it may share it; what is a member's own, only that member."""
    is_theirs = promise.room != Room.MINE or promise.told_by_id == member.pk
    return (
        promise.room != Room.BETWEEN and is_theirs and promise.relationship_id is not None and promise.to_id is not None
    )


def they_would_see(promise: Promise) -> list[str]:
    """What the other side will read: its words, its condition, and every word that was said of it since."""
    return [
        promise.words,
        *filter(None, [promise.condition]),
        *(event.words for event in promise.said() if event.words),
    ]


@whole
def share(promise: Promise, *, by: Member, at: datetime) -> Promise:
    """Move a promise between the two sides. It goes outward only and stays there; shared twice, it is shared once.

    Raises NotToBeShared.
    """
    locked = Promise.objects.select_for_update().get(pk=promise.pk)
    if locked.relationship_id is None or locked.to_id is None:
        raise NotToBeShared(promise)
    if locked.room != Room.BETWEEN:
        locked.room = Room.BETWEEN
        locked.save(update_fields=["room"])
        events.record(
            "promise.shared", at=at, by_id=by.pk, subject_id=locked.pk, relationship_ids=[locked.relationship_id]
        )
    return locked
