"""Whom the other side brings in: made known by a member, or left."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from ampersand.between import bringing
from ampersand.between.naming import Named
from ampersand.members import access
from ampersand.members.requests import MemberRequest


@require_POST
def keep(request: MemberRequest, named_id: UUID) -> HttpResponse:
    named = access.fetch(Named, named_id, user=request.user, may=Named.may_be_settled)
    party = bringing.make_known(named, by=request.user, at=timezone.now())
    return redirect("desk:party", party.pk)


@require_POST
def leave(request: MemberRequest, named_id: UUID) -> HttpResponse:
    named = access.fetch(Named, named_id, user=request.user, may=Named.may_be_settled)
    bringing.leave(named, by=request.user, at=timezone.now())
    return redirect("desk:today")
