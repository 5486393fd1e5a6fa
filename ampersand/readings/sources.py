"""The snapshot that measures read: one function a table, each as SQL that PostgreSQL runs and as the schema it gives.

For the whole book the SQL is copied out to a file that DuckDB reads; for a few relationships it stands under the measure's
own SQL as a common table expression. Either way a measure sees the same columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import ibis
import ibis.expr.types as ir

from ampersand.parties import closed

CONTACTS_SCHEMA = {
    "relationship_id": "string",
    "moment_id": "string",
    "day": "int64",
    "at": "int64",
    "mode": "string",
    "began": "string",
    "asks_answer": "boolean",
    "is_settled": "boolean",
}


def contacts() -> ir.Table:
    """Contact between the two sides, a row for each moment and relationship it belongs to.

    `day` counts local calendar days since 1970 in the zone the moment was meant in, `at` is seconds since 1970 UTC,
    `began` is `us`, `them` or empty where the moment belongs to both. `is_settled` says of what asks for an answer that
    somebody else gave it.
    """
    return ibis.table(CONTACTS_SCHEMA, name="contacts")


def contacts_sql(*, as_of: datetime, relationship_ids: Sequence[UUID] | None = None) -> str:
    """SQL for `contacts` as known and as happened until `as_of`: of some relationships, or of all.

    Of several that are taken for one, the one they stand for has the moments of all, and the others have none here. An
    organisation has the moments of its people while their ties to it lasted. Left out: what was withdrawn, what is
    in *mine*, moments in which either side was only in copy (what we overhear on a list is no contact), what somebody else
    wrote to them and to us, and moments that somebody who sees this relationship may not see, since somebody in them
    stands behind another that is closed: a reading is one for all, and must tell nobody what is closed to them.
    """
    only = ""
    if relationship_ids is not None:
        ids = ", ".join(f"'{UUID(str(relationship_id))}'" for relationship_id in relationship_ids)
        only = f"WHERE r.id = ANY (ARRAY[{ids}]::uuid[])"
    until = f"'{as_of.isoformat()}'::timestamptz"
    # No words of anybody stand in this text: a UUID and a time, both made here.
    return f"""
        WITH itself AS (
            SELECT r.id AS relationship_id, r.party_id
            FROM parties_relationship r JOIN parties_party p ON p.id = r.party_id AND p.now_id IS NULL {only}
            UNION ALL
            SELECT r.id, p.id FROM parties_relationship r JOIN parties_party p ON p.now_id = r.party_id {only}
        ),
        acting AS (
            SELECT itself.relationship_id, t.from_party_id AS party_id, t.from_on, t.until_on
            FROM itself JOIN parties_tie t ON t.to_party_id = itself.party_id AND t.kind = 'works_at'
                AND (t.withdrawn_at IS NULL OR t.withdrawn_at > {until})
        ),
        people AS (
            SELECT relationship_id, party_id, NULL::date AS from_on, NULL::date AS until_on FROM itself
            UNION ALL
            SELECT relationship_id, party_id, from_on, until_on FROM acting
            UNION ALL
            SELECT acting.relationship_id, p.now_id, acting.from_on, acting.until_on
            FROM acting JOIN parties_party p ON p.id = acting.party_id AND p.now_id IS NOT NULL
            UNION ALL
            SELECT acting.relationship_id, same.id, acting.from_on, acting.until_on
            FROM acting JOIN parties_party p ON p.id = acting.party_id
            JOIN parties_party same ON same.now_id = coalesce(p.now_id, p.id) AND same.id <> p.id
        ),
        behind AS MATERIALIZED ({closed.BEHIND}),
        unseen AS MATERIALIZED (
            SELECT DISTINCT pt.moment_id, behind.relationship_id
            FROM behind JOIN timeline_participant pt ON pt.party_id = behind.party_id
        ),
        as_closed AS MATERIALIZED ({closed.AS_CLOSED})
        SELECT DISTINCT people.relationship_id::text AS relationship_id, m.id::text AS moment_id,
            (m.on_day - DATE '1970-01-01')::bigint AS day, floor(extract(epoch FROM m.happened_at))::bigint AS at,
            m.mode::text AS mode, m.began::text AS began, m.asks_answer AS asks_answer,
            m.is_settled_by_others AS is_settled
        FROM people
        JOIN timeline_participant pt ON pt.party_id = people.party_id AND pt.role <> 'copy'
            AND pt.happened_at <= {until}
        JOIN timeline_moment m ON m.id = pt.moment_id AND m.room <> 'mine' AND m.told_at <= {until}
            AND NOT (m.began = 'them' AND pt.role = 'to')
            AND (m.withdrawn_at IS NULL OR m.withdrawn_at > {until})
            AND (people.from_on IS NULL OR m.on_day >= people.from_on)
            AND (people.until_on IS NULL OR m.on_day < people.until_on)
            AND (
                NOT EXISTS (SELECT FROM timeline_participant us WHERE us.moment_id = m.id AND us.is_ours)
                OR EXISTS (
                    SELECT FROM timeline_participant us
                    WHERE us.moment_id = m.id AND us.is_ours AND us.role <> 'copy'))
        WHERE NOT EXISTS (
            SELECT FROM unseen
            WHERE unseen.moment_id = m.id AND unseen.relationship_id <> people.relationship_id
            AND (people.relationship_id, unseen.relationship_id) NOT IN (SELECT one, other FROM as_closed))
    """  # noqa: S608
