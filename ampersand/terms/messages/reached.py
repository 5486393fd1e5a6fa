"""The link in the foot of a message, by which its receiver says how they wish to be reached, without signing in.

It carries one right, to say terms for whom the message went to; it acts on POST only, and ends after a year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.db import models
from django.utils.translation import gettext_lazy as _

from ampersand.core.whole import whole
from ampersand.parties.actions import Teller
from ampersand.parties.speaking import NotTheirs, Speaker
from ampersand.terms import actions as terms
from ampersand.terms.gate import Roster
from ampersand.terms.messages.models import Receiver
from ampersand.terms.models import Terms

LIFE = timedelta(days=365)
_SALT = "ampersand.terms.reached"


class Wish(models.TextChoices):
    """What one may say by the link."""

    REST = Roster.REST.value, _("Write to me no more, until I write to you")
    ANSWER = Roster.ANSWER.value, _("Write only when I ask you something")
    WORK = Roster.WORK.value, _("Write only about work in hand: open orders and promises")
    LEAVE = "leave", _("Leave me alone for good, at every address you know of me")


class LinkGone(ValueError):
    """The link is none of ours, too old, or for somebody who is no longer known."""


@dataclass(frozen=True)
class Said:
    """What was said by the link, and whether the addresses were sealed to be left alone."""

    terms: Terms
    is_left_alone: bool


def token(receiver: Receiver) -> str:
    """What stands in the link of this receiver's copy."""
    return signing.dumps(receiver.pk.hex, salt=_SALT)


def receiver_of(told: str) -> Receiver:
    """Whose copy the link stood in. Raises LinkGone."""
    try:
        pk = UUID(signing.loads(told, salt=_SALT, max_age=LIFE))
    except (signing.BadSignature, ValueError, TypeError):
        raise LinkGone from None
    found = Receiver.objects.filter(pk=pk).select_related("party__now", "party__member", "message__by").first()
    if found is None or found.party.is_ours or found.party.erased_at is not None:
        raise LinkGone
    return found


@whole
def say(receiver: Receiver, wish: str, *, at: datetime) -> Said:
    """Write down what a receiver said by the link, as their own word by their own hand. It holds from now on.

    Said twice it stands once. Raises LinkGone for somebody who has become one of us since.
    """
    chosen = Wish(wish)
    try:
        speaker = Speaker.themselves(receiver.party.now or receiver.party, at=at)
    except NotTheirs:
        raise LinkGone from None
    said = terms.say(
        speaker.party,
        roster=Roster.REST if chosen == Wish.LEAVE else Roster(chosen.value),
        said_by=speaker.party,
        said_at=speaker.at,
        voice=speaker.voice,
        teller=Teller(at=speaker.at, by=speaker.by),
    )
    if chosen == Wish.LEAVE:
        terms.leave_alone(speaker.party, at=at)
    return Said(terms=said, is_left_alone=chosen == Wish.LEAVE)
