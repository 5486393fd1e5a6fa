"""What she does of offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ampersand.between.bargaining_forms import OfferWordsForm, OwnDayForm, OwnWeightsForm
from ampersand.between.offer_forms import LineForms, OfferForm, offer_initial, with_more_lines
from ampersand.between.offer_rows import NegotiationRow
from ampersand.core import files
from ampersand.exchange.models import Negotiation, Offer, OfferFile
from ampersand.exchange.negotiating.sheet import paper_name, sheet_of
from ampersand.portal import leaving, parts, web
from ampersand.portal.bargaining import line_told
from ampersand.portal.fence import ALIAS
from ampersand.portal.forms import EntryForm
from ampersand.portal.models import EntryKind
from ampersand.portal.outside import visiting
from ampersand.portal.views.visit import put, show
from ampersand.portal.visitor import Visitor


@require_http_methods(["GET", "POST"])
@web.for_visitors
def put_offer(request: HttpRequest, visitor: Visitor, negotiation_id: UUID) -> HttpResponse:
    """A version of theirs, which counters the one that waits. It begins with the newest."""
    with visiting(visitor.secret):
        negotiation = _negotiation(negotiation_id)
    newest = negotiation.newest()
    currency = leaving.currency_of_the_house()
    questions = sorted(negotiation.questions.all(), key=lambda question: question.position)
    top, rows = offer_initial(newest, on_day=None, currency=currency)
    told = sent(request)
    if told is not None and "more" in told:
        told = with_more_lines(told)
    form = OfferForm(told, questions=questions, currency=currency, initial=top | {"valid_until": None})
    lines = LineForms(told, prefix="line", initial=rows)
    is_whole = request.method == "POST" and "more" not in request.POST and form.is_valid() and lines.is_valid()
    if is_whole:
        said = {
            "negotiation": str(negotiation_id),
            "answers": request.POST.get("answers", ""),
            "words": form.cleaned_data["words"],
            "lines": [line_told(line) for line in (one.line() for one in lines) if line is not None],
            "currency": form.cleaned_data["currency"],
            "valid_until": str(form.cleaned_data["valid_until"] or ""),
            "values": {str(key): words for key, words in form.values().items()},
        }
        return lay_down(request, visitor, EntryKind.OFFER_PUT, _answering(said, negotiation))
    shown = {
        "about": negotiation.about,
        "version": newest.version if newest else 0,
        "answers": request.POST.get("answers") or (newest.pk if newest else ""),
        "form": form,
        "lines": lines,
    }
    is_refused = request.method == "POST" and "more" not in request.POST
    return render(request, "portal/offer.html", shown, status=422 if is_refused else 200)


@require_POST
@web.for_visitors
def accept(request: HttpRequest, visitor: Visitor, offer_id: UUID) -> HttpResponse:
    return _of_offer(request, visitor, offer_id, EntryKind.OFFER_YES)


@require_POST
@web.for_visitors
def decline(request: HttpRequest, visitor: Visitor, offer_id: UUID) -> HttpResponse:
    return _of_offer(request, visitor, offer_id, EntryKind.OFFER_NO)


@require_POST
@web.for_visitors
def withdraw(request: HttpRequest, visitor: Visitor, offer_id: UUID) -> HttpResponse:
    return _of_offer(request, visitor, offer_id, EntryKind.OFFER_BACK)


@require_http_methods(["GET", "POST"])
@web.for_visitors
def day(request: HttpRequest, visitor: Visitor, negotiation_id: UUID) -> HttpResponse:
    """When she decides: her own day, in her own words."""
    row = _row(visitor, negotiation_id)
    form = OwnDayForm(sent(request), initial={"on": row.day, "words": row.day_words})

    def told() -> dict[str, Any]:
        on, words = form.cleaned_data["on"], form.cleaned_data["words"]
        return {"negotiation": str(negotiation_id), "on": str(on or ""), "words": words}

    more = _("Your own day. After it an offer to you has lapsed; silence is neither yes nor no.")
    page = {"title": _("When you decide"), "says": row.about, "more": more, "act": _("Keep")}
    return written(request, visitor, form, EntryKind.DAY, told, page)


@require_http_methods(["GET", "POST"])
@web.for_visitors
def weigh(request: HttpRequest, visitor: Visitor, negotiation_id: UUID) -> HttpResponse:
    """How much each question matters to her: stated, or to herself alone."""
    row = _row(visitor, negotiation_id)
    form = OwnWeightsForm(sent(request), questions=row.questions)

    def told() -> dict[str, Any]:
        said = {name: {str(key): value for key, value in form.told(name).items()} for name in ("stated", "kept")}
        return {"negotiation": str(negotiation_id), **said}

    page = {
        "title": _("How much each question matters to you"),
        "says": row.about,
        "more": _(
            "Give out 100 among the questions, as you like. What you state both see, and what might be good for both is "
            "looked for in what both stated. What you keep to yourself nobody at %(house)s is shown."
        )
        % {"house": visitor.house_name},
        "act": _("Keep"),
    }
    return written(request, visitor, form, EntryKind.WEIGH, told, page)


@require_GET
@web.for_visitors
def paper(request: HttpRequest, visitor: Visitor, offer_id: UUID) -> HttpResponse:
    """The PDF of one version: the same file as the other side's."""
    _require(visitor, Offer, offer_id)
    offer = Offer.objects.select_related("by__now", "negotiation").get(pk=offer_id)
    known = Negotiation.objects.select_related("relationship__party__now", "decider__now")
    negotiation = known.prefetch_related("questions", "deciding_days").get(pk=offer.negotiation_id)
    offer.negotiation = negotiation
    headers = {"Content-Disposition": f'attachment; filename="{paper_name(offer, negotiation)}"'}
    # The library that draws it, and what that needs, is held by no process that draws none.
    from ampersand.exchange.negotiating import paper as drawing

    return HttpResponse(drawing.draw(sheet_of(offer, negotiation)), content_type="application/pdf", headers=headers)


@require_GET
@web.for_visitors
def file(request: HttpRequest, visitor: Visitor, file_id: int) -> FileResponse:
    """The bytes of a file that goes with an offer, to be saved."""
    with visiting(visitor.secret):
        seen = OfferFile.objects.using(ALIAS).select_related("file").only("id", "name", "file__digest")
        attached = seen.filter(pk=file_id).first()
    path = files.path_of(attached.file) if attached else None
    if attached is None or path is None or not path.is_file():
        raise Http404
    name = attached.name or _("file without a name")
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream")


def written(
    request: HttpRequest,
    visitor: Visitor,
    form: forms.Form,
    kind: str,
    told: Callable[[], Mapping[str, Any]],
    page: Mapping[str, str],
) -> HttpResponse:
    """A page with one form: shown first, then laid down; what has to be put right is said beside it, with what was typed."""
    if form.is_valid():
        return lay_down(request, visitor, kind, told())
    status = 422 if request.method == "POST" else 200
    return render(request, "portal/form.html", {"page": page, "form": form}, status=status)


def sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def lay_down(request: HttpRequest, visitor: Visitor, kind: str, told: Mapping[str, Any]) -> HttpResponse:
    """Lay down what she did, under the id that her form sent along."""
    entry = EntryForm({"entry": request.POST.get("entry", "")})
    if not entry.is_valid():
        return show(request, visitor, together=None)
    return put(request, visitor, entry, kind, dict(told))


def _answering(said: dict[str, Any], negotiation: Negotiation) -> dict[str, Any]:
    """With the version she saw, as her form says it; garbage is none of them."""
    known = {str(offer.pk) for offer in negotiation.offers.all()}
    newest = negotiation.newest()
    return said | ({} if said["answers"] in known else {"answers": str(newest.pk if newest else "")})


def _of_offer(request: HttpRequest, visitor: Visitor, offer_id: UUID, kind: str) -> HttpResponse:
    _require(visitor, Offer, offer_id)
    form = OfferWordsForm(request.POST)
    page = {"title": _("In your words"), "says": "", "more": "", "act": _("Keep")}
    return written(
        request,
        visitor,
        form,
        kind,
        lambda: {"offer": str(offer_id), "words": form.cleaned_data["words"]},
        page,
    )


def _require(visitor: Visitor, model: type[Any], row_id: UUID) -> None:
    """Raises Http404 for what the visitor's login does not see."""
    with visiting(visitor.secret):
        if not model.objects.using(ALIAS).filter(pk=row_id).exists():
            raise Http404


def _negotiation(negotiation_id: UUID) -> Negotiation:
    found = parts.find_negotiation(negotiation_id)
    if found is None:
        raise Http404
    return found


def _row(visitor: Visitor, negotiation_id: UUID) -> NegotiationRow:
    with visiting(visitor.secret):
        return parts.row_of(_negotiation(negotiation_id), visitor, today=timezone.localdate())
