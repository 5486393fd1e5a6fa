"""The two pages at the door that need more than sign-in: founding an empty house, and coming in by invitation."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ampersand.desk import ours
from ampersand.desk.house_forms import FoundForm, JoinForm
from ampersand.members import actions, limits
from ampersand.members.models import House, Member
from ampersand.members.sign_in import sign_in
from ampersand.members.views import link_gone

_GONE = (actions.LinkUnknown, actions.LinkUsed, actions.LinkLapsed)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def found(request: HttpRequest, secret: str) -> HttpResponse:
    """The first page of an empty house. The link is used up by founding it, not by looking."""
    if not limits.is_within(request, "link"):
        return render(request, "429.html", status=429)
    form = FoundForm(request.POST if request.method == "POST" else None)
    try:
        link = actions.find_sign_in_link(secret, at=timezone.now())
        if link.member is not None:
            raise actions.LinkUnknown
        if form.is_valid():
            return sign_in(request, _found(secret, form), method="founding")
    except _GONE as error:
        return link_gone(request, error)
    except actions.FoundedAlready:
        return link_gone(request, actions.LinkUsed())
    return render(request, "desk/found.html", {"form": form}, status=422 if form.is_bound else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    if not limits.is_within(request, "link"):
        return render(request, "429.html", status=429)
    form = JoinForm(request.POST if request.method == "POST" else None)
    try:
        invited = actions.find_invitation(secret, at=timezone.now())
        if form.is_valid():
            told = form.cleaned_data
            member = ours.accept_invitation(secret, name=told["name"], password=told["password"], at=timezone.now())
            return sign_in(request, member, method="invitation")
    except (*_GONE, actions.HereAlready) as error:
        return link_gone(request, error if isinstance(error, _GONE) else actions.LinkUsed())
    context = {"form": form, "invitation": invited, "house": House.objects.first()}
    return render(request, "desk/invitation.html", context, status=422 if form.is_bound else 200)


@transaction.atomic
def _found(secret: str, form: FoundForm) -> Member:
    at = timezone.now()
    actions.use_sign_in_link(secret, at=at)
    return ours.found_house(**form.cleaned_data, language=(get_language() or "en")[:2], at=at)
