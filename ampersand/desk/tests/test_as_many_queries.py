"""However much lies between the two sides, the pages read every day ask the database as often."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ampersand.exchange.negotiating import actions as negotiating
from ampersand.parties.actions import Teller
from ampersand.promises import actions, backing_actions
from ampersand.promises.actions import Wording
from tests.cast import Cast, concession, person, says

pytestmark = pytest.mark.django_db


def something_of_everything(cast: Cast, number: int) -> None:
    """A promise of theirs, ours that leans on it, an offer, a colleague asked, give and take, a negotiation with an offer."""
    at, today = timezone.now(), timezone.localdate()
    us, teller = says(cast.maya, at=at), Teller(at=at, by=cast.maya)
    them = person(f"Somebody {number}", tended_by=cast.maya)
    container = actions.promise(
        by=them, to=cast.maya.party, relationship=them.relationship, words=f"Container {number}", made_on=today,
        due_on=today, teller=teller,
    )  # fmt: skip
    ours = actions.promise(
        by=cast.maya.party, to=cast.jane, relationship=cast.with_jane, words=f"Beans {number}", made_on=today,
        due_on=today + timedelta(days=2), teller=teller,
    )  # fmt: skip
    backing_actions.lean(ours, on=container, teller=teller)
    actions.offer(Wording(f"Offered {number}"), to=cast.jane, relationship=cast.with_jane, speaker=us)
    backing_actions.ask_first(Wording(f"Asked {number}"), of=cast.maya, speaker=says(cast.tom, at=at), promise=None)
    concession(cast.jane, cast.maya.party, told_by=cast.maya)
    of = negotiating.begin(cast.with_jane, about=f"About {number}", member=cast.maya, teller=teller)
    negotiating.put(of, speaker=us, words=f"So much, {number}")


def count_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


@pytest.mark.parametrize("page", ["today", "relationship", "promises", "everybody", "negotiations", "give and take"])
def test_a_page_asks_as_often_for_six_of_everything_as_for_two(cast: Cast, client: Client, page: str) -> None:
    of = f"/relationships/{cast.with_jane.pk}/"
    url = {
        "today": "/",
        "relationship": of,
        "promises": "/promises/",
        "everybody": "/promises/?whose=everybody",
        "negotiations": "/negotiations/",
        "give and take": f"{of}give-and-take/",
    }[page]
    client.force_login(cast.maya)
    for number in range(2):
        something_of_everything(cast, number)
    client.get(url)
    for_two = count_of(client, url)

    for number in range(2, 6):
        something_of_everything(cast, number)

    assert count_of(client, url) <= for_two
