"""Evidence strips: 224 by 46, one year on the x axis, each drawn from what its reading rests on; and give and take."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ampersand.desk.drawing import block, dot, drawing, fitted, line, text, text_width
from ampersand.desk.pages.relationship import GiveTake
from ampersand.desk.pages.strips import (
    Gift,
    GiftStrip,
    LateStrip,
    MissingStrip,
    PartingStrip,
    PulseStrip,
    RhythmStrip,
    Strip,
)
from ampersand.desk.tune_drawing import parting

WIDTH, HEIGHT = 224, 46
BASELINE = HEIGHT - 3
LEFT, RIGHT = 2, WIDTH - 4
YEAR_DAYS = 365


def draw(strip: Strip) -> SafeString:
    """The strip of a reason. A reason without its own strip is not shown as one."""
    if isinstance(strip, RhythmStrip):
        shapes = _rhythm(strip)
    elif isinstance(strip, LateStrip):
        shapes = _late(strip)
    elif isinstance(strip, MissingStrip):
        shapes = _missing(strip)
    elif isinstance(strip, PartingStrip):
        shapes = parting(strip)
    elif isinstance(strip, PulseStrip):
        shapes = _pulse(strip)
    else:
        shapes = _gift(strip)
    return drawing(WIDTH, HEIGHT, shapes, label=strip.label)


def _days_ago(days: float) -> float:
    return LEFT + (RIGHT - LEFT) * (1 - min(days, YEAR_DAYS) / YEAR_DAYS)


def _rhythm(strip: RhythmStrip) -> Iterator[SafeString]:
    middle = 20
    usual_end = _days_ago(max(0.0, strip.quiet_days - strip.usual_days))
    last = _days_ago(strip.quiet_days)
    yield block(last, middle - 9, usual_end - last, 18, "wash-moss")
    if strip.quiet_days > strip.usual_days:
        yield block(usual_end, middle - 9, RIGHT - usual_end, 18, "wash-ochre")
    yield line(LEFT, middle, RIGHT, middle, "line-rule")
    for tick in strip.ticks:
        if tick.days_ago > YEAR_DAYS:
            continue
        top = middle if tick.way == "ours" else middle - 10
        bottom = middle if tick.way == "theirs" else middle + 10
        yield line(_days_ago(tick.days_ago), top, _days_ago(tick.days_ago), bottom, "moss", width=1.6)
    yield line(RIGHT, middle - 12, RIGHT, middle + 12, "ink")
    yield text(LEFT, BASELINE, _("a year ago"))
    is_beyond = strip.quiet_days > strip.usual_days
    yield text(RIGHT, BASELINE, strip.note, "ochre" if is_beyond else "faint", anchor="end")


def _late(strip: LateStrip) -> Iterator[SafeString]:
    """Its own scale: from the making to today, whatever that takes, with room for the three labels."""
    said = _("said %(day)s") % {"day": _short_day(strip.made_on)}
    due = _("due %(day)s") % {"day": _short_day(strip.due_on)}
    start, now = 14.0, 196.0
    total_days = max(1, (strip.today - strip.made_on).days)
    share = (strip.due_on - strip.made_on).days / total_days
    due_x = min(max(start + (now - start) * share, start + 14), now - 10)
    yield block(due_x, 9, now - due_x, 18, "wash-ochre")
    yield line(start, 18, due_x, 18, "moss", width=1.6)
    yield line(due_x, 18, now, 18, "ochre", width=1.6, dashes="2 3")
    yield dot(start, 18, 3.6, "moss")
    yield dot(due_x, 18, 3.6, "ochre", is_ring=True)
    yield line(now, 8, now, 28, "ink")
    today = pgettext("day", "today")
    said_end = start - 4 + text_width(said)
    today_start = RIGHT - text_width(today)
    due_half = text_width(due) / 2
    yield text(start - 4, BASELINE, said)
    # The due day is what matters: it keeps its place as far as the two ends leave room.
    if today_start - said_end > 2 * due_half + 8:
        yield text(
            min(max(due_x, said_end + due_half + 4), today_start - due_half - 4),
            BASELINE,
            due,
            "ochre",
            anchor="middle",
        )
        yield text(RIGHT, BASELINE, today, anchor="end")
    else:
        yield text(RIGHT, BASELINE, due, "ochre", anchor="end")


def _missing(strip: MissingStrip) -> Iterator[SafeString]:
    names = (_("us"), *strip.knows)
    places = [30 + 130 * place / len(names) for place in range(len(names) + 1)]
    for place in range(len(names)):
        is_last = place == len(names) - 1
        ink, dashes = ("ochre", "2 3") if is_last else ("moss", "")
        yield line(places[place], 20, places[place + 1], 20, ink, width=1.4, dashes=dashes)
    for name, x in zip(names, places, strict=False):
        yield dot(x, 20, 5, "moss")
        yield text(x, BASELINE, name, anchor="middle")
    yield dot(places[-1], 20, 8, "ochre", is_ring=True, dashes="2.5 2.5")
    yield text(places[-1], 24, "?", "ochre", anchor="middle")
    yield text(places[-1], BASELINE, strip.missing, "ochre", anchor="middle")


def _pulse(strip: PulseStrip) -> Iterator[SafeString]:
    """The words as a line to read along, none of them more than another; what lies between the two that were chosen."""
    step = (WIDTH - 44) / max(1, len(strip.words) - 1)
    places = [22 + step * place for place in range(len(strip.words))]
    theirs, ours = places[strip.theirs], places[strip.ours]
    yield block(min(theirs, ours), 15, abs(ours - theirs), 10, "wash-ochre")
    yield line(places[0], 20, places[-1], 20, "line-rule")
    for x, word in zip(places, strip.words, strict=True):
        is_chosen = x in (theirs, ours)
        yield dot(x, 20, 1.5, "line-edge")
        yield text(x, BASELINE, fitted(word, step + 8), "ink" if is_chosen else "faint", anchor="middle")
    if theirs == ours:
        yield dot(theirs, 20, 5, "moss", is_ring=True)
        yield dot(theirs, 20, 2.4, "moss")
    else:
        yield dot(theirs, 20, 4, "moss", is_ring=True)
        yield dot(ours, 20, 4, "moss")
    us = _("us")
    name = fitted(strip.theirs_name, WIDTH - text_width(us) - 12)
    for x, words in _over((theirs, name), (ours, us)):
        yield text(x, 9, words, "quiet", anchor="middle")


def _over(one: tuple[float, str], other: tuple[float, str]) -> list[tuple[float, str]]:
    """Each over its place as far as the strip reaches, and clear of the other."""
    (left, left_words), (right, right_words) = sorted([one, other], key=lambda each: each[0])
    half_left, half_right = text_width(left_words) / 2, text_width(right_words) / 2
    left = max(left, half_left)
    right = min(max(right, left + half_left + 6 + half_right), WIDTH - half_right)
    left = min(left, right - half_right - 6 - half_left)
    return [(left, left_words), (right, right_words)]


def _gift(strip: GiftStrip) -> Iterator[SafeString]:
    middle = 20
    yield line(LEFT, middle, RIGHT, middle, "line-rule")
    for gift in strip.gifts:
        x = _days_ago(gift.days_ago)
        reach = max(5.0, 15 * gift.worth)
        end = middle - reach if gift.way == "theirs" else middle + min(reach, 10)
        yield line(x, middle, x, end, "moss", width=2)
        yield dot(x, end, 2.4, "moss", is_ring=gift.way == "theirs")
    yield text(LEFT, BASELINE, _("a year ago"))
    yield text(RIGHT, BASELINE, _("above: theirs"), "moss", anchor="end")


# ── Give and take, 340 by 182 ────────────────────────────────────────────────────────────────────────────────────────

GIVE_WIDTH, GIVE_HEIGHT, GIVE_LINE, GIVE_REACH = 340, 182, 88, 50
GIVE_RIGHT = 330


def draw_give_take(value: GiveTake) -> SafeString:
    """Each thing given once, as tall as its receiver valued it: theirs above the line, ours below. Never netted."""
    return drawing(GIVE_WIDTH, GIVE_HEIGHT, _give_take(value), label=value.label)


def _give_take(value: GiveTake) -> Iterator[SafeString]:
    yield line(4, GIVE_LINE, GIVE_RIGHT, GIVE_LINE, "line-edge")
    yield text(4, 12, fitted(value.theirs_name, GIVE_RIGHT - 4), "quiet")
    yield text(4, GIVE_HEIGHT - 24, _("we gave"), "quiet")
    for gift in value.gifts:
        x, end = _gift_place(gift)
        yield line(x, GIVE_LINE, x, end, "moss", width=2.4)
        yield dot(x, end, 3.4, "moss", is_ring=gift.way == "theirs")
    yield from _gift_names(value.gifts)
    yield text(4, GIVE_HEIGHT - 4, format_date(value.since, pgettext("date format: month and year", "M Y")))
    yield text(GIVE_RIGHT, GIVE_HEIGHT - 4, pgettext("axis", "now"), anchor="end")


def _gift_place(gift: Gift) -> tuple[float, float]:
    x = 8 + (GIVE_RIGHT - 12) * (1 - min(gift.days_ago, YEAR_DAYS) / YEAR_DAYS)
    reach = max(8.0, GIVE_REACH * gift.worth)
    return x, GIVE_LINE - reach if gift.way == "theirs" else GIVE_LINE + reach


def _gift_names(gifts: tuple[Gift, ...]) -> Iterator[SafeString]:
    """The largest are named, as many as fit: a name that would touch a stem or another name is left to the list."""
    stems = [_gift_place(gift) for gift in gifts]
    taken: list[tuple[float, float, float]] = [(4, 110, 12), (4, 60, GIVE_HEIGHT - 24)]
    for gift in sorted(gifts, key=lambda gift: -gift.worth):
        if not gift.says:
            continue
        x, end = _gift_place(gift)
        y = end - 9 if gift.way == "theirs" else end + 16
        width = text_width(gift.says)
        for left, anchor in ((x - width + 6, "end"), (x - 6, "start"), (x - width / 2, "middle")):
            box = (left, left + width, y)
            if left < 0 or box[1] > GIVE_WIDTH or _touches(box, taken, stems, own=x):
                continue
            taken.append(box)
            at = {"end": left + width, "start": left, "middle": x}[anchor]
            yield text(at, y, gift.says, "quiet", anchor=anchor)
            break


def _touches(
    box: tuple[float, float, float],
    taken: list[tuple[float, float, float]],
    stems: list[tuple[float, float]],
    *,
    own: float,
) -> bool:
    left, right, y = box
    if any(
        left < other_right + 4 and other_left < right + 4 and abs(y - other_y) < 13
        for other_left, other_right, other_y in taken
    ):
        return True
    is_above = y < GIVE_LINE
    return any(
        left - 3 < x < right + 3 and (end - 6 < y if is_above else end + 6 > y - 9)
        for x, end in stems
        if x != own and (end < GIVE_LINE) == is_above
    )


def _short_day(on: date) -> str:
    return format_date(on, pgettext("date format: day and short month", "j M"))
