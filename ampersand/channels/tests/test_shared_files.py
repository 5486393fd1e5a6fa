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


PEOPLE, ORGANISATIONS, MOMENTS, OFFERS = Kind.PEOPLE, Kind.ORGANISATIONS, Kind.MOMENTS, Kind.OFFERS
# Whose export it is, what its rows are, and how many were understood, left out and rejected.
TABLES = {
    ("kawsay/Connections.csv", ""): ("LinkedIn: connections", PEOPLE, 2, 0, 0),
    ("kawsay/Rich_Media.csv", ""): ("LinkedIn: links", PEOPLE, 0, 1, 0),
    ("kawsay/messages.csv", ""): ("", MOMENTS, 2, 0, 1),
    ("made/encodings/customers-two-sheets.xlsx", "Contacts"): ("", PEOPLE, 30, 1, 0),
    ("made/encodings/customers-two-sheets.xlsx", "Companies"): ("", ORGANISATIONS, 8, 0, 0),
    ("made/encodings/customers-two-sheets.xlsx", "lists"): ("", PEOPLE, 0, 1, 0),
    ("made/encodings/customers-utf8-bom.csv", ""): ("", PEOPLE, 15, 0, 0),
    ("made/encodings/excel-unicode-text-utf16le.txt", ""): ("", PEOPLE, 20, 0, 0),
    ("made/encodings/kunden-semikolon-cp1252.csv", ""): ("", PEOPLE, 8, 0, 0),
    ("made/encodings/meibo-shift_jis.csv", ""): ("", PEOPLE, 4, 0, 0),
    ("made/google-contacts/contacts-2024-layout.csv", ""): ("Google: contacts", PEOPLE, 60, 0, 0),
    ("made/hubspot/hubspot-crm-exports-all-companies.csv", ""): ("HubSpot: companies", ORGANISATIONS, 8, 0, 0),
    ("made/hubspot/hubspot-crm-exports-all-contacts.csv", ""): ("HubSpot: contacts", PEOPLE, 60, 0, 0),
    ("made/hubspot/hubspot-crm-exports-all-deals.csv", ""): ("HubSpot: deals", OFFERS, 25, 0, 0),
    ("made/outlook/outlook-contacts-cp1252.CSV", ""): ("Outlook: contacts", PEOPLE, 60, 0, 0),
    ("made/pipedrive/activities.csv", ""): ("Pipedrive: activities", MOMENTS, 10, 14, 0),
    ("made/pipedrive/deals.csv", ""): ("Pipedrive: deals", OFFERS, 30, 0, 0),
    ("made/pipedrive/people.csv", ""): ("Pipedrive: people", PEOPLE, 60, 0, 0),
    ("made/salesforce-data-export/Account.csv", ""): ("Salesforce: accounts", ORGANISATIONS, 8, 0, 0),
    ("made/salesforce-data-export/Contact.csv", ""): ("Salesforce: contacts", PEOPLE, 42, 3, 0),
    ("made/salesforce-data-export/Opportunity.csv", ""): ("Salesforce: opportunities", OFFERS, 20, 0, 0),
    ("made/salesforce-data-export/Task.csv", ""): ("Salesforce: tasks", MOMENTS, 21, 9, 0),
    ("made/salesforce-data-export/User.csv", ""): ("Salesforce: users", PEOPLE, 0, 2, 0),
    ("odoo-templates/crm_lead.xls", "Template"): ("Odoo: leads", PEOPLE, 7, 0, 1),
    ("odoo-templates/crm_lead.xls", "Import FAQ"): ("", PEOPLE, 0, 33, 0),
    ("odoo-templates/m2m_customers_tags.csv", ""): ("Odoo: customers", ORGANISATIONS, 5, 0, 0),
    ("odoo-templates/mailing_contact.xls", "Template"): ("Odoo: mailing contacts", PEOPLE, 7, 0, 0),
    ("odoo-templates/mailing_contact.xls", "Import FAQ"): ("", PEOPLE, 0, 33, 0),
    ("odoo-templates/o2m_customers_contacts.csv", ""): ("Odoo: contacts", PEOPLE, 8, 0, 0),
    ("odoo-templates/res_partner.xlsx", "Contacts"): ("Odoo: contacts", PEOPLE, 3, 0, 0),
    ("odoo-templates/res_partner.xlsx", "Instructions"): ("", PEOPLE, 0, 16, 0),
    ("odoo-templates/test.xls", ""): ("", PEOPLE, 3, 0, 0),
    ("odoo-templates/test.xlsx", ""): ("", PEOPLE, 3, 0, 0),
    ("roundcube-csv2vcard/email.csv", ""): ("", PEOPLE, 4, 0, 0),
    ("roundcube-csv2vcard/gmail.csv", ""): ("Google: contacts before 2024", PEOPLE, 1, 0, 0),
    ("roundcube-csv2vcard/outlook.csv", ""): ("Outlook: e-mail addresses", PEOPLE, 1, 0, 0),
    ("roundcube-csv2vcard/tb_plain.csv", ""): ("Thunderbird: address book", PEOPLE, 1, 0, 0),
    ("saas_orders_9k.csv.gz", ""): ("", Kind.TRANSACTIONS, 9994, 0, 0),
    ("salesforce-dataloader/accountData.csv", ""): ("Salesforce: accounts", ORGANISATIONS, 423, 0, 0),
    ("salesforce-dataloader/insertAccountCsv.csv", ""): ("Salesforce: accounts", ORGANISATIONS, 100, 0, 0),
    ("salesforce-dataloader/opportunityData.csv", ""): ("Salesforce: opportunities", OFFERS, 38, 0, 0),
}


def test_no_table_beside_the_project_is_forgotten() -> None:
    there = {
        (path.relative_to(EXPORTS).as_posix(), sheet)
        for path in EXPORTS.rglob("*")
        if path.suffix.lower() in {".csv", ".xls", ".xlsx", ".gz"}
        for sheet in layout.sheets(path)
    }

    assert there <= set(TABLES)


@pytest.mark.parametrize(("name", "sheet"), TABLES)
def test_tables_of_other_systems_are_understood(name: str, sheet: str) -> None:
    path = EXPORTS / name
    mapping: Mapping = columns.guess(path, layout.sniff(path, sheet=sheet))

    fates = Counter(type(outcome).__name__ for outcome in rows.read(path, mapping))

    told = mapping.known_as, mapping.kind, fates["Row"], fates["LeftOutRow"], fates["RejectedRow"]
    assert told == TABLES[name, sheet]
