"""Bring the tables up to this version: all of it, or nothing. Runs in a process of its own, as the role that owns them.

All that is missing is one transaction. A step that says of itself that it cannot be part of one (an index made beside
those who write) ends that: then each step is whole by itself, and the backup made before is the way back.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from ampersand.core import locks
from ampersand.core.words import say


def main() -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ampersand.settings")
    django.setup()
    try:
        upgrade()
    except Exception as error:  # whatever a step raises: nothing of it stands, and the reason is told
        say(f"{type(error).__name__}: {error}")
        return 1
    return 0


def upgrade() -> None:
    """Carry out what is missing, while nobody else does. Doing it twice at once does it once."""
    from django.db import transaction

    with locks.held_alone(locks.UPGRADING):
        if are_whole(missing()):
            with transaction.atomic():
                _carry_out()
        else:
            _carry_out()


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
