"""What is negotiated, given up and said of terms in a chunk of a large book, as columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ampersand.desk.demo import columns
from ampersand.desk.demo.chunks import Chunk
from ampersand.desk.demo.columns import chosen, days, instants

Numbers = NDArray[np.int64]
Texts = NDArray[np.bytes_]

_DAY, _HOUR = 86_400, 3600
# One of so many parties negotiates, gave something up, said terms.
_NEGOTIATES, _GAVE, _TERMS = 25, 5, 20
_HOLDS_DAYS = 30
_ABOUT = ("What comes next year", "A machine on loan", "One price for every house", "A second delivery a week")
_KINDS = ("yearly supply", "machine on loan", "yearly supply", "delivery")
_GIVEN = ("held the old price for one more month", "took the late delivery without a word", "came on a Sunday")
_COSTS = ("", "the margin of a month", "two mornings")
_WORTHS = ("", "nobody had to drive twice", "a week to put it right")
_ENDS = ("accepted", "declined", "withdrawn", "")


@dataclass(frozen=True)
class Bargains:
    """Negotiations of a chunk, each begun in a moment, with one to three offers in turn. `ends` is a place in _ENDS."""

    chunk: Chunk
    moment: Numbers
    ends: Numbers
    ids: Texts
    count: Numbers
    quantity: Numbers
    price_of_five: Numbers
    """In steps of five of the smallest coin, so that a fifth of any line is a whole coin."""

    @classmethod
    def draw(cls, chunk: Chunk) -> Bargains:
        random = np.random.default_rng([chunk.seed, 19, chunk.number])
        moment = np.sort(random.integers(0, len(chunk.met.of), chunk.size // _NEGOTIATES))
        count = random.choice([1, 2, 3], len(moment), p=[0.6, 0.25, 0.15])
        is_fresh = chunk.met.day[moment] > chunk.today_number - _HOLDS_DAYS
        ends = random.choice(4, len(moment), p=[0.5, 0.25, 0.1, 0.15])
        return cls(
            chunk=chunk,
            moment=moment,
            ends=np.where(is_fresh, 3, ends),
            ids=columns.new_ids(chunk.met.second[moment], random),
            count=count,
            quantity=random.integers(10, 800, count.sum()),
            price_of_five=random.integers(240, 320, count.sum()),
        )

    @cached_property
    def of(self) -> Numbers:
        """The negotiation of each offer."""
        return np.repeat(np.arange(len(self.count)), self.count)

    @cached_property
    def version(self) -> Numbers:
        first = np.cumsum(self.count) - self.count
        return np.asarray(np.arange(len(self.of)) - np.repeat(first, self.count) + 1)

    @cached_property
    def put_at(self) -> Numbers:
        """A few days after one another, and none ahead."""
        begun = self.chunk.met.second[self.moment][self.of] + 2 * _HOUR
        room = np.maximum(self.chunk.today_number * _DAY - begun, 0)
        return np.asarray(begun + (self.version - 1) * np.minimum(4 * _DAY, room // 4))

    @cached_property
    def offer_ids(self) -> Texts:
        return columns.new_ids(self.put_at, np.random.default_rng([self.chunk.seed, 20, self.chunk.number]))

    @property
    def is_ours(self) -> NDArray[np.bool_]:
        return np.asarray(self.version % 2 == 1)

    @property
    def is_newest(self) -> NDArray[np.bool_]:
        return np.asarray(self.version == self.count[self.of])

    def sides(self) -> tuple[Texts, Texts]:
        """Theirs and ours, of each negotiation."""
        theirs = self.chunk.party_ids[self.chunk.people][self.chunk.met.of[self.moment]]
        return theirs, self.chunk.our_parties(self.chunk.member_of[self.moment])

    def givers(self) -> tuple[Texts, Texts]:
        """Who put each offer, and who received it."""
        theirs, us = (side[self.of] for side in self.sides())
        return np.where(self.is_ours, us, theirs), np.where(self.is_ours, theirs, us)

    def members(self) -> Texts:
        return self.chunk.members(self.chunk.member_of[self.moment])


def negotiations(made: Bargains) -> Mapping[str, Any]:
    chunk, about = made.chunk, np.arange(len(made.moment)) % len(_ABOUT)
    return {
        "id": made.ids,
        "relationship_id": chunk.relationship_ids[chunk.people][chunk.met.of[made.moment]],
        "about": chosen(list(_ABOUT), about),
        "kind": chosen(list(_KINDS), about),
        "member_id": made.members(),
        "decider_id": made.sides()[0],
        "told_at": instants(chunk.met.second[made.moment] + _HOUR),
        "told_by_id": made.members(),
        "source_id": chunk.source_id,
    }


def offers(made: Bargains) -> Mapping[str, Any]:
    pence = made.quantity * made.price_of_five * 5
    return {
        "id": made.offer_ids,
        "negotiation_id": made.ids[made.of],
        "version": made.version,
        "by_id": made.givers()[0],
        "is_ours": made.is_ours,
        "voice": chosen(["told_by_us", "own"], made.is_ours.astype(np.int64)),
        "currency": "GBP",
        "valid_until": days(made.put_at // _DAY + _HOLDS_DAYS),
        "net_amount": pence / 100,
        "tax_amount": pence / 500,
        "told_at": instants(made.put_at),
        "told_by_id": made.members()[made.of],
        "source_id": made.chunk.source_id,
    }


def offer_lines(made: Bargains) -> Mapping[str, Any]:
    random = np.random.default_rng([made.chunk.seed, 21, made.chunk.number])
    return {
        "id": columns.new_ids(made.put_at, random),
        "offer_id": made.offer_ids,
        "position": np.zeros(len(made.of), dtype=np.int64),
        "words": "House blend",
        "quantity": made.quantity,
        "unit": "kg",
        "unit_price": made.price_of_five / 20,
        "tax_rate": np.full(len(made.of), 20),
    }


def offer_events(made: Bargains) -> Mapping[str, Any]:
    """Each was put; each but the newest was countered by the next; the newest came to its end, or waits."""
    giver, receiver = made.givers()
    every, countered = np.arange(len(made.of)), np.flatnonzero(~made.is_newest)
    end = made.ends[made.of]
    ended = np.flatnonzero(made.is_newest & (end < 3))
    of = np.r_[every, countered, ended]
    kinds = np.r_[np.zeros(len(every), int), np.ones(len(countered), int), 2 + end[ended]]
    # The next version is its receiver's word; an offer is withdrawn by its giver.
    by_giver = (kinds == 0) | (kinds == 2 + _ENDS.index("withdrawn"))
    at = np.r_[made.put_at, made.put_at[countered + 1], made.put_at[ended] + _HOUR]
    is_own = by_giver == made.is_ours[of]
    return {
        "id": columns.new_ids(at, np.random.default_rng([made.chunk.seed, 22, made.chunk.number])),
        "offer_id": made.offer_ids[of],
        "kind": chosen(["put", "countered", *_ENDS[:3]], kinds),
        "by_id": np.where(by_giver, giver[of], receiver[of]),
        "voice": chosen(["told_by_us", "own"], is_own.astype(np.int64)),
        "told_by_id": made.members()[made.of[of]],
        "at": instants(at),
        "told_at": instants(at),
    }


def concessions(chunk: Chunk) -> Mapping[str, Any]:
    random = np.random.default_rng([chunk.seed, 23, chunk.number])
    moment = np.sort(random.integers(0, len(chunk.met.of), chunk.size // _GAVE))
    theirs = chunk.party_ids[chunk.people][chunk.met.of[moment]]
    us, is_ours = chunk.our_parties(chunk.member_of[moment]), random.random(len(moment)) < 0.5
    cost, worth = random.integers(0, 3, len(moment)), random.integers(0, 3, len(moment))
    at, member = chunk.met.second[moment] + _HOUR, chunk.members(chunk.member_of[moment])
    by_whom = is_ours.astype(np.int64)
    return {
        "id": columns.new_ids(at, random),
        "relationship_id": chunk.relationship_ids[chunk.people][chunk.met.of[moment]],
        "by_id": np.where(is_ours, us, theirs),
        "to_id": np.where(is_ours, theirs, us),
        "is_ours": is_ours,
        "words": chosen(list(_GIVEN), np.arange(len(moment)) % len(_GIVEN)),
        "happened_on": days(chunk.met.day[moment]),
        "cost_words": chosen(list(_COSTS), cost),
        "cost_voice": chosen(["", "told_by_us", "own"], np.where(cost > 0, 1 + by_whom, 0)),
        "worth_words": chosen(list(_WORTHS), worth),
        "worth_voice": chosen(["", "own", "told_by_us"], np.where(worth > 0, 1 + by_whom, 0)),
        "voice": chosen(["told_by_us", "own"], by_whom),
        "room": "ours",
        "told_at": instants(at),
        "told_by_id": member,
        "source_id": chunk.source_id,
    }


def terms(chunk: Chunk) -> Mapping[str, Any]:
    """Some say in a word how they wish to be reached."""
    random = np.random.default_rng([chunk.seed, 24, chunk.number])
    of = np.sort(random.choice(chunk.counts["people"], chunk.size // _TERMS, replace=False))
    party, at = chunk.party_ids[chunk.people][of], chunk.known_at[chunk.people][of] + 2 * _HOUR
    return {
        "id": columns.new_ids(at, random),
        "party_id": party,
        "version": np.ones(len(of), dtype=np.int64),
        "roster": chosen(["answer", "work", "now_and_then"], random.integers(0, 3, len(of))),
        "from_at": instants(at),
        "said_by_id": party,
        "said_at": instants(at),
        "voice": "told_by_us",
        "told_at": instants(at),
        "told_by_id": chunk.members(np.zeros(len(of), dtype=np.int64)),
        "source_id": chunk.source_id,
    }
