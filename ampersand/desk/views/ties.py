"""How parties stand to each other: told, ended, taken back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ampersand.desk.tying import TieForm, tie_page
from ampersand.members import access
from ampersand.members.requests import MemberRequest
from ampersand.parties import actions, tying
from ampersand.parties.actions import SameParty, Teller
from ampersand.parties.models import Party, Tie


@require_http_methods(["GET", "POST"])
def tell(request: MemberRequest, party_id: UUID) -> HttpResponse:
    party = access.fetch(Party, party_id, user=request.user, may=Party.may_be_tended)
    form = TieForm(request.POST or None, party=party, member=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            teller = Teller(at=timezone.now(), by=request.user)
            tying.tie(party, form.other, form.told(), by=request.user, teller=teller)
            return redirect("desk:party", party.pk)
        except SameParty:
            form.add_error("whom", _("Nobody stands around themselves. Write somebody else."))
    status = 422 if form.errors else 200
    return render(request, "desk/form.html", {"page": tie_page(party), "form": form}, status=status)


@require_POST
def end(request: MemberRequest, tie_id: UUID) -> HttpResponse:
    """It is so no longer, from today on. What was stays to be read, with its days."""
    tie = access.fetch(Tie, tie_id, user=request.user)
    at = timezone.now()
    today = timezone.localdate(at)
    if tie.from_on is not None and tie.from_on >= today:
        messages.info(request, _("It has not begun yet. If it is not so, say that."))
    elif tie.until_on is None or tie.until_on > today:
        actions.end_tie(tie, on=today, by=request.user, at=at)
    return redirect("desk:party", tie.from_party_id)


@require_POST
def withdraw(request: MemberRequest, tie_id: UUID) -> HttpResponse:
    """It never was so."""
    tie = access.fetch(Tie, tie_id, user=request.user)
    actions.withdraw(tie, by=request.user, at=timezone.now())
    return redirect("desk:party", tie.from_party_id)
