"""What both sides see is the same for both: it differs in who is *you*, in which acts are one's own, and in what a side keeps."""

from __future__ import annotations

import random
import re
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from ampersand.between import agreement, pulse
from ampersand.between.agreement import Proposal
from ampersand.between.giving import giving_part
from ampersand.between.matters import matters_part
from ampersand.between.models import Agreement, Feeling, Pulse
from ampersand.between.offers import offers_part
from ampersand.between.page import Viewer, between_part
from ampersand.between.sealing import Answer
from ampersand.core.rooms import Room
from ampersand.exchange import conceding, sharing
from ampersand.exchange.models import Concession, GiveAndTakeOff, Negotiation, Offer, Question, Weight
from ampersand.exchange.negotiating import actions, weighing
from ampersand.exchange.negotiating.actions import Line, TooLate
from ampersand.parties import sides
from ampersand.parties.actions import Teller
from ampersand.parties.models import SideLine
from ampersand.parties.speaking import Speaker
from ampersand.portal.tests.visitors import visitor
from tests import cast as people
from tests.cast import Cast

NAMES = {True: "Jane Okafor", False: "Harbour & Finch"}
"""What each calls the other, by whether it is ours that looks."""


class Words(HTMLParser):
    """The words of a page without what one does on it: forms, links, buttons, and what a side keeps to itself."""

    ACTS = ("form", "a", "button", "summary")
    VOID = ("br", "input", "hr", "img", "meta", "link")

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self._open.append(tag in self.ACTS or "data-own" in dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._open) and (words := " ".join(data.split())):
            self.said += re.split(r"(?<=[.?!]) ", words)


def as_both_say_it(html: str, *, is_ours: bool) -> Counter[str]:
    """Every piece of the words of a page, with the two sides called by what they are instead of *you* and by name."""
    reader = Words()
    reader.feed(html)
    return Counter(_plainly(words, is_ours=is_ours) for words in reader.said)


def _plainly(words: str, *, is_ours: bool) -> str:
    own, other = ("US", "THEM") if is_ours else ("THEM", "US")
    words = words.replace("here you differ", "here both differ").replace("Jane Okafor", "Jane")
    words = words.replace("Jane (their word, told by us)", "THEM told by US")
    words = words.replace(f"You (your word, written down by {NAMES[False]})", "THEM told by US")
    words = words.replace("Jane" if is_ours else NAMES[False], other)
    words = re.sub(r"\b[Yy]our way\b", f"as {own} puts it", words)
    words = re.sub(r"\b[Yy]ou\b", own, words)
    weighs = re.compile(r"weighs (\d+) of 100 to (US|THEM) and (\d+) to (US|THEM)")
    return weighs.sub(lambda found: f"weighs {sorted([(found[2], found[1]), (found[4], found[3])])}", words)


def viewer(cast: Cast, *, is_ours: bool) -> Viewer:
    return Viewer(
        is_ours=is_ours,
        party_ids=[cast.maya.party.pk if is_ours else cast.jane.pk],
        other=NAMES[is_ours],
        address=lambda act, row_id: f"/{act}/{row_id}/",
    )


def parts(cast: Cast, *, is_ours: bool) -> str:
    """All the shared parts as one of the two is shown them, from the same rows."""
    who, today = viewer(cast, is_ours=is_ours), timezone.localdate()
    kept = Weight.objects.filter(is_stated=True) | Weight.objects.filter(is_ours=is_ours)
    offers = offers_part(Negotiation.objects.all(), Offer.objects.all(), kept, viewer=who, on=today)
    giving = giving_part(Concession.objects.all(), GiveAndTakeOff.objects.all(), viewer=who)
    between = between_part(Pulse.objects.all(), Agreement.objects.all(), viewer=who, on=today)
    return "".join(
        render_to_string(f"between/{name}.html", told)
        for name, told in (
            ("_offers", {"part": offers, "today": today}),
            ("_giving", {"part": giving, "today": today}),
            ("_between", {"part": between, "pulses": [(row, {}) for row in between.pulses]}),
        )
    )


def lines_of(cast: Cast, *, is_ours: bool) -> Counter[tuple[bool, str, str]]:
    """What matters to either, by whose it is, with its words and its answer."""
    who = viewer(cast, is_ours=is_ours)
    part = matters_part(SideLine.objects.between(), viewer=who, party_ids=[cast.jane.pk], most=99)
    told = ((is_of_ours, side) for is_of_ours, side in ((True, part.ours), (False, part.theirs)))
    return Counter((of, row.words, "") for of, side in told for group in side.groups for row in group.rows) + Counter(
        (False, row.words, row.answer) for row in part.questions
    )


class Story:
    """What two sides do between them, by chance."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.chance, self.at = cast, random.Random(seed), timezone.now()
        self.today = timezone.localdate()

    def speaker(self, *, is_ours: bool) -> Speaker:
        if is_ours:
            return people.says(self.cast.maya, at=self.at)
        if self.chance.random() < 0.3:
            return people.tells(self.cast.maya, self.cast.jane, at=self.at)
        return Speaker.themselves(self.cast.jane, at=self.at)

    def either(self) -> Speaker:
        return self.speaker(is_ours=self.chance.random() < 0.5)

    def tell(self) -> None:
        for _number in range(self.chance.randint(1, 2)):
            self.negotiate()
        for number in range(self.chance.randint(0, 4)):
            self.give(number)
        if self.chance.random() < 0.2:
            conceding.switch_off(self.cast.with_jane, speaker=self.either())
        self.ask()
        self.propose()
        self.say_what_matters()

    def negotiate(self) -> None:
        begun = actions.begin(
            self.cast.with_jane,
            about=self.chance.choice(["the machines", "beans & cups", "<b>visits</b>"]),
            member=self.cast.maya,
            questions=[("price", ""), ("term", ""), ("own", "Who cleans?")],
            teller=Teller(at=self.at, by=self.cast.maya),
        )
        questions = list(Question.objects.filter(negotiation=begun).order_by("position"))
        for number in range(self.chance.randint(1, 3)):
            self.at += timedelta(seconds=1)
            price = Decimal(self.chance.randint(100, 9_999)) / 100
            actions.put(
                begun,
                speaker=self.either(),
                words=f"Round {number}",
                lines=[Line("A bag", Decimal(3), "bags", price, Decimal(5), Decimal(20))],
                currency="GBP",
                values={questions[0].pk: f"price {number}"},
            )
        for question in questions:
            for is_ours in (True, False):
                who = people.says(self.cast.maya) if is_ours else Speaker.themselves(self.cast.jane, at=self.at)
                weighing.weigh(question, self.chance.randint(0, 100), speaker=who, is_stated=True)
                weighing.weigh(question, 99, speaker=who)
        actions.say_day(begun, on=self.today, words="after the fair", speaker=self.speaker(is_ours=False))
        newest = Offer.objects.filter(negotiation=begun).order_by("-version")[0]
        act = self.chance.choice([actions.accept, actions.decline, None])
        if act is not None:
            try:
                act(newest, speaker=self.speaker(is_ours=not newest.is_ours), words="so be it")
            except TooLate:
                return

    def give(self, number: int) -> None:
        giver = self.either()
        to = self.cast.jane if giver.is_ours else self.cast.maya.party
        given = conceding.give(
            speaker=giver,
            to=to,
            relationship=self.cast.with_jane,
            words=f"gave {number}",
            happened_on=self.today,
            cost_words=self.chance.choice(["", "a night"]),
            is_gift=self.chance.random() < 0.3,
            is_tentative=self.chance.random() < 0.3,
        )
        if self.chance.random() < 0.5:
            conceding.say_worth(given, "a calm week", speaker=self.speaker(is_ours=not giver.is_ours))
        if self.chance.random() < 0.8:
            sharing.share(given, by=self.cast.maya, at=self.at)

    def ask(self) -> None:
        asked = pulse.ask(
            self.cast.with_jane,
            ["How is it?", "What should we stop?"],
            closes_on=self.today + timedelta(days=5),
            on=self.today,
            speaker=people.says(self.cast.maya),
        )
        for is_ours in self.chance.sample([True, False], self.chance.randint(0, 2)):
            who = people.says(self.cast.maya) if is_ours else Speaker.themselves(self.cast.jane, at=self.at)
            said = [Answer(f"Said {is_ours}", self.chance.choice(Feeling.values), "much the same"), Answer("Nothing")]
            pulse.answer(asked, said, on=self.today, speaker=who)

    def propose(self) -> None:
        by = (
            Speaker.themselves(self.cast.jane, at=self.at)
            if self.chance.random() < 0.5
            else people.says(self.cast.maya)
        )
        look = self.today + timedelta(days=90)
        version = agreement.propose(
            self.cast.with_jane, Proposal("A tasting each season.", look), on=self.today, speaker=by
        )
        if self.chance.random() < 0.6:
            agreement.agree(version, on=self.today, speaker=self.speaker(is_ours=not by.is_ours))

    def say_what_matters(self) -> None:
        theirs = Speaker.themselves(self.cast.jane, at=self.at)
        sides.tell(self.cast.with_jane, kind="matters", words="quiet machines", said_on=self.today, speaker=theirs)
        ours = people.says(self.cast.maya, at=self.at)
        line = sides.tell(self.cast.with_jane, kind="hope", words="two more years", said_on=self.today, speaker=ours)
        if self.chance.random() < 0.7:
            sides.share(line, speaker=ours)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_what_lies_between_says_the_same_to_both(cast: Cast, seed: int) -> None:
    Story(cast, seed).tell()

    ours, theirs = (as_both_say_it(parts(cast, is_ours=is_ours), is_ours=is_ours) for is_ours in (True, False))

    assert ours - theirs == Counter()
    assert theirs - ours == Counter()
    assert sum(ours.values()) > 40
    assert lines_of(cast, is_ours=True) == lines_of(cast, is_ours=False)


@pytest.mark.django_db
def test_what_one_keeps_to_itself_is_shown_to_it_alone(cast: Cast) -> None:
    Story(cast, 1).tell()
    Weight.objects.filter(is_stated=True).update(value=10)
    Weight.objects.filter(is_stated=False, is_ours=True).update(value=97)
    Weight.objects.filter(is_stated=False, is_ours=False).update(value=98)

    ours, theirs = (parts(cast, is_ours=is_ours) for is_ours in (True, False))

    assert (">97<" in ours, ">98<" in ours) == (True, False)
    assert (">97<" in theirs, ">98<" in theirs) == (False, True)


def shared(page: str) -> str:
    """The parts of a whole page that both sides see."""
    pieces = [piece.rpartition("</section>")[0] for piece in page.split('<section class="part" aria-labelledby=')]
    named = {piece.partition(">")[0].strip('"'): piece for piece in pieces}
    return "".join(f"<section {named[name]}</section>" for name in ("offers", "giving", "agreement", "pulse"))


@pytest.mark.django_db(transaction=True, databases=["default", "outside"])
def test_the_two_pages_themselves_say_the_same(cast: Cast) -> None:
    """The page of the house and the page Between, whole, the second through its fence."""
    Story(cast, 5).tell()
    SideLine.objects.exclude(room=Room.BETWEEN).delete()
    jane = visitor(cast, cast.jane)

    ours = people.page_of(cast.maya, reverse("desk:between", args=[cast.with_jane.pk]))
    theirs = jane.client().get(reverse("portal:page")).content.decode()

    assert as_both_say_it(shared(ours), is_ours=True) == as_both_say_it(shared(theirs), is_ours=False)
