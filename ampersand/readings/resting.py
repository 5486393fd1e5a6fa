"""All that a reading rests on, for and against: what the page *Why* opens, and what gives the same reading again by itself.

What people told one by one (promises, concessions, pulses) is stored with the reading. Moments and purchases of years are
not: of them a reading stores the latest, and here is the rule by which all are found again, as they were known when it was
read. Nothing here imports Ibis, so that a page can ask; a law of the house holds these rules beside the measures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from ampersand.members.queries import the_house
from ampersand.readings import sources
from ampersand.readings.models import Measure, Reading
from ampersand.readings.what_counts import ANSWER_DAYS, PURCHASES, WEEKS_MAX, WRITTEN


@dataclass(frozen=True, slots=True)
class Rests:
    """The ids of what speaks for a reading and of what speaks against it."""

    evidence: tuple[UUID, ...]
    against: tuple[UUID, ...]
    is_in_order: bool = False
    """Whether the latest stand last. Of what is stored, each kind does by itself."""


def on(reading: Reading) -> Rests:
    """All that this reading rests on. Of what was erased or taken back since, nothing is found."""
    rule = _RULES.get(Measure(reading.measure))
    if rule is None:
        return Rests(tuple(reading.evidence), tuple(reading.against))
    names, ids = rule
    read = sources.together(names, as_of=reading.as_known_at, relationship_ids=[reading.relationship_id])
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {read} {ids}", _asked(reading))
        found = cursor.fetchall()
    speaks = [tuple(one for one, is_against in found if is_against == wanted) for wanted in (False, True)]
    return Rests(speaks[0], speaks[1], is_in_order=True)


def _asked(reading: Reading) -> dict[str, str | int | date | list[str] | None]:
    house = the_house()
    return {
        "says": reading.says,
        "currency": house.currency if house else "EUR",
        "today": reading.as_of.astimezone(house.zone if house else ZoneInfo("UTC")).date(),
        "since": reading.since_on,
        "weeks": WEEKS_MAX,
        "answer_days": ANSWER_DAYS,
        "written": list(WRITTEN),
        "purchases": list(PURCHASES),
    }


# Whatever makes a letter a contact is one itself, so that these alone make the same days of contact again.
_TWO_WAY = """
    SELECT moment_id::uuid AS id, day, at FROM (
        SELECT contacts.*, lag(began) OVER near AS before_began, lag(day) OVER near AS before_day,
            lead(began) OVER near AS after_began, lead(day) OVER near AS after_day
        FROM contacts WINDOW near AS (PARTITION BY relationship_id ORDER BY at, moment_id)) AS told
    WHERE mode <> ALL (%(written)s) OR began = ''
    OR (before_began <> began AND day - before_day <= %(answer_days)s)
    OR (after_began <> began AND after_day - day <= %(answer_days)s)
"""
_CONTACT = f"SELECT id, false FROM ({_TWO_WAY}) AS both_ways ORDER BY at, id"  # noqa: S608
# All approaches are counted. Where nobody waits, that rests on what the other side did after the last one.
_APPROACHES = """
    , asked AS (
        SELECT max(at) FILTER (WHERE began = 'us') AS us, max(at) FILTER (WHERE began = 'them') AS them FROM contacts
        WHERE asks_answer AND began <> '' AND NOT is_settled),
    told AS (
        SELECT moment_id, at FROM contacts WHERE asks_answer AND began <> ''
        UNION
        (SELECT moment_id, at FROM contacts, asked WHERE %(says)s = 'nobodys_move' AND began <> 'them'
        AND (them >= us OR (us IS NULL AND them IS NOT NULL)) ORDER BY at DESC, moment_id DESC LIMIT 1)
        UNION
        (SELECT moment_id, at FROM contacts, asked WHERE %(says)s = 'nobodys_move' AND began <> 'us'
        AND (us >= them OR (them IS NULL AND us IS NOT NULL)) ORDER BY at DESC, moment_id DESC LIMIT 1))
    SELECT moment_id::uuid, false FROM told ORDER BY at, moment_id
"""
# Where the two part, what there is more of since then speaks for it, and what there was more of before; the rest against.
_STREAMS = f"""
    , looked AS (SELECT (%(today)s::date - DATE '1970-01-01')::bigint AS today),
    bought AS (
        SELECT trade.*, array_position(%(purchases)s::text[], kind) AS place FROM trade, looked
        WHERE kind = ANY (%(purchases)s) AND day <= today AND day > today - 7 * %(weeks)s),
    streams AS (
        SELECT transaction_id::uuid AS id, day, true AS is_trade FROM bought
        WHERE place = (SELECT place FROM bought GROUP BY place ORDER BY count(DISTINCT day) DESC, place LIMIT 1)
        OR (amount > 0 AND currency = %(currency)s
            AND place = (SELECT min(place) FROM bought WHERE amount > 0 AND currency = %(currency)s))
        UNION ALL
        SELECT id, day, false FROM ({_TWO_WAY}) AS both_ways, looked
        WHERE day > today - 7 * %(weeks)s - %(answer_days)s
        UNION ALL
        SELECT promise_id::uuid, became_day, false FROM promises, looked
        WHERE became = 'kept' AND became_day <= today AND became_day > today - 7 * %(weeks)s
        UNION ALL
        SELECT concession_id::uuid, day, false FROM concessions, looked
        WHERE day <= today AND day > today - 7 * %(weeks)s)
    SELECT id, CASE %(says)s
        WHEN 'trade_ahead' THEN is_trade <> (day > %(since)s::date - DATE '1970-01-01')
        WHEN 'relationship_ahead' THEN is_trade = (day > %(since)s::date - DATE '1970-01-01')
        ELSE false END
    FROM streams ORDER BY day, id
"""  # noqa: S608
_RULES: Mapping[Measure, tuple[tuple[str, ...], str]] = {
    Measure.WHOSE_MOVE: (("contacts",), _APPROACHES),
    Measure.QUIET: (("contacts",), _CONTACT),
    Measure.NEXT: (("contacts",), _CONTACT),
    Measure.TUNE: (("contacts", "promises", "concessions", "trade"), _STREAMS),
}
