"""Before promising more: what is open with them, and what the one who must deliver has due that week. And what we advertise."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.core.among import among
from ampersand.core.spoken import spoken_day
from ampersand.desk.pages.promises import PromiseRow
from ampersand.desk.promise_rows import promise_rows, words_of
from ampersand.members.models import Member
from ampersand.parties.models import Relationship
from ampersand.promises.models import Promise, State, with_events
from ampersand.promises.queries import backings, open_of

SHOWN_MAX = 12
PUBLIC_MAX = 100


@dataclass(frozen=True, slots=True)
class Load:
    """What is open already, before somebody promises more."""

    with_them_says: str
    with_them: tuple[PromiseRow, ...]
    week_says: str
    week: tuple[PromiseRow, ...]
    today: date


@dataclass(frozen=True, slots=True)
class PublicRow:
    """What we promise to everybody, with who backs it and what came of it where somebody took it as promised."""

    what: str
    url: str
    who: str
    backed_by: tuple[str, ...]
    taken_says: str
    condition: str = ""


@dataclass(frozen=True, slots=True)
class PublicPage:
    rows: tuple[PublicRow, ...]
    here: ClassVar[str] = "promises"


def load_of(
    member: Member, *, seen_by: Member, relationship: Relationship | None, due_on: date | None, at: datetime
) -> Load:
    """What is open with them both ways, and what this member has due in the week of that day, from Monday to Sunday."""
    today = timezone.localdate(at)
    day = due_on or today
    monday = day - timedelta(days=day.weekday())
    week = open_of(member, seen_by=seen_by, since=monday, until=monday + timedelta(days=6))
    open_now = _open_with(relationship, seen_by=seen_by) if relationship else []
    return Load(
        with_them_says=_with_them_says(open_now, relationship),
        with_them=_plain(open_now[:SHOWN_MAX], member=seen_by, on=today),
        week_says=_week_says(len(week), member, due_on, is_own=member.pk == seen_by.pk, today=today),
        week=_plain(week[:SHOWN_MAX], member=seen_by, on=today),
        today=today,
    )


def _open_with(relationship: Relationship, *, seen_by: Member) -> list[Promise]:
    of = (
        Promise.objects.visible_to(seen_by)
        .open()
        .filter(relationship__in=Relationship.objects.the_same([relationship.pk]))
    )
    return with_events(list(of.select_related("by__now", "to__now", "relationship").order_by("due_on", "id")[:200]))


def _plain(promises: list[Promise], *, member: Member, on: date) -> tuple[PromiseRow, ...]:
    return promise_rows(promises, member=member, on=on)


def _with_them_says(promises: list[Promise], relationship: Relationship | None) -> str:
    if relationship is None:
        return ""
    ours = sum(promise.is_ours for promise in promises)
    numbers = {"ours": ours, "theirs": len(promises) - ours, "name": str(relationship.party)}
    return _("Open with %(name)s: %(ours)d of ours, %(theirs)d of theirs.") % numbers


def _week_says(number: int, member: Member, due_on: date | None, *, is_own: bool, today: date) -> str:
    words = {"number": number, "name": member.name}
    if due_on is None:
        own = ngettext("You have %(number)d due this week.", "You have %(number)d due this week.", number)
        other = ngettext("%(name)s has %(number)d due this week.", "%(name)s has %(number)d due this week.", number)
        return (own if is_own else other) % words
    own = ngettext(
        "You have %(number)d due in the week of %(day)s.", "You have %(number)d due in the week of %(day)s.", number
    )
    other = ngettext(
        "%(name)s has %(number)d due in the week of %(day)s.",
        "%(name)s has %(number)d due in the week of %(day)s.",
        number,
    )
    return (own if is_own else other) % {**words, "day": spoken_day(due_on, today=today)}


def public_page(member: Member, *, at: datetime) -> PublicPage:
    """What we advertise, in a bounded number of queries."""
    today = timezone.localdate(at)
    seen = Promise.objects.visible_to(member).to_public().standing().filter(settled_at=None)
    promises = list(seen.select_related("by__now", "named").order_by("-made_on", "-id")[:PUBLIC_MAX])
    ids = [promise.pk for promise in promises]
    backed = backings(ids, member=member, on=today)
    taken = _taken(ids, member=member, on=today)
    return PublicPage(
        rows=tuple(
            PublicRow(
                what=words_of(promise),
                url=reverse("desk:promise", args=[promise.pk]),
                who=str(promise.named or promise.by),
                backed_by=tuple(
                    _("%(by)s: %(words)s") % {"by": backing.on.by, "words": words_of(backing.on)}
                    for backing in backed.get(promise.pk, [])
                    if backing.is_direct and backing.change not in _NO_GROUND
                ),
                taken_says=_taken_says(taken.get(promise.pk, Counter())),
                condition=promise.condition,
            )
            for promise in promises
        )
    )


_NO_GROUND = ("not_backed", "released", "declined", "withdrawn", "not_kept")


def _taken(ids: list[UUID], *, member: Member, on: date) -> dict[UUID, Counter[State]]:
    of = Promise.objects.visible_to(member).standing().filter(among("advertised_id", ids))
    rows = list(of[: PUBLIC_MAX * 10]) if ids else []
    found: dict[UUID, Counter[State]] = {}
    for promise in with_events(rows):
        if promise.advertised_id is not None:
            found.setdefault(promise.advertised_id, Counter())[promise.state(on=on)] += 1
    return found


def _taken_says(states: Counter[State]) -> str:
    """How often it was taken as promised, and what its receivers called it since. Counts, with nothing between them."""
    if not states:
        return _("Nobody has said yet that they took it as promised.")
    called = sum(states[state] for state in (State.KEPT, State.PARTLY, State.NOT_KEPT))
    numbers = {"taken": states.total(), "called": called, "kept": states[State.KEPT]}
    taken = ngettext("Taken as promised once.", "Taken as promised %(taken)d times.", states.total()) % numbers
    if not called:
        return _("%(taken)s Nobody has said yet whether it was kept.") % {"taken": taken}
    said = _("Of %(called)d who said what became of it, %(kept)d called it kept.") % numbers
    return f"{taken} {said}"
