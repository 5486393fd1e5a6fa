"""Bringing files in through the page: tables after a look at their columns, all else at once."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from ampersand.channels import actions
from ampersand.channels.models import Import
from ampersand.exchange.models import Transaction
from ampersand.members.models import House, Member
from ampersand.parties.models import Party
from tests import cast as people
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db

PEOPLE = b"Name,E-mail,Company,Date\nMirela Kovin,mirela@kovin.example,Kovin Mills,2026-03-02\n"
CARD = b"BEGIN:VCARD\nVERSION:3.0\nFN:Mirela Kovin\nEMAIL:mirela@kovin.example\nEND:VCARD\n"


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    return client


def bring(client: Client, *files: tuple[str, bytes]) -> HttpResponse:
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    answer: HttpResponse = client.post(reverse("desk:start_import"), {"files": uploads})  # type: ignore[assignment]
    return answer


def queued() -> list[str]:
    jobs = ProcrastinateJob.objects.filter(task_name="ampersand.channels.tasks.carry_out")
    return [job.args["import_id"] for job in jobs]


def test_an_address_book_is_queued_at_once_and_its_report_tells_of_every_item(cast: Cast) -> None:
    client = signed_in(cast.maya)

    answer = bring(client, ("people.vcf", CARD))

    import_ = Import.objects.get()
    assert answer["Location"] == reverse("desk:import_report", args=[import_.pk])
    assert queued() == [str(import_.pk)]
    assert 'hx-trigger="load delay:1s"' in client.get(answer["Location"]).content.decode()

    actions.carry_out(import_)

    page = client.get(answer["Location"]).content.decode()
    assert "1 seen: 1 new" in page
    assert "hx-trigger" not in page.partition("import-report")[2].partition("</main>")[0]


MAIL = b"""From: Mirela <mirela@kovin.example>
To: maya@harbourfinch.example
Date: Mon, 2 Mar 2026 09:00:00 +0000
Message-ID: <1@kovin.example>
Subject: Volumes

Which volumes?
"""


def test_the_report_of_a_mailbox_says_up_to_when_it_is_complete(cast: Cast) -> None:
    client = signed_in(cast.maya)
    report = bring(client, ("box.eml", MAIL))["Location"]

    before = client.get(report).content.decode()
    actions.carry_out(Import.objects.get())
    after = client.get(report).content.decode()

    assert "Complete up to" not in before
    assert re.sub(r"<[^>]+>", "", after.partition("Complete up to ")[2]).startswith("2 March 2026, 09:00.")


def test_a_table_waits_until_somebody_looked_at_its_columns(cast: Cast) -> None:
    client = signed_in(cast.maya)

    answer = bring(client, ("people.csv", PEOPLE))

    import_ = Import.objects.get()
    assert answer["Location"] == reverse("desk:import_mapping", args=[import_.pk])
    assert queued() == []
    assert "mirela@kovin.example" in client.get(answer["Location"]).content.decode()


def test_a_column_can_be_left_out_before_it_is_brought_in(cast: Cast) -> None:
    client = signed_in(cast.maya)
    bring(client, ("people.csv", PEOPLE))
    import_ = Import.objects.get()

    client.post(reverse("desk:start_mapped", args=[import_.pk]), {"kind": "people", "column-1": "ignore"})
    import_.refresh_from_db()
    actions.carry_out(import_)

    assert queued() == [str(import_.pk)]
    assert not Party.objects.get(name="Mirela Kovin").identifiers.exists()


def test_rows_said_to_be_of_another_kind_are_understood_anew(cast: Cast) -> None:
    client = signed_in(cast.maya)
    bring(client, ("people.csv", PEOPLE))
    import_ = Import.objects.get()

    again = client.post(reverse("desk:import_mapping", args=[import_.pk]), {"kind": "moments", "column-3": "detail"})

    assert '<option value="date" selected>' in again.content.decode()


def test_several_files_come_at_once(cast: Cast) -> None:
    answer = bring(signed_in(cast.maya), ("people.vcf", CARD), ("people.csv", PEOPLE))

    assert answer["Location"] == reverse("desk:import")
    assert Import.objects.count() == 2


@pytest.mark.parametrize(
    ("files", "says"),
    [((), "Choose a file first"), ((("people.vcf", b""),), "people.vcf is empty.")],
)
def test_what_cannot_be_brought_in_is_said_beside_the_field(
    cast: Cast, files: tuple[tuple[str, bytes], ...], says: str
) -> None:
    answer = bring(signed_in(cast.maya), *files)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Import.objects.exists()


def test_an_import_is_undone_from_its_report(cast: Cast) -> None:
    client = signed_in(cast.maya)
    bring(client, ("people.vcf", CARD))
    import_ = Import.objects.get()
    actions.carry_out(import_)

    client.post(reverse("desk:undo_import", args=[import_.pk]))

    assert not Party.objects.filter(name="Mirela Kovin").exists()


@pytest.mark.parametrize("page", ["import_report", "import_mapping", "undo_import", "resume_import", "rejected_file"])
def test_nobody_else_meets_an_import(cast: Cast, page: str) -> None:
    bring(signed_in(cast.maya), ("people.vcf", CARD))
    url = reverse(f"desk:{page}", args=[Import.objects.get().pk])
    act = signed_in(cast.tom).post if page in {"undo_import", "resume_import"} else signed_in(cast.tom).get

    assert act(url).status_code == 404


RAGGED = (
    "Name,E-Mail,Letzter Kontakt,Geburtstag,Umsatz 2025,Zweite E-Mail\n"
    'Mirela Kovin,mirela@kovin.example,,1970-04-03,"€ 1.200,00",m@kovin.example\n'
    "Ole Berg,ole@berg.example,angerufen,,,\n"
).encode()


def cells(markup: str) -> list[list[str]]:
    body = markup.partition("<tbody>")[2].partition("</tbody>")[0]
    return [re.findall(r"<td>(.*?)</td>", row) for row in body.split("</tr>")[:-1]]


def test_each_value_stands_under_its_own_heading_in_words_for_people(cast: Cast) -> None:
    client = signed_in(cast.maya)

    page = client.get(bring(client, ("kunden.csv", RAGGED))["Location"]).content.decode()

    assert cells(page) == [
        ["Mirela Kovin", "mirela@kovin.example", "", "3 April 1970", "€ 1.200,00", "m@kovin.example"],
        ["Ole Berg", "ole@berg.example", "angerufen", "", "", ""],
    ]
    assert "6 columns; push the table sideways to see them all." in page


ORDERS = b"Customer,Order date,Order no,Total\nKovin Mills,2026-03-02,A-1,1250\nKovin Mills,2026-03-09,A-2,EUR 80\n"


def test_what_amounts_without_a_currency_are_in_is_said_and_can_be_changed(cast: Cast) -> None:
    client = signed_in(cast.maya)
    address = bring(client, ("orders.csv", ORDERS))["Location"]
    import_ = Import.objects.get()
    guessed = client.get(address).content.decode()

    again = client.post(address, {"kind": "transactions", "currency": "CHF"}).content.decode()
    client.post(reverse("desk:start_mapped", args=[import_.pk]), {"kind": "transactions", "currency": "CHF"})
    import_.refresh_from_db()
    actions.carry_out(import_)

    assert "Amounts that say no currency are in" in guessed
    assert '<option value="GBP" selected>' in guessed
    assert [row[3] for row in cells(guessed)] == ["£1,250", "€80"]
    assert [row[3] for row in cells(again)] == ["CHF1,250", "€80"]
    assert set(Transaction.objects.values_list("amount", "currency")) == {(Decimal(1250), "CHF"), (Decimal(80), "EUR")}


PHONED = b"Name,E-mail,Phone\nMirela Kovin,mirela@kovin.example,+44 20 7946 0101\nOle Berg,ole@berg.example,+44 20 7946 0102\n"
AGAIN = b"Name,E-mail,Town\nM. Kovin,mirela@kovin.example,Bath\nIda Wren,ida@wren.example,Leeds\n"


def brought(client: Client, name: str, content: bytes) -> Import:
    bring(client, (name, content))
    import_ = Import.objects.latest("began_at")
    client.post(reverse("desk:start_mapped", args=[import_.pk]), {"kind": "people"})
    import_.refresh_from_db()
    actions.carry_out(import_)
    return import_


def report_of(client: Client, import_: Import) -> str:
    page = client.get(reverse("desk:import_report", args=[import_.pk])).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition('id="import-report"')[2].partition("</main>")[0]))


def test_the_report_names_who_came_in_and_with_whom_others_were_joined_and_why(cast: Cast) -> None:
    client = signed_in(cast.maya)
    brought(client, "first.csv", PHONED)

    report = report_of(client, brought(client, "second.csv", AGAIN))

    assert "Who came in Ida Wren" in report
    joined = report.partition("Joined, with whom and why ")[2]
    same = "The same e-mail address, mirela@kovin.example, and a name that agrees."
    assert joined.startswith(f"Mirela Kovin {same} second.csv:2")


def test_a_report_names_fifty_and_how_many_more(cast: Cast) -> None:
    client = signed_in(cast.maya)
    rows = "".join(f"Friend {number:03},f{number}@friends.example\n" for number in range(53))

    report = report_of(client, brought(client, "friends.csv", f"Name,E-mail\n{rows}".encode()))

    assert "Friend 049 and 3 more" in report


def test_undone_the_report_keeps_its_counts_and_says_what_stays_and_why(cast: Cast) -> None:
    client = signed_in(cast.maya)
    import_ = brought(client, "first.csv", PHONED)
    mirela = Party.objects.get(name="Mirela Kovin")
    people.note(cast.maya, "She hums.", about=mirela.relationship)

    answer = client.post(reverse("desk:undo_import", args=[import_.pk]))

    assert answer["Location"] == reverse("desk:import_report", args=[import_.pk])
    for _look in range(2):
        report = report_of(client, import_)
        assert "Undone. Before that: 2 seen: 2 new." in report
        assert "What stayed after the undo" in report
        assert "Mirela Kovin A note speaks of it." in report
    assert "Ole Berg" not in report
    assert set(mirela.identifiers.values_list("kind", flat=True)) == {"email"}


def test_a_telephone_that_another_file_told_too_stays(cast: Cast) -> None:
    client = signed_in(cast.maya)
    import_ = brought(client, "first.csv", PHONED)
    brought(client, "second.csv", PHONED.replace(b"Ole Berg", b"Olaf Berg"))
    mirela = Party.objects.get(name="Mirela Kovin")
    people.note(cast.maya, "She hums.", about=mirela.relationship)

    actions.undo(import_, by=cast.maya, at=NOW)

    assert mirela.identifiers.filter(kind="phone").exists()


@pytest.mark.parametrize(
    ("bodies", "says"), [("none", "no words"), ("excerpt", "no files"), ("full", "with its files")]
)
def test_the_page_says_what_the_house_keeps_of_a_mail(cast: Cast, bodies: str, says: str) -> None:
    House.objects.update(mail_bodies=bodies)
    assert says in signed_in(cast.tom).get(reverse("desk:import")).content.decode()
