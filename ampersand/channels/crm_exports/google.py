"""Google Contacts: the layout of today and the one before 2024. Several values stand in one cell with " ::: " between."""

from __future__ import annotations

from ampersand.channels.crm_exports.shapes import Shape, by, column, columns
from ampersand.channels.tables import forms
from ampersand.channels.tables.meanings import Kind, Meaning

_MOST = range(1, 11)


_REACHED = columns(
    *(column(Meaning.EMAIL, f"E-mail {number} - Value, Email {number} - Value") for number in _MOST),
    *(column(Meaning.PHONE, f"Phone {number} - Value") for number in _MOST),
    *(column(Meaning.URL, f"Website {number} - Value") for number in _MOST),
    *(column(Meaning.DETAIL, f"Relation {number} - Value", label="relation") for number in _MOST),
    *(column(Meaning.DETAIL, f"Event {number} - Value", label="event") for number in _MOST),
    *(column(Meaning.DETAIL, f"Custom Field {number} - Value", label="custom field") for number in _MOST),
    *(column(Meaning.DETAIL, f"IM {number} - Value", label="chat name") for number in _MOST),
    *(
        column(Meaning.IGNORE, f"{of} {number} - {what}")
        for of in (
            "E-mail",
            "Email",
            "Phone",
            "Website",
            "Address",
            "Relation",
            "Event",
            "Custom Field",
            "IM",
            "Organization",
        )
        for number in _MOST
        for what in ("Label", "Type")
    ),
    *(
        part
        for number in _MOST
        for part in (
            column(
                Meaning.STREET,
                f"Address {number} - Street, Address {number} - PO Box, Address {number} - Extended Address",
            ),
            column(Meaning.CITY, f"Address {number} - City"),
            column(Meaning.REGION, f"Address {number} - Region"),
            column(Meaning.POSTCODE, f"Address {number} - Postal Code"),
            column(Meaning.COUNTRY, f"Address {number} - Country"),
            column(Meaning.ADDRESS, f"Address {number} - Formatted"),
        )
    ),
)
_PERSON = columns(
    column(Meaning.PREFIX, "Name Prefix"),
    column(Meaning.SUFFIX, "Name Suffix"),
    column(Meaning.NICKNAME, "Nickname"),
    column(Meaning.BIRTHDAY, "Birthday"),
    column(Meaning.WORDS, "Notes"),
    column(Meaning.IGNORE, "Photo"),
)

SHAPES = (
    Shape(
        "Google",
        "contacts",
        Kind.PEOPLE,
        by(
            "First Name, Last Name, Organization Name, Labels, E-mail 1 - Value",
            "First Name, Phonetic First Name, File As, Labels",
        ),
        columns(
            _REACHED,
            _PERSON,
            column(Meaning.GIVEN_NAME, "First Name"),
            column(Meaning.MIDDLE_NAME, "Middle Name"),
            column(Meaning.FAMILY_NAME, "Last Name"),
            column(Meaning.SORT_NAME, "Phonetic Last Name"),
            column(Meaning.ORGANISATION, "Organization Name"),
            column(Meaning.ROLE, "Organization Title"),
            column(Meaning.DEPARTMENT, "Organization Department"),
            column(Meaning.CATEGORY, "Labels", form=forms.GOOGLE_LABELS),
            column(Meaning.DETAIL, "File As", label="file as"),
        ),
    ),
    Shape(
        "Google",
        "contacts before 2024",
        Kind.PEOPLE,
        by("Name, Given Name, Family Name, Group Membership"),
        columns(
            _REACHED,
            _PERSON,
            column(Meaning.NAME, "Name"),
            column(Meaning.GIVEN_NAME, "Given Name"),
            column(Meaning.MIDDLE_NAME, "Additional Name"),
            column(Meaning.FAMILY_NAME, "Family Name"),
            column(Meaning.SORT_NAME, "Family Name Yomi"),
            column(Meaning.CATEGORY, "Group Membership", form=forms.GOOGLE_LABELS),
            column(Meaning.ORGANISATION, "Organization 1 - Name"),
            column(Meaning.ROLE, "Organization 1 - Title"),
            column(Meaning.DEPARTMENT, "Organization 1 - Department"),
            column(Meaning.DETAIL, "Sensitivity, Priority, Gender", form=forms.SAID),
            column(Meaning.IGNORE, "Directory Server"),
        ),
    ),
)
