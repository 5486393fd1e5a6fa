"""Where backups go, under which key, and how many are kept: what a house says by its environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ampersand.core import home, keys
from ampersand.core.safe import backup
from ampersand.core.words import gettext as _

KEEP = 7
DAYS = 35


@dataclass(frozen=True, slots=True)
class Keeping:
    folder: Path
    keep: int
    days: int
    key_file: Path | None

    @property
    def is_beside_the_data(self) -> bool:
        """Whether what takes the disk of the data takes the backups too."""
        return self.folder.is_relative_to(home.data_folder())


class NotSaid(ValueError):
    """A setting of the backups says nothing that can be used."""


def said() -> Keeping:
    """What the environment says. Raises NotSaid."""
    key_file = os.environ.get("AMPERSAND_BACKUP_KEY_FILE")
    return Keeping(
        folder=Path(os.environ.get("AMPERSAND_BACKUPS") or home.data_folder() / "backups").expanduser().resolve(),
        keep=_number("AMPERSAND_BACKUPS_KEEP", os.environ.get("AMPERSAND_BACKUPS_KEEP"), KEEP),
        days=_number("AMPERSAND_BACKUPS_DAYS", os.environ.get("AMPERSAND_BACKUPS_DAYS"), DAYS),
        key_file=Path(key_file).expanduser() if key_file else None,
    )


def key_in(path: Path | None) -> bytes | None:
    """The key of that file. Raises NotSaid where it is none."""
    if path is None:
        return None
    try:
        return keys.read(path)
    except (OSError, keys.KeyFileUnusable) as error:
        words = _("The key file %(path)s cannot be used: it must be there and hold at least 32 characters.")
        raise NotSaid(words % {"path": path}) from error


def back_up_as_said(*, at: datetime, heard: backup.Heard = lambda words: None) -> Path:
    """The backup that comes again by itself, and what is too old taken away. Raises NotSaid, NotBackedUp."""
    keeping = said()
    made = backup.back_up(keeping.folder, at=at, key=key_in(keeping.key_file), heard=heard)
    backup.prune(keeping.folder, keep=keeping.keep, days=keeping.days, at=at)
    return made


def _number(name: str, told: str | None, usual: int) -> int:
    if not told:
        return usual
    if not told.isdigit() or int(told) < 1:
        raise NotSaid(_("%(name)s must be a number from 1 on; it says %(told)s.") % {"name": name, "told": told})
    return int(told)
