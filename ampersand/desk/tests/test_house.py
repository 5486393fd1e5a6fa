"""The House page: who is here, what stewards may do, and what nobody can learn of another member."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from ampersand.desk import erasing
from ampersand.members import actions
from ampersand.members.models import House, Invitation, Member
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.erasing import erase_party
from ampersand.parties.models import Party, Relationship, TieKind
from tests import cast as people
from tests.cast import NOW, Cast
from tests.proven import prove

pytestmark = pytest.mark.django_db

HOUSE = {
    "name": "Harbour & Finch",
    "domains": "harbourfinch.example",
    "currency": "gbp",
    "country": "gb",
    "time_zone": "Europe/London",
    "language": "en",
    "mail_bodies": "none",
}


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return prove(client, member)


def words_of(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def test_the_house_is_changed_by_its_steward(cast: Cast) -> None:
    client = signed_in(cast.ruth)

    client.post(reverse("desk:change_house"), {**HOUSE, "legal_names": "Harbour & Finch Ltd\nHarbour GmbH\n\n"})

    house = House.objects.get()
    assert (house.currency, house.country, house.mail_bodies) == ("GBP", "GB", "none")
    assert set(house.legal_names.values_list("name", flat=True)) == {"Harbour & Finch Ltd", "Harbour GmbH"}


@pytest.mark.parametrize(
    ("field", "told", "words"),
    [
        ("currency", "XYZ", "Write the three letters of a currency"),
        ("country", "QQ", "Write the two letters of a country"),
        ("domains", "http://mill", "Write a mail domain such as mill.example"),
        ("domains", "GMail.com", "Anybody may have an address at gmail.com."),
        ("time_zone", "Mars/Olympus", "Select a valid choice"),
    ],
)
def test_what_is_none_is_said_beside_its_field_and_kept(cast: Cast, field: str, told: str, words: str) -> None:
    response = signed_in(cast.ruth).post(reverse("desk:change_house"), {**HOUSE, field: told})

    assert response.status_code == 422
    assert words in response.content.decode()
    assert House.objects.get().mail_bodies != "none"


def test_a_changed_domain_says_who_became_a_colleague(cast: Cast) -> None:
    people.person("Ida", email="ida@hf-coffee.example")

    told = {**HOUSE, "domains": "harbourfinch.example\n@hf-coffee.example"}
    response = signed_in(cast.ruth).post(reverse("desk:change_house"), told, follow=True)

    assert "1 person is a colleague now." in response.content.decode()


def test_an_invitation_is_sent_and_its_link_shown_once(cast: Cast) -> None:
    client = signed_in(cast.ruth)

    response = client.post(reverse("desk:invite"), {"email": "ida@mill.example", "role": "member"})

    link = response.content.decode().split('id="link"')[1].split('value="')[1].split('"')[0]
    assert link in str(mail.outbox[0].body)
    assert link not in words_of(client, "desk:house")
    assert link not in words_of(client, "desk:invited", Invitation.objects.get().pk)


def test_an_address_that_tries_to_write_headers_is_none(cast: Cast) -> None:
    told = {"email": "ida@mill.example\nBcc: all@mill.example", "role": "member"}

    response = signed_in(cast.ruth).post(reverse("desk:invite"), told)

    assert response.status_code == 422
    assert mail.outbox == []


def test_a_name_of_the_house_with_a_new_line_writes_no_header(cast: Cast) -> None:
    House.objects.update(name="Harbour\nBcc: all@mill.example")

    signed_in(cast.ruth).post(reverse("desk:invite"), {"email": "ida@mill.example", "role": "member"})

    assert mail.outbox[0].recipients() == ["ida@mill.example"]


def test_the_history_says_who_ran_the_house_and_nothing_of_what_members_did(cast: Cast) -> None:
    actions.invite("ida@mill.example", by=cast.ruth, at=NOW)
    people.promise(cast.maya.party, cast.jane, told_by=cast.maya)
    people.moment(cast.jane, by=cast.maya)

    words = words_of(signed_in(cast.tom), "desk:house_history")

    assert "Ruth Feld invited somebody." in words
    assert "ida@mill.example" not in words
    assert "Maya Lindqvist joined." in words
    assert words.count("Maya Lindqvist") == 1


def test_no_page_of_a_colleague_counts_what_they_do(cast: Cast) -> None:
    before = words_of(signed_in(cast.ruth), "desk:member", cast.maya.pk)
    people.promise(cast.maya.party, cast.jane, told_by=cast.maya)
    people.moment(cast.jane, by=cast.maya)
    people.note(cast.maya, "She hums.", about=cast.with_jane, shared_at=NOW)

    after = words_of(signed_in(cast.ruth), "desk:member", cast.maya.pk)

    assert without_tokens(after) == without_tokens(before)


def without_tokens(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrf" not in line]


def test_a_member_leaves_by_two_presses(cast: Cast) -> None:
    client = signed_in(cast.tom)
    address = reverse("desk:member_leave", args=[cast.tom.pk])

    client.get(address)
    assert Member.objects.here().filter(pk=cast.tom.pk).exists()
    client.post(address)

    assert not Member.objects.here().filter(pk=cast.tom.pk).exists()


def test_leaving_says_what_nobody_could_see_any_more(cast: Cast) -> None:
    address = reverse("desk:member_leave", args=[cast.maya.pk])
    client = signed_in(cast.ruth)

    response = client.post(address)
    assert "2 closed relationships would be open to nobody." in response.content.decode()
    client.post(address, {"hand_to": str(cast.tom.pk)})

    assert cast.with_leona in Relationship.objects.visible_to(cast.tom)


def test_the_last_steward_hears_why_they_cannot_go(cast: Cast) -> None:
    response = signed_in(cast.ruth).post(reverse("desk:member_leave", args=[cast.ruth.pk]))

    assert response.status_code == 422
    assert "Somebody must run the house." in response.content.decode()


def test_own_settings_hold_on_every_page(cast: Cast) -> None:
    client = signed_in(cast.tom)

    client.post(
        reverse("desk:own"),
        {"name": "Tom A.", "time_zone": "Asia/Tokyo", "language": "de", "theme": "dark", "has_single_keys": ""},
    )

    page = words_of(client, "desk:own")
    assert 'lang="de"' in page
    assert 'data-theme="dark"' in page
    assert 'data-keys="off"' in page
    assert Party.objects.get(member=cast.tom).name == "Tom A."


def test_a_zone_and_a_language_of_ones_own_end_with_the_answer(cast: Cast) -> None:
    Member.objects.filter(pk=cast.tom.pk).update(time_zone="Asia/Tokyo", language="de")
    zone = timezone.get_current_timezone_name()

    signed_in(cast.tom).get(reverse("desk:own"))

    assert timezone.get_current_timezone_name() == zone


def test_closing_leaves_inside_those_who_are_named_and_who_closed_it(cast: Cast) -> None:
    pavel = people.member("Pavel Novak")

    signed_in(cast.maya).post(reverse("desk:who_sees", args=[cast.with_jane.pk]), {"members": [str(pavel.pk)]})

    assert cast.with_jane in Relationship.objects.visible_to(cast.maya)
    assert cast.with_jane in Relationship.objects.visible_to(pavel)
    assert cast.with_jane not in Relationship.objects.visible_to(cast.tom)
    assert cast.with_jane not in Relationship.objects.visible_to(cast.ruth)


def test_a_team_is_inside_as_long_as_one_is_in_it(cast: Cast) -> None:
    hotels = actions.name_team("Hotels", by=cast.ruth, at=NOW)
    actions.set_team_members(hotels, [cast.tom], by=cast.ruth, at=NOW)
    parties.close(cast.with_jane, teams=[hotels], by=cast.maya, at=NOW)
    assert cast.with_jane in Relationship.objects.visible_to(cast.tom)

    actions.set_team_members(hotels, [], by=cast.ruth, at=NOW)

    assert cast.with_jane not in Relationship.objects.visible_to(cast.tom)


def test_closing_swaps_the_same_part_the_page_includes(cast: Cast) -> None:
    client = signed_in(cast.maya)
    address = reverse("desk:who_sees", args=[cast.with_jane.pk])

    part = client.post(address, headers={"HX-Request": "true"}).content.decode()
    page = client.get(address).content.decode()

    assert part.lstrip().startswith('<section class="stack stack--wide" id="who-sees">')
    assert 'id="who-sees"' in page
    assert "Closed. Only these see it" in part


def test_opening_again_shows_it_to_the_house(cast: Cast) -> None:
    signed_in(cast.maya).post(reverse("desk:reopen", args=[cast.with_leona.pk]))
    parties.reopen(cast.severn.relationship, by=cast.maya, at=NOW)

    assert cast.with_leona in Relationship.objects.visible_to(cast.tom)


def test_one_who_works_at_a_closed_place_is_closed_with_it(cast: Cast) -> None:
    ole = people.person("Ole Berg")
    assert Party.objects.visible_to(cast.tom).filter(pk=ole.pk).exists()

    parties.works_at(ole, cast.severn, teller=Teller(at=NOW, by=cast.maya))

    assert not Party.objects.visible_to(cast.tom).filter(pk=ole.pk).exists()


def test_in_a_large_book_the_worker_erases_and_the_page_says_that_it_is_under_way(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        erasing, "AT_ONCE_MOMENTS_MAX", -2
    )  # before it is first counted a table is said to have -1 rows
    client, address = signed_in(cast.ruth), reverse("desk:erase_party", args=[cast.jane.pk])

    asked = client.get(address).content.decode()
    for _press in range(2):
        answer = client.post(address, {"word": "erase"})

    assert "takes a while and goes on by itself" in asked
    assert answer.headers["Location"] == address
    assert "It is under way" in client.get(address).content.decode()
    assert Party.objects.get(pk=cast.jane.pk).name == "Jane Okafor"
    job = ProcrastinateJob.objects.get(task_name=erasing.ERASE)
    app.tasks[erasing.ERASE].func(**job.args)
    assert Party.objects.get(pk=cast.jane.pk).name == ""
    assert client.get(address).headers["Location"] == reverse("desk:party", args=[cast.jane.pk])


def test_a_small_book_is_erased_from_at_once(cast: Cast) -> None:
    assert not erasing.takes_long()


def test_erasing_takes_a_word_typed_on_a_page_that_says_what_goes(cast: Cast) -> None:
    client = signed_in(cast.ruth)
    address = reverse("desk:erase_party", args=[cast.jane.pk])

    page = client.get(address).content.decode()
    assert "It cannot be undone." in page
    assert "Open promises with them" in page
    assert "Ties: whom they work for" in page
    assert 'class="btn btn--danger"' in page
    assert client.post(address, {"word": "yes"}).status_code == 422
    assert Party.objects.get(pk=cast.jane.pk).name == "Jane Okafor"
    client.post(address, {"word": " Erase "})

    assert Party.objects.get(pk=cast.jane.pk).name == ""
    assert "erased what was kept about somebody." in words_of(client, "desk:house_history")


def test_once_erased_nobody_is_shown_tied_to_them_and_nothing_is_asked_for_them(cast: Cast) -> None:
    hassan = people.person("Hassan El-Amin")
    told = Teller(at=NOW, by=cast.maya)
    parties.tell_tie(kind=TieKind.REPORTS_TO, from_party=hassan, to_party=cast.jane, teller=told)
    people.promise(cast.maya.party, cast.jane, told_by=cast.maya)
    people.promise(cast.jane, cast.maya.party, told_by=cast.maya)
    people.concession(cast.maya.party, cast.jane, told_by=cast.maya)
    people.moment(cast.jane, hassan, by=cast.maya, at=timezone.now())
    between = reverse("desk:relationship", args=[cast.with_jane.pk])

    erase_party(cast.jane, by=cast.ruth, at=timezone.now())

    client = signed_in(cast.maya)
    place = client.get(between, follow=True)
    assert place.redirect_chain == [(reverse("desk:party", args=[cast.jane.pk]), 302)]
    assert "<h1>Somebody who was erased</h1>" in place.content.decode()
    assert "Hassan" not in place.content.decode()
    then = client.get(reverse("desk:party", args=[hassan.pk]), {"on": "2026-10-10"}).content.decode()
    assert "erased" not in then
    today = words_of(client, "desk:today")
    assert "<strong>somebody who was erased" in today or "Hassan El-Amin, somebody who was erased" in today
    assert "/done/" not in today
    assert "erased" not in words_of(client, "desk:promises")
