"""What the simpler readings say, worked out by hand from the facts they list: plain Python, and nothing of the measures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import log, sqrt
from statistics import median
from typing import Any
from uuid import UUID

from ampersand.between.models import Pulse
from ampersand.exchange.models import Concession
from ampersand.promises.models import Promise
from ampersand.timeline.models import Moment

YEAR, THREE_YEARS, GRACE = timedelta(days=365), timedelta(days=3 * 365), timedelta(days=7)
Said = dict[str, Any]


def quiet(ids: Sequence[UUID], at: datetime) -> Said:
    days = sorted(set(Moment.objects.filter(pk__in=ids).values_list("on_day", flat=True)))
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    return {
        "count": len(gaps),
        "usual": median(gaps) if gaps else None,
        "since_on": days[-1],
        "value": (at.date() - days[-1]).days,
    }


def whose_move(ids: Sequence[UUID], _at: datetime) -> Said:
    told = list(Moment.objects.filter(pk__in=ids).order_by("happened_at"))
    approaches = [one for one in told if one.asks_answer and one.began]
    waiting = None
    for one in told:
        if waiting is not None and one.began != waiting.began:
            waiting = None
        if one in approaches and not one.is_settled_by_others:
            waiting = one
    says = {"": "nobodys_move", "us": "their_move", "them": "our_move"}[waiting.began if waiting else ""]
    return {"says": says, "count": len(approaches), "since_on": waiting and waiting.on_day}


def kept(ids: Sequence[UUID], at: datetime) -> Said:
    told = [_became(one, at) for one in Promise.objects.filter(pk__in=ids)]
    lately = Counter(became for became, day in told if at.date() - YEAR < day)
    return {
        "count": lately.total(),
        "told": {name: lately[name] for name in ("kept", "partly", "not_kept", "late", "unconfirmed")},
    }


def gap(ids: Sequence[UUID], at: datetime) -> Said:
    told = kept(ids, at)["told"]
    return {"value": told["unconfirmed"], "count": told["kept"] + told["partly"] + told["unconfirmed"]}


def _became(promise: Promise, at: datetime) -> tuple[str, date]:
    """What became of it, and when it fell due or was settled before."""
    due, done, called = promise.first_due_on, None, None
    for event in promise.events.filter(told_at__lte=at).order_by("at", "id"):
        if event.kind == "moved":
            due = event.due_on
        elif event.kind == "said_done":
            done = event.at.date()
        else:
            called = (event.kind, event.at.date())
    settled = called[1] if called else done
    day = min(one for one in (due, settled) if one is not None)
    if called:
        return called[0], day
    if done:
        return "unconfirmed", day
    return ("late" if day + GRACE < at.date() else "open"), day


def more(ids: Sequence[UUID], at: datetime) -> Said:
    """Made against kept: the window of 13 to 78 weeks, of at least 39 before it, in which the share of kept is furthest from
    what it was. The numbers are those of docs/explanation/in-tune.md."""
    today = at.date()
    promises = list(Promise.objects.filter(pk__in=ids))
    called = [_called(one, at) for one in promises]
    made = [(today - one.made_on).days // 7 for one in promises]
    kept = [(today - day).days // 7 for kind, day in called if kind == "kept"]
    said: Said = {"says": "too_early", "count": len(made) + len(kept), "value": None, "since_on": None, "told": {}}
    weeks = max([*made, *kept], default=-1) + 1
    if weeks < 52 or said["count"] < 20 or min(len(made), len(kept)) < 5:
        return said
    found = [_window(made, kept, length) for length in range(13, min(78, weeks - 39) + 1)]
    z, length, since, before = max(found, key=lambda one: (abs(one[0]), -one[1]))
    if abs(z) <= 3.055:
        return said | {"says": "in_step"}
    since_on = today - timedelta(weeks=length)
    return said | {
        "says": "made_ahead" if z < 0 else "kept_ahead", "value": since, "since_on": since_on, "told": {"before": before},
    }  # fmt: skip


def _window(made: Sequence[int], kept: Sequence[int], length: int) -> tuple[float, int, float, float]:
    """How far the share of kept in the latest weeks lies from that before them, how many weeks, and both shares."""
    a, b = (sum(week < length for week in weeks) for weeks in (made, kept))
    c, d = len(made) - a, len(kept) - b
    cells = [count + 0.35 for count in (a, b, c, d)]
    whole = sum(cells)
    expected = [
        (cells[0] + cells[1]) * (cells[0] + cells[2]) / whole, (cells[0] + cells[1]) * (cells[1] + cells[3]) / whole,
        (cells[2] + cells[3]) * (cells[0] + cells[2]) / whole, (cells[2] + cells[3]) * (cells[1] + cells[3]) / whole,
    ]  # fmt: skip
    apart = sqrt(max(2 * sum(seen * log(seen / one) for seen, one in zip(cells, expected, strict=True)), 0))
    sign = 1 if cells[1] > expected[1] else -1
    z = sign * apart * (1 + 2 / (len(made) + len(kept)))
    return round(z, 9), length, b / (a + b) if a + b else 0.0, d / (c + d) if c + d else 0.0


def _called(promise: Promise, at: datetime) -> tuple[str, date]:
    """What its receiver called it last, and when; nothing, while it is open."""
    events = promise.events.filter(told_at__lte=at, kind__in=("kept", "partly", "not_kept")).order_by("-at", "-id")
    last = events.first()
    return (last.kind, last.at.date()) if last else ("", at.date())


def right_way(ids: Sequence[UUID], _at: datetime) -> Said:
    ways: dict[str, dict[UUID, list[bool]]] = {}
    days: dict[str, list[date]] = {}
    for pulse in Pulse.objects.filter(pk__in=ids):
        said = [one.said[0]["worth"] for one in pulse.answers.all() if one.said]
        assert len(said) == 2
        assert all(said)
        meeting = pulse.moment_id or pulse.pk
        ways.setdefault(pulse.moment_mode, {}).setdefault(meeting, []).append(said == ["worth", "worth"])
        days.setdefault(pulse.moment_mode, []).append(_opened(pulse)[0].date())
    counts = sorted((-len(meetings), mode) for mode, meetings in ways.items())
    spoken = [(mode, -less) for less, mode in counts if -less >= 5]
    shown = [mode for mode, _count in spoken] or list(ways)
    return {
        "says": "told" if spoken else "too_early",
        "count": sum(count for _mode, count in spoken) or -counts[0][0],
        "since_on": min(day for mode in shown for day in days[mode]),
        "told": {"ways": [[mode, sum(map(all, ways[mode].values())), count] for mode, count in spoken]},
    }


def give_and_take(ids: Sequence[UUID], at: datetime) -> Said:
    given = list(Concession.objects.filter(pk__in=ids).order_by("happened_on"))
    assert all(at.date() - THREE_YEARS < one.happened_on <= at.date() for one in given)
    answered = {one.in_return_for_id for one in given}
    told: Said = {}
    for side, is_ours in (("ours", True), ("theirs", False)):
        of_side = [one for one in given if one.is_ours == is_ours]
        whole = [one for one in of_side if not one.is_gift]
        unanswered = [one for one in whole if one.in_return_for_id is None and one.pk not in answered]
        told |= {
            side: len(whole),
            f"{side}_gifts": len(of_side) - len(whole),
            f"{side}_open_on": unanswered[0].happened_on.isoformat() if unanswered else "",
        }
    return {"count": told["ours"] + told["theirs"], "told": told}


def agree(ids: Sequence[UUID], _at: datetime) -> Said:
    pulses = sorted(Pulse.objects.filter(pk__in=ids), key=_opened)
    last = pulses[-1]
    said = {one.is_ours: one.said or [] for one in last.answers.all()}
    counts = Counter(
        _compared(*(said[side][number] if side in said else {} for side in (True, False)))
        for number in range(len(last.questions))
    )
    return {
        "count": len(last.questions),
        "since_on": _opened(last)[0].date(),
        "told": {
            "agree": counts["agree"],
            "differ": counts["differ"],
            "heard": counts["heard"],
            "unheard": counts["unheard"],
            "pulses": len(pulses),
        },
    }


def _opened(pulse: Pulse) -> tuple[datetime, str]:
    assert pulse.opened_at is not None
    return pulse.opened_at, str(pulse.pk)


def _compared(ours: dict[str, str], theirs: dict[str, str]) -> str:
    words = [one.get("feeling", "") for one in (ours, theirs)]
    if all(words):
        return "agree" if words[0] == words[1] else "differ"
    heard = [one.get("feeling", "") or one.get("words", "") for one in (ours, theirs)]
    return "heard" if all(heard) else "unheard"
