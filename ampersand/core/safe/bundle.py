"""An export as one file to take along: made by a job, there for a day."""

from __future__ import annotations

import shutil
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ampersand.core import home
from ampersand.core.safe import export

LASTS = timedelta(days=1)
_NAMED = "house-"


def make(*, at: datetime) -> Path:
    """Export the house into one file, in place of any made before. Raises export.NotExported."""
    folder = _folder()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    exported = export.export(folder / "house", at=at).folder
    draft = folder / "coming.zip"
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as bundle:
        for path in sorted(exported.rglob("*")):
            if path.is_file():
                bundle.write(path, Path("house") / path.relative_to(exported))
    shutil.rmtree(exported)
    return draft.rename(folder / f"{_NAMED}{at.astimezone(UTC):%Y-%m-%d-%H%M}.zip")


def find(*, at: datetime) -> Path | None:
    """The file made within a day, if there is one."""
    made = max(_folder().glob(f"{_NAMED}*.zip"), key=lambda path: path.name, default=None)
    return made if made and at - made_at(made) < LASTS else None


def made_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def forget(*, at: datetime) -> None:
    """Take away what was made longer than a day ago: a copy of the whole house must not lie about."""
    if find(at=at) is None:
        shutil.rmtree(_folder(), ignore_errors=True)


def _folder() -> Path:
    return home.data_folder() / "exports"
