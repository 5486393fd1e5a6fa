"""What is said where no page of a past day can be shown, whichever is asked for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from ampersand.core.as_known import NoViews

# What the views of past days need to be made anew takes seconds.
_AGAIN_IN_SECONDS = 60


class PastDaysMayRest:
    """While past days cannot be read (`core.as_known`), their pages say so and what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NoViews):
            return None
        here = request.get_full_path()
        # What asked for a part of a page has no room to say this: the part is opened as a page of its own, which does.
        if getattr(request, "htmx", None):
            return HttpResponse(status=503, headers={"HX-Redirect": here})
        answer = render(request, "503.html", {"again_url": here}, status=503)
        answer["Retry-After"] = str(_AGAIN_IN_SECONDS)
        return answer
