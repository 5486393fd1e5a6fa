"""A request as views of members see it: somebody is signed in, and htmx may have sent it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

from ampersand.members.models import Member

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    class MemberRequest(HttpRequest):
        user: Member  # LoginRequiredMiddleware lets nobody else through
        htmx: HtmxDetails

else:
    MemberRequest = HttpRequest
