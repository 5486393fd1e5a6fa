"""One chunk of a large book: some thousand parties with their lives, promises and trade, as columns for COPY."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import Any

import numpy as np
import psycopg
import pyarrow as pa
from django.db.models import Model
from numpy.typing import NDArray

from ampersand.core.folding import folded_words, sort_key
from ampersand.desk.demo import columns, lives, names
from ampersand.desk.demo.columns import chosen, days, instants, some
from ampersand.desk.demo.life import words
from ampersand.exchange.models import Transaction
from ampersand.parties.models import ClosedTo, Detail, Identifier, Party, Relationship, SideLine, Tending, Tie
from ampersand.promises.models import Promise, PromiseEvent
from ampersand.timeline.models import Moment, Participant

Texts = NDArray[np.bytes_]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

MOMENTS_A_PARTY = 10
CLOSED = 12
_DAY, _HOUR = 86_400, 3600
_EPOCH = date(1970, 1, 1)
_ORGANISATIONS, _EMPLOYED, _COMMUNITIES, _TRACES = 0.15, 0.80, 0.01, 0.01
_MODES = {"mail": 0.44, "call": 0.25, "visit": 0.20, "message": 0.07, "video": 0.04}

TRUTH_SCHEMA = pa.schema(
    {
        "relationship": pa.string(),
        "every_days": pa.float64(),
        "shape": pa.float64(),
        "state": pa.string(),
        "moment_count": pa.int64(),
        "last_on": pa.date32(),
    }
)


@dataclass(frozen=True)
class Chunk:
    """Some thousand parties. Organisations come first, then those who work in them, others, communities, traces.

    `ours` are the members with the parties they take part as; the first one tends `tended` relationships of this chunk,
    and the first CLOSED organisations are closed to the teams of `closed_to`.
    """

    number: int
    size: int
    today: date
    seed: int
    source_id: str
    ours: list[tuple[str, str]]
    closed_to: list[str]
    tended: int
    random: np.random.Generator = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "random", np.random.default_rng([self.seed, 11, self.number]))

    def copy(self, cursor: psycopg.Cursor[Any]) -> int:
        """Copy the whole chunk, the tables others point to first. Answers the rows written."""
        steps = (
            (Party, self.parties), (Relationship, self.relationships), (Identifier, self.identifiers),
            (Detail, self.details), (Tie, self.ties), (ClosedTo, self.closings), (Tending, self.tendings),
            (SideLine, self.matters), (Moment, self.moments), (Participant, self.participants), (Promise, self.promises),
            (PromiseEvent, self.promise_events), (Transaction, self.transactions),
        )  # fmt: skip
        return sum(_copy(cursor, model, made()) for model, made in steps)

    # how many of each, and which

    @cached_property
    def counts(self) -> dict[str, int]:
        organisations, employed = int(self.size * _ORGANISATIONS), int(self.size * _EMPLOYED)
        communities, traces = int(self.size * _COMMUNITIES), int(self.size * _TRACES)
        return {
            "organisations": organisations,
            "people": self.size - organisations - communities - traces,
            "employed": employed,
            "communities": communities,
            "traces": traces,
        }

    @cached_property
    def people(self) -> slice:
        return slice(self.counts["organisations"], self.counts["organisations"] + self.counts["people"])

    @cached_property
    def known(self) -> slice:
        """All but the traces."""
        return slice(0, self.size - self.counts["traces"])

    @cached_property
    def employer(self) -> Numbers:
        """The organisation each employed person works in: a few are large, most are small."""
        random = np.random.default_rng([self.seed, 12, self.number])
        weights = random.pareto(1.6, self.counts["organisations"]) + 0.2
        return random.choice(self.counts["organisations"], self.counts["employed"], p=weights / weights.sum())

    # who

    @cached_property
    def party_ids(self) -> Texts:
        return columns.new_ids(self.known_at, self.random)

    @cached_property
    def relationship_ids(self) -> Texts:
        return columns.new_ids(self.known_at[self.known], self.random)

    @cached_property
    def known_at(self) -> Numbers:
        """When each party came to be known: when they first met, else some day of the house's past."""
        told = (self.today_number - self.random.integers(1, lives.LONGEST_DAYS, self.size)) * _DAY + 9 * _HOUR
        first = np.full(self.counts["people"], np.iinfo(np.int64).max)
        np.minimum.at(first, self.met.of, self.met.second - _HOUR)
        told[self.people] = np.where(first < np.iinfo(np.int64).max, first, told[self.people])
        return told

    @cached_property
    def named(self) -> tuple[list[str], list[str], list[str], list[str]]:
        """Names, sort names, languages, and what stands before the @ or names the domain."""
        organisations, count = names.Organisations(), self.counts
        people = names.People().draw(count["people"], self.random)
        firms = organisations.draw(count["organisations"], self.random)
        groups = organisations.draw_communities(count["communities"], self.random)
        senders = [f"{name} News" for name in organisations.draw(count["traces"], self.random)]
        others = [*groups, *senders]
        return (
            [*firms, *(person.name for person in people), *others],
            [*[""] * len(firms), *(person.sort_name for person in people), *[""] * len(others)],
            [*[""] * len(firms), *(person.language for person in people), *[""] * len(others)],
            [
                *("-".join(folded_words(name)) for name in firms),
                *(person.mailbox for person in people),
                *("-".join(folded_words(name)) for name in others),
            ],
        )

    def parties(self) -> Mapping[str, Any]:
        name, sort_name, language, _ = self.named
        count = self.counts
        kinds = np.repeat(
            [0, 1, 2, 0], [count["organisations"], count["people"], count["communities"], count["traces"]]
        )
        return {
            "id": self.party_ids,
            "kind": chosen(["organisation", "person", "community"], kinds),
            "name": name,
            "sort_name": sort_name,
            "sort_key": [sort_key(*both) for both in zip(name, sort_name, strict=True)],
            "language": language,
            "told_at": instants(self.known_at),
            "source_id": self.source_id,
        }

    def relationships(self) -> Mapping[str, Any]:
        count = self.counts
        because = np.repeat([0, 1, 2], [count["organisations"], count["people"], count["communities"]])
        closed = np.zeros(len(because), dtype=bool)
        closed[: self._closed] = True
        return {
            "id": self.relationship_ids,
            "party_id": self.party_ids[self.known],
            "because": chosen(["trade", "wrote_both_ways", "note"], because),
            "known_at": instants(self.known_at[self.known]),
            "told_at": instants(self.known_at[self.known]),
            "source_id": self.source_id,
            "closed_at": instants(self.known_at[self.known], missing=~closed),
        }

    def identifiers(self) -> Mapping[str, Any]:
        """A mail domain for each organisation, an address for each person and sender."""
        mailbox = self.named[3]
        employer = [int(place) for place in self.employer]
        domains = [
            f"{mailbox[place]}-{self.number:x}{place:x}.example" for place in range(self.counts["organisations"])
        ]
        values = list(domains)
        for place in range(self.people.start, self.size):
            worker = place - self.people.start
            domain = domains[employer[worker]] if worker < len(employer) else "post.example"
            values.append(f"{mailbox[place]}.{place:x}@{domain}")
        kinds = np.repeat([0, 1], [len(domains), self.size - len(domains)])
        return {
            "id": columns.new_ids(self.known_at, self.random),
            "party_id": self.party_ids,
            "kind": chosen(["domain", "email"], kinds),
            "value": values,
            "as_told": values,
            "told_at": instants(self.known_at),
            "source_id": self.source_id,
        }

    def details(self) -> Mapping[str, Any]:
        """City and country of organisations, and of people where they work."""
        places = names.told()["organisations"]["places"]
        where = self.random.integers(0, len(places), self.size)
        where[self.people][: self.counts["employed"]] = where[self.employer]
        ids, at = np.tile(self.party_ids[self.known], 2), np.tile(self.known_at[self.known], 2)
        told = where[self.known]
        half = len(told)
        return {
            "id": columns.new_ids(at, self.random),
            "party_id": ids,
            "label": chosen(["city", "country"], np.repeat([0, 1], half)),
            "value": pa.concat_arrays(
                [chosen([city for city, _ in places], told), chosen([land for _, land in places], told)]
            ),
            "told_at": instants(at),
            "source_id": self.source_id,
        }

    def ties(self) -> Mapping[str, Any]:
        """Who works where; of those who parted, some have left."""
        workers = self.party_ids[self.people][: self.counts["employed"]]
        at = self.known_at[self.people][: self.counts["employed"]]
        roles = names.told()["organisations"]["roles"]
        parted = (self.lives.state[: len(workers)] == 2) & (self.random.random(len(workers)) < 0.5)
        left = self.today_number - self.lives.last_days_ago[: len(workers)].astype(np.int64) + 1
        return {
            "id": columns.new_ids(at, self.random),
            "kind": "works_at",
            "from_party_id": workers,
            "to_party_id": self.party_ids[self.employer],
            "role": chosen(roles, self.random.integers(0, len(roles), len(workers))),
            "until_on": days(left, missing=~parted),
            "told_at": instants(at),
            "source_id": self.source_id,
        }

    def closings(self) -> Mapping[str, Any]:
        at = self.known_at[: self._closed]
        return {
            "id": columns.new_ids(at, self.random),
            "relationship_id": self.relationship_ids[: self._closed],
            "team_id": [self.closed_to[place % len(self.closed_to)] for place in range(self._closed)],
            "told_at": instants(at),
        }

    def tendings(self) -> Mapping[str, Any]:
        """A member tends three in ten of those we meet; the first member tends some of the first chunk, and no others."""
        tended = np.flatnonzero(self.random.random(self.counts["people"]) < 0.3)
        tender = self.random.integers(1, len(self.ours), len(tended))
        if self.tended:
            mine = np.flatnonzero((self.lives.counts >= 8) & (self.lives.state < 2))[: self.tended]
            tended, tender = (
                np.r_[mine, np.setdiff1d(tended, mine)],
                np.r_[
                    np.zeros(len(mine), dtype=np.int64),
                    self.random.integers(1, len(self.ours), len(np.setdiff1d(tended, mine))),
                ],
            )
        at = self.known_at[self.people][tended]
        return {
            "id": columns.new_ids(at, self.random),
            "relationship_id": self.relationship_ids[self.people][tended],
            "member_id": self._members(tender),
            "from_on": days(at // _DAY),
            "told_at": instants(at),
        }

    def matters(self) -> Mapping[str, Any]:
        """What matters to one in twenty, in their own words."""
        quotes = words()["matters"]["quotes"]
        told = np.flatnonzero(self.random.random(self.counts["people"]) < 0.05)
        at = self.known_at[self.people][told]
        return {
            "id": columns.new_ids(at, self.random),
            "relationship_id": self.relationship_ids[self.people][told],
            "is_ours": False,
            "kind": "matters",
            "words": chosen(quotes, self.random.integers(0, len(quotes), len(told))),
            "said_on": days(at // _DAY),
            "is_quote": True,
            "told_at": instants(at),
            "source_id": self.source_id,
        }

    # what happened

    @cached_property
    def lives(self) -> lives.Lives:
        return lives.draw(
            self.counts["people"], self.size * MOMENTS_A_PARTY, np.random.default_rng([self.seed, 13, self.number])
        )

    @cached_property
    def met(self) -> lives.Meetings:
        random = np.random.default_rng([self.seed, 14, self.number])
        return lives.meetings(self.lives, today=self.today_number, random=random)

    @cached_property
    def said(self) -> Numbers:
        """Which of the sayings each moment is."""
        random, shares = np.random.default_rng([self.seed, 15, self.number]), np.array([s.share for s in sayings()])
        return random.choice(len(shares), len(self.met.of), p=shares / shares.sum())

    @cached_property
    def moment_ids(self) -> Texts:
        return columns.new_ids(self.met.second, self.random)

    @cached_property
    def member_of(self) -> Numbers:
        """Which of us took part in each moment: each relationship mostly knows one of us."""
        random = np.random.default_rng([self.seed, 16, self.number])
        return random.integers(0, len(self.ours), self.counts["people"])[self.met.of]

    def moments(self) -> Mapping[str, Any]:
        told = sayings()
        written = np.array([saying.mode in ("mail", "message") for saying in told])[self.said]
        zones, modes = pa.array(["Europe/London"]), [saying.mode for saying in told]
        return {
            "id": self.moment_ids,
            "mode": chosen(modes, self.said),
            "happened_at": instants(self.met.second),
            "zone": zones.take(pa.array(np.zeros(len(self.said), dtype=np.int64))),
            "on_day": days(self.met.day),
            "began": chosen([saying.began for saying in told], self.said),
            "asks_answer": pa.array([saying.asks for saying in told]).take(pa.array(self.said)),
            "subject": chosen([saying.subject for saying in told], self.said),
            "words": chosen([saying.words for saying in told], self.said),
            "room": "ours",
            "told_at": instants(self.met.second + _HOUR),
            "source_id": self.source_id,
            "told_by_id": some(columns.texts(self._members(self.member_of)), missing=written),
        }

    def participants(self) -> Mapping[str, Any]:
        """Two in each moment: one of them, one of us."""
        began = np.array(
            [{"them": 0, "us": 1, "": 2}[s.began] if s.mode in ("mail", "message") else 2 for s in sayings()]
        )[self.said]
        roles = ["from", "to", "with"]
        ours = np.array([1, 0, 2])[began]
        at = instants(np.tile(self.met.second, 2))
        return {
            "moment_id": np.tile(self.moment_ids, 2),
            "role": chosen(roles, np.r_[began, ours]),
            "happened_at": at,
            "party_id": np.r_[self.party_ids[self.people][self.met.of], self._our_parties(self.member_of)],
            "is_ours": np.repeat([False, True], len(self.said)),
        }

    # promises

    @cached_property
    def promised(self) -> Promised:
        return Promised.draw(
            self.met, self.size, today=self.today_number, random=np.random.default_rng([self.seed, 17, self.number])
        )

    @cached_property
    def promise_ids(self) -> Texts:
        return columns.new_ids(self.met.second[self.promised.moment], self.random)

    def promises(self) -> Mapping[str, Any]:
        made = self.promised
        theirs, us = self._promise_sides()
        of = self.met.of[made.moment]
        texts = [topic["ours"] for topic in _topics()] + [topic["theirs"] for topic in _topics()]
        picked = self.random.integers(0, len(_topics()), len(of)) + np.where(made.is_ours, 0, len(_topics()))
        at = self.met.second[made.moment] + _HOUR
        return {
            "id": self.promise_ids,
            "relationship_id": self.relationship_ids[self.people][of],
            "by_id": np.where(made.is_ours, us, theirs),
            "to_id": np.where(made.is_ours, theirs, us),
            "is_ours": made.is_ours,
            "words": chosen(texts, picked),
            "made_on": days(self.met.day[made.moment]),
            "first_due_on": days(made.first_due),
            "due_on": days(made.due),
            "settled_at": instants(made.ended_at, missing=~made.is_settled),
            "moment_id": self.moment_ids[made.moment],
            "room": "ours",
            "told_at": instants(at),
            "source_id": self.source_id,
            "told_by_id": self._members(self.member_of[made.moment]),
        }

    def promise_events(self) -> Mapping[str, Any]:
        """Moved before the day, said done, and what the receiver said, in that order."""
        made = self.promised
        theirs, us = self._promise_sides()
        promiser, receiver = np.where(made.is_ours, us, theirs), np.where(made.is_ours, theirs, us)
        moved, done, ended = (np.flatnonzero(some) for some in (made.is_moved, made.is_done, made.is_settled))
        of = np.r_[moved, done, ended]
        kinds = np.r_[np.zeros(len(moved), int), np.ones(len(done), int), 2 + made.end[ended]]
        by_promiser = (kinds < 2) | (kinds == 2 + Promised.WITHDRAWN)
        at = np.r_[made.moved_at[moved], made.done_at[done], made.ended_at[ended]]
        is_own = by_promiser == made.is_ours[of]
        return {
            "id": columns.new_ids(at, self.random),
            "promise_id": self.promise_ids[of],
            "kind": chosen(["moved", "said_done", *Promised.ENDS], kinds),
            "by_id": np.where(by_promiser, promiser[of], receiver[of]),
            "voice": chosen(["told_by_us", "own"], is_own.astype(np.int64)),
            "at": instants(at),
            "told_at": instants(at),
            "told_by_id": self._members(self.member_of[made.moment[of]]),
            "due_on": days(made.due[of], missing=kinds != 0),
        }

    def _promise_sides(self) -> tuple[Texts, Texts]:
        moment = self.promised.moment
        return self.party_ids[self.people][self.met.of[moment]], self._our_parties(self.member_of[moment])

    # trade

    def transactions(self) -> Mapping[str, Any]:
        """An order and its invoice in each of some months, with a trend of its own for each organisation."""
        months = self.random.integers(1, 24, self.counts["organisations"])
        of = np.repeat(np.arange(len(months)), months)
        ago = np.arange(len(of)) - np.repeat(np.cumsum(months) - months, months)
        usual, trend = self.random.lognormal(6.5, 0.9, len(months)), self.random.normal(0, 0.015, len(months))
        amount = usual[of] * np.exp(-trend[of] * ago) * self.random.lognormal(0, 0.08, len(of))
        ordered = self.today_number - 8 - ago * 30 - self.random.integers(0, 6, len(of))
        day = np.r_[ordered, ordered + self.random.integers(2, 7, len(of))]
        numbers = [f"{place:x}-{month}" for place, month in zip(of, ago, strict=True)]
        return {
            "id": columns.new_ids(day * _DAY, self.random),
            "party_id": np.tile(self.party_ids[of], 2),
            "kind": chosen(["order", "invoice"], np.repeat([0, 1], len(of))),
            "happened_on": days(day),
            "amount": np.round(np.tile(amount, 2), 2),
            "currency": "GBP",
            "number": [*numbers, *numbers],
            "told_at": instants((day + 1) * _DAY),
            "source_id": self.source_id,
        }

    # the truth

    def truth(self) -> Any:
        last = self.today_number - self.lives.last_days_ago.astype(np.int64)
        return pa.table(
            {
                "relationship": columns.texts(self.relationship_ids[self.people]),
                "every_days": self.lives.every_days,
                "shape": self.lives.shape,
                "state": chosen(list(lives.STATES), self.lives.state),
                "moment_count": self.lives.counts,
                "last_on": days(last),
            },
            schema=TRUTH_SCHEMA,
        )

    # small words

    @cached_property
    def today_number(self) -> int:
        return (self.today - _EPOCH).days

    @property
    def _closed(self) -> int:
        return min(CLOSED, self.counts["organisations"]) if self.closed_to else 0

    def _members(self, places: Numbers) -> Texts:
        return np.array([member for member, _ in self.ours], dtype="S36")[places]

    def _our_parties(self, places: Numbers) -> Texts:
        return np.array([party for _, party in self.ours], dtype="S36")[places]


@dataclass(frozen=True)
class Promised:
    """Promises as columns: of which moment, due when, and how they ended. `end` is a place in ENDS, -1 while open."""

    ENDS = ("kept", "partly", "not_kept", "released", "withdrawn")
    WITHDRAWN = 4

    moment: Numbers
    is_ours: Flags
    first_due: Numbers
    due: Numbers
    end: Numbers
    is_moved: Flags
    is_done: Flags
    moved_at: Numbers
    done_at: Numbers
    ended_at: Numbers

    @property
    def is_settled(self) -> Flags:
        return self.end >= 0

    @classmethod
    def draw(cls, met: lives.Meetings, count: int, *, today: int, random: np.random.Generator) -> Promised:
        """So many promises, each made in a moment. What fell due ended, save a few that are late or unconfirmed."""
        moment = np.sort(random.integers(0, len(met.of), count))
        made = met.day[moment]
        first_due = made + random.integers(3, 31, count)
        moved_due = first_due + random.integers(4, 12, count)
        is_moved = (random.random(count) < 0.09) & (moved_due < today)
        due = np.where(is_moved, moved_due, first_due)
        done = np.maximum(made, np.minimum(today - 1, due + random.integers(-3, 4, count)))
        fell_due, fate = due < today, random.random(count)
        is_fresh = due > today - 60
        end = np.searchsorted(np.cumsum([0.82, 0.05, 0.06, 0.04]), random.random(count))
        is_open = ~fell_due | (is_fresh & (fate < 0.06))
        is_unconfirmed = fell_due & is_fresh & (fate >= 0.06) & (fate < 0.14)
        settled = ~is_open & ~is_unconfirmed
        said_done = is_unconfirmed | (settled & (end < 3))
        done_at = done * _DAY + 10 * _HOUR
        ended = np.minimum(today - 1, done + np.where(end < 3, random.integers(0, 5, count), 0))
        return cls(
            moment=moment,
            is_ours=random.random(count) < 0.5,
            first_due=first_due,
            due=due,
            end=np.where(settled, end, -1),
            is_moved=is_moved & fell_due,
            is_done=said_done,
            moved_at=np.maximum(made, first_due - 2) * _DAY + 9 * _HOUR,
            done_at=done_at,
            ended_at=ended * _DAY + 15 * _HOUR,
        )


@dataclass(frozen=True)
class Saying:
    """One thing that a moment may be."""

    mode: str
    began: str
    asks: bool
    subject: str
    words: str
    share: float


@cache
def sayings() -> list[Saying]:
    """Everything said in the large books: the words of the story that name nobody."""
    told = []
    for topic in _topics():
        told.append(Saying("mail", "them", True, topic["subject"], topic["asked"], 0.4))
        told.append(Saying("mail", "us", False, f"Re: {topic['subject']}", topic["answered"], 0.5))
        told += [
            Saying(mode, began, False, "", topic["spoke"], share)
            for mode, began, share in (
                ("call", "them", 0.5),
                ("call", "us", 0.5),
                ("visit", "", 1.0),
                ("video", "", 1.0),
            )
            if "{first}" not in topic["spoke"]
        ]
    told += [
        Saying("mail", "us", True, topic["subject"], topic["asked"], 0.1 * len(_topics()) / len(words()["ours"]))
        for topic in words()["ours"]
    ]
    told += [
        Saying("message", began, asks, "", topic[name], 0.5)
        for topic in words()["message"]
        for began, asks, name in (("them", True, "asked"), ("us", False, "answered"))
    ]
    return _weighed(told)


def _weighed(told: list[Saying]) -> list[Saying]:
    """Give each mode its share of all moments."""
    sums = {mode: sum(saying.share for saying in told if saying.mode == mode) for mode in _MODES}
    return [Saying(s.mode, s.began, s.asks, s.subject, s.words, s.share / sums[s.mode] * _MODES[s.mode]) for s in told]


@cache
def _topics() -> list[dict[str, str]]:
    """Every topic of every trade."""
    told = words()
    return [topic for group in told.values() if isinstance(group, list) for topic in group if "theirs" in topic]


def _copy(cursor: psycopg.Cursor[Any], model: type[Model], made: Mapping[str, Any]) -> int:
    """Copy columns, those that were not named as the model would have left them."""
    return columns.copy(cursor, model._meta.db_table, {**_left_out(model, tuple(made)), **made})


@cache
def _left_out(model: type[Model], named: tuple[str, ...]) -> dict[str, Any]:
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.column not in named and not field.get_internal_type().endswith("AutoField")
    ]
    return {field.column: field.get_default() for field in fields}
