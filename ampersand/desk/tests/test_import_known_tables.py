"""Tables that need no look, or only one: exports of other programs, workbooks sheet by sheet, and what was said before."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import xlsxwriter
from django.test import Client
from django.urls import reverse

from ampersand.channels import actions
from ampersand.channels.models import Import, KnownTable
from ampersand.channels.report import report
from ampersand.desk.tests.test_import_pages import bring, queued, signed_in
from ampersand.parties.models import Detail, Party, Tie
from tests.cast import Cast

pytestmark = pytest.mark.django_db

EXPORTS = Path(__file__).parents[3] / "tests" / "fixtures" / "exports"
GUESTS = b"Name,E-mail,House style,Row\nMirela Kovin,mirela@kovin.example,Formal,12\n"
MORE_GUESTS = b"Row,House style,Name,E-mail\n13,Easy,Petra Quist,petra@quist.example\n"


def export(program: str, name: str) -> tuple[str, bytes]:
    return name, (EXPORTS / program / name).read_bytes()


def mapped(client: Client, import_: Import, **said: str) -> str:
    answer = client.post(reverse("desk:start_mapped", args=[import_.pk]), said)
    return str(answer["Location"])


def workbook(**sheets: list[list[object]]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return content.getvalue()


def test_an_export_that_is_known_is_brought_in_at_once(cast: Cast) -> None:
    client = signed_in(cast.maya)

    answer = bring(client, export("hubspot", "hubspot-crm-exports-all-contacts.csv"))

    import_ = Import.objects.get()
    assert answer["Location"] == reverse("desk:import_report", args=[import_.pk])
    assert queued() == [str(import_.pk)]
    actions.carry_out(import_)
    assert report(import_).new == 60
    assert "Contacts, understood as HubSpot exports them" in client.get(answer["Location"]).content.decode()


def test_an_export_whose_days_could_be_read_in_two_ways_is_looked_at_once(cast: Cast) -> None:
    client = signed_in(cast.maya)
    contacts = (
        b"First Name,Last Name,Business Street,E-mail Address,Birthday\nKarin,Eriksen,,karin@quay.example,4/12/1975\n"
    )

    answer = bring(client, ("contacts.CSV", contacts))

    import_ = Import.objects.get()
    assert answer["Location"] == reverse("desk:import_mapping", args=[import_.pk])
    mapped(client, import_, date_order="MDY")
    import_.refresh_from_db()
    actions.carry_out(import_)
    assert Detail.objects.get(label="birthday").value == "1975-04-12"

    again = bring(client, ("later.CSV", contacts.replace(b"Karin", b"Kari")))
    assert answer["Location"] != again["Location"]
    assert queued() == [str(Import.objects.earliest("began_at").pk), str(Import.objects.latest("began_at").pk)]


def test_the_files_of_an_export_chosen_together_are_brought_in_as_one(cast: Cast) -> None:
    names = ["hubspot-crm-exports-all-contacts.csv", "hubspot-crm-exports-all-companies.csv"]

    bring(signed_in(cast.maya), *(export("hubspot", name) for name in names))

    import_ = Import.objects.get()
    actions.carry_out(import_)
    assert (report(import_).seen, report(import_).rejected) == (68, 0)
    karin = Party.objects.get(name="Karin Eriksen")
    assert Tie.objects.get(from_party=karin).to_party.name == "Northlight Optics Ltd"


def test_a_mapping_is_remembered_for_a_table_with_the_same_headings(cast: Cast) -> None:
    client = signed_in(cast.maya)
    bring(client, ("guests.csv", GUESTS))
    mapped(client, Import.objects.get(), kind="people", **{"column-2": "nickname", "column-3": "ignore"})

    location = bring(client, ("guests 2027.csv", MORE_GUESTS))["Location"]
    page = client.get(location).content.decode()
    second = Import.objects.latest("began_at")
    mapped(client, second)
    actions.carry_out(second)

    assert "Understood as last time." in page
    petra = Party.objects.get(name="Petra Quist")
    assert dict(petra.details.values_list("label", "value")) == {"nickname": "Easy"}


def test_what_is_said_otherwise_the_next_time_holds_from_then_on(cast: Cast) -> None:
    client = signed_in(cast.maya)
    for said in ("nickname", "department"):
        bring(client, ("guests.csv", GUESTS))
        mapped(client, Import.objects.latest("began_at"), kind="people", **{"column-2": said})

    page = client.get(bring(client, ("guests.csv", GUESTS))["Location"]).content.decode()

    assert '<option value="department" selected>' in page
    assert KnownTable.objects.count() == 2


def test_the_sheets_of_a_workbook_are_looked_at_one_after_the_other(cast: Cast) -> None:
    client = signed_in(cast.maya)
    book = workbook(
        People=[["Name", "E-mail", "Tea"], ["Mirela Kovin", "mirela@kovin.example", "Oolong"]],
        Firms=[["Company", "City", "Fleet"], ["Kovin Mills", "Split", 12]],
    )

    people = bring(client, ("book.xlsx", book))["Location"]
    import_ = Import.objects.get()
    assert "book.xlsx › People" in client.get(people).content.decode()
    firms = mapped(client, import_, **{"column-2": "ignore"})
    assert "book.xlsx › Firms" in client.get(firms).content.decode()
    assert queued() == []
    mapped(client, import_)
    import_.refresh_from_db()
    actions.carry_out(import_)

    assert queued() == [str(import_.pk)]
    assert not Detail.objects.filter(label="Tea").exists()
    assert Party.objects.get(name="Kovin Mills").details.get(label="Fleet").value == "12"


def test_a_workbook_with_a_password_says_so_before_anything_is_brought_in(cast: Cast) -> None:
    client = signed_in(cast.maya)

    location = bring(client, ("book.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096))["Location"]

    assert "The workbook cannot be opened" in client.get(location).content.decode()
