from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ampersand.desk.past_days import asked_day
from ampersand.desk.tune_map.asked import Asked
from ampersand.desk.tune_map.page import map_chosen, map_page
from ampersand.members.requests import MemberRequest


@require_GET
def show(request: MemberRequest) -> HttpResponse:
    """The map; htmx fetches the one that is chosen alone, and has the address say who it is."""
    is_part = request.htmx and "whole" not in request.GET
    day = asked_day(request.GET, reads=not is_part)
    asked = Asked.read(request.GET, on=day.on)
    if not is_part:
        with day.book():
            page = map_page(asked, member=request.user, at=day.at)
        return render(request, "desk/map.html", {"page": replace(page, day=day.part(request))})
    with day.book():
        chosen = map_chosen(asked, member=request.user, at=day.at)
    if chosen is None:
        raise Http404
    answer = render(request, "desk/_map_chosen.html", {"chosen": chosen})
    answer["HX-Replace-Url"] = asked.url()
    return answer
