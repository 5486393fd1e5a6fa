"""The door of the page Between: a link shows who invites, a code goes to its address, and the code opens a visit."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ampersand.members import limits
from ampersand.members.models import House
from ampersand.portal import actions, letters, web
from ampersand.portal.forms import CodeForm
from ampersand.portal.models import PageLink


@require_GET
@web.open_to_all
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """Looking sends nothing: programs that fetch what stands in a mail ask for no code."""
    if not limits.is_within(request, "page_link"):
        return render(request, "429.html", status=429)
    try:
        found = actions.find_link(secret, at=timezone.now())
    except actions.LinkGone:
        return _gone(request)
    return render(request, "portal/link.html", _shown(found, secret))


@require_POST
@web.open_to_all
def send_code(request: HttpRequest, secret: str) -> HttpResponse:
    if not limits.is_within(request, "page_code"):
        return render(request, "429.html", status=429)
    at = timezone.now()
    try:
        found = actions.find_link(secret, at=at)
        sent = letters.send_code(found, actions.make_code(found, at=at))
    except actions.LinkGone:
        return _gone(request)
    except actions.TooManyCodes as error:
        return render(request, "portal/link.html", _shown(found, secret) | {"error": str(error)}, status=429)
    if not sent:
        words = _("The mail could not be sent just now. Try again in a while.")
        return render(request, "portal/link.html", _shown(found, secret) | {"error": words}, status=503)
    return redirect("portal:code", secret)


@require_http_methods(["GET", "POST"])
@web.open_to_all
def code(request: HttpRequest, secret: str) -> HttpResponse:
    if not limits.is_within(request, "page_try" if request.method == "POST" else "page_link"):
        return render(request, "429.html", status=429)
    at = timezone.now()
    form = CodeForm(request.POST if request.method == "POST" else None)
    try:
        found = actions.find_link(secret, at=at)
        if form.is_valid():
            _visit, visit_secret = actions.open_visit(found, form.cleaned_data["code"], at=at)
            # The secret is new: whoever was here before is not taken for them, and one laid here beforehand opens nothing.
            actions.end_visit(request.COOKIES.get(web.COOKIE, ""), at=at)
            return web.begin(redirect("portal:page"), visit_secret)
    except actions.LinkGone:
        return _gone(request)
    except actions.WrongCode as error:
        form.add_error("code", str(error))
    shown = _shown(found, secret) | {"form": form}
    return render(request, "portal/code.html", shown, status=422 if form.is_bound else 200)


@require_POST
@web.open_to_all
def close(request: HttpRequest) -> HttpResponse:
    """End the visit in this browser."""
    actions.end_visit(request.COOKIES.get(web.COOKIE, ""), at=timezone.now())
    return web.end(render(request, "portal/closed.html", {"is_ended": True}))


def _shown(link: PageLink, secret: str) -> dict[str, object]:
    house = House.objects.first()
    return {
        "by": link.given_by.name if link.given_by else "",
        "house": house.name if house else "",
        "address": _veiled(link.address),
        "secret": secret,
    }


def _veiled(address: str) -> str:
    """Enough of an address to know one's own by, and too little to learn somebody else's.

    >>> _veiled("jane@alder.example")
    'j…@alder.example'
    """
    before, _at, domain = address.rpartition("@")
    return f"{before[:1]}…@{domain}"


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/closed.html", {"is_gone": True}, status=404)
