"""The reading of files that nobody here wrote: none stops it, and hardly anything readable is rejected."""

from __future__ import annotations

import datetime
import time
from collections import Counter
from pathlib import Path

import pytest

from ampersand.channels.calendar import parse as calendars
from ampersand.channels.calendar.meetings import LeftOut, Meeting
from ampersand.channels.contacts import parse as cards
from ampersand.channels.contacts.cards import Card
from ampersand.channels.outcomes import Rejected
from ampersand.channels.tables import columns, layout, rows
from ampersand.channels.tables.mapping import Mapping
from ampersand.channels.tables.meanings import Kind

SHARED = Path(__file__).parents[4] / "shared" / "data"
AS_OF = datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC)
EXPORTS = SHARED / "crm-exports"

pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the folder shared/data is not beside the project"),
]


def test_every_calendar_is_read_to_its_end_within_its_time() -> None:
    seen: Counter[str] = Counter()

    for path in sorted(SHARED.glob("ical/*/*")):
        began = time.perf_counter()
        outcomes = calendars.parse(path.read_bytes(), path=path.name, as_of=AS_OF)
        seen.update(type(outcome).__name__ for outcome in outcomes)
        assert time.perf_counter() - began < 10, path

    assert seen[Meeting.__name__] > 800
    assert seen[LeftOut.__name__] > 4_000
    assert seen[Rejected.__name__] < 150


def test_every_address_card_is_read() -> None:
    outcomes = [
        outcome
        for path in sorted(SHARED.glob("vcard/*/*"))
        for outcome in cards.parse(path.read_bytes(), path=path.name)
    ]

    assert sum(isinstance(outcome, Card) for outcome in outcomes) == 117
    assert sum(isinstance(outcome, Rejected) for outcome in outcomes) == 16


TABLES = {
    "kawsay/Connections.csv": (Kind.PEOPLE, 2, 0, 0),
    "kawsay/messages.csv": (Kind.MOMENTS, 2, 0, 1),
    "made/encodings/customers-utf8-bom.csv": (Kind.PEOPLE, 15, 0, 0),
    "made/encodings/excel-unicode-text-utf16le.txt": (Kind.PEOPLE, 20, 0, 0),
    "made/encodings/kunden-semikolon-cp1252.csv": (Kind.PEOPLE, 8, 0, 0),
    "made/encodings/meibo-shift_jis.csv": (Kind.PEOPLE, 4, 0, 0),
    "made/google-contacts/contacts-2024-layout.csv": (Kind.PEOPLE, 60, 0, 0),
    "made/hubspot/hubspot-crm-exports-all-companies.csv": (Kind.ORGANISATIONS, 8, 0, 0),
    "made/hubspot/hubspot-crm-exports-all-contacts.csv": (Kind.PEOPLE, 60, 0, 0),
    "made/hubspot/hubspot-crm-exports-all-deals.csv": (Kind.OFFERS, 0, 25, 0),
    "made/outlook/outlook-contacts-cp1252.CSV": (Kind.PEOPLE, 60, 0, 0),
    "made/pipedrive/activities.csv": (Kind.MOMENTS, 10, 14, 0),
    "made/pipedrive/people.csv": (Kind.PEOPLE, 60, 0, 0),
    "made/salesforce-data-export/Account.csv": (Kind.ORGANISATIONS, 8, 0, 0),
    "made/salesforce-data-export/Contact.csv": (Kind.PEOPLE, 42, 3, 0),
    "made/salesforce-data-export/Task.csv": (Kind.MOMENTS, 21, 9, 0),
    "odoo-templates/o2m_customers_contacts.csv": (Kind.PEOPLE, 8, 0, 0),
    "saas_orders_9k.csv.gz": (Kind.TRANSACTIONS, 9994, 0, 0),
    "salesforce-dataloader/accountData.csv": (Kind.ORGANISATIONS, 423, 0, 0),
}


@pytest.mark.parametrize("name", TABLES)
def test_tables_of_other_systems_are_understood(name: str) -> None:
    path = EXPORTS / name
    mapping: Mapping = columns.guess(path, layout.sniff(path))

    fates = Counter(type(outcome).__name__ for outcome in rows.read(path, mapping))

    assert (mapping.kind, fates["Row"], fates["LeftOutRow"], fates["RejectedRow"]) == TABLES[name]
