"""Tables worked out of the sources once for all who read them, with the snapshot of the book."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from ampersand.readings.measures.encounters import encounters
from ampersand.readings.measures.states import states
from ampersand.readings.sources import SOURCES


@dataclass(frozen=True, slots=True)
class Derived:
    """A table that `work_out` makes of another one, by relationship."""

    name: str
    of: str
    schema: Mapping[str, str]
    work_out: Callable[[ir.Table], ir.Table]

    def expression(self) -> ir.Table:
        schema = SOURCES[self.of].schema if self.of in SOURCES else DERIVED[self.of].schema
        worked_out = self.work_out(ibis.table(dict(schema), name=self.of))
        return worked_out.select(**{name: worked_out[name].cast(kind) for name, kind in self.schema.items()})


ENCOUNTERS = {"relationship_id": "string", "day": "int64", "moment_id": "string", "gap_days": "int64"}
STATES = {
    "relationship_id": "string",
    "encounter_count": "int64",
    "first_day": "int64",
    "last_day": "int64",
    "log_gap_sum": "float64",
    "decayed_30": "float64",
    "decayed_120": "float64",
    "decayed_day": "int64",
}
# In the order in which each rests on those before it.
DERIVED: Mapping[str, Derived] = {
    one.name: one
    for one in (
        Derived("encounters", "contacts", ENCOUNTERS, encounters),
        Derived("states", "encounters", STATES, states),
    )
}
