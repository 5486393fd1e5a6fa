"""Names of all cultures: one name to show and one to sort by, from whatever a card tells."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CJK = re.compile("^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\u3005]+$")
_KANA = re.compile("[\u3040-\u30ff]")
_ADDRESS_OF_A_NAME = re.compile(r"^([^\W\d_]{2,})[._]([^\W\d_]{2,})$")


@dataclass(frozen=True, slots=True)
class NameParts:
    """The structured name of a card, in the order in which vCard writes it."""

    family: str = ""
    given: str = ""
    additional: str = ""
    prefix: str = ""
    suffix: str = ""

    @property
    def shown(self) -> str:
        """The parts as their bearer would say them: East Asian names begin with the family.

        >>> NameParts(family="Eriksen", given="Karin", prefix="Dr.").shown
        'Dr. Karin Eriksen'
        >>> NameParts(family="김", given="민준").shown
        '김민준'
        """
        if _CJK.match(self.family) and _CJK.match(self.given):
            gap = " " if _KANA.search(self.family + self.given) else ""
            return f"{self.family}{gap}{self.given}"
        return " ".join(filter(None, [self.prefix, self.given, self.additional, self.family, self.suffix]))

    @property
    def sorted_by(self) -> str:
        """Family name first, where it is known which part that is."""
        return " ".join(filter(None, [self.family, self.given, self.additional])) if self.family else ""


def name_from_address(address: str) -> str:
    """The name that an e-mail address shows, or the address itself.

    >>> name_from_address("karin.eriksen@northlight.example")
    'Karin Eriksen'
    >>> name_from_address("info@northlight.example")
    'info@northlight.example'
    """
    found = _ADDRESS_OF_A_NAME.match(address.partition("@")[0])
    return f"{found[1].capitalize()} {found[2].capitalize()}" if found else address
