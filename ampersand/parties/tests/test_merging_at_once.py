"""Two who say at the same time who is the same as whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ampersand.parties import merging
from ampersand.parties.erasing import erase_party
from ampersand.parties.models import Party, StandsFor
from tests.at_once import at_once
from tests.cast import NOW, Cast, person


@pytest.mark.django_db(transaction=True)
def test_of_two_who_say_it_both_ways_round_the_second_is_told_that_they_are_one(cast: Cast) -> None:
    double = person("J. Okafor")

    said = at_once(*[_merging(cast, *pair) for pair in [(double, cast.jane), (cast.jane, double)]])

    assert sorted(said) == ["OneAlready", "StandsFor"]
    assert Party.objects.exclude(now=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_chain_told_by_several_at_once_has_one_end(cast: Cast) -> None:
    people = [person(f"Kim Number{number}") for number in range(4)]

    at_once(*[_merging(cast, people[at], people[at + 1]) for at in range(3)])

    assert set(Party.objects.filter(pk__in=[one.pk for one in people[:3]]).values_list("now_id", flat=True)) == {
        people[3].pk
    }


@pytest.mark.django_db(transaction=True)
def test_who_is_erased_meanwhile_is_erased_with_their_double_or_is_taken_for_nobody(cast: Cast) -> None:
    double = person("J. Okafor")

    at_once(_merging(cast, double, cast.jane), lambda: str(erase_party(cast.jane, by=cast.ruth, at=NOW).pk))

    assert Party.objects.get(pk=cast.jane.pk).erased_at == NOW
    is_one = StandsFor.objects.exists()
    assert (Party.objects.get(pk=double.pk).erased_at == NOW) == is_one


def _merging(cast: Cast, party: Party, into: Party) -> Callable[[], str]:
    def merge() -> str:
        try:
            return type(merging.merge(party, into, reason="", by=cast.maya, at=NOW)).__name__
        except merging.CannotBeOne as refused:
            return type(refused).__name__

    return merge
