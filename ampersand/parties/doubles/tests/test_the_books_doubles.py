"""The house's own book: what is proposed, to whom, what is taken for one, and what an answer changes."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from ampersand.parties import actions as parties
from ampersand.parties import merging
from ampersand.parties.actions import Teller
from ampersand.parties.doubles import actions, snapshot, vetoes
from ampersand.parties.doubles.actions import Found
from ampersand.parties.doubles.models import Answer, Double
from ampersand.parties.doubles.traits import Traits
from ampersand.parties.erasing import erase_party
from ampersand.parties.models import Party, StandsFor
from tests.cast import NOW, Cast, moment, person

pytestmark = pytest.mark.django_db

TELLER = Teller(at=NOW)
ALIKE = (("given", "near"), ("family", "same"), ("phones", "shares"))
CERTAIN = (("given", "same"), ("family", "same"), ("phones", "shares"), ("emails", "shares"))


def known(name: str, **told: str) -> Party:
    party = person(name)
    for kind, value in told.items():
        parties.tell_identifier(party, kind=kind, value=value, teller=TELLER)
    return party


def found(one: Party, other: Party, reasons: tuple[tuple[str, str], ...] = ALIKE, probability: float = 0.9) -> Found:
    first, second = sorted([one.pk, other.pk])
    return Found((first, second), probability, reasons)


def proposed(cast: Cast, double: Party) -> Double:
    actions.propose([found(cast.jane, double)], at=NOW)
    return Double.objects.get()


def test_one_told_twice_is_proposed_with_why(cast: Cast) -> None:
    one = known("Ottoline Farquhar", phone="+441174960123", email="ottoline@mill.example")
    other = known("Otoline Farquhar", phone="+441174960123")

    looked = actions.look(at=NOW)

    double = Double.objects.get()
    assert looked == actions.Looked(waiting=1, merged=0)
    assert {double.party_id, double.other_id} == {one.pk, other.pk}
    assert ["phones", "shares"] in double.reasons


def test_looked_for_twice_a_pair_is_proposed_once(cast: Cast) -> None:
    known("Ottoline Farquhar", phone="+441174960123")
    known("Otoline Farquhar", phone="+441174960123")

    actions.look(at=NOW)
    actions.look(at=NOW + timedelta(days=1))

    assert Double.objects.count() == 1


def test_who_was_asked_about_at_an_import_is_asked_about_after_the_night_too(cast: Cast) -> None:
    one, other = (known(name, email=f"{name[:3].lower()}@mill.example") for name in ("Oliver Grant", "Ollie Grant"))
    for party in (one, other):
        parties.tell_tie(kind="works_at", from_party=party, to_party=cast.alder, teller=TELLER)
    unlikely = [person("Ole Lunde"), person("Rosa Blum")]
    actions.propose([found(one, other), found(unlikely[0], unlikely[1])], at=NOW)

    actions.look(at=NOW + timedelta(days=1))

    assert {(double.party_id, double.other_id) for double in Double.objects.all()} == {found(one, other).pair}


def test_two_numbers_in_one_system_tell_two_apart() -> None:
    one, other = Traits("1", numbers=(("Kd-Nr", "7"),)), Traits("2", numbers=(("Kd-Nr", "8"),))

    assert vetoes.tells_apart(one, other)
    assert not vetoes.tells_apart(one, Traits("3", numbers=(("CRM", "8"),)))


@pytest.mark.parametrize(
    ("one", "other", "is_apart"),
    [
        ("1975-04-12", "1975-04-12", False),
        ("1975-04-12", "1975-12-04", False),
        ("1975-04-12", "1975-04-13", False),
        ("1975-04-12", "--04-12", False),
        ("1975-04-12", "1981-09-30", True),
        ("1975-04-12", "", False),
    ],
)
def test_another_birthday_tells_two_apart_but_a_slip_does_not(one: str, other: str, is_apart: bool) -> None:
    assert vetoes.tells_apart(Traits("1", birthday=one), Traits("2", birthday=other)) is is_apart


@pytest.mark.parametrize(
    ("more", "is_family"),
    [
        ((("street", "same"), ("number", "same"), ("postcode", "same")), True),
        ((("birthday", "other"), ("emails", "other")), True),
        ((("emails", "shares"),), False),
        ((("birthday", "near"),), False),
        ((("other_1", "same"),), False),
    ],
)
def test_a_household_in_common_makes_nobody_the_same(more: tuple[tuple[str, str], ...], is_family: bool) -> None:
    reasons = (("given", "other"), ("family", "same"), ("phones", "shares"), *more)

    assert vetoes.is_rather_family(reasons, kind="person") is is_family
    assert not vetoes.is_rather_family((("given", "begins"), *reasons[1:]), kind="person")


def test_man_and_wife_with_one_telephone_are_not_proposed() -> None:
    known("Agnes Whitcombe", phone="+441275496012")
    known("Arthur Whitcombe", phone="+441275496012")

    assert actions.look(at=NOW) == actions.Looked(waiting=0, merged=0)


def test_who_wrote_to_the_other_is_not_the_other(cast: Cast) -> None:
    other = person("Jane Okafer")
    mail = moment(cast.jane, by=cast.maya, words="Hello")
    mail.participants.filter(party=cast.jane).update(role="from")
    mail.participants.create(party=other, role="to", happened_at=mail.happened_at)
    pair = found(cast.jane, other).pair

    assert snapshot.at_both_ends([pair]) == {pair}


@pytest.mark.parametrize(
    "reasons",
    [
        (("given", "same"), ("family", "same"), ("phones", "shares")),
        (
            ("given", "same"),
            ("family", "same"),
            ("phones", "shares"),
            ("street", "same"),
            ("number", "same"),
            ("postcode", "same"),
        ),
        (("given", "near"), ("family", "same"), ("phones", "shares"), ("emails", "shares")),
    ],
)
def test_one_signal_or_another_name_is_not_certain(reasons: tuple[tuple[str, str], ...]) -> None:
    assert not vetoes.is_certain(reasons, kind="person", probability=0.9999)


def test_two_strong_signals_take_two_for_one_and_it_can_be_taken_back(cast: Cast) -> None:
    one, other = person("Ottoline Farquhar"), person("Ottoline Farquhar")

    merged = actions.take_for_one([found(one, other, CERTAIN, 0.999)], at=NOW)

    assert merged == {found(one, other).pair}
    assert StandsFor.objects.get().told_by is None


def test_two_whom_the_house_met_lately_are_asked_about(cast: Cast) -> None:
    other = person("Jane Okafor")
    for party in (cast.jane, other):
        moment(party, by=cast.maya, words="Talked.")

    assert actions.take_for_one([found(cast.jane, other, CERTAIN, 0.999)], at=NOW + timedelta(days=2)) == set()


def test_two_of_whom_somebody_said_two_stay_two_for_ever(cast: Cast) -> None:
    double = proposed(cast, person("Jane Okafer"))
    actions.say_two(double, by=cast.tom, at=NOW)

    again = found(double.party, double.other, CERTAIN, 0.999)
    merged = actions.take_for_one([again], at=NOW + timedelta(days=400))
    actions.propose([again], at=NOW + timedelta(days=400))

    assert merged == set()
    assert not Double.objects.waiting(NOW + timedelta(days=4_000)).exists()


@pytest.mark.parametrize("number", [1, 3])
def test_two_who_are_two_are_not_made_one_by_way_of_others(cast: Cast, number: int) -> None:
    double = proposed(cast, person("Jane Okafer"))
    actions.say_two(double, by=cast.tom, at=NOW)
    between = [person("Jane Okafor") for _ in range(number)]
    chain = [double.party, *between, double.other]
    pairs = [found(one, other, CERTAIN, 0.999) for one, other in pairwise(chain)]

    merged = actions.take_for_one(pairs, at=NOW + timedelta(days=400))

    assert len(merged) == number
    heads = {Party.objects.get(pk=party.pk).now_id or party.pk for party in (double.party, double.other)}
    assert len(heads) == 2


def test_that_two_are_two_holds_for_whom_one_of_them_is_taken_for(cast: Cast) -> None:
    double = proposed(cast, person("Jane Okafer"))
    actions.say_two(double, by=cast.tom, at=NOW)
    third = person("Jane Okafor")
    link = merging.merge(double.party, third, reason="", by=cast.maya, at=NOW)
    again = found(third, double.other, CERTAIN, 0.999)

    merged = actions.take_for_one([again], at=NOW + timedelta(days=400))
    actions.propose([again], at=NOW + timedelta(days=400))
    asked_while_one = Double.objects.waiting(NOW + timedelta(days=400)).exists()
    merging.unmerge(link, by=cast.maya, at=NOW + timedelta(days=401))
    actions.propose([again], at=NOW + timedelta(days=402))

    assert merged == set()
    assert not asked_while_one
    assert Double.objects.waiting(NOW + timedelta(days=402)).exists()


def test_what_was_put_off_comes_back_after_three_months(cast: Cast) -> None:
    double = proposed(cast, person("Jane Okafer"))

    actions.say_later(double, by=cast.tom, at=NOW)

    assert not Double.objects.waiting(NOW + timedelta(days=80)).exists()
    assert Double.objects.waiting(NOW + timedelta(days=91)).exists()


def test_who_is_said_to_be_one_is_one_and_waits_no_more(cast: Cast) -> None:
    other = person("Jane Okafer")
    double = proposed(cast, other)

    actions.say_same(double, reason="", by=cast.maya, at=NOW)

    other.refresh_from_db()
    assert double.answer == Answer.SAME
    assert {other.now_id, Party.objects.get(pk=cast.jane.pk).now_id} & {cast.jane.pk, other.pk}
    assert not Double.objects.waiting(NOW).exists()


def test_only_who_sees_both_sees_that_they_may_be_one(cast: Cast) -> None:
    actions.propose([found(cast.leona, person("Leona March"))], at=NOW)

    assert Double.objects.visible_to(cast.maya).count() == 1
    assert not Double.objects.visible_to(cast.tom).exists()


def test_what_is_no_longer_found_is_no_longer_asked(cast: Cast) -> None:
    proposed(cast, person("Jane Okafer"))

    actions.propose([], at=NOW)

    assert not Double.objects.exists()


def test_of_whom_was_erased_no_proposal_is_left(cast: Cast) -> None:
    proposed(cast, person("Jane Okafer"))

    erase_party(cast.jane, by=cast.ruth, at=NOW)

    assert not Double.objects.exists()


def test_what_was_said_of_others_is_not_read_for_a_few(cast: Cast) -> None:
    ours, theirs = found(cast.jane, person("Jane Okafer")), found(person("Ann Mill"), person("Anne Mill"))
    actions.propose([ours, theirs], at=NOW)
    for double in Double.objects.all():
        actions.say_two(double, by=cast.tom, at=NOW)

    assert actions.answered([ours.pair], *Answer) == {ours.pair}
    assert actions.answered([], *Answer) == set()


def test_what_came_in_with_one_source_takes_no_other_proposal_back(cast: Cast) -> None:
    proposed(cast, person("Jane Okafer"))

    actions.propose([found(person("Ann Mill"), person("Anne Mill"))], at=NOW, is_all=False)

    assert Double.objects.count() == 2
