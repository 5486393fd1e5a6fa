"""Measures on Apache Spark, over the Parquet files of a snapshot: for a book that has outgrown one machine.

Needs the extra `spark` and Java 17 or newer. Where it runs is said by AMPERSAND_SPARK_MASTER; on a cluster the folder of the
snapshots is one that each of its machines sees under the same name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.conf import settings
from pyspark.sql import SparkSession

from ampersand.core import java
from ampersand.readings import engines, spark_sql
from ampersand.readings.columns import Columns, Row
from ampersand.readings.engines import Asked, BookEngine
from ampersand.readings.snapshot import Snapshot, tables

# Into how many pieces Spark deals out rows between two steps: of a small book few, since each costs a fraction of a second.
FEWEST_PARTITIONS = 2


class OnSpark:
    """The measures' SQL over a snapshot: of the whole book, or of a part of it at a time."""

    def __init__(self, snapshot: Snapshot) -> None:
        java.find()
        self.snapshot = snapshot
        self._session = _session(partitions=max(FEWEST_PARTITIONS, 2 * snapshot.manifest.slices))
        self._look_at(0, None)

    def __enter__(self) -> OnSpark:
        return self

    def __exit__(self, *_error: object) -> None:
        self._session.stop()

    def part_count(self, only: Sequence[UUID] | None = None) -> int:
        return len(self.snapshot.spans(engines.most_together(self.snapshot, only)))

    def parts(self, only: Sequence[UUID] | None = None) -> Iterator[BookEngine]:
        """This engine, looking at one part of the relationships after another, or of these alone; at all of them again in
        the end."""
        try:
            for first, end in self.snapshot.spans(engines.most_together(self.snapshot, only)):
                self._look_at(first, end, only)
                yield self
        finally:
            self._look_at(0, None)

    def rows_of(self, *asked: Asked) -> list[list[Row]]:
        return [self._rows(one) for one in asked]

    def columns_of(self, *asked: Asked) -> list[Columns]:
        return list(map(Columns.of, self.rows_of(*asked)))

    def _rows(self, asked: Asked) -> list[Row]:
        return [row.asDict(recursive=True) for row in self._session.sql(spark_sql.sql_of(asked)).toLocalIterator()]

    def _look_at(self, first: int, end: int | None, only: Sequence[UUID] | None = None) -> None:
        """Have each table be the rows of these slices, or those that some relationships have there."""
        for name in tables.names():
            rows = self._session.read.parquet(*(f"file://{path}" for path in self.snapshot.files(name, first, end)))
            if only is not None:
                wanted = self._session.createDataFrame([(str(one),) for one in only], "relationship_id string")
                rows = rows.join(wanted, "relationship_id", "left_semi")
            rows.createOrReplaceTempView(name)


def _session(*, partitions: int) -> SparkSession:
    master = settings.SPARK_MASTER
    told = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.sql.session.timeZone": "UTC",
        # As the other engines do: a number that is none is nothing, no error.
        "spark.sql.ansi.enabled": "false",
        "spark.sql.shuffle.partitions": str(partitions),
        "spark.driver.memory": settings.READINGS_MEMORY.lower().removesuffix("b"),
    }
    if master.startswith("local"):
        told |= {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
    builder = SparkSession.builder.appName("ampersand readings").master(master)
    for name, value in told.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
