"""Handing over a relationship: offered with its story, accepted, declined, taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ampersand.between import handing_over
from ampersand.between.handing import HandingOver
from ampersand.desk.handing_over import StoryForm, handing_over_page, promises_to_name_over
from ampersand.desk.names import as_now
from ampersand.desk.negotiations.speaking import ourselves
from ampersand.members import access
from ampersand.members.models import House
from ampersand.members.requests import MemberRequest
from ampersand.parties.models import Relationship

_REFUSED = (handing_over.NotYours, handing_over.NotThem, handing_over.NotNow)


@require_http_methods(["GET", "POST"])
def show(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    """The page with its form. A story that is to be shared is shown first exactly as the other side will read it."""
    relationship = as_now(access.fetch(Relationship, relationship_id, user=request.user))
    if request.method == "POST":
        access.fetch(Relationship, relationship.pk, user=request.user, may=Relationship.may_be_handed_over)
    form = _form(request, relationship)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        is_seen = request.POST.get("seen", "").strip() == told["story"].replace("\r\n", "\n").strip()
        if told["is_shared"] and told["story"].strip() and not is_seen:
            return _page(request, relationship, form, seen=told["story"].replace("\r\n", "\n").strip())
        if _is_offered(request, relationship, form):
            messages.info(request, _("%(name)s is asked. Nothing changes until they accept.") % {"name": told["to"]})
            return redirect("desk:handing_over", relationship.pk)
    return _page(request, relationship, form, status=422 if form.errors else 200)


@require_POST
def accept(request: MemberRequest, handing_id: UUID) -> HttpResponse:
    handing = access.fetch(HandingOver, handing_id, user=request.user, may=HandingOver.may_be_answered)
    try:
        handing_over.accept(handing, on=timezone.localdate(), by=request.user, at=timezone.now())
    except _REFUSED as error:
        messages.warning(request, str(error))
    return redirect("desk:handing_over", handing.relationship_id)


@require_POST
def decline(request: MemberRequest, handing_id: UUID) -> HttpResponse:
    handing = access.fetch(HandingOver, handing_id, user=request.user, may=HandingOver.may_be_answered)
    words = request.POST.get("words", "").replace("\x00", "")
    try:
        handing_over.decline(handing, words=words, by=request.user, at=timezone.now())
    except _REFUSED as error:
        messages.warning(request, str(error))
    return redirect("desk:handing_over", handing.relationship_id)


@require_POST
def withdraw(request: MemberRequest, handing_id: UUID) -> HttpResponse:
    handing = access.fetch(HandingOver, handing_id, user=request.user, may=HandingOver.may_be_withdrawn)
    try:
        handing_over.withdraw(handing, by=request.user, at=timezone.now())
    except _REFUSED as error:
        messages.warning(request, str(error))
    return redirect("desk:handing_over", handing.relationship_id)


def _form(request: MemberRequest, relationship: Relationship) -> StoryForm:
    return StoryForm(
        request.POST if request.method == "POST" else None,
        relationship=relationship,
        by=request.user,
        promises=promises_to_name_over(relationship, request.user),
    )


def _is_offered(request: MemberRequest, relationship: Relationship, form: StoryForm) -> bool:
    told, at = form.cleaned_data, timezone.now()
    try:
        handing_over.offer(
            relationship,
            to=told["to"],
            from_on=told["from_on"],
            story=told["story"].replace("\r\n", "\n"),
            is_shared=told["is_shared"],
            named=form.chosen(),
            on=timezone.localdate(),
            speaker=ourselves(request.user, at=at),
        )
    except _REFUSED as error:
        form.add_error(None, str(error))
        return False
    return True


def _page(
    request: MemberRequest, relationship: Relationship, form: StoryForm, *, seen: str = "", status: int = 200
) -> HttpResponse:
    page = handing_over_page(relationship, member=request.user)
    shown: dict[str, Any] = {"page": page, "form": form, "seen": seen}
    if seen:
        shown |= {"house": House.objects.get().name, "to": form.cleaned_data["to"], "by": request.user}
        shown["from_on"] = form.cleaned_data["from_on"]
    return render(request, "desk/handing_over.html", shown, status=status)
