"""Whose a mail is where its address is told of several."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ampersand.channels.mail.tests.boxes_made import box, letter
from ampersand.channels.tests import bringing
from ampersand.members.models import Member
from ampersand.parties import actions as parties
from ampersand.parties import merging
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party, PartyKind
from ampersand.timeline.models import Participant, ParticipantRole
from tests.cast import NOW, Cast, person

pytestmark = pytest.mark.django_db

FAMILY = "family@berg.example"


def told_of(*holders: Party, address: str = FAMILY) -> None:
    for place, party in enumerate(holders):
        parties.tell_identifier(party, kind="email", value=address, teller=Teller(at=NOW + timedelta(seconds=place)))


def writer(folder: Path, by: Member, sender: str) -> str:
    """Who wrote the mail that this sender sent us, as the book has it."""
    brought = box(folder / "in.mbox", letter(1, From=sender, To="Maya <maya@harbourfinch.example>"))
    bringing.bring_in(brought, by=by)
    return str(Participant.objects.get(role=ParticipantRole.FROM).party.name)


def test_who_signs_with_their_name_is_the_one_of_several_who_is_called_so(cast: Cast, tmp_path: Path) -> None:
    told_of(person("Anna Berg"), person("Ole Lindholm"))

    assert writer(tmp_path, cast.maya, f"Ole Lindholm <{FAMILY}>") == "Ole Lindholm"


@pytest.mark.parametrize("sender", [FAMILY, f"The two of us <{FAMILY}>"])
def test_nobody_of_several_is_credited_by_chance(cast: Cast, tmp_path: Path, sender: str) -> None:
    told_of(person("Anna Berg"), person("Ole Lindholm"))

    assert writer(tmp_path, cast.maya, sender) == FAMILY


def test_what_comes_from_an_address_of_a_house_and_its_people_comes_from_the_house(cast: Cast, tmp_path: Path) -> None:
    told_of(cast.jane, cast.alder, address="info@alder.example")

    assert writer(tmp_path, cast.maya, "Reception <info@alder.example>") == "Alder Hotels"


def test_a_mailbox_of_man_and_wife_is_whose_name_stands_beside_it(cast: Cast, tmp_path: Path) -> None:
    told_of(person("Agnes Whitcombe"), person("Arthur Whitcombe"))

    assert writer(tmp_path, cast.maya, f"Arthur Whitcombe <{FAMILY}>") == "Arthur Whitcombe"


def test_two_whose_names_agree_are_rather_one_told_twice(cast: Cast, tmp_path: Path) -> None:
    told_of(cast.jane, person("J. Okafor"), address="jane@alder.example")

    assert writer(tmp_path, cast.maya, "jane@alder.example") == "Jane Okafor"


def test_the_address_of_two_who_are_one_is_shared_no_more(cast: Cast, tmp_path: Path) -> None:
    maiden, married = person("Anna Berg"), person("Ole Lindholm")
    told_of(maiden, married)
    merging.merge(maiden, married, reason="", by=cast.maya, at=NOW)

    assert writer(tmp_path, cast.maya, FAMILY) == "Anna Berg"


def test_a_shared_address_is_one_of_its_own_the_second_time_too(cast: Cast, tmp_path: Path) -> None:
    told_of(person("Anna Berg"), person("Ole Lindholm"))
    for number, name in enumerate(["Nobody", "Somebody"], start=1):
        brought = box(
            tmp_path / f"{number}.mbox",
            letter(number, From=f"{name} Else <{FAMILY}>", To="Maya <maya@harbourfinch.example>"),
        )
        bringing.bring_in(brought, by=cast.maya)

    assert Party.objects.filter(name=FAMILY, kind=PartyKind.PERSON).count() == 1
    assert set(Participant.objects.filter(role=ParticipantRole.FROM).values_list("party__name", flat=True)) == {FAMILY}
