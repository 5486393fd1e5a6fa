"""The SQL of a measure for Spark: that of Ibis, and lists in an order, which Ibis does not know to ask of Spark."""

from __future__ import annotations

import warnings
from functools import lru_cache
from typing import Any

import ibis
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.pyspark import PySparkCompiler
from ibis.common.exceptions import UnsupportedOperationError

from ampersand.readings.engines import Asked


class _Compiler(PySparkCompiler):  # type: ignore[misc]  # Ibis has no types
    __slots__ = ()

    def visit_ArrayCollect(self, op: Any, *, arg: Any, where: Any, order_by: Any, **told: Any) -> Any:  # noqa: N802  Ibis's
        if not order_by:
            return super().visit_ArrayCollect(op, arg=arg, where=where, order_by=order_by, **told)
        if any(key.args.get("desc") for key in order_by):
            raise UnsupportedOperationError("on Spark a list is in ascending order")
        keys = [part for number, key in enumerate(order_by) for part in (sge.convert(f"key_{number}"), key.this)]
        row = self.f.named_struct(*keys, sge.convert("value"), arg)
        listed = self.f.collect_list(row if where is None else self.if_(where, row, sge.Null()))
        one = sge.to_identifier("one")
        value = sge.Lambda(this=sge.Dot(this=one, expression=sge.to_identifier("value")), expressions=[one])
        return self.f.transform(self.f.array_sort(listed), value)


@lru_cache(maxsize=64)
def sql_of(asked: Asked) -> str:
    """The measure's SQL for Spark."""
    _teach_ibis()
    return str(_Compiler().to_sqlglot(asked.expression()).sql(dialect="spark"))


def _teach_ibis() -> None:
    """What Ibis has to know to write SQL for Spark comes with a connection of its own, which we need not."""
    with warnings.catch_warnings():
        # It speaks of pandas, through which nothing of ours goes.
        warnings.simplefilter("ignore", FutureWarning)
        # Spoken of for the first time, it registers itself.
        getattr(ibis, "pyspark")  # noqa: B009  said plainly, it would be a line that does nothing
