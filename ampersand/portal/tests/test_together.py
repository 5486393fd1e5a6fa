"""What both hold and what both are asked, from the other side's own page."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from ampersand.between import agreement, pulse, worth
from ampersand.between.agreement import Proposal
from ampersand.between.models import Agreement, AgreementKey, AgreementVersion, Pulse, PulseAnswer
from ampersand.between.sealing import Answer
from ampersand.core.rooms import Room
from ampersand.parties.actions import Teller
from ampersand.parties.speaking import Speaker
from ampersand.portal import inbox
from ampersand.portal.models import Entry, EntryKind
from ampersand.portal.tests.visitors import Visitor, visitor
from ampersand.terms import actions as terms
from ampersand.terms.gate import Roster
from ampersand.timeline.models import Moment
from tests import cast as people
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "outside"])


@pytest.fixture
def jane(cast: Cast) -> Visitor:
    return visitor(cast, cast.jane)


@pytest.fixture
def leona(cast: Cast) -> Visitor:
    return visitor(cast, cast.leona)


def us(cast: Cast) -> Speaker:
    return Speaker.ourselves(cast.maya.party, by=cast.maya, at=timezone.now())


def asked(cast: Cast) -> Pulse:
    today = timezone.localdate()
    questions = ["How is it between us?"]
    return pulse.ask(cast.with_jane, questions, closes_on=today + timedelta(days=7), on=today, speaker=us(cast))


def proposed(cast: Cast, together: str = "A tasting every season.") -> AgreementVersion:
    today = timezone.localdate()
    return agreement.propose(cast.with_jane, Proposal(together, today + timedelta(days=90)), on=today, speaker=us(cast))


def post(who: Visitor, name: str, *args: Any, **told: str) -> Any:
    return who.client().post(reverse(f"portal:{name}", args=args), {"entry": str(uuid4()), **told})


def shown(who: Visitor) -> str:
    page = who.client().get(reverse("portal:page"))
    assert page.status_code == 200
    return page.content.decode()


def answer(who: Visitor, told: Pulse, words: str) -> Any:
    return post(who, "pulse_answer", told.pk, **{f"answer-{told.pk.hex}-words_0": words})


def test_she_answers_apart_and_both_open_together(cast: Cast, jane: Visitor) -> None:
    told = asked(cast)
    pulse.answer(told, [Answer("Zanzibar", "good")], on=timezone.localdate(), speaker=us(cast))
    assert "Zanzibar" not in shown(jane)
    assert answer(jane, told, "Quixotic").status_code == 302
    opened = shown(jane)
    assert opened.index("Quixotic") < opened.index("Zanzibar")
    assert PulseAnswer.objects.get(is_ours=False).told_by is None


def test_she_asks_of_a_meeting_between_them_whether_it_was_worth_both_their_time(cast: Cast, jane: Visitor) -> None:
    at = timezone.now() - timedelta(days=2)
    visit, ours, long_ago = (
        people.moment(cast.jane, by=cast.maya, mode="visit", at=at - timedelta(days=days), subject="The tasting")
        for days in (0, 1, 60)
    )
    Moment.objects.filter(pk__in=[visit.pk, long_ago.pk]).update(room=Room.BETWEEN)
    terms.say(cast.jane, roster=Roster.REST, said_at=at, teller=Teller(at=at))
    page = shown(jane)
    assert reverse("portal:ask_worth", args=[visit.pk]) in page
    assert reverse("portal:ask_worth", args=[long_ago.pk]) not in page

    for _time in range(2):
        assert post(jane, "ask_worth", visit.pk).status_code == 302
    post(jane, "ask_worth", long_ago.pk)
    assert post(jane, "ask_worth", ours.pk).status_code == 404

    told = Pulse.objects.get()
    assert (told.moment, told.moment_mode, told.is_ours, told.told_by) == (visit, "visit", False, None)
    assert reverse("portal:ask_worth", args=[visit.pk]) not in shown(jane)
    assert "Was it worth both your time?" in people.page_of(
        cast.maya, reverse("desk:between", args=[cast.with_jane.pk])
    )


def test_of_a_meeting_somebody_else_was_in_she_asks_nothing(cast: Cast, jane: Visitor, leona: Visitor) -> None:
    visit = people.moment(cast.jane, by=cast.maya, mode="visit", at=timezone.now() - timedelta(days=2))
    Moment.objects.update(room=Room.BETWEEN)

    assert post(leona, "ask_worth", visit.pk).status_code == 404
    entry = Entry.objects.create(
        relationship=cast.with_leona, party=cast.leona, kind=EntryKind.ASK_WORTH, told={"moment": str(visit.pk)},
        at=timezone.now(),
    )  # fmt: skip
    assert inbox.carry_out(entry.pk, at=timezone.now())
    assert not Pulse.objects.exists()


def test_her_answer_lies_in_the_clear_nowhere_not_even_in_the_inbox(
    cast: Cast, jane: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = asked(cast)

    def fails(*_args: Any, **_told: Any) -> str:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(inbox, "carry_out", fails)
        answer(jane, told, "Quixotic")
    entry = Entry.objects.get()
    assert "Quixotic" not in json.dumps(entry.told)
    assert len(entry.told["sealed"]) > 20_000
    inbox.carry_out_waiting(at=timezone.now())
    assert Entry.objects.get().told == {}
    assert "Quixotic" not in PulseAnswer.objects.get().sealed
    pulse.answer(told, [Answer("Zanzibar")], on=timezone.localdate(), speaker=us(cast))
    assert "Quixotic" in shown(jane)


def test_she_turns_her_key_once_though_it_was_pressed_twice(cast: Cast, jane: Visitor) -> None:
    version, entry = proposed(cast), str(uuid4())
    for _again in range(2):
        assert post(jane, "version_agree", version.pk, entry=entry).status_code == 302
    assert AgreementKey.objects.filter(version=version, is_ours=False, agrees=True).count() == 1
    assert "Both hold it." in shown(jane)
    assert version.digest in shown(jane)


def test_she_proposes_another_version_and_ends_it(cast: Cast, jane: Visitor) -> None:
    proposed(cast)
    spring = f"{timezone.localdate() + timedelta(days=100)}"
    told = {"propose-together": "A tasting twice a year.", "propose-look_again_on": spring}
    assert post(jane, "propose", **told).status_code == 302
    version = AgreementVersion.objects.get(number=2)
    assert (version.is_ours, version.voice, version.told_by) == (False, "own", None)
    agreement.agree(version, on=timezone.localdate(), speaker=us(cast))
    post(jane, "agreement_end", version.agreement_id)
    assert Agreement.objects.get().ended_by == cast.jane


def test_she_declines_a_version_in_her_words_and_a_pulse_without_any(cast: Cast, jane: Visitor) -> None:
    version, told = proposed(cast), asked(cast)
    post(jane, "version_decline", version.pk, **{"decline-words": "Once is enough."})
    post(jane, "pulse_decline", told.pk)
    assert AgreementKey.objects.get(agrees=False).words == "Once is enough."
    assert Pulse.objects.get().declined_at is not None


def test_she_asks_how_it_goes_and_asks_otherwise(cast: Cast, jane: Visitor) -> None:
    closes = f"{timezone.localdate() + timedelta(days=7)}"
    post(jane, "ask_both", **{"ask-both-question_0": "Worth our time?", "ask-both-closes_on": closes})
    told = Pulse.objects.get()
    assert (told.party, told.is_ours, told.questions) == (cast.jane, False, ["Worth our time?"])
    post(jane, "pulse_otherwise", told.pk, **{f"otherwise-{told.pk.hex}-question_0": "Was it worth it?"})
    told.refresh_from_db()
    assert told.questions == ["Was it worth it?"]


def test_an_answer_alone_is_hers_to_open_or_to_burn(cast: Cast, jane: Visitor) -> None:
    opened, burned = asked(cast), asked(cast)
    for told in (opened, burned):
        answer(jane, told, "Quixotic")
    Pulse.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    post(jane, "pulse_open", opened.pk)
    post(jane, "pulse_burn", burned.pk)
    assert PulseAnswer.objects.get(pulse=opened).said is not None
    assert PulseAnswer.objects.get(pulse=burned).sealed == ""


def test_what_cannot_be_kept_is_said_beside_it_with_what_was_typed(cast: Cast, jane: Visitor) -> None:
    answered = post(jane, "ask_both", **{"ask-both-question_0": "Worth our time?"})
    assert answered.status_code == 422
    assert 'value="Worth our time?"' in answered.content.decode()
    assert not Pulse.objects.exists()


def test_an_empty_answer_is_refused_with_a_sentence(cast: Cast, jane: Visitor) -> None:
    told = asked(cast)
    client = jane.client()
    address = reverse("portal:pulse_answer", args=[told.pk])
    page = client.post(address, {"entry": str(uuid4())}, follow=True)
    assert "Answer at least one question." in page.content.decode()
    assert not PulseAnswer.objects.exists()


def test_a_visitor_of_another_relationship_reaches_none_of_it(cast: Cast, jane: Visitor, leona: Visitor) -> None:
    version, told = proposed(cast), asked(cast)
    assert "How is it between us?" not in shown(leona)
    for name in ("pulse_answer", "pulse_otherwise", "pulse_decline", "pulse_reply", "pulse_open", "pulse_burn"):
        assert post(leona, name, told.pk).status_code == 404
    for name in ("version_agree", "version_decline"):
        assert post(leona, name, version.pk).status_code == 404
    assert leona.client().get(reverse("portal:version_text", args=[version.pk])).status_code == 404
    assert post(leona, "agreement_end", version.agreement_id).status_code == 404
    assert not Entry.objects.exists()


def test_the_text_she_takes_has_the_digest_of_both_pages(cast: Cast, jane: Visitor) -> None:
    version = proposed(cast)
    text = jane.client().get(reverse("portal:version_text", args=[version.pk]))
    assert text.content.decode() == version.text


def test_her_copy_holds_what_both_hold_and_no_addresses(cast: Cast, jane: Visitor) -> None:
    proposed(cast)
    asked(cast)
    written = jane.client().get(reverse("portal:copy")).content
    with zipfile.ZipFile(io.BytesIO(written)) as packed:
        told, page = json.loads(packed.read("page.json")), packed.read("page.html").decode()
    assert told["between"]["waiting"]["together"] == "A tasting every season."
    assert "_url" not in json.dumps(told["between"])
    assert "A tasting every season." in page


def test_she_says_whether_a_meeting_was_worth_it_though_she_does_not_see_what_we_keep_of_it(
    cast: Cast, jane: Visitor
) -> None:
    today = timezone.localdate()
    met = people.moment(cast.jane, by=cast.maya, at=timezone.now() - timedelta(days=2), words="Secret plans.")
    told = worth.ask(met, cast.with_jane, on=today, speaker=us(cast))
    pulse.answer(told, [Answer("The tasting alone.", worth="worth")], on=today, speaker=us(cast))
    assert "Was it worth both your time?" in shown(jane)
    assert "Visit on " in shown(jane)

    prefix = f"answer-{told.pk.hex}"
    answered = post(
        jane, "pulse_answer", told.pk, **{f"{prefix}-worth_0": "not_worth", f"{prefix}-words_0": "Too long."}
    )

    assert answered.status_code == 302
    page = shown(jane)
    assert all(words in page for words in ("Not worth it", "Worth it", "Too long.", "The tasting alone."))
    assert "Secret" not in page
