"""Saying of two that are likely one what they are."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ampersand.desk.doubles import doubles_page, in_words
from ampersand.members import access
from ampersand.members.requests import MemberRequest
from ampersand.parties import merging
from ampersand.parties.doubles import actions
from ampersand.parties.doubles.models import Double


@require_GET
def show(request: MemberRequest) -> HttpResponse:
    return render(request, "desk/doubles.html", {"page": doubles_page(request.user, at=timezone.now())})


@require_POST
def same(request: MemberRequest, double_id: UUID) -> HttpResponse:
    """They are one. Where that cannot be, it is said why, and the two stay on the page."""
    double = access.fetch(Double, double_id, user=request.user)
    at = timezone.now()
    try:
        actions.say_same(double, reason=in_words(double), by=request.user, at=at)
    except (merging.CannotBeOne, merging.OneIsClosed) as refused:
        page = doubles_page(request.user, at=at, refusal=str(refused), double=double)
        return render(request, "desk/doubles.html", {"page": page}, status=422)
    messages.info(request, _("The two are one now. On their page they can be two again."))
    return redirect("desk:doubles")


@require_POST
def two(request: MemberRequest, double_id: UUID) -> HttpResponse:
    double = access.fetch(Double, double_id, user=request.user)
    actions.say_two(double, by=request.user, at=timezone.now())
    messages.info(request, _("They are two. You will not be asked again."))
    return redirect("desk:doubles")


@require_POST
def later(request: MemberRequest, double_id: UUID) -> HttpResponse:
    double = access.fetch(Double, double_id, user=request.user)
    actions.say_later(double, by=request.user, at=timezone.now())
    return redirect("desk:doubles")
