"""Pipedrive: the exports of people, organisations, deals and activities.

Each heading begins with what the table is of ("Person - Name"). Notes are written in HTML, several labels stand in one
cell with a comma between, and what is to be done says "To do" until it says "Done".
"""

from __future__ import annotations

from ampersand.channels.crm_exports.shapes import Shape, by, column, columns
from ampersand.channels.tables import forms
from ampersand.channels.tables.meanings import Kind, Meaning

PERSON, ORGANISATION = "Pipedrive person", "Pipedrive organization"


SHAPES = (
    Shape(
        "Pipedrive",
        "people",
        Kind.PEOPLE,
        by("Person - Name, Person - ID", "Person - Name, Person - Organization"),
        columns(
            column(Meaning.EXTERNAL_ID, "Person - ID", label=PERSON),
            column(Meaning.NAME, "Person - Name"),
            column(Meaning.GIVEN_NAME, "Person - First name"),
            column(Meaning.FAMILY_NAME, "Person - Last name"),
            column(Meaning.CATEGORY, "Person - Label, Person - Labels"),
            column(Meaning.ORGANISATION, "Person - Organization"),
            column(Meaning.ORGANISATION_ID, "Person - Organization ID", label=ORGANISATION),
            column(
                Meaning.PHONE,
                "Person - Phone, Person - Phone - Work, Person - Phone - Home, Person - Phone - Mobile, Person - Phone - Other",
            ),
            column(
                Meaning.EMAIL, "Person - Email, Person - Email - Work, Person - Email - Home, Person - Email - Other"
            ),
            column(Meaning.ROLE, "Person - Job title"),
            column(Meaning.BIRTHDAY, "Person - Birthday"),
            column(Meaning.WORDS, "Person - Notes, Person - Note", form=forms.HTML),
            column(Meaning.ADDRESS, "Person - Postal address"),
            column(
                Meaning.DETAIL,
                "Person - Open deals, Person - Won deals, Person - Lost deals, Person - Closed deals, "
                "Person - Total activities, Person - Done activities, Person - Activities to do, "
                "Person - Email messages count",
                form=forms.COUNT,
            ),
            column(Meaning.DETAIL, "Person - Person created", form=forms.WHEN),
            column(Meaning.IGNORE, "Person - Update time, Person - Profile picture, Person - Visible to"),
        ),
    ),
    Shape(
        "Pipedrive",
        "organizations",
        Kind.ORGANISATIONS,
        by("Organization - Name, Organization - ID", "Organization - Name, Organization - Owner"),
        columns(
            column(Meaning.EXTERNAL_ID, "Organization - ID", label=ORGANISATION),
            column(Meaning.ORGANISATION, "Organization - Name"),
            column(Meaning.CATEGORY, "Organization - Label, Organization - Labels, Organization - Industry"),
            column(Meaning.ADDRESS, "Organization - Address"),
            column(Meaning.URL, "Organization - Website, Organization - LinkedIn profile"),
            column(Meaning.PHONE, "Organization - Phone"),
            column(
                Meaning.DETAIL,
                "Organization - People, Organization - Open deals, Organization - Won deals, Organization - Lost deals, "
                "Organization - Closed deals, Organization - Total activities, Organization - Done activities, "
                "Organization - Activities to do",
                form=forms.COUNT,
            ),
            column(Meaning.IGNORE, "Organization - Update time, Organization - Visible to"),
            column(
                Meaning.IGNORE,
                "Organization - Street/road name of Address, Organization - House number of Address, "
                "Organization - City/town/village/locality of Address, Organization - State/county of Address, "
                "Organization - Country of Address, Organization - ZIP/Postal code of Address, "
                "Organization - Full/combined address of Address, Organization - District/sublocality of Address, "
                "Organization - Region of Address, Organization - Apartment/suite no of Address, "
                "Organization - Latitude of Address, Organization - Longitude of Address",
            ),
        ),
    ),
    Shape(
        "Pipedrive",
        "deals",
        Kind.OFFERS,
        by("Deal - Title, Deal - ID", "Deal - Title, Deal - Stage"),
        columns(
            column(Meaning.EXTERNAL_ID, "Deal - ID", label="Pipedrive deal"),
            column(Meaning.SUBJECT, "Deal - Title"),
            column(Meaning.AMOUNT, "Deal - Value"),
            column(Meaning.CURRENCY, "Deal - Currency of Value, Deal - Currency"),
            column(Meaning.ORGANISATION, "Deal - Organization"),
            column(Meaning.ORGANISATION_ID, "Deal - Organization ID", label=ORGANISATION),
            column(Meaning.NAME, "Deal - Contact person"),
            column(Meaning.PERSON_ID, "Deal - Contact person ID, Deal - Person ID", label=PERSON),
            column(Meaning.STAGE, "Deal - Stage"),
            column(Meaning.STATUS, "Deal - Status"),
            column(
                Meaning.DATE, "Deal - Won time, Deal - Lost time, Deal - Deal closed on, Deal - Expected close date"
            ),
            column(
                Meaning.DETAIL,
                "Deal - Total activities, Deal - Done activities, Deal - Activities to do",
                form=forms.COUNT,
            ),
            column(Meaning.IGNORE, "Deal - Update time, Deal - Visible to, Deal - Creator"),
        ),
    ),
    Shape(
        "Pipedrive",
        "activities",
        Kind.MOMENTS,
        by("Activity - Type, Activity - Due date", "Activity - Subject, Activity - Done"),
        columns(
            column(Meaning.EXTERNAL_ID, "Activity - ID", label="Pipedrive activity"),
            column(Meaning.MODE, "Activity - Type"),
            column(Meaning.SUBJECT, "Activity - Subject"),
            column(Meaning.DATE, "Activity - Due date"),
            column(Meaning.TIME, "Activity - Due time"),
            column(Meaning.DURATION, "Activity - Duration"),
            column(Meaning.STATUS, "Activity - Done"),
            column(Meaning.OWNER, "Activity - Assigned to user, Activity - Owner", label="owner"),
            column(Meaning.WORDS, "Activity - Note, Activity - Public description", form=forms.HTML),
            column(Meaning.NAME, "Activity - Contact person"),
            column(Meaning.PERSON_ID, "Activity - Contact person ID, Activity - Person ID", label=PERSON),
            column(Meaning.ORGANISATION, "Activity - Organization"),
            column(Meaning.ORGANISATION_ID, "Activity - Organization ID", label=ORGANISATION),
            column(Meaning.IGNORE, "Activity - Update time, Activity - Add time, Activity - Creator"),
        ),
    ),
    Shape(
        "Pipedrive",
        "notes",
        Kind.NOTES,
        by(
            "Note - Content, Note - Person",
            "Note - Content, Note - Organization",
            "Content, Person, Organization, Deal",
        ),
        columns(
            column(Meaning.EXTERNAL_ID, "Note - ID", label="Pipedrive note"),
            column(Meaning.WORDS, "Note - Content, Content", form=forms.HTML),
            column(Meaning.NAME, "Note - Person, Person"),
            column(Meaning.ORGANISATION, "Note - Organization, Organization"),
            column(Meaning.DATE, "Note - Add time, Add time"),
        ),
    ),
)
