"""Reading the book: the measures run, their sentences stored with what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import ibis.expr.types as ir
import numpy as np
from django.db import transaction

from ampersand.members.queries import the_house
from ampersand.parties.models import Relationship
from ampersand.readings import engines, following, rhythm, storing
from ampersand.readings.engines import Asked, Engine, Row
from ampersand.readings.measures.encounters import encounters, latest_encounters
from ampersand.readings.measures.gaps import gap_sums
from ampersand.readings.measures.whose_move import RULE_VERSION as WHOSE_MOVE_VERSION
from ampersand.readings.measures.whose_move import whose_move
from ampersand.readings.models import Measure, Reading, RhythmPrior

QUIET_VERSION = 1
# Fewer gaps than this say nothing about how long is long (readings.md section 0).
QUIET_GAPS_MIN = 5
# Beyond this share of its own next gaps a relationship is called quiet.
QUIET_SHARE = 0.9
# A reading shows the latest of what it rests on; the sums behind it count all.
EVIDENCE_MAX = 60
_EPOCH = date(1970, 1, 1)
_WRITTEN = [field.name for field in Reading._meta.concrete_fields if not field.primary_key]


def read_all(*, at: datetime) -> int:
    """Read the whole book afresh, fit the house's rhythm first. Answers how many readings stand."""
    with engines.whole_book(as_of=at) as engine, storing.everything() as put_aside:
        prior = _fit_prior(engine, at=at)
        count = sum(put_aside(_read(part, prior=prior, at=at)) for part in engine.parts())
    following.tell(None, at)
    return count


def read_one(relationship_id: UUID, *, at: datetime) -> list[Reading]:
    """Read one relationship afresh, on PostgreSQL."""
    return read_some([relationship_id], at=at)


def read_some(relationship_ids: Sequence[UUID], *, at: datetime) -> list[Reading]:
    """Read a few relationships afresh, on PostgreSQL, with those of whom their parties are the same. Those that are gone
    have no readings."""
    with transaction.atomic():
        # Two jobs may read the same one at once, and what it was about may be undone or closed meanwhile: who comes second
        # reads what then holds, and what was read before is not written after.
        same = Relationship.objects.the_same(relationship_ids)
        there = Relationship.objects.select_for_update(no_key=True).filter(pk__in=same).order_by("pk")
        ids = list(there.values_list("pk", flat=True))
        engine = engines.OnPostgres(as_of=at, relationship_ids=ids)
        readings = _read(engine, prior=_stored_prior(), at=at)
        Reading.objects.filter(relationship_id__in=ids).delete()
        # The reading of the whole book takes no turn: what it puts there just now is older than this.
        Reading.objects.bulk_create(readings, update_conflicts=True, unique_fields=["id"], update_fields=_WRITTEN)
    if ids:
        following.tell(ids, at)
    return readings


def _read(engine: Engine, *, prior: rhythm.Prior, at: datetime) -> list[Reading]:
    until = (("as_of_day", _as_of_day(at)),)
    latest = Asked(latest_encounters, (*until, ("most", EVIDENCE_MAX)))
    moves, gaps, met = engine.rows_of(Asked(whose_move), Asked(_gaps_until, until), latest)
    return [*_whose_move(moves, at=at), *_quiet(gaps, met, prior=prior, at=at)]


def _whose_move(rows: list[Row], *, at: datetime) -> Iterable[Reading]:
    for row in rows:
        yield Reading(
            id=_id(row["relationship_id"], Measure.WHOSE_MOVE),
            relationship_id=row["relationship_id"],
            measure=Measure.WHOSE_MOVE,
            rule_version=WHOSE_MOVE_VERSION,
            says=row["says"],
            count=row["approach_count"],
            as_of=at,
            since_on=_day(row["since_day"]) if row["since_day"] is not None else None,
            evidence=[row["moment_id"]] if row["moment_id"] else [],
        )


def _quiet(rows: list[Row], met: list[Row], *, prior: rhythm.Prior, at: datetime) -> Iterable[Reading]:
    """Quiet, by relationship: the open gap in days beside the range of the next gap (10 to 90 of 100) of its own rhythm."""
    if not rows:
        return
    gaps = _gaps(rows)
    low, high = rhythm.next_gap_quantile(0.1, gaps, prior) * 7, rhythm.next_gap_quantile(QUIET_SHARE, gaps, prior) * 7
    evidence = {row["relationship_id"]: row["moment_ids"] for row in met}
    for row, low_days, high_days in zip(rows, low, high, strict=True):
        says = "too_early"
        if row["gap_count"] >= QUIET_GAPS_MIN:
            says = "quiet" if row["open_days"] > high_days else "in_rhythm"
        yield Reading(
            id=_id(row["relationship_id"], Measure.QUIET),
            relationship_id=row["relationship_id"],
            measure=Measure.QUIET,
            rule_version=QUIET_VERSION,
            says=says,
            value=row["open_days"],
            low=float(low_days),
            high=float(high_days),
            usual=row["gap_days_median"],
            unit="days",
            count=row["gap_count"],
            since_on=_day(row["last_day"]),
            as_of=at,
            evidence=evidence.get(row["relationship_id"], []),
        )


def _gaps_until(contacts: ir.Table, *, as_of_day: int) -> ir.Table:
    return gap_sums(encounters(contacts), as_of_day=as_of_day)


def _id(relationship_id: object, measure: Measure) -> UUID:
    """The same each time it is read: a page that is open goes on opening what its sentences rest on."""
    return uuid5(UUID(str(relationship_id)), measure)


def _gaps(rows: list[Row]) -> rhythm.Gaps:
    return rhythm.Gaps(
        count=np.array([row["gap_count"] for row in rows], dtype=float),
        span_weeks=np.array([row["span_days"] for row in rows], dtype=float) / 7,
        log_gap_sum=np.array([row["log_gap_sum"] for row in rows], dtype=float),
    )


def _fit_prior(engine: engines.OnDuckDB, *, at: datetime) -> rhythm.Prior:
    """Fitted to the first part of the book, which has as many relationships as are looked at."""
    (rows,) = next(engine.parts()).rows_of(Asked(_gaps_until, (("as_of_day", _as_of_day(at)),)))
    prior = rhythm.fit(_gaps(rows)) if rows else rhythm.Prior()
    RhythmPrior.objects.update_or_create(
        id=1, defaults={"r": prior.r, "alpha": prior.alpha, "weights": list(prior.weights), "as_of": at}
    )
    return prior


def _stored_prior() -> rhythm.Prior:
    stored = RhythmPrior.objects.first()
    return rhythm.Prior(stored.r, stored.alpha, tuple(stored.weights)) if stored else rhythm.Prior()


def _as_of_day(at: datetime) -> int:
    house = the_house()
    return (at.astimezone(house.zone if house else ZoneInfo("UTC")).date() - _EPOCH).days


def _day(number: int) -> date:
    return _EPOCH + timedelta(days=int(number))
