"""The three drawings on top of the ledger of promises, 352 by 206 each; a table beside each has the same facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ampersand.desk.drawing import Point, area, block, broken, dot, drawing, fitted, line, path, text, text_width
from ampersand.desk.pages.keeping import GapByQuarter, KeptRow, KeptShares, QuarterRow, WeekLoad

WIDTH, HEIGHT = 352, 206

# ── Kept shares ──────────────────────────────────────────────────────────────────────────────────────────────────────

NAMES_END, SCALE_LEFT, SCALE_RIGHT = 142, 150, 296
ROW_HEIGHT, ROWS_MAX = 25, 6


def draw_shares(value: KeptShares) -> SafeString:
    """Each kind as the range in which its kept share lies, and as a point where nearly all were answered."""
    return drawing(WIDTH, HEIGHT, _shares(value), label=value.finding)


def _shares(value: KeptShares) -> Iterator[SafeString]:
    rows = value.rows[:ROWS_MAX]
    # From half on, as a rule; from nothing where some are kept less often.
    first = 0.0 if any(row.low < 0.5 for row in rows) else 0.5
    marks = {0.0: _("none of 100"), 0.5: _("50 of 100") if first else "50", 0.75: "75", 1.0: "100"}
    for share, words in marks.items():
        if share >= first and not (first == 0 and share == 0.75):
            x = _share_x(share, first)
            yield line(x, 12, x, HEIGHT - 20, "line-rule")
            yield text(x, HEIGHT - 6, words, anchor="middle")
    y = 22.0
    for place, row in enumerate(rows):
        y += 8 if row.is_whole and place else 0
        yield from _share_row(row, y, first)
        y += ROW_HEIGHT


def _share_row(row: KeptRow, y: float, first: float) -> Iterator[SafeString]:
    ink = "ink" if row.is_whole else "quiet"
    strong = " drawing__strong" if row.is_whole else ""
    yield text(0, y + 4, fitted(row.name, NAMES_END), f"{ink}{strong}")
    low, high = _share_x(row.low, first), _share_x(row.high, first)
    yield line(low, y, high, y, "moss-mid drawing__range", width=7 if row.is_whole else 5)
    if row.share is None:
        told = pgettext("a range", "%(low)d to %(high)d") % {"low": round(100 * row.low), "high": round(100 * row.high)}
    else:
        yield dot(_share_x(row.share, first), y, 4.2 if row.is_whole else 3.4, "moss", is_ring=row.is_theirs, width=1.8)
        told = str(round(100 * row.share))
    yield text(WIDTH, y + 4, told, f"{ink}{strong} drawing__told", anchor="end")


def _share_x(share: float, first: float) -> float:
    return SCALE_LEFT + (SCALE_RIGHT - SCALE_LEFT) * (max(first, min(1.0, share)) - first) / (1 - first)


# ── The gap by quarter ───────────────────────────────────────────────────────────────────────────────────────────────

GAP_LEFT, GAP_RIGHT, GAP_TOP, GAP_BASE = 8, 242, 16, 162
LABELS_APART = 14


def draw_gap(value: GapByQuarter) -> SafeString:
    """Three streams over the quarters, with what lies between promised and kept."""
    return drawing(WIDTH, HEIGHT, _gap(value.quarters), label=value.finding)


def _gap(quarters: Sequence[QuarterRow]) -> Iterator[SafeString]:
    most = max([quarter.promised for quarter in quarters] + [quarter.said_done for quarter in quarters] + [1])
    promised = _along([quarter.promised for quarter in quarters], most)
    done = _along([quarter.said_done for quarter in quarters], most)
    kept = _along([quarter.kept for quarter in quarters], most)
    yield line(0, GAP_BASE, GAP_RIGHT + 8, GAP_BASE, "line-rule")
    yield area([*promised, *reversed(kept)], "wash-ochre")
    yield path(broken(done), "moss-mid", width=1.2, dashes="2 3")
    yield path(broken(promised), "ink", width=1.6)
    yield path(broken(kept), "moss", width=1.8)
    for places, ink, is_ring in ((promised, "ink", True), (kept, "moss", False)):
        for x, y in places:
            yield dot(x, y, 2.3, ink, is_ring=is_ring, width=1.3)
    yield from _gap_labels(quarters[-1], promised[-1], done[-1], kept[-1])
    yield from _quarter_axis(quarters, [x for x, _y in promised])


def _along(numbers: Sequence[int], most: int) -> list[Point]:
    step = (GAP_RIGHT - GAP_LEFT) / max(1, len(numbers) - 1)
    return [
        (GAP_LEFT + step * place, GAP_BASE - (GAP_BASE - GAP_TOP) * number / most)
        for place, number in enumerate(numbers)
    ]


def _gap_labels(last: QuarterRow, promised: Point, done: Point, kept: Point) -> Iterator[SafeString]:
    """At the right-hand end, one under the other in the order of the lines, apart where the lines are not."""
    said = [
        (promised[1], _("%(number)d promised") % {"number": last.promised}, "ink"),
        (done[1], _("%(number)d said done") % {"number": last.said_done}, "quiet"),
        (kept[1], _("%(number)d kept") % {"number": last.kept}, "moss"),
    ]
    said.sort(key=lambda one: one[0])
    free = 8.0
    room_below = GAP_BASE + 4 - LABELS_APART * (len(said) - 1)
    for place, (y, words, ink) in enumerate(said):
        at = max(free, min(y + 4, room_below + LABELS_APART * place))
        yield text(GAP_RIGHT + 9, at, fitted(words, WIDTH - GAP_RIGHT - 9), ink)
        free = at + LABELS_APART


def _quarter_axis(quarters: Sequence[QuarterRow], places: Sequence[float]) -> Iterator[SafeString]:
    free = -100.0
    for quarter, x in zip(quarters, places, strict=True):
        month = quarter.begins_on.month
        words = _("Q%(number)d") % {"number": (month + 2) // 3}
        half = text_width(words) / 2
        if x - half < free:
            continue
        at = max(x, half)
        yield text(at, GAP_BASE + 18, words, anchor="middle")
        if month == 1:
            yield text(at, GAP_BASE + 33, str(quarter.begins_on.year), anchor="middle")
        free = at + half + 4


# ── The weeks ahead ──────────────────────────────────────────────────────────────────────────────────────────────────

LOAD_BASE, LOAD_TOP, WEEKS_MAX = 163, 34, 5


def draw_load(value: WeekLoad) -> SafeString:
    """A ring a promise, those beyond a usual week in ochre, over the band of what is usually kept in one."""
    return drawing(WIDTH, HEIGHT, _load(value), label=value.finding)


def _load(value: WeekLoad) -> Iterator[SafeString]:
    weeks = value.weeks[:WEEKS_MAX]
    step = min(15.0, (LOAD_BASE - LOAD_TOP) / max([week.due for week in weeks] + [value.usual_high or 1]))
    if value.usual_low is not None and value.usual_high is not None:
        top, bottom = LOAD_BASE - step * value.usual_high, LOAD_BASE - step * value.usual_low
        yield block(0, top, WIDTH, bottom - top, "wash-moss")
        words = {"low": value.usual_low, "high": value.usual_high}
        yield text(
            WIDTH, 12, fitted(_("usually kept in a week: %(low)d to %(high)d") % words, WIDTH), "moss", anchor="end"
        )
        yield line(0, top, WIDTH, top, "moss", dashes="1 4")
    for place, week in enumerate(weeks):
        x = 34 + 66 * place
        yield from _stack(x, week.due, step, beyond=value.usual_high)
        yield text(x, 180, _week_words(week.begins_on, value.today), "quiet", anchor="middle")
        yield text(x, 195, str(week.due), anchor="middle")
    yield line(0, LOAD_BASE, WIDTH, LOAD_BASE, "line-edge")


def _stack(x: float, due: int, step: float, *, beyond: int | None) -> Iterator[SafeString]:
    """Rings one on the other; a bar where they would be too small to be seen."""
    if step < 5:
        most = due if beyond is None else min(due, beyond)
        yield block(x - 5, LOAD_BASE - step * most, 10, step * most, "moss-mid")
        yield block(x - 5, LOAD_BASE - step * due, 10, step * (due - most), "ochre")
        return
    for number in range(due):
        ink = "ochre" if beyond is not None and number >= beyond else "ink"
        yield dot(x, LOAD_BASE - step * (number + 0.5), min(5.0, step / 3), ink, is_ring=True, width=1.5)


def _week_words(begins_on: date, today: date) -> str:
    if begins_on <= today:
        return _("this week")
    return format_date(begins_on, pgettext("date format: day and short month", "j M"))
