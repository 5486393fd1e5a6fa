"""What changed since the snapshot of the book was last made, noted by the database itself: whoever changes a row, and how.

What our actions tell (`core/events.py`) asks for readings within seconds, and leaves for the night what would be dear to
work out; a process that ends at the wrong moment tells nothing at all. Nothing may be missing here, so a trigger notes it
in the same transaction as the change. One line a statement, however many rows it changes.

Whoever makes a snapshot reads the lines that it sees, and then takes away these and no others. A transaction that began
earlier and ends later is seen the next time: no number and no clock has to be trusted for that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import pgtrigger
from django.db import models

from ampersand.core.models import ChangeKind

M = TypeVar("M", bound=type[models.Model])

INSERT, UPDATE, DELETE = "insert", "update", "delete"
_OPERATIONS: dict[str, tuple[pgtrigger.Operation, dict[str, str]]] = {
    INSERT: (pgtrigger.Insert, {"new": "new_rows"}),
    UPDATE: (pgtrigger.Update, {"old": "old_rows", "new": "new_rows"}),
    DELETE: (pgtrigger.Delete, {"old": "old_rows"}),
}
_NOTE = """
    WITH rows AS MATERIALIZED ({rows})
    INSERT INTO core_change (at, kind, object_ids)
    SELECT clock_timestamp(), noted.kind, noted.object_ids FROM ({noted}) AS noted WHERE noted.object_ids IS NOT NULL;
    RETURN NULL;
"""
_OF_A_KIND = (
    "SELECT '{kind}' AS kind, array_agg(DISTINCT touched.id) AS object_ids FROM ({ids}) AS touched (id)"
    " WHERE touched.id IS NOT NULL"
)
# Columns noted, by table: what a snapshot may read of it.
_columns: dict[str, frozenset[str]] = {}


def noted(
    *columns: str, touches: dict[ChangeKind, str], on: Sequence[str] = (INSERT, UPDATE, DELETE)
) -> Callable[[M], M]:
    """Have changes of these columns noted, as the ids that `touches` selects of `rows`: of the old rows and of the new ones.

    An update that leaves all of these columns as they were is no change.
    """

    def decorate(model: M) -> M:
        table = model._meta.db_table
        _columns[table] = frozenset(columns)
        registered = [_trigger(operation, columns, touches) for operation in on]
        return pgtrigger.register(*registered)(model)  # type: ignore[no-any-return]

    return decorate


def noted_columns() -> dict[str, frozenset[str]]:
    """The columns whose changes are noted, by table."""
    return dict(_columns)


def _trigger(operation: str, columns: Sequence[str], touches: dict[ChangeKind, str]) -> pgtrigger.Trigger:
    told, rows = _OPERATIONS[operation]
    return pgtrigger.Trigger(
        name=f"note_{operation}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=told,
        referencing=pgtrigger.Referencing(**rows),  # type: ignore[no-untyped-call]
        func=_NOTE.format(rows=_rows(operation, columns), noted=_noted(touches)),
    )


def _rows(operation: str, columns: Sequence[str]) -> str:
    if operation != UPDATE:
        return "SELECT * FROM new_rows" if operation == INSERT else "SELECT * FROM old_rows"
    before, after = (", ".join(f"{side}.{column}" for column in columns) for side in ("was", "is_now"))
    changed = (
        "FROM old_rows was JOIN new_rows is_now ON is_now.id = was.id"
        f" WHERE ROW({before}) IS DISTINCT FROM ROW({after})"
    )
    return f"SELECT was.* {changed} UNION ALL SELECT is_now.* {changed}"


def _noted(touches: dict[ChangeKind, str]) -> str:
    return " UNION ALL ".join(_OF_A_KIND.format(kind=kind.value, ids=ids) for kind, ids in touches.items())
