"""What search finds of a chunk, as columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ampersand.desk.demo import findable
from ampersand.desk.demo.chunks import Chunk
from ampersand.desk.demo.sayings import moment_texts, promise_texts

_DAY, _HOUR = 86_400, 3600


def parties(chunk: Chunk) -> Mapping[str, Any]:
    return chunk.found.entries


def names_of(chunk: Chunk) -> Mapping[str, Any]:
    return chunk.found.names


def promises(chunk: Chunk) -> Mapping[str, Any]:
    made, (theirs, us) = chunk.promised, chunk.promise_sides()
    return findable.of_texts(
        "promise",
        chunk.promise_ids,
        promise_texts(),
        chunk.promise_words,
        at=chunk.met.second[made.moment] + _HOUR,
        parties=(np.where(made.is_ours, us, theirs), np.where(made.is_ours, theirs, us)),
        today=chunk.today,
    )


def moments(chunk: Chunk) -> Mapping[str, Any]:
    parties = chunk.party_ids[chunk.people][chunk.met.of], chunk.our_parties(chunk.member_of)
    return findable.of_texts(
        "moment", chunk.moment_ids, moment_texts(), chunk.said, at=chunk.met.second, parties=parties, today=chunk.today
    )
