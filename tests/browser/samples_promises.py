"""What became of promises until one made-up Tuesday."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ampersand.desk.pages.keeping import (
    GapByQuarter,
    KeepingPart,
    KeptRow,
    KeptShares,
    QuarterRow,
    WeekLoad,
    WeekRow,
)
from tests.browser import samples

PROMISED = (62, 66, 71, 78, 84, 97, 118, 131)
DONE = (60, 63, 70, 74, 80, 88, 104, 110)
KEPT = (57, 60, 63, 68, 71, 78, 88, 92)


def keeping() -> KeepingPart:
    return KeepingPart(
        shares=KeptShares(
            "What is promised on the telephone slips most",
            (
                KeptRow("All we promise", 0.79, 0.88, 0.84, 312, 42, 18, is_whole=True),
                KeptRow("Face to face", 0.92, 0.99, 0.96, 96, 3, 2),
                KeptRow("In writing", 0.78, 0.94, 0.88, 120, 15, 8),
                KeptRow("By telephone or video", 0.57, 0.82, None, 60, 16, 30),
                KeptRow("All they promise", 0.83, 0.92, 0.88, 150, 18, 6, is_theirs=True, is_whole=True),
            ),
            "Kept in the last 12 months, with the likely range. By where it was promised, never by person.",
        ),
        gap=GapByQuarter(
            "We say more than we do, and it widens",
            tuple(
                QuarterRow(date(2024 + (9 + 3 * place) // 12, (9 + 3 * place) % 12 + 1, 1), *numbers)
                for place, numbers in enumerate(zip(PROMISED, DONE, KEPT, strict=True))
            ),
            "Our promises that fell due, said done and called kept, each quarter.",
        ),
        load=WeekLoad(
            "Before you promise more: this week is full",
            samples.TODAY,
            tuple(
                WeekRow(date(2026, 10, 5) + timedelta(weeks=place), due) for place, due in enumerate((9, 6, 3, 4, 2))
            ),
            4,
            8,
            "A new one is likelier kept from Mon 19 October.",
        ),
    )


def keeping_of_many() -> KeepingPart:
    """A large house: too many for rings, little answered, one quarter alone."""
    told = keeping()
    assert told.shares is not None
    assert told.gap is not None
    assert told.load is not None
    rows = tuple(replace(row, low=row.low / 3, share=None) for row in told.shares.rows)
    return KeepingPart(
        replace(told.shares, rows=rows),
        replace(told.gap, quarters=(QuarterRow(date(2026, 7, 1), 4_000, 3_950, 3_900),)),
        replace(told.load, weeks=tuple(replace(row, due=row.due * 40) for row in told.load.weeks), usual_high=200),
    )
