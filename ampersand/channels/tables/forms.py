"""How other programs write their cells: markup, numbers of their own, words in capitals. Each form is text to text."""

from __future__ import annotations

import re
from collections.abc import Callable

from ampersand.channels.mail import html_text
from ampersand.channels.tables import values
from ampersand.channels.tables.mapping import Column, Mapping

Reads = Callable[[str], str]

HTML = "html"
NAMED_IN_CAPITALS = "named in capitals"
SALESFORCE_ID = "salesforce id"
ZOHO_ID = "zoho id"
LIST_NUMBER = "number in a list"
USER = "user"
SALESFORCE_ACCOUNT = "salesforce account"
SALESFORCE_PERSON = "salesforce person"
COUNT = "count"
NUMBER = "number"
ONLY_YES = "only yes"
GOOGLE_LABELS = "google labels"
IN_BRACKETS = "e-mail in brackets"
NO_EXCHANGE = "no exchange address"
SAID = "said"
WHEN = "when"
SENT_MAIL = "sent mail"
IS_COMPANY = "person or company"

# Cells that hold a number by which that program knows a row, perhaps in a file beside this one.
NUMBERS = {SALESFORCE_ID, ZOHO_ID, LIST_NUMBER}

_MARKUP = re.compile(r"<(?:[a-z][a-z0-9]*|/[a-z]+)\b[^<>]*>|&(?:nbsp|amp|lt|gt|quot|#\d+);", re.IGNORECASE)
_MAIL_FRAME = re.compile(
    r"^(?:To|CC|BCC|Attachment|Additional To|From): ?.*$\n?|^Subject: .*$\n?|^Body:\s*$\n?", re.MULTILINE
)
_IN_CAPITALS = re.compile(r"^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$")


def reader(column: Column, mapping: Mapping) -> Reads | None:
    """How the cells of a column are read before they are taken for a value; nothing where they stand as they are."""
    if column.form == USER:
        names = dict(mapping.names)
        return lambda cell: names.get(salesforce_id(zoho_id(cell)), "")
    return _FORMS.get(column.form)


def html(cell: str) -> str:
    """The words of a note that may be written in HTML.

    >>> html("<div>Spoke to <b>Rosa</b>&nbsp;&amp; team</div>"), html("3 < 4 & 5")
    ('Spoke to Rosa & team', '3 < 4 & 5')
    """
    if not _MARKUP.search(cell):
        return cell
    return html_text.to_text(cell).replace("\u00a0", " ").strip()


def named_in_capitals(cell: str) -> str:
    """A choice as a person reads it.

    >>> named_in_capitals("LOGISTICS_AND_SUPPLY_CHAIN"), named_in_capitals("NEW"), named_in_capitals("B2B")
    ('Logistics and supply chain', 'New', 'B2B')
    """
    if not _IN_CAPITALS.match(cell) or any(map(str.isdigit, cell)):
        return cell
    return cell.replace("_", " ").capitalize()


def salesforce_id(cell: str) -> str:
    """The number by which Salesforce knows a row, without the three letters that programs add to it.

    >>> salesforce_id("0015g0000021PKLAAM"), salesforce_id("0015g0000021PKL"), salesforce_id("7")
    ('0015g0000021PKL', '0015g0000021PKL', '7')
    """
    return cell[:15] if len(cell) == 18 and cell.isalnum() else cell


def zoho_id(cell: str) -> str:
    """The number by which Zoho knows a row, without its mark.

    >>> zoho_id("zcrm_5361160000000663001")
    '5361160000000663001'
    """
    return cell.removeprefix("zcrm_")


def count(cell: str) -> str:
    """How often something was; never is not worth telling."""
    return "" if cell.strip("0. ") == "" else cell


def number(cell: str) -> str:
    """A number written out.

    >>> number("1.25E7"), number("40"), number("none")
    ('12500000', '40', 'none')
    """
    if not re.fullmatch(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d{1,2}", cell):
        return cell
    return f"{float(cell):.15g}" if abs(float(cell)) < 1e15 else cell


def only_yes(cell: str) -> str:
    """A yes; no is what nobody said."""
    return "yes" if values.read_yes(cell) else ""


def google_labels(cell: str) -> str:
    """The labels that somebody gave; those with a star are Google's own.

    >>> google_labels("* myContacts ::: Customers ::: * starred")
    'Customers'
    """
    return " ::: ".join(label for label in cell.split(" ::: ") if label.strip() and not label.startswith("* "))


def in_brackets(cell: str) -> str:
    """The e-mail address that stands behind a name; what Outlook writes where it keeps an address of its own."""
    return " ".join(values.find_emails(cell))


def no_exchange(cell: str) -> str:
    """An e-mail address; that of a mailbox on an Exchange server is none that anybody outside can write to."""
    return "" if cell.lower().startswith("/o=") else cell


def said(cell: str) -> str:
    """What somebody chose; nothing for what a program writes where nobody did."""
    return (
        ""
        if cell.lower() in {"unspecified", "normal", "false", "0/0/00", "0.0.00", "keine angabe", "falsch", "aus"}
        else cell
    )


def when(cell: str) -> str:
    """A time as a person writes it, in the zone it was told in.

    >>> when("2006-04-15T03:23:30.000Z"), when("2024-02-01 10:00:00"), when("soon")
    ('2006-04-15 03:23', '2024-02-01 10:00', 'soon')
    """
    found = re.match(r"^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)", cell)
    return f"{found[1]} {found[2]}" if found else cell


def salesforce_account(cell: str) -> str:
    """The number of an account; in this place also stand those of other things."""
    return salesforce_id(cell) if cell.startswith("001") else ""


def salesforce_person(cell: str) -> str:
    """The number of a contact or a lead; in this place also stand those of other things."""
    return salesforce_id(cell) if cell.startswith(("003", "00Q")) else ""


def sent_mail(cell: str) -> str:
    """What was written, without the frame that Salesforce puts before a mail it keeps as a task."""
    return _MAIL_FRAME.sub("", cell).strip() if cell.startswith(("To:", "Additional To:")) else cell


def is_company(cell: str) -> str:
    """Odoo's two words for what a contact is, as yes and no."""
    return "yes" if cell.strip().lower() in {"company", "unternehmen", "entreprise", "société", "empresa"} else cell


_FORMS: dict[str, Reads] = {
    HTML: html,
    NAMED_IN_CAPITALS: named_in_capitals,
    SALESFORCE_ID: salesforce_id,
    ZOHO_ID: zoho_id,
    SALESFORCE_ACCOUNT: salesforce_account,
    SALESFORCE_PERSON: salesforce_person,
    COUNT: count,
    NUMBER: number,
    ONLY_YES: only_yes,
    GOOGLE_LABELS: google_labels,
    IN_BRACKETS: in_brackets,
    NO_EXCHANGE: no_exchange,
    SAID: said,
    WHEN: when,
    SENT_MAIL: sent_mail,
    IS_COMPANY: is_company,
}
