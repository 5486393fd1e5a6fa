"""Two readings of the same relationship at once: the one that is written last is not the one that knew less."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from ampersand.parties.models import Relationship
from ampersand.readings import actions as readings
from tests.at_once import begun
from tests.cast import NOW, Cast, moment

AT = NOW + timedelta(hours=1)


@pytest.mark.django_db(transaction=True)
def test_who_waits_for_another_to_have_read_reads_what_is_told_by_then(cast: Cast) -> None:
    for number in range(2, 9):
        moment(cast.jane, by=cast.maya, at=NOW - timedelta(days=30 * number))

    with transaction.atomic():
        Relationship.objects.select_for_update(no_key=True).get(pk=cast.with_jane.pk)
        waiting = begun(lambda: readings.read_one(cast.with_jane.pk, at=AT))
        latest = moment(cast.jane, by=cast.maya, at=NOW - timedelta(days=3))

    (read,) = waiting.result(timeout=20)
    assert any(str(latest.pk) in reading.evidence for reading in read)
