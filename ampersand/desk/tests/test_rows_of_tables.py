"""What a table told stands in the notebook with its subject, and as whoever of us was there."""

from __future__ import annotations

from pathlib import Path

import pytest

from ampersand.channels.tests.bringing import AT, bring_in, found_house, member
from ampersand.desk.notebook_rows import moment_row
from ampersand.timeline.models import Moment

TASKS = (
    "Activity - ID,Activity - Type,Activity - Subject,Activity - Due date,Activity - Done,Activity - Assigned to user,"
    "Activity - Note,Activity - Contact person\n"
    "1,Call,Send brochure,2024-03-23,Done,Hanna Brook,Wants the big one.,Elif Weiss\n"
    "2,Call,Ask again,2024-03-24,Done,Tom Ellery,,Elif Weiss\n"
)

pytestmark = pytest.mark.django_db


def test_the_subject_stands_first_and_whoever_brought_it_in_is_not_named(tmp_path: Path) -> None:
    found_house()
    maya, _hanna = member("Maya Lindqvist", "maya@finch.example"), member("Hanna Brook", "hanna@finch.example")
    (tmp_path / "activities.csv").write_text(TASKS)

    bring_in(tmp_path / "activities.csv", by=maya)

    rows = [moment_row(moment, today=AT.date()) for moment in Moment.objects.order_by("happened_at")]
    assert [row.says for row in rows] == [
        "Send brochure\nWants the big one.",
        "Ask again\nowner: Tom Ellery, there",
    ]
    assert [row.told for row in rows] == ["23 March 2024, call, Hanna Brook", "24 March 2024, call"]
