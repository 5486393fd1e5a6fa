"""The map of one made-up Tuesday: forty-seven relationships, of which a few have parted; and five thousand."""

from __future__ import annotations

import random
from dataclasses import replace

from ampersand.desk.pages.tune_map import MapChosen, MapLens, MapPage, MapPoint, MapRow, Thought, TuneMap
from ampersand.desk.pages.words import Clause
from tests.browser.samples import TODAY

# Name, shares of trade and of what lies between now, and how it came there.
NAMED = [
    ("Jane Okafor", 3.0, 0.32, True, [(0.95, 1.1), (1.0, 1.2), (1.4, 0.9), (2.2, 0.5)]),
    ("Gareth Pugh", 2.9, 0.5, True, [(1.05, 1.15), (1.2, 1.1), (1.7, 0.8), (2.3, 0.6)]),
    ("Ollie Grant", 0.7, 2.4, True, [(0.8, 1.05), (0.75, 1.4), (0.72, 1.8), (0.7, 2.1)]),
    ("Sunniva Dahl", 0.4, 2.7, True, [(0.55, 1.7), (0.5, 2.0), (0.45, 2.3), (0.42, 2.5)]),
    ("Leona Marsh", 0.75, 0.36, False, [(1.0, 1.6), (1.05, 1.4), (0.95, 0.9), (0.8, 0.5)]),
    ("Dev Anand", 0.36, 0.3, False, [(0.75, 0.85), (0.65, 0.7), (0.5, 0.5), (0.4, 0.4)]),
    ("Hugh Laing", 0.33, 0.8, False, [(0.55, 0.82), (0.5, 0.78), (0.44, 0.76), (0.4, 0.78)]),
    ("Rob Hale", 0.66, 0.68, False, [(1.3, 1.2), (1.1, 1.0), (0.9, 0.85), (0.75, 0.75)]),
    ("Mei Zhou", 1.2, 0.8, False, [(1.1, 1.5), (1.15, 1.2), (1.12, 1.0), (1.1, 0.9)]),
    ("Lucía Mejía", 2.1, 2.5, False, [(1.2, 1.2), (1.4, 1.5), (1.7, 1.9), (1.9, 2.2)]),
    ("Rita Bello", 2.6, 3.0, False, [(1.6, 1.5), (1.8, 1.9), (2.1, 2.3), (2.4, 2.7)]),
    ("Ines Carvalho", 1.5, 1.6, False, [(0.9, 0.95), (1.05, 1.15), (1.2, 1.3), (1.4, 1.5)]),
    ("Nadia Rahman", 1.75, 1.2, False, [(1.2, 1.05), (1.35, 1.05), (1.5, 1.1), (1.65, 1.15)]),
    ("Kofi Mensah", 1.05, 1.25, False, [(0.85, 1.0), (0.9, 1.1), (0.95, 1.15), (1.0, 1.2)]),
    ("Priya Nair", 0.58, 1.5, False, [(0.7, 1.0), (0.72, 1.15), (0.7, 1.3), (0.63, 1.4)]),
]
USUAL = "Trade as ever, the two of you as ever, against the usual."
SAYS = "Trade a third more, the two of you a third less, against the usual. In tune until May."


def points(number: int = 47) -> tuple[MapPoint, ...]:
    named = [
        _point(place, name, trade, relationship, is_parted=is_parted, trail=_monthly(trail))
        for place, (name, trade, relationship, is_parted, trail) in enumerate(NAMED)
    ]
    drawn = random.Random(9)
    others = []
    for place in range(len(named), number):
        both, apart = drawn.gauss(0, 0.42), drawn.gauss(0, 0.22)
        trade, relationship = 2 ** (both + apart), 2 ** (both - apart)
        then = (trade * 2 ** drawn.gauss(0, 0.2), relationship * 2 ** drawn.gauss(0, 0.2))
        others.append(_point(place, f"Customer {place}", trade, relationship, is_parted=place == 20, trail=(then,)))
    return (*named, *others)


def _point(
    place: int, name: str, trade: float, relationship: float, *, is_parted: bool, trail: tuple[tuple[float, float], ...]
) -> MapPoint:
    return MapPoint(str(place), name, trade, relationship, is_parted, "map.html", SAYS, trail)


def _monthly(quarters: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    return tuple(shares for shares in quarters for _month in range(3))


def tune_map(number: int = 47) -> MapPage:
    found = points(number)
    return MapPage(
        today=TODAY,
        opening=(
            Clause("Most are in tune. With "),
            Clause("two of them trade has run ahead of the two of you, the first since May", why_url="evidence.html"),
            Clause("."),
        ),
        lenses=(
            MapLens(f"All {number}", "map.html", is_here=True),
            MapLens("Mine", "map.html", is_here=False),
            MapLens("Moved most", "map.html", is_here=False),
        ),
        drawing=TuneMap(found, chosen=found[0]),
        chosen=MapChosen(
            found[0],
            life=7,
            url="relationship.html",
            why_url="evidence.html",
            readings=(
                Clause("You last spoke 41 days ago; usually every 19.", why_url="evidence.html"),
                Clause("Your move since 26 August: they asked, and nothing has gone back.", why_url="evidence.html"),
            ),
            next_url="map-next",
            previous_url="map-next",
        ),
        thoughts=(
            Thought("Jane Okafor", "relationship.html", "trade running ahead, since May", "evidence.html"),
            Thought("Gareth Pugh", "relationship.html", "trade running ahead, since June", "evidence.html"),
            Thought("Ollie Grant", "relationship.html", "talking more, trading less, since July", "evidence.html"),
        ),
        rows=tuple(
            MapRow(
                point.name,
                "relationship.html",
                point.says,
                "evidence.html",
                USUAL,
            )
            for point in found[:50]
        ),
        next_url="map.html" if number > 50 else "",
        not_drawn="Of eleven it is too early to say; they are not drawn.",
        list_url="map-list.html",
        drawing_url="map-drawing.html",
    )


def as_list() -> MapPage:
    return replace(tune_map(), view="list")


def as_drawing() -> MapPage:
    return replace(tune_map(), view="drawing")


def next_one() -> MapChosen:
    """What stands beside the map after the first."""
    first = tune_map().chosen
    assert first is not None
    return replace(first, point=points()[1])


def of_nobody() -> MapPage:
    return replace(
        tune_map(),
        opening=(Clause("Too early to draw: nobody has both trade and talk for a year yet."),),
        drawing=None,
        chosen=None,
        thoughts=(),
        rows=(),
    )
