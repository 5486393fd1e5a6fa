"""HubSpot: the exports of all contacts, companies, deals, and of what was done with them.

A row has the number "Record ID"; those it belongs to stand beside it, several with ";" between. Choices are told in
capitals. What is dated has the time of the account, without a zone.
"""

from __future__ import annotations

from ampersand.channels.crm_exports.shapes import Shape, by, column, columns
from ampersand.channels.tables import forms
from ampersand.channels.tables.meanings import Kind, Meaning

PERSON, COMPANY, DEAL = "HubSpot contact", "HubSpot company", "HubSpot deal"

_COMPANIES = columns(
    column(Meaning.ORGANISATION_ID, "Associated Company IDs", label=COMPANY),
    column(Meaning.ORGANISATION_ID, "Primary Associated Company ID", label=COMPANY, unless="Associated Company IDs"),
    column(Meaning.ORGANISATION, "Associated Company"),
    column(Meaning.ORGANISATION, "Company Name", unless="Associated Company"),
    column(
        Meaning.IGNORE, "Associated Company (Primary), Primary Associated Company, Associated Deal IDs, Associated Deal"
    ),
)
_PEOPLE = columns(
    column(Meaning.PERSON_ID, "Associated Contact IDs", label=PERSON),
    column(Meaning.IGNORE, "Associated Contact"),
)
_CHOICES = column(
    Meaning.DETAIL,
    "Lead Status, Lifecycle Stage, Original Source, Original Traffic Source, Latest Source, Latest Traffic Source, "
    "Buying Role, Deal Type, Type, Priority",
    form=forms.NAMED_IN_CAPITALS,
)
_OPTED_OUT = columns(
    column(
        Meaning.DETAIL,
        "Unsubscribed from all email, Unsubscribed from all emails, Opted out of all email, Opted out of email: All",
        form=forms.ONLY_YES,
        label="opted out of e-mail",
    ),
    column(Meaning.DETAIL, "Do not call, Do Not Call", form=forms.ONLY_YES, label="do not call"),
    column(Meaning.DETAIL, "Invalid email address", form=forms.ONLY_YES, label="e-mail bounces"),
    column(Meaning.DETAIL, "Email hard bounce reason", label="e-mail bounced"),
)
_COUNTS = column(
    Meaning.DETAIL, "Number of times contacted, Number of Associated Contacts, Number of Associated Deals",
    form=forms.COUNT,
)  # fmt: skip
_ACTIVITY = columns(
    _COMPANIES,
    _PEOPLE,
    column(Meaning.EXTERNAL_ID, "Record ID", label="HubSpot activity"),
    column(Meaning.DATE, "Activity date"),
    column(Meaning.DETAIL, "Activity assigned to, Activity created by"),
)

SHAPES = (
    Shape(
        "HubSpot",
        "contacts",
        Kind.PEOPLE,
        by("Record ID, First Name, Last Name, Email", "Record ID, Lifecycle Stage, Email"),
        columns(
            column(Meaning.EXTERNAL_ID, "Record ID", label=PERSON),
            column(Meaning.GIVEN_NAME, "First Name"),
            column(Meaning.FAMILY_NAME, "Last Name"),
            column(Meaning.PREFIX, "Salutation"),
            column(Meaning.EMAIL, "Email, Additional email addresses, Work email"),
            column(Meaning.PHONE, "Phone Number, Mobile Phone Number"),
            column(Meaning.FAX, "Fax Number"),
            column(Meaning.ROLE, "Job Title"),
            column(Meaning.STREET, "Street Address"),
            column(Meaning.CITY, "City"),
            column(Meaning.REGION, "State/Region"),
            column(Meaning.POSTCODE, "Postal Code"),
            column(Meaning.COUNTRY, "Country/Region"),
            column(Meaning.BIRTHDAY, "Date of birth"),
            column(Meaning.URL, "Website URL, LinkedIn URL"),
            column(Meaning.CATEGORY, "Industry", form=forms.NAMED_IN_CAPITALS),
            _OPTED_OUT,
            _COMPANIES,
            _CHOICES,
            _COUNTS,
        ),
    ),
    Shape(
        "HubSpot",
        "companies",
        Kind.ORGANISATIONS,
        by("Record ID, Company name, Company owner", "Record ID, Company name, Company Domain Name"),
        columns(
            column(Meaning.EXTERNAL_ID, "Record ID", label=COMPANY),
            column(Meaning.ORGANISATION, "Company name"),
            column(Meaning.URL, "Company Domain Name, Website URL"),
            column(Meaning.PHONE, "Phone Number"),
            column(Meaning.STREET, "Street Address, Street Address 2"),
            column(Meaning.CITY, "City"),
            column(Meaning.REGION, "State/Region"),
            column(Meaning.POSTCODE, "Postal Code"),
            column(Meaning.COUNTRY, "Country/Region"),
            column(Meaning.CATEGORY, "Industry", form=forms.NAMED_IN_CAPITALS),
            column(Meaning.WORDS, "Description, About Us"),
            column(Meaning.DETAIL, "Annual Revenue", form=forms.NUMBER),
            column(Meaning.PART_OF, "Parent Company ID, Parent Company IDs", form=forms.LIST_NUMBER, label=COMPANY),
            column(Meaning.PART_OF, "Parent Company", unless="Parent Company ID"),
            column(Meaning.IGNORE, "Associated Contact, Associated Contact IDs"),
            column(Meaning.IGNORE, "Associated Deal, Associated Deal IDs"),
            _CHOICES,
            _COUNTS,
        ),
    ),
    Shape(
        "HubSpot",
        "deals",
        Kind.OFFERS,
        by("Record ID, Deal Name, Deal Stage", "Deal ID, Deal Name, Deal Stage"),
        columns(
            _COMPANIES,
            _PEOPLE,
            column(Meaning.EXTERNAL_ID, "Record ID, Deal ID", label=DEAL),
            column(Meaning.SUBJECT, "Deal Name"),
            column(Meaning.STAGE, "Deal Stage"),
            column(Meaning.DATE, "Close Date"),
            column(Meaning.AMOUNT, "Amount"),
            column(Meaning.CURRENCY, "Currency"),
            column(Meaning.WORDS, "Deal Description", form=forms.HTML),
            _CHOICES,
        ),
    ),
    Shape(
        "HubSpot",
        "notes",
        Kind.NOTES,
        by("Record ID, Activity date, Note body", "Record ID, Activity date, Body preview"),
        columns(
            _ACTIVITY,
            column(Meaning.WORDS, "Note body", form=forms.HTML),
            column(Meaning.WORDS, "Body preview", form=forms.HTML, unless="Note body"),
        ),
    ),
    Shape(
        "HubSpot",
        "calls",
        Kind.MOMENTS,
        by("Record ID, Activity date, Call outcome", "Record ID, Activity date, Call notes"),
        columns(
            _ACTIVITY,
            column(Meaning.SUBJECT, "Call title"),
            column(Meaning.WORDS, "Call notes", form=forms.HTML),
            column(Meaning.DIRECTION, "Call direction"),
            column(Meaning.DURATION, "Call duration, Call duration (HH:mm:ss)"),
        ),
        mode="call",
    ),
    Shape(
        "HubSpot",
        "meetings",
        Kind.MOMENTS,
        by("Record ID, Meeting name", "Record ID, Meeting start time"),
        columns(
            _ACTIVITY,
            column(Meaning.DATE, "Meeting start time"),
            column(Meaning.ENDS, "Meeting end time"),
            column(Meaning.SUBJECT, "Meeting name"),
            column(Meaning.WORDS, "Meeting description, Internal meeting notes", form=forms.HTML),
            column(Meaning.MODE, "Meeting location type"),
        ),
        mode="meeting",
    ),
    Shape(
        "HubSpot",
        "tasks",
        Kind.MOMENTS,
        by("Record ID, Task title, Task status", "Record ID, Task Title, Due date"),
        columns(
            _ACTIVITY,
            column(Meaning.DATE, "Due date, Completed at"),
            column(Meaning.SUBJECT, "Task title"),
            column(Meaning.WORDS, "Task notes", form=forms.HTML),
            column(Meaning.STATUS, "Task status", form=forms.NAMED_IN_CAPITALS),
            column(Meaning.MODE, "Task type"),
        ),
    ),
)
