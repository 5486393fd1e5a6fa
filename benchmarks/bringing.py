"""How fast files come in: made people, moments and mail, brought in by `ampersand import` and undone again."""

from __future__ import annotations

import csv
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from benchmarks.rates import Rate, database_cpu_seconds

ROOT = Path(__file__).resolve().parent.parent
ROWS = 20_000
MESSAGES = 5_000
VOCABULARY = 30_000
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def rates(member: Any, folder: Path) -> Iterator[Rate]:
    """Bring each kind in once. What came in is undone, so that the book is the same for the next measurement."""
    dice = random.Random(11)
    brought = []
    for name, path, unit, budget in (
        ("import of people", people(folder / "people.csv", dice), "rows", "5,000 rows/s"),
        ("import of moments", moments(folder / "moments.csv", dice), "rows", "5,000 rows/s"),
        ("import of mail", mail(folder / "mail.mbox", member.email, dice), "messages", "1,000 messages/s a core"),
    ):
        rate, import_id = brought_in(name, path, unit, budget)
        yield rate
        brought.append(import_id)
    for import_id in reversed(brought):
        _ampersand("import", "--undo", import_id, "--json")


def people(path: Path, dice: random.Random, *, numbers: range = range(ROWS)) -> Path:
    heading = ["First Name", "Last Name", "Email", "Company", "City", "Phone"]
    return _table(path, heading, numbers, lambda number: [
        _name(dice), _name(dice), f"person{number}@firm{number % 900}.example", f"Firm {number % 900}",
        dice.choice(["Leeds", "York", "Hull", "Ghent", "Turin"]), f"+44 20 7{number:07d}",
    ])  # fmt: skip


def moments(path: Path, dice: random.Random, *, numbers: range = range(ROWS), among: int = ROWS) -> Path:
    """Of so many people whom tables of people brought."""
    said = _words(dice)

    def row(number: int) -> list[str]:
        whose = dice.randrange(among)
        return [
            f"{NOON - timedelta(days=number % 900):%Y-%m-%d}", dice.choice(["Call", "Meeting", "Visit"]),
            f"person{whose}@firm{whose % 900}.example", f"Talk {number}", " ".join(islice(said, 12)),
        ]  # fmt: skip

    return _table(path, ["Date", "Type", "Email", "Subject", "Notes"], numbers, row)


def mail(path: Path, ours: str, dice: random.Random) -> Path:
    """A mailbox: people who write, and are answered, in threads of some six messages."""
    said = _words(dice)
    with path.open("wb") as box:
        before = ""
        for number in range(MESSAGES):
            theirs = f"writer{number // 6 % 400}@mill{number // 6 % 90}.example"
            message = EmailMessage()
            message["From"], message["To"] = (ours, theirs) if number % 2 else (theirs, ours)
            message["Date"] = format_datetime(NOON - timedelta(hours=3 * (MESSAGES - number)))
            message["Subject"] = f"The order of lot {number // 6}"
            message["Message-ID"] = make_msgid(domain="mill.example")
            if number % 6:
                message["In-Reply-To"] = message["References"] = before
            before = message["Message-ID"]
            message.set_content("\n".join(" ".join(islice(said, 11)) for _ in range(8)))
            box.write(b"From - Mon Mar  2 12:00:00 2026\n" + message.as_bytes() + b"\n\n")
    return path


def _table(path: Path, heading: list[str], numbers: range, row: Callable[[int], list[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as table:
        writer = csv.writer(table)
        writer.writerow(heading)
        writer.writerows(map(row, numbers))
    return path


def _words(dice: random.Random) -> Iterator[str]:
    """Words without end, a few of them said often and many once: 5,000 letters have some 14,000, as those of a list do."""
    vocabulary = [_name(dice).lower() for _ in range(VOCABULARY)]
    often = list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))
    while True:
        yield from dice.choices(vocabulary, cum_weights=often, k=1_000)


def _name(dice: random.Random) -> str:
    return "".join(dice.choice("bdfgklmnprstvz") + dice.choice("aeiou") for _ in range(dice.randint(1, 3))).title()


def brought_in(name: str, path: Path, unit: str, budget: str) -> tuple[Rate, str]:
    """The rate at which a file came in, and the id by which that is undone."""
    before, of_database = resource.getrusage(resource.RUSAGE_CHILDREN), database_cpu_seconds()
    began = time.monotonic()
    told = _ampersand("import", str(path), "--json")
    taken = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    path.unlink()
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    of_database = database_cpu_seconds() - of_database
    rate = Rate(name, told["seen"] - told["rejected"], unit, min(taken, told["seconds"]), cpu, budget, of_database)
    return rate, told["id"]


def _ampersand(*command: str) -> dict[str, Any]:
    told = subprocess.run(
        [sys.executable, "-m", "ampersand.cli", *command], cwd=ROOT, check=False, capture_output=True, text=True
    )
    if told.returncode == 2:
        raise RuntimeError(told.stderr[-2000:])
    answer: dict[str, Any] = json.loads(told.stdout.strip().splitlines()[-1])
    return answer
