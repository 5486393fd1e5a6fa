"""The programs of PostgreSQL that write a book out and bring it back."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ampersand.core import postgres_binaries, processes
from ampersand.core.words import gettext as _

_PIECE_BYTES = 1 << 18
_LAST_LINES = 8


class ProgramFailed(Exception):
    """A program of PostgreSQL could not do its work; the words are its own."""


def dumped(url: str, *, snapshot: str, compression: str = "gzip:4") -> Iterator[bytes]:
    """The book at `url` as pg_dump writes it (custom format), as it stood at an exported snapshot."""
    plain, secret = _apart(url)
    arguments = (
        "pg_dump",
        "--format=custom",
        f"--compress={compression}",
        "--no-sync",
        f"--snapshot={snapshot}",
        "-d",
        plain,
    )
    with tempfile.TemporaryFile() as said:
        process = _popen(arguments, secret, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said)
        try:
            assert process.stdout is not None  # noqa: S101  it was asked for
            yield from iter(lambda: process.stdout.read(_PIECE_BYTES), b"")  # type: ignore[union-attr]
        finally:
            _end(process)
        _refuse_unless_done(process, said, "pg_dump")


def restore(
    dump: Iterable[bytes], url: str, *, is_ours: bool, as_role: str = "", is_one_transaction: bool = False
) -> None:
    """Bring a dump into the empty database at `url`. Raises ProgramFailed, and whatever reading the dump raises.

    Where the roles are our own on both sides all is as it was; else everything belongs to who signs in, or to `as_role`.
    """
    plain, secret = _apart(url)
    # What the roles may do is said when a database of ours is made; a copy of it would name roles that others lack.
    keeps = () if is_ours else ("--no-owner", "--no-privileges")
    role = (f"--role={as_role}",) if as_role else ()
    one = ("--single-transaction",) if is_one_transaction else ()
    arguments = ("pg_restore", "--exit-on-error", "--no-comments", *keeps, *role, *one, "-d", plain)
    with tempfile.TemporaryFile() as said:
        process = _popen(arguments, secret, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said)
        try:
            _feed(process, dump)
        except BaseException:
            process.kill()
            raise
        finally:
            _end(process)
        _refuse_unless_done(process, said, "pg_restore")


def _feed(process: subprocess.Popen[bytes], dump: Iterable[bytes]) -> None:
    assert process.stdin is not None  # noqa: S101  it was asked for
    try:
        for piece in dump:
            process.stdin.write(piece)
        process.stdin.close()
    except BrokenPipeError:
        pass  # it ended before it had read all: its exit code and words say why
    process.wait()


def _popen(arguments: Iterable[str], secret: dict[str, str], **streams: object) -> subprocess.Popen[bytes]:
    program, *others = arguments
    process: subprocess.Popen[bytes] = subprocess.Popen(
        [postgres_binaries.folder() / program, *others],
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PGTZ": "UTC"} | secret,
        cwd="/",
        preexec_fn=processes.end_with_parent,
        **streams,  # type: ignore[call-overload]
    )
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    """A reader that stops early leaves a program that would wait for ever."""
    for stream in (process.stdin, process.stdout):
        try:
            if stream:
                stream.close()
        except BrokenPipeError:
            pass
    process.wait()


def _refuse_unless_done(process: subprocess.Popen[bytes], said: object, program: str) -> None:
    if process.returncode:
        said.seek(0)  # type: ignore[attr-defined]
        words = "\n".join(said.read().decode(errors="replace").splitlines()[-_LAST_LINES:])  # type: ignore[attr-defined]
        raise ProgramFailed(
            _("%(program)s could not do its work. Its last words:\n%(words)s") % {"program": program, "words": words}
        )


def _apart(url: str) -> tuple[str, dict[str, str]]:
    """The address without its password, which any user of the machine could read among the arguments."""
    told = conninfo_to_dict(url)
    password = told.pop("password", None)
    return make_conninfo("", **told), {"PGPASSWORD": str(password)} if password else {}
