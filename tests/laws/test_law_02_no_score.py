"""Law 2. Nothing sums up a person or a relationship in one number. Quantities have a unit; give and take is never netted."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import models
from django.utils import timezone

import ampersand
from ampersand.desk.pages.relationship import GiveTake
from ampersand.desk.relationship import relationship_page
from ampersand.exchange import actions as exchange
from ampersand.members.models import Member
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party
from ampersand.readings import actions as readings
from tests.cast import Cast, moment, promise
from tests.laws.looking import every_page, our_models, page_fields, page_of, read, sentences, words_in
from tests.laws.looking import relationship_page as shown

pytestmark = pytest.mark.django_db

# Every number that is kept, with its unit. A new one has to be written here, and a number without a unit has no place.
UNITS = {
    "Transaction.amount": "its currency",
    "Concession.amount": "its currency",
    "ExpectedTransaction.amount": "its currency",
    "Offer.version": "which version",
    "Offer.net_amount": "its currency",
    "Offer.tax_amount": "its currency",
    "OfferLine.position": "its place among the lines",
    "OfferLine.quantity": "its unit",
    "OfferLine.unit_price": "its offer's currency",
    "OfferLine.discount_share": "percent of the line",
    "OfferLine.tax_rate": "percent of the line",
    "Question.position": "its place among the questions",
    "Weight.value": "of 100 that a side gives out itself, to one question; never to anybody",
    **{f"PastReading.{name}": "its unit" for name in ("value", "low", "high", "usual")},
    "PastReading.count": "pieces of evidence",
    "PastReading.rule_version": "version of the rule",
    "Reading.value": "its unit",
    "Reading.low": "its unit",
    "Reading.high": "its unit",
    "Reading.usual": "its unit",
    "Reading.count": "pieces of evidence",
    "Reading.rule_version": "version of the rule",
    "TermLine.position": "its place among the lines",
    "Terms.version": "which version",
    "AgreementVersion.number": "which version",
    "LinkCode.tried_count": "tries",
    "Receiver.try_count": "tries",
    "Standing.open_ours": "promises",
    "Standing.open_theirs": "promises",
    "Standing.trade_amount": "the house's currency",
    "Standing.kept_count": "promises",
    "Standing.called_count": "promises",
    "Standing.kept_share": "kept promises for each that was called",
    "Double.probability": "chance of one that two are the same, of the pair alone; orders the questions, never shown",
    "Import.item_count": "items",
    "ImportItem.part": "place in an import",
    "ImportItem.ordinal": "place in an import",
    "Piece.start": "characters",
    "Piece.end": "characters",
    "File.size_bytes": "bytes",
    "Erasure.row_count": "rows",
}
# The same for what pages show. `life` is drawn as ink and never said as a number.
PAGE_UNITS = {
    "days_ago": "days", "usual_days": "days", "quiet_days": "days", "worth": "share of the largest in its drawing",
    "start": "characters", "end": "characters", "again_in": "seconds", "life": "ink", "contact": "share of its own usual",
    "trade": "the currency beside it; on the map of its usual", "count": "rows", "seen": "rows", "new": "rows", "joined": "rows",
    "unchanged": "rows", "left_out": "rows", "rejected": "rows", "total": "rows", "more": "rows",
    "number": "which version",
    # Of what became of promises.
    "low": "of those that fell due, 0 to 1", "high": "of those that fell due, 0 to 1",
    "share": "of those that fell due, 0 to 1", "kept": "promises", "not_kept": "promises", "unconfirmed": "promises",
    "promised": "promises", "said_done": "promises", "due": "promises", "usual_low": "promises a week",
    "usual_high": "promises a week",
    # Of the five words of a pulse, which.
    "theirs": "which word", "ours": "which word",
    # Of the map.
    "relationship": "of its usual", "trail": "of its usual",
    # Of negotiations.
    "amount": "the currency beside it", "price": "the currency of its offer", "year": "which year",
    "value": "of 100 that a side gives out itself, to one question",
}  # fmt: skip
COUNTED = {"month": "a month", "count": "rows", "in_common": "people in common"}
# By what rows that others keep for us are sorted.
OF_OTHERS = {"created_at": "when a way to sign in was added"}
SUMMING_UP = {
    "score", "scores", "scored", "rating", "rated", "rank", "ranked", "ranking", "tier", "grade", "points", "stars",
    "completeness", "percent", "percentage", "strength", "warmth", "sentiment",
}  # fmt: skip
# The same in German, and what would net give and take in either language.
GERMAN = re.compile(
    r"\b(punktzahl|punktestand|bewertung|rang|note von|prozent|vollständigkeit|stärke|wärme|stimmungs)", re.IGNORECASE
)
NETTED = re.compile(
    r"\b(balanced?|balances|owes?|owed|owing|indebted|in debt|in credit|net|surplus|deficit|in (?:your|our|their) favour"
    r"|saldo|bilanz|im plus|im minus|schuldet|guthaben)\b",
    re.IGNORECASE,
)
STANDS_FOR_SOMEBODY = {
    "Party", "Relationship", "Tie", "Side", "SideLine", "Tending", "Identifier", "Detail", "Member", "Participant",
    "StandsFor", "ClosedTo",
}  # fmt: skip


def numbers_kept() -> Iterator[tuple[str, str]]:
    kinds = (models.IntegerField, models.FloatField, models.DecimalField)
    for model in our_models():
        for one in model._meta.concrete_fields:
            if isinstance(one, kinds) and not one.primary_key:
                yield model.__name__, one.name


def test_every_number_that_is_kept_has_a_unit() -> None:
    without = [f"{model}.{name}" for model, name in numbers_kept() if f"{model}.{name}" not in UNITS]

    assert without == []


def test_no_number_stands_on_a_person_a_tie_or_a_relationship() -> None:
    found = {model for model, _name in numbers_kept()}

    assert found & STANDS_FOR_SOMEBODY == set()


def test_every_number_on_a_page_has_a_unit() -> None:
    numeric = [(kind, name) for kind, name, told in page_fields() if re.search(r"\b(int|float|Decimal)\b", str(told))]

    assert [f"{kind}.{name}" for kind, name in numeric if name not in PAGE_UNITS] == []
    assert len(numeric) > 15


def test_nothing_is_called_a_score() -> None:
    columns = {f"{model.__name__}.{one.name}" for model in our_models() for one in model._meta.get_fields()}
    shown = {f"{kind}.{name}" for kind, name, _type in page_fields()}

    assert [name for name in columns | shown if words_in(name) & SUMMING_UP] == []


def test_no_page_says_a_score_or_a_share_of_a_hundred(cast: Cast) -> None:
    for weeks in range(8):
        moment(cast.jane, by=cast.maya, at=timezone.now() - timedelta(weeks=weeks))
    readings.read_one(cast.with_jane.pk, at=timezone.now())

    for address, markup in every_page(cast.maya):
        said = read(markup)
        assert words_in(said) & SUMMING_UP == set(), address
        assert not re.search(r"\d\s*%|\b\d+\s*/\s*(5|10|100)\b", said), address


NOTICE_OWED = re.compile(
    r"notice (?:owed|they owe you|we owe you)|Mitteilung, die (?:man|wir) Ihnen [^,.]*\bschulden?t?\b"
)


def test_no_sentence_of_the_product_says_a_score_or_a_balance_in_any_language() -> None:
    # A link points to another place.
    summing_up = SUMMING_UP - {"points"}
    said = [words for words in sentences() if words_in(words) & summing_up or GERMAN.search(words)]

    assert said == []
    # A notice is owed, whoever gave more.
    told = [NOTICE_OWED.sub("", words) for words in sentences()]
    assert [words for words in told if NETTED.search(words)] == []
    assert not any(re.search(r"\)[sd]\s*%%|[★☆⭐]", words) for words in sentences())


def test_how_alive_relationships_are_is_drawn_and_said_on_no_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for weeks in range(8):
        moment(cast.jane, by=cast.maya, at=timezone.now() - timedelta(weeks=weeks))
    promise(cast.maya.party, cast.jane, told_by=cast.maya, due_on=timezone.localdate() - timedelta(days=1))
    readings.read_all(at=timezone.now())

    pale, dark = (said_with_life(life, cast.maya, monkeypatch) for life in (1, 9))

    assert pale == dark
    assert sum("Jane Okafor" in said for said in pale.values()) > 5


def said_with_life(life: int, member: Member, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What every page says, were all relationships as alive as this. Drawings are looked at by their words alone."""
    for name, module in list(sys.modules.items()):
        if name.startswith("ampersand.desk") and hasattr(module, "life_of"):
            monkeypatch.setattr(module, "life_of", lambda _reading: life)
    pages = dict(every_page(member, query="Jane"))
    assert any(f'data-life="{life}"' in markup for markup in pages.values())
    return {address: re.sub(r"\b\d\d:\d\d\b", "", read(markup)) for address, markup in pages.items()}


def test_nothing_about_anybody_is_drawn_as_a_gauge() -> None:
    folder = Path(ampersand.__file__).parent
    gauges = {file.name for file in folder.rglob("*.html") if re.search(r"<meter|<progress", file.read_text())}

    # How far an import has come is a share of its rows.
    assert gauges == {"_import_report.html"}


def test_lists_are_sorted_by_names_by_times_and_by_quantities_with_a_unit() -> None:
    without_unit = [name for name in sorted_by() if name not in columns_with_a_meaning()]

    assert without_unit == []
    assert len(sorted_by()) > 20


def columns_with_a_meaning() -> set[str]:
    """Names, days, keys, and numbers with a unit; and what queries themselves count by."""
    numbers = {name for _model, name in numbers_kept()}
    units = {name.split(".")[1] for name in UNITS}
    columns = {one.name for model in our_models() for one in model._meta.concrete_fields}
    return (columns - numbers) | units | {"pk", *COUNTED, *OF_OTHERS}


def sorted_by() -> list[str]:
    """What every query and every order of a list of the product sorts by: the last part of each name."""
    folder = Path(ampersand.__file__).parent
    files = [file for file in folder.rglob("*.py") if not {"tests", "migrations", "demo"} & set(file.parts)]
    return [name for file in files for name in _orders_in(ast.parse(file.read_text()))]


def _orders_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in ("order_by", "Sort"):
            for part in ast.walk(ast.Tuple(node.args[: None if _called(node) == "order_by" else 1])):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value.lstrip("-").rsplit("__", 1)[-1]


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def test_what_each_gave_stands_in_two_columns_and_no_balance_is_drawn(cast: Cast) -> None:
    give(cast, cast.maya.party, cast.jane, Decimal(137))
    give(cast, cast.jane, cast.maya.party, Decimal(411))

    said = read(shown(cast.maya, cast.with_jane))

    assert "Jane gave way" in said
    assert not {"274", "-274", "548", "137", "411"} & set(re.findall(r"-?\d+", said))
    assert not NETTED.search(said)


def test_give_and_take_has_no_place_for_a_sum(cast: Cast) -> None:
    give(cast, cast.maya.party, cast.jane, Decimal(137))

    page = relationship_page(cast.with_jane, member=cast.maya, at=timezone.now())

    assert isinstance(page.give_take, GiveTake)
    assert [name for kind, name, told in page_fields() if kind == "GiveTake" and re.search("int|float|Dec", told)] == []
    assert {gift.way for gift in page.give_take.gifts} == {"ours"}


def test_more_known_of_a_party_is_nowhere_called_more_complete(cast: Cast) -> None:
    bare = read(page_of(cast.maya, "party", cast.leona.pk))

    assert not re.search(r"incomplete|missing|\bmore to fill\b|\d+ of \d+", bare, re.IGNORECASE)


def give(cast: Cast, by: Party, to: Party, amount: Decimal) -> None:
    at = timezone.now()
    exchange.concede(
        by=by,
        to=to,
        relationship=cast.with_jane,
        words="gave way",
        happened_on=at.date(),
        amount=amount,
        currency="GBP",
        teller=Teller(at=at, by=cast.maya),
    )
