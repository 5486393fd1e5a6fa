"""What she writes of what matters to her, how far she wants this to go, what she hopes for and wonders."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from ampersand.parties.models import LineKind, SideLine
from ampersand.portal import web
from ampersand.portal.forms import LONGEST_WORDS, EntryForm
from ampersand.portal.models import EntryKind
from ampersand.portal.outside import visiting
from ampersand.portal.sides import find_line, matters_of
from ampersand.portal.views.visit import put, show
from ampersand.portal.visitor import Visitor


class LineForm(EntryForm):
    words = forms.CharField(
        label=gettext_lazy("In your words"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say it in a few words.")},
    )


class SideForm(LineForm):
    kind = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in LineKind if kind != LineKind.WONDER])


class AnswerForm(EntryForm):
    words = forms.CharField(max_length=LONGEST_WORDS, required=False)


@require_POST
@web.for_visitors
def write(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    return _write(request, visitor, SideForm(request.POST), "theirs")


@require_POST
@web.for_visitors
def question(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    return _write(request, visitor, LineForm(request.POST), "wonder")


@require_http_methods(["GET", "POST"])
@web.for_visitors
def change(request: HttpRequest, visitor: Visitor, line_id: UUID) -> HttpResponse:
    """A line of hers in other words, or what we wrote of her put right."""
    line = _of_hers(visitor, line_id)
    form = LineForm(request.POST if request.method == "POST" else None, initial={"words": line.words})
    if not form.is_valid():
        shown = {"line": line, "form": form, "visitor": visitor}
        return render(request, "portal/line.html", shown, status=422 if form.is_bound else 200)
    return put(request, visitor, form, EntryKind.SIDE, {"line": str(line_id), "words": form.cleaned_data["words"]})


@require_POST
@web.for_visitors
def withdraw(request: HttpRequest, visitor: Visitor, line_id: UUID) -> HttpResponse:
    _of_hers(visitor, line_id)
    return _put_or_show(request, visitor, EntryForm(request.POST), EntryKind.SIDE_BACK, {"line": str(line_id)})


@require_POST
@web.for_visitors
def answer(request: HttpRequest, visitor: Visitor, line_id: UUID) -> HttpResponse:
    """What either side wonders, answered in words or by a tap."""
    if _seen(visitor, line_id).kind != LineKind.WONDER:
        raise Http404
    form = AnswerForm(request.POST)
    told = {"line": str(line_id), "words": form.cleaned_data["words"] if form.is_valid() else ""}
    return _put_or_show(request, visitor, form, EntryKind.SIDE_SAID, told)


def _write(request: HttpRequest, visitor: Visitor, form: LineForm, key: str) -> HttpResponse:
    if form.is_valid():
        told = {"kind": form.cleaned_data.get("kind", LineKind.WONDER.value), "words": form.cleaned_data["words"]}
        return put(request, visitor, form, EntryKind.SIDE, told)
    error = str(next(iter(form.errors.values()))[0])
    typed = {"kind": request.POST.get("kind", ""), "words": request.POST.get("words", "")[:LONGEST_WORDS]}
    with visiting(visitor.secret):
        matters = matters_of(visitor, wrong=key, error=error, **typed)
    return show(request, visitor, matters=matters)


def _put_or_show(
    request: HttpRequest, visitor: Visitor, form: EntryForm, kind: str, told: dict[str, Any]
) -> HttpResponse:
    """Without the entry of a form of ours nothing is laid down: the page is shown as it stands."""
    return put(request, visitor, form, kind, told) if form.is_valid() else show(request, visitor, wrong=form)


def _of_hers(visitor: Visitor, line_id: UUID) -> SideLine:
    line = _seen(visitor, line_id)
    if line.is_ours:
        raise Http404
    return line


def _seen(visitor: Visitor, line_id: UUID) -> SideLine:
    with visiting(visitor.secret):
        line = find_line(visitor, line_id)
    if line is None:
        raise Http404
    return line
