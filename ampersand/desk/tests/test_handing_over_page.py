from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ampersand.between import handing_over
from ampersand.between.handing import HandingOver
from ampersand.parties import actions as parties
from ampersand.parties.models import Party, Tending
from ampersand.parties.speaking import Speaker
from ampersand.promises.models import Promise
from tests.cast import NOW, Cast, promise

pytestmark = pytest.mark.django_db


@pytest.fixture
def maya(cast: Cast) -> Client:
    parties.tend(cast.with_jane, cast.maya, on=timezone.localdate(), by=cast.maya, at=NOW)
    return signed_in(cast.maya)


def signed_in(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


def url(cast: Cast) -> str:
    return f"/relationships/{cast.with_jane.pk}/handing-over/"


def told(cast: Cast, **more: Any) -> dict[str, Any]:
    return {"to": cast.tom.pk, "from_on": timezone.localdate().isoformat(), "story": "Bad news first.", **more}


def test_a_story_that_is_shared_is_shown_first_as_they_will_read_it(maya: Client, cast: Cast) -> None:
    looked = maya.post(url(cast), told(cast, is_shared="on", story="Bad <b>news</b>\r\nfirst."))
    page = looked.content.decode()
    assert "Jane will read exactly this" in page
    assert "Bad &lt;b&gt;news&lt;/b&gt;<br>first." in page
    assert not HandingOver.objects.exists()

    other = {"is_shared": "on", "story": "Another story.", "seen": "Bad <b>news</b>\nfirst."}
    assert "Another story." in maya.post(url(cast), told(cast, **other)).content.decode()
    assert not HandingOver.objects.exists()

    same = {"is_shared": "on", "story": "Bad <b>news</b>\r\nfirst.", "seen": "Bad <b>news</b>\nfirst."}
    assert maya.post(url(cast), told(cast, **same)).status_code == 302
    assert HandingOver.objects.get().shared_story == "Bad <b>news</b>\nfirst."


def test_it_waits_on_today_of_the_colleague_who_accepts(maya: Client, cast: Cast) -> None:
    house = promise(Party.objects.get(is_house=True), cast.jane, words="send the dates", told_by=cast.maya)
    maya.post(url(cast), told(cast, named=[str(house.pk)]))
    handing, tom = HandingOver.objects.get(), signed_in(cast.tom)
    today = tom.get("/").content.decode()
    assert "Maya Lindqvist asks Tom Akerman to tend Jane Okafor" in today
    assert "Send the dates" in today
    assert "asks Tom Akerman" not in signed_in(cast.ruth).get("/").content.decode()

    tom.post(f"/handings-over/{handing.pk}/accept/")
    assert Tending.objects.get(until_on=None, relationship=cast.with_jane).member == cast.tom
    assert Promise.objects.get(pk=house.pk).named == cast.tom.party
    assert "asks Tom Akerman" not in tom.get("/").content.decode()
    assert "Tom Akerman from" in maya.get(f"/relationships/{cast.with_jane.pk}/between/").content.decode()


def test_a_no_of_the_colleague_and_of_the_other_side_stand_on_today(maya: Client, cast: Cast) -> None:
    maya.post(url(cast), told(cast))
    tom = signed_in(cast.tom)
    tom.post(f"/handings-over/{HandingOver.objects.get().pk}/decline/", {"words": "I am away."})
    assert "“I am away.”" in maya.get("/").content.decode()

    maya.post(url(cast), told(cast))
    handing = HandingOver.objects.waiting().get()
    tom.post(f"/handings-over/{handing.pk}/accept/")
    speaker = Speaker.themselves(cast.jane, at=timezone.now())
    handing_over.refuse(handing, words="Rather Maya.", on=timezone.localdate(), speaker=speaker)
    for client in (maya, tom):
        page = client.get("/").content.decode()
        assert "Jane Okafor says no to Tom Akerman" in page
        assert "“Rather Maya.”" in page


def test_what_is_wrong_is_said_beside_the_field_with_what_was_typed(maya: Client, cast: Cast) -> None:
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    for wrong in (
        {"to": ""},
        {"from_on": yesterday},
        {"from_on": "soon"},
        {"story": "x" * 9_000},
        {"to": cast.maya.pk},
    ):
        answer = maya.post(url(cast), told(cast, **wrong))
        assert answer.status_code == 422
        assert "errorlist" in answer.content.decode()
    assert "Bad news first." in maya.post(url(cast), told(cast, to="")).content.decode()
    assert not HandingOver.objects.exists()


def test_only_who_tends_it_may_and_it_is_taken_back_by_them_alone(maya: Client, cast: Cast) -> None:
    tom = signed_in(cast.tom)
    assert tom.post(url(cast), told(cast, to=cast.ruth.pk)).status_code == 403
    maya.post(url(cast), told(cast))
    handing = HandingOver.objects.get()
    assert tom.post(f"/handings-over/{handing.pk}/take-back/").status_code == 403
    assert maya.post(f"/handings-over/{handing.pk}/accept/").status_code == 403
    maya.post(f"/handings-over/{handing.pk}/take-back/")
    late = tom.post(f"/handings-over/{handing.pk}/accept/", follow=True).content.decode()
    assert "taken back meanwhile" in late
