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
from django.utils.cache import patch_cache_control

from ampersand.members import sessions
from ampersand.members.models import House, Member
from ampersand.members.queries import house_remembered


class SignInRequired(LoginRequiredMiddleware):
    """Closed by default. A part of a page that asks signed out is sent to the door whole, not given a sign-in form to swap in.

    Whoever is signed out sends forms of a few fields: what is larger is not read.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not request.user.is_authenticated and _length_of(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return HttpResponse(status=413)
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]  # the stubs know redirects only
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        htmx = getattr(request, "htmx", None)
        if not htmx:
            return super().handle_no_permission(request, view_func)
        page = urlsplit(htmx.current_url_abs_path or "/")
        door = redirect_to_login(page._replace(fragment="").geturl(), resolve_url(settings.LOGIN_URL))
        return HttpResponse(status=401, headers={"HX-Redirect": door["Location"]})


def leave_no_copy(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """What a member reads stays in no browser after they sign out, not even one step back."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        is_members = isinstance(request.user, Member)
        response = get_response(request)
        if is_members:
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware


def know_the_device(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Each session of a member says by which browser it goes on, so that they know it again and can end it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(request.user, Member):
            sessions.remember_device(request, today=timezone.now().date())
        return response

    return middleware


class OwnTimeAndTongue:
    """A member's zone and language, else the house's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        member = request.user
        if not isinstance(member, Member):
            return self.get_response(request)
        with house_remembered() as founded:
            house = founded or House(time_zone="UTC", language="")
            zone, language = member.time_zone or house.time_zone, member.language or house.language
            request.house_name = house.name  # type: ignore[attr-defined]
            with timezone.override(ZoneInfo(zone)), translation.override(language or translation.get_language()):
                request.LANGUAGE_CODE = translation.get_language()
                return self.get_response(request)


def _length_of(request: HttpRequest) -> int:
    """How many bytes the body is said to have; Django reads no more than that."""
    told: str = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isdecimal() else 0
