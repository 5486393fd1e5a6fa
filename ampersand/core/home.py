"""Where this house keeps its data, and as whom its database runs."""

from __future__ import annotations

import os
import pwd
import secrets
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SYSTEM_FOLDER = Path("/var/lib/ampersand")


def data_folder() -> Path:
    """The folder of AMPERSAND_HOME; without it `.ampersand` in a clone, else `~/.local/share/ampersand`.

    Below a closed home (root's is 0700) there is no place for a database that runs as nobody and must pass through to
    it. Then the data go below /var/lib/ampersand, where `.ampersand` in the clone links to; no parent is opened.
    """
    if given := os.environ.get("AMPERSAND_HOME"):
        return Path(given).expanduser().resolve()
    if not is_clone():
        return _personal_folder()
    return (PROJECT / _folder_name()).resolve() if _fits_in_clone() else _linked_from_clone()


def is_clone() -> bool:
    return (PROJECT / "pyproject.toml").is_file() and (PROJECT / "bin").is_dir()


def database_user() -> pwd.struct_passwd:
    """PostgreSQL refuses to run as root: then it runs as nobody."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


def find_closed_parent(path: Path, user: pwd.struct_passwd) -> Path | None:
    """The first folder on the way to `path` (itself left out) that `user` cannot pass through."""
    return next((parent for parent in reversed(path.parents) if not _may_pass(parent, user)), None)


def _personal_folder() -> Path:
    folder = Path.home() / ".local/share/ampersand"
    return SYSTEM_FOLDER / "house" if find_closed_parent(folder, database_user()) else folder


def _folder_name() -> str:
    return ".ampersand-tests" if os.environ.get("AMPERSAND_TESTS") else ".ampersand"


def _fits_in_clone() -> bool:
    beside = PROJECT / _folder_name()
    return not beside.is_symlink() and find_closed_parent(beside, database_user()) is None


def _linked_from_clone() -> Path:
    link = PROJECT / _folder_name()
    if not link.is_symlink():
        SYSTEM_FOLDER.mkdir(parents=True, exist_ok=True)
        try:
            link.symlink_to(SYSTEM_FOLDER / f"{PROJECT.name}{link.name.replace('.', '-')}-{secrets.token_hex(4)}")
        except FileExistsError:
            pass  # another process of ours was a moment earlier: its link is as good
    return link.resolve()


def _may_pass(folder: Path, user: pwd.struct_passwd) -> bool:
    if not folder.exists():
        return True  # it will be made by us, and open enough
    if user.pw_uid == os.geteuid():
        return os.access(folder, os.X_OK)
    rights = folder.stat()
    if rights.st_uid == user.pw_uid:
        return bool(rights.st_mode & 0o100)
    return bool(rights.st_mode & (0o010 if rights.st_gid == user.pw_gid else 0o001))
