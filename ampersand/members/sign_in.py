"""Signing a member in by a link, through allauth, so that a second step some member has set up is asked for."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse

from ampersand.members.models import Member


def sign_in(request: HttpRequest, member: Member, *, method: str) -> HttpResponse:
    """Sign a member in who came by a link of ours, and answer where that leads.

    `method` is recorded in the session (one-time-link, invitation, founding), so that allauth knows how one came in.
    """
    record_authentication(request, member, method=method)
    # The link itself is the proof; an address that is not proven must not stop who holds it.
    response: HttpResponse = perform_login(request, member, email_verification="none", redirect_url="/")
    return response
