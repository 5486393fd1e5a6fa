"""One moment with where it came from, and all moments of a relationship in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import ClassVar
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.desk.names import parties_of
from ampersand.desk.pages import Link, NotebookRow
from ampersand.desk.relationship import moment_row
from ampersand.desk.templatetags.desk import spoken_day
from ampersand.members.models import Member
from ampersand.parties.models import Party, Relationship
from ampersand.timeline.models import Moment

PAGE_ROWS = 50


@dataclass(frozen=True, slots=True)
class TellingRow:
    """What one source told, and the exact place in it."""

    says: str
    place: str
    told_at: datetime
    apart_url: str = ""


@dataclass(frozen=True, slots=True)
class MomentPage:
    title: str
    today: date
    when: datetime | None
    on: date
    people: tuple[Link, ...]
    ours: tuple[str, ...]
    words: str
    where: str
    tellings: tuple[TellingRow, ...]
    is_withdrawn: bool
    here: ClassVar[str] = "relationships"


@dataclass(frozen=True, slots=True)
class MomentsPage:
    title: str
    back_url: str
    rows: tuple[NotebookRow, ...]
    today: date
    earlier_url: str = ""
    known_on: date | None = None
    """Set when the page shows what was known on a past day."""
    here: ClassVar[str] = "relationships"


def moment_page(moment: Moment, *, member: Member) -> MomentPage:
    """A moment: who, when, the words that were kept, and every source that told of it."""
    tellings = list(moment.tellings.select_related("source", "told_by").order_by("told_at", "id"))
    parties = list(
        Party.objects.visible_to(member)
        .filter(participations__moment=moment)
        .select_related("member")
        .order_by("sort_key", "id")
    )
    rows = tuple(
        TellingRow(
            says=str(telling.source.get_kind_display()) if telling.source else _("told by hand"),
            place=telling.place,
            told_at=telling.told_at,
            apart_url=reverse("desk:take_apart", args=[telling.pk]) if telling.may_be_taken_apart(member) else "",
        )
        for telling in tellings
    )
    if not rows:
        label = str(moment.source.get_kind_display()) if moment.source else _("told by hand")
        rows = (TellingRow(says=label, place=moment.place, told_at=moment.told_at),)
    return MomentPage(
        title=moment.subject or str(moment.get_mode_display()).capitalize(),
        today=timezone.localdate(),
        when=None if moment.is_all_day else moment.happened_at,
        on=moment.on_day,
        people=tuple(Link(str(p), reverse("desk:party", args=[p.pk])) for p in parties if not p.is_ours),
        ours=tuple(p.name for p in parties if p.is_ours),
        words=moment.body or moment.words,
        where=moment.where,
        tellings=rows,
        is_withdrawn=moment.withdrawn_at is not None,
    )


def moments_page(
    relationship: Relationship, *, member: Member, before: str, at: datetime, known_on: date | None = None
) -> MomentsPage:
    """The moments of a relationship, newest first, fifty a page; `before` is where the last page ended.

    With `known_on`, those that had been told by the end of that day and were not withdrawn by then.
    """
    today = timezone.localdate(at)
    known_at = at if known_on is None else timezone.make_aware(datetime.combine(known_on, time.max))
    rows = (
        Moment.objects.visible_to(member)
        .as_known_on(known_at)
        .with_parties(list(parties_of(relationship)))
        .select_related("told_by")
        .prefetch_related("participants__party")
    )
    edge = _edge(before)
    if edge is not None:
        rows = rows.filter(Q(happened_at__lt=edge[0]) | Q(happened_at=edge[0], pk__lt=edge[1]))
    found = list(rows.order_by("-happened_at", "-id")[: PAGE_ROWS + 1])
    here = reverse("desk:moments", args=[relationship.pk])
    on = f"&on={known_on.isoformat()}" if known_on else ""
    last = found[PAGE_ROWS - 1] if len(found) > PAGE_ROWS else None
    return MomentsPage(
        title=_("All moments with %(name)s") % {"name": relationship.party},
        back_url=reverse("desk:relationship", args=[relationship.pk]),
        rows=tuple(moment_row(moment, today=today) for moment in found[:PAGE_ROWS]),
        earlier_url=f"{here}?before={last.happened_at.timestamp():.6f}.{last.pk}{on}" if last else "",
        known_on=known_on,
        today=today,
    )


def _edge(before: str) -> tuple[datetime, UUID] | None:
    try:
        seconds, micro, moment_id = before.split(".", 2)
        return datetime.fromtimestamp(float(f"{seconds}.{micro}"), tz=timezone.get_current_timezone()), UUID(moment_id)
    except (ValueError, OverflowError, OSError):
        return None


__all__ = ["MomentPage", "MomentsPage", "moment_page", "moments_page", "spoken_day"]
