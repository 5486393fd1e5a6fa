from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ampersand.desk import standing
from ampersand.desk.lists import finding
from ampersand.desk.lists.asked import SORTS, Asked
from ampersand.desk.models import NEVER, Standing
from ampersand.desk.pages.relationships import RelationshipsPage
from ampersand.desk.relationships import relationships_page
from ampersand.exchange import actions as exchange
from ampersand.members.models import Member
from ampersand.parties import actions as parties
from ampersand.parties import merging, tags
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party, Tie
from ampersand.promises import actions as promises
from ampersand.readings.models import Reading
from tests.cast import NOW, TODAY, Cast, member, moment, organisation, person, promise, says

pytestmark = pytest.mark.django_db


def page(by: Member, **asked: Any) -> RelationshipsPage:
    standing.gather(at=NOW)
    return shown(by, **asked)


def shown(by: Member, **asked: Any) -> RelationshipsPage:
    return relationships_page(Asked.read(asked), member=by, at=NOW)


def names(by: Member, **asked: Any) -> list[str]:
    return [row.name for row in page(by, **asked).rows]


def standing_of(party: Party) -> Standing:
    return Standing.objects.get(relationship=party.relationship)


def teller(by: Member) -> Teller:
    return Teller(at=NOW, by=by)


def reading(party: Party, measure: str, says: str, **fields: Any) -> Reading:
    return Reading.objects.create(
        relationship=party.relationship,
        measure=measure,
        says=says,
        rule_version=1,
        as_known_at=NOW,
        as_of=NOW,
        **fields,
    )


def invoice(
    party: Party, amount: str, by: Member, *, currency: str = "GBP", kind: str = "invoice", on: date = TODAY
) -> None:
    exchange.tell_transaction(
        party=party, kind=kind, happened_on=on, amount=Decimal(amount), currency=currency, teller=teller(by)
    )


# What a row says


def test_a_row_says_who_it_is_and_how_it_stands(cast: Cast) -> None:
    moment(cast.jane, by=cast.maya, mode="call", at=NOW - timedelta(days=3))
    promise(cast.maya.party, cast.jane, told_by=cast.maya, due_on=TODAY - timedelta(days=1))
    promise(cast.jane, cast.maya.party, told_by=cast.maya, due_on=None)
    parties.tell_detail(cast.jane, label="City", value="Leeds", teller=teller(cast.maya))
    reading(cast.jane, "quiet", "quiet", value=41, high=20, usual=12, count=9)
    invoice(cast.jane, "1200", cast.maya)

    [row] = [row for row in page(cast.maya).rows if row.name == "Jane Okafor"]

    assert row.of == "Alder Hotels"
    assert row.place == "Leeds"
    assert (row.last_on, row.last_mode) == (TODAY - timedelta(days=3), "call")
    assert row.promises == "1 ours, late; 1 theirs"
    assert "41 days" in row.reading
    assert (row.trade, row.currency) == (Decimal(100), "GBP")
    assert row.tended_by == "Maya Lindqvist"


def test_an_organisation_was_in_touch_when_its_people_were_while_they_worked_there(cast: Cast) -> None:
    left = person("Sam Gone")
    parties.tell_tie(
        kind="works_at",
        from_party=left,
        to_party=cast.alder,
        until_on=TODAY - timedelta(days=90),
        teller=teller(cast.maya),
    )
    moment(cast.jane, by=cast.maya, at=NOW - timedelta(days=30))
    moment(left, by=cast.maya, at=NOW - timedelta(days=5))

    standing.gather(at=NOW)

    assert standing_of(cast.alder).last_on == TODAY - timedelta(days=30)


def test_what_is_ahead_withdrawn_or_in_copy_is_no_contact(cast: Cast) -> None:
    moment(cast.jane, by=cast.maya, at=NOW + timedelta(days=5))
    moment(cast.jane, by=cast.maya, at=NOW - timedelta(days=5), roles=["copy"])

    standing.gather(at=NOW)

    assert standing_of(cast.jane).last_on == NEVER


def test_trade_is_counted_once_by_currency_and_never_added_up(cast: Cast) -> None:
    invoice(cast.alder, "100", cast.maya)
    invoice(cast.alder, "70", cast.maya, currency="EUR")
    invoice(cast.alder, "100", cast.maya, kind="order")
    invoice(cast.alder, "100", cast.maya, kind="payment")
    invoice(cast.alder, "900", cast.maya, on=TODAY - timedelta(days=400))

    standing.gather(at=NOW)

    stands = standing_of(cast.alder)
    assert {currency: Decimal(amount) for currency, amount in stands.trade.items()} == {"GBP": 100, "EUR": 70}
    assert stands.trade_amount == 100


def test_a_settled_promise_is_open_no_more(cast: Cast) -> None:
    made = promise(cast.jane, cast.maya.party, told_by=cast.maya)
    promises.call(made, "kept", speaker=says(cast.maya, at=NOW))

    standing.gather(at=NOW)

    assert standing_of(cast.jane).open_theirs == 0


def test_gathering_one_changes_it_alone_and_twice_changes_nothing(cast: Cast) -> None:
    standing.gather(at=NOW)
    moment(cast.jane, by=cast.maya)
    person("Ann New")

    standing.gather([cast.with_jane.pk], at=NOW)
    standing.gather([cast.with_jane.pk], at=NOW)

    assert standing_of(cast.jane).last_on == TODAY
    assert standing_of(cast.alder).last_on == NEVER
    assert Standing.objects.count() == 4


def test_who_stands_for_another_leaves_the_list_and_comes_back(cast: Cast) -> None:
    double = person("J. Okafor")
    link = merging.merge(double, cast.jane, reason="one address", by=cast.maya, at=NOW)
    moment(double, by=cast.maya)

    assert "J. Okafor" not in names(cast.maya)
    assert standing_of(cast.jane).last_on == TODAY

    merging.unmerge(link, by=cast.maya, at=NOW)

    assert "J. Okafor" in names(cast.maya)


# Who may see it


def test_a_closed_relationship_is_in_the_list_of_those_it_is_open_to(cast: Cast) -> None:
    assert names(cast.maya) == ["Alder Hotels", "Jane Okafor", "Leona Marsh", "Severn Vale Hospitals"]
    assert names(cast.tom) == ["Alder Hotels", "Jane Okafor"]
    assert names(cast.ruth) == ["Alder Hotels", "Jane Okafor"]


def test_a_moment_with_somebody_hidden_is_told_by_neither_end(cast: Cast) -> None:
    moment(cast.jane, cast.leona, by=cast.maya, at=NOW - timedelta(days=2))
    promise(cast.leona, cast.maya.party, told_by=cast.maya)

    standing.gather(at=NOW)

    assert standing_of(cast.jane).last_on == NEVER
    assert standing_of(cast.alder).last_on == NEVER


def test_closing_a_relationship_takes_what_it_shared_out_of_the_others(cast: Cast) -> None:
    bo = person("Bo Lind", tended_by=cast.maya)
    moment(cast.jane, bo, by=cast.maya)
    standing.gather(at=NOW)
    before = standing_of(cast.jane).last_on

    parties.close(bo.relationship, by=cast.maya, at=NOW)
    standing.gather([bo.relationship.pk], at=NOW)

    assert (before, standing_of(cast.jane).last_on, standing_of(bo).last_on) == (TODAY, NEVER, TODAY)


def test_an_organisation_one_may_not_see_filters_nobody(cast: Cast) -> None:
    jane_too = Tie.objects.create(kind="advises", from_party=cast.jane, to_party=cast.severn, told_at=NOW)

    assert names(cast.tom, at="Severn") == []
    assert "Jane Okafor" in names(cast.maya, at="Severn"), jane_too


# Filters


@pytest.fixture
def book(cast: Cast) -> Cast:
    """Some who differ in everything that can be asked."""
    bo = person("Bo Lind", tended_by=cast.tom)
    guild = person("Coffee Guild", kind="community")
    parties.tell_tie(kind="member_of", from_party=bo, to_party=guild, teller=teller(cast.maya))
    parties.tell_detail(bo, label="city", value="Malmö", teller=teller(cast.maya))
    parties.tell_detail(bo, label="VAT number", value="SE 12:34", teller=teller(cast.maya))
    moment(cast.jane, by=cast.maya, at=NOW - timedelta(days=10))
    moment(bo, by=cast.tom, at=NOW - timedelta(days=200))
    promise(cast.maya.party, cast.jane, told_by=cast.maya, due_on=TODAY + timedelta(days=5))
    promise(bo, cast.tom.party, told_by=cast.tom, due_on=TODAY - timedelta(days=5))
    reading(bo, "quiet", "quiet", value=200, high=50, usual=12, count=9)
    reading(cast.jane, "whose_move", "our_move", since_on=TODAY - timedelta(days=10))
    invoice(cast.alder, "500", cast.maya)
    invoice(guild, "40", cast.maya)
    for party, word in ((bo, "Fair"), (cast.jane, "fair"), (cast.jane, "Christmas card")):
        tags.tell_tag(party, word=word, teller=teller(cast.maya))
    standing.gather(at=NOW)
    return cast


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"words": "oka"}, ["Jane Okafor"]),
        ({"words": "okfor"}, ["Jane Okafor"]),
        ({"kind": "community"}, ["Coffee Guild"]),
        ({"kind": "organisation"}, ["Alder Hotels"]),
        ({"tie": "member_of"}, ["Bo Lind", "Coffee Guild"]),
        ({"at": "alder"}, ["Jane Okafor"]),
        ({"at": "guild", "tie": "works_at"}, []),
        ({"at": "nobody such"}, []),
        ({"place": "malmö"}, ["Bo Lind"]),
        ({"place": "MALMÖ"}, ["Bo Lind"]),
        ({"detail": "vat number: SE 12:34"}, ["Bo Lind"]),
        ({"tended": "me"}, ["Bo Lind"]),
        ({"tended": "nobody"}, ["Coffee Guild"]),
        ({"promise": "any"}, ["Bo Lind", "Jane Okafor"]),
        ({"promise": "ours"}, ["Jane Okafor"]),
        ({"promise": "theirs"}, ["Bo Lind"]),
        ({"promise": "late"}, ["Bo Lind"]),
        ({"move": "quiet"}, ["Bo Lind"]),
        ({"move": "ours"}, ["Jane Okafor"]),
        ({"last": "within-30"}, ["Alder Hotels", "Jane Okafor"]),
        ({"last": "over-90"}, ["Bo Lind"]),
        ({"last": "never"}, ["Coffee Guild"]),
        ({"after": "2026-09-01"}, ["Alder Hotels", "Jane Okafor"]),
        ({"before": "2026-09-01"}, ["Bo Lind"]),
        ({"detail": "vat number:"}, ["Bo Lind"]),
        ({"label": "City"}, ["Bo Lind"]),
        ({"label": "city", "value": "MALMÖ"}, ["Bo Lind"]),
        ({"detail": ["city:", "vat number:SE 12:34"]}, ["Bo Lind"]),
        ({"detail": ["city:", "no such"]}, []),
        ({"tag": "FAIR"}, ["Bo Lind", "Jane Okafor"]),
        ({"tag": ["fair", "Christmas card"]}, ["Jane Okafor"]),
        ({"tag": ["fair"], "place": "malmö"}, ["Bo Lind"]),
        ({"because": "typed", "kind": "person"}, ["Bo Lind", "Jane Okafor"]),
        ({"because": "demo"}, []),
        ({"closed": "yes"}, []),
        ({"closed": "no", "kind": "organisation"}, ["Alder Hotels"]),
        ({"trade": "yes"}, ["Alder Hotels", "Coffee Guild"]),
        ({"trade": "no", "kind": "person"}, ["Bo Lind", "Jane Okafor"]),
        ({"sort": "trade", "trade": "yes"}, ["Alder Hotels", "Coffee Guild"]),
        ({"sort": "due", "promise": "any"}, ["Bo Lind", "Jane Okafor"]),
        ({"sort": "quiet"}, ["Bo Lind", "Jane Okafor", "Alder Hotels"]),
        ({"sort": "last", "kind": "person"}, ["Jane Okafor", "Bo Lind"]),
    ],
)
def test_the_list_is_filtered_and_sorted(book: Cast, asked: dict[str, str], expected: list[str]) -> None:
    rows = [row.name for row in shown(book.tom, **asked).rows]

    assert sorted(rows) == sorted(expected)
    assert rows == expected or asked.get("sort") == "quiet"


def test_a_colleague_s_own_are_asked_for_by_name(book: Cast) -> None:
    assert [row.name for row in shown(book.tom, tended=str(book.maya.pk)).rows] == ["Alder Hotels", "Jane Okafor"]


ONE_OF_EACH = {
    "words": "o",
    "kind": "person",
    "tie": "works_at",
    "at": "alder",
    "place": "Malmö",
    "detail": "city: Malmö",
    "tended": "me",
    "promise": "any",
    "move": "quiet",
    "last": "over-90",
    "before": "2026-09-01",
    "trade": "yes",
    "tag": "fair",
    "because": "typed",
    "closed": "no",
}


@pytest.mark.parametrize(("near", "most_gathered"), [(0, 0), (0, 3_000), (2_000, 3_000)])
def test_any_two_filters_give_what_both_give(
    book: Cast, monkeypatch: pytest.MonkeyPatch, near: int, most_gathered: int
) -> None:
    monkeypatch.setattr("ampersand.desk.lists.finding.NEAR", near)
    monkeypatch.setattr("ampersand.desk.lists.finding.GATHERED", most_gathered)

    def rows(*asked: str) -> set[str]:
        return {row.name for row in shown(book.tom, **{name: ONE_OF_EACH[name] for name in asked}).rows}

    alone = {name: rows(name) for name in ONE_OF_EACH}
    # A tie and an organisation mean a tie of that kind with that organisation, so they are one filter.
    pairs = set(combinations(ONE_OF_EACH, 2)) - {("tie", "at")}

    together = {pair: rows(*pair) for pair in pairs}

    assert together == {(one, other): alone[one] & alone[other] for one, other in pairs}


@pytest.mark.parametrize("most_gathered", [0, 3_000])
@pytest.mark.parametrize(
    "asked", [{"promise": "late"}, {"promise": "ours"}, {"promise": "theirs"}, {"trade": "no"}, {"last": "never"}, {}]
)
def test_every_order_has_the_same_rows_but_for_those_that_have_no_place_in_it(
    book: Cast, monkeypatch: pytest.MonkeyPatch, asked: dict[str, str], most_gathered: int
) -> None:
    def rows(sort: str) -> set[str]:
        return {row.name for row in shown(book.tom, **asked, kind="person", sort=sort).rows}

    by_name = rows("name")
    monkeypatch.setattr("ampersand.desk.lists.finding.NEAR", 1)
    monkeypatch.setattr("ampersand.desk.lists.finding.GATHERED", most_gathered)

    assert [sort for sort in SORTS if not rows(sort) <= by_name] == []
    assert all(rows(sort) == by_name for sort, order in SORTS.items() if not order.needs)


@pytest.mark.parametrize(
    "told", ["\x00", "💥" * 300, "-1", "within-999999999999", "'; DROP", "9999-99-99", "WyJhIl0", ":"]
)
def test_whatever_somebody_writes_into_the_address_the_list_is_shown(book: Cast, told: str) -> None:
    for name in [*ONE_OF_EACH, "sort", "since", "until", "label", "value", "unknown"]:
        assert shown(book.tom, **{name: told}).today == TODAY, name
        assert shown(book.tom, **{name: [told, told]}).today == TODAY, name


# Pages


@pytest.fixture
def crowd(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Eighteen relationships, on pages of five."""
    monkeypatch.setattr(finding, "ROWS", 5)
    for number in range(14):
        somebody = person(f"Person {number:03d}", tended_by=cast.maya)
        moment(somebody, by=cast.maya, at=NOW - timedelta(days=number // 3))
        promise(somebody, cast.maya.party, told_by=cast.maya, due_on=TODAY + timedelta(days=number % 7))
        called = promise(somebody, cast.maya.party, told_by=cast.maya)
        promises.call(called, "kept" if number % 3 else "not_kept", speaker=says(cast.maya, at=NOW))
        invoice(somebody, str(number % 11), cast.maya)
    standing.gather(at=NOW)
    return cast


def turned(by: Member, url: str) -> RelationshipsPage:
    from django.http import QueryDict

    return relationships_page(Asked.read(QueryDict(url.partition("?")[2])), member=by, at=NOW)


@pytest.mark.parametrize("sort", SORTS)
def test_turning_all_pages_shows_everybody_once_and_back_again(crowd: Cast, sort: str) -> None:
    first = shown(crowd.maya, sort=sort)
    pages = [first]
    while pages[-1].next_url:
        pages.append(turned(crowd.maya, pages[-1].next_url))
    back = [pages[-1]]
    while back[-1].previous_url:
        back.append(turned(crowd.maya, back[-1].previous_url))

    seen = [row.url for page in pages for row in page.rows]
    assert len(seen) == len(set(seen)) >= 14
    assert all(len(page.rows) == 5 for page in pages[:-1])
    assert [page.rows for page in reversed(back)] == [page.rows for page in pages]


def test_the_list_is_in_the_order_it_says(crowd: Cast) -> None:
    last = [row.last_on for row in shown(crowd.maya, sort="last").rows]
    trade = [row.trade or Decimal(0) for row in shown(crowd.maya, sort="trade").rows]

    assert all(one >= next_one for one, next_one in pairwise([on for on in last if on]))
    assert all(one >= next_one for one, next_one in pairwise(trade))
    assert shown(crowd.maya, sort="trade").found == "5 of them, most traded in a year first"


def test_the_list_asks_the_same_few_questions_for_no_row_as_for_many(crowd: Cast) -> None:
    with CaptureQueriesContext(connection) as none:
        shown(crowd.maya, place="nowhere", promise="late")
    with CaptureQueriesContext(connection) as many:
        shown(crowd.maya, kind="person", promise="any")

    assert len(none) <= 13
    assert len(many) <= 13
    assert not [asked["sql"] for asked in many if "COUNT(" in asked["sql"] or "OFFSET" in asked["sql"]]


def test_an_empty_list_says_what_to_do(cast: Cast) -> None:
    nobody = page(cast.maya, words="xqzw")
    Standing.objects.all().delete()
    empty = shown(cast.maya)

    assert nobody.empty_says == "Nobody you know is like this. Show all, or ask for less."
    assert empty.empty_says.startswith("Nobody here yet.")
    assert (nobody.clear_url, empty.clear_url) == ("/relationships/", "")


def test_gathering_takes_one_statement_for_all(crowd: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        standing.gather(at=NOW)

    # How much memory it may take is no question to the book.
    assert len([one for one in asked if not one["sql"].startswith("SET LOCAL")]) <= 6


def test_a_new_organisation_is_in_the_list_after_its_first_reading(cast: Cast) -> None:
    from ampersand.readings import following

    mill = organisation("The Mill")
    following.tell([mill.relationship.pk], datetime.now(NOW.tzinfo))

    assert "The Mill" in [row.name for row in shown(member("Nina Berg")).rows]
