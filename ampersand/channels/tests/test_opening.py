"""What lies packed in one file is laid open, and what was made to fill memory or disk, or to leave its folder, is not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from django.db import connection

from ampersand.channels import material, opening
from ampersand.channels.models import ImportKind
from ampersand.channels.tables import columns, layout, rows, unpacking
from ampersand.channels.tables.meanings import Meaning
from ampersand.channels.tables.rows import RejectedRow, Row
from ampersand.channels.tests.bringing import bring_in, counted, found_house, member

CARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana Keller\r\nEND:VCARD\r\n"
PEOPLE = b"Name,E-mail\nAna Keller,ana@mill.example\n"


def archive(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return path


def workbook(
    path: Path, *rows_: Sequence[object], merged: tuple[int, int, int, int] | None = None, **options: object
) -> Path:
    with xlsxwriter.Workbook(path, {"in_memory": True, **options}) as book:
        sheet = book.add_worksheet("People")
        for number, row in enumerate(rows_):
            sheet.write_row(number, 0, row)
        if merged:
            sheet.merge_range(*merged, rows_[merged[0]][merged[1]])
    return path


def understood(path: Path) -> list[Row]:
    mapping = columns.guess(path, layout.sniff(path))
    return [outcome for outcome in rows.read(path, mapping) if isinstance(outcome, Row)]


def why_not(path: Path) -> str:
    outcomes = list(rows.read(path, columns.guess(path, layout.sniff(path))))
    assert isinstance(outcomes[0], RejectedRow)
    return outcomes[0].reason.text


def test_an_archive_holds_files_of_several_kinds(tmp_path: Path) -> None:
    path = archive(tmp_path / "all.zip", **{"in/cards.vcf": CARD, "people.csv": PEOPLE, "__MACOSX/people.csv": b"x"})

    parts = material.parts([path])

    assert {part.kind: [part.name_of(one) for one in part.paths] for part in parts} == {
        ImportKind.CONTACTS: ["in/cards.vcf"],
        ImportKind.PEOPLE: ["people.csv"],
    }


def test_an_archive_in_a_folder_is_laid_open_too(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_bytes(PEOPLE)
    archive(tmp_path / "packed.zip", **{"people.csv": PEOPLE})

    names = [part.name_of(path) for part in material.parts([tmp_path]) for path in part.paths]

    assert names == ["other.csv", "people.csv"]


def test_no_member_leaves_the_folder(tmp_path: Path) -> None:
    path = archive(tmp_path / "slip.zip", **{"../../outside.csv": PEOPLE, "/etc/outside.csv": PEOPLE})

    folder = opening.unpacked(path)

    assert folder is not None
    assert sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*.csv")) == [
        "etc/outside.csv",
        "outside.csv",
    ]
    assert not (tmp_path.parent / "outside.csv").exists()


def test_an_archive_that_unpacks_too_far_stays_packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "UNPACKED_FREE", 1_000)
    path = archive(tmp_path / "bomb.zip", **{"people.csv": b"a" * 10_000_000})

    assert opening.unpacked(path) is None
    assert [part.kind for part in material.parts([path])] == [ImportKind.MAIL]


@pytest.mark.parametrize("cut", [30, 80, 200])
def test_a_damaged_archive_stays_packed(tmp_path: Path, cut: int) -> None:
    whole = archive(tmp_path / "whole.zip", **{"people.csv": PEOPLE * 500}).read_bytes()
    path = tmp_path / "cut.zip"
    path.write_bytes(whole[:cut])

    assert opening.is_archive(path) is False


@pytest.mark.django_db
def test_an_archive_that_stays_packed_is_rejected_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "MOST_MEMBERS", 1)
    found_house()
    path = archive(tmp_path / "many.zip", **{"one.csv": PEOPLE, "two.csv": PEOPLE})

    import_ = bring_in(path, by=member("Maya Lindqvist", "maya@finch.example"))

    assert (counted(import_).seen, counted(import_).rejected + counted(import_).left_out) == (1, 1)
    assert "packed archive" in import_.items.get().reason
    assert connection.in_atomic_block


def test_a_workbook_is_laid_open_only_as_long_as_it_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "people.xlsx", ["Name", "E-mail"], ["Ana Keller", "ana@mill.example"])

    with opening.closed():
        csv_path = opening.sheets_of(path)[0].path
        assert csv_path.exists()

    assert not csv_path.exists()


def test_what_is_merged_downwards_is_told_in_each_of_its_rows(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "people.xlsx",
        ["Company", "Name", "E-mail"],
        ["Mill", "Ana Keller", "ana@mill.example"],
        ["", "Bo Nyström", "bo@mill.example"],
        ["Quay", "Cy Abbott", "cy@quay.example"],
        merged=(1, 0, 2, 0),
    )

    assert [row.values[Meaning.ORGANISATION] for row in understood(path)] == ["Mill", "Mill", "Quay"]


def test_a_row_of_a_sheet_is_told_by_its_number_there(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "people.xlsx",
        ["Customers of 2024"],
        [],
        ["Name", "E-mail"],
        ["Ana\nKeller", "ana@mill.example"],
        ["Bo Nyström", "bo@mill.example"],
    )

    assert [(row.place.line, row.values[Meaning.NAME]) for row in understood(path)] == [
        (4, "Ana Keller"),
        (5, "Bo Nyström"),
    ]


def test_days_told_as_the_numbers_of_a_spreadsheet_are_days(tmp_path: Path) -> None:
    path = workbook(tmp_path / "orders.xlsx", ["Order date", "Customer", "Amount"], [45_356, "Mill", 12.5])

    assert understood(path)[0].values[Meaning.DATE].isoformat() == "2024-03-05"


def test_a_cell_in_the_last_corner_of_a_sheet_ends_nothing_but_its_workbook(tmp_path: Path) -> None:
    path = tmp_path / "corner.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Name")
        sheet.write(1_048_575, 16_383, "far away")

    assert why_not(path) == opening.TOO_LARGE


def test_a_workbook_that_unpacks_too_far_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "UNPACKED_FREE", 100)
    monkeypatch.setattr(opening, "UNPACKED_RATIO", 0)
    path = workbook(tmp_path / "people.xlsx", ["Name"], *([f"Ana {number}"] for number in range(100)))

    assert why_not(path) == opening.TOO_LARGE


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"\0" * 2000])
def test_a_damaged_workbook_is_rejected_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "people.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + content)

    assert why_not(path) == opening.DAMAGED


def test_a_workbook_cut_short_is_no_table_and_no_archive(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "whole.xlsx", ["Name"], ["Ana"]).read_bytes()
    path = tmp_path / "cut.xlsx"
    path.write_bytes(whole[: len(whole) // 2])

    assert (opening.is_workbook(path), opening.is_archive(path)) == (False, False)
    assert why_not(path) == layout.DAMAGED


def test_a_web_page_under_the_name_of_a_table_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "report.xls"
    path.write_text("<html><body><table><tr><td>Name</td></tr></table></body></html>")

    assert why_not(path) == layout.MARKUP


def test_an_open_document_is_a_workbook_and_a_letter_is_none(tmp_path: Path) -> None:
    sheet, letter = io.BytesIO(), io.BytesIO()
    for target, kind in ((sheet, "spreadsheet"), (letter, "text")):
        with zipfile.ZipFile(target, "w") as packed:
            packed.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
    (tmp_path / "a.ods").write_bytes(sheet.getvalue())
    (tmp_path / "b.odt").write_bytes(letter.getvalue())

    assert [opening.is_workbook(tmp_path / name) for name in ("a.ods", "b.odt")] == [True, False]
    assert [opening.is_archive(tmp_path / name) for name in ("a.ods", "b.odt")] == [False, False]
    assert unpacking.UNPACKED_FREE > 0
