"""What waits for a member's word, and what shakes below a promise they stand for: the first things on Today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from ampersand.desk.pages.promise import AskedPart, BackingRow
from ampersand.desk.promise_page import change_says
from ampersand.desk.promise_rows import promise_rows, words_of
from ampersand.members.models import Member
from ampersand.promises import queries
from ampersand.promises.queries import Backing

SHOWN_MAX = 7
DUE_DAYS = 3


def asked_part(member: Member, *, tended: Sequence[UUID], today: date) -> AskedPart:
    """What a colleague or the other side asks of this member, what moves below, and what is due among ourselves."""
    waits = [*queries.asked_of(member, on=today), *queries.waiting_for_us(member, relationship_ids=tended)]
    shaken = queries.shaken(member, on=today)[:SHOWN_MAX]
    rows = promise_rows([promise for promise, _below in shaken], member=member, on=today)
    inside = queries.due_inside(member, until=today + timedelta(days=DUE_DAYS))
    return AskedPart(
        waits=promise_rows(waits[:SHOWN_MAX], member=member, on=today),
        shaken=tuple(
            BackingRow(row, says=_below_says(backing, today=today))
            for (_above, backing), row in zip(shaken, rows, strict=True)
        ),
        inside=promise_rows(inside[:SHOWN_MAX], member=member, on=today),
    )


def _below_says(backing: Backing, *, today: date) -> str:
    """What became of that on which a promise leans, and which one that is."""
    words = {"what": words_of(backing.on), "says": change_says(backing, today=today)}
    return _("It leans on “%(what)s”. %(says)s") % words
