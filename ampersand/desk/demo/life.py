"""What happens on the days two sides meet: mail with its answers, calls, visits, and what is kept of them in notes."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from ampersand.desk.demo import clock, promising
from ampersand.desk.demo.book import Said
from ampersand.desk.demo.cast import HERE, Cast, Person
from ampersand.members.models import Member
from ampersand.notebook.models import PieceKind
from ampersand.parties.models import LineKind, Party
from ampersand.timeline.models import Began, Mode, Moment, ParticipantRole, Thread

_MODES = {Mode.MAIL: 30, Mode.CALL: 26, Mode.VISIT: 26, Mode.MESSAGE: 10, Mode.VIDEO: 4, Mode.GATHERING: 4}
_MODES_OF = {
    "grower": {Mode.MAIL: 55, Mode.VIDEO: 25, Mode.MESSAGE: 15, Mode.CALL: 5},
    "supplier": {Mode.MAIL: 42, Mode.CALL: 38, Mode.VISIT: 12, Mode.MESSAGE: 8},
    "press": {Mode.MAIL: 70, Mode.CALL: 25, Mode.VISIT: 5},
    "money": {Mode.MAIL: 45, Mode.VISIT: 30, Mode.CALL: 25},
    "letters": {Mode.LETTER: 60, Mode.CALL: 22, Mode.VISIT: 18},
}
_MINUTES = {Mode.VISIT: (35, 90), Mode.VIDEO: (20, 50), Mode.CALL: (4, 25), Mode.GATHERING: (90, 180)}
_BUYERS = frozenset({"cafe", "bakery", "hotel", "hospital", "pub", "office", "campus"})


@cache
def words() -> dict[str, Any]:
    return tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))


@dataclass
class Life:
    """The life between the house and one person, day by day. `diary` is shared, so that nobody is in two places."""

    cast: Cast
    person: Person
    random: Random
    diary: set[tuple[Member, datetime]]
    topics: list[dict[str, str]] = field(init=False)
    told: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        general = words()["any"] if self.person.trade in _BUYERS else []
        self.topics = [*words()[self.person.trade], *words()[self.person.trade], *general]

    def live(self, days: Sequence[date]) -> None:
        """Let something happen on each of these days."""
        for day in days:
            self.meet(day)
        self._lines([day for day in days if day < self.cast.book.today])

    def meet(self, day: date) -> None:
        mode = self._mode()
        if mode in (Mode.MAIL, Mode.MESSAGE, Mode.LETTER):
            self.correspond(day, mode)
        else:
            self._talk(day, mode)

    # written

    def correspond(self, day: date, mode: str) -> None:
        """A question and its answer on one day, and sometimes thanks."""
        theirs = self.random.random() < self._share_they_begin() or mode == Mode.MESSAGE
        topic = self._written_topic(mode, theirs=theirs)
        member, began = self._member(day), Began.THEM if theirs else Began.US
        at = self._free(member, day, 8, 14)
        thread = self.cast.book.thread(topic.get("subject", ""), at=at) if mode == Mode.MAIL else None
        asks = mode != Mode.LETTER
        self.write(mode, at, member, began=began, topic=topic, words=topic["asked"], asks=asks, thread=thread)
        answered_at = at + timedelta(minutes=self.random.randint(18, 190))
        other = Began.US if theirs else Began.THEM
        self.write(
            mode, answered_at, member, began=other, topic=topic, words=topic["answered"], asks=False, thread=thread
        )
        if mode == Mode.MAIL and self.random.random() < 0.25:
            thanked_at = answered_at + timedelta(minutes=self.random.randint(5, 60))
            self.write(
                mode,
                thanked_at,
                member,
                began=began,
                topic=topic,
                words="Thank you, that is clear.",
                asks=False,
                thread=thread,
            )

    def ask_in_vain(self, day: date, *, theirs: bool) -> Moment:
        """A mail with a question that nobody has answered."""
        topic = self._written_topic(Mode.MAIL, theirs=theirs)
        member = self._member(day)
        at = self._free(member, day, 9, 15)
        thread = self.cast.book.thread(topic["subject"], at=at)
        return self.write(
            Mode.MAIL,
            at,
            member,
            began=Began.THEM if theirs else Began.US,
            topic=topic,
            words=topic["asked"],
            asks=True,
            thread=thread,
        )

    def write(
        self,
        mode: str,
        at: datetime,
        member: Member,
        *,
        began: str,
        topic: dict[str, str],
        words: str,
        asks: bool,
        thread: Thread | None,
    ) -> Moment:
        """One mail, message or letter. Mail comes out of the member's mailbox; a letter is written down by hand."""
        book, theirs = self.cast.book, began == Began.THEM
        us = self.cast.ours(member.name.split()[0])
        writer, reader = (self.person.party, us) if theirs else (us, self.person.party)
        takers: list[tuple[Party, str]] = [(writer, ParticipantRole.FROM), (reader, ParticipantRole.TO)]
        is_mail = mode == Mode.MAIL
        message_id = f"{book.id(at).hex}@{'post' if theirs else 'harbourandfinch'}.example"
        again = "Re: " if is_mail and thread and not asks and topic["asked"] != words else ""
        return book.moment(
            mode,
            at,
            takers,
            told_at=at + timedelta(minutes=2),
            by=None if is_mail else member,
            began=began,
            asks=asks,
            source=book.source(f"Mailbox of {member.name}", at=book.founded_at) if is_mail else None,
            key=f"mail:{message_id}" if is_mail else "",
            place=f"<{message_id}>" if is_mail else "",
            subject=again + topic.get("subject", "") if is_mail else "",
            words=self._fill(words),
            thread=thread,
        )

    # spoken

    def _talk(self, day: date, mode: str) -> None:
        topic = self._topic() if mode != Mode.GATHERING else self.random.choice(words()["gathering"])
        member = self._member(day)
        at = self._free(member, day, 9, 16)
        began = self._began(mode)
        moment = self._spoken(mode, at, member, began=began)
        said = [Said(self._fill(topic["spoke"]), PieceKind.ENCOUNTER, moment)]
        said += promising.made_here(self.cast, self.person, moment, member, topic, day, random=self.random)
        said += self._gave_way(moment, member, day)
        if moment.source_id is None:
            moment.words = said[0].words
        self.cast.book.note(
            member, at + timedelta(minutes=self.random.randint(40, 150)), self.person.relationship, said
        )

    def _spoken(self, mode: str, at: datetime, member: Member, *, began: str) -> Moment:
        book = self.cast.book
        us, minutes = self.cast.ours(member.name.split()[0]), self.random.randint(*_MINUTES[Mode(mode)])
        if mode in (Mode.VISIT, Mode.VIDEO):
            where = str(self.person.organisation or "") if mode == Mode.VISIT else ""
            subject = f"{self.person.party.name}, {self.person.organisation}" if self.person.organisation else ""
            return book.meeting(
                mode, at, [self.person.party, us], owner=member, minutes=minutes, subject=subject, where=where
            )
        takers = [(self.person.party, ParticipantRole.WITH), (us, ParticipantRole.WITH)]
        return book.moment(mode, at, takers, told_at=at, by=member, began=began, minutes=minutes)

    def _gave_way(self, moment: Moment, member: Member, day: date) -> list[Said]:
        if self.random.random() > 0.07 or self.person.told.get("gives_by_hand") or self.person.told.get("by_hand"):
            return []
        ours = self.random.random() < 0.5
        us = self.cast.ours(member.name.split()[0])
        gave = self._rare(words()["gave"]["ours" if ours else "theirs"])
        worth = "" if ours else self.random.choice(list(words()["gave"]["worth"].values()))
        amount = self.random.choice([None, 30, 45, 60, 90, 120])
        by, to = (us, self.person.party) if ours else (self.person.party, us)
        fact = self.cast.book.concession(
            by, to, self.person.relationship, gave, on=day, amount=amount, worth=worth, moment=moment
        )
        return [Said(f"We {gave}." if ours else f"{self.person.first} {gave}.", PieceKind.CONCESSION, fact)]

    # what matters, what we wonder

    def _lines(self, days: Sequence[date]) -> None:
        if not days or self.person.told.get("never_answers") or self.person.told.get("by_hand"):
            return
        book, relationship, random = self.cast.book, self.person.relationship, self.random
        told = words()["matters"]
        for _ in range(random.randint(1, 2)):
            quote = random.random() < 0.6
            book.line(
                relationship,
                LineKind.MATTERS,
                self._rare(told["quotes" if quote else "told"]),
                said_on=random.choice(days),
                by=self._main(),
                is_quote=quote,
            )
        if random.random() < 0.5:
            book.line(
                relationship,
                LineKind.WONDER,
                self._fill(self._rare(words()["wonder"]["ours"])),
                said_on=random.choice(days[-8:]),
                by=self._main(),
                is_ours=True,
            )
        if random.random() < 0.25:
            ours = random.random() < 0.5
            book.line(
                relationship,
                LineKind.HOPE,
                self._rare(words()["hope"]["ours" if ours else "theirs"]),
                said_on=random.choice(days),
                by=self._main(),
                is_ours=ours,
            )

    # choices

    def _mode(self) -> str:
        kind = "letters" if self.person.told.get("letters") else self.person.trade
        modes = _MODES_OF.get(kind, _MODES)
        return self.random.choices(list(modes), weights=list(modes.values()))[0]

    def _began(self, mode: str) -> str:
        """A call has somebody who rang; what was arranged belongs to both."""
        if mode != Mode.CALL:
            return Began.BOTH
        return Began.THEM if self.random.random() < self._share_they_begin() else Began.US

    def _share_they_begin(self) -> float:
        return 0.12 if self.person.told.get("ours_mostly") else 0.52

    def _written_topic(self, mode: str, *, theirs: bool) -> dict[str, str]:
        if mode == Mode.MESSAGE:
            return self.random.choice(words()["message"])
        return self._topic() if theirs else self._least_used(words()["ours"], "subject")

    def _topic(self) -> dict[str, str]:
        return self._least_used(self.topics, "subject")

    def _least_used(self, topics: Sequence[dict[str, str]], name: str) -> dict[str, str]:
        """Somebody does not bring up the same thing every time."""
        fewest = min(self.told[topic[name]] for topic in topics)
        topic = self.random.choice([topic for topic in topics if self.told[topic[name]] <= fewest])
        self.told[topic[name]] += 1
        return topic

    def _rare(self, sentences: Sequence[str]) -> str:
        fewest = min(self.told[sentence] for sentence in sentences)
        sentence = self.random.choice([sentence for sentence in sentences if self.told[sentence] <= fewest])
        self.told[sentence] += 1
        return sentence

    def _fill(self, words: str) -> str:
        return words.replace("{first}", self.person.first)

    def _main(self) -> Member:
        return self.person.us[0]

    def _member(self, day: date) -> Member:
        """Mostly the one who tends it; whoever was in the house at the time."""
        here = [member for member in self.person.us if member.joined_at.date() <= day] or [self.cast.members["Maya"]]
        return here[0] if len(here) == 1 or self.random.random() < 0.82 else here[1]

    def _free(self, member: Member, day: date, first_hour: int, last_hour: int) -> datetime:
        """A quarter of an hour in which the member has nothing else."""
        slots = [clock.at(day, hour, minute) for hour in range(first_hour, last_hour) for minute in (5, 20, 35, 50)]
        free = [slot for slot in slots if (member, slot) not in self.diary] or slots
        slot = self.random.choice(free)
        self.diary.add((member, slot))
        return slot
