"""Contact between the two sides: what rhythm and *whose move* are read from."""

from __future__ import annotations

from datetime import datetime

from ampersand.readings.sources.people import DAY, EACH_ONCE, UNSEEN, instant, seen_in, while_tied

SCHEMA = {
    "relationship_id": "string",
    "moment_id": "string",
    "day": "int64",
    "at": "int64",
    "mode": "string",
    "began": "string",
    "asks_answer": "boolean",
    "is_settled": "boolean",
}


def sql(as_of: datetime, *, each: str = EACH_ONCE) -> str:
    """A row for each moment and relationship it belongs to, as known and as happened until `as_of`.

    `day` counts local calendar days since 1970 in the zone the moment was meant in, `at` is seconds since 1970 UTC,
    `began` is `us`, `them` or empty where the moment belongs to both. `is_settled` says of what asks for an answer that
    somebody else gave it.

    Of several that are taken for one, the one they stand for has the moments of all, and the others have none here. An
    organisation has the moments of its people while their ties to it lasted. Left out: what was withdrawn, what is
    in *mine*, moments in which either side was only in copy (what we overhear on a list is no contact), what somebody else
    wrote to them and to us, and moments that somebody who sees this relationship may not see, since somebody in them
    stands behind another that is closed: a reading is one for all, and must tell nobody what is closed to them.
    """
    until = instant(as_of)
    return f"""
        SELECT {each} people.relationship_id::text AS relationship_id, m.id::text AS moment_id,
            {DAY.format(column="m.on_day")} AS day, floor(extract(epoch FROM m.happened_at))::bigint AS at,
            m.mode::text AS mode, m.began::text AS began, m.asks_answer AS asks_answer,
            m.is_settled_by_others AS is_settled
        FROM people
        JOIN timeline_participant pt ON pt.party_id = people.party_id AND pt.role <> 'copy'
            AND pt.happened_at <= {until}
        JOIN timeline_moment m ON m.id = pt.moment_id AND m.room <> 'mine' AND m.told_at <= {until}
            AND NOT (m.began = 'them' AND pt.role = 'to')
            AND (m.withdrawn_at IS NULL OR m.withdrawn_at > {until})
            AND {while_tied("m.on_day")}
            AND coalesce((
                SELECT bool_or(us.role <> 'copy') FROM timeline_participant us
                WHERE us.moment_id = m.id AND us.is_ours), true)
        {UNSEEN}
        WHERE {seen_in("people.relationship_id")}
    """  # noqa: S608
