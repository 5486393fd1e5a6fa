"""Forecasts of contact, measured: error, ranking and speed on the sets beside the project, with `lifetimes` in the same run.

    python -m benchmarks.rhythm bars [FOLDER]    each set; FOLDER holds rhythm/ and network/
    python -m benchmarks.rhythm speed [COUNT]    fitting 100,000 and reading COUNT made relationships

`make rhythm` does both; `make bench` prints the first. `lifetimes` gets an environment of its own in the bench folder, made on
demand; where it cannot be made, that is said. Nothing after the day of asking is told to anybody.
"""

from __future__ import annotations

import csv
import gzip
import os
import subprocess
import sys
import tempfile
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
from ampersand.readings.rhythm.state import Days, States

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
LIFETIMES = "lifetimes==0.11.3"
_EPOCH = date(1970, 1, 1)
_PEERS = """
import sys, time, warnings
warnings.filterwarnings("ignore")
import numpy as np, lifetimes
told = np.load(sys.argv[1])
x, span, known, ahead = told["x"], told["span"], told["known"], float(told["ahead"])
out = {}
for name in ("BetaGeoFitter", "ModifiedBetaGeoFitter", "ParetoNBDFitter"):
    try:
        began = time.process_time()
        fitted = getattr(lifetimes, name)().fit(x, span, known)
        out[name + "_seconds"] = time.process_time() - began
        out[name] = np.ravel(fitted.conditional_expected_number_of_purchases_up_to_time(ahead, x, span, known))
    except Exception as error:
        print(name, "did not converge:", str(error)[:60], file=sys.stderr)
np.savez(sys.argv[2], **out)
"""


@dataclass(frozen=True)
class Case:
    name: str
    days: Days
    until: int
    ahead: int


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
    """Print a row for each set; answers 1 where lifetimes has the smaller RMSE, or the decayed count ranks better."""
    if not (folder / "rhythm").is_dir():
        print(f"Rhythm: the sets are not in {folder}, so nothing was measured.")
        return 0
    python = _peers_python()
    print(
        "| set | parties | who | RMSE | MAE | AUC | log loss | CRPS | in 90 of 100 | fit CPU s |\n"
        "|---|---|---|---|---|---|---|---|---|---|"
    )
    is_missed = False
    for case in cases(folder):
        now, there = state.states(case.days, as_of_day=case.until)
        later = (case.days.day > case.until) & (case.days.day <= case.until + case.ahead)
        came = np.bincount(case.days.party[later], minlength=case.days.count)[there]
        began = time.process_time()
        learnt = bank.fit(case.days, as_of_day=case.until, horizon=case.ahead)
        seconds = time.process_time() - began
        told = model.forecast(now, learnt)
        held = ((came >= told.low) & (came <= told.high)).mean()
        known = grid.tables(learnt.grid, learnt.prior, horizon=case.ahead)
        spread = _crps(model.pooled(now, learnt, known).at_least, came, case.ahead)
        error, ranked = _row(case, now, "ours", came, told.expected, told.p_contact, seconds, held, spread)
        _plain_kind(case, now, came)
        month = now.often[:, 1] + 2.0 ** (-now.known / 30)
        _error, plain = _row(case, now, "days, half-life 30", came, None, month, 0.0, None)
        peers = _peers(python, now, case.ahead) if python else {}
        for name in [name for name in peers if not name.endswith("_seconds")]:
            expected = peers[name]
            peer_seconds = float(peers[f"{name}_seconds"])
            theirs, _auc = _row(
                case, now, f"lifetimes {name}", came, expected, 1 - np.exp(-expected), peer_seconds, None
            )
            is_missed |= bool(error > theirs)
        is_missed |= bool(ranked < plain)
    return int(is_missed)


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
    """CPU and wall seconds to fit 100,000 relationships and to read `count`, all with their recent sums."""
    random = np.random.default_rng(0)
    rates, ends = random.gamma(0.7, 1 / 60, count), random.beta(0.8, 2, count)
    known = random.integers(200, 700, count).astype(float)
    repeats = np.minimum(random.geometric(ends) - 1, random.poisson(rates * known)).astype(float)
    span = np.maximum(np.where(repeats > 0, np.round(known * random.beta(repeats + 0.01, 1.5)), 0), repeats)
    known = np.maximum(known, span)
    logs = np.where(repeats > 0, 0.9 * repeats * np.log(np.maximum(span, 1) / np.maximum(repeats, 1)), 0)
    made = States(repeats, span, known, logs, repeats[:, None] * random.random((count, 3)) * 0.1)
    print("| step | relationships | wall s | CPU s |\n|---|---|---|---|")
    some = made.part(slice(0, 100_000))
    learnt = _timed("fit of the priors", len(some), lambda: bank.fit_rates(some, horizon=180))
    _timed("reading: alive, contact, expected, quantiles, next", count, lambda: model.forecast(made, learnt))


def _timed(name: str, count: int, work: Any) -> Any:
    wall, cpu = time.perf_counter(), time.process_time()
    told = work()
    print(f"| {name} | {count:,} | {time.perf_counter() - wall:.2f} | {time.process_time() - cpu:.2f} |")
    return told


def _row(
    case: Case,
    now: States,
    who: str,
    came: Any,
    expected: Any,
    chance: Any,
    seconds: float,
    held: float | None,
    spread: float | None = None,
) -> tuple[float, float]:
    error = float("nan") if expected is None else float(np.sqrt(np.mean((came - expected) ** 2)))
    off = float("nan") if expected is None else float(np.abs(came - expected).mean())
    met, ranks = came > 0, rankdata(chance)
    ranked = float((ranks[met].sum() - met.sum() * (met.sum() + 1) / 2) / max(met.sum() * (~met).sum(), 1))
    sure = np.clip(chance, 1e-4, 1 - 1e-4)
    loss = float("nan") if expected is None else float(-np.where(met, np.log(sure), np.log1p(-sure)).mean())
    figures = f"{error:.4f} | {off:.4f} | {ranked:.4f} | {loss:.4f}".replace("nan", "")
    inside = "" if held is None else f"{100 * held:.1f}"
    whole = "" if spread is None else f"{spread:.4f}"
    print(f"| {case.name} {case.ahead} d | {len(now):,} | {who} | {figures} | {whole} | {inside} | {seconds:.2f} |")
    return error, ranked


def _plain_kind(case: Case, now: States, came: Any) -> None:
    """MBG/NBD by this project's formulas, of which the whole distribution is known."""
    began = time.process_time()
    kind = fitting.one_kind(fitting.weighed(now.sums), k=1)
    seconds = time.process_time() - began
    cells = grid.grid_for(float(now.known.max()), ticks=(1,))
    told = grid.read(now, grid.tables(cells, grid.on_grid(cells, [kind], np.ones(1)), horizon=case.ahead))
    spread = _crps(told.at_least, came, case.ahead)
    _row(case, now, "MBG/NBD of ours", came, told.expected, told.at_least[:, 0], seconds, None, spread)


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


def _peers_python() -> Path | None:
    folder = Path(os.environ.get("AMPERSAND_BENCH") or ROOT / ".ampersand-bench") / "peers"
    python = folder / "bin" / "python"
    if not python.exists():
        uv = Path(sys.prefix) / "bin" / "uv"
        made = [[uv, "venv", "-q", folder], [uv, "pip", "install", "-q", "--python", python, LIFETIMES]]
        if any(subprocess.run(step, check=False).returncode for step in made):
            print(f"{LIFETIMES} cannot be installed here, so it stands beside nothing below.\n")
            return None
    return python


def _peers(python: Path, now: States, ahead: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        told, answer = Path(folder) / "told.npz", Path(folder) / "answer.npz"
        np.savez(told, x=now.repeats, span=now.span / 7, known=now.known / 7, ahead=ahead / 7)
        ran = subprocess.run([python, "-c", _PEERS, told, answer], check=False)
        return dict(np.load(answer)) if ran.returncode == 0 else {}


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
