"""The reader must not come to read worse: floors a few points under what it reached on seven sets of notes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ampersand.notebook import lab
from tests.lab.scoring import f1_by_kind, share_due_right

NOTES = Path(__file__).parent / "notes"

FLOORS: dict[str, dict[str, float]] = {
    "a": {
        "encounters": 0.90,
        "people": 0.96,
        "promises": 0.82,
        "concessions": 0.69,
        "transactions": 0.59,
        "values": 0.72,
        "ties": 0.68,
        "questions": 0.77,
        "plans": 0.70,
        "all": 0.84,
        "due": 0.91,
    },
    "b": {
        "encounters": 0.83,
        "people": 0.94,
        "promises": 0.82,
        "concessions": 0.58,
        "transactions": 0.63,
        "values": 0.81,
        "ties": 0.64,
        "questions": 0.83,
        "plans": 0.57,
        "all": 0.80,
        "due": 0.90,
    },
    "c": {
        "encounters": 0.87,
        "people": 0.92,
        "promises": 0.77,
        "concessions": 0.51,
        "transactions": 0.53,
        "values": 0.46,
        "ties": 0.63,
        "questions": 0.79,
        "plans": 0.30,
        "all": 0.75,
        "due": 0.79,
    },
    "d": {
        "encounters": 0.88,
        "people": 0.93,
        "promises": 0.86,
        "concessions": 0.45,
        "transactions": 0.43,
        "values": 0.48,
        "ties": 0.56,
        "questions": 0.84,
        "plans": 0.85,
        "all": 0.77,
        "due": 0.82,
    },
    "e": {
        "encounters": 0.84,
        "people": 0.92,
        "promises": 0.83,
        "concessions": 0.63,
        "transactions": 0.34,
        "values": 0.48,
        "ties": 0.82,
        "questions": 0.87,
        "plans": 0.56,
        "all": 0.80,
        "due": 0.88,
    },
    "f": {
        "encounters": 0.70,
        "people": 0.92,
        "promises": 0.58,
        "concessions": 0.53,
        "transactions": 0.49,
        "values": 0.53,
        "ties": 0.65,
        "questions": 0.72,
        "plans": 0.59,
        "all": 0.73,
        "due": 0.89,
    },
    "g": {
        "encounters": 0.82,
        "people": 0.92,
        "promises": 0.62,
        "concessions": 0.51,
        "transactions": 0.53,
        "values": 0.54,
        "ties": 0.72,
        "questions": 0.80,
        "plans": 0.50,
        "all": 0.76,
        "due": 0.86,
    },
}


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_the_reader_reaches_the_floors_of_a_set_of_notes(name: str) -> None:
    file = NOTES / f"{name}.jsonl"
    notes = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    gold = {note["id"]: note["gold"] for note in notes}
    readings = {reading["id"]: reading for reading in lab.read_file(file)}

    reached = {**f1_by_kind(readings, gold), "due": share_due_right(readings, gold)}

    assert {kind: reached[kind] for kind, floor in FLOORS[name].items() if reached[kind] < floor} == {}
