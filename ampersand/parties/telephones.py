"""Telephone numbers told whole, with a plus and their country: their one form without asking the library about each.

The library takes some thirty microseconds for a number, a third of bringing in a row of an address list. Most numbers
told whole need nothing of it but the lengths that a country's numbers may have; for all others this says nothing.
"""

from __future__ import annotations

import re
from functools import cache

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

_TOLD_WHOLE = re.compile(r"\+[1-9](?:[ .\-]?[0-9]){6,16}")
_NOT_DIGITS = str.maketrans("", "", "+ .-")


@cache
def _country(code: str) -> tuple[frozenset[int], re.Pattern[str] | None] | None:
    """The lengths that numbers of a country may have, and what is dialled before them within it; None for no country."""
    regions = COUNTRY_CODE_TO_REGION_CODE.get(int(code))
    if regions is None:
        return None
    metadata = (
        PhoneMetadata.metadata_for_nongeo_region(int(code), None)
        if regions[0] == "001"
        else PhoneMetadata.metadata_for_region(regions[0], None)
    )
    if metadata is None or metadata.general_desc is None:
        return None
    before = metadata.national_prefix_for_parsing
    lengths = frozenset(metadata.general_desc.possible_length)
    return lengths, re.compile(before) if before else None


def plainly_whole(told: str) -> str:
    """The E.164 form of a number that is told whole and plainly; empty where that is not sure without the library.

    >>> plainly_whole("+44 20 7946 0123"), plainly_whole("020 7946 0123"), plainly_whole("+44 (0)20 7946 0123")
    ('+442079460123', '', '')
    """
    if not _TOLD_WHOLE.fullmatch(told):
        return ""
    digits = told.translate(_NOT_DIGITS)
    for length in (1, 2, 3):
        found = _country(digits[:length])
        if found is not None:
            lengths, before = found
            number = digits[length:]
            is_plain = number[:1] != "0" and len(number) in lengths and not (before and before.match(number))
            return f"+{digits}" if is_plain else ""
    return ""
