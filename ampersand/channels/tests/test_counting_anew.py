"""What is asked of the tables after a large import is planned by what is in them now."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from ampersand.channels import run
from ampersand.channels.tests.bringing import bring_in, found_house, member
from ampersand.parties.models import Identifier

CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Person {0}\nEMAIL:person{0}@mill.example\nEND:VCARD\n"


def _counted_rows() -> float:
    """How many identifiers PostgreSQL takes there to be; -1 where it never counted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [Identifier._meta.db_table])
        (rows,) = cursor.fetchone()
    return float(rows)


@pytest.mark.django_db
@pytest.mark.parametrize(("large", "is_counted"), [(20, True), (21, False)])
def test_a_large_import_has_its_tables_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: int, is_counted: bool
) -> None:
    monkeypatch.setattr(run, "LARGE", large)
    found_house()
    maya = member("Maya Lindqvist", "maya@finch.example")
    book = tmp_path / "book.vcf"
    book.write_text("".join(CARD.format(number) for number in range(20)))
    before = _counted_rows()

    bring_in(book, by=maya)

    assert (_counted_rows() != before) == is_counted
