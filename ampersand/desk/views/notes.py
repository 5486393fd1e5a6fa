from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ampersand.desk.boxes import note_box
from ampersand.desk.kept import kept_says
from ampersand.desk.known import begun
from ampersand.desk.note_page import note_page
from ampersand.desk.pages.notebook import NoteBox, WritePage
from ampersand.desk.understood import corrections_of, understood_page
from ampersand.desk.whom import found_by
from ampersand.members import access
from ampersand.members.requests import MemberRequest
from ampersand.notebook import actions
from ampersand.notebook.models import Note
from ampersand.parties.closed import hidden_parties_remembered
from ampersand.parties.models import Relationship

WORDS_MAX = 20_000


@require_GET
def write(request: MemberRequest) -> HttpResponse:
    """The notebook over the whole screen: for phones, and for who has just called or written to somebody."""
    about = _relationship_named(request)
    words = begun(request.GET.get("how", ""), about.party.name) if about else ""
    page = WritePage(
        box=note_box(request.user, box=str(about.pk) if about else "today", about=about, words=words, is_whole=True),
        now=timezone.localtime(),
        later_url=reverse("desk:today"),
    )
    return render(request, "desk/write.html", {"page": page})


def _relationship_named(request: MemberRequest) -> Relationship | None:
    """Whom the address says the note will be about; nobody where it says nothing that one may see."""
    try:
        named = UUID(request.GET.get("about", ""))
    except ValueError:
        return None
    seen = Relationship.objects.visible_to(request.user).filter(pk=named, party__erased_at=None)
    return seen.select_related("party").first()


@require_POST
@hidden_parties_remembered()
def understood(request: MemberRequest) -> HttpResponse:
    """What was understood of words being written. Stores nothing."""
    page = understood_page(
        request.POST.get("words", "")[:WORDS_MAX].replace("\x00", ""),
        member=request.user,
        written_at=timezone.localtime(),
        about=_about(request),
        corrections=corrections_of(request.POST.get("corrections", "")),
    )
    return render(request, "desk/_understood.html", {"understood": page})


@require_GET
def whom(request: MemberRequest) -> HttpResponse:
    """Somebody else a name may mean, looked for by typing."""
    words = request.GET.get("words", "")[:200].replace("\x00", "").strip()
    found = found_by(words, member=request.user, on=timezone.localdate())
    return render(request, "desk/_whom.html", {"found": found, "words": words})


@transaction.non_atomic_requests
@require_POST
@hidden_parties_remembered()
def keep(request: MemberRequest) -> HttpResponse:
    words, about = request.POST.get("words", ""), _about(request)
    error = _refused(words)
    if error:
        return _not_kept(request, words, about, error)
    keep_it = partial(
        actions.keep,
        words,
        member=request.user,
        written_at=_written_at(request),
        zone=timezone.get_current_timezone_name(),
        at=timezone.now(),
        about=about,
        corrections=corrections_of(request.POST.get("corrections", "")),
    )
    device_id = _device_id(request)
    try:
        note = keep_it(device_id=device_id)
    except actions.SomebodyElses:
        # On a machine that two share, a box may come back with the number under which the other's note was kept.
        note = keep_it(device_id=uuid5(device_id, str(request.user.pk)))
    if request.htmx:
        return render(request, "desk/_kept.html", {"kept": kept_says(note, member=request.user)})
    return redirect(reverse("desk:note", args=[note.pk]))


@require_GET
def show(request: MemberRequest, note_id: UUID) -> HttpResponse:
    note = access.fetch(Note, note_id, user=request.user)
    return render(request, "desk/note.html", {"page": note_page(note, member=request.user)})


@require_POST
def undo(request: MemberRequest, note_id: UUID) -> HttpResponse:
    note = access.fetch(Note, note_id, user=request.user, may=Note.may_be_undone)
    undone = actions.undo(note, by=request.user, at=timezone.now())
    if request.htmx:
        return render(request, "desk/_undone.html", {"note": note, "undone": undone})
    return redirect("desk:today")


@require_POST
def share(request: MemberRequest, note_id: UUID) -> HttpResponse:
    note = access.fetch(Note, note_id, user=request.user, may=Note.may_be_undone)
    actions.share(note, by=request.user, at=timezone.now())
    return redirect("desk:note", note.pk)


def _refused(words: str) -> str:
    if not words.strip():
        return _("Write a line first; a name and what happened will do.")
    if len(words) > WORDS_MAX:
        return _("This is longer than a note can be. Keep it in two.")
    if "\x00" in words:
        return _("There is a sign in these words that cannot be kept. Take it out and keep again.")
    return ""


def _not_kept(request: MemberRequest, words: str, about: Relationship | None, error: str) -> HttpResponse:
    box: NoteBox = note_box(
        request.user,
        box=str(about.pk) if about else "today",
        about=about,
        words=words.replace("\x00", ""),
        error=error,
        note_id=request.POST.get("note_id", ""),
        is_whole=not request.htmx,
    )
    if request.htmx:
        return render(request, "desk/_note_box.html", {"box": box}, status=422)
    page = WritePage(box=box, now=timezone.localtime(), later_url=reverse("desk:today"))
    return render(request, "desk/write.html", {"page": page}, status=422)


def _about(request: MemberRequest) -> Relationship | None:
    told = request.POST.get("about", "")
    if not told:
        return None
    try:
        relationship_id = UUID(told)
    except ValueError:
        return None
    return access.visible(Relationship, user=request.user).select_related("party").filter(pk=relationship_id).first()


def _device_id(request: MemberRequest) -> UUID:
    """The id made where the note was written; a page without script got one with the box."""
    try:
        return UUID(request.POST.get("note_id", ""))
    except ValueError:
        return uuid4()


def _written_at(request: MemberRequest) -> datetime:
    """When it was written on the device, if it says so: offline lines keep their true time. Never ahead of now."""
    now = timezone.now()
    try:
        told = datetime.fromisoformat(request.POST.get("written_at", ""))
    except ValueError:
        return now
    is_sound = told.tzinfo is not None and now - timedelta(days=366) < told <= now + timedelta(minutes=5)
    return min(told, now) if is_sound else now
