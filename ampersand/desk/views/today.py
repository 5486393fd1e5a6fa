from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from ampersand.desk import actions
from ampersand.desk.models import SetAside
from ampersand.desk.today import reason_key, today_page
from ampersand.members import access
from ampersand.members.requests import MemberRequest
from ampersand.parties.models import Relationship


@require_GET
def show(request: MemberRequest) -> HttpResponse:
    return render(request, "desk/today.html", {"page": today_page(request.user, at=timezone.now())})


@require_POST
def not_now(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    return _set_aside(request, relationship_id, SetAside.Kind.NOT_NOW)


@require_POST
def let_rest(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    return _set_aside(request, relationship_id, SetAside.Kind.REST)


def _set_aside(request: MemberRequest, relationship_id: UUID, kind: str) -> HttpResponse:
    relationship = access.fetch(Relationship, relationship_id, user=request.user)
    at = timezone.now()
    act = actions.set_aside(
        relationship, kind=kind, reason=reason_key(request.user, relationship.pk, at=at), by=request.user, at=at
    )
    if request.htmx:
        return render(request, "desk/_set_aside.html", {"act": act, "name": relationship.party.name})
    return redirect("desk:today")


@require_POST
def take_back(request: MemberRequest, set_aside_id: UUID) -> HttpResponse:
    act = access.fetch(SetAside, set_aside_id, user=request.user)
    actions.take_back(act, by=request.user, at=timezone.now())
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("desk:today")})
    return redirect("desk:today")
