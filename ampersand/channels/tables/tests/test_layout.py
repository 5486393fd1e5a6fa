from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from ampersand.channels.tables import layout


def write(folder: Path, content: str | bytes, *, encoding: str = "utf-8", name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def rows(path: Path) -> list[list[str]]:
    return [cells for _, cells in layout.read_rows(path, layout.sniff(path)) if isinstance(cells, list)]


GERMAN = "Firma;Ort;Umsatz\r\nBäcker & Söhne;Köln;1.234,50\r\nMüller;Düren;2,00\r\n"
JAPANESE = "姓,名,会社名\r\n佐藤,花子,能登水産\r\n鈴木,美咲,有限会社髙橋製作所\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_are_read_right_in_each_encoding_that_excel_writes(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, GERMAN, encoding=encoding)

    assert layout.sniff(path).headers == ("Firma", "Ort", "Umsatz")
    assert rows(path)[0] == ["Bäcker & Söhne", "Köln", "1.234,50"]


def test_japanese_letters_are_read_from_shift_jis(tmp_path: Path) -> None:
    path = write(tmp_path, JAPANESE, encoding="cp932")

    assert layout.sniff(path).encoding == "cp932"
    assert rows(path)[1] == ["鈴木", "美咲", "有限会社髙橋製作所"]


def test_polish_letters_are_not_taken_for_western_ones(tmp_path: Path) -> None:
    names = "Łukasz Żółć,Świętochłowice\nGrażyna Dąbrowska,Łódź\nMałgorzata Wójcik,Częstochowa\n"

    path = write(tmp_path, "Name,City\n" + names * 4, encoding="cp1250")

    assert rows(path)[0] == ["Łukasz Żółć", "Świętochłowice"]


def test_an_odd_byte_in_the_last_row_does_not_change_how_the_rest_is_read(tmp_path: Path) -> None:
    body = "Name,City\n" + "Søren,København\n" * 40_000

    path = write(tmp_path, body.encode() + b"Zo\xeb,Lyon\n")

    assert rows(path)[0] == ["Søren", "København"]
    assert rows(path)[-1] == ["Zoë", "Lyon"]


def test_an_ascii_beginning_does_not_hide_the_encoding_of_the_end(tmp_path: Path) -> None:
    path = write(tmp_path, b"Name,City\n" + b"Ana,Rome\n" * 40_000 + "Müller,Köln\n".encode("cp1252"))

    assert layout.sniff(path).encoding == "cp1252"
    assert rows(path)[-1] == ["Müller", "Köln"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_found_beside_commas_in_values(tmp_path: Path, delimiter: str) -> None:
    lines = [["Name", "Company", "Amount"], ["Ana", "Mill", "1,5"], ["Bo", '"Row, Inc."', "2,5"], ["Cy", "Fox", "12,0"]]
    quoted = [[f'"{cell}"' if delimiter in cell and '"' not in cell else cell for cell in line] for line in lines]

    path = write(tmp_path, "\n".join(delimiter.join(line) for line in quoted))

    assert layout.sniff(path).delimiter == delimiter
    assert rows(path)[1][1].strip('"') == "Row, Inc."


def test_what_excel_says_of_its_separator_is_believed_and_is_no_row(tmp_path: Path) -> None:
    path = write(tmp_path, "sep=;\r\nName;City\r\nAna;Rome\r\n")

    assert layout.sniff(path).headers == ("Name", "City")
    assert rows(path) == [["Ana", "Rome"]]


def test_remarks_above_the_headings_are_passed_over(tmp_path: Path) -> None:
    path = write(tmp_path, 'Notes:\n"Some have no address, as expected."\n\nFirst Name,Last Name,Email\nAna,Keller,\n')

    assert layout.sniff(path).headers == ("First Name", "Last Name", "Email")
    assert list(layout.read_rows(path, layout.sniff(path))) == [(5, ["Ana", "Keller", ""])]


def test_a_table_without_headings_has_its_first_row(tmp_path: Path) -> None:
    path = write(tmp_path, "Ana,ana@mill.example,12.50\nBo,bo@fox.example,3.00\n")

    assert (layout.sniff(path).has_header, layout.sniff(path).headers) == (False, ("1", "2", "3"))
    assert len(rows(path)) == 2


def test_each_row_tells_the_line_it_begins_on_though_values_have_line_ends(tmp_path: Path) -> None:
    path = write(tmp_path, 'Name,Note\nAna,"one\ntwo"\nBo,three\n')

    assert [line for line, _ in layout.read_rows(path, layout.sniff(path))] == [2, 4]


def test_a_packed_file_is_read_as_it_is(tmp_path: Path) -> None:
    path = write(tmp_path, gzip.compress(b"Name,City\nAna,Rome\n"), name="table.csv.gz")

    assert rows(path) == [["Ana", "Rome"]]


@pytest.mark.parametrize(
    "content", [b"", b"\n\n\n", b"\x00\x00", b'"', b"a" * 100, b'"never closed,\n' + b"x,y\n" * 50]
)
def test_no_file_is_too_odd_to_be_looked_at(tmp_path: Path, content: bytes) -> None:
    path = write(tmp_path, content)

    assert len(rows(path)) <= 60


def test_a_short_first_row_of_a_table_without_headings_is_a_row(tmp_path: Path) -> None:
    path = write(tmp_path, b"Ana Keller,\nBo Nystrom,bo@mill.example\nCy Abbott,cy@mill.example\n")

    assert len(list(layout.read_rows(path, layout.sniff(path)))) == 3
