from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from ampersand.desk.before import before_page
from ampersand.desk.names import as_now
from ampersand.members import access
from ampersand.members.requests import MemberRequest
from ampersand.parties.closed import hidden_parties_remembered
from ampersand.parties.models import Relationship


@require_GET
@hidden_parties_remembered()
def show(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    """One still page before a meeting: the one that is named, or the next."""
    relationship = as_now(access.fetch(Relationship, relationship_id, user=request.user))
    try:
        meeting_id = UUID(request.GET.get("meeting", ""))
    except ValueError:
        meeting_id = None
    page = before_page(relationship, member=request.user, at=timezone.now(), meeting_id=meeting_id)
    return render(request, "desk/before.html", {"page": page})
