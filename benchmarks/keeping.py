"""Kept shares, measured on simulated parties whose true share is known (docs/explanation/kept.md).

    python -m benchmarks.keeping bars [COUNT]     nearness to the truth, coverage, half-lives, open promises
    python -m benchmarks.keeping size [COUNT]     seconds for so many parties

`make kept` does both.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ampersand.readings import beta, keeping, waiting
from ampersand.readings.keeping import Prior, Promised

Floats = NDArray[np.float64]

# Parties keep three in four on the whole, and promise 3.3 times.
TRUE = Prior(6.2, 2.3)
PROMISES_MEAN = 3.3
RMSE_BAR, COVERED_BAR, COVERED_95_BAR, BIAS_BAR = 0.126, (0.88, 0.92), (0.93, 0.97), 0.02


def main(arguments: Sequence[str]) -> int:
    match arguments:
        case ["bars", *count]:
            return bars(int(count[0]) if count else 20_000)
        case ["size", *count]:
            size(int(count[0]) if count else 1_000_000)
        case _:
            print(__doc__)
            return 2
    return 0


def bars(count: int) -> int:
    """Print every figure of docs/explanation/kept.md; answers 1 where a bar is missed."""
    near = recovered(count=count, seed=1)
    print(
        f"{count} parties with {PROMISES_MEAN} promises on the mean; RMSE to the true share, and how often\n"
        "ranges of 90 and of 95 in 100 hold it:\n"
    )
    print("| raw | Laplace | ours | 90 | 95 | prior fitted | fit s |\n|---|---|---|---|---|---|---|")
    print(f"| {near['raw']:.3f} | {near['Laplace']:.3f} | {near['ours']:.3f} | {near['covered']:.3f} "
          f"| {near['covered 95']:.3f} | Beta({near['a']:.2f}, {near['b']:.2f}) | {near['seconds']:.2f} |\n")  # fmt: skip
    print("A fall of the share from .85 to .45 half a year ago, and parties that stayed at .85; RMSE by half-life:\n")
    print("| half-life | after the fall | steady |\n|---|---|---|")
    for half_life in (np.inf, 365.0, 180.0, 90.0, 45.0):
        fell, steady = faded(half_life, count=count // 4, seed=2)
        print(f"| {half_life:g} d | {fell:.3f} | {steady:.3f} |")
    ahead = forecast(count=count // 4, seed=3)
    print("\nPromises that are still open: bias of the kept share, RMSE; and of the chance that an open one is kept:\n")
    print("| way | bias | RMSE |\n|---|---|---|")
    for way in ("open as not kept", "matured, and those kept early", "matured", "matured and curve"):
        print(f"| {way} | {ahead[way]:+.3f} | {ahead[way + ' rmse']:.3f} |")
    print(f"| chance of an open one, beside what became of it | {ahead['chance']:+.3f} | |\n")
    is_missed = near["ours"] > RMSE_BAR or not (
        COVERED_BAR[0] <= near["covered"] <= COVERED_BAR[1]
        and COVERED_95_BAR[0] <= near["covered 95"] <= COVERED_95_BAR[1]
    )
    return int(
        is_missed or max(abs(ahead["matured"]), abs(ahead["matured and curve"]), abs(ahead["chance"])) > BIAS_BAR
    )


def recovered(*, count: int, seed: int) -> dict[str, float]:
    """RMSE to the truth of raw shares, of Laplace's rule and of ours; how often our interval holds the truth."""
    random = np.random.default_rng(seed)
    truth = random.beta(TRUE.kept, TRUE.not_kept, count)
    number = random.geometric(1 / PROMISES_MEAN, count)
    kept = random.binomial(number, truth)
    began = time.perf_counter()
    prior = keeping.fit(kept, number)
    seconds = time.perf_counter() - began
    told = keeping.kept_shares(plain(kept, number), prior)
    a, b = prior.kept + kept, prior.not_kept + number - kept
    low, high = (beta.quantile(share, a, b) for share in (0.025, 0.975))
    return {
        "raw": _rmse(kept / number, truth),
        "Laplace": _rmse((kept + 1) / (number + 2), truth),
        "ours": _rmse(told.point, truth),
        "covered": float(((told.low <= truth) & (truth <= told.high)).mean()),
        "covered 95": float(((low <= truth) & (truth <= high)).mean()),
        "a": prior.kept,
        "b": prior.not_kept,
        "seconds": seconds,
    }


def plain(kept: NDArray[np.int64], number: NDArray[np.int64]) -> Promised:
    """Promises of one weight, all answered."""
    k, n = kept.astype(float), number.astype(float)
    return Promised(k, n - k, np.zeros(len(k)), n, np.ones(len(k)), n, n)


def faded(half_life: float, *, count: int, seed: int) -> tuple[float, float]:
    """RMSE to what is true now, of parties whose share fell half a year ago and of those that stayed as they were; one
    promise in three weeks over two years."""
    random = np.random.default_rng(seed)
    age = np.arange(0, 730, 21.0)
    weight = 2.0 ** (-age / half_life)
    fell = np.where(age < 182, 0.45, 0.85)
    told = []
    for share, now in ((fell, 0.45), (np.full(len(age), 0.85), 0.85)):
        kept = random.random((count, len(age))) < share
        s = (kept * weight).sum(axis=1)
        told.append(_rmse((2 + s) / (3 + weight.sum()), np.full(count, now)))
    return told[0], told[1]


def forecast(*, count: int, seed: int) -> dict[str, float]:
    """Bias and RMSE of the kept share at a day on which some promises are still open, three ways; and of the chance of those."""
    random = np.random.default_rng(seed)
    truth = random.beta(TRUE.kept, TRUE.not_kept, count)
    party = np.repeat(np.arange(count), random.poisson(14, count))
    made = random.uniform(-240, 0, len(party)).round()
    due = made + random.integers(7, 90, len(party))
    will_keep = random.random(len(party)) < truth[party]
    # Most are kept near their day, some at once.
    takes = waiting.elapsed(made, due, due + 7) * random.beta(3, 1.2, len(party)) if len(party) else made
    now = waiting.elapsed(made, due, np.zeros(len(party)))
    matured, is_kept = now >= 1, will_keep & (takes <= now)
    curve = waiting.curve(np.where(is_kept, takes, np.minimum(now, 1)), is_kept)
    is_open = ~matured & ~is_kept
    chance = waiting.chance_kept(curve, now)
    ways = {
        "open as not kept": (np.ones(len(party), bool), is_kept.astype(float)),
        "matured, and those kept early": (matured | is_kept, is_kept.astype(float)),
        "matured": (matured, is_kept.astype(float)),
        "matured and curve": (np.ones(len(party), bool), np.where(is_open, chance, is_kept)),
    }
    told: dict[str, float] = {"chance": float((chance - will_keep)[is_open].mean())}
    for way, (chosen, kept) in ways.items():
        k, n = (np.bincount(party[chosen], of, count) for of in (kept[chosen], np.ones(int(chosen.sum()))))
        prior = keeping.fit(k, n)
        share = (prior.kept + k) / (prior.kept + prior.not_kept + n)
        told[way], told[f"{way} rmse"] = float((share - truth).mean()), _rmse(share, truth)
    return told


def size(count: int) -> None:
    """Seconds to fit, and to read so many parties at once, and one by itself."""
    random = np.random.default_rng(9)
    number = random.geometric(1 / PROMISES_MEAN, count)
    kept = random.binomial(number, random.beta(TRUE.kept, TRUE.not_kept, count))
    weight = random.uniform(0.3, 1.0, count)
    told = plain(kept, number)
    told = Promised(told.kept * weight, told.not_kept * weight, *(getattr(told, name) for name in list(vars(told))[2:]))
    beta.quantile(0.5, np.ones(beta.MANY), np.ones(beta.MANY))
    began = time.process_time()
    prior = keeping.fit(kept, number)
    fitted, clock = time.process_time(), time.perf_counter()
    keeping.kept_shares(told, prior)
    cpu, seconds = time.process_time() - fitted, time.perf_counter() - clock
    print(
        f"{count:,} parties: fit {fitted - began:.2f} s, kept shares with both ends {seconds:.2f} s ({cpu:.2f} of cpu)."
    )
    one = Promised(*(column[:1] for column in vars(told).values()))
    began = time.perf_counter()
    for _ in range(1_000):
        keeping.kept_shares(one, prior)
    print(f"One party by itself, without numba: {time.perf_counter() - began:.3f} ms (bar 1 ms).")


def _rmse(told: Floats, truth: Floats) -> float:
    return float(np.sqrt(np.mean((told - truth) ** 2)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
