"""The drawing on top of a relationship: contact above the line, trade below, three years back and six months ahead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from operator import attrgetter, itemgetter
from statistics import median
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ampersand.core import ready
from ampersand.core.among import among
from ampersand.core.folding import folded_words
from ampersand.desk.contacts import Contact
from ampersand.desk.horizon import days_by_rhythm, months_by_season
from ampersand.desk.pages.two_strips import AheadRow, ExpectedDay, StripDay, StripMark, StripMonth, TwoStrips
from ampersand.desk.pages.words import Way
from ampersand.desk.templatetags.desk import spoken_money
from ampersand.exchange.models import Transaction, TransactionKind
from ampersand.members.models import Member
from ampersand.parties.closed import Ready
from ampersand.parties.models import Party, Tie
from ampersand.promises.models import Promise
from ampersand.readings.models import Reading
from ampersand.readings.saying import usual_days
from ampersand.timeline.models import Began, Mode

MONTHS_BACK = 36
AHEAD_DAYS = 183
HALF_LIFE_DAYS = 90
MARKS_MAX = 5
AHEAD_MAX = 12
_MARK_CHARS = 34
_NAMED_TRADE = {TransactionKind.RENEWAL, TransactionKind.RETURN, TransactionKind.CANCELLATION}


def two_strips(
    contacts: list[Contact],
    parties: list[UUID],
    *,
    work: Tie | None,
    quiet: Reading | None,
    expected: Reading | None,
    promises: list[Promise],
    member: Member,
    at: datetime,
) -> TwoStrips | None:
    """The drawing, or None while there is neither contact nor trade nor anything ahead.

    `contacts` and `parties` are those of the relationship, its own party first.
    """
    today = timezone.localdate(at)
    months = _months(today)
    until = today + timedelta(days=AHEAD_DAYS)
    shown = [contact for contact in reversed(contacts) if months[0] <= contact.on_day <= until]
    shown.sort(key=attrgetter("on_day", "happened_at"))
    happened = [contact for contact in shown if contact.on_day <= today and contact.happened_at <= at]
    days = _days(happened)
    trader = [parties[0], *([work.to_party_id] if work else [])]
    trade, currency, trade_marks = _trade(trader, since=months[0], member=member)
    ahead = _ahead([contact for contact in shown if contact.on_day > today], promises, today=today)
    if not days and not trade and not ahead:
        return None
    momentum = _momentum(days, months, today)
    marks = _marks(happened, parties=[*parties, *([work.to_party_id] if work else [])])
    first_says, last_says = _trade_ends(trade, currency, today=today)
    of = str(work.to_party) if work and trade else ""
    return TwoStrips(
        label=_label(days, trade, today=today),
        today=today,
        months=tuple(
            StripMonth(
                month=month,
                contact=momentum[month],
                trade=trade.get(month, Decimal(0)) if trade else None,
                days=tuple(StripDay(day, way) for day, way in days.items() if _month(day) == month),
                marks=tuple(mark for mark in marks if _month(mark.on) == month),
                trade_marks=tuple(mark for mark in trade_marks if _month(mark.on) == month),
            )
            for month in months
        ),
        ahead=ahead,
        trade_of=_("trade of %(name)s") % {"name": of} if of else "",
        currency=currency,
        trade_first_says=first_says,
        trade_last_says=last_says,
        **_horizon(quiet, expected, trade, today=today, until=until),
    )


def _horizon(
    quiet: Reading | None, expected: Reading | None, trade: dict[date, Decimal], *, today: date, until: date
) -> dict[str, Any]:
    """What is expected by their own rhythm and seasons; nothing where there is no rhythm yet."""
    first = _expected_day(expected, today=today) or _next_day(quiet, today=today)
    if first is None or quiet is None:
        return {}
    days = usual_days(quiet)
    season = months_by_season(trade, today=today)
    return {
        "expected": days_by_rhythm(first, gap_days=quiet.usual or days, until=until),
        "expected_says": ngettext("your usual rhythm, every day", "your usual rhythm, every %(days)d days", days)
        % {"days": days},
        "season": season,
        "season_says": _("what this season brought in other years") if season else "",
    }


def _expected_day(expected: Reading | None, *, today: date) -> ExpectedDay | None:
    """When they speak next, as the reading *when next* has it: days from when it was read. None where it is too early."""
    if expected is None or expected.says != "expected" or None in (expected.low, expected.value, expected.high):
        return None
    read_on = timezone.localdate(expected.as_of)
    low, on, high = (
        max(read_on + timedelta(days=round(days or 0)), today) for days in (expected.low, expected.value, expected.high)
    )
    return ExpectedDay(on, low, high)


def _next_day(quiet: Reading | None, *, today: date) -> ExpectedDay | None:
    """When they would speak next by the rhythm that was read; None where it is too early, or they are quiet beyond it.

    The range is that of the next gap (10 to 90 of 100) as far as it lies ahead.
    """
    if quiet is None or quiet.says != "in_rhythm" or quiet.since_on is None or not quiet.high or quiet.usual is None:
        return None
    low, high = (quiet.since_on + timedelta(days=round(days)) for days in (quiet.low or 0, quiet.high))
    on = quiet.since_on + timedelta(days=round(quiet.usual))
    latest = max(high, today + timedelta(days=1))
    return ExpectedDay(min(max(on, today + timedelta(days=1)), latest), max(low, today), latest)


def _months(today: date) -> list[date]:
    first = today.year * 12 + today.month - 1 - MONTHS_BACK
    return [date((first + i) // 12, (first + i) % 12 + 1, 1) for i in range(MONTHS_BACK + 1)]


def _month(day: date) -> date:
    return day.replace(day=1)


def _days(contacts: list[Contact]) -> dict[date, Way]:
    """The days of contact with who reached out: both where they met or both wrote."""
    began: dict[date, set[str]] = {}
    for contact in contacts:
        began.setdefault(contact.on_day, set()).add(contact.began)
    return {day: _way(ways) for day, ways in sorted(began.items())}


def _way(began: set[str]) -> Way:
    if began == {Began.US.value}:
        return "ours"
    return "theirs" if began == {Began.THEM.value} else "both"


def _momentum(days: dict[date, Way], months: list[date], today: date) -> dict[date, float]:
    """Contact as a share of its own usual, at the end of each month.

    Encounters weigh 1, or 0.5 where only we reached out, and fade with a half-life of 90 days; the sum is divided by its
    median over the months shown (readings.md section 0, *two momenta*, as far as encounters go).
    """
    weights = [(day, 0.5 if way == "ours" else 1.0) for day, way in days.items()]
    sums = {}
    for month in months:
        end = min(today, (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1))
        sums[month] = sum(weight * 0.5 ** ((end - day).days / HALF_LIFE_DAYS) for day, weight in weights if day <= end)
    usual = median([value for value in sums.values() if value] or [1.0])
    return {month: value / usual for month, value in sums.items()}


def _trade(traders: list[UUID], *, since: date, member: Member) -> tuple[dict[date, Decimal], str, list[StripMark]]:
    """What was invoiced a month, or ordered or paid where nothing was invoiced, in the currency used most."""
    told = _by_month(traders=traders, since=since, member=member)
    numbers: Counter[tuple[str, str]] = Counter()
    for row in told:
        numbers[row["kind"], row["currency"]] += row["number"]
    kinds = {kind for (kind, _currency), number in numbers.items() if number}
    if not kinds:
        return {}, "", []
    shown = next(
        kind
        for kind in (TransactionKind.INVOICE, TransactionKind.ORDER, TransactionKind.PAYMENT, *kinds)
        if kind in kinds
    )
    currency = max((c for kind, c in numbers if kind == shown), key=lambda c: (numbers[shown, c], c))
    trade = {
        row["month"]: row["amount"]
        for row in sorted(told, key=itemgetter("month"))
        if (row["kind"], row["currency"]) == (shown, currency) and row["number"]
    }
    marks = []
    if not _NAMED_TRADE.isdisjoint(row["kind"] for row in told):
        named = _traded(traders, since, member).filter(kind__in=_NAMED_TRADE).order_by("-happened_on", "-id")
        marks = [
            StripMark(row.happened_on, (row.words or row.get_kind_display())[:_MARK_CHARS]) for row in named[:MARKS_MAX]
        ]
    return trade, currency, marks


def _traded(traders: Sequence[UUID], since: date, member: Member) -> models.QuerySet[Transaction]:
    seen = Transaction.objects.visible_to(member).standing()
    return seen.filter(party__in=Party.objects.the_same(traders), happened_on__gte=since)


@Ready[dict[str, Any]]
def _by_month(traders: Sequence[UUID], since: date, member: Member) -> models.QuerySet[Any]:
    return (
        _traded(traders, since, member)
        .annotate(month=TruncMonth("happened_on"))
        .values("kind", "currency", "month")
        .annotate(number=Count("amount"), amount=Sum("amount"))
    )


def _trade_ends(trade: dict[date, Decimal], currency: str, *, today: date) -> tuple[str, str]:
    """What a month was at the two ends of the drawing, once where both would say the same.

    The present month has not ended and is not said.
    """
    traded = [month for month in sorted(trade) if trade[month] and month < _month(today)]
    if not traded:
        return "", ""
    first = _month_says(traded[0], trade, currency, beside=_next_month(traded[0]))
    before = _month(traded[-1] - timedelta(days=1))
    is_going_on = _next_month(traded[-1]) == _month(today)
    last = _month_says(traded[-1], trade, currency, beside=before if is_going_on else None)
    return first, last if len(traded) > 1 and last != first else ""


def _month_says(month: date, trade: dict[date, Decimal], currency: str, *, beside: date | None) -> str:
    """So much a month, where the one beside it had trade too; else what there was in that month."""
    amount = spoken_money(trade[month].quantize(Decimal(1)), currency)
    if beside and trade.get(beside):
        return _("%(amount)s a month") % {"amount": amount}
    words = {"amount": amount, "month": format_date(month, pgettext("date format: month and year", "M Y"))}
    return _("%(amount)s in %(month)s") % words


def _next_month(month: date) -> date:
    return _month(month + timedelta(days=31))


def _marks(contacts: list[Contact], *, parties: list[UUID]) -> list[StripMark]:
    """The visits and gatherings with a short name, spread over the years: at most five.

    A name that only repeats what these parties are called says nothing.
    """
    with_a_name = [
        StripMark(contact.on_day, contact.subject)
        for contact in contacts
        if contact.mode in (Mode.GATHERING, Mode.VISIT) and 0 < len(contact.subject) <= _MARK_CHARS
    ]
    called = set(folded_words(" ".join(_names(parties=parties)))) if with_a_name else set()
    named = [mark for mark in with_a_name if not set(folded_words(mark.says)) <= called]
    step = max(1, -(-len(named) // MARKS_MAX))
    return named[::-1][::step][:MARKS_MAX]


@ready.Ready[str]
def _names(parties: Sequence[UUID]) -> models.QuerySet[Any]:
    return Party.objects.filter(among("pk", parties)).values_list("name", flat=True)


def _ahead(arranged: list[Contact], promises: list[Promise], *, today: date) -> tuple[AheadRow, ...]:
    """What lies ahead with an origin: promises that fall due, meetings agreed. No forecast."""
    until = today + timedelta(days=AHEAD_DAYS)
    rows = [
        AheadRow(on=p.due_on, says=capfirst(p.words), kind="ours" if p.is_ours else "theirs")
        for p in promises
        if p.is_open and p.due_on and today <= p.due_on <= until
    ]
    rows += [
        AheadRow(on=contact.on_day, says=contact.subject or str(Mode(contact.mode).label), kind="meeting")
        for contact in arranged[:AHEAD_MAX]
    ]
    return tuple(sorted(rows, key=lambda row: row.on))


def _label(days: dict[date, Way], trade: dict[date, Decimal], *, today: date) -> str:
    words = {"days": len(days), "months": sum(1 for amount in trade.values() if amount)}
    if trade:
        return _("Three years: contact on %(days)d days, trade in %(months)d months.") % words
    return _("Three years: contact on %(days)d days; no trade is known.") % words
