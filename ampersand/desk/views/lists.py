"""What is done with the list of relationships: its columns, saved searches, acts on many rows, and the table taken out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ampersand.desk.lists import columns, editing, out, out_later, searches
from ampersand.desk.lists.asked import Asked
from ampersand.desk.lists.forms import SearchForm
from ampersand.desk.models import ListEdit, SavedSearch
from ampersand.desk.pages.forms import FormPage
from ampersand.desk.pages.relationships import EditBar
from ampersand.desk.relationships import relationships_page
from ampersand.members import access, step_up
from ampersand.members.requests import MemberRequest
from ampersand.parties.details import NothingTold
from ampersand.parties.tags import NoWord

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_POST
def choose_columns(request: MemberRequest) -> HttpResponse:
    own = [f"{columns.DETAIL}{label}" for label in request.POST.getlist("label")]
    if columns.choose([*request.POST.getlist("column"), *own], by=request.user):
        said = _("The first %(most)d of them are shown: a row is to be read at one glance.")
        messages.info(request, said % {"most": columns.CHOSEN_MAX})
    return redirect(_back(request).url())


@require_http_methods(["GET", "POST"])
def save_search(request: MemberRequest) -> HttpResponse:
    """Save what the address asks for."""
    asked = Asked.read(request.GET)
    form = SearchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        searches.save(asked, **form.cleaned_data, by=request.user, at=timezone.now())
        return redirect(asked.url())
    page = FormPage(
        title=_("Save this search"),
        act=_("Save"),
        says=_("It stands above the list from now on, and finds whoever is like this then."),
        back_url=asked.url(),
        here="relationships",
    )
    return _form(request, page, form)


@require_http_methods(["GET", "POST"])
def change_search(request: MemberRequest, search_id: UUID) -> HttpResponse:
    saved = access.fetch(SavedSearch, search_id, user=request.user, may=SavedSearch.may_be_changed)
    told = {"name": saved.name, "is_shared": saved.shared_at is not None}
    form = SearchForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid():
        searches.change(saved, **form.cleaned_data, by=request.user, at=timezone.now())
        return redirect(Asked.read(saved.asked).url())
    page = FormPage(
        title=_("Change “%(name)s”") % {"name": saved.name},
        act=_("Keep"),
        back_url=Asked.read(saved.asked).url(),
        here="relationships",
    )
    return render(
        request,
        "desk/saved_search.html",
        {"page": page, "form": form, "remove_url": reverse("desk:remove_search", args=[saved.pk])},
        status=422 if form.errors else 200,
    )


@require_POST
def remove_search(request: MemberRequest, search_id: UUID) -> HttpResponse:
    saved = access.fetch(SavedSearch, search_id, user=request.user, may=SavedSearch.may_be_changed)
    searches.remove(saved, by=request.user, at=timezone.now())
    return redirect(Asked.read(saved.asked).url())


@require_POST
def edit(request: MemberRequest) -> HttpResponse:
    """Do one thing with the rows that were picked, or with all that the list finds."""
    asked, told, now = _back(request), _told(request), timezone.now()
    rows = request.POST.getlist("row")
    try:
        is_all = bool(request.POST.get("all"))
        chosen = editing.all_found(asked, by=request.user, at=now) if is_all else _picked(rows, request)
    except editing.TooMany as many:
        return _not_edited(request, asked, told, _too_many(many), wrong="row")
    if not chosen:
        return _not_edited(request, asked, told, _("Pick somebody first, with a click or with x."), wrong="row")
    if told.kind not in editing.Kind.values:
        return _not_edited(request, asked, told, _("Choose what to do with them."), wrong="row")
    try:
        done = editing.carry_out(told, chosen, by=request.user, at=now)
    except editing.TooMany as many:
        return _not_edited(request, asked, told, _too_many(many), wrong="row")
    except NoWord:
        return _not_edited(request, asked, told, _("Write the tag, such as fair 2026."), wrong="word")
    except NothingTold:
        wrong = "value" if told.label.strip() else "label"
        said = _("Write what the detail is called and what it says, such as region and North.")
        return _not_edited(request, asked, told, said, wrong=wrong)
    if done.kind == editing.Kind.FADE:
        _say_who_stays(request, len(chosen) - len(done.ended))
    url = asked.url()
    return redirect(f"{url}{'&' if '?' in url else '?'}did={done.pk}")


@require_POST
def keep_traces(request: MemberRequest) -> HttpResponse:
    """Keep the traces that were picked, on one page of them."""
    told = _ids(request.POST.getlist("row"))
    if not told:
        messages.info(request, _("Pick somebody first, with a click or with x."))
        return redirect("desk:traces")
    try:
        done = editing.keep_traces(told, by=request.user, at=timezone.now())
    except editing.TooMany as many:
        messages.info(request, _too_many(many))
        return redirect("desk:traces")
    if left := len(told) - len(done.made):
        words = ngettext(
            "One of them is in the book already, or is not yours to keep.",
            "%(number)d of them are in the book already, or are not yours to keep.",
            left,
        )
        messages.info(request, words % {"number": left})
    return redirect(f"{reverse('desk:traces')}?did={done.pk}")


def _say_who_stays(request: MemberRequest, stays: int) -> None:
    if stays:
        words = ngettext(
            "One stays: somebody else tends them, or something was written about them.",
            "%(number)d stay: somebody else tends them, or something was written about them.",
            stays,
        )
        messages.info(request, words % {"number": stays})


def _too_many(many: editing.TooMany) -> str:
    (number,) = many.args
    words = ngettext(
        "The list finds more than %(number)d. Narrow it, then do it again.",
        "The list finds more than %(number)d. Narrow it, then do it again.",
        number,
    )
    return words % {"number": number}


@require_POST
def undo(request: MemberRequest, edit_id: UUID) -> HttpResponse:
    """Undo such an act, and show the list as it stands then."""
    done = access.fetch(ListEdit, edit_id, user=request.user)
    stays = editing.undo(done, by=request.user, at=timezone.now())
    said = _("Undone. All is as it was before.")
    if stays:
        said = ngettext(
            "Undone, but for one that somebody changed since.",
            "Undone, but for %(number)d that somebody changed since.",
            stays,
        ) % {"number": stays}
    messages.info(request, said)
    url = reverse("desk:traces") if done.kind == editing.Kind.KEEP else Asked.read(request.GET).url()
    return HttpResponse(status=204, headers={"HX-Redirect": url}) if request.htmx else redirect(url)


@require_http_methods(["GET", "POST"])
@step_up.required
def take_out(request: MemberRequest) -> HttpResponseBase:
    """The list as a table: first which of the two kinds of file, then the file."""
    asked = Asked.read(request.GET)
    if request.method == "GET":
        return render(request, "desk/list_out.html", {"page": _out_page(asked)})
    name = _("relationships %(day)s") % {"day": timezone.localdate().isoformat()}
    if request.POST.get("kind") == "xlsx" and out_later.is_long(asked, member=request.user, at=timezone.now()):
        return redirect("desk:list_out_later", out_later.ask(asked, by=request.user, at=timezone.now()))
    table = out.take_out(asked, by=request.user, at=timezone.now())
    if request.POST.get("kind") == "xlsx":
        return FileResponse(out.as_xlsx(table), as_attachment=True, filename=f"{name}.xlsx", content_type=_XLSX)
    response = StreamingHttpResponse(out.as_csv(table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@require_GET
@step_up.required
def out_made(request: MemberRequest, made_id: UUID) -> HttpResponse:
    """How far a long table is, for whoever asked for it; then the way to it."""
    state = out_later.state_of(made_id, member=request.user, at=timezone.now())
    if state is None:
        raise Http404
    page = FormPage(title=_("Take the list out"), act="", back_url=reverse("desk:relationships"), here="relationships")
    told = {"page": page, "state": state, "url": reverse("desk:list_out_later", args=[made_id]), "made_id": made_id}
    return render(request, "desk/_list_out_later.html" if request.htmx else "desk/list_out_later.html", told)


@require_GET
@step_up.required
def fetch_made(request: MemberRequest, made_id: UUID) -> HttpResponseBase:
    path = out_later.find(made_id, member=request.user, at=timezone.now())
    if path is None:
        raise Http404
    called = _("relationships %(day)s") % {"day": timezone.localdate().isoformat()}
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{called}.xlsx", content_type=_XLSX)


def _out_page(asked: Asked) -> FormPage:
    return FormPage(
        title=_("Take the list out"),
        act="",
        says=_("You get what you see: who the list finds, in its order, with the columns you chose."),
        more=_("What leaves the house is in your hands. That you took it out is recorded, without what it holds."),
        back_url=asked.url(),
        here="relationships",
    )


def _back(request: MemberRequest) -> Asked:
    """What the list was asked for that a form stood in."""
    return Asked.read(QueryDict(request.POST.get("back", "").partition("?")[2]))


def _told(request: MemberRequest) -> editing.Told:
    told = {name: request.POST.get(name, "")[:11_000] for name in ("word", "label", "value")}
    return editing.Told(kind=request.POST.get("what", ""), **told)


def _picked(rows: Iterable[str], request: MemberRequest) -> list[UUID]:
    return editing.picked(_ids(rows), by=request.user)


def _ids(rows: Iterable[str]) -> list[UUID]:
    ids: dict[UUID, None] = {}
    for row in rows:
        try:
            ids[UUID(row)] = None
        except ValueError:
            continue
    return list(ids)


def _not_edited(request: MemberRequest, asked: Asked, told: editing.Told, error: str, *, wrong: str) -> HttpResponse:
    bar = EditBar(
        url=reverse("desk:edit_list"),
        back=asked.url(),
        word=told.word,
        label=told.label,
        value=told.value,
        error=error,
        wrong=wrong,
    )
    rows = set(request.POST.getlist("row"))
    page = relationships_page(asked, member=request.user, at=timezone.now(), picked=rows, edit=bar)
    return render(request, "desk/relationships.html", {"page": page}, status=422)


def _form(request: MemberRequest, page: FormPage, form: Any) -> HttpResponse:
    return render(request, "desk/form.html", {"page": page, "form": form}, status=422 if form.errors else 200)
