"""How many attempts the gate judges in a second: any terms, histories and attempts, from lines that are read already."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks.rates import Rate

COUNT = 100_000
LOOKED = 500
NOW = datetime(2026, 10, 9, 9, 30, tzinfo=UTC)
ZONES = ("Europe/London", "Asia/Kathmandu", "America/St_Johns")
WHO = UUID(int=1), UUID(int=2)


def rates() -> list[Rate]:
    """On one core. No line, choice or purpose is left out, and about a third of the attempts may go."""
    from ampersand.terms import gate

    dice = random.Random(7)
    asked = [(terms(dice), history(dice), attempt(dice)) for _ in range(2_000)]
    began, cpu = time.monotonic(), time.process_time()
    for number in range(COUNT):
        gate.decide(*asked[number % len(asked)])
    taken, busy = time.monotonic() - began, time.process_time() - cpu
    return [Rate("the gate decides", COUNT, "attempts", taken, busy, "10,000 attempts/s a core")]


def looked(member: Any) -> Iterator[Rate]:
    """How many a second where the terms and what went before are read from the book: before anything is sent."""
    from django.db import connection
    from django.utils import timezone

    from ampersand.parties.models import Party
    from ampersand.terms import actions
    from ampersand.terms.attempt import Attempt, Purpose
    from ampersand.timeline.models import Mode

    people = Party.objects.visible_to(member).filter(kind="person").order_by("id")[: LOOKED * 20 : 20]
    asked = Attempt(mode=Mode.MAIL, purpose=Purpose.WORK, at=timezone.now(), by_id=member.pk)
    some = list(people)
    for party in some[: LOOKED // 10]:
        actions.look(party, asked)
    began, cpu, database = time.monotonic(), time.process_time(), _database_cpu(connection)
    for party in some:
        actions.look(party, asked)
    taken, busy = time.monotonic() - began, time.process_time() - cpu
    of_database = _database_cpu(connection) - database
    yield Rate("the gate, with what went before", len(some), "attempts", taken, busy, "told", of_database)


def _database_cpu(connection: Any) -> float:
    """Seconds of processor time of the database's process that answers this connection."""
    return int(Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()[0]) / 1e9


def terms(dice: random.Random) -> Any:
    from ampersand.terms import lines
    from ampersand.terms.gate import InForce, Roster

    kinds = dice.sample(sorted(_LINES), dice.randrange(5))
    told = tuple(lines.read(kind, _LINES[kind](dice)) for kind in kinds)
    return dice.choice([None, InForce(roster=dice.choice(["", *Roster.values[:-1]]), lines=told)])


def history(dice: random.Random) -> Any:
    from ampersand.terms.attempt import Approach, History

    return History(
        has_both_ways=dice.random() < 0.9,
        is_asked=dice.random() < 0.6,
        has_work=dice.random() < 0.7,
        is_planned=dice.random() < 0.5,
        unanswered=dice.randrange(3),
        approached=[
            Approach(NOW - timedelta(days=dice.randrange(365)), dice.choice(["mail", "call"]))
            for _ in range(dice.randrange(24))
        ],
    )


def attempt(dice: random.Random) -> Any:
    from ampersand.terms.attempt import Attempt, Ground, Purpose
    from ampersand.timeline.models import Mode

    purpose = dice.choice(Purpose.values)
    return Attempt(
        mode=dice.choice(Mode.values),
        purpose=purpose,
        at=NOW + timedelta(minutes=dice.randrange(10_000)),
        by_id=dice.choice(WHO),
        topics=(dice.choice(["prices", "delivery", "lease"]),),
        ground=dice.choice(Ground.values) if purpose == Purpose.NOTICE else "",
    )


def _window(dice: random.Random) -> dict[str, Any]:
    days = dice.sample(range(7), dice.randint(1, 6))
    return {"days": days, "from": f"{dice.randrange(12):02d}:00", "until": f"{dice.randint(12, 23)}:30"}


_LINES: dict[str, Callable[[random.Random], dict[str, Any]]] = {
    "modes": lambda dice: {"only": dice.sample(["mail", "call", "visit", "letter"], 3)},
    "hours": lambda dice: {"zone": dice.choice(ZONES), "windows": [_window(dice) for _ in range(dice.randint(1, 3))]},
    "often": lambda dice: {"most": dice.randint(1, 5), "days": dice.choice([7, 30, 90])},
    "topics": lambda dice: {dice.choice(["only", "not"]): dice.sample(["prices", "delivery", "lease", "Café"], 2)},
    "purposes": lambda dice: {"not": ["news"]},
    "who": lambda dice: {"members": [str(WHO[0])]},
    "rest": lambda dice: {"until": "2026-10-12", "zone": dice.choice(ZONES)},
    "kept": lambda dice: {"months": 24},
    "address": lambda dice: {"words": "Ms Okafor"},
}
