from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ampersand.desk.forms import MoveForm
from ampersand.desk.pages import FormPage
from ampersand.desk.promise_rows import other_side, promise_row
from ampersand.desk.promises_page import promises_page
from ampersand.members import access
from ampersand.members.models import Member
from ampersand.members.requests import MemberRequest
from ampersand.promises import actions
from ampersand.promises.models import EventKind, Promise


@require_GET
def index(request: MemberRequest) -> HttpResponse:
    return render(request, "desk/promises.html", {"page": promises_page(request.user, at=timezone.now())})


def _act(
    request: MemberRequest, promise_id: UUID, may: Callable[[Promise, Member], bool], act: Callable[..., object]
) -> HttpResponse:
    """Do one thing with a promise and show its row as it stands then."""
    promise = access.fetch(Promise, promise_id, user=request.user, may=may)
    at: datetime = timezone.now()
    act(promise, by=request.user, at=at)
    if request.htmx:
        fresh = Promise.objects.prefetch_related("events").select_related("by", "to").get(pk=promise.pk)
        today = timezone.localdate(at)
        row = promise_row(fresh, member=request.user, on=today, note=other_side(fresh))
        return render(request, "desk/_promise_row.html", {"promise": row, "today": today})
    return redirect("desk:relationship", promise.relationship_id)


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


@require_http_methods(["GET", "POST"])
def move(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    promise = access.fetch(Promise, promise_id, user=request.user, may=Promise.may_say_done)
    today = timezone.localdate()
    form = MoveForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        actions.move(promise, due_on=form.cleaned_data["due_on"], by=request.user, at=timezone.now(), on=today)
        return redirect("desk:relationship", promise.relationship_id)
    page = FormPage(title=_("Agree a new day"), act=_("Move it"), says=promise.words)
    return render(request, "desk/form.html", {"page": page, "form": form}, status=422 if form.errors else 200)
