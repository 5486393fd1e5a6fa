from __future__ import annotations

import re
from pathlib import PurePath
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ampersand.channels import actions
from ampersand.channels.models import Import
from ampersand.channels.tasks import CARRY_OUT, UNDO
from ampersand.core import files, jobs
from ampersand.desk import import_people
from ampersand.desk.imports import (
    TABLES,
    import_page,
    import_report,
    mapping_page,
    state_of,
    understood,
    waits_for_names,
)
from ampersand.members import access
from ampersand.members.models import Member
from ampersand.members.requests import MemberRequest

SIZE_MAX_BYTES = 2 << 30
# As many items are undone while the page waits.
UNDONE_AT_ONCE = 300


@require_GET
def index(request: MemberRequest) -> HttpResponse:
    return render(
        request, "desk/import.html", {"page": import_page(request.user, before=request.GET.get("before", ""))}
    )


@require_POST
def start(request: MemberRequest) -> HttpResponse:
    """Begin with each file that came; what is no table starts at once, a table waits for a look at its columns."""
    uploads = request.FILES.getlist("files")
    error = _refused(uploads)
    if error:
        return render(request, "desk/import.html", {"page": import_page(request.user, error=error)}, status=422)
    named = [(upload.name or _("a file"), cast(BinaryIO, upload.file)) for upload in uploads]
    begun = _begin(named, request.user, with_unwanted=bool(request.POST.get("unwanted")))
    for import_ in begun:
        if state_of(import_) == "running":
            _queue(import_)
    if len(begun) > 1:
        return redirect("desk:import")
    return redirect(_next_page(begun[0]), begun[0].pk)


@require_GET
def report(request: MemberRequest, import_id: UUID) -> HttpResponse:
    page = import_report(access.fetch(Import, import_id, user=request.user))
    if request.htmx:
        return render(request, "desk/_import_report.html", {"report": page})
    return render(request, "desk/import_report.html", {"page": page})


@require_http_methods(["GET", "POST"])
def mapping(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """The first rows as understood; posted, they are read again with what was changed. Nothing is brought in yet."""
    import_ = access.fetch(Import, import_id, user=request.user)
    if state_of(import_) != "waiting" or waits_for_names(import_):
        return redirect("desk:import_report", import_.pk)
    return render(
        request, "desk/import_mapping.html", {"page": mapping_page(import_, understood(import_, request.POST))}
    )


@require_http_methods(["GET", "POST"])
def people(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """Who is behind the names of a chat; said, it is brought in."""
    import_ = access.fetch(Import, import_id, user=request.user)
    if not waits_for_names(import_):
        return redirect("desk:import_report", import_.pk)
    asked = actions.asked_of(import_)
    form = import_people.PeopleForm(
        request.POST if request.method == "POST" else None, asked=asked, member=request.user
    )
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        actions.tell_names(import_, people=form.answers, orders=form.orders(), by=request.user, at=at)
        _queue(import_)
        return redirect("desk:import_report", import_.pk)
    page = import_people.people_page(import_, form)
    return render(request, "desk/import_people.html", {"page": page}, status=422 if form.is_bound else 200)


@require_POST
def start_mapped(request: MemberRequest, import_id: UUID) -> HttpResponse:
    import_ = access.fetch(Import, import_id, user=request.user)
    if state_of(import_) == "waiting" and not waits_for_names(import_):
        meant = understood(import_, request.POST)
        kind = str(meant.kind.value)
        actions.map_columns(import_, kind=kind, mapping=meant.to_json(), by=request.user, at=timezone.now())
        if state_of(import_) == "waiting":
            return redirect("desk:import_mapping", import_.pk)
        _queue(import_)
    return redirect("desk:import_report", import_.pk)


@require_POST
def resume(request: MemberRequest, import_id: UUID) -> HttpResponse:
    import_ = access.fetch(Import, import_id, user=request.user)
    if state_of(import_) == "stopped":
        actions.try_again(import_)
        _queue(import_)
    return redirect("desk:import_report", import_.pk)


@require_POST
def undo(request: MemberRequest, import_id: UUID) -> HttpResponse:
    import_ = access.fetch(Import, import_id, user=request.user)
    try:
        _undo(import_, by=request.user)
    except actions.NotEnded:
        messages.warning(request, _("It is still being read. Wait until it has ended, then undo it."))
    return redirect("desk:import_report", import_.pk)


def _undo(import_: Import, *, by: Member) -> None:
    """A small one at once; a large one by a job, and one that has to wait for others."""
    at = timezone.now()
    try:
        if import_.items.all()[: UNDONE_AT_ONCE + 1].count() <= UNDONE_AT_ONCE and not import_.undo_asked_at:
            actions.undo(import_, by=by, at=at)
            return
    except actions.OthersUnderWay:
        pass  # it takes its turn
    actions.ask_for_undo(import_, by=by, at=at)
    jobs.defer(UNDO, lock=f"undo:{import_.pk}", import_id=str(import_.pk))


@require_POST
def throw_away(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """Let go of a file whose columns or names nobody wants to say."""
    import_ = access.fetch(Import, import_id, user=request.user)
    if state_of(import_) != "waiting":
        return redirect("desk:import_report", import_.pk)
    actions.throw_away(import_, by=request.user, at=timezone.now())
    messages.success(request, _("Thrown away. Nothing of it was brought in."))
    return redirect("desk:import")


@require_GET
def rejected_file(request: MemberRequest, import_id: UUID) -> HttpResponse | FileResponse:
    import_ = access.fetch(Import, import_id, user=request.user)
    if import_.rejected_file is None:
        return redirect("desk:import_report", import_.pk)
    content = files.path_of(import_.rejected_file).open("rb")
    name = _("rejected rows of %(name)s.csv") % {
        "name": re.sub(r"\.csv$", "", str(import_.source), flags=re.IGNORECASE)
    }
    return FileResponse(content, as_attachment=True, filename=name, content_type="text/csv")


def _begin(files_: list[tuple[str, BinaryIO]], member: Member, *, with_unwanted: bool = False) -> list[Import]:
    """Begin with each file; several of one export are one, as one names whom another tells of."""
    at = timezone.now()
    begun = []
    for together in _of_one(files_):
        if len(together) > 1:
            begun.append(actions.begin_together(together, member=member, at=at, with_unwanted=with_unwanted))
            continue
        [(name, content)] = together
        import_ = actions.begin_upload(content, name=name, member=member, at=at, with_unwanted=with_unwanted)
        if import_.kind in TABLES:
            actions.look_at(import_)
        else:
            actions.look_for_names(import_)
        begun.append(import_)
    return begun


def _of_one(files_: list[tuple[str, BinaryIO]]) -> list[list[tuple[str, BinaryIO]]]:
    """The files, those of one export of another program and the parts of one archive together."""
    found: dict[str, list[tuple[str, BinaryIO]]] = {}
    for number, (name, content) in enumerate(files_):
        of = actions.export_of(name) or _few_alone(name) or ("tables" if actions.is_export(content) else f"{number}")
        found.setdefault(of, []).append((name, content))
    return list(found.values())


def _few_alone(name: str) -> str:
    """What many programs write one file each for, by its ending: chosen together they are one import."""
    ending = PurePath(name.lower()).suffix
    return ending if ending in (".vcf", ".vcard", ".ics", ".eml") else ""


def _next_page(import_: Import) -> str:
    if waits_for_names(import_):
        return "desk:import_people"
    return "desk:import_mapping" if state_of(import_) == "waiting" else "desk:import_report"


def _queue(import_: Import) -> None:
    jobs.defer(CARRY_OUT, lock=f"import:{import_.pk}", import_id=str(import_.pk))


def _refused(uploads: list[UploadedFile[Any]]) -> str:
    if not uploads:
        return _("Choose a file first: a mailbox, a calendar, an address book, a chat or a table.")
    for upload in uploads:
        if not upload.size:
            return _("%(name)s is empty. Export it again and choose the new file.") % {"name": upload.name}
        if upload.size > SIZE_MAX_BYTES:
            return _("%(name)s is larger than 2 GB. Bring it in on the server: ampersand import PATH") % {
                "name": upload.name
            }
    return ""
