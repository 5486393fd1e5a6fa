"""The months of the two strips as rows of their table, from which the island draws: thirty-seven alike, put together here,
since a template looks each word up anew."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ampersand.desk.pages.two_strips import StripMark, StripMonth, TwoStrips
from ampersand.desk.templatetags.desk import month_year, spoken_money

register = template.Library()


@register.filter
def month_rows(strips: TwoStrips) -> SafeString:
    """A row a month: its days in touch with what happened above, its trade below."""
    rows = [_row(month, strips.currency) for month in strips.months]
    return mark_safe("\n".join(rows))  # noqa: S308  what people wrote is escaped in each


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
