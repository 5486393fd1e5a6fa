"""The tables of other programs as understood, row by row: headings as those programs write them, rows made here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ampersand.channels.crm_exports.known import SHAPES
from ampersand.channels.tables import columns, layout, rows
from ampersand.channels.tables.mapping import Mapping
from ampersand.channels.tables.meanings import Kind, Meaning
from ampersand.channels.tables.rows import LeftOutRow, Row


def read(folder: Path, text: str, *, encoding: str = "utf-8") -> tuple[Mapping, list[rows.RowOutcome]]:
    path = folder / "table.csv"
    path.write_bytes(text.encode(encoding))
    mapping = columns.guess(path, layout.sniff(path))
    return mapping, list(rows.read(path, mapping))


def one(folder: Path, text: str, **how: str) -> tuple[str, dict[Meaning, Any]]:
    mapping, (row,) = read(folder, text, **how)
    assert isinstance(row, Row), row
    return mapping.known_as, row.values


ZOHO_CONTACT = (
    "Record Id,Contact Owner.id,Contact Owner,First Name,Last Name,Account Name.id,Account Name,Email,Title,Mobile,"
    "Date of Birth,Modified Time,Mailing City,Email Opt Out,Tag,Visitor Score,Language\n"
    "zcrm_5361160000000004001,zcrm_5361160000000659001,Adam Kane,Ana,Keller,zcrm_5361160000000001001,Mill,"
    "ana@mill.example,Buyer,+49 561 49900,1985-03-02,2024-01-02 10:00:00,Kassel,true,VIP,,German\n"
)


def test_a_contact_of_zoho_has_an_account_by_name_and_number(tmp_path: Path) -> None:
    known_as, told = one(tmp_path, ZOHO_CONTACT)

    assert known_as == "Zoho: contacts"
    assert (told[Meaning.NAME], told[Meaning.ORGANISATION], told[Meaning.ROLE]) == ("Ana Keller", "Mill", "Buyer")
    assert (told[Meaning.EXTERNAL_ID], told[Meaning.ORGANISATION_ID]) == ("5361160000000004001", "5361160000000001001")
    assert told[Meaning.DETAIL] == [
        ("Contact Owner", "Adam Kane"), ("opted out of e-mail", "yes"), ("Language", "German"),
    ]  # fmt: skip


def test_a_note_of_zoho_is_a_note_about_somebody(tmp_path: Path) -> None:
    known_as, told = one(
        tmp_path,
        "Record Id,Note Title,Note Content,Parent ID.id,Parent ID,Created Time\n"
        "zcrm_1,Beans,Asked for <b>Sumatra</b>,zcrm_5361160000000004001,Ana Keller,2024-05-02 09:30:00\n",
    )

    assert known_as == "Zoho: notes"
    assert (told[Meaning.SUBJECT], told[Meaning.WORDS], told[Meaning.PERSON_ID]) == (
        "Beans", "Asked for Sumatra", "5361160000000004001",
    )  # fmt: skip


CALL_OF_HUBSPOT = (
    "Record ID,Activity date,Call title,Call notes,Call outcome,Call direction,Call duration,Associated Contact,"
    "Associated Contact IDs,Associated Company IDs\n"
    '77,2026-01-13 21:52,June,"<p>Called re&nbsp;samples</p>",Connected,Outbound,90,Ana Keller (ana@mill.example),'
    "10001;10002,5000\n"
)


def test_a_call_of_hubspot_is_one_with_all_who_were_on_it(tmp_path: Path) -> None:
    known_as, told = one(tmp_path, CALL_OF_HUBSPOT)

    assert known_as == "HubSpot: calls"
    assert (told[Meaning.MODE], told[Meaning.WORDS], told[Meaning.PERSON_ID]) == (
        "call", "Called re samples", "10001;10002",
    )  # fmt: skip


OUTLOOK_IN_GERMAN = (
    '"Anrede","Vorname","Weitere Vornamen","Nachname","Firma","Abteilung","Position","Straße geschäftlich","Ort geschäftlich",'
    '"Postleitzahl geschäftlich","Land/Region geschäftlich","Straße privat","Ort privat","Telefon geschäftlich",'
    '"Mobiltelefon","E-Mail-Adresse","E-Mail-Typ","E-Mail: Angezeigter Name","Geburtstag","Kategorien","Priorität","Privat"\n'
    '"Frau","Jürgen","","Müller","Bäcker & Söhne GmbH","","Einkauf","Hauptstraße 1","Köln","50667","Deutschland","","",'
    '"0221 4711",'
    '"","/o=ExchangeLabs/cn=muller","EX","Jürgen Müller (j.mueller@baecker.example)",'
    '"4.12.1975","Kunde;Messe","Normal","Aus"\n'
)


def test_the_contacts_of_a_german_outlook_are_known(tmp_path: Path) -> None:
    known_as, told = one(tmp_path, OUTLOOK_IN_GERMAN, encoding="cp1252")

    assert known_as == "Outlook: contacts in German"
    assert (told[Meaning.NAME], told[Meaning.EMAIL]) == ("Jürgen Müller", ["j.mueller@baecker.example"])
    assert (told[Meaning.STREET], told[Meaning.CITY], told[Meaning.CATEGORY]) == (
        "Hauptstraße 1",
        "Köln",
        ["Kunde", "Messe"],
    )
    assert (told[Meaning.BIRTHDAY].month, told[Meaning.BIRTHDAY].day) == (12, 4)


def test_how_one_is_addressed_is_no_part_of_the_name_and_a_doctor_is(tmp_path: Path) -> None:
    _, found = read(
        tmp_path,
        "Id,AccountId,LastName,FirstName,Salutation\n1,,Keller,Ana,Ms.\n2,,Okafor,Jane,Dr.\n3,,Lindt,Bo,\n",
    )

    assert [row.values[Meaning.NAME] for row in found if isinstance(row, Row)] == [
        "Ana Keller",
        "Dr. Jane Okafor",
        "Bo Lindt",
    ]


def test_what_salesforce_writes_below_a_report_is_left_out(tmp_path: Path) -> None:
    _, found = read(
        tmp_path,
        '"First Name","Last Name","Account Name","Email"\n"Ana","Keller","Mill","ana@mill.example"\n\n\n"Customers 2024"\n'
        '"Copyright (c) 2000-2024 salesforce.com, inc. All rights reserved."\n"Confidential Information - Do Not Distribute"\n'
        '"Generated By:  Hanna Brook  5/3/2024 10:00 AM"\n',
    )

    assert sum(isinstance(row, Row) for row in found) == 1
    left_out = [row.reason.text for row in found if isinstance(row, LeftOutRow)]
    assert left_out.count(rows.A_FOOTER) == 3


def test_a_time_of_salesforce_is_one_of_the_zone_it_names(tmp_path: Path) -> None:
    known_as, told = one(
        tmp_path,
        "Id,WhoId,WhatId,Subject,StartDateTime,EndDateTime,Description\n"
        "00U1,0035g00000CJZSMAAY,0065g000001Q0VUAAI,Tasting,2024-03-05T13:30:00.000Z,2024-03-05T14:30:00.000Z,Six roasts\n",
    )

    assert known_as == "Salesforce: events"
    assert (told[Meaning.MODE], told[Meaning.DATE].isoformat()) == ("meeting", "2024-03-05T13:30:00+00:00")
    assert told[Meaning.PERSON_ID] == "0035g00000CJZSM"
    assert Meaning.ORGANISATION_ID not in told


def test_the_lists_of_odoo_tell_companies_from_people(tmp_path: Path) -> None:
    mapping, found = read(
        tmp_path,
        "External ID,Name,Company Type,Related Company,Email,Tax ID,Tags\n"
        '__export__.res_partner_1,Mill,Company,,info@mill.example,DE1,"Customer,VIP"\n'
        "__export__.res_partner_2,Ana Keller,Person,Mill,ana@mill.example,,\n",
    )

    mill, ana = [row.values for row in found if isinstance(row, Row)]
    assert mapping.known_as == "Odoo: contacts"
    assert (mill[Meaning.IS_ORGANISATION], mill[Meaning.DETAIL]) == (True, [("VAT number", "DE1")])
    assert (ana[Meaning.IS_ORGANISATION], ana[Meaning.ORGANISATION]) == (False, "Mill")


def test_a_contact_of_monica_has_what_one_wrote_of_them(tmp_path: Path) -> None:
    known_as, told = one(
        tmp_path,
        "id,first_name,last_name,nickname,job,company,food_preferences,is_dead,is_partial,is_starred,description\n"
        "7,Ana,Keller,Anni,Buyer,Mill,No nuts,0,0,1,Met at the fair\n",
    )

    assert known_as == "Monica: contacts"
    assert told[Meaning.DETAIL] == [("food preferences", "No nuts"), ("starred", "yes")]


DEALS = {
    "Closed Won": Kind.TRANSACTIONS,
    "Closed Lost": Kind.OFFERS,
    "Gewonnen": Kind.TRANSACTIONS,
    "Contract Sent": Kind.OFFERS,
}


@pytest.mark.parametrize("stage", DEALS)
def test_only_an_offer_that_was_won_is_trade(tmp_path: Path, stage: str) -> None:
    _, (row,) = read(
        tmp_path,
        f"Record ID,Deal Name,Deal Stage,Close Date,Amount,Associated Company\n1,Pilot,{stage},2024-04-30 00:00,24000.5,Mill\n",
    )

    assert isinstance(row, Row)
    assert row.kind is DEALS[stage]


def headings_of_all() -> Iterator[tuple[str, tuple[str, ...]]]:
    for shape in SHAPES:
        for together in shape.by:
            yield shape.known_as, tuple(sorted(together))


@pytest.mark.parametrize(("known_as", "headings"), list(headings_of_all()))
def test_no_two_exports_are_known_by_the_same_headings(known_as: str, headings: tuple[str, ...]) -> None:
    fitting = {shape.known_as for shape in SHAPES if shape.fits(frozenset(headings))}

    best = max(SHAPES, key=lambda shape: shape.fits(frozenset(headings)))
    assert known_as in fitting
    assert best.known_as == known_as
