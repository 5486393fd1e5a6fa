"""What is truly so in a demo house, for readings to be scored against: written beside the house, never into it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ampersand.desk.demo.book import Book
from ampersand.promises.models import SETTLING, EventKind, Promise, PromiseEvent

FILE = "demo-truth.json"
_ENDS = {kind.value for kind in SETTLING}


@dataclass(frozen=True)
class TrueRelationship:
    """One relationship as it was made. Days are local; `usual_days` is the middle of its gaps.

    `state` is alive, quiet (alive, and silent beyond its own rhythm), parted, or never_answered. `move` is whose it
    truly is: ours, theirs, nobodys.
    """

    relationship: str
    party: str
    name: str
    organisation: str
    tended_by: list[str]
    every_days: float
    shape: float
    season: str
    changes: list[list[float]]
    encounter_count: int
    usual_days: float
    last_encounter_on: str
    quiet_days: int
    state: str
    move: str
    move_since_on: str


def promises(book: Book) -> list[dict[str, Any]]:
    """Every promise with its true state on the house's day."""
    events: dict[object, list[PromiseEvent]] = {}
    for event in book.all(PromiseEvent):
        events.setdefault(event.promise_id, []).append(event)
    return [_promise(promise, events.get(promise.pk, []), book.today) for promise in book.all(Promise)]


def write(folder: Path, told: dict[str, Any]) -> Path:
    """Write what is true to a file in the data folder, for its owner alone to read."""
    path = folder / FILE
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def as_told(relationship: TrueRelationship) -> dict[str, Any]:
    return asdict(relationship)


def _promise(promise: Promise, events: list[PromiseEvent], today: date) -> dict[str, Any]:
    due_on = promise.first_due_on
    state = "open"
    for event in sorted(events, key=lambda event: event.at):
        if event.kind == EventKind.MOVED:
            due_on = event.due_on
        elif event.kind in _ENDS:
            state = str(event.kind)
        elif event.kind == EventKind.SAID_DONE and state == "open":
            state = "unconfirmed"
    if state == "open" and due_on and due_on < today:
        state = "late"
    return {
        "promise": str(promise.pk),
        "relationship": str(promise.relationship_id),
        "is_ours": promise.is_ours,
        "words": promise.words,
        "made_on": promise.made_on.isoformat(),
        "due_on": due_on.isoformat() if due_on else None,
        "state": state,
    }
