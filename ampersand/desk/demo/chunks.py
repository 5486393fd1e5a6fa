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
from ampersand.core.models import SearchEntry, SearchName
from ampersand.core.search import Entry
from ampersand.core.search_words import words_of
from ampersand.desk.demo import columns, findable, lives, names
from ampersand.desk.demo.columns import chosen, days, instants, some
from ampersand.desk.demo.life import words
from ampersand.desk.demo.promised import Promised
from ampersand.desk.demo.sayings import moment_texts, promise_texts, sayings, topics
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
_WRITERS = {"them": 0, "us": 1, "": 2}

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
            (PromiseEvent, self.promise_events), (Transaction, self.transactions), (SearchEntry, self.found_parties),
            (SearchName, self.found_names), (SearchEntry, self.found_promises), (SearchEntry, self.found_moments),
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

    @cached_property
    def addresses(self) -> list[str]:
        """A mail domain for each organisation, an address for each person and sender."""
        mailbox, firms = self.named[3], self.counts["organisations"]
        domains = [f"{mailbox[place]}-{self.number}-{place}.example" for place in range(firms)]
        works = [domains[place] for place in self.employer] + ["post.example"] * self.size
        people = [
            f"{name}.{place}@{domain}" for place, (name, domain) in enumerate(zip(mailbox[firms:], works, strict=False))
        ]
        return [*domains, *people]

    def identifiers(self) -> Mapping[str, Any]:
        """A mail domain for each organisation, an address for each person and sender."""
        values = self.addresses
        kinds = np.repeat([0, 1], [self.counts["organisations"], self.size - self.counts["organisations"]])
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
        parted = (self.life.state[: len(workers)] == 2) & (self.random.random(len(workers)) < 0.5)
        left = self.today_number - self.life.last_days_ago[: len(workers)].astype(np.int64) + 1
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
            mine = np.flatnonzero((self.life.counts >= 8) & (self.life.state < 2))[: self.tended]
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
    def life(self) -> lives.Lives:
        return lives.draw(
            self.counts["people"], self.size * MOMENTS_A_PARTY, np.random.default_rng([self.seed, 13, self.number])
        )

    @cached_property
    def met(self) -> lives.Meetings:
        random = np.random.default_rng([self.seed, 14, self.number])
        return lives.meetings(self.life, today=self.today_number, random=random)

    @cached_property
    def said(self) -> Numbers:
        """Which of the sayings each moment is. What was said last mostly asks for nothing: people do answer."""
        random, told = np.random.default_rng([self.seed, 15, self.number]), sayings()
        shares = np.array([saying.share for saying in told])
        said = random.choice(len(told), len(self.met.of), p=shares / shares.sum())
        latest = (np.diff(self.met.of, prepend=-1) != 0) & (random.random(len(said)) < 0.9)
        asking_nothing = shares * [not saying.asks for saying in told]
        said[latest] = random.choice(len(told), latest.sum(), p=asking_nothing / asking_nothing.sum())
        return said

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
        began = np.array([_WRITERS[s.began] if s.mode in ("mail", "message") else 2 for s in sayings()])[self.said]
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
    def promise_words(self) -> Numbers:
        """Which of the promises each is: ours first, then theirs."""
        random, count = np.random.default_rng([self.seed, 18, self.number]), len(topics())
        return random.integers(0, count, self.size) + np.where(self.promised.is_ours, 0, count)

    @cached_property
    def promise_ids(self) -> Texts:
        return columns.new_ids(self.met.second[self.promised.moment], self.random)

    def promises(self) -> Mapping[str, Any]:
        made = self.promised
        theirs, us = self._promise_sides()
        of = self.met.of[made.moment]
        at = self.met.second[made.moment] + _HOUR
        return {
            "id": self.promise_ids,
            "relationship_id": self.relationship_ids[self.people][of],
            "by_id": np.where(made.is_ours, us, theirs),
            "to_id": np.where(made.is_ours, theirs, us),
            "is_ours": made.is_ours,
            "words": chosen(promise_texts(), self.promise_words),
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

    # what search finds

    @cached_property
    def found(self) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        name, sort_name, _, _ = self.named
        ids = self.party_ids[self.known].astype(str)
        told = zip(ids, name, sort_name, self.addresses, strict=False)
        return findable.of_names(
            [Entry("party", party, address, names=tuple(names)) for party, *names, address in told]
        )

    def found_parties(self) -> Mapping[str, Any]:
        return self.found[0]

    def found_names(self) -> Mapping[str, Any]:
        return self.found[1]

    def found_promises(self) -> Mapping[str, Any]:
        made, (theirs, us) = self.promised, self._promise_sides()
        return findable.of_texts(
            "promise",
            self.promise_ids,
            promise_texts(),
            self.promise_words,
            at=self.met.second[made.moment] + _HOUR,
            parties=(np.where(made.is_ours, us, theirs), np.where(made.is_ours, theirs, us)),
            today=self.today,
        )

    def found_moments(self) -> Mapping[str, Any]:
        parties = self.party_ids[self.people][self.met.of], self._our_parties(self.member_of)
        return findable.of_texts(
            "moment", self.moment_ids, moment_texts(), self.said, at=self.met.second, parties=parties, today=self.today
        )

    def words(self) -> set[str]:
        """Every word by which this chunk's parties are found."""
        told = (self.named[0], self.named[1], self.addresses)
        return {word for texts in told for text in texts[self.known] for word in words_of(text)}

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
        last = self.today_number - self.life.last_days_ago.astype(np.int64)
        return pa.table(
            {
                "relationship": columns.texts(self.relationship_ids[self.people]),
                "every_days": self.life.every_days,
                "shape": self.life.shape,
                "state": chosen(list(lives.STATES), self.life.state),
                "moment_count": self.life.counts,
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


def _copy(cursor: psycopg.Cursor[Any], model: type[Model], made: Mapping[str, Any]) -> int:
    """Copy columns, those that were not named as the model would have left them."""
    return columns.copy(cursor, model._meta.db_table, {**_left_out(model, tuple(made)), **made})


@cache
def _left_out(model: type[Model], named: tuple[str, ...]) -> dict[str, Any]:
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.column and field.column not in named and not field.get_internal_type().endswith("AutoField")
    ]
    return {str(field.column): field.get_default() for field in fields}
