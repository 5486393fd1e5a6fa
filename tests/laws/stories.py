"""Relationships told week by week, so that each reading has each of its things to say of one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from ampersand.between.models import Pulse, PulseAnswer
from ampersand.core.rooms import Room
from ampersand.exchange.models import Transaction
from ampersand.parties.models import Because, Party, Relationship
from ampersand.promises.models import Promise, PromiseEvent
from ampersand.timeline.models import Moment, Participant

WEEKS = 156
WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Story:
    """One relationship with somebody of us; all of it is told on the day it happens, counted in weeks ago."""

    at: datetime
    us: Party
    them: Party
    relationship: Relationship

    @classmethod
    def of(cls, name: str, *, us: Party, at: datetime) -> Story:
        long_ago = at - timedelta(days=2_000)
        them = Party.objects.create(name=name, told_at=long_ago)
        known = Relationship.objects.create(party=them, because=Because.TYPED, known_at=long_ago, told_at=long_ago)
        return cls(at, us, them, known)

    def speak(self, weeks: Iterable[int], *, mode: str = "call", began: str = "", asks: bool = False) -> None:
        told = Moment.objects.bulk_create(
            Moment(happened_at=at, on_day=at.date(), mode=mode, began=began, asks_answer=asks, told_at=at)
            for at in self._on(weeks)
        )
        Participant.objects.bulk_create(
            Participant(moment=moment, party=party, is_ours=party == self.us, happened_at=moment.happened_at)
            for moment in told
            for party in (self.us, self.them)
        )

    def buy(self, weeks: Iterable[int]) -> None:
        Transaction.objects.bulk_create(
            Transaction(
                party=self.them, kind="order", happened_on=at.date(), amount="90.00", currency="GBP", told_at=at
            )
            for at in self._on(weeks)
        )

    def promise(self, weeks: Iterable[int], *, is_ours: bool, became: str) -> None:
        """For a week later, and called so then."""
        by, to = (self.us, self.them) if is_ours else (self.them, self.us)
        promises = Promise.objects.bulk_create(
            Promise(
                relationship=self.relationship, by=by, to=to, is_ours=is_ours, words="a list", made_on=at.date(),
                first_due_on=(at + WEEK).date(), room=Room.BETWEEN, told_at=at,
            )
            for at in self._on(weeks)
        )  # fmt: skip
        PromiseEvent.objects.bulk_create(
            PromiseEvent(
                promise=one, kind=became, by=to, at=one.told_at + WEEK, told_at=one.told_at + WEEK, voice="own"
            )
            for one in promises
        )

    def say_how_it_goes(self, *, ours: str, theirs: str) -> None:
        """In words of their own where it is none of the five."""
        at = self.at - timedelta(days=9)
        pulse = Pulse.objects.create(
            relationship=self.relationship, questions=["How is it?"], closes_on=at.date(), party=self.us, is_ours=True,
            voice="own", at=at, opened_at=at,
        )  # fmt: skip
        for is_ours, said in ((True, ours), (False, theirs)):
            is_word = said in ("strained", "thin", "fine", "good", "close")
            answer = {"feeling": said if is_word else "", "words": "" if is_word else said, "guess": ""}
            PulseAnswer.objects.create(pulse=pulse, party=self.us, is_ours=is_ours, voice="own", at=at, said=[answer])

    def _on(self, weeks: Iterable[int]) -> list[datetime]:
        return [self.at - timedelta(weeks=ago) for ago in weeks]


def tell_all(*, us: Party, at: datetime) -> list[UUID]:
    """Each of the stories below; answers their relationships."""
    told = []
    for tell in (_trade_goes_on, _talk_goes_on, _more_is_promised, _more_is_kept, _they_asked, _in_their_own_words):
        story = Story.of(tell.__name__, us=us, at=at)
        tell(story)
        told.append(story.relationship.pk)
    return told


def _trade_goes_on(story: Story) -> None:
    story.buy(range(1, WEEKS))
    story.speak(range(52, WEEKS))


def _talk_goes_on(story: Story) -> None:
    story.speak(range(1, WEEKS))
    story.buy(range(52, WEEKS))


def _more_is_promised(story: Story) -> None:
    for is_ours in (True, False):
        story.promise(range(40, WEEKS, 2), is_ours=is_ours, became="kept")
        story.promise(range(2, 40), is_ours=is_ours, became="not_kept")


def _more_is_kept(story: Story) -> None:
    for is_ours in (True, False):
        story.promise(range(50, WEEKS), is_ours=is_ours, became="not_kept")
        story.promise(range(60, WEEKS, 8), is_ours=is_ours, became="kept")
        story.promise(range(2, 50), is_ours=is_ours, became="kept")


def _they_asked(story: Story) -> None:
    story.speak([3], mode="mail", began="us", asks=True)
    story.speak([2, 1], mode="mail", began="them", asks=True)


def _in_their_own_words(story: Story) -> None:
    story.say_how_it_goes(ours="good", theirs="as between old friends")
