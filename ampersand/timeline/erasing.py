"""What an erasure takes from the timeline: the words of the moments, and what each source said of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from ampersand.core import erasure, search
from ampersand.core.erasure import Erasing
from ampersand.parties.erasing import name_words
from ampersand.timeline import actions
from ampersand.timeline.models import Attachment, Moment, Participant, ParticipantRole, Telling, Thread

_WORDS = ("subject", "words", "body", "where")


def take_away(erasing: Erasing) -> int:
    """The step of this app.

    A moment with nobody else from outside, or that the erased one wrote, keeps its dates, its mode and who took part,
    and no words. One with others keeps its words but for the names and addresses of the erased one.
    """
    theirs = with_them(erasing.party_ids)
    alone = list(theirs.filter(~Exists(_others(erasing)) | Exists(_by_them(erasing))).values_list("pk", flat=True))
    shared = list(theirs.exclude(pk__in=alone).values_list("pk", flat=True))
    threads = set(theirs.exclude(thread=None).values_list("thread_id", flat=True))
    return sum(
        (
            _blank(alone),
            _strike_in(shared, texts=[*erasing.texts, *name_words(erasing.party_ids)]),
            _strike_elsewhere(erasing),
            _quiet_threads(threads),
        )
    )


def with_them(party_ids: Iterable[UUID]) -> QuerySet[Moment]:
    """The moments that any of these parties took part in."""
    return Moment.objects.filter(Exists(Participant.objects.filter(moment=OuterRef("pk"), party__in=list(party_ids))))


def _others(erasing: Erasing) -> QuerySet[Participant]:
    return Participant.objects.filter(moment=OuterRef("pk"), is_ours=False).exclude(party__in=erasing.party_ids)


def _by_them(erasing: Erasing) -> QuerySet[Participant]:
    return Participant.objects.filter(moment=OuterRef("pk"), role=ParticipantRole.FROM, party__in=erasing.party_ids)


def _blank(moment_ids: list[UUID]) -> int:
    search.remove(moment_ids)
    attached = Attachment.objects.filter(moment__in=moment_ids)
    erasure.let_go_of_files(attached.values_list("file_id", flat=True))
    tellings = list(Telling.objects.filter(moment__in=moment_ids))
    for telling in tellings:
        telling.said = _without_words(telling.said)
        telling.key, telling.place = erasure.sealed(telling.key)[:500], ""
    Telling.objects.bulk_update(tellings, ["said", "key", "place"], batch_size=500)
    return sum(
        (
            erasure.take_away(attached),
            erasure.blank(Telling.objects.filter(moment__in=moment_ids), place=""),
            erasure.blank(Moment.objects.filter(pk__in=moment_ids), place="", **dict.fromkeys(_WORDS, "")),
        )
    )


def _without_words(said: dict[str, Any]) -> dict[str, Any]:
    """What a source said, without what it said: the people, the times and what was joined stay, so that a join can be undone."""
    kept = {"mode", "happened_at", "ended_at", "zone", "is_all_day", "began", "parties", "joined", "added", "filled"}
    return {name: value if name in kept else "" for name, value in said.items()}


def _strike_in(moment_ids: list[UUID], *, texts: list[str]) -> int:
    if not (pattern := erasure.pattern_of(texts)) or not moment_ids:
        return 0
    found = re.compile(pattern, re.IGNORECASE)
    moments = list(Moment.objects.filter(pk__in=moment_ids))
    for moment in moments:
        for name in _WORDS:
            setattr(moment, name, found.sub(erasure.STRUCK, getattr(moment, name)))
    Moment.objects.bulk_update(moments, list(_WORDS), batch_size=500)
    tellings = list(Telling.objects.filter(moment__in=moment_ids))
    for telling in tellings:
        telling.said = {
            name: found.sub(erasure.STRUCK, value) if isinstance(value, str) else value
            for name, value in telling.said.items()
        }
    Telling.objects.bulk_update(tellings, ["said"], batch_size=500)
    attached = list(Attachment.objects.filter(moment__in=moment_ids))
    for one in attached:
        one.name = found.sub(erasure.STRUCK, one.name)
    Attachment.objects.bulk_update(attached, ["name"], batch_size=500)
    erasure.blank(Moment.objects.filter(pk__in=moment_ids), place="")
    erasure.blank(Telling.objects.filter(moment__in=moment_ids), place="")
    for moment in moments:
        actions.index(moment)
    return len(moments)


def _strike_elsewhere(erasing: Erasing) -> int:
    """In moments they took no part in, where somebody spoke of them by their whole name."""
    spoken_of = erasure.find(Moment, *_WORDS, texts=erasing.texts)
    struck = erasure.strike(Moment, *_WORDS, texts=erasing.texts)
    erasure.strike(Telling, "said", texts=erasing.texts)
    erasure.strike(Attachment, "name", texts=erasing.texts)
    erasure.strike(Thread, "subject", texts=erasing.texts)
    for moment in Moment.objects.filter(pk__in=spoken_of):
        actions.index(moment)
    return struck


def _quiet_threads(thread_ids: set[UUID]) -> int:
    """A thread whose moments say nothing any more is called nothing."""
    speaking = Moment.objects.filter(thread=OuterRef("pk")).exclude(subject="")
    return Thread.objects.filter(~Exists(speaking), pk__in=thread_ids).exclude(subject="").update(subject="")
