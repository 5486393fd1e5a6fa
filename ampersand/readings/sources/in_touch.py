"""Who was in touch with whom, by which way: what the strength of an observed tie is read from."""

from __future__ import annotations

from datetime import datetime

from ampersand.readings.sources.people import DAY, EACH_ONCE, UNSEEN, instant, seen_in

SCHEMA = {
    "relationship_id": "string",
    "other_id": "string",
    "moment_id": "string",
    "day": "int64",
    "way": "string",
    "is_outward": "boolean",
    "is_inward": "boolean",
}
# Of a moment with more people than that nobody says that any two of them were in touch.
MOST_PEOPLE = 25

_WAY = """CASE WHEN m.mode IN ('visit', 'video', 'gathering') THEN 'meeting' WHEN m.mode = 'call' THEN 'call'
    WHEN 'copy' IN (pt.role, also.role) THEN 'copy' ELSE 'message' END"""
# What was written goes from who wrote it to whoever got it; where nobody is named as that, from the side that began.
_REACHED = """(m.mode NOT IN ('mail', 'message', 'letter') OR {one}.role = 'from' OR (pt.role = 'with' AND also.role = 'with'
    AND (m.began = '' OR pt.is_ours <> also.is_ours AND (m.began = 'us') = {one}.is_ours)))"""
_OUTWARD, _INWARD = _REACHED.format(one="pt"), _REACHED.format(one="also")


def sql(as_of: datetime, *, each: str = EACH_ONCE) -> str:
    """A row for each moment, relationship and other party that had a part in it, as known and as happened until `as_of`.

    `day` counts local calendar days since 1970 in the zone the moment was meant in. `way` is `meeting` (visit, video,
    gathering), `call`, `message` (mail, message, letter) or `copy`, a message of which either was only in copy.
    `is_outward` says that the relationship's own party reached out, `is_inward` that the other did; in a meeting both do.

    The other is the party that was told, not the one it stands for today: who is taken for one is put together by whoever
    reads it. Two that both only got what somebody wrote were not in touch by it. Left out: who was erased, what was
    withdrawn, what is in *mine*, moments of more than 25 people (a crowd makes no ties), and moments that somebody who sees
    this relationship may not see.
    """
    until = instant(as_of)
    return f"""
        SELECT {each} * FROM (
            SELECT itself.relationship_id::text AS relationship_id, also.party_id::text AS other_id,
                m.id::text AS moment_id, {DAY.format(column="m.on_day")} AS day, {_WAY} AS way,
                {_OUTWARD} AS is_outward, {_INWARD} AS is_inward
            FROM itself
            JOIN timeline_participant pt ON pt.party_id = itself.party_id AND pt.happened_at <= {until}
            JOIN timeline_moment m ON m.id = pt.moment_id AND m.room <> 'mine' AND m.told_at <= {until}
                AND (m.withdrawn_at IS NULL OR m.withdrawn_at > {until})
            JOIN timeline_participant also ON also.moment_id = m.id AND also.party_id <> pt.party_id
            JOIN parties_party there ON there.id = also.party_id AND there.erased_at IS NULL
            {UNSEEN}
            WHERE NOT EXISTS (
                SELECT FROM itself AS self
                WHERE self.relationship_id = itself.relationship_id AND self.party_id = also.party_id)
            AND (SELECT count(*) FROM (
                    SELECT FROM timeline_participant every WHERE every.moment_id = m.id LIMIT {MOST_PEOPLE + 1}
                ) AS people) <= {MOST_PEOPLE}
            AND {seen_in("itself.relationship_id")}
        ) AS touched WHERE is_outward OR is_inward
    """  # noqa: S608
