"""What holds for every page a visitor sees: whose it is, in which language, and what a browser may keep of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation

from ampersand.portal import outside
from ampersand.portal.actions import VISIT_LIFE
from ampersand.portal.visitor import find_visitor

COOKIE = "ampersand_between"
COOKIE_PATH = "/between/"

View = Callable[..., HttpResponseBase]


def open_to_all(view: View) -> View:
    """For the door: whoever holds the link may look, signed in or not, and nothing of it stays in a browser."""

    @wraps(view)
    def answered(request: HttpRequest, **named: Any) -> HttpResponseBase:
        return leave_nothing(view(request, **named))

    # A visitor's writing and our own are two transactions, so neither is the request's.
    return login_not_required(transaction.non_atomic_requests(answered))


def for_visitors(view: View) -> View:
    """For the page: the visitor of this browser's cookie, in their own language. Who has none is told how to come in."""

    @open_to_all
    @wraps(view)
    def answered(request: HttpRequest, **named: Any) -> HttpResponseBase:
        try:
            visitor = find_visitor(request.COOKIES.get(COOKIE, ""))
        except outside.NotOpen:
            return render(request, "portal/closed.html", {"is_shut": True}, status=503)
        if visitor is None:
            return render(request, "portal/closed.html", status=401)
        language = visitor.language if visitor.language in dict(settings.LANGUAGES) else request.LANGUAGE_CODE
        with translation.override(language), timezone.override(ZoneInfo(visitor.time_zone)):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            return view(request, visitor, **named)

    return answered


def leave_nothing(response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = "private, no-store"
    # No other site learns of the link. With `no-referrer` browsers say of our own forms too that they come from nowhere, and
    # the check for forgery refuses them.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def begin(response: HttpResponse, secret: str) -> HttpResponse:
    """Give the browser the cookie of a visit. It is sent to the pages Between and nowhere else."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(VISIT_LIFE.total_seconds()),
        path=COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def end(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE, path=COOKIE_PATH, samesite="Lax")
    return response
