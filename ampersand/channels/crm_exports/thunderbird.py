"""Thunderbird: its address book as a table. A birthday stands in three columns."""

from __future__ import annotations

from ampersand.channels.crm_exports.shapes import Shape, by, column, columns
from ampersand.channels.tables.meanings import Kind, Meaning

SHAPES = (
    Shape(
        "Thunderbird",
        "address book",
        Kind.PEOPLE,
        by("First Name, Last Name, Display Name, Primary Email, Screen Name"),
        columns(
            column(Meaning.GIVEN_NAME, "First Name"),
            column(Meaning.FAMILY_NAME, "Last Name"),
            column(Meaning.NAME, "Display Name"),
            column(Meaning.NICKNAME, "Nickname"),
            column(Meaning.EMAIL, "Primary Email, Secondary Email"),
            column(Meaning.DETAIL, "Screen Name", label="chat name"),
            column(Meaning.PHONE, "Work Phone, Home Phone, Mobile Number, Pager Number"),
            column(Meaning.FAX, "Fax Number"),
            column(Meaning.STREET, "Work Address, Work Address 2"),
            column(Meaning.CITY, "Work City"),
            column(Meaning.REGION, "Work State"),
            column(Meaning.POSTCODE, "Work ZipCode"),
            column(Meaning.COUNTRY, "Work Country"),
            column(Meaning.STREET, "Home Address, Home Address 2"),
            column(Meaning.CITY, "Home City"),
            column(Meaning.REGION, "Home State"),
            column(Meaning.POSTCODE, "Home ZipCode"),
            column(Meaning.COUNTRY, "Home Country"),
            column(Meaning.ROLE, "Job Title"),
            column(Meaning.DEPARTMENT, "Department"),
            column(Meaning.ORGANISATION, "Organization"),
            column(Meaning.URL, "Web Page 1, Web Page 2"),
            column(Meaning.BIRTH_YEAR, "Birth Year"),
            column(Meaning.BIRTH_MONTH, "Birth Month"),
            column(Meaning.BIRTH_DAY, "Birth Day"),
            column(Meaning.WORDS, "Notes"),
        ),
    ),
)
