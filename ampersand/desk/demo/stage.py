"""A stage for the scenes: the cast, the day, and the few things that scenes do."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from ampersand.core.rooms import Room
from ampersand.desk.demo import clock
from ampersand.desk.demo.book import Said
from ampersand.desk.demo.cast import HERE, Cast, Person
from ampersand.members.models import Member
from ampersand.notebook.models import PieceKind
from ampersand.parties.models import LineKind, Party, Relationship
from ampersand.promises.models import Promise
from ampersand.timeline.models import Began, Mode, Moment, ParticipantRole


@cache
def told() -> dict[str, Any]:
    """The scenes as they are told in scenes.toml."""
    return tomllib.loads((HERE / "scenes.toml").read_text(encoding="utf-8"))


class Stage:
    """A cast with its book, on the day and at the hour the house is seen. `planted` is what readings are to find."""

    def __init__(self, cast: Cast, *, now: datetime) -> None:
        self.cast, self.book, self.today, self.now = cast, cast.book, cast.book.today, now
        self.maya = cast.members["Maya"]
        self.planted: list[dict[str, object]] = []

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def party(self, key: str) -> Party:
        return self.cast.people[key].party

    def of(self, key: str) -> Relationship:
        return self.cast.people[key].relationship

    def met(
        self,
        mode: Mode,
        days_ago: int,
        parties: list[Party],
        subject: str,
        said: str,
        *,
        by: str = "Maya",
        began: Began = Began.BOTH,
        written: bool = True,
    ) -> Moment:
        """A call, visit or gathering in the story, with its note."""
        member, day = self.cast.members[by], self.ago(days_ago)
        at, people = clock.at(day, 14 if mode == Mode.CALL else 10, 20), [*parties, self.cast.ours(by)]
        if mode == Mode.CALL:
            takers = [(party, ParticipantRole.WITH) for party in people]
            moment = self.book.moment(mode, at, takers, told_at=at, by=member, began=began, minutes=9, subject=subject)
        else:
            where = str(self.person_of(parties[0]).organisation) if mode == Mode.VISIT else "The roastery"
            moment = self.book.meeting(mode, at, people, owner=member, subject=subject, where=where)
        if written and said:
            if moment.source_id is None:
                moment.words = said
            self.note(member, moment, self.person_of(parties[0]).key, [Said(said, PieceKind.ENCOUNTER, moment)])
        return moment

    def note(self, member: Member, moment: Moment, about: str, said: list[Said], *, at: datetime | None = None) -> None:
        self.book.note(member, at or moment.happened_at + timedelta(minutes=70), self.of(about), said)

    def person_of(self, party: Party) -> Person:
        return next(person for person in self.cast.people.values() if person.party is party)

    def promise(
        self, key: str, what: str, made: int, due: int, *, by: Party | None = None, to: Party | None = None
    ) -> Promise:
        them = self.party(key)
        return self.book.promise(
            by or them,
            to or them,
            self.of(key),
            what,
            made_on=self.ago(made),
            due_on=self.ago(-due),
            told_by=self.maya,
        )

    def gave(self, by: Party, to: Party, key: str, given: dict[str, Any]) -> None:
        """What one side gave up, as told in scenes.toml: each half by the side whose it is to say."""
        self.book.concession(
            by,
            to,
            self.of(key),
            given["what"],
            on=self.ago(given["ago"]),
            amount=given["pounds"],
            cost=given.get("cost", ""),
            worth=given.get("worth", ""),
            told_by=self.maya,
            is_gift=given.get("gift", False),
            # What both have spoken of lies between the two.
            room=Room.BETWEEN if "cost" in given and "worth" in given else Room.OURS,
        )

    def matters(self, key: str, what: str, day: date, *, is_quote: bool = False) -> None:
        self.book.line(self.of(key), LineKind.MATTERS, what, said_on=day, by=self.maya, is_quote=is_quote)

    def wonder(self, key: str, what: str, day: date) -> None:
        self.book.line(self.of(key), LineKind.WONDER, what, said_on=day, by=self.maya, is_ours=True)

    def drift(self, key: str, since: date, *, trade: float, talk: float) -> dict[str, object]:
        return {"kind": "drift", "person": key, "since_on": since.isoformat(), "trade_share": trade, "talk_share": talk}
