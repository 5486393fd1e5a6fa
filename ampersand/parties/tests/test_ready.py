"""Queries made ready give what the querysets they were made of give, whoever asks and whatever was asked before."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date, timedelta
from typing import Any, get_type_hints
from uuid import UUID

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from ampersand.core import ready
from ampersand.core.among import among
from ampersand.core.events import record
from ampersand.core.models import Event
from ampersand.core.whole import whole
from ampersand.members.models import Member
from ampersand.parties import actions
from ampersand.parties.closed import Ready, hidden_parties_remembered, hidden_party_ids
from ampersand.parties.models import Party, Tie
from tests.cast import NOW, TODAY, Cast, person

pytestmark = pytest.mark.django_db

REMEMBERED: list[Callable[[], AbstractContextManager[None]]] = [nullcontext, hidden_parties_remembered]


@Ready[Tie]
def _ties(parties: Sequence[UUID], on: date, member: Member) -> models.QuerySet[Tie]:
    seen = Tie.objects.visible_to(member).standing().current(on).filter(among("from_party_id", parties))
    return seen.select_related("to_party__relationship").order_by("id")


@ready.Ready[str]
def _names(parties: Sequence[UUID], is_backwards: bool) -> models.QuerySet[Any]:
    return (
        Party.objects.filter(among("pk", parties))
        .order_by("-name" if is_backwards else "name")
        .values_list("name", flat=True)
    )


@pytest.mark.parametrize("remembered", REMEMBERED)
def test_each_member_gets_what_they_may_see_in_whichever_order_they_ask(
    cast: Cast, remembered: Callable[[], AbstractContextManager[None]]
) -> None:
    people = [cast.jane.pk, cast.leona.pk]

    def seen_by(member: Member) -> set[UUID]:
        with remembered():
            return {tie.from_party_id for tie in _ties(parties=people, on=TODAY, member=member)}

    assert [seen_by(member) for member in (cast.maya, cast.tom, cast.maya, cast.ruth, cast.tom)] == [
        {cast.jane.pk, cast.leona.pk},
        {cast.jane.pk},
        {cast.jane.pk, cast.leona.pk},
        {cast.jane.pk},
        {cast.jane.pk},
    ]


@pytest.mark.parametrize("remembered", REMEMBERED)
def test_what_is_closed_between_two_askings_is_hidden_from_the_second(
    cast: Cast, remembered: Callable[[], AbstractContextManager[None]]
) -> None:
    with remembered():
        before = _ties(parties=[cast.jane.pk], on=TODAY, member=cast.tom)
    actions.close(cast.with_jane, by=cast.maya, at=NOW)
    with remembered():
        after = _ties(parties=[cast.jane.pk], on=TODAY, member=cast.tom)

    assert ([tie.from_party for tie in before], after) == ([cast.jane], [])


def test_with_more_hidden_than_is_remembered_it_is_the_same(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ampersand.parties.closed.MOST_REMEMBERED", 1)

    with hidden_parties_remembered():
        ties = _ties(parties=[cast.jane.pk, cast.leona.pk], on=TODAY, member=cast.tom)

    assert [tie.from_party for tie in ties] == [cast.jane]


def test_a_value_goes_in_anew_each_time_and_what_is_related_comes_with_it(cast: Cast) -> None:
    _ties(parties=[cast.jane.pk], on=TODAY, member=cast.maya)
    Tie.objects.update(until_on=TODAY)

    with CaptureQueriesContext(connection) as asked:
        yesterday = _ties(parties=[cast.jane.pk], on=TODAY - timedelta(days=1), member=cast.maya)
        houses = [tie.to_party.relationship.party_id for tie in yesterday]

    assert _ties(parties=[cast.jane.pk], on=TODAY, member=cast.maya) == []
    assert houses == [cast.alder.pk]
    assert len(asked) == 1


def test_a_flag_gives_another_shape_and_a_list_of_any_length_the_same(cast: Cast) -> None:
    parties = [cast.alder.pk, cast.jane.pk, cast.severn.pk]

    assert _names(parties=parties, is_backwards=False) == ["Alder Hotels", "Jane Okafor", "Severn Vale Hospitals"]
    assert _names(parties=parties[:2], is_backwards=True) == ["Jane Okafor", "Alder Hotels"]
    assert _names(parties=(cast.jane.pk,), is_backwards=True) == ["Jane Okafor"]
    assert _names(parties=[], is_backwards=True) == []


def test_whatever_is_asked_by_it_a_word_is_a_value_and_compiled_once(cast: Cast) -> None:
    called = ready.Ready[Party](_called)

    found = [party for name in ("Jane Okafor", "Leona Marsh", "Nobody") for party in called(name=name)]

    assert found == [cast.jane, cast.leona]
    assert len(called._compiled) == 1


def _called(name: str) -> models.QuerySet[Party]:
    return Party.objects.filter(name=name)


def test_a_query_that_can_have_no_rows_has_none(cast: Cast) -> None:
    nobody = ready.Ready[Party](lambda: Party.objects.filter(pk__in=[]))

    assert nobody() == []


def test_a_value_worked_out_within_is_refused(cast: Cast) -> None:
    def since(on: date) -> models.QuerySet[Tie]:
        return Tie.objects.filter(from_on__gt=on - timedelta(days=7))

    with pytest.raises(TypeError, match="work out every value"):
        ready.Ready[Tie](since)(on=TODAY)


@pytest.mark.parametrize("remembered", REMEMBERED)
@pytest.mark.parametrize("most", [0, 500])
def test_what_is_hidden_now_does_not_stay_in_the_words_of_a_query(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, remembered: Callable[[], AbstractContextManager[None]], most: int
) -> None:
    def besides(member: Member) -> models.QuerySet[Party]:
        return Party.objects.exclude(pk__in=hidden_party_ids(member))

    monkeypatch.setattr("ampersand.parties.closed.MOST_REMEMBERED", most)
    actions.close(cast.with_jane, by=cast.maya, at=NOW)

    with remembered(), pytest.raises(TypeError):
        [Ready[Party](besides)(member=cast.tom) for _ in range(2)]


def test_what_is_asked_for_nothing_is_refused_and_not_answered_by_none(cast: Cast) -> None:
    with pytest.raises(TypeError, match="None"):
        _ties(parties=[cast.jane.pk], on=None, member=cast.maya)


def test_whoever_asks_for_a_member_has_their_rights_put_in_anew() -> None:
    get_resolver().url_patterns  # noqa: B018  brings in every page
    made = [one for one in gc.get_objects() if issubclass(type(one), ready.Ready) and "/tests/" not in _file(one)]
    hints = [(one, get_type_hints(one.ask)) for one in made]

    assert len(made) > 40
    assert [_file(one) for one, hint in hints if (Member in hint.values()) != isinstance(one, Ready)] == []


def _file(made: ready.Ready[Any]) -> str:
    return made.ask.__code__.co_filename


def test_no_more_of_a_member_is_used_than_who_they_are(cast: Cast) -> None:
    def of_role(member: Member) -> models.QuerySet[Party]:
        return Party.objects.filter(member__role=member.role)

    with pytest.raises(Member.DoesNotExist):
        Ready[Party](of_role)(member=cast.tom)


def test_what_is_attached_is_what_would_have_been_fetched_before(cast: Cast) -> None:
    people = [cast.jane, cast.alder]
    ready.attach(people, "ties_out", Tie.objects.all(), by="from_party_id")

    with CaptureQueriesContext(connection) as asked:
        told = [[tie.to_party_id for tie in party.ties_out.all()] for party in people]

    assert told == [[cast.alder.pk], []]
    assert len(asked) == 0


def test_an_action_is_whole_with_those_it_calls_and_has_one_savepoint(cast: Cast) -> None:
    @whole
    def part() -> None:
        record("party.told", at=NOW, by_id=None, subject_id=cast.jane.pk)

    @whole
    def all_of_it() -> None:
        part()
        part()
        raise KeyError

    before = Event.objects.count()
    with CaptureQueriesContext(connection) as asked, pytest.raises(KeyError):
        all_of_it()

    assert Event.objects.count() == before
    assert sum(query["sql"].startswith("SAVEPOINT") for query in asked) == 1


def test_after_one_that_raised_the_next_action_stands_on_its_own(cast: Cast) -> None:
    @whole
    def refused() -> None:
        raise KeyError

    with pytest.raises(KeyError):
        refused()

    assert person("Nora Vance").relationship is not None
