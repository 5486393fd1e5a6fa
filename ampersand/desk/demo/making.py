"""Making a demo house in an empty one: the rows, what search finds of them, and the truth beside them."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import psycopg
from django.db import connection, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from ampersand.core import postgres, postgres_roles
from ampersand.core.models import SearchBeginning, SearchEntry, SearchName
from ampersand.desk.demo import (
    bargaining,
    both_sides,
    chats,
    copying,
    indexing,
    leaning,
    letters,
    loading,
    rebuilding,
    sizes,
    story,
    truth,
)
from ampersand.desk.demo.hands import Hands
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


def make_story(*, today: date, now: datetime, seed: int, folder: Path) -> int:
    """Make Harbour & Finch as it stands on a day, with what is true about it in `folder`. Answers the rows written.

    Raises HouseNotEmpty.
    """
    refuse_unless_empty()
    told = story.tell(today=today, now=now, seed=seed)
    count = bring_in(told, folder=folder)
    chats.bring_in(told.chat, at=now)
    let_both_act(told, today=today)
    return count


@transaction.atomic
def let_both_act(told: story.Story, *, today: date) -> None:
    """What people of a house do with one another once its rows stand, each by the act that everybody uses.

    A worker that runs already sees none of it before all is done: a letter of last week would look dropped to it.
    """
    both_sides.bring_in(told.truth["between"], today=today)
    people = {key: person.relationship.pk for key, person in told.cast.people.items()}
    members = {first_name: member.pk for first_name, member in told.cast.members.items()}
    hands = Hands(people, members, today=today)
    bargaining.bring_in(hands)
    leaning.bring_in(hands)
    letters.bring_in(hands, told.letters)


@transaction.atomic
def bring_in(told: story.Story, *, folder: Path) -> int:
    """Copy a story into the tables of an empty house. Answers the rows written."""
    refuse_unless_empty()
    with connection.cursor() as cursor:
        count = loading.load(told.book.rows, through=cursor)
    indexing.put_everything()
    truth.write(folder, told.truth)
    return count


def make_sized(
    *, size: str, today: date, seed: int, folder: Path, told: Callable[[int], None], said: Callable[[str], None]
) -> int:
    """Make a book of size S, M or L, with its truth in `folder`. Answers the rows written.

    One transaction, as the owner of the tables: cut off half-way, the house is as empty as it was. `told` hears of the
    parties as they come, `said` of the steps after them. Raises HouseNotEmpty.
    """
    refuse_unless_empty()
    with psycopg.connect(_as_table_owner()) as owner:
        with owner.cursor() as cursor, rebuilding.without_indexes(cursor, _tables(size)):
            count = sizes.fill(
                cursor,
                parties=sizes.PARTIES[size],
                members=sizes.MEMBERS[size],
                today=today,
                seed=seed,
                folder=folder,
                told=told,
            )
            said(_("All rows are in. Their indexes are built and their links are checked."))
        owner.commit()
        # Nobody has seen these tables yet: the planner wants to know their sizes, and the next readers clean pages.
        owner.autocommit = True
        said(_("The tables are swept once."))
        owner.execute("VACUUM (ANALYZE)")
    return count


def let_the_planner_know() -> None:
    """Tell the planner what the tables hold now, as their owner may: filled at one go, it believes them empty.

    Without this the first reading of the whole book took minutes instead of a second.
    """
    with psycopg.connect(_as_table_owner(), autocommit=True) as owner:
        owner.execute("ANALYZE")


def _tables(size: str) -> list[str]:
    """In a small book an index costs less to keep than to build."""
    filled: list[type[Model]] = [*loading.ORDER, *copying.BARGAINED, SearchEntry, SearchName, SearchBeginning]
    return [] if size == "S" else [model._meta.db_table for model in filled]


def _as_table_owner() -> str:
    return os.environ["DATABASE_URL"] if postgres.is_external() else postgres.url_for(postgres_roles.APP_OWNER)
