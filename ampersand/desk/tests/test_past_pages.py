"""Pages of a past day as they are asked for: which day, what stands there, and what is hidden there as it is today."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from ampersand.members.models import Member
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.erasing import erase_party
from ampersand.readings import past, past_actions
from ampersand.readings import tasks as reading_tasks
from ampersand.readings.actions import read_some
from ampersand.readings.models import PastRead, PastReading
from tests.cast import NOW, Cast, moment, person, promise

pytestmark = pytest.mark.django_db

DAY = (NOW - timedelta(days=5)).date()


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(member: Member, address: str, on: date | str = DAY, **more: str) -> str:
    answer = client_of(member).get(address, {"on": str(on), **more})
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def address_of(cast: Cast) -> str:
    return f"/relationships/{cast.with_jane.pk}/"


def met_often(cast: Cast) -> None:
    for weeks in range(1, 12):
        at = NOW - timedelta(weeks=weeks)
        moment(cast.jane, by=cast.maya, at=at, subject=f"Tasting {weeks}")
    moment(cast.jane, by=cast.maya, at=NOW - timedelta(days=2), subject="Tasting of later")


def test_the_page_shows_what_was_told_by_then_and_asks_for_its_readings(cast: Cast) -> None:
    met_often(cast)

    first = page(cast.maya, address_of(cast))

    assert "As it was known on 4 October 2026." in first
    assert "Tasting 1" in first
    assert "Tasting of later" not in first
    assert "The readings of that day are being made." in first
    assert "<note-box" not in first
    [job] = ProcrastinateJob.objects.filter(task_name=past.READ_PAST)
    reading_tasks.read_past(**job.args)

    then = page(cast.maya, address_of(cast))

    assert "are being made" not in then
    assert PastReading.objects.filter(relationship=cast.with_jane, on=DAY, measure="quiet").exists()
    quiet = PastReading.objects.get(relationship=cast.with_jane, on=DAY, measure="quiet")
    why = client_of(cast.maya).get(f"/readings/{quiet.pk}/why/").content.decode()
    assert "Tasting 1" in why
    assert "Tasting of later" not in why


@pytest.mark.parametrize("on", ["", "soon", "9999-12-31", "0001-01-01", "1969-12-31", "2026-02-30", "x" * 5000])
def test_a_day_that_is_none_or_has_not_passed_is_today(cast: Cast, on: str) -> None:
    for address in (address_of(cast), "/map/", "/promises/"):
        assert "As it was known on" not in page(cast.maya, address, on).replace("As it was known on an earlier day", "")


@pytest.mark.parametrize("address", ["/map/", "/promises/"])
def test_the_map_and_the_ledger_are_of_that_day_and_keep_what_else_was_asked(cast: Cast, address: str) -> None:
    shown = page(cast.maya, address, whose="everybody")

    assert "As it was known on 4 October 2026." in shown
    assert 'type="hidden" name="whose" value="everybody"' in shown


def test_a_promise_is_open_on_the_day_before_it_was_kept(cast: Cast) -> None:
    made = promise(cast.maya.party, cast.jane, words="send the sample", told_by=cast.maya)
    type(made).objects.filter(pk=made.pk).update(
        told_at=NOW - timedelta(days=9), made_on=(NOW - timedelta(days=9)).date()
    )
    made.events.create(kind="kept", by=cast.jane, voice="told_by_us", told_by=cast.maya, at=NOW, told_at=NOW)

    ledger = page(cast.maya, "/promises/", whose="everybody")

    assert "end the sample" in ledger
    assert "/done/" not in ledger
    made.refresh_from_db()
    assert made.settled_at == NOW


def test_what_is_closed_to_somebody_today_is_closed_to_them_as_it_was(cast: Cast) -> None:
    moment(cast.leona, by=cast.maya, at=NOW - timedelta(weeks=3), subject="Ward coffee")
    past_actions.read_past([cast.with_leona.pk], on=DAY)
    tom = client_of(cast.tom)

    assert tom.get(f"/relationships/{cast.with_leona.pk}/", {"on": str(DAY)}).status_code == 404
    for reading in PastReading.objects.filter(on=DAY):
        assert tom.get(f"/readings/{reading.pk}/why/").status_code == 404
    for address in ("/map/", "/promises/"):
        assert "Leona" not in page(cast.tom, address, whose="everybody")
        assert "Severn" not in page(cast.tom, address, whose="everybody")


def test_who_came_to_stand_behind_something_closed_since_is_hidden_on_days_before(cast: Cast) -> None:
    ida = person("Ida Brand", tended_by=cast.maya)
    together = moment(ida, cast.jane, by=cast.maya, at=NOW - timedelta(weeks=3), subject="Two of them came")
    parties.works_at(ida, cast.severn, teller=Teller(at=timezone.now(), by=cast.maya))

    assert client_of(cast.tom).get(f"/relationships/{ida.relationship.pk}/", {"on": str(DAY)}).status_code == 404
    assert "Two of them came" not in page(cast.tom, address_of(cast))
    assert client_of(cast.tom).get(f"/moments/{together.pk}/").status_code == 404


def test_what_is_read_anew_or_erased_is_in_no_past_reading(cast: Cast) -> None:
    met_often(cast)
    past_actions.read_past([cast.with_jane.pk], on=DAY)
    assert past.is_read(DAY, cast.with_jane.pk)

    read_some([cast.with_jane.pk], at=NOW)

    assert not PastRead.objects.exists()
    assert not PastReading.objects.exists()

    past_actions.read_past([cast.with_jane.pk], on=DAY)
    erase_party(cast.jane, by=cast.ruth, at=timezone.now())

    assert not PastReading.objects.filter(relationship=cast.with_jane).exists()


@pytest.mark.django_db(transaction=True)
def test_the_whole_book_of_a_past_day_is_read_as_its_relationships_one_by_one(cast: Cast) -> None:
    met_often(cast)
    kept = [field.name for field in PastReading._meta.concrete_fields]
    past_actions.read_past(list(past.unread(DAY).values_list("pk", flat=True)), on=DAY)
    one_by_one = list(PastReading.objects.order_by("id").values(*kept))
    past.forget()

    past_actions.read_past_whole(on=DAY)

    assert list(PastReading.objects.order_by("id").values(*kept)) == one_by_one
    assert past.is_read(DAY)
