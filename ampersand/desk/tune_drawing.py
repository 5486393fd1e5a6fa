"""Trade and what lies between over a year, each against its own usual: as a strip, and as a figure with its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import log2

from django.utils.dateformat import format as format_date
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ampersand.desk.drawing import Point, area, broken, dot, drawing, fitted, line, path, smooth, text, text_width
from ampersand.desk.pages.relationship import TuneFigure
from ampersand.desk.pages.strips import MonthShares, PartingStrip

# Beyond four times its usual, or a quarter of it, a line stays at the edge.
FURTHEST = 2.0


@dataclass(frozen=True)
class _Frame:
    """Where two lines are drawn: usual in the middle, as many doublings up and down as they need."""

    left: float
    right: float
    top: float
    bottom: float
    doublings: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def y(self, share: float) -> float:
        return self.middle - (self.bottom - self.top) / 2 * _doublings(share) / self.doublings

    def line(self, shares: Sequence[float]) -> list[Point]:
        step = (self.right - self.left) / max(1, len(shares) - 1)
        return [(self.left + step * place, self.y(share)) for place, share in enumerate(shares)]


def parting(strip: PartingStrip) -> Iterator[SafeString]:
    """The strip, 224 by 46."""
    frame = _frame(strip.months, left=2, right=168, top=6, bottom=34)
    yield from _two_lines(strip.months, frame, between="wash-ochre")
    trade, talk = _apart([frame.y(strip.months[-1].trade) + 4, frame.y(strip.months[-1].relationship) + 4], lowest=38)
    yield text(174, trade, fitted(_("trade"), 48), "indigo")
    yield text(174, talk, fitted(pgettext("beside trade", "talk"), 48), "moss")
    yield text(2, 44, _("a year ago"))


# ── The figure, 340 by 150 ───────────────────────────────────────────────────────────────────────────────────────────

WIDTH, HEIGHT = 340, 150
LINES_END, NAMES = 196, 204


def draw(value: TuneFigure) -> SafeString:
    """Both lines with what each says now, and the month in which they parted."""
    return drawing(WIDTH, HEIGHT, _figure(value), label=_label(value))


def _label(value: TuneFigure) -> str:
    words = {"finding": value.finding, "trade": value.trade_says, "relationship": value.relationship_says}
    return _("%(finding)s. Now trade is %(trade)s, what lies between you %(relationship)s.") % words


def _figure(value: TuneFigure) -> Iterator[SafeString]:
    frame = _frame(value.months, left=4, right=LINES_END, top=10, bottom=116)
    yield line(frame.left, frame.middle, frame.right, frame.middle, "line-rule", dashes="2 3")
    since = _place_of(value.since_on, value.months, frame) if value.since_on else None
    if since is not None:
        yield line(since, frame.top, since, frame.bottom + 6, "line-edge", dashes="1 3")
    yield from _two_lines(value.months, frame, between="wash-ochre" if value.since_on else "wash-moss")
    yield from _names(value, frame)
    yield from _axis(value, since)


def _names(value: TuneFigure, frame: _Frame) -> Iterator[SafeString]:
    """What each line is and where it stands, in two rows each; the usual between them where there is room."""
    last = value.months[-1]
    trade, talk = _apart([frame.y(last.trade) + 1, frame.y(last.relationship) + 1], lowest=frame.bottom - 6, between=28)
    room = WIDTH - NAMES
    yield text(NAMES, trade, fitted(_("trade"), room), "indigo")
    yield text(NAMES, trade + 13, fitted(value.trade_says, room), "quiet")
    yield text(NAMES, talk, fitted(_("the two of you"), room), "moss")
    yield text(NAMES, talk + 13, fitted(value.relationship_says, room), "quiet")
    if all(abs(y + 6 - frame.middle) > 22 for y in (trade, talk)):
        yield text(NAMES, frame.middle + 4, fitted(_("its usual"), room), "faint")


def _axis(value: TuneFigure, since: float | None) -> Iterator[SafeString]:
    first = format_date(value.months[0].month, pgettext("date format: month and year", "M Y"))
    now = pgettext("axis", "now")
    yield text(4, HEIGHT - 8, first)
    yield text(LINES_END, HEIGHT - 8, now, anchor="end")
    if since is None or value.since_on is None:
        return
    month = format_date(value.since_on, pgettext("date format: short month", "M"))
    half = text_width(month) / 2
    if since - half > 4 + text_width(first) + 4 and since + half < LINES_END - text_width(now) - 4:
        yield text(since, HEIGHT - 8, month, "quiet", anchor="middle")


def _two_lines(months: Sequence[MonthShares], frame: _Frame, *, between: str) -> Iterator[SafeString]:
    trade = frame.line([month.trade for month in months])
    talk = frame.line([month.relationship for month in months])
    yield area([*trade, *reversed(talk)], between)
    yield path(_way(trade), "indigo", width=1.6)
    yield path(_way(talk), "moss", width=1.8)
    yield dot(*trade[-1], 2.6, "indigo")
    yield dot(*talk[-1], 2.6, "moss")


def _way(points: Sequence[Point]) -> str:
    return smooth(points) if len(points) > 2 else broken(points)


def _frame(months: Sequence[MonthShares], *, left: float, right: float, top: float, bottom: float) -> _Frame:
    shares = [share for month in months for share in (month.trade, month.relationship)]
    # At least half as much again to either side: what hardly moves is not drawn as a leap.
    reach = max([abs(_doublings(share)) for share in shares] + [log2(1.5)])
    return _Frame(left, right, top, bottom, reach)


def _place_of(on: date, months: Sequence[MonthShares], frame: _Frame) -> float | None:
    """Where a day lies on the axis; None before it begins."""
    first, last = months[0].month, months[-1].month
    all_months = (last.year - first.year) * 12 + last.month - first.month
    at = (on.year - first.year) * 12 + on.month - first.month + (on.day - 1) / 31
    if at < 0 or not all_months:
        return None
    return frame.left + (frame.right - frame.left) * min(1.0, at / all_months)


def _apart(ys: list[float], *, lowest: float, between: float = 12) -> tuple[float, float]:
    """Two baselines at least so far from each other, and none below the lowest."""
    first, second = ys
    if abs(first - second) < between:
        middle, sign = (first + second) / 2, -1 if first <= second else 1
        first, second = middle + sign * between / 2, middle - sign * between / 2
    over = max(0.0, max(first, second) - lowest)
    under = max(0.0, 9 - (min(first, second) - over))
    return first - over + under, second - over + under


def _doublings(share: float) -> float:
    return max(-FURTHEST, min(FURTHEST, log2(share))) if share > 0 else -FURTHEST
