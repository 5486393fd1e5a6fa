"""Short secrets that the house must be able to read again, such as the key of an app for codes: kept sealed with the key file,
so that a copy of the database alone gives none of them away."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class SecretUnreadable(ValueError):
    """It was sealed with another key file."""


def sealed(words: str) -> str:
    return _box().encrypt(words.encode()).decode()


def opened(told: str) -> str:
    """What was sealed. Raises SecretUnreadable."""
    try:
        return _box().decrypt(told.encode()).decode()
    except InvalidToken as error:
        raise SecretUnreadable("sealed with another key file") from error


def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(bytes.fromhex(settings.MEMBERS_SECRET)))
