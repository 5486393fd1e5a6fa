"""Whatever becomes of a run, of the disk or of the folder: the snapshot is the one before or the one after, never a mix."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Event
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from ampersand.core.models import Change
from ampersand.parties import actions as parties
from ampersand.parties.erasing import erase_party
from ampersand.parties.models import Because, Party, Relationship
from ampersand.readings import models, snapshot
from ampersand.readings.snapshot import manifest, tables, taking, writing
from ampersand.readings.tests.snapshots import Days, Held, made_whole, taken
from ampersand.timeline.models import Moment
from tests.at_once import at_once, begun
from tests.cast import NOW, Cast, moment, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def days() -> Days:
    return Days()


@pytest.fixture
def met(cast: Cast) -> Cast:
    for number in range(6):
        moment(cast.jane, by=cast.maya, at=NOW - timedelta(days=9 * number))
    return cast


def _of(party: Party, rows: Held) -> int:
    """How many contacts there are of a party's relationship."""
    return sum(row[0] == str(party.relationship.pk) for row in rows["contacts"])


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_an_empty_book_has_an_empty_snapshot(folder: Path) -> None:
    rows, made = taken(NOW)

    assert set(map(len, rows.values())) == {0}
    assert (made.slices, made.rows) == (1, 0)


def test_a_book_of_one_relationship_has_its_encounters_and_their_state(met: Cast, folder: Path) -> None:
    Relationship.objects.exclude(pk=met.with_jane.pk).delete()

    rows, _made = taken(NOW)

    ((whose, count, first, last, logs, *_decayed),) = rows["states"]
    assert (whose, count, last - first) == (str(met.with_jane.pk), 6, 45)
    assert logs == pytest.approx(5 * 0.2513144282809061)
    assert [row[3] for row in rows["encounters"]] == [None, 9, 9, 9, 9, 9]


def test_where_nothing_changed_no_file_is_written_anew(met: Cast, folder: Path, days: Days) -> None:
    _rows, before = taken(days.next())
    lying = names(folder)

    _rows, after = taken(days.next())

    assert (after.tables, names(folder)) == (before.tables, lying)
    assert after.as_of > before.as_of


def test_what_was_touched_and_is_as_it_was_leaves_its_file(met: Cast, folder: Path, days: Days) -> None:
    _rows, before = taken(days.next())
    told = met.jane.participations.latest("id")
    with connection.cursor() as cursor:
        for role in ("to", told.role):
            cursor.execute("UPDATE timeline_participant SET role = %s WHERE id = %s", [role, told.pk])

    _rows, after = taken(days.next())

    assert after.tables == before.tables


def test_only_the_slices_of_what_changed_are_written(
    met: Cast, folder: Path, days: Days, sliced: None, copied_whole: list[bool]
) -> None:
    for number in range(12):
        moment(person(f"Kim Number{number}"), by=met.maya)
    _rows, before = taken(days.next())
    moment(met.jane, by=met.maya, at=days.at)

    _rows, after = taken(days.next())

    stays = {part.file for part in before.tables["contacts"]} & {part.file for part in after.tables["contacts"]}
    assert before.slices == after.slices == 8
    assert 6 <= len(stays) < 8
    assert copied_whole == [True, False]


def test_whoever_is_erased_is_in_no_file_after_the_next_run(met: Cast, folder: Path, days: Days) -> None:
    taken(days.next())
    erase_party(met.jane, by=met.ruth, at=days.next())

    rows, _made = taken(days.next())

    whose = str(met.with_jane.pk)
    assert not [row for of_table in rows.values() for row in of_table if whose in row]
    assert not any(whose.encode() in path.read_bytes() for path in folder.glob("*.parquet"))


def test_what_was_told_by_a_clock_ahead_is_there_once_its_time_has_come(met: Cast, folder: Path) -> None:
    as_of = timezone.now()
    moment(met.leona, by=met.maya, at=NOW)
    Moment.objects.filter(participants__party=met.leona).update(told_at=as_of + timedelta(minutes=10))

    before, _made = taken(as_of)
    after, _made = taken(as_of + timedelta(hours=3))

    assert _of(met.leona, after) == _of(met.leona, before) + 1


def test_what_was_planned_is_there_once_it_has_come_about(met: Cast, folder: Path, days: Days) -> None:
    planned = days.next() + timedelta(days=30)
    moment(met.leona, by=met.maya, at=planned)
    Moment.objects.filter(happened_at=planned).update(told_at=days.at)

    before, _made = taken(days.next())
    days.at = planned
    after, _made = taken(days.next())

    assert _of(met.leona, after) == _of(met.leona, before) + 1


def test_lines_are_taken_away_once_the_snapshot_holds_them(met: Cast, folder: Path, days: Days) -> None:
    moment(met.jane, by=met.maya)
    waiting = Change.objects.count()

    taken(days.next())

    assert (waiting > 0, Change.objects.count()) == (True, 0)


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_began_before_and_ends_after_is_in_the_next_one(
    cast: Cast, folder: Path, days: Days
) -> None:
    has_told, may_end = Event(), Event()

    def tell_slowly() -> None:
        with transaction.atomic():
            moment(cast.jane, by=cast.maya)
            has_told.set()
            assert may_end.wait(60)

    with ThreadPoolExecutor(1) as threads:
        telling = threads.submit(at_once, tell_slowly)
        assert has_told.wait(60)
        before, _made = taken(days.next())
        may_end.set()
        telling.result(timeout=60)
    after, _made = taken(days.next())

    assert [len(rows["contacts"]) for rows in (before, after)] == [0, 2]


@pytest.mark.django_db(transaction=True)
def test_who_comes_second_waits_and_finds_it_made(
    cast: Cast, folder: Path, days: Days, copied_whole: list[bool]
) -> None:
    moment(cast.jane, by=cast.maya)
    as_of = days.next()

    with snapshot.taken(as_of=as_of) as first:
        waiting = begun(lambda: taken(as_of))
        waits = not waiting.done()
        lying = {part.file for parts in first.manifest.tables.values() for part in parts} <= names(folder)
    ((rows, _second),) = waiting.result(timeout=20)

    assert (waits, lying, len(rows["contacts"])) == (True, True, 2)
    assert copied_whole == [True]


def test_a_folder_that_another_book_filled_is_filled_anew(met: Cast, folder: Path, days: Days) -> None:
    as_of = days.next()
    taken(as_of)
    models.Snapshot.objects.update(key=uuid4())
    Relationship.objects.filter(pk=met.with_jane.pk).delete()
    Change.objects.all().delete()

    assert taken(as_of)[0] == made_whole(as_of=as_of, folder=folder.parent / "whole")


def test_a_time_before_that_of_the_snapshot_is_read_whole(
    met: Cast, folder: Path, days: Days, copied_whole: list[bool]
) -> None:
    taken(days.next())

    taken(NOW)

    assert copied_whole == [True, True]


def test_another_time_zone_of_the_house_has_all_read_again(
    met: Cast, folder: Path, days: Days, copied_whole: list[bool]
) -> None:
    taken(days.next())
    met.house.time_zone = "Asia/Tokyo"
    met.house.save()

    taken(days.next())

    assert copied_whole == [True, True]


def test_other_rules_have_all_read_again(
    met: Cast, folder: Path, days: Days, copied_whole: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken(days.next())
    monkeypatch.setattr(tables, "shape", lambda: "of a later version")

    taken(days.next())

    assert copied_whole == [True, True]


def test_a_book_that_has_outgrown_its_slices_is_cut_anew(
    met: Cast, folder: Path, days: Days, monkeypatch: pytest.MonkeyPatch
) -> None:
    _rows, before = taken(days.next())
    monkeypatch.setattr(writing, "SLICE_ROWS", 2)
    monkeypatch.setattr(taking, "SLICE_ROWS", 2)

    _rows, after = taken(days.next())

    assert (before.slices, after.slices) == (1, 8)


def _break(folder: Path, name: str) -> None:
    """Spoil the folder in one of the ways in which folders are spoilt."""
    stands = folder / manifest.NAME
    told = json.loads(stands.read_text())
    contacts = folder / told["tables"]["contacts"][0]["file"]
    match name:
        case "a file is gone":
            contacts.unlink()
        case "a file is cut short":
            contacts.write_bytes(contacts.read_bytes()[:-100])
        case "a file holds something else":
            contacts.write_bytes(b"x" * contacts.stat().st_size)
        case "the manifest is cut short":
            stands.write_text(stands.read_text()[:200])
        case "the manifest is no such thing":
            stands.write_text("[1, 2]")
        case "the manifest is of another version":
            stands.write_text(json.dumps(told | {"version": 0}))
        case "the manifest leads elsewhere":
            told["tables"]["contacts"][0]["file"] = "../../etc/passwd"
            stands.write_text(json.dumps(told))
        case "the manifest is gone":
            stands.unlink()


@pytest.mark.parametrize(
    "spoilt",
    [
        "a file is gone",
        "a file is cut short",
        "a file holds something else",
        "the manifest is cut short",
        "the manifest is no such thing",
        "the manifest is of another version",
        "the manifest leads elsewhere",
        "the manifest is gone",
    ],
)
def test_a_spoilt_folder_is_filled_anew(met: Cast, folder: Path, days: Days, spoilt: str) -> None:
    taken(days.next())
    _break(folder, spoilt)
    moment(met.jane, by=met.maya, at=days.at)

    as_of = days.next()
    rows, made = taken(as_of)

    assert rows == made_whole(as_of=as_of, folder=folder.parent / "whole")
    assert {path.name for path in folder.glob("*.parquet")} == {
        part.file for parts in made.tables.values() for part in parts
    }


def test_what_others_put_into_the_folder_is_neither_read_nor_removed(met: Cast, folder: Path, days: Days) -> None:
    before, _made = taken(days.next())
    (folder / "contacts-of-the-chief.parquet").write_bytes(b"PAR1 and no more")
    (folder / "notes").mkdir()

    after, _made = taken(days.next())

    assert after == before
    assert {"contacts-of-the-chief.parquet", "notes"} <= names(folder)


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_leaves_the_snapshot_that_stood_and_the_next_run_holds_all(
    cast: Cast, folder: Path, days: Days, monkeypatch: pytest.MonkeyPatch, copied_whole: list[bool]
) -> None:
    moment(cast.jane, by=cast.maya)
    _rows, before = taken(days.next())
    moment(cast.jane, by=cast.maya, at=NOW - timedelta(days=3))

    def is_full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(manifest, "keep_for_good", is_full)
        with pytest.raises(OSError, match="No space left"):
            taken(days.next())
    stands = manifest.read(folder)
    as_of = days.next()
    rows, _made = taken(as_of)

    assert stands == before
    assert rows == made_whole(as_of=as_of, folder=folder.parent / "whole")
    assert copied_whole == [True, False, False, True]


# A run that dies by its own hand at the n-th of the steps that count, for each n in turn, in children of one process.
_KILLED = """
import json, os, signal, sys
from pathlib import Path
import django
django.setup()
from datetime import datetime
from django.conf import settings
from django.db import connection
settings.SNAPSHOTS = Path(sys.argv[1])
from ampersand.readings.snapshot import manifest, taken, writing

ALSO = ((manifest, "keep_for_good"), (writing, "_copy_out")) if sys.argv[3] == "all" else ()

def dying_at(step):
    left = step
    def counted(do):
        def act(*values, **named):
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return do(*values, **named)
        return act
    for place, name in ((os, "replace"), (manifest, "sweep"), (writing.Writer, "_write_one"), *ALSO):
        setattr(place, name, counted(getattr(place, name)))

ended, step, stood = None, 0, []
while ended != 0:
    step += 1
    child = os.fork()
    if child == 0:
        dying_at(step)
        with taken(as_of=datetime.fromisoformat(sys.argv[2])):
            pass
        connection.close()
        os._exit(0)
    ended = os.waitpid(child, 0)[1]
    now = manifest.read(settings.SNAPSHOTS)
    stood.append((now.as_of.isoformat(), sorted(p.file for t in now.tables.values() for p in t)) if now else ("none", []))
print(json.dumps(stood))
"""


def _killed_again_and_again(folder: Path, as_of: str, *, at_steps: str) -> list[tuple[str, list[str]]]:
    told = connection.settings_dict
    url = f"postgresql:///{told['NAME']}?host={told['HOST']}&user={told['USER']}"
    environment = {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(folder), as_of, at_steps],
        env=environment,
        cwd=settings.BASE_DIR.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [(as_of, files) for as_of, files in json.loads(done.stdout)]


def _stays_whole(cast: Cast, folder: Path, days: Days, *, at_steps: str) -> int:
    moment(cast.jane, by=cast.maya)
    _rows, before = taken(days.next())
    moment(cast.jane, by=cast.maya, at=NOW - timedelta(days=5))
    as_of = days.next()

    stood = _killed_again_and_again(folder, as_of.isoformat(), at_steps=at_steps)

    old = (before.as_of.isoformat(), sorted(part.file for parts in before.tables.values() for part in parts))
    times = [one[0] for one in stood]
    assert [one for one in stood if one[0] == old[0] and one != old] == []
    assert set(times) == {before.as_of.isoformat(), as_of.isoformat()}
    assert times == sorted(times)
    assert taken(as_of)[0] == made_whole(as_of=as_of, folder=folder.parent / "whole")
    assert names(folder) == {"lock", manifest.NAME, *(path.name for path in folder.glob("*.parquet"))}
    return len(stood)


@pytest.mark.django_db(transaction=True)
def test_killed_while_it_writes_or_is_put_in_place_it_is_the_old_one_or_the_new_one(
    cast: Cast, folder: Path, days: Days
) -> None:
    assert _stays_whole(cast, folder, days, at_steps="few") > 5


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_killed_at_any_step_it_is_the_old_one_or_the_new_one(
    cast: Cast, folder: Path, days: Days, sliced: None
) -> None:
    assert _stays_whole(cast, folder, days, at_steps="all") > 20


def test_a_relationship_that_comes_anew_is_there_from_the_next_run_on(cast: Cast, folder: Path, days: Days) -> None:
    taken(days.next())
    trace = parties.name_party("Wren Abara", teller=parties.Teller(at=days.at))
    moment(trace, by=cast.maya, at=NOW)
    before, _made = taken(days.next())
    parties.become_known(trace, because=Because.TAP, known_at=days.at, teller=parties.Teller(at=days.at))

    after, _made = taken(days.next())

    assert [len(rows["contacts"]) for rows in (before, after)] == [0, 1]
