"""Law 7. Each promises only for itself; only the receiver calls it kept. Silence confirms nothing, and no voice is merged."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from ampersand.members.models import Member
from ampersand.parties.speaking import Speaker
from ampersand.promises import actions, states
from ampersand.promises.models import EventKind, Promise, State
from ampersand.promises.states import Position, Side
from tests.cast import NOW, TODAY, Cast, order, promise, says, tells

pytestmark = pytest.mark.django_db
CALLS = (EventKind.KEPT, EventKind.PARTLY, EventKind.NOT_KEPT, EventKind.RELEASED)


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def test_nothing_but_the_receivers_word_leads_to_kept() -> None:
    leading = {(step.said, step.who) for step in states.TABLE if step.to is Position.KEPT}

    assert leading == {(EventKind.KEPT, Side.RECEIVER)}
    assert {step.who for step in states.TABLE if step.said in CALLS} == {Side.RECEIVER}


def test_no_page_lets_us_call_what_we_promised_kept(cast: Cast) -> None:
    ours = promise(cast.maya.party, cast.jane, told_by=cast.maya)
    client = client_of(cast.maya)

    codes = [
        client.post(f"/promises/{ours.pk}/{act}/").status_code for act in ("kept", "partly", "not-kept", "release")
    ]
    page = client.get(f"/promises/{ours.pk}/").content.decode()

    assert codes == [403] * 4
    assert f"/promises/{ours.pk}/kept/" not in page
    assert not ours.events.exists()


def test_no_page_lets_us_say_done_what_they_promised(cast: Cast) -> None:
    theirs = promise(cast.jane, cast.maya.party, told_by=cast.maya)

    code = client_of(cast.maya).post(f"/promises/{theirs.pk}/done/").status_code

    assert code == 403
    assert not theirs.events.exists()


@pytest.mark.parametrize("days", [0, 1, 30, 4_000])
def test_silence_confirms_nothing(cast: Cast, days: int) -> None:
    done = promise(cast.maya.party, cast.jane, told_by=cast.maya)
    silent = promise(cast.maya.party, cast.jane, told_by=cast.maya, words="another")
    actions.say_done(done, speaker=says(cast.maya))

    later = TODAY + timedelta(days=days)

    assert Promise.objects.get(pk=done.pk).state(on=later) is State.UNCONFIRMED
    assert Promise.objects.get(pk=silent.pk).state(on=later) in (State.OPEN, State.LATE)


def test_a_delivery_calls_nothing_kept(cast: Cast) -> None:
    ours = promise(cast.maya.party, cast.jane, told_by=cast.maya, due_on=None)
    delivered = order(cast.alder, told_by=cast.maya)
    type(delivered).objects.filter(pk=delivered.pk).update(keeps=ours)

    assert Promise.objects.get(pk=ours.pk).state(on=TODAY) is State.OPEN


def test_the_three_voices_stand_apart_on_the_page(cast: Cast) -> None:
    ours = promise(cast.maya.party, cast.jane, told_by=cast.maya, due_on=None)
    theirs = promise(cast.jane, cast.maya.party, told_by=cast.maya, due_on=None)
    delivered = order(cast.alder, told_by=cast.maya)
    type(delivered).objects.filter(pk=delivered.pk).update(keeps=theirs)
    at = timezone.now()
    actions.call(ours, "kept", speaker=tells(cast.tom, cast.jane, at=at))
    actions.say_done(theirs, speaker=Speaker.themselves(cast.jane, at=at))

    told, own = (voices_of(cast, one) for one in (ours, theirs))

    assert "their word, told by Tom Akerman" in told
    assert "their own word" in own
    assert "shown by a delivery" in own


def voices_of(cast: Cast, one: Promise) -> list[str]:
    page = BeautifulSoup(client_of(cast.maya).get(f"/promises/{one.pk}/").content, "html.parser")
    return [voice.get_text(strip=True) for voice in page.select(".promise__voice")]


def test_nobody_promises_for_a_colleague(cast: Cast) -> None:
    asked = actions.ask(actions.Wording("the dates"), by=cast.tom.party, speaker=says(cast.maya, at=NOW))

    with pytest.raises(actions.NotYoursToSay):
        actions.accept(asked, speaker=Speaker(party=cast.tom.party, voice="own", at=NOW, by=cast.maya))  # type: ignore[arg-type]

    assert not Promise.objects.get(pk=asked.pk).is_open
