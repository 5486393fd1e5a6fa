"""A batch of mails on its way into the tables: what becomes of each, and the rows that tell it. A constant number of
queries, however many mails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from ampersand.channels import people
from ampersand.channels.copying import copy
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
from ampersand.timeline.models import Attachment, Began, Mode, Moment, Participant, ParticipantRole, Telling

_ONE_AT_A_TIME = 7_201_101
_FILLED = ("words", "subject", "body")


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
    enclosed: Sequence[Enclosed] = ()


@dataclass
class _Rows:
    moments: list[Moment] = field(default_factory=list)
    participants: list[Participant] = field(default_factory=list)
    tellings: list[Telling] = field(default_factory=list)
    entries: list[search.Entry] = field(default_factory=list)
    enclosed: list[tuple[Moment, Enclosed]] = field(default_factory=list)
    filled: list[Moment] = field(default_factory=list)


def load(items: Sequence[Item], *, run: Run) -> list[Outcome]:
    """Bring in a batch; one outcome an item, in order."""
    with connection.cursor() as cursor:
        # Two mailboxes of one house tell of the same mails and people: the second waits until the first has told.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    return _Batch(items, run).outcomes()


class _Batch:
    def __init__(self, items: Sequence[Item], run: Run) -> None:
        self.run = run
        self.items = items
        self.rows = _Rows()
        self.keys = {item.ordinal: telling.key_of(mail) for item, mail in self._mails()}
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
    def ours(self) -> set[str]:
        """The addresses in this batch that are ours, as the mails have them."""
        told = {one.email: telling.address(one) for _, mail in self._mails() for one in _everybody(mail)}
        ours = people.ours_among(told.values())
        return {email for email, address in told.items() if address.clean in ours}

    def _find_people(self, items: Sequence[Item]) -> None:
        self.named = {item.ordinal: telling.named(item.payload.mail) for item in items}
        self.parties = people.parties_behind(
            (address for named in self.named.values() for address, _ in named), run=self.run
        )
        self.told = self._told({self.keys[item.ordinal] for item in items})
        self.member_party = Party.objects.filter(member=self.run.member).first()

    def _told(self, keys: set[str]) -> dict[str, Moment | None]:
        """The moment that others told by each of these keys, with its people; None where it was erased."""
        by_seal = {sealed(key): key for key in keys}
        tellings = (
            Telling.objects.filter(
                key__in=[*keys, *by_seal], is_apart=False, withdrawn_at=None, moment__withdrawn_at=None
            )
            .select_related("moment")
            .prefetch_related("moment__participants")
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
        words = telling.words_of(mail, ours=self.ours, bodies=self.run.house.mail_bodies)
        parts = self._parts(item)
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
        moment = Moment(
            id=new_id(),
            mode=Mode.MAIL,
            happened_at=mail.at,
            zone=said["zone"],
            began=began,
            asks_answer=words.asks and not said["is_public"] and self._is_asked(began, parts),
            subject=said["subject"],
            words=words.kept,
            body=words.body,
            room=Room.OURS,
            **self._teller_fields(item),
        )
        moment.on_day = moment.local.date()
        self.rows.moments.append(moment)
        self.rows.participants += [self._participant(moment, pk, role) for pk, role in parts.items()]
        self.rows.enclosed += [(moment, one) for one in item.payload.enclosed]
        self._tell(item, moment, said)
        self._put(moment, tuple(parts))
        return moment.pk

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
        self.rows.participants += [self._participant(moment, pk, role) for pk, role in added.items()]
        self._tell(item, moment, said)
        for name in filled:
            setattr(moment, name, told[name])
        if filled:
            self.rows.filled.append(moment)
        if added or filled:
            self._put(moment, (*known, *added))

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

    def _participant(self, moment: Moment, party_id: UUID, role: str) -> Participant:
        return Participant(
            moment_id=moment.pk,
            party_id=party_id,
            role=role,
            is_ours=self._is_ours(party_id),
            happened_at=moment.happened_at,
        )

    def _tell(self, item: Item, moment: Moment, said: dict[str, Any]) -> None:
        self.rows.tellings.append(
            Telling(
                id=new_id(), moment_id=moment.pk, key=self.keys[item.ordinal], said=said, **self._teller_fields(item)
            )
        )

    def _put(self, moment: Moment, party_ids: tuple[UUID, ...]) -> None:
        self.rows.entries.append(entry_of(moment, party_ids))

    def _teller_fields(self, item: Item) -> dict[str, Any]:
        return {
            "told_at": self.run.at,
            "told_by_id": self.run.member.pk,
            "source_id": self.run.import_.source_id,
            "place": item.place[:300],
        }

    def _write(self) -> None:
        rows = self.rows
        copy(rows.moments)
        copy(rows.participants)
        copy(rows.tellings)
        if rows.filled:
            Moment.objects.bulk_update(rows.filled, _FILLED)
        Attachment.objects.bulk_create(
            [self._attached(moment, one) for moment, one in rows.enclosed], ignore_conflicts=True
        )
        search.put_many(rows.entries)

    def _attached(self, moment: Moment, one: Enclosed) -> Attachment:
        kept = files.keep(one.path, at=self.run.at, media_type=one.media_type)
        return Attachment(moment=moment, file=kept, name=telling.plain(one.name)[:300])


def entry_of(moment: Moment, party_ids: tuple[UUID, ...]) -> search.Entry:
    """What a mail is found by, as `timeline.actions.index` has it."""
    return search.Entry(
        kind="moment",
        object_id=moment.pk,
        text=f"{moment.subject} {moment.words}",
        at=moment.happened_at,
        party_ids=party_ids,
    )


def _everybody(mail: Mail) -> tuple[Any, ...]:
    return (mail.author, *mail.senders, *mail.recipients)
