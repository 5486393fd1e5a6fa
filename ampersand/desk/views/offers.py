from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ampersand.core import erasure, files
from ampersand.desk.negotiations.forms import FollowForm, LineForms, OfferForm, offer_initial, with_more_lines
from ampersand.desk.negotiations.one import with_all
from ampersand.desk.negotiations.speaking import side
from ampersand.desk.pages.forms import FormPage
from ampersand.desk.templatetags.desk import spoken_money
from ampersand.exchange import money
from ampersand.exchange.models import Negotiation, Offer
from ampersand.exchange.negotiating import actions, following
from ampersand.exchange.negotiating.actions import Line
from ampersand.exchange.negotiating.sheet import paper_name, sheet_of
from ampersand.members import access
from ampersand.members.models import House
from ampersand.members.requests import MemberRequest


@require_http_methods(["GET", "POST"])
def put(request: MemberRequest, negotiation_id: UUID) -> HttpResponse:
    """A new version of ours."""
    return _put(request, negotiation_id, is_ours=True)


@require_http_methods(["GET", "POST"])
def put_theirs(request: MemberRequest, negotiation_id: UUID) -> HttpResponse:
    """What they offered, written down by a member."""
    return _put(request, negotiation_id, is_ours=False)


@require_http_methods(["GET", "POST"])
def follow(request: MemberRequest, offer_id: UUID) -> HttpResponse:
    """What an accepted offer becomes: shown first, then done."""
    offer = access.fetch(Offer, offer_id, user=request.user, may=Offer.may_be_spoken_of)
    negotiation = with_all(offer.negotiation, request.user)
    offer = next(one for one in negotiation.offers.all() if one.pk == offer.pk)
    form = FollowForm(request.POST if request.method == "POST" else None, initial={"due_on": offer.ends_on()})
    if request.method == "POST" and form.is_valid():
        member = negotiation.member or request.user
        try:
            following.follow(offer, member=member, by=request.user, at=timezone.now(), **form.cleaned_data)
        except (following.FollowedBefore, actions.TooLate, PermissionError) as error:
            form.add_error(None, str(error))
        else:
            return redirect("desk:negotiation", negotiation.pk)
    follows = following.what_follows(offer, is_one=False)
    page = FormPage(
        title=_("What follows from it"),
        act=_("Write these down"),
        says=_("%(name)s promises to %(decider)s: %(promises)s.")
        % {
            "name": negotiation.member or request.user,
            "decider": negotiation.decider.now or negotiation.decider,
            "promises": "; ".join(follows.promises),
        },
        more=_("%(amount)s is noted as expected from them. It is no trade before it is paid.")
        % {"amount": spoken_money(follows.amount, follows.currency)}
        if follows.amount is not None
        else "",
        back_url=reverse("desk:negotiation", args=[negotiation.pk]),
        here="negotiations",
    )
    shown: dict[str, Any] = {"page": page, "form": form}
    return render(request, "desk/form.html", shown, status=422 if form.errors else 200)


@require_GET
def on_paper(request: MemberRequest, offer_id: UUID) -> HttpResponse:
    """The PDF of one version, to be saved."""
    offer = access.fetch(Offer, offer_id, user=request.user)
    negotiation = with_all(offer.negotiation, request.user)
    offer = next(one for one in negotiation.offers.all() if one.pk == offer.pk)
    headers = {"Content-Disposition": f'attachment; filename="{paper_name(offer, negotiation)}"'}
    # The library that draws it, and what that needs, is held by no process that draws none.
    from ampersand.exchange.negotiating import paper

    return HttpResponse(paper.draw(sheet_of(offer, negotiation)), content_type="application/pdf", headers=headers)


def _put(request: MemberRequest, negotiation_id: UUID, *, is_ours: bool) -> HttpResponse:
    negotiation = access.fetch(Negotiation, negotiation_id, user=request.user, may=Negotiation.may_be_spoken_in)
    negotiation = with_all(negotiation, request.user)
    questions = sorted(negotiation.questions.all(), key=lambda question: question.position)
    day = negotiation.deciding_day()
    top, rows = offer_initial(
        negotiation.newest(), on_day=day.on if day else None, currency=House.objects.get().currency
    )
    if request.method == "GET":
        form, lines = OfferForm(questions=questions, initial=top), LineForms(initial=rows, prefix="line")
        return _form(request, negotiation, form, lines, is_ours=is_ours)
    if "more" in request.POST:
        told = with_more_lines(request.POST)
        form, lines = OfferForm(told, questions=questions), LineForms(told, prefix="line")
        return _form(request, negotiation, form, lines, is_ours=is_ours, is_refused=False)
    form, lines = OfferForm(request.POST, request.FILES, questions=questions), LineForms(request.POST, prefix="line")
    is_whole = form.is_valid() and lines.is_valid()
    if is_whole and _is_put(
        request, negotiation, form, [one.line() for one in lines], is_ours=is_ours, at=timezone.now()
    ):
        return redirect("desk:negotiation", negotiation.pk)
    return _form(request, negotiation, form, lines, is_ours=is_ours)


def _is_put(
    request: MemberRequest,
    negotiation: Negotiation,
    form: OfferForm,
    lines: Sequence[Line | None],
    *,
    is_ours: bool,
    at: datetime,
) -> bool:
    """Put it; what stands against that is said above the form."""
    told = form.cleaned_data
    speaker = side(is_ours=is_ours, theirs=negotiation.decider, member=request.user, at=at)
    brought = [(files.keep(one.file, at=at, media_type=one.content_type or ""), one.name) for one in told["brought"]]
    try:
        actions.put(
            negotiation,
            speaker=speaker,
            words=told["words"],
            lines=[one for one in lines if one is not None],
            currency=told["currency"],
            valid_until=told["valid_until"],
            values=form.values(),
            files=brought,
        )
    except (actions.NothingOffered, actions.TooLate, money.NotALine) as error:
        form.add_error(None, str(error))
        erasure.let_go_of_files(file.pk for file, _name in brought)
        return False
    return True


def _form(
    request: MemberRequest,
    negotiation: Negotiation,
    form: OfferForm,
    lines: Any,
    *,
    is_ours: bool,
    is_refused: bool = True,
) -> HttpResponse:
    newest = negotiation.newest()
    party = negotiation.relationship.party
    title = _("A new version of ours") if is_ours else _("What %(name)s offered") % {"name": party.now or party}
    page = FormPage(
        title=title,
        act=_("Put it") if is_ours else _("Write it down"),
        says=negotiation.about,
        more=_("It counters version %(number)s.") % {"number": newest.version} if newest else "",
        back_url=reverse("desk:negotiation", args=[negotiation.pk]),
        here="negotiations",
    )
    has_errors = is_refused and form.is_bound
    shown = {"page": page, "form": form, "lines": lines, "has_errors": has_errors}
    return render(request, "desk/offer_form.html", shown, status=422 if has_errors else 200)
