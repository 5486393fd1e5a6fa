"""Telling a change to those it touches: named one by one, each ticked by hand and told why."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ampersand.core.ids import new_id
from ampersand.desk.messages import people
from ampersand.desk.messages.forms import TouchedForm
from ampersand.desk.messages.pages import GateRow, TouchedPage, TouchedRow
from ampersand.desk.messages.people import Candidate
from ampersand.desk.names import as_now
from ampersand.members import access
from ampersand.members.models import Member
from ampersand.members.outbox import goes_out
from ampersand.members.requests import MemberRequest
from ampersand.parties.models import Relationship
from ampersand.terms import actions as terms
from ampersand.terms.attempt import Attempt, Purpose
from ampersand.terms.messages import actions, rules
from ampersand.terms.messages.rules import CannotGo, To
from ampersand.terms.says import because_says
from ampersand.timeline.models import Mode


@require_http_methods(["GET", "POST"])
def tell(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    relationship = as_now(access.fetch(Relationship, relationship_id, user=request.user))
    form = TouchedForm(request.POST or None, member=request.user)
    together_id, error = new_id(), ""
    if request.method == "POST":
        access.fetch(Relationship, relationship.pk, user=request.user, may=_may_tell)
        together_id = _uuid(request.POST.get("together", "")) or together_id
        is_valid = form.is_valid()
        if is_valid and request.POST.get("act") == "send":
            try:
                return _sent(request, relationship, form, together_id=together_id)
            except CannotGo as refused:
                error = str(refused)
    page = _page(request, relationship, form, error=error)
    shown = {"page": page, "form": form, "together": together_id}
    has_errors = bool(error) or (form.is_bound and bool(form.errors))
    return render(request, "desk/message_tell.html", shown, status=422 if has_errors else 200)


def _sent(request: MemberRequest, relationship: Relationship, form: TouchedForm, *, together_id: UUID) -> HttpResponse:
    ticked = set(request.POST.getlist("who"))
    to = [
        To(one.party, one.address, why=request.POST.get(f"why-{one.value}", ""))
        for one in _shown(relationship, form, member=request.user)
        if one.value in ticked
    ]
    told = actions.tell_those_it_touches(
        relationship,
        subject=form.cleaned_data["subject"],
        words=form.cleaned_data["words"],
        topics=form.cleaned_data["topics"],
        to=to,
        by=request.user,
        at=timezone.now(),
        together_id=together_id,
    )
    words = ngettext("A message is on its way to one person.", "%(count)d messages are on their way.", len(told))
    messages.info(request, words % {"count": len(told)})
    return redirect("desk:messages")


def _page(request: MemberRequest, relationship: Relationship, form: TouchedForm, *, error: str) -> TouchedPage:
    return TouchedPage(
        name=str(relationship.party),
        relationship_url=reverse("desk:relationship", args=[relationship.pk]),
        rows=tuple(_row(request, one) for one in _shown(relationship, form, member=request.user)),
        goes_out=goes_out(),
        error=error,
    )


def _row(request: MemberRequest, one: Candidate) -> TouchedRow:
    topics = tuple(word.strip() for word in request.POST.get("topics", "").split(",") if word.strip())
    attempt = Attempt(Mode.MAIL, Purpose.CONCERNS, at=timezone.now(), by_id=request.user.pk, topics=topics)
    ruling, _terms = terms.look(one.party, attempt)
    return TouchedRow(
        value=one.value,
        label=one.label,
        is_ticked=one.value in request.POST.getlist("who"),
        why=request.POST.get(f"why-{one.value}", ""),
        gate=GateRow(one.label, ruling.may, because_says(ruling.because), ruling.opens_at),
    )


def _shown(relationship: Relationship, form: TouchedForm, *, member: Member) -> list[Candidate]:
    """Each person once, by the first of their addresses, those that were added after those of the relationship."""
    added = form.added if form.is_bound and hasattr(form, "cleaned_data") else []
    told = [*people.people_of(relationship, member=member), *added]
    return list({one.party.pk: one for one in reversed(told)}.values())[::-1][: rules.MOST_TOUCHED]


def _uuid(told: str) -> UUID | None:
    try:
        return UUID(told)
    except ValueError:
        return None


def _may_tell(relationship: Relationship, member: Member) -> bool:
    return relationship.party.may_be_tended(member)
