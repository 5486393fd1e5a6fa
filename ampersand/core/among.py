"""Whether a column is one of many values that go to the database as one parameter, however many they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import models


class Among(models.Func):
    """Whether columns are among what stands in `= ANY (...)`: a query with its parameters, or, where its words are empty,
    one array of values of the column's own type.
    """

    output_field = models.BooleanField()

    def __init__(
        self, *columns: str, among: tuple[str, Sequence[Any]], verdict: str = "", joined: str = " AND "
    ) -> None:
        super().__init__(*columns)
        self._among, self._verdict, self._joined = among, verdict, joined

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        among, its_params = self._among
        told, params = [], []
        for column in self.source_expressions:
            sql, column_params = compiler.compile(column)
            cast = among or f"%s::{column.output_field.db_type(connection)}[]"
            told.append(f"({sql} = ANY ({cast})) {self._verdict}")
            params += [*column_params, *its_params]
        return f"({self._joined.join(told)})", tuple(params)


def among(column: str, ids: Sequence[UUID] | Sequence[int] | Sequence[str]) -> Among:
    """Rows whose column is one of these ids: `filter(among("party_id", ids))`. The same words for any number of them."""
    return Among(column, among=("", [list(ids)]))
