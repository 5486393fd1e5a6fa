"""Saying what a promise is about, where its words do not tell it or tell it wrongly."""

from __future__ import annotations

from ampersand.core.whole import whole
from ampersand.parties.speaking import Speaker
from ampersand.promises import saying
from ampersand.promises.kinds import Kind
from ampersand.promises.models import Promise
from ampersand.promises.sides import not_yours, side_of
from ampersand.promises.states import EventKind, Side


@whole
def say_kind(promise: Promise, kind: str, *, speaker: Speaker) -> Promise:
    """Say, as its promiser's side, what a promise is about: it stands beside all else that was said of it, in whose voice and
    when, and holds until they say otherwise. What it is about already is not said again.

    Raises NotYoursToSay for anybody else, ValueError for what is no kind.
    """
    told = Kind(kind)
    locked = saying.fetch_locked(promise)
    if side_of(locked, speaker) is not Side.PROMISER:
        raise not_yours()
    if told != locked.sort:
        saying.write_event(locked, EventKind.SORTED, speaker=speaker, sort=told)
        locked.kind = told
        locked.save(update_fields=["kind"])
    return locked
