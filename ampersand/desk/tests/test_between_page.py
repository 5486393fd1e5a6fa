"""The page of what lies between: the agreement and the pulses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ampersand.between import agreement, pulse
from ampersand.between.models import AgreementVersion, Pulse, PulseAnswer
from ampersand.between.sealing import Answer
from ampersand.desk.today import today_page
from ampersand.parties.actions import Teller
from ampersand.parties.speaking import Speaker
from ampersand.terms import actions as terms
from ampersand.terms.gate import Roster
from tests import cast as people
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def maya(cast: Cast, client: Client) -> Client:
    client.force_login(cast.maya)
    return client


def address(cast: Cast) -> str:
    return reverse("desk:between", args=[cast.with_jane.pk])


def ask(maya: Client, cast: Cast, **told: str) -> Any:
    closes_on = f"{timezone.localdate() + timedelta(days=7)}"
    given = {"ask-both-question_0": "How is it between us?", "ask-both-closes_on": closes_on} | told
    return maya.post(reverse("desk:ask_pulse", args=[cast.with_jane.pk]), given)


def jane(cast: Cast) -> Speaker:
    return Speaker.themselves(cast.jane, at=timezone.now())


def page_of(client: Client, cast: Cast) -> str:
    answer = client.get(address(cast))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_pulse_is_asked_answered_and_opened_on_the_page(maya: Client, cast: Cast) -> None:
    assert ask(maya, cast).status_code == 302
    told = Pulse.objects.get()
    prefix = f"answer-{told.pk.hex}"
    answer = maya.post(
        reverse("desk:pulse_answer", args=[told.pk]), {f"{prefix}-words_0": "Zanzibar", f"{prefix}-feeling_0": "good"}
    )
    assert answer.status_code == 302
    assert "One side has answered" in page_of(maya, cast)
    assert "Zanzibar" not in page_of(maya, cast)
    pulse.answer(told, [Answer("Quixotic", "thin", "They love it")], on=timezone.localdate(), speaker=jane(cast))
    opened = page_of(maya, cast)
    assert all(words in opened for words in ("Zanzibar", "Quixotic", "They love it", "here you differ"))
    assert opened.index("Zanzibar") < opened.index("Quixotic")


def test_a_colleague_sees_that_one_side_has_answered_and_nothing_of_what_or_which(maya: Client, cast: Cast) -> None:
    ask(maya, cast)
    told = Pulse.objects.get()
    before = PulseAnswer.objects.count()
    maya.post(reverse("desk:pulse_answer", args=[told.pk]), {f"answer-{told.pk.hex}-words_0": "Zanzibar"})
    assert PulseAnswer.objects.count() == before + 1
    colleague = Client()
    colleague.force_login(cast.tom)
    seen = page_of(colleague, cast)
    assert "One side has answered" in seen
    assert "Zanzibar" not in seen
    assert "Your answer is in" not in seen
    assert "Your answer is in" in page_of(maya, cast)


def test_what_cannot_be_asked_is_said_beside_it_and_kept(maya: Client, cast: Cast) -> None:
    answer = ask(maya, cast, **{"ask-both-question_1": "What next?", "ask-both-closes_on": "2020-01-01"})
    assert answer.status_code == 422
    assert "Choose a day from today on" in answer.content.decode()
    assert 'value="What next?"' in answer.content.decode()
    assert not Pulse.objects.exists()


def test_an_empty_answer_is_refused_beside_its_form(maya: Client, cast: Cast) -> None:
    ask(maya, cast)
    answer = maya.post(reverse("desk:pulse_answer", args=[Pulse.objects.get().pk]), {})
    assert answer.status_code == 422
    assert "Answer at least one question." in answer.content.decode()


def test_an_agreement_is_proposed_and_holds_once_they_turned_their_key(maya: Client, cast: Cast) -> None:
    spring = f"{timezone.localdate() + timedelta(days=90)}"
    told = {
        "propose-together": "A tasting every season.",
        "propose-look_again_on": spring,
        "propose-bundles": "One\n\nTwo",
    }
    assert maya.post(reverse("desk:propose_agreement", args=[cast.with_jane.pk]), told).status_code == 302
    version = AgreementVersion.objects.get()
    assert version.bundles == ["One", "Two"]
    assert "It waits for the other side to agree." in page_of(maya, cast)
    agreement.agree(version, on=timezone.localdate(), speaker=jane(cast))
    held = page_of(maya, cast)
    assert "Both hold it." in held
    assert version.digest in held
    text = maya.get(reverse("desk:version_text", args=[version.pk]))
    assert text.content.decode() == version.text


def test_their_word_on_an_agreement_is_marked_as_told_by_us(maya: Client, cast: Cast) -> None:
    proposal = agreement.Proposal("A tasting.", timezone.localdate() + timedelta(days=90))
    us = Speaker.ourselves(cast.maya.party, by=cast.maya, at=timezone.now())
    version = agreement.propose(cast.with_jane, proposal, on=timezone.localdate(), speaker=us)
    maya.post(reverse("desk:version_told", args=[version.pk]))
    assert "their word, told by us" in page_of(maya, cast)


def test_an_act_that_came_too_late_is_said_plainly(maya: Client, cast: Cast) -> None:
    ask(maya, cast)
    told = Pulse.objects.get()
    pulse.decline(told, on=timezone.localdate(), speaker=jane(cast))
    answer = maya.post(reverse("desk:pulse_decline", args=[told.pk]))
    assert answer.status_code == 422
    assert "It is closed already." in answer.content.decode()


def test_the_page_asks_as_often_whatever_lies_on_it(
    maya: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for _again in range(6):
        ask(maya, cast)
    for told in Pulse.objects.all():
        us = Speaker.ourselves(cast.maya.party, by=cast.maya, at=timezone.now())
        pulse.answer(told, [Answer("Well")], on=timezone.localdate(), speaker=us)
        pulse.answer(told, [Answer("Well")], on=timezone.localdate(), speaker=jane(cast))
        pulse.reply(told, "Good.", speaker=jane(cast))
    page_of(maya, cast)
    with django_assert_max_num_queries(26):
        page_of(maya, cast)


def test_both_are_asked_of_a_meeting_from_its_page_and_then_it_says_so(maya: Client, cast: Cast) -> None:
    met = people.moment(cast.jane, by=cast.maya, at=timezone.now() - timedelta(hours=1))
    there = reverse("desk:moment", args=[met.pk])
    assert "Ask both: was it worth your time?" in maya.get(there).content.decode()

    assert maya.post(reverse("desk:ask_worth", args=[met.pk])).status_code == 302

    told = Pulse.objects.get()
    assert f'name="answer-{told.pk.hex}-worth_0"' in page_of(maya, cast)
    assert f'name="answer-{told.pk.hex}-guess_0"' not in page_of(maya, cast)
    asked = maya.get(there).content.decode()
    assert "Both are asked whether it was worth their time." in asked
    assert "Ask both" not in asked


def test_who_wishes_to_rest_is_not_asked_and_the_page_says_why(maya: Client, cast: Cast) -> None:
    met = people.moment(cast.jane, by=cast.maya, at=timezone.now() - timedelta(hours=1))
    said_at = timezone.now() - timedelta(days=2)
    terms.say(cast.jane, roster=Roster.REST, said_at=said_at, teller=Teller(at=said_at, by=None))

    assert "They chose how they wish to be reached." in maya.get(reverse("desk:moment", args=[met.pk])).content.decode()
    assert maya.post(reverse("desk:ask_worth", args=[met.pk])).status_code == 422
    assert not Pulse.objects.exists()


def test_today_asks_of_a_meeting_that_is_over_until_somebody_did(maya: Client, cast: Cast) -> None:
    noon = timezone.localtime().replace(hour=12, minute=0)
    met = people.moment(cast.jane, by=cast.maya, at=noon)

    def line(hours: int) -> str:
        [meeting] = today_page(cast.maya, at=noon + timedelta(hours=hours)).meetings
        return meeting.worth_url

    assert [line(-1), line(1)] == ["", reverse("desk:moment", args=[met.pk])]
    Pulse.objects.create(
        relationship=cast.with_jane, questions=["Was it?"], closes_on=noon.date(), party=cast.maya.party, is_ours=True,
        voice="own", at=noon, moment=met, moment_mode="visit", moment_on=met.on_day,
    )  # fmt: skip
    assert line(1) == ""
