from __future__ import annotations

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from ampersand.parties import actions, merging
from ampersand.parties.closed import hidden_parties_remembered, hidden_party_ids
from ampersand.parties.middleware import remember_hidden_parties
from ampersand.parties.models import Party
from tests.cast import NOW, Cast, person

pytestmark = pytest.mark.django_db


def test_the_party_its_doubles_and_its_people_are_hidden_from_those_outside(cast: Cast) -> None:
    double = person("L. Marsh")
    merging.merge(double, cast.leona, reason="one address", by=cast.maya, at=NOW)

    assert set(hidden_party_ids(cast.tom)) == {cast.severn.pk, cast.leona.pk, double.pk}
    assert list(hidden_party_ids(cast.maya)) == []


def test_remembered_it_is_asked_once_a_member(cast: Cast) -> None:
    with hidden_parties_remembered(), CaptureQueriesContext(connection) as asked:
        seen = [set(Party.objects.visible_to(cast.tom)) for _ in range(3)]
        Party.objects.visible_to(cast.maya).count()

    assert seen[0] == seen[1] == seen[2]
    assert cast.leona not in seen[0]
    assert len(asked) == 6


def test_what_is_remembered_is_remembered_within_too(cast: Cast) -> None:
    with hidden_parties_remembered(), CaptureQueriesContext(connection) as asked:
        hidden_party_ids(cast.tom)
        with hidden_parties_remembered():
            hidden_party_ids(cast.tom)
            hidden_party_ids(cast.maya)
        hidden_party_ids(cast.maya)

    assert len(asked) == 2


def test_with_many_hidden_ones_the_database_is_asked_each_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ampersand.parties.closed.MOST_REMEMBERED", 1)

    with hidden_parties_remembered():
        assert set(Party.objects.visible_to(cast.tom)) == set(
            Party.objects.exclude(pk__in=[cast.severn.pk, cast.leona.pk])
        )


@pytest.mark.parametrize(
    ("method", "is_remembered"), [("GET", True), ("HEAD", True), ("POST", False), ("DELETE", False)]
)
def test_only_a_page_that_is_read_remembers(cast: Cast, method: str, is_remembered: bool) -> None:
    def close_another(request: object) -> HttpResponse:
        list(Party.objects.visible_to(cast.tom))
        actions.close(cast.with_jane, by=cast.maya, at=NOW)
        return HttpResponse(str(cast.jane in Party.objects.visible_to(cast.tom)))

    answer = remember_hidden_parties(close_another)(RequestFactory().generic(method, "/"))

    assert answer.content.decode() == str(is_remembered)


def test_the_next_page_asks_anew(cast: Cast) -> None:
    with hidden_parties_remembered():
        before = cast.jane in Party.objects.visible_to(cast.tom)
    actions.close(cast.with_jane, by=cast.maya, at=NOW)
    with hidden_parties_remembered():
        after = cast.jane in Party.objects.visible_to(cast.tom)

    assert (before, after) == (True, False)
