"""What a column of a table may mean."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What the rows of a table are. Offers are told apart so that a list of deals is not taken for orders; notes are
    words about somebody, which tell of nothing that happened between people.
    """

    PEOPLE = "people"
    ORGANISATIONS = "organisations"
    MOMENTS = "moments"
    TRANSACTIONS = "transactions"
    OFFERS = "offers"
    NOTES = "notes"


class Meaning(StrEnum):
    NAME = "name"
    GIVEN_NAME = "given name"
    MIDDLE_NAME = "middle name"
    FAMILY_NAME = "family name"
    PREFIX = "name prefix"
    SUFFIX = "name suffix"
    NICKNAME = "nickname"
    SORT_NAME = "sort name"
    ORGANISATION = "organisation"
    DEPARTMENT = "department"
    ROLE = "role"
    EMAIL = "e-mail"
    PHONE = "phone"
    FAX = "fax"
    URL = "web page"
    STREET = "street"
    POSTCODE = "postcode"
    CITY = "city"
    REGION = "region"
    COUNTRY = "country"
    ADDRESS = "address"
    BIRTHDAY = "birthday"
    BIRTH_YEAR = "year of birth"
    BIRTH_MONTH = "month of birth"
    BIRTH_DAY = "day of birth"
    CATEGORY = "category"
    IS_ORGANISATION = "is an organisation"
    IS_DELETED = "is deleted"
    EXTERNAL_ID = "external id"
    ORGANISATION_ID = "external id of the organisation"
    PERSON_ID = "external id of the person"
    DATE = "date"
    TIME = "time"
    ENDS = "end"
    DURATION = "duration"
    MODE = "mode"
    DIRECTION = "direction"
    SENDER = "from"
    RECEIVER = "to"
    OWNER = "owner"
    SUBJECT = "subject"
    WORDS = "words"
    AMOUNT = "amount"
    CURRENCY = "currency"
    NUMBER = "number"
    QUANTITY = "quantity"
    PRODUCT = "product"
    TRANSACTION_KIND = "kind"
    STATUS = "status"
    STAGE = "stage"
    IS_WON = "is won"
    IS_CLOSED = "is closed"
    DUE_ON = "due date"
    REPORTS_TO = "reports to"
    ASSISTANT = "assistant"
    SPOUSE = "spouse"
    PART_OF = "is part of"
    DETAIL = "detail"
    IGNORE = "ignore"


# What ties somebody to another, who may stand anywhere in an export.
TIES = (Meaning.REPORTS_TO, Meaning.ASSISTANT, Meaning.SPOUSE, Meaning.PART_OF)
