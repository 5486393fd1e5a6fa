"""Bringing in calendars: who met, when, and what happens when meetings move, are called off or come twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ampersand.channels import actions
from ampersand.channels.tests.bringing import AT, bring_in, counted, found_house, member, row_counts
from ampersand.core.models import Source, SourceKind
from ampersand.members.models import Member
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.models import Because, Party, PartyKind, Relationship
from ampersand.timeline import actions as timeline
from ampersand.timeline.actions import Happening, Taker
from ampersand.timeline.models import Moment

pytestmark = pytest.mark.django_db

PAST, AHEAD = "20261005T090000Z", "20261020T090000Z"


@pytest.fixture
def maya() -> Member:
    found_house()
    return member("Maya Lindqvist", "maya@finch.example")


def event(uid: str = "one", starts: str = PAST, *lines: str, people: tuple[str, ...] = ("jane@alder.example",)) -> str:
    invited = [f"ATTENDEE;CN={who.partition('@')[0].title()}:mailto:{who}" for who in people]
    told = [f"UID:{uid}", f"DTSTART:{starts}", "DURATION:PT1H", "SUMMARY:Tasting", *lines]
    return "\n".join(["BEGIN:VEVENT", *told, "ORGANIZER:mailto:maya@finch.example", *invited, "END:VEVENT"])


def calendar(folder: Path, *events: str, name: str = "maya.ics", head: str = "") -> Path:
    path = folder / name
    path.write_text("\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *filter(None, [head]), *events, "END:VCALENDAR", ""]))
    return path


def named(*people: str) -> set[str]:
    return set(people)


def takers(moment: Moment) -> set[str]:
    return set(moment.participants.values_list("party__name", flat=True))


def test_a_meeting_becomes_a_moment_of_those_who_took_part(maya: Member, tmp_path: Path) -> None:
    bring_in(calendar(tmp_path, event("one", PAST, "LOCATION:12 Quay Street")), by=maya)

    met = Moment.objects.get()
    assert (met.mode, met.subject, met.where) == ("visit", "Tasting", "12 Quay Street")
    assert met.happened_at == datetime(2026, 10, 5, 9, tzinfo=UTC)
    assert takers(met) == {"Jane", "Maya Lindqvist"}
    assert met.tellings.get().key == "event:one/"


def test_whom_one_of_ours_met_is_known_from_that_day(maya: Member, tmp_path: Path) -> None:
    bring_in(calendar(tmp_path, event()), by=maya)

    known = Relationship.objects.get()
    assert (known.party.name, known.because, known.known_at) == (
        "Jane",
        Because.MET,
        datetime(2026, 10, 5, 9, tzinfo=UTC),
    )


def test_a_meeting_ahead_is_kept_and_makes_nobody_known_yet(maya: Member, tmp_path: Path) -> None:
    bring_in(calendar(tmp_path, event("one", AHEAD)), by=maya)

    assert Moment.objects.get().happened_at > AT
    assert not Relationship.objects.exists()


def test_a_crowd_makes_nobody_known(maya: Member, tmp_path: Path) -> None:
    crowd = tuple(f"guest{number}@fair.example" for number in range(40))

    bring_in(calendar(tmp_path, event(people=crowd)), by=maya)

    assert Moment.objects.get().mode == "gathering"
    assert not Relationship.objects.exists()


def test_who_declined_took_no_part(maya: Member, tmp_path: Path) -> None:
    declined = "ATTENDEE;PARTSTAT=DECLINED;CN=Sami:mailto:sami@alder.example"

    bring_in(calendar(tmp_path, event("one", PAST, declined)), by=maya)

    assert takers(Moment.objects.get()) == {"Jane", "Maya Lindqvist"}


def test_rooms_are_nobody(maya: Member, tmp_path: Path) -> None:
    room = "ATTENDEE;CUTYPE=ROOM;CN=Oak Room:mailto:oak@alder.example"

    bring_in(calendar(tmp_path, event("one", PAST, room)), by=maya)

    assert not Party.objects.filter(name="Oak Room").exists()


def test_a_day_without_an_hour_is_kept_as_a_day(maya: Member, tmp_path: Path) -> None:
    whole_day = event().replace(f"DTSTART:{PAST}\nDURATION:PT1H", "DTSTART;VALUE=DATE:20261005")

    bring_in(calendar(tmp_path, whole_day), by=maya)

    met = Moment.objects.get()
    assert (met.is_all_day, met.on_day, met.zone) == (True, date(2026, 10, 5), "Europe/London")


@pytest.mark.parametrize(
    ("line", "mode"),
    [
        ("LOCATION:https://zoom.us/j/123", "video"),
        ("LOCATION:+44 117 496 0123", "call"),
        ("SUMMARY:Phone call with Jane", "call"),
        ("SUMMARY:Coffee fair", "gathering"),
        ("LOCATION:Bristol", "visit"),
    ],
)
def test_the_mode_is_told_by_place_links_and_words(maya: Member, tmp_path: Path, line: str, mode: str) -> None:
    told = event("one", PAST, line).replace(
        "SUMMARY:Tasting\n", "" if line.startswith("SUMMARY") else "SUMMARY:Tasting\n"
    )

    bring_in(calendar(tmp_path, told), by=maya)

    assert Moment.objects.get().mode == mode


def test_the_same_calendar_again_changes_nothing(maya: Member, tmp_path: Path) -> None:
    path = calendar(tmp_path, event(), event("two", AHEAD), event("weekly", PAST, "RRULE:FREQ=WEEKLY;COUNT=3"))
    bring_in(path, by=maya)
    before = row_counts()

    again = bring_in(path, by=maya)

    assert counted(again).unchanged == counted(again).seen == 5
    assert row_counts() == before


def test_calendars_of_two_colleagues_hold_one_meeting(maya: Member, tmp_path: Path) -> None:
    bo = member("Bo Nyström", "bo@finch.example")
    both = event(people=("jane@alder.example", "bo@finch.example"))
    bring_in(calendar(tmp_path, both), by=maya)

    theirs = bring_in(calendar(tmp_path, both, name="bo.ics"), by=bo)

    assert counted(theirs).joined == 1
    assert takers(Moment.objects.get()) == {"Jane", "Maya Lindqvist", "Bo Nyström"}


def test_a_later_version_moves_the_meeting_and_undo_moves_it_back(maya: Member, tmp_path: Path) -> None:
    bring_in(calendar(tmp_path, event()), by=maya)
    before = row_counts()

    moved = bring_in(calendar(tmp_path, event("one", AHEAD, "SEQUENCE:1"), name="later.ics"), by=maya)

    met = Moment.objects.get()
    assert counted(moved).joined == 1
    assert met.happened_at == datetime(2026, 10, 20, 9, tzinfo=UTC)
    assert set(met.participants.values_list("happened_at", flat=True)) == {met.happened_at}

    actions.undo(moved, by=maya, at=AT)

    assert Moment.objects.get().happened_at == datetime(2026, 10, 5, 9, tzinfo=UTC)
    assert {k: v for k, v in row_counts().items() if "Past" not in k} == {
        k: v for k, v in before.items() if "Past" not in k
    }


def test_an_older_version_moves_nothing(maya: Member, tmp_path: Path) -> None:
    bring_in(calendar(tmp_path, event("one", PAST, "SEQUENCE:2")), by=maya)

    older = bring_in(calendar(tmp_path, event("one", AHEAD, "SEQUENCE:1"), name="older.ics"), by=maya)

    assert counted(older).unchanged == 1
    assert Moment.objects.get().happened_at == datetime(2026, 10, 5, 9, tzinfo=UTC)


def test_a_cancellation_takes_the_meeting_back_until_it_is_undone(maya: Member, tmp_path: Path) -> None:
    bring_in(calendar(tmp_path, event()), by=maya)

    cancelled = calendar(tmp_path, event("one", PAST, "SEQUENCE:1", "STATUS:CANCELLED"), name="cancel.ics")
    import_ = bring_in(cancelled, by=maya)

    assert counted(import_).left_out == 1
    assert Moment.objects.get().withdrawn_at == AT

    actions.undo(import_, by=maya, at=AT)

    assert Moment.objects.get().withdrawn_at is None


def test_cancelling_a_series_takes_every_time_of_it_back(maya: Member, tmp_path: Path) -> None:
    bring_in(calendar(tmp_path, event("weekly", PAST, "RRULE:FREQ=WEEKLY;COUNT=3")), by=maya)

    cancel = event("weekly", PAST, "RRULE:FREQ=WEEKLY;COUNT=3", "SEQUENCE:1", "STATUS:CANCELLED")
    bring_in(calendar(tmp_path, cancel, name="cancel.ics"), by=maya)

    assert Moment.objects.filter(withdrawn_at=AT).count() == 3


def test_what_a_note_tells_of_did_happen_whatever_the_calendar_cancels(maya: Member, tmp_path: Path) -> None:
    bring_in(calendar(tmp_path, event()), by=maya)
    met = Moment.objects.get()
    note = Teller(at=AT, by=maya, source=Source.objects.create(kind=SourceKind.NOTE, made_at=AT))
    jane = Party.objects.get(name="Jane")
    timeline.join(met, Happening("visit", met.happened_at, "UTC", [Taker(jane)], key="note:1"), teller=note)

    bring_in(calendar(tmp_path, event("one", PAST, "SEQUENCE:1", "STATUS:CANCELLED"), name="cancel.ics"), by=maya)

    assert Moment.objects.get().withdrawn_at is None


def a_note(maya: Member, jane: Party, at: datetime) -> Moment:
    teller = Teller(at=AT, by=maya, source=Source.objects.create(kind=SourceKind.NOTE, made_at=AT))
    told = Happening("visit", at, "Europe/London", [Taker(jane)], key=f"note:{at}", words="We tasted.")
    return timeline.tell(told, teller=teller)[0]


def test_a_meeting_joins_the_note_that_told_of_it_before(maya: Member, tmp_path: Path) -> None:
    bring_in(calendar(tmp_path, event("other", "20260901T090000Z")), by=maya)
    noted = a_note(maya, Party.objects.get(name="Jane"), datetime(2026, 10, 5, 16, tzinfo=UTC))

    import_ = bring_in(calendar(tmp_path, event(), name="later.ics"), by=maya)

    assert counted(import_).joined == 1
    noted.refresh_from_db()
    assert (noted.happened_at, noted.subject, noted.words) == (
        datetime(2026, 10, 5, 9, tzinfo=UTC),
        "Tasting",
        "We tasted.",
    )

    actions.undo(import_, by=maya, at=AT)

    noted.refresh_from_db()
    assert (noted.happened_at, noted.subject) == (datetime(2026, 10, 5, 16, tzinfo=UTC), "")


def test_a_note_that_two_meetings_might_mean_is_joined_by_neither(maya: Member, tmp_path: Path) -> None:
    bring_in(calendar(tmp_path, event("other", "20260901T090000Z")), by=maya)
    a_note(maya, Party.objects.get(name="Jane"), datetime(2026, 10, 5, 16, tzinfo=UTC))

    two = calendar(tmp_path, event(), event("two", "20261005T140000Z"), name="later.ics")
    import_ = bring_in(two, by=maya)

    assert (counted(import_).joined, counted(import_).new) == (0, 2)


def test_an_entry_of_ones_own_is_a_meeting_where_its_title_names_somebody_known(maya: Member, tmp_path: Path) -> None:
    alder = parties.name_party("Alder Hotels", kind=PartyKind.ORGANISATION, teller=Teller(at=AT))
    parties.become_known(alder, because=Because.TYPED, known_at=AT, teller=Teller(at=AT))
    own = [event("one", PAST, people=()).replace("Tasting", "Alder Hotels, breakfast"), event("two", PAST, people=())]

    import_ = bring_in(calendar(tmp_path, *own), by=maya)

    assert (counted(import_).new, counted(import_).left_out) == (1, 1)
    assert takers(Moment.objects.get()) == {"Alder Hotels", "Maya Lindqvist"}


def test_a_private_meeting_is_the_members_own(maya: Member, tmp_path: Path) -> None:
    bo = member("Bo Nyström", "bo@finch.example")

    bring_in(calendar(tmp_path, event("one", PAST, "CLASS:PRIVATE")), by=maya)

    assert Moment.objects.visible_to(maya).count() == 1
    assert Moment.objects.visible_to(bo).count() == 0
    assert not Relationship.objects.exists()


def test_undoing_restores_every_count(maya: Member, tmp_path: Path) -> None:
    before = row_counts()
    import_ = bring_in(calendar(tmp_path, event(), event("weekly", PAST, "RRULE:FREQ=DAILY;COUNT=5")), by=maya)

    actions.undo(import_, by=maya, at=AT)

    assert row_counts() == before


def test_reasons_are_said_in_the_members_words(maya: Member, tmp_path: Path) -> None:
    import_ = bring_in(calendar(tmp_path, event("one", PAST, "STATUS:CANCELLED")), by=maya)

    assert import_.items.get().reason == "The meeting was cancelled."


def test_an_import_that_is_still_to_come_is_not_the_day_of_now(maya: Member, tmp_path: Path) -> None:
    """The clock of a run is when it began: a run resumed a week later says the same."""
    import_ = bring_in(calendar(tmp_path, event("one", AHEAD)), by=maya, at=AT + timedelta(days=30))

    assert Relationship.objects.get().because == Because.MET
    assert import_.began_at == AT + timedelta(days=30)


def test_calendars_that_contradict_each_other_change_nothing_when_they_come_again(maya: Member, tmp_path: Path) -> None:
    calendar(tmp_path, event("one", PAST), name="a.ics")
    calendar(tmp_path, event("one", AHEAD), name="b.ics")
    calendar(tmp_path, event("off", PAST, "STATUS:CANCELLED"), name="a-off.ics")
    calendar(tmp_path, event("off", PAST), name="b-off.ics")
    empty = row_counts()
    first = bring_in(tmp_path, by=maya)
    filled, stands = row_counts(), list(Moment.objects.order_by("id").values_list("happened_at", "withdrawn_at"))

    again = bring_in(tmp_path, by=maya)

    assert (counted(again).new, counted(again).joined) == (0, 0)
    assert row_counts() == filled
    assert list(Moment.objects.order_by("id").values_list("happened_at", "withdrawn_at")) == stands

    actions.undo(again, by=maya, at=AT)
    actions.undo(first, by=maya, at=AT)

    assert row_counts() == empty


def test_whom_a_title_names_once_left_out_stays_left_out_when_it_comes_again(maya: Member, tmp_path: Path) -> None:
    with_jane = event("met", PAST).replace("CN=Jane", "CN=Jane Okafor")
    own = event("own", "20261001T090000Z", people=()).replace("Tasting", "Lunch Jane Okafor")
    path = calendar(tmp_path, own, with_jane)
    bring_in(path, by=maya)
    before = row_counts()

    again = bring_in(path, by=maya)

    assert (counted(again).unchanged, counted(again).left_out) == (1, 1)
    assert row_counts() == before
