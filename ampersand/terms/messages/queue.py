"""What waits goes, once. A copy is claimed for good before it is handed over; what died with it in hand may have gone.

The row of a copy stays locked while it is in hand, so a lock that is free means that nobody holds it any more: it is then said
to be unsure, and only its writer sends it again. Terms that are set meanwhile wait for the lock on their party, or are heeded.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ampersand.core import events
from ampersand.core.rooms import Room
from ampersand.members.models import House, Member
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party
from ampersand.terms.messages import actions, compose, post
from ampersand.terms.messages.models import Message, Receiver, Role, State
from ampersand.terms.messages.post import Answer, Outcome
from ampersand.terms.queries import the_same
from ampersand.timeline import actions as timeline
from ampersand.timeline.actions import Happening, Taker
from ampersand.timeline.models import Began, Mode, ParticipantRole, Telling

log = logging.getLogger(__name__)

# How long to wait after each time the server could not take it; after the last it is given up.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)
LONG_IN_HAND = timedelta(minutes=2)
AT_ONCE_MOST = 200


def send_due(*, clock: Callable[[], datetime] = timezone.now) -> int:
    """Send what is due, one copy after another, and say of what died in somebody's hand that it may have gone. Answers how many
    were taken in hand."""
    settle_dropped(at=clock())
    count = 0
    while count < AT_ONCE_MOST and (receiver_id := claim(at=clock())):
        count += 1
        try:
            carry(receiver_id, at=clock())
        except Exception:
            # Nobody knows how far it came: it is settled as unsure, and the others go all the same.
            log.exception("message.dropped")
    if count == AT_ONCE_MOST:
        actions.ask_to_send()
    return count


def claim(*, at: datetime) -> UUID | None:
    """Take the copy in hand that is due the longest; None when there is none. Two who claim at once never get the same."""
    with transaction.atomic():
        due = Receiver.objects.due(at).select_for_update(skip_locked=True).order_by("goes_at", "id").first()
        if due is None:
            return None
        due.state, due.claimed_at = State.SENDING, at
        due.save(update_fields=["state", "claimed_at"])
        return due.pk


def carry(receiver_id: UUID, *, at: datetime) -> State | None:
    """Ask the gate for a copy that was claimed, and hand it over. None where somebody else settled it meanwhile.

    In one transaction, in which its row and its party are locked: whoever says terms now waits until it has gone, and
    whoever said them before is heeded.
    """
    with transaction.atomic():
        held = Receiver.objects.filter(pk=receiver_id, state=State.SENDING).select_for_update(of=("self",))
        receiver = held.select_related("message__by", "message__answers__thread", "party__now").first()
        if receiver is None:
            return None
        message = receiver.message
        list(Party.objects.select_for_update(no_key=True).filter(pk__in=the_same(receiver.party)).order_by("pk"))
        if message.by is None or message.by.left_at is not None:
            # Nobody is here any more to whom an answer would come.
            receiver.state, receiver.goes_at = State.HELD, None
            receiver.save(update_fields=["state", "goes_at"])
            _record(receiver, at=at)
        elif actions.let_through(receiver, message, at=at):
            _set_down(receiver, post.hand_over(compose.compose(receiver, at=at)), at=at)
        else:
            _record(receiver, at=at)
        return State(receiver.state)


def settle_dropped(*, at: datetime) -> int:
    """Say of copies that were claimed and are in nobody's hand that they may have gone. Answers how many."""
    with transaction.atomic():
        dropped = Receiver.objects.filter(state=State.SENDING, claimed_at__lte=at - LONG_IN_HAND)
        ids = list(dropped.select_for_update(skip_locked=True).values_list("pk", flat=True))
        return Receiver.objects.filter(pk__in=ids).update(state=State.UNSURE)


def _set_down(receiver: Receiver, answer: Answer, *, at: datetime) -> None:
    receiver.server_says, receiver.goes_at = answer.says, None
    receiver.try_count += 1
    if answer.outcome == Outcome.LATER and receiver.try_count <= len(PAUSES):
        receiver.state, receiver.goes_at = State.WAITING, at + PAUSES[receiver.try_count - 1]
    else:
        receiver.state = {
            Outcome.SENT: State.SENT,
            Outcome.UNSURE: State.UNSURE,
        }.get(answer.outcome, State.REFUSED)
        receiver.ended_at = at
    receiver.save(update_fields=["state", "goes_at", "ended_at", "try_count", "server_says"])
    if receiver.state == State.SENT:
        _tell(receiver.message, at=at)
    _record(receiver, at=at)


def _tell(message: Message, *, at: datetime) -> None:
    """What has gone is a moment with those it went to, under its Message-ID: what an import brings of it joins up."""
    by, house = cast(Member, message.by), House.objects.get()
    sent = list(message.receivers.filter(state=State.SENT).select_related("party").order_by("id"))
    roles = {Role.TO.value: ParticipantRole.TO, Role.COPY.value: ParticipantRole.COPY}
    takers = [Taker(by.party, ParticipantRole.FROM), *(Taker(one.party, roles[one.role]) for one in sent)]
    references = compose.references_of(message)
    happening = Happening(
        mode=Mode.MAIL,
        happened_at=at,
        zone=by.time_zone or house.time_zone,
        takers=takers,
        key=f"{compose.PREFIX}{message.message_id}",
        began=Began.US,
        asks_answer=message.asks_answer,
        subject=message.subject,
        words=message.words,
        thread=message.answers.thread if message.answers else None,
        room=Room.BETWEEN,
        files=[(one.file, one.name) for one in message.enclosures.select_related("file").order_by("id")],
    )
    moment, _is_new = timeline.tell(happening, teller=Teller(at=at, by=by))
    for telling in Telling.objects.filter(key=happening.key, source=None, moment=moment):
        telling.said |= _as_mail(message, takers, references)
        telling.save(update_fields=["said"])
    if message.moment_id is None:
        message.moment = moment
        message.save(update_fields=["moment"])


def _as_mail(message: Message, takers: list[Taker], references: list[str]) -> dict[str, object]:
    """What the threads of mail are found by, as an import tells it of a mail."""
    return {
        "parties": [str(taker.party.pk) for taker in takers],
        "roles": [str(taker.role) for taker in takers],
        "references": references,
        "base": message.subject.removeprefix("Re: ").casefold(),
        "lists": [],
        "is_reply": bool(references),
        "is_blind": False,
        "is_public": False,
        "asks": message.asks_answer,
    }


def _record(receiver: Receiver, *, at: datetime) -> None:
    message = receiver.message
    events.record(
        f"message.{receiver.state}",
        at=at,
        by_id=message.by_id,
        subject_id=message.pk,
        relationship_ids=[message.relationship_id],
    )
