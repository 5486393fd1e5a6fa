from __future__ import annotations

import json
from pathlib import Path

import pytest

from ampersand.channels.tables import columns, layout
from ampersand.channels.tables.mapping import Mapping
from ampersand.channels.tables.meanings import Kind, Meaning


def guess(folder: Path, content: str, *, name: str = "table.csv") -> Mapping:
    path = folder / name
    path.write_text(content)
    return columns.guess(path, layout.sniff(path))


def meanings(mapping: Mapping) -> list[str]:
    return [column.meaning.value for column in mapping.columns]


PEOPLE = {
    "English": "First Name,Last Name,E-mail,Company,Job Title,Postal Code,City\n",
    "German": "Vorname;Nachname;E-Mail-Adresse;Firma;Funktion;PLZ;Ort\n",
    "French": "Prénom;Nom;Courriel;Société;Fonction;Code postal;Ville\n",
    "Spanish": "Nombre;Apellidos;Correo electrónico;Empresa;Cargo;Código postal;Ciudad\n",
}


@pytest.mark.parametrize("language", PEOPLE)
def test_people_are_understood_from_headings_in_four_languages(tmp_path: Path, language: str) -> None:
    separator = ";" if ";" in PEOPLE[language] else ","
    values = separator.join(["Ana", "Keller", "ana@mill.example", "Mill", "Buyer", "34117", "Kassel"])

    mapping = guess(tmp_path, PEOPLE[language] + values + "\n")

    assert mapping.kind is Kind.PEOPLE
    assert meanings(mapping) == ["given name", "family name", "e-mail", "organisation", "role", "postcode", "city"]


@pytest.mark.parametrize(
    "header",
    [
        "Order Date,Customer,Order Number,Total,Currency",
        "Bestelldatum,Kunde,Bestellnummer,Gesamtbetrag,Währung",
        "Date de commande,Client,Numéro de commande,Montant TTC,Devise",
        "Fecha de pedido,Cliente,Número de pedido,Importe,Moneda",
    ],
)
def test_orders_are_understood_from_headings_in_four_languages(tmp_path: Path, header: str) -> None:
    mapping = guess(tmp_path, f"{header}\n2024-01-05,Mill,A-1,12.50,EUR\n")

    assert mapping.kind is Kind.TRANSACTIONS
    assert meanings(mapping) == ["date", "organisation", "number", "amount", "currency"]


def test_moments_are_told_by_their_mode_and_words(tmp_path: Path) -> None:
    mapping = guess(tmp_path, "Datum;Kontakt;Kontaktart;Richtung;Notiz\n05.01.2024;Ana;Anruf;ein;Fragt nach Bohnen\n")

    assert mapping.kind is Kind.MOMENTS
    assert meanings(mapping) == ["date", "name", "mode", "direction", "words"]


def test_deals_are_told_apart_from_orders(tmp_path: Path) -> None:
    mapping = guess(tmp_path, "Deal Name,Deal Stage,Close Date,Amount,Pipeline\nMill,Won,2024-01-05,12.50,Sales\n")

    assert mapping.kind is Kind.OFFERS


def test_an_amount_and_a_date_beside_a_person_are_details_of_the_person(tmp_path: Path) -> None:
    mapping = guess(
        tmp_path, "Firma;Ansprechpartner;E-Mail;Umsatz 2023;Letzter Kontakt\nMill;Ana;a@m.example;1.234,50;01.11.2023\n"
    )

    assert mapping.kind is Kind.PEOPLE
    assert meanings(mapping) == ["organisation", "name", "e-mail", "detail", "detail"]


def test_name_means_the_organisation_where_rows_are_organisations(tmp_path: Path) -> None:
    mapping = guess(
        tmp_path,
        "NAME,TYPE,BILLINGSTREET,BILLINGCITY,WEBSITE,ANNUALREVENUE\nMill,Client,1 Quay,Leeds,www.m.example,9\n",
    )

    assert mapping.kind is Kind.ORGANISATIONS
    assert meanings(mapping) == ["organisation", "category", "street", "city", "web page", "detail"]


def test_a_heading_that_its_values_deny_is_not_believed(tmp_path: Path) -> None:
    mapping = guess(tmp_path, "Name,Customer,E-mail\nMill,True,no\nFox,False,yes\nRow,True,no\n")

    assert meanings(mapping) == ["name", "detail", "detail"]


def test_columns_without_headings_are_understood_from_their_values(tmp_path: Path) -> None:
    mapping = guess(
        tmp_path,
        "ana@mill.example,+49 561 123456,https://mill.example\nbo@fox.example,+49 561 99999,https://fox.example\n",
    )

    assert meanings(mapping) == ["e-mail", "phone", "web page"]


def test_of_two_addresses_the_fuller_is_taken_and_never_a_mixture(tmp_path: Path) -> None:
    header = "Name,Email,Home Street,Home City,Business Street,Business City\n"

    mapping = guess(tmp_path, header + "Ana,a@m.example,,Rome,1 Quay,Leeds\nBo,b@m.example,,,2 Quay,Leeds\n")

    assert meanings(mapping)[2:] == ["detail", "detail", "street", "city"] or meanings(mapping)[2:] == [
        "ignore", "detail", "street", "city",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("days", "order", "is_sure"),
    [
        (["01/02/2024", "03/04/2024", "25/12/2024"], "DMY", True),
        (["01/02/2024", "03/04/2024", "12/25/2024"], "MDY", True),
        (["2024-01-02", "2024-12-25"], "YMD", True),
        (["01.02.2024", "03.04.2024"], "DMY", False),
        (["01/02/2024", "03/04/2024"], "DMY", False),
        (["25/12/2024", "26/12/2024", "12/25/2024"], "DMY", False),
    ],
)
def test_the_order_of_day_and_month_is_decided_over_every_row(
    tmp_path: Path, days: list[str], order: str, is_sure: bool
) -> None:
    rows = "".join(f"{day},Mill,12.50\n" for day in days[:-1]) * 400 + f"{days[-1]},Mill,12.50\n"

    date = guess(tmp_path, "Order Date,Customer,Total\n" + rows).columns[0]

    assert (date.date_order, date.is_sure) == (order, is_sure)


def test_one_column_of_days_proves_the_order_of_another(tmp_path: Path) -> None:
    heading, born = "First name,Last name,E-mail,Birthday,Due date", "Ana,Keller,ana@mill.example,4/12/1975"

    proven = guess(tmp_path, "Order date,Due date,Customer,Amount\n4/12/2024,4/25/2024,Mill,5\n")
    unproven = guess(tmp_path, f"{heading}\n{born},\n")

    assert [(column.date_order, column.is_sure) for column in proven.columns[:2]] == [("MDY", True), ("MDY", True)]
    assert (columns.asks_for_order(proven), columns.asks_for_order(unproven)) == (False, True)


def test_the_proofs_of_the_order_are_counted(tmp_path: Path) -> None:
    date = guess(
        tmp_path, "Order Date,Customer,Total\n25/12/2024,Mill,1\n26/12/2024,Mill,1\n12/25/2024,Mill,1\n"
    ).columns[0]

    assert date.proofs == (("DMY", 2), ("MDY", 1))


@pytest.mark.parametrize(
    ("amounts", "mark"),
    [(["1.234", "12,5"], ","), (["1,234", "12.5"], "."), (["1.234", "2.345"], ","), (["12", "13"], ",")],
)
def test_the_decimal_mark_is_decided_over_the_column(tmp_path: Path, amounts: list[str], mark: str) -> None:
    rows = "".join(f"2024-01-05;Mill;{amount}\n" for amount in amounts)

    assert guess(tmp_path, "Order Date;Customer;Total\n" + rows).columns[2].decimal_mark == mark


def test_a_mapping_goes_to_json_and_back_unchanged(tmp_path: Path) -> None:
    mapping = guess(tmp_path, "Order Date,Customer,Total\n25/12/2024,Mill,12.50\n")

    assert Mapping.from_json(json.loads(json.dumps(mapping.to_json()))) == mapping


def test_a_person_puts_a_column_right_and_it_is_sure(tmp_path: Path) -> None:
    mapping = guess(tmp_path, "Order Date,Customer,Total\n01/02/2024,Mill,12.50\n")

    changed = mapping.put_right(0, date_order="MDY").put_right(1, meaning=Meaning.NAME)

    assert (changed.columns[0].date_order, changed.columns[0].is_sure) == ("MDY", True)
    assert changed.columns[1].meaning is Meaning.NAME
    assert mapping.columns[0].date_order == "DMY"
