from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from ampersand.desk.lists.asked import Asked
from ampersand.desk.relationships import relationships_page
from ampersand.members.requests import MemberRequest


@require_GET
def index(request: MemberRequest) -> HttpResponse:
    did = request.GET.get("did", "")
    asked, is_counted = Asked.read(request.GET), "count" in request.GET
    page = relationships_page(asked, member=request.user, at=timezone.now(), did=did, is_counted=is_counted)
    return render(request, "desk/relationships.html", {"page": page})
