"""What an act touches is read afresh, whether or not it is part of a larger one."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import transaction

from ampersand.core import events
from ampersand.core.ids import new_id
from ampersand.core.models import Touched
from tests.cast import NOW


def _record(*touched: UUID) -> None:
    events.record("party.told", at=NOW, by_id=None, subject_id=touched[0], relationship_ids=touched)


def _touched() -> set[UUID]:
    return set(Touched.objects.values_list("relationship_id", flat=True))


@pytest.mark.django_db(transaction=True)
def test_what_is_recorded_outside_of_a_transaction_is_asked_for_at_once() -> None:
    touched = new_id()

    _record(touched)

    assert _touched() == {touched}


@pytest.mark.django_db(transaction=True)
def test_what_is_recorded_within_one_is_asked_for_at_its_end() -> None:
    one, other = new_id(), new_id()

    with transaction.atomic():
        _record(one)
        _record(other, one)
        before = _touched()

    assert (before, _touched()) == (set(), {one, other})
