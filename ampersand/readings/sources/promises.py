"""Promises and what was said of each: what *kept*, *gap* and inflation are read from."""

from __future__ import annotations

from datetime import datetime

from ampersand.promises import kinds
from ampersand.promises.states import AGREEING, CALLS, DATING, PUTTING, SETTLING, EventKind
from ampersand.readings.sources.people import DAY, EACH_ONCE, ZONE, instant, nobody_closed, while_tied

SCHEMA = {
    "relationship_id": "string",
    "promise_id": "string",
    "is_ours": "boolean",
    "room": "string",
    "made_day": "int64",
    "due_day": "int64",
    "moved_count": "int64",
    "done_day": "int64",
    "became": "string",
    "became_day": "int64",
    "voice": "string",
    "kind": "string",
}


def _among(kinds: tuple[EventKind, ...]) -> str:
    return "said.kind IN (" + ", ".join(f"'{kind.value}'" for kind in kinds) + ")"


# As a copy has it `kind` is in some rows still the words, of which DuckDB makes it far sooner than PostgreSQL.
UNSORTED = kinds.sql_unsorted("p.words")
SORTED = {"kind": kinds.sql_sorted("kind")}


def sql(as_of: datetime, *, kind: str = "", each: str = EACH_ONCE) -> str:
    """A row for each promise that was accepted, and relationship it belongs to, as told and as said until `as_of`.

    `made_day`, `due_day` (as last agreed; none where no day was named), `done_day` (said done, while that stands) and
    `became_day` count local days since 1970. `became` is what its receiver called it (`kept`, `partly`, `not_kept`), or
    `released`, `withdrawn`, `declined`, or empty while it is open. `voice` says whose word that is: the receiver's `own`,
    `told_by_us`, or `delivery` where a linked transaction shows it. `moved_count` is how often both agreed on another day.
    `kind` is what it is of (`promises.kinds`): as its maker's side said until then, else as its words tell.

    Left out: what nobody accepted yet or ever did, what is in *mine*, what was withdrawn, promises to the public and among
    ourselves, and those with a party behind another relationship that is closed. An organisation has those of its people
    that were made while they worked there.
    """
    until = instant(as_of)
    calls = _among(CALLS)
    return f"""
        SELECT {each} people.relationship_id::text AS relationship_id, p.id::text AS promise_id, p.is_ours,
            p.room::text AS room, {DAY.format(column="p.made_on")} AS made_day,
            {DAY.format(column="coalesce(said.due_on, p.first_due_on)")} AS due_day, said.moved_count,
            CASE WHEN said.done_at IS NOT NULL THEN {DAY.format(column="(said.done_at AT TIME ZONE house.zone)::date")} END
                AS done_day,
            coalesce(said.became, '') AS became,
            CASE WHEN said.became IS NOT NULL THEN {DAY.format(column="(said.became_at AT TIME ZONE house.zone)::date")} END
                AS became_day,
            CASE WHEN said.voice = 'own' OR shown.by IS NULL THEN coalesce(said.voice, '') ELSE 'delivery' END AS voice,
            coalesce(said.sort, {kind or kinds.sql("p.words")}) AS kind
        FROM people
        CROSS JOIN (SELECT {ZONE} AS zone) AS house
        JOIN parties_relationship told ON told.party_id = people.party_id
        JOIN promises_promise p ON p.relationship_id = told.id AND p.to_id IS NOT NULL AND p.room <> 'mine'
            AND p.told_at <= {until} AND (p.withdrawn_at IS NULL OR p.withdrawn_at > {until})
            AND {while_tied("p.made_on")}
        CROSS JOIN LATERAL (
            SELECT
                (array_agg(said.due_on ORDER BY said.at DESC, said.id DESC)
                    FILTER (WHERE {_among(DATING)} AND said.due_on IS NOT NULL))[1] AS due_on,
                count(*) FILTER (WHERE said.kind = 'moved') AS moved_count,
                max(said.at) FILTER (WHERE said.kind = 'said_done') AS done_at,
                (array_agg(said.kind::text ORDER BY said.at DESC, said.id DESC) FILTER (WHERE {_among(SETTLING)}))[1]
                    AS became,
                max(said.at) FILTER (WHERE {_among(SETTLING)}) AS became_at,
                (array_agg(said.voice::text ORDER BY said.at DESC, said.id DESC) FILTER (WHERE {calls}))[1] AS voice,
                (array_agg(said.sort::text ORDER BY said.at DESC, said.id DESC) FILTER (WHERE said.kind = 'sorted'))[1] AS sort,
                bool_or({_among(PUTTING)}) AS was_put, bool_or({_among(AGREEING)}) AS was_agreed
            FROM promises_promiseevent said
            WHERE said.promise_id = p.id AND said.told_at <= {until} AND said.at <= {until} AND said.kind <> 'taken_back'
            AND NOT EXISTS (
                SELECT FROM promises_promiseevent back WHERE back.takes_back_id = said.id AND back.told_at <= {until})
        ) AS said
        LEFT JOIN LATERAL (
            SELECT t.id AS by FROM exchange_transaction t
            WHERE t.keeps_id = p.id AND t.told_at <= {until} AND (t.withdrawn_at IS NULL OR t.withdrawn_at > {until})
            LIMIT 1
        ) AS shown ON true
        WHERE (said.was_agreed OR said.was_put IS NOT TRUE) AND {nobody_closed("p.by_id", "p.to_id")}
    """  # noqa: S608
