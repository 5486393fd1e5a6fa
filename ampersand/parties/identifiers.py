"""Addresses and numbers in one form each, so that two tellings of one are found equal."""

from __future__ import annotations

import re
from collections.abc import Callable

import phonenumbers

from ampersand.parties.models import IdentifierKind
from ampersand.parties.telephones import plainly_whole

_BLANK = re.compile(r"\s")
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def normalised(kind: str, value: str, *, country: str = "GB") -> str:
    """The one form of an address or number; empty where it is none. At most 320 characters.

    `country` (ISO 3166) is where a telephone number told without one belongs.

    >>> normalised("email", " Jane.Okafor@Alder.EXAMPLE ")
    'jane.okafor@alder.example'
    >>> normalised("phone", "0117 496 0123"), normalised("phone", "415-555-0081")
    ('+441174960123', '4155550081')
    """
    if kind == IdentifierKind.PHONE:
        return plainly_whole(value.strip()) or _phone(value, country)
    rule = _RULES.get(kind) or _RULES.get(IdentifierKind(kind), _words)
    return rule(value)[:320]


def domain_of(email: str) -> str:
    """The domain of a normalised address."""
    return email.rpartition("@")[2]


def _email(value: str) -> str:
    value = value.strip().strip("<>").removeprefix("mailto:").lower()
    local, at, domain = value.rpartition("@")
    return value if at and local and "." in domain and not _BLANK.search(value) else ""


def _phone(value: str, country: str) -> str:
    try:
        number = phonenumbers.parse(value, country)
    except phonenumbers.NumberParseException:
        return ""
    # A number of another country told without its code is no number of this one: its digits are all that is sure.
    is_told_whole = value.strip().startswith(("+", "00"))
    if phonenumbers.is_possible_number(number) and (is_told_whole or phonenumbers.is_valid_number(number)):
        extension = f";ext={number.extension}" if number.extension else ""
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) + extension
    # Short numbers and extensions of a switchboard are numbers too, only not dialled from abroad.
    return re.sub(r"[^0-9+#*]", "", value)


def _url(value: str) -> str:
    return _SCHEME.sub("", value.strip()).removeprefix("www.").rstrip("/").lower()


def _domain(value: str) -> str:
    return value.strip().rstrip(".").removeprefix("@").lower()


def _words(value: str) -> str:
    return " ".join(value.split())


_RULES: dict[str, Callable[[str], str]] = {
    IdentifierKind.EMAIL: _email,
    IdentifierKind.URL: _url,
    IdentifierKind.DOMAIN: _domain,
}
