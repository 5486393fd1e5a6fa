from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, cast
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ampersand.core.spoken import spoken_day
from ampersand.core.whole import whole
from ampersand.desk.evidence import evidence_of_promise
from ampersand.desk.pages.evidence import EvidencePage
from ampersand.desk.pages.forms import FormPage
from ampersand.desk.pages.promises import PromiseRow
from ampersand.desk.past_days import asked_day
from ampersand.desk.promise_acts import end_of_other_side, kinds_of_theirs, may_say_kind, side_of_member, speaker_for
from ampersand.desk.promise_forms import (
    LateForm,
    MoveForm,
    NameOverForm,
    TheirWordForm,
    WordingForm,
    say_for,
    wording_on_table,
)
from ampersand.desk.promise_page import promise_page
from ampersand.desk.promise_rows import other_side, promise_row, promise_rows, who_promised, words_of
from ampersand.desk.promises_page import Asked, further_promises, keeping_of, promises_page
from ampersand.members import access
from ampersand.members.models import Member
from ampersand.members.requests import MemberRequest
from ampersand.parties.models import Party
from ampersand.parties.speaking import Speaker
from ampersand.promises import actions, sorting, states
from ampersand.promises.kinds import Kind
from ampersand.promises.models import EventKind, Promise, PromiseEvent
from ampersand.promises.states import Position


@require_GET
def index(request: MemberRequest) -> HttpResponse:
    """What the member tends and promised; with `whose=everybody` all they may see. htmx adds further ones to a side."""
    told = request.GET
    day = asked_day(told, reads=False)
    asked = Asked(
        told.get("whose") == "everybody",
        ours=told.get("ours", ""),
        theirs=told.get("theirs", ""),
        on=day.on,
        has_figures="figures" in told,
    )
    if request.htmx and asked.further:
        with day.book():
            found = further_promises(request.user, asked, asked.further, at=day.at)
        context = {"promises": found, "today": day.today}
        return render(request, "desk/_promise_rows.html", context)
    if request.htmx and asked.has_figures:
        with day.book():
            keeping = keeping_of(request.user, asked, at=day.at)
        return render(request, "desk/_keeping.html", {"keeping": keeping})
    with day.book():
        page = promises_page(request.user, asked, at=day.at)
    return render(request, "desk/promises.html", {"page": replace(page, day=day.part(request))})


@require_GET
def show(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    """All that was said of one promise, what may be said of it now, what it leans on and what leans on it."""
    promise = access.fetch(Promise, promise_id, user=request.user)
    page = promise_page(promise, member=request.user, at=timezone.now())
    return render(request, "desk/promise.html", {"page": page})


@require_GET
def why(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    promise = access.fetch(Promise, promise_id, user=request.user)
    evidence = evidence_of_promise(promise, member=request.user, at=timezone.now())
    today = timezone.localdate()
    if request.htmx:
        return render(request, "desk/_evidence.html", {"evidence": evidence, "today": today})
    return render(request, "desk/evidence.html", {"page": EvidencePage(evidence=evidence, today=today)})


def _act(request: MemberRequest, promise_id: UUID, kind: EventKind, act: Callable[..., object]) -> HttpResponse:
    """Say one thing of a promise, with the words that came along, and show its row as it stands then.

    Not on the side that may say it: 403. Too late, for somebody was quicker: it is shown as they left it.
    """
    promise = access.fetch(Promise, promise_id, user=request.user, may=partial(_may_say, kind=kind))
    words = {"words": request.POST.get("words", "")} if kind in _WITH_WORDS else {}
    with suppress(actions.NotNow):
        act(promise, speaker=speaker_for(request.user, at=timezone.now()), **words)
    return _answer(request, promise)


_WITH_WORDS = frozenset({
    EventKind.SAID_DONE, EventKind.KEPT, EventKind.PARTLY, EventKind.NOT_KEPT, EventKind.RELEASED, EventKind.ASKED_RELEASE,
    EventKind.HELD_TO, EventKind.MOVE_REFUSED, EventKind.DECLINED, EventKind.WITHDRAWN,
})  # fmt: skip


def _may_say(promise: Promise, member: Member, *, kind: EventKind) -> bool:
    """Whether it stands on this member's side to say such a thing, now or at another time."""
    side = side_of_member(promise, member)
    return promise.withdrawn_at is None and any(step.said == kind and step.who is side for step in states.TABLE)


def _answer(request: MemberRequest, promise: Promise, *, said: str = "") -> HttpResponse:
    """The row as it stands then, with what was said; without script the page one came from."""
    if not request.htmx:
        return redirect(_where_from(request) or _page_of_promise(promise))
    row = _row_where_it_stands(request, promise)
    row = replace(row, said=said or row.said, is_in_hand=True)
    context = {"promise": row, "today": timezone.localdate()}
    return render(request, "desk/_promise_row.html", context)


def _where_from(request: MemberRequest) -> str:
    """The page of ours one came from, as an address without the host; empty where that is not known."""
    told = request.POST.get("back") or request.headers.get("Referer", "")
    told = told.removeprefix(f"{request.scheme}://{request.get_host()}")
    is_ours = told.startswith("/") and url_has_allowed_host_and_scheme(told, allowed_hosts=None)
    return told if is_ours else ""


def _row_where_it_stands(request: MemberRequest, promise: Promise) -> PromiseRow:
    """Its relationship says which of us promised; any other page says with whom."""
    promise = (
        Promise.objects.prefetch_related("events")
        .select_related("by__now", "to__now", "relationship")
        .get(pk=promise.pk)
    )
    here = str(request.htmx.current_url_abs_path or "").split("?")[0]
    today = timezone.localdate()
    if promise.relationship_id and here == reverse("desk:relationship", args=[promise.relationship_id]):
        return promise_row(promise, member=request.user, on=today, note=who_promised(promise))
    return promise_rows([promise], member=request.user, on=today)[0]


@require_POST
def accept(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    return _act(request, promise_id, EventKind.ACCEPTED, actions.accept)


@require_POST
def decline(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    return _act(request, promise_id, EventKind.DECLINED, actions.decline)


@require_POST
def withdraw(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    return _act(request, promise_id, EventKind.WITHDRAWN, actions.withdraw)


@require_POST
def confirm(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    return _act(request, promise_id, EventKind.CONFIRMED, actions.confirm_taken)


@require_POST
def say_kind(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    """Say what a promise of ours is about, where its words tell it wrongly; of one of theirs, write down what they said."""
    promise = access.fetch(Promise, promise_id, user=request.user, may=may_say_kind)
    kind = request.POST.get("kind", "")
    if kind not in Kind.values:
        raise Http404(kind)
    at = timezone.now()
    is_ours = promise.is_promised_by(request.user)
    speaker = speaker_for(request.user, at=at) if is_ours else Speaker.told(promise.by, by=request.user, at=at)
    sorting.say_kind(promise, kind, speaker=speaker)
    return redirect("desk:promise", promise.pk)


@require_POST
def say_done(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    return _act(request, promise_id, EventKind.SAID_DONE, actions.say_done)


@require_POST
def agree_day(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    return _act(request, promise_id, EventKind.MOVED, actions.agree_move)


@require_POST
def refuse_day(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    return _act(request, promise_id, EventKind.MOVE_REFUSED, actions.refuse_move)


@require_POST
def ask_release(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    return _act(request, promise_id, EventKind.ASKED_RELEASE, actions.ask_release)


@require_POST
def hold_to(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    return _act(request, promise_id, EventKind.HELD_TO, actions.hold_to)


@require_POST
def call_kept(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    return _act(request, promise_id, EventKind.KEPT, partial(actions.call, kind=EventKind.KEPT))


@require_POST
def call_partly(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    return _act(request, promise_id, EventKind.PARTLY, partial(actions.call, kind=EventKind.PARTLY))


@require_POST
def call_not_kept(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    return _act(request, promise_id, EventKind.NOT_KEPT, partial(actions.call, kind=EventKind.NOT_KEPT))


@require_POST
def release(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    return _act(request, promise_id, EventKind.RELEASED, actions.release)


@require_POST
def take_back(request: MemberRequest, event_id: UUID) -> HttpResponse:
    """Take back what one said of a promise oneself; where something was said since, it is shown as that left it."""
    event = access.fetch(PromiseEvent, event_id, user=request.user, may=PromiseEvent.may_be_taken_back)
    try:
        actions.take_back(event, speaker=speaker_for(request.user, at=timezone.now()))
    except actions.SaidSince:
        return _answer(request, event.promise, said=_("Something was said since, so it stays."))
    return _answer(request, event.promise, said=_("Taken back. It stands as before."))


@require_http_methods(["GET", "POST"])
def move(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    """Another day: agreed with them already, which is their word told by us; or proposed, and it waits for theirs."""
    promise = access.fetch(Promise, promise_id, user=request.user, may=_may_move)
    form = MoveForm(
        request.POST if request.method == "POST" else None,
        today=timezone.localdate(),
        may_tell=end_of_other_side(promise) is not None,
    )
    if request.method == "POST" and form.is_valid():
        with suppress(actions.NotNow):
            _move(promise, form.cleaned_data, member=request.user)
        return redirect(_back(request, promise))
    return _form_page(request, promise, form, title=_("Another day"), act=_("Move it"))


@whole
def _move(promise: Promise, told: dict[str, Any], *, member: Member) -> None:
    at, end = timezone.now(), end_of_other_side(promise)
    actions.propose_move(promise, due_on=told["due_on"], words=told["words"], speaker=speaker_for(member, at=at))
    if told["is_agreed"] and end is not None:
        actions.agree_move(promise, speaker=Speaker.told(end, by=member, at=at))


@require_http_methods(["GET", "POST"])
def late(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    """Its day has passed: say so, what happened, what instead and by when, in this order. The new day waits for their word."""
    promise = access.fetch(Promise, promise_id, user=request.user, may=_may_propose_day)
    form = LateForm(
        request.POST if request.method == "POST" else None,
        today=timezone.localdate(),
        is_late=promise.state(on=timezone.localdate()) == "late",
    )
    if request.method == "POST" and form.is_valid():
        with suppress(actions.NotNow):
            speaker = speaker_for(request.user, at=timezone.now())
            actions.propose_move(promise, due_on=form.cleaned_data["due_on"], words=form.said(), speaker=speaker)
        return redirect(_back(request, promise))
    return _form_page(request, promise, form, title=_("Say that the promise is late"), act=_("Say so"))


def _may_propose_day(promise: Promise, member: Member) -> bool:
    return _may_say(promise, member, kind=EventKind.MOVE_PROPOSED)


def _may_move(promise: Promise, member: Member) -> bool:
    return _may_propose_day(promise, member) or _may_say(promise, member, kind=EventKind.MOVE_COUNTERED)


@require_http_methods(["GET", "POST"])
def counter(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    """Other words for what is on the table; or what was meant by what they took as promised."""
    promise = access.fetch(Promise, promise_id, user=request.user, may=_may_counter)
    is_taken = promise.position() is Position.TAKEN
    form = WordingForm(
        request.POST if request.method == "POST" else None,
        initial=wording_on_table(promise),
        today=timezone.localdate(),
    )
    if request.method == "POST" and form.is_valid():
        act = actions.say_meant if is_taken else actions.counter
        with suppress(actions.NotNow):
            act(promise, form.wording(), speaker=speaker_for(request.user, at=timezone.now()))
        return redirect(_back(request, promise))
    title = _("Say what was meant") if is_taken else _("Answer with other words")
    return _form_page(request, promise, form, title=title, act=_("Say it"))


def _may_counter(promise: Promise, member: Member) -> bool:
    kinds = (EventKind.OFFERED, EventKind.COUNTERED, EventKind.MEANT)
    return any(_may_say(promise, member, kind=kind) for kind in kinds)


@require_http_methods(["GET", "POST"])
def their_word(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    """What the other side said of it, written down by a member: it stands as their word, told by us."""
    promise = access.fetch(Promise, promise_id, user=request.user, may=_may_tell)
    side = side_of_member(promise, request.user)
    kinds = kinds_of_theirs(promise.position(), side) if side else []
    today = timezone.localdate()
    form = TheirWordForm(
        request.POST if request.method == "POST" else None, kinds=kinds, initial=wording_on_table(promise), today=today
    )
    if request.method == "POST" and form.is_valid():
        end = cast(Party, end_of_other_side(promise))  # `_may_tell` asked for one
        with suppress(actions.NotNow):
            say_for(promise, form.cleaned_data, speaker=Speaker.told(end, by=request.user, at=timezone.now()))
        return redirect(_back(request, promise))
    return _form_page(request, promise, form, title=_("Write down their word"), act=_("Write it down"))


def _may_tell(promise: Promise, member: Member) -> bool:
    return end_of_other_side(promise) is not None and side_of_member(promise, member) is not None


@require_http_methods(["GET", "POST"])
def name_over(request: MemberRequest, promise_id: UUID) -> HttpResponse:
    """Who of us stands for what is promised in the house's name: handed over by who does, or taken over."""
    promise = access.fetch(Promise, promise_id, user=request.user, may=_may_name_over)
    form = NameOverForm(request.POST if request.method == "POST" else None, promise=promise, member=request.user)
    if request.method == "POST" and form.is_valid():
        with suppress(actions.NotNow):
            to, speaker = form.cleaned_data["to"], speaker_for(request.user, at=timezone.now())
            actions.name_over(promise, to, speaker=speaker)
        return redirect(_back(request, promise))
    return _form_page(request, promise, form, title=_("Another stands for it"), act=_("Name them"))


def _may_name_over(promise: Promise, member: Member) -> bool:
    return promise.by.is_house and promise.settled_at is None and promise.withdrawn_at is None


def _form_page(request: MemberRequest, promise: Promise, form: Form, *, title: str, act: str) -> HttpResponse:
    back = _back(request, promise)
    page = FormPage(
        title=title,
        act=act,
        says=capfirst(words_of(promise)),
        more=_for_whom(promise, today=timezone.localdate()),
        back_url=back,
        here=_page_of(back),
    )
    return render(request, "desk/form.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _back(request: MemberRequest, promise: Promise) -> str:
    return _where_from(request) or _page_of_promise(promise)


def _page_of_promise(promise: Promise) -> str:
    """The page it stands on among others: that of its relationship, where it has one."""
    if promise.relationship_id is None:
        return reverse("desk:promise", args=[promise.pk])
    return reverse("desk:relationship", args=[promise.relationship_id])


def _page_of(address: str) -> str:
    """The page of the rail an address belongs to: that of promises, unless one came from another that shows them."""
    if address.split("?")[0] == reverse("desk:today"):
        return "today"
    return "relationships" if address.startswith(reverse("desk:relationships")) else "promises"


def _for_whom(promise: Promise, *, today: date) -> str:
    """To whom it was promised, and for which day until now."""
    if promise.offered_at:
        return _("Between you and %(name)s. It waits for a word.") % {"name": other_side(promise)}
    if promise.due_on is None:
        return _("Promised to %(name)s, for no day yet.") % {"name": other_side(promise)}
    day = spoken_day(promise.due_on, today=today)
    return _("Promised to %(name)s for %(day)s.") % {"name": other_side(promise), "day": day}
