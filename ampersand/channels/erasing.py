"""What an erasure takes from what was brought in: the ledger's words, and the files themselves.

The file of an import that brought anything about the erased one is let go whole, since it holds their words among
those of others; the facts of the others were read from it and stay. What lies outside the house (the mailbox it came
from, a copy of the file) is not ours to erase.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from ampersand.channels.models import Import, ImportItem, ToldAgain
from ampersand.core import erasure
from ampersand.core.erasure import Erasing
from ampersand.core.models import Source
from ampersand.notebook.erasing import about_them
from ampersand.parties.models import Detail, Identifier, Party
from ampersand.timeline.models import Telling

_COLUMNS = ("place", "key", "reason")


class StillComing(RuntimeError):
    """Something is being brought in, and might bring what is being erased."""


def take_away(erasing: Erasing) -> int:
    """The step of this app. Raises StillComing while an import runs: it is waited for, or stopped, first."""
    under_way = Import.objects.filter(ended_at=None, undone_at=None, last_error="").exclude(item_count=None, step="")
    if under_way.exists():
        raise StillComing
    theirs = ImportItem.objects.filter(about_them(erasing.party_ids))
    sources = _sources(erasing.party_ids) | set(
        Import.objects.filter(Exists(theirs.filter(run=OuterRef("pk")))).values_list("source_id", flat=True)
    )
    alone = sources - set(_speaking_of_others(sources, erasing))
    _forget_names(theirs)
    row_count = _seal(theirs) + erasure.strike(ImportItem, *_COLUMNS, texts=erasing.texts)
    ToldAgain.objects.filter(party_id__in=erasing.party_ids).delete()
    _let_files_go(sources, at=erasing.at)
    return row_count + sum(
        (
            Import.objects.filter(source__in=alone).update(paths=[], mapping=None),
            Source.objects.filter(pk__in=alone).exclude(label="").update(label=""),
            erasure.strike(Import, "paths", "mapping", "after_undo", texts=erasing.texts),
            erasure.strike(Source, "label", texts=erasing.texts),
            erasure.strike(ToldAgain, "place", "said", texts=erasing.texts),
        )
    )


def _sources(party_ids: Iterable[UUID]) -> set[UUID]:
    """Every source that told something of them."""
    ids = list(party_ids)
    found: set[UUID] = set()
    for model, of_them in (
        (Party, Q(pk__in=ids)),
        (Identifier, Q(party__in=ids)),
        (Detail, Q(party__in=ids)),
        (Telling, Q(moment__participants__party__in=ids)),
    ):
        found.update(model._default_manager.filter(of_them).exclude(source=None).values_list("source_id", flat=True))
    return found


def _speaking_of_others(sources: set[UUID], erasing: Erasing) -> Iterable[UUID]:
    """Those that told of somebody else as well."""
    others = ImportItem.objects.exclude(fact_id=None).exclude(about_them(erasing.party_ids))
    parties = Party.objects.exclude(pk__in=erasing.party_ids)
    return Source.objects.filter(
        Q(Exists(others.filter(run__source=OuterRef("pk")))) | Q(Exists(parties.filter(source=OuterRef("pk")))),
        pk__in=sources,
    ).values_list("pk", flat=True)


def _forget_names(theirs: QuerySet[ImportItem]) -> None:
    """What was said of the names in chats goes from the imports that met them: the ledger knows the others' names again."""
    for import_ in Import.objects.filter(pk__in=theirs.values("run_id"), mapping__has_key="chats"):
        told = import_.mapping or {}
        import_.mapping = {**told, "chats": {**told["chats"], "people": {}}}
        import_.save(update_fields=["mapping"])


def _seal(items: Iterable[ImportItem]) -> int:
    """The same file brought again finds these items known by their sealed keys, and brings nothing of them back."""
    sealed = list(items)
    for item in sealed:
        item.key, item.place, item.reason = erasure.sealed(item.key)[:500], "", ""
    ImportItem.objects.bulk_update(sealed, list(_COLUMNS), batch_size=1000)
    return len(sealed)


def _let_files_go(sources: set[UUID], *, at: datetime) -> None:
    brought = Import.objects.filter(source__in=sources)
    erasure.let_go_of_files(digest for pair in brought.values_list("file_id", "rejected_file_id") for digest in pair)
    # One that stopped half-way has nothing left to go on with.
    brought.filter(ended_at=None).exclude(file=None).update(ended_at=at, step="")
    brought.update(file=None, rejected_file=None)
    brought.exclude(last_error="").update(last_error=erasure.STRUCK)
