"""The snapshot says what the book says: made whole or brought up to date, whatever was done to it meanwhile."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ampersand.parties import actions as parties
from ampersand.parties import merging
from ampersand.parties.actions import Teller
from ampersand.parties.erasing import erase_party
from ampersand.parties.models import Party, StandsFor, Tie, TieKind
from ampersand.promises import actions as promises
from ampersand.readings.tests.snapshots import Days, made_whole, taken
from ampersand.timeline import actions as timeline
from ampersand.timeline.models import Moment, Participant
from tests.cast import Cast, concession, moment, order, organisation, person, promise, says

pytestmark = pytest.mark.django_db


@pytest.fixture
def days() -> Days:
    return Days()


@dataclass
class Book:
    cast: Cast
    people: list[Party]
    organisations: list[Party]
    dice: random.Random
    at: datetime

    @property
    def somebody(self) -> Party:
        return self.dice.choice([*self.people, *self.organisations])

    def meet(self) -> None:
        them = self.dice.sample(self.people, self.dice.randint(1, 2))
        days = self.dice.randint(-2, 300)
        moment(*them, by=self.cast.maya, at=self.at - timedelta(days=days), mode=self.dice.choice(["visit", "mail"]))
        Moment.objects.filter(told_at__gt=self.at).update(told_at=self.at)

    def withdraw(self) -> None:
        if one := Moment.objects.order_by("?").filter(withdrawn_at=None).first():
            timeline.withdraw(one, by=self.cast.maya, at=self.at)

    def bring_back(self) -> None:
        if one := Moment.objects.exclude(withdrawn_at=None).first():
            timeline.bring_back(one, by=self.cast.maya, at=self.at)

    def leave(self) -> None:
        if one := Participant.objects.order_by("?").filter(party__in=self.people).first():
            one.delete()

    def tie(self) -> None:
        parties.tell_tie(
            kind=self.dice.choice([TieKind.WORKS_AT, TieKind.MEMBER_OF]),
            from_party=self.dice.choice(self.people),
            to_party=self.dice.choice(self.organisations),
            teller=Teller(at=self.at, by=self.cast.maya),
        )

    def end_tie(self) -> None:
        if one := Tie.objects.order_by("?").filter(until_on=None, withdrawn_at=None).first():
            parties.end_tie(one, on=(self.at - timedelta(days=40)).date(), by=self.cast.maya, at=self.at)

    def untie(self) -> None:
        if one := Tie.objects.order_by("?").first():
            one.delete()

    def merge(self) -> None:
        one, other = self.dice.sample(self.people, 2)
        if not merging.refusals([(one.pk, other.pk)], member=self.cast.maya):
            merging.merge(one, other, reason="", by=self.cast.maya, at=self.at)

    def part(self) -> None:
        if link := StandsFor.objects.filter(withdrawn_at=None, party__erased_at=None).first():
            merging.unmerge(link, by=self.cast.maya, at=self.at)

    def close(self) -> None:
        parties.close(self.somebody.relationship, by=self.cast.maya, at=self.at)

    def open(self) -> None:
        parties.reopen(self.somebody.relationship, by=self.cast.maya, at=self.at)

    def erase(self) -> None:
        one = self.dice.choice(self.people)
        one.refresh_from_db()
        erase_party(one, by=self.cast.ruth, at=self.at)

    def promise(self) -> None:
        made = promise(self.cast.maya.party, self.dice.choice(self.people), told_by=self.cast.maya)
        promises.say_done(made, speaker=says(self.cast.maya, at=self.at))

    def trade(self) -> None:
        order(self.dice.choice(self.organisations), told_by=self.cast.maya)

    def give(self) -> None:
        concession(self.cast.maya.party, self.dice.choice(self.people), told_by=self.cast.maya)


ACTS: list[Callable[[Book], None]] = [
    Book.meet, Book.meet, Book.meet, Book.withdraw, Book.bring_back, Book.leave, Book.tie, Book.tie, Book.end_tie, Book.untie,
    Book.merge, Book.merge, Book.part, Book.close, Book.close, Book.open, Book.erase, Book.promise, Book.trade, Book.give,
]  # fmt: skip
ALL_SORTS = st.lists(st.lists(st.integers(0, len(ACTS) - 1), min_size=1, max_size=4), min_size=1, max_size=3)


@pytest.fixture
def book(cast: Cast, days: Days) -> Book:
    people = [cast.jane, cast.leona, *(person(f"Kim Number{word}") for word in ("one", "two", "three"))]
    organisations = [cast.alder, cast.severn, organisation("The Mill")]
    made = Book(cast, people, organisations, random.Random(5), days.at)
    for _number in range(8):
        made.meet()
    return made


def _holds_what_the_book_says(book: Book, days: Days, folder: Path, acts: list[list[int]], seed: int) -> None:
    """One example after another begins with the same book."""
    with transaction.atomic():
        book.dice, book.at = random.Random(seed), days.next()
        taken(days.next())
        for together in acts:
            book.at = days.next()
            for number in together:
                ACTS[number](book)
            as_of = days.next()
            assert taken(as_of)[0] == made_whole(as_of=as_of, folder=folder.parent / "whole")
        transaction.set_rollback(True)


SHORT = settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@SHORT
@given(ALL_SORTS, st.integers(0, 2**16))
def test_brought_up_to_date_it_holds_what_it_would_made_whole(
    book: Book, days: Days, folder: Path, sliced: None, acts: list[list[int]], seed: int
) -> None:
    _holds_what_the_book_says(book, days, folder, acts, seed)


@pytest.mark.long
@settings(SHORT, max_examples=100)
@given(ALL_SORTS, st.integers(0, 2**16))
def test_whatever_is_done_it_holds_what_it_would_made_whole(
    book: Book, days: Days, folder: Path, sliced: None, acts: list[list[int]], seed: int
) -> None:
    _holds_what_the_book_says(book, days, folder, acts, seed)


def test_every_act_is_followed_without_copying_the_whole_book(
    book: Book, days: Days, folder: Path, sliced: None, copied_whole: list[bool]
) -> None:
    taken(days.next())
    every = list(dict.fromkeys(ACTS))

    for together in (every[at : at + 3] for at in range(0, len(every), 3)):
        book.at = days.next()
        for act in together:
            act(book)
        as_of = days.next()
        assert taken(as_of)[0] == made_whole(as_of=as_of, folder=folder.parent / "whole")

    assert copied_whole[0] is True
    assert set(copied_whole[1::2]) == {False}
