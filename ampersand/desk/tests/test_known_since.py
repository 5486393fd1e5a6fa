"""Since when two that are one are known."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ampersand.desk import standing
from ampersand.desk.models import Standing
from ampersand.parties import merging
from ampersand.parties.models import Because, Relationship
from tests.cast import Cast, person

pytestmark = pytest.mark.django_db


def test_two_that_are_one_are_known_since_the_first_and_for_its_reason(cast: Cast) -> None:
    early = person("J. Okafor", tended_by=cast.tom, email="j@alder.example")
    late = person("Jane Okafor", tended_by=cast.tom, email="jane@alder.example")
    first = datetime(2019, 3, 4, 12, tzinfo=UTC)
    Relationship.objects.filter(party=early).update(known_at=first, because=Because.MET)

    merging.merge(early, late, reason="one person", by=cast.tom, at=timezone.now())
    client = Client()
    client.force_login(cast.tom)
    page = client.get(reverse("desk:party", args=[late.pk])).content.decode()
    standing.gather(at=timezone.now())

    assert "You met, says the calendar. Known since 4 March 2019." in page
    assert Standing.objects.get(party=late).known_on == date(2019, 3, 4)
