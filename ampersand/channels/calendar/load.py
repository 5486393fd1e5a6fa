"""Bringing in calendars: meetings become moments of those who took part, ahead as well as past.

A meeting that stands in several calendars, or in a note, is one moment. A later version moves it, a cancellation takes it
back, and undoing the import that brought either restores what was.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from ampersand.channels.calendar import titles, withdrawing
from ampersand.channels.calendar.keys import key_of
from ampersand.channels.calendar.meetings import Attendee, LeftOut, Meeting
from ampersand.channels.calendar.modes import mode_of
from ampersand.channels.calendar.parse import ONLY_YOU, CalendarOutcome, parse
from ampersand.channels.happenings import Heard, News, tell_all
from ampersand.channels.knowing import become_known, make_findable
from ampersand.channels.material import Part
from ampersand.channels.models import Fate, Import, ImportItem
from ampersand.channels.outcomes import plain, too_large
from ampersand.channels.people import Address, is_under, named_only, parties_behind
from ampersand.channels.run import Item, Outcome, Run, place_of
from ampersand.core.rooms import Room
from ampersand.members.models import House, HouseDomain, Member
from ampersand.parties.identifiers import domain_of, normalised
from ampersand.parties.models import Because, Identifier, IdentifierKind, Party
from ampersand.timeline.actions import Happening, Taker
from ampersand.timeline.models import ParticipantRole
from ampersand.timeline.queries import met_by_source

MOST_WORDS = 4_000
LARGEST_MEETING = 30

# Where programs begin what a machine wrote about how to join: nobody's words.
_JOINING = re.compile(
    r"(?:-::~:~::|_{20,}|-{20,}|\*{20,}|join (?:zoom|the|teams|with google)|microsoft teams (?:meeting|need help)|"
    r".{0,60} is inviting you to a scheduled zoom)",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]{1,500}>")


class CalendarLoader:
    """Entries of .ics and .vcs files, in the order of the files and within each as the parser tells them."""

    def __init__(self, part: Part, import_: Import) -> None:
        self.part, self.import_ = part, import_
        self.house = House.objects.get()

    def count(self) -> int | None:
        return None

    def items(self, *, after: int) -> Iterator[Item]:
        ordinal = 0
        for path in self.part.paths:
            for outcome in self._read(path):
                ordinal += 1
                if ordinal > after:
                    yield Item(ordinal, place_of(outcome.place), outcome)

    def load(self, items: Sequence[Item], *, run: Run) -> list[Outcome]:
        alone = {item.ordinal: _alone_key(item.payload) for item in items if _is_alone(item.payload)}
        told_before = withdrawing.told_before(alone.values(), run=run)
        told = {
            item.ordinal: meeting
            for item in items
            if alone.get(item.ordinal) not in told_before and (meeting := self._meeting(item, run))
        }
        meetings = [(item, told[item.ordinal]) for item in items if item.ordinal in told]
        people = _People.of([meeting for _, meeting in meetings], run=run)
        heard = tell_all([self._news(item, meeting, people) for item, meeting in meetings], run=run)
        by_ordinal = {item.ordinal: one for (item, _), one in zip(meetings, heard, strict=True)}
        withdrawing.take_back(
            [item.payload for item in items if isinstance(item.payload, LeftOut) and item.payload.withdraws], run=run
        )
        return [self._outcome(item, by_ordinal.get(item.ordinal)) for item in items]

    def settle(self, *, run: Run) -> None:
        """Whom one of ours met is known: not those of a meeting ahead, nor of a crowd."""
        met = met_by_source(run.import_.source_id, until=run.at, at_most=LARGEST_MEETING)
        make_findable(become_known({party: (Because.MET, at) for party, at in met.items()}, run=run))

    def rejected_file(self, rejected: Sequence[ImportItem]) -> bytes | None:
        return None

    def _read(self, path: Path) -> Iterator[CalendarOutcome]:
        if refused := too_large(path, name=self.part.name_of(path)):
            return iter([refused])
        return parse(
            path.read_bytes(),
            path=self.part.name_of(path),
            as_of=self.import_.began_at,
            house_zone=self.house.time_zone,
            is_ours=self._is_ours,
        )

    def _is_ours(self, address: str) -> bool:
        clean = normalised(IdentifierKind.EMAIL, address)
        return bool(clean) and (clean in self._own_addresses or is_under(domain_of(clean), self._own_domains))

    @cached_property
    def _own_domains(self) -> set[str]:
        return set(HouseDomain.objects.values_list("domain", flat=True))

    @cached_property
    def _own_addresses(self) -> set[str]:
        members = Member.objects.values_list("email", flat=True)
        told = Identifier.objects.filter(kind=IdentifierKind.EMAIL, party__member__isnull=False, withdrawn_at=None)
        return {*(email.lower() for email in members), *told.values_list("value", flat=True)}

    def _meeting(self, item: Item, run: Run) -> Meeting | _Named | None:
        """The meeting of an item, if it is one. One with nobody in it but you may name somebody known in its title."""
        outcome = item.payload
        if isinstance(outcome, LeftOut) and outcome.meeting is not None and _is_alone(outcome):
            party = titles.find_named(outcome.meeting.summary, member=run.member)
            return _Named(outcome.meeting, party) if party else None
        return outcome if isinstance(outcome, Meeting) else None

    def _news(self, item: Item, told: Meeting | _Named, people: _People) -> News:
        meeting = told.meeting if isinstance(told, _Named) else told
        starts_at, zone = self._when(meeting)
        happening = Happening(
            mode=mode_of(meeting),
            happened_at=starts_at,
            zone=zone,
            takers=people.takers(told),
            key=key_of(meeting),
            ended_at=self._ends_at(meeting),
            is_all_day=meeting.is_all_day,
            subject=plain(meeting.summary)[:300],
            words=plain(words_of(meeting)),
            where=plain(meeting.where)[:300],
            room=Room.MINE if meeting.is_private else Room.OURS,
        )
        return News(happening, item.place, version=meeting.sequence, may_be_noted=not meeting.is_private)

    def _when(self, meeting: Meeting) -> tuple[datetime.datetime, str]:
        """The start, and the zone it was meant in; a zone only its file knows is taken for the house's."""
        zone = meeting.zone if meeting.zone in _zones() else self.house.time_zone
        if meeting.starts_at is not None:
            return meeting.starts_at, zone
        assert meeting.starts_on is not None  # noqa: S101 a meeting has one or the other
        return _midnight(meeting.starts_on, self.house.time_zone), self.house.time_zone

    def _ends_at(self, meeting: Meeting) -> datetime.datetime | None:
        if meeting.ends_on is None or meeting.starts_on is None:
            return meeting.ends_at
        is_one_day = meeting.ends_on - meeting.starts_on <= datetime.timedelta(days=1)
        return None if is_one_day else _midnight(meeting.ends_on, self.house.time_zone)

    def _outcome(self, item: Item, heard: Heard | None) -> Outcome:
        outcome: Any = item.payload
        if heard is not None:
            meeting = outcome if isinstance(outcome, Meeting) else outcome.meeting
            return Outcome(item, heard.fate, key=key_of(meeting), fact_id=heard.moment_id)
        fate = Fate.LEFT_OUT if isinstance(outcome, LeftOut) else Fate.REJECTED
        is_taking_back = isinstance(outcome, LeftOut) and outcome.withdraws
        key = withdrawing.own_key(outcome) if is_taking_back else _alone_key(outcome) if _is_alone(outcome) else ""
        return Outcome(item, fate, outcome.reason.translated(), key=key)


@dataclass(frozen=True)
class _Named:
    """A meeting with nobody in it but the member, whose title names somebody known."""

    meeting: Meeting
    party: Party


class _People:
    """Who took part in the meetings of a batch."""

    def __init__(self, by_address: Mapping[str, Party], by_name: Mapping[str, Party], own: Party | None) -> None:
        self.by_address, self.by_name, self.own = by_address, by_name, own

    @classmethod
    def of(cls, told: Sequence[Meeting | _Named], *, run: Run) -> _People:
        people = [who for meeting in told if isinstance(meeting, Meeting) for who in meeting.people]
        by_address = parties_behind(
            (Address(plain(who.address), plain(who.name)) for who in people if _clean(who)), run=run
        )
        by_name = named_only((plain(who.name) for who in people if not _clean(who) and who.name.strip()), run=run)
        return cls(by_address, by_name, Party.objects.filter(member=run.member).first())

    def takers(self, told: Meeting | _Named) -> list[Taker]:
        """Those who did not decline, and the member whose calendar it is unless they did."""
        if isinstance(told, _Named):
            there = [told.party]
        else:
            there = [party for who in told.people if who.answer != "declined" and (party := self._party(who))]
            declined = {party.pk for who in told.people if who.answer == "declined" and (party := self._party(who))}
            there = [party for party in there if party.pk not in declined]
            if self.own is not None and self.own.pk in declined:
                return _takers(there)
        return _takers([*there, self.own] if self.own else there)

    def _party(self, who: Attendee) -> Party | None:
        return self.by_address.get(_clean(who)) or self.by_name.get(plain(who.name))


def _is_alone(outcome: CalendarOutcome) -> bool:
    return isinstance(outcome, LeftOut) and outcome.reason.text == ONLY_YOU and outcome.meeting is not None


def _alone_key(outcome: Any) -> str:
    """What an entry that was left out is known again by: whoever its title names may have become known since, and the
    same file again shall change nothing."""
    return key_of(outcome.meeting).replace("event:", "alone:", 1)


def _takers(parties: Sequence[Party]) -> list[Taker]:
    once = {party.pk: party for party in parties}
    return [Taker(party, ParticipantRole.WITH) for party in once.values()]


def _clean(who: Attendee) -> str:
    return normalised(IdentifierKind.EMAIL, plain(who.address))


def words_of(meeting: Meeting) -> str:
    """What somebody wrote about the meeting, without the paragraphs on how to join it."""
    text = (
        _TAG.sub(" ", meeting.description.replace("<br>", "\n")) if "<" in meeting.description else meeting.description
    )
    found = _JOINING.search(text)
    return (text[: found.start()] if found else text).strip()[:MOST_WORDS]


def _midnight(day: datetime.date, zone: str) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), tzinfo=ZoneInfo(zone)).astimezone(datetime.UTC)


@lru_cache(maxsize=1)
def _zones() -> set[str]:
    return available_timezones()
