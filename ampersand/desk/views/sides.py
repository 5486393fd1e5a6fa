"""What matters to either side: lines written, said otherwise, shared, withdrawn and answered by us."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ampersand.desk.names import as_now, same_relationships, short_name
from ampersand.desk.negotiations.speaking import side
from ampersand.desk.pages.forms import FormPage
from ampersand.desk.sides import LineForm, WordsForm, matters_of, sides_page, writing_of
from ampersand.members import access
from ampersand.members.models import House, Member
from ampersand.members.requests import MemberRequest
from ampersand.parties import sides
from ampersand.parties.models import LineKind, Relationship, SideLine
from ampersand.parties.speaking import Speaker

_REFUSED = (sides.NotYoursToSay, sides.NothingSaid, sides.NoLongerStands)


@require_GET
def show(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    """Both sides, all of it."""
    relationship = as_now(access.fetch(Relationship, relationship_id, user=request.user))
    return render(
        request, "desk/sides.html", {"page": sides_page(relationship, member=request.user, at=timezone.now())}
    )


@require_POST
def write_theirs(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    """Their word, told by us."""
    return _write(request, relationship_id, "theirs")


@require_POST
def write_ours(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    return _write(request, relationship_id, "ours")


@require_POST
def write_wonder(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    return _write(request, relationship_id, "wonder")


@require_http_methods(["GET", "POST"])
def change(request: MemberRequest, line_id: UUID) -> HttpResponse:
    line = access.fetch(SideLine, line_id, user=request.user, may=SideLine.may_be_written)
    form = WordsForm(request.POST if request.method == "POST" else None, initial={"words": line.words})
    if request.method == "POST" and form.is_valid():
        try:
            sides.change(line, words=form.cleaned_data["words"], speaker=_speaker(line, request.user))
        except _REFUSED as error:
            form.add_error("words", str(error))
        else:
            return _back(line)
    page = FormPage(
        title=_("Say it otherwise"),
        act=_("Keep"),
        says=line.words,
        more=_change_says(line),
        back_url=_relationship_url(line),
        here="relationships",
    )
    shown: dict[str, Any] = {"page": page, "form": form}
    return render(request, "desk/form.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def share(request: MemberRequest, line_id: UUID) -> HttpResponse:
    """What the other side will read, exactly; then, by a tap, they do."""
    line = access.fetch(SideLine, line_id, user=request.user, may=SideLine.may_be_shared)
    if request.method == "POST":
        _tried(request, lambda: sides.share(line, speaker=_speaker(line, request.user)))
        return _back(line)
    shown: dict[str, Any] = {
        "line": line,
        "kind": line.get_kind_display(),
        "name": short_name(line.relationship.party),
        "house": House.objects.get().name,
        "back_url": _relationship_url(line),
        "today": timezone.localdate(),
        "page": {"here": "relationships"},
    }
    return render(request, "desk/line_share.html", shown)


@require_POST
def withdraw(request: MemberRequest, line_id: UUID) -> HttpResponse:
    line = access.fetch(SideLine, line_id, user=request.user, may=SideLine.may_be_written)
    _tried(request, lambda: sides.withdraw(line, speaker=_speaker(line, request.user)))
    return _after(request, line)


@require_POST
def answered(request: MemberRequest, line_id: UUID) -> HttpResponse:
    """What one of us learnt: by a tap, or in words. The answer is kept with who wrote it and when."""
    line = access.fetch(SideLine, line_id, user=request.user, may=SideLine.may_be_answered)
    words = request.POST.get("words", "").replace("\x00", "")
    we = side(is_ours=True, theirs=line.relationship.party, member=request.user, at=timezone.now())
    _tried(request, lambda: sides.answer(line, words=words, speaker=we))
    return _after(request, line, in_hand=line.pk)


def _write(request: MemberRequest, relationship_id: UUID, key: str) -> HttpResponse:
    relationship = as_now(access.fetch(Relationship, relationship_id, user=request.user, may=_may_write))
    form = LineForm(request.POST, is_wonder=key == "wonder")
    if not form.is_valid():
        return _wrong(request, relationship, key, str(next(iter(form.errors.values()))[0]))
    speaker = side(is_ours=key != "theirs", theirs=relationship.party, member=request.user, at=timezone.now())
    try:
        line = sides.tell(
            relationship,
            kind=form.cleaned_data.get("kind", LineKind.WONDER),
            words=form.cleaned_data["words"],
            is_quote=form.cleaned_data["is_quote"],
            speaker=speaker,
        )
    except _REFUSED as error:
        return _wrong(request, relationship, key, str(error))
    return _after(request, line, in_hand=line.pk)


def _wrong(request: MemberRequest, relationship: Relationship, key: str, error: str) -> HttpResponse:
    """What was typed, with what has to be put right beside it: in place, or without script on the page of both sides."""
    typed = {"kind": request.POST.get("kind", ""), "words": request.POST.get("words", "")[: sides.LONGEST_WORDS]}
    writing = writing_of(relationship, request.user, wrong=key, error=error, **typed)
    if request.htmx:
        return _fragment(request, relationship, is_wonder=key == "wonder", status=422, writing=writing)
    page = sides_page(relationship, member=request.user, at=timezone.now(), writing=writing)
    return render(request, "desk/sides.html", {"page": page}, status=422)


def _after(request: MemberRequest, line: SideLine, *, in_hand: UUID | None = None) -> HttpResponse:
    """The part as it stands then; without script the page of the relationship, or of both sides where one came from there."""
    if request.htmx:
        relationship = as_now(line.relationship)
        return _fragment(request, relationship, is_wonder=line.kind == LineKind.WONDER, in_hand=in_hand)
    return _back(line)


def _fragment(
    request: MemberRequest, relationship: Relationship, *, is_wonder: bool, status: int = 200, **more: Any
) -> HttpResponse:
    same = same_relationships(relationship)
    part = matters_of(relationship, same, member=request.user, at=timezone.now(), **more)
    shown: dict[str, Any] = {
        "part": part,
        "today": timezone.localdate(),
        "live": True,
        "more_url": reverse("desk:sides", args=[relationship.pk]),
    }
    template = "between/_wondered.html" if is_wonder else "between/_matters.html"
    return render(request, template, shown, status=status)


def _tried(request: MemberRequest, act: Callable[[], object]) -> None:
    try:
        act()
    except _REFUSED as error:
        messages.warning(request, str(error))


def _speaker(line: SideLine, member: Member) -> Speaker:
    theirs = line.of or line.relationship.party
    return side(is_ours=line.is_ours, theirs=theirs, member=member, at=timezone.now())


def _change_says(line: SideLine) -> str:
    name = {"name": short_name(line.relationship.party)}
    if not line.is_ours:
        return (
            _("It stands as their word, told by you. %(name)s can read it on their own page, and put it right.") % name
        )
    if line.is_shared:
        return _("%(name)s reads what you write here, in place of what stands above.") % name
    return _("Only we read it until one of us shares it.")


def _back(line: SideLine) -> HttpResponse:
    return redirect(_relationship_url(line) + ("#wondered" if line.kind == LineKind.WONDER else "#matters"))


def _relationship_url(line: SideLine) -> str:
    return reverse("desk:relationship", args=[as_now(line.relationship).pk])


def _may_write(relationship: Relationship, member: Member) -> bool:
    return relationship.party.may_be_tended(member)
