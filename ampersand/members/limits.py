"""How often one may try at the door. Counted in the database, so for all processes together; per address and per member."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest

from ampersand.members.models import Member

# How many, in how long, and counted for whom: `ip` is where it comes from, `user` the member.
LIMITS = {
    "prove": "5/5m/user,30/5m/ip",
    "proof_letter": "3/10m/user,20/10m/ip",
    "link": "30/m/ip",
    "service": "30/m/ip",
    "passkey": "30/m/ip",
    # The page Between: looking at a link, having a code sent, trying one.
    "page_link": "60/m/ip",
    "page_code": "20/10m/ip",
    "page_try": "30/10m/ip",
}


def is_within(request: HttpRequest, act: str, *, member: Member | None = None) -> bool:
    """Count this attempt, and answer whether it may still be made."""
    return ratelimit.consume(request, app="members", action=act, config=LIMITS, user=member, limit_get=True) is not None


def forget(request: HttpRequest, act: str, *, member: Member | None = None) -> None:
    """Who got it right did not try too often."""
    ratelimit.clear(request, app="members", action=act, config=LIMITS, user=member)
