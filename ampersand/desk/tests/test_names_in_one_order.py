"""All lists are in one order: by the name as it is shown, unless it was told how a name is read."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.utils import timezone

from ampersand.core.folding import sort_key
from ampersand.core.history import past_of
from ampersand.desk import standing
from ampersand.desk.models import Standing
from ampersand.parties import actions
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party
from tests.cast import Cast

pytestmark = pytest.mark.django_db

renewal = import_module("ampersand.desk.migrations.0010_names_as_shown")


def test_a_sort_name_counts_where_letters_do_not_tell_the_sound() -> None:
    assert sort_key("Jane Okafor", "Okafor Jane") == "jane okafor"
    assert sort_key("山田太郎", "ヤマダ タロウ") == sort_key("ヤマダ タロウ")
    assert sort_key("山田太郎") == "山田太郎"


def test_who_stood_under_a_family_name_is_put_right_without_a_past(cast: Cast) -> None:
    at = timezone.now()
    party = actions.name_party("Bo Zabel", sort_name="Zabel Bo", teller=Teller(by=cast.maya, at=at))
    Party.objects.filter(pk=party.pk).update(sort_key="zabel bo")
    standing.gather(at=at)
    before = past_of(Party)._base_manager.count()

    renewal.sort_as_shown(None, None)

    assert Party.objects.get(pk=party.pk).sort_key == "bo zabel"
    assert past_of(Party)._base_manager.count() == before
    assert {one.sort_key for one in Standing.objects.filter(party=party)} <= {"bo zabel"}
