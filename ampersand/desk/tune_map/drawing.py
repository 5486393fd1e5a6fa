"""The map drawn: trade to the right, what lies between upward, each against its own usual, from a quarter to four times.

One drawing for a wide page and one for a narrow one. What is chosen is drawn apart, so that another can take its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import hypot, log2

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ampersand.desk.drawing import Point, area, block, broken, dot, fitted, line, path, smooth, text, text_width
from ampersand.desk.pages.tune_map import MapPoint, TuneMap

# Of so many each is a link of its own, with its year; of more those that are named are, and the others are points.
LINKED_MAX = 400
# How far the band reaches to either side, in doublings: a third more of one than of the other.
BAND = 0.42
FURTHEST = 2.0
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Sheet:
    """The size of a drawing, and how much goes on it."""

    name: str
    width: float
    height: float
    beside: float
    """So much stays free to the left and to the right of where points lie."""
    above: float
    """So much above and below them: there the words of the corners stand."""
    named_max: int
    has_small_print: bool

    def x(self, trade: float) -> float:
        return self.beside + (self.width - 2 * self.beside) * _along(trade)

    def y(self, relationship: float) -> float:
        return self.above + (self.height - 2 * self.above) * (1 - _along(relationship))

    def place(self, trade: float, relationship: float) -> Point:
        return self.x(trade), self.y(relationship)


WIDE = Sheet("wide", 740, 700, beside=20, above=54, named_max=16, has_small_print=True)
NARROW = Sheet("narrow", 340, 360, beside=16, above=40, named_max=6, has_small_print=False)


@dataclass
class Room:
    """What is taken on a drawing: a name is written where nothing is."""

    sheet: Sheet
    taken: list[Box] = field(default_factory=list)

    def take(self, x: float, y: float, words: str, anchor: str = "start", *, size: float = 11) -> None:
        self.taken.append(_box(x, y, words, anchor, size=size))

    def find(self, x: float, y: float, words: str, *, radius: float) -> tuple[float, float, str] | None:
        """Beside a point, above it or below it, if there is room; and it is taken then."""
        gap = radius + 4
        around = [
            (x + gap, y + 4, "start"),
            (x - gap, y + 4, "end"),
            (x, y - gap - 1, "middle"),
            (x, y + gap + 9, "middle"),
        ]
        for left, baseline, anchor in around:
            box = _box(left, baseline, words, anchor)
            if self._is_within(box) and not any(_meet(box, other) for other in self.taken):
                self.taken.append(box)
                return left, baseline, anchor
        return None

    def _is_within(self, box: Box) -> bool:
        return box[0] >= 2 and box[1] >= 2 and box[2] <= self.sheet.width - 2 and box[3] <= self.sheet.height - 2


def draw(value: TuneMap) -> SafeString:
    """Both drawings; the page shows the one it has room for. The list beside them has the same facts for who sees neither."""
    return mark_safe("".join(_drawn(value, sheet) for sheet in (WIDE, NARROW)))  # noqa: S308  drawn safely


def draw_chosen(point: MapPoint) -> SafeString:
    """What is drawn of the chosen one, for both drawings, to be put in the place of the one before."""
    return mark_safe(  # noqa: S308  drawn safely
        "".join(
            f'<svg data-sheet="{sheet.name}">{"".join(_chosen(point, sheet, _with_grounds(sheet)))}</svg>'
            for sheet in (WIDE, NARROW)
        )
    )


def _drawn(value: TuneMap, sheet: Sheet) -> SafeString:
    room = _with_grounds(sheet)
    large = named(value.drawn, sheet)
    linked = value.drawn if len(value.drawn) <= LINKED_MAX else large
    keys = {point.key for point in large}
    room.taken += [_around(sheet.place(p.trade, p.relationship), 5 if p.key in keys else 3) for p in linked]
    # The chosen one is drawn last, over all others, and finds its place first.
    chosen = "".join(_chosen(value.chosen, sheet, room)) if value.chosen else ""
    shapes = [*_grounds(sheet), *_points(value, linked, large, sheet, room)]
    return format_html(
        '<svg class="drawing map__drawing map__drawing--{name}" viewBox="0 0 {w} {h}" width="{w}" height="{h}"'
        ' aria-hidden="true">{body}<g data-chosen="{name}">{chosen}</g></svg>',
        name=sheet.name,
        w=f"{sheet.width:g}",
        h=f"{sheet.height:g}",
        body=mark_safe("".join(shapes)),  # noqa: S308  each shape is escaped where it is made
        chosen=mark_safe(chosen),  # noqa: S308  likewise
    )


def named(points: Sequence[MapPoint], sheet: Sheet) -> tuple[MapPoint, ...]:
    """Those that are drawn large: who parted, then who moved furthest in the year."""
    parted = [point for point in points if point.is_parted]
    others = sorted((point for point in points if not point.is_parted), key=moved, reverse=True)
    return tuple([*parted, *others][: sheet.named_max])


def moved(point: MapPoint) -> float:
    """How far it moved in the year, in doublings on both ways together: for which to name, never shown."""
    if not point.trail:
        return 0.0
    trade, relationship = point.trail[0]
    across = _doublings(point.trade) - _doublings(trade)
    return hypot(across, _doublings(point.relationship) - _doublings(relationship))


def _points(
    value: TuneMap, linked: Sequence[MapPoint], large: Sequence[MapPoint], sheet: Sheet, room: Room
) -> Iterator[SafeString]:
    keys = {point.key for point in large}
    yield from _crowd(value.drawn, {point.key for point in linked}, sheet)
    for point in linked:
        if point.key not in keys:
            yield _linked(point, _small(point, sheet))
    chosen = value.chosen.key if value.chosen else ""
    for point in large:
        yield _linked(point, _large(point, sheet, room, is_named=point.key != chosen))


def _crowd(points: Iterable[MapPoint], linked: set[str], sheet: Sheet) -> Iterator[SafeString]:
    """Many as points alone, all of one ink in one line of no length each: five thousand are drawn at once."""
    for is_parted, ink in ((False, "moss-mid"), (True, "ochre")):
        places = [
            sheet.place(point.trade, point.relationship)
            for point in points
            if point.key not in linked and point.is_parted == is_parted
        ]
        if places:
            yield path("".join(f"{broken([place])}h0" for place in places), f"{ink} map__crowd", width=4)


def _small(point: MapPoint, sheet: Sheet) -> Iterator[SafeString]:
    x, y = sheet.place(point.trade, point.relationship)
    if point.trail and sheet.has_small_print:
        then = sheet.place(*point.trail[0])
        yield line(*then, x, y, "line-edge drawing__half")
        yield dot(*then, 1.2, "line-edge")
    yield dot(x, y, 3.6, "ochre" if point.is_parted else "moss-mid")
    if sheet.has_small_print:
        yield _hovered(point, x, y, sheet)


def _large(point: MapPoint, sheet: Sheet, room: Room, *, is_named: bool) -> Iterator[SafeString]:
    yield from _year(point, sheet)
    x, y = sheet.place(point.trade, point.relationship)
    yield dot(x, y, 5.4, "ochre" if point.is_parted else "moss")
    words = fitted(point.name, sheet.width / 3)
    found = room.find(x, y, words, radius=5.4) if is_named else None
    if found is not None:
        yield text(found[0], found[1], words, "ink map__name", anchor=found[2])
    elif is_named and sheet.has_small_print:
        yield _hovered(point, x, y, sheet)


def _year(point: MapPoint, sheet: Sheet) -> Iterator[SafeString]:
    """The year behind it as one line, a place each quarter: months would only make it tremble."""
    if not point.trail:
        return
    quarters = [*point.trail[::3], (point.trade, point.relationship)]
    places = [sheet.place(*shares) for shares in quarters]
    yield path(smooth(places), "moss-mid map__year", width=1.5)
    yield dot(*places[0], 1.5, "moss-mid")


def _hovered(point: MapPoint, x: float, y: float, sheet: Sheet) -> SafeString:
    """A name that there was no room for; it shows under the pointer, and stands in the list."""
    words = fitted(point.name, sheet.width / 3)
    is_right = x + 9 + text_width(words) < sheet.width
    return text(
        x + 9 if is_right else x - 9, y + 4, words, "ink map__name map__hover", anchor="start" if is_right else "end"
    )


def _linked(point: MapPoint, shapes: Iterable[SafeString]) -> SafeString:
    """Reached by the pointer alone: for the keyboard there are the walk and the list, not a hundred stops."""
    return format_html(
        '<a class="map__point" href="{}" tabindex="-1" data-point="{}"><title>{}: {}</title>{}</a>',
        point.url,
        point.key,
        point.name,
        point.says,
        mark_safe("".join(shapes)),  # noqa: S308  each shape is escaped where it is made
    )


def _chosen(point: MapPoint, sheet: Sheet, room: Room) -> Iterator[SafeString]:
    x, y = sheet.place(point.trade, point.relationship)
    yield from _year(point, sheet)
    yield dot(x, y, 5.4, "ochre" if point.is_parted else "moss")
    yield format_html(
        '<circle class="ink map__ring" cx="{}" cy="{}" r="10" stroke-width="1.4"/>', f"{x:.1f}", f"{y:.1f}"
    )
    words = fitted(point.name, sheet.width / 3)
    found = room.find(x, y, words, radius=10)
    if found is None:
        # The chosen one is always named: others make room for it.
        is_right = x + 14 + text_width(words) < sheet.width
        found = (x + 14 if is_right else x - 14, y + 4, "start" if is_right else "end")
    yield text(found[0], found[1], words, "ink map__name drawing__strong", anchor=found[2])


# ── The ground: four corners, the band, the two ways ─────────────────────────────────────────────────────────────────


def _grounds(sheet: Sheet) -> Iterator[SafeString]:
    middle_x, middle_y = sheet.place(1, 1)
    yield block(0, 0, middle_x, middle_y, "wash-moss drawing__half")
    yield block(middle_x, middle_y, sheet.width - middle_x, sheet.height - middle_y, "wash-indigo drawing__half")
    yield area(_band(sheet), "wash-well")
    yield line(0, middle_y, sheet.width, middle_y, "line-edge")
    yield line(middle_x, 0, middle_x, sheet.height, "line-edge")
    yield from (text(x, y, words, ink, anchor=anchor) for x, y, words, ink, anchor in _words_of_ground(sheet) if words)


def _band(sheet: Sheet) -> list[Point]:
    """Where the two are the same share of their usual, or nearly. It is for the eye: what parted is said by the readings."""
    right, bottom = sheet.width, sheet.height
    a_doubling = ((right - 2 * sheet.beside) / (2 * FURTHEST), (bottom - 2 * sheet.above) / (2 * FURTHEST))
    # Where its edges leave the sheet, from its middle: above and below, and at the sides.
    across = a_doubling[0] * (bottom / 2 / a_doubling[1] - BAND)
    up = a_doubling[1] * (right / 2 / a_doubling[0] - BAND)
    return [
        (0, bottom),
        (0, bottom / 2 + up),
        (right / 2 + across, 0),
        (right, 0),
        (right, bottom / 2 - up),
        (right / 2 - across, bottom),
    ]


def _with_grounds(sheet: Sheet) -> Room:
    middle_x, middle_y = sheet.place(1, 1)
    ways = [(middle_x - 1, 0.0, middle_x + 1, sheet.height), (0.0, middle_y - 1, sheet.width, middle_y + 1)]
    room = Room(sheet, ways)
    for x, y, words, ink, anchor in _words_of_ground(sheet):
        room.take(x, y, words, anchor, size=17 if "map__corner" in ink and sheet.has_small_print else 11)
    return room


def _words_of_ground(sheet: Sheet) -> Iterator[tuple[float, float, str, str, str]]:
    yield from _corners(sheet)
    middle_x, middle_y = sheet.place(1, 1)
    right, bottom = sheet.width - 4, sheet.height - 7
    less = pgettext("end of an axis", "less")
    if sheet.has_small_print:
        yield middle_x + 8, 14, _("what lies between, against its own usual"), "moss", "start"
        yield right, middle_y - 7, _("trade, against its own usual"), "indigo", "end"
        yield from _marks(sheet)
        yield sheet.x(2**1.62), sheet.y(2**1.62) + 4, _("in tune"), "quiet", "middle"
    else:
        yield middle_x + 6, 30, _("between you"), "moss", "start"
        yield right, middle_y - 6, _("trade"), "indigo", "end"
    yield 4, middle_y - 7, less, "indigo", "start"
    yield middle_x + 8, bottom if sheet.has_small_print else bottom - 18, less, "moss", "start"


def _corners(sheet: Sheet) -> Iterator[tuple[float, float, str, str, str]]:
    corners = (
        (_("Talking more, trading less"), _("close, but is it useful to them?"), "start", True),
        (_("More of both"), "", "end", True),
        (_("Less of both"), _("resting, or leaving"), "start", False),
        (_("Trading more, talking less"), _("running ahead of yourselves"), "end", False),
    )
    for title, small_print, anchor, is_above in corners:
        x = 8 if anchor == "start" else sheet.width - 8
        if sheet.has_small_print:
            yield x, 22 if is_above else sheet.height - 26, title, "ink map__corner", anchor
            yield x, 38 if is_above else sheet.height - 9, small_print, "quiet", anchor
        else:
            yield x, 15 if is_above else sheet.height - 8, title, "ink", anchor


def _marks(sheet: Sheet) -> Iterator[tuple[float, float, str, str, str]]:
    """Half and twice on both ways: each step to the side is as much again."""
    middle_x, middle_y = sheet.place(1, 1)
    for share, words in ((0.5, pgettext("of its usual", "half")), (2.0, pgettext("of its usual", "twice"))):
        yield sheet.x(share), middle_y + 15, words, "faint", "middle"
        yield middle_x - 6, sheet.y(share) + 4, words, "faint", "end"


def _doublings(share: float) -> float:
    return max(-FURTHEST, min(FURTHEST, log2(share))) if share > 0 else -FURTHEST


def _along(share: float) -> float:
    return (_doublings(share) + FURTHEST) / (2 * FURTHEST)


def _around(place: Point, radius: float) -> Box:
    return place[0] - radius, place[1] - radius, place[0] + radius, place[1] + radius


def _box(x: float, y: float, words: str, anchor: str, *, size: float = 11) -> Box:
    width = text_width(words, size=size)
    left = {"start": x, "end": x - width, "middle": x - width / 2}[anchor]
    return left - 2, y - size, left + width + 2, y + 4


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
