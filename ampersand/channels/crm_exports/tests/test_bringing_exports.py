"""Whole exports of other programs, without a mapping step: who works where, what was traded, what happened, and undone."""

from __future__ import annotations

import zipfile
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ampersand.channels import actions
from ampersand.channels.tests.bringing import AT, bring_in, counted, found_house, member, row_counts
from ampersand.exchange.models import Transaction
from ampersand.members.models import Member
from ampersand.parties.models import Detail, Party, PartyKind, Tie
from ampersand.timeline.models import Moment

EXPORTS = Path(__file__).parents[4] / "tests" / "fixtures" / "exports"

pytestmark = pytest.mark.django_db


@pytest.fixture
def maya() -> Member:
    found_house()
    return member("Maya Lindqvist", "maya@finch.example")


def zipped(folder: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, path.relative_to(folder))
    return target


def fates(import_) -> dict[str, Counter[str]]:  # type: ignore[no-untyped-def]
    told: dict[str, Counter[str]] = {}
    for place, fate in import_.items.values_list("place", "fate"):
        told.setdefault(place.rpartition(":")[0], Counter())[fate] += 1
    return told


def test_the_files_of_a_hubspot_export_are_one(maya: Member) -> None:
    import_ = bring_in(EXPORTS / "hubspot", by=maya)

    assert (counted(import_).rejected, counted(import_).seen) == (0, 93)
    karin = Party.objects.get(name="Karin Eriksen")
    assert Tie.objects.get(from_party=karin).to_party.name == "Northlight Optics Ltd"
    assert set(karin.identifiers.filter(kind="external").values_list("value", "label")) == {
        ("HubSpot 10001", "HubSpot contact")
    }
    details = dict(karin.details.values_list("label", "value"))
    assert (details["Lead Status"], details["Original Source"]) == ("New", "Email marketing")
    assert Party.objects.filter(kind=PartyKind.ORGANISATION, is_house=False).count() == 8


def test_an_offer_that_was_won_is_an_order_and_others_are_details(maya: Member) -> None:
    bring_in(EXPORTS / "hubspot", by=maya)

    won = Transaction.objects.get(happened_on=date(2025, 3, 19))
    assert (won.kind, won.amount, won.currency, won.party.name) == ("order", Decimal(980), "EUR", "Bäcker & Söhne GmbH")
    assert won.words.startswith("Bäcker - 50 seats")
    harbor = Party.objects.get(name="Harbor Row Logistics, Inc.")
    offers = set(harbor.details.filter(label__startswith="offer").values_list("label", "value"))
    assert (
        "offer open",
        "Harbor - pilot\n24000.5 EUR\nQualified To Buy\n2024-04-30\nDeal owner: Hanna Brook\nPipeline: Sales Pipeline\n"
        "Create Date: 2023-12-27 19:00\nIs Closed Won: true",
    ) in offers


def test_a_salesforce_export_knows_its_users_and_what_was_deleted(maya: Member) -> None:
    import_ = bring_in(EXPORTS / "salesforce-data-export", by=maya)

    assert counted(import_).rejected == 0
    told = fates(import_)
    assert told["User.csv"] == {"left_out": 2}
    assert told["Contact.csv"]["left_out"] == 3
    karin = Party.objects.get(name="Dr. Karin Eriksen")
    assert Tie.objects.get(from_party=karin).to_party.name == "Northlight Optics Ltd"
    details = dict(karin.details.values_list("label", "value"))
    assert (details["owner"], details["birthday"]) == ("Hanna Brook", "1975-04-12")
    part = Tie.objects.get(from_party__name="Lumen Labs")
    assert (part.kind, part.to_party.name) == ("part_of", "Northlight Optics Ltd")
    assert not Party.objects.filter(name__contains="Ellery").exists()


def test_the_activities_of_pipedrive_meet_the_people_of_its_other_file(maya: Member) -> None:
    import_ = bring_in(EXPORTS / "pipedrive", by=maya)

    assert counted(import_).rejected == 0
    henrik = Party.objects.get(name="Henrik Fontaine")
    met = Moment.objects.with_parties([henrik.pk]).get()
    assert (met.mode, met.on_day, met.subject) == ("visit", date(2024, 5, 7), "Follow up")
    assert set(henrik.details.filter(label="category").values_list("value", flat=True)) <= {
        "Warm lead",
        "VIP",
        "Customer",
    }


def test_what_happened_names_who_took_part_and_not_where_they_work(maya: Member) -> None:
    bring_in(EXPORTS / "salesforce-data-export", by=maya)
    bring_in(EXPORTS / "pipedrive", by=maya)

    elif_ = Party.objects.get(name="Dr. Elif Weiss", identifiers__value="Salesforce 0035g00000W0HNY")
    assert [tie.to_party.name for tie in Tie.objects.filter(from_party=elif_)] == ["Northlight Optics Ltd"]
    assert not Tie.objects.filter(place__regex=r"^(Task|activities|deals|Opportunity)\.csv").exists()
    told = Moment.objects.filter(place__startswith="Task.csv", subject="Send brochure").first()
    assert told is not None
    kinds = set(told.participants.filter(is_ours=False).values_list("party__kind", flat=True))
    assert kinds == {PartyKind.PERSON, PartyKind.ORGANISATION}


def test_a_task_keeps_its_subject_and_whose_it_was(maya: Member) -> None:
    bring_in(EXPORTS / "salesforce-data-export", by=maya)

    call = Moment.objects.filter(place__startswith="Task.csv", subject="Send brochure", mode="call").first()
    assert call is not None
    assert call.words.splitlines()[-1] == "owner: Hanna Brook, there"
    assert [one.party.is_house for one in call.participants.filter(is_ours=True)] == [True]


@pytest.mark.parametrize(
    ("name", "email"), [("Hanna Brook", "h.brook@finch.example"), ("Hanna B.", "hanna@ourshop.example")]
)
def test_the_owner_of_a_task_is_the_member_of_that_name_or_address(maya: Member, name: str, email: str) -> None:
    hanna = member(name, email)

    bring_in(EXPORTS / "salesforce-data-export", by=maya)

    hers = Moment.objects.filter(place__startswith="Task.csv", participants__party__member=hanna)
    assert hers.exists()
    assert not hers.filter(words__contains="owner").exists()
    assert not Moment.objects.filter(participants__party__member=maya).exists()


def test_a_task_still_open_is_left_out_with_the_reason(maya: Member) -> None:
    import_ = bring_in(EXPORTS / "pipedrive" / "activities.csv", by=maya)

    left_out = import_.items.filter(fate="left_out")
    assert {item.reason for item in left_out} == {"It is still to be done: only what has happened is a moment."}
    assert left_out.count() == 14


def test_a_task_that_was_done_is_no_moment(maya: Member) -> None:
    bring_in(EXPORTS / "pipedrive", by=maya)

    greta = Party.objects.get(name="Greta Bäcker")
    noted = greta.details.get(label="note", value__startswith="2024-05-02: Follow up\n").value
    assert "owner: Hanna Brook, there" in noted.splitlines()
    assert not Moment.objects.with_parties([greta.pk]).exists()


def test_a_zip_is_brought_in_as_the_folder_it_holds(maya: Member, tmp_path: Path) -> None:
    packed = bring_in(zipped(EXPORTS / "hubspot", tmp_path / "hubspot.zip"), by=maya)

    plain = bring_in(EXPORTS / "hubspot", by=maya)

    assert counted(packed).seen == 93
    assert counted(plain).unchanged == 93


def test_every_sheet_of_a_workbook_is_accounted_for(maya: Member) -> None:
    import_ = bring_in(EXPORTS / "encodings" / "customers-two-sheets.xlsx", by=maya)

    book = "customers-two-sheets.xlsx"
    assert fates(import_) == {
        f"{book} › Companies": {"new": 8},
        f"{book} › Contacts": {"new": 30, "left_out": 1},
        f"{book} › lists": {"left_out": 1},
    }
    assert import_.items.get(reason__startswith="This is a row of totals").place == f"{book} › Contacts:34"
    greta = Party.objects.get(name="Greta Bäcker")
    assert dict(greta.details.values_list("label", "value")) == {"Since": "2021-12-30", "Value": "13.37"}


@pytest.mark.parametrize(
    "folder", ["hubspot", "salesforce-data-export", "pipedrive", "google-contacts", "outlook", "encodings"]
)
def test_the_same_again_changes_nothing_and_undo_is_exact(maya: Member, folder: str) -> None:
    empty = row_counts()
    first = bring_in(EXPORTS / folder, by=maya)
    filled = row_counts()

    again = bring_in(EXPORTS / folder, by=maya)

    assert (counted(again).new, counted(again).joined, row_counts()) == (0, 0, filled)
    assert not first.items.filter(fate__in=["left_out", "rejected"], reason="").exists()

    actions.undo(again, by=maya, at=AT)
    actions.undo(first, by=maya, at=AT)

    assert row_counts() == empty


def test_a_second_export_with_other_columns_joins_by_the_number(maya: Member, tmp_path: Path) -> None:
    bring_in(EXPORTS / "hubspot", by=maya)
    later = tmp_path / "contacts.csv"
    later.write_text(
        "Record ID,First Name,Last Name,Email,Favourite tea\n10001,Karin,Eriksen-Lund,karin@new.example,Oolong\n"
    )

    import_ = bring_in(later, by=maya)

    assert counted(import_).joined == 1
    karin = Party.objects.get(identifiers__value="karin@new.example")
    assert (karin.name, karin.details.get(label="Favourite tea").value) == ("Karin Eriksen", "Oolong")


def test_who_works_at_two_organisations_has_two_ties(maya: Member, tmp_path: Path) -> None:
    (tmp_path / "companies.csv").write_text("Record ID,Company name,Company owner\n1,Mill,Bo\n2,Quay Bakery,Bo\n")
    (tmp_path / "contacts.csv").write_text(
        "Record ID,First Name,Last Name,Email,Associated Company IDs\n7,Ana,Keller,ana@mill.example,1;2\n"
    )

    bring_in(tmp_path, by=maya)

    ana = Party.objects.get(name="Ana Keller")
    assert set(Tie.objects.filter(from_party=ana).values_list("to_party__name", flat=True)) == {"Mill", "Quay Bakery"}


def test_a_name_that_ends_in_digits_leaves_search_with_its_party(maya: Member, tmp_path: Path) -> None:
    empty = row_counts()
    (tmp_path / "companies.csv").write_text(
        "Name,Type,Website,AnnualRevenue,Phone\nMill 20051006,Customer,,,415 555 0081\n"
    )
    import_ = bring_in(tmp_path, by=maya)

    actions.undo(import_, by=maya, at=AT)

    assert row_counts() == empty


def test_the_same_number_in_two_programs_is_not_one_person(maya: Member, tmp_path: Path) -> None:
    (tmp_path / "hubspot.csv").write_text("Record ID,First Name,Last Name,Email\n7,Ana,Keller,ana@mill.example\n")
    (tmp_path / "activities.csv").write_text(
        "Activity - ID,Activity - Type,Activity - Subject,Activity - Due date,Activity - Done,Activity - Person ID\n"
        "1,Call,Beans,2024-05-02,Done,7\n"
    )

    import_ = bring_in(tmp_path, by=maya)

    assert fates(import_)["activities.csv"] == {"rejected": 1}
    assert not Moment.objects.exists()


def test_no_column_of_an_export_is_lost(maya: Member, tmp_path: Path) -> None:
    (tmp_path / "contacts.csv").write_text(
        "Record ID,First Name,Last Name,Email,House style,Second phone\n7,Ana,Keller,ana@mill.example,Formal,+49 561 49900\n"
    )

    bring_in(tmp_path, by=maya)

    ana = Party.objects.get(name="Ana Keller")
    assert Detail.objects.get(party=ana, label="House style").value == "Formal"
    assert ana.identifiers.get(kind="phone").value == "+4956149900"
