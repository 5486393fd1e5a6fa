"""Telephone numbers as told, and in E.164 where their country can be known."""

from __future__ import annotations

from functools import lru_cache

import phonenumbers
from babel import Locale

from ampersand.core.folding import fold

_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "sv", "da", "pl", "ja")
_OTHER_NAMES = {"usa": "US", "u.s.a.": "US", "uk": "GB", "u.k.": "GB", "england": "GB", "scotland": "GB", "wales": "GB"}


@lru_cache(maxsize=100_000)
def find_e164(told: str, region: str = "") -> str:
    """The number in E.164, or nothing: without a + and without a known country it is anybody's guess.

    >>> find_e164("(0561) 49 90-0", "DE")
    '+4956149900'
    >>> find_e164("905-555-1234")
    ''
    """
    if len(told) > 60:
        return ""
    try:
        number = phonenumbers.parse(told, region or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def find_region(country: str) -> str:
    """The ISO code of a country told by name in one of a dozen languages, or by its code.

    >>> find_region("Allemagne"), find_region("us"), find_region("Middle-earth")
    ('DE', 'US', '')
    """
    told = fold(country.strip())
    return _OTHER_NAMES.get(told) or _regions_by_name().get(told, "")


@lru_cache(maxsize=1)
def _regions_by_name() -> dict[str, str]:
    regions: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha() and code in phonenumbers.SUPPORTED_REGIONS:
                regions.setdefault(fold(name), code)
                regions.setdefault(code.lower(), code)
    return regions
