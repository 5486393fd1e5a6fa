"""Where letters of the house go: to the mail server of AMPERSAND_SMTP_URL, or into the folder `outbox` of the data folder.

Letters are few and each is asked for by a person: an invitation, a code to sign in, the proof of a new address.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit


class SmtpAddressUnusable(ValueError):
    """AMPERSAND_SMTP_URL cannot be read."""


@dataclass(frozen=True)
class Letters:
    """How letters leave, as Django's settings want to know it."""

    sender: str
    backend: str = "ampersand.members.outbox.Outbox"
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    is_tls: bool = False

    @property
    def is_starttls(self) -> bool:
        """A password is never sent in the clear."""
        return bool(self.user) and not self.is_tls


def letters(url: str, *, own_host: str) -> Letters:
    """Read `smtp://user:password@host:port?from=ampersand@house.example`; empty means the outbox.

    `smtp` turns to TLS by STARTTLS where a user is given, `smtps` speaks it from the start (port 465). Without a sender
    it is the user where that is an address, else one at `own_host`. Raises SmtpAddressUnusable.
    """
    sender = f"ampersand@{own_host}"
    if not url:
        return Letters(sender=sender)
    told = urlsplit(url)
    if told.scheme not in ("smtp", "smtps") or not told.hostname:
        raise SmtpAddressUnusable("AMPERSAND_SMTP_URL must begin with smtp:// or smtps:// and name a host")
    user, is_tls = unquote(told.username or ""), told.scheme == "smtps"
    return Letters(
        sender=parse_qs(told.query).get("from", [user if "@" in user else sender])[0],
        backend="django.core.mail.backends.smtp.EmailBackend",
        host=told.hostname,
        port=told.port or (465 if is_tls else 587 if user else 25),
        user=user,
        password=unquote(told.password or ""),
        is_tls=is_tls,
    )
