"""Erasing a party: a page that says what goes, and a word to be typed there, by a steward."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from ampersand.channels.erasing import StillComing
from ampersand.desk import erasing as desk_erasing
from ampersand.members import access, step_up
from ampersand.members.models import Member
from ampersand.members.requests import MemberRequest
from ampersand.parties import erasing
from ampersand.parties.models import Party


@require_http_methods(["GET", "POST"])
@step_up.required
def erase_party(request: MemberRequest, party_id: UUID) -> HttpResponse:
    """GET says what would go, POST erases it; in a large book both are left to the worker."""
    party = access.fetch(Party, party_id, user=request.user, may=_may_be_erased_or_was)
    if party.erased_at is not None:
        return redirect("desk:party", party.pk)
    error = "" if request.method == "GET" or _is_meant(request) else _("Write the word as it stands there, then press.")
    if desk_erasing.takes_long():
        return _by_the_worker(request, party, error=error)
    at = timezone.now()
    try:
        if request.method == "POST" and not error:
            erasing.erase_party(party, by=request.user, at=at)
            return redirect("desk:party", party.now_id or party.pk)
        row_count = erasing.would_go(party, by=request.user, at=at)
    except StillComing:
        messages.error(request, _("Something is being brought in right now. Wait until it has ended, then erase."))
        return redirect("desk:party", party.pk)
    return _asked(request, {"party": party, "row_count": row_count}, error=error)


def _is_meant(request: MemberRequest) -> bool:
    return request.POST.get("word", "").strip(" “”\"'").casefold() == _word().casefold()


def _word() -> str:
    return pgettext("to be typed before erasing", "erase")


def _asked(request: MemberRequest, told: dict[str, Any], *, error: str) -> HttpResponse:
    told |= {"word": _word(), "error": error}
    return render(request, "desk/erase.html", told, status=422 if error else 200)


def _may_be_erased_or_was(party: Party, member: Member) -> bool:
    """Whoever waited for it is led to the empty place."""
    return party.erased_at is not None or party.may_be_erased(member)


def _by_the_worker(request: MemberRequest, party: Party, *, error: str) -> HttpResponse:
    if request.method == "POST" and not error:
        desk_erasing.ask_for_erasure(party, by=request.user)
        return redirect("desk:erase_party", party.pk)
    return _asked(request, {"party": party, "is_under_way": desk_erasing.is_under_way(party)}, error=error)
