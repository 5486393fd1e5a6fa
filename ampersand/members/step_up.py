"""Asking once more who it is, before what cannot be taken back: erasing, taking the book out, changing ways in.

@require_http_methods(["GET", "POST"])
@step_up.required
def export(request: MemberRequest) -> HttpResponse: ...
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlsplit

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from ampersand.members import ways_in

LASTS = timedelta(minutes=15)
# A service outside may sign one in without asking anything, since one is signed in there already: that proves nothing anew.
_PROVES_NOTHING = frozenset({"socialaccount"})

P = ParamSpec("P")
View = Callable[Concatenate[Any, P], HttpResponseBase]


def required(view: View[P]) -> View[P]:
    """A view for those who have shown within a quarter of an hour that it is them; others are asked, then led back.

    What was posted is not kept while they are asked: they come back to the page it was sent from.
    """

    @wraps(view)
    def asked_first(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if is_fresh(request, at=timezone.now()):
            return view(request, *args, **kwargs)
        return _ask(request)

    return asked_first


def required_for_ways_in(view: View[P]) -> View[P]:
    """`required`, but for one who has no way in yet: they cannot show anything, and begin with their first."""

    @wraps(view)
    def asked_first(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if ways_in.ways_of(request.user).is_none:
            return view(request, *args, **kwargs)
        return required(view)(request, *args, **kwargs)

    return asked_first


def is_fresh(request: HttpRequest, *, at: datetime) -> bool:
    """Whether whoever is signed in has shown lately, in this session, that it is them. Signing in shows it too."""
    member: Any = request.user
    records = get_authentication_records(request, member if member.is_authenticated else None)
    proofs = [record["at"] for record in records if record.get("method") not in _PROVES_NOTHING]
    return any(timedelta() <= at - datetime.fromtimestamp(proof, tz=at.tzinfo) < LASTS for proof in proofs)


def prove(request: HttpRequest, *, method: str) -> None:
    """Remember in this session that whoever is signed in has just shown that it is them."""
    record_authentication(request, request.user, method=method, reauthenticated=True)


def next_page(request: HttpRequest) -> str:
    """Where one goes on after showing who one is: a page of this house, or one's own settings."""
    told = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    return told if _is_ours(request, told) else reverse("desk:own")


def _ask(request: HttpRequest) -> HttpResponseBase:
    htmx = getattr(request, "htmx", None)
    if htmx:
        page = htmx.current_url_abs_path or ""
        return HttpResponse(status=401, headers={"HX-Redirect": _address(page)})
    if request.method in ("GET", "HEAD"):
        return HttpResponseRedirect(_address(request.get_full_path()))
    referer = request.headers.get("Referer", "")
    page = urlsplit(referer)._replace(scheme="", netloc="", fragment="").geturl() if _is_ours(request, referer) else ""
    return HttpResponseRedirect(_address(page))


def _address(page: str) -> str:
    return f"{reverse('step_up')}?{urlencode({REDIRECT_FIELD_NAME: page})}" if page else reverse("step_up")


def _is_ours(request: HttpRequest, address: str) -> bool:
    return bool(address) and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
