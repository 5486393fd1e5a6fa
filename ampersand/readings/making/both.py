"""Give and take, where the two sides agree and differ, and which way of meeting both found worth it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ampersand.core.rooms import Room
from ampersand.readings.engines import Row
from ampersand.readings.making.whole import Making, day_of, told_day
from ampersand.readings.measures import agreeing
from ampersand.readings.measures import give_and_take as giving
from ampersand.readings.measures import right_way as ways
from ampersand.readings.models import Measure, Reading

GIVEN_MIN = 2
WORTH_MIN = 5


def give_and_take(rows: Sequence[Row], making: Making, *, room: Room = Room.OURS) -> Iterator[Reading]:
    """Two columns over three years, never netted, so there is no value.

    `says` is `too_early` below two that are no gifts, else `given`. Told: `ours`, `theirs` (counts without gifts),
    `ours_gifts`, `theirs_gifts`, `ours_open_on`, `theirs_open_on` (the day of the oldest that is unanswered, or empty).
    Evidence: all of both sides.
    """
    for row in rows:
        count = row["ours_count"] + row["theirs_count"]
        yield making.reading(
            row,
            Measure.GIVE_AND_TAKE,
            room=room,
            rule_version=giving.RULE_VERSION,
            says="too_early" if count < GIVEN_MIN else "given",
            unit="concessions",
            count=count,
            since_on=day_of(row["first_day"]),
            told={
                "ours": row["ours_count"],
                "theirs": row["theirs_count"],
                "ours_gifts": row["ours_gift_count"],
                "theirs_gifts": row["theirs_gift_count"],
                "ours_open_on": told_day(row["ours_open_day"]),
                "theirs_open_on": told_day(row["theirs_open_day"]),
            },
            evidence=[*(row["ours_ids"] or []), *(row["theirs_ids"] or [])],
        )


def agreed(rows: Sequence[Row], making: Making) -> Iterator[Reading]:
    """The last pulse that was opened.

    `says` is `differ` where both chose a word for some question and chose another, `agree` where they chose the same,
    `told` where both spoke and not both in one of the words, `not_heard` where a side said nothing at all. Told: `agree`,
    `differ`, `heard`, `unheard` (questions), `ours` and `theirs` (the words for the first question, or empty), `pulses`
    (opened until then). Evidence: all of these, the last one last.
    """
    for row in rows:
        heard = (("differ", row["differ_count"]), ("agree", row["agree_count"]), ("told", row["heard_count"]))
        yield making.reading(
            row,
            Measure.AGREE,
            rule_version=agreeing.RULE_VERSION,
            says=next((says for says, count in heard if count), "not_heard"),
            unit="questions",
            count=row["agree_count"] + row["differ_count"] + row["heard_count"] + row["unheard_count"],
            since_on=day_of(row["day"]),
            told={
                "agree": row["agree_count"],
                "differ": row["differ_count"],
                "heard": row["heard_count"],
                "unheard": row["unheard_count"],
                "ours": row["ours"],
                "theirs": row["theirs"],
                "pulses": row["pulse_count"],
            },
            evidence=row["pulse_ids"],
        )


def right_way(rows: Sequence[Row], making: Making) -> Iterator[Reading]:
    """Of how many meetings, each way apart, both sides said that it was worth their time.

    A way speaks from five meetings on of which both said it; `says` is `too_early` while none does, else `told`. There is no
    value: ways are not made one. `count` is how many meetings those ways had; while it is too early, those of the way that
    had the most. Told: `ways`, each as its mode, how many both found worth it, and of how many, the most frequent first.
    Evidence: the pulses of the meetings that both found worth it; against, those that one of them did not.
    """
    by_relationship: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_relationship[row["relationship_id"]].append(row)
    for of_one in by_relationship.values():
        most_first = sorted(of_one, key=lambda row: (-row["count"], row["mode"]))
        spoken = [row for row in most_first if row["count"] >= WORTH_MIN]
        shown = spoken or most_first
        yield making.reading(
            shown[0],
            Measure.RIGHT_WAY,
            rule_version=ways.RULE_VERSION,
            says="told" if spoken else "too_early",
            unit="meetings",
            count=sum(row["count"] for row in spoken) if spoken else most_first[0]["count"],
            since_on=day_of(min(row["first_day"] for row in shown)),
            told={"ways": [[row["mode"], row["worth_count"], row["count"]] for row in spoken]},
            evidence=[one for row in shown for one in row["worth_ids"] or []],
            against=[one for row in shown for one in row["against_ids"] or []],
        )
