"""Telling by hand who stands around a party, and how."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ampersand.members.models import Member
from ampersand.parties.models import Party, PartyKind, Tie
from tests.cast import Cast, organisation, person

pytestmark = pytest.mark.django_db


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    return client


def tell(client: Client, about: Party, **told: str) -> Any:
    return client.post(reverse("desk:tell_tie", args=[about.pk]), told)


def told_of(party: Party) -> list[tuple[str, str, str, str, str]]:
    ties = Tie.objects.standing().filter(from_party=party) | Tie.objects.standing().filter(to_party=party)
    return [
        (tie.from_party.name, tie.kind, tie.to_party.name, tie.says, tie.says_back) for tie in ties.order_by("told_at")
    ]


def test_somebody_known_is_put_beside_by_a_name_and_a_way(cast: Cast) -> None:
    sami = person("Sami Haddad")
    maya = signed_in(cast.maya)

    answer = tell(maya, cast.jane, whom="sami  HADDAD", how="reports_to:back", role="head chef", since="2024-03-01")

    assert answer.status_code == 302
    tie = Tie.objects.get(from_party=sami)
    assert (tie.kind, tie.to_party, tie.role, tie.from_on) == ("reports_to", cast.jane, "head chef", date(2024, 3, 1))
    assert "reports to them, head chef" in maya.get(reverse("desk:party", args=[cast.jane.pk])).content.decode()
    assert "whom they report to" in maya.get(reverse("desk:party", args=[sami.pk])).content.decode()


def test_a_name_nobody_has_is_asked_about_before_it_is_written_down(cast: Cast) -> None:
    person("Sami Haddad")
    maya = signed_in(cast.maya)

    asked = tell(maya, cast.jane, whom="Sami", how="advises:back")

    assert asked.status_code == 422
    assert "Sami Haddad" in asked.content.decode()
    assert "Somebody new: write Sami down" in asked.content.decode()
    assert not Party.objects.filter(name="Sami").exists()

    assert tell(maya, cast.jane, whom="Sami", which="new", how="advises:back").status_code == 302
    new = Party.objects.get(name="Sami")
    assert (new.kind, new.relationship.because) == (PartyKind.PERSON, "typed")
    assert ("Sami", "advises", "Jane Okafor", "", "") in told_of(new)


def test_of_two_called_alike_the_one_that_is_chosen_is_meant(cast: Cast) -> None:
    one, other = person("Sami Haddad"), person("Sami Haddad")
    maya = signed_in(cast.maya)

    assert "Choose whom you mean" in tell(maya, cast.jane, whom="Sami Haddad", how="advises:out").content.decode()
    assert Tie.objects.filter(kind="advises").count() == 0
    tell(maya, cast.jane, whom="Sami Haddad", which=f"party:{other.pk}", how="advises:out")

    assert told_of(other) == [("Jane Okafor", "advises", "Sami Haddad", "", "")]
    assert told_of(one) == []


@pytest.mark.parametrize(
    ("how", "kind"),
    [
        ("works_at:out", PartyKind.ORGANISATION),
        ("reports_to:out", PartyKind.PERSON),
        ("supplies:back", PartyKind.PERSON),
    ],
)
def test_somebody_new_is_what_the_way_says_they_are(cast: Cast, how: str, kind: str) -> None:
    tell(signed_in(cast.maya), cast.jane, whom="Blue Door", which="new", how=how)
    assert Party.objects.get(name="Blue Door").kind == kind


def test_who_supplies_an_organisation_is_one_too(cast: Cast) -> None:
    tell(signed_in(cast.maya), cast.alder, whom="Meridian", which="new", how="supplies:back")
    assert Party.objects.get(name="Meridian").kind == PartyKind.ORGANISATION


def test_the_house_has_words_of_its_own_which_are_offered_again_from_both_ends(cast: Cast) -> None:
    auditor = organisation("Severn Auditors")
    maya = signed_in(cast.maya)
    assert (
        "Write what they are to each other"
        in tell(maya, cast.alder, whom="Severn Auditors", how="own").content.decode()
    )

    tell(maya, cast.alder, whom="Severn Auditors", how="own", says="audits them", says_back="is audited by them")

    assert told_of(auditor) == [("Severn Auditors", "own", "Alder Hotels", "audits them", "is audited by them")]
    assert "audits them" in maya.get(reverse("desk:party", args=[cast.alder.pk])).content.decode()
    assert "is audited by them" in maya.get(reverse("desk:party", args=[auditor.pk])).content.decode()
    form = maya.get(reverse("desk:tell_tie", args=[cast.jane.pk])).content.decode()
    assert '<option value="own:0">audits them</option>' in form
    assert '<option value="own:1">is audited by them</option>' in form

    tell(maya, cast.jane, whom="Severn Auditors", how="own:1")
    assert ("Severn Auditors", "own", "Jane Okafor", "is audited by them", "audits them") in told_of(cast.jane)


def test_words_of_the_house_between_those_who_are_closed_are_offered_to_nobody_else(cast: Cast) -> None:
    """Canary: Leona and Severn are closed to Tom."""
    tell(signed_in(cast.maya), cast.leona, whom="Severn Vale Hospitals", how="own", says="quietly runs it")

    assert (
        "quietly runs it" in signed_in(cast.maya).get(reverse("desk:tell_tie", args=[cast.leona.pk])).content.decode()
    )
    assert (
        "quietly runs it" not in signed_in(cast.tom).get(reverse("desk:tell_tie", args=[cast.jane.pk])).content.decode()
    )


def test_who_is_closed_to_one_is_found_by_no_name(cast: Cast) -> None:
    tom = signed_in(cast.tom)
    asked = tell(tom, cast.jane, whom="Leona Marsh", how="advises:back")
    assert asked.status_code == 422
    assert asked.content.decode().count("Leona Marsh") == 2  # what was typed, and the offer to write somebody new down
    assert (
        tell(tom, cast.jane, whom="Leona Marsh", which=f"party:{cast.leona.pk}", how="advises:back").status_code == 422
    )
    assert not Tie.objects.filter(kind="advises").exists()
    assert tom.get(reverse("desk:tell_tie", args=[cast.leona.pk])).status_code == 404


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"whom": "  ", "how": "advises:back"}, "Write a name."),
        ({"whom": "Sami", "which": "party:nobody", "how": "advises:back"}, "party:nobody"),
        ({"whom": "Alder Hotels", "how": "conquers:back"}, "conquers"),
        ({"whom": "Alder Hotels", "how": "works_at:back"}, "works_at:back"),
        ({"whom": "Alder Hotels"}, "Choose how they stand to each other."),
        ({"whom": "Alder Hotels", "how": "advises:back", "since": "yesterday"}, "Choose a day"),
        ({"whom": "Alder Hotels", "how": "advises:back", "since": "0201-01-01"}, "nearer to now"),
        ({"whom": "A" * 301, "how": "advises:back"}, "300"),
    ],
)
def test_what_cannot_be_told_is_said_beside_the_field_and_kept(cast: Cast, told: dict[str, str], says: str) -> None:
    before = Tie.objects.count()
    answer = tell(signed_in(cast.maya), cast.jane, **told)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert Tie.objects.count() == before


def test_nobody_stands_around_themselves(cast: Cast) -> None:
    maya = signed_in(cast.maya)
    asked = tell(maya, cast.jane, whom="Jane Okafor", how="advises:back")
    assert asked.status_code == 422
    assert f"party:{cast.jane.pk}" not in asked.content.decode()


def test_only_ways_that_fit_a_person_or_an_organisation_are_offered(cast: Cast) -> None:
    maya = signed_in(cast.maya)
    of_jane = maya.get(reverse("desk:tell_tie", args=[cast.jane.pk])).content.decode()
    of_alder = maya.get(reverse("desk:tell_tie", args=[cast.alder.pk])).content.decode()
    assert ("works_at:out" in of_jane, "works_at:back" in of_jane, "family_of:back" in of_jane) == (True, False, True)
    assert ("works_at:out" in of_alder, "works_at:back" in of_alder, "family_of:back" in of_alder) == (
        False,
        True,
        False,
    )


def test_told_twice_it_is_one_tie(cast: Cast) -> None:
    maya = signed_in(cast.maya)
    for _ in range(2):
        tell(maya, cast.jane, whom="Alder Hotels", how="own", says="sits on its board")
    tell(maya, cast.jane, whom="Alder Hotels", how="own", says="owns a part of it")
    assert [row[3] for row in told_of(cast.jane) if row[1] == "own"] == ["sits on its board", "owns a part of it"]


def test_what_is_so_no_longer_is_ended_today_and_stays_to_be_read(cast: Cast) -> None:
    maya = signed_in(cast.maya)
    tell(maya, cast.jane, whom="Meridian", which="new", how="advises:out", since="2024-03-01")
    tie = Tie.objects.get(kind="advises")
    page = maya.get(reverse("desk:party", args=[cast.jane.pk])).content.decode()
    assert reverse("desk:end_tie", args=[tie.pk]) in page

    maya.post(reverse("desk:end_tie", args=[tie.pk]))
    maya.post(reverse("desk:end_tie", args=[tie.pk]))

    tie.refresh_from_db()
    assert tie.until_on is not None
    assert tie.withdrawn_at is None
    page = maya.get(reverse("desk:party", args=[cast.jane.pk])).content.decode()
    assert "until" in page
    assert reverse("desk:end_tie", args=[tie.pk]) not in page
