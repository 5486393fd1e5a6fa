"""What the simpler readings say, worked out by hand from the facts they list: plain Python, and nothing of the measures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
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
