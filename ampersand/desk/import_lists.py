"""Whom and what an import brought, joined and left after its undo: the first fifty of each, and how many more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ampersand.channels.models import Fate, Import, ImportItem
from ampersand.desk.names import url_of
from ampersand.desk.pages.imports import ReportList, ReportRow
from ampersand.exchange.models import Concession, Transaction
from ampersand.members.models import Member
from ampersand.notebook.undoing import Rests
from ampersand.parties.models import Party, Relationship
from ampersand.promises.models import Promise
from ampersand.timeline.models import Moment

SHOWN_MAX = 50

Named = dict[UUID, tuple[str, str]]


def report_lists(import_: Import) -> dict[str, ReportList | None]:
    """The lists of a report by the names of its fields, as far as whoever brought it in may see them."""
    return {"came_in": _came_in(import_), "joined_to": _joined_to(import_)}


def kept_after_undo(import_: Import) -> ReportList | None:
    """What stays of an import that was undone, and why, as long as it is there."""
    left = (import_.after_undo or {}).get("left", [])
    named: Named = {}
    for model, find in _NAMED.items():
        named |= find([UUID(pk) for one, pk, _why in left if one == model], import_.member)
    told = [(UUID(pk), why) for _model, pk, why in left if UUID(pk) in named]
    rows = [ReportRow(*named[pk], why=str(Rests(why).label)) for pk, why in told[:SHOWN_MAX]]
    return ReportList(tuple(rows), max(0, len(told) - SHOWN_MAX)) if rows else None


def _came_in(import_: Import) -> ReportList | None:
    known = (
        Relationship.objects.visible_to(import_.member)
        .filter(party__source=import_.source_id, party__erased_at=None)
        .select_related("party")
        .order_by("party__sort_key", "id")
    )
    rows = tuple(ReportRow(str(one), reverse("desk:relationship", args=[one.pk])) for one in known[:SHOWN_MAX])
    return ReportList(rows, known.count() - len(rows)) if rows else None


def _joined_to(import_: Import) -> ReportList | None:
    items = import_.items.filter(fate=Fate.JOINED).exclude(fact_id=None).order_by("part", "ordinal")
    shown = list(items[:SHOWN_MAX])
    ids = [item.fact_id for item in shown if item.fact_id]
    named: Named = {}
    for find in (_parties, _moments, _trade):
        named |= find(ids, import_.member)
    rows = tuple(_joined_row(item, named) for item in shown if item.fact_id in named)
    return ReportList(rows, items.count() - len(shown)) if rows else None


def _joined_row(item: ImportItem, named: Named) -> ReportRow:
    name, url = named[item.fact_id or item.run_id]
    return ReportRow(
        name,
        url,
        why=item.reason or _("It was known already, by the same number or at the same time."),
        place=item.place,
    )


def _parties(ids: Iterable[UUID], member: Member) -> Named:
    found = Party.objects.visible_to(member).filter(pk__in=ids, erased_at=None).select_related("relationship")
    return {party.pk: (str(party), url_of(party)) for party in found}


def _relationships(ids: Iterable[UUID], member: Member) -> Named:
    found = Relationship.objects.visible_to(member).filter(pk__in=ids, party__erased_at=None).select_related("party")
    return {one.pk: (str(one), reverse("desk:relationship", args=[one.pk])) for one in found}


def _moments(ids: Iterable[UUID], member: Member) -> Named:
    found = Moment.objects.visible_to(member).filter(pk__in=ids)
    return {
        one.pk: (one.subject or capfirst(str(one.get_mode_display())), reverse("desk:moment", args=[one.pk]))
        for one in found
    }


def _trade(ids: Iterable[UUID], member: Member) -> Named:
    found = Transaction.objects.visible_to(member).filter(pk__in=ids).select_related("party__relationship")
    return {
        one.pk: (" ".join(filter(None, (str(one.party), one.get_kind_display(), one.number))), url_of(one.party))
        for one in found
    }


def _promises(ids: Iterable[UUID], member: Member) -> Named:
    found = Promise.objects.visible_to(member).filter(pk__in=ids)
    return {one.pk: (one.words, reverse("desk:relationship", args=[one.relationship_id])) for one in found if one.words}


def _concessions(ids: Iterable[UUID], member: Member) -> Named:
    found = Concession.objects.visible_to(member).filter(pk__in=ids)
    return {one.pk: (one.words, reverse("desk:relationship", args=[one.relationship_id])) for one in found if one.words}


_NAMED: dict[str, Callable[[Iterable[UUID], Member], Named]] = {
    "relationship": _relationships,
    "moment": _moments,
    "promise": _promises,
    "concession": _concessions,
}
