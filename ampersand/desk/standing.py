"""Gathering how relationships stand, for the list of them. Set by set: one relationship or a million take one statement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Coalesce

from ampersand.core import locks
from ampersand.core.among import among
from ampersand.members.queries import the_house
from ampersand.parties import closed
from ampersand.parties.models import Party, Relationship

# What is longer is read and not filtered by.
LONGEST_FILTERED = 100

# What happened with this relationship's people while it lasted for them; as in the readings, being in copy is no contact.
_PEOPLE = """
    SELECT relationship_id, party_id, NULL::date AS from_on, NULL::date AS until_on FROM itself
    UNION ALL
    SELECT relationship_id, party_id, from_on, until_on FROM acting
    UNION ALL
    SELECT relationship_id, now_id, from_on, until_on FROM acting WHERE now_id IS NOT NULL
    UNION ALL
    SELECT acting.relationship_id, same.id, acting.from_on, acting.until_on FROM acting CROSS JOIN LATERAL (
        SELECT p.id FROM parties_party p
        WHERE p.now_id = coalesce(acting.now_id, acting.party_id) AND p.id <> acting.party_id OFFSET 0) AS same
"""

# What those behind a closed relationship took part in is told in its own standing alone: in that of whom it is taken for.
_CLOSED = f"""
    SELECT coalesce(now.id, behind.relationship_id) AS relationship_id, behind.party_id
    FROM ({closed.BEHIND}) AS behind
    JOIN parties_relationship r ON r.id = behind.relationship_id JOIN parties_party p ON p.id = r.party_id
    LEFT JOIN parties_relationship now ON now.party_id = p.now_id
"""  # noqa: S608  no words of anybody: a constant

# Whoever became one of us stands in no list of relationships; what was written before is read on its own page.
_OURS = "(p.is_house OR p.is_colleague OR p.member_id IS NOT NULL)"

# When an id was made: in its first 48 bits stand milliseconds. It parts an order in which many stand at the same place.
_BORN = "to_timestamp(('x' || left(replace({id}::text, '-', ''), 12))::bit(48)::bigint / 1000.0) AT TIME ZONE 'UTC'"

# What is gathered of each, in the order in which `fresh` answers it.
_GATHERED = (
    "sort_key", "last_on", "last_mode", "open_ours", "open_theirs", "due_ours_on", "due_theirs_on", "due_on", "known_on",
    "kept_count", "called_count", "kept_share", "trade", "trade_amount", "facets",
)  # fmt: skip

# Every part is made once and kept: on tables nobody has analysed yet the planner expects one row and would make them anew
# for each relationship. What belongs to each is looked up for each (LATERAL with its OFFSET): where an organisation has a
# thousand people the planner expects millions of rows and goes through whole tables for a few relationships.
_GATHER = f"""
    WITH chosen AS MATERIALIZED (
        SELECT r.id, r.party_id, r.because, r.closed_at, p.kind, p.sort_key,
            -- Of several that are one, since the first of them was known.
            least(r.known_at, (
                SELECT min(told.known_at) FROM parties_party one JOIN parties_relationship told ON told.party_id = one.id
                WHERE one.now_id = r.party_id AND told.closed_at IS NULL))::date AS known_on
        FROM parties_relationship r JOIN parties_party p ON p.id = r.party_id
        WHERE p.now_id IS NULL AND p.erased_at IS NULL AND NOT {_OURS}
        AND (%(ids)s::uuid[] IS NULL OR r.id = ANY (%(ids)s::uuid[]))),
    closed AS MATERIALIZED ({_CLOSED}),
    -- Of several that are taken for one, the one they stand for has what was told of all. `told` has their relationships.
    itself AS MATERIALIZED (
        SELECT id AS relationship_id, party_id FROM chosen
        UNION ALL
        SELECT chosen.id, p.id FROM chosen JOIN parties_party p ON p.now_id = chosen.party_id),
    merged AS MATERIALIZED (
        SELECT chosen.id AS relationship_id, r.id AS told_id FROM chosen
        JOIN parties_party p ON p.now_id = chosen.party_id JOIN parties_relationship r ON r.party_id = p.id),
    acting AS MATERIALIZED (
        SELECT itself.relationship_id, t.party_id, t.from_on, t.until_on, (
            SELECT p.now_id FROM parties_party p WHERE p.id = t.party_id) AS now_id
        FROM itself CROSS JOIN LATERAL (
            SELECT from_party_id AS party_id, from_on, until_on FROM parties_tie
            WHERE to_party_id = itself.party_id AND kind = 'works_at' AND withdrawn_at IS NULL OFFSET 0) AS t),
    people AS MATERIALIZED ({_PEOPLE}),
    last AS MATERIALIZED (
        SELECT DISTINCT ON (people.relationship_id) people.relationship_id, contact.on_day, contact.mode
        FROM people CROSS JOIN LATERAL (
            SELECT m.on_day, m.mode, pt.happened_at
            FROM timeline_participant pt JOIN timeline_moment m ON m.id = pt.moment_id
            WHERE pt.party_id = people.party_id AND pt.role <> 'copy' AND pt.happened_at <= %(at)s
            AND m.room <> 'mine' AND m.withdrawn_at IS NULL
            AND (people.from_on IS NULL OR m.on_day >= people.from_on)
            AND (people.until_on IS NULL OR m.on_day < people.until_on)
            AND NOT EXISTS (
                SELECT FROM timeline_participant other JOIN closed ON closed.party_id = other.party_id
                WHERE other.moment_id = m.id AND closed.relationship_id <> people.relationship_id)
            ORDER BY pt.happened_at DESC LIMIT 1) AS contact
        ORDER BY people.relationship_id, contact.happened_at DESC),
    promised AS MATERIALIZED (
        SELECT coalesce(merged.relationship_id, p.relationship_id) AS relationship_id,
            count(*) FILTER (WHERE p.is_ours) AS ours, count(*) FILTER (WHERE NOT p.is_ours) AS theirs,
            min(p.due_on) FILTER (WHERE p.is_ours) AS due_ours_on, min(p.due_on) FILTER (WHERE NOT p.is_ours) AS due_theirs_on
        FROM promises_promise p LEFT JOIN merged ON merged.told_id = p.relationship_id
        WHERE p.settled_at IS NULL AND p.withdrawn_at IS NULL AND p.offered_at IS NULL AND p.room <> 'mine'
        AND p.relationship_id IS NOT NULL
        AND (%(ids)s::uuid[] IS NULL OR p.relationship_id = ANY (%(ids)s::uuid[]))
        AND NOT EXISTS (
            SELECT FROM closed WHERE closed.party_id IN (p.by_id, p.to_id)
            AND closed.relationship_id <> coalesce(merged.relationship_id, p.relationship_id))
        GROUP BY 1),
    called AS MATERIALIZED (
        SELECT coalesce(merged.relationship_id, p.relationship_id) AS relationship_id,
            count(*) AS called, count(*) FILTER (WHERE said.kind = 'kept') AS kept,
            round(count(*) FILTER (WHERE said.kind = 'kept')::numeric / count(*), 4) AS share
        FROM promises_promise p LEFT JOIN merged ON merged.told_id = p.relationship_id CROSS JOIN LATERAL (
            SELECT e.kind FROM promises_promiseevent e
            WHERE e.promise_id = p.id AND e.kind IN ('kept', 'partly', 'not_kept', 'released', 'withdrawn', 'declined')
            AND NOT EXISTS (SELECT FROM promises_promiseevent back WHERE back.takes_back_id = e.id)
            ORDER BY e.at DESC, e.id DESC LIMIT 1) AS said
        WHERE p.settled_at IS NOT NULL AND p.withdrawn_at IS NULL AND p.room <> 'mine'
        AND said.kind IN ('kept', 'partly', 'not_kept') AND p.relationship_id IS NOT NULL
        AND (%(ids)s::uuid[] IS NULL OR p.relationship_id = ANY (%(ids)s::uuid[]))
        AND NOT EXISTS (
            SELECT FROM closed WHERE closed.party_id IN (p.by_id, p.to_id)
            AND closed.relationship_id <> coalesce(merged.relationship_id, p.relationship_id))
        GROUP BY 1),
    sums AS MATERIALIZED (
        SELECT r.relationship_id, t.kind, t.currency, sum(t.amount) AS amount
        FROM itself r JOIN exchange_transaction t ON t.party_id = r.party_id
        WHERE t.amount IS NOT NULL AND t.withdrawn_at IS NULL
        AND t.happened_on > %(at)s::date - 365 AND t.happened_on <= %(at)s::date
        AND t.kind IN ('invoice', 'order', 'payment')
        GROUP BY 1, 2, 3),
    traded AS MATERIALIZED (
        SELECT relationship_id, jsonb_object_agg(currency, amount::text) AS trade,
            coalesce(max(amount) FILTER (WHERE currency = %(currency)s), 0) AS amount
        FROM (
            SELECT *, rank() OVER (
                PARTITION BY relationship_id
                ORDER BY array_position('{{invoice,order,payment}}'::text[], kind::text)) AS place
            FROM sums) AS ranked
        WHERE place = 1 GROUP BY relationship_id),
    -- A tie shows both its ends: that there is one to somebody behind a closed relationship is known only to those who
    -- may ask for that other end by its name.
    tied AS MATERIALIZED (
        SELECT r.relationship_id, t.kind, coalesce(
            (SELECT p.now_id FROM parties_party p WHERE p.id = t.other), t.other) AS other, EXISTS (
            SELECT FROM closed WHERE closed.party_id = t.other AND closed.relationship_id <> r.relationship_id) AS is_closed
        FROM itself r CROSS JOIN LATERAL (
            SELECT kind, to_party_id AS other FROM parties_tie
            WHERE from_party_id = r.party_id AND withdrawn_at IS NULL
            AND (from_on IS NULL OR from_on <= %(at)s::date) AND (until_on IS NULL OR until_on > %(at)s::date)
            UNION ALL
            SELECT kind, from_party_id FROM parties_tie
            WHERE to_party_id = r.party_id AND withdrawn_at IS NULL
            AND (from_on IS NULL OR from_on <= %(at)s::date) AND (until_on IS NULL OR until_on > %(at)s::date)) AS t),
    tended AS MATERIALIZED (
        SELECT chosen.id AS relationship_id, t.member_id FROM chosen LEFT JOIN (
            SELECT coalesce(merged.relationship_id, t.relationship_id) AS relationship_id, t.member_id
            FROM parties_tending t LEFT JOIN merged ON merged.told_id = t.relationship_id
            WHERE t.from_on <= %(at)s::date AND (t.until_on IS NULL OR t.until_on > %(at)s::date)
            AND (%(ids)s::uuid[] IS NULL OR t.relationship_id = ANY (%(ids)s::uuid[]))) AS t ON t.relationship_id = chosen.id),
    faceted AS MATERIALIZED (
        SELECT relationship_id, array_agg(DISTINCT facet) AS facets FROM (
            SELECT relationship_id, unnest(ARRAY[
                'at:' || other, 'at:' || other || ':' || kind, CASE WHEN NOT is_closed THEN 'tie:' || kind END]) AS facet
            FROM tied
            UNION ALL
            SELECT r.relationship_id, unnest(ARRAY[
                'detail:' || lower(d.label) || ':' || lower(d.value),
                CASE WHEN lower(d.label) IN ('city', 'town', 'place') THEN 'place:' || lower(d.value) END])
            FROM itself r JOIN parties_detail d ON d.party_id = r.party_id
            WHERE d.withdrawn_at IS NULL AND length(d.value) <= {LONGEST_FILTERED}
            UNION ALL
            SELECT r.relationship_id, 'has:' || lower(d.label)
            FROM itself r JOIN parties_detail d ON d.party_id = r.party_id WHERE d.withdrawn_at IS NULL
            UNION ALL
            SELECT r.relationship_id, 'tag:' || lower(t.word)
            FROM itself r JOIN parties_tag t ON t.party_id = r.party_id WHERE t.withdrawn_at IS NULL
            UNION ALL
            SELECT relationship_id, 'tended:' || coalesce(member_id::text, 'nobody') FROM tended
            UNION ALL
            SELECT relationship_id, 'move:quiet' FROM readings_reading WHERE measure = 'quiet' AND says = 'quiet'
            AND (%(ids)s::uuid[] IS NULL OR relationship_id = ANY (%(ids)s::uuid[]))
            UNION ALL
            SELECT relationship_id, 'move:ours' FROM readings_reading WHERE measure = 'whose_move' AND says = 'our_move'
            AND (%(ids)s::uuid[] IS NULL OR relationship_id = ANY (%(ids)s::uuid[]))
            UNION ALL
            SELECT relationship_id, unnest(ARRAY['promise:any', CASE WHEN ours > 0 THEN 'promise:ours' END,
                CASE WHEN theirs > 0 THEN 'promise:theirs' END]) FROM promised
            UNION ALL
            SELECT r.id, unnest(ARRAY['kind:' || r.kind, 'because:' || r.because,
                CASE WHEN r.closed_at IS NULL THEN 'closed:no' ELSE 'closed:yes' END,
                CASE WHEN traded.relationship_id IS NULL THEN 'trade:no' ELSE 'trade:yes' END,
                coalesce('last:' || to_char(last.on_day, 'YYYY'), 'last:never'), 'last:' || to_char(last.on_day, 'YYYY-MM'),
                'due:' || to_char(least(promised.due_ours_on, promised.due_theirs_on), 'YYYY'),
                'due:' || to_char(least(promised.due_ours_on, promised.due_theirs_on), 'YYYY-MM'),
                'born:' || to_char({_BORN.format(id="r.id")}, 'YYYY'), 'born:' || to_char({_BORN.format(id="r.id")}, 'YYYY-MM'),
                'known:' || to_char(r.known_on, 'YYYY'), 'known:' || to_char(r.known_on, 'YYYY-MM'),
                'amount:' || CASE sign(coalesce(traded.amount, 0)) WHEN 1 THEN 'more' WHEN -1 THEN 'less' ELSE 'none' END,
                'kept:' || CASE WHEN called.share = 0 THEN 'none' WHEN called.share = 1 THEN 'all'
                    WHEN called.share IS NOT NULL THEN 'some' END])
            FROM chosen r
            LEFT JOIN traded ON traded.relationship_id = r.id
            LEFT JOIN last ON last.relationship_id = r.id
            LEFT JOIN promised ON promised.relationship_id = r.id
            LEFT JOIN called ON called.relationship_id = r.id
        ) AS every WHERE facet IS NOT NULL GROUP BY relationship_id),
    fresh AS (
        SELECT chosen.id, chosen.party_id, chosen.sort_key,
            coalesce(last.on_day, '0001-01-01') AS last_on, coalesce(last.mode, '') AS last_mode,
            coalesce(promised.ours, 0) AS open_ours, coalesce(promised.theirs, 0) AS open_theirs,
            coalesce(promised.due_ours_on, '9999-12-31') AS due_ours_on,
            coalesce(promised.due_theirs_on, '9999-12-31') AS due_theirs_on,
            coalesce(least(promised.due_ours_on, promised.due_theirs_on), '9999-12-31') AS due_on,
            chosen.known_on, coalesce(called.kept, 0) AS kept_count, coalesce(called.called, 0) AS called_count,
            coalesce(called.share, 0) AS kept_share,
            coalesce(traded.trade, '{{}}') AS trade, coalesce(traded.amount, 0) AS trade_amount, faceted.facets
        FROM chosen
        JOIN faceted ON faceted.relationship_id = chosen.id
        LEFT JOIN last ON last.relationship_id = chosen.id
        LEFT JOIN promised ON promised.relationship_id = chosen.id
        LEFT JOIN called ON called.relationship_id = chosen.id
        LEFT JOIN traded ON traded.relationship_id = chosen.id)
    INSERT INTO desk_standing AS old (relationship_id, party_id, {", ".join(_GATHERED)})
    SELECT * FROM fresh ORDER BY id
    ON CONFLICT (relationship_id) DO UPDATE SET ({", ".join(_GATHERED)}) = ({", ".join(f"excluded.{one}" for one in _GATHERED)})
    WHERE ({", ".join(f"old.{one}" for one in _GATHERED)})
        IS DISTINCT FROM ({", ".join(f"excluded.{one}" for one in _GATHERED)})
"""  # noqa: S608  no words of anybody: the parts above

_LEAVE = f"""
    DELETE FROM desk_standing s USING parties_party p
    WHERE p.id = s.party_id AND (p.now_id IS NOT NULL OR p.erased_at IS NOT NULL OR {_OURS})
    AND (%(ids)s::uuid[] IS NULL OR s.relationship_id = ANY (%(ids)s::uuid[]))
"""  # noqa: S608  no words of anybody: the parts above

# Whoever shared a moment with the party of a closed relationship, and where they work.
_NEIGHBOURS = """
    WITH others AS MATERIALIZED (
        SELECT DISTINCT other.party_id FROM parties_relationship closed
        JOIN timeline_participant pt ON pt.party_id = closed.party_id
        JOIN timeline_participant other ON other.moment_id = pt.moment_id
        WHERE closed.id = ANY (%s) AND closed.closed_at IS NOT NULL)
    SELECT r.id FROM others JOIN parties_relationship r ON r.party_id = others.party_id
    UNION
    SELECT r.id FROM others JOIN parties_party p ON p.id = others.party_id JOIN parties_relationship r ON r.party_id = p.now_id
    UNION
    SELECT r.id FROM others JOIN parties_tie t ON t.from_party_id = others.party_id AND t.kind = 'works_at'
    JOIN parties_relationship r ON r.party_id = t.to_party_id
"""


def _the_same(relationship_ids: list[UUID]) -> set[UUID]:
    """The relationships of those who are taken for the same as these. Asked in steps: of thousands at once, in a book whose
    tables were not counted yet, the planner of one question would go through all of them for each.
    """
    among_these = Relationship.objects.filter(among("pk", relationship_ids)).order_by()
    heads = list(among_these.values_list(Coalesce("party__now_id", "party_id"), flat=True))
    standing_for = list(Party.objects.filter(among("now_id", heads)).values_list("pk", flat=True))
    told = Relationship.objects.filter(among("party_id", [*heads, *standing_for])).order_by()
    return set(told.values_list("pk", flat=True))


@transaction.atomic
def gather(relationship_ids: Iterable[UUID] | None = None, *, at: datetime) -> None:
    """Gather anew how these relationships stand at a time, or all of them. Trade is that of the 365 days before.

    What is traded is counted once: by what was invoiced, or ordered or paid where nothing was invoiced. Those who share
    moments with a closed one are gathered too, since what they shared is told no more.
    """
    # One that is gathered from before an erasure would be written after it, with the name of the erased one.
    locks.beside(locks.ERASING)
    ids = None if relationship_ids is None else list(relationship_ids)
    house = the_house()
    with connection.cursor() as cursor:
        if ids is not None:
            cursor.execute(_NEIGHBOURS, [ids])
            near = {*ids, *(row for (row,) in cursor.fetchall())}
            ids = list(near | _the_same(list(near)))
        else:
            cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute(_LEAVE, {"ids": ids})
        cursor.execute(_GATHER, {"ids": ids, "at": at, "currency": house.currency if house else "EUR"})
