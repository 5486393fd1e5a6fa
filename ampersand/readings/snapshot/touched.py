"""Which relationships a snapshot has to read afresh: those of whom something changed, and those for whom time alone did it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import connection

from ampersand.parties import closed
from ampersand.parties.models import TieKind

_WORKS_AT = TieKind.WORKS_AT.value
# Who is behind a closed relationship (`parties/closed.py`).
_BEHIND_KINDS = f"('{_WORKS_AT}', '{TieKind.MEMBER_OF.value}')"


def _together(parties: str) -> str:
    """These parties with all that are taken to be the same as one of them."""
    heads = f"SELECT coalesce(p.now_id, p.id) FROM parties_party p WHERE p.id IN ({parties})"  # noqa: S608  ours
    return f"SELECT p.id FROM parties_party p WHERE p.id IN ({heads}) OR p.now_id IN ({heads})"  # noqa: S608  ours


# Ties whose last day has passed since: who acted by them stands behind a closed relationship no longer.
_TIES_THAT_ENDED = """
    INSERT INTO snapshot_line
    SELECT 'standing', unnest(ARRAY[t.from_party_id, t.to_party_id]) FROM parties_tie t
    WHERE t.until_on > %(was)s AND t.until_on <= %(is)s
"""
# What was arranged or expected and has come about, by the time or by the day it was meant for.
_COME_ABOUT = """
    INSERT INTO snapshot_line
    SELECT 'party', pt.party_id FROM timeline_moment m JOIN timeline_participant pt ON pt.moment_id = m.id
    WHERE m.happened_at > %(was)s AND m.happened_at <= %(is)s
    UNION ALL
    SELECT 'party', t.party_id FROM exchange_transaction t
    WHERE t.happened_on > %(was)s::date AND t.happened_on <= %(is)s::date
    UNION ALL
    SELECT 'party', r.party_id FROM exchange_concession c JOIN parties_relationship r ON r.id = c.relationship_id
    WHERE c.happened_on > %(was)s::date AND c.happened_on <= %(is)s::date
"""
# Who was erased is gone from what is told of those they had to do with.
_BESIDE_THE_ERASED = """
    INSERT INTO snapshot_line
    SELECT 'party', beside.party_id
    FROM snapshot_line AS line JOIN parties_party p ON p.id = line.id AND p.erased_at IS NOT NULL
    JOIN timeline_participant pt ON pt.party_id = p.id JOIN timeline_participant beside ON beside.moment_id = pt.moment_id
    WHERE line.kind = 'standing'
"""
# Where something closed is near, all of whom it changed who they stand or act for are followed to everybody they had to do
# with: what one may know of them rests on it. Rarely many, and rather too many than one too few.
_IS_CLOSED_NEAR = f"""
    SELECT EXISTS (SELECT FROM snapshot_line WHERE kind = 'closing') OR EXISTS (
        SELECT FROM ({closed.BEHIND}) AS behind JOIN snapshot_line AS line
        ON line.id = behind.party_id AND line.kind = 'standing')
"""  # noqa: S608
_WIDE = "SELECT id FROM snapshot_line WHERE kind IN ('standing', 'closing')"
_WIDE_TOGETHER = _together(_WIDE)
_ACTING_FOR_THEM = (
    f"SELECT t.from_party_id FROM parties_tie t WHERE t.kind IN {_BEHIND_KINDS} AND t.to_party_id IN ({_WIDE_TOGETHER})"  # noqa: S608
)
_FOLLOW = f"""
    WITH behind AS MATERIALIZED ({_together(f"{_WIDE} UNION ALL {_ACTING_FOR_THEM}")})
    INSERT INTO snapshot_line
    SELECT 'party', beside.party_id FROM behind JOIN timeline_participant pt ON pt.party_id = behind.id
    JOIN timeline_participant beside ON beside.moment_id = pt.moment_id
    UNION ALL
    SELECT 'party', r.party_id FROM behind JOIN promises_promise p ON behind.id IN (p.by_id, p.to_id)
    JOIN parties_relationship r ON r.id = p.relationship_id
    UNION ALL
    SELECT 'party', r.party_id FROM behind JOIN exchange_concession c ON behind.id IN (c.by_id, c.to_id)
    JOIN parties_relationship r ON r.id = c.relationship_id
"""  # noqa: S608
# What is told of a person is read where they work too.
_RELATIONSHIPS = f"""
    WITH themselves AS MATERIALIZED ({_together("SELECT id FROM snapshot_line WHERE kind <> 'relationship'")}),
    at_work AS MATERIALIZED (
        SELECT t.to_party_id AS id FROM parties_tie t JOIN themselves ON themselves.id = t.from_party_id
        WHERE t.kind = '{_WORKS_AT}')
    SELECT id FROM snapshot_line WHERE kind = 'relationship'
    UNION
    SELECT r.id FROM parties_relationship r WHERE r.party_id IN (SELECT id FROM themselves)
    UNION
    SELECT r.id FROM parties_relationship r WHERE r.party_id IN ({_together("SELECT id FROM at_work")})
"""  # noqa: S608


def find(*, since: datetime, as_of: datetime, day_since: date, day: date) -> list[UUID]:
    """The relationships touched by the lines laid out (`lines.lay_out`) or by time having passed, those gone among them."""
    times = {"was": since, "is": as_of}
    days = {"was": day_since, "is": day}
    with connection.cursor() as cursor:
        cursor.execute(_TIES_THAT_ENDED, days)
        cursor.execute(_COME_ABOUT, times)
        cursor.execute("ANALYZE pg_temp.snapshot_line")
        cursor.execute(_BESIDE_THE_ERASED)
        cursor.execute(_IS_CLOSED_NEAR)
        if cursor.fetchone()[0]:
            cursor.execute(_FOLLOW)
        cursor.execute(_RELATIONSHIPS)
        return sorted(row[0] for row in cursor.fetchall())
