"""Saying of two that are likely one what they are."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ampersand.channels.models import Import
from ampersand.desk.doubles import doubles_page, in_words
from ampersand.desk.import_doubles import import_doubles_page
from ampersand.members import access
from ampersand.members.requests import MemberRequest
from ampersand.parties import merging
from ampersand.parties.doubles import actions
from ampersand.parties.doubles.models import Double


@require_GET
def show(request: MemberRequest) -> HttpResponse:
    return render(request, "desk/doubles.html", {"page": doubles_page(request.user, at=timezone.now())})


@require_POST
def same(request: MemberRequest, double_id: UUID) -> HttpResponse:
    """They are one. Where that cannot be, it is said why, and the two stay on the page."""
    double = access.fetch(Double, double_id, user=request.user)
    at = timezone.now()
    try:
        actions.say_same(double, reason=in_words(double), by=request.user, at=at)
    except (merging.CannotBeOne, merging.OneIsClosed) as refused:
        page = doubles_page(request.user, at=at, refusal=str(refused), double=double)
        return render(request, "desk/doubles.html", {"page": page}, status=422)
    messages.info(request, _("The two are one now. On their page they can be two again."))
    return _go_on(request)


@require_POST
def two(request: MemberRequest, double_id: UUID) -> HttpResponse:
    double = access.fetch(Double, double_id, user=request.user)
    actions.say_two(double, by=request.user, at=timezone.now())
    messages.info(request, _("They are two. You will not be asked again."))
    return _go_on(request)


@require_POST
def later(request: MemberRequest, double_id: UUID) -> HttpResponse:
    double = access.fetch(Double, double_id, user=request.user)
    actions.say_later(double, by=request.user, at=timezone.now())
    return _go_on(request)


@require_GET
def of_import(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """Whom an import brought who is likely in the book already."""
    import_ = access.fetch(Import, import_id, user=request.user)
    row = request.GET.get("row", "")
    page = import_doubles_page(
        import_, at=timezone.now(), after=_id(request.GET.get("after")), row=int(row[:4]) if row.isdecimal() else 0
    )
    template = "desk/_import_doubles.html" if request.htmx else "desk/import_doubles.html"
    return render(request, template, {"page": page})


def _go_on(request: MemberRequest) -> HttpResponse:
    """To the next two: of the import whose page this was said on, or of all."""
    import_id = _id(request.POST.get("import"))
    if import_id is None:
        return redirect("desk:doubles")
    told = {"after": request.POST.get("after", ""), "row": request.POST.get("row", "")}
    return redirect(f"{reverse('desk:import_doubles', args=[import_id])}?{urlencode(told)}")


def _id(told: str | None) -> UUID | None:
    try:
        return UUID(told) if told else None
    except ValueError:
        return None
