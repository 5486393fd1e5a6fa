from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ampersand.between.handing import HandingOver
from ampersand.portal import web
from ampersand.portal.fence import ALIAS
from ampersand.portal.forms import LONGEST_WORDS, EntryForm
from ampersand.portal.models import EntryKind
from ampersand.portal.outside import visiting
from ampersand.portal.views.visit import put
from ampersand.portal.visitor import Visitor


class WordsForm(EntryForm):
    words = forms.CharField(max_length=LONGEST_WORDS, required=False)


@require_POST
@web.for_visitors
def right(request: HttpRequest, visitor: Visitor, handing_id: UUID) -> HttpResponse:
    """The story put right: it stands beside it."""
    return _said(request, visitor, handing_id, EntryKind.CORRECT)


@require_POST
@web.for_visitors
def no(request: HttpRequest, visitor: Visitor, handing_id: UUID) -> HttpResponse:
    """No to the colleague."""
    return _said(request, visitor, handing_id, EntryKind.NOT_THEM)


def _said(request: HttpRequest, visitor: Visitor, handing_id: UUID, kind: EntryKind) -> HttpResponse:
    with visiting(visitor.secret):
        if not HandingOver.objects.using(ALIAS).filter(pk=handing_id).exists():
            raise Http404
    form = WordsForm(request.POST)
    if not form.is_valid() or (kind == EntryKind.CORRECT and not form.cleaned_data["words"]):
        messages.warning(
            request, _("Write how it really was, in at most %(number)d characters.") % {"number": LONGEST_WORDS}
        )
        return redirect("portal:page")
    return put(request, visitor, form, kind, {"handing": str(handing_id), "words": form.cleaned_data["words"]})
