"""The ink of an &: what it shows is what the words beside it say."""

from __future__ import annotations

import pytest

from ampersand.desk.life import UNKNOWN, life_of
from ampersand.readings.models import Measure, Reading


@pytest.mark.parametrize(("days", "life"), [(0, 10), (20, 7), (40, 4), (60, 3), (100, 1), (4_000, 1)])
def test_it_pales_until_quiet_is_said_and_further_while_it_lasts(days: int, life: int) -> None:
    says = "quiet" if days > 40 else "in_rhythm"

    assert life_of(Reading(measure=Measure.QUIET, says=says, value=days, high=25, told={"beyond": 40})) == life


def test_what_was_read_by_the_rule_before_pales_at_the_end_of_its_range() -> None:
    assert life_of(Reading(measure=Measure.QUIET, says="in_rhythm", value=25, high=25)) == 4


def test_where_it_is_too_early_to_say_it_is_between() -> None:
    early = Reading(measure=Measure.QUIET, says="too_early", value=400, high=25, told={"beyond": 40})

    assert (life_of(early), life_of(None)) == (UNKNOWN, UNKNOWN)
