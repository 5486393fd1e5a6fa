"""Who was in touch with whom, as the source tells it and as the strength of a tie."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ampersand.parties import actions as parties
from ampersand.parties import merging
from ampersand.parties.erasing import erase_party
from ampersand.parties.models import Party, Relationship
from ampersand.readings import engines
from ampersand.readings.measures.ties import observed_ties
from ampersand.readings.sources.in_touch import MOST_PEOPLE
from ampersand.readings.tests.snapshots import Days, taken
from ampersand.timeline.models import Moment
from tests.cast import NOW, Cast, member, moment, person

JANE, SAMI = "01a00000-0000-7000-8000-000000000001", "01a00000-0000-7000-8000-000000000002"


def touch(day: int, way: str = "message", *, out: bool = True, back: bool = False, other: str = SAMI) -> dict[str, Any]:
    return {
        "relationship_id": JANE, "other_id": other, "moment_id": f"{day}-{way}-{out}", "day": day, "way": way,
        "is_outward": str(out).lower(), "is_inward": str(back).lower(),
    }  # fmt: skip


def tie_of(*touches: dict[str, Any], folder: Path, as_of_day: int = 1_000) -> dict[str, Any]:
    engine = engines.from_rows(folder, in_touch=list(touches))
    try:
        (rows,) = engine.rows_of(engines.Asked(observed_ties, (("as_of_day", as_of_day),)))
    finally:
        engine.close()
    (row,) = rows
    return row


def test_a_day_of_contact_weighs_by_its_way_and_half_after_its_half_life(tmp_path: Path) -> None:
    today = tie_of(touch(1_000, "meeting", back=True), folder=tmp_path)
    assert (today["now"], today["standing"], today["out_now"], today["in_now"]) == (3, 3, 3, 3)

    a_month = tie_of(touch(970, "call"), folder=tmp_path)
    assert a_month["now"] == pytest.approx(1.0)
    assert a_month["standing"] == pytest.approx(2 * 2 ** (-30 / 180))
    assert (a_month["in_now"], a_month["call_days"], a_month["last_day"]) == (0, 1, 970)

    half_a_year = tie_of(touch(820, "copy"), folder=tmp_path)
    assert half_a_year["standing"] == pytest.approx(0.125)
    assert (half_a_year["day_count"], half_a_year["copy_days"]) == (0, 1)


def test_a_hundred_mails_of_one_day_are_one_day_and_a_call_besides_is_another_way(tmp_path: Path) -> None:
    mails = [{**touch(1_000), "moment_id": str(number)} for number in range(100)]
    told = tie_of(*mails, touch(1_000, "call", out=False, back=True), folder=tmp_path)
    assert (told["now"], told["out_now"], told["in_now"]) == (3, 1, 2)
    assert (told["day_count"], told["message_days"], told["call_days"]) == (1, 1, 1)


def test_what_lies_ahead_is_not_counted_and_what_is_seventy_years_old_weighs_nothing(tmp_path: Path) -> None:
    told = tie_of(touch(1_000), touch(1_001), touch(-90_000), folder=tmp_path)
    assert told["standing"] == pytest.approx(1.0)
    assert (told["day_count"], told["first_day"], told["last_day"]) == (2, -90_000, 1_000)


pytestmark = pytest.mark.django_db


def in_touch(relationship: Relationship) -> dict[tuple[str, str], tuple[bool, bool]]:
    """By the other and the way: whether the relationship's party reached out, and whether the other did."""
    engine = engines.OnPostgres(as_of=NOW, relationship_ids=[relationship.pk])
    (rows,) = engine.rows_of(engines.Asked(lambda in_touch: in_touch))
    names = {str(party.pk): party.name for party in Party.objects.all()}
    return {(names[row["other_id"]], row["way"]): (row["is_outward"], row["is_inward"]) for row in rows}


def test_in_a_meeting_each_is_in_touch_with_each(cast: Cast) -> None:
    sami = person("Sami Haddad")
    moment(cast.jane, sami, by=cast.maya)

    assert in_touch(cast.with_jane) == {
        ("Maya Lindqvist", "meeting"): (True, True),
        ("Sami Haddad", "meeting"): (True, True),
    }
    assert set(in_touch(sami.relationship)) == {("Maya Lindqvist", "meeting"), ("Jane Okafor", "meeting")}
    assert in_touch(cast.alder.relationship) == {}


def test_a_mail_goes_from_who_wrote_it_and_two_who_got_it_were_not_in_touch(cast: Cast) -> None:
    sami, rob = person("Sami Haddad"), person("Rob Hale")
    moment(cast.jane, sami, rob, by=cast.maya, mode="mail", roles=["from", "to", "copy"])

    assert in_touch(cast.with_jane)["Sami Haddad", "message"] == (True, False)
    assert in_touch(cast.with_jane)["Rob Hale", "copy"] == (True, False)
    assert in_touch(sami.relationship) == {("Jane Okafor", "message"): (False, True)}
    assert in_touch(rob.relationship) == {("Jane Okafor", "copy"): (False, True)}


@pytest.mark.parametrize(("began", "is_outward"), [("us", False), ("them", True)])
def test_a_mail_told_without_its_writer_goes_from_the_side_that_began(cast: Cast, began: str, is_outward: bool) -> None:
    sami = person("Sami Haddad")
    told = moment(cast.jane, sami, by=cast.maya, mode="mail")
    Moment.objects.filter(pk=told.pk).update(began=began)

    assert in_touch(cast.with_jane) == {("Maya Lindqvist", "message"): (is_outward, not is_outward)}


def test_a_crowd_makes_no_ties(cast: Cast) -> None:
    guests = [person(f"Guest {number}") for number in range(MOST_PEOPLE - 2)]
    moment(cast.jane, *guests, by=cast.maya, mode="gathering")
    assert len(in_touch(cast.with_jane)) == MOST_PEOPLE - 1

    moment(cast.jane, *guests, person("One more"), by=cast.maya, mode="gathering", at=NOW - timedelta(days=9))
    assert len(in_touch(cast.with_jane)) == MOST_PEOPLE - 1


def test_nothing_is_told_of_what_is_withdrawn_or_is_somebodys_own(cast: Cast) -> None:
    for told, field in ((moment(cast.jane, by=cast.maya), "withdrawn_at"), (moment(cast.jane, by=cast.tom), "room")):
        Moment.objects.filter(pk=told.pk).update(**{field: "mine" if field == "room" else NOW})
    assert in_touch(cast.with_jane) == {}


def test_of_two_taken_for_one_nobody_is_in_touch_with_themselves(cast: Cast) -> None:
    double = person("J. Okafor")
    moment(cast.jane, double, by=cast.maya)
    merging.merge(double, cast.jane, reason="one and the same", by=cast.maya, at=NOW)

    assert set(in_touch(cast.with_jane)) == {("Maya Lindqvist", "meeting")}


def test_a_meeting_with_somebody_closed_makes_no_tie_that_others_see(cast: Cast) -> None:
    """Canary: Leona is closed to Tom. That Jane met her is in the ties of Leona alone, which only those see whom it names."""
    moment(cast.jane, cast.leona, by=cast.maya)
    assert in_touch(cast.with_jane) == {}
    assert ("Jane Okafor", "meeting") in in_touch(cast.with_leona)

    parties.reopen(cast.with_leona, by=cast.maya, at=NOW)
    parties.reopen(cast.severn.relationship, by=cast.maya, at=NOW)
    assert ("Leona Marsh", "meeting") in in_touch(cast.with_jane)


def test_ties_are_the_same_on_both_engines(cast: Cast) -> None:
    others = [person(f"party of ties {number}") for number in range(4)]
    tom = member("Nadia Rahman")
    for number, mode in enumerate(["visit", "call", "mail", "message", "letter", "gathering", "video"] * 3):
        takers = [cast.jane, *others[: number % 4 + 1]]
        roles = ["from", "to", "copy", "to"] if mode in ("mail", "letter") else []
        moment(*takers, by=tom, mode=mode, roles=roles, at=NOW - timedelta(days=number * number))
    asked = engines.Asked(observed_ties, (("as_of_day", 20_732),))
    on_postgres = engines.OnPostgres(as_of=NOW).rows_of(asked)[0]
    with engines.whole_book(as_of=NOW) as engine:
        on_duckdb = engine.rows_of(asked)[0]

    def told(rows: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, float]]:
        return {
            (row.pop("relationship_id"), row.pop("other_id")): {name: float(value) for name, value in row.items()}
            for row in map(dict, rows)
        }

    one, other = told(on_postgres), told(on_duckdb)
    assert len(one) > 20
    assert one.keys() == other.keys()
    for pair, row in one.items():
        assert row == pytest.approx(other[pair], rel=1e-12), pair


def test_who_was_erased_is_gone_from_what_is_told_of_others(cast: Cast, tmp_path: Path) -> None:
    sami, days = person("Sami Haddad"), Days()
    moment(cast.jane, sami, by=cast.maya)
    before, _made = taken(days.next())
    assert str(sami.pk) in {row[1] for row in before["in_touch"] if row[0] == str(cast.with_jane.pk)}

    erase_party(sami, by=cast.ruth, at=days.next())

    assert {other for other, _way in in_touch(cast.with_jane)} == {"Maya Lindqvist"}
    after, _made = taken(days.next())
    told = {row[1] for row in after["in_touch"] if row[0] == str(cast.with_jane.pk)}
    assert told == {str(cast.maya.party.pk)}
