"""Promises of the large books, as columns: made in a moment, due on a day, and how they ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from ampersand.desk.demo.lives import Meetings

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

_DAY, _HOUR = 86_400, 3600


@dataclass(frozen=True)
class Promised:
    """Promises as columns: of which moment, due when, and how they ended. `end` is a place in ENDS, -1 while open."""

    ENDS: ClassVar = ("kept", "partly", "not_kept", "released", "withdrawn")
    WITHDRAWN: ClassVar = 4

    moment: Numbers
    is_ours: Flags
    first_due: Numbers
    due: Numbers
    end: Numbers
    is_moved: Flags
    is_done: Flags
    moved_at: Numbers
    done_at: Numbers
    ended_at: Numbers

    @property
    def is_settled(self) -> Flags:
        return self.end >= 0

    @classmethod
    def draw(cls, met: Meetings, count: int, *, today: int, random: np.random.Generator) -> Promised:
        """So many promises, each made in a moment. What fell due ended, save a few that are late or unconfirmed."""
        moment = np.sort(random.integers(0, len(met.of), count))
        made = met.day[moment]
        first_due = made + random.integers(3, 31, count)
        moved_due = first_due + random.integers(4, 12, count)
        is_moved = (random.random(count) < 0.09) & (moved_due < today)
        due = np.where(is_moved, moved_due, first_due)
        done = np.maximum(made, np.minimum(today - 1, due + random.integers(-3, 4, count)))
        fell_due, fate = due < today, random.random(count)
        is_fresh = due > today - 60
        end = np.searchsorted(np.cumsum([0.82, 0.05, 0.06, 0.04]), random.random(count))
        is_open = ~fell_due | (is_fresh & (fate < 0.06))
        is_unconfirmed = fell_due & is_fresh & (fate >= 0.06) & (fate < 0.14)
        settled = ~is_open & ~is_unconfirmed
        said_done = is_unconfirmed | (settled & (end < 3))
        done_at = done * _DAY + 10 * _HOUR
        ended = np.minimum(today - 1, done + np.where(end < 3, random.integers(0, 5, count), 0))
        return cls(
            moment=moment,
            is_ours=random.random(count) < 0.5,
            first_due=first_due,
            due=due,
            end=np.where(settled, end, -1),
            is_moved=is_moved & fell_due,
            is_done=said_done,
            moved_at=np.maximum(made, first_due - 2) * _DAY + 9 * _HOUR,
            done_at=done_at,
            ended_at=ended * _DAY + 15 * _HOUR,
        )
