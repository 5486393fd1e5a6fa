"""Bringing something in: the same way for every kind of file.

A run reads items in order and loads them in small transactions. Each transaction writes the facts of its items together
with their lines of the ledger, so a run that was killed goes on after the last line it wrote, and ends as it would have
ended undisturbed. What needs the whole file (threads, who became known) is settled at the end from what is stored, and
settling twice changes nothing.
"""

from __future__ import annotations

import csv
import gc
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ampersand.channels import ahead, followers
from ampersand.channels.copying import copy_rows, count_anew
from ampersand.channels.models import Fate, Import, ImportItem
from ampersand.channels.outcomes import Place, plain
from ampersand.channels.tables.rejects import neutralise
from ampersand.core import events, files, jobs, locks
from ampersand.core.logs import kind_of
from ampersand.core.models import SearchEntry, SearchName
from ampersand.exchange.models import Transaction
from ampersand.members.models import House, Member
from ampersand.parties.actions import Teller
from ampersand.parties.models import Detail, Identifier, Party, Relationship, Tie
from ampersand.parties.tasks import LOOK_AMONG, lock_of
from ampersand.timeline.models import Moment, Participant, Telling

BATCH = 500
# From so many items on, the tables they fill are counted anew before anything is settled.
LARGE = 2_000
# How many batches are loaded between two searches for rings of objects.
SWEPT_EACH = 20
_FILLED = (
    Party, Identifier, Detail, Tie, Relationship, Moment, Participant, Telling, Transaction, ImportItem, SearchEntry,
    SearchName,
)  # fmt: skip


def place_of(place: Place) -> str:
    """A place as the ledger and the facts tell it: the path inside the import and the line.

    >>> place_of(Place("cards.vcf", 12))
    'cards.vcf:12'
    """
    return f"{place.path[-280:]}:{place.line}"


@dataclass(slots=True)
class Item:
    """One thing met in a file, in order from 1, with its exact place. `payload` is what the channel's parser made of it."""

    ordinal: int
    place: str
    payload: Any


@dataclass(slots=True)
class Outcome:
    """What became of an item. `reason` is a sentence for a person; `row` is the original, for the file of rejected rows."""

    item: Item
    fate: Fate
    reason: str = ""
    key: str = ""
    fact_id: UUID | None = None


@dataclass
class Run:
    """A run under way: who brings what into which house, and what it has touched so far."""

    import_: Import
    house: House
    at: datetime
    touched: set[UUID] = field(default_factory=set)

    @property
    def member(self) -> Member:
        return self.import_.member

    def teller(self, place: str = "") -> Teller:
        return Teller(at=self.at, by=self.member, source=self.import_.source, place=place[:300])


class Loader(Protocol):
    """What a channel brings: how to count, read, load and settle its kind of file.

    One that loads set by set may say how many items it wants at once (`batch`).
    """

    def count(self) -> int | None:
        """How many items there are, where that is cheap to know."""

    def items(self, *, after: int) -> Iterator[Item]:
        """The items after this ordinal, streamed. The same file gives the same items in the same order."""

    def load(self, items: Sequence[Item], *, run: Run) -> list[Outcome]:
        """Write the facts of a batch, inside the transaction around it; one outcome an item, in order."""

    def settle(self, *, run: Run) -> None:
        """What needs the whole file. May run twice, and twice is as once."""

    def rejected_file(self, rejected: Sequence[ImportItem]) -> bytes | None:
        """A table that hands the rejected items back as they were, with their reasons; None for places and reasons alone."""


Heard = Callable[[int, int | None], None]


def carry_out(import_: Import, loaders: Sequence[Loader], *, heard: Heard | None = None) -> None:
    """Run an import from where it stands to its end. `heard` is told how many items are done, of how many.

    An import that ended changes nothing; one that another process carries out is waited for, and gone on with where that
    one was killed. A failure is kept in `last_error` and raised; carrying it out again resumes.
    """
    with locks.held_alone(int.from_bytes(import_.pk.bytes[:8], signed=True)):
        import_.refresh_from_db(fields=["ended_at", "undone_at", "item_count"])
        if import_.ended_at or import_.undone_at:
            return
        run = Run(import_=import_, house=House.objects.get(), at=import_.began_at)
        with translation.override(import_.member.language or run.house.language or "en"), _with_less_sweeping():
            _carry_out(run, loaders, heard)


@contextmanager
def _with_less_sweeping() -> Iterator[None]:
    """Spare Python's search for cycles what was there before, and what a batch holds: it is a fifth of an import.

    An import makes few rings of objects, and `_load_all` has them swept now and then.
    """
    was_swept = gc.isenabled()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        if was_swept:
            gc.enable()


def _carry_out(run: Run, loaders: Sequence[Loader], heard: Heard | None) -> None:
    import_ = run.import_
    try:
        _count(import_, loaders)
        for part, loader in enumerate(loaders):
            _load_all(run, part, loader, heard)
        _step(import_, "settling")
        if (brought := import_.items.count()) >= LARGE:
            count_anew(_FILLED, brought=brought)
        for loader in loaders:
            with _one_at_a_time():
                loader.settle(run=run)
        _end(run, loaders)
    except Exception as error:
        # The words of an error may be those of a row.
        Import.objects.filter(pk=import_.pk).update(last_error=kind_of(error)[:2000])
        raise


def _count(import_: Import, loaders: Sequence[Loader]) -> None:
    counted = [loader.count() for loader in loaders] if import_.item_count is None else []
    known = [count for count in counted if count is not None]
    if known and len(known) == len(loaders):
        import_.item_count = sum(known)
    import_.step, import_.last_error = "reading", ""
    with _one_at_a_time():
        import_.save(update_fields=["item_count", "step", "last_error"])


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """A transaction beside which no other import writes, and nobody is erased."""
    with transaction.atomic():
        locks.alone(locks.BRINGING)
        locks.beside(locks.ERASING)
        yield


def _load_all(run: Run, part: int, loader: Loader, heard: Heard | None) -> None:
    import_ = run.import_
    done = import_.items.count()
    last = import_.items.filter(part=part).order_by("-ordinal").values_list("ordinal", flat=True).first() or 0
    items = iter(loader.items(after=last))
    for number, batch in enumerate(ahead.batches(items, size=getattr(loader, "batch", BATCH)), start=1):
        with _one_at_a_time():
            # Who undoes it waits until this is told.
            Import.objects.select_for_update().get(pk=import_.pk)
            outcomes = loader.load(batch, run=run)
            copy_rows(ImportItem, _LEDGER, [_line(import_, part, outcome) for outcome in outcomes])
        done += len(batch)
        if heard:
            heard(done, import_.item_count)
        if number % SWEPT_EACH == 0:
            gc.collect()


_LEDGER = ("run_id", "part", "ordinal", "place", "key", "fate", "reason", "fact_id")


def _line(import_: Import, part: int, outcome: Outcome) -> tuple[Any, ...]:
    """One line of the ledger, by its columns."""
    item = outcome.item
    place, reason = plain(item.place)[:300], plain(outcome.reason)[:300]
    return import_.pk, part, item.ordinal, place, outcome.key[:500], str(outcome.fate), reason, outcome.fact_id


def _step(import_: Import, step: str) -> None:
    import_.step = step
    import_.save(update_fields=["step"])


def _end(run: Run, loaders: Sequence[Loader]) -> None:
    import_ = run.import_
    handed_back = _handed_back(import_, loaders)
    # Who came in stands in the lists once it is said to be done; readings follow by a job.
    followers.tell(followers.told_of(import_.source_id), at=timezone.now())
    with transaction.atomic():
        if handed_back:
            import_.rejected_file = files.keep(handed_back, media_type="text/csv", at=run.at)
        import_.ended_at, import_.step, import_.item_count = timezone.now(), "", import_.items.count()
        import_.save(update_fields=["rejected_file", "ended_at", "step", "item_count"])
        events.record("import.ended", at=import_.ended_at, by_id=import_.member_id, subject_id=import_.pk)
    # One job for all that was touched: a mailbox touches thousands of relationships.
    jobs.defer("ampersand.readings.tasks.refresh_source", source_id=str(import_.source_id))
    jobs.defer(LOOK_AMONG, lock=lock_of(import_.source_id), source_id=str(import_.source_id))


def _handed_back(import_: Import, loaders: Sequence[Loader]) -> bytes | None:
    """The rejected items as a file: as they were where one table brought them all, else their places and reasons."""
    rejected = list(import_.items.filter(fate=Fate.REJECTED).order_by("part", "ordinal"))
    if not rejected:
        return None
    which = {item.part for item in rejected}
    as_they_were = loaders[which.pop()].rejected_file(rejected) if len(which) == 1 else None
    return as_they_were if as_they_were is not None else _places_and_reasons(rejected)


def _places_and_reasons(rejected: Sequence[ImportItem]) -> bytes:
    told = io.StringIO()
    table = csv.writer(told)
    table.writerow([_("Where it stands"), _("Why it was rejected")])
    table.writerows([neutralise(item.place), neutralise(item.reason)] for item in rejected)
    return told.getvalue().encode("utf-8-sig")
