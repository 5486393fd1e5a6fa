"""What is kept of promises, what is said done and not confirmed, and whether more is promised than kept: each side's apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ampersand.core.rooms import Room
from ampersand.readings import keeping, tune
from ampersand.readings.engines import Row
from ampersand.readings.making.whole import Making, day_of
from ampersand.readings.measures import promised
from ampersand.readings.models import Measure, Reading

KEPT_MIN, GAP_MIN = 3, 2
# What somebody counts on who promises (readings.md section 3, *trust gap*).
MEANT_SHARE = 0.9
QUARTERS_TOLD = 12
_COUNTS = ("kept", "partly", "not_kept", "late", "unconfirmed")
_TOLD = (*_COUNTS, "moved", "own", "told_by_us", "delivery")
_KEPT = {True: Measure.KEPT_OURS, False: Measure.KEPT_THEIRS}
_GAP = {True: Measure.GAP_OURS, False: Measure.GAP_THEIRS}
_MORE = {True: Measure.MORE_OURS, False: Measure.MORE_THEIRS}

Priors = Mapping[bool, keeping.Prior]
Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Promised:
    """What was measured of promises: `kept_sums`, `promised_by_quarter`, `made_and_kept_by_week` and `kept_by_kind`, of one
    room or all."""

    sums: Sequence[Row]
    by_quarter: Sequence[Row]
    by_week: Sequence[Row]
    by_kind: Sequence[Row]


def of_promises(measured: Promised, making: Making, *, priors: Priors, room: Room = Room.OURS) -> Iterator[Reading]:
    """The readings of both sides' promises: kept, gap, more."""
    rows = [row for row in measured.sums if _due(row)]
    kinds = _by_kind(measured.by_kind, priors)
    yield from _kept(rows, kinds, making, priors=priors, room=room)
    yield from _gap(rows, measured.by_quarter, making, room=room)
    yield from _more(rows, measured.by_week, making, room=room)


def fit(rows: Sequence[Row]) -> dict[bool, keeping.Prior]:
    """What the book says of anybody's keeping, ours (True) and theirs, before their own promises are seen."""
    priors = {}
    for is_ours in (True, False):
        of_side = [row for row in rows if row["is_ours"] == is_ours]
        kept = np.array([row["kept_count"] + row["partly_count"] / 2 for row in of_side], dtype=float)
        answered = np.array([_due(row) - row["unconfirmed_count"] for row in of_side], dtype=float)
        priors[is_ours] = keeping.fit(kept, answered)
    return priors


def _kept(
    rows: Sequence[Row], kinds: Mapping[tuple[str, bool], list[Told]], making: Making, *, priors: Priors, room: Room
) -> Iterator[Reading]:
    """The share of promises that is kept, with its range.

    `says` is `too_early` below three that fell due in the last year, else `told`. `value` is the share, only where at least
    four in five were answered; `low` to `high` is the range of nine in ten. Told: the counts of the last year (`kept`,
    `partly`, `not_kept`, `late`, `unconfirmed`, `moved`) and whose word that was (`own`, `told_by_us`, `delivery`);
    `kinds` of promises of which three fell due, as `_by_kind` has them; and `meant`, what is counted on when one promises.
    Evidence: all that were kept, and against it all else that fell due: those of years before fade from the range, and are
    in it.
    """
    for is_ours in (True, False):
        of_side = [row for row in rows if row["is_ours"] == is_ours]
        shares = keeping.kept_shares(_promised(of_side), priors[is_ours])
        for number, row in enumerate(of_side):
            count = _due(row)
            is_early = count < KEPT_MIN
            yield making.reading(
                row,
                _KEPT[is_ours],
                room=room,
                rule_version=promised.RULE_VERSION,
                says="too_early" if is_early else "told",
                value=None if is_early else _number(shares.point[number]),
                low=None if is_early else _number(shares.low[number]),
                high=None if is_early else _number(shares.high[number]),
                unit="share",
                count=count,
                since_on=day_of(row["first_day"]),
                told={
                    **{name: row[f"{name}_count"] for name in _TOLD},
                    "kinds": kinds.get((row["relationship_id"], is_ours), []),
                    "meant": MEANT_SHARE,
                },
                evidence=row["kept_ids"] or [],
                against=row["against_ids"] or [],
            )


def _by_kind(rows: Sequence[Row], priors: Priors) -> dict[tuple[str, bool], list[Told]]:
    """By relationship and side, of each kind of which three fell due in the last year: the kind, how many fell due, how many
    were called kept, and the range of its share, as for all of them. The most frequent first."""
    told: dict[tuple[str, bool], list[Told]] = defaultdict(list)
    for is_ours in (True, False):
        of_side = [row for row in rows if row["is_ours"] == is_ours and _due(row) >= KEPT_MIN]
        shares = keeping.kept_shares(_promised(of_side), priors[is_ours])
        for number, row in enumerate(of_side):
            told[row["relationship_id"], is_ours].append(
                {
                    "kind": row["kind"],
                    "due": _due(row),
                    "kept": row["kept_count"],
                    "low": _number(shares.low[number]),
                    "high": _number(shares.high[number]),
                }
            )
    return {key: sorted(kinds, key=lambda one: (-one["due"], one["kind"])) for key, kinds in told.items()}


def _gap(rows: Sequence[Row], by_quarter: Sequence[Row], making: Making, *, room: Room) -> Iterator[Reading]:
    """What is said done and not confirmed, and the streams behind it.

    `says` is `too_early` below two of the last year that were said done or called kept, else `confirmed` or `unconfirmed`;
    `value` is how many are not confirmed. Told: `quarters`, the last twelve that had any, oldest first, each as its number
    (year times four plus 0 to 3) and how many fell due, were said done, called kept, called not kept, and are not confirmed.
    Evidence: the promises of these quarters, those not confirmed apart.
    """
    quarters: dict[tuple[str, bool], list[Row]] = defaultdict(list)
    columns = ("quarter", "due_count", "done_count", "kept_count", "not_kept_count", "unconfirmed_count")
    for row in by_quarter:
        quarters[row["relationship_id"], row["is_ours"]].append(row)
    for row in rows:
        of_side = quarters[row["relationship_id"], row["is_ours"]]
        told = sorted(of_side, key=lambda quarter: quarter["quarter"])[-QUARTERS_TOLD:]
        unconfirmed, answered = (
            [one for quarter in told for one in quarter[name] or []] for name in ("unconfirmed_ids", "answered_ids")
        )
        is_open = row["unconfirmed_count"] > 0
        done = row["kept_count"] + row["partly_count"] + row["unconfirmed_count"]
        says = "unconfirmed" if is_open else "confirmed"
        yield making.reading(
            row,
            _GAP[row["is_ours"]],
            room=room,
            rule_version=promised.RULE_VERSION,
            says="too_early" if done < GAP_MIN else says,
            value=row["unconfirmed_count"],
            unit="promises",
            count=done,
            since_on=day_of(row["first_day"]),
            told={"quarters": [[quarter[name] for name in columns] for quarter in told]},
            evidence=unconfirmed if is_open else answered,
            against=answered if is_open else unconfirmed,
        )


def _more(rows: Sequence[Row], by_week: Sequence[Row], making: Making, *, room: Room) -> Iterator[Reading]:
    """Whether promising runs ahead of keeping: the scan of docs/explanation/in-tune.md, over made and kept.

    `says` is `too_early`, `in_step`, `made_ahead` or `kept_ahead`; `since_on` is since when. `low` to `high` is the range of
    kept among made and kept since then; told `before` is that share before. `count` is how many were made and kept.
    """
    of_sums = {(row["relationship_id"], row["is_ours"]): row for row in rows}
    sides = [
        key for key in dict.fromkeys((row["relationship_id"], row["is_ours"]) for row in by_week) if key in of_sums
    ]
    place = {key: number for number, key in enumerate(sides)}
    weeks = [row for row in by_week if (row["relationship_id"], row["is_ours"]) in place]
    scanned = tune.scan(
        tune.Weeks.of(
            [place[row["relationship_id"], row["is_ours"]] for row in weeks],
            [row["week"] for row in weeks],
            [row["made_count"] for row in weeks],
            [row["kept_count"] for row in weeks],
        ),
        count=len(sides),
    )
    says = tune.words(scanned, tune.INFLATION_SAYS)
    count = np.zeros(len(sides), dtype=int)
    for row in weeks:
        count[place[row["relationship_id"], row["is_ours"]]] += row["made_count"] + row["kept_count"]
    low, since, high = scanned.shares_since()
    _low, before, _high = scanned.shares_before()
    for number, key in enumerate(sides):
        row = of_sums[key]
        has_parted = says[number] in ("made_ahead", "kept_ahead")
        kept, others = row["kept_ids"] or [], [*(row["against_ids"] or []), *(row["open_ids"] or [])]
        evidence, against = (others, kept) if says[number] == "made_ahead" else (kept, others)
        yield making.reading(
            row,
            _MORE[key[1]],
            room=room,
            rule_version=promised.RULE_VERSION,
            says=says[number],
            value=_number(since[number]) if has_parted else None,
            low=_number(low[number]) if has_parted else None,
            high=_number(high[number]) if has_parted else None,
            unit="share",
            count=int(count[number]),
            since_on=day_of(making.as_of_day - 7 * int(scanned.weeks[number])) if has_parted else None,
            told={"before": _number(before[number])} if has_parted else {},
            evidence=evidence if has_parted else [*kept, *others],
            against=against if has_parted else [],
        )


def _promised(rows: Sequence[Row]) -> keeping.Promised:
    def column(name: str) -> Any:
        return np.array([row[name] or 0.0 for row in rows], dtype=float)

    return keeping.Promised(
        kept=column("kept_weight"),
        not_kept=column("not_kept_weight"),
        unconfirmed=column("unconfirmed_weight"),
        square=column("square_weight"),
        spread=column("weight_spread"),
        answered_count=np.array([_due(row) - row["unconfirmed_count"] for row in rows], dtype=float),
        due_count=np.array([_due(row) for row in rows], dtype=float),
    )


def _due(row: Row) -> int:
    """How many fell due within the last year, or were called before."""
    return sum(row[f"{name}_count"] for name in _COUNTS)


def _number(told: float) -> float | None:
    """None where there is none: a reading stores no *not a number*."""
    return float(told) if np.isfinite(told) else None
