"""A batch of mails on its way into the tables: what becomes of each, and the rows that tell it. A constant number of
queries, however many mails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from ampersand.channels import people
from ampersand.channels.copying import Row, copy_rows, fetch
from ampersand.channels.keys import own_facts
from ampersand.channels.mail import telling
from ampersand.channels.mail.parse import Mail, Rejected
from ampersand.channels.mail.reasons import Reason
from ampersand.channels.models import Fate
from ampersand.channels.run import Item, Outcome, Run
from ampersand.core import files, search
from ampersand.core.erasure import sealed
from ampersand.core.ids import new_id
from ampersand.core.rooms import Room
from ampersand.parties.models import Party
from ampersand.terms.messages.models import Message
from ampersand.timeline.models import Attachment, Began, Mode, Moment, Participant, ParticipantRole, Telling, day_of

_FILLED = ("words", "subject", "body")
_TOLD = ("told_at", "told_by_id", "source_id", "place")
_MOMENT = (
    "id", "mode", "happened_at", "zone", "on_day", "is_all_day", "began", "asks_answer", "subject", "words", "body",
    "where", "room", *_TOLD,
)  # fmt: skip
_PARTICIPANT = ("moment_id", "party_id", "role", "is_ours", "happened_at")
_TELLING = ("id", "moment_id", "key", "said", "is_apart", *_TOLD)


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that came in a mail, put aside until it is known whether the mail is new."""

    name: str
    media_type: str
    path: Path


@dataclass(frozen=True, slots=True)
class Met:
    """What stood at one place: a mail with the files in it, where the house keeps them, or why there is none."""

    mail: Mail | Rejected
    read: telling.Read | None
    enclosed: Sequence[Enclosed] = ()


@dataclass
class _Rows:
    moments: list[Row] = field(default_factory=list)
    participants: list[Row] = field(default_factory=list)
    tellings: list[Row] = field(default_factory=list)
    entries: list[search.Entry] = field(default_factory=list)
    enclosed: list[tuple[UUID, Enclosed]] = field(default_factory=list)
    filled: list[Moment] = field(default_factory=list)


def load(items: Sequence[Item], *, run: Run) -> list[Outcome]:
    """Bring in a batch; one outcome an item, in order."""
    return _Batch(items, run).outcomes()


class _Batch:
    def __init__(self, items: Sequence[Item], run: Run) -> None:
        self.run = run
        self.items = items
        self.rows = _Rows()
        read = [(item.ordinal, item.payload.read) for item, _mail in self._mails()]
        self.keys = {ordinal: one.key for ordinal, one in read}
        # Of our own messages the house knows whom they went to; a copy names the sender of the house besides.
        self.named = {ordinal: () if one.key in self.sent_by_us else one.named for ordinal, one in read}
        self.own = own_facts(self.keys.values(), run=run)

    def outcomes(self) -> list[Outcome]:
        judged = [self._left_out(item) or self._known(item) for item in self.items]
        self._find_people([item for item, outcome in zip(self.items, judged, strict=True) if outcome is None])
        outcomes = [outcome or self._bring(item) for item, outcome in zip(self.items, judged, strict=True)]
        self._write()
        return outcomes

    def _mails(self) -> list[tuple[Item, Mail]]:
        return [(item, item.payload.mail) for item in self.items if isinstance(item.payload.mail, Mail)]

    # what becomes of it

    def _left_out(self, item: Item) -> Outcome | None:
        mail = item.payload.mail
        if isinstance(mail, Rejected):
            return Outcome(item, Fate.REJECTED, mail.reason.sentence())
        if self.keys[item.ordinal] in self.sent_by_us:
            return None
        if not mail.kind.is_from_a_person:
            return self._leave_out(item, mail.kind_reason)
        if not telling.is_public(mail) and all(one.email in self.ours for one in (mail.author, *mail.recipients)):
            return self._leave_out(item, Reason("left_own"))
        return None

    def _leave_out(self, item: Item, reason: Reason) -> Outcome:
        return Outcome(item, Fate.LEFT_OUT, reason.sentence(), key=self.keys[item.ordinal])

    def _known(self, item: Item) -> Outcome | None:
        key = self.keys[item.ordinal]
        if key in self.own:
            return Outcome(item, Fate.UNCHANGED, key=key, fact_id=self.own[key])
        return None

    @cached_property
    def sent_by_us(self) -> frozenset[str]:
        """The keys of those in this batch that went out as messages: a copy of one is none of a newsletter, whatever stands
        in its head."""
        ids = [key.removeprefix(telling.PREFIX) for key in self.keys.values()]
        sent = Message.objects.filter(message_id__in=ids, moment__withdrawn_at=None).exclude(moment=None)
        return frozenset(f"{telling.PREFIX}{one}" for one in sent.values_list("message_id", flat=True))

    @cached_property
    def ours(self) -> set[str]:
        """The addresses in this batch that are ours, as the mails have them."""
        ours = people.ours_among(self._addresses.values(), known_before=self._known_before)
        return {email for email, address in self._addresses.items() if address.clean in ours}

    @cached_property
    def _addresses(self) -> dict[str, people.Address]:
        return {one.email: telling.address(one) for _, mail in self._mails() for one in _everybody(mail)}

    @cached_property
    def _known_before(self) -> people.Known:
        named = (address for of in self.named.values() for address, _ in of)
        return people.known_behind([*self._addresses.values(), *named])

    def _find_people(self, items: Sequence[Item]) -> None:
        named = (address for item in items for address, _ in self.named[item.ordinal])
        self.parties = people.parties_behind(named, run=self.run, known_before=self._known_before)
        self.told = self._told({self.keys[item.ordinal] for item in items})
        self.member_party = Party.objects.filter(member=self.run.member).first()

    def _told(self, keys: set[str]) -> dict[str, Moment | None]:
        """The moment that others told by each of these keys, with its people; None where it was erased."""
        by_seal = {sealed(key): key for key in keys}
        there = fetch("SELECT id FROM timeline_telling WHERE key = ANY (%s)", [*keys, *by_seal])
        if not there:
            return {}
        tellings = (
            Telling.objects.filter(
                pk__in=[pk for (pk,) in there], is_apart=False, withdrawn_at=None, moment__withdrawn_at=None
            )
            .select_related("moment")
            .prefetch_related("moment__participants", "moment__attachments")
            .order_by("-told_at", "-id")
        )
        found: dict[str, Moment | None] = {}
        for one in tellings:
            found[by_seal.get(one.key, one.key)] = None if one.key in by_seal else one.moment
        return found

    # what is told of it

    def _bring(self, item: Item) -> Outcome:
        mail: Mail = item.payload.mail
        key = self.keys[item.ordinal]
        if key in self.own:
            # Twice in one batch: the first has told it.
            return Outcome(item, Fate.UNCHANGED, key=key, fact_id=self.own[key])
        words = telling.words_of(mail, item.payload.read.new_words, ours=self.ours, bodies=self.run.house.mail_bodies)
        parts = self._parts(item) if key not in self.sent_by_us else {}
        known = self.told.get(key)
        if known is not None:
            self._join(item, known, words, parts)
            fate, fact_id = Fate.JOINED, known.pk
        elif key in self.told:
            return Outcome(item, Fate.UNCHANGED, key=key)
        else:
            fate, fact_id = Fate.NEW, self._write_down(item, words, parts)
        self.own[key] = fact_id
        return Outcome(item, fate, key=key, fact_id=fact_id)

    def _parts(self, item: Item) -> telling.Roles:
        parts = telling.roles(self.named[item.ordinal], self.parties)
        # It lay in this member's mailbox, so it reached them, though it does not name them.
        if self.member_party is not None and not any(self._is_ours(pk) for pk in parts):
            parts[self.member_party.pk] = ParticipantRole.COPY
        return parts

    def _is_ours(self, party_id: UUID) -> bool:
        return party_id in self._our_ids

    @cached_property
    def _our_ids(self) -> set[UUID]:
        ours = {party.pk for party in self.parties.values() if party.is_ours}
        return ours | ({self.member_party.pk} if self.member_party else set())

    def _write_down(self, item: Item, words: telling.Words, parts: telling.Roles) -> UUID:
        mail: Mail = item.payload.mail
        began = self._began(mail, parts)
        said = telling.said(mail, words, parts, began=began)
        moment_id, zone, subject = new_id(), said["zone"], said["subject"]
        asks_answer = words.asks and not said["is_public"] and self._is_asked(began, parts)
        self.rows.moments.append(
            (
                moment_id, Mode.MAIL.value, mail.at, zone, day_of(mail.at, zone), False, began, asks_answer, subject,
                words.kept, words.body, "", Room.OURS.value, *self._told_as(item),
            )
        )  # fmt: skip
        self.rows.participants += [self._participant(moment_id, mail.at, pk, role) for pk, role in parts.items()]
        self.rows.enclosed += [(moment_id, one) for one in item.payload.enclosed]
        self._tell(item, moment_id, said)
        names = [telling.plain(one.name) for one in item.payload.enclosed]
        self._put(moment_id, mail.at, " ".join([subject, words.kept, *names]), tuple(parts))
        return moment_id

    def _join(self, item: Item, moment: Moment, words: telling.Words, parts: telling.Roles) -> None:
        """Join what is known: people it adds are added, nothing is overwritten (`timeline.actions.join`)."""
        mail: Mail = item.payload.mail
        known = {one.party_id for one in moment.participants.all()}
        added = {pk: role for pk, role in parts.items() if pk not in known}
        told = {"words": words.kept, "subject": telling.subject_of(mail), "body": words.body}
        filled = [name for name in _FILLED if told[name] and not getattr(moment, name)]
        said = telling.said(
            mail, words, parts, began=moment.began, added=list(added), filled=filled, is_joined=True
        )  # fmt: skip
        self.rows.participants += [
            self._participant(moment.pk, moment.happened_at, pk, role) for pk, role in added.items()
        ]
        self._tell(item, moment.pk, said)
        for name in filled:
            setattr(moment, name, told[name])
        if filled:
            self.rows.filled.append(moment)
        if added or filled:
            names = [one.name for one in moment.attachments.all()]
            told_of = " ".join([moment.subject, moment.words, *names])
            self._put(moment.pk, moment.happened_at, told_of, (*known, *added))

    def _began(self, mail: Mail, parts: telling.Roles) -> str:
        reached_us = any(role != ParticipantRole.COPY and self._is_ours(pk) for pk, role in parts.items())
        return telling.began_by(
            is_ours=mail.author.email in self.ours, reached_us=reached_us or not telling.is_public(mail)
        )

    def _is_asked(self, began: str, parts: telling.Roles) -> bool:
        """Whether somebody in particular on the other side was asked; who asks us has been judged by the words."""
        return began != Began.US or any(
            role == ParticipantRole.TO and not self._is_ours(pk) for pk, role in parts.items()
        )

    def _participant(self, moment_id: UUID, at: datetime, party_id: UUID, role: str) -> Row:
        return moment_id, party_id, str(role), self._is_ours(party_id), at

    def _tell(self, item: Item, moment_id: UUID, said: dict[str, Any]) -> None:
        key = self.keys[item.ordinal]
        self.rows.tellings.append((new_id(), moment_id, key, Jsonb(said), False, *self._told_as(item)))

    def _put(self, moment_id: UUID, at: datetime, text: str, party_ids: tuple[UUID, ...]) -> None:
        """What a mail is found by, as `timeline.actions.index` has it."""
        self.rows.entries.append(
            search.Entry(kind="moment", object_id=moment_id, text=text, at=at, party_ids=party_ids)
        )

    def _told_as(self, item: Item) -> Row:
        return self.run.at, self.run.member.pk, self.run.import_.source_id, item.place[:300]

    def _write(self) -> None:
        rows = self.rows
        copy_rows(Moment, _MOMENT, rows.moments)
        copy_rows(Participant, _PARTICIPANT, rows.participants)
        copy_rows(Telling, _TELLING, rows.tellings)
        if rows.filled:
            Moment.objects.bulk_update(rows.filled, _FILLED)
        Attachment.objects.bulk_create([self._attached(*one) for one in rows.enclosed], ignore_conflicts=True)
        search.put_many(rows.entries)

    def _attached(self, moment_id: UUID, one: Enclosed) -> Attachment:
        kept = files.keep(one.path, at=self.run.at, media_type=one.media_type)
        return Attachment(moment_id=moment_id, file=kept, name=telling.plain(one.name)[:300])


def _everybody(mail: Mail) -> tuple[Any, ...]:
    return (mail.author, *mail.senders, *mail.recipients)
