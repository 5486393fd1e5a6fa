"""Law 1. A relationship has no owner, stage, status or health. Members tend it, and tending gives no rights."""

from __future__ import annotations

import re

import pytest
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from ampersand.members import access
from ampersand.parties import actions as parties
from ampersand.parties.models import ClosedTo, Relationship, SideLine, Tending
from ampersand.portal.tests.test_mirror import Story, as_both_say_it, shared
from ampersand.portal.tests.visitors import visitor
from ampersand.promises.models import Promise
from tests.cast import NOW, TODAY, Cast, moment, page_of, promise
from tests.laws.looking import (
    acts_on,
    client_of,
    every_page,
    our_models,
    page_fields,
    post_acts,
    read,
    relationship_page,
    sentences,
    words_in,
)

pytestmark = pytest.mark.django_db

SET_BY_ONE_SIDE = {
    "owner", "owned", "owns", "assigned", "assignee", "status", "stage", "phase", "health", "healthy", "funnel",
    "pipeline", "lead", "prospect", "opportunity", "priority", "potential", "churn", "segment", "qualified", "deal",
    "responsible",
}  # fmt: skip
# The beginnings of such words in German.
GERMAN = re.compile(
    r"\b(besitz|eigent[uü]m|zuständig|verantwortlich|status|phase|gesundheit|trichter|priorit|potenzial|abwander|segment)",
    re.IGNORECASE,
)


def test_no_column_says_whose_a_relationship_is_or_how_far_it_is() -> None:
    columns = {f"{model.__name__}.{one.name}" for model in our_models() for one in model._meta.get_fields()}

    assert [column for column in columns if words_in(column) & SET_BY_ONE_SIDE] == []


def test_no_choice_of_a_column_does() -> None:
    told = {
        f"{model.__name__}.{one.name}: {value} {label}"
        for model in our_models()
        for one in model._meta.concrete_fields
        for value, label in getattr(one, "flatchoices", ())
    }

    assert [choice for choice in told if words_in(choice) & SET_BY_ONE_SIDE] == []


def test_a_relationship_holds_how_it_became_known_and_nothing_that_is_set_of_it() -> None:
    columns = {one.name for one in Relationship._meta.concrete_fields}

    assert columns == {"id", "party", "because", "known_at", "told_at", "source", "closed_at"}


def test_no_page_has_a_place_for_it() -> None:
    places = [f"{kind}.{name}" for kind, name, _type in page_fields()]

    assert [place for place in places if words_in(place) & SET_BY_ONE_SIDE] == []


def test_no_page_says_such_a_word(cast: Cast) -> None:
    moment(cast.jane, by=cast.maya, subject="Tasting at Wapping")
    promise(cast.maya.party, cast.jane, told_by=cast.maya)

    said = {address: words_in(read(markup)) & SET_BY_ONE_SIDE for address, markup in every_page(cast.maya)}

    assert {address: words for address, words in said.items() if words} == {}
    assert len(said) > 15


def test_no_sentence_of_the_product_does_in_any_language() -> None:
    said = [words for words in sentences() if words_in(words) & SET_BY_ONE_SIDE or GERMAN.search(words)]

    assert said == []
    assert len(sentences()) > 1_500


def test_what_a_side_says_is_marked_as_that_sides() -> None:
    for model in (SideLine, Promise):
        side = model._meta.get_field("is_ours")
        assert isinstance(side, models.BooleanField)
        assert not side.null
        assert not side.has_default()


def test_several_members_tend_one_relationship_and_each_is_named(cast: Cast) -> None:
    parties.tend(cast.with_jane, cast.tom, on=TODAY, by=cast.tom, at=NOW)

    text = read(relationship_page(cast.ruth, cast.with_jane))

    assert "Maya Lindqvist and Tom Akerman tend it." in text


def test_who_tends_finds_the_same_acts_as_who_does_not(cast: Cast) -> None:
    moment(cast.jane, by=cast.maya)
    promise(cast.maya.party, cast.jane, told_by=cast.maya)
    promise(cast.jane, cast.maya.party, told_by=cast.maya)

    of_maya = acts_on(relationship_page(cast.maya, cast.with_jane))
    of_tom = acts_on(relationship_page(cast.tom, cast.with_jane))

    assert {act.split("/")[-2] for act in of_maya ^ of_tom} == {"tend", "stop-tending"}
    assert len(of_maya) == len(of_tom)
    assert len(of_maya) > 8


def test_who_does_not_tend_may_do_what_they_find_there(cast: Cast) -> None:
    moment(cast.jane, by=cast.maya)
    promise(cast.maya.party, cast.jane, told_by=cast.maya)
    promise(cast.jane, cast.maya.party, told_by=cast.maya)
    asked = client_of(cast.tom)

    answers = {act: tried(asked, act) for act in post_acts(relationship_page(cast.maya, cast.with_jane))}

    assert {act: code for act, code in answers.items() if code in (403, 404, 405)} == {}
    assert len(answers) > 6


def tried(asked: Client, act: str) -> int:
    """What an act answers. It is taken back, so that the next one finds everything as it stood."""
    with transaction.atomic():
        code = asked.post(act).status_code
        transaction.set_rollback(True)
    return code


def test_anybody_may_take_up_tending_and_lay_it_down_again(cast: Cast) -> None:
    tending = parties.tend(cast.with_jane, cast.tom, on=TODAY, by=cast.tom, at=NOW)
    parties.stop_tending(tending, on=TODAY, by=cast.tom, at=NOW)

    tending_now = Tending.objects.current(TODAY).filter(relationship=cast.with_jane)

    assert [one.member for one in tending_now] == [cast.maya]


def test_tending_opens_no_closed_relationship(cast: Cast) -> None:
    parties.tend(cast.with_leona, cast.tom, on=TODAY, by=cast.maya, at=NOW)

    seen = access.visible(Relationship, user=cast.tom)

    assert cast.with_leona not in seen
    assert not ClosedTo.objects.filter(relationship=cast.with_leona, member=cast.tom).exists()


@pytest.mark.django_db(transaction=True, databases=["default", "outside"])
def test_what_is_shared_looks_the_same_from_both_ends(cast: Cast) -> None:
    """Both whole pages, the other side's through its own login: they differ in who is *you* and in what each keeps to itself."""
    Story(cast, 5).tell()
    jane = visitor(cast, cast.jane)

    ours = page_of(cast.maya, reverse("desk:between", args=[cast.with_jane.pk]))
    theirs = jane.client().get(reverse("portal:page")).content.decode()

    said = as_both_say_it(shared(ours), is_ours=True)
    assert sum(said.values()) > 40
    assert said == as_both_say_it(shared(theirs), is_ours=False)
