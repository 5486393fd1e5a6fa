"""Shapes for drawings made on the server: SVG without a style attribute, inks by class (see `drawing.css`)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def drawing(width: float, height: float, shapes: Iterable[SafeString], *, label: str) -> SafeString:
    """A picture with its finding as label."""
    return format_html(
        '<svg class="drawing" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" aria-label="{label}">{body}</svg>',
        w=f"{width:g}",
        h=f"{height:g}",
        label=label,
        body=format_html_join("", "{}", ((shape,) for shape in shapes)),
    )


def line(x1: float, y1: float, x2: float, y2: float, ink: str, *, width: float = 1, dashes: str = "") -> SafeString:
    return format_html(
        '<line class="{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke-width="{:g}"{}/>',
        ink,
        x1,
        y1,
        x2,
        y2,
        width,
        format_html(' stroke-dasharray="{}"', dashes) if dashes else "",
    )


def block(x: float, y: float, width: float, height: float, ink: str) -> SafeString:
    return format_html(
        '<rect class="{} drawing__block" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>',
        ink,
        x,
        y,
        max(0.0, width),
        max(0.0, height),
    )


def dot(
    x: float, y: float, radius: float, ink: str, *, is_ring: bool = False, width: float = 1.4, dashes: str = ""
) -> SafeString:
    """Full is ours, a ring is theirs."""
    return format_html(
        '<circle class="{} drawing__{}" cx="{:.1f}" cy="{:.1f}" r="{:g}" stroke-width="{:g}"{}/>',
        ink,
        "ring" if is_ring else "full",
        x,
        y,
        radius,
        width,
        format_html(' stroke-dasharray="{}"', dashes) if dashes else "",
    )


def text(x: float, y: float, words: str, ink: str = "faint", *, anchor: str = "start") -> SafeString:
    return format_html(
        '<text class="{}" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>', ink, x, y, anchor, words
    )


def text_width(words: str, *, size: float = 11) -> float:
    """Roughly how wide words stand in the sans face: enough to keep labels apart, a few per cent too wide rather than too narrow.

    Pixels, for Latin letters of mixed width; capitals and wide scripts are counted wider.
    """
    return size * sum(0.95 if ord(letter) > 0x2E80 else 0.68 if letter.isupper() else 0.56 for letter in words)
