from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ampersand.core import files
from ampersand.desk.names import as_now
from ampersand.desk.negotiations.forms import BeginForm, DayForm, QuestionForm, WeightsForm
from ampersand.desk.negotiations.index import negotiations_page
from ampersand.desk.negotiations.one import negotiation_page
from ampersand.desk.negotiations.speaking import ourselves, side
from ampersand.desk.pages.forms import FormPage
from ampersand.exchange.models import Negotiation, Offer, OfferEvent, OfferFile, Weight
from ampersand.exchange.negotiating import actions, weighing
from ampersand.members import access
from ampersand.members.models import Member
from ampersand.members.requests import MemberRequest
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party, Relationship, Tie, TieKind
from ampersand.parties.speaking import Speaker


@require_GET
def index(request: MemberRequest) -> HttpResponse:
    return render(request, "desk/negotiations.html", {"page": negotiations_page(request.user, at=timezone.now())})


@require_http_methods(["GET", "POST"])
def begin(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    relationship = as_now(access.fetch(Relationship, relationship_id, user=request.user, may=may_speak))
    deciders = _deciders(relationship, request.user)
    form = BeginForm(
        request.POST if request.method == "POST" else None,
        deciders=deciders,
        initial={"decider": relationship.party_id},
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        begun = actions.begin(
            relationship,
            about=told["about"],
            kind=told["kind"],
            decider=told["decider"],
            member=request.user,
            questions=form.asked(),
            teller=Teller(at=timezone.now(), by=request.user),
        )
        return redirect("desk:negotiation", begun.pk)
    page = FormPage(
        title=_("Negotiate with %(name)s") % {"name": relationship.party},
        act=_("Begin"),
        more=_("Either side may put an offer, in versions. Nobody sets how likely it is."),
        back_url=reverse("desk:relationship", args=[relationship.pk]),
        here="negotiations",
    )
    shown: dict[str, Any] = {"page": page, "form": form}
    return render(request, "desk/form.html", shown, status=422 if form.errors else 200)


@require_GET
def show(request: MemberRequest, negotiation_id: UUID) -> HttpResponse:
    return _page(request, access.fetch(Negotiation, negotiation_id, user=request.user))


@require_POST
def say_day(request: MemberRequest, negotiation_id: UUID) -> HttpResponse:
    negotiation = _fetch(request, negotiation_id)
    form = DayForm(request.POST)
    if not form.is_valid():
        return _page(request, negotiation, day=form)
    actions.say_day(negotiation, speaker=_theirs(negotiation, request.user), **form.cleaned_data)
    return redirect("desk:negotiation", negotiation.pk)


@require_POST
def open_question(request: MemberRequest, negotiation_id: UUID) -> HttpResponse:
    negotiation = _fetch(request, negotiation_id)
    form = QuestionForm(request.POST)
    if form.is_valid():
        try:
            actions.open_question(negotiation, speaker=ourselves(request.user, at=timezone.now()), **form.cleaned_data)
        except actions.TooLate as error:
            form.add_error("words", str(error))
        else:
            return redirect("desk:negotiation", negotiation.pk)
    return _page(request, negotiation, question=form)


@require_POST
def weigh(request: MemberRequest, negotiation_id: UUID) -> HttpResponse:
    negotiation = _fetch(request, negotiation_id)
    form = _weights_form(negotiation, request.user, request.POST)
    if not form.is_valid():
        return _page(request, negotiation, weights=form)
    at = timezone.now()
    we, they = ourselves(request.user, at=at), _theirs(negotiation, request.user)
    for name, speaker, is_stated in (("private", we, False), ("stated", we, True), ("theirs", they, True)):
        # Only what was typed anew is said anew: the rest stays as old as it is.
        for question, value in form.told(name):
            if f"{name}_{question.pk.hex}" in form.changed_data:
                weighing.weigh(question, value, speaker=speaker, is_stated=is_stated)
    return redirect("desk:negotiation", negotiation.pk)


@require_POST
def accept(request: MemberRequest, offer_id: UUID) -> HttpResponse:
    return _answer(request, offer_id, actions.accept, is_giver=False)


@require_POST
def decline(request: MemberRequest, offer_id: UUID) -> HttpResponse:
    return _answer(request, offer_id, actions.decline, is_giver=False)


@require_POST
def withdraw(request: MemberRequest, offer_id: UUID) -> HttpResponse:
    return _answer(request, offer_id, actions.withdraw, is_giver=True)


@require_GET
def file(request: MemberRequest, file_id: int) -> FileResponse:
    """The bytes of a file that goes with an offer, to be saved: what somebody sent is never opened as a page of ours."""
    attached = access.fetch(OfferFile, file_id, user=request.user)
    path = files.path_of(attached.file)
    if not path.is_file():
        raise Http404
    name = attached.name or _("file without a name")
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream")


def may_speak(relationship: Relationship, member: Member) -> bool:
    return relationship.party.may_be_tended(member)


def _answer(request: MemberRequest, offer_id: UUID, act: Callable[..., OfferEvent], *, is_giver: bool) -> HttpResponse:
    offer = access.fetch(Offer, offer_id, user=request.user, may=Offer.may_be_spoken_of)
    negotiation = _fetch(request, offer.negotiation_id)
    speaker = side(
        is_ours=offer.is_ours == is_giver, theirs=negotiation.decider, member=request.user, at=timezone.now()
    )
    try:
        act(offer, speaker=speaker, words=request.POST.get("words", ""))
    except actions.TooLate as error:
        messages.warning(request, str(error))
    return redirect("desk:negotiation", negotiation.pk)


def _fetch(request: MemberRequest, negotiation_id: UUID) -> Negotiation:
    return access.fetch(Negotiation, negotiation_id, user=request.user, may=Negotiation.may_be_spoken_in)


def _theirs(negotiation: Negotiation, member: Member) -> Speaker:
    return Speaker.told(negotiation.decider, by=member, at=timezone.now())


def _weights_form(negotiation: Negotiation, member: Member, told: Any = None) -> WeightsForm:
    questions = list(negotiation.questions.order_by("position"))
    initial = {}
    for one in Weight.objects.visible_to(member).filter(question__in=questions):
        name = ("stated" if one.is_stated else "private") if one.is_ours else "theirs"
        initial[f"{name}_{one.question_id.hex}"] = one.value
    return WeightsForm(told, questions=questions, initial=initial)


def _deciders(relationship: Relationship, member: Member) -> Any:
    """The party itself and who works there, as far as this member may see them."""
    ties = Tie.objects.visible_to(member).standing().filter(to_party=relationship.party, until_on=None)
    people = ties.filter(kind__in=[TieKind.WORKS_AT, TieKind.MEMBER_OF]).values("from_party_id")
    outside = Party.objects.visible_to(member).outside().filter(erased_at=None)
    return outside.filter(Q(pk=relationship.party_id) | Q(pk__in=people)).order_by("sort_key", "pk")


def _page(
    request: MemberRequest,
    negotiation: Negotiation,
    *,
    day: DayForm | None = None,
    question: QuestionForm | None = None,
    weights: WeightsForm | None = None,
) -> HttpResponse:
    """The page, with the form in which something has to be put right as it was sent."""
    shown = {
        "page": negotiation_page(negotiation, member=request.user, at=timezone.now()),
        "day": day or DayForm(auto_id="day-%s"),
        "question": question or QuestionForm(auto_id="question-%s"),
        "weights": weights or _weights_form(negotiation, request.user),
    }
    has_errors = any(form is not None for form in (day, question, weights))
    return render(request, "desk/negotiation.html", shown, status=422 if has_errors else 200)
