"""What stands in a chat: what somebody said, and what nobody did."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ampersand.channels.outcomes import Place, Reason, Rejected

WHATSAPP, LINKEDIN, GOOGLE = "WhatsApp", "LinkedIn", "Google Chat"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody as a chat names them: by the name in somebody's telephone, and by a number or an address where it tells one.

    `is_me`: the export says that it is whose export it is.
    """

    service: str
    name: str
    phone: str = ""
    email: str = ""
    url: str = ""
    is_me: bool = field(default=False, compare=False)

    @property
    def key(self) -> str:
        """What they are known again by, among all that one member brings of this service."""
        return f"{self.service}:{self.url or self.email or self.phone or self.name}"


@dataclass(frozen=True)
class Said:
    """One message. `at` is an instant, or the time a phone showed, without a zone; `told` is its own number elsewhere.

    `to` are those it names as its receivers, of which phones tell nothing; `same` is what it has in common with the same
    message in another export.
    """

    place: Place
    speaker: Speaker
    at: datetime
    words: str
    same: str
    told: str = ""
    subject: str = ""
    files: tuple[str, ...] = ()
    to: tuple[Speaker, ...] = ()
    lasted: timedelta | None = None


@dataclass(frozen=True)
class LeftOut:
    """A line that nobody said, or that is gone."""

    place: Place
    reason: Reason
    what: str = ""


Line = Said | LeftOut | Rejected


@dataclass
class Chat:
    """One conversation of one export. `title` is what it is called, `number` what it is known by elsewhere; `is_group`:
    more than two may have a part in it. `other_orders` are the orders of day and month that fit its days as well.
    """

    service: str
    title: str
    lines: list[Line]
    is_group: bool = False
    number: str = ""
    order: str = ""
    other_orders: tuple[str, ...] = ()

    @property
    def said(self) -> list[Said]:
        return [line for line in self.lines if isinstance(line, Said)]

    @property
    def speakers(self) -> list[Speaker]:
        """Everybody it names, in the order they appear, each once."""
        found: dict[str, Speaker] = {}
        for one in self.said:
            for who in (one.speaker, *one.to):
                found.setdefault(who.key, who)
        return list(found.values())
