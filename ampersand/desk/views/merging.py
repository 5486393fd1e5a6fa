"""Saying that two parties are one, and that they are two after all."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ampersand.desk.same import choose_page, compare_page, two_page
from ampersand.members import access
from ampersand.members.requests import MemberRequest
from ampersand.parties import merging
from ampersand.parties.models import Party, StandsFor


@require_http_methods(["GET", "POST"])
def same(request: MemberRequest, party_id: UUID) -> HttpResponse:
    """GET looks for the other, then shows both side by side; POST says that they are one."""
    party = access.fetch(Party, party_id, user=request.user, may=Party.may_be_tended)
    told = request.POST if request.method == "POST" else request.GET
    if "other" not in told:
        words = told.get("words", "")[:200].replace("\x00", "").strip()
        page = choose_page(party, words=words, member=request.user, at=timezone.now())
        return render(request, "desk/same_choose.html", {"page": page})
    other = access.fetch(Party, _id(told["other"]), user=request.user)
    refusal = ""
    if request.method == "POST":
        named = other if told.get("called") != str(party.pk) else party
        try:
            return _merged(request, party if named is other else other, named)
        except (merging.CannotBeOne, merging.OneIsClosed) as refused:
            refusal = str(refused)
    compared = compare_page(party, other, member=request.user, at=timezone.now(), refusal=refusal)
    return render(request, "desk/same.html", {"page": compared}, status=422 if refusal else 200)


def _merged(request: MemberRequest, party: Party, into: Party) -> HttpResponse:
    reason = request.POST.get("reason", "").replace("\x00", "").strip()
    link = merging.merge(party, into, reason=reason, by=request.user, at=timezone.now())
    return redirect(f"{reverse('desk:party', args=[link.party.now_id or link.party_id])}?one={link.pk}")


def _id(told: str) -> UUID:
    try:
        return UUID(told)
    except ValueError as error:
        raise Http404 from error


@require_http_methods(["GET", "POST"])
def two_after_all(request: MemberRequest, link_id: UUID) -> HttpResponse:
    """GET says what comes back to whom, POST makes them two again."""
    link = access.fetch(StandsFor, link_id, user=request.user, may=StandsFor.may_be_withdrawn)
    if request.method == "GET":
        return render(
            request, "desk/two_after_all.html", {"page": two_page(link, member=request.user, at=timezone.now())}
        )
    try:
        merging.unmerge(link, by=request.user, at=timezone.now())
    except (merging.CannotBeOne, merging.OneIsClosed) as refused:
        raise PermissionDenied from refused
    messages.info(request, _("They are two again, each with what was told of them."))
    url = reverse("desk:party", args=[link.party_id])
    # Another page is shown then: right after they were said to be one, it is undone from a part of it.
    return HttpResponse(status=204, headers={"HX-Redirect": url}) if request.htmx else redirect(url)
