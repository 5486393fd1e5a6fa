"""Mail among ourselves that went by a list: nobody's moment with the outside, so it is left out.

One mail does not show whether a list is ours alone; whoever wrote to it does. So it is asked once a whole source was told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from ampersand.channels.mail.reasons import Reason
from ampersand.channels.models import Fate, ImportItem
from ampersand.channels.people import is_under
from ampersand.channels.run import Run
from ampersand.core import erasure, search
from ampersand.core.history import triggers_at_rest
from ampersand.members.models import HouseDomain
from ampersand.timeline.models import Attachment, Began, Moment, Participant, Telling


@dataclass(frozen=True, slots=True)
class _Candidate:
    moment_id: UUID
    lists: frozenset[str]
    answers: frozenset[str]


def leave_out(*, run: Run) -> None:
    """Leave out what only this source told, of ours to nobody but ours, by lists of the house to which, as far as is
    known, nobody from outside has written or been written to."""
    candidates = list(_among_ourselves(run.import_.source_id))
    if not candidates:
        return
    lists = frozenset[str]().union(*(one.lists for one in candidates))
    open_ones = (lists - _of_house(lists)) | _answer_the_unknown(candidates)
    open_ones |= _reach_outside(Telling.objects.filter(source_id=run.import_.source_id), lists - open_ones)
    open_ones |= _reach_outside(Telling.objects.all(), lists - open_ones)
    _take_out([one.moment_id for one in candidates if one.lists.isdisjoint(open_ones)], run=run)


def _among_ourselves(source_id: UUID) -> Iterator[_Candidate]:
    outside = Participant.objects.filter(moment=OuterRef("moment"), is_ours=False)
    others = Telling.objects.filter(moment=OuterRef("moment")).exclude(pk=OuterRef("pk"))
    told = Telling.objects.filter(
        ~Exists(outside), ~Exists(others), source_id=source_id, moment__source_id=source_id, said__began=Began.US
    )
    # Few mails of a mailbox came by a list: of those alone it is asked who took part.
    for moment_id, said in told.exclude(said__lists=[]).values_list("moment_id", "said"):
        if said.get("lists"):
            yield _Candidate(moment_id, frozenset(said["lists"]), frozenset(said["references"]))


def _answer_the_unknown(candidates: Collection[_Candidate]) -> set[str]:
    """The lists by which we answered what is not in the book: somebody from outside may have written that."""
    answered = {f"mail:{one}": one for candidate in candidates for one in candidate.answers}
    known = set(Telling.objects.filter(key__in=list(answered)).values_list("key", flat=True))
    unknown = {one for key, one in answered.items() if key not in known}
    return {of for candidate in candidates if candidate.answers & unknown for of in candidate.lists}


def _of_house(lists: Iterable[str]) -> set[str]:
    domains = set(HouseDomain.objects.values_list("domain", flat=True))
    return {one for one in lists if is_under(one.rpartition("@")[2], domains)}


def _reach_outside(told: QuerySet[Telling], lists: Collection[str]) -> set[str]:
    """Those of these lists by which something went from or to somebody outside."""
    if not lists:
        return set()
    by_a_list = Q()
    for one in lists:
        by_a_list |= Q(said__lists__contains=[one])
    outside = Participant.objects.filter(moment=OuterRef("moment"), is_ours=False)
    found: Any = told.filter(by_a_list, Exists(outside), withdrawn_at=None).values_list("said__lists", flat=True)
    return {one for some in found.distinct() for one in some} & set(lists)


def _take_out(moment_ids: Collection[UUID], *, run: Run) -> None:
    if not moment_ids:
        return
    attached = Attachment.objects.filter(moment__in=moment_ids)
    erasure.let_go_of_files(list(attached.values_list("file_id", flat=True)))
    search.remove(list(moment_ids))
    # What was never to be told leaves no past.
    with triggers_at_rest("timeline.Moment:delete_delete", "timeline.Telling:delete_delete"):
        Moment.objects.filter(pk__in=moment_ids).delete()
    ImportItem.objects.filter(run=run.import_, fact_id__in=moment_ids).update(
        fate=Fate.LEFT_OUT, reason=Reason("left_own_list").sentence(), fact_id=None
    )
