"""Zoho CRM: the export of a module, and the backup of all of them.

Whoever or whatever a row belongs to stands twice, as a name and as a number under the same heading with ".id"; numbers
may begin with zcrm_. A module's file is named after it, the users are one of them.
"""

from __future__ import annotations

from ampersand.channels.crm_exports.shapes import Shape, by, column, columns
from ampersand.channels.crm_exports.users import NOBODY_OUTSIDE
from ampersand.channels.tables import forms
from ampersand.channels.tables.meanings import Kind, Meaning

PERSON, ACCOUNT = "Zoho contact", "Zoho account"

_OWNERS = "Contact Owner.id, Account Owner.id, Lead Owner.id, Deal Owner.id, Call Owner.id, Task Owner.id, Note Owner.id, Host.id"
_EVERYWHERE = columns(
    column(Meaning.IGNORE, "Created By.id, Created By, Modified By.id, Modified By, Modified Time, Last Activity Time"),
    column(
        Meaning.IGNORE, "Locked, Record Image, Layout.id, Layout, Exchange Rate, Change Log Time, Last Enriched Time"
    ),
    column(
        Meaning.IGNORE,
        "Enrich Status, Unsubscribed Time, Currency, Connected To.module, Connected To.id, User Modified Time",
    ),
    *(
        column(Meaning.DETAIL, f"{owner}.id", form=forms.USER, label=owner, unless=owner)
        for owner in (one.strip().removesuffix(".id") for one in _OWNERS.split(","))
    ),
    column(Meaning.CATEGORY, "Tag"),
    column(Meaning.DETAIL, "Email Opt Out", form=forms.ONLY_YES, label="opted out of e-mail"),
    column(Meaning.DETAIL, "Do Not Call", form=forms.ONLY_YES, label="do not call"),
)
_BELONGS = columns(
    column(Meaning.PERSON_ID, "Contact Name.id", form=forms.ZOHO_ID, label=PERSON),
    column(Meaning.NAME, "Contact Name"),
    column(Meaning.ORGANISATION_ID, "Account Name.id", form=forms.ZOHO_ID, label=ACCOUNT),
    column(Meaning.ORGANISATION, "Account Name"),
)
# What an activity is related to is told by number and name, and by the module it stands in.
_RELATED = columns(
    _BELONGS,
    column(Meaning.OWNER, "Call Owner, Task Owner, Host", label="owner"),
    *(
        column(Meaning.OWNER, f"{owner}.id", form=forms.USER, label="owner", unless=owner)
        for owner in ("Call Owner", "Task Owner", "Host")
    ),
    column(
        Meaning.ORGANISATION_ID,
        "Related To.id, What Id.id",
        form=forms.ZOHO_ID,
        label=ACCOUNT,
        unless="Account Name.id",
    ),
    column(Meaning.PERSON_ID, "Who Id.id", form=forms.ZOHO_ID, label=PERSON, unless="Contact Name.id"),
)
_PERSON = columns(
    column(Meaning.GIVEN_NAME, "First Name"),
    column(Meaning.FAMILY_NAME, "Last Name"),
    column(Meaning.PREFIX, "Salutation"),
    column(Meaning.EMAIL, "Email, Secondary Email"),
    column(Meaning.PHONE, "Phone, Mobile, Home Phone, Other Phone, Work Phone"),
    column(Meaning.FAX, "Fax"),
    column(Meaning.BIRTHDAY, "Date of Birth"),
    column(Meaning.DEPARTMENT, "Department"),
    column(Meaning.WORDS, "Description", form=forms.HTML),
    column(Meaning.URL, "Website, LinkedIn"),
    column(Meaning.DETAIL, "Annual Revenue", form=forms.NUMBER),
)

SHAPES = (
    Shape(
        "Zoho",
        "contacts",
        Kind.PEOPLE,
        by(
            "Record Id, Last Name, Contact Owner.id",
            "Record Id, Last Name, Contact Owner, Created Time",
            "Record Id, Last Name, Account Name, Modified Time",
            "Contact Id, Last Name, Contact Owner",
        ),
        columns(
            _EVERYWHERE,
            _PERSON,
            column(Meaning.EXTERNAL_ID, "Record Id, Contact Id", form=forms.ZOHO_ID, label=PERSON),
            column(Meaning.ORGANISATION_ID, "Account Name.id", form=forms.ZOHO_ID, label=ACCOUNT),
            column(Meaning.ORGANISATION, "Account Name"),
            column(Meaning.ROLE, "Title"),
            column(Meaning.STREET, "Mailing Street, Other Street"),
            column(Meaning.CITY, "Mailing City, Other City"),
            column(Meaning.REGION, "Mailing State, Other State"),
            column(Meaning.POSTCODE, "Mailing Zip, Other Zip"),
            column(Meaning.COUNTRY, "Mailing Country, Other Country"),
            column(Meaning.REPORTS_TO, "Reporting To.id", form=forms.ZOHO_ID, label=PERSON),
            column(Meaning.REPORTS_TO, "Reporting To", unless="Reporting To.id"),
            column(Meaning.ASSISTANT, "Assistant"),
            column(Meaning.IGNORE, "Full Name, Contact Name"),
        ),
    ),
    Shape(
        "Zoho",
        "leads",
        Kind.PEOPLE,
        by("Record Id, Last Name, Lead Owner", "Record Id, Last Name, Lead Status", "Lead Id, Last Name, Lead Owner"),
        columns(
            _EVERYWHERE,
            _PERSON,
            column(Meaning.EXTERNAL_ID, "Record Id, Lead Id", form=forms.ZOHO_ID, label="Zoho lead"),
            column(Meaning.ORGANISATION, "Company"),
            column(Meaning.ROLE, "Designation, Title"),
            column(Meaning.STREET, "Street"),
            column(Meaning.CITY, "City"),
            column(Meaning.REGION, "State"),
            column(Meaning.POSTCODE, "Zip Code"),
            column(Meaning.COUNTRY, "Country"),
            column(Meaning.CATEGORY, "Industry"),
            column(Meaning.DETAIL, "Is Converted", form=forms.ONLY_YES, label="converted"),
            column(
                Meaning.IGNORE, "Lead Name, Full Name, Converted Account.id, Converted Contact.id, Converted Deal.id"
            ),
        ),
    ),
    Shape(
        "Zoho",
        "accounts",
        Kind.ORGANISATIONS,
        by(
            "Record Id, Account Name, Account Owner",
            "Record Id, Account Name, Account Owner.id",
            "Account Id, Account Name, Account Owner",
        ),
        columns(
            _EVERYWHERE,
            column(Meaning.EXTERNAL_ID, "Record Id, Account Id", form=forms.ZOHO_ID, label=ACCOUNT),
            column(Meaning.ORGANISATION, "Account Name"),
            column(Meaning.URL, "Website"),
            column(Meaning.PHONE, "Phone"),
            column(Meaning.FAX, "Fax"),
            column(Meaning.CATEGORY, "Account Type, Industry"),
            column(Meaning.STREET, "Billing Street, Shipping Street"),
            column(Meaning.CITY, "Billing City, Shipping City"),
            column(Meaning.REGION, "Billing State, Shipping State"),
            column(Meaning.POSTCODE, "Billing Code, Shipping Code"),
            column(Meaning.COUNTRY, "Billing Country, Shipping Country"),
            column(Meaning.PART_OF, "Parent Account.id", form=forms.ZOHO_ID, label=ACCOUNT),
            column(Meaning.PART_OF, "Parent Account", unless="Parent Account.id"),
            column(Meaning.DETAIL, "Annual Revenue, Employees", form=forms.COUNT),
            column(Meaning.WORDS, "Description", form=forms.HTML),
        ),
    ),
    Shape(
        "Zoho",
        "deals",
        Kind.OFFERS,
        by("Record Id, Deal Name, Stage", "Deal Id, Deal Name, Stage", "Record Id, Potential Name, Stage"),
        columns(
            _EVERYWHERE,
            _BELONGS,
            column(Meaning.EXTERNAL_ID, "Record Id, Deal Id", form=forms.ZOHO_ID, label="Zoho deal"),
            column(Meaning.SUBJECT, "Deal Name, Potential Name"),
            column(Meaning.STAGE, "Stage"),
            column(Meaning.DATE, "Closing Date"),
            column(Meaning.AMOUNT, "Amount"),
            column(Meaning.CURRENCY, "Currency"),
            column(Meaning.WORDS, "Description", form=forms.HTML),
            column(
                Meaning.IGNORE,
                "Expected Revenue, Probability (%), Probability, Campaign Source.id, Overall Sales Duration",
            ),
        ),
    ),
    Shape(
        "Zoho",
        "calls",
        Kind.MOMENTS,
        by("Record Id, Call Start Time", "Record Id, Call Type, Subject"),
        columns(
            _EVERYWHERE,
            _RELATED,
            column(Meaning.EXTERNAL_ID, "Record Id", form=forms.ZOHO_ID, label="Zoho call"),
            column(Meaning.SUBJECT, "Subject"),
            column(Meaning.DATE, "Call Start Time"),
            column(Meaning.DURATION, "Call Duration"),
            column(Meaning.DURATION, "Call Duration (in seconds)", unless="Call Duration"),
            column(Meaning.DIRECTION, "Call Type"),
            column(Meaning.STATUS, "Call Status"),
            column(Meaning.WORDS, "Description, Call Agenda", form=forms.HTML),
            column(Meaning.DETAIL, "Call Result, Call Purpose"),
        ),
        mode="call",
    ),
    Shape(
        "Zoho",
        "meetings",
        Kind.MOMENTS,
        by("Record Id, Title, From, To", "Record Id, Event Title, From", "Record Id, Title, Start DateTime"),
        columns(
            _EVERYWHERE,
            _RELATED,
            column(Meaning.EXTERNAL_ID, "Record Id", form=forms.ZOHO_ID, label="Zoho meeting"),
            column(Meaning.SUBJECT, "Title, Event Title"),
            column(Meaning.DATE, "From, Start DateTime"),
            column(Meaning.ENDS, "To, End DateTime"),
            column(Meaning.WORDS, "Description", form=forms.HTML),
        ),
        mode="meeting",
    ),
    Shape(
        "Zoho",
        "tasks",
        Kind.MOMENTS,
        by("Record Id, Subject, Due Date, Status", "Record Id, Subject, Task Owner"),
        columns(
            _EVERYWHERE,
            _RELATED,
            column(Meaning.EXTERNAL_ID, "Record Id", form=forms.ZOHO_ID, label="Zoho task"),
            column(Meaning.SUBJECT, "Subject"),
            column(Meaning.DATE, "Closed Time, Due Date"),
            column(Meaning.STATUS, "Status"),
            column(Meaning.WORDS, "Description", form=forms.HTML),
        ),
    ),
    Shape(
        "Zoho",
        "notes",
        Kind.NOTES,
        by(
            "Note Content, Parent ID.id",
            "Note Content, Parent Id.id",
            "Note Content, Note Title, Parent ID",
            "Note Content, Note Title, Created Time",
        ),
        columns(
            _EVERYWHERE,
            column(Meaning.EXTERNAL_ID, "Record Id, Note Id", form=forms.ZOHO_ID, label="Zoho note"),
            column(Meaning.PERSON_ID, "Parent ID.id", form=forms.ZOHO_ID, label=PERSON),
            column(Meaning.NAME, "Parent ID, Parent Name"),
            column(Meaning.SUBJECT, "Note Title"),
            column(Meaning.WORDS, "Note Content", form=forms.HTML),
            column(Meaning.DATE, "Created Time"),
        ),
    ),
    Shape(
        "Zoho",
        "users",
        Kind.PEOPLE,
        by("id, First Name, Last Name, Profile, Role", "Record Id, First Name, Last Name, Profile, Role"),
        left_out=NOBODY_OUTSIDE,
        names=("id", "First Name", "Last Name"),
    ),
)
