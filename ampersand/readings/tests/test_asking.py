"""What an act touches is read afresh, whether or not it is part of a larger one."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import transaction

from ampersand.core import events
from ampersand.core.ids import new_id
from tests.cast import NOW


def _record(*touched: UUID) -> None:
    events.record("party.told", at=NOW, by_id=None, subject_id=touched[0], relationship_ids=touched)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[UUID]]:
    told: list[list[UUID]] = []
    keep: Callable[..., None] = lambda ids: told.append(list(ids))  # noqa: E731
    monkeypatch.setattr(events, "ask_for_readings", keep)
    return told


@pytest.mark.django_db(transaction=True)
def test_what_is_recorded_outside_of_a_transaction_is_asked_for_at_once(asked: list[list[UUID]]) -> None:
    touched = new_id()

    _record(touched)

    assert asked == [[touched]]


@pytest.mark.django_db(transaction=True)
def test_what_is_recorded_within_one_is_asked_for_once_at_its_end(asked: list[list[UUID]]) -> None:
    one, other = new_id(), new_id()

    with transaction.atomic():
        _record(one)
        _record(other, one)
        before = list(asked)

    assert (before, asked) == ([], [[one, other]])
