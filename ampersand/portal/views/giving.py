"""Where a member gives the other side of a relationship their page, takes it back, and shares what is to stand on it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ampersand.exchange import sharing as giving_away
from ampersand.exchange.models import Concession
from ampersand.members import access, outbox
from ampersand.members.models import Member
from ampersand.members.requests import MemberRequest
from ampersand.parties.models import Relationship
from ampersand.portal import actions, fence, letters
from ampersand.portal.addresses import address_of
from ampersand.portal.forms import GiveForm
from ampersand.portal.giving import giving_page
from ampersand.portal.models import PageLink
from ampersand.promises import sharing
from ampersand.promises.models import Promise
from ampersand.terms.says import because_says


@require_http_methods(["GET", "POST"])
def show(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    relationship = _now(access.fetch(Relationship, relationship_id, user=request.user))
    form = GiveForm(
        request.POST if request.method == "POST" else None, addresses=actions.addresses_of(relationship.party)
    )
    if request.method == "POST":
        access.fetch(Relationship, relationship.pk, user=request.user, may=_may_give)
        if form.is_valid():
            return _give(request, relationship, form)
    return _page(request, relationship, form=form, status=422 if form.is_bound else 200)


@require_POST
def revoke(request: MemberRequest, link_id: UUID) -> HttpResponse:
    link = access.fetch(PageLink, link_id, user=request.user)
    actions.revoke_link(link, by=request.user, at=timezone.now())
    messages.info(request, _("The link opens nothing any more."))
    return redirect("portal:given", link.relationship_id)


@require_POST
def share(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    """Move a promise between the two. The page shows beforehand what they will see of it."""
    promise = access.fetch(Promise, promise_id, user=request.user, may=sharing.may_be_shared)
    sharing.share(promise, by=request.user, at=timezone.now())
    return redirect("portal:given", promise.relationship_id)


@require_POST
def share_concession(request: MemberRequest, concession_id: UUID) -> HttpResponse:
    """Move something that was given between the two, as a promise."""
    given = access.fetch(Concession, concession_id, user=request.user, may=giving_away.may_be_shared)
    giving_away.share(given, by=request.user, at=timezone.now())
    return redirect("portal:given", given.relationship_id)


def _give(request: MemberRequest, relationship: Relationship, form: GiveForm) -> HttpResponse:
    told, at = form.cleaned_data, timezone.now()
    link, secret = actions.give_link(relationship, address=told["address"], days=told["days"], by=request.user, at=at)
    address = address_of(secret)
    says = _("Hand it to them yourself: it is shown once.")
    if told["is_sent"]:
        decision, is_sent = letters.send_link(link, address, by=request.user, at=at)
        if not decision.may:
            says = _("Their terms do not let it go by mail now: %(why)s") % {"why": because_says(decision.because)}
        elif is_sent and outbox.goes_out():
            says = _("It is on its way. You can also hand it to them yourself: it is shown once.")
    return _page(
        request,
        relationship,
        form=GiveForm(addresses=actions.addresses_of(relationship.party)),
        link=address,
        says=says,
    )


def _page(
    request: MemberRequest,
    relationship: Relationship,
    *,
    form: GiveForm,
    link: str = "",
    says: str = "",
    status: int = 200,
) -> HttpResponse:
    page = giving_page(relationship, member=request.user, at=timezone.now())
    shown = {"page": page, "form": form, "link": link, "says": says, "is_open": bool(fence.login())}
    return render(request, "portal/given.html", shown, status=status)


def _now(relationship: Relationship) -> Relationship:
    """The relationship with whom its party is taken to be today."""
    head = relationship.party.now
    there = Relationship.objects.filter(party=head).select_related("party").first() if head else None
    return there or relationship


def _may_give(relationship: Relationship, member: Member) -> bool:
    return relationship.party.may_be_tended(member)


__all__ = ["revoke", "share", "share_concession", "show"]
