"""Messages of the demo house: sent, answered, waiting, held and being written, each through the gate as any other.

What was sent was sent on a day on which the two met anyway, so that nothing about their rhythm changes by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from io import BytesIO
from typing import Any
from uuid import UUID

from ampersand.desk.demo import clock
from ampersand.desk.demo.cast import Cast
from ampersand.desk.demo.hands import Hands
from ampersand.members import outbox
from ampersand.promises.models import Promise, PromiseEvent
from ampersand.terms.attempt import Purpose
from ampersand.terms.messages import actions, queue, snippets
from ampersand.terms.messages.actions import Written
from ampersand.terms.messages.models import Message, State
from ampersand.terms.messages.rules import To, addresses_of

BY = "Maya"
WAITING, HELD, WRITTEN = "eleanor", "amelia", "ollie"
SUBJECTS = {
    WAITING: "The machines in the museum café",
    HELD: "What is new this winter",
    WRITTEN: "Cards for the counter",
}
AT_LEAST_AGO = timedelta(days=2)
# What they said of being reached could hold a letter back.
WITH_TERMS = ("jane", "sami", WAITING, HELD)


@dataclass(frozen=True)
class Letter:
    """A letter that went about an open promise of ours: to whom, about which, on which day they met anyway."""

    to: str
    promise_id: UUID
    subject: str
    on: date


def choose(cast: Cast, met: Mapping[str, Sequence[date]]) -> list[Letter]:
    """The letters that went: at most two, about promises that were open on a day on which the two met."""
    said_of = {event.promise_id for event in cast.book.all(PromiseEvent)}
    found: dict[str, Letter] = {}
    for key, days in met.items():
        person = cast.people[key]
        for promise in cast.book.all(Promise):
            is_to_them = promise.relationship_id == person.relationship.pk and promise.by_id == cast.ours(BY).pk
            if key in WITH_TERMS or not is_to_them or promise.pk in said_of or promise.due_on is None:
                continue
            lately = [day for day in days if promise.made_on < day <= cast.book.today - AT_LEAST_AGO]
            if lately and promise.due_on >= cast.book.today:
                found.setdefault(key, Letter(key, promise.pk, promise.words, lately[-1]))
    return list(found.values())[:2]


def truth(letters: Sequence[Letter]) -> dict[str, Any]:
    """What has become of each message, by its subject, and which ones were answered."""
    gone = {letter.subject: State.SENT for letter in letters}
    waiting = {SUBJECTS[WAITING]: State.WAITING, SUBJECTS[HELD]: State.HELD, SUBJECTS[WRITTEN]: State.DRAFT}
    return {"states": gone | waiting, "answered": [letter.subject for letter in letters[:1]]}


def bring_in(hands: Hands, letters: Sequence[Letter]) -> None:
    """Write them all. Where the house has a mail server nothing is: nobody lives at these addresses."""
    if outbox.goes_out():
        return
    _snippets(hands)
    sent = [_sent(hands, letter) for letter in letters]
    for letter, message in zip(letters[:1], sent[:1], strict=True):
        _answer(hands, letter.to, message, at=clock.at(letter.on, 17, 20))
    waiting = "When you open again Tom can look at both machines in one morning."
    _send_off(hands, _draft(hands, WAITING, waiting, at=hands.at(1, 16)))
    held = "Three coffees for the winter, and a price that holds until Friday."
    _send_off(hands, _draft(hands, HELD, held, at=hands.at(2, 11), topics="offers"))
    _draft(hands, WRITTEN, "They are printed. Shall I bring them, or", at=hands.at(1, 17))


def _sent(hands: Hands, letter: Letter) -> Message:
    at = clock.at(letter.on, 15)
    words = "I have it in hand, and write on the day it is done. If the day is wrong for you, say so."
    message = _send_off(hands, _write(hands, letter.to, letter.subject, words, at=at, promise_id=letter.promise_id))
    queue.send_due(clock=lambda: at)
    return message


def _send_off(hands: Hands, draft: Message) -> Message:
    return actions.send_off(draft, by=hands.member(BY), at=draft.written_at)


def _draft(hands: Hands, key: str, words: str, *, at: datetime, topics: str = "") -> Message:
    return _write(hands, key, SUBJECTS[key], words, at=at, topics=topics)


def _write(
    hands: Hands, key: str, subject: str, words: str, *, at: datetime, topics: str = "", promise_id: UUID | None = None
) -> Message:
    relationship = hands.with_(key)
    said = f"Dear {relationship.party.name.split()[0]},\n\n{words}\n\nMaya"
    purpose = Purpose.NEWS if topics else Purpose.WORK
    to = [To(relationship.party, addresses_of(relationship.party)[0])]
    written = Written(subject, said, purpose, to, topics=topics, promise_id=promise_id)
    return actions.write(relationship, written, by=hands.member(BY), at=at)


def _answer(hands: Hands, key: str, message: Message, *, at: datetime) -> None:
    """Their answer, as it lies in a mailbox, brought in by the import that everybody uses."""
    from ampersand.channels import actions as channels

    them, us = hands.with_(key).party, hands.member(BY)
    address = addresses_of(them)[0]
    mail = EmailMessage()
    mail["From"] = formataddr((them.name, address))
    mail["To"] = formataddr((us.name, us.email))
    mail["Date"] = format_datetime(at)
    mail["Subject"] = f"Re: {message.subject}"
    mail["Message-ID"] = f"<{message.pk.hex}.answer@{address.rpartition('@')[2]}>"
    mail["In-Reply-To"] = mail["References"] = f"<{message.message_id}>"
    mail.set_content(f"The day is right. Thank you for writing before and not after.\n\n{them.name.split()[0]}\n")
    begun = channels.begin_upload(BytesIO(mail.as_bytes()), name="Answer.eml", member=us, at=at, kind="mail")
    channels.carry_out(begun)


def _snippets(hands: Hands) -> None:
    by = hands.member(BY)
    snippets.keep(name="Thank you for the order", words="Thank you for the order. It goes out on Tuesday.", by=by)
    snippets.keep(name="It comes later", words="It comes later than I said, and this is why:\n\nIt comes on", by=by)
