"""Whether trade and relationship are in tune, with the two momenta of the map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ampersand.readings import momentum, tune
from ampersand.readings.columns import Columns, Floats, joined, parts
from ampersand.readings.making.whole import Made, Making, numbers
from ampersand.readings.measured import EVIDENCE_MAX
from ampersand.readings.measures import momenta
from ampersand.readings.models import Measure

TRAIL_MONTHS = 13
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Streams:
    """What was measured of the two streams: `trade_and_talk_by_week`, and the latest of what each is made of."""

    weeks: Columns
    met: Columns
    promised: Columns
    traded: Columns


def of_streams(streams: Streams, making: Making) -> Made:
    """In tune, of each relationship that trades.

    `says` is `too_early`, `in_tune`, `trade_ahead` or `relationship_ahead`, and `since_on` since when they are apart. `value`
    is the share of relationship events among all since then, `low` to `high` its range of nine in ten. Told: `before`, that
    share before; `trade` and `relationship`, each as a share of its own usual now (1 is its usual; none where there is no
    usual yet), and `trail`, the same at the last thirteen ends of months, oldest first: day, trade, relationship. Evidence:
    the purchases and what passed between people, for what ran ahead; against, what there still was of the other.
    """
    weeks = streams.weeks
    ids = list(dict.fromkeys(weeks["relationship_id"]))
    place = {relationship_id: number for number, relationship_id in enumerate(ids)}
    places = np.array([place[relationship_id] for relationship_id in weeks["relationship_id"]], dtype=np.int64)
    back = np.array(weeks["week"], dtype=np.int64)
    counted, amounts, talk, squares = map(weeks.numbers, ("trade_count", "trade_amount", "talk_weight", "talk_square"))
    scanned = tune.scan(tune.Weeks.of(places, back, counted, talk, squares), count=len(ids))
    ends = momentum.month_ends(making.today, TRAIL_MONTHS)
    at = np.concatenate([[0], momentum.weeks_before(making.today, ends)])
    of_trade = momentum.momenta(places, back, amounts, count=len(ids), at=at)
    of_talk = momentum.momenta(places, back, talk, count=len(ids), at=at)
    says, is_apart = tune.words(scanned), scanned.is_apart
    since_day = scanned.since_day(making.as_of_day).tolist()
    low, since, high = scanned.shares_since()
    _low, before, _high = scanned.shares_before()
    known = _Known(streams)
    rests = [known.of(*of_one) for of_one in zip(ids, says, since_day, strict=True)]
    return Made(
        measure=Measure.TUNE,
        relationship_ids=ids,
        rule_version=momenta.RULE_VERSION,
        says=says,
        value=_rounded(since, is_apart),
        low=_rounded(low, is_apart),
        high=_rounded(high, is_apart),
        unit="share",
        count=np.rint(scanned.count).astype(int).tolist(),
        since=[day if parted else None for day, parted in zip(since_day, is_apart.tolist(), strict=True)],
        told=_told(_rounded(before, is_apart), of_trade, of_talk, ends=[end.isoformat() for end in ends]),
        evidence=[evidence for evidence, _against in rests],
        against=[against for _evidence, against in rests],
    )


def _told(before: list[float | None], of_trade: Floats, of_talk: Floats, *, ends: list[str]) -> list[dict[str, object]]:
    trade, talk = (
        [_rounded(of_stream[:, month]) for month in range(1 + len(ends))] for of_stream in (of_trade, of_talk)
    )
    trails = zip(
        *(zip(trade[1 + month], talk[1 + month], strict=True) for month in reversed(range(len(ends)))), strict=True
    )
    oldest_first = ends[::-1]
    return [
        {
            "before": share,
            "trade": trade_now,
            "relationship": talk_now,
            "trail": [[end, *of_month] for end, of_month in zip(oldest_first, trail, strict=True)],
        }
        for share, trade_now, talk_now, trail in zip(before, trade[0], talk[0], trails, strict=True)
    ]


class _Known:
    """The latest of what both streams are made of, by relationship: ids with their days."""

    def __init__(self, streams: Streams) -> None:
        self._traded = _dated(streams.traded, "transaction_ids")
        self._met = _dated(streams.met, "moment_ids")
        self._kept: dict[str, str] = {}
        # Ours before theirs, whichever way an engine answers.
        sides = streams.promised
        for side in (True, False):
            for relationship_id, is_ours, ids in zip(
                sides["relationship_id"], sides["is_ours"], sides["kept_ids"], strict=True
            ):
                if is_ours == side and ids:
                    self._kept[relationship_id] = joined(self._kept.get(relationship_id), _latest(ids))

    def of(self, relationship_id: str, says: str, since_day: int) -> tuple[str, str]:
        """What speaks for it and what against: since they are apart, or all where they are not."""
        nothing = ("", "")
        traded, met = (of_stream.get(relationship_id, nothing) for of_stream in (self._traded, self._met))
        if says == "trade_ahead":
            return _since(traded, since_day), _since(met, since_day)
        if says == "relationship_ahead":
            return _since(met, since_day), _since(traded, since_day)
        return joined(traded[0], met[0], self._kept.get(relationship_id)), ""


def _dated(latest: Columns, ids: str) -> dict[str, tuple[str, str]]:
    return dict(zip(latest["relationship_id"], zip(latest[ids], latest["days"], strict=True), strict=True))


def _since(dated: tuple[str, str], day: int) -> str:
    ids, days = map(parts, dated)
    return joined(*(one for one, on in zip(ids, days, strict=True) if int(on) > day))


def _latest(ids: str) -> str:
    return ids if ids.count(",") < EVIDENCE_MAX else joined(*parts(ids)[-EVIDENCE_MAX:])


def _rounded(told: Floats, where: object = True) -> list[float | None]:
    """Rounded, since it is stored for pages; None where there is none."""
    return numbers(told.round(_DIGITS), where)
