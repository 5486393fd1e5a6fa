"""However many values a statement has, it is asked: the protocol of PostgreSQL carries only so many beside the words."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection

from ampersand.core.many_values import MOST_APART
from ampersand.core.models import Event
from ampersand.parties.models import Party
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("others", [MOST_APART - 1, MOST_APART])
def test_rows_are_found_by_any_number_of_ids(cast: Cast, others: int) -> None:
    ids = [cast.jane.pk, *(uuid4() for _ in range(others))]

    assert list(Party.objects.filter(pk__in=ids)) == [cast.jane]


def test_any_number_of_rows_is_written_at_once(cast: Cast) -> None:
    before = Event.objects.count()
    rows = [Event(name="100% told", at=NOW, subject_id=cast.jane.pk) for _ in range(MOST_APART // 4)]

    Event.objects.bulk_create(rows)

    assert Event.objects.filter(name="100% told").count() == Event.objects.count() - before == len(rows)


def test_what_is_few_still_goes_apart(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text", ["it's 100%"])
        assert cursor.fetchone() == ("it's 100%",)
