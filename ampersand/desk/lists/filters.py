"""The fields above the list, and the chips that say what it is narrowed to and take it off again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from ampersand.core import ready
from ampersand.desk.lists.asked import Asked
from ampersand.desk.pages.forms import Choice, Filter
from ampersand.desk.pages.relationships import Chip
from ampersand.members.models import Member
from ampersand.parties.models import Because, PartyKind, TieKind

# The rest waits behind "More" until one of it is asked.
_FIRST = ("kind", "tag", "place", "tended", "promise", "last", "sort")
_TYPED = ("at", "place", "label", "value")
_DAYS = ("after", "before")


def filters(asked: Asked, member: Member, words: Iterable[str]) -> tuple[tuple[Filter, ...], tuple[Filter, ...]]:
    """The fields that always stand above the list, and the others."""
    every = {one.name: one for one in _every(asked, member, words)}
    more = tuple(one for name, one in every.items() if name not in _FIRST)
    return tuple(every[name] for name in _FIRST), more


def hidden(asked: Asked) -> tuple[tuple[str, str], ...]:
    """Tags and details that are taken already: the fields ask for one more."""
    return (*(("tag", word) for word in asked.tag), *(("detail", told) for told in asked.detail))


def chips(asked: Asked, fields: Iterable[Filter]) -> tuple[Chip, ...]:
    """One for each thing that the list is narrowed to."""
    return tuple(_chips(asked, {one.name: one for one in fields}))


def _chips(asked: Asked, fields: Mapping[str, Filter]) -> Iterator[Chip]:
    if asked.words:
        yield _chip(_("Name"), asked.words, asked.without("words"))
    for word in asked.tag:
        yield _chip(_("Tag"), word, asked.without("tag", word))
    for told in asked.detail:
        label, _colon, value = told.partition(":")
        yield _chip(label, value.strip() or _("any"), asked.without("detail", told))
    for name, one in fields.items():
        told = getattr(asked, name, "")
        if told and name not in ("tag", "detail", "sort"):
            says = next((choice.says for choice in one.choices if choice.value == told), told)
            yield _chip(one.label, says, asked.without(name))


def _chip(label: str, says: str, url: str) -> Chip:
    return Chip(_("%(what)s: %(value)s") % {"what": label, "value": says}, url)


def _every(asked: Asked, member: Member, words: Iterable[str]) -> tuple[Filter, ...]:
    colleagues = _colleagues(but=member.pk)
    everybody = [("me", _("me")), *((str(pk), name) for pk, name in colleagues), ("nobody", _("nobody"))]
    taken = {word.lower() for word in asked.tag}
    yes_or_no = [("yes", _("yes")), ("no", _("no"))]
    return (
        _choices("kind", _("Kind"), asked.kind, _labelled(PartyKind)),
        _choices("tag", _("Tag"), "", [(word, word) for word in words if word.lower() not in taken]),
        _typed("place", _("Place"), asked.place),
        _choices("tended", _("Tended by"), asked.tended, everybody),
        _choices(
            "promise",
            _("Promises"),
            asked.promise,
            [("any", _("open")), ("ours", _("open, ours")), ("theirs", _("open, theirs")), ("late", _("late"))],
        ),
        _choices("last", _("Last in touch"), asked.last, _times()),
        _choices("move", _("How it looks"), asked.move, [("ours", _("our move")), ("quiet", _("quiet"))]),
        _choices("tie", _("Tie"), asked.tie, _labelled(TieKind)),
        _typed("at", _("At"), asked.at),
        _typed("label", _("Detail"), "", listed="labels-in-use"),
        _typed("value", _("which says"), ""),
        _day("after", _("In touch from"), asked.after),
        _day("before", _("In touch last before"), asked.before),
        _choices("trade", _("Trade this year"), asked.trade, [("yes", _("some")), ("no", _("none"))]),
        _choices("because", _("Known because"), asked.because, _labelled(Because)),
        _choices("closed", _("Closed"), asked.closed, yes_or_no),
        _choices("sort", _("Sorted by"), asked.sort.replace("name", ""), _orders(), first=_("name")),
    )


def _labelled(kinds: type[models.TextChoices]) -> list[tuple[str, str]]:
    return [(str(value), str(label).rstrip(".")) for value, label in kinds.choices]


def _times() -> list[tuple[str, str]]:
    return [
        ("within-30", _("in the last 30 days")),
        ("within-90", _("in the last 90 days")),
        ("over-90", _("before that")),
        ("over-365", _("more than a year ago")),
        ("never", _("never")),
    ]


def _orders() -> list[tuple[str, str]]:
    return [
        ("last", _("last in touch")),
        ("quiet", _("days without contact")),
        ("due", _("next promise due")),
        ("ours", _("open promises of ours")),
        ("theirs", _("open promises of theirs")),
        ("kept", _("promises kept of those called, fewest first")),
        ("known", _("known longest")),
        ("new", _("known latest")),
        ("trade", _("trade in a year")),
    ]


def _typed(name: str, label: str, told: str, *, listed: str = "") -> Filter:
    return Filter(name, label, (), is_typed=True, value=told, listed=listed)


def _day(name: str, label: str, told: str) -> Filter:
    return Filter(name, label, (), is_typed=True, value=told, type="date")


def _choices(name: str, label: str, taken: str, choices: Iterable[tuple[str, str]], *, first: str = "") -> Filter:
    every = Choice(value="", says=first or _("any"), is_taken=not taken)
    return Filter(name, label, (every, *(Choice(value, words, is_taken=value == taken) for value, words in choices)))


@ready.Ready[tuple[UUID, str]]
def _colleagues(but: UUID) -> models.QuerySet[Any]:
    return Member.objects.here().exclude(pk=but).order_by("name", "id").values_list("pk", "name")[:300]
