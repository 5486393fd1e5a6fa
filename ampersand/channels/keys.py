"""Keys: how the same thing is known again when a member brings it in once more."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from uuid import UUID

from ampersand.channels.models import ImportItem
from ampersand.channels.run import Run
from ampersand.core.erasure import sealed


def own_facts(keys: Iterable[str], *, run: Run) -> dict[str, UUID | None]:
    """By key, what this member brought in before by an import that stands, the one under way among them.

    What was erased since is there under its sealed key, and its fact is None: it stays erased.
    """
    wanted = {key: key for key in keys if key}
    by_seal = {sealed(key): key for key in wanted}
    lines = ImportItem.objects.filter(
        key__in=[*wanted, *by_seal], run__member=run.member, run__undone_at=None, fact_id__isnull=False
    ).order_by("-id")
    found: dict[str, UUID | None] = {}
    for key, fact_id in lines.values_list("key", "fact_id"):
        if key in wanted:
            found[key] = fact_id
        else:
            found[by_seal[key]] = None
    return found


def short(prefix: str, key: str, *, at_most: int = 400) -> str:
    """A key with its prefix, digested where it would be longer than the ledger holds."""
    if len(key) <= at_most:
        return f"{prefix}:{key}"
    return f"{prefix}:digest:{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:40]}"
