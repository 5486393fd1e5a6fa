"""What the house remembers of its backups, in a file beside the database: it must outlive what is restored."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ampersand.core import home

FILE = "backups.json"


@dataclass(frozen=True, slots=True)
class Good:
    """A backup that was made and tried out."""

    at: datetime
    where: str
    bytes: int
    rows: int
    seconds: float
    is_sealed: bool
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Failed:
    at: datetime
    words: str


def last_good() -> Good | None:
    told = _told().get("good")
    return Good(**told | {"at": datetime.fromisoformat(told["at"])}) if told else None


def last_failed() -> Failed | None:
    """The last that failed, unless a good one was made since."""
    told = _told().get("failed")
    return Failed(datetime.fromisoformat(told["at"]), told["words"]) if told else None


def step_under_way() -> str:
    """How far the one under way is, as it said last; empty where it has said nothing."""
    return str(_told().get("step") or "")


def remember_good(good: Good) -> None:
    _write({"good": asdict(good) | {"at": good.at.isoformat()}})


def remember_failed(failed: Failed) -> None:
    _write(_without("step") | {"failed": asdict(failed) | {"at": failed.at.isoformat()}})


def say_step(words: str) -> None:
    _write(_told() | {"step": words})


def _without(name: str) -> dict[str, Any]:
    return {key: value for key, value in _told().items() if key != name}


def _told() -> dict[str, Any]:
    try:
        told = json.loads(_path().read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _write(told: dict[str, Any]) -> None:
    draft = _path().with_name(f"{FILE}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(told))
    draft.replace(_path())


def _path() -> Path:
    return home.data_folder() / FILE
