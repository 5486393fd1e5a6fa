"""The terms of those in the demo who said how they wish to be reached: Jane's lines of the pictures, and Sami's service hours."""

from __future__ import annotations

from ampersand.desk.demo.book import ZONE
from ampersand.desk.demo.stage import Stage
from ampersand.terms.gate import Roster
from ampersand.terms.lines import Hours, Modes, Often, Topics, Window
from ampersand.timeline.models import Mode

WORKDAYS = frozenset(range(5))
# Prices are told in writing.
SPOKEN = frozenset({Mode.CALL, Mode.VISIT, Mode.VIDEO, Mode.GATHERING})


def say(stage: Stage) -> None:
    """What Jane and Sami said, written down by Maya."""
    afternoons = Hours(ZONE, (Window(WORKDAYS, 14 * 60, 16 * 60),), frozenset({Mode.CALL}))
    stage.book.terms(
        stage.party("jane"),
        said_on=stage.ago(97),
        by=stage.maya,
        roster=Roster.NOW_AND_THEN,
        lines=[
            afternoons,
            Topics(frozenset({"prices"}), is_only=False, modes=SPOKEN),
            Often(1, 30, frozenset({Mode.VISIT})),
            Modes(frozenset({Mode.MESSAGE}), is_only=False),
        ],
        words="Nothing in December, please. The houses are full.",
    )
    between_services = Hours(ZONE, (Window(frozenset(range(7)), 14 * 60 + 30, 17 * 60),))
    stage.book.terms(
        stage.party("sami"),
        said_on=stage.ago(150),
        by=stage.cast.members["Tom"],
        roster=Roster.WORK,
        lines=[between_services],
        words="Never during service.",
    )
