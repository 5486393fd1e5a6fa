from __future__ import annotations

import doctest
from types import ModuleType

import pytest

from ampersand.channels.calendar import times, vcalendar1, zones
from ampersand.channels.contacts import birthdays, names, phones
from ampersand.channels.crm_exports import shapes
from ampersand.channels.tables import forms, offers, rejects, values, words, workbook


@pytest.mark.parametrize(
    "module",
    [times, vcalendar1, zones, birthdays, names, phones, rejects, values, words, forms, offers, workbook, shapes],
    ids=lambda module: module.__name__,
)
def test_the_examples_in_docstrings_come_out_as_they_say(module: ModuleType) -> None:
    result = doctest.testmod(module)

    assert result.attempted > 0
    assert result.failed == 0
