"""Where the whole book is copied, DuckDB makes of the words of a promise the kind that PostgreSQL and Python read in them."""

from __future__ import annotations

import duckdb
import pytest

from ampersand.promises import kinds
from ampersand.promises.kinds import kind_of
from ampersand.promises.tests.test_kinds import everything_asked, told_by_postgres


@pytest.mark.django_db
def test_duckdb_makes_the_same_kind_of_words_that_need_no_quotation_marks() -> None:
    asked = everything_asked()
    copied = told_by_postgres(kinds.sql_unsorted("told.words"), asked)

    sort = kinds.sql_sorted("told.words")
    rows = duckdb.execute(f"SELECT {sort} FROM (SELECT unnest(?) AS words) AS told", [copied]).fetchall()  # noqa: S608

    assert [row[0] for row in rows] == [kind_of(words).value for words in asked]
    assert not {character for words in copied for character in words} & set('",\n\r\\')
