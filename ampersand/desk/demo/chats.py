"""A chat of WhatsApp with one of the customers, as a telephone exports it, brought in as anybody brings one in.

It was held on days on which the two met anyway, so that nothing about their rhythm changes by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from ampersand.desk.demo.cast import Cast

WITH, BY = "ines", "Maya"
AT_LEAST_AGO = timedelta(days=25)


@dataclass(frozen=True)
class ToldChat:
    """An export as it lies on a telephone, whose it is, and what is true about it."""

    name: str
    text: str
    email: str
    truth: dict[str, Any]


def tell(cast: Cast, *, days: Sequence[date]) -> ToldChat:
    """The chat of the cast on the last two of these days that are long enough ago."""
    person, member = cast.people[WITH], cast.members[BY]
    on = [day for day in days if day <= cast.book.today - AT_LEAST_AGO][-2:]
    talks = zip(on, cast.told["chat"], strict=True)
    lines = [_line(day, said, {"us": member.name, "them": person.party.name}) for day, talk in talks for said in talk]
    told = {
        "relationship": str(person.relationship.pk),
        "days": [day.isoformat() for day in on],
        "messages": len(lines),
        "by_us": sum(said["by"] == "us" for talk in cast.told["chat"] for said in talk),
    }
    return ToldChat(f"WhatsApp Chat with {person.party.name}.txt", "\n".join(lines) + "\n", member.email, told)


def bring_in(chat: ToldChat, *, at: datetime) -> None:
    """Bring it in by the import that everybody uses, as the member whose telephone it is."""
    from ampersand.channels import actions
    from ampersand.members.models import Member

    member = Member.objects.get(email=chat.email)
    actions.carry_out(actions.begin_upload(BytesIO(chat.text.encode()), name=chat.name, member=member, at=at))


def _line(day: date, said: dict[str, str], names: dict[str, str]) -> str:
    return f"{day:%d/%m/%Y}, {said['at']} - {names[said['by']]}: {said['words']}"
