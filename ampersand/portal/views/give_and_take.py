"""What she does of give and take: her own half of what was given, and what she gives herself."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ampersand.between.bargaining_forms import GaveForm, HalfForm
from ampersand.exchange.models import Concession
from ampersand.portal import web
from ampersand.portal.fence import ALIAS
from ampersand.portal.models import EntryKind
from ampersand.portal.outside import visiting
from ampersand.portal.views.bargaining import lay_down, sent, written
from ampersand.portal.visitor import Visitor


@require_http_methods(["GET", "POST"])
@web.for_visitors
def give(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    form = GaveForm(sent(request))
    page = {
        "title": _("What you gave"),
        "says": _("Something you gave up for %(house)s.") % {"house": visitor.house_name},
        "more": _("It stands in your column, once. What it was worth is theirs to say."),
        "act": _("Write it down"),
    }
    return written(
        request,
        visitor,
        form,
        EntryKind.GIVE,
        lambda: form.cleaned_data | {"happened_on": str(form.cleaned_data["happened_on"])},
        page,
    )


@require_http_methods(["GET", "POST"])
@web.for_visitors
def cost(request: HttpRequest, visitor: Visitor, concession_id: UUID) -> HttpResponse:
    given = _concession(visitor, concession_id, is_ours=False)
    return _half(request, visitor, given, EntryKind.COST, _("What it cost you"), given.cost_words)


@require_http_methods(["GET", "POST"])
@web.for_visitors
def worth(request: HttpRequest, visitor: Visitor, concession_id: UUID) -> HttpResponse:
    given = _concession(visitor, concession_id, is_ours=True)
    return _half(request, visitor, given, EntryKind.WORTH, _("What it was worth to you"), given.worth_words)


@require_POST
@web.for_visitors
def gift(request: HttpRequest, visitor: Visitor, concession_id: UUID) -> HttpResponse:
    return _of_giver(request, visitor, concession_id, EntryKind.GIFT)


@require_POST
@web.for_visitors
def firm(request: HttpRequest, visitor: Visitor, concession_id: UUID) -> HttpResponse:
    return _of_giver(request, visitor, concession_id, EntryKind.FIRM)


@require_POST
@web.for_visitors
def draw_back(request: HttpRequest, visitor: Visitor, concession_id: UUID) -> HttpResponse:
    return _of_giver(request, visitor, concession_id, EntryKind.DRAW_BACK)


@require_POST
@web.for_visitors
def switch_off(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    return lay_down(request, visitor, EntryKind.GIVE_OFF, {})


@require_POST
@web.for_visitors
def switch_on(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    return lay_down(request, visitor, EntryKind.GIVE_ON, {})


def _half(
    request: HttpRequest, visitor: Visitor, given: Concession, kind: str, title: str, before: str
) -> HttpResponse:
    form = HalfForm(sent(request), initial={"words": before})
    page = {
        "title": title,
        "says": given.words,
        "more": _("Yours to say, and to leave. %(house)s reads it as you write it.") % {"house": visitor.house_name},
        "act": _("Keep"),
    }
    return written(
        request,
        visitor,
        form,
        kind,
        lambda: {"concession": str(given.pk), "words": form.cleaned_data["words"]},
        page,
    )


def _of_giver(request: HttpRequest, visitor: Visitor, concession_id: UUID, kind: str) -> HttpResponse:
    _concession(visitor, concession_id, is_ours=False)
    return lay_down(request, visitor, kind, {"concession": str(concession_id)})


def _concession(visitor: Visitor, concession_id: UUID, *, is_ours: bool) -> Concession:
    """What lies between the two and is hers to say something of. Raises Http404."""
    with visiting(visitor.secret):
        seen = Concession.objects.using(ALIAS).filter(pk=concession_id, is_ours=is_ours)
        found = seen.only("id", "words", "cost_words", "worth_words").first()
    if found is None:
        raise Http404
    return found
