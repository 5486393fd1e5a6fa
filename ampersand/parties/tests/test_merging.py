from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from ampersand.core.models import Event
from ampersand.members.models import Member
from ampersand.parties import actions, merging
from ampersand.parties.actions import Teller
from ampersand.parties.erasing import erase_party
from ampersand.parties.models import Because, Party, PartyKind, Relationship, StandsFor
from tests.cast import NOW, Cast, line, organisation, person

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


def trace(name: str, *, kind: str = PartyKind.PERSON) -> Party:
    return actions.name_party(name, kind=kind, teller=Teller(at=NOW))


def merge(party: Party, into: Party, by: Member, **said: bool) -> StandsFor:
    return merging.merge(party, into, reason="one address", by=by, at=NOW, **said)


def now_of(*parties: Party) -> list[str]:
    found = Party.objects.select_related("now").in_bulk([party.pk for party in parties])
    return [(found[party.pk].now or found[party.pk]).name for party in parties]


def test_one_stands_for_the_other_until_they_are_two_again(cast: Cast) -> None:
    double = person("J. Okafor")

    link = merge(double, cast.jane, cast.maya)
    while_one = now_of(double, cast.jane)
    merging.unmerge(link, by=cast.maya, at=LATER)

    assert while_one == ["Jane Okafor", "Jane Okafor"]
    assert now_of(double, cast.jane) == ["J. Okafor", "Jane Okafor"]
    assert StandsFor.objects.get().withdrawn_at == LATER


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_in_a_chain_each_is_the_last_in_whichever_order_it_was_told(cast: Cast, order: tuple[int, int]) -> None:
    first, second, third = person("First"), person("Second"), person("Third")
    pairs = [(first, second), (second, third)]

    for at in order:
        merge(*pairs[at], cast.maya)

    assert now_of(first, second, third) == ["Third"] * 3


def test_the_middle_of_a_chain_takes_those_with_it_who_stand_for_it(cast: Cast) -> None:
    first, second, third = person("First"), person("Second"), person("Third")
    merge(first, second, cast.maya)
    link = merge(second, third, cast.maya)

    merging.unmerge(link, by=cast.maya, at=LATER)

    assert now_of(first, second, third) == ["Second", "Second", "Third"]


def test_a_party_that_stands_for_another_brings_that_other_along(cast: Cast) -> None:
    first, second, third = person("First"), person("Second"), person("Third")
    merge(first, second, cast.maya)

    link = merge(first, third, cast.maya)

    assert link.party == second
    assert now_of(first, second, third) == ["Third"] * 3


def test_said_the_other_way_round_it_is_refused_as_one_already(cast: Cast) -> None:
    first, second = person("First"), person("Second")
    merge(first, second, cast.maya)

    with pytest.raises(merging.OneAlready, match="one already"):
        merge(second, first, cast.maya)
    with pytest.raises(merging.OneAlready):
        merge(first, first, cast.maya)


def test_the_house_and_its_people_are_nobody_elses_double(cast: Cast) -> None:
    house = Party.objects.get(is_house=True)

    for one, other in [
        (cast.alder, house),
        (house, cast.alder),
        (cast.jane, cast.tom.party),
        (cast.tom.party, cast.jane),
    ]:
        with pytest.raises(merging.OneIsOurs, match="never on the other side"):
            merge(one, other, cast.maya)


def test_a_person_is_no_organisation_unless_somebody_says_so(cast: Cast) -> None:
    shop = person("Okafor Catering")
    at = organisation("Okafor Catering Ltd")

    with pytest.raises(merging.OneIsAnotherKind, match="told as person, the other as organisation"):
        merge(shop, at, cast.maya)
    merge(shop, at, cast.maya, across_kinds=True)

    assert now_of(shop) == ["Okafor Catering Ltd"]


def test_of_the_erased_nothing_is_the_same(cast: Cast) -> None:
    gone, double = person("Gone Away"), person("Gone A.")
    erase_party(gone, by=cast.ruth, at=NOW)

    with pytest.raises(merging.OneIsErased, match="was erased"):
        merge(double, gone, cast.maya)


def test_two_who_are_erased_as_one_stay_one(cast: Cast) -> None:
    gone, double = person("Gone Away"), person("Gone A.")
    link = merge(double, gone, cast.maya)
    erase_party(double, by=cast.ruth, at=NOW)

    with pytest.raises(merging.OneIsErased):
        merging.unmerge(link, by=cast.maya, at=LATER)
    assert set(Party.objects.filter(erased_at=NOW)) == {gone, double}


def test_only_who_sees_both_can_say_that_they_are_one(cast: Cast) -> None:
    double = person("L. Marsh")

    with pytest.raises(merging.OneIsClosed, match="Only who sees both"):
        merge(double, cast.leona, cast.tom)
    with pytest.raises(merging.OneIsClosed):
        merging.merge(double, cast.leona, reason="one address", by=None, at=NOW)
    link = merge(double, cast.leona, cast.maya)
    with pytest.raises(merging.OneIsClosed):
        merging.unmerge(link, by=cast.tom, at=LATER)

    assert now_of(double) == ["Leona Marsh"]


def test_who_is_tied_to_the_other_is_not_the_other(cast: Cast) -> None:
    double, namesake = person("J. Okafor"), person("Jane O.")
    actions.tell_tie(kind="reports_to", from_party=double, to_party=cast.jane, teller=Teller(at=NOW))
    merge(namesake, cast.jane, cast.maya)

    with pytest.raises(merging.OneIsTiedToTheOther, match="and Jane Okafor are tied to each other"):
        merge(double, namesake, cast.maya)


def test_a_refusal_is_a_sentence_and_nothing_else_happens(cast: Cast) -> None:
    double = person("J. Okafor")

    assert merging.refusal(double, cast.jane, member=cast.maya) is None
    assert merging.refusal(double, double, member=cast.maya) == "The two are one already."
    assert merging.refusal(double, cast.leona, member=cast.tom) == (
        "One of the two is closed. Only who sees both can say whether they are one."
    )
    assert merging.refusals([(double.pk, cast.jane.pk), (cast.jane.pk, cast.jane.pk)], member=cast.maya) == {
        (cast.jane.pk, cast.jane.pk): "The two are one already."
    }
    assert not StandsFor.objects.exists()


def test_taken_back_twice_it_is_taken_back_once(cast: Cast) -> None:
    link = merge(person("J. Okafor"), cast.jane, cast.maya)

    for at in (NOW, LATER):
        merging.unmerge(link, by=cast.maya, at=at)

    assert StandsFor.objects.get().withdrawn_at == NOW
    assert set(Event.objects.filter(name="party.unmerged").values_list("at", flat=True)) == {NOW}


def test_who_is_the_same_as_a_known_one_is_known_as_long_as_they_are_one(cast: Cast) -> None:
    heard_of = trace("Jane from the fair")

    link = merge(cast.jane, heard_of, cast.maya)
    while_one = Relationship.objects.get(party=heard_of)
    merging.unmerge(link, by=cast.maya, at=LATER)

    assert (while_one.because, while_one.known_at) == (Because.SAME, cast.with_jane.known_at)
    assert not Relationship.objects.filter(party=heard_of).exists()
    assert heard_of in Party.objects.traces()


def test_what_was_told_of_them_meanwhile_keeps_them_known(cast: Cast) -> None:
    heard_of = trace("Jane from the fair")
    link = merge(cast.jane, heard_of, cast.maya)
    heard_of = Party.objects.get(pk=heard_of.pk)
    told = line(heard_of, told_by=cast.maya)

    merging.unmerge(link, by=cast.maya, at=LATER)

    assert told.relationship.party == heard_of
    assert Relationship.objects.filter(party=heard_of).exists()


def test_who_became_known_by_themselves_meanwhile_stays_known(cast: Cast) -> None:
    heard_of = trace("Jane from the fair")
    link = merge(cast.jane, heard_of, cast.maya)
    actions.become_known(heard_of, because=Because.MET, known_at=LATER, teller=Teller(at=LATER))

    merging.unmerge(link, by=cast.maya, at=LATER)

    assert Relationship.objects.get(party=heard_of).because == Because.MET


def test_many_are_told_at_once_and_those_that_are_one_already_are_passed_over(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    doubles = [person(f"Double {number}") for number in range(40)]
    chain = [(one.pk, other.pk) for one, other in pairwise(doubles)]

    with django_assert_max_num_queries(40):  # type: ignore[operator]
        links = merging.merge_many([*chain, chain[0]], reason="one list twice", by=cast.maya, at=NOW)

    assert len(links) == 39
    assert set(now_of(*doubles)) == {"Double 39"}
    assert Event.objects.filter(name="party.merged").values("subject_id").distinct().count() == 39


def test_of_many_all_are_told_or_none(cast: Cast) -> None:
    double = person("J. Okafor")

    with pytest.raises(merging.OneIsOurs):
        merging.merge_many(
            [(double.pk, cast.jane.pk), (cast.tom.party.pk, cast.jane.pk)], reason="", by=cast.maya, at=NOW
        )

    assert not StandsFor.objects.exists()
    assert now_of(double) == ["J. Okafor"]


def test_many_are_parted_at_once_and_all_is_as_before(cast: Cast, django_assert_max_num_queries: object) -> None:
    doubles = [person(f"Double {number}") for number in range(40)]
    links = merging.merge_many(
        [(one.pk, other.pk) for one, other in pairwise(doubles)], reason="", by=cast.maya, at=NOW
    )
    merging.unmerge(links[0], by=cast.maya, at=NOW)

    with django_assert_max_num_queries(40):  # type: ignore[operator]
        parted = merging.unmerge_many(links, by=cast.maya, at=LATER)

    assert len(parted) == 38
    assert now_of(*doubles) == [f"Double {number}" for number in range(40)]
    assert merging.unmerge_many(links, by=cast.maya, at=LATER) == []
    assert Event.objects.filter(name="party.unmerged").values("subject_id").distinct().count() == 39


def test_of_many_links_all_are_withdrawn_or_none(cast: Cast) -> None:
    open_link = merge(person("J. Okafor"), cast.jane, cast.maya)
    hidden = merge(person("L. Marsh"), cast.leona, cast.maya)

    with pytest.raises(merging.OneIsClosed):
        merging.unmerge_many([open_link, hidden], by=cast.tom, at=LATER)

    assert StandsFor.objects.filter(withdrawn_at=None).count() == 2
