"""Whether imports stay as fast as they began: tables brought into an empty book until it is large."""

from __future__ import annotations

import random
import shutil
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import bringing

STEPS = 10


def measure(folder: Path, *, count: int) -> int:
    """Bring in `count` people, then `count` moments of theirs, a tenth at a time; prints rows a second of each tenth."""
    import django

    from ampersand.core import book, postgres

    postgres.start()
    django.setup()
    try:
        book.migrate()
        _found_house()
        dice = random.Random(11)
        step = count // STEPS
        for first in range(0, step * STEPS, step):
            table = bringing.people(folder / "people.csv", dice, numbers=range(first, first + step))
            _print("people", table, first + step)
        for first in range(0, step * STEPS, step):
            numbers = range(first, first + step)
            table = bringing.moments(folder / "moments.csv", dice, numbers=numbers, among=step * STEPS)
            _print("moments", table, first + step)
    finally:
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _print(what: str, table: Path, reached: int) -> None:
    rate, _ = bringing.brought_in(what, table, "rows", "5,000 rows/s")
    print(f"{what:<10}{reached:>12,}  {rate.says()}", flush=True)


def _found_house() -> None:
    from ampersand.members import actions
    from ampersand.members.models import Role

    now = datetime.now(UTC)
    actions.write_house(name="Harbour & Finch", at=now, time_zone="Europe/London", currency="GBP", country="GB")
    actions.write_member(name="Nora Finch", at=now, email="nora@finch.example", role=Role.STEWARD)
