from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ampersand.members import actions, limits
from ampersand.members.sign_in import sign_in


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_link(request: HttpRequest, secret: str) -> HttpResponse:
    """GET shows a button and POST signs in: what only fetches links, such as a mail scanner, uses none up."""
    if not limits.is_within(request, "link"):
        return render(request, "429.html", status=429)
    at = timezone.now()
    try:
        link = actions.find_sign_in_link(secret, at=at)
        if link.member is None:
            return redirect("desk:found", secret)
        if request.method == "GET":
            return render(request, "members/sign_in_link.html", {"member": link.member})
        member = actions.use_sign_in_link(secret, at=at)
    except (actions.LinkUnknown, actions.LinkUsed, actions.LinkLapsed) as error:
        return link_gone(request, error)
    return sign_in(request, member or link.member, method="one-time-link")


def link_gone(request: HttpRequest, error: LookupError) -> HttpResponse:
    """A link that lets nobody in (any more), said in a sentence: 410, or 404 where there never was one."""
    words = {
        actions.LinkUsed: _("This link was used before, and it works once. Ask for a new one."),
        actions.LinkLapsed: _("This link works no longer. Ask for a new one."),
        actions.LinkUnknown: _("There is no such link. Look whether it was copied whole."),
    }[type(error)]
    return render(request, "members/link_gone.html", {"words": words}, status=_STATUS[type(error)])


_STATUS = {actions.LinkUsed: 410, actions.LinkLapsed: 410, actions.LinkUnknown: 404}
