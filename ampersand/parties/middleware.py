from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from ampersand.parties.closed import hidden_parties_remembered

Answer = Callable[[HttpRequest], HttpResponse]


def remember_hidden_parties(answer: Answer) -> Answer:
    """While a page is read nobody's rights change, so what is hidden from its visitor is asked once."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return answer(request)
        with hidden_parties_remembered():
            return answer(request)

    return middleware
