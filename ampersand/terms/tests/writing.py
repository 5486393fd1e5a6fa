"""Messages of the cast: Maya writes to Jane, who said that work in hand is welcome, and to others."""

from __future__ import annotations

from datetime import datetime, timedelta

from ampersand.members.models import Member
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party
from ampersand.terms import actions as terms
from ampersand.terms.attempt import Purpose
from ampersand.terms.messages import actions, queue
from ampersand.terms.messages.actions import Written
from ampersand.terms.messages.models import Message, Receiver
from ampersand.terms.messages.rules import To
from tests.cast import NOW, Cast, order

SOON = NOW + timedelta(minutes=1)
JANE = "jane@alder.example"


def reachable(party: Party, address: str, *, told_by: Member) -> Party:
    """They have an address, and there is work in hand between us."""
    parties.tell_identifier(party, kind="email", value=address, teller=Teller(at=NOW, by=told_by))
    order(party, told_by=told_by)
    terms.say(party, roster="work", said_at=NOW, teller=Teller(at=NOW, by=told_by))
    return party


def jane_is_reachable(cast: Cast) -> None:
    reachable(cast.jane, JANE, told_by=cast.maya)


def draft(cast: Cast, *to: To, **told: object) -> Message:
    written = {"subject": "The price list", "words": "Dear Jane,\nhere it is.", "purpose": Purpose.WORK, **told}
    meant = to or (To(cast.jane, JANE),)
    return actions.write(cast.with_jane, Written(to=meant, **written), by=cast.maya, at=NOW)  # type: ignore[arg-type]


def sent_off(cast: Cast, *to: To, **told: object) -> Message:
    return actions.send_off(draft(cast, *to, **told), by=cast.maya, at=NOW)


def send(at: datetime = SOON) -> int:
    return queue.send_due(clock=lambda: at)


def states(message: Message) -> dict[str, str]:
    return dict(Receiver.objects.filter(message=message).values_list("address", "state"))
