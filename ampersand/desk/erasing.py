"""What an erasure takes from Today: what members set aside of the erased one."""

from __future__ import annotations

from ampersand.core import erasure
from ampersand.core.erasure import Erasing
from ampersand.desk.models import SetAside


def take_away(erasing: Erasing) -> int:
    """The step of this app."""
    return erasure.take_away(SetAside.objects.filter(relationship__party__in=erasing.party_ids))
