"""The snapshot that measures read: one source a file, each as SQL that PostgreSQL runs and as the schema it gives.

For the whole book the SQL is copied out to files that DuckDB reads; for a few relationships it stands under the measure's
own SQL as a common table expression. Either way a measure sees the same columns. A measure names the sources it reads by
the names of its arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID

from ampersand.readings.sources import concessions, contacts, in_touch, promises, pulses, trade
from ampersand.readings.sources.people import EACH_AS_FOUND, common


@dataclass(frozen=True, slots=True)
class Source:
    """A table that measures read. `body` answers the SELECT that stands after the parts of `people.common`.

    Where the whole book is copied out, `copied` may tell a row more than once and some columns otherwise, of which DuckDB then
    makes what `body` tells: `finished` has them by name, as its SQL.
    """

    name: str
    schema: Mapping[str, str]
    body: Callable[[datetime], str]
    copied: Callable[[datetime], str] | None = None
    finished: Mapping[str, str] = field(default_factory=dict)

    def sql(self, *, as_of: datetime, relationship_ids: Sequence[UUID] | None = None) -> str:
        """The whole statement: what was known and had happened until `as_of`, of some relationships or of all."""
        parts = common(as_of=as_of, relationship_ids=relationship_ids)
        return f"WITH {parts} {self.body(as_of)}"

    def copied_sql(self, *, as_of: datetime, relationship_ids: Sequence[UUID] | None = None) -> str:
        """The same for a copy, to be `finished`."""
        parts = common(as_of=as_of, relationship_ids=relationship_ids)
        return f"WITH {parts} {(self.copied or self.body)(as_of)}"


_promises_to_copy = partial(promises.sql, kind=promises.UNSORTED, each=EACH_AS_FOUND)
SOURCES: Mapping[str, Source] = {
    source.name: source
    for source in (
        Source("contacts", contacts.SCHEMA, contacts.sql, partial(contacts.sql, each=EACH_AS_FOUND)),
        Source("promises", promises.SCHEMA, promises.sql, _promises_to_copy, promises.SORTED),
        Source("concessions", concessions.SCHEMA, concessions.sql, partial(concessions.sql, each=EACH_AS_FOUND)),
        Source("trade", trade.SCHEMA, trade.sql),
        Source("pulses", pulses.SCHEMA, pulses.sql, partial(pulses.sql, each=EACH_AS_FOUND)),
        Source("in_touch", in_touch.SCHEMA, in_touch.sql, partial(in_touch.sql, each=EACH_AS_FOUND)),
    )
}


def together(names: Iterable[str], *, as_of: datetime, relationship_ids: Sequence[UUID] | None = None) -> str:
    """Several sources by their names, as what stands after WITH: each made once, however many measures read it."""
    parts = common(as_of=as_of, relationship_ids=relationship_ids)
    tables = (f"{name} AS MATERIALIZED ({SOURCES[name].body(as_of)})" for name in sorted(names))
    return ", ".join([parts, *tables])
