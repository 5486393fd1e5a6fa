"""The one hand that sends. Nothing reaches it but through the gate (`queue`), one copy to one receiver at a time."""

from __future__ import annotations

import logging
import smtplib
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum

from django.core.mail import EmailMessage, get_connection

from ampersand.core import files
from ampersand.terms.messages.compose import Mail

log = logging.getLogger(__name__)

LONGEST_SAID = 500
# Long enough for a server that looks through what it is given; shorter than a page waits for the party, locked meanwhile.
PATIENCE_SECONDS = 25


class Outcome(Enum):
    SENT = "sent"
    LATER = "later"
    """The server cannot take it now. It has not gone."""
    REFUSED = "refused"
    """The server will never take it."""
    UNSURE = "unsure"
    """The connection broke before the server answered: it may have taken it."""


@dataclass(frozen=True)
class Answer:
    """What became of it, and what the mail server said where it did not take it."""

    outcome: Outcome
    says: str = ""


def hand_over(mail: Mail) -> Answer:
    """Hand one copy to the mail server (or lay it into the outbox). Never raises for what a server or a network does."""
    try:
        email = _email(mail)
        email.message()
    except (OSError, ValueError) as error:
        log.exception("message.unwritable")
        return Answer(Outcome.REFUSED, _said(error))
    connection = get_connection(timeout=PATIENCE_SECONDS)
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        log.warning("message.no_server")
        return Answer(Outcome.LATER, _said(error))
    try:
        connection.send_messages([email])
    except smtplib.SMTPException as error:
        return _answer(error)
    except OSError as error:
        return Answer(Outcome.UNSURE, _said(error))
    finally:
        # What the server took it keeps, whether or not it says goodbye.
        with suppress(OSError, smtplib.SMTPException):
            connection.close()
    return Answer(Outcome.SENT)


class _ToOne(EmailMessage):
    """Its headers name everybody; it goes to the one whose copy it is."""

    def __init__(self, mail: Mail) -> None:
        super().__init__(
            subject=mail.subject,
            body=mail.words,
            from_email=mail.sender,
            to=[*mail.to],
            cc=[*mail.copy],
            headers={**mail.headers, "From": mail.author},
        )
        self._receiver = mail.receiver

    def recipients(self) -> list[str]:
        return [self._receiver]


def _email(mail: Mail) -> EmailMessage:
    email = _ToOne(mail)
    for file, name in mail.files:
        email.attach(name, files.path_of(file).read_bytes(), file.media_type or "application/octet-stream")
    return email


def _answer(error: smtplib.SMTPException) -> Answer:
    """Codes from 500 on are for good, those from 400 on for now (RFC 5321, section 4.2.1)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return Answer(_by_code(code), _plain(words))
    if isinstance(error, smtplib.SMTPResponseException):
        return Answer(_by_code(error.smtp_code), _plain(error.smtp_error))
    return Answer(Outcome.UNSURE, _said(error))


def _by_code(code: int) -> Outcome:
    return Outcome.REFUSED if code >= 500 else Outcome.LATER if code >= 400 else Outcome.UNSURE


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _plain(error.smtp_error)
    return _plain(str(error))


def _plain(words: str | bytes) -> str:
    told = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(told.replace("\x00", "").split())[:LONGEST_SAID]
