"""The months of the two strips as rows of their table, from which the island draws: thirty-seven alike, put together here,
since a template looks each word up anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ampersand.core.spoken import month_year, spoken_day
from ampersand.desk.pages.two_strips import ExpectedDay, ExpectedMonth, StripMark, StripMonth, TwoStrips
from ampersand.desk.templatetags.desk import spoken_money

register = template.Library()


@register.filter
def month_rows(strips: TwoStrips) -> SafeString:
    """A row a month: its days in touch with what happened above, its trade below."""
    rows = [_row(month, strips.currency) for month in strips.months]
    return mark_safe("\n".join(rows))  # noqa: S308  what people wrote is escaped in each


@register.filter
def expected_rows(strips: TwoStrips) -> SafeString:
    """A row for each day and month that is expected, with the range it may lie in and where that comes from."""
    rows = [
        *(_day_row(day, strips) for day in strips.expected),
        *(_season_row(month, strips) for month in strips.season),
    ]
    return mark_safe("\n".join(rows))  # noqa: S308  what people wrote is escaped in each


def _day_row(day: ExpectedDay, strips: TwoStrips) -> str:
    dates = " ".join(f'data-{name}="{on.isoformat()}"' for name, on in _ends(day))
    told = {name: spoken_day(on, today=strips.today) for name, on in _ends(day)}
    says = _("about %(on)s, %(low)s to %(high)s: %(origin)s") % {**told, "origin": strips.expected_says}
    on = day.on.isoformat()
    return (
        f'<tr {dates}><th scope="row"><time datetime="{on}">{escape(told["on"])}</time></th>'
        f"<td>{escape(says)}</td><td></td></tr>"
    )


def _ends(day: ExpectedDay) -> tuple[tuple[str, date], ...]:
    return ("on", day.on), ("low", day.low_on), ("high", day.high_on)


def _season_row(month: ExpectedMonth, strips: TwoStrips) -> str:
    amounts = (("amount", month.amount), ("low", month.low), ("high", month.high))
    numbers = " ".join(f'data-{name}="{amount:.2f}"' for name, amount in amounts)
    told = {name: spoken_money(amount.quantize(Decimal(1)), strips.currency) for name, amount in amounts}
    says = _("about %(amount)s, %(low)s to %(high)s: %(origin)s") % {**told, "origin": strips.season_says}
    on = month.month.isoformat()
    return (
        f'<tr data-season="{on}" {numbers}><th scope="row"><time datetime="{on[:7]}">{escape(month_year(month.month))}'
        f"</time></th><td></td><td>{escape(says)}</td></tr>"
    )


def _row(month: StripMonth, currency: str) -> str:
    on, trade = month.month.isoformat(), month.trade
    of_trade = "" if trade is None else f' data-trade="{trade:.2f}"'
    amount = f"<span data-amount>{escape(spoken_money(trade, currency))}</span>" if trade else ""
    return (
        f'<tr data-month="{on}" data-contact="{month.contact:.4f}" data-days="{month.days_data()}"{of_trade}>'
        f'<th scope="row"><time datetime="{on[:7]}">{escape(month_year(month.month))}</time></th>'
        f"<td>{len(month.days) or ''}{_marks('mark', month.marks)}</td>"
        f"<td>{amount}{_marks('trade-mark', month.trade_marks)}</td></tr>"
    )


def _marks(name: str, marks: Iterable[StripMark]) -> str:
    return "".join(f' <span data-{name}="{mark.on.isoformat()}">{escape(mark.says)}</span>' for mark in marks)
