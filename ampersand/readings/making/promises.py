"""What is kept of promises, what is said done and not confirmed, and whether more is promised than kept: each side's apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ampersand.core.rooms import Room
from ampersand.readings import keeping, tune
from ampersand.readings.columns import Columns, joined
from ampersand.readings.making.whole import Made, Making, numbers
from ampersand.readings.measures import promised
from ampersand.readings.models import Measure

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
Side = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Promised:
    """What was measured of promises: `kept_sums`, `promised_by_quarter`, `made_and_kept_by_week` and `kept_by_kind`, of one
    room or all."""

    sums: Columns
    by_quarter: Columns
    by_week: Columns
    by_kind: Columns


def of_promises(measured: Promised, making: Making, *, priors: Priors, room: Room = Room.OURS) -> Iterator[Made]:
    """The readings of both sides' promises: kept, gap, more."""
    due = measured.sums.those(_due(measured.sums))
    kinds = _by_kind(measured.by_kind, priors)
    quarters = _numbers_by_side(measured.by_quarter)
    for is_ours in (True, False):
        of_side = _of_side(due, is_ours=is_ours)
        yield _kept(of_side, kinds, is_ours=is_ours, prior=priors[is_ours], room=room)
        yield _gap(of_side, measured.by_quarter, quarters, is_ours=is_ours, room=room)
        yield _more(of_side, _of_side(measured.by_week, is_ours=is_ours), making, is_ours=is_ours, room=room)


def fit(sums: Columns) -> dict[bool, keeping.Prior]:
    """What the book says of anybody's keeping, ours (True) and theirs, before their own promises are seen."""
    priors = {}
    for is_ours in (True, False):
        of_side = _of_side(sums, is_ours=is_ours)
        kept = of_side.numbers("kept_count") + of_side.numbers("partly_count") / 2
        priors[is_ours] = keeping.fit(kept, _due(of_side) - of_side.numbers("unconfirmed_count"))
    return priors


def _kept(sums: Columns, kinds: Mapping[Side, list[Told]], *, is_ours: bool, prior: keeping.Prior, room: Room) -> Made:
    """The share of promises that is kept, with its range.

    `says` is `too_early` below three that fell due in the last year, else `told`. `value` is the share, only where at least
    four in five were answered; `low` to `high` is the range of nine in ten. Told: the counts of the last year (`kept`,
    `partly`, `not_kept`, `late`, `unconfirmed`, `moved`) and whose word that was (`own`, `told_by_us`, `delivery`);
    `kinds` of promises of which three fell due, as `_by_kind` has them; and `meant`, what is counted on when one promises.
    Evidence: all that were kept, and against it all else that fell due: those of years before fade from the range, and are
    in it.
    """
    shares = keeping.kept_shares(_promised(sums), prior)
    is_told = _due(sums) >= KEPT_MIN
    ids = sums["relationship_id"]
    return Made(
        measure=_KEPT[is_ours],
        relationship_ids=ids,
        room=room,
        rule_version=promised.RULE_VERSION,
        says=np.where(is_told, "told", "too_early").tolist(),
        value=numbers(shares.point, is_told),
        low=numbers(shares.low, is_told),
        high=numbers(shares.high, is_told),
        unit="share",
        count=_due(sums).tolist(),
        since=sums["first_day"],
        told=[
            {**dict(zip(_TOLD, counts, strict=True)), "kinds": kinds.get((one, is_ours), []), "meant": MEANT_SHARE}
            for one, *counts in zip(ids, *(sums[f"{name}_count"] for name in _TOLD), strict=True)
        ],
        evidence=sums["kept_ids"],
        against=sums["against_ids"],
    )


def _by_kind(by_kind: Columns, priors: Priors) -> dict[Side, list[Told]]:
    """By relationship and side, of each kind of which three fell due in the last year: the kind, how many fell due, how many
    were called kept, and the range of its share, as for all of them. The most frequent first."""
    told: dict[Side, list[Told]] = defaultdict(list)
    enough = by_kind.those(_due(by_kind) >= KEPT_MIN)
    for is_ours in (True, False):
        of_side = _of_side(enough, is_ours=is_ours)
        shares = keeping.kept_shares(_promised(of_side), priors[is_ours])
        for one, kind, due, kept, low, high in zip(
            of_side["relationship_id"], of_side["kind"], _due(of_side).tolist(), of_side["kept_count"],
            numbers(shares.low), numbers(shares.high), strict=True,
        ):  # fmt: skip
            told[one, is_ours].append({"kind": kind, "due": due, "kept": kept, "low": low, "high": high})
    return {key: sorted(kinds, key=lambda one: (-one["due"], one["kind"])) for key, kinds in told.items()}


def _gap(sums: Columns, by_quarter: Columns, quarters: Mapping[Side, list[int]], *, is_ours: bool, room: Room) -> Made:
    """What is said done and not confirmed, and the streams behind it.

    `says` is `too_early` below two of the last year that were said done or called kept, else `confirmed` or `unconfirmed`;
    `value` is how many are not confirmed. Told: `quarters`, the last twelve that had any, oldest first, each as its number
    (year times four plus 0 to 3) and how many fell due, were said done, called kept, called not kept, and are not confirmed.
    Evidence: the promises of these quarters, those not confirmed apart.
    """
    names = ("quarter", "due_count", "done_count", "kept_count", "not_kept_count", "unconfirmed_count")
    columns = [by_quarter[name] for name in names]
    quarter, unconfirmed, answered = columns[0], by_quarter["unconfirmed_ids"], by_quarter["answered_ids"]
    shown = [
        sorted(quarters.get((one, is_ours), ()), key=quarter.__getitem__)[-QUARTERS_TOLD:]
        for one in sums["relationship_id"]
    ]
    is_open = [count > 0 for count in sums["unconfirmed_count"]]
    done = sums.numbers("kept_count") + sums.numbers("partly_count") + sums.numbers("unconfirmed_count")
    early = np.where(is_open, "unconfirmed", "confirmed")
    apart = [
        (joined(*(unconfirmed[number] for number in of_one)), joined(*(answered[number] for number in of_one)))
        for of_one in shown
    ]
    return Made(
        measure=_GAP[is_ours],
        relationship_ids=sums["relationship_id"],
        room=room,
        rule_version=promised.RULE_VERSION,
        says=np.where(done < GAP_MIN, "too_early", early).tolist(),
        value=sums["unconfirmed_count"],
        unit="promises",
        count=done.astype(int).tolist(),
        since=sums["first_day"],
        told=[{"quarters": [[column[number] for column in columns] for number in of_one]} for of_one in shown],
        evidence=[ids[0] if is_one else ids[1] for ids, is_one in zip(apart, is_open, strict=True)],
        against=[ids[1] if is_one else ids[0] for ids, is_one in zip(apart, is_open, strict=True)],
    )


def _more(sums: Columns, by_week: Columns, making: Making, *, is_ours: bool, room: Room) -> Made:
    """Whether promising runs ahead of keeping: the scan of docs/explanation/in-tune.md, over made and kept.

    `says` is `too_early`, `in_step`, `made_ahead` or `kept_ahead`; `since_on` is since when. `low` to `high` is the range of
    kept among made and kept since then; told `before` is that share before. `count` is how many were made and kept.
    """
    place = sums.by("relationship_id")
    where = np.array([place.get(one, -1) for one in by_week["relationship_id"]], dtype=np.int64)
    known = where >= 0
    made, kept = by_week.numbers("made_count"), by_week.numbers("kept_count")
    weeks = tune.Weeks.of(where[known], by_week.numbers("week")[known], made[known], kept[known])
    # Of whom nothing was ever made or kept by a day there is nothing to say of either.
    there = np.bincount(where[known], minlength=len(place)) > 0
    scanned = tune.scan(weeks, count=len(place))
    says = np.array(tune.words(scanned, tune.INFLATION_SAYS), dtype=object)
    has_parted = scanned.is_apart
    low, since, high = scanned.shares_since()
    _low, before, _high = scanned.shares_before()
    count = np.bincount(where[known], made[known] + kept[known], len(place))
    since_day = making.as_of_day - 7 * scanned.weeks
    kept_ids = sums["kept_ids"]
    others = list(map(joined, sums["against_ids"], sums["open_ids"]))
    rests = [
        _rests(word, is_one, of_kept or "", of_others)
        for word, is_one, of_kept, of_others in zip(says, has_parted, kept_ids, others, strict=True)
    ]
    columns = Columns(
        {
            "relationship_id": sums["relationship_id"],
            "says": says.tolist(),
            "value": numbers(since, has_parted),
            "low": numbers(low, has_parted),
            "high": numbers(high, has_parted),
            "count": count.astype(int).tolist(),
            "since": [day if is_one else None for day, is_one in zip(since_day.tolist(), has_parted, strict=True)],
            "told": [
                {"before": share} if is_one else {} for share, is_one in zip(numbers(before), has_parted, strict=True)
            ],
            "evidence": [evidence for evidence, _against in rests],
            "against": [against for _evidence, against in rests],
        }
    ).those(there)
    return Made(
        measure=_MORE[is_ours],
        relationship_ids=columns["relationship_id"],
        room=room,
        rule_version=promised.RULE_VERSION,
        unit="share",
        **{name: columns[name] for name in columns.told if name != "relationship_id"},
    )


def _rests(says: str, has_parted: bool, kept: str, others: str) -> tuple[str, str]:
    if not has_parted:
        return joined(kept, others), ""
    return (others, kept) if says == "made_ahead" else (kept, others)


def _promised(sums: Columns) -> keeping.Promised:
    def column(name: str) -> Any:
        return np.nan_to_num(sums.numbers(name))

    return keeping.Promised(
        kept=column("kept_weight"),
        not_kept=column("not_kept_weight"),
        unconfirmed=column("unconfirmed_weight"),
        square=column("square_weight"),
        spread=column("weight_spread"),
        answered_count=_due(sums) - sums.numbers("unconfirmed_count"),
        due_count=_due(sums).astype(float),
    )


def _of_side(sides: Columns, *, is_ours: bool) -> Columns:
    return sides.those(one == is_ours for one in sides["is_ours"])


def _numbers_by_side(sides: Columns) -> dict[Side, list[int]]:
    """At which rows what is told of each relationship and side stands."""
    found: dict[Side, list[int]] = defaultdict(list)
    for number, key in enumerate(zip(sides["relationship_id"], sides["is_ours"], strict=True)):
        found[key].append(number)
    return found


def _due(sums: Columns) -> NDArray[np.int64]:
    """How many fell due within the last year, or were called before."""
    counts: NDArray[np.int64] = np.array([sums[f"{name}_count"] for name in _COUNTS], dtype=np.int64).sum(axis=0)
    return counts
