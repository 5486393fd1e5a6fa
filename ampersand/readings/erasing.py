"""What an erasure takes from the readings: those of the erased one, which rest on what is gone."""

from __future__ import annotations

from ampersand.core import erasure
from ampersand.core.erasure import Erasing
from ampersand.readings.models import PastReading, Reading


def take_away(erasing: Erasing) -> int:
    """The step of this app."""
    return sum(
        erasure.take_away(readings.objects.filter(relationship__party__in=erasing.party_ids))
        for readings in (Reading, PastReading)
    )
