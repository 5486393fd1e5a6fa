"""What becomes of a note on the pages: at which hour it stands, and on whose page its words are."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from ampersand.desk.today import today_page
from ampersand.members.models import Member
from ampersand.notebook import actions
from ampersand.notebook.models import Note
from ampersand.timeline.models import Moment
from tests import cast as told
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    return client


def keep(words: str, by: Member, *, at: datetime | None = None) -> Note:
    at = at or timezone.now()
    return actions.keep(words, member=by, device_id=uuid4(), written_at=at, zone="Europe/London", at=at)


def read(member: Member, url: str) -> str:
    answer = signed_in(member).get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_note_gives_no_hour_to_what_it_tells_of(cast: Cast) -> None:
    keep("Called Jane.", cast.maya)

    call = Moment.objects.get(mode="call")
    assert call.is_all_day
    assert (
        f"{timezone.localtime(call.happened_at):%H:%M}" not in read(cast.maya, f"/moments/{call.pk}/").split("told")[0]
    )


def test_what_a_note_tells_has_happened_is_no_meeting_of_today(cast: Cast) -> None:
    at = timezone.now()
    keep("Called Jane.", cast.maya, at=at)
    told.moment(cast.jane, by=cast.maya, at=at, subject="Tasting")

    page = today_page(cast.maya, at=at)

    assert [(row.at, row.note) for row in page.meetings] == [(at, "Tasting")]


def test_what_a_note_tells_will_be_today_is_a_meeting_without_an_hour(cast: Cast) -> None:
    at = timezone.now()
    keep("Will meet Jane today.", cast.maya, at=at)

    page = today_page(cast.maya, at=at)

    assert [(row.name, row.at, row.is_some_time) for row in page.meetings] == [("Jane Okafor", None, True)]
