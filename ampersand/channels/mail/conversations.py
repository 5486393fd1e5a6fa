"""Threads of the mail that is known, and what only a thread can say: to whom a list mail was written, and whether it asks us.

All of it follows from what is told of the mails alone, in the order of their dates, for whatever hangs together by ids
or by subject. So it comes out the same in whatever order the mails came in, and after an undo as if they had never come.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Q

from ampersand.channels.copying import Row, copy_rows, fetch
from ampersand.channels.mail import greetings, telling, threads
from ampersand.channels.mail.kinds import Kind
from ampersand.channels.people import is_under
from ampersand.core import search
from ampersand.core.history import triggers_at_rest
from ampersand.core.ids import new_id
from ampersand.members.models import HouseDomain
from ampersand.parties.models import Party
from ampersand.timeline.models import Participant, ParticipantRole, Telling, Thread

ASKED_AT_ONCE = 2_000
ANSWERED_ITSELF_MOST = 50
PREFIX = "mail:"
T = TypeVar("T")


@dataclass
class Letter:
    """One mail as its tellings have it together. `base` is its subject to compare by, `subject` the one to show."""

    key: str
    moment_id: UUID
    thread_id: UUID | None
    at: datetime
    told: list[dict[str, Any]] = field(default_factory=list)

    @property
    def message_id(self) -> str:
        return self.key.removeprefix(PREFIX)

    @cached_property
    def references(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one for said in self.told for one in _listed(said, "references")))

    @cached_property
    def parts(self) -> telling.Roles:
        """Who took part, as the tellings have it."""
        found: telling.Roles = {}
        for said in self.told:
            for party, role in zip(said["parties"], _listed(said, "roles"), strict=False):
                if telling.nearer(role, found.get(UUID(party))):
                    found[UUID(party)] = role
        return found

    @cached_property
    def author(self) -> UUID | None:
        return next((pk for pk, role in self.parts.items() if role == ParticipantRole.FROM), None)

    @cached_property
    def lists(self) -> frozenset[str]:
        return frozenset(one for said in self.told for one in _listed(said, "lists"))

    @cached_property
    def is_public(self) -> bool:
        return any(said.get("is_public") is True for said in self.told)

    @property
    def asks(self) -> bool:
        return any(said.get("asks") is True for said in self.told)

    @cached_property
    def asking(self) -> frozenset[str]:
        """Digests of the sentences in it that ask."""
        return frozenset(one for said in self.told for one in _listed(said, "asking"))

    @property
    def greeted(self) -> list[str]:
        """Whom its first line calls by name."""
        told = next((said["greeted"] for said in self.told if said.get("greeted")), "")
        return str(told).split(", ") if told else []

    @property
    def subject(self) -> str:
        return str(self.told[0].get("subject", ""))

    @property
    def base(self) -> str:
        return str(self.told[0].get("base", ""))

    @property
    def is_reply(self) -> bool:
        return any(said.get("is_reply") is True for said in self.told)

    def for_threads(self) -> threads.Letter:
        parts = self.parts
        return threads.Letter(
            message_id=self.message_id,
            references=self.references,
            author=str(self.author),
            to=frozenset(str(pk) for pk, role in parts.items() if role != ParticipantRole.FROM and self._is_named(pk)),
            lists=self.lists,
            at=self.at,
            base_subject=self.base,
            is_reply=self.is_reply,
            kind=Kind.LIST_POST if self.is_public else Kind.PERSON,
            is_blind=all(said.get("is_blind") is True for said in self.told),
        )

    def _is_named(self, party_id: UUID) -> bool:
        # Whoever only got a public mail was not named in it: an archive stays an archive.
        return not self.is_public or self.parts[party_id] != ParticipantRole.COPY


Letters = dict[str, Letter]


@dataclass(frozen=True, slots=True)
class Around:
    """What a source's mails hang together with: the keys and ids by which it is found again after they are gone."""

    keys: frozenset[str]


def settle(*, source_id: UUID) -> None:
    """Thread what a source brought with all that hangs together with it. Settled twice, it is as settled once."""
    _settle(_together(_letters(Q(source_id=source_id)), source_id=source_id))


def around(source_id: UUID) -> Around:
    """What is to be settled again when this source is taken back. Asked before."""
    own = _letters(Q(source_id=source_id))
    return Around(frozenset(_together(own, source_id=source_id)) if own else frozenset())


def settle_again(what: Around) -> None:
    """Settle what is left of it, after a source was taken back."""
    if what.keys:
        _settle(_together(_letters_by_keys(what.keys)))


# what hangs together


def _together(found: Letters, *, source_id: UUID | None = None) -> Letters:
    """With all letters that hang together with these: by an id that both name, or by the subject of an answer.

    With a source, these are all that it told.
    """
    others = ~Q(source_id=source_id) if source_id else Q()
    if not _mails(others).exists():
        return found
    fresh = list(found.values())
    asked_ids: set[str] = set()
    asked_bases: set[str] = set()
    while fresh:
        ids = {one for letter in fresh for one in (letter.message_id, *letter.references)} - asked_ids
        bases = {letter.base for letter in fresh if letter.base} - asked_bases
        asked_ids |= ids
        asked_bases |= bases
        keys = (_keys_that_name(ids, others) | _keys_called(bases, others)) - found.keys()
        fresh = list(_letters_by_keys(keys).values())
        found |= {letter.key: letter for letter in fresh}
    return found


def _keys_that_name(ids: Collection[str], others: Q) -> set[str]:
    found: set[str] = set()
    for some in _some(ids):
        found |= _keys(others, key__in=[f"{PREFIX}{one}" for one in some])
        found |= _keys(others, said__references__has_any_keys=some)
    return found


def _keys_called(bases: Collection[str], others: Q) -> set[str]:
    return {key for some in _some(bases) for key in _keys(others, said__base__in=some)}


def _keys(which: Q, **also: Any) -> set[str]:
    return set(_mails(which).filter(**also).values_list("key", flat=True))


def _letters(which: Q) -> Letters:
    return _letters_by_keys(_keys(which))


def _letters_by_keys(keys: Collection[str]) -> Letters:
    """These letters, each with all that was told of it, the first told first."""
    found: Letters = {}
    for some in _some(keys):
        for key, said, moment_id, thread_id, at in fetch(_TOLD_OF, some):
            letter = found.get(key)
            if letter is None:
                letter = found[key] = Letter(key, moment_id, thread_id, at)
            letter.told.append(json.loads(said))
    return found


def _mails(which: Q) -> Any:
    return Telling.objects.filter(
        which, key__startswith=PREFIX, is_apart=False, withdrawn_at=None, moment__withdrawn_at=None
    )


# what follows from it


def _settle(letters: Letters) -> None:
    if not letters:
        return
    shelf = threads.Memory()
    ordered = sorted(letters.values(), key=lambda letter: (letter.at, letter.message_id))
    for letter in ordered:
        threads.place(letter.for_threads(), shelf)
    by_id = {letter.message_id: letter for letter in ordered}
    groups = [[by_id[one.message_id] for one in found] for _, found in shelf.threads()]
    threaded = _thread(groups)
    heard = _Heard(groups)
    changed = _write_parts(ordered, heard)
    _write_moments(ordered, threaded, heard)
    _drop_empty({letter.thread_id for letter in ordered if letter.thread_id} - set(threaded.values()))
    _index(changed)


def _thread(groups: Sequence[Sequence[Letter]]) -> dict[UUID, UUID]:
    """The thread of each moment: the earliest of those its letters have already, else a new one."""
    taken: set[UUID] = set()
    threaded: dict[UUID, UUID] = {}
    rows = []
    for group in groups:
        known = sorted({letter.thread_id for letter in group if letter.thread_id} - taken)
        thread_id = known[0] if known else new_id()
        taken.add(thread_id)
        rows.append(Thread(id=thread_id, subject=group[0].subject[: telling.SUBJECT_LETTERS]))
        threaded |= {letter.moment_id: thread_id for letter in group}
    Thread.objects.bulk_create(
        rows, batch_size=5_000, update_conflicts=True, unique_fields=["id"], update_fields=["subject"]
    )
    return threaded


class _Heard:
    """What the letters of a conversation say of one another."""

    def __init__(self, groups: Sequence[Sequence[Letter]]) -> None:
        self._letters = {letter.message_id: letter for group in groups for letter in group}
        self._groups = {letter.message_id: group for group in groups for letter in group}
        self._answers: dict[str, list[Letter]] = defaultdict(list)
        for letter in self._letters.values():
            if letter.references:
                self._answers[letter.references[-1]].append(letter)
        self._parts: dict[str, telling.Roles] = {}
        self._names = _names_in(groups)
        self.ours = set(Party.objects.exclude(pk__in=Party.objects.outside().values("pk")).values_list("pk", flat=True))
        self._house_id = Party.objects.filter(is_house=True).values_list("pk", flat=True).first()
        self._domains = set(HouseDomain.objects.values_list("domain", flat=True))

    def parts(self, letter: Letter) -> telling.Roles:
        """Who took part. On a list a mail is written to whom it greets, else to the author of what it answers, and what
        we answered had come to us; what opens a conversation on a list of the house is written to the house, until others
        settle it. Who answers themselves goes on speaking to the same."""
        if not letter.is_public:
            return letter.parts
        if letter.key not in self._parts:
            parts = dict(letter.parts)
            for party_id, role in self._told_by_the_thread(letter):
                if telling.nearer(role, parts.get(party_id)):
                    parts[party_id] = role
            self._parts[letter.key] = parts
        return self._parts[letter.key]

    def began(self, letter: Letter, parts: telling.Roles) -> str:
        is_ours = letter.author in self.ours
        return telling.began_by(is_ours=is_ours, reached_us=not letter.is_public or self._reached_us(parts))

    def asks(self, letter: Letter, parts: telling.Roles) -> bool:
        """Whether the other side is asked for an answer: it was written to them, by more than what it quotes of them."""
        if not letter.asks or self._only_quotes_what_asks(letter):
            return False
        if letter.author in self.ours:
            return any(role == ParticipantRole.TO and party not in self.ours for party, role in parts.items())
        return not letter.is_public or self._reached_us(parts)

    def is_settled_by_others(self, letter: Letter) -> bool:
        """Whether it asks us, but others answered it and we did not: it waits for nobody."""
        return letter.is_public and letter.author not in self.ours and self._is_settled_among_others(letter)

    def _only_quotes_what_asks(self, letter: Letter) -> bool:
        """Whether all its sentences that ask stand in what it answers: some programs quote without a mark."""
        quoted: set[str] = set()
        for one in letter.references if letter.asking else ():
            answered = self._letters.get(one)
            if answered is not None and answered.author != letter.author:
                quoted |= answered.asking
        return bool(quoted) and letter.asking <= quoted

    def _told_by_the_thread(self, letter: Letter) -> Iterator[tuple[UUID, str]]:
        yield from ((party_id, ParticipantRole.TO) for party_id in self._spoken_to(letter))
        if letter.author in self.ours:
            return
        for answer in self._answers_to(letter):
            if answer.author in self.ours and answer.author is not None:
                yield answer.author, ParticipantRole.WITH

    def _spoken_to(self, letter: Letter) -> Collection[UUID]:
        """Whom it speaks to by what it greets, answers or opens. Nobody answers themselves: they go on speaking."""
        spoken = letter
        for _ in range(ANSWERED_ITSELF_MOST):
            if greeted := self._greeted(spoken):
                return greeted
            answered = self._answered_by(spoken)
            if answered is None:
                return self._house(spoken)
            if answered.author != spoken.author:
                return [answered.author] if answered.author else []
            named = [pk for pk, role in answered.parts.items() if role == ParticipantRole.TO]
            if named:
                return named
            spoken = answered
        return []

    def _greeted(self, letter: Letter) -> Collection[UUID]:
        """Those of the conversation whom its first line calls by a name that is theirs alone there."""
        found: list[UUID] = []
        for called in letter.greeted:
            meant = {
                one
                for one in (*(other.author for other in self._groups[letter.message_id]), *letter.parts)
                if one and one != letter.author and greetings.is_called(self._names.get(one, ""), by=called)
            }
            found += meant if len(meant) == 1 else ()
        return found

    def _answered_by(self, letter: Letter) -> Letter | None:
        return self._letters.get(letter.references[-1]) if letter.references else None

    def _house(self, letter: Letter) -> Collection[UUID]:
        is_asked = self._house_id and letter.author not in self.ours and self._opens_at_ours(letter)
        return [self._house_id] if self._house_id and is_asked and not self._is_settled_among_others(letter) else []

    def _opens_at_ours(self, letter: Letter) -> bool:
        return not letter.is_reply and any(self._is_of_house(one) for one in letter.lists)

    def _is_settled_among_others(self, letter: Letter) -> bool:
        """Whether others answered it and we did not. What opens a conversation is answered by whatever follows in it; but
        who greets one of ours speaks to us, and settles nothing."""
        followed = self._answers_to(letter) if letter.is_reply else self._groups[letter.message_id]
        if any(answer.author in self.ours for answer in followed if answer.author != letter.author):
            return False
        return any(
            answer.author != letter.author and self.ours.isdisjoint(self._greeted(answer)) for answer in followed
        )

    def _answers_to(self, letter: Letter) -> list[Letter]:
        return self._answers.get(letter.message_id, [])

    def _reached_us(self, parts: telling.Roles) -> bool:
        return any(party in self.ours and role != ParticipantRole.COPY for party, role in parts.items())

    def _is_of_house(self, address: str) -> bool:
        return is_under(address.rpartition("@")[2], self._domains)


def _names_in(groups: Sequence[Sequence[Letter]]) -> dict[UUID, str]:
    """The names of those who took part in conversations in which somebody is called by one."""
    greeting = [group for group in groups if any(letter.greeted for letter in group)]
    ids = {pk for group in greeting for letter in group for pk in letter.parts}
    return {pk: name for some in _some(ids) for pk, name in Party.objects.filter(pk__in=some).values_list("pk", "name")}


def _write_parts(letters: Sequence[Letter], heard: _Heard) -> set[UUID]:
    """Set who took part as it follows now; answers the moments in which that changed. Others' people stay."""
    changed: set[UUID] = set()
    for some in _some(letter for letter in letters if letter.is_public):
        stands: dict[UUID, dict[UUID, tuple[int, str]]] = defaultdict(dict)
        for moment_id, party_id, pk, role in fetch(_TOOK_PART, [letter.moment_id for letter in some]):
            stands[moment_id][party_id] = pk, role
        told_elsewhere = _told_elsewhere([letter.moment_id for letter in some])
        fresh: list[Row] = []
        moved: list[tuple[int, str]] = []
        gone: list[int] = []
        for letter in some:
            wanted = heard.parts(letter)
            rows = stands[letter.moment_id]
            fresh += [_participant(letter, pk, role, heard) for pk, role in wanted.items() if pk not in rows]
            for pk, (row_id, role) in rows.items():
                if pk not in wanted:
                    gone += [row_id] if pk not in told_elsewhere[letter.moment_id] else []
                elif role != wanted[pk]:
                    moved.append((row_id, str(wanted[pk])))
            if wanted.keys() != rows.keys():
                changed.add(letter.moment_id)
        Participant.objects.filter(pk__in=gone).delete()
        copy_rows(Participant, ("moment_id", "party_id", "role", "is_ours", "happened_at"), fresh)
        if moved:
            with connection.cursor() as cursor:
                cursor.execute(_MOVE, [list(column) for column in zip(*moved, strict=True)])
    return changed


def _told_elsewhere(moment_ids: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    """The people that something other than a mail told of these moments."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    others = Telling.objects.filter(moment__in=moment_ids).exclude(key__startswith=PREFIX)
    for moment_id, said in others.values_list("moment_id", "said"):
        found[moment_id] |= {UUID(party) for party in said.get("parties", [])}
    return found


def _participant(letter: Letter, party_id: UUID, role: str, heard: _Heard) -> Row:
    return letter.moment_id, party_id, str(role), party_id in heard.ours, letter.at


def _write_moments(letters: Sequence[Letter], threaded: dict[UUID, UUID], heard: _Heard) -> None:
    """Thread, who began and what is asked. All of it follows from the tellings, whose own times say what was known when:
    so no past is kept of it, and taken back with a mailbox, none is left."""
    for some in _some(letters):
        rows = []
        for letter in some:
            parts = heard.parts(letter)
            began, asks = heard.began(letter, parts), heard.asks(letter, parts)
            is_settled = asks and heard.is_settled_by_others(letter)
            rows.append((letter.moment_id, threaded[letter.moment_id], began, asks, is_settled))
        with triggers_at_rest("timeline.Moment:update_update"), connection.cursor() as cursor:
            cursor.execute(_UPDATE, [list(column) for column in zip(*rows, strict=True)])


def _drop_empty(thread_ids: Iterable[UUID]) -> None:
    Thread.objects.filter(pk__in=list(thread_ids), moments=None).delete()


def _index(moment_ids: Collection[UUID]) -> None:
    """Who may find a mail follows from who took part in it."""
    for some in _some(moment_ids):
        people: dict[UUID, list[UUID]] = defaultdict(list)
        took_part = Participant.objects.filter(moment__in=some).order_by("id").values_list("moment_id", "party_id")
        for moment_id, party_id in took_part:
            people[moment_id].append(party_id)
        search.set_parties(people)


def _some(many: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(many)
    while some := list(islice(rest, ASKED_AT_ONCE)):
        yield some


def _listed(said: dict[str, Any], name: str) -> list[str]:
    # Of what was erased nothing is left but who took part.
    value = said.get(name)
    return value if isinstance(value, list) else []


_TOLD_OF = """
    SELECT telling.key, telling.said, telling.moment_id, moment.thread_id, moment.happened_at
    FROM timeline_telling AS telling JOIN timeline_moment AS moment ON moment.id = telling.moment_id
    WHERE telling.key = ANY (%s) AND NOT telling.is_apart AND telling.withdrawn_at IS NULL AND moment.withdrawn_at IS NULL
    ORDER BY telling.told_at, telling.id
"""

_TOOK_PART = "SELECT moment_id, party_id, id, role FROM timeline_participant WHERE moment_id = ANY (%s)"

_MOVE = """
    UPDATE timeline_participant AS part SET role = told.role
    FROM unnest(%s::bigint[], %s::text[]) AS told (id, role) WHERE part.id = told.id
"""

_UPDATE = """
    UPDATE timeline_moment AS moment SET thread_id = told.thread_id, began = told.began, asks_answer = told.asks_answer,
        is_settled_by_others = told.is_settled_by_others
    FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::boolean[], %s::boolean[])
        AS told (id, thread_id, began, asks_answer, is_settled_by_others)
    WHERE moment.id = told.id AND (moment.thread_id, moment.began, moment.asks_answer, moment.is_settled_by_others)
        IS DISTINCT FROM (told.thread_id, told.began, told.asks_answer, told.is_settled_by_others)
"""
