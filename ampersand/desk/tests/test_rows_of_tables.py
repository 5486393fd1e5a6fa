"""What a table told stands in the notebook with its subject, and as whoever of us was there."""

from __future__ import annotations

from pathlib import Path

import pytest

from ampersand.channels.tests.bringing import AT, bring_in, found_house, member
from ampersand.desk.notebook_rows import moment_row
from ampersand.desk.party import party_page
from ampersand.parties.models import Party
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


def test_an_offer_is_told_line_by_line_with_its_worth_as_money(tmp_path: Path) -> None:
    found_house()
    maya = member("Maya Lindqvist", "maya@finch.example")
    (tmp_path / "deals.csv").write_text(
        "Deal - ID,Deal - Title,Deal - Owner,Deal - Value,Deal - Currency of Value,Deal - Organization,Deal - Stage,"
        "Deal - Status,Deal - Lost time\n"
        "1,Pilot,Hanna Brook,3499.99,USD,Quay Bakery,Demo Scheduled,Lost,2022-01-09 08:19:00\n"
    )

    bring_in(tmp_path / "deals.csv", by=maya)

    page = party_page(Party.objects.get(name="Quay Bakery"), member=maya, at=AT)
    (offer,) = [row for row in page.details if row.label == "offer lost"]
    assert offer.value.splitlines() == [
        "Pilot",
        "$3,499.99",
        "Demo Scheduled",
        "Lost",
        "9 January 2022",
        "Owner: Hanna Brook",
    ]
