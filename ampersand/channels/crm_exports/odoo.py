"""Odoo: what its lists export, and the tables it hands out to be filled in.

Headings are those of the screen or the names of fields. People and companies stand in one table, and a person's company
is named as it is shown there; yes and no are 1 and 0 or True and False.
"""

from __future__ import annotations

from ampersand.channels.crm_exports.shapes import Shape, by, column, columns
from ampersand.channels.tables import forms
from ampersand.channels.tables.meanings import Kind, Meaning

_PLACE = columns(
    column(Meaning.STREET, "Street, Street2, street, street2"),
    column(Meaning.POSTCODE, "Zip, ZIP, zip"),
    column(Meaning.CITY, "City, city"),
    column(Meaning.REGION, "State, state_id, State/State Name, state_id/name"),
    column(Meaning.COUNTRY, "Country, country_id, Country/Country Name, country_id/name, country_id/code"),
    column(Meaning.PHONE, "Phone, Mobile, phone, mobile"),
    column(Meaning.EMAIL, "Email, email, email_from, Normalized Email"),
    column(Meaning.URL, "Website, Website Link, website"),
)

SHAPES = (
    Shape(
        "Odoo",
        "contacts",
        Kind.PEOPLE,
        by(
            "name, is_company, company_name",
            "name, is_company, email",
            "name, company_type, email",
            "Name, Is a company, Related company",
            "Name, Is a Company",
            "Name, Company Type, Email",
            "Name, Related Company, Email",
            "Display Name, Company Type, Email",
        ),
        columns(
            _PLACE,
            column(Meaning.EXTERNAL_ID, "External ID, id, ID", label="Odoo contact"),
            column(Meaning.NAME, "Name, name"),
            column(Meaning.NAME, "Display Name, display_name, Complete Name", unless="Name"),
            column(Meaning.IS_ORGANISATION, "Is a company, is_company"),
            column(Meaning.IS_ORGANISATION, "Company Type, company_type", form=forms.IS_COMPANY),
            column(Meaning.ORGANISATION, "Related company, Related Company, company_name, parent_id, parent_id/name"),
            column(Meaning.ORGANISATION_ID, "Related Company/External ID, parent_id/id", label="Odoo contact"),
            column(Meaning.ROLE, "Job Position, function"),
            column(Meaning.CATEGORY, "Tags, category_id, category_id/name"),
            column(Meaning.WORDS, "Notes, comment", form=forms.HTML),
            column(Meaning.DETAIL, "vat, Tax ID, VAT", label="VAT number"),
            column(Meaning.DETAIL, "Reference, ref", label="reference"),
            column(Meaning.DETAIL, "Customer, customer", form=forms.ONLY_YES, label="customer"),
            column(Meaning.DETAIL, "Vendor, Supplier, supplier", form=forms.ONLY_YES, label="supplier"),
            column(
                Meaning.DETAIL,
                "is_blacklisted, Blacklist, Blacklisted, Blacklisted Email",
                form=forms.ONLY_YES,
                label="opted out of e-mail",
            ),
            column(
                Meaning.DETAIL,
                "phone_blacklisted, phone_sanitized_blacklisted, Blacklisted Phone",
                form=forms.ONLY_YES,
                label="do not call",
            ),
            column(Meaning.DETAIL, "Address type, Address Type, type", label="address type"),
            column(Meaning.DETAIL, "bank_ids/bank, Banks/Bank", label="bank"),
            column(Meaning.DETAIL, "bank_ids/acc_number, Banks/Account Number", label="bank account"),
            column(Meaning.DETAIL, "Salesperson, user_id", label="salesperson"),
            column(Meaning.PREFIX, "Title, title"),
            column(Meaning.IGNORE, "Color Index, Image, image_1920, Activities, message_ids"),
        ),
    ),
    Shape(
        "Odoo",
        "customers",
        Kind.ORGANISATIONS,
        by("Name, Reference, Tags, Customer"),
        columns(
            _PLACE,
            column(Meaning.EXTERNAL_ID, "External ID, id", label="Odoo contact"),
            column(Meaning.ORGANISATION, "Name"),
            column(Meaning.CATEGORY, "Tags"),
            column(Meaning.DETAIL, "Reference", label="reference"),
            column(Meaning.DETAIL, "Customer", form=forms.ONLY_YES, label="customer"),
        ),
    ),
    Shape(
        "Odoo",
        "leads",
        Kind.PEOPLE,
        by(
            "Name, Contact Name, Company Name, Job Position",
            "Opportunity, Contact Name, Email, Stage",
            "name, contact_name, partner_name",
        ),
        columns(
            _PLACE,
            column(Meaning.EXTERNAL_ID, "External ID, id", label="Odoo lead"),
            column(Meaning.NAME, "Contact Name, contact_name"),
            column(Meaning.ORGANISATION, "Company Name, partner_name"),
            column(Meaning.DETAIL, "Name, Opportunity, name", label="lead"),
            column(Meaning.ROLE, "Job Position, function"),
            column(Meaning.CATEGORY, "Tags, tag_ids"),
            column(Meaning.WORDS, "Notes, Internal Notes, description", form=forms.HTML),
        ),
    ),
    Shape(
        "Odoo",
        "mailing contacts",
        Kind.PEOPLE,
        by("Name, Company Name, Email, Mailing List", "Name, Email, Mailing Lists", "Name, Email, Mailing List"),
        columns(
            _PLACE,
            column(Meaning.EXTERNAL_ID, "External ID, id", label="Odoo mailing contact"),
            column(Meaning.NAME, "Name"),
            column(Meaning.ORGANISATION, "Company Name"),
            column(Meaning.CATEGORY, "Tags"),
            column(Meaning.DETAIL, "Mailing List, Mailing Lists", label="mailing list"),
        ),
    ),
)
