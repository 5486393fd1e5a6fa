"""The letters of the door that are ours to write."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from ampersand.members import links
from ampersand.members.models import House, Invitation, Member

log = logging.getLogger(__name__)


def send_invitation(invitation: Invitation, secret: str) -> bool:
    """Send an invitation to its address, and answer whether the mail server (or the outbox) took it.

    The secret is in nobody's hands but the caller's, so this cannot be left to a job.
    """
    house = House.objects.get()
    by = invitation.invited_by.name if invitation.invited_by else house.name
    words = render_to_string(
        "members/email/invitation.txt",
        {"by": by, "house": house.name, "link": links.invitation_link(secret), "until": invitation.lapses_at},
    )
    subject = _("%(by)s invites you to %(house)s") % {"by": by, "house": house.name or _("a house")}
    return _send(subject, words, to=invitation.email)


def send_proof_code(member: Member, code: str) -> bool:
    """Send a member the code that shows it is them, and answer whether the mail server (or the outbox) took it."""
    words = render_to_string("members/email/proof.txt", {"code": code})
    return _send(_("Your code"), words, to=member.email)


def _send(subject: str, words: str, *, to: str) -> bool:
    try:
        send_mail(" ".join(subject.split()), words, None, [to])
    except (OSError, SMTPException):
        log.exception("mail.not_sent")
        return False
    return True
