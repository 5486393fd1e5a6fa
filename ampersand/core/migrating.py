"""What migrations are made of beyond what Django brings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations.base import Operation


class AtOnce(Operation):
    """Operations on tables that are carried out with Django's models built once for all of them.

    Django builds its models anew after each operation, and a house made from nothing, or brought up to date, spends nearly all
    its time on that. Each operation sees the models as they are after the last one: so a model is created here with all of its
    columns, indexes and constraints, nothing is renamed, and no column is changed twice.
    """

    reduces_to_sql = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)

    def state_forwards(self, app_label: str, state: Any) -> None:
        # Without built models to look after, a state is a few dictionaries.
        built = state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if built is not None:
            state.__dict__["apps"] = built
            state.reload_models({(app_label, name) for one in self.operations if (name := _model_of(one))}, delay=False)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)


def _model_of(operation: Operation) -> str:
    """The model an operation is about, as states call it; empty for what changes none."""
    told = getattr(operation, "model_name", "") or getattr(operation, "name", "")
    return "" if type(operation).__name__.endswith("Trigger") else str(told).lower()
