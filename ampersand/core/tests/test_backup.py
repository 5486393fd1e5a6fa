"""Backup and restore of real houses: whole, sealed, damaged, of another version, at once."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ampersand.core import postgres
from ampersand.core.postgres import Server
from ampersand.core.safe import backup, contents, keeping, place, programs, record, restore
from ampersand.core.tests.houses import DIGEST, LETTER, ask, do, dump_of, furnish, name_of, program, run

AT = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
KEY = b"a key of the tests, forty characters long"


@pytest.fixture(scope="module")
def furnished(migrated_template: str) -> Iterator[Server]:
    home = Path(tempfile.mkdtemp(prefix="ampersand-"))
    server = furnish(home, dump_of(migrated_template, home))
    yield server
    server.stop()
    shutil.rmtree(home)


@pytest.fixture
def house(furnished: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The house of these tests, called Harbour & Finch; a test may rename it and take its documents away."""
    monkeypatch.setenv("AMPERSAND_HOME", str(furnished.home))
    document = furnished.home / "files" / DIGEST[:2] / DIGEST
    document.parent.mkdir(parents=True, exist_ok=True)
    document.write_bytes(LETTER)
    do(furnished, "UPDATE members_house SET name = 'Harbour & Finch'")
    return furnished


@pytest.fixture(scope="module")
def other() -> Iterator[Server]:
    home = Path(tempfile.mkdtemp(prefix="ampersand-"))
    server = Server(home)
    server.start(is_durable=False)
    yield server
    server.stop()
    shutil.rmtree(home)


@pytest.fixture
def elsewhere(other: Server) -> Iterator[Server]:
    """Another machine: an empty house that runs. Tests go there by `move`."""
    yield other
    place.drop_left_over(other, postgres.DATABASE)
    place.make_on(other, postgres.DATABASE)
    shutil.rmtree(other.home / "files", ignore_errors=True)


@pytest.fixture(scope="module")
def saved(furnished: Server) -> Iterator[Path]:
    """A backup of the house, for tests that harm a copy of it."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setenv("AMPERSAND_HOME", str(furnished.home))
        yield backup.back_up(Path(folder), at=AT)


def move(to: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMPERSAND_HOME", str(to.home))


@pytest.mark.parametrize("key", [None, KEY], ids=["open", "sealed"])
def test_a_house_comes_back_elsewhere_row_for_row_and_with_its_documents(
    house: Server, elsewhere: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: bytes | None
) -> None:
    made = backup.back_up(tmp_path, at=AT, key=key)
    move(elsewhere, monkeypatch)

    restored = restore.restore(tmp_path, at=AT, key=key)

    assert made.name == "ampersand-2026-11-22-143000"
    assert name_of(elsewhere) == "Harbour & Finch"
    assert (elsewhere.home / "files" / DIGEST[:2] / DIGEST).read_bytes() == LETTER
    assert ask(elsewhere, "SELECT has_table_privilege('app', 'members_house', 'INSERT')")
    assert not ask(elsewhere, "SELECT has_table_privilege('outside', 'members_house', 'SELECT')")
    again = backup.back_up(tmp_path / "again", at=AT, key=key)
    told = contents.read_contents(again, key=key)
    assert told.tables == restored.contents.tables


def test_a_sealed_backup_tells_nothing_of_the_house(house: Server, tmp_path: Path) -> None:
    made = backup.back_up(tmp_path, at=AT, key=KEY)

    parts = [path for path in made.rglob("*") if path.is_file()]
    assert len(parts) == 4
    for part in parts:
        assert LETTER not in part.read_bytes()
        assert b"Harbour" not in part.read_bytes()
        assert DIGEST not in part.name
    assert KEY not in b"".join(part.read_bytes() for part in parts)


@pytest.mark.parametrize(
    ("key", "words"), [(None, "Name its key file with --key"), (b"x" * 40, "does not open with this key")]
)
def test_a_missing_or_wrong_key_is_refused_before_anything_is_done(
    house: Server,
    elsewhere: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    key: bytes | None,
    words: str,
) -> None:
    backup.back_up(tmp_path, at=AT, key=KEY)
    move(elsewhere, monkeypatch)

    with pytest.raises(restore.NotRestored, match=words):
        restore.restore(tmp_path, at=AT, key=key)

    assert name_of(elsewhere) == ""


HARMS: dict[str, Callable[[Path], object]] = {
    "changed": lambda path: path.write_bytes(bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:]),
    "cut": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "gone": Path.unlink,
}


@pytest.mark.parametrize("part", ["book.dump", "contents.json", "manifest.json", f"files/{DIGEST[:2]}/{DIGEST}"])
@pytest.mark.parametrize("harm", HARMS)
def test_damage_to_any_part_is_refused(
    saved: Path, elsewhere: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str, harm: str
) -> None:
    path = shutil.copytree(saved, tmp_path / "copy") / part
    HARMS[harm](path)
    move(elsewhere, monkeypatch)

    with pytest.raises(restore.NotRestored, match=r"^Nothing was restored: .*(damaged|lacks|no backup|cannot be read)"):
        restore.restore(tmp_path / "copy", at=AT)

    assert name_of(elsewhere) == ""


def test_a_book_of_a_newer_version_is_refused(
    house: Server, elsewhere: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(house, "INSERT INTO django_migrations (app, name, applied) VALUES ('core', '9999_tomorrow', now())")
    backup.back_up(tmp_path, at=AT)
    do(house, "DELETE FROM django_migrations WHERE name = '9999_tomorrow'")
    move(elsewhere, monkeypatch)

    with pytest.raises(restore.NotRestored, match="saved by a newer Ampersand"):
        restore.restore(tmp_path, at=AT)

    assert name_of(elsewhere) == ""


def test_a_house_that_is_not_empty_is_left_alone(house: Server, tmp_path: Path) -> None:
    backup.back_up(tmp_path, at=AT)
    do(house, "UPDATE members_house SET name = 'Later'")

    with pytest.raises(restore.NotRestored, match="this house is not empty"):
        restore.restore(tmp_path, at=AT)

    assert name_of(house) == "Later"


def test_replacing_saves_what_was_there_first(house: Server, tmp_path: Path) -> None:
    backup.back_up(tmp_path / "a", at=AT)
    do(house, "UPDATE members_house SET name = 'Later'")

    restored = restore.restore(tmp_path / "a", at=AT + timedelta(hours=1), is_replacing=True, saves_into=tmp_path / "b")

    assert name_of(house) == "Harbour & Finch"
    assert restored.saved_before == tmp_path / "b" / "ampersand-2026-11-22-153000"
    restore.restore(tmp_path / "b", at=AT, is_replacing=True, saves_into=tmp_path / "c")
    assert name_of(house) == "Later"


def test_who_was_signed_in_then_is_not_signed_in_now(
    house: Server, elsewhere: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(house, "INSERT INTO django_session VALUES ('key', 'data', now() + interval '1 day')")
    do(house, "INSERT INTO members_attempts VALUES ('key', 'an object of Python', now() + interval '1 day')")
    backup.back_up(tmp_path, at=AT)
    do(house, "DELETE FROM django_session")
    move(elsewhere, monkeypatch)

    restore.restore(tmp_path, at=AT)

    assert ask(elsewhere, "SELECT count(*) FROM django_session") == 0
    assert ask(elsewhere, "SELECT count(*) FROM members_attempts") == 0


@pytest.mark.parametrize("name", ["../../../evil", "/etc/evil", "a" * 63, "A" * 64, "a" * 64 + "\n", ""])
def test_no_document_is_put_where_its_name_leads(name: str) -> None:
    with pytest.raises(restore.NotRestored):
        restore.put_file([b"words"], name)


def test_a_folder_without_a_backup_is_told(house: Server, tmp_path: Path) -> None:
    with pytest.raises(restore.NotRestored, match="There is no backup in"):
        restore.restore(tmp_path, at=AT)


@pytest.mark.parametrize(
    "words", ["", "[]", '{"what": "something else"}', '{"what": "ampersand backup", "format": 99}']
)
def test_a_manifest_of_something_else_is_told(house: Server, tmp_path: Path, words: str) -> None:
    (tmp_path / "manifest.json").write_text(words)

    with pytest.raises(restore.NotRestored, match=r"no backup|cannot be read|newer Ampersand"):
        restore.restore(tmp_path, at=AT)


def test_a_document_that_is_gone_is_told_and_holds_up_nothing(house: Server, tmp_path: Path) -> None:
    (house.home / "files" / DIGEST[:2] / DIGEST).unlink()

    made = backup.back_up(tmp_path, at=AT)

    assert contents.read_contents(made, key=None).missing == (DIGEST,)
    good = record.last_good()
    assert good
    assert good.missing == 1


def test_two_at_once_are_one(house: Server, tmp_path: Path) -> None:
    with place.only_one_at_a_time(), pytest.raises(place.AnotherUnderWay, match="runs already"):
        backup.back_up(tmp_path, at=AT)

    assert list(tmp_path.iterdir()) == []


def test_of_two_programs_at_once_one_saves_and_the_other_says_why_not(house: Server, tmp_path: Path) -> None:
    both = [program(house.home, "backup", str(tmp_path)) for _ in range(2)]
    said = [process.communicate(timeout=300)[1] for process in both]

    assert sorted(process.returncode for process in both) == [0, 2]
    assert [words for words in said if "runs already" in words]
    assert len(list(backup.all_in(tmp_path))) == 1


def test_on_a_full_disk_no_backup_is_left_and_the_house_goes_on(house: Server, tmp_path: Path) -> None:
    done = run(house.home, "backup", str(tmp_path), file_bytes=20_000)

    assert done.returncode == 2
    assert "No backup was made: " in done.stderr
    assert list(tmp_path.iterdir()) == []
    assert name_of(house) == "Harbour & Finch"
    assert backup.back_up(tmp_path, at=AT)


def test_what_is_told_while_it_is_made_is_not_in_it_and_waits_for_nothing(house: Server, tmp_path: Path) -> None:
    told: list[str] = []

    def tell_meanwhile(words: str) -> None:
        told.append(words)
        do(house, f"SET lock_timeout = '1s'; INSERT INTO members_housename (house_id, name) VALUES (1, '{len(told)}')")  # noqa: S608

    made = backup.back_up(tmp_path, at=AT, heard=tell_meanwhile)

    assert len(told) == 4
    assert ask(house, "SELECT count(*) FROM members_housename") == 4
    assert contents.read_contents(made, key=None).tables["members_housename"].rows == 0
    do(house, "DELETE FROM members_housename")


def test_the_same_second_twice_is_refused_and_the_first_stays(house: Server, tmp_path: Path) -> None:
    made = backup.back_up(tmp_path, at=AT)

    with pytest.raises(backup.NotBackedUp, match="of this very second"):
        backup.back_up(tmp_path, at=AT)

    assert list(backup.all_in(tmp_path)) == [made]


def test_without_room_nothing_is_begun(house: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "free_bytes", lambda folder: 1000)

    with pytest.raises(backup.NotBackedUp, match="must be free"):
        backup.back_up(tmp_path, at=AT)

    assert list(tmp_path.iterdir()) == []
    failed = record.last_failed()
    assert failed
    assert "must be free" in failed.words


def test_a_backup_that_does_not_restore_alike_never_gets_its_name(
    house: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought = programs.restore

    def brings_too_little(*told: object, **more: object) -> None:
        brought(*told, **more)  # type: ignore[arg-type]
        with place.connect(str(told[1]), autocommit=True) as connection:
            connection.execute("DELETE FROM core_file")

    monkeypatch.setattr(programs, "restore", brings_too_little)

    with pytest.raises(backup.NotBackedUp, match="not what was saved, in these tables: core_file"):
        backup.back_up(tmp_path, at=AT)

    assert list(tmp_path.iterdir()) == []


def test_nothing_of_the_trial_is_left_on_the_server(house: Server, tmp_path: Path) -> None:
    backup.back_up(tmp_path, at=AT)

    assert ask(house, "SELECT count(*) FROM pg_database WHERE datname LIKE 'scratch%'") == 0


def old(folder: Path, day: int) -> Path:
    path = folder / f"ampersand-2026-11-{day:02}-020000"
    path.mkdir(parents=True)
    told = {"what": contents.WHAT, "made_at": datetime(2026, 11, day, 2, tzinfo=UTC).isoformat()}
    (path / "manifest.json").write_text(json.dumps(told))
    return path


def test_the_newest_are_kept_and_what_is_not_a_backup_is_left_alone(tmp_path: Path) -> None:
    made = [old(tmp_path, day) for day in range(1, 11)]
    (tmp_path / "ampersand-notes").mkdir()

    backup.prune(tmp_path, keep=3, days=35, at=AT)

    assert sorted(tmp_path.iterdir()) == [*made[-3:], tmp_path / "ampersand-notes"]


def test_what_is_too_old_goes_but_never_the_newest(tmp_path: Path) -> None:
    made = [old(tmp_path, day) for day in (1, 2)]

    backup.prune(tmp_path, keep=7, days=1, at=AT)

    assert list(tmp_path.iterdir()) == [made[-1]]


def test_settings_that_say_nothing_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AMPERSAND_BACKUPS_KEEP", "many")

    with pytest.raises(keeping.NotSaid, match="must be a number from 1 on; it says many"):
        keeping.said()
    with pytest.raises(keeping.NotSaid, match="must be there and hold at least 32 characters"):
        keeping.key_in(tmp_path / "none")
