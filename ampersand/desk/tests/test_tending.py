"""Members tend a relationship: they take it up, lay it down, hand it to a colleague. Nobody owns it."""

from __future__ import annotations

from uuid import uuid4

import pytest

from ampersand.core.history import past_of
from ampersand.desk.party_edit import write_down
from ampersand.members.models import Member
from ampersand.notebook import actions as notebook
from ampersand.notebook.models import Note
from ampersand.parties.models import Party, Relationship, Tending
from tests.cast import NOW, Cast
from tests.laws.looking import client_of

pytestmark = pytest.mark.django_db


def test_one_says_on_its_page_that_one_tends_it_and_stops_there(cast: Cast) -> None:
    url = f"/relationships/{cast.with_jane.pk}/"
    client = client_of(cast.tom)
    before = client.get(url).content.decode()

    client.post(f"{url}tend/")
    during = client.get(url).content.decode()
    client.post(f"{url}stop-tending/")

    assert ("I tend it<" in before, "I tend it no longer" in before) == (True, False)
    assert ("I tend it<" in during, "I tend it no longer" in during) == (False, True)
    assert "Maya Lindqvist and Tom Akerman tend it." in during
    assert tending(cast.with_jane) == {cast.maya}


def test_who_hands_it_over_tends_it_no_longer_and_others_go_on(cast: Cast) -> None:
    url = f"/relationships/{cast.with_jane.pk}/"
    client_of(cast.ruth).post(f"{url}tend/")
    client = client_of(cast.maya)

    client.post(f"{url}hand-over/", {"to": cast.tom.pk})

    page = client.get(f"{url}who-sees/").content.decode()
    assert tending(cast.with_jane) == {cast.tom, cast.ruth}
    assert "Tom Akerman" in page
    assert "I tend it<" in page
    assert "Hand it over" not in page


def test_what_is_closed_is_handed_to_nobody_who_does_not_see_it(cast: Cast) -> None:
    client = client_of(cast.maya)

    refused = client.post(f"/relationships/{cast.with_leona.pk}/hand-over/", {"to": cast.tom.pk})

    assert refused.status_code == 422
    assert "Tom Akerman does not see it." in refused.content.decode()
    assert tending(cast.with_leona) == {cast.maya}
    assert cast.with_leona not in Relationship.objects.visible_to(cast.tom)


def test_who_writes_somebody_new_in_a_note_tends_them_and_may_close_it(cast: Cast) -> None:
    written("Met Ole Berg. He promised the volumes by Friday.", by=cast.tom)
    ole = Party.objects.get(name="Ole Berg")

    closed = client_of(cast.tom).post(f"/relationships/{ole.relationship.pk}/who-sees/")

    assert tending(ole.relationship) == {cast.tom}
    assert closed.status_code == 302
    assert Relationship.objects.get(pk=ole.relationship.pk).closed_at is not None


def test_a_note_about_somebody_known_leaves_tending_as_it_was(cast: Cast) -> None:
    written("Called Jane Okafor. I promised her the new list.", by=cast.tom)

    assert tending(cast.with_jane) == {cast.maya}


def test_undoing_the_note_takes_the_tending_with_it(cast: Cast) -> None:
    note = written("Met Ole Berg.", by=cast.tom)

    undone = notebook.undo(note, by=cast.tom, at=NOW)

    assert undone.stays == []
    assert not Party.objects.filter(name="Ole Berg").exists()
    assert not Tending.objects.filter(member=cast.tom).exists()
    assert not past_of(Tending)._default_manager.filter(member=cast.tom).exists()


def test_a_colleague_who_took_it_up_since_keeps_it_when_the_note_is_undone(cast: Cast) -> None:
    note = written("Met Ole Berg.", by=cast.tom)
    ole = Party.objects.get(name="Ole Berg")
    client_of(cast.maya).post(f"/relationships/{ole.relationship.pk}/tend/")

    undone = notebook.undo(note, by=cast.tom, at=NOW)

    assert undone.stays == ["Ole Berg"]


def test_who_adds_somebody_by_the_form_tends_them_and_where_they_work(cast: Cast) -> None:
    told = {"name": "Ida Quist", "sort_name": "", "kind": "person", "at": "Tideway Inns", "email": "", "phone": ""}

    ida = write_down(told, by=cast.tom, at=NOW)

    assert tending(ida.relationship) == tending(Party.objects.get(name="Tideway Inns").relationship) == {cast.tom}


def written(words: str, *, by: Member) -> Note:
    return notebook.keep(words, member=by, device_id=uuid4(), written_at=NOW, zone="Europe/London", at=NOW)


def tending(relationship: Relationship) -> set[Member]:
    return {one.member for one in Tending.objects.filter(relationship=relationship, until_on=None)}
