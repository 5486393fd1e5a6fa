"""Work that comes again by itself: every line of the table names a task that can be done as it is called."""

from __future__ import annotations

import inspect

import pytest
from procrastinate.contrib.django import app

from ampersand import recurring


@pytest.mark.parametrize("name", [name for _when, name in recurring.JOBS])
def test_a_recurring_job_names_a_task_that_needs_nothing(name: str) -> None:
    task = app.tasks[name]

    assert [*inspect.signature(task.func).parameters] == []
    assert f"due:{name}" in app.tasks
