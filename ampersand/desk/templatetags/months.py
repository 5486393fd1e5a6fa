"""The months of the two strips as rows of their table, from which the island draws: thirty-seven alike, put together here,
since a template looks each word up anew."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ampersand.desk.pages.two_strips import StripMark, StripMonth, TwoStrips
from ampersand.desk.templatetags.desk import month_year, spoken_money

register = template.Library()


@register.filter
def month_rows(strips: TwoStrips) -> SafeString:
    """A row a month: its days in touch with what happened above, its trade below."""
    return mark_safe("\n".join(_row(month, strips.currency) for month in strips.months))  # noqa: S308  each row is escaped


def _row(month: StripMonth, currency: str) -> SafeString:
    on = month.month.isoformat()
    return format_html(
        '<tr data-month="{on}" data-contact="{contact}" data-days="{days}"{trade}>'
        '<th scope="row"><time datetime="{year_month}">{says}</time></th><td>{count}{marks}</td>'
        "<td>{amount}{trade_marks}</td></tr>",
        on=on,
        contact=f"{month.contact:.4f}",
        days=month.days_data(),
        trade="" if month.trade is None else format_html(' data-trade="{}"', f"{month.trade:.2f}"),
        year_month=on[:7],
        says=month_year(month.month),
        count=len(month.days) or "",
        marks=_marks("mark", month.marks),
        amount=format_html("<span data-amount>{}</span>", spoken_money(month.trade, currency)) if month.trade else "",
        trade_marks=_marks("trade-mark", month.trade_marks),
    )


def _marks(name: str, marks: Iterable[StripMark]) -> SafeString | str:
    told = [format_html(' <span data-{}="{}">{}</span>', name, mark.on.isoformat(), mark.says) for mark in marks]
    return mark_safe("".join(told)) if told else ""  # noqa: S308  each is escaped
