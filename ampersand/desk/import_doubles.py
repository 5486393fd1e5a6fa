"""Row by row, whom an import brought who is likely in the book already: a few at a time, for a person to say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.channels.models import Import
from ampersand.core import jobs
from ampersand.desk.doubles import MOST_COUNTED, in_words
from ampersand.desk.names import url_of
from ampersand.desk.pages.import_doubles import ImportDoublesPage, LikelyRow
from ampersand.parties.doubles.models import Double, DoubleQuerySet
from ampersand.parties.models import Party
from ampersand.parties.tasks import lock_of

ROWS_SHOWN = 20
# Where nothing does the jobs of this house, nobody waits on the page for one.
LOOKED_WITHIN = timedelta(minutes=30)


def import_doubles_page(import_: Import, *, at: datetime, after: UUID | None, row: int = 0) -> ImportDoublesPage:
    """The likeliest first; `after` is the last one of the page before, and `row` which of these is in hand."""
    here = reverse("desk:import_doubles", args=[import_.pk])
    found = list(likeliest_after(waiting(import_, at=at), after)[: ROWS_SHOWN + 1])
    shown = found[:ROWS_SHOWN]
    places = _places(import_, shown)
    is_looking = is_looked_for(import_, at=at)
    return ImportDoublesPage(
        name=str(import_.source),
        today=timezone.localdate(at),
        import_id=import_.pk,
        says=_("Those who came in are being looked for in the book.") if is_looking else says(import_, at=at),
        rows=tuple(
            _row(double, import_, places, is_in_hand=number == min(row, len(shown) - 1))
            for number, double in enumerate(shown)
        ),
        report_url=reverse("desk:import_report", args=[import_.pk]),
        after=str(after or ""),
        more_url=f"{here}?after={shown[-1].pk}" if len(found) > ROWS_SHOWN else "",
        refresh_url=here if is_looking and not shown else "",
    )


def waiting(import_: Import, *, at: datetime) -> DoubleQuerySet:
    """The pairs of this import that wait for an answer, as far as whoever brought it in may see both."""
    return Double.objects.visible_to(import_.member).of_source(import_.source_id).waiting(at)


def says(import_: Import, *, at: datetime) -> str:
    """How many of them are likely in the book already; empty where none is."""
    count = len(waiting(import_, at=at).order_by()[: MOST_COUNTED + 1].values_list("pk"))
    if not count:
        return ""
    if count > MOST_COUNTED:
        return _("More than %(count)d who came in are likely in the book already.") % {"count": MOST_COUNTED}
    told = ngettext(
        "%(count)d who came in is likely in the book already.",
        "%(count)d who came in are likely in the book already.",
        count,
    )
    return told % {"count": count}


def is_looked_for(import_: Import, *, at: datetime) -> bool:
    """Whether those who came in are still being compared with who was there."""
    ended_at = import_.ended_at
    is_fresh = ended_at is not None and at - ended_at < LOOKED_WITHIN
    return is_fresh and import_.undone_at is None and jobs.is_under_way(lock_of(import_.source_id))


def likeliest_after(doubles: DoubleQuerySet, after: UUID | None) -> DoubleQuerySet:
    """The likeliest first; with `after`, those that come after that one."""
    ordered = doubles.select_related("party__now", "other__now", "party__relationship", "other__relationship").order_by(
        "-probability", "id"
    )
    last = Double.objects.filter(pk=after).first() if after else None
    if last is None:
        return ordered
    return ordered.filter(Q(probability__lt=last.probability) | Q(probability=last.probability, pk__gt=last.pk))


def _places(import_: Import, doubles: Iterable[Double]) -> dict[UUID | None, str]:
    """Where in the file each of them stood: where they were met first."""
    ids = {party_id for double in doubles for party_id in (double.party_id, double.other_id)}
    items = import_.items.filter(fact_id__in=ids).order_by("-part", "-ordinal")
    return dict(items.values_list("fact_id", "place"))


def _row(double: Double, import_: Import, places: dict[UUID | None, str], *, is_in_hand: bool) -> LikelyRow:
    came, known = _came_first(double, import_)
    return LikelyRow(
        name=str(came),
        url=url_of(came),
        place=places.get(came.pk, ""),
        other_name=str(known),
        other_url=url_of(known),
        reasons=capfirst(in_words(double)),
        same_url=reverse("desk:double_same", args=[double.pk]),
        two_url=reverse("desk:double_two", args=[double.pk]),
        later_url=reverse("desk:double_later", args=[double.pk]),
        is_in_hand=is_in_hand,
    )


def _came_first(double: Double, import_: Import) -> tuple[Party, Party]:
    """Who came in, then whom they may be; where both did, the later first."""
    is_other = double.other.source_id == import_.source_id
    return (double.other, double.party) if is_other else (double.party, double.other)
