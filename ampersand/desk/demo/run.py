"""The command `ampersand demo`: make the house, read it for the first time, say what there is."""

from __future__ import annotations

from datetime import date, datetime
from time import monotonic

from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console

from ampersand.core import home
from ampersand.desk.demo import clock, making, truth


def demo(*, size: str, seed: int) -> None:
    """Make a demo house of a size and read its book once. Raises making.HouseNotEmpty."""
    console, began, now = Console(stderr=True), monotonic(), timezone.now()
    with console.status(_("Making the demo house.")):
        count = making.make_story(today=_today(now), now=now, seed=seed, folder=home.data_folder())
    with console.status(_("Reading the book for the first time.")):
        _read(now)
    words = {"count": f"{count:,}", "seconds": f"{monotonic() - began:.1f}", "file": truth.FILE}
    console.print(_("The demo house stands: %(count)s rows in %(seconds)s seconds.") % words)
    console.print(_("What is truly so in it is written in %(file)s in the data folder.") % words)


def _today(now: datetime) -> date:
    return now.astimezone(clock.ZONE).date()


def _read(now: datetime) -> None:
    # Readings load an analytic engine, which only this step needs.
    from ampersand.readings import actions

    actions.read_all(at=now)
