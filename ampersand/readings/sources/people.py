"""Who is behind each relationship, for all sources alike: its party, all that are taken for the same, and its people.

Each part is a common table expression of PostgreSQL, made once for a statement however many sources it reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from ampersand.parties import closed

# Days count from 1970, as in every source.
DAY = "({column} - DATE '1970-01-01')::bigint"

# Several people of an organisation may bring the same row. A copy of the whole book is rid of them afterwards, slice by
# slice: to hold tens of millions of rows beside each other takes PostgreSQL longer than to find them.
EACH_ONCE, EACH_AS_FOUND = "DISTINCT", ""

# What else a source may ask of: `unseen` has the moments with somebody behind closed relationships, and which, `as_closed`
# the pairs of closed relationships of which who sees the one sees the other.
PARTS = ("itself", "acting", "people", "behind", "as_closed", "unseen")


# Days are those of the house, where something has an instant and no day of its own.
ZONE = "(SELECT coalesce(max(time_zone), 'UTC') FROM members_house)"


def local_day(at: datetime) -> str:
    """The day of the house at a time, as PostgreSQL reads it."""
    return f"({instant(at)} AT TIME ZONE {ZONE})::date"


def instant(at: datetime) -> str:
    """A time as PostgreSQL reads it. No words of anybody stand in these statements: ids and times, all made here."""
    return f"'{at.isoformat()}'::timestamptz"


def common(*, as_of: datetime, relationship_ids: Sequence[UUID] | None = None) -> str:
    """The parts themselves, of some relationships or of all: what stands after WITH.

    `itself` has a row for each relationship and party that is it: of several that are taken for one, the one they stand
    for has what was told of all, and the others have nothing here, nor has who was erased. `people` adds, for an
    organisation, those who work there, with from when until when.
    """
    only = ""
    if relationship_ids is not None:
        ids = ", ".join(f"'{UUID(str(relationship_id))}'" for relationship_id in relationship_ids)
        only = f"WHERE r.id = ANY (ARRAY[{ids}]::uuid[])"
    return f"""
        itself AS MATERIALIZED (
            SELECT r.id AS relationship_id, r.party_id
            FROM parties_relationship r
            JOIN parties_party p ON p.id = r.party_id AND p.now_id IS NULL AND p.erased_at IS NULL {only}
            UNION ALL
            SELECT r.id, p.id FROM parties_relationship r
            JOIN parties_party p ON p.now_id = r.party_id AND p.erased_at IS NULL {only}
        ),
        acting AS (
            SELECT itself.relationship_id, t.from_party_id AS party_id, t.from_on,
                CASE WHEN t.until_told_at > {instant(as_of)} THEN NULL ELSE t.until_on END AS until_on
            FROM itself JOIN parties_tie t ON t.to_party_id = itself.party_id AND t.kind = 'works_at'
                AND t.told_at <= {instant(as_of)} AND (t.withdrawn_at IS NULL OR t.withdrawn_at > {instant(as_of)})
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
        as_closed AS MATERIALIZED ({closed.AS_CLOSED}),
        unseen AS MATERIALIZED (
            SELECT pt.moment_id, array_agg(DISTINCT behind.relationship_id) AS relationship_ids
            FROM behind JOIN timeline_participant pt ON pt.party_id = behind.party_id GROUP BY pt.moment_id
        )
    """  # noqa: S608


def while_tied(column: str) -> str:
    """The condition that a day lies within the tie by which somebody is behind the relationship."""
    return (
        f"(people.from_on IS NULL OR {column} >= people.from_on)"
        f" AND (people.until_on IS NULL OR {column} < people.until_on)"
    )


# Joined to a moment `m`, for `seen_in`: a moment has one row of these or none, and what has none is not looked at further.
UNSEEN = "LEFT JOIN unseen ON unseen.moment_id = m.id"


def seen_in(relationship: str) -> str:
    """The condition that nobody in a moment stands behind a closed relationship that who sees this one may not see."""
    return f"""(unseen.moment_id IS NULL OR NOT EXISTS (
        SELECT FROM unnest(unseen.relationship_ids) AS closed (relationship_id)
        WHERE closed.relationship_id <> {relationship}
        AND ({relationship}, closed.relationship_id) NOT IN (SELECT one, other FROM as_closed)))"""  # noqa: S608


def nobody_closed(*columns: str) -> str:
    """The condition that no party of these columns stands behind another relationship that is closed.

    A reading is one for all who see its relationship, and must tell nobody what is closed to them.
    """
    return f"""NOT EXISTS (
        SELECT FROM behind WHERE behind.party_id IN ({", ".join(columns)})
        AND behind.relationship_id <> people.relationship_id
        AND (people.relationship_id, behind.relationship_id) NOT IN (SELECT one, other FROM as_closed))"""  # noqa: S608
