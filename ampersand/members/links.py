"""Secrets of links that act without sign-in: one right, a short life, and only their digest is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.urls import reverse

SIGN_IN_LIFE = timedelta(hours=24)
INVITATION_LIFE = timedelta(days=14)


def new_secret() -> str:
    """256 random bits, as they stand in a link."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of a secret. It is random and long, so a plain digest cannot be guessed backwards."""
    return hashlib.sha256(secret.encode()).hexdigest()


def sign_in_link(secret: str) -> str:
    """The whole address of a one-time link."""
    return f"{settings.ADDRESS}{reverse('sign_in_link', args=[secret])}"


def invitation_link(secret: str) -> str:
    """The whole address of an invitation."""
    return f"{settings.ADDRESS}{reverse('desk:invitation', args=[secret])}"
