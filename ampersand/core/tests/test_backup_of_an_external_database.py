"""With a PostgreSQL that somebody else runs: saved, tried out on a server of our own, restored into an empty database."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from ampersand.core import postgres_roles
from ampersand.core.postgres import Server
from ampersand.core.safe import backup, place, restore
from ampersand.core.tests.houses import DIGEST, dump_of, furnish, name_of

AT = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)


@pytest.fixture
def theirs(migrated_template: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Another server with a house in it, reached by DATABASE_URL as the owner of its database."""
    home = Path(tempfile.mkdtemp(prefix="ampersand-"))
    server = furnish(home, dump_of(migrated_template, home))
    own = Path(tempfile.mkdtemp(prefix="ampersand-"))
    shutil.copytree(home / "files", own / "files")
    monkeypatch.setenv("AMPERSAND_HOME", str(own))
    monkeypatch.setenv("DATABASE_URL", server.url_for("app_owner"))
    yield server
    server.stop()
    shutil.rmtree(home)
    shutil.rmtree(own)


def test_it_is_saved_and_comes_back_into_an_empty_database(
    theirs: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backup.back_up(tmp_path, at=AT)
    place.make_on(theirs, "empty")
    monkeypatch.setenv("DATABASE_URL", theirs.url_for("app_owner", database="empty"))

    restore.restore(made, at=AT)

    with psycopg.connect(theirs.url_for("app_owner", database="empty")) as connection:
        assert connection.execute("SELECT name FROM members_house").fetchone() == ("Harbour & Finch",)
        assert connection.execute("SELECT digest FROM core_file").fetchone() == (DIGEST,)
    assert not (Path(theirs.home) / "scratch").exists()


def test_it_comes_back_for_an_owner_whom_row_level_security_holds(
    theirs: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backup.back_up(tmp_path, at=AT)
    place.make_on(theirs, "plain")
    with psycopg.connect(theirs.url_for(postgres_roles.OWNER), autocommit=True) as server:
        server.execute("ALTER ROLE app_owner NOBYPASSRLS")
    monkeypatch.setenv("DATABASE_URL", theirs.url_for("app_owner", database="plain"))

    restore.restore(made, at=AT)

    with psycopg.connect(theirs.url_for("app_owner", database="plain")) as connection:
        assert connection.execute("SELECT name FROM members_house").fetchone() == ("Harbour & Finch",)


def test_it_comes_back_into_a_house_with_its_own_database(
    theirs: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.back_up(tmp_path, at=AT)
    monkeypatch.delenv("DATABASE_URL")
    ours = Server(Path(tempfile.mkdtemp(prefix="ampersand-")))
    monkeypatch.setenv("AMPERSAND_HOME", str(ours.home))
    ours.start(is_durable=False)
    try:
        restore.restore(tmp_path, at=AT)

        assert name_of(ours) == "Harbour & Finch"
        with psycopg.connect(ours.url_for(postgres_roles.APP)) as connection:
            assert connection.execute("SELECT count(*) FROM members_house").fetchone() == (1,)
    finally:
        ours.stop()
        shutil.rmtree(ours.home)


def test_a_database_with_a_house_in_it_is_left_alone(theirs: Server, tmp_path: Path) -> None:
    backup.back_up(tmp_path, at=AT)

    with pytest.raises(restore.NotRestored, match="this house is not empty"):
        restore.restore(tmp_path, at=AT)
    with pytest.raises(restore.NotRestored, match="make an empty database"):
        restore.restore(tmp_path, at=AT, is_replacing=True)

    assert name_of(theirs) == "Harbour & Finch"
