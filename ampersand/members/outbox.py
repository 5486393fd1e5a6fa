"""Letters of a house without a mail server: each is a file in the folder `outbox`, to be opened or carried by hand."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as EmailLetter
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class Outbox(BaseEmailBackend):
    """Writes each letter as an .eml file that only the owner of the house's data may read."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.DATA_FOLDER) / "outbox"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{datetime.now(UTC):%Y-%m-%d-%H%M%S}-{secrets.token_hex(4)}.eml"
            descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(message.message().as_bytes())
        return len(email_messages)


def find_newest() -> EmailLetter | None:
    """The letter that was written last, or None."""
    folder = Path(settings.DATA_FOLDER) / "outbox"
    newest = max(folder.glob("*.eml"), key=lambda file: (file.stat().st_mtime_ns, file.name), default=None)
    return message_from_bytes(newest.read_bytes(), policy=policy.default) if newest else None


def goes_out() -> bool:
    """Whether letters leave this machine."""
    return not settings.EMAIL_BACKEND.endswith(".Outbox")
