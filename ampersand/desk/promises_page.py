"""The ledger of promises, both ways: as far as this member tends them, or of the whole house."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar

from django.db.models import F, Q
from django.utils import timezone

from ampersand.desk.pages import PromiseRow, PromiseState
from ampersand.desk.promise_rows import promise_rows
from ampersand.members.models import Member
from ampersand.parties.models import Tending
from ampersand.promises.models import Promise, PromiseQuerySet

ROWS_MAX = 100
SETTLED_MAX = 20


@dataclass(frozen=True, slots=True)
class PromisesPage:
    today: date
    is_everybodys: bool
    ours: tuple[PromiseRow, ...]
    theirs: tuple[PromiseRow, ...]
    settled_ours: tuple[PromiseRow, ...] = ()
    settled_theirs: tuple[PromiseRow, ...] = ()
    """The latest that were settled, of both sides together at most twenty."""
    shapes: ClassVar[tuple[PromiseState, ...]] = (
        "open", "due", "late", "unconfirmed", "kept", "partly", "broken", "freed",
    )  # fmt: skip
    here: ClassVar[str] = "promises"


def promises_page(member: Member, *, is_everybodys: bool = False, at: datetime) -> PromisesPage:
    """Open promises by the day they are due, and the latest that were settled.

    Those of the relationships this member tends and their own; or everybody's, as far as this member may see them.
    """
    today = timezone.localdate(at)
    seen = Promise.objects.visible_to(member).standing().select_related("by", "to").prefetch_related("events")
    rows = seen if is_everybodys else seen.filter(_mine(member, today))
    still_open = rows.open().order_by(F("due_on").asc(nulls_last=True), "id")
    settled = list(rows.exclude(settled_at=None).order_by("-settled_at", "-id")[:SETTLED_MAX])
    return PromisesPage(
        today=today,
        is_everybodys=is_everybodys,
        ours=_first_in_hand(_rows(still_open.ours(), member, today)),
        theirs=_rows(still_open.theirs(), member, today),
        settled_ours=promise_rows([one for one in settled if one.is_ours], member=member, on=today),
        settled_theirs=promise_rows([one for one in settled if not one.is_ours], member=member, on=today),
    )


def _mine(member: Member, today: date) -> Q:
    tended = Tending.objects.current(today).filter(member=member).values("relationship_id")
    return Q(relationship_id__in=tended) | Q(by__member=member)


def _first_in_hand(rows: tuple[PromiseRow, ...]) -> tuple[PromiseRow, ...]:
    """The first with which something may be done shows what."""
    first = next((row for row in rows if row.done_url), None)
    return tuple(replace(row, is_in_hand=True) if row is first else row for row in rows)


def _rows(promises: PromiseQuerySet, member: Member, today: date) -> tuple[PromiseRow, ...]:
    return promise_rows(promises[:ROWS_MAX], member=member, on=today)
