"""Law 9. Two times on everything; what was known on a past day stays known; erasure leaves a dated empty place."""

from __future__ import annotations

import io
import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from django.db import models
from django.urls import reverse
from django.utils import timezone

from ampersand.core import search
from ampersand.core.history import find_past_of, past_of
from ampersand.core.models import Erasure
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.erasing import erase_party
from ampersand.parties.models import Detail, Identifier, Party, Relationship, SideLine, Tending, Tie, Told
from ampersand.portal.tests.everything import everything
from ampersand.portal.tests.visitors import visitor
from ampersand.promises import actions as promises
from ampersand.promises.models import Promise
from ampersand.readings import engines
from ampersand.timeline import actions as timeline
from ampersand.timeline.actions import Happening, Taker
from ampersand.timeline.models import Mode, Moment, Participant
from tests.cast import NOW, Cast, moment, person, promise, says, tells
from tests.laws.looking import client_of, our_models, page_of, read

pytestmark = pytest.mark.django_db

BEGAN = NOW - timedelta(days=1280)
CORRECTIONS = 200
PAST_DAYS = 50
# What keeps no past of its own, and why that loses nothing.
WITHOUT_A_PAST = {
    "PromiseEvent", "Participant", "Attachment", "Piece", "Thread", "Source", "File", "Event", "Erasure",  # written once
    "Decision", "Left",  # written once
    "OfferEvent", "OfferFile",  # written once
    "Prior",  # written once a reading of the whole book
    "HandingReply", "VisitChoice",  # written once; a later word is another row
    "ClosedTo", "SetAside", "Invitation", "SignInLink",  # ended with the time, and followed by another row
    # Made anew from the facts.
    "Reading", "PastReading", "PastRead", "Snapshot", "Standing", "SearchEntry", "SearchName", "SearchBeginning",
    "Touched", "Change",  # what waits to be made anew
    "Session",  # a browser that is signed in: gone when it ends, for a past of it would be a trail of somebody
    "ListEdit",  # written once, and once when it is undone; the facts it made and ended have a past
    "ListColumns",  # which columns a member looks at
    "HouseName", "HouseDomain", "Team",  # of the house itself: each change is an event
    "Enclosure",  # of a message that has not gone: it goes with it, or is taken out
    "Snippet",  # a member's own words to begin with; what was sent of them is kept with the message
    "PageLink", "LinkCode",  # a way in: ended with the time, and followed by another row
    "Visit",  # as Session
    "ReadOn",  # written once a day and role, and taken away after a year
    "Entry",  # laid down once and carried out once; what came of it is a fact with a past
    "Import", "ImportItem", "ToldAgain", "KnownTable",  # what became of a file, and how its columns were meant
}  # fmt: skip
KINDS: tuple[type[models.Model], ...] = (Moment, Detail, Identifier, SideLine, Tie)


@dataclass
class Book:
    """A book that is written and put right over three and a half years, and a diary of it kept beside the database."""

    cast: Cast
    chance: random.Random
    standing: list[Any] = field(default_factory=list)
    diary: list[tuple[datetime, str, type[models.Model], UUID]] = field(default_factory=list)

    def tell(self, at: datetime) -> None:
        made = self.chance.choice(TELLERS)(self, Teller(at=at, by=self.cast.maya))
        self.standing.append(made)
        self.diary.append((at, "told", type(made), made.pk))

    def put_right(self, at: datetime) -> None:
        """What was told before is withdrawn, and told otherwise."""
        wrong = self.standing.pop(self.chance.randrange(len(self.standing)))
        withdraw = timeline.withdraw if isinstance(wrong, Moment) else parties.withdraw
        withdraw(wrong, by=self.cast.maya, at=at)
        self.diary.append((at, "withdrawn", type(wrong), wrong.pk))
        self.tell(at)

    def known_on(self, at: datetime, kind: type[models.Model]) -> set[UUID]:
        """What was known, by the diary."""
        lines = [(what, pk) for when, what, of, pk in self.diary if of is kind and when <= at]
        return {pk for what, pk in lines if what == "told"} - {pk for what, pk in lines if what == "withdrawn"}

    def word(self) -> str:
        return f"word {self.chance.getrandbits(64):x}"


def _visit(book: Book, teller: Teller) -> Moment:
    # It happened up to two months before it was told.
    happened_at = teller.at - timedelta(hours=book.chance.randrange(1500))
    takers = [Taker(book.cast.maya.party), Taker(book.cast.jane)]
    return timeline.tell(Happening(mode=Mode.VISIT, happened_at=happened_at, zone="UTC", takers=takers), teller=teller)[
        0
    ]


def _detail(book: Book, teller: Teller) -> Detail:
    return parties.tell_detail(book.cast.jane, label="roast", value=book.word(), teller=teller)


def _identifier(book: Book, teller: Teller) -> Identifier:
    address = f"{book.chance.getrandbits(64):x}@alder.example"
    return parties.tell_identifier(book.cast.jane, kind="email", value=address, teller=teller)


def _line(book: Book, teller: Teller) -> SideLine:
    return parties.tell_line(
        book.cast.with_jane, kind="matters", words=book.word(), said_on=teller.at.date(), is_ours=False, teller=teller
    )


def _tie(book: Book, teller: Teller) -> Tie:
    other = parties.name_party(book.word(), teller=teller)
    return parties.tell_tie(kind="advises", from_party=other, to_party=book.cast.jane, teller=teller)


TELLERS: tuple[Callable[[Book, Teller], Any], ...] = (_visit, _detail, _identifier, _line, _tie)


@pytest.fixture
def book(cast: Cast) -> Book:
    """120 things told and 200 put right, at random times over three and a half years; the same each time."""
    book = Book(cast, random.Random(9))
    times = sorted(BEGAN + (NOW - BEGAN) * book.chance.random() for _ in range(120 + CORRECTIONS))
    told_first, later = times[:20], times[20:]
    corrected = {*book.chance.sample(range(len(later)), CORRECTIONS)}
    with search.gathered():
        for at in told_first:
            book.tell(at)
        for number, at in enumerate(later):
            (book.put_right if number in corrected else book.tell)(at)
    return book


def test_what_was_known_on_fifty_past_days_is_known_of_them_still(book: Book, cast: Cast) -> None:
    days = [BEGAN + (NOW - BEGAN) * book.chance.random() for _ in range(PAST_DAYS)]

    for at in days:
        for kind in KINDS:
            found = of_the_book(kind, book).as_known_on(at)
            assert set(found.values_list("pk", flat=True)) == book.known_on(at, kind), (kind, at)
    for at in days[:5]:
        assert contacts_as_of(at, cast.with_jane) == book.known_on(at, Moment), at

    assert sum(what == "withdrawn" for _at, what, _kind, _pk in book.diary) == CORRECTIONS


def of_the_book(kind: type[models.Model], book: Book) -> Any:
    """Rows of this kind that the diary speaks of, but for those the cast brought along."""
    return kind._default_manager.filter(pk__in=[pk for _at, _what, of, pk in book.diary if of is kind])


def contacts_as_of(at: datetime, relationship: Relationship) -> set[UUID]:
    """What a reading made of that day rests on."""
    engine = engines.OnPostgres(as_of=at, relationship_ids=[relationship.pk])
    return {UUID(row["moment_id"]) for row in engine.rows_of(engines.Asked(lambda contacts: contacts))[0]}


def test_the_page_of_a_past_day_shows_what_was_known_at_its_end(cast: Cast) -> None:
    told = parties.tell_detail(cast.jane, label="roast", value="very dark", teller=Teller(at=NOW, by=cast.maya))
    parties.withdraw(told, by=cast.maya, at=NOW + timedelta(days=3))

    then = read(page_of_day(cast, NOW + timedelta(days=1)))
    later = read(page_of_day(cast, NOW + timedelta(days=4)))

    assert "very dark" in then
    assert "very dark" not in later


def page_of_day(cast: Cast, at: datetime) -> str:
    return client_of(cast.maya).get(f"/parties/{cast.jane.pk}/", {"on": at.date().isoformat()}).content.decode()


def test_every_fact_carries_both_its_times_and_its_teller() -> None:
    facts = [model for model in our_models() if issubclass(model, Told)]

    assert len(facts) > 7
    for fact in facts:
        assert {"told_at", "told_by", "source", "withdrawn_at"} <= {one.name for one in fact._meta.concrete_fields}
        assert not fact._meta.get_field("told_at").null


def test_every_fact_keeps_what_it_was_before() -> None:
    without = [model.__name__ for model in our_models() if issubclass(model, Told) and find_past_of(model) is None]

    assert without == []
    assert all(find_past_of(model) for model in (Party, Relationship, Tending))


def test_whatever_else_is_kept_has_a_past_or_a_reason_to_have_none() -> None:
    assert {model.__name__ for model in our_models() if find_past_of(model) is None} == WITHOUT_A_PAST


def test_what_is_told_again_keeps_the_time_it_was_first_told(cast: Cast) -> None:
    first, again = Teller(at=NOW, by=cast.maya), Teller(at=NOW + timedelta(days=30), by=cast.tom)
    tellings: list[Callable[[Teller], Any]] = [
        lambda teller: parties.tell_detail(cast.jane, label="roast", value="dark", teller=teller),
        lambda teller: parties.tell_identifier(cast.jane, kind="email", value="jane@alder.example", teller=teller),
        lambda teller: parties.tell_line(
            cast.with_jane, kind="matters", words="quiet", said_on=NOW.date(), is_ours=False, teller=teller
        ),
        lambda teller: timeline.tell(a_visit(cast, key="event:1"), teller=teller)[0],
    ]

    told = [(tell(first), tell(again)) for tell in tellings]

    for one, same in told:
        same.refresh_from_db()
        assert (one.pk, same.told_at, same.told_by) == (same.pk, NOW, cast.maya)


def a_visit(cast: Cast, *, key: str) -> Happening:
    takers = [Taker(cast.maya.party), Taker(cast.jane)]
    return Happening(mode=Mode.VISIT, happened_at=NOW, zone="UTC", takers=takers, key=key)


def test_a_promise_that_was_moved_and_settled_keeps_every_word_about_it(cast: Cast) -> None:
    made = promise(cast.jane, cast.maya.party, told_by=cast.maya, due_on=NOW.date())
    later = NOW.date() + timedelta(days=9)

    promises.propose_move(made, due_on=later, speaker=tells(cast.maya, cast.jane))
    promises.agree_move(made, speaker=says(cast.maya))
    promises.call(made, "partly", speaker=says(cast.maya, at=NOW + timedelta(days=3)))

    made.refresh_from_db()
    assert (made.first_due_on, made.due_on) == (NOW.date(), later)
    assert list(made.events.order_by("at", "id").values_list("kind", flat=True)) == ["move_proposed", "moved", "partly"]


def rows_to_change(cast: Cast) -> list[models.Model]:
    teller = Teller(at=NOW, by=cast.maya)
    return [
        cast.jane,
        moment(cast.jane, by=cast.maya, subject="Tasting"),
        promise(cast.maya.party, cast.jane, told_by=cast.maya),
        parties.tell_detail(cast.jane, label="roast", value="dark", teller=teller),
        parties.tell_line(
            cast.with_jane, kind="matters", words="quiet", said_on=NOW.date(), is_ours=False, teller=teller
        ),
    ]


def test_a_change_leaves_the_row_as_it_was(cast: Cast) -> None:
    for row in rows_to_change(cast):
        text = next(one.attname for one in row._meta.concrete_fields if one.attname in TEXTS)
        was = getattr(row, text)

        type(row)._default_manager.filter(pk=row.pk).update(**{text: "otherwise"})

        before = past_of(type(row))._default_manager.filter(pgh_obj_id=row.pk).latest("pgh_id")
        assert getattr(before, text) == was


TEXTS = ("name", "subject", "words", "value")


def test_a_deletion_leaves_the_row_as_it_was(cast: Cast) -> None:
    for row in reversed(rows_to_change(cast)[1:]):
        key = row.pk

        type(row)._default_manager.filter(pk=key).delete()

        assert past_of(type(row))._default_manager.filter(pgh_obj_id=key).exists()


def test_what_people_take_back_is_withdrawn_and_stays_there(cast: Cast) -> None:
    detail = parties.tell_detail(cast.jane, label="roast", value="dark", teller=Teller(at=NOW, by=cast.maya))
    happened = moment(cast.jane, by=cast.maya)

    parties.withdraw(detail, by=cast.maya, at=NOW)
    timeline.withdraw(happened, by=cast.maya, at=NOW)

    assert Detail.objects.get(pk=detail.pk).withdrawn_at == NOW
    assert Moment.objects.get(pk=happened.pk).withdrawn_at == NOW


def test_an_erasure_leaves_a_dated_empty_place(cast: Cast) -> None:
    gone = person("Wilhelmina Quarles", tended_by=cast.maya, email="w.quarles@mill.example")
    happened = moment(gone, by=cast.maya, words="Wilhelmina Quarles wants it darker.")
    made = promise(cast.maya.party, gone, words="tell Wilhelmina Quarles of it", told_by=cast.maya)

    erased = erase_party(gone, by=cast.ruth, at=timezone.now())

    gone.refresh_from_db()
    assert (gone.name, gone.erased_at) == ("", erased.erased_at)
    assert Erasure.objects.get(subject_id=gone.pk).row_count > 3
    assert Participant.objects.filter(party=gone, moment=happened).exists()
    assert Moment.objects.get(pk=happened.pk).words == ""
    assert Promise.objects.get(pk=made.pk).words == ""
    on = timezone.localdate(erased.erased_at)
    assert f"What was kept here was erased on {on:%-d %B %Y}." in read(page_of(cast.maya, "party", gone.pk))


@pytest.mark.django_db(transaction=True, databases=["default", "outside"])
def test_who_leaves_takes_all_that_stands_on_their_page_along(cast: Cast) -> None:
    jane = visitor(cast, cast.jane)
    everything(cast, cast.jane, "Jane")
    Promise.objects.filter(
        pk=promise(cast.maya.party, cast.jane, words="call Jane first", told_by=cast.maya).pk
    ).update(room="between")

    page = BeautifulSoup(jane.client().get(reverse("portal:page")).content, "html.parser")
    with ZipFile(io.BytesIO(jane.client().get(reverse("portal:copy")).content)) as copy:
        html, data = (copy.read(name).decode() for name in ("page.html", "page.json"))

    told = " ".join(BeautifulSoup(html, "html.parser").get_text(" ").lower().split())
    for unseen in page.select("form, summary, a, .hidden-visually, title, h1"):
        unseen.decompose()
    quoted = [piece for text in page.find_all(string=re.compile("Jane")) for piece in re.split("[“”]", text)]
    said = {" ".join(piece.lower().split()).strip(" .,:") for piece in quoted if "Jane" in piece}
    assert len(said) >= 12
    assert sorted(words for words in said if words not in told) == []
    assert json.loads(data)["form"] == "ampersand.between/1"
    assert sorted(words for words in said if words not in data.lower()) == []
