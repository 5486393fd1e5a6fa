"""Bring the tables up to this version: all of it, or nothing. Runs in a process of its own, as the role that owns them.

All that is missing is one transaction. A step that says of itself that it cannot be part of one (an index made beside
those who write) ends that: then each step is whole by itself, and the backup made before is the way back.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from ampersand.core import locks
from ampersand.core.words import say

# SQLSTATE of PostgreSQL: unsafe use of a new value of an enumeration.
_VALUE_TOO_NEW = "55P04"


def main() -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ampersand.settings")
    django.setup()
    try:
        if sys.argv[1:2] == ["--only"]:
            make_as_of(json.loads(sys.argv[2]))
        else:
            upgrade()
    except Exception as error:  # whatever a step raises: nothing of it stands, and the reason is told
        say(f"{type(error).__name__}: {error}")
        return 1
    return 0


def upgrade() -> None:
    """Carry out what is missing, while nobody else does. Doing it twice at once does it once."""
    from django.db import OperationalError, transaction

    with locks.held_alone(locks.UPGRADING):
        if is_new() or not are_whole(missing()):
            _carry_out()
            return
        try:
            with transaction.atomic():
                _carry_out()
        except OperationalError as error:
            # Values that a library adds to one of its enumerations are not to be used before they are committed.
            if getattr(error.__cause__, "sqlstate", "") != _VALUE_TOO_NEW:
                raise
            _carry_out()


def is_new() -> bool:
    """Whether the book has no tables yet: nothing is lost where a step fails."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return not MigrationRecorder(connection).applied_migrations()


def make_as_of(names: list[str]) -> None:
    """Make the tables of an empty book as they were when these steps had been taken, and no others."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    wanted = {(app, name) for app, _dot, name in (told.partition(".") for told in names)}
    # Only those that no other one of them rests on: Django would take a step back to whatever else is named.
    graph = executor.loader.graph
    executor.migrate(
        [key for key in sorted(wanted) if not wanted & {child.key for child in graph.node_map[key].children}]
    )


def missing() -> list[Any]:
    """The steps that the book has not seen, in the order in which they would be taken."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return [step for step, _is_back in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def are_whole(steps: list[Any]) -> bool:
    """Whether all of these steps can be taken back together."""
    return all(step.atomic for step in steps)


def _carry_out() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    applied = MigrationExecutor.apply_migration

    def apply_and_settle(executor: Any, *told: Any, **more: Any) -> Any:
        done = applied(executor, *told, **more)
        # A table with checks that still wait cannot be altered by the next step of the same transaction.
        if connection.in_atomic_block:
            connection.check_constraints()
        return done

    MigrationExecutor.apply_migration = apply_and_settle  # type: ignore[method-assign,assignment]
    try:
        call_command("migrate", interactive=False, verbosity=0)
    finally:
        MigrationExecutor.apply_migration = applied  # type: ignore[method-assign]


if __name__ == "__main__":
    sys.exit(main())
