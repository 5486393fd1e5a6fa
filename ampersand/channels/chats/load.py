"""Bringing in chats: each message a moment of those who took part, each conversation a thread.

Who is in a chat comes first, one item a name, and then what was said; so a later export of the same chat knows its people
again, and adds only what is new.
"""

from __future__ import annotations

import csv
import hashlib
import io
import mimetypes
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from ampersand.channels.chats import names, parse, stamps
from ampersand.channels.chats.names import Answer, Answered, Found, Is, Remembered
from ampersand.channels.chats.said import LINKEDIN, Chat, LeftOut, Line, Said, Speaker
from ampersand.channels.copying import copy, copy_missing, fresh
from ampersand.channels.happenings import Heard, News
from ampersand.channels.happenings import tell_all as tell_happenings
from ampersand.channels.mail import asks
from ampersand.channels.mail.acquaintance import settle_known
from ampersand.channels.material import Part
from ampersand.channels.models import Fate, Import, ImportItem
from ampersand.channels.outcomes import Place, Reason, Rejected, plain
from ampersand.channels.outcomes import mark as _
from ampersand.channels.run import Item, Outcome, Run, place_of
from ampersand.channels.somebody import Somebody
from ampersand.channels.somebody import tell_all as tell_people
from ampersand.channels.tables.rejects import neutralise
from ampersand.core import files
from ampersand.core.folding import fold, sort_key
from ampersand.core.ids import new_id
from ampersand.members.models import House
from ampersand.members.queries import zone_of
from ampersand.parties.models import Because, Identifier, IdentifierKind, Party, PartyKind
from ampersand.timeline.actions import Happening, Taker
from ampersand.timeline.models import Attachment, Began, Mode, ParticipantRole, Thread

NOT_SAID = _("Nobody has said yet who “%(name)s” is. Bring the chat in through the page, which asks.")
WHO_ARE_YOU = _("Nobody has said yet which of them you are. Bring the chat in through the page, which asks.")
CHOSEN_OUT = _("You chose to leave out what “%(name)s” wrote.")
ERASED = _("They were erased since, and nothing of theirs comes back.")
TO_NOBODY = _("The export does not say to whom it was written.")
OURS_ALONE = _("Only people of the house have a part in it.")
TO_A_CROWD = _("It was written to more than %(number)d people at once, which is contact with none of them.")
ABOUT_CHATS = _("It tells who has a part in a chat; what was said stands in the messages beside it.")
NO_WORDS_LEFT = 4_000

# In a larger group what is overheard is no contact, as at a large gathering.
LARGEST_GROUP = 30
SPOKE_WITHIN = timedelta(days=30)
MONTH_FIRST = {"US", "PH", "FM", "MH", "PW"}
_THREADS = UUID("7d0f5a0e-52b1-4c86-9d6e-7c1f3a2b9e10")
_UNKNOWN = Reason(WHO_ARE_YOU)


@dataclass(frozen=True, slots=True)
class Opened:
    """A chat with the file it stands in."""

    chat: Chat
    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who has a part in a chat, and when they first did."""

    speaker: Speaker
    at: datetime


@dataclass(frozen=True, slots=True)
class Written:
    """One line of a chat; of several alike in one minute `nth` says which."""

    opened: Opened
    line: Line
    nth: int = 1


@dataclass(frozen=True, slots=True)
class Who:
    """Who speaks: a party, or why there is none."""

    party: Party | None
    fate: Fate = Fate.UNCHANGED
    why: str = ""


class ChatsLoader:
    """Chats, in the order of their files: who has a part in each, then its lines."""

    def __init__(self, part: Part, import_: Import) -> None:
        self.part, self.import_ = part, import_
        self.house = House.objects.get()
        self.zone = str(zone_of(import_.member))
        self.told = Answered.of(import_.mapping)
        self.own = names.own_party(import_.member)
        self.who: dict[str, Who] = {}

    def count(self) -> int | None:
        return sum(1 for _ in self._all())

    def items(self, *, after: int) -> Iterator[Item]:
        for ordinal, (place, payload) in enumerate(self._all(), start=1):
            if ordinal > after:
                yield Item(ordinal, place_of(place), payload)

    def load(self, items: Sequence[Item], *, run: Run) -> list[Outcome]:
        named = [item for item in items if isinstance(item.payload, Named)]
        outcomes = {outcome.item.ordinal: outcome for outcome in self._load_people(named, run)}
        self._recall()
        outcomes |= {outcome.item.ordinal: outcome for outcome in self._load_lines(items, run)}
        return [outcomes[item.ordinal] for item in items]

    def settle(self, *, run: Run) -> None:
        settle_known(run=run)

    def rejected_file(self, rejected: Sequence[ImportItem]) -> bytes | None:
        """Where each rejected line stands, why, and what it says."""
        reasons = {item.ordinal: item.reason for item in rejected}
        text = io.StringIO(newline="")
        table = csv.writer(text)
        table.writerow([gettext("Where it stands"), gettext("Why it was rejected"), gettext("What stands there")])
        for item in self.items(after=min(reasons) - 1):
            if item.ordinal in reasons:
                table.writerow(map(neutralise, (item.place, reasons[item.ordinal], _shown(item.payload))))
        return text.getvalue().encode("utf-8-sig")

    # what there is

    @cached_property
    def opened(self) -> list[Opened]:
        return list(open_chats(self.part, self.import_, self.house, orders=self.told.orders))

    @cached_property
    def _speakers(self) -> dict[str, Speaker]:
        return {one.key: one for opened in self.opened for one in opened.chat.speakers}

    @cached_property
    def _found(self) -> dict[str, Found]:
        chats = [opened.chat for opened in self.opened]
        return names.find(chats, member=self.import_.member, country=self.house.country)

    def _all(self) -> Iterator[tuple[Place, Any]]:
        met: set[str] = set()
        seen: Counter[tuple[str, ...]] = Counter()
        for opened in self.opened:
            for said in opened.chat.said:
                for who in (said.speaker, *said.to):
                    if who.key not in met:
                        met.add(who.key)
                        yield said.place, Named(who, self._instant(said))
            for line in opened.chat.lines:
                if isinstance(line, Said):
                    alike = (opened.chat.number or opened.name, line.speaker.key, line.at.isoformat()[:16], line.same)
                    seen[alike] += 1
                    yield line.place, Written(opened, line, seen[alike])
                else:
                    yield line.place, Written(opened, line)
        told = {opened.path for opened in self.opened}
        for path in self.part.paths:
            if path not in told:
                name = self.part.name_of(path)
                yield Place(name, 1), LeftOut(Place(name, 1), Reason(ABOUT_CHATS), name)

    # who speaks

    def _load_people(self, items: Sequence[Item], run: Run) -> Iterator[Outcome]:
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

    def _recall(self) -> None:
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

    # what was said

    def _load_lines(self, items: Sequence[Item], run: Run) -> Iterator[Outcome]:
        news: list[tuple[Item, News, Opened]] = []
        for item in items:
            payload = item.payload
            if isinstance(payload, LeftOut):
                yield Outcome(item, Fate.LEFT_OUT, payload.reason.translated())
            elif isinstance(payload, Written):
                told = self._news(item, payload)
                if isinstance(told, Outcome):
                    yield told
                else:
                    news.append((item, told, payload.opened))
        threads = self._open_threads([one for _item, one, _opened in news])
        heard = tell_happenings([one for _item, one, _opened in news], run=run)
        self._enclose([(item, one) for (item, _news, _opened), one in zip(news, heard, strict=True)], run)
        Thread.objects.filter(pk__in=threads, moments=None).delete()
        for (item, one, _opened), answer in zip(news, heard, strict=True):
            yield Outcome(item, answer.fate, key=one.happening.key, fact_id=answer.moment_id)

    def _news(self, item: Item, written: Written) -> News | Outcome:
        line = written.line
        if not isinstance(line, Said):
            fate = Fate.LEFT_OUT if isinstance(line, LeftOut) else Fate.REJECTED
            return Outcome(item, fate, line.reason.translated())
        who = self.who[line.speaker.key]
        if who.party is None:
            return Outcome(item, who.fate, who.why)
        chat = written.opened.chat
        others, why_none = self._others(line, chat)
        if why_none:
            return Outcome(item, why_none.fate, why_none.why)
        there = [who.party, *others, *([self.own] if self.own else [])]
        if all(party.is_ours for party in there):
            return Outcome(item, Fate.LEFT_OUT, gettext(OURS_ALONE if others else TO_NOBODY))
        return News(self._happening(written, line, who.party, others), item.place)

    def _others(self, line: Said, chat: Chat) -> tuple[list[Party], Who | None]:
        """Those it reached besides whoever wrote it, and where it reached nobody why so."""
        if chat.service == LINKEDIN and not self._is_mine(chat):
            return [], Who(None, Fate.REJECTED, _UNKNOWN.translated())
        keys = [who.key for who in line.to] or self._around[id(chat)].present(line)
        speakers = [self.who[key] for key in keys if key != line.speaker.key]
        others = {who.party.pk: who.party for who in speakers if who.party}
        sender = self.who[line.speaker.key].party
        if sender is not None and sender.is_ours and not any(not one.is_ours for one in others.values()):
            if self._around[id(chat)].is_crowd:
                reason = Reason(TO_A_CROWD, {"number": LARGEST_GROUP})
                return [], Who(None, Fate.LEFT_OUT, reason.translated())
            if nobody := next((who for who in speakers if who.party is None), None):
                return [], nobody
        return list(others.values()), None

    def _is_mine(self, chat: Chat) -> bool:
        own = self.own.pk if self.own else None
        return any(who.party and who.party.pk == own for one in chat.speakers if (who := self.who[one.key]))

    @cached_property
    def _around(self) -> dict[int, _Around]:
        return {id(opened.chat): _Around(opened.chat) for opened in self.opened}

    def _happening(self, written: Written, line: Said, sender: Party, others: Sequence[Party]) -> Happening:
        chat, at = written.opened.chat, self._instant(line)
        takers = self._takers(sender, others, is_crowd=self._around[id(chat)].is_crowd)
        is_between_two = not chat.is_group and len(takers) == 2
        text = line.words
        return Happening(
            mode=Mode.MESSAGE if line.lasted is None else Mode.CALL,
            happened_at=at,
            zone=self.zone,
            takers=takers,
            key=self._key(written, line, at, sender, others),
            ended_at=at + line.lasted if line.lasted else None,
            began=Began.US if sender.is_ours else Began.THEM,
            asks_answer=is_between_two and line.lasted is None and asks.asks(text)[0],
            subject=plain(chat.title if chat.is_group else line.subject)[:300],
            words=text[:NO_WORDS_LEFT],
            body=text if len(text) > NO_WORDS_LEFT else "",
            thread=self._thread(written.opened, others, sender),
        )

    def _takers(self, sender: Party, others: Sequence[Party], *, is_crowd: bool) -> list[Taker]:
        role = ParticipantRole.COPY if is_crowd else ParticipantRole.TO
        takers = [Taker(sender, ParticipantRole.FROM), *(Taker(party, role) for party in others)]
        if self.own is not None:
            # It stands in this member's telephone, so it reached them.
            takers.append(Taker(self.own, role))
        once = {taker.party.pk: taker for taker in reversed(takers)}
        return list(reversed(once.values()))

    def _key(self, written: Written, line: Said, at: datetime, sender: Party, others: Sequence[Party]) -> str:
        """By its own number, else by who wrote what in which minute; what I write to one is not what I write to another."""
        service = line.speaker.service.lower().replace(" ", "-")
        if line.told:
            return f"chat:{service}:{line.told}"[:400]
        is_mine = self.own is not None and sender.pk == self.own.pk and not written.opened.chat.is_group
        to = ",".join(sorted(str(party.pk) for party in others)) if is_mine else ""
        told = "\x1f".join((at.isoformat()[:16], str(sender.pk), to, line.same))
        digest = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]
        return f"chat:{service}:{digest}" + (f"#{written.nth}" if written.nth > 1 else "")

    def _thread(self, opened: Opened, others: Sequence[Party], sender: Party) -> Thread:
        """The conversation, the same for each export of it: of two by the other one, of a group by what it is called."""
        chat = opened.chat
        own = self.own.pk if self.own else None
        outside = sorted(str(party.pk) for party in (sender, *others) if party.pk != own)
        told = ",".join(outside) if not chat.is_group else chat.number or fold(chat.title) or opened.name
        number = uuid5(_THREADS, f"{self.import_.member_id}\x1f{chat.service}\x1f{chat.is_group}\x1f{told}")
        return Thread(id=number, subject=plain(chat.title if chat.is_group else "")[:300])

    def _open_threads(self, news: Sequence[News]) -> list[UUID]:
        """Write down the conversations that are not there; answers their ids."""
        wanted = {one.happening.thread.pk: one.happening.thread for one in news if one.happening.thread}
        there = set(Thread.objects.filter(pk__in=list(wanted)).values_list("pk", flat=True))
        copy([thread for pk, thread in wanted.items() if pk not in there])
        return [pk for pk in wanted if pk not in there]

    def _enclose(self, told: Sequence[tuple[Item, Heard]], run: Run) -> None:
        """Keep the files of those messages that are new, where the export has them."""
        rows = []
        for item, heard in told:
            line: Said = item.payload.line
            # Beside a file that came alone lie others of the house, and none of the chat.
            has_files = heard.fate is Fate.NEW and item.payload.opened.path != self.part.root
            for name in line.files if has_files else ():
                if path := parse.beside(item.payload.opened.path, name):
                    kind = mimetypes.guess_type(name)[0] or ""
                    kept = files.keep(path, at=run.at, media_type=kind)
                    rows.append(Attachment(moment_id=heard.moment_id, file=kept, name=plain(name)[:300]))
        Attachment.objects.bulk_create(rows, ignore_conflicts=True)

    def _instant(self, said: Said) -> datetime:
        """The instant, in UTC; the time a phone showed is that of the member who brings it."""
        if said.at.tzinfo:
            return said.at.astimezone(UTC)
        return said.at.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)


class _Around:
    """Who is in a conversation around a message: phones tell only who wrote, and when."""

    def __init__(self, chat: Chat) -> None:
        self.wrote: dict[str, list[datetime]] = defaultdict(list)
        for one in chat.said:
            self.wrote[one.speaker.key].append(one.at)
        for times in self.wrote.values():
            times.sort()
        self.is_crowd = len(self.wrote) > LARGEST_GROUP

    def present(self, line: Said) -> list[str]:
        """Those who wrote within thirty days of it; where nobody else did, all who ever wrote. Of a crowd nobody."""
        if self.is_crowd:
            return []
        near = [key for key, times in self.wrote.items() if key != line.speaker.key and _is_near(times, line.at)]
        return near or [key for key in self.wrote if key != line.speaker.key]


def open_chats(part: Part, import_: Import, house: House, *, orders: dict[str, str]) -> Iterator[Opened]:
    """The chats of a part, in the order of its files."""
    default = stamps.MDY if house.country in MONTH_FIRST else stamps.DMY
    # What the archive is called may say who is in the chat, where its file does not.
    around = part.name if len(import_.paths) != 1 else str(import_.source)
    for path in part.paths:
        name = part.name_of(path)
        found = parse.read(path, name=name, around=around, present=import_.began_at, orders=orders, default=default)
        yield from (Opened(chat, path, name) for chat in found)


def read_again(opened: Opened, order: str) -> Chat:
    """The same chat with its days in another order."""
    present = datetime.max.replace(tzinfo=UTC) - timedelta(days=3)
    return parse.read(opened.path, name=opened.name, present=present, orders={opened.name: order})[0]


def _is_near(times: Sequence[datetime], at: datetime) -> bool:
    place = bisect_left(times, at - SPOKE_WITHIN)
    return place < len(times) and times[place] <= at + SPOKE_WITHIN


def _told_by(run: Run) -> tuple[Any, ...]:
    return run.at, run.member.pk, run.import_.source_id


def _not_said(speaker: Speaker) -> str:
    if speaker.service == LINKEDIN:
        return _UNKNOWN.translated()
    return Reason(NOT_SAID, {"name": speaker.name[:100]}).translated()


def _chosen_out(speaker: Speaker) -> str:
    return Reason(CHOSEN_OUT, {"name": speaker.name[:100]}).translated()


def _shown(payload: Any) -> str:
    """What stood there, for the file that is handed back."""
    if isinstance(payload, Named):
        return payload.speaker.name
    line = payload.line if isinstance(payload, Written) else payload
    if isinstance(line, Said):
        return f"{line.speaker.name}: {line.words}"
    return line.what if isinstance(line, (LeftOut, Rejected)) else ""
