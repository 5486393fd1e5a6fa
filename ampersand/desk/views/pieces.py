"""One thing that was kept of a note: put right, taken back, brought back. Only by the writer of the note."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ampersand.desk.kept_pieces import kept_piece, shown_instead
from ampersand.desk.pages.forms import FormPage
from ampersand.desk.piece_forms import form_for
from ampersand.members import access
from ampersand.members.requests import MemberRequest
from ampersand.notebook import pieces
from ampersand.notebook.models import Piece
from ampersand.parties.models import Party


@require_http_methods(["GET", "POST"])
def put_right(request: MemberRequest, piece_id: UUID) -> HttpResponse:
    piece = access.fetch(Piece, piece_id, user=request.user, may=pieces.may_be_put_right)
    fact = pieces.find_fact(piece, request.user)
    if fact is None or isinstance(fact, Party) or piece.joined:
        raise Http404
    back = reverse("desk:note", args=[piece.note_id])
    if piece.withdrawn_at is not None:
        # Pressed twice, or done in another window: the note shows how it stands.
        return redirect(back)
    told = request.POST if request.method == "POST" else None
    form = form_for(piece, fact, told, member=request.user)
    if request.method == "POST" and form.is_valid():
        if form.is_changed():
            _refused(request, lambda: pieces.put_right(piece, form.cleaned_data, by=request.user, at=timezone.now()))
        return redirect(back)
    page = FormPage(
        title=_("Put right what was kept"),
        act=_("Put right"),
        says=_("“%(words)s”") % {"words": piece.note.words[piece.start : piece.end]},
        more=_("Your words stay as you wrote them. What was kept of them first stays in the history."),
        back_url=back,
        here="today",
    )
    return render(request, "desk/form.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_POST
def take_back(request: MemberRequest, piece_id: UUID) -> HttpResponse:
    piece = access.fetch(Piece, piece_id, user=request.user, may=pieces.may_be_put_right)
    return _act(request, piece, lambda: pieces.take_back(piece, by=request.user, at=timezone.now()))


@require_POST
def bring_back(request: MemberRequest, piece_id: UUID) -> HttpResponse:
    piece = access.fetch(Piece, piece_id, user=request.user, may=pieces.may_be_put_right)
    return _act(request, piece, lambda: pieces.bring_back(piece, by=request.user, at=timezone.now()))


def _act(request: MemberRequest, piece: Piece, act: Callable[[], object]) -> HttpResponse:
    """Do it, and show the row as it stands then, with why where it stays; without script the note."""
    said = _refused(request, act)
    if not request.htmx:
        return redirect("desk:note", piece.note_id)
    now = Piece.objects.select_related("note", "instead_of").get(pk=piece.pk)
    row = kept_piece(shown_instead(now), member=request.user)
    row = replace(row, said=said or row.said, is_in_hand=True)
    return render(request, "desk/_kept_piece.html", {"piece": row})


def _refused(request: MemberRequest, act: Callable[[], object]) -> str:
    """Why something stays; without script the next page says so."""
    try:
        act()
    except pieces.NotYours as refused:
        # It was changed meanwhile, or is no longer theirs to see.
        raise PermissionDenied from refused
    except pieces.BuiltUpon as built_upon:
        said = _("%(why)s So it stays.") % {"why": built_upon.why.label}
        if not request.htmx:
            messages.info(request, said)
        return said
    return ""
