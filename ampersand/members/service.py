"""The house's own sign-in service, spoken to by OpenID Connect."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from ampersand.members import secret
from ampersand.members.models import SignInService
from ampersand.members.service_told import ToldService

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
    """The service of the environment, else the one a steward set."""
    told: ToldService | None = settings.SIGN_IN_SERVICE
    if told is None:
        return SignInService.objects.first()
    return SignInService(
        name=told.name,
        issuer=told.issuer,
        client_id=told.client_id,
        sealed_secret=secret.sealed(told.client_secret) if told.client_secret else "",
        domains=list(told.domains),
        has_newcomers=told.has_newcomers,
    )


def is_of_environment() -> bool:
    """Whether no page changes the service, since the environment names it."""
    return settings.SIGN_IN_SERVICE is not None


def name_there(issuer: str, subject: str) -> str:
    """What somebody is called by this service and by no other: what two services call people may be the same."""
    return hashlib.sha256(f"{issuer.rstrip('/')} {subject}".encode()).hexdigest()


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
    # What vouches for an address is what names it.
    said = asked if asked.get("email") else token
    email = str(said.get("email") or "").strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        return None
    name = str(asked.get("name") or token.get("name") or "").strip() or email.partition("@")[0]
    return Told(email=email, name=name[:200], is_proven=said.get("email_verified") in (True, "true"))


def find_trouble(issuer: str) -> str:
    """Why this address cannot be that of a sign-in service, in a sentence, or nothing. Asks it."""
    if not _may_be_asked(issuer):
        return _("Write an address that begins with https, so that nobody listens in between.")
    try:
        config = _described(issuer)
    except (requests.RequestException, ValueError):
        return _("No sign-in service answers there. Write its issuer, as the service itself shows it.")
    if not _is_its_own(config, issuer):
        return _("The service there calls itself %(issuer)s. Write that.") % {"issuer": str(config.get("issuer"))[:200]}
    return "" if _offers_signing_in(config) else _("The service there does not offer signing in.")


def description_of(issuer: str) -> dict[str, Any]:
    """What the service says of itself, if that is this service and it offers signing in. Raises ServiceNotUnderstood."""
    config = _described(issuer)
    if not (_is_its_own(config, issuer) and _offers_signing_in(config)):
        raise ServiceNotUnderstood("what stands at the issuer is no description of it")
    return config


class ServiceNotUnderstood(ValueError):
    """The service answered what a sign-in service does not."""


class Asking(requests.Session):
    """How a service is asked: nobody listens in between, it sends nobody elsewhere, and it does not answer without end."""

    def request(self, method: str, url: str, **more: Any) -> requests.Response:  # type: ignore[override]
        if not _may_be_asked(url):
            raise requests.exceptions.InvalidURL("a sign-in service is asked by https")
        more |= {"timeout": _WAIT_SECONDS, "allow_redirects": False, "stream": True}
        answer = super().request(method, url, **more)
        words = answer.raw.read(_MOST_BYTES + 1, decode_content=True)
        if len(words) > _MOST_BYTES:
            raise requests.exceptions.ContentDecodingError("the service answers without end")
        answer._content = words
        return answer


def _may_be_asked(address: str) -> bool:
    """By https, or on this very machine where the house itself is only reached there."""
    told = urlsplit(address)
    is_here = told.scheme == "http" and told.hostname in _THIS_MACHINE and not settings.IS_SECURE
    return bool(told.hostname) and (told.scheme == "https" or is_here)


def _is_its_own(config: Mapping[str, Any], issuer: str) -> bool:
    return str(config.get("issuer", "")).rstrip("/") == issuer.rstrip("/")


def _offers_signing_in(config: Mapping[str, Any]) -> bool:
    needed = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
    return all(_may_be_asked(str(config.get(name, ""))) for name in needed)


def _described(issuer: str) -> dict[str, Any]:
    with Asking() as session:
        answer = session.get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        answer.raise_for_status()
        found = answer.json()
    if not isinstance(found, dict):
        raise ServiceNotUnderstood("no object")
    return found
