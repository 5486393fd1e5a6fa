"""What is asked about what happened."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection


def met_by_source(source_id: UUID, *, until: datetime, at_most: int) -> dict[UUID, datetime]:
    """The parties from outside who met one of ours in moments this source told, with when they first did.

    Counts what stands in the house's room and has happened by `until`, and no moment of more than `at_most` people. A
    party that stands for another is answered as that one.
    """
    with connection.cursor() as cursor:
        cursor.execute(_MET, {"source": source_id, "until": until, "at_most": at_most})
        return dict(cursor.fetchall())


_MET = """
    WITH told AS (
        SELECT DISTINCT moment.id, moment.happened_at
        FROM timeline_telling AS telling JOIN timeline_moment AS moment ON moment.id = telling.moment_id
        WHERE telling.source_id = %(source)s AND moment.withdrawn_at IS NULL AND moment.room <> 'mine'
            AND moment.happened_at <= %(until)s),
    encounter AS (
        SELECT told.id, told.happened_at FROM told JOIN timeline_participant AS taker ON taker.moment_id = told.id
        GROUP BY told.id, told.happened_at HAVING count(*) <= %(at_most)s AND bool_or(taker.is_ours))
    SELECT party.id, min(encounter.happened_at)
    FROM encounter JOIN timeline_participant AS taker ON taker.moment_id = encounter.id
    JOIN parties_party AS told_as ON told_as.id = taker.party_id
    JOIN parties_party AS party ON party.id = coalesce(told_as.now_id, told_as.id)
    WHERE NOT taker.is_ours AND party.member_id IS NULL AND NOT party.is_house AND NOT party.is_colleague
        AND party.erased_at IS NULL
    GROUP BY party.id
"""
