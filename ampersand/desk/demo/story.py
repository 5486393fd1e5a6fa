"""Harbour & Finch, a coffee roaster in Bristol: three and a half years of life, told anew from a seed for any day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from ampersand.desk.demo import (
    bargaining,
    both_sides,
    chats,
    clock,
    conditions,
    jane,
    leaning,
    letters,
    rhythms,
    scenes,
    told_twice,
    trade,
    truth,
)
from ampersand.desk.demo import cast as casting
from ampersand.desk.demo.book import Book
from ampersand.desk.demo.cast import Cast, Person
from ampersand.desk.demo.chance import chance
from ampersand.desk.demo.chats import ToldChat
from ampersand.desk.demo.letters import Letter
from ampersand.desk.demo.life import Life
from ampersand.desk.demo.rhythms import Rhythm
from ampersand.desk.demo.stage import Stage
from ampersand.members.models import Member

# Encounters that a scene of its own fills, in days before today.
_IN_SCENES = {"jane": jane.DAYS, "leona": (scenes.LEONA_QUIET,), "ines": (scenes.INES_VISITED,)}


@dataclass(frozen=True)
class Story:
    """A house ready to be copied into the tables, and what is true about it."""

    book: Book
    truth: dict[str, Any]
    chat: ToldChat
    """Brought in once the rows stand."""
    cast: Cast
    letters: list[Letter]
    """Those that went."""


@dataclass(frozen=True)
class Planned:
    """The days two sides meet, with the law they were drawn from."""

    rhythm: Rhythm
    days: list[date]
    state: str


def tell(*, today: date, now: datetime, seed: int = 1) -> Story:
    """Tell the story as it stands on a day. The same day, hour and seed tell the same rows, ids included.

    `now` decides one thing: whether this morning's note is written yet.
    """
    book = Book(today=today, seed=seed, founded_on=clock.working_day_before(clock.months_before(today, casting.MONTHS)))
    cast = casting.bring_in(book)
    diary: set[tuple[Member, datetime]] = set()
    lives = {key: _live(cast, person, diary) for key, person in cast.people.items()}
    stage = Stage(cast, now=now)
    scenes.play(stage)
    conditions.say(stage)
    for told in cast.told["organisations"]:
        if told.get("monthly"):
            account = trade.Account(told["key"], cast.organisations[told["key"]], told)
            trade.trade(book, account, chance("trade", told["key"], seed))
    doubles = told_twice.bring_in(cast)
    chat = chats.tell(cast, days=lives[chats.WITH].days)
    sent = letters.choose(cast, {key: life.days for key, life in lives.items()})
    told_besides = {
        "doubles": doubles,
        "chat": chat.truth,
        "between": both_sides.truth(cast),
        "negotiations": bargaining.truth(),
        "leaning": leaning.truth(),
        "messages": letters.truth(sent),
    }
    return Story(book, _truth(cast, lives, stage) | told_besides, chat, cast, sent)


def plan(person: Person, *, today: date, seed: int) -> Planned:
    """When the two meet: their own rhythm, from when they came to know each other until they last met."""
    rhythm = _rhythm(person)
    if person.told.get("never_answers"):
        return Planned(rhythm, [], "never_answered")
    if person.key == "jane":
        return Planned(rhythm, _jane_days(rhythm, person, today, seed), "alive")
    quiet_days, state = _silence(person, rhythm, today, seed)
    last = today - timedelta(days=quiet_days)

    def make(random: Random) -> list[date]:
        return rhythms.encounter_days(rhythm, begins=person.began_on, last=last, today=today, random=random)

    name = f"{person.key} {seed}"
    if person.key == "leona":
        return Planned(rhythm, rhythms.with_usual(make, usual_days=12, seed=name), state)
    days = make(chance(name))
    return Planned(rhythm, _on_own_day(days, person) if "weekday" in person.told else days, state)


def _on_own_day(days: Sequence[date], person: Person) -> list[date]:
    """The same on the one day of the week that is kept for her, or before it: what our own way with her rests on."""
    own = {day - timedelta(days=(day.weekday() - int(person.told["weekday"])) % 7) for day in days}
    return sorted(day for day in own if day >= person.began_on)


def _live(cast: Cast, person: Person, diary: set[tuple[Member, datetime]]) -> Planned:
    book = cast.book
    planned = plan(person, today=book.today, seed=book.seed)
    life = Life(cast, person, chance("life", person.key, book.seed), diary)
    in_scenes = {book.today - timedelta(days=ago) for ago in _IN_SCENES.get(person.key, ())}
    life.live([day for day in planned.days if day not in in_scenes])
    if person.told.get("never_answers"):
        for ago in range(8, 30 * int(person.told["since"]), round(person.told["every"])):
            life.ask_in_vain(clock.working_day_before(book.today - timedelta(days=ago)), theirs=False)
    if person.key in scenes.waiting():
        waits = book.today - timedelta(days=scenes.waiting()[person.key])
        life.ask_in_vain(waits, theirs=scenes.waits_for_us(person.key))
    return planned


def _rhythm(person: Person) -> Rhythm:
    told = person.told
    season = rhythms.in_term if told.get("term") else rhythms.in_summer if told.get("summer") else rhythms.all_year
    changes = {
        # Alder orders more since May and is heard less: trade and the two of them part.
        "sami": ((190, 4.0),),
        "priya": ((190, 4.0),),
        "gareth": ((120, 1.25),),
        "dev": ((365, 1.4),),
        "rita": ((300, 0.7),),
        "sunniva": ((330, 0.75),),
        # Ollie comes by far more often than he used to, and buys less.
        "ollie": ((300, 0.3),),
    }
    rests_in = frozenset({12}) if person.key == "jane" else frozenset[int]()
    return Rhythm(told["every"], told["shape"], season, changes.get(person.key, ()), rests_in)


def _silence(person: Person, rhythm: Rhythm, today: date, seed: int) -> tuple[int, str]:
    """Days since they last met, and what that makes of them."""
    if person.key == "leona":
        return scenes.LEONA_QUIET, "quiet"
    if "quiet" in person.told:
        return int(person.told["quiet"]), "quiet"
    if person.parted_on:
        return (today - person.parted_on).days + 3, "parted"
    waits = scenes.waiting().get(person.key, 0)
    random = chance("silence", person.key, seed)
    days = max(1, waits + 1, round(random.uniform(0.05, 0.8) * rhythm.every_days))
    last = clock.working_day_before(today - timedelta(days=days))
    return (today - last).days, "alive"


def _jane_days(rhythm: Rhythm, person: Person, today: date, seed: int) -> list[date]:
    """Her own rhythm up to the grinders, and the days that the scenes name."""
    named = {today - timedelta(days=ago) for ago in jane.DAYS}
    until = today - timedelta(days=jane.UNTIL)

    def make(random: Random) -> list[date]:
        days = rhythms.encounter_days(
            rhythm, begins=person.began_on, last=clock.working_day_before(until), today=today, random=random
        )
        apart = [day for day in days if all(abs((day - other).days) > 4 for other in named)]
        return sorted({*apart, *named})

    return rhythms.with_usual(make, usual_days=19, seed=f"jane {seed}")


def _truth(cast: Cast, lives: dict[str, Planned], stage: Stage) -> dict[str, Any]:
    book = cast.book
    return {
        "house": cast.told["house"],
        "size": "story",
        "seed": book.seed,
        "today": book.today.isoformat(),
        "relationships": [truth.as_told(_true(cast.people[key], life, book.today)) for key, life in lives.items()],
        "promises": truth.promises(book),
        "own_ways": [
            {
                "relationship": str(person.relationship.pk),
                "by": person.us[0].email,
                "weekday": person.told["weekday"],
                "mode": "letter",
            }
            for person in cast.people.values()
            if "weekday" in person.told
        ],
        "planted": [
            event | {"relationship": str(cast.people[str(event["person"])].relationship.pk)} for event in stage.planted
        ],
    }


def _true(person: Person, planned: Planned, today: date) -> truth.TrueRelationship:
    rhythm, days = planned.rhythm, planned.days
    last = days[-1] if days else None
    move, since = _move(person, today)
    return truth.TrueRelationship(
        relationship=str(person.relationship.pk),
        party=str(person.party.pk),
        name=person.party.name,
        organisation=str(person.organisation or ""),
        tended_by=[member.name for member in person.us],
        every_days=rhythm.every_days,
        shape=rhythm.shape,
        season=rhythm.season.__name__,
        changes=[[float(days), factor] for days, factor in rhythm.changes],
        encounter_count=len(days),
        usual_days=rhythms.usual_gap(days),
        last_encounter_on=last.isoformat() if last else "",
        quiet_days=(today - last).days if last else 0,
        state=planned.state,
        move=move,
        move_since_on=since,
    )


def _move(person: Person, today: date) -> tuple[str, str]:
    if person.told.get("never_answers"):
        return "theirs", clock.working_day_before(today - timedelta(days=8)).isoformat()
    if person.key not in scenes.waiting():
        return "nobodys", ""
    since = (today - timedelta(days=scenes.waiting()[person.key])).isoformat()
    return ("ours" if scenes.waits_for_us(person.key) else "theirs"), since
