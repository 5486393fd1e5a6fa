"""What the pages of messages show, fetched and put into words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.desk.messages.pages import (
    EnclosedRow,
    GateRow,
    MessagePage,
    MessageRow,
    OutboxPage,
    ReceiverRow,
    SnippetRow,
    SnippetsPage,
    WritePage,
)
from ampersand.desk.terms_page import may_now
from ampersand.desk.terms_part import line_as_told
from ampersand.members.models import Member
from ampersand.members.outbox import goes_out
from ampersand.parties.models import Relationship
from ampersand.terms import actions as terms
from ampersand.terms.gate import Because
from ampersand.terms.lines import Kind
from ampersand.terms.messages.actions import CAN_BE_TRIED_AGAIN, NOT_GONE, attempt_of
from ampersand.terms.messages.models import Message, MessageQuerySet, Receiver, Role, Snippet, State
from ampersand.terms.models import Decision, Terms
from ampersand.terms.says import because_says
from ampersand.timeline.models import Moment

GONE_SHOWN = 50
OPEN_SHOWN = 200


def write_page(
    relationship: Relationship,
    *,
    member: Member,
    at: datetime,
    draft: Message | None = None,
    answers: Moment | None = None,
    promise: str = "",
) -> WritePage:
    """A new message, or a draft with what the gate says of each it goes to."""
    here = reverse("desk:write_message", args=[relationship.pk])
    return WritePage(
        title=_("Write to %(name)s") % {"name": relationship.party},
        name=str(relationship.party),
        relationship_url=reverse("desk:relationship", args=[relationship.pk]),
        goes_out=goes_out(),
        act_url=reverse("desk:draft", args=[draft.pk]) if draft else here,
        gate=gate_rows(draft, at=at) if draft else (),
        may=() if draft else may_now(relationship, member=member, at=at),
        files=_files(draft, is_draft=True) if draft else (),
        promise=promise,
        answers=answers.subject or str(answers) if answers else "",
        discard_url=reverse("desk:discard_message", args=[draft.pk]) if draft else "",
        tell_url="" if draft else reverse("desk:tell_touched", args=[relationship.pk]),
    )


def gate_rows(message: Message, *, at: datetime) -> tuple[GateRow, ...]:
    """What the gate would say of each it goes to, were it sent off now."""
    rows = []
    for receiver in message.receivers.select_related("party__now", "party__member").order_by("id"):
        if receiver.party.is_ours:
            rows.append(GateRow(str(receiver.party), may=True, because=_("One of us.")))
        else:
            ruling, _terms = terms.look(receiver.party, attempt_of(message, at=at), besides=receiver.pk)
            rows.append(GateRow(str(receiver.party), ruling.may, because_says(ruling.because), ruling.opens_at))
    return tuple(rows)


def message_page(message: Message, *, member: Member) -> MessagePage:
    """One message that was sent off, with what became of each copy."""
    receivers = _receivers([message.pk], member=member)
    is_mine = message.by_id == member.pk
    may_take_back = is_mine and any(one.state in NOT_GONE for one in receivers)
    return MessagePage(
        title=message.subject or _("Message without a subject"),
        name=str(message.relationship.party),
        relationship_url=reverse("desk:relationship", args=[message.relationship_id]),
        by=str(message.by or _("somebody who is no longer here")),
        words=message.words,
        purpose=str(message.get_purpose_display()),
        sent_off_at=message.sent_off_at,
        receivers=tuple(_receiver(one, is_mine=is_mine) for one in receivers),
        files=_files(message, is_draft=False),
        goes_out=goes_out(),
        moment_url=reverse("desk:moment", args=[message.moment_id]) if message.moment_id else "",
        take_back_url=reverse("desk:take_message_back", args=[message.pk]) if may_take_back else "",
    )


def outbox_page(member: Member) -> OutboxPage:
    """The member's own messages, by what became of them. Nobody sees a colleague's."""
    mine = Message.objects.visible_to(member).filter(by=member).select_related("relationship__party__now")
    under_way = _rows(mine, (State.WAITING, State.SENDING), member=member)
    return OutboxPage(
        drafts=_drafts(mine, member=member),
        waiting=under_way,
        held=_rows(mine, (State.HELD,), member=member),
        unsure=_rows(mine, (State.UNSURE,), member=member),
        refused=_rows(mine, (State.REFUSED,), member=member),
        gone=_rows(mine, (State.SENT, State.TAKEN_BACK), member=member, most=GONE_SHOWN),
        goes_out=goes_out(),
        snippets_url=reverse("desk:snippets"),
    )


def snippets_page(member: Member, *, title: str) -> SnippetsPage:
    return SnippetsPage(
        rows=tuple(
            SnippetRow(
                name=one.name,
                words=one.words,
                url=reverse("desk:snippet", args=[one.pk]),
                remove_url=reverse("desk:remove_snippet", args=[one.pk]),
            )
            for one in Snippet.objects.visible_to(member).order_by("name", "id")
        ),
        title=title,
        back_url=reverse("desk:messages"),
    )


def _drafts(mine: MessageQuerySet, *, member: Member) -> tuple[MessageRow, ...]:
    drafts = list(mine.drafts_of(member).order_by("-written_at", "-id")[:OPEN_SHOWN])
    named = _by_message(_receivers([one.pk for one in drafts], member=member))
    return tuple(
        MessageRow(
            subject=one.subject or _("Message without a subject"),
            url=reverse("desk:draft", args=[one.pk]),
            to=_names(named.get(one.pk, ())) or str(one.relationship.party),
            at=one.written_at,
        )
        for one in drafts
    )


def _rows(
    mine: MessageQuerySet, states: Sequence[str], *, member: Member, most: int = OPEN_SHOWN
) -> tuple[MessageRow, ...]:
    """Messages of which some copy is so, the newest first, with those copies."""
    of_these = mine.filter(sent_off_at__isnull=False, receivers__state__in=states).distinct()
    found = list(of_these.order_by("-sent_off_at", "-id")[:most])
    copies = _by_message(one for one in _receivers([one.pk for one in found], member=member) if one.state in states)
    return tuple(
        MessageRow(
            subject=one.subject or _("Message without a subject"),
            url=reverse("desk:message", args=[one.pk]),
            to=_names(copies[one.pk]),
            at=one.sent_off_at or one.written_at,
            receivers=tuple(_receiver(copy, is_mine=True) for copy in _to_tell_of(copies[one.pk])),
            take_back_url=reverse("desk:take_message_back", args=[one.pk])
            if any(copy.state in NOT_GONE for copy in copies[one.pk])
            else "",
        )
        for one in found
    )


def _to_tell_of(copies: Sequence[Receiver]) -> Sequence[Receiver]:
    """Of what went to everybody nothing more is to be told."""
    return () if all(one.state == State.SENT for one in copies) else copies


def _receivers(message_ids: Sequence[UUID], *, member: Member) -> list[Receiver]:
    told = Receiver.objects.filter(message__in=message_ids).select_related("party__now", "party__relationship")
    terms_seen = Terms.objects.visible_to(member).select_related("said_by__now", "told_by").prefetch_related("lines")
    decisions = Decision.objects.order_by("-at", "-id").prefetch_related(Prefetch("terms", terms_seen))
    return list(told.prefetch_related(Prefetch("decisions", decisions)).order_by("id"))


def _by_message(receivers: Iterable[Receiver]) -> dict[UUID, list[Receiver]]:
    found: dict[UUID, list[Receiver]] = {}
    for one in receivers:
        found.setdefault(one.message_id, []).append(one)
    return found


def _names(receivers: Iterable[Receiver]) -> str:
    return ", ".join(str(one.party) for one in receivers)


def _receiver(one: Receiver, *, is_mine: bool) -> ReceiverRow:
    state, today = State(one.state), timezone.localdate()
    decided = next(iter(one.decisions.all()), None)
    is_against = decided is not None and not decided.may
    may_again = is_mine and state in CAN_BE_TRIED_AGAIN
    return ReceiverRow(
        name=str(one.party),
        role=_("in copy") if one.role == Role.COPY else "",
        state=state.value,
        says=_says(state, one),
        because=_against(decided, today=today) if decided and is_against and state in NOT_GONE else "",
        at=one.goes_at if state == State.WAITING else one.ended_at,
        server_says=one.server_says if state != State.SENT else "",
        is_struck=state in (State.HELD, State.TAKEN_BACK),
        again_url=reverse("desk:try_message_again", args=[one.pk]) if may_again else "",
    )


def _against(decided: Decision, *, today: date) -> str:
    """Why the gate said no, with the line of theirs as they said it, where it was theirs."""
    says = because_says(decided.because)
    if decided.terms is None or decided.because not in (Because.CHOSEN, *Kind.values):
        return says
    return f"{says} {line_as_told(decided.terms, decided.because, today=today)}."


def _says(state: State, one: Receiver) -> str:
    if state == State.WAITING and one.server_says:
        return _("The mail server could not take it; it is tried again.")
    return {
        State.DRAFT: _("Being written."),
        State.WAITING: _("Waits to be sent."),
        State.HELD: _("Not sent."),
        State.SENDING: _("Going out now."),
        State.SENT: _("Sent."),
        State.UNSURE: _(
            "It may have gone: the connection broke before the mail server answered. Ask them before you send it again."
        ),
        State.REFUSED: _("The mail server did not take it."),
        State.TAKEN_BACK: _("Taken back before it went."),
    }[state]


def _files(message: Message, *, is_draft: bool) -> tuple[EnclosedRow, ...]:
    told = message.enclosures.select_related("file").order_by("id")
    return tuple(
        EnclosedRow(
            name=one.name,
            size=filesizeformat(one.file.size_bytes),
            leave_out_url=reverse("desk:leave_file_out", args=[one.pk]) if is_draft else "",
        )
        for one in told
    )
