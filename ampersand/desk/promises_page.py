"""The ledger of promises, both ways, as far as this member tends them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.db.models import F, Q
from django.utils import timezone

from ampersand.desk.pages import PromiseRow
from ampersand.desk.promise_rows import promise_rows
from ampersand.members.models import Member
from ampersand.parties.models import Tending
from ampersand.promises.models import Promise

ROWS_MAX = 100


@dataclass(frozen=True, slots=True)
class PromisesPage:
    today: date
    ours: tuple[PromiseRow, ...]
    theirs: tuple[PromiseRow, ...]
    here: ClassVar[str] = "promises"


def promises_page(member: Member, *, at: datetime) -> PromisesPage:
    """Open promises in the relationships this member tends, or of their own, by the day they are due."""
    today = timezone.localdate(at)
    tended = Tending.objects.current(today).filter(member=member).values("relationship_id")
    rows = (
        Promise.objects.visible_to(member)
        .open()
        .filter(Q(relationship_id__in=tended) | Q(by__member=member))
        .select_related("by", "to")
        .prefetch_related("events")
        .order_by(F("due_on").asc(nulls_last=True), "id")
    )
    return PromisesPage(
        today=today,
        ours=promise_rows(rows.ours()[:ROWS_MAX], member=member, on=today),
        theirs=promise_rows(rows.theirs()[:ROWS_MAX], member=member, on=today),
    )
