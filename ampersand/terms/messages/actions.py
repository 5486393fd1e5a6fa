"""What is done with a message until it goes: written, its files enclosed, looked at, sent off, taken back, tried again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from ampersand.core import erasure, events, jobs
from ampersand.core.history import forget_past
from ampersand.core.ids import new_id
from ampersand.core.models import File
from ampersand.core.whole import whole
from ampersand.members.models import Member
from ampersand.parties.models import Relationship
from ampersand.terms import actions as terms
from ampersand.terms.attempt import Attempt, Purpose
from ampersand.terms.messages import rules
from ampersand.terms.messages.models import Enclosure, Message, Receiver, Role, State
from ampersand.terms.messages.rules import CannotGo, To
from ampersand.timeline.models import Mode, Moment

SEND = "ampersand.terms.tasks.send_waiting"
NOT_GONE = (State.DRAFT, State.WAITING, State.HELD)
CAN_BE_TRIED_AGAIN = (State.HELD, State.REFUSED, State.UNSURE)


class NotYourMessage(PermissionError):
    """Only its writer writes, sends off and takes back a message."""


class GoneAlready(ValueError):
    """What has gone cannot be taken back."""


@dataclass(frozen=True)
class Written:
    """What a member has written, as far as they have come."""

    subject: str
    words: str
    purpose: str
    to: Sequence[To]
    ground: str = ""
    topics: str = ""
    promise_id: UUID | None = None
    answers: Moment | None = None
    asks_answer: bool = False


@whole
def write(
    relationship: Relationship,
    written: Written,
    *,
    by: Member,
    at: datetime,
    draft: Message | None = None,
    as_id: UUID | None = None,
) -> Message:
    """Keep what a member is writing: a new draft, or what stands in one of theirs by now. Only they see it.

    `as_id` is what a new one is to be called by: a page that is sent twice makes one, and IntegrityError of the second.
    Raises NotYourMessage for a draft of somebody else's or one that was sent off, NotTheirAddress, CannotGo.
    """
    rules.refuse_strangers(written.to, by=by)
    message = _locked(draft, by=by) if draft else _new(relationship, by=by, at=at, pk=as_id or new_id())
    message.subject = _on_one_line(written.subject)[:300]
    message.words = written.words.replace("\r\n", "\n").replace("\x00", "").strip()[: rules.LONGEST_WORDS]
    message.purpose = Purpose(written.purpose)
    message.ground = written.ground if message.purpose == Purpose.NOTICE else ""
    message.topics = _on_one_line(written.topics)[:300]
    message.promise_id, message.answers = written.promise_id, written.answers
    message.asks_answer = written.asks_answer
    message.save(force_insert=draft is None)
    _forget_receivers(message)
    named = _each_once(written.to)
    # In the order they were named in: ids made at once are in no order.
    ids = sorted(new_id() for _ in named)
    Receiver.objects.bulk_create(
        Receiver(
            pk=pk, message=message, party=one.party, address=one.address, role=Role(one.role), why=_on_one_line(one.why)
        )
        for pk, one in zip(ids, named, strict=True)
    )
    return message


@whole
def enclose(message: Message, file: File, *, name: str, by: Member) -> Enclosure:
    """Have a file go with a draft. Raises CannotGo where all of them together are more than mail servers take."""
    locked = _locked(message, by=by)
    held = list(Enclosure.objects.filter(message=locked).select_related("file"))
    if sum(one.file.size_bytes for one in held) + file.size_bytes > rules.MOST_FILE_BYTES:
        raise CannotGo(_("The files are more than 18 MB together, which most mail servers refuse. Leave one out."))
    plain = _on_one_line(name)[:300] or str(_("file"))
    return Enclosure.objects.get_or_create(message=locked, file=file, name=plain)[0]


@whole
def leave_out(enclosure: Enclosure, *, by: Member) -> None:
    """Take a file out of a draft."""
    _locked(enclosure.message, by=by)
    erasure.let_go_of_files([enclosure.file_id])
    enclosure.delete()


@whole
def discard(message: Message, *, by: Member) -> None:
    """Throw a draft away, with what it said before: it was never said to anybody."""
    locked = _locked(message, by=by)
    erasure.let_go_of_files(locked.enclosures.values_list("file_id", flat=True))
    _forget_receivers(locked)
    locked.delete()
    forget_past(Message, [message.pk])


@whole
def send_off(message: Message, *, by: Member, at: datetime) -> Message:
    """Send a draft off: each it goes to is asked for at the gate. Who may be reached now gets it at once, who may be reached
    later gets it then, and the others are not written to.

    Raises NotYourMessage, CannotGo. Sent off twice, it is sent off once.
    """
    locked = Message.objects.select_for_update().get(pk=message.pk)
    if locked.by_id == by.pk and locked.sent_off_at is not None:
        return locked
    locked = _locked(message, by=by)
    receivers = list(locked.receivers.select_related("party").order_by("id"))
    rules.refuse_unready(locked, receivers, by=by)
    rules.refuse_strangers([To(one.party, one.address) for one in receivers], by=by)
    locked.sent_off_at = at
    locked.save(update_fields=["sent_off_at"])
    for receiver in receivers:
        _let_in(receiver, locked, at=at)
    _record("message.sent_off", locked, by=by, at=at)
    return locked


@whole
def tell_those_it_touches(
    relationship: Relationship,
    *,
    subject: str,
    words: str,
    to: Sequence[To],
    by: Member,
    at: datetime,
    topics: str = "",
    together_id: UUID | None = None,
) -> list[Message]:
    """Tell a change that concerns them to people named one by one, each with why. Each gets a letter of their own.

    It is for a change that concerns them and for nothing else, so that it can never be promotion; each passes the gate by
    itself. `together_id` is what all of it is called by: sent twice it goes once. Raises CannotGo, NotTheirAddress.
    """
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)
    together_id = together_id or new_id()
    if told := list(Message.objects.filter(together_id=together_id, by=by).order_by("id")):
        return told
    named = _each_once(to)
    if not named:
        raise CannotGo(_("Tick at least one person it touches."))
    if len(named) > rules.MOST_TOUCHED:
        raise CannotGo(
            _("Tell at most %(count)d people at once, each for a reason of their own.") % {"count": rules.MOST_TOUCHED}
        )
    if any(not one.why.strip() for one in named):
        raise CannotGo(_("Say for each of them why it touches them. They will read it."))
    if any(one.party.is_ours for one in named):
        raise CannotGo(_("Colleagues are told another way: this is for people outside."))
    messages = []
    for one in named:
        alone = Written(subject, words, Purpose.CONCERNS, [To(one.party, one.address, why=one.why)], topics=topics)
        theirs = Relationship.objects.filter(party=one.party).first() or relationship
        message = write(theirs, alone, by=by, at=at)
        message.together_id = together_id
        message.save(update_fields=["together_id"])
        messages.append(send_off(message, by=by, at=at))
    return messages


@whole
def take_back(message: Message, *, by: Member, at: datetime) -> int:
    """Take back what has not gone yet. Answers from how many. Raises NotYourMessage, and GoneAlready where all has gone."""
    locked = Message.objects.select_for_update().get(pk=message.pk)
    if locked.by_id != by.pk:
        raise NotYourMessage(message)
    waiting = Receiver.objects.filter(message=locked, state__in=NOT_GONE)
    count = waiting.update(state=State.TAKEN_BACK, goes_at=None, ended_at=at)
    if not count:
        raise GoneAlready(_("It has gone already, or was taken back before."))
    if not Receiver.objects.filter(message=locked).exclude(state=State.TAKEN_BACK).exists():
        locked.taken_back_at = at
        locked.save(update_fields=["taken_back_at"])
    _record("message.taken_back", locked, by=by, at=at)
    return count


@whole
def try_again(receiver: Receiver, *, by: Member, at: datetime) -> Receiver:
    """Ask the gate again for somebody who was held, whom the mail server refused, or whom it may have reached.

    Only its writer may, and only by hand: nothing that may have gone goes twice by itself. Raises NotYourMessage, GoneAlready.
    """
    locked = Receiver.objects.select_for_update(of=("self",)).select_related("message", "party").get(pk=receiver.pk)
    if locked.message.by_id != by.pk:
        raise NotYourMessage(receiver)
    if locked.state not in CAN_BE_TRIED_AGAIN:
        raise GoneAlready(_("It has gone, or waits to go."))
    locked.try_count, locked.ended_at, locked.server_says = 0, None, ""
    _let_in(locked, locked.message, at=at)
    _record("message.tried_again", locked.message, by=by, at=at)
    return locked


def let_through(receiver: Receiver, message: Message, *, at: datetime) -> bool:
    """Ask the gate for one receiver. Where it may not go now, set down that it waits, until when, or that it is held.

    Colleagues need no gate.
    """
    if receiver.party.is_ours:
        return True
    decision = terms.ask_gate(receiver.party, attempt_of(message, at=at), receiver_id=receiver.pk)
    if not decision.may:
        receiver.goes_at = decision.opens_at
        receiver.state = State.WAITING if decision.opens_at else State.HELD
        receiver.save(update_fields=["state", "goes_at"])
    return decision.may


def ask_to_send() -> None:
    """Have what is due sent soon."""
    jobs.defer(SEND, lock=SEND)


def attempt_of(message: Message, *, at: datetime) -> Attempt:
    """What the gate is asked for a message at a time."""
    topics = tuple(word for topic in message.topics.split(",") if (word := topic.strip()))
    return Attempt(
        mode=Mode.MAIL,
        purpose=message.purpose,
        at=at,
        by_id=message.by_id or UUID(int=0),
        topics=topics,
        ground=message.ground,
    )


def _forget_receivers(message: Message) -> None:
    """Take those out whom a draft is to, as if they had never been named."""
    ids = list(message.receivers.values_list("pk", flat=True))
    Receiver.objects.filter(pk__in=ids).delete()
    forget_past(Receiver, ids)


def _let_in(receiver: Receiver, message: Message, *, at: datetime) -> None:
    """Queue what goes to one receiver, as the gate says."""
    if let_through(receiver, message, at=at):
        receiver.state, receiver.goes_at = State.WAITING, at
        ask_to_send()
    receiver.save(update_fields=["state", "goes_at", "try_count", "ended_at", "server_says"])


def _new(relationship: Relationship, *, by: Member, at: datetime, pk: UUID) -> Message:
    return Message(pk=pk, relationship=relationship, by=by, written_at=at, message_id=f"{pk.hex}@{_domain()}")


def _each_once(to: Sequence[To]) -> list[To]:
    """Each in the first part they are named in."""
    found: dict[UUID, To] = {}
    for one in to:
        found.setdefault(one.party.pk, one)
    return list(found.values())


def _on_one_line(words: str) -> str:
    return " ".join(words.replace("\x00", "").split())


def _domain() -> str:
    """Where its Message-ID is from: the domain of the house's sender."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2].lower() or "localhost"


def _locked(message: Message, *, by: Member) -> Message:
    locked = Message.objects.select_for_update().filter(pk=message.pk).first()
    if locked is None or not locked.may_be_written(by):
        raise NotYourMessage(message)
    return locked


def _record(name: str, message: Message, *, by: Member, at: datetime) -> None:
    events.record(name, at=at, by_id=by.pk, subject_id=message.pk, relationship_ids=[message.relationship_id])
