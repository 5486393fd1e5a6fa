from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from ampersand.desk.tune_map.asked import Asked
from ampersand.desk.tune_map.page import map_chosen, map_page
from ampersand.members.requests import MemberRequest


@require_GET
def show(request: MemberRequest) -> HttpResponse:
    """The map; htmx fetches the one that is chosen alone, and has the address say who it is."""
    asked = Asked.read(request.GET)
    if not request.htmx:
        page = map_page(asked, member=request.user, at=timezone.now())
        return render(request, "desk/map.html", {"page": page})
    chosen = map_chosen(asked, member=request.user, at=timezone.now())
    if chosen is None:
        raise Http404
    answer = render(request, "desk/_map_chosen.html", {"chosen": chosen})
    answer["HX-Replace-Url"] = asked.url()
    return answer
