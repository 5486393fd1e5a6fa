"""Give and take, where the two sides agree and differ, and which way of meeting both found worth it."""

from __future__ import annotations

from collections import defaultdict

from ampersand.core.rooms import Room
from ampersand.readings.columns import Columns, Row, joined
from ampersand.readings.making.whole import Made, told_day
from ampersand.readings.measures import agreeing
from ampersand.readings.measures import give_and_take as giving
from ampersand.readings.measures import right_way as ways
from ampersand.readings.models import Measure

GIVEN_MIN = 2
WORTH_MIN = 5


def give_and_take(given: Columns, *, room: Room = Room.OURS) -> Made:
    """Two columns over three years, never netted, so there is no value.

    `says` is `too_early` below two that are no gifts, else `given`. Told: `ours`, `theirs` (counts without gifts),
    `ours_gifts`, `theirs_gifts`, `ours_open_on`, `theirs_open_on` (the day of the oldest that is unanswered, or empty).
    Evidence: all of both sides.
    """
    count = [ours + theirs for ours, theirs in zip(given["ours_count"], given["theirs_count"], strict=True)]
    names = ("ours_count", "theirs_count", "ours_gift_count", "theirs_gift_count", "ours_open_day", "theirs_open_day")
    return Made(
        measure=Measure.GIVE_AND_TAKE,
        relationship_ids=given["relationship_id"],
        room=room,
        rule_version=giving.RULE_VERSION,
        says=["too_early" if number < GIVEN_MIN else "given" for number in count],
        unit="concessions",
        count=count,
        since=given["first_day"],
        told=[
            {
                "ours": ours,
                "theirs": theirs,
                "ours_gifts": ours_gifts,
                "theirs_gifts": theirs_gifts,
                "ours_open_on": told_day(ours_open),
                "theirs_open_on": told_day(theirs_open),
            }
            for ours, theirs, ours_gifts, theirs_gifts, ours_open, theirs_open in zip(
                *(given[name] for name in names), strict=True
            )
        ],
        evidence=list(map(joined, given["ours_ids"], given["theirs_ids"])),
    )


def agreed(pulses: Columns) -> Made:
    """The last pulse that was opened.

    `says` is `differ` where both chose a word for some question and chose another, `agree` where they chose the same,
    `told` where both spoke and not both in one of the words, `not_heard` where a side said nothing at all. Told: `agree`,
    `differ`, `heard`, `unheard` (questions), `ours` and `theirs` (the words for the first question, or empty), `pulses`
    (opened until then). Evidence: all of these, the last one last.
    """
    names = ("agree_count", "differ_count", "heard_count", "unheard_count", "ours", "theirs", "pulse_count")
    told = [
        dict(zip(("agree", "differ", "heard", "unheard", "ours", "theirs", "pulses"), of_one, strict=True))
        for of_one in zip(*(pulses[name] for name in names), strict=True)
    ]
    return Made(
        measure=Measure.AGREE,
        relationship_ids=pulses["relationship_id"],
        rule_version=agreeing.RULE_VERSION,
        says=[_agreement(of_one) for of_one in told],
        unit="questions",
        count=[of_one["agree"] + of_one["differ"] + of_one["heard"] + of_one["unheard"] for of_one in told],
        since=pulses["day"],
        told=told,
        evidence=pulses["pulse_ids"],
    )


def _agreement(told: Row) -> str:
    heard = (("differ", told["differ"]), ("agree", told["agree"]), ("told", told["heard"]))
    return next((says for says, count in heard if count), "not_heard")


def right_way(meetings: Columns) -> Made:
    """Of how many meetings, each way apart, both sides said that it was worth their time.

    A way speaks from five meetings on of which both said it; `says` is `too_early` while none does, else `told`. There is no
    value: ways are not made one. `count` is how many meetings those ways had; while it is too early, those of the way that
    had the most. Told: `ways`, each as its mode, how many both found worth it, and of how many, the most frequent first.
    Evidence: the pulses of the meetings that both found worth it; against, those that one of them did not.
    """
    by_relationship: dict[str, list[Row]] = defaultdict(list)
    for row in meetings.rows():
        by_relationship[row["relationship_id"]].append(row)
    most_first = [sorted(of_one, key=lambda row: (-row["count"], row["mode"])) for of_one in by_relationship.values()]
    spoken = [[row for row in of_one if row["count"] >= WORTH_MIN] for of_one in most_first]
    shown = [one or other for one, other in zip(spoken, most_first, strict=True)]
    return Made(
        measure=Measure.RIGHT_WAY,
        relationship_ids=list(by_relationship),
        rule_version=ways.RULE_VERSION,
        says=["told" if of_one else "too_early" for of_one in spoken],
        unit="meetings",
        count=[
            sum(row["count"] for row in one) if one else other[0]["count"]
            for one, other in zip(spoken, most_first, strict=True)
        ],
        since=[min(row["first_day"] for row in of_one) for of_one in shown],
        told=[{"ways": [[row["mode"], row["worth_count"], row["count"]] for row in of_one]} for of_one in spoken],
        evidence=[joined(*(row["worth_ids"] for row in of_one)) for of_one in shown],
        against=[joined(*(row["against_ids"] for row in of_one)) for of_one in shown],
    )
