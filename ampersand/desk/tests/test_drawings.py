"""Evidence as it is drawn: strips of 224 by 46, the two that part, and what became of promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup, Tag
from django.template.loader import render_to_string

from ampersand.desk import keeping_drawings, strips, tune_drawing
from ampersand.desk.drawing import smooth, text_width
from ampersand.desk.pages.keeping import GapByQuarter, KeepingPart, KeptRow, KeptShares, QuarterRow, WeekLoad, WeekRow
from ampersand.desk.pages.relationship import TuneFigure
from ampersand.desk.pages.strips import GiftStrip, MonthShares, PartingStrip, PulseStrip, RhythmStrip, Strip

TODAY = date(2026, 10, 6)
WORDS = ("strained", "thin", "fine", "good", "close")


def months(*shares: tuple[float, float]) -> tuple[MonthShares, ...]:
    return tuple(
        MonthShares(date(2025 + (9 + place) // 12, (9 + place) % 12 + 1, 1), *each) for place, each in enumerate(shares)
    )


APART = months(*[(1.0, 1.0)] * 7, *[(1.0 + 0.1 * step, 1 / (1 + 0.1 * step)) for step in range(1, 7)])


def read(markup: str) -> Tag:
    svg = BeautifulSoup(markup, "html.parser").svg
    assert svg is not None
    return svg


def words(svg: Tag) -> list[str]:
    return [text.text for text in svg.select("text")]


def lines_of_text_lie_apart(svg: Tag) -> bool:
    boxes = [_box(text) for text in svg.select("text")]
    return not any(
        one[0] < other[1] and other[0] < one[1] and abs(one[2] - other[2]) < 9
        for place, one in enumerate(boxes)
        for other in boxes[place + 1 :]
    )


def _box(text: Tag) -> tuple[float, float, float]:
    width = 0.88 * text_width(text.text)
    x, y = float(str(text["x"])), float(str(text["y"]))
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[str(text["text-anchor"])]
    return left, left + width, y


@pytest.mark.parametrize(
    "strip",
    [
        PartingStrip("Apart since May", APART),
        PartingStrip("One month alone", APART[:1]),
        PartingStrip("Nothing at all", months((0, 0), (0, 0))),
        PartingStrip("A hundred times", months((1, 1), (100, 0.01))),
        PulseStrip("She says thin, we good", WORDS, 1, 3, "Mei"),
        PulseStrip("The same word", WORDS, 4, 4, "Mei"),
        PulseStrip("Words side by side, and a long name", WORDS, 0, 1, "Wolfeschlegelsteinhausenbergerdorff"),
        GiftStrip("Nothing given", ()),
        RhythmStrip("Never spoke", (), 1, 0, "today"),
    ],
    ids=lambda strip: strip.label,
)
def test_a_strip_has_its_size_its_finding_and_words_apart(strip: Strip) -> None:
    svg = read(strips.draw(strip))

    assert (svg["width"], svg["height"]) == ("224", "46")
    assert svg["aria-label"] == strip.label
    assert lines_of_text_lie_apart(svg)
    assert "nan" not in str(svg)


def test_of_the_two_that_parted_the_higher_is_named_above() -> None:
    trade, talk = (
        next(text for text in read(strips.draw(PartingStrip("", APART))).select("text") if text.text == name)
        for name in ("trade", "talk")
    )

    assert float(str(trade["y"])) < float(str(talk["y"]))
    assert ("indigo" in trade["class"], "moss" in talk["class"]) == (True, True)


def test_each_side_of_a_pulse_stands_at_its_word_theirs_as_a_ring() -> None:
    svg = read(strips.draw(PulseStrip("", WORDS, 1, 3, "Mei")))

    at = {text.text: float(str(text["x"])) for text in svg.select("text")}
    rings = {float(str(circle["cx"])) for circle in svg.select("circle.drawing__ring")}
    full = {float(str(circle["cx"])) for circle in svg.select("circle.moss.drawing__full")}
    assert (rings, full) == ({at["thin"]}, {at["good"]})
    assert (at["Mei"], at["us"]) == (at["thin"], at["good"])


def tune(**more: object) -> TuneFigure:
    figure = TuneFigure("Out of tune since May", "why", APART, date(2026, 5, 4), "half more", "a third less", "")
    return replace(figure, **more)  # type: ignore[arg-type]


def test_the_month_in_which_they_parted_is_on_the_axis() -> None:
    assert "May" in words(read(tune_drawing.draw(tune())))
    assert "May" not in words(read(tune_drawing.draw(tune(since_on=None))))
    assert "May" not in words(read(tune_drawing.draw(tune(since_on=date(2024, 5, 4)))))


@pytest.mark.parametrize("shares", [[(1.0, 1.0)] * 13, [(4.0, 4.0)] * 13, [(0.2, 0.2)] * 13, [(9.0, 0.0)] * 2])
def test_what_both_say_lies_apart_wherever_the_lines_end(shares: list[tuple[float, float]]) -> None:
    svg = read(tune_drawing.draw(tune(months=months(*shares))))

    assert lines_of_text_lie_apart(svg)
    assert all(4 < float(str(text["y"])) < tune_drawing.HEIGHT for text in svg.select("text"))


def test_the_label_says_both_as_words() -> None:
    label = read(tune_drawing.draw(tune()))["aria-label"]

    assert label == "Out of tune since May. Now trade is half more, what lies between you a third less."


def test_a_smooth_way_goes_through_every_point() -> None:
    ends = [piece.split()[-2:] for piece in smooth([(0, 0), (10, 5), (20, 0)])[1:].split("C")]

    assert ends[1:] == [["10", "5"], ["20", "0"]]


# ── What became of promises ──────────────────────────────────────────────────────────────────────────────────────────

KEPT = KeptRow("All we promise", 0.79, 0.88, 0.84, 312, 42, 18, is_whole=True)
UNSURE = KeptRow("Made by telephone", 0.57, 0.82, None, 60, 16, 30)


def test_a_point_stands_only_where_nearly_all_were_answered() -> None:
    svg = read(keeping_drawings.draw_shares(KeptShares("We keep most", (KEPT, UNSURE), "")))

    assert len(svg.select("circle")) == 1
    assert len(svg.select("line.drawing__range")) == 2
    assert {"84", "57 to 82"} <= set(words(svg))


def test_the_scale_of_kept_shares_begins_at_none_where_some_are_seldom_kept() -> None:
    usual = words(read(keeping_drawings.draw_shares(KeptShares("", (KEPT,), ""))))
    seldom = words(read(keeping_drawings.draw_shares(KeptShares("", (replace(KEPT, low=0.1),), ""))))

    assert ("50 of 100" in usual, "none of 100" in seldom) == (True, True)


@pytest.mark.parametrize("number", [1, 2, 8, 12])
def test_three_streams_are_named_at_their_end_apart(number: int) -> None:
    rows = tuple(
        QuarterRow(date(2024 + quarter // 4, quarter % 4 * 3 + 1, 1), 10 + quarter, 9, 8) for quarter in range(number)
    )

    svg = read(keeping_drawings.draw_gap(GapByQuarter("The gap", rows, "")))

    assert {f"{9 + number} promised", "9 said done", "8 kept"} <= set(words(svg))
    assert lines_of_text_lie_apart(svg)


def test_quarters_in_which_nothing_fell_due_are_drawn_on_the_ground() -> None:
    rows = (QuarterRow(date(2026, 1, 1), 0, 0, 0), QuarterRow(date(2026, 4, 1), 0, 0, 0))

    svg = read(keeping_drawings.draw_gap(GapByQuarter("Nothing", rows, "")))

    assert {circle["cy"] for circle in svg.select("circle")} == {str(keeping_drawings.GAP_BASE)}


def load(*due: int, usual: tuple[int, int] | None = (4, 8)) -> WeekLoad:
    weeks = tuple(WeekRow(date(2026, 10, 5) + timedelta(weeks=place), number) for place, number in enumerate(due))
    low, high = usual or (None, None)
    return WeekLoad("This week is full", TODAY, weeks, low, high, "")


def test_what_is_more_than_usual_in_a_week_is_ochre() -> None:
    svg = read(keeping_drawings.draw_load(load(9, 6, 0)))

    assert [len(svg.select("circle.ink")), len(svg.select("circle.ochre"))] == [14, 1]
    assert "this week" in words(svg)


def test_without_a_usual_week_none_is_drawn_and_nothing_is_too_much() -> None:
    svg = read(keeping_drawings.draw_load(load(9, usual=None)))

    assert svg.select(".ochre, .wash-moss") == []


def test_hundreds_in_a_week_are_a_bar_that_stays_in_the_drawing() -> None:
    svg = read(keeping_drawings.draw_load(load(400, 3)))

    assert svg.select("circle") == []
    assert all(float(str(bar["y"])) >= 0 for bar in svg.select("rect"))


def test_every_drawing_of_promises_has_its_facts_as_a_table() -> None:
    gap = GapByQuarter("The gap", (QuarterRow(date(2026, 7, 1), 131, 110, 92),), "")
    part = KeepingPart(KeptShares("We keep most", (KEPT, UNSURE), ""), gap, load(9))

    page = BeautifulSoup(render_to_string("desk/_keeping.html", {"keeping": part}), "html.parser")

    cells = [[cell.text for cell in row.select("th, td")] for row in page.select("details tbody tr")]
    assert cells == [
        ["All we promise", "312", "42", "18", "84 (79 to 88)"],
        ["Made by telephone", "60", "16", "30", "57 to 82"],
        ["Jul 2026", "131", "110", "92"],
        ["5 Oct", "9"],
    ]


def test_a_larger_share_of_its_usual_never_stands_lower() -> None:
    shares = [0.0, 0.1, 0.25, 0.5, 0.9, 1.0, 1.2, 2.0, 4.0, 50.0]
    frame = tune_drawing._frame(months(*[(share, 1.0) for share in shares]), left=0, right=100, top=0, bottom=100)

    assert all(one >= other for one, other in pairwise(map(frame.y, shares)))
