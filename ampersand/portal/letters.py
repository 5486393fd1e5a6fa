"""The two letters of the page Between: the link, which goes through the gate, and the code somebody just asked for."""

from __future__ import annotations

import logging
from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from ampersand.core.rooms import Room
from ampersand.members.models import House, Member
from ampersand.portal.models import PageLink
from ampersand.promises.models import Promise
from ampersand.terms import actions as terms
from ampersand.terms.attempt import Attempt, Purpose
from ampersand.terms.models import Decision
from ampersand.timeline.models import Mode

log = logging.getLogger(__name__)


def send_link(link: PageLink, address: str, *, by: Member, at: datetime) -> tuple[Decision, bool]:
    """Ask the gate whether the link may go by mail now, and send it if so. Answers what was decided, and whether it went.

    It is about work in hand where something promised lies between the two already, else it asks how they wish to be reached.
    """
    shared = Promise.objects.open().filter(relationship=link.relationship, room=Room.BETWEEN)
    purpose = Purpose.WORK if shared.exists() else Purpose.ASK
    decision = terms.ask_gate(link.party, Attempt(mode=Mode.MAIL, purpose=purpose, at=at, by_id=by.pk))
    if not decision.may:
        return decision, False
    house = House.objects.get()
    with translation.override(_language(link, house)):
        told = {"by": by.name, "house": house.name, "link": address, "until": link.lapses_at, "name": link.party.name}
        subject = _("%(by)s has opened a page for you") % {"by": by.name}
        return decision, _send(subject, render_to_string("portal/email/link.txt", told), to=link.address)


def send_code(link: PageLink, code: str) -> bool:
    """Send the code to the address of a link, as whoever holds the link asked just now. Answers whether it was taken."""
    house = House.objects.get()
    with translation.override(_language(link, house)):
        told = {"code": code, "house": house.name}
        return _send(_("Your code"), render_to_string("portal/email/code.txt", told), to=link.address)


def _language(link: PageLink, house: House) -> str:
    head = link.party.now or link.party
    wanted = head.language or link.party.language or house.language
    return wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _send(subject: str, words: str, *, to: str) -> bool:
    try:
        send_mail(" ".join(subject.split()), words, None, [to])
    except (OSError, SMTPException):
        log.exception("mail.not_sent")
        return False
    return True
