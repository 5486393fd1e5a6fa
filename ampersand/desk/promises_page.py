"""The ledger of promises, both ways: as far as this member tends them, or of the whole house."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar, Literal
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.core.among import Among, among
from ampersand.desk.keeping_figures import keeping_part
from ampersand.desk.pages.keeping import KeepingPart
from ampersand.desk.pages.past_day import PastDay
from ampersand.desk.pages.promises import PromiseRow
from ampersand.desk.pages.words import PromiseState
from ampersand.desk.promise_rows import promise_rows
from ampersand.members.models import Member
from ampersand.parties.models import Relationship, Tending
from ampersand.promises.models import Promise, PromiseQuerySet
from ampersand.promises.queries import themselves

ROWS = 50
# So many further ones are counted, and no more.
COUNTED_MAX = 1_000
SETTLED_MAX = 20

Side = Literal["ours", "theirs"]
SIDES: tuple[Side, ...] = ("ours", "theirs")


@dataclass(frozen=True, slots=True)
class PromiseList:
    """Promises of one side by the day they are due, with the way to those that come after."""

    rows: tuple[PromiseRow, ...]
    more_url: str = ""
    more_says: str = ""
    """ "312 more"."""


@dataclass(frozen=True, slots=True)
class PromisesPage:
    today: date
    is_everybodys: bool
    ours: PromiseList
    theirs: PromiseList
    waiting: tuple[PromiseRow, ...] = ()
    """Offered, asked for or taken as promised, by either side: it waits for a word."""
    settled_ours: tuple[PromiseRow, ...] = ()
    settled_theirs: tuple[PromiseRow, ...] = ()
    """The latest that were settled, of both sides together at most twenty."""
    keeping: KeepingPart | None = None
    """What became of promises so far, on the first page."""
    keeping_url: str = ""
    """Where that is counted, which takes a while for a whole house; empty where it stands here or there is none."""
    day: PastDay | None = None
    first_url: str = ""
    """Where the lists begin, for who came to a later part of one."""
    shapes: ClassVar[tuple[PromiseState, ...]] = (
        "offered", "open", "due", "late", "unconfirmed", "kept", "partly", "broken", "freed",
    )  # fmt: skip
    here: ClassVar[str] = "promises"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose promises, and after which of them a side goes on, as it stands in the address."""

    is_everybodys: bool = False
    ours: str = ""
    theirs: str = ""
    on: date | None = None
    """The past day, as known on which they are shown."""
    has_figures: bool = False
    """Whether what became of everybody's promises is counted for this page too."""

    @property
    def further(self) -> Side | None:
        """The side of which a later part was asked for."""
        return next((side for side in SIDES if getattr(self, side)), None)

    def url(self, **place: str) -> str:
        told = ({"whose": "everybody"} if self.is_everybodys else {}) | place
        told |= {"on": self.on.isoformat()} if self.on else {}
        return reverse("desk:promises") + (f"?{urlencode(told)}" if told else "")


def promises_page(member: Member, asked: Asked, *, at: datetime) -> PromisesPage:
    """Open promises by the day they are due, fifty a side, and the latest that were settled.

    Those of the relationships this member tends and their own; or everybody's, as far as this member may see them.
    """
    today = timezone.localdate(at)
    promises = _asked_for(member, asked, today)
    settled = list(promises.exclude(settled_at=None).order_by("-settled_at", "-id")[:SETTLED_MAX])
    ours, theirs = (_list(side, promises, member, asked, today) for side in SIDES)
    return PromisesPage(
        today=today,
        is_everybodys=asked.is_everybodys,
        ours=replace(ours, rows=_first_in_hand(ours.rows)),
        theirs=theirs,
        waiting=_waiting(promises, asked, member, today),
        settled_ours=promise_rows([one for one in settled if one.is_ours], member=member, on=today),
        settled_theirs=promise_rows([one for one in settled if not one.is_ours], member=member, on=today),
        first_url=asked.url() if asked.further else "",
        keeping=keeping_of(member, asked, at=at) if asked.has_figures or not asked.is_everybodys else None,
        keeping_url=asked.url(figures="1") if asked.is_everybodys and not (asked.further or asked.has_figures) else "",
    )


def keeping_of(member: Member, asked: Asked, *, at: datetime) -> KeepingPart | None:
    """What became of the promises a page shows, and the weeks ahead: the member's own, or of all of us."""
    if asked.further:
        return None
    promises = _asked_for(member, asked, timezone.localdate(at))
    own = promises if asked.is_everybodys else promises.filter(by__in=themselves(member))
    return keeping_part(promises, own, at=at)


def _waiting(promises: PromiseQuerySet, asked: Asked, member: Member, today: date) -> tuple[PromiseRow, ...]:
    """The latest fifty, on the first page alone."""
    if asked.further:
        return ()
    return promise_rows(promises.waiting().order_by("-offered_at", "-id")[:ROWS], member=member, on=today)


def further_promises(member: Member, asked: Asked, side: Side, *, at: datetime) -> PromiseList:
    """The next of one side, to be added to those that stand there; one goes on with the first of them."""
    today = timezone.localdate(at)
    found = _list(side, _asked_for(member, asked, today), member, asked, today)
    return replace(found, rows=tuple(replace(row, is_gone_on_with=place == 0) for place, row in enumerate(found.rows)))


def _asked_for(member: Member, asked: Asked, today: date) -> PromiseQuerySet:
    seen = (
        Promise.objects.visible_to(member)
        .standing()
        .exclude(to=None)
        .select_related("by__now", "to__now")
        .prefetch_related("events")
    )
    return seen if asked.is_everybodys else seen.filter(_mine(member, today))


def _mine(member: Member, today: date) -> Among:
    tended = Tending.objects.current(today).filter(member=member).values("relationship_id")
    of, me = Relationship.objects.filter(pk__in=tended).together(), themselves(member)
    # Each found by an index of its own, and told to the database as they are: asked for in one breath, it reads all promises
    # of the house.
    found = Promise.objects.filter(relationship_id__in=of).values_list("pk", flat=True)
    made = Promise.objects.filter(by__in=me).values_list("pk", flat=True)
    received = Promise.objects.filter(to__in=me, relationship=None).values_list("pk", flat=True)
    return among("pk", list(found.union(made, received)))


def _list(side: Side, promises: PromiseQuerySet, member: Member, asked: Asked, today: date) -> PromiseList:
    of_side = promises.open().ours() if side == "ours" else promises.open().theirs()
    after = of_side.filter(_beyond(getattr(asked, side)))
    found = list(after.order_by(F("due_on").asc(nulls_last=True), "id")[: ROWS + 1])
    shown = found[:ROWS]
    rows = promise_rows(shown, member=member, on=today)
    if len(found) == len(shown):
        return PromiseList(rows)
    place = f"{shown[-1].due_on or ''}/{shown[-1].pk}"
    more = of_side.filter(_beyond(place)).order_by()[: COUNTED_MAX + 1].count()
    return PromiseList(rows, more_url=asked.url(**{side: place}), more_says=_more_says(more))


def _beyond(place: str) -> Q:
    """Those after a place, which is the last one's day and id; all where it is no place."""
    day, _sep, promise_id = place.partition("/")
    try:
        due_on, last = (date.fromisoformat(day) if day else None), UUID(promise_id)
    except ValueError:
        return Q()
    if due_on is None:
        return Q(due_on=None, pk__gt=last)
    return Q(due_on__gt=due_on) | Q(due_on=due_on, pk__gt=last) | Q(due_on=None)


def _more_says(number: int) -> str:
    if number > COUNTED_MAX:
        return _("more than %(number)d more") % {"number": COUNTED_MAX}
    return ngettext("%(number)d more", "%(number)d more", number) % {"number": number}


def _first_in_hand(rows: tuple[PromiseRow, ...]) -> tuple[PromiseRow, ...]:
    """The first with which something may be done shows what."""
    first = next((row for row in rows if any(act.is_main for act in row.acts)), None)
    return tuple(replace(row, is_in_hand=True) if row is first else row for row in rows)
