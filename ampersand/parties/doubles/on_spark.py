"""The same pairs from Apache Spark, for a book beyond one machine. The weights are learnt on DuckDB; here pairs are scored.

Needs the extra `spark` and Java 17 or newer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyspark.sql import SparkSession
from splink.internals.spark.database_api import SparkAPI

from ampersand.core import java
from ampersand.parties.doubles.finding import without_common_keys

if TYPE_CHECKING:
    from ampersand.parties.doubles.finding import Table

_number = count(1)


class OnSpark:
    """A session of Spark: on this machine, or where `spark-submit` says."""

    def __init__(self, scratch: Path, *, threads: int) -> None:
        java.find()
        builder = SparkSession.builder.appName("ampersand doubles").config("spark.ui.enabled", "false")
        builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
        builder = builder.config("spark.sql.shuffle.partitions", str(threads * 4)).config("spark.driver.memory", "3g")
        # As DuckDB does: a number that is none is nothing, no error.
        builder = builder.config("spark.sql.ansi.enabled", "false").config("spark.sql.warehouse.dir", str(scratch))
        self._session = builder.master(f"local[{threads}]").getOrCreate()
        self._session.sparkContext.setCheckpointDir(str(scratch / "checkpoints"))
        # Nothing of Splink's own functions is asked: the likenesses are counted by Spark's.
        self._api = SparkAPI(  # type: ignore[no-untyped-call]
            spark_session=self._session, register_udfs_automatically=False, break_lineage_method="persist"
        )

    def __enter__(self) -> OnSpark:
        return self

    def __exit__(self, *_error: object) -> None:
        self._session.stop()

    def load(self, name: str, table: Table) -> None:
        self._session.read.parquet(str(table.path)).createOrReplaceTempView(f"raw_{name}")
        self._session.sql(without_common_keys(f"raw_{name}")).persist().createOrReplaceTempView(name)

    def frame(self, name: str) -> Any:
        return self._api.register(
            self._session.table(name), dataset_display_name=name, table_name=f"{name}_{next(_number)}"
        )

    def rows(self, sql: str) -> Iterator[Sequence[Any]]:
        return (tuple(row) for row in self._session.sql(sql).toLocalIterator())
