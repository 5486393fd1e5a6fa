"""What the pages said on a day is what they say of it later, whatever was told, put right or taken back since."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError, ProgrammingError
from django.utils import timezone

from ampersand.core import as_known, search
from ampersand.desk.pages.relationship import Terms as TermsPart
from ampersand.desk.promises_page import Asked as PromisesAsked
from ampersand.desk.promises_page import promises_page
from ampersand.desk.relationship import relationship_page
from ampersand.desk.tune_map.asked import Asked as MapAsked
from ampersand.desk.tune_map.page import map_page
from ampersand.exchange import actions as exchange
from ampersand.exchange import conceding
from ampersand.exchange.models import Concession
from ampersand.exchange.negotiating import actions as negotiating
from ampersand.exchange.negotiating.models import Negotiation
from ampersand.parties import actions as parties
from ampersand.parties import sides
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party, Relationship, Tending, Tie
from ampersand.parties.speaking import Speaker
from ampersand.promises import actions as promises
from ampersand.promises.models import Promise
from ampersand.promises.states import EventKind
from ampersand.readings import actions as readings
from ampersand.readings import past, past_actions
from ampersand.readings.models import PastReading, Reading
from ampersand.terms import actions as terms
from ampersand.timeline import actions as timeline
from ampersand.timeline.actions import Happening, Taker
from ampersand.timeline.models import Mode, Moment
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db

LIVED_DAYS = 1280
BEGAN = NOW - timedelta(days=LIVED_DAYS)
# Whatever is worked out anew for who looks: what may be done, where it leads, and under which key a past reading is kept.
_OF_TODAY = {
    "box",
    "day",
    "acts",
    "undo_url",
    "said",
    "is_in_hand",
    "why_url",
    "before_url",
    "promise_url",
    "tie_url",
    "write_url",
}
_OF_TODAY |= {"write", "wonder", "change_url", "share_url", "withdraw_url", "answer_url"}
_OF_TODAY |= {"negotiate_url", "tend_url", "stop_tending_url", "here", "first_url", "keeping_url", "next_url"}


@dataclass
class House:
    """A house in which things are told, put right and taken back over three and a half years, the same each time."""

    cast: Cast
    chance: random.Random = field(default_factory=lambda: random.Random(11))
    told: list[Callable[[datetime], Any]] = field(default_factory=list)
    """What can be put right, each with how."""
    corrections: int = 0

    @property
    def people(self) -> tuple[Party, ...]:
        return (self.cast.jane, self.cast.alder)

    def tell(self, at: datetime) -> None:
        self.chance.choice(TELLERS)(self, at)

    def put_right(self, at: datetime) -> None:
        if self.told:
            self.told.pop(self.chance.randrange(len(self.told)))(at)
            self.corrections += 1

    def us(self, at: datetime) -> Speaker:
        return Speaker.ourselves(self.cast.maya.party, by=self.cast.maya, at=at)

    def them(self, at: datetime) -> Speaker:
        return Speaker.told(self.cast.jane, by=self.cast.maya, at=at)

    def teller(self, at: datetime) -> Teller:
        return Teller(at=at, by=self.cast.maya)

    def days_ago(self, at: datetime, most: int) -> datetime:
        return at - timedelta(days=self.chance.randrange(most), hours=self.chance.randrange(12))

    def words(self) -> str:
        return f"word {self.chance.getrandbits(48):x}"


def _meets(house: House, at: datetime) -> None:
    # Told up to two months after it happened.
    mode = house.chance.choice((Mode.VISIT, Mode.CALL, Mode.MAIL, Mode.MESSAGE))
    happening = Happening(
        mode=mode,
        happened_at=house.days_ago(at, 60),
        zone="Europe/London",
        takers=[Taker(house.cast.maya.party), Taker(house.cast.jane)],
        subject=house.words(),
        began=house.chance.choice(("us", "them")),
        asks_answer=house.chance.random() < 0.4,
    )
    told: Moment = timeline.tell(happening, teller=house.teller(at))[0]
    house.told.append(lambda later: timeline.withdraw(told, by=house.cast.maya, at=later))


def _trades(house: House, at: datetime) -> None:
    told, _is_new = exchange.tell_transaction(
        party=house.cast.alder,
        kind=house.chance.choice(("order", "invoice")),
        happened_on=house.days_ago(at, 30).date(),
        amount=Decimal(house.chance.randrange(100, 900)),
        currency="GBP",
        teller=house.teller(at),
    )
    house.told.append(lambda later: _withdraw(told, later))


def _withdraw(told: Any, at: datetime) -> None:
    type(told).objects.filter(pk=told.pk).update(withdrawn_at=at)


def _promises(house: House, at: datetime) -> None:
    is_ours, person = house.chance.random() < 0.6, house.chance.choice(house.people)
    ends = (house.cast.maya.party, person) if is_ours else (person, house.cast.maya.party)
    made_on = house.days_ago(at, 20).date()
    made = promises.promise(
        by=ends[0],
        to=ends[1],
        relationship=person.relationship,
        words=house.words(),
        made_on=made_on,
        due_on=made_on + timedelta(days=house.chance.randrange(5, 60)),
        teller=house.teller(at),
    )
    house.told.append(lambda later: _says_of(house, made, later))


def _says_of(house: House, made: Promise, at: datetime) -> None:
    """One more word of a promise, whichever may be said; or the last one taken back."""
    made = Promise.objects.get(pk=made.pk)
    ours, theirs = house.us(at), Speaker.told(made.to if made.is_ours else made.by, by=house.cast.maya, at=at)  # type: ignore[arg-type]
    promiser, receiver = (ours, theirs) if made.is_ours else (theirs, ours)
    last = made.said()[-1:]
    if last and house.chance.random() < 0.25:
        promises.take_back(
            last[0],
            speaker=Speaker.told(last[0].by, by=house.cast.maya, at=at) if last[0].voice == "told_by_us" else ours,
        )
    elif made.settled_at is None:
        kind = house.chance.choice(
            (EventKind.SAID_DONE, EventKind.MOVED, EventKind.KEPT, EventKind.NOT_KEPT, EventKind.RELEASED)
        )
        if kind == EventKind.SAID_DONE and not any(one.kind == EventKind.SAID_DONE for one in made.said()):
            promises.say_done(made, speaker=promiser)
        elif kind == EventKind.MOVED and not any(one.kind == EventKind.SAID_DONE for one in made.said()):
            promises.propose_move(
                made, due_on=at.date() + timedelta(days=house.chance.randrange(5, 40)), speaker=promiser
            )
            promises.agree_move(Promise.objects.get(pk=made.pk), speaker=receiver)
        elif kind == EventKind.RELEASED:
            promises.release(made, speaker=receiver)
        else:
            promises.call(made, "kept" if kind != EventKind.NOT_KEPT else "not_kept", speaker=receiver)
    house.told.append(lambda later: _says_of(house, made, later))


def _gives(house: House, at: datetime) -> None:
    is_ours = house.chance.random() < 0.5
    giver, to = (house.us(at), house.cast.jane) if is_ours else (house.them(at), house.cast.maya.party)
    given = conceding.give(
        speaker=giver,
        to=to,
        relationship=house.cast.with_jane,
        words=house.words(),
        happened_on=house.days_ago(at, 40).date(),
        is_tentative=house.chance.random() < 0.4,
    )
    house.told.append(lambda later: _draws_back(house, given, later))


def _draws_back(house: House, given: Concession, at: datetime) -> None:
    speaker = house.us(at) if given.is_ours else house.them(at)
    if given.is_tentative and house.chance.random() < 0.5:
        conceding.draw_back(given, speaker=speaker)
    elif given.is_tentative:
        conceding.make_firm(given, speaker=speaker)
    else:
        _withdraw(given, at)


def _wonders(house: House, at: datetime) -> None:
    line = parties.tell_line(
        house.cast.with_jane,
        kind="wonder",
        words=house.words(),
        said_on=at.date(),
        is_ours=True,
        teller=house.teller(at),
    )
    house.told.append(lambda later: sides.answer(line, words="because", speaker=house.them(later)))


def _ties(house: House, at: datetime) -> None:
    other = parties.name_party(house.words(), teller=house.teller(at))
    if house.chance.random() < 0.5:
        tie = parties.tell_tie(kind="advises", from_party=other, to_party=house.cast.jane, teller=house.teller(at))
    else:
        tie = parties.works_at(other, house.cast.alder, teller=house.teller(at))
    house.told.append(
        lambda later: (
            parties.end_tie(tie, on=house.days_ago(later, 40).date(), by=house.cast.maya, at=later)
            if house.chance.random() < 0.5
            else parties.withdraw(tie, by=house.cast.maya, at=later)
        )
    )


def _has_terms(house: House, at: datetime) -> None:
    said = terms.say(house.cast.jane, words=house.words(), said_at=at, voice="told_by_us", teller=house.teller(at))
    house.told.append(lambda later: terms.withdraw(said, by=house.cast.maya, at=later))


def _negotiates(house: House, at: datetime) -> None:
    begun = negotiating.begin(
        house.cast.with_jane,
        about=house.words(),
        member=house.cast.maya,
        questions=[("price", "")],
        teller=house.teller(at),
    )
    house.told.append(lambda later: _puts(house, begun, later))


def _puts(house: House, begun: Negotiation, at: datetime) -> None:
    newest = Negotiation.objects.prefetch_related("offers__events", "deciding_days").get(pk=begun.pk).newest()
    if newest is None or newest.last_said_kind() != "put":
        negotiating.put(begun, speaker=house.us(at), words=house.words())
    else:
        house.chance.choice((negotiating.accept, negotiating.decline))(newest, speaker=house.them(at))
    house.told.append(lambda later: _puts(house, begun, later))


TELLERS = (
    _meets,
    _meets,
    _meets,
    _trades,
    _trades,
    _promises,
    _promises,
    _gives,
    _wonders,
    _ties,
    _has_terms,
    _negotiates,
)


def lived(house: House, *, tellings: int, corrections: int, days: int, see: Callable[[date], None]) -> None:
    """Live through three and a half years, in the order of the days; at the end of some of them `see` what there is."""
    chance = house.chance
    told = [(BEGAN + (NOW - BEGAN) * chance.random() ** 1.3, house.tell) for _ in range(tellings)]
    put_right = [(BEGAN + (NOW - BEGAN) * (0.1 + 0.9 * chance.random()), house.put_right) for _ in range(corrections)]
    looked = sorted(chance.sample(range(40, LIVED_DAYS - 1), days))
    ends = [
        (past.end_of((BEGAN + timedelta(days=day)).date()), lambda at: see(timezone.localdate(at))) for day in looked
    ]
    for at, act in sorted([*told, *put_right, *ends], key=lambda one: one[0]):
        act(at)


def shown(house: House, at: datetime) -> dict[str, Any]:
    """What the pages show, but for what may be done there."""
    maya = house.cast.maya
    return {
        **{
            str(person): plain(relationship_page(Relationship.objects.get(party=person), member=maya, at=at))
            for person in house.people
        },
        "map": plain(map_page(MapAsked(), member=maya, at=at)),
        "promises": plain(promises_page(maya, PromisesAsked(is_everybodys=True, has_figures=True), at=at)),
    }


def plain(found: Any) -> Any:
    """A page as plain values. What is of the day one looks is left out, and the time at which a reading was made."""
    if isinstance(found, TermsPart):
        found = replace(found, url="")
    if hasattr(found, "__dataclass_fields__"):
        return {name: plain(getattr(found, name)) for name in found.__dataclass_fields__ if name not in _OF_TODAY}
    if isinstance(found, (list, tuple)):
        return [plain(one) for one in found]
    if isinstance(found, dict):
        return {str(name): plain(one) for name, one in found.items()}
    return found


def differences(one: Any, other: Any, where: str = "") -> Iterator[tuple[str, Any, Any]]:
    if isinstance(one, dict) and isinstance(other, dict):
        for name in {**one, **other}:
            yield from differences(one.get(name), other.get(name), f"{where}/{name}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, pair in enumerate(zip(one, other, strict=True)):
            yield from differences(*pair, f"{where}/{number}")
    elif one != other:
        yield where, one, other


def read(kept: type[Reading] | type[PastReading], **of: Any) -> list[dict[str, Any]]:
    rows = kept._default_manager.filter(**of).order_by("relationship_id", "measure", "room").values()
    return [{name: value for name, value in row.items() if name not in ("id", "on")} for row in rows]


def every_one() -> list[Any]:
    return list(Relationship.objects.order_by("pk").values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("tellings", "corrections", "days"),
    [(160, 60, 10), pytest.param(600, 200, 50, marks=pytest.mark.long)],
    ids=["short", "long"],
)
def test_past_days_are_shown_and_read_as_they_were(cast: Cast, tellings: int, corrections: int, days: int) -> None:
    house = House(cast)
    for kept in (Tie, Tending):
        kept._default_manager.update(told_at=BEGAN)
    seen: dict[date, tuple[dict[str, Any], list[dict[str, Any]]]] = {}

    def see(on: date) -> None:
        at = past.end_of(on)
        readings.read_some(every_one(), at=at)
        seen[on] = (shown(house, at), read(Reading))

    with search.gathered():
        lived(house, tellings=tellings, corrections=corrections, days=days, see=see)

    assert len(seen) == days
    assert house.corrections > corrections * 0.9
    for on, (pages, made) in seen.items():
        past_actions.read_past(every_one(), on=on)
        assert read(PastReading, on=on) == made, on
        with as_known.as_known(past.end_of(on)):
            again = shown(house, past.end_of(on))
        for name, page in pages.items():
            assert not list(differences(again[name], page)), (on, name)


def test_nothing_is_written_on_a_past_day(cast: Cast) -> None:
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic(), as_known.as_known(NOW):
        Party.objects.update(name="Somebody else")

    cast.jane.refresh_from_db()
    assert cast.jane.name == "Jane Okafor"
    with connection.cursor() as cursor:
        cursor.execute("SHOW search_path")
        assert "as_known" not in cursor.fetchone()[0]
        cursor.execute("SHOW transaction_read_only")
        assert cursor.fetchone()[0] == "off"
