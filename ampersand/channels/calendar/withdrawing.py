"""Meetings taken back: cancelled, or declined since they were brought in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q

from ampersand.channels.calendar.keys import key_told
from ampersand.channels.calendar.meetings import LeftOut
from ampersand.channels.calendar.parse import CANCELLED
from ampersand.channels.copying import copy
from ampersand.channels.keys import short
from ampersand.channels.models import ImportItem
from ampersand.channels.outcomes import plain
from ampersand.channels.run import Run, place_of
from ampersand.core import search
from ampersand.core.models import SourceKind
from ampersand.timeline import actions as timeline
from ampersand.timeline.models import Moment, Telling


def take_back(entries: Sequence[LeftOut], *, run: Run) -> None:
    """Withdraw the known meetings that these entries take back, each with a telling that an undo takes out again.

    What anything but a calendar told as well did happen, and stays. What only colleagues told is taken back by a
    cancellation alone, if it is no older than what they told.
    """
    entries = _not_told_before(entries, run)
    tellings = _known(entries)
    of_moment: dict[UUID, list[Telling]] = defaultdict(list)
    for telling in Telling.objects.filter(moment__in=[telling.moment_id for telling in tellings]).select_related(
        "source"
    ):
        of_moment[telling.moment_id].append(telling)
    withdrawn: dict[UUID, Moment] = {}
    fresh: list[Telling] = []
    resaid: list[Telling] = []
    for entry in entries:
        for telling in tellings:
            if telling.moment_id in withdrawn or not _means(entry, telling.key):
                continue
            told = of_moment[telling.moment_id]
            if not _may_withdraw(entry, told, run):
                continue
            moment = withdrawn[telling.moment_id] = telling.moment
            moment.withdrawn_at = run.at
            mine = next(
                (one for one in told if one.source_id == run.import_.source_id and one.key == telling.key), None
            )
            if mine is None:
                fresh.append(_telling(moment, telling, entry, run))
            else:
                mine.said = {**mine.said, "withdrew": True, "version": _version(entry)}
                resaid.append(mine)
    Moment.objects.bulk_update(withdrawn.values(), ["withdrawn_at"], batch_size=500)
    copy(fresh)
    Telling.objects.bulk_update(resaid, ["said"], batch_size=500)
    if withdrawn:
        search.remove(list(withdrawn))


def own_key(entry: LeftOut) -> str:
    """What such an entry is known again by: taken back once, a meeting that came since is not taken back by it again."""
    return short("off", plain(f"{place_of(entry.place)} {_version(entry)} {entry.reason.text} {entry.withdraws}"))


def told_before(keys: Iterable[str], *, run: Run) -> set[str]:
    """Those of these keys under which this member brought in something before, the run under way included."""
    wanted = list(keys)
    lines = ImportItem.objects.filter(key__in=wanted, run__member=run.member, run__undone_at=None)
    return set(lines.values_list("key", flat=True)) if wanted else set()


def _not_told_before(entries: Sequence[LeftOut], run: Run) -> list[LeftOut]:
    told = told_before((own_key(entry) for entry in entries), run=run)
    return [entry for entry in entries if own_key(entry) not in told]


def _known(entries: Sequence[LeftOut]) -> list[Telling]:
    """Standing tellings of the meetings meant, the earliest of each first."""
    wanted = Q(key__in=[_whole_key(entry) for entry in entries])
    for entry in entries:
        if _is_whole_series(entry):
            wanted |= Q(key__startswith=_whole_key(entry))
    found = Telling.objects.filter(wanted, is_apart=False, withdrawn_at=None, moment__withdrawn_at=None)
    return list(found.select_related("moment", "source").order_by("told_at", "id")) if entries else []


def _is_whole_series(entry: LeftOut) -> bool:
    return entry.meeting is None or not entry.meeting.recurrence_id


def _whole_key(entry: LeftOut) -> str:
    return key_told(f"{entry.withdraws}/" if _is_whole_series(entry) else entry.withdraws)


def _means(entry: LeftOut, key: str) -> bool:
    whole = _whole_key(entry)
    return key.startswith(whole) if _is_whole_series(entry) else key == whole


def _may_withdraw(entry: LeftOut, told: Sequence[Telling], run: Run) -> bool:
    if any(telling.source is None or telling.source.kind != SourceKind.CALENDAR for telling in told):
        return False
    latest = max((telling.said.get("version") or 0 for telling in told), default=0)
    is_own_alone = all(telling.told_by_id == run.member.pk for telling in told)
    is_in_time = _version(entry) >= latest or entry.meeting is None
    return is_in_time and (is_own_alone or entry.reason.text == CANCELLED)


def _version(entry: LeftOut) -> int:
    return entry.meeting.sequence if entry.meeting else 0


def _telling(moment: Moment, known: Telling, entry: LeftOut, run: Run) -> Telling:
    said = {
        **known.said,
        "parties": [],
        "joined": True,
        "added": [],
        "filled": [],
        "withdrew": True,
        "version": max(_version(entry), known.said.get("version") or 0),
        "changed": {"withdrawn_at": [None, timeline.as_said(moment.withdrawn_at)]},
    }
    return Telling(moment=moment, key=known.key, said=said, **run.teller(place_of(entry.place)).fields())
