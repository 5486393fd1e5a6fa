"""A message as it stands in the mail that one receiver gets. It sends nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, formataddr, parseaddr

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ampersand.core.models import File
from ampersand.members.links import address_of_house
from ampersand.members.models import House, Member
from ampersand.terms.attempt import Ground, Purpose
from ampersand.terms.messages import reached
from ampersand.terms.messages.models import Message, Receiver, Role
from ampersand.timeline.models import Telling

PREFIX = "mail:"
MADE = "made:"
MOST_REFERENCES = 50


@dataclass(frozen=True)
class Mail:
    """One copy, ready to be handed to a mail server. `sender` and `receiver` stand on the envelope."""

    sender: str
    receiver: str
    author: str
    subject: str
    words: str
    to: Sequence[str]
    copy: Sequence[str]
    headers: dict[str, str]
    files: Sequence[tuple[File, str]]


def compose(receiver: Receiver, *, at: datetime) -> Mail:
    """The mail to one receiver of a message, in their language where it speaks for the house."""
    message, house = receiver.message, House.objects.get()
    by = message.by
    if by is None:
        raise ValueError("nobody is left who wrote this message")
    everybody = list(message.receivers.select_related("party__now").order_by("id"))
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return Mail(
        sender=sender,
        receiver=receiver.address,
        author=_author(by, house, sender=sender),
        subject=message.subject,
        words=f"{message.words}\n\n-- \n{_foot(receiver, by=by, house=house)}\n",
        to=[_named(str(one.party), one.address) for one in everybody if one.role == Role.TO],
        copy=[_named(str(one.party), one.address) for one in everybody if one.role == Role.COPY],
        headers=_headers(receiver, by=by, at=at),
        files=[(one.file, one.name) for one in message.enclosures.select_related("file").order_by("id")],
    )


def references_of(message: Message) -> list[str]:
    """The chain of Message-IDs that a message answers, the one it answers last; empty where it answers no mail."""
    if message.answers_id is None:
        return []
    told = Telling.objects.filter(moment=message.answers_id, key__startswith=PREFIX, withdrawn_at=None)
    telling = told.order_by("told_at", "id").first()
    if telling is None or telling.key.startswith(PREFIX + MADE):
        return []
    before = telling.said.get("references")
    chain = [str(one) for one in before if not str(one).startswith(MADE)] if isinstance(before, list) else []
    return [*chain[-MOST_REFERENCES:], telling.key.removeprefix(PREFIX)]


def _headers(receiver: Receiver, *, by: Member, at: datetime) -> dict[str, str]:
    message = receiver.message
    headers = {
        "Message-ID": f"<{message.message_id}>",
        "Date": format_datetime(at),
        "Reply-To": _named(by.name, by.email),
    }
    if chain := references_of(message):
        headers["In-Reply-To"] = f"<{chain[-1]}>"
        headers["References"] = " ".join(f"<{one}>" for one in chain)
    if not receiver.party.is_ours:
        headers["List-Unsubscribe"] = f"<{_link(receiver)}>"
        # RFC 8058: what a mail program posts there for its reader.
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _author(by: Member, house: House, *, sender: str) -> str:
    if settings.MESSAGES_FROM_MEMBERS:
        return _named(by.name, by.email)
    return _named(f"{by.name}, {house.name}" if house.name else by.name, sender)


def _named(name: str, address: str) -> str:
    """A name and an address on one line, whatever the name holds."""
    return formataddr((" ".join(name.split()), "".join(address.split())))


def _foot(receiver: Receiver, *, by: Member, house: House) -> str:
    """Who writes and why, and how to say how one wishes to be reached."""
    message = receiver.message
    with translation.override(_language(receiver, house)):
        lines = [", ".join(filter(None, [by.name, house.name]))]
        if receiver.why:
            lines.append(_("Why you get this: %(why)s") % {"why": " ".join(receiver.why.split())})
        if message.purpose == Purpose.NOTICE:
            lines.append(_("This is a notice we owe you: %(ground)s.") % {"ground": Ground(message.ground).label})
        if not receiver.party.is_ours:
            lines.append(_("How you wish to be reached, or to be left alone: %(link)s") % {"link": _link(receiver)})
        return "\n".join(lines)


def _language(receiver: Receiver, house: House) -> str:
    known = dict(settings.LANGUAGES)
    party = receiver.party.now or receiver.party
    told = [party.language[:2].lower(), house.language[:2].lower()]
    return next((one for one in told if one in known), settings.LANGUAGE_CODE)


def _link(receiver: Receiver) -> str:
    return address_of_house() + reverse("desk:reached", args=[reached.token(receiver)])
