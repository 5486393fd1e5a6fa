"""A house with something closed in it is written out, read by other programs, brought back elsewhere, harmed and refused."""

from __future__ import annotations

import csv
import hashlib
import json
import mailbox
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar, vText
from icalendar.parser import Contentlines

from ampersand.core import postgres
from ampersand.core.postgres import Server
from ampersand.core.safe import contents, export, export_back, place, restore
from ampersand.core.tests.houses import ask, build, dump_of, name_of, program, python, run

# One process makes the house and brings it back, for all tests here.
pytestmark = pytest.mark.xdist_group("export")

# In all that was told of somebody whose relationship is closed; nowhere may it stand in the open.
CLOSED = "zanzibarrow"
# What other programs trip over: a formula, separators, quotes, letters of others.
AWKWARD = '=1+1;"Ørsted, Æ'

TELL = """
import django; django.setup()
from datetime import timedelta
from tests import cast
from tests.cast import NOW
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.terms.messages import actions as outgoing
from ampersand.terms.messages import snippets
from ampersand.terms.messages.actions import Written
from ampersand.terms.messages.rules import To

told = cast.enter()
teller = Teller(at=NOW, by=told.maya)
# A word of its own for each, so that what is found tells where it came from.
def closed(word): return "zanzibarrow " + word
parties.rename(told.leona, name=closed("renamed"), by=told.maya, at=NOW)
parties.rename(told.leona, name=closed("renamed again"), by=told.maya, at=NOW)
parties.tell_detail(told.leona, label=closed("label"), value=closed("value"), teller=teller)
parties.withdraw(parties.tell_detail(told.leona, label="size", value=closed("withdrawn"), teller=teller), by=told.maya, at=NOW)
parties.tell_identifier(told.leona, kind="email", value="zanzibarrow@severnvale.example", teller=teller)
parties.tell_tie(from_party=told.leona, to_party=told.severn, kind="advises", role=closed("role"), teller=teller)
cast.line(told.leona, words=closed("line"), told_by=told.maya)
met = cast.moment(told.leona, by=told.maya, mode="mail", subject=closed("subject"), words=closed("words"))
cast.promise(told.maya.party, told.leona, words=closed("promise"), told_by=told.maya)
cast.order(told.severn, number="zanzibarrow-17", words=closed("order"), told_by=told.maya)
cast.concession(told.maya.party, told.leona, words=closed("concession"), told_by=told.maya)
cast.note(told.maya, closed("raw note"))
cast.note(told.maya, closed("about"), about=told.with_leona, shared_at=NOW)
to_leona = [To(told.leona, "zanzibarrow@severnvale.example", why=closed("why"))]
letter = Written(closed("letter"), closed("in the letter"), "notice", to_leona, ground="recall", topics=closed("topic"))
outgoing.send_off(outgoing.write(told.with_leona, letter, by=told.maya, at=NOW), by=told.maya, at=NOW)
# What is being written is its writer's alone, whomever it is to.
draft = Written(closed("draft"), closed("in the draft"), "work", [])
outgoing.write(told.with_jane, draft, by=told.maya, at=NOW)
snippets.keep(name=closed("snippet"), words=closed("in the snippet"), by=told.maya)

awkward = '=1+1;"\\u00d8rsted, \\u00c6'
jane = told.jane
parties.tell_identifier(jane, kind="email", value="jane@alder.example", teller=teller)
parties.tell_identifier(jane, kind="phone", value="+44 20 7946 0018", teller=teller)
parties.tell_detail(jane, label=awkward, value=awkward + chr(10) + "second line", teller=teller)
cast.person(awkward, tended_by=told.maya)
cast.moment(jane, by=told.maya, subject="Breakfast; machines, quiet", words="first" + chr(10) + "second")
cast.moment(jane, by=told.maya, mode="mail", subject="The price list", at=NOW + timedelta(hours=1), roles=["to"])
cast.note(told.maya, "a note for all", about=told.with_jane, shared_at=NOW)
cast.promise(told.maya.party, jane, told_by=told.maya)
cast.order(told.alder, number="A-1", told_by=told.maya)
from ampersand.timeline.models import Moment
Moment.objects.filter(subject="The price list").update(body="From the start of a line" + chr(10) + "From here" + chr(10))
"""

GO_ON = """
import django; django.setup()
from django.utils import timezone
from ampersand.members.models import Member
from ampersand.parties import actions as parties
from ampersand.parties.models import Party
parties.rename(Party.objects.get(name="Jane Okafor"), name="Jane Marsh", by=Member.objects.first(), at=timezone.now())
"""

# All that tables are made of, by their definitions.
SHAPE = """
SELECT string_agg(told, chr(10) ORDER BY told) FROM (
  SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) AS told FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid::regclass::text IN
    (SELECT tablename FROM pg_tables WHERE schemaname = 'public')
  UNION ALL SELECT tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT relname || ' ' || relkind::text || ' ' || pg_get_userbyid(relowner)
    FROM pg_class WHERE relnamespace = 'public'::regnamespace
) AS shape
"""


@dataclass(frozen=True)
class Written:
    """A house, and the export of it."""

    server: Server
    folder: Path
    told: dict[str, Any]

    @property
    def secret(self) -> bytes:
        return (self.server.home / "secret.key").read_bytes().strip()


@pytest.fixture(scope="module")
def written(migrated_template: str) -> Iterator[Written]:
    home = Path(tempfile.mkdtemp(prefix="ampersand-"))
    server = build(home, dump_of(migrated_template, home))
    python(home, TELL)
    told = run(home, "export", str(home / "out"), "--json")
    assert told.returncode == 0, told.stderr
    yield Written(server, home / "out", json.loads(told.stdout))
    server.stop()
    shutil.rmtree(home)


@dataclass(frozen=True)
class Arrived:
    """A house brought back from the export, by the second try."""

    server: Server
    name_after_kill: str
    brought: export_back.BroughtBack
    again: dict[str, Any]
    """What was told of an export of it, made at once."""


@pytest.fixture(scope="module")
def arrived(written: Written) -> Iterator[Arrived]:
    home, key = Path(tempfile.mkdtemp(prefix="ampersand-")), written.server.home / "secret.key"
    server = Server(home)
    server.start(is_durable=False)
    shutil.copy(key, home / "secret.key")
    kill_while_it_is_filled(server, program(home, "restore", str(written.folder), "--key", str(key)))
    name_after_kill = name_of(server)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AMPERSAND_HOME", str(home))
        brought = export_back.bring_back(written.folder, secret=written.secret)
    migrated = run(home, "migrate")
    assert migrated.returncode == 0, migrated.stderr
    again = run(home, "export", str(home / "out"), "--json")
    assert again.returncode == 0, again.stderr
    yield Arrived(server, name_after_kill, brought, json.loads(again.stdout))
    server.stop()
    shutil.rmtree(home)


def kill_while_it_is_filled(server: Server, process: subprocess.Popen[str]) -> None:
    filling = "SELECT count(*) FROM pg_stat_activity WHERE datname = 'ampersand_coming' AND query ~ '^(COPY|INSERT) '"
    until = time.monotonic() + 300
    while process.poll() is None and time.monotonic() < until and not ask(server, filling):
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL


@pytest.fixture(scope="module")
def other() -> Iterator[Server]:
    home = Path(tempfile.mkdtemp(prefix="ampersand-"))
    server = Server(home)
    server.start(is_durable=False)
    yield server
    server.stop()
    shutil.rmtree(home)


@pytest.fixture
def elsewhere(other: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Another machine, on which an empty house runs, and where we are."""
    monkeypatch.setenv("AMPERSAND_HOME", str(other.home))
    yield other
    place.drop_left_over(other, postgres.DATABASE)
    place.make_on(other, postgres.DATABASE)
    shutil.rmtree(other.home / "files", ignore_errors=True)


def in_the_open(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and "sealed" not in path.relative_to(folder).parts
    }


def test_what_is_closed_stands_nowhere_in_the_open(written: Written) -> None:
    said = in_the_open(written.folder)

    assert [name for name, words in said.items() if CLOSED in words or "Leona" in words or "Severn" in words] == []
    assert "Jane Okafor" in said["facts/parties_party.jsonl"]
    assert "a note for all" in said["facts/notebook_note.jsonl"]
    assert written.told["sealed"] > 20


def test_killed_while_it_is_brought_back_the_house_is_empty_and_the_next_try_brings_it(arrived: Arrived) -> None:
    assert arrived.name_after_kill == ""
    assert name_of(arrived.server) == "Harbour & Finch"
    assert ask(arrived.server, "SELECT count(*) FROM pg_database WHERE datname LIKE 'ampersand\\_%'") == 0


def test_it_comes_back_with_the_same_digest_and_all_that_was_sealed(written: Written, arrived: Arrived) -> None:
    closed = f"SELECT count(*) FROM parties_detail WHERE value = '{CLOSED} value'"  # noqa: S608  our own word

    assert arrived.brought.digest == written.told["digest"]
    assert ask(arrived.server, closed) == 1


def test_its_tables_are_as_they_were_and_their_history_goes_on(written: Written, arrived: Arrived) -> None:
    past = "SELECT count(*) FROM parties_partypast"
    shape, before = ask(arrived.server, SHAPE), ask(arrived.server, past)

    python(arrived.server.home, GO_ON)

    assert shape == ask(written.server, SHAPE)
    assert ask(arrived.server, past) == before + 1
    assert ask(arrived.server, "SELECT has_table_privilege('app', 'parties_party', 'INSERT')")
    assert ask(arrived.server, "SELECT reltuples > 0 FROM pg_class WHERE relname = 'parties_party'")


@pytest.mark.long
def test_both_ways_once_more_the_digest_is_the_same(written: Written, arrived: Arrived) -> None:
    assert arrived.again == written.told | {"folder": arrived.again["folder"]}


HARMS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a line more": (lambda folder: append(folder / "facts" / "parties_party.jsonl"), "facts/parties_party.jsonl is not as"),
    "a table cut": (lambda folder: cut(folder / "facts" / "timeline_moment.jsonl"), "facts/timeline_moment.jsonl is not"),
    "a sealed table cut": (lambda folder: cut(folder / "sealed" / "parties_party.jsonl.sealed"), "damaged: sealed/part"),
    "a table gone": (lambda folder: (folder / "facts" / "parties_tie.jsonl").unlink(), "facts/parties_tie.jsonl is not"),
    "a manifest cut": (lambda folder: cut(folder / "manifest.json"), "cannot be read"),
    "a manifest changed": (lambda folder: say_in_manifest(folder, "rows", 1), "its manifest is not as it was written"),
    "another version": (lambda folder: say_in_manifest(folder, "format", 2), "made by a newer Ampersand"),
    "forged": (lambda folder: forge(folder), "or somebody changed it since"),
}  # fmt: skip


def append(path: Path) -> None:
    with path.open("a") as file:
        file.write("{}\n")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def say_in_manifest(folder: Path, name: str, value: object) -> None:
    path = folder / contents.MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | {name: value}))


def forge(folder: Path) -> None:
    """A row changed by somebody who knows how sums are made, and has no key."""
    path, table = folder / contents.MANIFEST, folder / "facts" / "parties_party.jsonl"
    table.write_text(table.read_text().replace("Jane Okafor", "Jane Forger"))
    told = json.loads(path.read_text())
    told["sums"]["facts/parties_party.jsonl"] = hashlib.sha256(table.read_bytes()).hexdigest()
    del told["sum"]
    path.write_text(json.dumps(told | {"sum": contents.sum_of(told, None)}))


@pytest.mark.parametrize("harm", HARMS)
def test_a_harmed_export_is_refused_in_words(written: Written, elsewhere: Server, tmp_path: Path, harm: str) -> None:
    folder = shutil.copytree(written.folder, tmp_path / "copy")
    do_harm, words = HARMS[harm]
    do_harm(folder)

    with pytest.raises(restore.NotRestored, match=f"^Nothing was restored: .*{words}"):
        restore_as_said(folder, written.secret)

    assert name_of(elsewhere) == ""


def restore_as_said(folder: Path, secret: bytes) -> None:
    """What `ampersand restore` does with a folder."""
    from datetime import UTC, datetime

    if export_back.is_export(folder):
        export_back.bring_back(folder, secret=secret)
    else:
        restore.restore(folder, at=datetime.now(UTC))


def test_the_key_of_another_house_is_refused(written: Written, elsewhere: Server) -> None:
    with pytest.raises(restore.NotRestored, match="Name that file with --key"):
        export_back.bring_back(written.folder, secret=b"x" * 40)

    assert name_of(elsewhere) == ""


def test_a_house_with_something_in_it_is_left_alone(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMPERSAND_HOME", str(written.server.home))

    with pytest.raises(restore.NotRestored, match="this house is not empty"):
        export_back.bring_back(written.folder, secret=written.secret)

    assert name_of(written.server) == "Harbour & Finch"


def test_on_a_full_disk_nothing_is_left_of_an_export(written: Written, tmp_path: Path) -> None:
    done = run(written.server.home, "export", str(tmp_path / "out"), file_bytes=4_000)

    assert done.returncode == 2
    assert "Nothing was exported: " in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_two_exports_into_one_folder_do_not_spoil_each_other(written: Written, tmp_path: Path) -> None:
    both = [program(written.server.home, "export", str(tmp_path / "out"), "--json") for _ in range(2)]
    said = [process.communicate(timeout=120) for process in both]

    assert sorted(process.returncode for process in both) == [0, 2]
    assert [words for _out, words in said if "runs already" in words or "is not empty" in words]
    assert export_back.is_export(tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_the_tables_are_read_by_others(written: Written) -> None:
    for path in (written.folder / "facts").glob("*.jsonl"):
        told = json.loads((written.folder / "manifest.json").read_text())["tables"][path.stem]
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        assert len(lines) == told["rows"] - told["sealed"]
        assert all(set(line) == set(told["columns"]) for line in lines)


def test_the_people_are_read_by_others(written: Written) -> None:
    with (written.folder / "people.csv").open(newline="") as file:
        people = {row["name"]: row for row in csv.DictReader(file)}
    cards = {card["FN"]: card for card in cards_in(written.folder / "people.vcf")}

    assert set(people) == {"Jane Okafor", f"'{AWKWARD}"}
    assert set(cards) == {"Jane Okafor", AWKWARD}
    assert people["Jane Okafor"]["emails"] == "jane@alder.example"
    assert people["Jane Okafor"]["works_at"] == "Alder Hotels"
    assert f"{AWKWARD}: {AWKWARD}\nsecond line" in people["Jane Okafor"]["details"]
    assert cards["Jane Okafor"]["EMAIL"] == "jane@alder.example"
    assert cards["Jane Okafor"]["TEL"] == "+44 20 7946 0018"
    assert cards["Jane Okafor"]["NOTE"] == f"{AWKWARD}: {AWKWARD}\nsecond line"


def cards_in(path: Path) -> list[dict[str, str]]:
    """Address cards are written as calendars are: lines, folded and escaped."""
    cards: list[dict[str, str]] = []
    for line in filter(None, Contentlines.from_ical(path.read_bytes())):  # type: ignore[no-untyped-call]
        name, _parameters, value = line.parts()
        if name == "BEGIN":
            cards.append({})
        cards[-1][name] = str(vText.from_ical(value))
    return cards


def test_the_meetings_and_mails_are_read_by_others(written: Written) -> None:
    meetings = Calendar.from_ical((written.folder / "meetings.ics").read_bytes()).walk("VEVENT")
    with closing(mailbox.mbox(written.folder / "mail.mbox", create=False)) as box:
        mails = list(box)

    assert [(str(one["summary"]), str(one["description"])) for one in meetings] == [
        ("Breakfast; machines, quiet", "Jane Okafor\nfirst\nsecond")
    ]
    assert [one["subject"] for one in mails] == ["The price list"]
    assert mails[0]["to"] == '"Jane Okafor" <jane@alder.example>'
    assert b">From here" in mails[0].get_payload(decode=True) or b"\nFrom here" in mails[0].get_payload(decode=True)


def test_the_trade_is_read_by_others(written: Written) -> None:
    with (written.folder / "transactions.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))

    assert [(row["party"], row["number"], row["amount"], row["currency"]) for row in rows] == [
        ("Alder Hotels", "A-1", "1200.0000", "GBP")
    ]
    assert export.WHAT in (written.folder / "manifest.json").read_text()
