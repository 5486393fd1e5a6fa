"""What happened in a chunk, as columns: moments, who took part, what was promised and traded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from ampersand.desk.demo import columns
from ampersand.desk.demo.chunks import Chunk
from ampersand.desk.demo.columns import chosen, days, instants, some
from ampersand.desk.demo.promised import Promised
from ampersand.desk.demo.sayings import promise_texts, sayings

_DAY, _HOUR = 86_400, 3600
# From them, to them, with them: the role of their side by who began.
_WRITERS = {"them": 0, "us": 1, "": 2}


def moments(chunk: Chunk) -> Mapping[str, Any]:
    told = sayings()
    written = np.array([saying.mode in ("mail", "message") for saying in told])[chunk.said]
    zones, modes = pa.array(["Europe/London"]), [saying.mode for saying in told]
    return {
        "id": chunk.moment_ids,
        "mode": chosen(modes, chunk.said),
        "happened_at": instants(chunk.met.second),
        "zone": zones.take(pa.array(np.zeros(len(chunk.said), dtype=np.int64))),
        "on_day": days(chunk.met.day),
        "began": chosen([saying.began for saying in told], chunk.said),
        "asks_answer": pa.array([saying.asks for saying in told]).take(pa.array(chunk.said)),
        "subject": chosen([saying.subject for saying in told], chunk.said),
        "words": chosen([saying.words for saying in told], chunk.said),
        "room": "ours",
        "told_at": instants(chunk.met.second + _HOUR),
        "source_id": chunk.source_id,
        "told_by_id": some(columns.texts(chunk.members(chunk.member_of)), missing=written),
    }


def participants(chunk: Chunk) -> Mapping[str, Any]:
    """Two in each moment: one of them, one of us."""
    began = np.array([_WRITERS[s.began] if s.mode in ("mail", "message") else 2 for s in sayings()])[chunk.said]
    roles = ["from", "to", "with"]
    ours = np.array([1, 0, 2])[began]
    at = instants(np.tile(chunk.met.second, 2))
    return {
        "moment_id": np.tile(chunk.moment_ids, 2),
        "role": chosen(roles, np.r_[began, ours]),
        "happened_at": at,
        "party_id": np.r_[chunk.party_ids[chunk.people][chunk.met.of], chunk.our_parties(chunk.member_of)],
        "is_ours": np.repeat([False, True], len(chunk.said)),
    }


def promises(chunk: Chunk) -> Mapping[str, Any]:
    made = chunk.promised
    theirs, us = chunk.promise_sides()
    of = chunk.met.of[made.moment]
    at = chunk.met.second[made.moment] + _HOUR
    return {
        "id": chunk.promise_ids,
        "relationship_id": chunk.relationship_ids[chunk.people][of],
        "by_id": np.where(made.is_ours, us, theirs),
        "to_id": np.where(made.is_ours, theirs, us),
        "is_ours": made.is_ours,
        "words": chosen(promise_texts(), chunk.promise_words),
        "made_on": days(chunk.met.day[made.moment]),
        "first_due_on": days(made.first_due),
        "due_on": days(made.due),
        "settled_at": instants(made.ended_at, missing=~made.is_settled),
        "moment_id": chunk.moment_ids[made.moment],
        "room": "ours",
        "told_at": instants(at),
        "source_id": chunk.source_id,
        "told_by_id": chunk.members(chunk.member_of[made.moment]),
    }


def promise_events(chunk: Chunk) -> Mapping[str, Any]:
    """Moved before the day, said done, and what the receiver said, in that order."""
    made = chunk.promised
    theirs, us = chunk.promise_sides()
    promiser, receiver = np.where(made.is_ours, us, theirs), np.where(made.is_ours, theirs, us)
    moved, done, ended = (np.flatnonzero(some) for some in (made.is_moved, made.is_done, made.is_settled))
    of = np.r_[moved, done, ended]
    kinds = np.r_[np.zeros(len(moved), int), np.ones(len(done), int), 2 + made.end[ended]]
    by_promiser = (kinds < 2) | (kinds == 2 + Promised.WITHDRAWN)
    at = np.r_[made.moved_at[moved], made.done_at[done], made.ended_at[ended]]
    is_own = by_promiser == made.is_ours[of]
    return {
        "id": columns.new_ids(at, chunk.random),
        "promise_id": chunk.promise_ids[of],
        "kind": chosen(["moved", "said_done", *Promised.ENDS], kinds),
        "by_id": np.where(by_promiser, promiser[of], receiver[of]),
        "voice": chosen(["told_by_us", "own"], is_own.astype(np.int64)),
        "at": instants(at),
        "told_at": instants(at),
        "told_by_id": chunk.members(chunk.member_of[made.moment[of]]),
        "due_on": days(made.due[of], missing=kinds != 0),
    }


def transactions(chunk: Chunk) -> Mapping[str, Any]:
    """An order and its invoice in each of some months, with a trend of its own for each organisation."""
    months = chunk.random.integers(1, 24, chunk.counts["organisations"])
    of = np.repeat(np.arange(len(months)), months)
    ago = np.arange(len(of)) - np.repeat(np.cumsum(months) - months, months)
    usual, trend = chunk.random.lognormal(6.5, 0.9, len(months)), chunk.random.normal(0, 0.015, len(months))
    amount = usual[of] * np.exp(-trend[of] * ago) * chunk.random.lognormal(0, 0.08, len(of))
    ordered = chunk.today_number - 8 - ago * 30 - chunk.random.integers(0, 6, len(of))
    day = np.r_[ordered, ordered + chunk.random.integers(2, 7, len(of))]
    numbers = [f"{place:x}-{month}" for place, month in zip(of, ago, strict=True)]
    return {
        "id": columns.new_ids(day * _DAY, chunk.random),
        "party_id": np.tile(chunk.party_ids[of], 2),
        "kind": chosen(["order", "invoice"], np.repeat([0, 1], len(of))),
        "happened_on": days(day),
        "amount": np.round(np.tile(amount, 2), 2),
        "currency": "GBP",
        "number": [*numbers, *numbers],
        "told_at": instants((day + 1) * _DAY),
        "source_id": chunk.source_id,
    }
