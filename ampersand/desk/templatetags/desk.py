"""What templates of the desk are drawn with: signs, times, money, the & of one relationship, evidence strips."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from babel.numbers import format_currency
from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext, to_locale
from django.utils.translation import gettext as _

from ampersand.core.spoken import month_year, spoken_day
from ampersand.desk import keeping_drawings, strips, tune_drawing
from ampersand.desk.icons import ICONS, PROMISE_SHAPES
from ampersand.desk.pages.keeping import GapByQuarter, KeptRow, KeptShares, WeekLoad
from ampersand.desk.pages.relationship import GiveTake, TuneFigure
from ampersand.desk.pages.strips import Strip
from ampersand.desk.pages.tune_map import MapPoint, TuneMap
from ampersand.desk.pages.words import PromiseState
from ampersand.desk.tune_map import drawing as tune_map_drawing

register = template.Library()

STYLES = Path(__file__).resolve().parents[2] / "static" / "built" / "css"
register.filter(month_year)


@register.simple_tag
def css_files() -> SafeString:
    """Every built style sheet in the order of its name: `_tokens.css`, with the statement of layers, comes first."""
    return _css_links.__wrapped__() if settings.DEBUG else _css_links()


@cache
def _css_links() -> SafeString:
    names = sorted(path.name for path in STYLES.glob("*.css"))
    return format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static(f"built/css/{name}"),) for name in names)
    )


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A sign that only repeats the words beside it."""
    return format_html('<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="{}"/></svg>', ICONS[name])


@register.simple_tag
def mode_icon(mode: str) -> SafeString:
    """How they were in touch, named for those who do not see the sign."""
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" role="img" aria-label="{}"><path d="{}"/></svg>',
        _mode_word(mode),
        ICONS[mode],
    )


def _mode_word(mode: str) -> str:
    words = {
        "visit": _("visit"),
        "call": _("call"),
        "video": _("video"),
        "mail": _("e-mail"),
        "message": _("message"),
        "letter": _("letter"),
        "gathering": _("gathering"),
    }
    return words.get(mode, mode)


@register.simple_tag
def state(name: PromiseState) -> SafeString:
    """The shape of a promise's state, with its word."""
    return format_html(
        '<svg class="state state--{}" viewBox="0 0 14 14" role="img" aria-label="{}">{}</svg>',
        name,
        _state_word(name),
        mark_safe(PROMISE_SHAPES[name]),  # noqa: S308  constants of ours
    )


@register.simple_tag
def state_word(name: PromiseState) -> str:
    """What the shape of a promise's state says."""
    return _state_word(name)


def _state_word(name: PromiseState) -> str:
    words = {
        "offered": pgettext("promise", "offered, not accepted yet"),
        "open": pgettext("promise", "open"),
        "due": pgettext("promise", "due soon"),
        "late": pgettext("promise", "late"),
        "done": pgettext("promise", "said done"),
        "unconfirmed": pgettext("promise", "said done, not confirmed"),
        "kept": pgettext("promise", "kept"),
        "partly": pgettext("promise", "partly kept"),
        "broken": pgettext("promise", "not kept"),
        "freed": pgettext("promise", "let go by agreement"),
    }
    return words[name]


@register.simple_tag
def amp(life: int | None = None) -> SafeString:
    """The & of one relationship; the words beside it say what its ink says."""
    if life is None:
        return mark_safe('<span class="amp" aria-hidden="true">&amp;</span>')
    return format_html('<span class="amp" data-life="{}" aria-hidden="true">&amp;</span>', max(0, min(10, life)))


@register.simple_tag
def day(value: date | datetime | None, today: date) -> SafeString | str:
    """A day as one says it from `today`: today, tomorrow, Fri 9 or Fri 4 Dec (within two weeks), 3 Nov, 12 March 2025."""
    if value is None:
        return ""
    on = _local_day(value)
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), spoken_day(on, today=today))


@register.simple_tag
def late_day(value: date, today: date) -> SafeString:
    """The day of something late, in ochre; the state beside it says it in a shape and a word."""
    return format_html('<time class="late" datetime="{}">{}</time>', value.isoformat(), spoken_day(value, today=today))


@register.filter
def long_day(value: date) -> str:
    """A day as the title of a page: Tuesday 6 October."""
    return format_date(value, pgettext("date format: weekday, day and month", "l j F"))


@register.simple_tag
def clock(value: datetime | None) -> SafeString:
    """The time of day; without one, that it is the whole day."""
    if value is None:
        return format_html("<span>{}</span>", _("all day"))
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(), format_date(local, pgettext("time format", "H:i"))
    )


@register.simple_tag
def moment(value: datetime) -> SafeString:
    """A day and a time of day in full: 6 October 2026, 10:52."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), spoken_moment(local))


def spoken_moment(local: datetime) -> str:
    """The words of `moment`."""
    return format_date(local, pgettext("date format: day, month, year and time", "j F Y, H:i"))


@register.simple_tag
def money(amount: Decimal | None, currency: str) -> str:
    """An amount in its currency; whole amounts without decimals."""
    return spoken_money(amount, currency) if amount is not None else ""


def spoken_money(amount: Decimal, currency: str) -> str:
    """The words of `money`, in the reader's language.

    >>> spoken_money(Decimal("2100"), "GBP")
    '£2,100'
    """
    return _spoken_money(amount, currency, get_language() or "en")


@lru_cache(maxsize=4_096)
def _spoken_money(amount: Decimal, currency: str, language: str) -> str:
    locale = Locale.parse(to_locale(language))
    pattern = locale.currency_formats["standard"].pattern
    if amount == amount.to_integral_value():
        pattern = pattern.replace(".00", "")
    return format_currency(amount, currency, format=pattern, locale=locale, currency_digits=".00" in pattern)


@register.simple_tag
def strip(value: Strip) -> SafeString:
    """An evidence strip, drawn here: it needs no script and is crisp at its one size."""
    return strips.draw(value)


@register.simple_tag
def give_take(value: GiveTake) -> SafeString:
    return strips.draw_give_take(value)


@register.simple_tag
def tune_figure(value: TuneFigure) -> SafeString:
    return tune_drawing.draw(value)


@register.simple_tag
def kept_shares(value: KeptShares) -> SafeString:
    return keeping_drawings.draw_shares(value)


@register.simple_tag
def kept_gap(value: GapByQuarter) -> SafeString:
    return keeping_drawings.draw_gap(value)


@register.simple_tag
def week_load(value: WeekLoad) -> SafeString:
    return keeping_drawings.draw_load(value)


@register.simple_tag
def of_hundred(row: KeptRow) -> str:
    """How many of a hundred are likely kept: a range, and one number before it where nearly all were answered."""
    words = {"low": round(100 * row.low), "high": round(100 * row.high)}
    if row.share is None:
        return pgettext("a range", "%(low)d to %(high)d") % words
    return _("%(share)d (%(low)d to %(high)d)") % {**words, "share": round(100 * row.share)}


@register.simple_tag
def tune_map(value: TuneMap) -> SafeString:
    """The map, for a wide page and for a narrow one."""
    return tune_map_drawing.draw(value)


@register.simple_tag
def map_chosen(value: MapPoint) -> SafeString:
    """What the map draws of the chosen one."""
    return tune_map_drawing.draw_chosen(value)


def _local_day(value: date | datetime) -> date:
    if not isinstance(value, datetime):
        return value
    return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
