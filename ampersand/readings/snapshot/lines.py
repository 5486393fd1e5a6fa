"""What the database noted of changes (`core/changes.py`), read for one snapshot and taken away with it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import connection

from ampersand.core.models import Change, ChangeKind

# A fact carries the time its teller's clock showed. Lines so young when the snapshot was taken are looked at once more, so
# that one which was told a little "later" than the snapshot is not missed.
LOOKED_AT_AGAIN = timedelta(hours=1)

_LAY_OUT = """
    CREATE TEMPORARY TABLE snapshot_line ON COMMIT DROP AS
    SELECT DISTINCT change.kind, touched.id FROM core_change AS change, unnest(change.object_ids) AS touched (id)
"""


def lay_out() -> None:
    """Lay what this transaction sees of changes into the table `snapshot_line` (kind, id), which goes with it."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.snapshot_line")
        cursor.execute(_LAY_OUT)


def take_away(*, as_of: datetime) -> None:
    """Take away the lines that this transaction sees: no others, whenever those were written."""
    Change.objects.filter(at__lt=as_of - LOOKED_AT_AGAIN).delete()


def reach_all_of_the_book() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM snapshot_line WHERE kind = %s)", [ChangeKind.BOOK.value])
        (found,) = cursor.fetchone()
    return bool(found)


def today() -> date:
    """The day by the clock of the database, by which ties end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_DATE::text")
        (day,) = cursor.fetchone()
    return date.fromisoformat(day)
