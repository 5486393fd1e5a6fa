"""What is said where a request is refused before any page of ours has seen it."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, _TOO_MUCH):
        return render(request, "413.html", {"is_files": isinstance(exception, TooManyFilesSent)}, status=413)
    return render(request, "400.html", status=400)
