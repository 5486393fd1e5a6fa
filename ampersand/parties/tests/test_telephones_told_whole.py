"""A number that is told whole and plainly has the form that the library gives it, whatever country it belongs to."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ampersand.parties.identifiers import normalised
from ampersand.parties.telephones import plainly_whole

_codes = st.sampled_from(sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE))
_regions = st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS))
_numbers = st.text("0123456789", min_size=3, max_size=14)
_gaps = st.text(" .-", max_size=1)


def by_the_library(told: str, region: str) -> str:
    number = phonenumbers.parse(told, region)
    assert phonenumbers.is_possible_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@settings(max_examples=600)
@given(code=_codes, number=_numbers, gap=_gaps, region=_regions)
def test_what_is_said_at_once_is_what_the_library_says(code: int, number: str, gap: str, region: str) -> None:
    told = f"+{code}{gap}{number[:2]}{gap}{number[2:]}"

    at_once = plainly_whole(told)

    assert at_once in {"", at_once and by_the_library(told, region)}


@pytest.mark.parametrize("region", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_an_example_of_each_region_is_kept_in_its_one_form(region: str) -> None:
    example = phonenumbers.example_number(region)
    assert example is not None

    told = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.INTERNATIONAL)

    expected = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
    assert normalised("phone", told, country="GB") == expected


@pytest.mark.parametrize(
    "told", ["020 7946 0123", "+44 (0)20 7946 0123", "+44 20 7946 0123 ext. 4", "+44", "", "+0447", "+44 20/7946 0123"]
)
def test_of_what_is_not_plain_nothing_is_said_at_once(told: str) -> None:
    assert plainly_whole(told) == ""
