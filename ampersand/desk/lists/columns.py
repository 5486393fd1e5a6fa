"""The columns one may choose for the list of relationships, and what stands in each: on the page, and taken out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from ampersand.core.whole import whole
from ampersand.desk.lists.asked import SORTS, Asked, storable
from ampersand.desk.models import ListColumns
from ampersand.desk.pages.relationships import ColumnChoice, ColumnHead, RelationshipRow
from ampersand.desk.templatetags.desk import day, spoken_money
from ampersand.members.models import Member

DETAIL = "detail:"
# A row is still read at one glance.
CHOSEN_MAX = 10
# Of how one reaches them: the kinds of identifiers that are columns.
REACHED = ("email", "phone", "url")
DEFAULT = ("reading", "last", "promises", "trade", "tended")

Value = str | date | Decimal | None


@dataclass(frozen=True)
class _Column:
    """A column: what is read of a row, by which order of the list one sorts it, and how it looks."""

    title: Callable[[], str]
    value: Callable[[RelationshipRow], Value]
    sort: str = ""
    look: str = ""


_COLUMNS = {
    "kind": _Column(lambda: _("Is"), lambda row: row.kind),
    "email": _Column(lambda: _("E-mail"), lambda row: row.reached.get("email", "")),
    "phone": _Column(lambda: _("Telephone"), lambda row: row.reached.get("phone", "")),
    "url": _Column(lambda: _("Web page"), lambda row: row.reached.get("url", "")),
    "tags": _Column(lambda: _("Tags"), lambda row: row.tags),
    "reading": _Column(lambda: _("How it looks"), lambda row: row.reading, look="index__reading"),
    "last": _Column(lambda: _("Last in touch"), lambda row: row.last_on, "last", "nowrap"),
    "promises": _Column(lambda: _("Promises open"), lambda row: row.promises, look="nowrap"),
    "due": _Column(lambda: _("Next promise due"), lambda row: row.due_on, "due", "nowrap"),
    "kept": _Column(lambda: _("Promises kept"), lambda row: row.kept, "kept", "nowrap"),
    "trade": _Column(lambda: _("Trade a month"), lambda row: row.trade, "trade", "index__number"),
    "known": _Column(lambda: _("Known since"), lambda row: row.known_on, "known", "nowrap"),
    "because": _Column(lambda: _("Known because"), lambda row: row.because),
    "tended": _Column(lambda: _("Tended by"), lambda row: row.tended_by, look="index__tended"),
}


def known_names(told: Iterable[str]) -> tuple[str, ...]:
    """Of what somebody chose what there is, each once, those of the house's own words last."""
    names = [" ".join(storable(name).split())[: len(DETAIL) + 80] for name in told]
    own = dict.fromkeys(name for name in names if name.startswith(DETAIL) and name.removeprefix(DETAIL).strip())
    return (*(name for name in _COLUMNS if name in names), *own)[:CHOSEN_MAX]


def chosen_by(member: Member) -> tuple[str, ...]:
    """The columns this member chose, else those that everybody begins with."""
    row = ListColumns.objects.filter(member=member).first()
    return (known_names(row.names) if row else ()) or DEFAULT


@whole
def choose(names: Sequence[str], *, by: Member) -> int:
    """Show these columns to this member from now on; none of them: those that everybody begins with.

    Answers how many were one too many.
    """
    shown = known_names(names)
    ListColumns.objects.update_or_create(member=by, defaults={"names": list(shown)})
    return max(0, len(set(names)) - len(shown)) if len(shown) == CHOSEN_MAX else 0


def title(name: str) -> str:
    return _COLUMNS[name].title() if name in _COLUMNS else name.removeprefix(DETAIL)


def heads(names: Sequence[str], asked: Asked) -> tuple[ColumnHead, ...]:
    """The heads of these columns; those that one may sort by lead to the list in their order."""
    return tuple(_head(name, asked) for name in names)


def _head(name: str, asked: Asked) -> ColumnHead:
    sort, look = (_COLUMNS[name].sort, _COLUMNS[name].look) if name in _COLUMNS else ("", "")
    return ColumnHead(
        name=name,
        title=title(name),
        look=look,
        sort_url=asked.url(sort=sort) if sort and sort != asked.sort else "",
        order=("descending" if SORTS[sort].is_descending else "ascending") if sort and sort == asked.sort else "",
    )


def choices(taken: Sequence[str], labels: Iterable[str]) -> tuple[ColumnChoice, ...]:
    """Every column with whether it is shown; of details those that are, or whose label the house uses."""
    own = {f"{DETAIL}{label}".lower(): f"{DETAIL}{label}" for label in labels}
    own |= {name.lower(): name for name in taken if name.startswith(DETAIL)}
    names = [*_COLUMNS, *sorted(own.values(), key=str.lower)]
    return tuple(ColumnChoice(name, title(name), name in taken) for name in names)


def value(row: RelationshipRow, name: str) -> Value:
    """What a column says of a row."""
    if name in _COLUMNS:
        return _COLUMNS[name].value(row)
    return row.details.get(name.removeprefix(DETAIL).lower(), "")


def drawn(row: RelationshipRow, name: str, *, today: date) -> str:
    """The same as it stands on the page, safe to be shown."""
    told = value(row, name)
    if isinstance(told, Decimal):
        words: Any = spoken_money(told, row.currency)
    else:
        words = day(told, today) if isinstance(told, date) else told or ""
    look = _COLUMNS[name].look if name in _COLUMNS else ""
    if name == "last" and row.last_mode:
        words = format_html("{} <small>{}</small>", words, row.last_mode)
    return format_html('<td class="{}">{}</td>', look, words) if look else format_html("<td>{}</td>", words)
