"""The list of relationships is gathered beside an erasure, and keeps no name of the erased one."""

from __future__ import annotations

import pytest
from django.db import transaction

from ampersand.desk import standing
from ampersand.desk.models import Standing
from ampersand.parties.erasing import erase_party
from tests.at_once import begun
from tests.cast import NOW, Cast


@pytest.mark.django_db(transaction=True)
def test_what_is_gathered_while_somebody_is_erased_does_not_keep_them(cast: Cast) -> None:
    with transaction.atomic():
        standing.gather([cast.with_jane.pk], at=NOW)
        erasing = begun(lambda: erase_party(cast.jane, by=cast.ruth, at=NOW))

    erasing.result(timeout=20)
    assert not Standing.objects.filter(party=cast.jane).exists()
