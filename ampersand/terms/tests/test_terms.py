"""What is said, answered and withdrawn; and what the gate makes of the book."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ampersand.core.models import Event
from ampersand.members.models import House
from ampersand.parties import actions as parties
from ampersand.parties import merging
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party
from ampersand.parties.speaking import NotTheirs, Voice
from ampersand.terms import actions, queries, receipts
from ampersand.terms.attempt import Attempt, Ground, Purpose
from ampersand.terms.gate import Because, Roster
from ampersand.terms.lines import Address, Hours, Kept, Line, Modes, NotALine, Often, Window, read
from ampersand.terms.models import Decision, Terms
from ampersand.timeline import actions as timeline
from ampersand.timeline.actions import Happening, Taker
from ampersand.timeline.models import Began, Mode
from tests import cast as people
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)
MORNINGS = Hours("Europe/London", (Window(frozenset(range(7)), 8 * 60, 12 * 60),))


def say(
    cast: Cast, *lines: Line, roster: str = "", words: str = "", at: datetime = NOW, party: Party | None = None
) -> Terms:
    return actions.say(
        party or cast.jane, roster=roster, lines=lines, words=words, said_at=at, teller=Teller(at=at, by=cast.maya)
    )


def attempt(
    cast: Cast, purpose: str = Purpose.WORK, *, mode: str = Mode.MAIL, at: datetime = LATER, ground: str = ""
) -> Attempt:
    return Attempt(mode=mode, purpose=purpose, at=at, by_id=cast.maya.pk, ground=ground)


def began(cast: Cast, by: str, *, days_ago: int, mode: str = Mode.MAIL) -> None:
    """A mail that one of the two sides began."""
    at = NOW - timedelta(days=days_ago)
    happening = Happening(
        mode=mode,
        happened_at=at,
        zone="Europe/London",
        takers=[Taker(cast.maya.party), Taker(cast.jane)],
        began=by,
        key=f"mail:{days_ago}{by}",
    )
    timeline.tell(happening, teller=Teller(at=at, by=cast.maya))


def test_what_is_said_holds_at_once_and_the_version_before_stays(cast: Cast) -> None:
    first = say(cast, roster=Roster.WORK)
    second = say(cast, MORNINGS, roster=Roster.ANSWER, at=LATER)

    held = queries.find_terms({cast.jane.pk}, at=LATER)
    before = queries.find_terms({cast.jane.pk}, at=LATER - timedelta(seconds=1))

    assert (held, before) == (second, first)
    assert [first.version, second.version] == [1, 2]
    assert second.in_force().lines == (MORNINGS,)


def test_the_same_said_twice_is_one_version(cast: Cast) -> None:
    first = say(cast, MORNINGS, roster=Roster.WORK, words="Never on Mondays, please.")
    again = say(cast, MORNINGS, roster=Roster.WORK, words="Never on Mondays, please.", at=LATER)

    assert first == again
    assert Terms.objects.count() == 1


def test_what_is_withdrawn_gives_way_to_the_version_before(cast: Cast) -> None:
    first, second = say(cast, roster=Roster.WORK), say(cast, roster=Roster.REST, at=LATER)

    actions.withdraw(second, by=cast.maya, at=LATER + timedelta(hours=1))

    assert queries.find_terms({cast.jane.pk}, at=LATER + timedelta(hours=1)) == first
    assert queries.find_terms({cast.jane.pk}, at=LATER) == second


def test_nobody_says_terms_for_the_house(cast: Cast) -> None:
    with pytest.raises(NotTheirs):
        say(cast, roster=Roster.WORK, party=cast.maya.party)


@pytest.mark.parametrize(
    "lines", [[MORNINGS, MORNINGS], [Often(1, days) for days in range(1, 22)]], ids=["twice", "many"]
)
def test_more_lines_than_make_sense_are_refused(cast: Cast, lines: list[Line]) -> None:
    with pytest.raises(actions.TooManyLines):
        say(cast, *lines)


def test_terms_say_something(cast: Cast) -> None:
    with pytest.raises(actions.NothingSaid):
        say(cast, words="  ")


def test_an_answer_of_the_house_changes_nothing_of_what_holds(cast: Cast) -> None:
    terms = say(cast, roster=Roster.REST)

    actions.answer(terms, "declines", by=cast.maya, at=LATER, words="We owe you a delivery.")

    assert actions.ask_gate(cast.jane, attempt(cast)).may is False


def test_one_alternative_is_offered_or_none(cast: Cast) -> None:
    terms = say(cast, roster=Roster.REST)

    with pytest.raises(actions.NoAlternative):
        actions.answer(terms, "alternative", by=cast.maya, at=LATER)
    with pytest.raises(actions.NoAlternative):
        actions.answer(terms, "accepts", by=cast.maya, at=LATER, alternative=Roster.WORK)


def test_before_they_met_one_may_ask_once(cast: Cast) -> None:
    first = actions.ask_gate(cast.jane, attempt(cast, Purpose.ASK))
    again = actions.ask_gate(cast.jane, attempt(cast, Purpose.ASK, at=LATER + timedelta(days=9)))
    news = actions.ask_gate(cast.jane, attempt(cast, Purpose.NEWS))

    assert (first.may, again.because, news.because) == (True, Because.ASKED_ONCE, Because.FIRST_ASK)


def test_work_in_hand_may_be_spoken_of_and_news_may_not(cast: Cast) -> None:
    began(cast, Began.THEM, days_ago=20)
    began(cast, Began.US, days_ago=19)
    without = actions.ask_gate(cast.jane, attempt(cast))
    people.order(cast.alder, told_by=cast.maya)

    assert without.because == Because.NO_WORK
    assert actions.ask_gate(cast.jane, attempt(cast)).may
    assert actions.ask_gate(cast.jane, attempt(cast, Purpose.NEWS)).because == Because.WORK_ALONE


def test_two_approaches_without_an_answer_rest_until_a_promise_falls_due(cast: Cast) -> None:
    began(cast, Began.THEM, days_ago=50)
    for days_ago in (49, 30, 12):  # the first answers
        began(cast, Began.US, days_ago=days_ago)
    people.order(cast.alder, told_by=cast.maya)
    resting = actions.ask_gate(cast.jane, attempt(cast))
    people.promise(cast.maya.party, cast.jane, told_by=cast.maya, due_on=NOW.date())

    assert resting.because == Because.LET_REST
    assert actions.ask_gate(cast.jane, attempt(cast)).may


def test_who_reached_out_last_may_be_answered_once(cast: Cast) -> None:
    say(cast, roster=Roster.ANSWER, at=NOW - timedelta(days=40))
    began(cast, Began.THEM, days_ago=3)
    asked = actions.ask_gate(cast.jane, attempt(cast, Purpose.ANSWER))
    began(cast, Began.US, days_ago=2)

    assert asked.may
    assert actions.ask_gate(cast.jane, attempt(cast, Purpose.ANSWER)).because == Because.NOTHING_ASKED


def test_a_notice_owed_passes_a_rest_and_its_ground_is_written_down(cast: Cast) -> None:
    say(cast, roster=Roster.REST)

    decided = actions.ask_gate(cast.jane, attempt(cast, Purpose.NOTICE, ground=Ground.RECALL))

    assert decided.may
    assert Decision.objects.get().ground == Ground.RECALL


def test_the_terms_of_an_organisation_hold_for_its_people_until_they_say_their_own(cast: Cast) -> None:
    people.order(cast.alder, told_by=cast.maya)
    say(cast, roster=Roster.REST, party=cast.alder)
    before = actions.ask_gate(cast.jane, attempt(cast))
    say(cast, roster=Roster.WORK, at=LATER)

    assert before.because == Because.CHOSEN
    assert actions.ask_gate(cast.jane, attempt(cast)).may


def test_of_two_that_are_one_the_later_terms_hold(cast: Cast) -> None:
    double = people.person("Jane O.")
    say(cast, roster=Roster.WORK)
    say(cast, roster=Roster.REST, party=double, at=LATER)

    merging.merge(double, cast.jane, reason="one address", by=cast.maya, at=LATER)

    assert actions.ask_gate(cast.jane, attempt(cast)).because == Because.CHOSEN


def test_an_address_left_alone_is_known_again_on_somebody_new(cast: Cast) -> None:
    parties.tell_identifier(cast.jane, kind="email", value="jane@alder.example", teller=Teller(at=NOW, by=cast.maya))
    actions.leave_alone(cast.jane, at=NOW)
    anew = people.person("J. Okafor", email="Jane@Alder.example")

    assert actions.ask_gate(anew, attempt(cast, Purpose.ASK)).because == Because.LEFT


def test_hours_that_are_closed_say_when_they_open(cast: Cast) -> None:
    people.order(cast.alder, told_by=cast.maya)
    say(cast, MORNINGS, roster=Roster.WORK)

    refused = actions.ask_gate(cast.jane, attempt(cast, at=datetime(2026, 10, 9, 15, 0, tzinfo=UTC)))

    assert refused.opens_at == datetime(2026, 10, 10, 7, 0, tzinfo=UTC)


def test_terms_of_a_closed_relationship_are_hidden_from_whom_it_does_not_name(cast: Cast) -> None:
    terms = say(cast, MORNINGS, roster=Roster.WORK, party=cast.leona)
    actions.answer(terms, "accepts", by=cast.maya, at=LATER)
    actions.ask_gate(cast.leona, attempt(cast))

    for rows in (Terms.objects, Decision.objects):
        assert rows.visible_to(cast.maya).exists()
        assert not rows.visible_to(cast.tom).exists()


def test_a_change_of_terms_is_an_event_without_words(cast: Cast) -> None:
    say(cast, roster=Roster.REST, words="My mother is ill.")

    event = Event.objects.get(name="terms.said")

    assert event.relationship_id == cast.with_jane.pk
    assert "mother" not in json.dumps(event.__dict__, default=str)


def test_terms_go_out_and_come_in_as_they_were(cast: Cast) -> None:
    lines = (MORNINGS, Modes(frozenset({Mode.MAIL, Mode.CALL})), Kept(24), Address("Ms Okafor"))
    terms = say(cast, *lines, roster=Roster.WORK, words="Ring the kitchen first.")

    told = receipts.proffered(terms, House.objects.get())

    assert receipts.read(json.dumps(told)) == (Roster.WORK, list(lines), "Ring the kitchen first.")
    assert told["digest"] == receipts.receipt(terms, House.objects.get(), at=NOW)["pii_processing"]["terms_digest"]


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("{", "no JSON"),
        ("[" * 90_000, "no JSON"),
        ("[]", "No terms are in it"),
        ('{"terms": 3}', "No terms are in it"),
        ('{"terms": {"agreement": "spam"}}', "none of"),
        ('{"terms": {"agreement": "work", "lines": 7}}', "list"),
        ('{"terms": {"agreement": "work", "lines": [7]}}', "names with their values"),
        ('{"terms": {"agreement": "work", "lines": [{"kind": "modes", "only": []}]}}', "at least one way"),
        ('{"terms": {"agreement": "work"}, "digest": "0"}', "changed since"),
        ("x" * 200_000, "longer"),
    ],
)
def test_what_is_no_terms_says_what_is_missing(told: str, says: str) -> None:
    with pytest.raises(receipts.NotTerms, match=says):
        receipts.read(told)


def test_a_receipt_names_both_sides_and_the_voice(cast: Cast) -> None:
    terms = say(cast, Kept(6), roster=Roster.WORK)
    actions.answer(terms, "accepts", by=cast.maya, at=LATER)

    told = receipts.receipt(terms, House.objects.get(), at=LATER)

    assert [party["party_role"] for party in told["party_identification"]] == ["PII principal", "PII controller"]
    assert [event["event_state"] for event in told["events"]] == ["given", "accept"]
    assert told["events"][0]["voice"] == Voice.OWN
    assert told["pii_processing"]["purposes"][0]["storage_conditions"]["retention_period"] == "P6M"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("spam", {}),
        ("modes", []),
        ("modes", {"only": ["telepathy"]}),
        ("modes", {"only": "mail"}),
        ("hours", {"zone": "Mars/Olympus", "windows": [{"days": [0], "from": "08:00", "until": "12:00"}]}),
        ("hours", {"zone": "../etc/passwd", "windows": [{"days": [0], "from": "08:00", "until": "12:00"}]}),
        ("hours", {"zone": "Europe/London", "windows": []}),
        ("hours", {"zone": "Europe/London", "windows": [{"days": [7], "from": "08:00", "until": "12:00"}]}),
        ("hours", {"zone": "Europe/London", "windows": [{"days": [True], "from": "08:00", "until": "12:00"}]}),
        ("hours", {"zone": "Europe/London", "windows": [{"days": [0], "from": "22:00", "until": "06:00"}]}),
        ("hours", {"zone": "Europe/London", "windows": [{"days": [0], "from": "8", "until": "24:30"}]}),
        ("often", {"most": -1, "days": 3}),
        ("often", {"most": 1, "days": 10**9}),
        ("often", {"most": 1.5, "days": 3}),
        ("topics", {"only": ["a"], "not": ["b"]}),
        ("topics", {"only": [""]}),
        ("topics", {"not": ["x" * 500]}),
        ("purposes", {"not": ["world domination"]}),
        ("who", {"members": ["Maya"]}),
        ("rest", {"until": "soon", "zone": "Europe/London"}),
        ("rest", {"until": "2027-01-01", "zone": None}),
        ("kept", {"months": 0}),
        ("address", {"words": "\x00"}),
    ],
)
def test_what_cannot_be_a_line_is_refused_in_a_sentence(kind: str, value: object) -> None:
    with pytest.raises(NotALine, match=r"\.$"):
        read(kind, value)


def test_a_time_without_a_zone_is_no_attempt(cast: Cast) -> None:
    with pytest.raises(ValueError, match="zone"):
        replace(attempt(cast), at=datetime(2026, 10, 9, 15, 0))  # noqa: DTZ001  that is what is refused
