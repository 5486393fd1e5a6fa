"""The page itself: what she sees, and what she does. It is read and written out within the visitors' own transaction."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ampersand.between.forms import together_forms
from ampersand.portal import copying, inbox, web
from ampersand.portal.forms import (
    AskForm,
    CorrectForm,
    EntryForm,
    ForgetForm,
    KindForm,
    PromiseForm,
    SayForm,
    TakeForm,
    TermsForm,
    begin_from,
)
from ampersand.portal.models import EntryKind
from ampersand.portal.outside import visiting
from ampersand.portal.page import acts_on, find_promise, held_terms, page_of
from ampersand.portal.visitor import Visitor


@require_GET
@web.for_visitors
def page(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    return show(request, visitor)


@require_POST
@web.for_visitors
def say(request: HttpRequest, visitor: Visitor, promise_id: UUID, act: str) -> HttpResponse:
    """Say something of a promise between the two. What cannot be said of it now is refused with a sentence."""
    with visiting(visitor.secret):
        promise = find_promise(promise_id)
        if promise is None:
            raise Http404
        may = {one.url: one for one in acts_on(promise)}
    asked = may.get(request.path)
    if asked is None:
        messages.warning(request, _("This can be said of it no more. It stands as you see it here."))
        return redirect("portal:page")
    form = SayForm(request.POST, needs_day=asked.needs_day)
    if not form.is_valid():
        return show(request, visitor, said=form, said_of=promise_id)
    told = {"promise": str(promise_id), "words": form.cleaned_data["words"]}
    if asked.has_day or asked.needs_day:
        told["due_on"] = str(form.cleaned_data["due_on"] or "")
    return put(request, visitor, form, act.replace("-", "_"), told)


@require_POST
@web.for_visitors
def say_kind(request: HttpRequest, visitor: Visitor, promise_id: UUID) -> HttpResponse:
    """Say what a promise of hers is about."""
    with visiting(visitor.secret):
        promise = find_promise(promise_id)
    form = KindForm(request.POST)
    if promise is None or promise.is_ours or not form.is_valid():
        raise Http404
    return put(request, visitor, form, EntryKind.SORT, {"promise": str(promise_id), "kind": form.cleaned_data["kind"]})


@require_POST
@web.for_visitors
def take(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """What she took as promised: it holds once one of us says so."""
    form = TakeForm(request.POST, prefix="take")
    if not form.is_valid():
        return show(request, visitor, take=form)
    told = {"words": form.cleaned_data["words"], "due_on": str(form.cleaned_data["due_on"] or "")}
    return put(request, visitor, form, EntryKind.TAKE, told)


@require_POST
@web.for_visitors
def ask(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    form = AskForm(request.POST, prefix="ask")
    if not form.is_valid():
        return show(request, visitor, ask=form)
    return put(request, visitor, form, EntryKind.ASK, {"words": form.cleaned_data["words"]})


@require_POST
@web.for_visitors
def correct(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    form = CorrectForm(request.POST, prefix="correct")
    if not form.is_valid():
        return show(request, visitor, correct=form)
    about = form.cleaned_data["about"]
    told = {"words": form.cleaned_data["words"], "about": _("This is not right: %(what)s") % {"what": about}}
    return put(request, visitor, form, EntryKind.CORRECT, told if about else told | {"about": _("This is not right")})


@require_POST
@web.for_visitors
def promise(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    form = PromiseForm(request.POST, prefix="promise")
    if not form.is_valid():
        return show(request, visitor, promise=form)
    told = {"words": form.cleaned_data["words"], "due_on": str(form.cleaned_data["due_on"] or "")}
    return put(request, visitor, form, EntryKind.PROMISE, told)


@require_POST
@web.for_visitors
def terms(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    form = _terms_form(visitor, told=request.POST)
    if not form.is_valid():
        return show(request, visitor, terms=form)
    told = {name: form.cleaned_data[name] for name in ("roster", "words", "lines")}
    return put(request, visitor, form, EntryKind.TERMS, told)


@require_GET
@web.for_visitors
def copy(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Everything on the page, as pages to read and as data for another house."""
    at = timezone.now()
    with visiting(visitor.secret):
        written = copying.bundle(page_of(visitor, at=at), at=at)
    name = f"{slugify(visitor.house_name) or 'ampersand'}-{timezone.localdate(at):%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(written, content_type="application/zip", headers=headers)


@require_http_methods(["GET", "POST"])
@web.for_visitors
def forget(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Two presses, no reason asked: one leads here, the other does it."""
    form = ForgetForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(
            request, "portal/forget.html", {"visitor": visitor, "form": form}, status=422 if form.is_bound else 200
        )
    told = {"leaves_mark": form.cleaned_data["leaves_mark"]}
    try:
        inbox.put(visitor, form.entry_id, EntryKind.FORGET, told, at=timezone.now())
    except inbox.Refused as error:
        messages.warning(request, str(error))
        return redirect("portal:page")
    return web.end(render(request, "portal/closed.html", {"is_forgotten": True, "house": visitor.house_name}))


def put(request: HttpRequest, visitor: Visitor, form: EntryForm, kind: str, told: dict[str, Any]) -> HttpResponse:
    try:
        done = inbox.put(visitor, form.entry_id, kind, told, at=timezone.now())
    except inbox.Refused as error:
        messages.warning(request, str(error))
    else:
        if done.refusal:
            messages.warning(request, done.refusal)
        elif done.is_later:
            messages.info(request, _("Kept. It will stand here in a few minutes."))
        else:
            messages.info(request, _("Kept. %(house)s sees it too.") % {"house": visitor.house_name})
    return redirect("portal:page")


def show(request: HttpRequest, visitor: Visitor, **sent: Any) -> HttpResponse:
    """The page, with the form in which something has to be put right as it was sent."""
    form = sent.get("terms") or _terms_form(visitor)
    with visiting(visitor.secret):
        page = page_of(visitor, at=timezone.now())
        shown = {
            "page": page,
            "matters": page.matters,
            **together_forms(page.between, sent.get("together")),
            "terms": form,
            "ask": AskForm(prefix="ask"),
            "correct": CorrectForm(prefix="correct"),
            "promise": PromiseForm(prefix="promise"),
            "take": TakeForm(prefix="take"),
            "empty": SayForm(),
            **sent,
        }
        return render(request, "portal/page.html", shown, status=422 if sent else 200)


def _terms_form(visitor: Visitor, *, told: Any = None) -> TermsForm:
    with visiting(visitor.secret):
        held = held_terms(visitor, at=timezone.now())
        said = held.in_force().lines if held else ()
    initial, others = begin_from(held.roster if held else "", held.words if held else "", tuple(said))
    return TermsForm(told, prefix="terms", zone=visitor.time_zone, initial=initial, others=others)
