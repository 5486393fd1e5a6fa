"""The rows of a demo house as they grow: what the actions would have written, without writing it one by one.

Every method answers the row it added and names it as the action of its app does. Nothing touches the database until
`loading.load` copies all rows in the order their tables need.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Model

from ampersand.core.folding import sort_key
from ampersand.core.models import Source, SourceKind
from ampersand.core.rooms import Room
from ampersand.desk.demo import clock
from ampersand.desk.demo.ids import Ids
from ampersand.desk.models import SavedSearch
from ampersand.exchange.models import Concession, Transaction
from ampersand.members.models import Member
from ampersand.notebook.models import Note, Piece
from ampersand.parties.identifiers import normalised
from ampersand.parties.models import (
    Because,
    Detail,
    Identifier,
    Party,
    Relationship,
    SideLine,
    StandsFor,
    Tag,
    Tending,
    Tie,
)
from ampersand.parties.speaking import Voice
from ampersand.promises.models import EventKind, Promise, PromiseEvent
from ampersand.terms.lines import Line as TermsLine
from ampersand.terms.models import TermLine, Terms
from ampersand.timeline.models import Moment, Participant, ParticipantRole, Telling, Thread, day_of

M = TypeVar("M", bound=Model)
ZONE = clock.ZONE.key


@dataclass(frozen=True)
class Said:
    """A sentence of a note and what it became: the kind of piece, and the row."""

    words: str
    kind: str = ""
    fact: Model | None = None


class Book:
    """A house being written. `today` is its present day; no clock is read anywhere in here."""

    def __init__(self, *, today: date, seed: int, founded_on: date) -> None:
        self.today = today
        self.seed = seed
        self.founded_at = clock.at(founded_on, 8)
        self.rows: dict[type[Model], list[Model]] = {}
        self._ids = Ids(f"rows {seed}")
        self._sources: dict[str, Source] = {}
        self._of_moment: dict[object, list[Party]] = {}

    def add(self, row: M) -> M:
        self.rows.setdefault(type(row), []).append(row)
        return row

    def all(self, model: type[M]) -> list[M]:
        return self.rows.get(model, [])  # type: ignore[return-value]

    def id(self, at: datetime) -> Any:
        return self._ids.new(at)

    def source(self, label: str, *, at: datetime) -> Source:
        """The one source of this name: a mailbox, a calendar, the order book."""
        if label not in self._sources:
            self._sources[label] = self.add(Source(id=self.id(at), kind=SourceKind.DEMO, label=label, made_at=at))
        return self._sources[label]

    # parties

    def party(
        self, name: str, *, kind: str, at: datetime, sort_name: str = "", language: str = "", **ours: Any
    ) -> Party:
        return self.add(
            Party(
                id=self.id(at),
                kind=kind,
                name=name,
                sort_name=sort_name,
                sort_key=sort_key(name, sort_name),
                language=language,
                told_at=at,
                **ours,
            )
        )

    def relationship(self, party: Party, *, at: datetime, because: str = Because.DEMO) -> Relationship:
        return self.add(
            Relationship(id=self.id(at), party=party, because=because, known_at=at, told_at=at, source=party.source)
        )

    def stands_for(self, party: Party, same_as: Party, *, reason: str, by: Member, at: datetime) -> StandsFor:
        """As merging tells it, of two who stand for themselves until then and are known both."""
        party.now = same_as
        link = StandsFor(id=self.id(at), party=party, same_as=same_as, reason=reason, told_at=at, told_by=by)
        return self.add(link)

    def identifier(
        self, party: Party, kind: str, value: str, *, at: datetime, source: Source | None = None
    ) -> Identifier:
        clean = normalised(kind, value)
        return self.add(
            Identifier(id=self.id(at), party=party, kind=kind, value=clean, as_told=value, told_at=at, source=source)
        )

    def detail(self, party: Party, label: str, value: str, *, at: datetime, source: Source | None = None) -> Detail:
        return self.add(Detail(id=self.id(at), party=party, label=label, value=value, told_at=at, source=source))

    def tag(self, party: Party, word: str, *, at: datetime, by: Member) -> Tag:
        return self.add(Tag(id=self.id(at), party=party, word=word, told_at=at, told_by=by))

    def saved_search(self, member: Member, name: str, asked: dict[str, Any], *, at: datetime, shared: bool) -> None:
        shared_at = at if shared else None
        self.add(SavedSearch(id=self.id(at), member=member, name=name, asked=asked, made_at=at, shared_at=shared_at))

    def tie(
        self,
        one: Party,
        kind: str,
        other: Party,
        *,
        at: datetime,
        role: str = "",
        from_on: date | None = None,
        until_on: date | None = None,
    ) -> Tie:
        return self.add(
            Tie(
                id=self.id(at),
                kind=kind,
                from_party=one,
                to_party=other,
                role=role,
                from_on=from_on,
                until_on=until_on,
                told_at=at,
            )
        )

    def tend(self, relationship: Relationship, member: Member, *, on: date, until_on: date | None = None) -> Tending:
        at = clock.at(on, 9)
        return self.add(
            Tending(id=self.id(at), relationship=relationship, member=member, from_on=on, until_on=until_on, told_at=at)
        )

    def line(
        self,
        relationship: Relationship,
        kind: str,
        words: str,
        *,
        said_on: date,
        by: Member | None = None,
        is_ours: bool = False,
        is_quote: bool = False,
        of: Party | None = None,
        source: Source | None = None,
    ) -> SideLine:
        at = clock.at(said_on, 17, 20)
        return self.add(
            SideLine(
                id=self.id(at),
                relationship=relationship,
                is_ours=is_ours,
                voice=Voice.OWN if is_ours else Voice.TOLD_BY_US,
                kind=kind,
                of=of,
                words=words,
                said_on=said_on,
                is_quote=is_quote,
                told_at=at,
                told_by=by,
                source=source,
            )
        )

    def terms(
        self,
        party: Party,
        *,
        said_on: date,
        by: Member | None,
        roster: str,
        lines: Sequence[TermsLine],
        words: str = "",
        voice: str = Voice.TOLD_BY_US,
    ) -> Terms:
        at = clock.at(said_on, 17, 30)
        terms = self.add(
            Terms(
                id=self.id(at),
                party=party,
                version=1,
                roster=roster,
                words=words,
                from_at=at,
                said_by=party,
                said_at=at,
                voice=voice,
                told_at=at,
                told_by=by,
            )
        )
        for position, line in enumerate(lines):
            self.add(TermLine(id=self.id(at), terms=terms, position=position, kind=line.kind, value=line.told()))
        return terms

    # what happened

    def thread(self, subject: str, *, at: datetime) -> Thread:
        return self.add(Thread(id=self.id(at), subject=subject))

    def moment(
        self,
        mode: str,
        at: datetime,
        takers: Sequence[tuple[Party, str]],
        *,
        told_at: datetime,
        by: Member | None = None,
        source: Source | None = None,
        key: str = "",
        place: str = "",
        began: str = "",
        minutes: int = 0,
        asks: bool = False,
        subject: str = "",
        words: str = "",
        where: str = "",
        thread: Thread | None = None,
    ) -> Moment:
        moment = self.add(
            Moment(
                id=self.id(at),
                mode=mode,
                happened_at=at,
                ended_at=at + timedelta(minutes=minutes) if minutes else None,
                zone=ZONE,
                on_day=day_of(at, ZONE),
                began=began,
                asks_answer=asks,
                subject=subject,
                words=words,
                where=where,
                thread=thread,
                room=Room.OURS,
                told_at=told_at,
                told_by=by,
                source=source,
                place=place,
            )
        )
        for party, role in takers:
            self.add(Participant(moment=moment, party=party, role=role, is_ours=party.is_ours, happened_at=at))
        self._of_moment[moment.pk] = [party for party, _ in takers]
        if key and source:
            self._telling(moment, key, source=source, told_at=told_at)
        return moment

    def meeting(
        self,
        mode: str,
        at: datetime,
        parties: Iterable[Party],
        *,
        owner: Member,
        minutes: int = 60,
        told_days_before: int = 6,
        subject: str = "",
        words: str = "",
        where: str = "",
    ) -> Moment:
        """A meeting out of a member's calendar, of which nobody has written anything yet."""
        told_at = at - timedelta(days=told_days_before)
        source = self.source(f"Calendar of {owner.name}", at=self.founded_at)
        uid = f"event:{self.id(at)}@harbourandfinch.example/"
        return self.moment(
            mode,
            at,
            [(party, ParticipantRole.WITH) for party in parties],
            told_at=told_at,
            source=source,
            key=uid,
            place=uid.removeprefix("event:"),
            minutes=minutes,
            subject=subject,
            words=words,
            where=where,
        )

    def note(
        self,
        member: Member,
        at: datetime,
        about: Relationship | None,
        said: Sequence[Said],
        *,
        shared_at: datetime | None = None,
    ) -> Note:
        """A note of a member, with what was kept of each sentence. Facts kept from it are told by its writer.

        A meeting that the calendar brought keeps its source; the note joins it and fills in what nobody had said.
        """
        source = self.add(Source(id=self.id(at), kind=SourceKind.NOTE, made_at=at))
        note = self.add(
            Note(
                id=self.id(at),
                member=member,
                device_id=self.id(at),
                words=" ".join(piece.words for piece in said),
                written_at=at,
                zone=ZONE,
                told_at=at,
                about=about,
                source=source,
                shared_at=shared_at,
            )
        )
        start = 0
        for piece in said:
            if piece.fact is not None:
                joins = isinstance(piece.fact, Moment) and piece.fact.source_id is not None
                self._join(piece.fact, piece.words, note) if joins else self._tell(piece.fact, note)
                self.add(
                    Piece(
                        id=self.id(at),
                        note=note,
                        kind=piece.kind,
                        start=start,
                        end=start + len(piece.words),
                        fact_id=piece.fact.pk,
                        joined=joins,
                    )
                )
            start += len(piece.words) + 1
        return note

    def _tell(self, fact: Any, note: Note) -> None:
        fact.told_by, fact.source, fact.told_at = note.member, note.source, note.told_at

    def _join(self, moment: Any, words: str, note: Note) -> None:
        filled = [] if moment.words else ["words"]
        moment.words = moment.words or words
        self._telling(
            moment, f"told:{moment.pk}", source=note.source, told_at=note.told_at, by=note.member, filled=filled
        )

    def _telling(
        self,
        moment: Moment,
        key: str,
        *,
        source: Source,
        told_at: datetime,
        by: Member | None = None,
        filled: Sequence[str] = (),
    ) -> None:
        """What one source said of a moment, as `timeline.actions` keeps it."""
        said = {
            "mode": moment.mode,
            "happened_at": moment.happened_at.isoformat(),
            "zone": moment.zone,
            "ended_at": moment.ended_at.isoformat() if moment.ended_at else None,
            "is_all_day": moment.is_all_day,
            "began": moment.began,
            "subject": moment.subject,
            "words": moment.words,
            "where": moment.where,
            "parties": [str(party.pk) for party in self._of_moment[moment.pk]],
            "joined": by is not None,
            "added": [],
            "filled": list(filled),
        }
        self.add(
            Telling(
                id=self.id(told_at),
                moment=moment,
                key=key,
                said=said,
                told_at=told_at,
                told_by=by,
                source=source,
                place="" if by else moment.place,
            )
        )

    # promises, give and take, trade

    def promise(
        self,
        by: Party,
        to: Party,
        relationship: Relationship,
        words: str,
        *,
        made_on: date,
        due_on: date | None,
        moment: Moment | None = None,
        told_by: Member | None = None,
        condition: str = "",
    ) -> Promise:
        at = clock.at(made_on, 17, 25)
        return self.add(
            Promise(
                id=self.id(at),
                relationship=relationship,
                by=by,
                to=to,
                is_ours=by.is_ours,
                words=words,
                condition=condition,
                made_on=made_on,
                first_due_on=due_on,
                due_on=due_on,
                moment=moment,
                room=Room.OURS,
                told_at=at,
                told_by=told_by,
            )
        )

    def say(
        self,
        promise: Promise,
        kind: str,
        *,
        on: date,
        by: Party,
        told_by: Member | None,
        voice: str = Voice.OWN,
        due_on: date | None = None,
        words: str = "",
    ) -> PromiseEvent:
        """An event of a promise. The database's own trigger settles the promise from it."""
        # What is said of one promise on one day stands in the order it was said.
        order = list(EventKind).index(EventKind(kind))
        at = clock.at(on, 9 + order % 8, 10)
        return self.add(
            PromiseEvent(
                id=self.id(at),
                promise=promise,
                kind=kind,
                by=by,
                voice=voice,
                told_by=told_by,
                at=at,
                told_at=at,
                words=words,
                due_on=due_on,
            )
        )

    def concession(
        self,
        by: Party,
        to: Party,
        relationship: Relationship,
        words: str,
        *,
        on: date,
        amount: int | None = None,
        cost: str = "",
        worth: str = "",
        told_by: Member | None = None,
        moment: Moment | None = None,
        is_gift: bool = False,
        room: str = Room.OURS,
    ) -> Concession:
        at = clock.at(on, 17, 30)
        return self.add(
            Concession(
                id=self.id(at),
                relationship=relationship,
                by=by,
                to=to,
                is_ours=by.is_ours,
                words=words,
                happened_on=on,
                amount=Decimal(amount) if amount else None,
                currency="GBP" if amount else "",
                voice=Voice.OWN if by.is_ours else Voice.TOLD_BY_US,
                cost_words=cost,
                cost_voice=(Voice.OWN if by.is_ours else Voice.TOLD_BY_US) if cost else "",
                cost_told_by=told_by if cost else None,
                cost_at=at if cost else None,
                worth_words=worth,
                worth_voice=(Voice.TOLD_BY_US if by.is_ours else Voice.OWN) if worth else "",
                worth_told_by=told_by if worth else None,
                worth_at=at if worth else None,
                is_gift=is_gift,
                moment=moment,
                room=room,
                told_at=at,
                told_by=told_by,
            )
        )

    def transaction(
        self,
        party: Party,
        kind: str,
        *,
        on: date,
        amount: Decimal | None = None,
        number: str = "",
        words: str = "",
        keeps: Promise | None = None,
    ) -> Transaction:
        at = clock.at(on, 20)
        return self.add(
            Transaction(
                id=self.id(at),
                party=party,
                kind=kind,
                happened_on=on,
                amount=amount,
                currency="GBP" if amount is not None else "",
                number=number,
                words=words,
                keeps=keeps,
                told_at=at,
                source=self.source("Order book", at=self.founded_at),
                place=number,
            )
        )
