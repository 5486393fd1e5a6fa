"""What lies between the house and one other party: the agreement, and the pulses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from ampersand.between import agreement, pulse, readers, worth
from ampersand.between.forms import (
    AskForm,
    DeclineForm,
    ProposalForm,
    QuestionsForm,
    ReplyForm,
    answer_form,
    together_forms,
)
from ampersand.between.giving import GivingPart, giving_part
from ampersand.between.handed import handed_part
from ampersand.between.handing import HandingOver, HandingOverQuerySet
from ampersand.between.models import Agreement, AgreementVersion, Pulse
from ampersand.between.offer_rows import OffersPart
from ampersand.between.offers import offers_part
from ampersand.between.page import Viewer, answers_of, between_part
from ampersand.desk.names import as_now, short_name
from ampersand.desk.visit import relationship_of
from ampersand.exchange.models import Concession, GiveAndTakeOff, Negotiation, Offer, Weight
from ampersand.members import access
from ampersand.members.models import Member
from ampersand.members.requests import MemberRequest
from ampersand.parties.models import Relationship
from ampersand.parties.speaking import Speaker
from ampersand.timeline.models import Moment

# What an act refuses with a sentence that says what to do.
REFUSED = (
    pulse.NotAQuestion,
    pulse.NotNow,
    pulse.NotYours,
    pulse.NothingAnswered,
    worth.NotOfThis,
    agreement.NothingProposed,
    agreement.NotAhead,
    agreement.NotOpen,
    agreement.NotYourKey,
)


@require_GET
def show(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    relationship = as_now(access.fetch(Relationship, relationship_id, user=request.user))
    readers.note(relationship.pk, by=request.user, on=timezone.localdate())
    return _page(request, relationship)


@require_POST
def ask(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    relationship = as_now(access.fetch(Relationship, relationship_id, user=request.user, may=_may_speak))
    form = AskForm(request.POST, prefix="ask-both")

    def act(on: date) -> None:
        closes_on = form.cleaned_data["closes_on"]
        pulse.ask(relationship, form.questions(), closes_on=closes_on, on=on, speaker=_us(request.user))

    return _done(request, relationship, act, form=form)


@require_POST
def ask_worth(request: MemberRequest, moment_id: UUID) -> HttpResponse:
    """Ask both whether a meeting was worth their time; it then stands on both pages."""
    moment = access.fetch(Moment, moment_id, user=request.user)
    relationship = relationship_of(moment, request.user)
    if relationship is None:
        raise Http404(moment_id)
    if not relationship.party.may_be_tended(request.user):
        raise PermissionDenied
    return _done(request, relationship, lambda on: worth.ask(moment, relationship, on=on, speaker=_us(request.user)))


@require_POST
def propose(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    relationship = as_now(access.fetch(Relationship, relationship_id, user=request.user, may=_may_speak))
    form = ProposalForm(request.POST, prefix="propose")

    def act(on: date) -> None:
        agreement.propose(relationship, form.proposal(), on=on, speaker=_us(request.user))

    return _done(request, relationship, act, form=form)


@require_POST
def answer(request: MemberRequest, pulse_id: UUID) -> HttpResponse:
    told = _pulse(request, pulse_id)
    form = answer_form(
        request.POST,
        questions=told.questions,
        is_of_meeting=told.is_of_meeting,
        prefix=f"answer-{told.pk.hex}",
    )

    def act(on: date) -> None:
        answers = answers_of(told.questions, form.cleaned_data)
        pulse.answer(told, answers, on=on, speaker=_us(request.user))

    return _done(request, told.relationship, act, form=form)


@require_POST
def otherwise(request: MemberRequest, pulse_id: UUID) -> HttpResponse:
    told = _pulse(request, pulse_id)
    form = QuestionsForm(request.POST, prefix=f"otherwise-{told.pk.hex}")

    def act(on: date) -> None:
        pulse.ask_otherwise(told, form.questions(), on=on, speaker=_us(request.user))

    return _done(request, told.relationship, act, form=form)


@require_POST
def reply(request: MemberRequest, pulse_id: UUID) -> HttpResponse:
    told = _pulse(request, pulse_id)
    form = ReplyForm(request.POST, prefix=f"reply-{told.pk.hex}")

    def act(on: date) -> None:
        pulse.reply(told, form.cleaned_data["words"], speaker=_us(request.user))

    return _done(request, told.relationship, act, form=form)


@require_POST
def decline(request: MemberRequest, pulse_id: UUID) -> HttpResponse:
    told = _pulse(request, pulse_id)
    return _done(request, told.relationship, lambda on: pulse.decline(told, on=on, speaker=_us(request.user)))


@require_POST
def open_alone(request: MemberRequest, pulse_id: UUID) -> HttpResponse:
    told = _pulse(request, pulse_id)
    return _done(request, told.relationship, lambda on: pulse.open_alone(told, on=on, speaker=_us(request.user)))


@require_POST
def burn(request: MemberRequest, pulse_id: UUID) -> HttpResponse:
    told = _pulse(request, pulse_id)
    return _done(request, told.relationship, lambda on: pulse.burn(told, on=on, speaker=_us(request.user)))


@require_POST
def agree(request: MemberRequest, version_id: UUID) -> HttpResponse:
    version = _version(request, version_id)
    relationship = version.agreement.relationship
    return _done(request, relationship, lambda on: agreement.agree(version, on=on, speaker=_us(request.user)))


@require_POST
def agreed_told(request: MemberRequest, version_id: UUID) -> HttpResponse:
    """They agreed, by telephone or on paper: their word, told by us."""
    version = _version(request, version_id)
    relationship = version.agreement.relationship
    them = Speaker.told(relationship.party, by=request.user, at=timezone.now())
    return _done(request, relationship, lambda on: agreement.agree(version, on=on, speaker=them))


@require_POST
def decline_version(request: MemberRequest, version_id: UUID) -> HttpResponse:
    version = _version(request, version_id)
    form = DeclineForm(request.POST, prefix="decline")

    def act(on: date) -> None:
        agreement.decline(version, words=form.cleaned_data["words"], on=on, speaker=_us(request.user))

    return _done(request, version.agreement.relationship, act, form=form)


@require_POST
def end(request: MemberRequest, agreement_id: UUID) -> HttpResponse:
    told = access.fetch(Agreement, agreement_id, user=request.user)
    return _done(request, told.relationship, lambda _on: agreement.end(told, speaker=_us(request.user)))


@require_GET
def text(request: MemberRequest, version_id: UUID) -> HttpResponse:
    """The canonical text, whose digest stands on both pages."""
    version = access.fetch(AgreementVersion, version_id, user=request.user)
    name = f"agreement-{version.number}.json"
    return HttpResponse(
        version.text, content_type="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _pulse(request: MemberRequest, pulse_id: UUID) -> Pulse:
    return access.fetch(Pulse, pulse_id, user=request.user)


def _version(request: MemberRequest, version_id: UUID) -> AgreementVersion:
    return access.fetch(AgreementVersion, version_id, user=request.user)


def _us(member: Member) -> Speaker:
    """A member speaks as the person they are."""
    if member.party is None:
        raise PermissionDenied
    return Speaker.ourselves(member.party, by=member, at=timezone.now())


def _done(
    request: MemberRequest, relationship: Relationship, act: Callable[[date], object], *, form: forms.Form | None = None
) -> HttpResponse:
    """Carry out an act and show the page anew; what cannot be done is said beside its form, with what was typed."""
    relationship = as_now(relationship)
    if form is not None and not form.is_valid():
        return _page(request, relationship, sent=form)
    try:
        act(timezone.localdate())
    except REFUSED as error:
        if form is None:
            return _page(request, relationship, refused=str(error))
        form.add_error(None, str(error))
        return _page(request, relationship, sent=form)
    return redirect("desk:between", relationship.pk)


def _page(
    request: MemberRequest, relationship: Relationship, *, sent: forms.Form | None = None, refused: str = ""
) -> HttpResponse:
    """The page, with the form in which something has to be put right as it was sent."""
    viewer = Viewer(
        is_ours=True,
        party_ids=[_us(request.user).party.pk],
        other=short_name(relationship.party),
        address=_address,
        may_tell_their_word=True,
    )
    pulses, agreements = Pulse.objects.of(relationship), Agreement.objects.of(relationship)
    part = between_part(pulses, agreements, viewer=viewer, on=timezone.localdate())
    shown = {
        "relationship": relationship,
        "part": part,
        "offers": _offers(relationship, request.user, viewer),
        "giving": _giving(relationship, request.user, viewer),
        "handed": handed_part(_handings(relationship, request.user), viewer=viewer),
        "today": timezone.localdate(),
        "refused": refused,
        **together_forms(part, sent),
    }
    return render(request, "desk/between.html", shown, status=422 if sent or refused else 200)


def _offers(relationship: Relationship, member: Member, viewer: Viewer) -> OffersPart:
    negotiations = Negotiation.objects.visible_to(member)
    return offers_part(
        negotiations.filter(relationship__in=Relationship.objects.the_same([relationship.pk])),
        Offer.objects.visible_to(member),
        Weight.objects.visible_to(member),
        viewer=viewer,
        on=timezone.localdate(),
    )


def _handings(relationship: Relationship, member: Member) -> HandingOverQuerySet:
    same = Relationship.objects.the_same([relationship.pk])
    return HandingOver.objects.visible_to(member).filter(relationship__in=same)


def _giving(relationship: Relationship, member: Member, viewer: Viewer) -> GivingPart:
    same = list(Relationship.objects.the_same([relationship.pk]))
    given = Concession.objects.visible_to(member).filter(relationship__in=same)
    return giving_part(given, GiveAndTakeOff.objects.visible_to(member).filter(relationship__in=same), viewer=viewer)


def _address(act: str, row_id: UUID | int) -> str:
    """Where a member does what the other side does on their page; what a question weighs is said on the negotiation's own."""
    if act == "weigh":
        return reverse("desk:negotiation", args=[row_id]) + "#questions"
    return reverse(f"desk:{act}", args=[row_id])


def _may_speak(relationship: Relationship, member: Member) -> bool:
    return relationship.party.may_be_tended(member)
