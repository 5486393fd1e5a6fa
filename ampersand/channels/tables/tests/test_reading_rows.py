from __future__ import annotations

import csv
import datetime
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ampersand.channels.outcomes import Place
from ampersand.channels.tables import columns, layout, rejects, rows, values
from ampersand.channels.tables.mapping import Mapping
from ampersand.channels.tables.meanings import Kind, Meaning
from ampersand.channels.tables.rows import LeftOutRow, RejectedRow, Row, RowOutcome


def read(folder: Path, *lines: str, zone: str = "UTC") -> list[RowOutcome]:
    path, mapping = understand(folder, *lines, zone=zone)
    return list(rows.read(path, mapping))


def understand(folder: Path, *lines: str, zone: str = "UTC") -> tuple[Path, Mapping]:
    path = folder / "table.csv"
    path.write_text("\n".join(lines) + "\n")
    return path, columns.guess(path, layout.sniff(path), zone=zone)


def told(outcome: RowOutcome) -> dict[Meaning, Any]:
    assert isinstance(outcome, Row)
    return outcome.values


def reasons(outcomes: list[RowOutcome]) -> list[str]:
    return [str(outcome.reason) for outcome in outcomes if not isinstance(outcome, Row)]


def test_a_person_is_put_together_from_the_parts_of_a_row(tmp_path: Path) -> None:
    (ana,) = read(
        tmp_path, "First Name,Last Name,E-mail,Business Phone,Company,Birthday,Shoe size",
        "Ana,Keller,ANA <ana@mill.example>; ana@mill.example,+49 561 1,Mill,1980-04-12,38",
    )  # fmt: skip

    assert isinstance(ana, Row)
    assert (ana.place, ana.kind) == (Place("table.csv", 2), Kind.PEOPLE)
    assert (ana.values[Meaning.NAME], ana.values[Meaning.SORT_NAME]) == ("Ana Keller", "Keller Ana")
    assert ana.values[Meaning.EMAIL] == ["ana@mill.example"]
    assert ana.values[Meaning.PHONE] == [("Business Phone", "+49 561 1")]
    assert ana.values[Meaning.DETAIL] == [("Shoe size", "38")]
    assert ana.values[Meaning.BIRTHDAY].on == datetime.date(1980, 4, 12)


def test_a_row_with_only_an_organisation_stands_for_the_organisation(tmp_path: Path) -> None:
    mill, ana, nobody = read(
        tmp_path,
        "First Name,Last Name,Email,Company,City",
        ",,,Mill,Leeds",
        ",,ana.keller@mill.example,Mill,",
        ",,,,Leeds",
    )

    assert (told(mill)[Meaning.NAME], told(mill)[Meaning.IS_ORGANISATION]) == ("Mill", True)
    assert told(ana)[Meaning.NAME] == "Ana Keller"
    assert reasons([nobody]) == ["The row names nobody: no name, no organisation and no e-mail address."]


def test_an_order_has_its_day_its_amount_and_its_currency(tmp_path: Path) -> None:
    outcomes = read(
        tmp_path, "Bestelldatum;Kunde;Rechnungsnr;Gesamtbetrag",
        "25.12.2024;Mill;R-1;1.234,50 €", "1.2.2024;Fox;R-2;-12,00",
    )  # fmt: skip

    assert [told(outcome)[Meaning.DATE] for outcome in outcomes] == [
        datetime.date(2024, 12, 25),
        datetime.date(2024, 2, 1),
    ]
    assert [told(outcome)[Meaning.AMOUNT] for outcome in outcomes] == [
        (Decimal("1234.50"), "EUR"),
        (Decimal("-12.00"), ""),
    ]


TODAY = datetime.date(2026, 10, 6)


@pytest.mark.parametrize(
    "day", ["0024-05-01", "2199-05-01", "1.5.1024", "1899-12-31", "2037-01-01", "0001-01-01 00:10"]
)
def test_a_year_that_cannot_be_meant_is_rejected_with_the_reason(tmp_path: Path, day: str) -> None:
    path, mapping = understand(
        tmp_path, "Order date,Customer,Amount", "2024-12-25,Mill,5.00", f"{day},Fox,5.00", zone="Asia/Tokyo"
    )

    _fine, wrong = rows.read(path, mapping, today=TODAY)

    assert isinstance(wrong, RejectedRow)
    assert str(wrong.reason.translated()) in {
        f"“{day}” in the column Order date is in no year that can be meant.",
        f"“{day}” in the column Order date cannot be read.",
    }


def test_a_year_of_two_digits_is_near(tmp_path: Path) -> None:
    path, mapping = understand(tmp_path, "Order date,Customer,Amount", "25.12.24,Mill,5", "1.2.36,Fox,5", "1.2.68,Bo,5")

    years = [told(outcome)[Meaning.DATE].year for outcome in rows.read(path, mapping, today=TODAY)]

    assert years == [2024, 2036, 1968]


@pytest.mark.parametrize(
    ("cell", "year"), [("13.4.75", 1975), ("13.4.25", 2025), ("13.4.1850", 1850), ("13.4.1849", 0), ("13.4.2027", 0)]
)
def test_a_birthday_lies_between_1850_and_today(tmp_path: Path, cell: str, year: int) -> None:
    path, mapping = understand(tmp_path, "First name,Last name,E-mail,Birthday", f"Ana,Keller,ana@mill.example,{cell}")

    (ana,) = rows.read(path, mapping, today=TODAY)

    assert (told(ana)[Meaning.BIRTHDAY].year if isinstance(ana, Row) else 0) == year


def test_a_time_in_a_column_of_its_own_belongs_to_its_day_and_to_the_houses_zone(tmp_path: Path) -> None:
    call, sent = read(
        tmp_path, "Date,Time,Contact,Mode,Notes",
        "2024-07-05,2:30 PM,Ana,call,Beans", "2024-07-05T10:00:00Z,,Ana,mail,Beans",
        zone="Europe/Berlin",
    )  # fmt: skip

    assert told(call)[Meaning.DATE] == datetime.datetime(2024, 7, 5, 12, 30, tzinfo=datetime.UTC)
    assert told(sent)[Meaning.DATE] == datetime.datetime(2024, 7, 5, 10, 0, tzinfo=datetime.UTC)


def test_every_row_that_is_not_understood_says_why(tmp_path: Path) -> None:
    outcomes = read(
        tmp_path, "Order Date,Customer,Order Number,Total,Currency",
        "2024-01-05,Mill,A-1,12.50,EUR",
        "soon,Mill,A-2,12.50,EUR",
        "2024-01-05,Mill,A-3,a lot,EUR",
        ",Mill,A-4,12.50,EUR",
        "2024-01-05,,A-5,12.50,EUR",
        "2024-01-05,Mill,,,EUR",
        "2024-01-05,Row, Inc.,A-6,12.50,EUR",
        "2024-01-05",
        "",
        "Total,,,25.00,",
    )  # fmt: skip

    assert isinstance(outcomes[0], Row)
    assert reasons(outcomes) == [
        "“soon” in the column Order Date cannot be read.",
        "“a lot” in the column Total cannot be read.",
        "The row has no date.",
        "The row does not say with whom.",
        "The row has neither an amount nor a number.",
        "The row has 6 columns instead of 5: a separator may stand inside a value.",
        "The row has 1 of 5 columns.",
        "The row is empty.",
        "This is a row of totals.",
    ]
    assert [type(outcome) for outcome in outcomes[-2:]] == [LeftOutRow, LeftOutRow]


def test_the_same_person_twice_comes_once_and_the_same_order_twice_comes_twice(tmp_path: Path) -> None:
    people = read(tmp_path, "First Name,Last Name,Email", "Ana,Keller,a@m.example", "Ana,Keller,a@m.example")
    orders = read(tmp_path, "Order Date,Customer,Total", "2024-01-05,Mill,12.50", "2024-01-05,Mill,12.50")

    assert reasons(people) == ["The same row stands on line 2."]
    assert [type(outcome) for outcome in orders] == [Row, Row]


def test_what_was_deleted_where_it_comes_from_is_left_out(tmp_path: Path) -> None:
    outcomes = read(
        tmp_path, "Id,IsDeleted,FirstName,LastName,Email", "1,0,Ana,Keller,a@m.example", "2,1,Bo,Fox,b@m.example"
    )

    assert reasons(outcomes) == ["It was deleted in the system it comes from."]
    assert isinstance(outcomes[0], Row)
    assert outcomes[0].key == "1"


def test_what_is_still_to_be_done_is_no_moment(tmp_path: Path) -> None:
    outcomes = read(
        tmp_path,
        "Date,Contact,Mode,Subject,Status",
        "2024-01-05,Ana,call,Beans,Not Started",
        "2024-01-05,Ana,call,Beans,Done",
    )

    assert reasons(outcomes) == ["It is still to be done: only what has happened is a moment."]


def test_the_first_rows_are_shown_as_understood(tmp_path: Path) -> None:
    path, mapping = understand(
        tmp_path, "First Name,Last Name,Email", *(f"Ana,Keller{n},a{n}@m.example" for n in range(50))
    )

    assert [told(row)[Meaning.FAMILY_NAME] for row in rows.first(path, mapping)] == [f"Keller{n}" for n in range(10)]


def test_rejected_rows_go_back_with_line_and_reason_and_harm_no_spreadsheet(tmp_path: Path) -> None:
    path, mapping = understand(
        tmp_path,
        "Order Date,Customer,Total",
        "2024-01-05,Mill,12.50",
        '=HYPERLINK("x"),@cmd,-5.00',
        "soon,+49 561 1,12.50",
    )
    rejected = [outcome for outcome in rows.read(path, mapping) if isinstance(outcome, RejectedRow)]
    file = io.StringIO(newline="")

    count = rejects.write(file, mapping, rejected)

    header, first, second = csv.reader(io.StringIO(file.getvalue()))
    assert count == 2
    assert header[:3] == ["Order Date", "Customer", "Total"]
    assert first[:4] == ['\'=HYPERLINK("x")', "'@cmd", "-5.00", "3"]
    assert second == ["soon", "'+49 561 1", "12.50", "4", "“soon” in the column Order Date cannot be read."]


def test_a_mended_file_of_rejected_rows_is_read_without_its_apostrophes(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "Order Date,Customer,Email,Total", "2024-01-05,'@Mill,a@m.example,12.50")

    assert told(row)[Meaning.ORGANISATION] == "@Mill"


@pytest.mark.parametrize(
    ("text", "mark", "amount"),
    [
        ("1.234,50 €", ",", (Decimal("1234.50"), "EUR")),
        ("$1,234.50", ".", (Decimal("1234.50"), "USD")),
        ("(1,234.50)", ".", (Decimal("-1234.50"), "")),
        ("12,50-", ",", (Decimal("-12.50"), "")),
        ("CHF 1'234.50", ".", (Decimal("1234.50"), "CHF")),
        ("1\u202f234,50\u00a0EUR", ",", (Decimal("1234.50"), "EUR")),
        ("", ".", None),
        ("-", ".", None),
    ],
)
def test_amounts_are_read_as_people_and_programs_write_them(text: str, mark: str, amount: object) -> None:
    assert values.read_amount(text, mark) == amount


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("25/12/24", "DMY", datetime.date(2024, 12, 25)),
        ("12/25/1999", "MDY", datetime.date(1999, 12, 25)),
        ("2024.12.25", "", datetime.date(2024, 12, 25)),
        ("20241225", "", datetime.date(2024, 12, 25)),
        ("15 Jan 2024", "", datetime.date(2024, 1, 15)),
        ("3. März 2024", "", datetime.date(2024, 3, 3)),
        ("le 3 août 2024", "", datetime.date(2024, 8, 3)),
        ("3 de agosto de 2024", "", datetime.date(2024, 8, 3)),
        ("December 25, 2024", "", datetime.date(2024, 12, 25)),
        ("2024年12月25日", "", datetime.date(2024, 12, 25)),
        ("0/0/00", "MDY", None),
    ],
)
def test_days_are_read_as_people_and_programs_write_them(text: str, order: str, day: datetime.date | None) -> None:
    assert values.read_when(text, order, "UTC") == day


@pytest.mark.parametrize("text", ["31/02/2024", "13/13/2024", "tomorrow", "99999999", "1/2", "5"])
def test_what_is_no_day_is_not_bent_into_one(text: str) -> None:
    with pytest.raises(values.NotReadable):
        values.read_when(text, "DMY", "UTC")


@given(st.text(alphabet="0123456789./-:,;+ ()'’abcJanMärzuguPpMmTZ€$£年月日\u00a0\u202f\n", max_size=40))
def test_no_cell_breaks_the_readers(text: str) -> None:
    for reader in (
        lambda: values.read_when(text, "DMY", "UTC"),
        lambda: values.read_amount(text, ","),
        lambda: values.read_clock(text),
    ):
        try:
            reader()
        except values.NotReadable:
            continue


@given(
    st.lists(st.lists(st.text(alphabet='ab@,;"\n\t =1.-', max_size=8), min_size=1, max_size=5), min_size=1, max_size=12)
)
def test_every_row_ends_as_something_with_its_line(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("tables") / "any.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(table)

    for outcome in rows.read(path, columns.guess(path, layout.sniff(path))):
        assert outcome.place.line >= 1
