"""Whoever may not see something today sees it on no past day; and a past day is the same one for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest
from click.testing import CliRunner
from django.db import ProgrammingError, connection, connections
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from psycopg import sql

from ampersand.core import as_known, book, postgres, postgres_roles
from ampersand.core.models import Erasure
from ampersand.desk.tests.test_past_pages import DAY, address_of, client_of, met_often, page
from ampersand.exchange import conceding
from ampersand.members.models import House
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.erasing import erase_party
from ampersand.parties.models import Party, TieKind
from ampersand.parties.speaking import Speaker
from ampersand.promises import actions as promises
from ampersand.promises import backing_actions
from ampersand.promises.models import Promise
from ampersand.promises.wording import Wording
from ampersand.readings import actions, commands, past, past_actions
from ampersand.readings.models import Measure, PastReading
from ampersand.timeline.models import Moment
from tests.at_once import begun
from tests.cast import NOW, Cast, moment, note, person, says

pytestmark = pytest.mark.django_db

THEN = NOW - timedelta(days=9)


def today(cast: Cast, address: str) -> str:
    return str(client_of(cast.tom).get(address).content.decode())


def test_give_and_take_that_is_not_wished_for_today_is_read_on_no_day(cast: Cast) -> None:
    giving = Speaker.told(cast.jane, by=cast.maya, at=THEN)
    conceding.give(
        speaker=giving,
        to=cast.maya.party,
        relationship=cast.with_jane,
        words="waived the fee",
        happened_on=THEN.date(),
    )
    assert "waived the fee" in page(cast.maya, address_of(cast)).lower()

    conceding.switch_off(cast.with_jane, speaker=Speaker.told(cast.jane, by=cast.maya, at=NOW))
    past_actions.read_past([cast.with_jane.pk], on=DAY)

    assert "waived the fee" not in page(cast.maya, address_of(cast)).lower()
    assert not PastReading.objects.filter(measure=Measure.GIVE_AND_TAKE, count__gt=0).exists()


def test_who_stands_in_no_longer_is_shown_nothing_of_what_was_asked_then(cast: Cast) -> None:
    promises.ask(Wording("cover the Alder call"), by=cast.ruth.party, about=None, speaker=says(cast.maya, at=THEN))
    away = backing_actions.be_away(
        cast.ruth,
        from_on=(THEN - timedelta(days=1)).date(),
        until_on=timezone.localdate() + timedelta(days=20),
        stands_in=cast.tom,
        by=cast.ruth,
        at=THEN,
    )
    assert "over the Alder call" in page(cast.tom, "/promises/", whose="everybody")

    backing_actions.be_back(away, by=cast.ruth, at=NOW)

    assert "over the Alder call" not in page(cast.tom, "/promises/", whose="everybody")
    assert "over the Alder call" in page(cast.ruth, "/promises/", whose="everybody")


def test_what_one_of_us_asks_another_again_was_never_others_to_see(cast: Cast) -> None:
    asked = promises.ask(
        Wording("cover the Alder call"), by=cast.ruth.party, about=None, speaker=says(cast.maya, at=THEN)
    )
    promises.accept(asked, speaker=says(cast.ruth, at=THEN + timedelta(hours=1)))
    with as_known.as_known(past.end_of(DAY)):
        assert Promise.objects.visible_to(cast.tom).filter(pk=asked.pk).exists()

    Promise.objects.filter(pk=asked.pk).update(offered_at=NOW)

    with as_known.as_known(past.end_of(DAY)):
        assert not Promise.objects.visible_to(cast.tom).filter(pk=asked.pk).exists()


def test_a_question_that_somebody_who_is_closed_answered_since_is_hidden_on_every_day(cast: Cast) -> None:
    asked = parties.tell_line(
        cast.with_jane,
        kind="wonder",
        words="Who decides there",
        said_on=THEN.date(),
        is_ours=True,
        teller=Teller(at=THEN, by=cast.maya),
    )
    assert "Who decides there" in page(cast.tom, address_of(cast))

    type(asked).objects.filter(pk=asked.pk).update(
        answered_at=NOW, answered_by=cast.leona, answer="I do", answer_voice="told_by_us"
    )

    assert "Who decides there" not in today(cast, address_of(cast))
    assert "Who decides there" not in page(cast.tom, address_of(cast))


def test_a_note_that_its_writer_took_back_is_their_own_on_every_day(cast: Cast) -> None:
    shared = note(cast.maya, "Raw words about Jane", about=cast.with_jane, shared_at=THEN)
    type(shared).objects.filter(pk=shared.pk).update(told_at=THEN, written_at=THEN)
    assert "Raw words about Jane" in page(cast.tom, address_of(cast))

    type(shared).objects.filter(pk=shared.pk).update(withdrawn_at=NOW)

    assert "Raw words about Jane" not in page(cast.tom, address_of(cast))
    assert "Raw words about Jane" in page(cast.maya, address_of(cast))


def test_that_a_tie_had_ended_stays_known_when_the_day_of_its_end_is_put_right(cast: Cast) -> None:
    ben = person("Ben Holt", tended_by=cast.maya)
    tie = parties.tell_tie(
        kind=TieKind.ADVISES, from_party=ben, to_party=cast.jane, teller=Teller(at=THEN, by=cast.maya)
    )
    parties.end_tie(tie, on=THEN.date(), by=cast.maya, at=NOW - timedelta(days=8))
    assert "Ben Holt" not in page(cast.maya, address_of(cast))

    parties.end_tie(tie, on=THEN.date() - timedelta(days=1), by=cast.maya, at=NOW)

    assert "Ben Holt" not in page(cast.maya, address_of(cast))


def test_a_day_before_they_met_says_nothing_of_since_when(cast: Cast) -> None:
    assert "Between you since" not in page(cast.maya, address_of(cast), on=NOW.date() - timedelta(days=5_000))


@contextmanager
def as_owner() -> Iterator[psycopg.Connection]:
    url = postgres.url_for(postgres_roles.OWNER, database=connection.settings_dict["NAME"])
    with psycopg.connect(url, autocommit=True) as owner:
        yield owner


@contextmanager
def past_days_closed() -> Iterator[None]:
    with as_owner() as owner:
        owner.execute("REVOKE USAGE ON SCHEMA as_known FROM app")
        try:
            yield
        finally:
            owner.execute("GRANT USAGE ON SCHEMA as_known TO app")


@contextmanager
def as_upgrade() -> Iterator[str]:
    """The name of connections of the role that owns the tables, as `migrate` has them."""
    with as_owner() as owner:
        # What it may do in a house; the database of a test is a copy that belongs to another.
        owner.execute(sql.SQL("GRANT CREATE ON DATABASE {} TO app_owner").format(sql.Identifier(owner.info.dbname)))
    owned = connection.copy("owned")
    owned.settings_dict = owned.settings_dict | {"USER": postgres_roles.APP_OWNER}
    connections["owned"] = owned
    try:
        yield "owned"
    finally:
        owned.close()
        del connections["owned"]


@pytest.mark.django_db(transaction=True)
def test_where_past_days_cannot_be_read_todays_facts_do_not_stand_for_them(cast: Cast) -> None:
    met_often(cast)
    with past_days_closed(), pytest.raises(as_known.NoViews, match="ampersand migrate"), as_known.as_known(NOW):
        pass
    assert "Tasting of later" not in page(cast.maya, address_of(cast))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["", "/map/", "/promises/"])
def test_where_past_days_cannot_be_read_their_pages_say_what_to_do(address: str, cast: Cast) -> None:
    address = address or address_of(cast)
    with past_days_closed():
        answer = client_of(cast.maya).get(address, {"on": str(DAY)})
        part = client_of(cast.maya).get(address, {"on": str(DAY)}, headers={"hx-request": "true"})
        today = client_of(cast.maya).get(address)

    says = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "The book is being brought up to a new version. Try again in a minute." in says
    assert f'href="{address}?on={DAY}"' in says
    assert (part.status_code, part["HX-Redirect"], part.content) == (503, f"{address}?on={DAY}", b"")
    assert today.status_code == 200


@pytest.mark.django_db(transaction=True)
def test_an_upgrade_waits_for_the_page_of_a_past_day_that_is_being_read(cast: Cast) -> None:
    met_often(cast)

    def upgraded() -> None:
        with as_upgrade() as using:
            as_known.before_migrate(using=using, plan=["a step"])
            as_known.after_migrate(using=using)

    with as_known.as_known(past.end_of(DAY)):
        upgrading = begun(upgraded)
        assert not upgrading.done()
        subjects = set(Moment.objects.values_list("subject", flat=True))
    upgrading.result(timeout=20)

    assert "Tasting 1" in subjects
    assert "Tasting of later" not in subjects
    assert not as_known.is_out_of_date()
    assert "Tasting of later" not in page(cast.maya, address_of(cast))


@pytest.mark.django_db(transaction=True)
def test_an_upgrade_without_a_step_leaves_past_days_to_be_read_meanwhile(cast: Cast) -> None:
    with as_known.as_known(past.end_of(DAY)), as_upgrade() as using:
        as_known.before_migrate(using=using, plan=[])
        as_known.after_migrate(using=using)
        assert Party.objects.exists()

    assert not as_known.is_out_of_date()


@pytest.mark.django_db(transaction=True)
def test_the_views_of_past_days_are_made_together_or_not_at_all(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    told = as_known._over_time["timeline_moment"]
    with as_upgrade() as using:
        as_known.before_migrate(using=using, plan=["a step"])
        try:
            with monkeypatch.context() as broken:
                broken.setitem(as_known._over_time, "the last one", replace(told, where="it.no_such_column"))
                with pytest.raises(ProgrammingError, match="no_such_column"):
                    as_known.after_migrate(using=using)
            answer = client_of(cast.maya).get(address_of(cast), {"on": str(DAY)})
        finally:
            as_known.after_migrate(using=using)

    assert answer.status_code == 503
    assert not as_known.is_out_of_date()


@pytest.mark.django_db(transaction=True)
def test_an_upgrade_that_was_broken_off_leaves_a_book_that_asks_to_be_brought_up_to_date(cast: Cast) -> None:
    with as_owner() as owner:
        owner.execute("ALTER SCHEMA as_known RENAME TO put_aside")
        try:
            assert book.missing_migrations() == ["core.as_known"]
        finally:
            owner.execute("ALTER SCHEMA put_aside RENAME TO as_known")
    assert book.missing_migrations() == []


@pytest.mark.django_db(transaction=True)
def test_who_is_erased_while_a_past_day_is_read_is_in_no_reading_of_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    met_often(cast)
    erasing: list[Future[list[Erasure]]] = []

    def made_while_somebody_is_erased(*told: object, **more: object) -> object:
        found = actions.made(*told, **more)  # type: ignore[arg-type]
        erasing.append(begun(lambda: erase_party(cast.jane, by=cast.ruth, at=timezone.now())))
        assert not erasing[0].done()
        return found

    monkeypatch.setattr(past_actions, "made", made_while_somebody_is_erased)
    assert past_actions.read_past([cast.with_jane.pk], on=DAY) > 0
    erasing[0].result(timeout=20)

    assert not PastReading.objects.filter(relationship=cast.with_jane).exists()


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "UTC"])
def test_a_past_day_is_one_of_the_house_for_the_page_and_for_its_readings(zone: str, cast: Cast) -> None:
    House.objects.update(time_zone=zone)
    on, last = date(2026, 10, 4), datetime(2026, 10, 4, 23, 30, tzinfo=ZoneInfo(zone))
    for weeks in range(1, 12):
        moment(cast.jane, by=cast.maya, at=last - timedelta(weeks=weeks))
    moment(cast.jane, by=cast.maya, at=last, subject="The last of the fourth")
    moment(cast.jane, by=cast.maya, at=last + timedelta(hours=1), subject="Told on the fifth")

    past_actions.read_past([cast.with_jane.pk], on=on)
    shown = page(cast.maya, address_of(cast), on=on)

    assert PastReading.objects.get(relationship=cast.with_jane, measure=Measure.QUIET).as_of == past.end_of(on)
    assert past.end_of(on).astimezone(UTC) == (last + timedelta(minutes=30, microseconds=-1)).astimezone(UTC)
    assert "The last of the fourth" in shown
    assert "Told on the fifth" not in shown


def test_a_day_that_still_lasts_where_the_house_is_has_not_passed_for_somebody_ahead_of_it(cast: Cast) -> None:
    still = timezone.now().astimezone(ZoneInfo("Etc/GMT+12")).date()
    House.objects.update(time_zone="Etc/GMT+12")
    cast.maya.time_zone = "Pacific/Kiritimati"
    cast.maya.save(update_fields=["time_zone"])

    assert "As it was known on an earlier day" in page(cast.maya, address_of(cast), on=still)
    asked = CliRunner().invoke(commands.readings, ["--as-known-on", still.isoformat()])
    assert "Choose a day before today." in asked.output


def test_who_looks_at_many_days_waits_for_a_few_at_a_time_after_all_other_work(cast: Cast) -> None:
    asking = client_of(cast.maya)
    for days in range(30):
        asking.get("/map/", {"on": str(DAY - timedelta(days=days))})

    waiting = ProcrastinateJob.objects.filter(task_name=past.READ_PAST)

    assert waiting.count() == past.MOST_WAITING
    assert {job.priority for job in waiting} == {-1}


@pytest.mark.parametrize(
    ("looked", "after"),
    [("", "delay:1s"), ("3", "delay:8s"), ("999", "delay:1s"), ("-1", "delay:1s"), ("nine", "delay:1s")],
)
def test_a_page_that_waits_for_its_readings_looks_again_after_ever_longer(looked: str, after: str, cast: Cast) -> None:
    met_often(cast)

    assert after in page(cast.maya, address_of(cast), looked=looked)


def test_a_page_that_has_waited_long_leaves_it_to_who_waits(cast: Cast) -> None:
    met_often(cast)

    waited = page(cast.maya, address_of(cast), looked="7")

    assert "Look again" in waited
    assert "load delay" not in waited
