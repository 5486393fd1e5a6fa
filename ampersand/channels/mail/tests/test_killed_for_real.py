"""All the mail of other people's archives through the command line: killed with SIGKILL, gone on with, and undone."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ampersand.core.postgres import Server

pytestmark = [pytest.mark.shared_data, pytest.mark.long]

PROJECT = Path(__file__).resolve().parents[4]

FOUND = """
from django.utils import timezone
from ampersand.desk import ours
ours.found_house(member_name="Wade", name="House", email="wade@ettus.com", domains=["ettus.com"], at=timezone.now())
"""

# All that was told, without the ids it happened to get; ledger, moments with people and threads, who is known.
TELL = """
import hashlib, json
from django.db import connection
WHO = "(SELECT string_agg(value, ',' ORDER BY value) FROM parties_identifier i WHERE i.party_id = {})"
ASKED = {
    "ledger": "SELECT part, ordinal, place, key, fate, reason FROM channels_importitem ORDER BY 1, 2",
    "moments": "SELECT key, happened_at, zone, on_day, began, asks_answer, is_settled_by_others, subject, words, m.place "
        "FROM timeline_moment m JOIN timeline_telling t ON t.moment_id = m.id ORDER BY 1",
    "people": f"SELECT key, {WHO.format('p.party_id')}, role, is_ours FROM timeline_participant p "
        "JOIN timeline_telling t ON t.moment_id = p.moment_id ORDER BY 1, 2, 3",
    "threads": "SELECT string_agg(key, ' ' ORDER BY key) FROM timeline_moment m "
        "JOIN timeline_telling t ON t.moment_id = m.id GROUP BY m.thread_id ORDER BY 1",
    "parties": f"SELECT name, kind, is_colleague, {WHO.format('p.id')} FROM parties_party p ORDER BY 4, 1",
    "known": f"SELECT {WHO.format('r.party_id')}, because, known_at FROM parties_relationship r ORDER BY 1",
    "search": "SELECT kind, name, words::text, cardinality(party_ids) FROM core_searchentry ORDER BY 3, 2, 4",
}
with connection.cursor() as cursor:
    told = {}
    for name, sql in ASKED.items():
        cursor.execute(sql)
        rows = cursor.fetchall()
        told[name] = [len(rows), hashlib.sha256(repr(rows).encode()).hexdigest()]
print(json.dumps(told))
"""

UNDER_WAY = """
import json
from ampersand.channels.models import Import
latest = Import.objects.order_by("-began_at").first()
print(json.dumps([str(latest.pk), latest.items.count()] if latest else ["", 0]))
"""


@pytest.fixture
def homes() -> Iterator[list[Path]]:
    made = [Path(tempfile.mkdtemp(prefix="ampersand-")) for _ in range(2)]
    for home in made:
        asked(home, FOUND)
    yield made
    for home in made:
        Server(home).stop()
        shutil.rmtree(home)


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "AMPERSAND_TESTS"}
    return {
        **kept,
        "AMPERSAND_HOME": str(home),
        "PYTHONPATH": str(PROJECT),
        "DJANGO_SETTINGS_MODULE": "ampersand.settings",
    }


def asked(home: Path, code: str) -> Any:
    """What this code prints last, run in a house of its own."""
    inside = "\n".join(f"    {line}" for line in code.splitlines())
    program = f"import django\ndjango.setup()\nfrom ampersand.core import book\nwith book.opened():\n{inside}"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=environment(home), capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1]) if done.stdout.strip() else None


def ampersand(home: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "ampersand.cli", "import", *arguments, "--json"]
    return subprocess.Popen(command, env=environment(home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def answer(running: subprocess.Popen[str]) -> dict[str, Any]:
    out, errors = running.communicate(timeout=3_000)
    assert running.returncode in (0, 1), errors
    found: dict[str, Any] = json.loads(out.splitlines()[-1])
    return found


def killed_past(home: Path, running: subprocess.Popen[str], items: int) -> str:
    """Kill an import once it has this many lines in its ledger; answers its id."""
    import_id, done = "", 0
    while done < items and running.poll() is None:
        time.sleep(0.5)
        import_id, done = asked(home, UNDER_WAY)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    return import_id


def test_killed_twice_all_mail_ends_as_undisturbed_and_undone_nothing_is_left(
    homes: list[Path], shared_data: Path
) -> None:
    undisturbed, disturbed = homes
    mail = str(shared_data / "mail")
    before = asked(disturbed, TELL)

    counts = answer(ampersand(undisturbed, mail))
    import_id = killed_past(disturbed, ampersand(disturbed, mail), 1_000)
    killed_past(disturbed, ampersand(disturbed, "--resume", import_id), 5_000)
    resumed = answer(ampersand(disturbed, "--resume", import_id))

    fates = ("seen", "new", "joined", "unchanged", "left_out", "rejected")
    assert [resumed[fate] for fate in fates] == [counts[fate] for fate in fates]
    assert counts["seen"] == sum(counts[fate] for fate in fates[1:]) > 8_000
    assert asked(disturbed, TELL) == asked(undisturbed, TELL)
    again = answer(ampersand(disturbed, mail))
    assert (again["new"], again["joined"]) == (0, 0)
    for one in (again["id"], import_id):
        answer(ampersand(disturbed, "--undo", one))
    assert asked(disturbed, TELL) == before
