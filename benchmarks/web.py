"""The web of stakeholders, measured: who meets again by strength of tie, and walks, ways and ripples over a million.

    python -m benchmarks.web bars [FOLDER]    the nets beside the project; FOLDER holds network/
    python -m benchmarks.web speed [COUNT]    a made web of COUNT nodes and twenty times as many arcs, beside igraph and networkit

`make web` does both; `make bench` prints them. The peers get an environment of their own in the bench folder, made on demand;
where it cannot be made, that is said. Seconds are of the processor, one thread, so that they hold beside other work.
"""

from __future__ import annotations

import csv
import gzip
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.stats import rankdata

from ampersand.readings.measures.ties import observed_ties
from ampersand.readings.web.arrays import Web, woven
from ampersand.readings.web.paths import Ways
from ampersand.readings.web.rippling import Ripples
from ampersand.readings.web.walking import Walker
from benchmarks import web_peers

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
# What each must reach (readings.md): AUC by net; seconds by step, of a web of a million nodes.
AUC_MIN = {"students": 0.81, "EU mail": 0.795, "Enron": 0.745}
SECONDS_MAX = {"build": 3.0, "walk": 0.010, "way": 0.005, "ripple": 0.001}
_SPLITS = (2 / 3, 3 / 4)
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Net:
    """Messages between two: who wrote, who got it, on which day since 1970, by which way."""

    name: str
    sent: list[tuple[str, str, int, str]]


def main(arguments: Sequence[str]) -> int:
    match arguments:
        case ["bars", *folder]:
            return int(bars(Path(folder[0]) if folder else SHARED))
        case ["speed", *count]:
            return int(speed(int(count[0]) if count else 1_000_000))
        case _:
            print(__doc__)
            return 2


def bars(folder: Path) -> bool:
    """Print how well each way of weighing a tie tells who meets again; whether ours, over the splits, misses a bar or another."""
    if not (folder / "network").is_dir():
        print(f"Web: the nets are not in {folder}, so nothing was measured.")
        return False
    print("| net | split | ties | meet again | ours | standing | days | messages | sent x received |")
    print("|---|---|---|---|---|---|---|---|---|")
    is_missed = False
    for net in nets(folder):
        told = [_apart(net, split) for split in _SPLITS]
        ours, messages, both = (
            float(np.mean([one[who] for one in told])) for who in ("ours", "messages", "sent x received")
        )
        is_missed |= ours < max(AUC_MIN[net.name], messages, both)
    return is_missed


def _apart(net: Net, split: float) -> dict[str, float]:
    days = np.array([day for _one, _other, day, _way in net.sent])
    until = int(days.min() + (days.max() - days.min()) * split)
    pairs = [tuple(sorted(told[:2])) for told in net.sent]
    table = pa.table(
        {
            "relationship_id": [one for one, _other in pairs],
            "other_id": [other for _one, other in pairs],
            "moment_id": [str(number) for number in range(len(pairs))],
            "day": days,
            "way": [way for *_told, way in net.sent],
            "is_outward": [told[0] == pair[0] for told, pair in zip(net.sent, pairs, strict=True)],
            "is_inward": [told[0] != pair[0] for told, pair in zip(net.sent, pairs, strict=True)],
        }
    )
    ties = observed(table, as_of_day=until)
    raw: dict[tuple[str, ...], int] = {}
    for pair, day in zip(pairs, days, strict=True):
        if day <= until:
            raw[pair] = raw.get(pair, 0) + 1
    later = {pair for pair, day in zip(pairs, days, strict=True) if day > until}
    known = list(zip(ties["relationship_id"], ties["other_id"], strict=True))
    met = np.array([pair in later for pair in known])
    views: dict[str, Floats] = {
        "ours": ties["now"],
        "standing": ties["standing"],
        "days": ties["day_count"].astype(float),
        "messages": np.array([float(raw[pair]) for pair in known]),
        "sent x received": np.sqrt(ties["out_now"] * ties["in_now"]),
    }
    told = {name: told_apart(view, met) for name, view in views.items()}
    figures = " | ".join(f"{figure:.4f}" for figure in told.values())
    print(f"| {net.name} | {split:.2f} | {len(met):,} | {met.mean():.3f} | {figures} |")
    return told


def observed(table: pa.Table, *, as_of_day: int) -> dict[str, Any]:
    """The measure of the house over rows of who was in touch, on DuckDB: its columns as arrays."""
    ties = observed_ties(ibis.memtable(table), as_of_day=as_of_day).to_pyarrow()
    return {name: ties[name].to_numpy() for name in ties.column_names}


def told_apart(view: Floats, met: NDArray[np.bool_]) -> float:
    """AUC: how often somebody who came stands before somebody who did not."""
    order = rankdata(view)
    return float((order[met].sum() - met.sum() * (met.sum() + 1) / 2) / max(met.sum() * (~met).sum(), 1))


def nets(folder: Path) -> Iterator[Net]:
    for name, path in (
        ("students", "network/collegemsg/CollegeMsg.txt.gz"),
        ("EU mail", "network/email-eu-core/email-Eu-core-temporal-first150days.txt.gz"),
    ):
        with gzip.open(folder / path, "rt") as stream:
            told = [line.split() for line in stream]
        yield Net(name, [(a, b, int(at) // 86_400, "message") for a, b, at in told if a != b])
    with gzip.open(folder / "network/enron/enron_messages.csv.gz", "rt") as stream:
        # Some rows have a time of 1979, which is none.
        mails = [row for row in csv.DictReader(stream) if row["Time"] >= "1998" and row["from"] != row["to"]]
    yield Net("Enron", [(row["from"], row["to"], _day(row["Time"]), _way(row["Reciptype"])) for row in mails])


def _day(written: str) -> int:
    return (date.fromisoformat(written[:10]) - date(1970, 1, 1)).days


def _way(role: str) -> str:
    return "message" if role == "to" else "copy"


def speed(count: int) -> bool:
    """Print the seconds of each step beside the peers and the bare pass over all arcs; whether one misses its bar."""
    tails, heads, strengths = made(count)
    random = np.random.default_rng(1)
    starts, goals = random.integers(0, count, 300), random.integers(0, count, 300)
    few = slice(0, 1_000)
    woven(tails[few] % 100, heads[few] % 100, strengths[few], count=100)
    built, web = _timed(lambda _asked: woven(tails, heads, strengths, count=count), [0])
    walker, ways, ripples = Walker(web), Ways(web), Ripples(web)
    walker.walk(0), ways.between(0, 1), ripples.around(0)
    told = {
        "build": built,
        "walk": _timed(lambda start: walker.walk(int(start)), starts)[0],
        "way": _timed(lambda place: ways.between(int(starts[place]), int(goals[place])), range(300))[0],
        "ripple": _timed(lambda start: ripples.around(int(start)), starts)[0],
    }
    with tempfile.TemporaryDirectory() as folder:
        arcs = Path(folder) / "arcs.npz"
        np.savez(arcs, tails=tails, heads=heads, strengths=strengths, count=count, starts=starts, goals=goals)
        peers = web_peers.asked(arcs)
    print(f"{count:,} nodes, {web.arc_count:,} arcs; one pass over all of them {_pass(web) * 1000:.0f} ms.\n")
    print("| step | ours s | bar s | " + " | ".join(peers) + " |\n|---|---|---|" + "---|" * len(peers))
    for step, seconds in told.items():
        beside = " | ".join(f"{peer[step]:.5f}" if step in peer else "" for peer in peers.values())
        print(f"| {step} | {seconds:.5f} | {SECONDS_MAX[step]} | {beside} |")
    return count <= 1_000_000 and any(seconds > SECONDS_MAX[step] for step, seconds in told.items())


def made(count: int) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]:
    """Twenty arcs a node: two of three within a group of sixty, the others to whom many are tied; some are much busier."""
    random = np.random.default_rng(0)
    busy = random.lognormal(0, 1, count)
    tails = random.choice(count, 20 * count, p=busy / busy.sum()).astype(np.int32)
    near = tails // 60 * 60 + random.integers(0, 60, len(tails))
    far = (count * random.random(len(tails)) ** 3).astype(np.int64)
    mixed = random.permutation(count)
    heads = np.where(random.random(len(tails)) < 2 / 3, np.minimum(near, count - 1), mixed[far]).astype(np.int32)
    return tails, heads, (random.gamma(0.5, 2, len(tails)) + 0.01).astype(np.float32)


def _pass(web: Web) -> float:
    return _timed(lambda _asked: float(web.out.strengths.sum()) + int(web.out.nodes.max()), [0])[0]


def _timed(work: Callable[[Any], Any], each: Sequence[Any] | NDArray[Any]) -> tuple[float, Any]:
    """CPU seconds for one, and what the last answered."""
    began = time.process_time()
    told = [work(one) for one in each][-1]
    return (time.process_time() - began) / len(each), told


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
