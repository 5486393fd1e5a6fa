"""What an import tells that another had told before it, and what becomes of that when the other one is undone.

A fact stands once, by whoever told it first. That others told it too is written beside it, and when the first is undone
the fact is handed over to the earliest of them that stands: the book is then as if only they had been brought in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from ampersand.channels.models import Import
from ampersand.channels.run import Run
from ampersand.core import rows_in
from ampersand.core.folding import sort_key
from ampersand.core.history import triggers_at_rest
from ampersand.parties.models import Because, Detail, Identifier, Party, Relationship, Tie

# What a fact of each kind is known by, in the order in which it is told here.
_KNOWN_BY: Mapping[type[Model], tuple[str, str, str]] = {
    Identifier: ("party_id", "kind", "value"),
    Detail: ("party_id", "label", "value"),
    Tie: ("from_party_id", "to_party_id", "kind"),
}

# The same file brought in again tells nothing of its own. OFFSET 0 keeps this a look into the index for each fact,
# however the tables have grown since they were counted.
_NOTE = """
    INSERT INTO channels_toldagain (run_id, fact_id, party_id, place, said)
    SELECT %(run)s, there.id, told.party_id, told.place, told.said::jsonb
    FROM unnest(%(parties)s::uuid[], %(seconds)s::text[], %(thirds)s::text[], %(places)s::text[], %(saids)s::text[])
        AS told (party_id, second, third, place, said)
    CROSS JOIN LATERAL (
        SELECT fact.id, fact.source_id FROM {table} AS fact WHERE {known_by} OFFSET 0) AS there
    WHERE there.source_id <> %(source)s AND NOT EXISTS (
        SELECT FROM channels_import AS same WHERE same.source_id = there.source_id AND same.digest = %(digest)s)
    ON CONFLICT DO NOTHING
"""


def note_facts(model: type[Model], told: Mapping[tuple[UUID, Any, str], str], *, run: Run) -> None:
    """Note of these facts, with their places, that they are told too where another source told them first."""
    first, second, third = _KNOWN_BY[model]
    cast = "told.second::uuid" if model is Tie else "told.second"
    known_by = f"fact.{first} = told.party_id AND fact.{second} = {cast} AND fact.{third} = told.third"
    rows = [(party_id, str(two), three, place, "{}") for (party_id, two, three), place in told.items()]
    _note(model, known_by + " AND fact.withdrawn_at IS NULL", rows, run=run)


def note_parties(told: Mapping[UUID, tuple[str, str, str]], *, run: Run) -> None:
    """Note of these parties that they are told of, by which name and sort name and where."""
    rows = [
        (party_id, "", "", place, json.dumps({"name": name, "sort_name": sort_name}))
        for party_id, (name, sort_name, place) in told.items()
    ]
    _note(Party, "fact.id = told.party_id AND fact.erased_at IS NULL", rows, run=run)


def note_relationships(told: Mapping[UUID, tuple[Because, datetime]], *, run: Run) -> None:
    """Note that these parties are known from this source too, with why and since when."""
    rows = [
        (party_id, "", "", "", json.dumps({"because": because, "known_at": known_at.isoformat()}))
        for party_id, (because, known_at) in told.items()
    ]
    _note(Relationship, "fact.party_id = told.party_id", rows, run=run)


def note_name(party: Party, *, was: str, run: Run) -> None:
    """Note that a party, known by an address until now, has its name from here."""
    said = {"name": party.name, "sort_name": party.sort_name, "was": was}
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO channels_toldagain (run_id, fact_id, party_id, place, said) VALUES (%s, %s, %s, '', %s::jsonb)"
            " ON CONFLICT (fact_id, run_id) DO UPDATE SET said = channels_toldagain.said || excluded.said",
            [run.import_.pk, party.pk, party.pk, json.dumps(said)],
        )


def _note(model: type[Model], known_by: str, rows: Sequence[tuple[UUID, str, str, str, str]], *, run: Run) -> None:
    if not rows:
        return
    parties, seconds, thirds, places, saids = zip(*rows, strict=True)
    told = {"parties": parties, "seconds": seconds, "thirds": thirds, "saids": saids}
    told["places"] = tuple(place[:300] for place in places)
    values: dict[str, Any] = {name: rows_in.array(column) for name, column in told.items()}
    with connection.cursor() as cursor:
        cursor.execute(
            _NOTE.format(table=connection.ops.quote_name(model._meta.db_table), known_by=known_by),
            {"run": run.import_.pk, "source": run.import_.source_id, "digest": run.import_.digest, **values},
        )


# handed over

_HANDED_OVER: tuple[type[Model], ...] = (*_KNOWN_BY, Relationship, Party)
_BY = """
    SELECT DISTINCT ON (again.fact_id) again.fact_id, again.place, again.said, again.id AS again_id,
        run.source_id, run.began_at, run.member_id
    FROM {table} AS fact JOIN channels_toldagain AS again ON again.fact_id = fact.id
    JOIN channels_import AS run ON run.id = again.run_id
    WHERE fact.source_id = %(source)s AND run.undone_at IS NULL AND run.id <> %(run)s AND run.digest <> %(digest)s
    ORDER BY again.fact_id, run.began_at, run.id
"""
# Worked out once: on tables that nobody has counted the planner would do it anew for each fact.
_FACTS = """
    WITH told AS MATERIALIZED ({by})
    UPDATE {table} AS fact SET source_id = told.source_id, told_at = told.began_at, told_by_id = told.member_id,
        place = told.place FROM told WHERE fact.id = told.fact_id
"""
_RELATIONSHIPS = """
    WITH told AS MATERIALIZED ({by})
    UPDATE parties_relationship AS fact SET source_id = told.source_id, told_at = told.began_at,
        because = told.said->>'because', known_at = (told.said->>'known_at')::timestamptz
    FROM told WHERE fact.id = told.fact_id RETURNING fact.id
"""
_PARTIES = """
    WITH told AS MATERIALIZED ({by})
    UPDATE parties_party AS fact SET source_id = told.source_id, told_at = told.began_at, told_by_id = told.member_id
    FROM told WHERE fact.id = told.fact_id RETURNING fact.id
"""
# What a party is called by those that stand, the earliest real name first. A member's own word is not touched.
_NAMES = """
    SELECT DISTINCT ON (again.fact_id) again.fact_id, again.said->>'name', again.said->>'sort_name', again.id
    FROM channels_toldagain AS again JOIN channels_import AS run ON run.id = again.run_id
    WHERE again.fact_id = ANY (%(parties)s) AND run.undone_at IS NULL AND run.id <> %(run)s AND run.digest <> %(digest)s
    AND coalesce(again.said->>'name', '') <> ''
    AND NOT EXISTS (SELECT FROM core_event WHERE subject_id = again.fact_id AND name = 'party.renamed')
    ORDER BY again.fact_id, again.said->>'name' LIKE '%%@%%', run.began_at, run.id
"""
# Whom this one gave a name, who had been known by an address only.
_NAMED = """
    SELECT again.fact_id, again.said->>'was' FROM channels_toldagain AS again
    JOIN parties_party AS party ON party.id = again.fact_id AND party.name = again.said->>'name'
    WHERE again.run_id = %(run)s AND again.said ? 'was'
    AND NOT EXISTS (SELECT FROM core_event WHERE subject_id = again.fact_id AND name = 'party.renamed')
"""


def hand_over(import_: Import) -> tuple[list[UUID], set[UUID]]:
    """Let what another import told too be told by that one. Answers the relationships that stay so, and who is called
    otherwise from now on.

    It must be alone: nobody brings anything in beside (`locks.BRINGING`).
    """
    of: dict[str, Any] = {"source": import_.source_id, "run": import_.pk, "digest": import_.digest}
    named = dict(_fetched(_NAMED, of))
    with triggers_at_rest(*(f"{model._meta.label}:update_update" for model in _HANDED_OVER)):
        for model in _KNOWN_BY:
            _run(_FACTS, model, of)
        stay = [pk for (pk,) in _run(_RELATIONSHIPS, Relationship, of)]
        parties = [pk for (pk,) in _run(_PARTIES, Party, of)]
        renamed = _call(parties, named, of)
    return stay, renamed


def _run(statement: str, model: type[Model], of: Mapping[str, Any]) -> list[tuple[UUID]]:
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(statement.format(table=table, by=_BY.format(table=table)), of)
        return cursor.fetchall() if cursor.description else []


def _fetched(statement: str, of: Mapping[str, Any]) -> list[tuple[UUID, str]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, of)
        found: list[tuple[UUID, str]] = cursor.fetchall()
    return found


def _call(handed_over: Iterable[UUID], named: Mapping[UUID, str], of: Mapping[str, Any]) -> set[UUID]:
    """Call those that change hands, and those who had their name from here, as those that stay call them."""
    among = {*handed_over, *named}
    called: dict[UUID, tuple[str, str]] = {party_id: (was, "") for party_id, was in named.items()}
    by: dict[UUID, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, {**of, "parties": list(among)})
        for party_id, name, sort_name, again_id in cursor.fetchall():
            called[party_id], by[party_id] = (name, sort_name or ""), again_id
    _keep_what_they_were(by, named)
    changed = []
    for party in Party.objects.in_bulk(called).values() if called else ():
        name, sort_name = called[party.pk]
        if (party.name, party.sort_name) != (name, sort_name):
            party.name, party.sort_name, party.sort_key = name, sort_name, sort_key(name, sort_name)
            changed.append(party)
    Party.objects.bulk_update(changed, ["name", "sort_name", "sort_key"], batch_size=1_000)
    return {party.pk for party in changed}


def _keep_what_they_were(by: Mapping[UUID, int], named: Mapping[UUID, str]) -> None:
    """Who has a name from another now was known by an address before that too."""
    told = [(again_id, named[party_id]) for party_id, again_id in by.items() if party_id in named]
    if told:
        ids, was = zip(*told, strict=True)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE channels_toldagain AS again SET said = again.said || jsonb_build_object('was', told.was)"
                " FROM unnest(%s::bigint[], %s::text[]) AS told (id, was) WHERE again.id = told.id"
                " AND again.said->>'name' <> told.was",
                [list(ids), list(was)],
            )
