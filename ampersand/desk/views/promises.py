from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ampersand.desk.evidence import evidence_of_promise
from ampersand.desk.forms import MoveForm
from ampersand.desk.pages.evidence import EvidencePage
from ampersand.desk.pages.forms import FormPage
from ampersand.desk.pages.promises import PromiseRow
from ampersand.desk.promise_rows import other_side, promise_row, promise_rows, who_promised, words_of
from ampersand.desk.promises_page import Asked, further_promises, promises_page
from ampersand.desk.templatetags.desk import spoken_day
from ampersand.members import access
from ampersand.members.models import Member
from ampersand.members.requests import MemberRequest
from ampersand.promises import actions
from ampersand.promises.models import EventKind, Promise, PromiseEvent


@require_GET
def index(request: MemberRequest) -> HttpResponse:
    """What the member tends and promised; with `whose=everybody` all they may see. htmx adds further ones to a side."""
    told = request.GET
    asked = Asked(told.get("whose") == "everybody", ours=told.get("ours", ""), theirs=told.get("theirs", ""))
    if request.htmx and asked.further:
        found = further_promises(request.user, asked, asked.further, at=timezone.now())
        context = {"promises": found, "today": timezone.localdate()}
        return render(request, "desk/_promise_rows.html", context)
    page = promises_page(request.user, asked, at=timezone.now())
    return render(request, "desk/promises.html", {"page": page})


@require_GET
def why(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    promise = access.fetch(Promise, promise_id, user=request.user)
    evidence = evidence_of_promise(promise, member=request.user, at=timezone.now())
    today = timezone.localdate()
    if request.htmx:
        return render(request, "desk/_evidence.html", {"evidence": evidence, "today": today})
    return render(request, "desk/evidence.html", {"page": EvidencePage(evidence=evidence, today=today)})


def _act(
    request: MemberRequest, promise_id: UUID, may: Callable[[Promise, Member], bool], act: Callable[..., object]
) -> HttpResponse:
    """Do one thing with a promise and show its row as it stands then."""
    promise = access.fetch(Promise, promise_id, user=request.user, may=may)
    at: datetime = timezone.now()
    with suppress(actions.AlreadySettled):  # somebody was quicker: it is shown as they left it
        act(promise, by=request.user, at=at)
    return _answer(request, promise)


def _answer(request: MemberRequest, promise: Promise, *, said: str = "") -> HttpResponse:
    """The row as it stands then, with what was said; without script the page one came from."""
    if not request.htmx:
        return redirect(_where_from(request) or reverse("desk:relationship", args=[promise.relationship_id]))
    row = _row_where_it_stands(request, promise)
    row = replace(row, said=said or row.said, is_in_hand=True)
    context = {"promise": row, "today": timezone.localdate()}
    return render(request, "desk/_promise_row.html", context)


def _where_from(request: MemberRequest) -> str:
    """The page of ours one came from, as an address without the host; empty where that is not known."""
    told = request.POST.get("back") or request.headers.get("Referer", "")
    told = told.removeprefix(f"{request.scheme}://{request.get_host()}")
    is_ours = told.startswith("/") and url_has_allowed_host_and_scheme(told, allowed_hosts=None)
    return told if is_ours else ""


def _row_where_it_stands(request: MemberRequest, promise: Promise) -> PromiseRow:
    """Its relationship says which of us promised; any other page says with whom."""
    promise = Promise.objects.prefetch_related("events").select_related("by", "to", "relationship").get(pk=promise.pk)
    here = str(request.htmx.current_url_abs_path or "").split("?")[0]
    today = timezone.localdate()
    if here == reverse("desk:relationship", args=[promise.relationship_id]):
        return promise_row(promise, member=request.user, on=today, note=who_promised(promise))
    return promise_rows([promise], member=request.user, on=today)[0]


@require_POST
def say_done(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    return _act(request, promise_id, Promise.may_say_done, actions.say_done)


@require_POST
def ask_release(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    return _act(request, promise_id, Promise.may_say_done, actions.ask_release)


@require_POST
def call_kept(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    return _act(request, promise_id, Promise.may_be_called, partial(actions.call, kind=EventKind.KEPT))


@require_POST
def call_partly(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    return _act(request, promise_id, Promise.may_be_called, partial(actions.call, kind=EventKind.PARTLY))


@require_POST
def call_not_kept(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    return _act(request, promise_id, Promise.may_be_called, partial(actions.call, kind=EventKind.NOT_KEPT))


@require_POST
def release(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    return _act(request, promise_id, Promise.may_be_called, actions.release)


@require_POST
def take_back(request: MemberRequest, event_id: UUID) -> HttpResponse:
    """Take back what one said of a promise oneself; where something was said since, it is shown as that left it."""
    event = access.fetch(PromiseEvent, event_id, user=request.user, may=PromiseEvent.may_be_taken_back)
    try:
        actions.take_back(event, by=request.user, at=timezone.now())
    except actions.SaidSince:
        return _answer(request, event.promise, said=_("Something was said since, so it stays."))
    return _answer(request, event.promise, said=_("Taken back. It stands as before."))


@require_http_methods(["GET", "POST"])
def move(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    promise = access.fetch(Promise, promise_id, user=request.user, may=Promise.may_say_done)
    today = timezone.localdate()
    back = _where_from(request) or reverse("desk:relationship", args=[promise.relationship_id])
    form = MoveForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        with suppress(actions.AlreadySettled):
            actions.move(promise, due_on=form.cleaned_data["due_on"], by=request.user, at=timezone.now(), on=today)
        return redirect(back)
    page = FormPage(
        title=_("Agree a new day"),
        act=_("Move it"),
        says=capfirst(words_of(promise)),
        more=_for_whom(promise, today=today),
        back_url=back,
        here=_page_of(back),
    )
    return render(request, "desk/form.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _page_of(address: str) -> str:
    """The page of the rail an address belongs to: that of promises, unless one came from another that shows them."""
    if address.split("?")[0] == reverse("desk:today"):
        return "today"
    return "relationships" if address.startswith(reverse("desk:relationships")) else "promises"


def _for_whom(promise: Promise, *, today: date) -> str:
    """To whom it was promised, and for which day until now."""
    if promise.due_on is None:
        return _("Promised to %(name)s, for no day yet.") % {"name": other_side(promise)}
    day = spoken_day(promise.due_on, today=today)
    return _("Promised to %(name)s for %(day)s.") % {"name": other_side(promise), "day": day}
