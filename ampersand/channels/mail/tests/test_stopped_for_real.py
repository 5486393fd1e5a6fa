"""An import under a server that is asked to stop: the next server goes on with it by itself, to its end."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ampersand.channels.mail.tests.test_killed_for_real import FOUND, PROJECT, asked, environment
from ampersand.core.postgres import Server

pytestmark = pytest.mark.long

# More than come in while a stop waits for the job to end (eight seconds).
MAILS = 30_000
MAIL = """From ida@tideway.example Mon Oct  5 09:00:00 2026
From: Ida <ida{number}@tideway.example>
To: Wade <wade@ettus.com>
Date: Mon, 5 Oct 2026 09:00:00 +0100
Message-ID: <{number}@tideway.example>
Subject: Question {number}

Which one is it, number {number}?

"""

# As the page does it: the file is kept, and a job carries the import out.
BEGIN = """
from pathlib import Path
from django.utils import timezone
from ampersand.channels import actions
from ampersand.channels.tasks import CARRY_OUT
from ampersand.core import jobs
from ampersand.members.models import Member
with Path({path!r}).open("rb") as file:
    begun = actions.begin_upload(file, name="box.mbox", member=Member.objects.get(), at=timezone.now())
jobs.defer(CARRY_OUT, lock=f"import:{{begun.pk}}", import_id=str(begun.pk))
"""

DONE = """
import json
from ampersand.channels.models import Import
begun = Import.objects.get()
print(json.dumps([begun.items.count(), begun.ended_at is not None, begun.last_error]))
"""

# Within one process: to start another for every look takes as long as the import.
SOME_ARE_IN = """
import json, time
from ampersand.channels.models import Import
begun, until = Import.objects.get(), time.monotonic() + 120
while begun.items.count() <= 500 and time.monotonic() < until:
    time.sleep(0.05)
print(json.dumps([begun.items.count()]))
"""


@pytest.fixture
def home() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="ampersand-"))
    asked(made, FOUND)
    yield made
    Server(made).stop()
    shutil.rmtree(made)


def serve(home: Path) -> subprocess.Popen[bytes]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, "-m", "ampersand.cli", "serve", "--port", port, "--workers", "1", "--no-link"]
    return subprocess.Popen(command, cwd=PROJECT, env=environment(home), stderr=subprocess.DEVNULL)


def eventually(is_so: Callable[[], bool], *, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(1)


def test_an_import_that_a_stop_cut_off_goes_on_at_the_next_start(home: Path) -> None:
    box = home / "box.mbox"
    box.write_text("".join(MAIL.format(number=number) for number in range(MAILS)))
    asked(home, BEGIN.format(path=str(box)))

    first = serve(home)
    some = asked(home, SOME_ARE_IN)
    first.terminate()
    code, (cut_off_at, has_ended, _error) = first.wait(timeout=60), asked(home, DONE)
    second = serve(home)
    try:
        eventually(lambda: bool(asked(home, DONE)[1]), seconds=600)
    finally:
        second.terminate()
        second.wait(timeout=60)

    assert (code, has_ended, some[0] > 500) == (0, False, True)
    assert 500 < cut_off_at < MAILS
    assert asked(home, DONE) == [MAILS, True, ""]
    assert not Server(home).is_alive()
