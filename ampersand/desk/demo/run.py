"""The command `ampersand demo`: make the house, read it for the first time, say what there is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from time import monotonic

from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ampersand.core import home, jobs
from ampersand.desk.demo import clock, indexing, making, sizes
from ampersand.parties.tasks import LOOK

# A larger book is read by a command of its own: it is the reader's minutes, not the demo's.
_READ_AT_ONCE = ("story", "S")


def demo(*, size: str, seed: int, says_how_to_sign_in: bool = True) -> None:
    """Make a demo house of a size and read its book once. Raises making.HouseNotEmpty."""
    console, began, now = Console(stderr=True), monotonic(), timezone.now()
    count = _story(console, now, seed) if size == "story" else _sized(console, now, size, seed)
    if size in _READ_AT_ONCE:
        _timed(console, _("The book is read for the first time"), lambda: _read(now))
    words = {"count": f"{count:,}", "seconds": f"{monotonic() - began:.1f}", "email": making.SIGNS_IN}
    console.print(_("The demo house stands: %(count)s rows in %(seconds)s seconds.") % words)
    if size not in _READ_AT_ONCE:
        console.print(_("Run `ampersand readings` to read it for the first time."))
    if says_how_to_sign_in:
        console.print(_("Sign in as Maya Lindqvist: ampersand sign-in-link %(email)s") % words)


def _story(console: Console, now: datetime, seed: int) -> int:
    with console.status(_("Making the demo house.")):
        count = making.make_story(today=_today(now), now=now, seed=seed, folder=home.data_folder())
        making.let_the_planner_know()
    # Who is told twice is found by the worker, once the house is served: nobody waits for that.
    jobs.defer(LOOK, lock="doubles")
    return count


def _sized(console: Console, now: datetime, size: str, seed: int) -> int:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        parties = progress.add_task(_("Parties and their lives"), total=sizes.PARTIES[size])
        count = making.make_sized(
            size=size,
            today=_today(now),
            seed=seed,
            folder=home.data_folder(),
            told=lambda number: progress.advance(parties, number),
            said=progress.console.print,
        )
    indexing.put_ours()
    return count


def _timed(console: Console, words: str, work: Callable[[], object]) -> None:
    began = monotonic()
    with console.status(words):
        work()
    console.print(_("%(what)s: %(seconds)s seconds.") % {"what": words, "seconds": f"{monotonic() - began:.1f}"})


def _today(now: datetime) -> date:
    return now.astimezone(clock.ZONE).date()


def _read(now: datetime) -> None:
    # Readings load an analytic engine, which only this step needs.
    from ampersand.readings import actions

    actions.read_all(at=now)
