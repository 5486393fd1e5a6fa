from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ampersand.desk.names import as_now
from ampersand.desk.terms_page import AnswerForm, BringForm, TermsForm, relationship_of, said_at, terms_page
from ampersand.members import access
from ampersand.members.models import House, Member
from ampersand.members.requests import MemberRequest
from ampersand.parties.actions import Teller
from ampersand.parties.models import Relationship
from ampersand.parties.speaking import Voice
from ampersand.terms import actions, receipts
from ampersand.terms.models import Terms


@require_http_methods(["GET", "POST"])
def show(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    relationship = as_now(access.fetch(Relationship, relationship_id, user=request.user))
    form = TermsForm(request.POST or None, zone=timezone.get_current_timezone_name())
    if request.method == "POST":
        # The acts that change something ask more than seeing.
        access.fetch(Relationship, relationship.pk, user=request.user, may=_may_say)
        if form.is_valid():
            at, told = timezone.now(), form.cleaned_data
            actions.say(
                relationship.party,
                roster=told["roster"],
                lines=told["lines"],
                words=told["words"],
                said_at=said_at(told["said_on"], at=at),
                voice=Voice.TOLD_BY_US,
                teller=Teller(at=at, by=request.user),
            )
            return redirect("desk:terms", relationship.pk)
    return _page(request, relationship, form=form)


@require_POST
def bring(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    """Their terms from a file; what is no terms is said beside the field."""
    relationship = as_now(access.fetch(Relationship, relationship_id, user=request.user, may=_may_say))
    form = BringForm(request.POST, request.FILES)
    if form.is_valid():
        at = timezone.now()
        try:
            roster, lines, words = receipts.read(form.cleaned_data["file"].read(receipts.LONGEST_FILE + 1))
            actions.say(
                relationship.party,
                roster=roster,
                lines=lines,
                words=words,
                said_at=at,
                teller=Teller(at=at, by=request.user),
            )
        except (receipts.NotTerms, actions.NothingSaid, actions.TooManyLines) as error:
            form.add_error("file", str(error))
        else:
            return redirect("desk:terms", relationship.pk)
    return _page(request, relationship, bring=form)


@require_POST
def withdraw(request: MemberRequest, terms_id: UUID) -> HttpResponse:
    terms = access.fetch(Terms, terms_id, user=request.user, may=Terms.may_be_answered)
    actions.withdraw(terms, by=request.user, at=timezone.now())
    messages.info(request, _("It no longer holds. What they said before holds again, or the default."))
    return redirect("desk:terms", relationship_of(terms))


@require_POST
def answer(request: MemberRequest, terms_id: UUID) -> HttpResponse:
    terms = access.fetch(Terms, terms_id, user=request.user, may=Terms.may_be_answered)
    form = _answer_form(terms.pk, request.POST)
    if form.is_valid():
        actions.answer(terms, by=request.user, at=timezone.now(), **form.cleaned_data)
        return redirect("desk:terms", relationship_of(terms))
    relationship = access.fetch(Relationship, relationship_of(terms), user=request.user)
    return _page(request, relationship, answers={terms.pk: form})


@require_GET
def file(request: MemberRequest, terms_id: UUID) -> HttpResponse:
    terms = access.fetch(Terms, terms_id, user=request.user)
    return _json(receipts.proffered(terms, House.objects.get()), name=f"terms-{terms.version}.json")


@require_GET
def receipt(request: MemberRequest, terms_id: UUID) -> HttpResponse:
    terms = access.fetch(Terms, terms_id, user=request.user)
    told = receipts.receipt(terms, House.objects.get(), at=timezone.now())
    return _json(told, name=f"receipt-{terms.version}.json")


def _json(told: Any, *, name: str) -> HttpResponse:
    words = json.dumps(told, ensure_ascii=False, indent=1)
    return HttpResponse(
        words, content_type="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _page(
    request: MemberRequest,
    relationship: Relationship,
    *,
    form: TermsForm | None = None,
    bring: BringForm | None = None,
    answers: Mapping[UUID, AnswerForm] | None = None,
) -> HttpResponse:
    """The page, with the form in which something has to be put right as it was sent."""
    page = terms_page(relationship, member=request.user, at=timezone.now())
    sent = [form, bring, *(answers or {}).values()]
    has_errors = any(one is not None and one.is_bound and one.errors for one in sent)
    shown = {
        "page": page,
        "form": form or TermsForm(zone=timezone.get_current_timezone_name()),
        "bring": bring or BringForm(),
        "versions": [(row, (answers or {}).get(row.id) or _answer_form(row.id)) for row in page.versions],
    }
    return render(request, "desk/terms.html", shown, status=422 if has_errors else 200)


def _answer_form(terms_id: UUID, told: QueryDict | None = None) -> AnswerForm:
    """Each version has a form of its own on the page, with labels of its own."""
    return AnswerForm(told, auto_id=f"answer-{terms_id.hex}-%s")


def _may_say(relationship: Relationship, member: Member) -> bool:
    return relationship.party.may_be_tended(member)
