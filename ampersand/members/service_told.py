"""The sign-in service as the environment tells it (AMPERSAND_OIDC_*), in place of the one a steward would set on a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


class ServiceUnusable(ValueError):
    """AMPERSAND_OIDC_* do not name a sign-in service."""


@dataclass(frozen=True)
class ToldService:
    issuer: str
    client_id: str
    client_secret: str
    name: str
    domains: tuple[str, ...]
    has_newcomers: bool


def told_service(told: Mapping[str, str]) -> ToldService | None:
    """The service of the environment, or none where it names no issuer. Raises ServiceUnusable.

    >>> told_service({}) is None
    True
    """
    issuer, client_id = _said(told, "AMPERSAND_OIDC_ISSUER"), _said(told, "AMPERSAND_OIDC_CLIENT_ID")
    if not issuer:
        return None
    if not client_id:
        raise ServiceUnusable("AMPERSAND_OIDC_ISSUER needs AMPERSAND_OIDC_CLIENT_ID beside it")
    domains = tuple(_said(told, "AMPERSAND_OIDC_DOMAINS").lower().replace(",", " ").split())
    has_newcomers = _said(told, "AMPERSAND_OIDC_NEWCOMERS") == "1"
    if has_newcomers and not domains:
        raise ServiceUnusable("AMPERSAND_OIDC_NEWCOMERS needs the domains of AMPERSAND_OIDC_DOMAINS beside it")
    return ToldService(
        issuer=issuer.rstrip("/"),
        client_id=client_id,
        client_secret=_said(told, "AMPERSAND_OIDC_CLIENT_SECRET"),
        name=_said(told, "AMPERSAND_OIDC_NAME")[:40] or "OpenID Connect",
        domains=domains,
        has_newcomers=has_newcomers,
    )


def _said(told: Mapping[str, str], name: str) -> str:
    return told.get(name, "").strip()
