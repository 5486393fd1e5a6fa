"""Saying what a promise is of, where its words do not tell it or tell it wrongly."""

from __future__ import annotations

from ampersand.core.whole import whole
from ampersand.parties.speaking import Speaker
from ampersand.promises import saying
from ampersand.promises.kinds import Kind, kind_of
from ampersand.promises.models import Promise
from ampersand.promises.sides import not_yours, side_of
from ampersand.promises.states import Side


@whole
def say_kind(promise: Promise, kind: str, *, speaker: Speaker) -> Promise:
    """Say, as its promiser's side, what a promise is of. Said as its words tell it, or said twice, nothing is kept of it.

    Raises NotYoursToSay for anybody else, ValueError for what is no kind.
    """
    told = Kind(kind)
    locked = saying.fetch_locked(promise)
    if side_of(locked, speaker) is not Side.PROMISER:
        raise not_yours()
    if told == locked.sort:
        return locked
    locked.kind = "" if told == kind_of(locked.words) else told
    locked.kind_at = speaker.at
    locked.save(update_fields=["kind", "kind_at"])
    saying.record("promise.sorted", locked, at=speaker.at, by=speaker.by)
    return locked
