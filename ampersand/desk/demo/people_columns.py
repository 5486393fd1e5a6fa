"""Who is in a chunk, as columns: parties, their addresses and places, where they work, who tends them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from ampersand.core.folding import sort_key
from ampersand.desk.demo import columns, names
from ampersand.desk.demo.chunks import Chunk
from ampersand.desk.demo.columns import chosen, days, instants
from ampersand.desk.demo.life import words
from ampersand.parties.voices import Voice

_DAY, _HOUR = 86_400, 3600


def parties(chunk: Chunk) -> Mapping[str, Any]:
    name, sort_name, language, _ = chunk.named
    count = chunk.counts
    kinds = np.repeat([0, 1, 2, 0], [count["organisations"], count["people"], count["communities"], count["traces"]])
    return {
        "id": chunk.party_ids,
        "kind": chosen(["organisation", "person", "community"], kinds),
        "name": name,
        "sort_name": sort_name,
        "sort_key": [sort_key(*both) for both in zip(name, sort_name, strict=True)],
        "language": language,
        "told_at": instants(chunk.known_at),
        "source_id": chunk.source_id,
    }


def relationships(chunk: Chunk) -> Mapping[str, Any]:
    count = chunk.counts
    because = np.repeat([0, 1, 2], [count["organisations"], count["people"], count["communities"]])
    closed = np.zeros(len(because), dtype=bool)
    closed[: chunk.closed_count] = True
    return {
        "id": chunk.relationship_ids,
        "party_id": chunk.party_ids[chunk.known],
        "because": chosen(["trade", "wrote_both_ways", "note"], because),
        "known_at": instants(chunk.known_at[chunk.known]),
        "told_at": instants(chunk.known_at[chunk.known]),
        "source_id": chunk.source_id,
        "closed_at": instants(chunk.known_at[chunk.known], missing=~closed),
    }


def identifiers(chunk: Chunk) -> Mapping[str, Any]:
    """A mail domain for each organisation, an address for each person and sender."""
    values = chunk.addresses
    kinds = np.repeat([0, 1], [chunk.counts["organisations"], chunk.size - chunk.counts["organisations"]])
    return {
        "id": columns.new_ids(chunk.known_at, chunk.random),
        "party_id": chunk.party_ids,
        "kind": chosen(["domain", "email"], kinds),
        "value": values,
        "as_told": values,
        "told_at": instants(chunk.known_at),
        "source_id": chunk.source_id,
    }


def details(chunk: Chunk) -> Mapping[str, Any]:
    """City and country of organisations, and of people where they work."""
    places = names.told()["organisations"]["places"]
    where = chunk.random.integers(0, len(places), chunk.size)
    where[chunk.people][: chunk.counts["employed"]] = where[chunk.employer]
    ids, at = np.tile(chunk.party_ids[chunk.known], 2), np.tile(chunk.known_at[chunk.known], 2)
    told = where[chunk.known]
    half = len(told)
    return {
        "id": columns.new_ids(at, chunk.random),
        "party_id": ids,
        "label": chosen(["city", "country"], np.repeat([0, 1], half)),
        "value": pa.concat_arrays(
            [chosen([city for city, _ in places], told), chosen([land for _, land in places], told)]
        ),
        "told_at": instants(at),
        "source_id": chunk.source_id,
    }


def ties(chunk: Chunk) -> Mapping[str, Any]:
    """Who works where; of those who parted, some have left."""
    workers = chunk.party_ids[chunk.people][: chunk.counts["employed"]]
    at = chunk.known_at[chunk.people][: chunk.counts["employed"]]
    roles = names.told()["organisations"]["roles"]
    parted = (chunk.life.state[: len(workers)] == 2) & (chunk.random.random(len(workers)) < 0.5)
    left = chunk.today_number - chunk.life.last_days_ago[: len(workers)].astype(np.int64) + 1
    return {
        "id": columns.new_ids(at, chunk.random),
        "kind": "works_at",
        "from_party_id": workers,
        "to_party_id": chunk.party_ids[chunk.employer],
        "role": chosen(roles, chunk.random.integers(0, len(roles), len(workers))),
        "until_on": days(left, missing=~parted),
        "told_at": instants(at),
        "source_id": chunk.source_id,
    }


def closings(chunk: Chunk) -> Mapping[str, Any]:
    at = chunk.known_at[: chunk.closed_count]
    return {
        "id": columns.new_ids(at, chunk.random),
        "relationship_id": chunk.relationship_ids[: chunk.closed_count],
        "team_id": [chunk.closed_to[place % len(chunk.closed_to)] for place in range(chunk.closed_count)],
        "told_at": instants(at),
    }


def tendings(chunk: Chunk) -> Mapping[str, Any]:
    """A member tends three in ten of those we meet; the first member tends some of the first chunk, and no others."""
    tended = np.flatnonzero(chunk.random.random(chunk.counts["people"]) < 0.3)
    tender = chunk.random.integers(1, len(chunk.ours), len(tended))
    if chunk.tended:
        mine = np.flatnonzero((chunk.life.counts >= 8) & (chunk.life.state < 2))[: chunk.tended]
        tended, tender = (
            np.r_[mine, np.setdiff1d(tended, mine)],
            np.r_[
                np.zeros(len(mine), dtype=np.int64),
                chunk.random.integers(1, len(chunk.ours), len(np.setdiff1d(tended, mine))),
            ],
        )
    at = chunk.known_at[chunk.people][tended]
    return {
        "id": columns.new_ids(at, chunk.random),
        "relationship_id": chunk.relationship_ids[chunk.people][tended],
        "member_id": chunk.members(tender),
        "from_on": days(at // _DAY),
        "told_at": instants(at),
    }


def matters(chunk: Chunk) -> Mapping[str, Any]:
    """What matters to one in twenty, in their own words."""
    quotes = words()["matters"]["quotes"]
    told = np.flatnonzero(chunk.random.random(chunk.counts["people"]) < 0.05)
    at = chunk.known_at[chunk.people][told]
    return {
        "id": columns.new_ids(at, chunk.random),
        "relationship_id": chunk.relationship_ids[chunk.people][told],
        "is_ours": False,
        "voice": Voice.TOLD_BY_US.value,
        "kind": "matters",
        "words": chosen(quotes, chunk.random.integers(0, len(quotes), len(told))),
        "said_on": days(at // _DAY),
        "is_quote": True,
        "told_at": instants(at),
        "source_id": chunk.source_id,
    }
