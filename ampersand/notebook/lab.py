"""`ampersand lab notes FILE.jsonl`: read every note of a file, JSON lines out, so that anybody can check the reader.

Each line in has `id`, `written_at`, `author`, `text`, and perhaps `colleagues` and `book`; each line out has `id` and the
lists that `understood_as_lists` gives. Also `python -m ampersand.notebook.lab FILE.jsonl`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from ampersand.notebook.reader import Known, ListBook, read, understood_as_lists


def read_file(path: str | Path) -> Iterator[dict[str, Any]]:
    """The readings of the notes in a JSON-lines file, in its order. Raises NotAFileOfNotes where a line is none."""
    with Path(path).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield read_note(_note(line, number))


def read_note(note: dict[str, Any]) -> dict[str, Any]:
    understood = read(
        note["text"],
        written_at=_time(note),
        author=note["author"],
        colleagues=note.get("colleagues") or [],
        book=ListBook(_parties(note.get("book") or [])),
    )
    return {"id": note["id"], **understood_as_lists(understood)}


class NotAFileOfNotes(ValueError):
    """A line is no note: it must be a JSON object with id, written_at, author and text."""


def _note(line: str, number: int) -> dict[str, Any]:
    try:
        note = json.loads(line)
    except ValueError as error:
        raise NotAFileOfNotes(f"line {number} is not JSON: {error}") from error
    missing = [key for key in ("id", "written_at", "author", "text") if not isinstance(note, dict) or key not in note]
    if missing:
        raise NotAFileOfNotes(f"line {number} must be an object with {', '.join(missing)}")
    return dict(note)


def _time(note: dict[str, Any]) -> datetime:
    try:
        return datetime.fromisoformat(note["written_at"])
    except (TypeError, ValueError) as error:
        raise NotAFileOfNotes(
            f"written_at of note {note['id']} must be an ISO time, got {note['written_at']}"
        ) from error


def _parties(book: Iterable[dict[str, Any]]) -> Iterator[Known]:
    for number, party in enumerate(book):
        yield Known(
            id=str(number),
            name=party["name"],
            kind=party.get("kind") or "person",
            organisation=party.get("org"),
            aliases=tuple(party.get("aliases") or ()),
        )


def main(arguments: list[str], out: TextIO) -> int:
    if len(arguments) != 1:
        return 2
    out.writelines(json.dumps(reading, ensure_ascii=False) + "\n" for reading in read_file(arguments[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdout))
