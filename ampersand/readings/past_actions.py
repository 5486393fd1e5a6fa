"""Reading past days: a few relationships on PostgreSQL, the whole book from a snapshot of that day that goes with the run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.db.models import Count, Max
from django.utils import timezone

from ampersand.parties.erasing import wait_for_erasure
from ampersand.parties.models import Relationship
from ampersand.readings import engines, storing
from ampersand.readings.actions import made, read_with
from ampersand.readings.engines import Told
from ampersand.readings.fitted import Fitted
from ampersand.readings.making.whole import Making
from ampersand.readings.models import PastRead, PastReading, Reading
from ampersand.readings.past import end_of

# So many whole days are kept at a time; of more, those go that were read longest ago.
DAYS_KEPT = 8
_PUT_TOGETHER = 2_000
# A day of which so many relationships are read was read whole.
WHOLE_FROM = 1_000
_NAMES = [field.attname for field in Reading._meta.concrete_fields if not field.primary_key]


def read_past(relationship_ids: Sequence[UUID], *, on: date) -> int:
    """Read some relationships as they were known at the end of a day, on PostgreSQL. Answers how many readings there are."""
    at = end_of(on)
    with transaction.atomic():
        asked = Relationship.objects.filter(pk__in=relationship_ids)
        wait_for_erasure(*asked.values_list("party_id", flat=True))
        # Who is read anew meanwhile, because something was closed or erased, waits, and then takes this away.
        there = asked.filter(party__erased_at=None).select_for_update(no_key=True).order_by("pk")
        ids = list(there.values_list("pk", flat=True))
        engine = engines.OnPostgres(as_of=at, relationship_ids=ids)
        readings = made(engine, at=at)
        _put(readings, ids, on=on)
    return len(readings)


def read_past_whole(*, on: date, engine: str = "", told: Told = engines.unheard) -> int:
    """Read the whole book as it was known at the end of a day. Answers how many readings there are."""
    at, began, count = end_of(on), timezone.now(), 0
    make_room(on)
    making, fitted = Making.of(at), Fitted.known_at(at)
    with (
        engines.whole_book(as_of=at, engine=engine, told=told, is_past=True) as book,
        storing.put_as_of(on, making, began=began) as put,
    ):
        for number, part in enumerate(book.parts()):
            told("read", number, book.part_count())
            count += put(read_with(part, fitted=fitted, making=making))
    told("kept", 0, 1)
    _mark_all(on, began)
    told("kept", 1, 1)
    return count


def _put(readings: Iterable[Reading], relationship_ids: Sequence[UUID], *, on: date) -> None:
    rows = [_past_of(reading, on) for reading in readings]
    fields = [field.name for field in PastReading._meta.concrete_fields if not field.primary_key]
    for start in range(0, len(rows), _PUT_TOGETHER):
        PastReading.objects.bulk_create(
            rows[start : start + _PUT_TOGETHER], update_conflicts=True, unique_fields=["id"], update_fields=fields
        )
    now = timezone.now()
    PastRead.objects.bulk_create(
        [PastRead(relationship_id=pk, on=on, read_at=now) for pk in relationship_ids], ignore_conflicts=True
    )


def _past_of(reading: Reading, on: date) -> PastReading:
    """The same, under a name that stays: a page that is open goes on opening what its sentences rest on."""
    told = {name: getattr(reading, name) for name in _NAMES}
    return PastReading(id=uuid5(reading.id, on.isoformat()), on=on, **told)


def _mark_all(on: date, began: datetime) -> None:
    """All are read as of that day, but for those that were read anew since this began, or whose party was erased: of them
    what was put is taken away, since it may rest on what was closed or is gone."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TAKE_AWAY, {"on": on, "began": began})
        cursor.execute(_MARK, {"on": on, "began": began})


_ANEW = """
    SELECT r.id FROM parties_relationship r JOIN parties_party p ON p.id = r.party_id
    WHERE p.erased_at IS NOT NULL OR p.now_id IS NOT NULL
        OR EXISTS (SELECT FROM readings_reading now WHERE now.relationship_id = r.id AND now.as_known_at > %(began)s)
        OR EXISTS (SELECT FROM core_touched touched WHERE touched.relationship_id = r.id AND touched.at > %(began)s)
"""
_TAKE_AWAY = f'DELETE FROM readings_pastreading WHERE "on" = %(on)s AND relationship_id IN ({_ANEW})'  # noqa: S608  ours
_MARK = f"""
    INSERT INTO readings_pastread (relationship_id, "on", read_at)
    SELECT id, %(on)s, %(began)s FROM parties_relationship WHERE id NOT IN ({_ANEW})
    ON CONFLICT DO NOTHING
"""  # noqa: S608  ours


def make_room(on: date) -> None:
    """For one more day that is read whole."""
    days = PastRead.objects.exclude(on=on).values("on").annotate(number=Count("pk"), read=Max("read_at"))
    latest_first = sorted(days, key=lambda row: row["read"], reverse=True)
    whole = [row["on"] for row in latest_first if row["number"] > WHOLE_FROM]
    for gone in whole[DAYS_KEPT - 1 :]:
        PastReading.objects.filter(on=gone).delete()
        PastRead.objects.filter(on=gone).delete()
