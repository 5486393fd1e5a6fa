"""What people of the demo house do with one another stands in its tables as it was told."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from ampersand.between import agreement
from ampersand.between.models import Agreement, AgreementState, Pulse, PulseState
from ampersand.desk.demo import letters, making
from ampersand.desk.negotiations.index import negotiations_page
from ampersand.desk.tests.test_demo_story import NOON, TUESDAY, told
from ampersand.desk.today import today_page
from ampersand.exchange.models import Concession, ConcessionState, ExpectedTransaction, Negotiation, Offer
from ampersand.exchange.negotiating.states import OfferState
from ampersand.members.models import Member
from ampersand.promises.models import Leaning, Promise
from ampersand.promises.queries import shaken
from ampersand.readings import actions as readings
from ampersand.readings.models import Measure, Reading
from ampersand.terms.messages.models import Message, Receiver
from ampersand.timeline.models import Moment, Participant

STANDS = {OfferState.ACCEPTED: "accepted", OfferState.DECLINED: "over", OfferState.WITHDRAWN: "over", None: "none"}


@pytest.fixture
def truth(db: None, tmp_path: Path, settings: Any) -> dict[str, Any]:
    """A demo house without a mail server, in which all have done what they do."""
    settings.EMAIL_BACKEND, settings.DATA_FOLDER = "ampersand.members.outbox.Outbox", tmp_path
    making.bring_in(told(), folder=tmp_path)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    making.let_both_act(told(), today=TUESDAY)
    found: dict[str, Any] = json.loads((tmp_path / "demo-truth.json").read_text(encoding="utf-8"))
    return found


# One house for all of it: making it takes longer than all that is asked of it.
def test_what_both_sides_did_stands_as_it_was_told(truth: dict[str, Any], tmp_path: Path) -> None:
    _between_jane_and_us(truth["between"])
    _negotiations(truth["negotiations"])
    _promises(truth["leaning"])
    _messages(truth["messages"], outbox=tmp_path / "outbox")
    _pages(truth)


def test_letters_went_on_days_on_which_the_two_met_anyway() -> None:
    made = told()
    for letter in made.letters:
        party = made.cast.people[letter.to].party
        with_them = {row.moment_id for row in made.book.all(Participant) if row.party_id == party.pk}
        days = {moment.on_day for moment in made.book.all(Moment) if moment.pk in with_them}
        assert letter.on in days

    assert len(made.letters) == 2


@pytest.mark.django_db
def test_a_house_with_a_mail_server_writes_to_nobody(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    letters.bring_in(None, told().letters)  # type: ignore[arg-type]  # it asks for nobody

    assert not Message.objects.exists()


def _between_jane_and_us(told: dict[str, Any]) -> None:
    agreed = Agreement.objects.prefetch_related("versions__keys").get(relationship=told["relationship"])
    now = {state: version.number for version, state in agreement.states(agreed, on=TUESDAY)}
    assert now == {AgreementState.HOLDS: told["holds"], AgreementState.PROPOSED: told["waits"]}
    pulses = Pulse.objects.filter(relationship=told["relationship"]).prefetch_related("answers")
    states = Counter(pulse.state(on=TUESDAY) for pulse in pulses)
    assert states == {PulseState.OPENED: told["opened"], PulseState.ONE_ANSWERED: told["sealed"]}
    readings.read_one(agreed.relationship_id, at=NOON)
    way = Reading.objects.get(relationship=told["relationship"], measure=Measure.RIGHT_WAY)
    assert (way.says, way.told["ways"][0][0]) == ("told", told["right_way"])
    assert (len(way.evidence), len(way.against)) == (told["worth"], told["asked_of_meetings"] - told["worth"])


def _negotiations(told: dict[str, Any]) -> None:
    of = Negotiation.objects.prefetch_related("deciding_days", "offers__events")
    found = {one.about: _as_told(one) for one in of}
    assert found == told
    tentative = Concession.objects.filter(negotiation__about__startswith="One coffee").prefetch_related("answered_by")
    assert [one.state for one in tentative] == [ConcessionState.OFFERED]
    assert ExpectedTransaction.objects.count() == 1


def _as_told(negotiation: Negotiation) -> dict[str, Any]:
    offer = negotiation.newest()
    followed = (
        Promise.objects.filter(told_at=offer.followed_at) if offer and offer.followed_at else Promise.objects.none()
    )
    amount = offer.net_amount if offer else None
    return {
        "stands": _stands(offer),
        "amount": None if amount is None else f"{amount:.2f}",
        "versions": negotiation.offers.count(),
        "followed": followed.count(),
    }


def _stands(offer: Offer | None) -> str:
    state = offer.state(on=TUESDAY) if offer else None
    if offer is not None and state == OfferState.OPEN:
        return "them" if offer.is_ours else "us"
    return STANDS.get(state, str(state))


def _promises(told: dict[str, Any]) -> None:
    named = Promise.objects.prefetch_related("events").filter(words__in=told["states"])
    assert {promise.words: promise.state(on=TUESDAY) for promise in named} == told["states"]
    leans = Leaning.objects.values_list("promise__words", "on__words")
    assert sorted(map(list, leans)) == sorted(told["leans"])
    maya = Member.objects.get(email=making.SIGNS_IN)
    moved = {promise.words: backing.on.words for promise, backing in shaken(maya, on=TUESDAY)}
    assert moved == {above: below for above, below in told["leans"] if below == told["moved"]}
    for first_name, words in told["waits_for"].items():
        member = Member.objects.get(name__startswith=first_name)
        assert [row.what for row in today_page(member, at=NOON).asked.waits] == words, first_name


def _messages(told: dict[str, Any], *, outbox: Path) -> None:
    receivers = Receiver.objects.select_related("message__moment__thread")
    assert {one.message.subject: one.state for one in receivers} == told["states"]
    assert len(list(outbox.glob("*.eml"))) == list(told["states"].values()).count("sent")
    for subject in told["answered"]:
        ours = Message.objects.select_related("moment").get(subject=subject).moment
        assert ours is not None
        thread = Moment.objects.filter(thread=ours.thread).order_by("happened_at")
        assert [moment.began for moment in thread] == ["us", "them"]


def _pages(told: dict[str, Any]) -> None:
    """What the pages show of it, to somebody who may see it."""
    page = negotiations_page(Member.objects.get(email=making.SIGNS_IN), at=NOON)
    rows = {row.about for group in page.groups for row in group.rows}
    assert rows == set(told["negotiations"])
    assert "yearly supply: 2 of 3 decided were accepted." in page.shares
    assert {(total.currency, total.count) for total in page.sums} == {("GBP", 2), ("EUR", 1)}
    assert all(total.month and total.month >= date(2026, 10, 1) for total in page.sums)
