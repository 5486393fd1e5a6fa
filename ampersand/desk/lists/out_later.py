"""A long list made into a spreadsheet by a job: only whoever asked for it fetches it, within a day.

The file lies in the data folder, in a folder of its member's own; how far it is stands beside it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation

from ampersand.core import events, jobs
from ampersand.core.ids import new_id
from ampersand.core.whole import whole
from ampersand.desk.lists import out
from ampersand.desk.lists.asked import Asked
from ampersand.desk.lists.finding import all_ids
from ampersand.desk.lists.question import question
from ampersand.members.models import Member

LASTS = timedelta(days=1)
# So many rows are written while a page waits.
AT_ONCE_MAX = 2_000
MAKE = "ampersand.desk.tasks.make_list"
FORGET = "ampersand.desk.tasks.forget_lists"


@dataclass(frozen=True, slots=True)
class State:
    """How far a table is: rows written, and of how many; `is_made` when it can be fetched."""

    done: int = 0
    of: int = 0
    is_made: bool = False
    is_failed: bool = False


def is_long(asked: Asked, *, member: Member, at: datetime) -> bool:
    """Whether the list finds more than a page waits for."""
    found = all_ids(question(asked, member=member, today=timezone.localdate(at)), most=AT_ONCE_MAX + 1)
    return len(found) > AT_ONCE_MAX


@whole
def ask(asked: Asked, *, by: Member, at: datetime) -> UUID:
    """Have the list made into a spreadsheet. That it is taken out is recorded. Answers by which name it is fetched."""
    name = new_id()
    events.record("list.taken_out", at=at, by_id=by.pk, subject_id=by.pk)
    path = _path(by, name)
    _say(path, State())
    # Names may stand in what is asked, and a job is kept for a week: it lies here, for a day.
    _asked_beside(path).write_text(json.dumps(asked.told()))
    jobs.defer(
        MAKE,
        name=str(name),
        member_id=str(by.pk),
        language=translation.get_language() or "en",
        zone=timezone.get_current_timezone_name(),
    )
    return name


def make(name: UUID, member: Member, *, language: str, zone: str, at: datetime) -> None:
    """Write the table, as this member sees it now. Begun twice, it is written once more."""
    path = _path(member, name)
    if not _asked_beside(path).exists():
        return  # a day went by before it was begun
    told: dict[str, Any] = json.loads(_asked_beside(path).read_text())
    try:
        with translation.override(language), timezone.override(ZoneInfo(zone)):
            table = out.table_of(Asked.read(told), member=member, at=at)
            draft = path.with_suffix(".coming")
            with draft.open("w+b") as file:
                out.write_xlsx(_telling(table, path), file)
    except Exception:
        _say(path, State(is_failed=True))
        raise
    draft.rename(path)
    _asked_beside(path).unlink(missing_ok=True)
    _say(path, State(table.count, table.count, is_made=True))


def state_of(name: UUID, *, member: Member, at: datetime) -> State | None:
    """How far it is; none where this member asked for no such table, or a day went by."""
    beside = _beside(_path(member, name))
    try:
        if at - datetime.fromtimestamp(beside.stat().st_mtime, UTC) >= LASTS:
            return None
        return State(**json.loads(beside.read_text()))
    except FileNotFoundError:
        return None


def find(name: UUID, *, member: Member, at: datetime) -> Path | None:
    state, path = state_of(name, member=member, at=at), _path(member, name)
    return path if state is not None and state.is_made and path.exists() else None


def forget(*, at: datetime) -> None:
    """Take away what was made longer than a day ago, and everything of those who left."""
    here = {str(pk) for pk in Member.objects.here().values_list("pk", flat=True)}
    for folder in _folder().glob("*"):
        if folder.name not in here:
            shutil.rmtree(folder, ignore_errors=True)
        for path in folder.glob("*"):
            if at - datetime.fromtimestamp(path.stat().st_mtime, UTC) >= LASTS:
                path.unlink(missing_ok=True)


def _telling(table: out.Table, path: Path) -> out.Table:
    """The same table, which tells how far it is every thousand rows."""

    def rows() -> Iterator[tuple[out.Cell, ...]]:
        for number, row in enumerate(table.rows()):
            if number % out.BATCH == 0:
                _say(path, State(number, table.count))
            yield row

    return out.Table(table.heads, rows, table.count)


def _say(path: Path, state: State) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = _beside(path).with_suffix(".saying")
    draft.write_text(json.dumps(asdict(state)))
    draft.rename(_beside(path))


def _beside(path: Path) -> Path:
    return path.with_suffix(".json")


def _asked_beside(path: Path) -> Path:
    return path.with_suffix(".asked")


def _path(member: Member, name: UUID) -> Path:
    return _folder() / str(member.pk) / f"{name}.xlsx"


def _folder() -> Path:
    return Path(settings.DATA_FOLDER) / "lists"
