"""Writing messages, and what became of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ampersand.channels.mail import asks
from ampersand.core import files
from ampersand.core.ids import new_id
from ampersand.desk.messages import people
from ampersand.desk.messages.forms import MessageForm
from ampersand.desk.messages.showing import message_page, outbox_page, write_page
from ampersand.desk.names import as_now
from ampersand.members import access
from ampersand.members.models import Member
from ampersand.members.requests import MemberRequest
from ampersand.parties.models import Party, Relationship
from ampersand.promises.models import Promise
from ampersand.terms.messages import actions
from ampersand.terms.messages.actions import GoneAlready, Written
from ampersand.terms.messages.models import Enclosure, Message, Receiver, Role, Snippet
from ampersand.terms.messages.rules import CannotGo
from ampersand.timeline.models import Mode, Moment, ParticipantRole


@require_GET
def index(request: MemberRequest) -> HttpResponse:
    return render(request, "desk/messages.html", {"page": outbox_page(request.user)})


@require_http_methods(["GET", "POST"])
def write(request: MemberRequest, relationship_id: UUID) -> HttpResponse:
    """A new message: `answer` is the mail it answers (`all` for everybody in it), `promise` the promise it is about."""
    relationship = as_now(access.fetch(Relationship, relationship_id, user=request.user))
    answers, promise = _answered(request), _promised(request)
    if request.method == "GET":
        shown = people.candidates(relationship, member=request.user, answers=answers)
        form = MessageForm(shown=shown, member=request.user, initial=_initial(request, relationship, shown, answers))
        return _page(request, relationship, form=form, as_id=new_id(), answers=answers, promise=promise)
    # Writing to somebody asks more than seeing them.
    access.fetch(Relationship, relationship.pk, user=request.user, may=_may_write)
    as_id = _uuid(request.POST.get("as_id", "")) or new_id()
    known = Message.objects.visible_to(request.user).filter(pk=as_id, by=request.user).first()
    if known is not None:
        return _keep(request, known) if known.is_draft else redirect("desk:message", known.pk)
    return _begin(request, relationship, as_id=as_id, answers=answers, promise=promise)


@require_http_methods(["GET", "POST"])
def draft(request: MemberRequest, message_id: UUID) -> HttpResponse:
    message = access.fetch(Message, message_id, user=request.user, may=Message.may_be_written)
    if request.method == "POST":
        return _keep(request, message)
    shown = people.candidates(message.relationship, member=request.user, answers=message.answers, draft=message)
    return _page(
        request,
        message.relationship,
        form=MessageForm(shown=shown, member=request.user, initial=_as_written(message)),
        draft=message,
    )


@require_GET
def answer(request: MemberRequest, moment_id: UUID) -> HttpResponse:
    """To the page on which a mail is answered: that of the relationship with who wrote it."""
    moment = access.fetch(Moment, moment_id, user=request.user)
    known = Relationship.objects.visible_to(request.user)
    ids = list(moment.participants.filter(role=ParticipantRole.FROM).values_list("party_id", flat=True))
    ids += list(
        moment.participants.exclude(role=ParticipantRole.FROM).order_by("id").values_list("party_id", flat=True)
    )
    heads = {party.pk: party.now_id or party.pk for party in Party.objects.outside().filter(pk__in=ids)}
    with_them = {one.party_id: one for one in known.filter(party__in=heads.values())}
    relationship = next((with_them[heads[pk]] for pk in ids if heads.get(pk) in with_them), None)
    if moment.mode != Mode.MAIL or relationship is None:
        raise Http404
    more = "&all=1" if request.GET.get("all") else ""
    return redirect(f"{reverse('desk:write_message', args=[relationship.pk])}?answer={moment.pk}{more}")


@require_GET
def show(request: MemberRequest, message_id: UUID) -> HttpResponse:
    message = access.fetch(Message, message_id, user=request.user)
    if message.is_draft:
        return redirect("desk:draft", message.pk)
    return render(request, "desk/message.html", {"page": message_page(message, member=request.user)})


@require_POST
def take_back(request: MemberRequest, message_id: UUID) -> HttpResponse:
    message = access.fetch(Message, message_id, user=request.user, may=Message.may_be_taken_back)
    try:
        count = actions.take_back(message, by=request.user, at=timezone.now())
    except GoneAlready as error:
        messages.info(request, str(error))
    else:
        words = ngettext("It is taken back from one person.", "It is taken back from %(count)d people.", count)
        messages.info(request, words % {"count": count})
    return redirect("desk:message", message.pk)


@require_POST
def try_again(request: MemberRequest, receiver_id: UUID) -> HttpResponse:
    receiver = access.fetch(Receiver, receiver_id, user=request.user, may=_may_try_again)
    try:
        actions.try_again(receiver, by=request.user, at=timezone.now())
    except GoneAlready as error:
        messages.info(request, str(error))
    return redirect("desk:message", receiver.message_id)


@require_POST
def discard(request: MemberRequest, message_id: UUID) -> HttpResponse:
    message = access.fetch(Message, message_id, user=request.user, may=Message.may_be_written)
    actions.discard(message, by=request.user)
    messages.info(request, _("The draft is thrown away."))
    return redirect("desk:messages")


@require_POST
def leave_out(request: MemberRequest, enclosure_id: int) -> HttpResponse:
    enclosure = access.fetch(Enclosure, enclosure_id, user=request.user, may=_may_leave_out)
    actions.leave_out(enclosure, by=request.user)
    return redirect("desk:draft", enclosure.message_id)


def _begin(
    request: MemberRequest, relationship: Relationship, *, as_id: UUID, answers: Moment | None, promise: Promise | None
) -> HttpResponse:
    """Keep a new message as a draft, and go on as with any."""
    shown = people.candidates(relationship, member=request.user, answers=answers)
    form = MessageForm(request.POST, request.FILES, shown=shown, member=request.user)
    if form.is_valid():
        written = _written(form, answers=answers, promise_id=promise.pk if promise else None)
        try:
            message = _hold(request, relationship, written, form, as_id=as_id)
        except CannotGo as error:
            form.add_error(None, str(error))
        except IntegrityError:
            # The page was sent twice at once: the other one holds it.
            return redirect("desk:message", as_id)
        else:
            return _go_on(request, message, form)
    return _page(request, relationship, form=form, as_id=as_id, answers=answers, promise=promise)


def _keep(request: MemberRequest, message: Message) -> HttpResponse:
    """Keep what stands in a draft by now."""
    shown = people.candidates(message.relationship, member=request.user, answers=message.answers, draft=message)
    form = MessageForm(request.POST, request.FILES, shown=shown, member=request.user)
    if form.is_valid():
        written = _written(form, answers=message.answers, promise_id=message.promise_id)
        try:
            message = _hold(request, message.relationship, written, form, draft=message)
        except CannotGo as error:
            form.add_error(None, str(error))
        else:
            return _go_on(request, message, form)
    return _page(request, message.relationship, form=form, draft=message)


def _hold(
    request: MemberRequest,
    relationship: Relationship,
    written: Written,
    form: MessageForm,
    *,
    draft: Message | None = None,
    as_id: UUID | None = None,
) -> Message:
    """Keep the draft with its new files, or nothing of it."""
    at = timezone.now()
    with transaction.atomic():
        message = actions.write(relationship, written, by=request.user, at=at, draft=draft, as_id=as_id)
        for told in form.cleaned_data["enclosed"]:
            kept = files.keep(told.file, at=at, media_type=told.content_type or "")
            actions.enclose(message, kept, name=told.name, by=request.user)
    return message


def _go_on(request: MemberRequest, message: Message, form: MessageForm) -> HttpResponse:
    """Send it off where that was asked for; what is missing is said on the page of the draft."""
    if request.POST.get("act") != "send":
        return redirect("desk:draft", message.pk)
    try:
        actions.send_off(message, by=request.user, at=timezone.now())
    except CannotGo as error:
        form.add_error(None, str(error))
        return _page(request, message.relationship, form=form, draft=message)
    return redirect("desk:message", message.pk)


def _written(form: MessageForm, *, answers: Moment | None, promise_id: UUID | None) -> Written:
    told = form.cleaned_data
    words = told["words"]
    snippet: Snippet | None = told["snippet"]
    if form.data.get("act") == "insert" and snippet is not None:
        words = f"{words.rstrip()}\n\n{snippet.words}" if words.strip() else snippet.words
    to = people.as_to(told["to"], form.shown, role=Role.TO)
    copies = people.as_to([*told["copy_to"], *told["also"]], form.shown, role=Role.COPY)
    return Written(
        subject=told["subject"],
        words=words,
        purpose=told["purpose"],
        ground=told["ground"],
        topics=told["topics"],
        to=[*to, *copies],
        answers=answers,
        promise_id=promise_id,
        asks_answer=asks.asks(words)[0],
    )


def _page(
    request: MemberRequest,
    relationship: Relationship,
    *,
    form: MessageForm,
    draft: Message | None = None,
    as_id: UUID | None = None,
    answers: Moment | None = None,
    promise: Promise | None = None,
) -> HttpResponse:
    if draft is not None:
        answers, promise = draft.answers, _promise(request.user, draft.promise_id)
    page = write_page(
        relationship,
        member=request.user,
        at=timezone.now(),
        draft=draft,
        answers=answers,
        promise=promise.words if promise else "",
    )
    shown = {"page": page, "form": form, "as_id": as_id}
    return render(request, "desk/message_write.html", shown, status=422 if form.is_bound and form.errors else 200)


def _initial(
    request: MemberRequest, relationship: Relationship, shown: list[people.Candidate], answers: Moment | None
) -> dict[str, Any]:
    if answers is None:
        party_ids = {relationship.party_id}
        first = next((one.value for one in shown if {one.party.pk, one.party.now_id} & party_ids), None)
        return {"to": [first] if first else []}
    to, copies = people.answering(answers, shown, member=request.user, is_to_all=bool(request.GET.get("all")))
    return {"to": to, "copy_to": copies, "subject": f"Re: {answers.subject}", "purpose": "answer"}


def _as_written(message: Message) -> dict[str, Any]:
    return {
        "to": people.chosen(message, role=Role.TO),
        "copy_to": people.chosen(message, role=Role.COPY),
        **{name: getattr(message, name) for name in ("subject", "words", "purpose", "ground", "topics")},
    }


def _answered(request: MemberRequest) -> Moment | None:
    moment_id = _uuid(request.GET.get("answer", ""))
    seen = Moment.objects.visible_to(request.user).filter(mode=Mode.MAIL)
    return seen.filter(pk=moment_id).first() if moment_id else None


def _promised(request: MemberRequest) -> Promise | None:
    return _promise(request.user, _uuid(request.GET.get("promise", "")))


def _promise(member: Member, promise_id: UUID | None) -> Promise | None:
    return Promise.objects.visible_to(member).filter(pk=promise_id).first() if promise_id else None


def _uuid(told: str) -> UUID | None:
    try:
        return UUID(told)
    except ValueError:
        return None


def _may_write(relationship: Relationship, member: Member) -> bool:
    return relationship.party.may_be_tended(member)


def _may_try_again(receiver: Receiver, member: Member) -> bool:
    return receiver.message.by_id == member.pk


def _may_leave_out(enclosure: Enclosure, member: Member) -> bool:
    return enclosure.message.may_be_written(member)
