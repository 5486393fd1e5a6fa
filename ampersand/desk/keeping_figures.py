"""What became of promises, counted over those a member may see: of the house or of what they tend, never of one colleague."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate, TruncQuarter
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.core.spoken import spoken_day
from ampersand.desk.beta_range import beta_quantile
from ampersand.desk.pages.keeping import (
    GapByQuarter,
    KeepingPart,
    KeptRow,
    KeptShares,
    QuarterRow,
    WeekLoad,
    WeekRow,
)
from ampersand.promises.kinds import Kind
from ampersand.promises.models import EventKind, Promise, PromiseEvent, PromiseQuerySet
from ampersand.promises.states import CALLS, SETTLING
from ampersand.timeline.models import Mode

QUARTERS, YEAR_DAYS, USUAL_WEEKS, WEEKS_AHEAD = 8, 365, 26, 5
# Late beyond this with nothing said is not kept, as in the reading (`readings.measures.promised`).
GRACE_DAYS = 7
# Of fewer that fell due nothing is drawn: a share of two says nothing.
DUE_MIN = 5
# Of a kind fewer are told: the range says how little that is.
KIND_MIN = 3
# One point is drawn only where so many are answered (readings.md section 0).
ANSWERED_SHARE_MIN = 0.8
_HALF = 0.5
_FACE = (Mode.VISIT, Mode.GATHERING)
_VOICE = (Mode.CALL, Mode.VIDEO)
_WRITING = (Mode.MAIL, Mode.MESSAGE, Mode.LETTER)


@dataclass(frozen=True, slots=True)
class _Group:
    """So many promises alike: of one side, one quarter, one mode and one kind, of which the same became."""

    is_ours: bool
    quarter: date
    is_recent: bool
    mode: str
    kind: str
    became: str
    is_done: bool
    number: int


def keeping_part(promises: PromiseQuerySet, ours_ahead: PromiseQuerySet, *, at: datetime) -> KeepingPart | None:
    """The three drawings over these promises, each where there is enough for it; None where there is for none.

    `ours_ahead` are the open promises whose weeks are looked at. A bounded number of queries; nothing is counted twice.
    """
    today = timezone.localdate(at)
    groups = list(_groups(promises, today))
    shares, gap, load = _shares(groups), _gap(groups, today), _load(promises, ours_ahead, today)
    return KeepingPart(shares, gap, load) if shares or gap or load else None


# ── What fell due ────────────────────────────────────────────────────────────────────────────────────────────────────


def _groups(promises: PromiseQuerySet, today: date) -> Iterator[_Group]:
    """Those that fell due in the past two years and the grace after it, without those let go by agreement."""
    since = _quarter(today, -QUARTERS)
    matured = promises.between().filter(
        offered_at=None, due_on__gte=since, due_on__lt=today - timedelta(days=GRACE_DAYS)
    )
    said = _events()
    rows = (
        matured.annotate(
            quarter=TruncQuarter("due_on"),
            is_recent=_is(Q(due_on__gte=today - timedelta(days=YEAR_DAYS))),
            became=Subquery(said.filter(kind__in=SETTLING).order_by("-at", "-id").values("kind")[:1]),
            is_done=Exists(said.filter(kind=EventKind.SAID_DONE)),
            about_what=Promise.sorted_by_words(),
        )
        .order_by()
        .values_list("is_ours", "quarter", "is_recent", "moment__mode", "about_what", "became", "is_done")
        .annotate(number=Count("pk"))
    )
    for is_ours, quarter, is_recent, mode, kind, became, is_done, number in rows:
        if became is None or became in CALLS:
            yield _Group(is_ours, quarter, is_recent, mode or "", kind, became or "", is_done, number)


def _events() -> QuerySet[PromiseEvent]:
    """What was said of a promise and not taken back."""
    back = PromiseEvent.objects.filter(takes_back=OuterRef("pk"))
    return PromiseEvent.objects.filter(~Exists(back), promise=OuterRef("pk")).exclude(kind=EventKind.TAKEN_BACK)


def _is(condition: Q) -> Any:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _shares(groups: list[_Group]) -> KeptShares | None:
    recent = [group for group in groups if group.is_recent]
    ours, theirs = ([group for group in recent if group.is_ours == is_ours] for is_ours in (True, False))
    where = (
        (_("Face to face"), _FACE),
        (_("By telephone or video"), _VOICE),
        (_("In writing"), _WRITING),
    )
    rows = [
        _kept_row(_("All we promise"), ours, is_whole=True),
        *(_kept_row(name, [group for group in ours if group.mode in modes]) for name, modes in where),
        *_by_kind(ours),
        _kept_row(_("All they promise"), theirs, is_whole=True, is_theirs=True),
        *_by_kind(theirs, is_theirs=True),
    ]
    told = tuple(row for row in rows if row is not None)
    if not told:
        return None
    return KeptShares(
        _kept_finding(told),
        told,
        _(
            "What fell due in the last 12 months, and between what it likely lies. By where it was promised and by what it is "
            "about, never by person."
        ),
    )


def _by_kind(groups: list[_Group], *, is_theirs: bool = False) -> Iterator[KeptRow | None]:
    """A row for each kind of promise, the most frequent first; none for what is of something else."""
    often = Counter[str]()
    for group in groups:
        often[group.kind] += group.number
    for kind, _number in sorted(often.items(), key=lambda told: (-told[1], told[0])):
        if kind != Kind.OTHER:
            of_kind = [group for group in groups if group.kind == kind]
            yield _kept_row(str(capfirst(Kind(kind).label)), of_kind, is_theirs=is_theirs, least=KIND_MIN)


def _kept_row(
    name: str,
    groups: Iterable[_Group],
    *,
    is_whole: bool = False,
    is_theirs: bool = False,
    least: int = DUE_MIN,
) -> KeptRow | None:
    """Kept, not kept (and late with nothing said), and unconfirmed (said done, and no word since); partly is half of each.

    The range is from the 5 of 100 point where every silence hid a failure to the 95 of 100 point where none did, with
    Beta(1/2, 1/2) before anything was seen. Unit: promises, and shares of them from 0 to 1.
    """
    kept = partly = unconfirmed = due = 0
    for group in groups:
        due += group.number
        kept += group.number * (group.became == EventKind.KEPT)
        partly += group.number * (group.became == EventKind.PARTLY)
        unconfirmed += group.number * (not group.became and group.is_done)
    if due < least:
        return None
    worth = kept + partly * _HALF
    failed = due - unconfirmed - worth
    is_answered = due - unconfirmed >= ANSWERED_SHARE_MIN * due
    return KeptRow(
        name,
        low=beta_quantile(0.05, _HALF + worth, _HALF + failed + unconfirmed),
        high=beta_quantile(0.95, _HALF + worth + unconfirmed, _HALF + failed),
        share=(_HALF + worth) / (1 + worth + failed) if is_answered else None,
        kept=kept,
        not_kept=due - unconfirmed - kept,
        unconfirmed=unconfirmed,
        is_whole=is_whole,
        is_theirs=is_theirs,
    )


def _kept_finding(rows: tuple[KeptRow, ...]) -> str:
    lead = rows[0]
    words = {"low": round(100 * lead.low), "high": round(100 * lead.high)}
    if lead.is_theirs:
        return _("They keep %(low)d to %(high)d of 100") % words
    return _("We keep %(low)d to %(high)d of 100") % words


def _gap(groups: list[_Group], today: date) -> GapByQuarter | None:
    """Ours by the quarter in which they fell due, without the present one, from the first in which any did."""
    promised, done, kept = Counter[date](), Counter[date](), Counter[date]()
    for group in groups:
        if group.is_ours:
            promised[group.quarter] += group.number
            done[group.quarter] += group.number * (group.is_done or group.became == EventKind.KEPT)
            kept[group.quarter] += group.number * (group.became == EventKind.KEPT)
    over = [quarter for back in range(-QUARTERS, 0) if promised[quarter := _quarter(today, back)]]
    if len(over) < 2 or sum(promised.values()) < DUE_MIN:
        return None
    quarters = tuple(
        QuarterRow(quarter, promised[quarter], done[quarter], kept[quarter])
        for back in range(-QUARTERS, 0)
        if (quarter := _quarter(today, back)) >= over[0]
    )
    last = quarters[-1]
    finding = ngettext(
        "Of the one promise that fell due last quarter %(kept)d was called kept",
        "Of %(promised)d that fell due last quarter %(kept)d were called kept",
        last.promised,
    )
    return GapByQuarter(
        finding % {"promised": last.promised, "kept": last.kept},
        quarters,
        _("What we promised by the quarter it fell due in; dotted what was said done."),
    )


def _quarter(today: date, away: int) -> date:
    number = today.year * 4 + (today.month - 1) // 3 + away
    return date(number // 4, number % 4 * 3 + 1, 1)


# ── What falls due ───────────────────────────────────────────────────────────────────────────────────────────────────


def _load(promises: PromiseQuerySet, ahead: PromiseQuerySet, today: date) -> WeekLoad | None:
    monday = today - timedelta(days=today.weekday())
    weeks = _weeks(ahead, monday)
    if not any(weeks):
        return None
    usual = _usual_week(promises, monday)
    low, high = usual or (None, None)
    rows = tuple(WeekRow(monday + timedelta(weeks=place), due) for place, due in enumerate(weeks))
    return WeekLoad(_load_finding(rows[0].due, high), today, rows, low, high, _room_says(rows, high, today))


def _weeks(ahead: PromiseQuerySet, monday: date) -> list[int]:
    """How many are to be done in each of the coming weeks from Monday on; in the first also those that are late."""
    until = monday + timedelta(weeks=WEEKS_AHEAD)
    to_do = ahead.open().ours().filter(~Exists(_events().filter(kind=EventKind.SAID_DONE)), due_on__lt=until)
    days = to_do.order_by().values_list("due_on").annotate(number=Count("pk"))
    weeks = [0] * WEEKS_AHEAD
    for due_on, number in days:
        weeks[max(0, (due_on - monday).days // 7)] += number
    return weeks


def _usual_week(promises: PromiseQuerySet, monday: date) -> tuple[int, int] | None:
    """The 10 and 90 of 100 points of how many of ours were said done or called kept in each of the last 26 weeks; None
    where none was in most of them."""
    since = monday - timedelta(weeks=USUAL_WEEKS)
    said = _events().filter(kind__in=(EventKind.SAID_DONE, EventKind.KEPT)).order_by()
    first = said.values("promise").annotate(first=Min("at")).values("first")
    days = (
        promises.ours()
        .annotate(done_on=TruncDate(Subquery(first)))
        .filter(done_on__gte=since, done_on__lt=monday)
        .order_by()
        .values_list("done_on")
        .annotate(number=Count("pk"))
    )
    weeks = [0] * USUAL_WEEKS
    for done_on, number in days:
        weeks[(done_on - since).days // 7] += number
    weeks.sort()
    if not weeks[USUAL_WEEKS // 2]:
        return None
    return weeks[USUAL_WEEKS // 10], weeks[-1 - USUAL_WEEKS // 10]


def _load_finding(due: int, high: int | None) -> str:
    if high is not None and due > high:
        return _("Before you promise more: this week holds more than is usually kept")
    if high is not None and due == high:
        return _("Before you promise more: this week is full")
    return _("What falls due in the coming weeks")


def _room_says(rows: tuple[WeekRow, ...], high: int | None, today: date) -> str:
    if high is None:
        return _("Promises that are late stand in this week. Of a usual week too little is known yet.")
    late = _("Promises that are late stand in this week.")
    room = next((row for row in rows if row.due < high), None)
    if room is None or room is rows[0]:
        return late
    day = spoken_day(room.begins_on, today=today)
    return _("%(sentence)s The first week with room begins %(day)s.") % {"sentence": late, "day": day}
