"""Who is ours: founding, joining, leaving, and what a domain of the house says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ampersand.desk import ours, standing
from ampersand.desk.today import today_page
from ampersand.members import actions, queries
from ampersand.members.models import House, Member, Team
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.models import Because, ClosedTo, Identifier, Party, Relationship, Tending
from tests import cast as people
from tests.cast import NOW, Cast
from tests.laws.looking import client_of

pytestmark = pytest.mark.django_db


def test_a_house_is_founded_by_a_name_alone() -> None:
    steward = ours.found_house(member_name="Ana", at=NOW)

    assert steward.is_steward
    assert not steward.has_address
    assert steward.party.name == "Ana"
    assert Party.objects.get(is_house=True).name == ""


def test_a_house_is_founded_once(cast: Cast) -> None:
    with pytest.raises(actions.FoundedAlready):
        ours.found_house(member_name="Ana", at=NOW)


def test_the_house_and_its_members_are_ours_and_on_no_other_side(cast: Cast) -> None:
    house = Party.objects.get(is_house=True)

    for party in (house, cast.maya.party):
        with pytest.raises(parties.OursAlready):
            parties.become_known(party, because=Because.TYPED, known_at=NOW, teller=Teller(at=NOW))


def test_a_member_joins_as_the_party_they_were_already_known_as(cast: Cast) -> None:
    known = people.person("pavel@freelance.example", email="pavel@freelance.example")
    moment = people.moment(known, by=cast.maya)

    pavel = ours.join_house(name="Pavel Novak", email="Pavel@Freelance.example", at=NOW)

    assert pavel.party.pk == known.pk
    assert pavel.party.name == "Pavel Novak"
    assert not Relationship.objects.filter(party=known).exists()
    assert moment.participants.get(party=known).is_ours


def test_one_of_whom_something_was_written_stays_and_only_the_address_leaves_them(cast: Cast) -> None:
    customer = people.person("Pavel Novak", email="pavel@freelance.example")
    people.promise(cast.maya.party, customer, told_by=cast.maya)

    pavel = ours.join_house(name="Pavel Novak", email="pavel@freelance.example", at=NOW)

    standing = Identifier.objects.get(value="pavel@freelance.example", withdrawn_at=None)
    assert standing.party_id == pavel.party.pk != customer.pk
    assert Relationship.objects.filter(party=customer).exists()


def test_whoever_left_and_comes_back_is_the_same_member(cast: Cast) -> None:
    ours.leave(cast.tom, by=cast.tom, at=NOW)

    back = ours.join_house(name="Tom Akerman", email=cast.tom.email, at=NOW)

    assert (back.pk, back.left_at) == (cast.tom.pk, None)


def test_the_last_steward_cannot_leave_nor_step_down(cast: Cast) -> None:
    with pytest.raises(actions.LastSteward):
        ours.leave(cast.ruth, by=cast.ruth, at=NOW)
    with pytest.raises(actions.LastSteward):
        actions.change_role(cast.ruth, "member", by=cast.ruth, at=NOW)

    assert Member.objects.get(pk=cast.ruth.pk).is_steward


def test_leaving_ends_tending(cast: Cast) -> None:
    ours.leave(cast.maya, by=cast.ruth, at=NOW, hand_to=cast.tom)

    assert not Tending.objects.filter(member=cast.maya, until_on=None).exists()


def test_whoever_leaves_cannot_take_what_is_closed_out_of_everybodys_sight(cast: Cast) -> None:
    with pytest.raises(ours.WouldBeLost) as lost:
        ours.leave(cast.maya, by=cast.ruth, at=NOW)
    assert lost.value.count == 2
    assert Member.objects.get(pk=cast.maya.pk).left_at is None

    ours.leave(cast.maya, by=cast.ruth, at=NOW, hand_to=cast.tom)

    assert cast.with_leona in Relationship.objects.visible_to(cast.tom)
    assert "relationship.handed_on" in [act.name for act in queries.house_acts()]


def test_a_team_something_is_closed_to_alone_keeps_somebody_in_it(cast: Cast) -> None:
    hotels = actions.name_team("Hotels", by=cast.ruth, at=NOW)
    ours.change_team(hotels.pk, [cast.maya.pk, cast.tom.pk], by=cast.ruth, at=NOW)
    parties.close(cast.with_jane, teams=[hotels], by=cast.maya, at=NOW)
    ClosedTo.objects.filter(relationship=cast.with_jane).exclude(member=None).update(until=NOW)

    with pytest.raises(ours.WouldBeLost):
        ours.change_team(hotels.pk, [], by=cast.ruth, at=NOW)

    assert Team.objects.get().members.count() == 2


def test_a_new_domain_makes_colleagues_of_those_who_write_from_it(cast: Cast) -> None:
    writer = people.person("Ida", email="ida@mail.hf-coffee.example")
    stranger = people.person("Ole", email="ole@nothf-coffee.example")
    moment = people.moment(writer, by=cast.maya)

    told = ours.change_domains(["harbourfinch.example", "HF-coffee.example"], by=cast.ruth, at=NOW)

    assert (told.ours, told.stays) == (1, ())
    assert Party.objects.get(pk=writer.pk).is_ours
    assert moment.participants.get(party=writer).is_ours
    assert not Relationship.objects.filter(party=writer).exists()
    assert Relationship.objects.filter(party=stranger).exists()


def test_what_was_written_about_a_new_colleague_stays_and_is_named(cast: Cast) -> None:
    writer = people.person("Ida", email="ida@hf-coffee.example")
    people.line(writer, told_by=cast.maya)

    told = ours.change_domains(["hf-coffee.example"], by=cast.ruth, at=NOW)

    assert told.stays == ("Ida",)
    assert Relationship.objects.filter(party=writer).exists()


def test_a_new_colleague_of_whom_something_was_written_stands_among_no_relationships_any_more(cast: Cast) -> None:
    ida = people.person("Ida Quist", email="ida@tideway.example", tended_by=cast.maya)
    people.promise(cast.maya.party, ida, words="send the volumes", told_by=cast.maya, due_on=people.TODAY)
    standing.gather(at=NOW)
    before = pages_naming("Ida Quist", cast.maya)

    ours.change_domains(["harbourfinch.example", "tideway.example"], by=cast.ruth, at=NOW)
    standing.gather([ida.relationship.pk], at=NOW)

    assert before == ["/relationships/", "today"]
    assert pages_naming("Ida Quist", cast.maya) == []
    page = client_of(cast.maya).get(f"/relationships/{ida.relationship.pk}/").content.decode()
    assert "Ida Quist is one of us now" in page
    assert "end the volumes" in page


def pages_naming(name: str, member: Member) -> list[str]:
    """Where somebody stands as one of the relationships: in the list, or among those that ask for attention."""
    listed = client_of(member).get("/relationships/").content.decode()
    asking = today_page(member, at=NOW).tend
    return ["/relationships/"] * (name in listed) + ["today"] * (name in {row.name for row in asking})


def test_a_domain_given_up_makes_its_writers_traces_again(cast: Cast) -> None:
    ours.change_domains(["hf-coffee.example"], by=cast.ruth, at=NOW)
    colleague = parties.name_party("Ida", teller=Teller(at=NOW))
    parties.tell_identifier(colleague, kind="email", value="ida@hf-coffee.example", teller=Teller(at=NOW))
    ours.change_domains(["hf-coffee.example", "harbourfinch.example"], by=cast.ruth, at=NOW)
    assert Party.objects.get(pk=colleague.pk).is_ours

    told = ours.change_domains(["harbourfinch.example"], by=cast.ruth, at=NOW + timedelta(days=1))

    assert told.not_ours == 1
    assert colleague in Party.objects.traces()


@pytest.mark.parametrize(
    ("email", "is_own"),
    [
        ("Anybody@harbourfinch.example", True),
        ("a@post.harbourfinch.example", True),
        ("a@theharbourfinch.example", False),
        ("a@harbourfinch.example.evil.example", False),
        ("maya@harbourfinch.example", True),
        ("no address", False),
        ("", False),
    ],
)
def test_an_address_is_ours_by_its_domain_or_by_its_member(cast: Cast, email: str, *, is_own: bool) -> None:
    assert queries.is_own_address(email) is is_own


def test_a_members_private_address_is_ours_while_they_are_here(cast: Cast) -> None:
    people.member("Pavel", email="pavel@freelance.example")
    assert queries.is_own_address("pavel@freelance.example")

    ours.leave(Member.objects.get(email="pavel@freelance.example"), by=cast.ruth, at=NOW)

    assert not queries.is_own_address("pavel@freelance.example")


def test_the_house_as_a_party_is_called_as_the_house_calls_itself(cast: Cast) -> None:
    ours.rename_house(House.objects.get(), "Harbour, Finch & Wren")

    assert Party.objects.get(is_house=True).name == "Harbour, Finch & Wren"
