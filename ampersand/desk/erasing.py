"""Erasing from a page: at once in a small book, by a job in a large one. And what an erasure takes from the desk itself:
what members set aside of the erased one, their place in the list, and what asks for them."""

from __future__ import annotations

from django.db import connection

from ampersand.core import erasure, jobs
from ampersand.core.erasure import Erasing
from ampersand.desk.models import SavedSearch, SetAside, Standing
from ampersand.members.models import Member
from ampersand.parties.models import Party

ERASE = "ampersand.desk.tasks.erase_party"
# An erasure looks through every word of the book. With so many moments that takes some two seconds.
AT_ONCE_MOMENTS_MAX = 50_000


def takes_long() -> bool:
    """Whether the book is too large for an erasure to be done while a page waits. By the database's own estimate."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'timeline_moment'::regclass")
        return bool(cursor.fetchone()[0] > AT_ONCE_MOMENTS_MAX)


def ask_for_erasure(party: Party, *, by: Member) -> None:
    """Have the worker erase a party. Asked for twice, it is done once."""
    jobs.defer(ERASE, lock=_lock(party), party_id=str(party.pk), by_id=str(by.pk))


def is_under_way(party: Party) -> bool:
    return jobs.is_under_way(_lock(party))


def _lock(party: Party) -> str:
    return f"erase:{party.pk}"


def take_away(erasing: Erasing) -> int:
    """The step of this app. A saved search may ask for them by name."""
    return sum(
        (
            erasure.take_away(SetAside.objects.filter(relationship__party__in=erasing.party_ids)),
            erasure.take_away(Standing.objects.filter(party__in=erasing.party_ids)),
            erasure.strike(SavedSearch, "name", "asked", texts=erasing.texts),
        )
    )
