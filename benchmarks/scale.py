"""What it costs to read a whole book, as it grows: beside the bare scan-and-group of the same Parquet, on the same engine.

    python -m benchmarks.scale [MOMENTS ...]        1,000,000 and 10,000,000 unless said; 100000000 for the largest

For each size: encounters of as many moments over a tenth as many relationships, few of whom have most, lie as the snapshot
lays them. Then, in one process of its own with two threads and 6 GB, in turn and the best of three: the bare scan (count,
first and last by relationship); the sums (`measures/states.py`: the same, the mean gap, two decayed sums); and these with the
sum of the logarithms of the gaps. Ratios are of processor seconds, which do not depend on who else is at work. In the end
a million encounters arrive at states that are kept (`arriving.py`).

What is made lies under .ampersand-bench/scale (or AMPERSAND_BENCH), and is removed in the end. `make scale` runs this.
"""

from __future__ import annotations

import json
import math
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import numpy as np

SIZES = (1_000_000, 10_000_000)
RATIO_BAR = 1.8
ARRIVAL_BAR_MICROSECONDS = 0.3
PER_RELATIONSHIP = 10
SLICE_ROWS = 500_000
ROUNDS = 3
LIMITS = {"threads": 2, "memory_limit": "6GB"}
TODAY = 20_454

# Moments fall to relationships by the cube of a number drawn by lot: a hundredth of them have a fifth of all.
_MOMENTS = """
    COPY (
        WITH drawn AS (
            SELECT (pow(hash({seed}, {slice}, range) / 18446744073709551616.0, 3) * {relationships})::BIGINT AS whose,
                {today} - (hash(range, {seed}, {slice}) % 3650)::BIGINT AS day
            FROM range({rows})),
        met AS (SELECT DISTINCT whose, day FROM drawn)
        SELECT md5(concat({seed}, ' ', {slice}, ' ', whose))::UUID::VARCHAR AS relationship_id, day,
            day - lag(day) OVER (PARTITION BY whose ORDER BY day) AS gap_days
        FROM met ORDER BY relationship_id, day
    ) TO '{path}' (FORMAT parquet)
"""
_BARE = "SELECT relationship_id, count(*) AS n, min(day) AS first, max(day) AS last FROM encounters GROUP BY relationship_id"
_MEAN_GAP = "(last_day - first_day) / nullif(encounter_count - 1, 0)::DOUBLE AS mean_gap"
_WITH_LOGS = "SELECT *, {mean_gap} FROM ({states})"
_SUMS = "SELECT * EXCLUDE log_gap_sum, {mean_gap} FROM ({states})"
# All that a statement answers is worked out, and one row comes of it.
_IN_ONE_ROW = "SELECT count(*), sum(COLUMNS(* EXCLUDE relationship_id)) FROM ({asked})"

HEADS = {
    "moments": "moments",
    "relationships": "relationships",
    "bare_s": "bare s",
    "sums_s": "sums s",
    "bare_cpu_s": "bare cpu s",
    "sums_cpu_s": "sums cpu s",
    "ratio": "ratio",
    "ratio_with_logs": "with logs",
    "peak_mb": "peak MB",
    "arrival_us": "us/arrival",
}


def main(sizes: Sequence[int]) -> int:
    made = Path(os.environ.get("AMPERSAND_BENCH") or Path(__file__).resolve().parents[1] / ".ampersand-bench") / "scale"
    print(" ".join(f"{head:>13}" for head in HEADS.values()))
    is_missed = False
    for size in sizes:
        folder = made / str(size)
        try:
            _make(size, folder)
            told = _measured_apart(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        is_missed |= told["ratio"] > RATIO_BAR or told["arrival_us"] > ARRIVAL_BAR_MICROSECONDS
        print(" ".join(f"{told[name]:>13,.{0 if told[name] >= 100 else 2}f}" for name in HEADS), flush=True)
    print(f"Bars: ratio <= {RATIO_BAR}, <= {ARRIVAL_BAR_MICROSECONDS} microseconds for each that arrives.")
    return int(is_missed)


def _make(size: int, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    slices = max(1, size // SLICE_ROWS)
    rows = size // slices
    with duckdb.connect(config=LIMITS) as connection:
        for number in range(slices):
            told = {"seed": 5, "slice": number, "rows": rows, "relationships": rows // PER_RELATIONSHIP, "today": TODAY}
            connection.execute(_MOMENTS.format(**told, path=folder / f"encounters-{number:03d}.parquet"))


def _measured_apart(folder: Path) -> dict[str, float]:
    """In a process of its own, so that its peak of memory is that of the work alone."""
    command = [sys.executable, "-m", "benchmarks.scale", "measure", str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def measure(folder: Path) -> dict[str, float]:
    """The figures of `HEADS` for these files."""
    connection = duckdb.connect(config={**LIMITS, "temp_directory": str(folder / "scratch")})
    connection.read_parquet(str(folder / "*.parquet")).create_view("encounters")
    best = _best_seconds(connection)
    ((moments, relationships),) = connection.execute(
        "SELECT count(*), count(DISTINCT relationship_id) FROM encounters"
    ).fetchall()
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (bare_s, bare_cpu_s), (sums_s, sums_cpu_s), (_logs_s, logs_cpu_s) = best
    return {
        "moments": moments,
        "relationships": relationships,
        "bare_s": bare_s,
        "sums_s": sums_s,
        "bare_cpu_s": bare_cpu_s,
        "sums_cpu_s": sums_cpu_s,
        "ratio": sums_cpu_s / bare_cpu_s,
        "ratio_with_logs": logs_cpu_s / bare_cpu_s,
        "peak_mb": peak_kb / 1024,
        "arrival_us": _arrival_microseconds(relationships),
    }


def _best_seconds(connection: duckdb.DuckDBPyConnection) -> list[tuple[float, float]]:
    """Wall and processor seconds of the bare scan, of the sums, and of the sums with logarithms."""
    import django

    django.setup()
    from ampersand.readings.snapshot import tables

    told = {"mean_gap": _MEAN_GAP, "states": tables.derived_sql("states")}
    asked = [_IN_ONE_ROW.format(asked=sql.format(**told)) for sql in (_BARE, _SUMS, _WITH_LOGS)]
    best = [(math.inf, math.inf)] * len(asked)
    for _round in range(ROUNDS):
        for number, sql in enumerate(asked):
            took = _seconds(lambda sql=sql: connection.execute(sql).fetchall())  # type: ignore[misc]
            best[number] = min(best[number], took, key=lambda seconds: seconds[1])
    return best


def _arrival_microseconds(relationships: int) -> float:
    """A million encounters that arrive at the states of so many relationships, in no order."""
    from ampersand.readings.arriving import States, arrive

    dice, arrived = np.random.default_rng(5), 1_000_000
    states = States.of_nobody(relationships)
    arrive(states, np.arange(relationships), np.full(relationships, TODAY - 100))
    places = (dice.random(arrived) ** 3 * relationships).astype(np.int64)
    days = TODAY - dice.integers(0, 90, arrived)
    _wall, cpu = _seconds(lambda: arrive(states, places, days))
    return cpu / arrived * 1e6


def _seconds(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock on the wall, and of processors."""
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ampersand.settings")
        print(json.dumps(measure(Path(sys.argv[2]))))
        sys.exit(0)
    sys.exit(main([int(told) for told in sys.argv[1:]] or SIZES))
