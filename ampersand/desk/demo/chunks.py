"""One chunk of a large book: some thousand parties with their lives, promises and trade, as columns for COPY."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ampersand.core.folding import folded_words
from ampersand.desk.demo import columns, findable, lives, names
from ampersand.desk.demo.columns import chosen, days
from ampersand.desk.demo.promised import Promised
from ampersand.desk.demo.sayings import moment_texts, promise_texts, sayings, topics

Texts = NDArray[np.bytes_]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

MOMENTS_A_PARTY = 10
CLOSED = 12
_DAY, _HOUR = 86_400, 3600
_EPOCH = date(1970, 1, 1)
_ORGANISATIONS, _EMPLOYED, _COMMUNITIES, _TRACES = 0.15, 0.80, 0.01, 0.01

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

    def promise_sides(self) -> tuple[Texts, Texts]:
        moment = self.promised.moment
        return self.party_ids[self.people][self.met.of[moment]], self.our_parties(self.member_of[moment])

    # what search finds

    @cached_property
    def found(self) -> findable.Named:
        name, sort_name, _, _ = self.named
        ids = [text.decode() for text in self.party_ids[self.known]]
        return findable.of_names(ids, list(zip(name, sort_name, strict=True))[self.known], self.addresses[self.known])

    def spoken(self) -> set[str]:
        """Every word by which something of this chunk is found."""
        said = {moment_texts()[place] for place in np.unique(self.said)}
        promised = {promise_texts()[place] for place in np.unique(self.promise_words)}
        return self.found.words.union(*map(findable.words_of_text, said | promised))

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
    def closed_count(self) -> int:
        return min(CLOSED, self.counts["organisations"]) if self.closed_to else 0

    def members(self, places: Numbers) -> Texts:
        return np.array([member for member, _ in self.ours], dtype="S36")[places]

    def our_parties(self, places: Numbers) -> Texts:
        return np.array([party for _, party in self.ours], dtype="S36")[places]
