"""The database we run ourselves: real servers in folders of their own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from ampersand.core import home as homes
from ampersand.core import postgres_binaries
from ampersand.core.postgres import DatabaseNotStarted, Server

PROJECT = Path(__file__).resolve().parents[3]

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="about what root's server may do: run as root")


@pytest.fixture(scope="module")
def house() -> Iterator[Server]:
    """One data folder for the tests below: each leaves it with a server that can be started."""
    home = Path(tempfile.mkdtemp(prefix="ampersand-"))
    (home / "postgres.new").mkdir()
    (home / "postgres.new" / "PG_VERSION").write_text("a start that was broken off\n")
    yield Server(home)
    Server(home).stop()
    shutil.rmtree(home)


@pytest.fixture
def server(house: Server) -> Iterator[Server]:
    house.start(is_durable=False)
    yield house
    house.stop()


@pytest.fixture
def sheet(server: Server) -> Iterator[None]:
    do(server, "app_owner", "CREATE TABLE sheet (word text)")
    yield
    do(server, "app_owner", "DROP TABLE sheet")


def ask(server: Server, role: str, statement: str) -> object:
    with psycopg.connect(server.url_for(role), autocommit=True) as connection:
        row = connection.execute(statement).fetchone()
        return row and row[0]


def do(server: Server, role: str, statement: str) -> None:
    with psycopg.connect(server.url_for(role), autocommit=True) as connection:
        connection.execute(statement)


def kill(server: Server) -> int:
    pid = server.find_pid()
    assert pid
    os.kill(pid, signal.SIGKILL)
    while server.is_alive():
        time.sleep(0.005)
    return pid


def in_another_process(server: Server, program: str) -> subprocess.Popen[str]:
    words = (
        f"from pathlib import Path; from ampersand.core.postgres import Server; s = Server(Path({str(server.home)!r}))"
    )
    return subprocess.Popen(
        [sys.executable, "-c", f"{words}\n{program}"],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.usefixtures("sheet")
def test_app_uses_the_rows_of_tables_it_does_not_own(server: Server) -> None:
    do(server, "app", "INSERT INTO sheet VALUES ('kept')")

    assert ask(server, "app", "SELECT word FROM sheet") == "kept"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        do(server, "app", "CREATE TABLE another (word text)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        do(server, "app", "DROP TABLE sheet")


@pytest.mark.usefixtures("sheet")
def test_outside_may_connect_and_read_nothing(server: Server) -> None:
    assert ask(server, "outside", "SELECT current_user") == "outside"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(server, "outside", "SELECT word FROM public.sheet")


@pytest.mark.parametrize("role", ["app_owner", "app", "outside"])
def test_no_role_but_the_first_is_a_superuser_or_may_become_one(server: Server, role: str) -> None:
    assert ask(server, role, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    assert ask(server, role, "SELECT pg_has_role(current_user, 'owner', 'MEMBER')") is False


def test_row_level_security_holds_for_visitors_and_not_for_our_own_roles(server: Server) -> None:
    passes = {role: ask(server, role, BYPASSES) for role in ("app_owner", "app", "outside")}
    assert passes == {"app_owner": True, "app": True, "outside": False}


BYPASSES = "SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user"


def test_it_listens_on_no_network_port(server: Server) -> None:
    assert ask(server, "app", "SHOW listen_addresses") == ""


def test_it_has_the_extensions_we_search_with(server: Server) -> None:
    assert (
        ask(server, "app", "SELECT count(*) FROM pg_extension WHERE extname IN ('pg_trgm','unaccent','btree_gist')")
        == 3
    )


@only_root
def test_a_program_running_as_nobody_reaches_the_socket_and_is_refused(server: Server) -> None:
    asking = subprocess.run(
        [postgres_binaries.folder_for(server.user, home=server.home) / "psql", server.url_for("app"), "-c", "SELECT 1"],
        cwd="/",
        user="nobody",
        group="nogroup",
        extra_groups=[],
        capture_output=True,
        text=True,
    )

    assert "Peer authentication failed" in asking.stderr


def test_a_second_process_uses_the_same_server_and_the_last_one_stops_it(server: Server) -> None:
    pid = server.find_pid()
    other = in_another_process(server, "s.start(); print(s.find_pid(), flush=True); input(); s.stop()")
    with other:
        assert other.stdout
        assert other.stdout.readline().strip() == str(pid)

        server.stop()
        assert server.is_alive()

        other.communicate("leave\n")
    assert not server.is_alive()


def test_two_processes_starting_at_the_same_moment_get_one_server(house: Server) -> None:
    both = [
        in_another_process(house, "s.start(); print(s.find_pid(), flush=True); input(); s.stop()") for _ in range(2)
    ]

    told = {process.stdout.readline() for process in both if process.stdout}
    for process in both:
        with process:
            process.communicate("leave\n")

    assert len(told) == 1
    assert not house.is_alive()


def test_a_user_that_was_killed_is_counted_no_more(server: Server) -> None:
    other = in_another_process(server, "s.start(); print('started', flush=True); input()")
    with other:
        assert other.stdout
        other.stdout.readline()
        other.kill()

    server.stop()

    assert not server.is_alive()


def test_after_a_kill_it_starts_again_with_what_was_committed(house: Server) -> None:
    house.start()
    do(house, "app_owner", "CREATE TABLE story (word text)")
    do(house, "app", "INSERT INTO story VALUES ('committed')")

    pid = kill(house)
    house.start()

    assert house.find_pid() != pid
    assert ask(house, "app", "SELECT word FROM story") == "committed"
    house.stop()


def test_a_pid_file_naming_another_process_does_not_keep_it_from_starting(house: Server) -> None:
    house.start(is_durable=False)
    house.stop()
    (house.data / "postmaster.pid").write_text(f"{os.getpid()}\n{house.data}\n")

    house.start(is_durable=False)

    assert ask(house, "app", "SELECT 1") == 1
    house.stop()


def test_it_says_in_words_that_it_did_not_start(house: Server) -> None:
    house.start(is_durable=False)
    house.stop()
    configuration = house.data / "postgresql.conf"
    words = configuration.read_text()
    configuration.write_text(words + "no_such_setting = on\n")

    with pytest.raises(DatabaseNotStarted, match=r"(?s)did not start\. Its last words.*no_such_setting") as refused:
        house.start(is_durable=False)

    assert str(house.log) in str(refused.value)
    configuration.write_text(words)


def test_what_somebody_asked_who_was_killed_is_worked_on_no_longer(server: Server) -> None:
    asking = in_another_process(
        server,
        "import psycopg; connection = psycopg.connect(s.url_for('app'))\n"
        # It needs no processor and no disk, so however busy the machine is, the server has time to see who is gone.
        "connection.execute('SELECT pg_sleep(1000000) /* of one who is gone */')",
    )
    running = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%who is gone%' AND pid <> pg_backend_pid()"
    wait_until(lambda: ask(server, "owner", f"{running} AND wait_event = 'PgSleep'") == 1)

    asking.kill()
    asking.communicate()

    wait_until(lambda: ask(server, "owner", running) == 0)


def wait_until(holds: Callable[[], bool]) -> None:
    """Fails where it never holds: no machine is so busy."""
    until = time.monotonic() + 300
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_what_a_failing_statement_carried_is_not_in_the_log(server: Server) -> None:
    with pytest.raises(psycopg.errors.InvalidTextRepresentation):
        ask(server, "app", "SELECT 1 WHERE 'what Ana told me' = ANY ('what Ana told me')")

    assert "Ana" not in server.log.read_text()


def test_a_data_folder_too_deep_for_a_socket_gets_one_elsewhere() -> None:
    deep = Server(Path("/srv") / ("a-long-name-" * 10))

    assert not deep.socket_folder.is_relative_to(deep.home)
    assert len(str(deep.socket_folder / ".s.PGSQL.5432.lock")) < 107


@only_root
def test_a_folder_below_a_closed_one_is_refused_and_nothing_is_opened() -> None:
    closed = Path(tempfile.mkdtemp(prefix="ampersand-"))

    with pytest.raises(DatabaseNotStarted, match=f"nobody, who cannot pass through the folder {closed}"):
        Server(closed / "house").start()

    assert closed.stat().st_mode & 0o777 == 0o700
    assert not (closed / "house").exists()
    closed.rmdir()


@only_root
def test_a_first_start_opens_its_own_folder_for_one_group_only(empty_home: Path) -> None:
    Server(empty_home).start(is_durable=False)

    assert empty_home.stat().st_mode & 0o777 == 0o710
    assert empty_home.stat().st_gid == homes.database_user().pw_gid


def test_it_waits_for_the_server_of_a_killed_starter_to_be_ready(server: Server) -> None:
    """A starter that is killed while the server recovers leaves it recovering: the next one waits instead of failing."""
    kill(server)
    other = in_another_process(server, "s.start(); print('started', flush=True); input()")
    with other:
        time.sleep(0.15)
        other.kill()

    server.start()

    assert ask(server, "app", "SELECT 1") == 1
