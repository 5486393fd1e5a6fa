"""What holds for every page: one signs in first, and it speaks one's own language in one's own time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import timezone, translation

from ampersand.members.models import House, Member


class SignInRequired(LoginRequiredMiddleware):
    """Closed by default. A part of a page that asks signed out is sent to the door whole, not given a sign-in form to swap in."""

    def handle_no_permission(  # type: ignore[override]  # the stubs know redirects only
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        htmx = getattr(request, "htmx", None)
        if not htmx:
            return super().handle_no_permission(request, view_func)
        page = urlsplit(htmx.current_url_abs_path or "/")
        door = redirect_to_login(page._replace(fragment="").geturl(), resolve_url(settings.LOGIN_URL))
        return HttpResponse(status=401, headers={"HX-Redirect": door["Location"]})


class OwnTimeAndTongue:
    """A member's zone and language, else the house's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        member = request.user
        if not isinstance(member, Member):
            return self.get_response(request)
        zone, language = member.time_zone, member.language
        if not (zone and language):
            house = House.objects.values_list("time_zone", "language").first() or ("UTC", "")
            zone, language = zone or house[0], language or house[1]
        with timezone.override(ZoneInfo(zone)), translation.override(language or translation.get_language()):
            request.LANGUAGE_CODE = translation.get_language()
            return self.get_response(request)
