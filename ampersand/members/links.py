"""Secrets of links that act without sign-in: one right, a short life, and only their digest is kept."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.urls import reverse

SIGN_IN_LIFE = timedelta(hours=24)
INVITATION_LIFE = timedelta(days=14)
_THIS_MACHINE = re.compile(r"//(127\.0\.0\.1|0\.0\.0\.0|\[::1?\]):")


def new_secret() -> str:
    """256 random bits, as they stand in a link."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of a secret. It is random and long, so a plain digest cannot be guessed backwards."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _address() -> str:
    """Where this house is reached: as told, else where the server last said it serves, else where it would."""
    served = Path(settings.DATA_FOLDER) / "serve.lock"
    if "AMPERSAND_URL" in os.environ or not served.is_file():
        return settings.ADDRESS
    # A passkey belongs to a name, so this machine is called by its own.
    return _THIS_MACHINE.sub("//localhost:", served.read_text().strip()) or settings.ADDRESS


def address_of_house() -> str:
    """Where the pages of this house are reached from outside, without a slash at its end."""
    return _address()


def sign_in_link(secret: str) -> str:
    """The whole address of a one-time link."""
    return f"{_address()}{reverse('sign_in_link', args=[secret])}"


def invitation_link(secret: str) -> str:
    """The whole address of an invitation."""
    return f"{_address()}{reverse('desk:invitation', args=[secret])}"
