"""`ampersand serve` as it is run: real processes, killed and asked to stop."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ampersand.core import postgres
from ampersand.core.postgres import Server

PROJECT = Path(__file__).resolve().parents[3]
PATIENCE_SECONDS = 60


@pytest.fixture(scope="module")
def house(migrated_template: str) -> Iterator[Path]:
    """A data folder with a book that is up to date, restored from the tests' template: migrating takes far longer."""
    home = Path(tempfile.mkdtemp(prefix="ampersand-"))
    dump = home / "template.dump"
    postgres.here().run_as_superuser(
        "pg_dump", "-Fc", "-f", str(dump), postgres.url_for("owner", database=migrated_template)
    )
    server = Server(home)
    server.start(is_durable=False)
    server.run_as_superuser("pg_restore", "--clean", "--if-exists", "-d", server.url_for("owner"), str(dump))
    server.stop()
    yield home
    server.stop()
    shutil.rmtree(home)


class Served:
    def __init__(self, home: Path, port: int, *options: str) -> None:
        self.home = home
        self.port = port
        self.log = home / f"serve-{port}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "ampersand.cli", "serve", "--port", str(port), "--workers", "1", *options],
                cwd=PROJECT,
                env=os.environ | {"AMPERSAND_HOME": str(home), "DJANGO_SETTINGS_MODULE": "ampersand.settings"},
                stdout=log,
                stderr=log,
            )

    def answers(self) -> bool:
        return self.status("/sign-in/") == 200

    def status(self, path: str, body: bytes | None = None) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", body, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def says(self, words: str) -> bool:
        return words in self.log.read_text()

    def children(self, word: str) -> list[int]:
        """The processes right below ours that have this word in their command line."""
        below = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(pid) for pid in below if word in Path(f"/proc/{pid}/cmdline").read_text()]

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(timeout=PATIENCE_SECONDS)


@contextmanager
def serving(home: Path, *options: str) -> Iterator[Served]:
    served = Served(home, free_port(), *(options or ("--no-link",)))
    try:
        eventually(lambda: served.answers() or served.process.poll() is not None)
        assert served.process.poll() is None, served.log.read_text()
        yield served
    finally:
        served.stop()


def grandchildren(served: Served) -> list[int]:
    (web,) = served.children("ampersand.core.web")
    return [int(pid) for pid in Path(f"/proc/{web}/task/{web}/children").read_text().split()]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


def test_it_answers_reads_and_posts_and_leaves_nothing_behind_when_asked_to_stop(house: Path) -> None:
    with serving(house) as served:
        eventually(lambda: served.says("Ampersand is at"))
        assert served.status("/sign-in/", b"login=ana@mill.example") == 403  # no CSRF token: Django answered

        began = time.monotonic()
        code = served.stop()

    assert code == 0
    assert time.monotonic() - began < 10
    assert served.status("/sign-in/") == 0
    assert not Server(house).is_alive()


def test_where_nobody_has_signed_in_it_prints_a_link_that_lets_one_begin(house: Path) -> None:
    with serving(house, "--host", "127.0.0.1") as served:
        eventually(lambda: served.says("/sign-in/link/"))
        link = re.findall(r"http://localhost:(\d+)(/sign-in/link/\S+)", served.log.read_text())

        assert [port for port, _path in link] == [str(served.port)]
        assert served.status(link[0][1]) == 200


def test_a_second_server_on_the_same_folder_says_so_and_leaves(house: Path) -> None:
    with serving(house) as served:
        second = Served(house, free_port())

        assert second.process.wait(timeout=PATIENCE_SECONDS) == 2
        assert second.says(f"already serves the folder {house}, at http://127.0.0.1:{served.port}")
        assert served.answers()


def test_a_taken_port_is_named(house: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        served = Served(house, taken.getsockname()[1])

        assert served.process.wait(timeout=PATIENCE_SECONDS) == 2
        assert served.says("Choose another one with --port.")


def test_when_the_server_itself_is_killed_its_processes_end_and_the_next_one_starts(house: Path) -> None:
    with serving(house) as served:
        served.process.kill()
        served.process.wait()

        eventually(lambda: served.status("/sign-in/") == 0)
        with serving(house) as following:
            assert following.answers()


def test_whatever_is_killed_is_started_again(house: Path) -> None:
    with serving(house) as served:
        of_the_web = grandchildren(served)
        worker, web, database = (
            served.children("ampersand.cli"),
            served.children("ampersand.core.web"),
            Server(house).find_pid(),
        )
        assert (len(worker), len(web)) == (1, 1)
        assert database

        for pid in (*worker, *web, database):
            os.kill(pid, signal.SIGKILL)

        eventually(lambda: served.says("The worker ended by itself"))
        eventually(lambda: served.says("The web server ended by itself"))
        eventually(lambda: served.says("The database ended by itself"))
        eventually(served.answers)
        eventually(lambda: bool(served.children("ampersand.cli")))
        assert served.children("ampersand.cli") != worker
        assert not [pid for pid in of_the_web if Path(f"/proc/{pid}").exists()]
