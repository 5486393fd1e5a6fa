"""Forecasts of contact, measured: error, ranking and speed on the sets beside the project, with `lifetimes` in the same run.

    python -m benchmarks.rhythm bars [FOLDER]    each set; FOLDER holds rhythm/ and network/
    python -m benchmarks.rhythm speed [COUNT]    fitting 100,000 and reading COUNT made relationships

`make rhythm` does both; `make bench` prints the first. `lifetimes` gets an environment of its own in the bench folder, made on
demand; where it cannot be made, that is said. `pymc-marketing` is large and slow: it stands beside the sets of no more than
AMPERSAND_PYMC_MOST relationships (usually 3,000) where AMPERSAND_PYMC_PYTHON names a python that has it. Nothing after the day of
asking is told to anybody.
"""

from __future__ import annotations

import csv
import gzip
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from scipy.stats import rankdata

from ampersand.readings.rhythm import bank, fitting, grid, model, state
from ampersand.readings.rhythm.formulas import Floats
from ampersand.readings.rhythm.state import Days, States
from benchmarks.rhythm_peers import Peer, Peers

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Case:
    name: str
    days: Days
    until: int
    ahead: int


@dataclass(frozen=True)
class Measured:
    """What somebody foretold of each relationship: what is not told is not measured."""

    who: str
    chance: Floats
    seconds: float
    expected: Floats | None = None
    median: Floats | None = None
    at_least: Any = None
    range: tuple[Floats, Floats] | None = None


def main(arguments: Sequence[str]) -> int:
    match arguments:
        case ["bars", *folder]:
            return bars(Path(folder[0]) if folder else SHARED)
        case ["speed", *count]:
            speed(int(count[0]) if count else 1_000_000)
        case _:
            print(__doc__)
            return 2
    return 0


def bars(folder: Path) -> int:
    """Print a row for each set; answers 1 where a peer has the smaller RMSE, or tells better apart who will be met."""
    if not (folder / "rhythm").is_dir():
        print(f"Rhythm: the sets are not in {folder}, so nothing was measured.")
        return 0
    peers = Peers()
    print(
        "| set | parties | who | RMSE | MAE | MAE of the median | AUC | log loss | CRPS | in 90 of 100 | fit CPU s |\n"
        "|---|---|---|---|---|---|---|---|---|---|---|"
    )
    is_missed = False
    for case in cases(folder):
        now, there = state.states(case.days, as_of_day=case.until)
        later = (case.days.day > case.until) & (case.days.day <= case.until + case.ahead)
        came = np.bincount(case.days.party[later], minlength=case.days.count)[there]
        error, apart = _row(case, came, _ours(case, now))
        _row(case, came, _plain_kind(case, now))
        others = [Measured("days, half-life 30", now.often[:, 1] + 2.0 ** (-now.known / 30), 0.0)]
        others += measured(peers.ask(now, case.ahead), case.name)
        for other in others:
            their_error, their_apart = _row(case, came, other)
            is_missed |= bool(error > their_error or apart < their_apart)
    return int(is_missed)


def measured(told: Sequence[Peer], case: str) -> list[Measured]:
    """What the peers foretold. One that has no number for somebody has no error either: it is left out, and named."""
    for peer in told:
        if not peer.has_answered:
            print(f"{peer.name} has no number for some of {case}, and is left out.", file=sys.stderr)
    return [
        Measured(peer.name, 1 - np.exp(-peer.expected), peer.seconds, peer.expected)
        for peer in told
        if peer.has_answered
    ]


def _ours(case: Case, now: States) -> Measured:
    began = time.process_time()
    learnt = bank.fit(case.days, as_of_day=case.until, horizon=case.ahead)
    seconds = time.process_time() - began
    told = model.forecast(now, learnt)
    at_least = model.pooled(now, learnt, grid.tables(learnt.grid, learnt.prior, horizon=case.ahead)).at_least
    return Measured("ours", told.p_contact, seconds, told.expected, told.median, at_least, (told.low, told.high))


def cases(folder: Path) -> Iterator[Case]:
    """The splits of readings.md, and each net at three quarters of its time."""
    cdnow = [line.split() for line in _lines(folder / "rhythm/cdnow/CDNOW_master.txt.gz")[1:]]
    sample = [line.split(",") for line in _lines(folder / "rhythm/cdnow/cdnowElog_BTYD.csv.gz")[1:]]
    grocery = [line.split(",") for line in _lines(folder / "rhythm/grocery/groceryElog.csv.gz")[1:]]
    year = _day("1997-09-30")
    yield Case("CDNOW sample", _days([row[0] for row in sample], [_figures(row[2]) for row in sample]), year, 273)
    yield Case("CDNOW", _days([row[0] for row in cdnow], [_figures(row[1]) for row in cdnow]), year, 273)
    yield Case(
        "grocery", _days([row[0] for row in grocery], [_day(row[1]) for row in grocery]), _day("2006-12-31"), 364
    )
    for name, path in (
        ("students", "network/collegemsg/CollegeMsg.txt.gz"),
        ("EU mail", "network/email-eu-core/email-Eu-core-temporal-first150days.txt.gz"),
    ):
        told = [line.split() for line in _lines(folder / path)]
        yield _net(name, _days([_pair(*row[:2]) for row in told], [int(row[2]) // 86400 for row in told]))
    with gzip.open(folder / "network/enron/enron_messages.csv.gz", "rt") as stream:
        mails = [row for row in csv.DictReader(stream) if "1999-06" <= row["Time"] < "2002-03"]
    yield _net(
        "Enron", _days([_pair(row["from"], row["to"]) for row in mails], [_day(row["Time"][:10]) for row in mails])
    )


def speed(count: int) -> None:
    """CPU and wall seconds to fit 100,000 relationships, beside lifetimes, and to read `count`, all with their recent sums."""
    whole, until, ahead = _made(count), 600, 180
    few = whole.party < 100_000
    some = Days(whole.party[few], whole.day[few], min(count, 100_000))
    now, _there = state.states(whole, as_of_day=until)
    sums, _there = state.states(some, as_of_day=until)
    print("| step | relationships | wall s | CPU s |\n|---|---|---|---|")
    rates = _timed("fit of the priors", len(sums), lambda: bank.fit_rates(sums, horizon=ahead))
    learnt = _timed(
        "the same, and the look at the past", len(sums), lambda: bank.fit(some, as_of_day=until, horizon=ahead)
    )
    for peer in Peers().ask(sums, ahead):
        print(f"| fit and count of {peer.name} | {len(sums):,} | | {peer.seconds:.2f} |")
    _timed(
        "reading by the priors: alive, contact, expected, quantiles, next", len(now), lambda: model.forecast(now, rates)
    )
    _timed("reading by the whole bank", len(now), lambda: model.forecast(now, learnt))


def _made(count: int) -> Days:
    """Days of so many relationships that begin in the first 500 days: rates Gamma, chances to end Beta."""
    random = np.random.default_rng(0)
    who, rate, end = np.arange(count), random.gamma(0.7, 1 / 60, count) + 1e-5, random.beta(0.8, 2, count)
    day = random.integers(0, 500, count).astype(float)
    party, days = [], []
    while len(who):
        party.append(who)
        days.append(day.astype(np.int64))
        day = day + np.maximum(random.exponential(1 / rate[who]), 1)
        goes_on = (random.random(len(who)) > end[who]) & (day < 700)
        who, day = who[goes_on], day[goes_on]
    pairs = np.unique(np.concatenate(party) * 1_000 + np.concatenate(days))
    return Days(pairs // 1_000, pairs % 1_000, count)


def _timed(name: str, count: int, work: Any) -> Any:
    wall, cpu = time.perf_counter(), time.process_time()
    told = work()
    print(f"| {name} | {count:,} | {time.perf_counter() - wall:.2f} | {time.process_time() - cpu:.2f} |")
    return told


def _row(case: Case, came: Any, told: Measured) -> tuple[float, float]:
    """Print what was measured; answers RMSE (not a number without a count) and AUC."""
    error, off, loss = float("nan"), float("nan"), float("nan")
    met, order = came > 0, rankdata(told.chance)
    apart = float((order[met].sum() - met.sum() * (met.sum() + 1) / 2) / max(met.sum() * (~met).sum(), 1))
    if told.expected is not None:
        error, off = float(np.sqrt(np.mean((came - told.expected) ** 2))), float(np.abs(came - told.expected).mean())
        sure = np.clip(told.chance, 1e-4, 1 - 1e-4)
        loss = float(-np.where(met, np.log(sure), np.log1p(-sure)).mean())
    middle = float("nan") if told.median is None else float(np.abs(came - told.median).mean())
    spread = float("nan") if told.at_least is None else _crps(told.at_least, came, case.ahead)
    figures = " | ".join(f"{figure:.4f}" for figure in (error, off, middle, apart, loss, spread)).replace("nan", "")
    inside = "" if told.range is None else f"{100 * ((came >= told.range[0]) & (came <= told.range[1])).mean():.1f}"
    print(f"| {case.name} {case.ahead} d | {len(came):,} | {told.who} | {figures} | {inside} | {told.seconds:.2f} |")
    return error, apart


def _plain_kind(case: Case, now: States) -> Measured:
    """MBG/NBD by this project's formulas, of which the whole distribution is known."""
    began = time.process_time()
    kind = fitting.one_kind(fitting.weighed(now.sums), k=1)
    seconds = time.process_time() - began
    cells = grid.grid_for(float(now.known.max()), ticks=(1,))
    told = grid.read(now, grid.tables(cells, grid.on_grid(cells, [kind], np.ones(1)), horizon=case.ahead))
    chance, expected = (column.astype(np.float64) for column in (told.at_least[:, 0], told.expected))
    return Measured("MBG/NBD of ours", chance, seconds, expected, None, told.at_least)


def _crps(at_least: Any, came: Any, ahead: int) -> float:
    """Of whole counts: the sum over n of (P(at least n) - 1 if it came)^2; between the counts of the table by lines."""
    every = np.arange(1, min(ahead, 600) + 1)
    told = np.concatenate([np.ones((len(came), 1)), at_least], axis=1)
    known = np.concatenate([[0], grid.COUNTS])
    place = np.minimum(np.searchsorted(known, every, side="right") - 1, len(known) - 2)
    part = (every - known[place]) / (known[place + 1] - known[place])
    off = 0.0
    for start in range(0, len(came), 4_096):
        rows = slice(start, start + 4_096)
        between = told[rows, place] * (1 - part) + told[rows, place + 1] * part
        off += float((((came[rows, None] >= every) - between) ** 2).sum())
    return off / len(came)


def _net(name: str, days: Days) -> Case:
    first, last = int(days.day.min()), int(days.day.max())
    until = first + (last - first) * 3 // 4
    return Case(name, days, until, last - until)


def _days(party: list[str], day: list[int]) -> Days:
    names, number = np.unique(np.asarray(party), return_inverse=True)
    pairs = np.unique(np.stack([number, np.asarray(day)], axis=1), axis=0)
    return Days(pairs[:, 0].astype(np.int64), pairs[:, 1].astype(np.int64), len(names))


def _pair(one: str, other: str) -> str:
    return "-".join(sorted((one, other)))


def _lines(path: Path) -> list[str]:
    with gzip.open(path, "rt") as stream:
        return [line for line in stream.read().splitlines() if line.strip()]


def _day(written: str) -> int:
    return (date.fromisoformat(written) - _EPOCH).days


def _figures(written: str) -> int:
    return _day(f"{written[:4]}-{written[4:6]}-{written[6:8]}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
