"""The house's own sign-in service, spoken to by OpenID Connect."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from allauth.socialaccount.models import SocialApp
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from ampersand.members import secret
from ampersand.members.models import SignInService

log = logging.getLogger(__name__)

# In addresses, so that they stay when the service changes.
PROVIDER_ID = "house"
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_WAIT_SECONDS = 5
_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Told:
    """What the service says of whoever signed in there: their address, and whether it is known to be theirs."""

    email: str
    name: str
    is_proven: bool


def find_service() -> SignInService | None:
    return SignInService.objects.first()


def find_app() -> SocialApp | None:
    """The service as allauth wants it."""
    found = find_service()
    if found is None:
        return None
    try:
        client_secret = secret.opened(found.sealed_secret) if found.sealed_secret else ""
    except secret.SecretUnreadable:
        log.warning("house.service_secret_unreadable")
        return None
    return SocialApp(
        provider="openid_connect",
        provider_id=PROVIDER_ID,
        name=found.name,
        client_id=found.client_id,
        secret=client_secret,
        settings={"server_url": found.issuer, "oauth_pkce_enabled": True},
    )


def told_by(data: Mapping[str, Any]) -> Told | None:
    """What the service says, or none where its two answers are not about the same person or name no address."""
    token, asked = data.get("id_token") or {}, data.get("userinfo") or {}
    if token and asked and token.get("sub") != asked.get("sub"):
        return None
    said = {**token, **asked}
    email = str(said.get("email") or "").strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        return None
    name = str(said.get("name") or "").strip() or email.partition("@")[0]
    return Told(email=email, name=name[:200], is_proven=said.get("email_verified") in (True, "true"))


def find_trouble(issuer: str) -> str:
    """Why this address cannot be that of a sign-in service, in a sentence, or nothing. Asks it."""
    told = urlsplit(issuer)
    if told.scheme != "https" and (told.scheme, told.hostname in _THIS_MACHINE) != ("http", True):
        return _("Write an address that begins with https, so that nobody listens in between.")
    try:
        config = _discovered(issuer)
    except (requests.RequestException, ValueError):
        return _("No sign-in service answers there. Write its issuer, as the service itself shows it.")
    if str(config.get("issuer", "")).rstrip("/") != issuer.rstrip("/"):
        return _("The service there calls itself %(issuer)s. Write that.") % {"issuer": str(config.get("issuer"))[:200]}
    needed = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
    return "" if all(config.get(name) for name in needed) else _("The service there does not offer signing in.")


def _discovered(issuer: str) -> dict[str, Any]:
    address = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    with requests.get(address, timeout=_WAIT_SECONDS, allow_redirects=False, stream=True) as answer:
        answer.raise_for_status()
        words = answer.raw.read(_MOST_BYTES, decode_content=True)
    found = json.loads(words)
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found
