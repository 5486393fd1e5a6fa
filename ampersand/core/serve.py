"""`ampersand serve`: the pages, the worker and the database under one parent that watches them.

The parent loads no Django. It starts the database, brings the book up to this version, starts the web server and the
worker as processes of their own, and starts again whichever ends by itself, saying so.
"""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from ampersand.core import book, home, postgres, processes
from ampersand.core.words import gettext as _
from ampersand.core.words import say

LOOK_SECONDS = 0.25
GRACE_SECONDS = 10
LONGEST_PAUSE_SECONDS = 30
# A process that lived this long did not fail at its start: the next pause is short again.
SETTLED_SECONDS = 60
CONNECTIONS_A_PROCESS = 8


class NotServed(Exception):
    """The server did not start; the words say why and what to do."""


@dataclass
class Kept:
    """A process that is started again when it ends."""

    name: str
    command: list[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float = 0.0
    pause_seconds: float = field(default=0.5)

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches the parent alone, which then stops each in order.
        self.process = subprocess.Popen(
            self.command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=processes.end_with_parent,
        )
        self.started_at = time.monotonic()

    def look_after(self, now: float) -> None:
        if self.process is None:
            if now >= self.start_again_at:
                self.start()
        elif self.process.poll() is not None:
            self._mourn(now, self.process)

    def _mourn(self, now: float, ended: subprocess.Popen[bytes]) -> None:
        processes.kill_session(ended.pid)
        lived = now - self.started_at
        self.pause_seconds = 0.5 if lived > SETTLED_SECONDS else min(self.pause_seconds * 2, LONGEST_PAUSE_SECONDS)
        self.start_again_at = now + self.pause_seconds
        self.process = None
        say(
            _("The %(name)s ended by itself (%(code)d). Starting it again in %(seconds)d s.")
            % {"name": self.name, "code": ended.returncode, "seconds": self.pause_seconds}
        )

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def make_stop(self, until: float) -> None:
        if not self.process:
            return
        try:
            self.process.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            processes.kill_session(self.process.pid)
            self.process.wait()


def serve(*, host: str, port: int, workers: int, has_first_link: bool = True, is_announced: bool = True) -> None:
    """Serve until SIGTERM or SIGINT. Raises NotServed when another server has the folder or the port.

    Where nobody has ever signed in, a link that does it once is printed when the pages answer, unless it is not wanted.
    Not announced, it says nothing of where it is: whoever starts it says so when the house is furnished.
    """
    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_received: stopping.set())
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    folder = home.data_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _only_server(folder, address):
        _refuse_taken_port(host, port)
        with book.database_running():
            book_is_ready()
            if not stopping.is_set():
                says = address if is_announced else ""
                _keep_running(_kept(host, port, workers), stopping, address, says=says, has_first_link=has_first_link)
    say(_("Ampersand has stopped."))


def book_is_ready() -> None:
    """Ask a process that has Django, and bring the book up to this version where that is ours to do."""
    if _preflight() == BEHIND:
        if postgres.is_external():
            raise NotServed(_("The book is behind this version. Run `ampersand migrate`, then start again."))
        book.migrate()
        _preflight()


BEHIND = 3


def _preflight() -> int:
    command = [sys.executable, "-m", "ampersand.core.preflight"]
    done = subprocess.run(command, env=os.environ | book.own_path(), capture_output=True, text=True)
    if done.returncode not in (0, BEHIND):
        raise NotServed(_("Ampersand cannot start. What is wrong:\n%(words)s") % {"words": done.stderr.strip()})
    return done.returncode


@contextmanager
def _only_server(folder: Path, address: str) -> Iterator[None]:
    with (folder / "serve.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise NotServed(
                _("Ampersand already serves the folder %(folder)s, at %(address)s. Stop that one first.")
                % {"folder": folder, "address": lock.read().strip()}
            ) from None
        lock.truncate(0)
        lock.write(address + "\n")
        lock.flush()
        yield


def _refuse_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise NotServed(
                _("Nothing can be served at %(host)s, port %(port)d: %(why)s. Choose another one with --port.")
                % {"host": host, "port": port, "why": error.strerror}
            ) from error


def _kept(host: str, port: int, workers: int) -> list[Kept]:
    environment = os.environ | book.own_path()
    for_web = {"AMPERSAND_POOL_SIZE": str(CONNECTIONS_A_PROCESS)}
    if "AMPERSAND_URL" not in environment:
        for_web["AMPERSAND_URL"] = f"http://{_name_of(host)}:{port}"
    web = [sys.executable, "-m", "ampersand.core.web", "--host", host, "--port", str(port), "--workers", str(workers)]
    worker = [sys.executable, "-m", "ampersand.cli", "worker"]
    return [
        Kept(_("web server"), web, environment | for_web),
        Kept(_("worker"), worker, environment),
    ]


def _name_of(host: str) -> str:
    """By what name people reach a server that listens there; all addresses of this machine are called by its own."""
    if host in ("127.0.0.1", "0.0.0.0", "::1", "::"):  # noqa: S104  compared, not listened on
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _keep_running(kept: list[Kept], stopping: Event, address: str, *, says: str, has_first_link: bool) -> None:
    link: subprocess.Popen[bytes] | None = None
    for process in kept:
        process.start()
    try:
        if _answers_in_time(address, stopping) and says:
            say(_("Ampersand is at %(address)s. Ctrl-C stops it.") % {"address": says})
        if has_first_link and not stopping.is_set():
            link = _say_first_link()
        while not stopping.wait(LOOK_SECONDS):
            _look_after_database()
            for process in kept:
                process.look_after(time.monotonic())
            if link:
                link.poll()  # so that it is no zombie once it has ended
    finally:
        for process in kept:
            process.ask_to_stop()
        until = time.monotonic() + GRACE_SECONDS
        for process in kept:
            process.make_stop(until)
        if link:
            link.kill()
            link.wait()


def _say_first_link() -> subprocess.Popen[bytes]:
    """A process with Django prints a link to begin with, where nobody has ever signed in; it ends by itself."""
    command = [sys.executable, "-m", "ampersand.cli", "sign-in-link", "--if-first"]
    return subprocess.Popen(
        command,
        env=os.environ | book.own_path(),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=processes.end_with_parent,
    )


def _look_after_database() -> None:
    if not postgres.is_external() and not postgres.here().is_alive():
        say(_("The database ended by itself. Starting it again."))
        postgres.start()


def _answers_in_time(address: str, stopping: Event) -> bool:
    host, port = address.removeprefix("http://").rsplit(":", 1)
    until = time.monotonic() + 60
    while time.monotonic() < until and not stopping.wait(0.05):
        try:
            socket.create_connection((host.strip("[]"), int(port)), timeout=1).close()
        except OSError:
            continue
        return True
    return False
