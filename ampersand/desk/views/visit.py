from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ampersand.desk.visit import relationship_of, visit_page
from ampersand.members import access
from ampersand.members.requests import MemberRequest
from ampersand.timeline import visits
from ampersand.timeline.models import HowToGo, Moment


@require_http_methods(["GET", "POST"])
def show(request: MemberRequest, moment_id: UUID) -> HttpResponse:
    """Does this need a visit? Those who go say it once; it is remembered, and asked of nobody again."""
    if request.method == "GET":
        moment = access.fetch(Moment, moment_id, user=request.user)
        return _page(request, moment)
    moment = access.fetch(Moment, moment_id, user=request.user, may=visits.goes)
    choice = request.POST.get("choice", "")
    if choice not in HowToGo.values:
        return _page(request, moment, error=_("Choose one of the three."))
    try:
        visits.choose(moment, choice, by=request.user, on=timezone.localdate(), at=timezone.now())
    except visits.NotAhead as error:
        messages.warning(request, str(error))
        return redirect("desk:visit", moment.pk)
    relationship = relationship_of(moment, request.user)
    if choice == HowToGo.LINE and relationship is not None:
        return redirect("desk:write_message", relationship.pk)
    return redirect("desk:visit", moment.pk)


def _page(request: MemberRequest, moment: Moment, *, error: str = "") -> HttpResponse:
    page = visit_page(moment, member=request.user, at=timezone.now())
    return render(request, "desk/visit.html", {"page": page, "error": error}, status=422 if error else 200)
