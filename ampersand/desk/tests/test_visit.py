from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ampersand.core.models import Source, SourceKind
from ampersand.timeline import visits
from ampersand.timeline.models import HowToGo, Mode, Moment, VisitChoice
from tests.cast import NOW, TODAY, Cast, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def maya(cast: Cast, client: Client) -> Client:
    client.force_login(cast.maya)
    return client


def planned(cast: Cast, days: int = 3, mode: str = Mode.VISIT) -> Moment:
    return moment(cast.jane, by=cast.maya, mode=mode, at=timezone.now() + timedelta(days=days), subject="June dates")


def said(of: Moment) -> list[str]:
    return list(VisitChoice.objects.filter(moment=of).order_by("at", "id").values_list("choice", flat=True))


def test_the_page_gives_the_purpose_their_terms_and_what_was_said_of_the_last_visits(maya: Client, cast: Cast) -> None:
    moment(cast.jane, by=cast.maya, at=timezone.now() - timedelta(days=30), words="A call would have done.")
    page = maya.get(f"/moments/{planned(cast).pk}/visit/").content.decode()
    for words in ("June dates", "A call would have done.", "has said nothing yet", "Make it a call"):
        assert words in page


def test_what_is_chosen_is_remembered_with_who_and_when_and_asked_no_more(maya: Client, cast: Cast) -> None:
    of = planned(cast)
    assert "Does this need a visit?" in maya.get(f"/moments/{of.pk}/").content.decode()
    maya.post(f"/moments/{of.pk}/visit/", {"choice": "call"})
    page = maya.get(f"/moments/{of.pk}/").content.decode()
    of.refresh_from_db()
    assert "A call instead: Maya Lindqvist" in page
    assert "Does this need a visit?" not in page
    assert of.mode == Mode.CALL


def test_a_line_leads_to_the_message(maya: Client, cast: Cast) -> None:
    answer = maya.post(f"/moments/{planned(cast).pk}/visit/", {"choice": "line"})
    assert answer["Location"] == f"/relationships/{cast.with_jane.pk}/write/"


def test_another_word_takes_its_place_and_the_same_twice_is_one(cast: Cast) -> None:
    of = planned(cast)
    for place, choice in enumerate(("call", "call", "visit")):
        visits.choose(of, choice, by=cast.maya, on=TODAY, at=NOW + timedelta(minutes=place))
    of.refresh_from_db()
    assert said(of) == ["call", "visit"]
    assert of.mode == Mode.VISIT


def test_what_a_calendar_arranged_stays_as_it_was_arranged(cast: Cast) -> None:
    of = planned(cast)
    of.source = Source.objects.create(kind=SourceKind.CALENDAR, made_at=NOW)
    of.save(update_fields=["source"])
    visits.choose(of, HowToGo.CALL, by=cast.maya, on=TODAY, at=NOW)
    of.refresh_from_db()
    assert (of.mode, said(of)) == (Mode.VISIT, ["call"])


def test_only_those_who_go_choose(maya: Client, cast: Cast, client: Client) -> None:
    of = planned(cast)
    client.force_login(cast.tom)
    assert "Make it a call" not in client.get(f"/moments/{of.pk}/visit/").content.decode()
    assert client.post(f"/moments/{of.pk}/visit/", {"choice": "call"}).status_code == 403
    with pytest.raises(visits.NotYoursToChoose):
        visits.choose(of, "call", by=cast.tom, on=TODAY, at=NOW)
    assert said(of) == []


def test_what_has_passed_is_no_call_and_no_visit_is_not_asked_about(maya: Client, cast: Cast) -> None:
    for of in (planned(cast, days=-3), planned(cast, mode=Mode.CALL)):
        page = maya.post(f"/moments/{of.pk}/visit/", {"choice": "call"}, follow=True).content.decode()
        assert "no longer ahead" in page
        assert "Make it a call" not in page
        assert said(of) == []


def test_nonsense_is_said_beside_the_buttons(maya: Client, cast: Cast) -> None:
    answer = maya.post(f"/moments/{planned(cast).pk}/visit/", {"choice": "fly"})
    assert answer.status_code == 422
    assert "Choose one of the three." in answer.content.decode()


def test_today_asks_beside_the_visit_until_somebody_chose(maya: Client, cast: Cast) -> None:
    of = moment(cast.jane, by=cast.maya, at=timezone.now() + timedelta(minutes=1))
    asked = maya.get("/").content.decode()
    maya.post(f"/moments/{of.pk}/visit/", {"choice": "visit"})
    after = maya.get("/").content.decode()
    assert f"/moments/{of.pk}/visit/" in asked
    assert f"/relationships/{cast.with_jane.pk}/before/?meeting={of.pk}" in asked
    assert f"/moments/{of.pk}/visit/" not in after
    assert "It stays a visit: Maya Lindqvist" in after
