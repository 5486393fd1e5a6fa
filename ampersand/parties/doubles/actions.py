"""Likely doubles of the house's own book: looked for, proposed, and answered by a person, or for certain by two signals."""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from ampersand.core import events
from ampersand.core.among import among
from ampersand.core.history import forget_past
from ampersand.core.whole import whole
from ampersand.members.models import Member
from ampersand.parties import merging
from ampersand.parties.doubles import brought, snapshot, vetoes, writing
from ampersand.parties.doubles.found import Found, Pair
from ampersand.parties.doubles.models import Answer, Double
from ampersand.parties.doubles.traits import Traits
from ampersand.parties.models import StandsFor

# What DuckDB may take; beyond it writes to disk.
MEMORY_MB = 2_000
# Two with whom the house is in touch are never taken for one without its people.
IN_TOUCH = timedelta(days=30)


class NotFound(RuntimeError):
    """The program that looks for doubles ended before it was done."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What became of one search: proposals that wait now, and pairs that were taken for one at once."""

    waiting: int
    merged: int


def look(*, at: datetime) -> Looked:
    """Look through the whole book. Looked twice, it is as looked once. Raises NotFound."""
    told = {record.key: record for record in snapshot.records()}
    found = _search(told.values())
    ends = snapshot.at_both_ends([one.pair for one in found])
    found = [one for one in found if one.pair not in ends and not _are_two(told, one)]
    merged = take_for_one([one for one in found if _is_certain(told, one)], at=at)
    propose([*(one for one in found if one.pair not in merged), *_asked_about(found)], at=at)
    return Looked(Double.objects.waiting(at).count(), len(merged))


def _asked_about(found: Iterable[Found]) -> list[Found]:
    """Those that wait and were not found now, but are likely by themselves: typed or brought in, they shared no key."""
    waiting = Double.objects.filter(answer="", party__now=None, other__now=None).values_list("party_id", "other_id")
    return brought.likely(set(waiting) - {one.pair for one in found})


def look_among(source_id: UUID, *, at: datetime) -> int:
    """Look who of those that came in with one source may be in the book already. Nobody is taken for one here. Answers how
    many pairs wait of them.
    """
    found = list(brought.found_in(source_id))
    if found:
        propose(found, at=at, is_all=False)
    return Double.objects.waiting(at).of_source(source_id).count()


@whole
def propose(found: Sequence[Found], *, at: datetime, is_all: bool = True) -> None:
    """Keep what was found as proposals. One that is no longer found is taken back, unless somebody answered it, or this is
    not all there is.
    """
    pairs = [one.pair for one in found]
    kept = Double.objects.select_for_update()
    known = kept if is_all else kept.filter(among("party_id", [one for one, _other in pairs]))
    there = {(one.party_id, one.other_id): one for one in known}
    two = answered(pairs, Answer.TWO)
    now = {one.pair: one for one in found if one.pair not in two}
    gone = [one.pk for pair, one in there.items() if is_all and pair not in now and not one.answer]
    Double.objects.filter(pk__in=gone).delete()
    forget_past(Double, gone)
    changed = [one for pair, one in there.items() if pair in now and one.reasons != _told(now[pair])]
    for one in changed:
        one.probability, one.reasons = (
            now[one.party_id, one.other_id].probability,
            _told(now[one.party_id, one.other_id]),
        )
    Double.objects.bulk_update(changed, ["probability", "reasons"], batch_size=5_000)
    Double.objects.bulk_create(
        (
            Double(party_id=pair[0], other_id=pair[1], probability=one.probability, reasons=_told(one), found_at=at)
            for pair, one in now.items()
            if pair not in there
        ),
        batch_size=5_000,
        ignore_conflicts=True,
    )


@whole
def take_for_one(found: Sequence[Found], *, at: datetime) -> set[Pair]:
    """Take for one whom two independent strong signals join, but never two of whom both were met lately, nor two of whom
    somebody said anything, nor such two by way of a third. Answers the pairs that were.
    """
    pairs = [one.pair for one in found]
    kept_apart = answered(pairs, *Answer) | snapshot.met_since(pairs, since=at - IN_TOUCH)
    free = [pair for pair in pairs if pair not in kept_apart]
    refused = merging.refusals(free, member=None)
    merged = set(leaving_apart([pair for pair in free if pair not in refused], kept_apart))
    # Who was told of first is who the others stand for.
    order = [(other, one) for one, other in sorted(merged)]
    merging.merge_many(order, reason=_("The same name, and two more things the same."), by=None, at=at)
    return merged


def leaving_apart(pairs: Iterable[Pair], kept_apart: set[Pair]) -> Iterator[Pair]:
    """The pairs that join no two who are kept apart, be it over any number of others."""
    together: dict[UUID, frozenset[UUID]] = {}
    for one, other in pairs:
        here, there = together.get(one, frozenset([one])), together.get(other, frozenset([other]))
        if not any((min(ends), max(ends)) in kept_apart for ends in product(here, there)):
            together.update(dict.fromkeys(here | there, here | there))
            yield one, other


@whole
def say_two(double: Double, *, by: Member, at: datetime) -> None:
    """Say that the two are two. It is remembered, and they are not proposed again."""
    _answer(double, Answer.TWO, by=by, at=at)


@whole
def say_later(double: Double, *, by: Member, at: datetime) -> None:
    """Put the question off: it is asked again after three months."""
    _answer(double, Answer.LATER, by=by, at=at)


@whole
def say_same(double: Double, *, reason: str, by: Member, at: datetime) -> StandsFor:
    """Say that the two are one: who was told of later stands for the other. Raises what `merging.merge` does."""
    first, second = sorted([double.party, double.other], key=lambda party: (party.told_at, party.pk))
    link = merging.merge(second, first, reason=reason, by=by, at=at)
    _answer(double, Answer.SAME, by=by, at=at)
    return link


@whole
def take_back(double: Double, *, by: Member, at: datetime) -> None:
    """Take an answer back: the two wait again. That they are one is withdrawn by `merging.unmerge`."""
    _answer(double, "", by=by, at=at)


def answered(pairs: Iterable[Pair], *answers: Answer) -> set[Pair]:
    """Of whom of these somebody said one of these. It holds for whoever the two are taken for now, as long as they are."""
    asked = list({party_id for pair in pairs for party_id in pair})
    ends = (Q(among(end, asked)) | Q(among(f"{end}__now", asked)) for end in ("party", "other"))
    rows = Double.objects.filter(*ends, answer__in=answers).values_list(
        "party_id", "other_id", "party__now_id", "other__now_id"
    )
    found = set()
    for party_id, other_id, party_now, other_now in rows:
        one, other = sorted([party_now or party_id, other_now or other_id])
        found |= {(party_id, other_id), (one, other)}
    return found


def _answer(double: Double, answer: str, *, by: Member, at: datetime) -> None:
    double.answer, double.answered_at, double.answered_by = answer, at, by
    double.save(update_fields=["answer", "answered_at", "answered_by"])
    events.record("double.answered", at=at, by_id=by.pk, subject_id=double.pk)


def _search(records: Iterable[Traits]) -> list[Found]:
    """What the program of `finding` finds among these, in a process that ends with its memory."""
    with tempfile.TemporaryDirectory() as folder:
        writing.write(records, Path(folder) / "left.jsonl")
        command = [sys.executable, "-m", "ampersand.parties.doubles.finding", folder, "--memory", str(MEMORY_MB)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=settings.BASE_DIR.parent, check=False)
        if done.returncode:
            raise NotFound(done.stderr[-2_000:])
        with (Path(folder) / "pairs.csv").open(newline="", encoding="utf-8") as stream:
            return [_found(row) for row in csv.DictReader(stream)]


def _found(row: Mapping[str, str]) -> Found:
    one, other = sorted([UUID(row["left"]), UUID(row["right"])])
    reasons = tuple(tuple(reason.split("=")) for reason in row["reasons"].split(";") if reason)
    return Found((one, other), float(row["probability"]), reasons)  # type: ignore[arg-type]


def _are_two(told: Mapping[str, Traits], found: Found) -> bool:
    one, other = (told[str(party_id)] for party_id in found.pair)
    return vetoes.tells_apart(one, other) or vetoes.is_rather_family(found.reasons, kind=one.kind)


def _is_certain(told: Mapping[str, Traits], found: Found) -> bool:
    kind = told[str(found.pair[0])].kind
    return vetoes.is_certain(found.reasons, kind=kind, probability=found.probability)


def _told(found: Found) -> list[list[str]]:
    return [[column, likeness] for column, likeness in found.reasons]


__all__ = [
    "Found",
    "Looked",
    "NotFound",
    "answered",
    "leaving_apart",
    "look",
    "look_among",
    "propose",
    "say_later",
    "say_same",
    "say_two",
    "take_back",
]
