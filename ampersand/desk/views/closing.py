"""Who may see a relationship, everybody of the house or named members and teams; and who tends it."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ampersand.desk.closing import who_sees_page
from ampersand.desk.house_forms import HandOverForm, WhoSeesForm
from ampersand.members import access
from ampersand.members.requests import MemberRequest
from ampersand.parties import actions
from ampersand.parties.models import Relationship


@require_http_methods(["GET", "POST"])
def who_sees(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    """GET says who sees it; POST closes it to those who are named, and to whoever does so."""
    relationship = access.fetch(Relationship, relationship_id, user=request.user)
    may = relationship.may_be_closed(request.user)
    if request.method == "POST" and not may:
        raise PermissionDenied
    page = who_sees_page(relationship, by=request.user)
    form = WhoSeesForm(
        request.POST if request.method == "POST" else None,
        by=request.user,
        initial={"members": page.member_ids, "teams": page.team_ids},
    )
    if form.is_bound and form.is_valid():
        actions.close(
            relationship,
            members=form.cleaned_data.get("members", ()),
            teams=form.cleaned_data.get("teams", ()),
            by=request.user,
            at=timezone.now(),
        )
        return _answer(request, relationship)
    context = {"page": page, "form": form if may else None, "hand_over": _hand_over_form(request, relationship)}
    status = 422 if form.is_bound else 200
    return render(request, _template(request), context, status=status)


@require_POST
def reopen(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    relationship = access.fetch(Relationship, relationship_id, user=request.user, may=Relationship.may_be_closed)
    actions.reopen(relationship, by=request.user, at=timezone.now())
    return _answer(request, relationship)


@require_POST
def hand_over(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    """Hand the tending to a colleague, who must see it already. Only who tends it has something to hand over."""
    relationship = access.fetch(Relationship, relationship_id, user=request.user, may=Relationship.may_be_handed_over)
    form = HandOverForm(request.POST, relationship=relationship, by=request.user)
    if form.is_valid():
        actions.hand_over(
            relationship, to=form.cleaned_data["to"], on=timezone.localdate(), by=request.user, at=timezone.now()
        )
        return redirect("desk:who_sees", relationship.pk)
    page = who_sees_page(relationship, by=request.user)
    closing = WhoSeesForm(by=request.user, initial={"members": page.member_ids, "teams": page.team_ids})
    context = {"page": page, "form": closing, "hand_over": form}
    return render(request, "desk/who_sees.html", context, status=422)


def _hand_over_form(request: MemberRequest, relationship: Relationship) -> HandOverForm | None:
    may = relationship.may_be_handed_over(request.user)
    return HandOverForm(relationship=relationship, by=request.user) if may else None


def _answer(request: MemberRequest, relationship: Relationship) -> HttpResponse:
    if not request.htmx:
        return redirect("desk:relationship", relationship.pk)
    page = who_sees_page(relationship, by=request.user)
    form = WhoSeesForm(by=request.user, initial={"members": page.member_ids, "teams": page.team_ids})
    return render(request, "desk/_who_sees.html", {"page": page, "form": form})


def _template(request: MemberRequest) -> str:
    return "desk/_who_sees.html" if request.htmx else "desk/who_sees.html"
