"""What happens when two do the same at the same time: it is done once, and nobody sees an error."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from uuid import uuid4

import pytest

from ampersand.core.models import Source, SourceKind
from ampersand.notebook import actions
from ampersand.notebook.models import Note
from ampersand.parties.actions import Teller
from ampersand.promises import actions as promises
from ampersand.promises.models import PromiseEvent
from ampersand.timeline import actions as timeline
from ampersand.timeline.actions import Happening, Taker
from ampersand.timeline.models import Moment
from tests.at_once import at_once
from tests.cast import Cast, moment, promise, says

AT = datetime(2026, 10, 6, 10, 52, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_note_sent_several_times_at_once_is_kept_once(cast: Cast) -> None:
    device_id = uuid4()
    sources = Source.objects.count()

    keep = partial(
        actions.keep,
        "Visited Jane Okafor. I will send her the volumes by Friday.",
        member=cast.maya, device_id=device_id, written_at=AT, zone="UTC", at=AT,
    )  # fmt: skip

    kept = at_once(keep, keep, keep, keep)

    assert {note.pk for note in kept} == {Note.objects.get().pk}
    assert (Moment.objects.count(), Source.objects.count()) == (1, sources + 1)


def test_a_join_taken_apart_several_times_at_once_comes_apart_once(cast: Cast) -> None:
    told = moment(cast.jane, by=cast.maya, key="event:1/")
    source = Source.objects.create(kind=SourceKind.CALENDAR, made_at=AT)
    happening = Happening(mode="visit", happened_at=AT, zone="UTC", takers=[Taker(cast.jane)], key="event:1/")
    joined = timeline.join(told, happening, teller=Teller(at=AT, by=cast.maya, source=source))

    apart = partial(timeline.take_apart, joined, by=cast.maya, at=AT)

    alone = at_once(apart, apart, apart)

    assert {one.pk for one in alone} == set(Moment.objects.exclude(pk=told.pk).values_list("pk", flat=True))
    assert len({one.pk for one in alone}) == 1


def test_a_promise_called_several_times_at_once_is_called_once(cast: Cast) -> None:
    theirs = promise(cast.jane, cast.maya.party, told_by=cast.maya)

    call = partial(promises.call, theirs, "kept", speaker=says(cast.maya, at=AT))

    at_once(call, call, call)

    assert PromiseEvent.objects.filter(promise=theirs).count() == 1
