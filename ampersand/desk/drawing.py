"""Shapes for drawings made on the server: SVG without a style attribute, inks by class (see `drawing.css`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

Point = tuple[float, float]


def drawing(width: float, height: float, shapes: Iterable[SafeString], *, label: str) -> SafeString:
    """A picture with its finding as label."""
    return format_html(
        '<svg class="drawing" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" aria-label="{label}">{body}</svg>',
        w=f"{width:g}",
        h=f"{height:g}",
        label=label,
        body=mark_safe("".join(shapes)),  # noqa: S308  each shape is escaped where it is made
    )


def line(x1: float, y1: float, x2: float, y2: float, ink: str, *, width: float = 1, dashes: str = "") -> SafeString:
    return _shape("line", ink, x1=x1, y1=y1, x2=x2, y2=y2, stroke_width=width, stroke_dasharray=dashes)


def block(x: float, y: float, width: float, height: float, ink: str) -> SafeString:
    return _shape("rect", f"{ink} drawing__block", x=x, y=y, width=max(0.0, width), height=max(0.0, height))


def dot(
    x: float, y: float, radius: float, ink: str, *, is_ring: bool = False, width: float = 1.4, dashes: str = ""
) -> SafeString:
    """Full is ours, a ring is theirs."""
    ink = f"{ink} drawing__{'ring' if is_ring else 'full'}"
    return _shape("circle", ink, cx=x, cy=y, r=radius, stroke_width=width, stroke_dasharray=dashes)


def path(d: str, ink: str, *, width: float = 1, dashes: str = "") -> SafeString:
    """A line along `d`, which `broken` or `smooth` says."""
    return _shape("path", ink, d=d, stroke_width=width, stroke_dasharray=dashes)


def area(points: Sequence[Point], ink: str) -> SafeString:
    """What lies within these points, one after the other."""
    return _shape("path", f"{ink} drawing__area", d=f"{broken(points)}Z")


def broken(points: Sequence[Point]) -> str:
    """The way from each point straight to the next."""
    return "M" + "L".join(f"{_place(x)} {_place(y)}" for x, y in points)


def smooth(points: Sequence[Point]) -> str:
    """The way through all points without corners (Catmull and Rom 1974, as pieces of Bézier curves).

    >>> smooth([(0, 0), (6, 0)])
    'M0 0C1 0 5 0 6 0'
    """
    first, last = points[0], points[-1]
    along = [first, *points, last]
    pieces = [f"M{_place(first[0])} {_place(first[1])}"]
    for before, start, end, after in zip(along, along[1:], along[2:], along[3:], strict=False):
        pulls = [
            (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6),
            (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6),
        ]
        pieces.append("C" + " ".join(f"{_place(x)} {_place(y)}" for x, y in [*pulls, end]))
    return "".join(pieces)


def text(x: float, y: float, words: str, ink: str = "faint", *, anchor: str = "start") -> SafeString:
    return format_html(
        '<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>', ink, _place(x), _place(y), anchor, words
    )


def text_width(words: str, *, size: float = 11) -> float:
    """About how wide words stand in the sans face, in pixels: meant to keep labels apart, so rather too wide.

    Latin letters of mixed width; capitals and wide scripts are counted wider.
    """
    return size * sum(0.95 if ord(letter) > 0x2E80 else 0.68 if letter.isupper() else 0.56 for letter in words)


def fitted(words: str, room: float) -> str:
    """Words shortened at their end until they are about no wider than the room there is.

    >>> fitted("Wolfeschlegel gave", 60)
    'Wolfesch…'
    """
    if text_width(words) <= room:
        return words
    while words and text_width(f"{words}…") > room:
        words = words[:-1]
    return f"{words.rstrip()}…"


def _shape(name: str, ink: str, **places: float | str) -> SafeString:
    told = "".join(
        f' {key.replace("_", "-")}="{escape(_place(value))}"' for key, value in places.items() if value != ""
    )
    return mark_safe(f'<{name} class="{escape(ink)}"{told}/>')  # noqa: S308  every value is escaped where it is put in


def _place(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
