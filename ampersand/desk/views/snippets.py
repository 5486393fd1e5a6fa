from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ampersand.desk.messages.forms import SnippetForm
from ampersand.desk.messages.showing import snippets_page
from ampersand.members import access
from ampersand.members.requests import MemberRequest
from ampersand.terms.messages import snippets
from ampersand.terms.messages.models import Snippet
from ampersand.terms.messages.snippets import NameTaken


@require_http_methods(["GET", "POST"])
def index(request: MemberRequest) -> HttpResponse:
    return _form(request, None, title=_("Snippets"))


@require_http_methods(["GET", "POST"])
def change(request: MemberRequest, snippet_id: UUID) -> HttpResponse:
    snippet = access.fetch(Snippet, snippet_id, user=request.user)
    return _form(request, snippet, title=snippet.name)


@require_POST
def remove(request: MemberRequest, snippet_id: UUID) -> HttpResponse:
    snippets.remove(access.fetch(Snippet, snippet_id, user=request.user))
    return redirect("desk:snippets")


def _form(request: MemberRequest, snippet: Snippet | None, *, title: str) -> HttpResponse:
    held = {"name": snippet.name, "words": snippet.words} if snippet else {}
    form = SnippetForm(request.POST or None, initial=held)
    if request.method == "POST" and form.is_valid():
        try:
            snippets.keep(by=request.user, snippet=snippet, **form.cleaned_data)
        except NameTaken as error:
            form.add_error("name", str(error))
        else:
            return redirect("desk:snippets")
    page = snippets_page(request.user, title=title)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "desk/snippets.html", {"page": page, "form": form, "is_new": snippet is None}, status=status)
