"""What an erasure takes from the desk: what members set aside of the erased one, and their place in the list."""

from __future__ import annotations

from ampersand.core import erasure
from ampersand.core.erasure import Erasing
from ampersand.desk.models import SetAside, Standing


def take_away(erasing: Erasing) -> int:
    """The step of this app."""
    return erasure.take_away(SetAside.objects.filter(relationship__party__in=erasing.party_ids)) + erasure.take_away(
        Standing.objects.filter(party__in=erasing.party_ids)
    )
