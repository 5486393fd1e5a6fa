"""LinkedIn's messages: who wrote to whom by their pages, and whose messages they are."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from ampersand.channels import actions
from ampersand.channels.chats.names import Answer, Answered, Is
from ampersand.channels.models import ImportKind
from ampersand.channels.tests.bringing import AT, bring_in, counted, found_house, member, row_counts
from ampersand.members.models import Member
from ampersand.parties.models import Identifier, Relationship
from ampersand.timeline.models import Moment, Participant, Thread

pytestmark = pytest.mark.django_db

HEADINGS = (
    "CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS", "DATE",
    "SUBJECT", "CONTENT", "FOLDER", "IS MESSAGE DRAFT",
)  # fmt: skip
PAGE = "https://www.linkedin.com/in/"
MAYA, ANA, TOM = ("Maya L.", f"{PAGE}maya"), ("Ana Lopez", f"{PAGE}ana"), ("Tom Ellery", f"{PAGE}tom")


@pytest.fixture
def maya() -> Member:
    found_house()
    return member("Maya Lindqvist", "maya@finch.example")


def row(
    chat: str, who: tuple[str, str], to: Sequence[tuple[str, str]], words: str, *, at: str = "", folder: str = "INBOX"
) -> list[str]:
    names, pages = ",".join(name for name, _ in to), ",".join(page for _, page in to)
    return [chat, "", *who, names, pages, at or "2024-03-15 09:30:00 UTC", "", words, folder, "No"]


ROWS = (
    row("1", ANA, [MAYA], "Coffee?"),
    row("1", MAYA, [ANA], "<p class='x'>Gladly</p>", at="2024-03-15 10:00:00 UTC"),
    row("2", MAYA, [TOM], "Are you at the fair?"),
    row("2", TOM, [MAYA], "", at="2024-03-15 11:00:00 UTC"),
    row("2", TOM, [MAYA], "Win a prize", folder="SPAM"),
    row("2", TOM, [MAYA], "When?", at="some day"),
    ["broken"],
)


def written(folder: Path, rows: Sequence[Sequence[str]] = ROWS) -> Path:
    path = folder / "messages.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *rows])
    return path


def test_whose_messages_they_are_is_told_by_who_is_in_all_of_them(maya: Member, tmp_path: Path) -> None:
    import_ = bring_in(written(tmp_path), by=maya)

    told = Moment.objects.order_by("happened_at", "words").values_list("words", "began", "zone")
    assert list(told) == [
        ("Are you at the fair?", "us", "Europe/London"),
        ("Coffee?", "them", "Europe/London"),
        ("Gladly", "us", "Europe/London"),
    ]
    assert sorted(Identifier.objects.filter(kind="url").values_list("value", flat=True)) == [
        "linkedin.com/in/ana",
        "linkedin.com/in/tom",
    ]
    assert [str(one) for one in Relationship.objects.all()] == ["Ana Lopez"]
    assert Thread.objects.count() == 2
    assert (counted(import_).rejected, counted(import_).left_out) == (2, 2)


def test_they_are_known_from_the_connections_by_their_page(maya: Member, tmp_path: Path) -> None:
    connections = tmp_path / "Connections.csv"
    connections.write_text(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        f"Ana María,Lopez,{ANA[1]},,Acme,Buyer,15 Jan 2024\n"
    )
    bring_in(connections, by=maya)

    bring_in(written(tmp_path), by=maya)

    assert Participant.objects.filter(party__name="Ana María Lopez").count() == 2


def test_where_two_may_be_the_one_it_is_asked_for(maya: Member, tmp_path: Path) -> None:
    path = written(tmp_path, ROWS[:2])
    with path.open("rb") as content:
        import_ = actions.begin_upload(content, name=path.name, member=maya, at=AT)
    asked = actions.asked_of(import_)
    actions.tell_names(import_, people={"LinkedIn:linkedin.com/in/maya": Answer(Is.ME)}, orders={}, by=maya, at=AT)

    actions.carry_out(import_)

    assert import_.kind == ImportKind.CHATS
    assert {one.speaker.name for one in asked.people} == {"Maya L.", "Ana Lopez"}
    assert Moment.objects.get(words="Gladly").began == "us"
    assert not Answered.of(import_.mapping).waits


def test_again_it_changes_nothing_and_undone_nothing_is_left(maya: Member, tmp_path: Path) -> None:
    before = row_counts()
    first = bring_in(written(tmp_path), by=maya)
    filled = row_counts()

    again = bring_in(written(tmp_path), by=maya)

    assert (counted(again).new, counted(again).joined, row_counts()) == (0, 0, filled)
    actions.undo(again, by=maya, at=AT)
    actions.undo(first, by=maya, at=AT)
    assert row_counts() == before


def test_nobody_comes_in_before_it_is_known_whose_messages_they_are(maya: Member, tmp_path: Path) -> None:
    import_ = bring_in(written(tmp_path, ROWS[:2]), by=maya)

    assert (counted(import_).rejected, counted(import_).new) == (4, 0)
    assert set(import_.items.values_list("reason", flat=True)) == {
        "Nobody has said yet which of them you are. Bring the chat in through the page, which asks."
    }
