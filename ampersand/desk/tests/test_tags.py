"""Days and amounts as one says them, and signs that escape what they are given."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from ampersand.core.spoken import spoken_day
from ampersand.desk.icons import PROMISE_SHAPES
from ampersand.desk.pages.notebook import Piece, woven
from ampersand.desk.pages.strips import Gift, GiftStrip, LateStrip, MissingStrip, RhythmStrip, Strip, Tick
from ampersand.desk.templatetags import desk

TUESDAY = date(2026, 10, 6)


@pytest.mark.parametrize(
    ("on", "says"),
    [
        (date(2026, 10, 6), "today"),
        (date(2026, 10, 7), "tomorrow"),
        (date(2026, 10, 9), "Fri 9"),
        (date(2026, 10, 20), "Tue 20"),
        (date(2026, 10, 21), "21 Oct"),
        (date(2026, 10, 5), "5 Oct"),
        (date(2026, 2, 1), "1 Feb"),
        (date(2025, 3, 12), "12 March 2025"),
        (date(2028, 3, 12), "12 March 2028"),
    ],
)
def test_a_day_is_said_as_near_as_it_is(on: date, says: str) -> None:
    assert spoken_day(on, today=TUESDAY) == says


def test_a_day_keeps_its_machine_form_beside_its_words() -> None:
    assert desk.day(date(2026, 10, 9), TUESDAY) == '<time datetime="2026-10-09">Fri 9</time>'


def test_a_moment_just_before_midnight_utc_is_the_next_day_in_berlin() -> None:
    with timezone.override("Europe/Berlin"):
        assert (
            desk.day(datetime(2026, 10, 5, 22, 30, tzinfo=UTC), TUESDAY) == '<time datetime="2026-10-06">today</time>'
        )


def test_no_day_is_no_words() -> None:
    assert desk.day(None, TUESDAY) == ""


@pytest.mark.parametrize(
    ("amount", "currency", "language", "says"),
    [
        ("2100", "GBP", "en", "£2,100"),
        ("2100.00", "GBP", "en", "£2,100"),
        ("96.40", "EUR", "en", "€96.40"),
        ("2100", "EUR", "de", "2.100\xa0€"),
        ("96.40", "EUR", "de", "96,40\xa0€"),
        ("150000", "JPY", "en", "¥150,000"),
        ("0", "EUR", "en", "€0"),
        ("-12.50", "USD", "en", "-$12.50"),
    ],
)
def test_money_is_said_in_the_readers_language(amount: str, currency: str, language: str, says: str) -> None:
    with translation.override(language):
        assert desk.spoken_money(Decimal(amount), currency) == says


def test_an_unknown_amount_is_no_words() -> None:
    assert desk.money(None, "GBP") == ""


@pytest.mark.parametrize(("life", "shown"), [(-3, "0"), (0, "0"), (7, "7"), (99, "10")])
def test_the_sign_of_a_relationship_keeps_within_its_inks(life: int, shown: str) -> None:
    assert f'data-life="{shown}"' in desk.amp(life)


def test_every_state_of_a_promise_has_a_shape_and_a_word() -> None:
    for name in PROMISE_SHAPES:
        drawn = desk.state(name)  # type: ignore[arg-type]

        assert f"state--{name}" in drawn
        assert 'aria-label=""' not in drawn


def test_pieces_take_the_place_their_language_gives_them() -> None:
    parts = woven("bis %(due)s %(what)s", what=Piece("die Mengen", "k1"), due=Piece("Fr 9.", "k2"))

    assert [part.says for part in parts] == ["bis ", "Fr 9.", " ", "die Mengen"]


STRIPS: list[Strip] = [
    RhythmStrip("<b>", (Tick(3, "theirs"), Tick(900, "ours")), 12, 41, "<b>"),
    LateStrip("<b>", date(2026, 9, 18), date(2026, 10, 2), TUESDAY),
    LateStrip("<b>", date(2026, 10, 6), date(2026, 10, 6), TUESDAY),
    LateStrip("<b>", date(2020, 1, 1), date(2020, 1, 2), TUESDAY),
    MissingStrip("<b>", ("<b>", "<b>"), "<b>"),
    GiftStrip("<b>", (Gift(0, "ours", 1), Gift(365, "theirs", 0))),
]


@pytest.mark.parametrize("strip", STRIPS, ids=lambda strip: strip.name)
def test_a_strip_escapes_names_and_sets_no_style(strip: Strip) -> None:
    drawn = desk.strip(strip)

    assert "<b>" not in drawn
    assert "style=" not in drawn
    assert 'aria-label="&lt;b&gt;"' in drawn


@pytest.mark.parametrize("strip", STRIPS, ids=lambda strip: strip.name)
def test_a_strip_stays_within_its_paper(strip: Strip) -> None:
    drawn = desk.strip(strip)

    assert 'width="224" height="46"' in drawn
    assert '"-' not in drawn
