"""Backups and exports, from the House page."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from ampersand.core import events, jobs, tasks
from ampersand.core.safe import bundle
from ampersand.core.whole import whole
from ampersand.desk.safe_part import safe_part
from ampersand.members import step_up
from ampersand.members.models import Member
from ampersand.members.requests import MemberRequest


@require_GET
def show(request: MemberRequest) -> HttpResponse:
    if not request.htmx:
        return redirect("desk:house")
    return render(request, "desk/_house_safe.html", {"safe": safe_part(request.user, at=timezone.now())})


@require_POST
def back_up(request: MemberRequest) -> HttpResponse:
    _refuse_unless_steward(request)
    _queue(tasks.BACK_UP, "house.saved", by=request.user)
    return redirect("desk:house")


@require_POST
@step_up.required
def export(request: MemberRequest) -> HttpResponse:
    _refuse_unless_steward(request)
    _queue(tasks.EXPORT, "house.exported", by=request.user)
    return redirect("desk:house")


@require_GET
@step_up.required
def take(request: MemberRequest) -> FileResponse:
    _refuse_unless_steward(request)
    made = bundle.find(at=timezone.now())
    if made is None:
        raise Http404
    return FileResponse(made.open("rb"), as_attachment=True, filename=made.name, content_type="application/zip")


@whole
def _queue(task: str, name: str, *, by: Member) -> None:
    """Asked for twice, it is done once, and recorded once."""
    if jobs.defer(task, lock=task):
        events.record(name, at=timezone.now(), by_id=by.pk, subject_id=by.pk)


def _refuse_unless_steward(request: MemberRequest) -> None:
    if not request.user.may_run_the_house():
        raise PermissionDenied
