"""Whatever is merged in whatever order and taken back: every table holds again what it held, and no fact ever moved.

The tables are found by looking at the models, so a new one that points at a party or a relationship is in the digests by
itself, and fails here until a page is named that reads it of several that are one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ampersand.between import agreement, pulse
from ampersand.between.handing import HandingOver
from ampersand.between.sealing import Answer
from ampersand.core.models import SearchEntry
from ampersand.desk import standing
from ampersand.desk.models import SetAside
from ampersand.exchange import conceding
from ampersand.exchange.models import Negotiation
from ampersand.exchange.negotiating import actions as negotiating
from ampersand.members.models import Member
from ampersand.parties import actions, merging, tags
from ampersand.parties.actions import Teller
from ampersand.parties.erasing import erase_party
from ampersand.parties.models import Because, Party, Relationship, StandsFor
from ampersand.parties.speaking import Speaker
from ampersand.promises import actions as promises
from ampersand.readings import actions as readings
from ampersand.terms import actions as terms
from tests.cast import NOW, Cast, concession, line, moment, note, order, organisation, person, promise, says

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)
SOME = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

# The links themselves, the trace of what was done, and what waits to be worked out.
BESIDE = {"parties.StandsFor", "core.Event", "core.Touched", "core.Change"}
# What is worked out from facts and links, and is as before when the links are.
WORKED_OUT = {
    "core.SearchBeginning", "core.SearchEntry", "core.SearchName", "desk.Standing", "readings.Prior",
    "readings.PastRead", "readings.PastReading", "readings.Reading",
}  # fmt: skip


def told_models() -> Iterator[type[models.Model]]:
    """Every table of ours but the history of others."""
    for model in apps.get_models(include_auto_created=True):
        is_ours = model.__module__.startswith("ampersand.")
        if is_ours and model._meta.managed and "pgh_id" not in {one.name for one in model._meta.fields}:
            yield model


def digest(*, but: Collection[str] = ()) -> dict[str, str]:
    """By table what all its rows say, but for numbers a row is counted by, which say nothing."""
    found = {}
    with connection.cursor() as cursor:
        for model in told_models():
            pk = model._meta.pk
            counted = f" - '{pk.column}'" if isinstance(pk, models.AutoField) else ""
            if model._meta.label not in BESIDE.union(but):
                cursor.execute(
                    f"SELECT count(*) || md5(coalesce(string_agg(row, chr(10) ORDER BY row), '')) FROM ("  # noqa: S608
                    f"SELECT (to_jsonb(told){counted})::text AS row FROM {model._meta.db_table} AS told) AS rows"
                )
                found[model._meta.label] = cursor.fetchone()[0]
    return found


def facts() -> dict[str, str]:
    """The digest of what was told: without links, what follows from them, and whom each is taken for."""
    told = digest(but=WORKED_OUT | {"parties.Party", "parties.Relationship"})
    of_party = Party.objects.order_by("pk").values_list("pk", "name", "kind", "told_at", "erased_at")
    of_relationship = Relationship.objects.exclude(because=Because.SAME).order_by("pk").values_list("pk", "party_id")
    return {**told, "parties": str(list(of_party)), "relationships": str(list(of_relationship))}


def worked_out(at: datetime) -> dict[str, str]:
    """The digest of everything, once all that follows from the facts was worked out."""
    readings.read_some(list(Relationship.objects.values_list("pk", flat=True)), at=at)
    standing.gather(at=at)
    return digest()


@contextmanager
def taken_back() -> Iterator[None]:
    """One example after another begins with the same book."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Book:
    cast: Cast
    people: list[Party]
    """Four that are known and two that were only heard of, each with something told of them."""

    @property
    def by(self) -> Member:
        return self.cast.maya


@pytest.fixture
def book(cast: Cast) -> Book:
    people = [person(f"Kim Number{word}", email=f"kim.{word}@mill.example") for word in ("one", "two", "three", "four")]
    people += [actions.name_party(f"Kim Heard{word}", teller=Teller(at=NOW)) for word in ("five", "six")]
    for number, one in enumerate(people):
        moment(one, by=cast.maya, at=NOW - timedelta(days=number + 1), words=f"met {one.name}")
        actions.tell_detail(one, label="town", value=f"Town {number}", teller=Teller(at=NOW))
    for one in people[:4]:
        promise(cast.maya.party, one, told_by=cast.maya)
        line(one, told_by=cast.maya)
        order(one, told_by=cast.maya, number=one.name)
    actions.works_at(people[0], cast.alder, teller=Teller(at=NOW))
    actions.works_at(people[4], organisation("The Mill"), teller=Teller(at=NOW))
    return Book(cast, people)


NUMBERS = st.integers(min_value=0, max_value=5)
PAIRS = st.lists(st.tuples(NUMBERS, NUMBERS), max_size=8)


def merge(book: Book, one: int, other: int) -> StandsFor | None:
    """The link, or None where the two are one already."""
    try:
        return merging.merge(book.people[one], book.people[other], reason="", by=book.by, at=LATER)
    except merging.OneAlready:
        return None


def groups(book: Book) -> set[frozenset[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for pk, now_id in Party.objects.filter(pk__in=[one.pk for one in book.people]).values_list("pk", "now_id"):
        found.setdefault(now_id or pk, set()).add(pk)
    return {frozenset(group) for group in found.values()}


@SOME
@given(pairs=PAIRS, seed=st.randoms(use_true_random=False))
def test_taken_back_in_any_order_all_is_as_it_was(book: Book, pairs: list[tuple[int, int]], seed: Any) -> None:
    with taken_back():
        before, told = digest(), facts()
        links = [link for pair in pairs if (link := merge(book, *pair))]
        while_one = facts()
        seed.shuffle(links)
        for link in links:
            merging.unmerge(link, by=book.by, at=LATER)

        assert while_one == told
        assert digest() == before


@SOME
@given(pairs=PAIRS, seed=st.randoms(use_true_random=False))
def test_who_is_one_does_not_depend_on_the_order(book: Book, pairs: list[tuple[int, int]], seed: Any) -> None:
    with taken_back():
        for pair in pairs:
            merge(book, *pair)
        in_order = groups(book)
        transaction.set_rollback(True)
    with taken_back():
        seed.shuffle(pairs)
        merging.merge_many([(book.people[a].pk, book.people[b].pk) for a, b in pairs], reason="", by=book.by, at=LATER)

        assert groups(book) == in_order


@SOME
@given(
    above=st.lists(st.integers(min_value=1, max_value=6), min_size=5, max_size=5),
    seed=st.randoms(use_true_random=False),
)
def test_a_tree_of_links_is_the_same_book_in_whichever_order_it_was_told(
    book: Book, above: list[int], seed: Any
) -> None:
    """Each stands for one further on, or for none (6): told forwards, in any order and at once, the digest is the same."""
    pairs = [(at, min(at + step, 6)) for at, step in enumerate(above) if min(at + step, 6) < 6]
    shuffled = list(pairs)
    seed.shuffle(shuffled)
    digests = []
    for tell in (pairs, shuffled):
        with taken_back():
            for pair in tell:
                merge(book, *pair)
            digests.append(digest(but={"parties.Relationship"}))
    with taken_back():
        merging.merge_many([(book.people[a].pk, book.people[b].pk) for a, b in pairs], reason="", by=book.by, at=LATER)
        digests.append(digest(but={"parties.Relationship"}))

    assert digests[0] == digests[1] == digests[2]


@SOME
@given(acts=st.lists(st.tuples(NUMBERS, NUMBERS, st.booleans()), max_size=12))
def test_who_is_taken_for_whom_follows_from_the_links_that_stand(book: Book, acts: list[tuple[int, int, bool]]) -> None:
    with taken_back():
        for one, other, is_taken_back in acts:
            standing_links = list(StandsFor.objects.standing().order_by("pk"))
            if is_taken_back and standing_links:
                merging.unmerge(standing_links[one % len(standing_links)], by=book.by, at=LATER)
            else:
                merge(book, one, other)
        above = dict(StandsFor.objects.standing().values_list("party_id", "same_as_id"))
        now = {one.pk: end_of(one.pk, above) for one in book.people}
        known = {end_of(one.pk, above) for one in book.people[:4]} | {one.pk for one in book.people[:4]}
        findable = {end_of(one.pk, above) for one in book.people[:4]}

        stored = Party.objects.filter(pk__in=now).values_list("pk", "now_id")
        assert {pk: now_id or pk for pk, now_id in stored} == now
        assert set(Relationship.objects.filter(party__in=now).values_list("party_id", flat=True)) == known
        assert set(SearchEntry.objects.filter(object_id__in=now).values_list("object_id", flat=True)) == findable


def end_of(party_id: UUID, above: dict[UUID, UUID]) -> UUID:
    return end_of(above[party_id], above) if party_id in above else party_id


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_what_is_worked_out_is_as_it_was_too(book: Book, order: tuple[int, int, int]) -> None:
    pairs = [(0, 1), (1, 4), (2, 4)]
    before = worked_out(LATER)

    links = [link for at in order if (link := merge(book, *pairs[at]))]
    while_one = worked_out(LATER)
    for link in links:
        merging.unmerge(link, by=book.by, at=LATER)

    assert while_one != before
    assert worked_out(LATER) == before


def test_what_is_told_meanwhile_stays_with_whom_it_was_told_of(book: Book) -> None:
    one, other = book.people[0], book.people[1]
    link = merge(book, 0, 1)
    told = [
        promise(book.by.party, one, words="bring figs", told_by=book.by),
        line(one, words="figs", told_by=book.by),
        order(one, number="later", told_by=book.by),
        actions.tell_detail(one, label="fruit", value="figs", teller=Teller(at=LATER)),
    ]
    met = moment(one, by=book.by, at=LATER)
    while_one = facts()

    assert link is not None
    merging.unmerge(link, by=book.by, at=LATER)

    assert facts() == while_one
    assert {getattr(row, "party_id", None) or getattr(row, "relationship").party_id for row in told} == {one.pk}  # noqa: B009
    assert met.participants.filter(party=one).exists()
    assert not met.participants.filter(party=other).exists()


def test_one_of_two_that_are_one_is_erased_with_the_other(book: Book) -> None:
    merge(book, 0, 1)

    erase_party(book.people[0], by=book.cast.ruth, at=LATER)

    assert Party.objects.filter(pk__in=[book.people[0].pk, book.people[1].pk], erased_at=LATER, name="").count() == 2
    assert not SearchEntry.objects.filter(object_id__in=[book.people[0].pk, book.people[1].pk]).exists()


# ── Every column that points at a party or a relationship, and where a page reads it of several that are one ──────────────


@dataclass(frozen=True)
class Read:
    """What is told of the double, and the page of the other on which its words stand while the two are one."""

    tell: Callable[[Cast, Party], object]
    words: str
    page: str = "relationship"


def told_promise(cast: Cast, double: Party) -> None:
    promise(double, cast.maya.party, words="zebra crossing", told_by=cast.maya)


def our_promise(cast: Cast, double: Party) -> None:
    promise(cast.maya.party, double, words="zebra crossing", told_by=cast.maya)


def said_terms(cast: Cast, double: Party) -> None:
    terms.say(double, words="zebra crossing", said_at=NOW, teller=Teller(at=NOW, by=cast.maya))


def asked(cast: Cast, double: Party) -> None:
    speaker, today = Speaker.ourselves(cast.maya.party, by=cast.maya, at=NOW), timezone.localdate()
    told = pulse.ask(double.relationship, ["Zebra crossing?"], closes_on=today, on=today, speaker=speaker)
    for one in (speaker, Speaker.themselves(double, at=NOW)):
        pulse.answer(told, [Answer("A zebra crossing")], on=today, speaker=one)
    pulse.reply(told, "Zebra crossing, then.", speaker=Speaker.themselves(double, at=NOW))


def proposed(cast: Cast, double: Party) -> None:
    today = timezone.localdate()
    words = agreement.Proposal("A zebra crossing", today + timedelta(days=9))
    agreement.propose(double.relationship, words, on=today, speaker=Speaker.themselves(double, at=NOW))


def said(cast: Cast, double: Party) -> None:
    told = promise(cast.maya.party, double, words="zebra crossing", told_by=cast.maya)
    promises.say_done(told, speaker=says(cast.maya, at=NOW))


def negotiated(cast: Cast, double: Party) -> Negotiation:
    teller = Teller(at=NOW, by=cast.maya)
    return negotiating.begin(double.relationship, about="zebra crossing", member=cast.maya, teller=teller)


def decided_by(cast: Cast, double: Party) -> None:
    teller = Teller(at=NOW, by=cast.maya)
    negotiating.begin(double.relationship, about="zebra crossing", decider=double, member=cast.maya, teller=teller)


def offered(cast: Cast, double: Party) -> None:
    negotiating.put(negotiated(cast, double), words="zebras", speaker=Speaker.themselves(double, at=NOW))


def answered(cast: Cast, double: Party) -> None:
    put = negotiating.put(negotiated(cast, double), words="zebras", speaker=says(cast.maya))
    negotiating.accept(put, speaker=Speaker.themselves(double, at=NOW))


def wished_off(cast: Cast, double: Party) -> None:
    conceding.switch_off(double.relationship, speaker=Speaker.themselves(double, at=NOW))


def handed(cast: Cast, double: Party) -> None:
    HandingOver.objects.create(
        relationship=double.relationship,
        by=cast.maya.party,
        to=cast.tom.party,
        from_on=NOW.date(),
        shared_story="zebra crossing",
        accepted_at=NOW,
        at=NOW,
    )


READ: dict[str, Read] = {
    "between.HandingOver.relationship": Read(handed, "zebra crossing", "between"),
    "between.Agreement.relationship": Read(proposed, "zebra crossing", "between"),
    "between.AgreementKey.party": Read(proposed, "zebra crossing", "between"),
    "between.AgreementVersion.party": Read(proposed, "zebra crossing", "between"),
    "between.Pulse.party": Read(asked, "zebra crossing", "between"),
    "between.Pulse.relationship": Read(asked, "zebra crossing", "between"),
    "between.PulseAnswer.party": Read(asked, "a zebra crossing", "between"),
    "between.PulseReply.party": Read(asked, "crossing, then.", "between"),
    "exchange.Concession.by": Read(
        lambda cast, double: concession(double, cast.maya.party, told_by=cast.maya), "waived"
    ),
    "exchange.Concession.relationship": Read(
        lambda cast, double: concession(double, cast.maya.party, told_by=cast.maya), "waived"
    ),
    "exchange.Concession.to": Read(
        lambda cast, double: concession(cast.maya.party, double, told_by=cast.maya), "waived"
    ),
    "exchange.GiveAndTakeOff.relationship": Read(wished_off, "not read here", "give_take"),
    "exchange.Negotiation.decider": Read(decided_by, "zebra crossing"),
    "exchange.Negotiation.relationship": Read(negotiated, "zebra crossing"),
    "exchange.Offer.by": Read(offered, "Version 1 of theirs waits"),
    "exchange.OfferEvent.by": Read(answered, "They accepted version 1"),
    "exchange.Transaction.party": Read(lambda cast, double: order(double, told_by=cast.maya, amount="98765"), "98,765"),
    "notebook.Note.about": Read(
        lambda cast, double: note(cast.maya, "zebra crossing", about=double.relationship), "zebra crossing"
    ),
    "parties.Detail.party": Read(
        lambda cast, double: actions.tell_detail(double, label="pet", value="zebra", teller=Teller(at=NOW)),
        "zebra",
        "party",
    ),
    "parties.Identifier.party": Read(
        lambda cast, double: actions.tell_identifier(
            double, kind="email", value="z@zebra.example", teller=Teller(at=NOW)
        ),
        "z@zebra.example",
        "party",
    ),
    "parties.SideLine.of": Read(lambda cast, double: line(double, words="zebra crossing", told_by=cast.maya), "zebra"),
    "parties.SideLine.relationship": Read(
        lambda cast, double: line(double, words="zebra crossing", told_by=cast.maya), "zebra"
    ),
    "parties.Tag.party": Read(
        lambda cast, double: tags.tell_tag(double, word="zebra club", teller=Teller(at=NOW)), "zebra club", "party"
    ),
    "parties.Tending.relationship": Read(
        lambda cast, double: actions.tend(double.relationship, cast.tom, on=NOW.date(), by=cast.tom, at=NOW),
        "Tom Akerman",
    ),
    "parties.Tie.from_party": Read(
        lambda cast, double: actions.works_at(double, organisation("Zebra Works"), teller=Teller(at=NOW)), "Zebra Works"
    ),
    "parties.Tie.to_party": Read(
        lambda cast, double: actions.tell_tie(
            kind="reports_to", from_party=person("Zebra Smith"), to_party=double, teller=Teller(at=NOW)
        ),
        "Zebra Smith",
    ),
    "promises.Promise.by": Read(told_promise, "zebra crossing"),
    "promises.Promise.relationship": Read(our_promise, "zebra crossing", "promises"),
    "promises.Promise.to": Read(our_promise, "zebra crossing"),
    "promises.PromiseEvent.by": Read(said, "zebra crossing"),
    "terms.Terms.party": Read(said_terms, "zebra crossing"),
    "terms.Terms.said_by": Read(said_terms, "zebra crossing"),
    "timeline.Participant.party": Read(
        lambda cast, double: moment(double, by=cast.maya, words="zebra crossing", at=NOW - timedelta(days=1)), "zebra"
    ),
}

# What is no fact of theirs, each with why it needs no page.
NO_FACT = {
    "between.Agreement.ended_by": "one of the two sides; the page says that it ended",
    "between.Named.became": "a party, whoever they are taken for",
    "between.Named.by": "waits on Today; what came of it is a tie",
    "between.Named.relationship": "the same",
    "between.Objection.by": "stands beside the reading, whose relationship says whose it is",
    "between.Objection.relationship": "the same",
    "between.ReadOn.relationship": "who read it then; no page of ours shows it",
    "between.HandingOver.by": "one of us, who is never taken for another",
    "between.HandingOver.to": "the same",
    "between.HandingReply.by": "whose word it is; it stands beside the story",
    "desk.SetAside.relationship": "one's own list of one day; a reason that changes brings it back",
    "desk.Standing.party": "worked out of the facts; the one they are taken for has it",
    "desk.Standing.relationship": "worked out of the facts; the one they are taken for has it",
    "parties.ClosedTo.relationship": "a right: `closed.BEHIND` hides all whom one of them is behind",
    "parties.Double.other": "a question about two; `doubles.actions` reads its answer for whom they are taken for",
    "parties.Double.party": "the same",
    "parties.Party.now": "whom they are taken for, worked out of the links",
    "parties.Relationship.party": "that they are known: the one they are taken for is known too",
    "parties.SideLine.answered_by": "whose answer it is; the question stands with its relationship",
    "parties.StandsFor.party": "the link",
    "parties.StandsFor.same_as": "the link",
    "promises.Asking.relationship": "what one of us means to promise; its page names whom they are taken for",
    "promises.Asking.to": "the same",
    "promises.Promise.about": "one of us promised another; Today shows it to the two, whomever it is for",
    "promises.Promise.named": "one of us, who is never taken for another",
    "promises.PromiseEvent.named": "the same",
    "portal.Entry.party": "what a visitor did, until it is carried out; then what came of it is a fact of its own",
    "portal.Entry.relationship": "the same",
    "portal.PageLink.party": "a way in; whoever they are taken for is who is let in",
    "portal.PageLink.relationship": "the same",
    "readings.PastRead.relationship": "goes when it is read anew",
    "readings.PastReading.relationship": "worked out of the facts; the one they are taken for has it",
    "readings.Reading.relationship": "worked out of the facts; the one they are taken for has it",
    "terms.Decision.party": "what the gate said of an attempt; it judges by all who are taken for one",
    "terms.Message.relationship": "the outbox names whom they are taken for; what has gone is a moment",
    "terms.Receiver.party": "the same",
}


def pointing() -> set[str]:
    return {
        f"{model._meta.label}.{column.name}"
        for model in told_models()
        for column in model._meta.concrete_fields
        if column.related_model in (Party, Relationship)
    }


def test_of_every_column_that_points_at_them_it_is_said_where_it_is_read() -> None:
    """A new table: tell below by which page one that stands for another is read with it."""
    assert pointing() == READ.keys() | NO_FACT.keys()
    assert SetAside.objects.count() == 0


@pytest.mark.parametrize("column", sorted(READ))
def test_what_was_told_of_the_double_is_read_as_long_as_they_are_one(cast: Cast, column: str) -> None:
    read, double = READ[column], person("J. Okafor")
    of = {
        "relationship": cast.with_jane.pk,
        "between": cast.with_jane.pk,
        "party": cast.jane.pk,
        "give_take": cast.with_jane.pk,
    }
    page = reverse(f"desk:{read.page}", args=[of[read.page]] if read.page in of else [])
    read.tell(cast, double)
    link = merging.merge(double, cast.jane, reason="", by=cast.maya, at=timezone.now())
    client = Client()
    client.force_login(cast.maya)
    as_one = words_of(client, page)
    merging.unmerge(link, by=cast.maya, at=timezone.now())
    as_two = words_of(client, page)

    assert read.words.lower() in as_one
    assert "j. okafor" not in (as_one if read.page != "party" else "")
    assert (read.words.lower() in as_two) == (read.page == "promises")


def words_of(client: Client, page: str) -> str:
    answer = client.get(page)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).lower()
