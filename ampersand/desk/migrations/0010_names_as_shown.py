"""Sort those under their family name who were brought in so as all others are: by the name as it is shown."""

from __future__ import annotations

from typing import Any

from django.db import connection, migrations

from ampersand.core.folding import sort_key
from ampersand.core.history import triggers_at_rest

_SOME = 5_000


def sort_as_shown(apps: Any, schema_editor: Any) -> None:
    """What a list is ordered by follows from the names, and has no past."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name, sort_name, sort_key FROM parties_party WHERE sort_name <> ''")
        told = cursor.fetchall()
    wrong = [(pk, key) for pk, name, sort_name, was in told if (key := sort_key(name, sort_name)) != was]
    with triggers_at_rest("parties.Party:update_update"), connection.cursor() as cursor:
        for start in range(0, len(wrong), _SOME):
            some = wrong[start : start + _SOME]
            ids, keys = [pk for pk, _key in some], [key for _pk, key in some]
            for table, own in (("parties_party", "id"), ("desk_standing", "party_id")):
                cursor.execute(
                    f"UPDATE {table} SET sort_key = told.key"  # noqa: S608
                    f" FROM unnest(%s::uuid[], %s::text[]) AS told (id, key) WHERE {table}.{own} = told.id",
                    [ids, keys],
                )


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0009_acts_on_traces"),
        ("parties", "0007_part_of"),
    ]

    operations = [
        migrations.RunPython(sort_as_shown, migrations.RunPython.noop, elidable=True),
    ]
