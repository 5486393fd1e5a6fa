"""Monica's export as JSON: people, what is known of them, ties, and what happened; each record accounted for."""

from __future__ import annotations

import base64
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ampersand.channels import actions, run
from ampersand.channels.crm_exports.monica_json import parse
from ampersand.channels.material import kind_of
from ampersand.channels.models import ImportKind
from ampersand.channels.tests.bringing import AT, bring_in, counted, found_house, member, row_counts
from ampersand.members.models import Member
from ampersand.parties.models import Detail, Party, Tie
from ampersand.timeline.models import Moment, Participant

pytestmark = pytest.mark.django_db

PICTURE = base64.b64encode(b"\xff\xd8\xff picture").decode()


@pytest.fixture
def maya() -> Member:
    found_house()
    return member("Maya Lindqvist", "maya@finch.example")


def of(kind: str, *values: Any) -> dict[str, Any]:
    return {"count": len(values), "type": kind, "values": list(values)}


def thing(uuid: str = "", data: Any = None, **told: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"uuid": uuid, "created_at": "2021-03-02T10:00:00Z", "properties": told}
    return made if data is None else {**made, "data": data}


JANE = thing(
    "c-jane",
    [
        of("call", thing("", called_at="2021-04-05T15:30:00Z", content="The harvest is late", contact_called=True)),
        of(
            "contact_field",
            thing("", data="jane@alder.example", type="t-mail"),
            thing("", data="+44 117 496 0123", type="t-phone"),
            thing("", data="@jane", type="t-chat"),
        ),
        of("debt", thing("d-1", amount=20, currency="GBP", status="inprogress", in_debt=False)),
        of("gift", thing("g-1", name="A book on pears", status="idea", comment="The thick one")),
        of("note", thing("n-1", body="Likes to be called in the morning"), thing("n-2", body="")),
        of("reminder", thing("r-1", title="Ask for the report", initial_date="2022-01-01", frequency_type="year")),
        of("task", thing("k-1", title="Send the plan", completed=True, completed_at="2021-05-01T00:00:00Z")),
        of("address", thing("", street="1 Quay Rd", city="Bristol", postal_code="BS1", country="GB", name="home")),
        of(
            "conversation",
            thing(
                "",
                happened_at="2021-06-01",
                messages=[
                    thing("", content="Are you in?", written_at="2021-06-01T00:00:00Z", written_by_me=True),
                    thing("", content="Yes", written_at="2021-06-01T00:00:00Z", written_by_me=False),
                ],
            ),
        ),
        {"count": 1, "type": "activity", "values": ["a-1"]},
        {"count": 1, "type": "photo", "values": ["p-1"]},
    ],
    first_name="Jane",
    last_name="Okafor",
    job="Grower",
    company="Alder Growers",
    tags=["fair 2021"],
    birthdate={"date": "1975-04-12T00:00:00Z", "is_year_unknown": True, "is_age_based": False},
)
TOM = thing("c-tom", [{"count": 1, "type": "activity", "values": ["a-1"]}], first_name="Tom", last_name="Ellery")
CHILD = thing("c-child", [], first_name="Lena", is_partial=True)
ME = thing("c-me", [], first_name="Maya")
EXPORT = {
    "version": "1.0-preview.1",
    "account": {
        "uuid": "acc",
        "data": [
            of("user", thing("u-1", me_contact="c-me")),
            of("contact", JANE, TOM, CHILD, ME, thing("c-nobody", [])),
            of(
                "relationship",
                thing("", type="boss", contact_is="c-jane", of_contact="c-tom"),
                thing("", type="child", contact_is="c-child", of_contact="c-jane"),
                thing("", type="friend", contact_is="c-tom", of_contact="c-jane"),
            ),
            of("photo", {**thing("p-1", original_filename="jane.jpg", dataUrl=f"data:image/jpeg;base64,{PICTURE}")}),
            of("document", thing("p-2", original_filename="loose.pdf")),
            of(
                "activity",
                thing("a-1", summary="Lunch at the quay", description="Talked of prices", happened_at="2021-07-01"),
                thing("a-2", summary="Walk alone", happened_at="2021-07-02"),
                thing("a-3", summary="When?", happened_at="some day"),
            ),
        ],
        "properties": {"journal_entries": [thing("j-1", post="Dear diary")]},
        "instance": {
            "contact_field_types": [
                thing("t-mail", protocol="mailto:", name="Email"),
                thing("t-phone", protocol="tel:", name="Phone"),
                thing("t-chat", name="Telegram"),
            ]
        },
    },
}


def export(folder: Path) -> Path:
    path = folder / "monica.json"
    path.write_text(json.dumps(EXPORT), encoding="utf-8")
    return path


def test_it_is_known_by_how_it_begins(tmp_path: Path) -> None:
    other = tmp_path / "package.json"
    other.write_text('{"name": "account", "type": "uuid"}')

    assert kind_of(export(tmp_path)) is ImportKind.EXPORT
    assert kind_of(other) is ImportKind.OTHER


def test_a_contact_comes_with_all_that_is_known_of_them(maya: Member, tmp_path: Path) -> None:
    bring_in(export(tmp_path), by=maya)

    jane = Party.objects.get(name="Jane Okafor")
    told = set(jane.identifiers.values_list("kind", "value"))
    assert told == {
        ("email", "jane@alder.example"), ("phone", "+441174960123"), ("external", "Monica c-jane"),
    }  # fmt: skip
    assert sorted(Detail.objects.filter(party=jane).values_list("label", "value")) == [
        ("birthday", "--04-12"),
        ("category", "fair 2021"),
        ("child", "Lena"),
        ("debt", "they owe us 20 GBP, inprogress"),
        ("friend", "Tom Ellery"),
        ("gift", "A book on pears, idea\nThe thick one"),
        ("note", "2021-03-02: Likes to be called in the morning"),
        ("photo", "jane.jpg, 11 bytes"),
        ("postal address (home)", "1 Quay Rd, BS1 Bristol, GB"),
        ("reminder", "Ask for the report, 2022-01-01, every 1 year"),
        ("task", "Send the plan, done 2021-05-01"),
        ("telegram", "@jane"),
    ]
    assert Detail.objects.get(label="photo").file is not None


def test_who_is_what_to_whom_is_a_tie(maya: Member, tmp_path: Path) -> None:
    bring_in(export(tmp_path), by=maya)

    ties = sorted(Tie.objects.values_list("from_party__name", "kind", "to_party__name"))
    assert ties == [("Jane Okafor", "works_at", "Alder Growers"), ("Tom Ellery", "reports_to", "Jane Okafor")]


def test_calls_messages_and_activities_are_moments(maya: Member, tmp_path: Path) -> None:
    bring_in(export(tmp_path), by=maya)

    told = Moment.objects.order_by("happened_at", "words").values_list(
        "mode", "began", "subject", "words", "is_all_day"
    )
    assert list(told) == [
        ("call", "them", "", "The harvest is late", False),
        ("message", "us", "", "Are you in?", True),
        ("message", "them", "", "Yes", True),
        ("visit", "", "Lunch at the quay", "Talked of prices", True),
    ]
    there = Participant.objects.filter(moment__subject="Lunch at the quay").values_list("party__name", flat=True)
    assert sorted(there) == ["Jane Okafor", "Maya Lindqvist", "Tom Ellery"]


def test_every_record_is_accounted_for(maya: Member, tmp_path: Path) -> None:
    import_ = bring_in(export(tmp_path), by=maya)

    left = Counter(import_.items.filter(fate__in=["left_out", "rejected"]).values_list("reason", flat=True))
    assert counted(import_).seen == import_.item_count
    assert not import_.items.filter(fate__in=["left_out", "rejected"], reason="").exists()
    assert left == {
        "This is you: you are here already.": 1,
        "They are only named for somebody else: kept there as a detail.": 1,
        "The contact has no name.": 1,
        "There are no words in it.": 1,
        "It names nobody who took part.": 1,
        "This is no day: some day.": 1,
        "A page of your diary is about nobody in particular.": 1,
        "A file that hangs on no contact.": 1,
        "Monica keeps this for itself: user.": 1,
    }


def test_again_it_changes_nothing_and_undone_nothing_is_left(maya: Member, tmp_path: Path) -> None:
    before = row_counts()
    first = bring_in(export(tmp_path), by=maya)
    filled = row_counts()

    again = bring_in(export(tmp_path), by=maya)

    assert (counted(again).new, counted(again).joined, row_counts()) == (0, 0, filled)
    actions.undo(again, by=maya, at=AT)
    actions.undo(first, by=maya, at=AT)
    assert row_counts() == before


def test_killed_half_way_it_ends_as_it_would_have(
    maya: Member, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    undisturbed = bring_in(export(tmp_path), by=maya)
    fates = list(undisturbed.items.order_by("ordinal").values_list("place", "fate", "reason"))
    actions.undo(undisturbed, by=maya, at=AT)
    monkeypatch.setattr(run, "BATCH", 2)
    import_ = actions.begin([export(tmp_path)], member=maya, at=AT)
    for _ in range(4):
        with pytest.raises(KeyboardInterrupt):
            actions.carry_out(import_, heard=killed)

    actions.carry_out(import_)

    assert list(import_.items.order_by("ordinal").values_list("place", "fate", "reason")) == fates


def killed(done: int, total: int | None) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"account": 3}', b'{"account": {"data": [{"type": "contact", "values": [3, null]}]}}'],
)
def test_what_is_no_export_is_rejected_or_holds_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)

    assert len(list(parse.read(path, name="x.json"))) <= 1
