"""Whether two streams of one relationship stay in tune: the share scan of docs/explanation/in-tune.md.

Given how much happened in all, how much of it was talk is a matter of shares. What makes both grow, shrink or come in
seasons leaves the share as it is, and so do the slow drifts of a market. The same scan reads whether promises made run
ahead of promises kept (made in the place of trade, kept in the place of talk), and of summed counts whether a house or a
team drifts as a whole.

Source of the statistic: the signed root of a likelihood ratio, scanned over windows that end now (Page 1954; Siegmund and
Venkatraman 1995; Kulldorff 1997), conditional on the total. Nothing here imports Django, Ibis or, for a few
relationships, numba.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ampersand.readings import beta

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# A quarter at least, so that what is said rests on more than a busy month; a year and a half at most.
WINDOW_WEEKS_MIN, WINDOW_WEEKS_MAX = 13, 78
# What is its usual is known from three quarters before it: with the least window, four quarters.
BEFORE_WEEKS_MIN = 39
WEEKS_MIN = WINDOW_WEEKS_MIN + BEFORE_WEEKS_MIN
# Both streams together, and each by itself: of less it is too early to say anything.
EVENTS_MIN, EACH_MIN = 20.0, 5.0
# With these three, one relationship in ten is wrongly said to part to one side within three years of weekly looks, at
# every rate and trend tried (benchmarks/tune.py): few events come in coarse steps, and uneven streams lean to one side.
ADDED = 0.35
STRETCH = 2.0
THRESHOLD = 3.055
# Fewer than this are scanned without numba, which takes seconds to load.
FEW = 2_000

TOO_EARLY, IN_TUNE, TRADE_AHEAD, TALK_AHEAD = range(4)
SAYS = ("too_early", "in_tune", "trade_ahead", "relationship_ahead")
# The same four of promises made and promises kept.
INFLATION_SAYS = ("too_early", "in_step", "made_ahead", "kept_ahead")


class UnreadableWeeks(ValueError):
    """The rows of a stream do not fit together, or a count is below 0 or no number."""


@dataclass(frozen=True)
class Weeks:
    """What happened in which week, one row a relationship and week in any order; weeks in which nothing happened are left out.

    `place`: which relationship, from 0. `weeks_back`: 0 is the seven days that end with the day that is read, 1 those
    before; below 0 lies ahead and is not looked at. `trade`: transactions. `talk`: relationship events, each with a weight
    from 0.5 to 1. All of one length. Raises UnreadableWeeks.
    """

    place: Ints
    weeks_back: Ints
    trade: Floats
    talk: Floats

    @classmethod
    def of(
        cls,
        place: ArrayLike,
        weeks_back: ArrayLike,
        trade: ArrayLike,
        talk: ArrayLike,
        talk_square: ArrayLike | None = None,
    ) -> Weeks:
        """From anything that can be an array. With `talk_square`, the sums of squared weights, a relationship's talk counts
        as the number of events it is worth (Kish): halves alone say as much as if each were whole."""
        try:
            where, when = (np.asarray(told, dtype=np.int64).ravel() for told in (place, weeks_back))
            one, other = (np.asarray(told, dtype=np.float64).ravel() for told in (trade, talk))
        except (TypeError, ValueError) as error:
            raise UnreadableWeeks(f"places and weeks must be whole numbers, counts numbers; {error}") from error
        weeks = cls(where, when, one, other)
        return weeks if talk_square is None else weeks._worth(np.asarray(talk_square, dtype=np.float64).ravel())

    def __post_init__(self) -> None:
        lengths = {len(told) for told in (self.place, self.weeks_back, self.trade, self.talk)}
        if len(lengths) > 1:
            raise UnreadableWeeks(f"the four columns must be of one length; got {sorted(lengths)}")
        for name, told in (("trade", self.trade), ("talk", self.talk)):
            if len(told) and not (np.isfinite(told).all() and told.min() >= 0):
                raise UnreadableWeeks(f"{name} must be counts of 0 or more")
        if len(self.place) and self.place.min() < 0:
            raise UnreadableWeeks("a place must be 0 or more")

    def _worth(self, square: Floats) -> Weeks:
        if len(square) != len(self.talk) or not (np.isfinite(square).all() and (square >= 0).all()):
            raise UnreadableWeeks("squares of weights must be numbers of 0 or more, one a row")
        known = self.weeks_back >= 0
        talk, squares = (np.bincount(self.place[known], told[known]) for told in (self.talk, square))
        fuller = np.divide(talk, squares, out=np.ones(len(talk)), where=squares > 0)
        # A relationship with nothing but what lies ahead is in no sum.
        worth = np.append(fuller, np.ones(max(int(self.place.max(initial=0)) + 1 - len(fuller), 0)))
        return Weeks(self.place, self.weeks_back, self.trade, self.talk * worth[self.place])

    def summed(self, into: ArrayLike) -> Weeks:
        """The same weeks by team, product or house: `into[place]` is where each relationship belongs."""
        return Weeks(np.asarray(into, dtype=np.int64)[self.place], self.weeks_back, self.trade, self.talk)


@dataclass(frozen=True)
class Tunes:
    """What the scan found, one element a relationship.

    `says`: index into SAYS. `weeks`: length of the window that stands out most, 0 where it is too early. `z` is for tests
    and benchmarks and is never shown: below 0 trade is ahead. The four counts are those inside the window and before it.
    """

    says: NDArray[np.int8]
    weeks: Ints
    z: Floats
    trade_since: Floats
    talk_since: Floats
    trade_before: Floats
    talk_before: Floats

    @property
    def count(self) -> Floats:
        """How many events it rests on, weighed."""
        return self.trade_since + self.talk_since + self.trade_before + self.talk_before

    @property
    def is_apart(self) -> NDArray[np.bool_]:
        return self.says >= TRADE_AHEAD

    def since_day(self, as_of_day: int) -> Ints:
        """The day, counted as `as_of_day` is, since when they are apart; `as_of_day` itself where they are not."""
        return as_of_day - 7 * np.where(self.is_apart, self.weeks, 0)

    def shares_before(self) -> tuple[Floats, Floats, Floats]:
        """Share of talk before the window, with its interval of 90 of 100 (Beta(1/2, 1/2) before anything was seen):
        low, middle, high. Not a number where nothing happened."""
        return _share(self.talk_before, self.trade_before)

    def shares_since(self) -> tuple[Floats, Floats, Floats]:
        """Share of talk inside the window, as in `shares_before`."""
        return _share(self.talk_since, self.trade_since)


def scan(weeks: Weeks, *, count: int) -> Tunes:
    """Read relationships 0 to `count` - 1. Of a million weekly counts over three years it takes seconds, of one less than
    a millisecond; both ways are held equal by a test.

    Raises UnreadableWeeks when a row is about a relationship beyond `count`.
    """
    if len(weeks.place) and weeks.place.max() >= count:
        raise UnreadableWeeks(f"a place must be below {count}; got {weeks.place.max()}")
    place, back, trade, talk = weeks.place, weeks.weeks_back, weeks.trade, weeks.talk
    if len(place) and (np.diff(place) < 0).any():
        order = np.argsort(place, kind="stable")
        place, back, trade, talk = place[order], back[order], trade[order], talk[order]
    starts = np.searchsorted(place, np.arange(count + 1))
    if count < FEW:
        found = np.zeros((count, 6))
        for number in range(count):
            own = slice(starts[number], starts[number + 1])
            found[number] = scan_one(back[own], trade[own], talk[own])
    else:
        from ampersand.readings import kernels

        found = kernels.scan(starts, back, trade, talk)
    return _told(found)


def scan_one(weeks_back: Ints, trade: Floats, talk: Floats) -> tuple[float, float, float, float, float, float]:
    """One relationship: weeks of the window that stands out most (0: too early), its Z, then trade and talk since and in all."""
    known = (weeks_back >= 0) & ((trade > 0) | (talk > 0))
    back, trade, talk = weeks_back[known], trade[known], talk[known]
    trade_all, talk_all = _sum(trade), _sum(talk)
    span = int(back.max()) + 1 if len(back) else 0
    if not is_enough(trade_all, talk_all, span):
        return 0.0, 0.0, 0.0, 0.0, trade_all, talk_all
    near = back < WINDOW_WEEKS_MAX
    a: Floats = np.cumsum(np.bincount(back[near], trade[near], WINDOW_WEEKS_MAX), dtype=np.float64)
    b: Floats = np.cumsum(np.bincount(back[near], talk[near], WINDOW_WEEKS_MAX), dtype=np.float64)
    longest = min(WINDOW_WEEKS_MAX, span - BEFORE_WEEKS_MIN)
    a, b = a[WINDOW_WEEKS_MIN - 1 : longest], b[WINDOW_WEEKS_MIN - 1 : longest]
    z = signed_root(a, b, trade_all - a, talk_all - b) * stretch(trade_all + talk_all)
    # Of windows that say the same, the shortest.
    most = int(np.argmax(np.abs(z)))
    return float(WINDOW_WEEKS_MIN + most), float(z[most]), float(a[most]), float(b[most]), trade_all, talk_all


def is_enough(trade: float, talk: float, span_weeks: int) -> bool:
    """Whether there is anything to say: of four quarters, about twenty events, and some in each stream.

    However many purchases there are, by themselves they say nothing of the relationship.
    """
    return span_weeks >= WEEKS_MIN and trade + talk >= EVENTS_MIN and min(trade, talk) >= EACH_MIN


def signed_root(a: Floats, b: Floats, c: Floats, d: Floats) -> Floats:
    """How far the share of talk inside a window, b of a + b, lies from that before it, d of c + d.

    Z = sign sqrt(2 [b ln(p1/p) + a ln((1-p1)/(1-p)) + d ln(p0/p) + c ln((1-p0)/(1-p))]), 0 ln 0 = 0, with ADDED put to each
    of the four. About a standard normal where the shares are one. Below 0 the window has less talk. Unit: none.
    """
    a, b, c, d = a + ADDED, b + ADDED, c + ADDED, d + ADDED
    root = 2 * (
        _xlogx(a) + _xlogx(b) + _xlogx(c) + _xlogx(d) - _xlogx(a + b) - _xlogx(c + d) - _xlogx(a + c) - _xlogx(b + d)
        + _xlogx(a + b + c + d)
    )  # fmt: skip
    size = np.sqrt(np.maximum(root, 0))
    signed: Floats = np.where(b * (c + d) > d * (a + b), size, -size)
    return signed


def stretch(count: float) -> float:
    """What Z is multiplied by: where few events happened, fewer windows differ and the largest Z comes out smaller."""
    return 1 + STRETCH / count


def weeks_back(days: ArrayLike, *, as_of_day: int) -> Ints:
    """In which week before a day each day lies; below 0 for those ahead. Both counted from the same day."""
    back: Ints = (as_of_day - np.asarray(days, dtype=np.int64)) // 7
    return back


def words(tunes: Tunes, says: Sequence[str] = SAYS) -> list[str]:
    """What the scan says of each relationship, in words: SAYS, or INFLATION_SAYS of promises made and kept."""
    return [says[one] for one in tunes.says]


def _told(found: Floats) -> Tunes:
    weeks, z, trade, talk, trade_all, talk_all = np.ascontiguousarray(found.T)
    says = np.full(len(z), IN_TUNE, np.int8)
    says[z < -THRESHOLD] = TRADE_AHEAD
    says[z > THRESHOLD] = TALK_AHEAD
    says[weeks == 0] = TOO_EARLY
    return Tunes(says, weeks.astype(np.int64), z, trade, talk, trade_all - trade, talk_all - talk)


def _sum(told: Floats) -> float:
    # In the order of the rows, as the kernel adds them: pairwise sums differ in the last digit.
    return float(np.cumsum(told)[-1]) if len(told) else 0.0


def _share(talk: Floats, trade: Floats) -> tuple[Floats, Floats, Floats]:
    both = talk + trade
    middle = np.divide(talk, both, out=np.full_like(both, np.nan), where=both > 0)
    low, high = (np.where(both > 0, beta.quantile(share, talk + 0.5, trade + 0.5), np.nan) for share in (0.05, 0.95))
    return low, middle, high


def _xlogx(told: Floats) -> Floats:
    return told * np.log(told)
