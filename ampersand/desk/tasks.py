"""Work of the desk for later: how relationships stand, gathered after each reading and each night."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ampersand.channels.erasing import StillComing
from ampersand.desk import standing
from ampersand.desk.erasing import ERASE
from ampersand.members.models import Member
from ampersand.parties import erasing
from ampersand.parties.models import Party

IMPORT_WAIT_SECONDS = 60


def gather_after_reading(relationship_ids: list[UUID] | None, at: datetime) -> None:
    standing.gather(relationship_ids, at=at)


@app.task(name="ampersand.desk.tasks.gather_all", queueing_lock="standing:all")
def gather_all() -> None:
    """Gather the whole list, since a year's trade moves on with the days."""
    standing.gather(at=timezone.now())


@app.task(name=ERASE, retry=RetryStrategy(wait=IMPORT_WAIT_SECONDS, retry_exceptions=[StillComing]))
def erase_party(party_id: str, by_id: str) -> None:
    """Erase a party of a large book. Waits for an import that runs; done twice, it is done once."""
    party, steward = Party.objects.get(pk=party_id), Member.objects.get(pk=by_id)
    erasing.erase_party(party, by=steward, at=timezone.now())
