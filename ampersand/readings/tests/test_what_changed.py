"""Every change of what a snapshot reads is noted by the database, whichever way it came; and nothing else is."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.utils import timezone

from ampersand.core.changes import noted_columns
from ampersand.core.models import Change, ChangeKind
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.models import Because, Relationship
from ampersand.promises import actions as promises
from ampersand.readings.sources import SOURCES
from ampersand.timeline.models import Moment, Participant
from tests.cast import NOW, Cast, concession, moment, order, person, promise, says

pytestmark = pytest.mark.django_db

# What never changes once a row stands, or comes and goes with a row whose own changes are noted.
WRITTEN_ONCE = {"id", "told_at"}


def _noted(kind: ChangeKind = ChangeKind.PARTY) -> set[UUID]:
    changes = Change.objects.filter(kind=kind)
    found = {one for change in changes for one in change.object_ids}
    Change.objects.all().delete()
    return found


def _columns_read(sql: str) -> set[tuple[str, str]]:
    """The columns that a statement rests on, as PostgreSQL itself sees it."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY VIEW looked_at AS {sql}")
        cursor.execute(
            "SELECT DISTINCT c.relname, a.attname FROM pg_depend d JOIN pg_rewrite w ON w.oid = d.objid"
            " JOIN pg_class c ON c.oid = d.refobjid"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid"
            " WHERE w.ev_class = 'looked_at'::regclass AND d.refobjsubid > 0 AND c.relkind IN ('r', 'p')"
        )
        found = set(cursor.fetchall())
        cursor.execute("DROP VIEW looked_at")
    return found


def _statements() -> list[str]:
    return [source.sql(as_of=NOW) for source in SOURCES.values()]


def test_every_column_that_a_source_reads_has_its_changes_noted() -> None:
    noted = noted_columns()

    read = {column for sql in _statements() for column in _columns_read(sql)}
    missing = {(table, name) for table, name in read if name not in {*WRITTEN_ONCE, *noted.get(table, ())}}

    assert ("timeline_moment", "on_day") in read
    assert missing == set(), "Say beside the model that these are noted (core/changes.py)."


def test_who_comes_into_a_moment_touches_everybody_in_it(cast: Cast) -> None:
    met = moment(cast.jane, by=cast.maya)
    _noted()

    Participant.objects.create(moment=met, party=cast.leona, happened_at=met.happened_at)

    assert _noted() >= {cast.jane.pk, cast.leona.pk}


def test_who_leaves_a_moment_touches_everybody_in_it(cast: Cast) -> None:
    met = moment(cast.jane, cast.leona, by=cast.maya)
    _noted()

    Participant.objects.filter(moment=met, party=cast.leona).delete()

    assert _noted() >= {cast.jane.pk, cast.leona.pk}


def test_other_words_of_a_moment_are_no_change_and_another_day_is_one(cast: Cast) -> None:
    met = moment(cast.jane, by=cast.maya)
    _noted()

    Moment.objects.filter(pk=met.pk).update(words="Quieter than last time.", subject="Machines")
    of_the_words = _noted()
    Moment.objects.filter(pk=met.pk).update(on_day=met.on_day + timedelta(days=1))

    assert of_the_words == set()
    assert cast.jane.pk in _noted()


def test_a_change_written_past_our_actions_is_noted_too(cast: Cast) -> None:
    met = moment(cast.jane, by=cast.maya)
    _noted()

    with connection.cursor() as cursor:
        cursor.execute("UPDATE timeline_moment SET room = 'mine' WHERE id = %s", [met.pk])

    assert cast.jane.pk in _noted()


def test_what_is_taken_back_leaves_no_line(cast: Cast) -> None:
    _noted()

    with transaction.atomic():
        moment(cast.jane, by=cast.maya)
        transaction.set_rollback(True)

    assert Change.objects.count() == 0


def test_one_statement_leaves_one_line_however_many_rows_it_changes(cast: Cast) -> None:
    for number in range(5):
        moment(cast.jane, by=cast.maya, at=NOW - timedelta(days=number))
    _noted()

    Moment.objects.update(withdrawn_at=NOW)

    assert [change.kind for change in Change.objects.all()] == [ChangeKind.PARTY]


def test_promises_trade_and_concessions_touch_whose_they_are(cast: Cast) -> None:
    _noted()

    promised = promise(cast.maya.party, cast.jane, told_by=cast.maya)
    of_a_promise = _noted()
    promises.say_done(promised, speaker=says(cast.maya))
    of_an_event = _noted()
    order(cast.alder, told_by=cast.maya)
    of_trade = _noted()
    concession(cast.maya.party, cast.jane, told_by=cast.maya)

    assert [_of(of_a_promise, cast), _of(of_an_event, cast)] == [{"jane"}, {"jane"}]
    assert "alder" in _of(of_trade, cast)
    assert _of(_noted(), cast) == {"jane"}


def test_a_tie_a_closing_and_a_coming_say_of_what_kind_they_are(cast: Cast) -> None:
    _noted()

    somebody = person("Wren Abara")
    came = _noted(ChangeKind.RELATIONSHIP)
    parties.works_at(somebody, cast.severn, teller=Teller(at=NOW, by=cast.maya))
    tied = _noted(ChangeKind.STANDING)
    parties.close(somebody.relationship, by=cast.maya, at=NOW)
    closed = _noted(ChangeKind.CLOSING)

    assert came == {somebody.relationship.pk}
    assert tied >= {somebody.pk, cast.severn.pk}
    assert closed == {somebody.pk}


def test_another_time_zone_of_the_house_changes_all_of_the_book(cast: Cast) -> None:
    _noted()

    cast.house.name = "Harbour"
    cast.house.save(update_fields=["name"])
    of_the_name = Change.objects.count()
    cast.house.time_zone = "Asia/Tokyo"
    cast.house.save(update_fields=["time_zone"])

    assert of_the_name == 0
    assert Change.objects.get().kind == ChangeKind.BOOK


def test_a_relationship_that_goes_is_noted_by_its_own_number(cast: Cast) -> None:
    somebody = person("Wren Abara")
    gone = somebody.relationship.pk
    _noted()

    Relationship.objects.filter(pk=gone).delete()
    Relationship.objects.create(party=somebody, because=Because.TYPED, known_at=NOW, told_at=timezone.now())

    assert gone in _noted(ChangeKind.RELATIONSHIP)


def _of(found: set[UUID], cast: Cast) -> set[str]:
    named = {cast.jane.pk: "jane", cast.alder.pk: "alder", cast.leona.pk: "leona", cast.severn.pk: "severn"}
    return {named[one] for one in found if one in named}
