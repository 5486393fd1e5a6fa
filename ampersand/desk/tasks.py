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
from ampersand.desk.lists import out_later
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


@app.task(name=out_later.MAKE)
def make_list(name: str, member_id: str, language: str, zone: str) -> None:
    """Make a long list into a spreadsheet. Who left meanwhile gets none."""
    member = Member.objects.here().filter(pk=member_id).first()
    if member is not None:
        out_later.make(UUID(name), member, language=language, zone=zone, at=timezone.now())


@app.task(name=out_later.FORGET)
def forget_lists() -> None:
    """A list that was taken out lies there for a day."""
    out_later.forget(at=timezone.now())


@app.task(name=ERASE, retry=RetryStrategy(wait=IMPORT_WAIT_SECONDS, retry_exceptions=[StillComing]))
def erase_party(party_id: str, by_id: str) -> None:
    """Erase a party of a large book. Waits for an import that runs; done twice, it is done once."""
    party, steward = Party.objects.get(pk=party_id), Member.objects.get(pk=by_id)
    erasing.erase_party(party, by=steward, at=timezone.now())
