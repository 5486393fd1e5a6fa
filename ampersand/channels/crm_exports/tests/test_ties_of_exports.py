"""Whom somebody reports to, who assists them, what an organisation is part of: ties, whichever row or file comes first."""

from __future__ import annotations

from pathlib import Path

import pytest

from ampersand.channels import actions
from ampersand.channels.tests.bringing import AT, bring_in, counted, found_house, member, row_counts
from ampersand.members.models import Member
from ampersand.parties.models import Detail, Party, Tie

pytestmark = pytest.mark.django_db

ACCOUNTS = """Id,Name,ParentId,OwnerId,BillingCity
0015g0000000001AAA,Alder Hotels,0015g0000000002AAA,005,Bath
0015g0000000002AAA,Alder Group,000000000000000AAA,005,Leeds
0015g0000000003AAA,Lone Mill,0015g0000000003AAA,005,York
0015g0000000004AAA,Lost Inn,0015g0000000099AAA,005,York
"""
CONTACTS = """Id,AccountId,LastName,FirstName,Email,ReportsToId,AssistantName,HasOptedOutOfEmail
0035g0000000001AAA,0015g0000000001AAA,Okafor,Jane,jane@alder.example,0035g0000000002AAA,Ben Carver,1
0035g0000000002AAA,0015g0000000002AAA,Feld,Ruth,ruth@alder.example,,,0
0035g0000000003AAA,0015g0000000001AAA,Carver,Ben,ben@alder.example,0035g0000000001AAA,,0
0035g0000000004AAA,0015g0000000001AAA,Rahman,Nadia,nadia@alder.example,0035g0000000077AAA,Somebody Else,0
"""


@pytest.fixture
def maya() -> Member:
    found_house()
    return member("Maya Lindqvist", "maya@finch.example")


def written(folder: Path, **files: str) -> Path:
    for name, words in files.items():
        (folder / f"{name}.csv").write_text(words)
    return folder


def ties() -> set[tuple[str, str, str, str]]:
    """All but where people work."""
    return {
        (tie.from_party.name, tie.kind, tie.to_party.name, tie.role)
        for tie in Tie.objects.exclude(kind="works_at").select_related("from_party", "to_party")
    }


def details(*labels: str) -> set[tuple[str, str, str]]:
    return set(Detail.objects.filter(label__in=labels).values_list("party__name", "label", "value"))


SALESFORCE = {
    ("Alder Hotels", "part_of", "Alder Group", ""),
    ("Jane Okafor", "reports_to", "Ruth Feld", ""),
    ("Ben Carver", "reports_to", "Jane Okafor", "assistant"),
}


def test_numbers_of_an_export_become_ties_in_any_order(maya: Member, tmp_path: Path) -> None:
    import_ = bring_in(written(tmp_path, Contact=CONTACTS, Account=ACCOUNTS), by=maya)

    assert (counted(import_).new, counted(import_).seen) == (8, 8)
    assert ties() == SALESFORCE
    assert {tie.source_id for tie in Tie.objects.all()} == {import_.source_id}


def test_files_brought_one_after_the_other_are_tied_too(maya: Member, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    head, first, *others = CONTACTS.splitlines(keepends=True)
    bring_in(written(tmp_path / "a", Contact="".join([head, *others])), by=maya)

    bring_in(written(tmp_path / "b", Contact=head + first), by=maya)

    assert ("Jane Okafor", "reports_to", "Ruth Feld", "") in ties()


def test_whoever_is_not_found_stays_a_detail(maya: Member, tmp_path: Path) -> None:
    bring_in(written(tmp_path, Contact=CONTACTS, Account=ACCOUNTS), by=maya)

    assert details("reports to", "belongs to", "AssistantName") == {
        ("Nadia Rahman", "reports to", "0035g0000000077"),
        ("Nadia Rahman", "AssistantName", "Somebody Else"),
        ("Lone Mill", "belongs to", "Lone Mill"),
        ("Lost Inn", "belongs to", "0015g0000000099"),
    }


def test_a_name_that_two_have_ties_nobody(maya: Member, tmp_path: Path) -> None:
    table = (
        "Name,E-mail,Reports to\nJane,jane@a.example,Ben Carver\nBen Carver,ben@a.example,\nBen Carver,ben@b.example,\n"
    )

    bring_in(written(tmp_path, people=table) / "people.csv", by=maya)

    assert ties() == set()
    assert details("Reports to") == {("Jane", "Reports to", "Ben Carver")}


def test_a_table_of_ones_own_tells_ties_by_name(maya: Member, tmp_path: Path) -> None:
    table = (
        "Name,E-Mail,Vorgesetzter,Ehepartner\nJo Berg,jo@a.example,Änne Holt,Mia Berg\n"
        "Änne Holt,a@a.example,,\nMia Berg,m@a.example,,Jo Berg\n"
    )

    bring_in(written(tmp_path, people=table) / "people.csv", by=maya)

    told = ties()
    assert ("Jo Berg", "reports_to", "Änne Holt", "") in told
    assert len([tie for tie in told if tie[1] == "family_of" and tie[3] == "spouse"]) == 1
    assert details("Vorgesetzter", "Ehepartner") == set()


def test_a_name_of_somebody_known_before_is_nobody_of_this_file(maya: Member, tmp_path: Path) -> None:
    Party.objects.create(name="Ben Carver", sort_key="ben carver", told_at=AT)
    table = "Name,E-mail,Manager\nJane Okafor,jane@a.example,Ben Carver\n"

    bring_in(written(tmp_path, people=table) / "people.csv", by=maya)

    assert ties() == set()
    assert details("Manager") == {("Jane Okafor", "Manager", "Ben Carver")}


def test_zoho_tells_by_number_what_it_tells_by_name_as_well(maya: Member, tmp_path: Path) -> None:
    table = (
        "Record Id,Last Name,First Name,Contact Owner,Created Time,Reporting To.id,Reporting To\n"
        "zcrm_1,Okafor,Jane,Maya,2025-01-01 10:00,zcrm_2,R. Feld\nzcrm_2,Feld,Ruth,Maya,2025-01-01 10:00,,\n"
    )

    bring_in(written(tmp_path, Contacts=table), by=maya)

    assert ties() == {("Jane Okafor", "reports_to", "Ruth Feld", "")}
    assert details("reports to", "Reporting To") == set()


def test_a_company_of_odoo_is_part_of_another(maya: Member, tmp_path: Path) -> None:
    table = (
        "id,name,is_company,email,parent_id/id\n"
        "p1,Alder Hotels,True,,p2\np2,Alder Group,True,,\np3,Jane Okafor,False,j@a.example,p1\n"
    )

    bring_in(written(tmp_path, res_partner=table), by=maya)

    assert ties() == {("Alder Hotels", "part_of", "Alder Group", "")}
    assert Tie.objects.get(kind="works_at").to_party.name == "Alder Hotels"


def test_a_row_that_stands_for_its_organisation_is_no_part_of_it(maya: Member, tmp_path: Path) -> None:
    table = (
        "Id,AccountId,Company,LastName,FirstName,Email,ReportsToId\n0035g0000000001AAA,0015g0000000001AAA,Alder,,,,\n"
    )

    bring_in(written(tmp_path, Account=ACCOUNTS, Contact=table), by=maya)

    assert ties() == {("Alder Hotels", "part_of", "Alder Group", "")}


def test_the_same_again_changes_nothing_and_undo_is_exact(maya: Member, tmp_path: Path) -> None:
    empty = row_counts()
    folder = written(tmp_path, Contact=CONTACTS, Account=ACCOUNTS)
    first = bring_in(folder, by=maya)
    full = row_counts()

    second = bring_in(folder, by=maya)

    assert row_counts() == full
    assert counted(second).unchanged == 8
    actions.undo(second, by=maya, at=AT)
    actions.undo(first, by=maya, at=AT)
    assert row_counts() == empty


def test_a_tie_that_somebody_took_back_is_not_told_again(maya: Member, tmp_path: Path) -> None:
    folder = written(tmp_path, Contact=CONTACTS, Account=ACCOUNTS)
    bring_in(folder, by=maya)
    Tie.objects.filter(kind="part_of").update(withdrawn_at=AT)

    bring_in(folder, by=maya)

    assert Tie.objects.filter(kind="part_of", withdrawn_at=None).count() == 0


def test_who_opted_out_of_letters_has_a_detail_that_says_so(maya: Member, tmp_path: Path) -> None:
    bring_in(written(tmp_path, Contact=CONTACTS, Account=ACCOUNTS), by=maya)

    assert details("opted out of e-mail") == {("Jane Okafor", "opted out of e-mail", "yes")}
