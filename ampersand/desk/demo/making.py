"""Making a demo house in an empty one: the rows, what search finds of them, and the truth beside them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext as _

from ampersand.core import search
from ampersand.desk.demo import loading, story, truth
from ampersand.members.models import House, Member
from ampersand.parties.models import Party

SIGNS_IN = "maya@harbourandfinch.example"


class HouseNotEmpty(RuntimeError):
    """There is a house here already, and a demo is never mixed into it."""

    def __str__(self) -> str:
        return _(
            "This house is not empty, so no demo is put into it. "
            "Set AMPERSAND_HOME to another folder and run the command again there."
        )


def refuse_unless_empty() -> None:
    """Raises HouseNotEmpty when anybody or anything is here: a house, a member, a party."""
    if House.objects.exists() or Member.objects.exists() or Party.objects.exists():
        raise HouseNotEmpty


@transaction.atomic
def make_story(*, today: date, now: datetime, seed: int, folder: Path) -> int:
    """Make Harbour & Finch as it stands on a day, with what is true about it in `folder`. Answers the rows written.

    Raises HouseNotEmpty.
    """
    refuse_unless_empty()
    told = story.tell(today=today, now=now, seed=seed)
    with connection.cursor() as cursor:
        count = loading.load(told.book.rows, through=cursor)
    search.put_many(told.book.entries())
    truth.write(folder, told.truth)
    return count


def let_the_planner_know() -> None:
    """Fresh statistics, since the planner knows nothing of tables that were filled at one go."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
