"""What she does of what both hold: agreements and pulses."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from ampersand.between.forms import AskForm, DeclineForm, ProposalForm, QuestionsForm, ReplyForm, answer_form
from ampersand.between.models import Agreement, AgreementVersion, Pulse
from ampersand.between.page import answers_of
from ampersand.between.sealing import seal
from ampersand.core.rooms import Room
from ampersand.portal import web
from ampersand.portal.fence import ALIAS
from ampersand.portal.forms import EntryForm
from ampersand.portal.models import EntryKind
from ampersand.portal.outside import visiting
from ampersand.portal.views.visit import put, show
from ampersand.portal.visitor import Visitor
from ampersand.timeline.models import Moment


@require_POST
@web.for_visitors
def ask_both(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    form = AskForm(request.POST, prefix="ask-both")
    return _laid_down(
        request,
        visitor,
        form,
        EntryKind.ASK_BOTH,
        lambda: {"questions": form.questions(), "closes_on": str(form.cleaned_data["closes_on"])},
    )


@require_POST
@web.for_visitors
def ask_worth(request: HttpRequest, visitor: Visitor, moment_id: UUID) -> HttpResponse:
    """Ask both whether a meeting was worth their time."""
    with visiting(visitor.secret):
        if not Moment.objects.using(ALIAS).filter(pk=moment_id, room=Room.BETWEEN).exists():
            raise Http404
    return _laid_down(request, visitor, None, EntryKind.ASK_WORTH, lambda: {"moment": str(moment_id)})


@require_POST
@web.for_visitors
def propose(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    form = ProposalForm(request.POST, prefix="propose")

    def told() -> dict[str, Any]:
        said = form.proposal()
        return {
            "together": said.together,
            "in_touch": said.in_touch,
            "bundles": list(said.bundles),
            "parting": said.parting,
            "look_again_on": str(said.look_again_on),
            "answer_by": str(said.answer_by or ""),
        }

    return _laid_down(request, visitor, form, EntryKind.PROPOSE, told)


@require_POST
@web.for_visitors
def answer(request: HttpRequest, visitor: Visitor, pulse_id: UUID) -> HttpResponse:
    """Her answer is sealed here, before anything is written."""
    asked = _pulse(visitor, pulse_id)
    form = answer_form(
        request.POST,
        questions=asked.questions,
        is_of_meeting=asked.is_of_meeting,
        prefix=f"answer-{pulse_id.hex}",
    )

    def told() -> dict[str, Any]:
        answers = answers_of(asked.questions, form.cleaned_data)
        return {"pulse": str(pulse_id), "sealed": seal(answers, pulse_id=pulse_id, is_ours=False)}

    return _laid_down(request, visitor, form, EntryKind.ANSWER, told)


@require_POST
@web.for_visitors
def otherwise(request: HttpRequest, visitor: Visitor, pulse_id: UUID) -> HttpResponse:
    _pulse(visitor, pulse_id)
    form = QuestionsForm(request.POST, prefix=f"otherwise-{pulse_id.hex}")
    return _laid_down(
        request, visitor, form, EntryKind.OTHERWISE, lambda: {"pulse": str(pulse_id), "questions": form.questions()}
    )


@require_POST
@web.for_visitors
def reply(request: HttpRequest, visitor: Visitor, pulse_id: UUID) -> HttpResponse:
    _pulse(visitor, pulse_id)
    form = ReplyForm(request.POST, prefix=f"reply-{pulse_id.hex}")
    return _laid_down(
        request, visitor, form, EntryKind.REPLY, lambda: {"pulse": str(pulse_id), "words": form.cleaned_data["words"]}
    )


@require_POST
@web.for_visitors
def decline(request: HttpRequest, visitor: Visitor, pulse_id: UUID) -> HttpResponse:
    return _of_pulse(request, visitor, pulse_id, EntryKind.NO_PULSE)


@require_POST
@web.for_visitors
def open_alone(request: HttpRequest, visitor: Visitor, pulse_id: UUID) -> HttpResponse:
    return _of_pulse(request, visitor, pulse_id, EntryKind.OPEN)


@require_POST
@web.for_visitors
def burn(request: HttpRequest, visitor: Visitor, pulse_id: UUID) -> HttpResponse:
    return _of_pulse(request, visitor, pulse_id, EntryKind.BURN)


@require_POST
@web.for_visitors
def agree(request: HttpRequest, visitor: Visitor, version_id: UUID) -> HttpResponse:
    _text(visitor, version_id)
    return _laid_down(request, visitor, None, EntryKind.AGREE, lambda: {"version": str(version_id)})


@require_POST
@web.for_visitors
def disagree(request: HttpRequest, visitor: Visitor, version_id: UUID) -> HttpResponse:
    _text(visitor, version_id)
    form = DeclineForm(request.POST, prefix="decline")
    return _laid_down(
        request,
        visitor,
        form,
        EntryKind.DISAGREE,
        lambda: {"version": str(version_id), "words": form.cleaned_data["words"]},
    )


@require_POST
@web.for_visitors
def end(request: HttpRequest, visitor: Visitor, agreement_id: UUID) -> HttpResponse:
    with visiting(visitor.secret):
        if not Agreement.objects.using(ALIAS).filter(pk=agreement_id).exists():
            raise Http404
    return _laid_down(request, visitor, None, EntryKind.END, lambda: {"agreement": str(agreement_id)})


@require_GET
@web.for_visitors
def text(request: HttpRequest, visitor: Visitor, version_id: UUID) -> HttpResponse:
    """The canonical text, whose digest stands on both pages."""
    words, number = _text(visitor, version_id)
    headers = {"Content-Disposition": f'attachment; filename="agreement-{number}.json"'}
    return HttpResponse(words, content_type="application/json", headers=headers)


def _of_pulse(request: HttpRequest, visitor: Visitor, pulse_id: UUID, kind: str) -> HttpResponse:
    _pulse(visitor, pulse_id)
    return _laid_down(request, visitor, None, kind, lambda: {"pulse": str(pulse_id)})


def _laid_down(request: HttpRequest, visitor: Visitor, form: forms.Form | None, kind: str, told: Any) -> HttpResponse:
    """Lay down what she did; a form in which something has to be put right is shown as it was sent."""
    entry = EntryForm({"entry": request.POST.get("entry", "")})
    if form is not None and not form.is_valid():
        return show(request, visitor, together=form)
    if not entry.is_valid():
        return show(request, visitor, together=form)
    return put(request, visitor, entry, kind, told())


def _pulse(visitor: Visitor, pulse_id: UUID) -> Pulse:
    """A pulse, as the visitor's login sees what it asks. Raises Http404."""
    with visiting(visitor.secret):
        found = Pulse.objects.using(ALIAS).filter(pk=pulse_id).only("id", "questions", "moment_mode").first()
    if found is None:
        raise Http404
    return found


def _text(visitor: Visitor, version_id: UUID) -> tuple[str, int]:
    with visiting(visitor.secret):
        versions = AgreementVersion.objects.using(ALIAS).filter(pk=version_id)
        found = versions.values_list("text", "number").first()
    if found is None:
        raise Http404
    return found
