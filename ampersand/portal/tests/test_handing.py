"""A handing over, from the other side's own page."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ampersand.between import handing_over
from ampersand.between.handing import HandingOver
from ampersand.parties import actions as parties
from ampersand.parties.models import Tending
from ampersand.portal.tests.visitors import Visitor, visitor
from tests.cast import Cast, says

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "outside"])


@pytest.fixture
def jane(cast: Cast) -> Visitor:
    return visitor(cast, cast.jane)


def handed(cast: Cast, *, is_shared: bool = True) -> HandingOver:
    now, today = timezone.now(), timezone.localdate()
    parties.tend(cast.with_jane, cast.maya, on=today, by=cast.maya, at=now)
    handing = handing_over.offer(
        cast.with_jane,
        to=cast.tom,
        from_on=today,
        story="The bad news first.",
        is_shared=is_shared,
        on=today,
        speaker=says(cast.maya, at=now),
    )
    return handing_over.accept(handing, on=today, by=cast.tom, at=now)


def post(who: Visitor, act: str, handing: HandingOver, **told: str) -> Any:
    return who.client().post(reverse(f"portal:handing_{act}", args=[handing.pk]), {"entry": str(uuid4()), **told})


def shown(who: Visitor) -> str:
    return str(who.client().get(reverse("portal:page")).content.decode())


def today_of(member: Any) -> str:
    client = Client()
    client.force_login(member)
    return client.get("/").content.decode()


def test_she_sees_the_new_name_and_the_story_only_where_it_was_shared(cast: Cast, jane: Visitor) -> None:
    handed(cast, is_shared=False)
    page = shown(jane)
    assert "Tom Akerman from" in page
    assert "bad news" not in page

    HandingOver.objects.update(shared_story="The bad news first.")
    assert "The bad news first." in shown(jane)


def test_she_puts_it_right_and_says_no_once_and_both_of_us_see_it_first(cast: Cast, jane: Visitor) -> None:
    handing, entry = handed(cast), str(uuid4())
    post(jane, "right", handing, words="Since 2022.")
    for _twice in range(2):
        post(jane, "no", handing, words="Rather Maya.", entry=entry)
    page = shown(jane)
    assert "Since 2022." in page
    assert page.count("“Rather Maya.”") == 1
    assert "I would rather not speak with Tom" not in page
    assert Tending.objects.filter(until_on=None, relationship=cast.with_jane).get().member == cast.maya
    for member in (cast.maya, cast.tom):
        assert "Jane Okafor" in today_of(member)


def test_nobody_else_answers_and_nothing_empty_is_laid_down(cast: Cast, jane: Visitor) -> None:
    handing, leona = handed(cast), visitor(cast, cast.leona)
    for act in ("right", "no"):
        assert post(leona, act, handing, words="hush").status_code == 404
    post(jane, "right", handing, words=" ")
    assert not handing.replies.exists()
    assert "Tom Akerman from" not in shown(leona)


def test_what_waits_is_none_of_hers(cast: Cast, jane: Visitor) -> None:
    handing = handed(cast)
    HandingOver.objects.update(accepted_at=None)
    assert "Tom Akerman from" not in shown(jane)
    assert post(jane, "no", handing).status_code == 404
