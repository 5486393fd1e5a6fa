"""The map as it is drawn: where a relationship stands, which are named, and what five thousand become."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup, Tag
from django.utils.translation import override

from ampersand.desk.drawing import text_width
from ampersand.desk.pages.tune_map import MapPoint, TuneMap
from ampersand.desk.tune_map import drawing
from ampersand.desk.tune_map.drawing import NARROW, WIDE


def point(key: str = "a", trade: float = 1.0, relationship: float = 1.0, **more: object) -> MapPoint:
    of = MapPoint(key, f"Somebody {key}", trade, relationship, False, f"?at={key}", "Trade as usual.")
    return replace(of, **more)  # type: ignore[arg-type]


def many(number: int) -> tuple[MapPoint, ...]:
    shares = [0.3 + 0.37 * (place % 9) for place in range(number)]
    return tuple(
        point(str(place), shares[place], shares[(place * 7 + 3) % number], trail=((1.0, 1.0),))
        for place in range(number)
    )


def drawn(value: TuneMap, *, name: str = "wide") -> Tag:
    found = BeautifulSoup(drawing.draw(value), "html.parser").select_one(f"svg.map__drawing--{name}")
    assert found is not None
    return found


@pytest.mark.parametrize("sheet", [WIDE, NARROW], ids=lambda sheet: sheet.name)
def test_twice_its_usual_stands_half_way_to_four_times_and_nothing_at_the_edge(sheet: drawing.Sheet) -> None:
    usual, twice, four, more, nothing = (sheet.x(share) for share in (1, 2, 4, 9, 0))

    assert twice - usual == pytest.approx(four - twice)
    assert (more, nothing) == (four, sheet.beside)
    assert sheet.y(2) < sheet.y(1) < sheet.y(0)


def test_who_parted_is_drawn_in_ochre_and_others_in_moss() -> None:
    svg = drawn(TuneMap((point("a", 3, 0.4, is_parted=True), point("b"))))

    inks = {str(link["data-point"]): str(link.select("circle")[-1]["class"]) for link in svg.select("a")}
    assert "ochre" in inks["a"]
    assert "moss" in inks["b"]


@pytest.mark.parametrize(("name", "most"), [("wide", WIDE.named_max), ("narrow", NARROW.named_max)])
def test_names_lie_apart_and_within_the_drawing_and_only_as_many_as_fit(name: str, most: int) -> None:
    svg = drawn(TuneMap(many(120)), name=name)

    boxes = [box_of(text) for text in svg.select("text") if "map__hover" not in text["class"]]

    assert all(not meet(one, other) for one, other in itertools.combinations(boxes, 2))
    assert all(box[0] >= 0 and box[2] <= float(str(svg["width"])) for box in boxes)
    assert len(svg.select("a .map__name:not(.map__hover)")) <= most


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("sheet", [WIDE, NARROW], ids=lambda sheet: sheet.name)
def test_no_point_lies_over_the_words_of_a_corner_or_of_an_end_of_the_way_up(
    sheet: drawing.Sheet, language: str
) -> None:
    shares = [0, 0.25, 0.4, 0.7, 1, 1.5, 2.5, 4, 9]
    places = [sheet.place(trade, relationship) for trade in shares for relationship in shares]
    points = [(x - 5.4, y - 5.4, x + 5.4, y + 5.4) for x, y in places]

    with override(language):
        svg = drawn(TuneMap(()), name=sheet.name)
    words = [box_of(text) for text in svg.select("text")]
    near_an_end = [box for box in words if box[3] < sheet.above or box[1] > sheet.height - sheet.above]

    assert len(near_an_end) >= 6
    assert not [box for box in near_an_end if any(meet(box, one) for one in points)]
    assert all(box[0] >= 0 and box[2] <= sheet.width and box[1] >= 0 and box[3] <= sheet.height for box in words)


@pytest.mark.parametrize("sheet", [WIDE, NARROW], ids=lambda sheet: sheet.name)
def test_the_band_follows_those_that_are_in_tune_from_edge_to_edge(sheet: drawing.Sheet) -> None:
    edge = 2**drawing.BAND
    _corner, left, above, _other, right, below = drawing._band(sheet)

    for share in (0.4, 1, 2.2):
        assert between(left, above, sheet.x(share)) == pytest.approx(sheet.y(share * edge))
        assert between(below, right, sheet.x(share)) == pytest.approx(sheet.y(share / edge))


def between(one: tuple[float, float], other: tuple[float, float], x: float) -> float:
    """How high a line through two places stands at x."""
    return one[1] + (other[1] - one[1]) * (x - one[0]) / (other[0] - one[0])


def test_a_few_are_links_each_and_five_thousand_are_points_of_two_inks() -> None:
    few, crowd = drawn(TuneMap(many(drawing.LINKED_MAX))), drawn(TuneMap(many(5_000)))

    assert len(few.select("a")) == drawing.LINKED_MAX
    assert len(crowd.select("a")) == WIDE.named_max
    paths = [path for path in crowd.select("path") if "map__crowd" in path["class"]]
    assert sum(str(path["d"]).count("M") for path in paths) == 5_000 - WIDE.named_max
    assert len(str(crowd)) < 120_000


def test_the_chosen_one_is_named_over_all_others_and_once() -> None:
    chosen = point("x", 1.02, 1.02, trail=((0.8, 0.9), (0.9, 0.9)))

    svg = drawn(TuneMap((chosen, *many(300)), chosen=chosen))

    last = [child for child in svg.children if isinstance(child, Tag)][-1]
    assert last["data-chosen"] == "wide"
    assert [text.text for text in svg.select("text:not(.map__hover)")].count("Somebody x") == 1
    assert last.select_one("text") is not None


def test_what_is_drawn_of_the_chosen_one_can_be_fetched_alone() -> None:
    alone = BeautifulSoup(drawing.draw_chosen(point("x", 3, 0.4)), "html.parser")

    assert [svg["data-sheet"] for svg in alone.select("svg")] == ["wide", "narrow"]
    assert [svg.text for svg in alone.select("svg")] == ["Somebody x", "Somebody x"]


def test_nothing_at_all_is_drawn_as_an_empty_map() -> None:
    assert drawn(TuneMap(())).select("a") == []


def test_what_somebody_is_called_is_text_and_ends_where_there_is_no_room() -> None:
    name = '<script>alert("1")</script> ' * 5

    svg = drawn(TuneMap((point("a", name=name, url='?at="><b>'),)))

    assert svg.select("script, b") == []
    assert svg.select_one("a .map__name").text.startswith('<script>alert("1")')  # type: ignore[union-attr]
    assert svg.select_one("a .map__name").text.endswith("…")  # type: ignore[union-attr]


def test_the_pointer_alone_reaches_a_point_since_the_keyboard_has_the_walk_and_the_list() -> None:
    svg = drawn(TuneMap(many(30)))

    assert svg["aria-hidden"] == "true"
    assert {link["tabindex"] for link in svg.select("a")} == {"-1"}


def box_of(text: Tag) -> tuple[float, float, float, float]:
    size = 17 if "map__corner" in text["class"] else 11
    width = text_width(text.text, size=size) * 0.9
    x, y = float(str(text["x"])), float(str(text["y"]))
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[str(text["text-anchor"])]
    return left, y - size * 0.8, left + width, y + 2


def meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_a_year_is_one_line_through_its_quarters() -> None:
    trail = tuple((1 + month / 12, 1.0) for month in range(12))

    svg = drawn(TuneMap((point("a", 2, 1, trail=trail),)))

    line = svg.select_one("path.map__year")
    assert line is not None
    assert len(re.findall("C", str(line["d"]))) == 4
