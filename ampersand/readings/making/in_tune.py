"""Whether trade and relationship are in tune, with the two momenta of the map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ampersand.readings import momentum, tune
from ampersand.readings.engines import Row
from ampersand.readings.making.whole import Making, day_of
from ampersand.readings.measured import EVIDENCE_MAX
from ampersand.readings.measures import momenta
from ampersand.readings.models import Measure, Reading

TRAIL_MONTHS = 13
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Streams:
    """What was measured of the two streams: `trade_and_talk_by_week`, and the latest of what each is made of."""

    weeks: Sequence[Row]
    met: Sequence[Row]
    promised: Sequence[Row]
    traded: Sequence[Row]


def of_streams(streams: Streams, making: Making) -> Iterator[Reading]:
    """In tune, of each relationship that trades.

    `says` is `too_early`, `in_tune`, `trade_ahead` or `relationship_ahead`, and `since_on` since when they are apart. `value`
    is the share of relationship events among all since then, `low` to `high` its range of nine in ten. Told: `before`, that
    share before; `trade` and `relationship`, each as a share of its own usual now (1 is its usual; none where there is no
    usual yet), and `trail`, the same at the last thirteen ends of months, oldest first: day, trade, relationship. Evidence:
    the purchases and what passed between people, for what ran ahead; against, what there still was of the other.
    """
    ids = list(dict.fromkeys(row["relationship_id"] for row in streams.weeks))
    place = {relationship_id: number for number, relationship_id in enumerate(ids)}
    places, back = (np.array(told, dtype=np.int64) for told in (
        [place[row["relationship_id"]] for row in streams.weeks], [row["week"] for row in streams.weeks]
    ))  # fmt: skip
    counted, amounts, talk, squares = (
        np.array([row[name] for row in streams.weeks], dtype=float)
        for name in ("trade_count", "trade_amount", "talk_weight", "talk_square")
    )
    scanned = tune.scan(tune.Weeks.of(places, back, counted, talk, squares), count=len(ids))
    ends = momentum.month_ends(making.today, TRAIL_MONTHS)
    at = np.concatenate([[0], momentum.weeks_before(making.today, ends)])
    of_trade = momentum.momenta(places, back, amounts, count=len(ids), at=at)
    of_talk = momentum.momenta(places, back, talk, count=len(ids), at=at)
    says = tune.words(scanned)
    low, since, high = scanned.shares_since()
    _low, before, _high = scanned.shares_before()
    known = _Known(streams)
    for number, relationship_id in enumerate(ids):
        is_apart = bool(scanned.is_apart[number])
        since_day = int(scanned.since_day(making.as_of_day)[number])
        evidence, against = known.of(relationship_id, says[number], since_day)
        yield making.reading(
            {"relationship_id": relationship_id},
            Measure.TUNE,
            rule_version=momenta.RULE_VERSION,
            says=says[number],
            value=_number(since[number]) if is_apart else None,
            low=_number(low[number]) if is_apart else None,
            high=_number(high[number]) if is_apart else None,
            unit="share",
            count=round(float(scanned.count[number])),
            since_on=day_of(since_day) if is_apart else None,
            told={
                "before": _number(before[number]) if is_apart else None,
                "trade": _number(of_trade[number, 0]),
                "relationship": _number(of_talk[number, 0]),
                "trail": [
                    [end.isoformat(), _number(of_trade[number, 1 + month]), _number(of_talk[number, 1 + month])]
                    for month, end in reversed(list(enumerate(ends)))
                ],
            },
            evidence=evidence,
            against=against,
        )


class _Known:
    """The latest of what both streams are made of, by relationship: ids with their days."""

    def __init__(self, streams: Streams) -> None:
        self._traded = {row["relationship_id"]: _dated(row["transaction_ids"], row["days"]) for row in streams.traded}
        self._met = {row["relationship_id"]: _dated(row["moment_ids"], row["days"]) for row in streams.met}
        self._kept: dict[str, list[Any]] = {}
        # Ours before theirs, whichever way an engine answers.
        for row in sorted(streams.promised, key=lambda row: not row["is_ours"]):
            self._kept.setdefault(row["relationship_id"], []).extend((row["kept_ids"] or [])[-EVIDENCE_MAX:])

    def of(self, relationship_id: str, says: str, since_day: int) -> tuple[list[Any], list[Any]]:
        """What speaks for it and what against: since they are apart, or all where they are not."""
        is_apart = says in ("trade_ahead", "relationship_ahead")
        traded, met = (
            [one for one, day in of_stream.get(relationship_id, ()) if not is_apart or day > since_day]
            for of_stream in (self._traded, self._met)
        )
        if says == "trade_ahead":
            return traded, met
        if says == "relationship_ahead":
            return met, traded
        return [*traded, *met, *self._kept.get(relationship_id, [])], []


def _dated(ids: list[Any], days: list[int]) -> list[tuple[Any, int]]:
    return list(zip(ids, days, strict=True))


def _number(told: np.float64 | NDArray[np.float64]) -> float | None:
    """Rounded, since it is stored for pages; None where there is none."""
    number = float(told)
    return round(number, _DIGITS) if np.isfinite(number) else None
