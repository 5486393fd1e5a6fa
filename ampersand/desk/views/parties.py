from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ampersand.core.clock import parse_date
from ampersand.desk import keeping
from ampersand.desk.doubles import ask_about, may_be
from ampersand.desk.forms import PartyForm
from ampersand.desk.pages.forms import FormPage
from ampersand.desk.party import party_page
from ampersand.desk.party_edit import told_of, write_down
from ampersand.desk.same import said_to_be_one
from ampersand.desk.traces import traces_page
from ampersand.members import access
from ampersand.members.requests import MemberRequest
from ampersand.parties import actions
from ampersand.parties.models import Detail, Identifier, Party, Relationship


@require_GET
def show(request: MemberRequest, party_id: UUID) -> HttpResponse:
    party = access.fetch(Party, party_id, user=request.user)
    if party.now_id is not None and party.erased_at is None:
        return redirect("desk:party", party.now_id)
    page = party_page(party, member=request.user, at=timezone.now(), known_on=parse_date(request.GET.get("on", "")))
    kept = said_to_be_one(request.GET.get("one", ""), party=party, member=request.user)
    return render(request, "desk/party.html", {"page": page, "kept": kept})


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    form = PartyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        likely = may_be(form.cleaned_data, member=request.user)
        party = write_down(form.cleaned_data, by=request.user, at=at)
        if question := ask_about(party, likely, at=at):
            messages.warning(request, question)
        return redirect("desk:relationship", party.relationship.pk)
    page = FormPage(title=_("Write somebody down"), act=_("Keep"), says=_("A name is enough."), here="relationships")
    return _form(request, page, form)


@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, party_id: UUID) -> HttpResponse:
    party = access.fetch(Party, party_id, user=request.user, may=Party.may_be_tended)
    form = PartyForm(request.POST or None, initial=told_of(party))
    if request.method == "POST" and form.is_valid():
        write_down(form.cleaned_data, party=party, by=request.user, at=timezone.now())
        return redirect("desk:party", party.pk)
    page = FormPage(
        title=_("Write down more about %(name)s") % {"name": party.name},
        act=_("Keep"),
        says=_("What was known before stays, with its day."),
        here="relationships",
    )
    return _form(request, page, form)


@require_POST
def keep_trace(request: MemberRequest, party_id: UUID) -> HttpResponse:
    party = access.fetch(Party, party_id, user=request.user, may=Party.may_be_tended)
    relationship = keeping.keep_trace(party, by=request.user, at=timezone.now())
    return redirect(f"{reverse('desk:relationship', args=[relationship.pk])}?kept")


@require_POST
def take_back_keeping(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    """Take back that a trace was kept. Where something was written since they stay, and it is said."""
    relationship = access.fetch(Relationship, relationship_id, user=request.user, may=keeping.may_take_back)
    url = reverse("desk:party", args=[relationship.party_id])
    if not keeping.take_back(relationship, by=request.user, at=timezone.now()):
        messages.info(request, _("Something was written about them since, so they stay. You tend it no longer."))
        url = reverse("desk:relationship", args=[relationship.pk])
    # Another page is shown then: what was kept has none any more.
    return HttpResponse(status=204, headers={"HX-Redirect": url}) if request.htmx else redirect(url)


@require_GET
def traces(request: MemberRequest) -> HttpResponse:
    told = {name: request.GET.get(name, "") for name in ("after", "did")}
    return render(request, "desk/traces.html", {"page": traces_page(request.user, **told)})


@require_POST
def withdraw_identifier(request: MemberRequest, identifier_id: UUID) -> HttpResponse:
    return _withdraw(request, Identifier, identifier_id)


@require_POST
def withdraw_detail(request: MemberRequest, detail_id: UUID) -> HttpResponse:
    return _withdraw(request, Detail, detail_id)


def _withdraw(request: MemberRequest, model: Any, row_id: UUID) -> HttpResponse:
    fact = access.fetch(model, row_id, user=request.user)
    actions.withdraw(fact, by=request.user, at=timezone.now())
    return redirect("desk:party", fact.party_id)


def _form(request: MemberRequest, page: FormPage, form: PartyForm) -> HttpResponse:
    return render(request, "desk/form.html", {"page": page, "form": form}, status=422 if form.errors else 200)
