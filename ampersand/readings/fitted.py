"""What is believed of anybody before their own is seen: fitted to the house's own book, and kept with its day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np

from ampersand.readings import keeping, measured
from ampersand.readings.columns import Row
from ampersand.readings.engines import Asked, Engine
from ampersand.readings.making import contact, promises
from ampersand.readings.making.whole import Making
from ampersand.readings.measures.encounters import days_of_some
from ampersand.readings.measures.promised import kept_sums
from ampersand.readings.models import Prior
from ampersand.readings.rhythm import bank, model, next_gap
from ampersand.readings.rhythm.state import Days

# So many relationships' days are looked at: more change no digit that is shown.
FITTED_MAX = 24_000
_SIDES = {"ours": True, "theirs": False}
# Those of the weights that were kept before their regularities were kept with them.
_BEFORE = (1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0)


@dataclass(frozen=True, slots=True)
class Fitted:
    """What the house's own book says of gaps between encounters, of contact ahead, and of either side's promises."""

    gaps: next_gap.Prior
    contact: model.Model
    kept: Mapping[bool, keeping.Prior]

    @classmethod
    def to(cls, engine: Engine, making: Making) -> Fitted:
        """Fitted to what an engine looks at, and kept."""
        until = ("as_of_day", making.as_of_day)
        gaps, kept = engine.columns_of(Asked(measured.gaps_until, (until,)), Asked(kept_sums, (until, ("most", 1))))
        (days,) = engine.rows_of(Asked(days_of_some, (until, ("most", FITTED_MAX))))
        of_gaps = next_gap.fit(contact.gaps_of(gaps)) if len(gaps) else next_gap.Prior()
        of_contact = bank.fit(_days(days), as_of_day=making.as_of_day, horizon=contact.AHEAD_DAYS)
        of_keeping = promises.fit(kept)
        # What is stored is a little shorter, and is what others will be read with.
        return cls.of(
            Prior.objects.create(
                as_of=making.at,
                gaps=asdict(of_gaps),
                contact=of_contact.as_json(),
                kept={side: asdict(of_keeping[is_ours]) for side, is_ours in _SIDES.items()},
            )
        )

    @classmethod
    def known_at(cls, at: datetime) -> Fitted:
        """As it was fitted last until then; the defaults before that."""
        stored = Prior.objects.known_at(at)
        return cls.of(stored) if stored else cls.default()

    @classmethod
    def of(cls, stored: Prior) -> Fitted:
        gaps = next_gap.Prior(**{"regularities": _BEFORE, **{name: _whole(told) for name, told in stored.gaps.items()}})
        ahead = model.from_json(stored.contact) if stored.contact else _default_contact()
        kept = {is_ours: keeping.Prior(**stored.kept.get(side, {})) for side, is_ours in _SIDES.items()}
        return cls(gaps, ahead, kept)

    @classmethod
    def default(cls) -> Fitted:
        return cls(next_gap.Prior(), _default_contact(), {is_ours: keeping.Prior() for is_ours in _SIDES.values()})


def _whole(told: Any) -> Any:
    return tuple(told) if isinstance(told, list) else told


@lru_cache(maxsize=1)
def _default_contact() -> model.Model:
    return model.default(horizon=contact.AHEAD_DAYS)


def _days(rows: Sequence[Row]) -> Days:
    """The encounters of `days_of_some` as the bank takes them."""
    numbers: Any = [np.asarray(row["days"], dtype=np.int64) for row in rows]
    party = np.repeat(np.arange(len(rows)), [len(days) for days in numbers])
    return Days(party, np.concatenate([np.empty(0, dtype=np.int64), *numbers]), len(rows))
