"""Salesforce: what its Data Loader and the weekly Data Export write, one file an object.

Headings are the names of fields, in capitals or not; numbers have 15 letters, or 18 of which three only check the rest.
Yes and no are 1 and 0 or true and false. A deleted row is marked and still there. Mails kept as tasks begin with their
frame, and users stand in a file of their own.
"""

from __future__ import annotations

from ampersand.channels.crm_exports.shapes import Shape, by, column, columns
from ampersand.channels.crm_exports.users import NOBODY_OUTSIDE, NOTHING_OF_PEOPLE
from ampersand.channels.tables import forms
from ampersand.channels.tables.meanings import Kind, Meaning

PERSON, ACCOUNT = "Salesforce contact", "Salesforce account"

_EVERYWHERE = columns(
    column(Meaning.IS_DELETED, "IsDeleted"),
    column(
        Meaning.IGNORE, "MasterRecordId, CreatedById, LastModifiedDate, LastModifiedById, SystemModstamp, RecordTypeId"
    ),
    column(
        Meaning.IGNORE,
        "LastViewedDate, LastReferencedDate, PhotoUrl, JigsawContactId, Jigsaw, CleanStatus, DandbCompanyId",
    ),
    column(
        Meaning.IGNORE, "BillingLatitude, BillingLongitude, BillingGeocodeAccuracy, ShippingLatitude, ShippingLongitude"
    ),
    column(
        Meaning.IGNORE,
        "MailingLatitude, MailingLongitude, MailingGeocodeAccuracy, ShippingGeocodeAccuracy, IndividualId",
    ),
    column(Meaning.DETAIL, "OwnerId", form=forms.USER, label="owner"),
    column(Meaning.DETAIL, "CreatedDate", form=forms.WHEN, label="created"),
    column(Meaning.DETAIL, "LastActivityDate", label="last activity"),
)
_OPTED_OUT = columns(
    column(Meaning.DETAIL, "HasOptedOutOfEmail", form=forms.ONLY_YES, label="opted out of e-mail"),
    column(Meaning.DETAIL, "HasOptedOutOfFax", form=forms.ONLY_YES, label="opted out of fax"),
    column(Meaning.DETAIL, "DoNotCall", form=forms.ONLY_YES, label="do not call"),
    column(Meaning.DETAIL, "EmailBouncedReason", label="e-mail bounced"),
    column(Meaning.DETAIL, "EmailBouncedDate", label="e-mail bounced on"),
    column(Meaning.DETAIL, "IsEmailBounced", form=forms.ONLY_YES, label="e-mail bounces"),
)
_NAMED = columns(
    column(Meaning.GIVEN_NAME, "FirstName"),
    column(Meaning.MIDDLE_NAME, "MiddleName"),
    column(Meaning.FAMILY_NAME, "LastName"),
    column(Meaning.PREFIX, "Salutation"),
    column(Meaning.SUFFIX, "Suffix"),
    column(Meaning.EMAIL, "Email"),
    column(Meaning.PHONE, "Phone, MobilePhone, HomePhone, OtherPhone"),
    column(Meaning.FAX, "Fax"),
    column(Meaning.ROLE, "Title"),
    column(Meaning.DETAIL, "LeadSource", label="lead source"),
    column(Meaning.WORDS, "Description", form=forms.HTML),
    column(Meaning.ASSISTANT, "AssistantName"),
    column(Meaning.DETAIL, "AssistantPhone", label="assistant's telephone"),
)
_WITH = columns(
    column(Meaning.OWNER, "OwnerId", form=forms.USER, label="owner"),
    column(Meaning.PERSON_ID, "WhoId", form=forms.SALESFORCE_ID, label=PERSON),
    column(Meaning.ORGANISATION_ID, "AccountId", form=forms.SALESFORCE_ID, label=ACCOUNT),
    column(Meaning.ORGANISATION_ID, "WhatId", form=forms.SALESFORCE_ACCOUNT, label=ACCOUNT, unless="AccountId"),
    column(Meaning.SUBJECT, "Subject"),
    column(Meaning.WORDS, "Description", form=forms.SENT_MAIL),
    column(
        Meaning.IGNORE,
        "Priority, IsHighPriority, IsClosed, IsArchived, IsReminderSet, IsRecurrence, WhoCount, WhatCount",
    ),
)

SHAPES = (
    Shape(
        "Salesforce",
        "accounts",
        Kind.ORGANISATIONS,
        by("Id, Name, BillingCity", "Id, Name, ParentId, OwnerId", "Name, Type, Website, AnnualRevenue"),
        columns(
            _EVERYWHERE,
            column(Meaning.EXTERNAL_ID, "Id", form=forms.SALESFORCE_ID, label=ACCOUNT),
            column(Meaning.ORGANISATION, "Name"),
            column(Meaning.CATEGORY, "Type, Industry"),
            column(Meaning.PART_OF, "ParentId", form=forms.SALESFORCE_ID, label=ACCOUNT),
            column(Meaning.STREET, "BillingStreet, ShippingStreet"),
            column(Meaning.CITY, "BillingCity, ShippingCity"),
            column(Meaning.REGION, "BillingState, ShippingState"),
            column(Meaning.POSTCODE, "BillingPostalCode, ShippingPostalCode"),
            column(Meaning.COUNTRY, "BillingCountry, ShippingCountry"),
            column(Meaning.PHONE, "Phone"),
            column(Meaning.FAX, "Fax"),
            column(Meaning.URL, "Website"),
            column(Meaning.DETAIL, "AccountNumber", label="account number"),
            column(Meaning.DETAIL, "AnnualRevenue", form=forms.NUMBER, label="annual revenue"),
            column(Meaning.DETAIL, "NumberOfEmployees", form=forms.NUMBER, label="number of employees"),
            column(Meaning.DETAIL, "TickerSymbol", label="ticker symbol"),
            column(Meaning.WORDS, "Description", form=forms.HTML),
        ),
        names=("Id", "Name"),
    ),
    Shape(
        "Salesforce",
        "contacts",
        Kind.PEOPLE,
        by("Id, AccountId, LastName", "Id, LastName, MailingCity, Email"),
        columns(
            _EVERYWHERE,
            _OPTED_OUT,
            _NAMED,
            column(Meaning.EXTERNAL_ID, "Id", form=forms.SALESFORCE_ID, label=PERSON),
            column(Meaning.ORGANISATION_ID, "AccountId", form=forms.SALESFORCE_ID, label=ACCOUNT),
            column(Meaning.DEPARTMENT, "Department"),
            column(Meaning.BIRTHDAY, "Birthdate"),
            column(Meaning.STREET, "MailingStreet, OtherStreet"),
            column(Meaning.CITY, "MailingCity, OtherCity"),
            column(Meaning.REGION, "MailingState, OtherState"),
            column(Meaning.POSTCODE, "MailingPostalCode, OtherPostalCode"),
            column(Meaning.COUNTRY, "MailingCountry, OtherCountry"),
            column(Meaning.REPORTS_TO, "ReportsToId", form=forms.SALESFORCE_ID, label=PERSON),
        ),
        names=("Id", "FirstName", "LastName"),
    ),
    Shape(
        "Salesforce",
        "leads",
        Kind.PEOPLE,
        by("Id, LastName, Company, Status", "Id, LastName, Company, IsConverted"),
        columns(
            _EVERYWHERE,
            _OPTED_OUT,
            _NAMED,
            column(Meaning.EXTERNAL_ID, "Id", form=forms.SALESFORCE_ID, label="Salesforce lead"),
            column(Meaning.ORGANISATION, "Company"),
            column(Meaning.STREET, "Street"),
            column(Meaning.CITY, "City"),
            column(Meaning.REGION, "State"),
            column(Meaning.POSTCODE, "PostalCode"),
            column(Meaning.COUNTRY, "Country"),
            column(Meaning.URL, "Website"),
            column(Meaning.CATEGORY, "Industry"),
            column(Meaning.DETAIL, "Status", label="lead status"),
            column(Meaning.DETAIL, "IsConverted", form=forms.ONLY_YES, label="converted"),
            column(Meaning.IGNORE, "ConvertedAccountId, ConvertedContactId, ConvertedOpportunityId, IsUnreadByOwner"),
        ),
    ),
    Shape(
        "Salesforce",
        "opportunities",
        Kind.OFFERS,
        by("Id, AccountId, StageName", "Id, StageName, CloseDate, Name"),
        columns(
            _EVERYWHERE,
            column(Meaning.EXTERNAL_ID, "Id", form=forms.SALESFORCE_ID, label="Salesforce opportunity"),
            column(Meaning.ORGANISATION_ID, "AccountId", form=forms.SALESFORCE_ID, label=ACCOUNT),
            column(Meaning.PERSON_ID, "ContactId", form=forms.SALESFORCE_ID, label=PERSON),
            column(Meaning.SUBJECT, "Name"),
            column(Meaning.STAGE, "StageName"),
            column(Meaning.IS_WON, "IsWon"),
            column(Meaning.IS_CLOSED, "IsClosed"),
            column(Meaning.AMOUNT, "Amount"),
            column(Meaning.CURRENCY, "CurrencyIsoCode"),
            column(Meaning.DATE, "CloseDate"),
            column(Meaning.WORDS, "Description", form=forms.HTML),
            column(Meaning.DETAIL, "NextStep", label="next step"),
            column(Meaning.DETAIL, "Type", label="type"),
            column(Meaning.DETAIL, "LeadSource", label="lead source"),
            column(
                Meaning.IGNORE,
                "CampaignId, Pricebook2Id, PricebookId, HasOpportunityLineItem, FiscalQuarter, FiscalYear, Fiscal",
            ),
            column(
                Meaning.IGNORE,
                "ForecastCategory, ForecastCategoryName, ExpectedRevenue, Probability, CreatedDate, LastActivityDate",
            ),
        ),
    ),
    Shape(
        "Salesforce",
        "tasks",
        Kind.MOMENTS,
        by("Id, WhoId, ActivityDate, Status", "Id, WhoId, Subject, TaskSubtype"),
        columns(
            _EVERYWHERE,
            _WITH,
            column(Meaning.EXTERNAL_ID, "Id", form=forms.SALESFORCE_ID, label="Salesforce task"),
            column(Meaning.DATE, "ActivityDate, CompletedDateTime"),
            column(Meaning.STATUS, "Status"),
            column(Meaning.MODE, "TaskSubtype"),
            column(Meaning.DIRECTION, "CallType"),
            column(Meaning.DURATION, "CallDurationInSeconds"),
            column(Meaning.IGNORE, "CreatedDate, LastActivityDate"),
        ),
    ),
    Shape(
        "Salesforce",
        "events",
        Kind.MOMENTS,
        by("Id, WhoId, ActivityDateTime", "Id, WhoId, StartDateTime"),
        columns(
            _EVERYWHERE,
            _WITH,
            column(Meaning.EXTERNAL_ID, "Id", form=forms.SALESFORCE_ID, label="Salesforce event"),
            column(Meaning.DATE, "StartDateTime, ActivityDateTime, ActivityDate"),
            column(Meaning.ENDS, "EndDateTime"),
            column(Meaning.DURATION, "DurationInMinutes", unless="EndDateTime"),
            column(
                Meaning.IGNORE,
                "CreatedDate, LastActivityDate, IsAllDayEvent, ShowAs, IsPrivate, IsGroupEvent, EventSubtype",
            ),
        ),
        mode="meeting",
    ),
    Shape(
        "Salesforce",
        "notes",
        Kind.NOTES,
        by("Id, ParentId, Title, Body"),
        columns(
            _EVERYWHERE,
            column(Meaning.EXTERNAL_ID, "Id", form=forms.SALESFORCE_ID, label="Salesforce note"),
            column(Meaning.ORGANISATION_ID, "AccountId", form=forms.SALESFORCE_ID, label=ACCOUNT),
            column(Meaning.PERSON_ID, "ParentId", form=forms.SALESFORCE_PERSON, label=PERSON),
            column(Meaning.DATE, "CreatedDate"),
            column(Meaning.SUBJECT, "Title"),
            column(Meaning.WORDS, "Body", form=forms.HTML),
        ),
    ),
    Shape(
        "Salesforce",
        "users",
        Kind.PEOPLE,
        by("Id, Username, LastName, IsActive", "Id, Username, Email, ProfileId"),
        left_out=NOBODY_OUTSIDE,
        names=("Id", "FirstName", "LastName"),
    ),
    Shape(
        "Salesforce",
        "links between rows",
        Kind.PEOPLE,
        by(
            "Id, AccountId, ContactId, Roles", "Id, OpportunityId, ContactId, Role", "Id, CampaignId, LeadId, ContactId"
        ),
        left_out=NOTHING_OF_PEOPLE,
    ),
)
