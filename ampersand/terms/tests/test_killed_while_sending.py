"""A worker is killed for real, with a message in its hand and the mail server about to answer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection

from ampersand.core import postgres, postgres_roles
from ampersand.terms.messages import actions
from ampersand.terms.messages.models import Message, State
from ampersand.terms.tests.post_office import open_office
from ampersand.terms.tests.writing import JANE, SOON, jane_is_reachable, send, sent_off, states
from tests import cast as people

WORKER = """
from datetime import datetime
import django
django.setup()
from ampersand.terms.messages import post, queue
post.PATIENCE_SECONDS = 300
queue.send_due(clock=lambda: datetime.fromisoformat({at!r}))
"""


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_had_in_hand_is_unsure_and_goes_again_only_by_hand() -> None:
    known = people.enter()
    jane_is_reachable(known)
    message = sent_off(known)
    with open_office() as office:
        office.pondering_seconds = 60
        worker = _worker(office.port)
        try:
            assert office.has_it_in_hand.wait(60)
            meanwhile = send(SOON + timedelta(hours=1))
            in_hand = states(message)
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        office.pondering_seconds = 0

        by_itself = _sent_until_settled(message)
        dropped = states(message)
        actions.try_again(message.receivers.get(), by=known.maya, at=SOON)
        send(SOON + timedelta(days=1))

        assert (meanwhile, in_hand) == (0, {JANE: State.SENDING})
        assert (by_itself, dropped) == (0, {JANE: State.UNSURE})
        assert (office.receivers, states(message)) == ([JANE], {JANE: State.SENT})


def _sent_until_settled(message: Message) -> int:
    """How many copies went until it was said of this one that it may have gone: the server lets go of a dead hand soon."""
    for _again in range(100):
        count = send(SOON + timedelta(hours=1))
        if count or states(message) != {JANE: State.SENDING}:
            return count
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.1)")
    return 0


def _worker(port: int) -> subprocess.Popen[bytes]:
    database = str(connection.settings_dict["NAME"])
    told = {
        "DJANGO_SETTINGS_MODULE": "ampersand.settings",
        "DATABASE_URL": postgres.url_for(postgres_roles.APP, database=database),
        "AMPERSAND_SMTP_URL": f"smtp://127.0.0.1:{port}?from=post@harbourfinch.example",
        "AMPERSAND_TESTS": "1",
    }
    return subprocess.Popen([sys.executable, "-c", WORKER.format(at=SOON.isoformat())], env=os.environ | told)
