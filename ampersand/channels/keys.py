"""Keys: how the same thing is known again when a member brings it in once more."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from uuid import UUID

from ampersand.channels.copying import fetch
from ampersand.channels.run import Run
from ampersand.core.erasure import sealed


def own_facts(keys: Iterable[str], *, run: Run) -> dict[str, UUID | None]:
    """By key, what this member brought in before by an import that stands, the one under way among them.

    What was erased since is there under its sealed key, and its fact is None: it stays erased.
    """
    wanted = {key: key for key in keys if key}
    by_seal = {sealed(key): key for key in wanted}
    lines = fetch(
        "SELECT line.key, line.fact_id FROM channels_importitem AS line JOIN channels_import AS run ON run.id = line.run_id"
        " WHERE line.key = ANY (%s) AND run.member_id = %s AND run.undone_at IS NULL AND line.fact_id IS NOT NULL"
        " ORDER BY line.id DESC",
        [*wanted, *by_seal],
        run.member.pk,
    )
    return {wanted.get(key) or by_seal[key]: fact_id if key in wanted else None for key, fact_id in lines}


def short(prefix: str, key: str, *, at_most: int = 400) -> str:
    """A key with its prefix, digested where it would be longer than the ledger holds."""
    if len(key) <= at_most:
        return f"{prefix}:{key}"
    return f"{prefix}:digest:{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:40]}"
