"""Promising anew, with what is open already beside it; and what we promise to everybody."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods

from ampersand.core.whole import whole
from ampersand.desk.promise_acts import speaker_for
from ampersand.desk.promise_forms import WordingForm
from ampersand.desk.promising import load_of, public_page
from ampersand.desk.promising_forms import ASK, TAKEN, NewPromiseForm
from ampersand.members import access
from ampersand.members.models import Member
from ampersand.members.requests import MemberRequest
from ampersand.parties.actions import Teller
from ampersand.parties.models import Relationship
from ampersand.parties.speaking import Speaker
from ampersand.promises import actions, backing_actions
from ampersand.promises.models import Asking, Promise


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """Promise something, ask for it, or say that one took it as promised."""
    leans_on = _told(Promise, request.GET.get("leans_on"), user=request.user)
    relationship = _told(Relationship, request.GET.get("relationship"), user=request.user)
    form = NewPromiseForm(
        request.POST if request.method == "POST" else None,
        member=request.user,
        leans_on=leans_on,
        today=timezone.localdate(),
        initial=_begin(relationship, leans_on, member=request.user),
    )
    if request.method == "POST" and form.is_valid():
        made = _make(form, member=request.user)
        return redirect("desk:promise", made.pk)
    of = form.cleaned_data.get("whom") if form.is_bound and form.is_valid() else None
    due_on = parse_due(form["due_on"].value())
    load = load_of(
        request.user, seen_by=request.user, relationship=of or relationship, due_on=due_on, at=timezone.now()
    )
    form.watch_load((of or relationship).pk if of or relationship else None)
    back = reverse("desk:relationship", args=[relationship.pk]) if relationship else reverse("desk:promises")
    shown = {"form": form, "load": load, "back_url": back, "relationship": relationship, "page": {"here": "promises"}}
    return render(request, "desk/promise_new.html", shown, status=422 if form.errors else 200)


@require_GET
def load(request: MemberRequest) -> HttpResponse:
    """What is open already, for another day or another colleague."""
    of = _told_member(request.GET.get("of")) or request.user
    relationship = _told(Relationship, request.GET.get("relationship"), user=request.user)
    due_on = parse_due(request.GET.get("due_on"))
    found = load_of(of, seen_by=request.user, relationship=relationship, due_on=due_on, at=timezone.now())
    return render(request, "desk/_promise_load.html", {"load": found})


@require_http_methods(["GET", "POST"])
def public(request: MemberRequest) -> HttpResponse:
    """What we advertise, who backs each, and what was called kept of it."""
    form = WordingForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    del form.fields["due_on"]
    if request.method == "POST" and form.is_valid():
        told = actions.Wording(form.cleaned_data["words"], None, form.cleaned_data["condition"])
        actions.advertise(told, speaker=speaker_for(request.user, at=timezone.now()))
        return redirect("desk:public_promises")
    page = public_page(request.user, at=timezone.now())
    return render(
        request, "desk/promises_public.html", {"page": page, "form": form}, status=422 if form.errors else 200
    )


@whole
def _make(form: NewPromiseForm, *, member: Member) -> Promise:
    at, told, wording = timezone.now(), form.cleaned_data, form.wording()
    relationship: Relationship = told["whom"]
    speaker, them = speaker_for(member, at=at), relationship.party
    if form.leans_on is None and told["what"] == ASK:
        return actions.ask(wording, by=them, relationship=relationship, speaker=speaker)
    if form.leans_on is None and told["what"] == TAKEN:
        return actions.take_as_promised(wording, by=them, relationship=relationship, speaker=speaker)
    made = actions.offer(
        wording, to=them, relationship=relationship, in_houses_name=told["in_houses_name"], speaker=speaker
    )
    if form.leans_on is not None:
        backing_actions.lean(made, on=form.leans_on, teller=Teller(at=at, by=member))
    if told["is_agreed"]:
        actions.accept(made, speaker=Speaker.told(them, by=member, at=at))
    return made


def _begin(relationship: Relationship | None, leans_on: Promise | None, *, member: Member) -> dict[str, Any]:
    """What is known already: with whom, and what was to be promised once it is backed."""
    begin: dict[str, Any] = {"whom": relationship.party.name} if relationship else {}
    asking = (
        Asking.objects.visible_to(member).filter(promise=leans_on).select_related("to").first() if leans_on else None
    )
    if asking is None:
        return begin
    whom = asking.to.name if asking.to else begin.get("whom", "")
    return {"whom": whom, "words": asking.words, "due_on": asking.due_on}


def _told(model: type[Any], told: str | None, *, user: Member) -> Any:
    """The row an address names, by the one door; None where it names none. Raises Http404 for what is no id."""
    if not told:
        return None
    try:
        return access.fetch(model, UUID(told), user=user)
    except ValueError:
        raise Http404 from None


def _told_member(told: str | None) -> Member | None:
    try:
        return Member.objects.filter(left_at=None, pk=UUID(told)).first() if told else None
    except ValueError:
        return None


def parse_due(told: Any) -> date | None:
    """A day as a form sends it; None where it is none."""
    if isinstance(told, date):
        return told
    try:
        return parse_date(str(told or ""))
    except ValueError:
        return None
