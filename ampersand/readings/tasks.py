"""Readings, later: of one relationship after each change, of a whole source after an import, of the book each night."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from ampersand.core import events
from ampersand.core.among import among
from ampersand.core.models import Touched
from ampersand.parties.models import Party, Relationship, Tie, TieKind
from ampersand.timeline.models import Participant


@app.task(name=events.REFRESH)
def refresh(relationship_ids: Sequence[str] = (), relationship_id: str = "") -> None:
    """Read afresh what was touched since. (The arguments are how a version before queued what is to be read.)"""
    from ampersand.readings import actions

    touched = dict(Touched.objects.values_list("relationship_id", "at")[: events.READ_TOGETHER_MAX + 1])
    ids = [*touched, *(UUID(one) for one in (*relationship_ids, relationship_id) if one)]
    if len(ids) > events.READ_TOGETHER_MAX:
        touched = dict(Touched.objects.values_list("relationship_id", "at"))
        actions.read_all(at=timezone.now())
    elif ids:
        actions.read_some(ids, at=timezone.now())
    if not touched:
        return
    # What was touched again while it was read stays, and whoever touched it queued another job.
    Touched.objects.filter(among("relationship_id", list(touched)), at__lte=max(touched.values())).delete()


@app.task(name="ampersand.readings.tasks.refresh_source")
def refresh_source(source_id: str) -> None:
    """Read what one import touched."""
    from ampersand.readings import actions

    parties = Participant.objects.filter(moment__tellings__source_id=source_id).values("party_id")
    people = Party.objects.filter(pk__in=parties)
    works = Tie.objects.filter(kind=TieKind.WORKS_AT, from_party__in=people).values("to_party_id")
    touched = list(
        Relationship.objects.filter(party__in=people)
        .union(Relationship.objects.filter(party_id__in=works))
        .values_list("pk", flat=True)[: events.READ_TOGETHER_MAX + 1]
    )
    if len(touched) > events.READ_TOGETHER_MAX:
        actions.read_all(at=timezone.now())
    else:
        actions.read_some(touched, at=timezone.now())


@app.task(name=events.READ_ALL, queueing_lock="readings:all")
def read_all() -> None:
    """Read the whole book."""
    from ampersand.readings import actions

    actions.read_all(at=timezone.now())
