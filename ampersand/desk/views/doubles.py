"""Saying of two that are likely one what they are."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ampersand.channels.models import Import
from ampersand.desk.doubles import doubles_page, in_words
from ampersand.desk.doubles_together import (
    left_says,
    reason_of,
    signals_of,
    ticked_of,
    together_page,
    undone_says,
    url_of,
)
from ampersand.desk.import_doubles import import_doubles_page
from ampersand.members import access
from ampersand.members.requests import MemberRequest
from ampersand.parties import merging
from ampersand.parties.doubles import actions
from ampersand.parties.doubles import together as many
from ampersand.parties.doubles.models import Double
from ampersand.parties.models import StandsFor


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


@require_http_methods(["GET", "POST"])
def together(request: MemberRequest) -> HttpResponse:
    """GET shows pairs with the same strong reasons in one list, POST says of the ticked that each is one."""
    member, at = request.user, timezone.now()
    told = request.POST if request.method == "POST" else request.GET
    why, after = told.get("why", "")[:100], _id(told.get("after"))
    if request.method == "GET":
        page = together_page(member, at=at, why=why, after=after, done=_id(told.get("done")))
        return render(request, "desk/doubles_together.html", {"page": page})
    signals = signals_of(why)
    ticked = ticked_of(request.POST.getlist("row"), signals=signals, member=member, at=at)
    error = "" if ticked else _("None is ticked. Tick the pairs that you are sure of.")
    try:
        said = many.say_same(ticked, reason=reason_of(signals), by=member, at=at) if ticked else many.Said((), {})
    except (merging.CannotBeOne, merging.OneIsClosed) as refused:
        error = str(refused)
    if error:
        ids = {double.pk for double in ticked}
        page = together_page(member, at=at, why=why, after=after, ticked=ids, error=error)
        return render(request, "desk/doubles_together.html", {"page": page}, status=422)
    if said.left:
        messages.info(request, left_says(list(said.left.values())))
    return redirect(url_of(signals, done=said.links[0].pk if said.links else None))


@require_POST
def two_again(request: MemberRequest, link_id: UUID) -> HttpResponse:
    """All that were said to be one in one act with this link are two again, and wait to be judged."""
    link = access.fetch(StandsFor, link_id, user=request.user, may=many.may_take_back)
    try:
        count = many.take_back(link, by=request.user, at=timezone.now())
    except (merging.CannotBeOne, merging.OneIsClosed) as refused:
        raise PermissionDenied from refused
    messages.info(request, undone_says(count))
    url = reverse("desk:doubles_together")
    return HttpResponse(status=204, headers={"HX-Redirect": url}) if request.htmx else redirect(url)


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
