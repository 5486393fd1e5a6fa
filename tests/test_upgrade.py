"""A house of each released state is brought up to this version, keeps every fact, answers, and moves elsewhere."""

from __future__ import annotations

import json
import re
import shutil
import signal
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ampersand.core import version
from ampersand.core.postgres import Server
from ampersand.core.safe import classes, contents, counting, place
from ampersand.core.safe.counting import Counted
from ampersand.core.tests.houses import PROJECT, ask, began, do, python, run

FIXTURES = Path(__file__).resolve().parent / "fixtures" / "upgrade"
RELEASED = sorted(path.name.removesuffix(".tar.xz") for path in FIXTURES.glob("*.tar.xz"))
# One process brings a house up to date, for all of its tests; those older than the last two when there is time.
GROUPED = [
    pytest.param(
        name,
        marks=[pytest.mark.xdist_group(f"upgrade of {name}"), *([pytest.mark.long] if name in RELEASED[:-2] else [])],
    )
    for name in RELEASED
]

# Columns of facts that a later version wrote anew on purpose: names came to be sorted as they are shown.
WRITTEN_ANEW: dict[str, set[str]] = {"parties_party": {"sort_key"}}

CANARY = "zanzibarrow weighs on my mind"
PLANT = f"""
UPDATE notebook_note SET words = '{CANARY}'
WHERE id = (SELECT id FROM notebook_note WHERE shared_at IS NULL ORDER BY id LIMIT 1)
"""  # noqa: S608  our own word

PAGES = """
import django; django.setup()
from django.test import Client
from ampersand.members.models import Member
from ampersand.parties.models import Relationship

client = Client(SERVER_NAME="localhost")
client.force_login(Member.objects.filter(role="steward").first(), backend="django.contrib.auth.backends.ModelBackend")
seen = Relationship.objects.visible_to(Member.objects.filter(role="steward").first()).first()
for path in ("/", "/relationships/", f"/relationships/{seen.pk}/", "/promises/", "/house/", "/search/?q=jane", "/import/"):
    print(client.get(path).status_code, path)
"""


def unpack(tar: tarfile.TarFile, folder: Path) -> None:
    """Before 3.11.4 Python had no filter to name; the archive is our own."""
    vars(tar)["extraction_filter"] = getattr(tarfile, "data_filter", None)
    tar.extractall(folder)  # noqa: S202


@dataclass(frozen=True)
class House:
    """A house of a released state, upgraded, with what its backup counted before."""

    server: Server
    before: dict[str, Counted]
    """The facts as its backup counted them."""
    after: dict[str, Counted]
    """The same columns of the same tables, as far as this version has them."""


@pytest.fixture(scope="module", params=GROUPED)
def upgraded(request: pytest.FixtureRequest, migrated_template: str) -> Iterator[House]:
    home = Path(tempfile.mkdtemp(prefix="ampersand-"))
    with tarfile.open(FIXTURES / f"{request.param}.tar.xz") as tar:
        unpack(tar, home / "saved")
    server = Server(home)
    server.start(is_durable=False)
    saved = home / "saved" / "house"
    restored = run(home, "restore", str(saved))
    assert restored.returncode == 0, restored.stderr
    told = contents.read_contents(saved, key=None).tables
    facts = {table: one for table, one in told.items() if classes.is_fact(table)}
    house = House(server, facts, counted_now(server, facts))
    do(server, PLANT)
    yield house
    server.stop()
    shutil.rmtree(home)


def test_every_released_state_is_kept() -> None:
    """A version with its day in the changes is out: from then on its fixture is among those that are found here."""
    out = re.findall(r"^## (\d+\.\d+\.\d+), \d", (PROJECT / "CHANGELOG.md").read_text(), re.MULTILINE)

    assert {"0.0-part1", *out} <= set(RELEASED)


def test_all_places_name_one_version() -> None:
    told = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["version"]
    newest = re.search(r"^## (\S+)", (PROJECT / "CHANGELOG.md").read_text(), re.MULTILINE)

    assert version.number() == told
    assert newest
    assert newest[1].rstrip(",") == told


def counted_now(server: Server, facts: dict[str, Counted]) -> dict[str, Counted]:
    with place.connect(server.url_for("owner")) as connection:
        there = counting.tables(connection)
        return counting.count_all(
            connection,
            {
                table: tuple(
                    column
                    for column in told.columns
                    if column in there[table] and column not in WRITTEN_ANEW.get(table, set())
                )
                for table, told in facts.items()
            },
        )


def test_every_fact_of_before_is_there_unchanged(upgraded: House) -> None:
    before, after = upgraded.before, upgraded.after
    comparable = [table for table in before if after[table].columns == before[table].columns]

    assert sum(told.rows for told in before.values()) > 20_000
    assert {table: told.rows for table, told in after.items()} == {table: told.rows for table, told in before.items()}
    assert {table: after[table] for table in comparable} == {table: before[table] for table in comparable}
    assert len(comparable) > 40


def test_its_pages_answer(upgraded: House) -> None:
    lines = python(upgraded.server.home, PAGES, DJANGO_SETTINGS_MODULE="tests.settings").splitlines()

    assert len(lines) == 7
    assert [line for line in lines if not line.startswith("200 ")] == []


@pytest.fixture(scope="module")
def exported(upgraded: House) -> tuple[Path, dict[str, object]]:
    folder = upgraded.server.home / "export"
    told = run(upgraded.server.home, "export", str(folder), "--json")
    assert told.returncode == 0, told.stderr
    return folder, json.loads(told.stdout)


def test_an_export_comes_back_elsewhere_with_the_same_digest(
    upgraded: House, exported: tuple[Path, dict[str, object]], request: pytest.FixtureRequest
) -> None:
    if request.node.callspec.params["upgraded"] != RELEASED[-1] and not request.config.getoption("--long"):
        pytest.skip("long: of all but the last released state it runs in make test-long")
    folder, told = exported
    home = Path(tempfile.mkdtemp(prefix="ampersand-"))
    try:
        key = str(upgraded.server.home / "secret.key")
        brought = run(home, "restore", str(folder), "--key", key, "--json")
        again = run(home, "export", str(home / "export"), "--json")
        refused = run(home, "restore", str(folder), "--key", key)

        assert brought.returncode == 0, brought.stderr
        assert json.loads(brought.stdout)["digest"] == told["digest"]
        assert json.loads(again.stdout)["digest"] == told["digest"]
        assert json.loads(again.stdout)["sealed"] == told["sealed"]
        assert refused.returncode == 2
        assert "this house is not empty" in refused.stderr
    finally:
        Server(home).stop()
        shutil.rmtree(home)


def test_what_not_every_member_may_see_is_sealed(upgraded: House, exported: tuple[Path, dict[str, object]]) -> None:
    folder, _told = exported

    said = "".join(path.read_text() for path in folder.rglob("*") if path.is_file() and "sealed" not in path.parts)

    assert ask(upgraded.server, "SELECT count(*) FROM notebook_note WHERE words LIKE 'zanzibarrow%'") == 1
    assert CANARY not in said
    assert '"name":"Jane Okafor"' in said
    assert '"password"' not in said


def test_the_files_for_other_programs_can_be_read(exported: tuple[Path, dict[str, object]]) -> None:
    from icalendar import Calendar

    folder, _told = exported

    assert len(Calendar.from_ical((folder / "meetings.ics").read_bytes()).walk("VEVENT")) > 100
    assert "FN:Jane Okafor\r\n" in (folder / "people.vcf").read_bytes().decode()
    assert (folder / "people.csv").read_text().startswith("id,name,emails,telephones,web,works_at,details\n")


# At the last of the missing steps something happens.
AT_LAST = """
import django; django.setup()
from django.db import connection
from django.db.migrations.migration import Migration
from ampersand.core.safe import upgrade
first, *_others, last = upgrade.missing()
apply = Migration.apply
def applied(self, *told, **more):
    if (self.app_label, self.name) == (first.app_label, first.name):
        at_first()
    if (self.app_label, self.name) == (last.app_label, last.name):
        at_last()
    return apply(self, *told, **more)
Migration.apply = applied
def at_first(): pass
{at_last}
raise SystemExit(upgrade.main())
"""
BREAKS = """
def at_last():
    raise RuntimeError("the last step is broken")
"""
WAITS = """
def at_last():
    import time
    print("waiting", flush=True)
    time.sleep(600)
"""
# What a library does to one of its enumerations, and what PostgreSQL refuses within one transaction.
ADDS_A_VALUE = """
with connection.cursor() as cursor:
    cursor.execute("CREATE TYPE mood AS ENUM ('calm')")
def at_first():
    connection.cursor().execute("ALTER TYPE mood ADD VALUE IF NOT EXISTS 'bright'")
def at_last():
    connection.cursor().execute("CREATE TABLE seen AS SELECT 'bright'::mood AS it")
"""


@pytest.fixture
def as_released(request: pytest.FixtureRequest, migrated_template: str) -> Iterator[Server]:
    """A house of a released state, as it was then: of the last but one, or for a long test of the first."""
    released = RELEASED[0] if request.node.get_closest_marker("long") else RELEASED[-2]
    home = Path(tempfile.mkdtemp(prefix="ampersand-"))
    with tarfile.open(FIXTURES / f"{released}.tar.xz") as tar:
        unpack(tar, home / "saved")
    server = Server(home)
    server.start(is_durable=False)
    python(home, RESTORES.format(folder=str(home / "saved" / "house")))
    yield server
    server.stop()
    shutil.rmtree(home)


def test_an_upgrade_whose_last_step_breaks_leaves_all_as_it_was(as_released: Server) -> None:
    before = schema_of(as_released)
    with pytest.raises(AssertionError, match="the last step is broken"):
        python(as_released.home, AT_LAST.format(at_last=BREAKS), AMPERSAND_DATABASE_ROLE="app_owner")

    assert schema_of(as_released) == before

    upgraded = run(as_released.home, "migrate")
    assert upgraded.returncode == 0, upgraded.stderr
    assert "The house as it was is saved in" in upgraded.stderr
    assert schema_of(as_released) != before


@pytest.mark.long
def test_an_upgrade_killed_at_its_last_step_leaves_all_as_it_was_and_the_next_does_it(as_released: Server) -> None:
    before = schema_of(as_released)
    process = began(as_released.home, AT_LAST.format(at_last=WAITS), AMPERSAND_DATABASE_ROLE="app_owner")
    assert process.stdout
    said = process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()

    assert said == "waiting\n"
    assert schema_of(as_released) == before

    upgraded = run(as_released.home, "migrate", "--saved")
    assert upgraded.returncode == 0, upgraded.stderr
    assert schema_of(as_released) != before


@pytest.mark.long
def test_a_value_too_new_for_one_transaction_is_taken_step_by_step(as_released: Server) -> None:
    python(as_released.home, AT_LAST.format(at_last=ADDS_A_VALUE), AMPERSAND_DATABASE_ROLE="app_owner")

    assert ask(as_released, "SELECT it::text FROM seen") == "bright"
    upgraded = run(as_released.home, "doctor")
    assert "The book's tables are those of this version." in upgraded.stdout


RESTORES = """
import django; django.setup()
from datetime import UTC, datetime
from pathlib import Path
from ampersand.core.safe import restore
restore.restore(Path({folder!r}), at=datetime.now(UTC))
"""


def schema_of(server: Server) -> object:
    return ask(
        server,
        "SELECT array_agg(table_name || '.' || column_name ORDER BY 1) || (SELECT array_agg(app || name ORDER BY 1) "
        "FROM django_migrations)::text[] FROM information_schema.columns WHERE table_schema = 'public'",
    )
