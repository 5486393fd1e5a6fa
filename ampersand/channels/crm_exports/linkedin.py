"""LinkedIn: one's own connections, with lines of explanation above them; few have an e-mail address."""

from __future__ import annotations

from ampersand.channels.crm_exports.shapes import Shape, by, column, columns
from ampersand.channels.crm_exports.users import NOTHING_OF_PEOPLE
from ampersand.channels.tables.meanings import Kind, Meaning

SHAPES = (
    Shape(
        "LinkedIn",
        "connections",
        Kind.PEOPLE,
        by("First Name, Last Name, Connected On", "First Name, Last Name, Position, Connected On"),
        columns(
            column(Meaning.GIVEN_NAME, "First Name"),
            column(Meaning.FAMILY_NAME, "Last Name"),
            column(Meaning.URL, "URL"),
            column(Meaning.EMAIL, "Email Address"),
            column(Meaning.ORGANISATION, "Company"),
            column(Meaning.ROLE, "Position"),
            column(Meaning.DETAIL, "Connected On", label="connected on LinkedIn"),
        ),
    ),
    Shape("LinkedIn", "links", Kind.PEOPLE, by("Time, Media Link", "Date, Media Link"), left_out=NOTHING_OF_PEOPLE),
)
