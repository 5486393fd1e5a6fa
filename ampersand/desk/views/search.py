from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from ampersand.desk.finding import IN_PALETTE, ON_PAGE, search_page
from ampersand.members.requests import MemberRequest


@require_GET
def find(request: MemberRequest) -> HttpResponse:
    words = (request.GET.get("words") or request.GET.get("q", ""))[:200]
    each = IN_PALETTE if request.htmx else ON_PAGE
    page = search_page(words, member=request.user, at=timezone.now(), each=each)
    return render(request, "desk/_found.html" if request.htmx else "desk/search.html", {"page": page})
