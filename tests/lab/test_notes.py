"""The lab of the reader: a file of notes in, a line of readings for each out."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from ampersand.notebook import lab

NOTE = {
    "id": "n1",
    "written_at": "2026-10-06T10:52:00+01:00",
    "author": "Maya Lindqvist",
    "colleagues": ["Tom Baker"],
    "book": [{"name": "Nadia Rahman", "kind": "person", "org": None, "aliases": []}],
    "text": "Rang Nadia. I'll send her the menu cards by Friday.",
}


def test_each_note_gives_one_line_with_its_lists(tmp_path: Path) -> None:
    file = tmp_path / "notes.jsonl"
    file.write_text(json.dumps(NOTE) + "\n\n", encoding="utf-8")
    out = io.StringIO()

    assert lab.main([str(file)], out) == 0

    (reading,) = [json.loads(line) for line in out.getvalue().splitlines()]
    assert reading["id"] == "n1"
    assert reading["promises"] == [
        {"by": "us", "to": "Nadia Rahman", "what": "send her the menu cards", "due": "2026-10-09"}
    ]
    assert reading["encounters"] == [{"channel": "call", "on": "2026-10-06", "with": ["Nadia Rahman"]}]


@pytest.mark.parametrize("line", ["not json", "[1]", '{"id": "n1"}'])
def test_a_line_that_is_no_note_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "notes.jsonl"
    file.write_text(line + "\n", encoding="utf-8")

    with pytest.raises(lab.NotAFileOfNotes, match="line 1"):
        list(lab.read_file(file))


@pytest.mark.shared_data
def test_every_note_beside_the_project_is_read(shared_data: Path) -> None:
    readings = list(lab.read_file(shared_data / "notes" / "dev.jsonl"))

    assert len(readings) == 120
    assert sum(len(reading["promises"]) for reading in readings) > 80
