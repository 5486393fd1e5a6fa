"""Who is behind the names of a chat: as somebody said, as it was the last time, as the book has it, or a trace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from ampersand.channels.chats import names
from ampersand.channels.chats.names import Answer, Answered, Found, Is, Remembered
from ampersand.channels.chats.opening import Opened
from ampersand.channels.chats.said import LINKEDIN, Speaker
from ampersand.channels.copying import copy, copy_missing, fresh
from ampersand.channels.models import Fate, Import
from ampersand.channels.outcomes import Reason, plain
from ampersand.channels.outcomes import mark as _
from ampersand.channels.run import Item, Outcome, Run
from ampersand.channels.somebody import Somebody
from ampersand.channels.somebody import tell_all as tell_people
from ampersand.core.folding import sort_key
from ampersand.core.ids import new_id
from ampersand.members.models import House
from ampersand.parties.models import Because, Identifier, IdentifierKind, Party, PartyKind

NOT_SAID = _("Nobody has said yet who “%(name)s” is. Bring the chat in through the page, which asks.")
WHO_ARE_YOU = _("Nobody has said yet which of them you are. Bring the chat in through the page, which asks.")
CHOSEN_OUT = _("You chose to leave out what “%(name)s” wrote.")
ERASED = _("They were erased since, and nothing of theirs comes back.")
UNKNOWN = Reason(WHO_ARE_YOU)


@dataclass(frozen=True, slots=True)
class Who:
    """Who speaks: a party, or why there is none."""

    party: Party | None
    fate: Fate = Fate.UNCHANGED
    why: str = ""


class People:
    """Those who have a part in the chats of an import, each found or written down once."""

    def __init__(self, import_: Import, house: House, opened: Sequence[Opened]) -> None:
        self.import_, self.house, self.opened = import_, house, opened
        self.told = Answered.of(import_.mapping)
        self.own = names.own_party(import_.member)
        self.who: dict[str, Who] = {}

    def load(self, items: Sequence[Item], run: Run) -> Iterator[Outcome]:
        before = names.remembered([item.payload.speaker for item in items], member=run.member)
        parties = self._parties(before)
        fresh_people: list[tuple[Item, Somebody]] = []
        traces: list[Item] = []
        for item in items:
            speaker: Speaker = item.payload.speaker
            who = self._who(speaker, before.get(speaker.key), parties)
            answer = self.told.people.get(speaker.key)
            if who is None and answer and answer.is_ is Is.NEW:
                fresh_people.append((item, self._somebody(item, answer, run)))
            elif who is None and self._is_told(speaker):
                traces.append(item)
            elif who is None:
                self.who[speaker.key] = Who(None, Fate.REJECTED, _not_said(speaker))
                yield Outcome(item, Fate.REJECTED, _not_said(speaker))
            else:
                self.who[speaker.key] = who
                yield self._outcome(item, who)
        told = tell_people([one for _item, one in fresh_people], run=run)
        for (item, _one), heard in zip(fresh_people, told, strict=True):
            self.who[item.payload.speaker.key] = Who(heard.party, heard.fate)
            key = names.key_of(item.payload.speaker)
            yield Outcome(item, heard.fate, heard.why, key=key, fact_id=heard.party.pk if heard.party else None)
        for item, party in zip(traces, self._write_traces(traces, run), strict=True):
            self.who[item.payload.speaker.key] = Who(party)
            yield Outcome(item, Fate.NEW, key=names.key_of(item.payload.speaker), fact_id=party.pk)

    def recall(self) -> None:
        """Those told before this batch: by an earlier batch, maybe of a process that was killed."""
        missing = [speaker for key, speaker in self._speakers.items() if key not in self.who]
        if not missing:
            return
        before = names.remembered(missing, member=self.import_.member)
        parties = self._parties(before)
        for speaker in missing:
            who = self._who(speaker, before.get(speaker.key), parties)
            if who is None and (one := before.get(speaker.key)) and one.party_id:
                who = Who(parties[one.party_id])
            self.who[speaker.key] = who or Who(None, Fate.REJECTED, _not_said(speaker))

    @cached_property
    def _speakers(self) -> dict[str, Speaker]:
        return {one.key: one for opened in self.opened for one in opened.chat.speakers}

    @cached_property
    def _found(self) -> dict[str, Found]:
        chats = [opened.chat for opened in self.opened]
        return names.find(chats, member=self.import_.member, country=self.house.country)

    def _is_told(self, speaker: Speaker) -> bool:
        """Whether an address or number says who it is; of two by their pages alone, one may be the member."""
        is_one_of_us = speaker.service == LINKEDIN and not self._has_owner
        return names.address_of(speaker, country=self.house.country) is not None and not is_one_of_us

    @cached_property
    def _has_owner(self) -> bool:
        """Whether it is known who of those on LinkedIn is the member."""
        speakers = [speaker for speaker in self._speakers.values() if speaker.service == LINKEDIN]
        before = names.remembered(speakers, member=self.import_.member)
        own = self.own.pk if self.own else None
        return any(
            speaker.is_me
            or (answer is not None and answer.is_ is Is.ME)
            or (found is not None and found.party.pk == own)
            or (known is not None and known.party_id == own)
            for speaker in speakers
            for answer, found, known in [
                (self.told.people.get(speaker.key), self._found.get(speaker.key), before.get(speaker.key))
            ]
        )

    def _outcome(self, item: Item, who: Who) -> Outcome:
        key, fact_id = names.key_of(item.payload.speaker), who.party.pk if who.party else None
        return Outcome(item, who.fate, who.why, key=key, fact_id=fact_id)

    def _who(self, speaker: Speaker, before: Remembered | None, parties: dict[UUID, Party]) -> Who | None:
        """Whom a name stands for: as somebody said for this import, as it was the last time, or as the book has it."""
        answer = self.told.people.get(speaker.key)
        if answer and (who := self._as_answered(speaker, answer, parties)):
            return who
        if answer is None and before is not None:
            if before.is_erased:
                return Who(None, Fate.UNCHANGED, gettext(ERASED))
            if before.party_id is None:
                return Who(None, Fate.LEFT_OUT, _chosen_out(speaker))
            return Who(parties[before.party_id])
        if answer is None and (found := self._found.get(speaker.key)):
            return Who(found.party, Fate.JOINED, found.why.translated())
        return None

    def _as_answered(self, speaker: Speaker, answer: Answer, parties: dict[UUID, Party]) -> Who | None:
        if answer.is_ is Is.NOBODY:
            return Who(None, Fate.LEFT_OUT, _chosen_out(speaker))
        if answer.is_ is Is.ME and self.own is not None:
            return Who(self.own, Fate.JOINED, gettext(names.YOU))
        if answer.is_ is Is.PARTY and answer.party_id in parties:
            return Who(parties[answer.party_id], Fate.JOINED, gettext(names.SAID_SO))
        return None

    def _parties(self, before: dict[str, Remembered]) -> dict[UUID, Party]:
        ids = {one.party_id for one in before.values() if one.party_id}
        ids |= {answer.party_id for answer in self.told.people.values() if answer.party_id}
        return {party.pk: party for party in Party.objects.filter(pk__in=ids, erased_at=None)}

    def _somebody(self, item: Item, answer: Answer, run: Run) -> Somebody:
        """Somebody who was not known: it was said on the page that they are somebody, and what they are called."""
        speaker: Speaker = item.payload.speaker
        return Somebody(
            place=item.place,
            name=plain(answer.name or speaker.name)[:300],
            because=Because.TAP,
            known_at=min(item.payload.at, run.at),
            key=names.key_of(speaker),
            addresses=[],
        )

    def _write_traces(self, items: Sequence[Item], run: Run) -> list[Party]:
        """Those whom a chat tells of by an address or number that nobody has yet: traces, as mail leaves them."""
        fresh_parties = [self._trace(item.payload.speaker, run) for item in items]
        copy(fresh_parties)
        rows = []
        for item, party in zip(items, fresh_parties, strict=True):
            kind, value = self._address(item.payload.speaker)
            told = item.payload.speaker.phone or item.payload.speaker.email or item.payload.speaker.url
            rows.append((new_id(), party.pk, kind.value, value, told[:320], "", *_told_by(run), item.place[:300]))
        columns = ("id", "party_id", "kind", "value", "as_told", "label", "told_at", "told_by_id", "source_id", "place")
        copy_missing(Identifier, columns, rows, known_by=["party_id", "kind", "value"], answer="party_id")
        return fresh_parties

    def _address(self, speaker: Speaker) -> tuple[IdentifierKind, str]:
        found = names.address_of(speaker, country=self.house.country)
        assert found is not None  # noqa: S101 only those who have one are traces
        return found

    def _trace(self, speaker: Speaker, run: Run) -> Party:
        return fresh(
            Party,
            id=new_id(),
            kind=PartyKind.PERSON.value,
            name=speaker.name[:300],
            sort_key=sort_key(speaker.name[:300]),
            told_at=run.at,
            told_by_id=run.member.pk,
            source_id=run.import_.source_id,
        )


def _told_by(run: Run) -> tuple[Any, ...]:
    return run.at, run.member.pk, run.import_.source_id


def _not_said(speaker: Speaker) -> str:
    if speaker.service == LINKEDIN:
        return UNKNOWN.translated()
    return Reason(NOT_SAID, {"name": speaker.name[:100]}).translated()


def _chosen_out(speaker: Speaker) -> str:
    return Reason(CHOSEN_OUT, {"name": speaker.name[:100]}).translated()
