"""What an import tells of one mail: who took part and how, its new words, what it asks, and what its thread is found by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ampersand.channels import people
from ampersand.channels.mail import addresses, asks, excerpt, greetings, subjects
from ampersand.channels.mail.asks import Addressed
from ampersand.channels.mail.parse import Mail
from ampersand.channels.mail.zones import zone_of
from ampersand.members.models import MailBodies
from ampersand.parties.models import Party
from ampersand.timeline.models import Began, Mode, ParticipantRole

# A mail to more people than this was written to nobody in particular: all of them are in copy.
MANY = 30
# Beyond this many no more of those it went to are written down.
PEOPLE_MAX = 200
SUBJECT_LETTERS = 300
PREFIX = "mail:"
_FIRST = (ParticipantRole.FROM, ParticipantRole.TO, ParticipantRole.WITH, ParticipantRole.COPY)

Roles = dict[UUID, str]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a mail as the house keeps them, whether they ask for an answer, and what only its thread can judge:
    digests of the sentences that ask, and whom a mail to a list greets."""

    kept: str
    body: str
    asks: bool
    asking: Sequence[str] = ()
    greeted: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What is told of a mail without knowing anybody: its key, whom it names and how, and the words that are its own.

    Made while other mails are written, since it asks no database. Of what no person wrote the words are not looked for.
    """

    key: str
    named: Sequence[tuple[people.Address, str]]
    new_words: str


def read(mail: Mail) -> Read:
    new = excerpt.new_words(mail.text, author=mail.author) if mail.kind.is_from_a_person else ""
    return Read(key_of(mail), named(mail), new)


def key_of(mail: Mail) -> str:
    return f"{PREFIX}{plain(mail.message_id)}"


def named(mail: Mail) -> list[tuple[people.Address, str]]:
    """Whom a mail names, each with their part in it. Lists are no people."""
    to, copy = list(mail.to), [*mail.cc, *mail.bcc]
    if len(to) + len(copy) > MANY:
        to, copy = [], [*to, *copy]
    written_to = [*((one, ParticipantRole.TO) for one in to), *((one, ParticipantRole.COPY) for one in copy)]
    told = [(address(one), role) for one, role in written_to[:PEOPLE_MAX]]
    writers = [mail.author, *(one for one in mail.senders[1:] if one.email != mail.author.email)]
    return [
        *((address(one), ParticipantRole.FROM) for one in writers[:MANY]),
        # What is no address at all is kept of a writer, who is somebody; not of those it was meant for.
        *((one, role) for one, role in told if not one.is_handle or " at " in one.email),
    ]


def address(one: addresses.Address) -> people.Address:
    """An address for finding who is behind it: what an archive hid counts as it was hidden, restored or not."""
    name = plain(one.name)
    if one.is_masked or one.is_inferred:
        return people.Address(plain(one.hidden or one.email), name, is_handle=True)
    found = people.Address(plain(one.email), name)
    return found if found.clean else people.Address(plain(one.email), name, is_handle=True)


def roles(told: Iterable[tuple[people.Address, str]], parties: Mapping[str, Party]) -> Roles:
    """Each party once, in its nearest part: who wrote is not also in copy."""
    found: Roles = {}
    for one, role in told:
        party = parties.get(one.clean)
        if party is not None and nearer(role, found.get(party.pk)):
            found[party.pk] = role
    return found


def nearer(role: str, known: str | None) -> bool:
    """Whether a part in a mail is nearer to it than the one known."""
    return known is None or _FIRST.index(ParticipantRole(role)) < _FIRST.index(ParticipantRole(known))


def is_public(mail: Mail) -> bool:
    """Whether it went to whoever reads a list or an archive, rather than to those it names."""
    return bool(mail.lists) or not (mail.to or mail.cc or mail.bcc or mail.is_blind)


def words_of(mail: Mail, new: str, *, ours: AbstractSet[str], bodies: str) -> Words:
    """Its new words, kept as the house chose; judged whole, whatever is kept."""
    kept = "" if bodies == MailBodies.NONE else plain(excerpt.shortened(new))
    body = plain(mail.text) if bodies == MailBodies.FULL else ""
    is_asking = _asks(mail, new, ours)
    asking = asks.asking_sentences(new) if is_asking else ()
    return Words(kept, body, is_asking, asking, greetings.greeted(new) if is_public(mail) else "")


def said(
    mail: Mail, words: Words, parts: Roles, *, began: str, added: Sequence[UUID] = (), filled: Sequence[str] = (),
    is_joined: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """What a telling keeps of a mail: enough to take it apart again, and to find its thread anew."""
    return {
        "mode": Mode.MAIL.value,
        "happened_at": mail.at.isoformat(),
        "zone": zone_of(mail.zone_minutes, mail.at),
        "ended_at": None,
        "is_all_day": False,
        "began": began,
        "subject": subject_of(mail),
        "words": words.kept,
        "where": "",
        "parties": [str(pk) for pk in parts],
        "roles": [str(role) for role in parts.values()],
        "joined": is_joined,
        "added": [str(pk) for pk in added],
        "filled": list(filled),
        "references": [plain(one) for one in mail.references],
        "base": plain(mail.base_subject)[:SUBJECT_LETTERS],
        "lists": [plain(one) for one in mail.lists],
        "kind": str(mail.kind),
        "is_reply": mail.is_reply,
        "is_blind": mail.is_blind,
        "is_public": is_public(mail),
        "asks": words.asks,
        "asking": list(words.asking),
        "greeted": words.greeted,
    }


def subject_of(mail: Mail) -> str:
    return plain(subjects.shown(mail.subject))[:SUBJECT_LETTERS]


def began_by(*, is_ours: bool, reached_us: bool) -> str:
    """Which side reached out to the other; neither, where we only overheard it on a list."""
    if is_ours:
        return Began.US
    return Began.THEM if reached_us else Began.BOTH


def plain(text: str) -> str:
    """Text as the database can hold it: without null bytes and halves of letters."""
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()
    return text.replace("\x00", "") if "\x00" in text else text


def _asks(mail: Mail, new: str, ours: AbstractSet[str]) -> bool:
    judged = asks.judge(mail, new, ours=ours)
    if judged.addressed is Addressed.OWN:
        return asks.asks(new)[0]
    return judged.is_asking and not mail.is_blind
