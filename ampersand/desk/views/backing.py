"""What leans on what, asking a colleague to promise first, and who is away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ampersand.desk.pages.forms import FormPage
from ampersand.desk.promise_acts import side_of_member, speaker_for
from ampersand.desk.promise_rows import words_of
from ampersand.desk.promising import load_of
from ampersand.desk.promising_forms import AskBeforeForm, AskForm, AwayForm, LeanForm, PassOnForm
from ampersand.desk.views.promising import _told, parse_due
from ampersand.members import access
from ampersand.members.models import Member
from ampersand.members.requests import MemberRequest
from ampersand.parties.actions import Teller
from ampersand.parties.models import Relationship
from ampersand.promises import actions, backing_actions
from ampersand.promises.models import Absence, Leaning, Promise
from ampersand.promises.states import ENDS, Side


@require_http_methods(["GET", "POST"])
def ask_first(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    """Ask a colleague for what a promise that stands already leans on."""
    promise = access.fetch(Promise, promise_id, user=request.user, may=_may_back)
    form = AskForm(request.POST if request.method == "POST" else None, member=request.user, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        speaker = speaker_for(request.user, at=timezone.now())
        try:
            backing_actions.ask_first(form.wording(), of=form.cleaned_data["of"], promise=promise, speaker=speaker)
        except backing_actions.NobodyToAsk as error:
            form.add_error("of", str(error))
        else:
            return redirect("desk:promise", promise.pk)
    back = reverse("desk:promise", args=[promise.pk])
    return _ask_page(request, form, says=words_of(promise), relationship=promise.relationship, back_url=back)


@require_http_methods(["GET", "POST"])
def ask(request: MemberRequest) -> HttpResponse:
    """Ask a colleague before promising anything to somebody."""
    relationship = _told(Relationship, request.GET.get("relationship"), user=request.user)
    form = AskBeforeForm(
        request.POST if request.method == "POST" else None, member=request.user, today=timezone.localdate()
    )
    if request.method == "POST" and form.is_valid():
        speaker = speaker_for(request.user, at=timezone.now())
        try:
            asked = backing_actions.ask_first(
                form.wording(),
                of=form.cleaned_data["of"],
                relationship=relationship,
                to=relationship.party if relationship else None,
                then=form.then(),
                speaker=speaker,
            )
        except backing_actions.NobodyToAsk as error:
            form.add_error("of", str(error))
        else:
            return redirect("desk:promise", asked.pk)
    back = reverse("desk:relationship", args=[relationship.pk]) if relationship else reverse("desk:promises")
    return _ask_page(request, form, says="", relationship=relationship, back_url=back)


def _ask_page(
    request: MemberRequest, form: AskForm, *, says: str, relationship: Relationship | None, back_url: str
) -> HttpResponse:
    """The form, and beside it what the one who is asked has due that week."""
    of = next((one for one in form.fields["of"].queryset if str(one.pk) == form["of"].value()), None)  # type: ignore[attr-defined]
    asked = of or form.fields["of"].queryset.first()  # type: ignore[attr-defined]
    load = None
    form.watch_load(relationship.pk if relationship else None)
    if asked is not None:
        due_on = parse_due(form["due_on"].value())
        load = load_of(asked, seen_by=request.user, relationship=relationship, due_on=due_on, at=timezone.now())
    shown = {
        "form": form,
        "load": load,
        "says": capfirst(says),
        "relationship": relationship,
        "back_url": back_url,
        "page": {"here": "promises"},
    }
    return render(request, "desk/promise_ask.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def pass_on(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    """Have another colleague asked, while nobody has promised it."""
    promise = access.fetch(Promise, promise_id, user=request.user, may=_may_pass_on)
    form = PassOnForm(request.POST if request.method == "POST" else None, promise=promise)
    if request.method == "POST" and form.is_valid():
        try:
            speaker = speaker_for(request.user, at=timezone.now())
            backing_actions.pass_on(promise, to=form.cleaned_data["to"].party, speaker=speaker)
        except (backing_actions.NobodyToAsk, actions.NotNow) as error:
            form.add_error("to", str(error))
        else:
            return redirect("desk:today")
    return _form(request, form, promise=promise, title=_("Have another colleague asked"), act=_("Ask them"))


@require_http_methods(["GET", "POST"])
def lean(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    """Name another promise that this one leans on."""
    promise = access.fetch(Promise, promise_id, user=request.user, may=_may_back)
    form = LeanForm(request.POST if request.method == "POST" else None, promise=promise, member=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            told = Teller(at=timezone.now(), by=request.user)
            backing_actions.lean(promise, on=form.cleaned_data["on"], teller=told)
        except backing_actions.LeansInACircle as error:
            form.add_error("on", str(error))
        else:
            return redirect("desk:promise", promise.pk)
    return _form(request, form, promise=promise, title=_("What it leans on"), act=_("It leans on this"))


@require_POST
def lean_no_more(request: MemberRequest, leaning_id: UUID) -> HttpResponse:
    leaning = access.fetch(Leaning, leaning_id, user=request.user, may=_may_lean_no_more)
    backing_actions.lean_no_more(leaning, by=request.user, at=timezone.now())
    return redirect("desk:promise", leaning.promise_id)


@require_http_methods(["GET", "POST"])
def away(request: MemberRequest) -> HttpResponse:
    """From which day one is away, and who stands in."""
    form = AwayForm(request.POST if request.method == "POST" else None, member=request.user)
    if request.method == "POST" and form.is_valid():
        backing_actions.be_away(request.user, **form.cleaned_data, by=request.user, at=timezone.now())
        return redirect("desk:away")
    rows = Absence.objects.visible_to(request.user).standing().filter(until_on__gt=timezone.localdate())
    mine = rows.filter(member=request.user).select_related("stands_in").order_by("from_on", "id")[:20]
    shown = {"form": form, "absences": mine, "page": {"here": "house"}}
    return render(request, "desk/away.html", shown, status=422 if form.errors else 200)


@require_POST
def back(request: MemberRequest, absence_id: UUID) -> HttpResponse:
    absence = access.fetch(Absence, absence_id, user=request.user, may=Absence.may_be_withdrawn)
    backing_actions.be_back(absence, by=request.user, at=timezone.now())
    return redirect("desk:away")


def _may_back(promise: Promise, member: Member) -> bool:
    """Our side says what its own promises lean on, while they are not settled."""
    return side_of_member(promise, member) is Side.PROMISER and promise.position() not in ENDS


def _may_lean_no_more(leaning: Leaning, member: Member) -> bool:
    return side_of_member(leaning.promise, member) is Side.PROMISER


def _may_pass_on(promise: Promise, member: Member) -> bool:
    """Who is asked, who asked, and who stands in for the one who is asked."""
    if not promise.is_inside:
        return False
    speaker = speaker_for(member, at=timezone.now())
    return side_of_member(promise, member) is not None or backing_actions.stands_in_for(promise.by, speaker=speaker)


def _form(request: MemberRequest, form: Form, *, promise: Promise, title: str, act: str) -> HttpResponse:
    page = FormPage(
        title=title,
        act=act,
        says=capfirst(words_of(promise)),
        back_url=reverse("desk:promise", args=[promise.pk]),
        here="promises",
    )
    shown: dict[str, Any] = {"page": page, "form": form}
    return render(request, "desk/form.html", shown, status=422 if form.errors else 200)
