"""The terms of those in the demo who said how they wish to be reached: Jane's lines of the pictures, Sami's service hours,
Amelia's that hold a message back, and Eleanor's that let one wait."""

from __future__ import annotations

from ampersand.desk.demo import clock
from ampersand.desk.demo.book import ZONE
from ampersand.desk.demo.stage import Stage
from ampersand.terms.gate import Roster
from ampersand.terms.lines import Hours, Modes, Often, Rest, Topics, Window
from ampersand.timeline.models import Mode

WORKDAYS = frozenset(range(5))
RESTS_DAYS = 12
# Prices are told in writing.
SPOKEN = frozenset({Mode.CALL, Mode.VISIT, Mode.VIDEO, Mode.GATHERING})


def say(stage: Stage) -> None:
    """What they said, written down by Maya and Tom."""
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
    stage.book.terms(
        stage.party("amelia"),
        said_on=stage.ago(88),
        by=stage.maya,
        roster=Roster.NOW_AND_THEN,
        lines=[Topics(frozenset({"offers"}), is_only=False)],
        words="News, yes. Nothing that is to be sold to us.",
    )
    stage.book.terms(
        stage.party("eleanor"),
        said_on=stage.ago(11),
        by=stage.maya,
        roster=Roster.WORK,
        lines=[Rest(clock.working_day_after(stage.ago(-RESTS_DAYS)), ZONE)],
        words="The café is being rebuilt. Not before it is done.",
    )
