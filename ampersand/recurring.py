"""Work that comes again by itself: one line a job."""

from __future__ import annotations

from procrastinate import App


def register(app: App) -> None:
    """Called by procrastinate once every app's tasks are known."""
