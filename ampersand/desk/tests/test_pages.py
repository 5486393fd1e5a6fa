"""Today, a relationship, promises and parties, as a member meets them through their URLs."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ampersand.desk.today import TEND_MAX, today_page
from ampersand.members.models import Member
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.promises import actions as promises
from ampersand.promises.models import PromiseEvent
from ampersand.readings import actions as readings
from tests import cast as told
from tests.cast import Cast, says

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    return client


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def names(member: Member) -> list[str]:
    return [row.name for row in today_page(member, at=timezone.now()).tend]


def met_every(days: int, *, times: int, last: int, cast: Cast, who: str = "jane") -> None:
    for number in range(times):
        # At noon: an hour before midnight the same hour of sixty days ago may have been of the next day.
        noon = datetime.combine(days_ago(last + days * number), time(12), UTC)
        told.moment(getattr(cast, who), by=cast.maya, at=min(noon, timezone.now()))


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_today_puts_what_is_asked_of_us_first_then_promises_then_what_is_quiet(cast: Cast) -> None:
    asking, late, owing = (
        told.person(name, tended_by=cast.maya) for name in ("Nadia Rahman", "Ines Carvalho", "Dev Anand")
    )
    mail = told.moment(asking, by=cast.maya, mode="mail", at=timezone.now() - timedelta(days=2))
    type(mail).objects.filter(pk=mail.pk).update(began="them", asks_answer=True)
    told.promise(cast.maya.party, late, told_by=cast.maya, due_on=days_ago(4))
    told.promise(owing, cast.maya.party, told_by=cast.maya, due_on=days_ago(9))
    met_every(12, times=8, last=60, cast=cast)
    readings.read_all(at=timezone.now())

    page = today_page(cast.maya, at=timezone.now())

    assert [row.name for row in page.tend] == ["Nadia Rahman", "Ines Carvalho", "Dev Anand", "Jane Okafor"]
    assert page.tend[1].reason[0].words == "We promised “send the new price list”; it is 4 days late."
    assert page.tend[3].reason[0].words == "Quiet for 60 days; you two usually speak every 12."


def test_today_ends_after_seven_and_keeps_room_for_the_quiet(cast: Cast) -> None:
    for number in range(9):
        friend = told.person(f"Friend {number}", tended_by=cast.maya)
        told.promise(cast.maya.party, friend, told_by=cast.maya, due_on=days_ago(number))
    met_every(12, times=8, last=60, cast=cast)
    readings.read_all(at=timezone.now())

    page = today_page(cast.maya, at=timezone.now())

    assert len(page.tend) == TEND_MAX
    assert page.tend[-1].name == "Jane Okafor"
    assert page.closing.startswith("That is enough.")


def test_today_with_nothing_to_ask_says_so(cast: Cast) -> None:
    page = today_page(cast.maya, at=timezone.now())

    assert (page.tend, page.closing) == ((), "All is in rhythm. Enough for today.")
    assert page.opening == "Nothing is asked of you today."


def test_not_now_goes_and_comes_back_with_another_reason(cast: Cast) -> None:
    told.promise(cast.maya.party, cast.jane, told_by=cast.maya, due_on=days_ago(4))
    client = signed_in(cast.maya)

    answer = client.post(f"/today/{cast.with_jane.pk}/not-now/", headers=HTMX)

    assert "Jane Okafor comes back when there is another reason." in answer.content.decode()
    assert names(cast.maya) == []
    told.promise(cast.maya.party, cast.jane, words="the waste figures", told_by=cast.maya, due_on=days_ago(5))
    assert names(cast.maya) == ["Jane Okafor"]


def test_setting_aside_is_ones_own(cast: Cast) -> None:
    parties.tend(cast.with_jane, cast.tom, on=told.TODAY, by=cast.tom, at=told.NOW)
    told.promise(cast.maya.party, cast.jane, told_by=cast.maya, due_on=days_ago(4))

    signed_in(cast.maya).post(f"/today/{cast.with_jane.pk}/not-now/")

    assert (names(cast.maya), names(cast.tom)) == ([], ["Jane Okafor"])


def test_what_we_said_done_asks_nothing_more_of_us(cast: Cast) -> None:
    promise = told.promise(cast.maya.party, cast.jane, told_by=cast.maya, due_on=days_ago(4))

    promises.say_done(promise, speaker=says(cast.maya, at=timezone.now()))

    page = today_page(cast.maya, at=timezone.now())
    assert (page.tend, page.ours) == ((), ())


def test_today_and_a_relationship_ask_as_much_for_thirty_as_for_three(cast: Cast) -> None:
    client = signed_in(cast.maya)
    url = f"/relationships/{cast.with_jane.pk}/"
    told.promise(cast.maya.party, cast.jane, told_by=cast.maya, due_on=days_ago(1))
    met_every(12, times=7, last=5, cast=cast)
    readings.read_all(at=timezone.now())
    few = (queries(client, "/"), queries(client, url))

    for number in range(27):
        friend = told.person(f"Friend {number}", tended_by=cast.maya)
        told.promise(cast.maya.party, friend, told_by=cast.maya, due_on=days_ago(number))
        told.promise(cast.maya.party, cast.jane, words=f"thing {number}", told_by=cast.maya, due_on=days_ago(number))
        told.moment(friend, cast.jane, by=cast.maya, at=timezone.now() - timedelta(days=3 + number), words="talked")
    readings.read_all(at=timezone.now())

    many = (queries(client, "/"), queries(client, url))
    assert many[0] <= few[0] + 2
    assert many[1] <= few[1] + 2
    assert many[0] <= 27, many
    assert many[1] <= 29, many


def test_a_closed_relationship_is_not_there_for_whoever_it_does_not_name(cast: Cast) -> None:
    url = f"/relationships/{cast.with_leona.pk}/"

    assert signed_in(cast.maya).get(url).status_code == 200
    assert signed_in(cast.tom).get(url).status_code == 404
    assert signed_in(cast.ruth).get(url).status_code == 404


def test_saying_done_answers_with_the_row_the_page_shows(cast: Cast) -> None:
    promise = told.promise(cast.maya.party, cast.jane, told_by=cast.maya, due_on=days_ago(1))

    answer = signed_in(cast.maya).post(f"/promises/{promise.pk}/done/", headers=HTMX)

    assert "Send the new price list" in answer.content.decode()
    assert "said done, not confirmed" in answer.content.decode()
    assert PromiseEvent.objects.get().kind == "said_done"


def test_only_the_side_whose_word_it_is_may_say_it(cast: Cast) -> None:
    ours = told.promise(cast.maya.party, cast.jane, told_by=cast.maya)
    theirs = told.promise(cast.jane, cast.maya.party, told_by=cast.maya)
    client = signed_in(cast.maya)

    refused = [client.post(f"/promises/{ours.pk}/kept/"), client.post(f"/promises/{theirs.pk}/done/")]

    assert [answer.status_code for answer in refused] == [403, 403]
    assert not PromiseEvent.objects.exists()


def test_a_promise_is_moved_to_a_day_that_has_not_passed(cast: Cast) -> None:
    promise = told.promise(cast.maya.party, cast.jane, told_by=cast.maya, due_on=days_ago(1))
    client = signed_in(cast.maya)

    refused = client.post(f"/promises/{promise.pk}/move/", {"due_on": days_ago(3).isoformat()})
    moved = client.post(f"/promises/{promise.pk}/move/", {"due_on": days_ago(-7).isoformat(), "is_agreed": "on"})

    assert refused.status_code == 422
    assert "Choose a day from today on." in refused.content.decode()
    assert days_ago(3).isoformat() in refused.content.decode()
    promise.refresh_from_db()
    assert (moved.status_code, promise.due_on) == (302, days_ago(-7))


def test_a_party_is_shown_as_it_was_known_on_a_past_day(cast: Cast) -> None:
    teller = Teller(at=timezone.now() - timedelta(days=100), by=cast.maya)
    old = parties.tell_identifier(cast.jane, kind="email", value="jane@old.example", teller=teller)
    parties.withdraw(old, by=cast.maya, at=timezone.now() - timedelta(days=10))
    now = Teller(at=timezone.now() - timedelta(days=10), by=cast.maya)
    parties.tell_identifier(cast.jane, kind="email", value="jane@alder.example", teller=now)
    client, url = signed_in(cast.maya), f"/parties/{cast.jane.pk}/"

    today = client.get(url).content.decode()
    then = client.get(f"{url}?on={days_ago(50)}").content.decode()
    before = client.get(f"{url}?on={days_ago(150)}").content.decode()

    assert ("jane@alder.example" in today, "jane@old.example" in today) == (True, False)
    assert ("jane@alder.example" in then, "jane@old.example" in then) == (False, True)
    assert ("jane@alder.example" in before, "jane@old.example" in before) == (False, False)


def test_a_name_is_enough_to_write_somebody_down(cast: Cast) -> None:
    answer = signed_in(cast.maya).post("/parties/new/", {"name": "Ōe 大江", "kind": "person"}, follow=True)

    assert answer.status_code == 200
    assert "Ōe 大江" in answer.content.decode()


def test_what_was_typed_stays_when_an_address_is_none(cast: Cast) -> None:
    answer = signed_in(cast.maya).post("/parties/new/", {"name": "Mei Zhou", "kind": "person", "email": "mei at home"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write an e-mail address, such as jane@alder.example." in page
    assert "Mei Zhou" in page
    assert "mei at home" in page


def test_who_comes_to_write_has_the_pen_in_hand(cast: Cast) -> None:
    written, today = (signed_in(cast.maya).get(path).content.decode() for path in ("/write/", "/"))

    assert re.search(r"<textarea[^>]* autofocus", written)
    assert "autofocus" not in today


@pytest.mark.parametrize("path", ["/", "/promises/", "/traces/", "/write/", "/parties/new/"])
def test_every_page_stands_for_a_member_with_nothing(path: str, cast: Cast) -> None:
    assert signed_in(cast.tom).get(path).status_code == 200
