from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ampersand.desk.names import as_now
from ampersand.desk.negotiations.cards import concessions, give_take_page
from ampersand.desk.negotiations.forms import GiveForm, VoiceForm
from ampersand.desk.negotiations.near import wishes_off
from ampersand.desk.negotiations.speaking import ourselves, side
from ampersand.desk.pages.forms import FormPage
from ampersand.desk.views.negotiations import may_speak
from ampersand.exchange import conceding
from ampersand.exchange.models import Concession, Negotiation
from ampersand.members import access
from ampersand.members.requests import MemberRequest
from ampersand.parties.models import Relationship
from ampersand.parties.speaking import Speaker

_REFUSED = (conceding.NotYoursToSay, conceding.NotTentative, conceding.NothingGiven)


@require_http_methods(["GET", "POST"])
def show(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    """Both columns, and a form for what was given."""
    relationship = as_now(access.fetch(Relationship, relationship_id, user=request.user))
    same = Relationship.objects.the_same([relationship.pk])
    given = concessions(request.user).filter(relationship__in=same, drawn_back_at=None)
    if wishes_off(list(same), member=request.user):
        given = given.none()
    form = GiveForm(request.POST if request.method == "POST" else None, given=given)
    if request.method == "POST":
        access.fetch(Relationship, relationship.pk, user=request.user, may=may_speak)
        if form.is_valid() and _is_given(request, relationship, form):
            return redirect("desk:give_take", relationship.pk)
    page = give_take_page(relationship, member=request.user, at=timezone.now())
    shown: dict[str, Any] = {"page": page, "form": form}
    return render(request, "desk/give_and_take.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def cost(request: MemberRequest, concession_id: UUID) -> HttpResponse:
    """What it cost, in its giver's words."""
    return _voice(request, concession_id, conceding.say_cost, is_cost=True)


@require_http_methods(["GET", "POST"])
def worth(request: MemberRequest, concession_id: UUID) -> HttpResponse:
    """What it was worth, in its receiver's words."""
    return _voice(request, concession_id, conceding.say_worth, is_cost=False)


@require_POST
def firm(request: MemberRequest, concession_id: UUID) -> HttpResponse:
    return _of_giver(request, concession_id, conceding.make_firm)


@require_POST
def draw_back(request: MemberRequest, concession_id: UUID) -> HttpResponse:
    return _of_giver(request, concession_id, conceding.draw_back)


@require_POST
def gift(request: MemberRequest, concession_id: UUID) -> HttpResponse:
    return _of_giver(request, concession_id, conceding.mark_gift)


@require_POST
def switch_off(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    return _switch(request, relationship_id, conceding.switch_off)


@require_POST
def switch_on(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    return _switch(request, relationship_id, conceding.switch_on)


def _is_given(request: MemberRequest, relationship: Relationship, form: GiveForm) -> bool:
    told, at = form.cleaned_data, timezone.now()
    we = ourselves(request.user, at=at)
    they = Speaker.told(relationship.party, by=request.user, at=at)
    answered: Concession | None = told["in_return_for"]
    try:
        given = conceding.give(
            speaker=we if told["is_ours"] else they,
            to=relationship.party if told["is_ours"] else we.party,
            relationship=answered.relationship if answered else relationship,
            words=told["words"],
            happened_on=told["happened_on"],
            in_return_for=answered,
            is_gift=told["is_gift"],
            is_tentative=told["is_tentative"],
            negotiation=_negotiation(request, relationship),
        )
        if told["voice_words"].strip():
            say = conceding.say_cost if told["is_ours"] else conceding.say_worth
            say(given, told["voice_words"], speaker=we)
    except _REFUSED as error:
        form.add_error("in_return_for" if answered else "words", str(error))
        return False
    return True


def _negotiation(request: MemberRequest, relationship: Relationship) -> Negotiation | None:
    """The negotiation from whose page one came, where it is one of this relationship."""
    try:
        asked = UUID(request.GET.get("negotiation", ""))
    except ValueError:
        return None
    return Negotiation.objects.visible_to(request.user).filter(pk=asked, relationship=relationship).first()


def _fetch(request: MemberRequest, concession_id: UUID) -> Concession:
    return access.fetch(Concession, concession_id, user=request.user, may=Concession.may_be_spoken_of)


def _voice(
    request: MemberRequest, concession_id: UUID, say: Callable[..., Concession], *, is_cost: bool
) -> HttpResponse:
    concession = _fetch(request, concession_id)
    is_ours = concession.is_ours == is_cost
    before = concession.cost_words if is_cost else concession.worth_words
    form = VoiceForm(request.POST if request.method == "POST" else None, initial={"words": before})
    if request.method == "POST" and form.is_valid():
        theirs = concession.to if concession.is_ours else concession.by
        speaker = side(is_ours=is_ours, theirs=theirs, member=request.user, at=timezone.now())
        try:
            say(concession, form.cleaned_data["words"], speaker=speaker)
        except _REFUSED as error:
            form.add_error("words", str(error))
        else:
            return redirect("desk:give_take", concession.relationship_id)
    page = FormPage(
        title=_("What it cost its giver") if is_cost else _("What it was worth to its receiver"),
        act=_("Keep"),
        says=concession.words,
        more="" if is_ours else _("This half is theirs. What you write stands as their word, told by you."),
        back_url=reverse("desk:give_take", args=[concession.relationship_id]),
        here="relationships",
    )
    shown: dict[str, Any] = {"page": page, "form": form}
    return render(request, "desk/form.html", shown, status=422 if form.errors else 200)


def _of_giver(request: MemberRequest, concession_id: UUID, act: Callable[..., Concession]) -> HttpResponse:
    concession = _fetch(request, concession_id)
    speaker = side(is_ours=concession.is_ours, theirs=concession.by, member=request.user, at=timezone.now())
    try:
        act(concession, speaker=speaker)
    except _REFUSED as error:
        messages.warning(request, str(error))
    return redirect("desk:give_take", concession.relationship_id)


def _switch(request: MemberRequest, relationship_id: UUID, act: Callable[..., object]) -> HttpResponse:
    """A member wishes it for our side, or tells that they wish it."""
    relationship = as_now(access.fetch(Relationship, relationship_id, user=request.user, may=may_speak))
    is_ours = request.POST.get("whose") != "theirs"
    act(
        relationship,
        speaker=side(is_ours=is_ours, theirs=relationship.party, member=request.user, at=timezone.now()),
    )
    return redirect("desk:give_take", relationship.pk)
