"""What Google hands out: one archive with mail, people, meetings and chats, in one or in several parts."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from ampersand.channels import actions, material
from ampersand.channels.tests.bringing import AT, bring_in, counted, found_house, member, row_counts
from ampersand.members.models import House, MailBodies, Member
from ampersand.parties.models import Party
from ampersand.timeline.models import Attachment, Moment

pytestmark = pytest.mark.django_db

LETTER = """From 1@xxx Tue Mar 05 08:00:00 +0000 2024
X-Gmail-Labels: {labels}
From: Jane Okafor <jane@alder.example>
To: maya@finch.example
Date: Tue, 5 Mar 2024 08:0{nth}:00 +0000
Message-ID: <{nth}@alder.example>
Subject: Letter {nth}

Which day suits you?

"""
MBOX = "".join(
    LETTER.format(labels=labels, nth=nth)
    for nth, labels in enumerate(
        ["Inbox,Important", "Spam", "=?UTF-8?Q?Papierkorb?=,Ge=C3=B6ffnet", "Drafts", "Archived"]
    )
)
CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Jane Okafor\nEMAIL:jane@alder.example\nEND:VCARD\n"
MEETING = (
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1@google.com\nDTSTART:20240306T090000Z\nDTEND:20240306T100000Z\nSUMMARY:Plan\n"
    "ORGANIZER:mailto:maya@finch.example\nATTENDEE:mailto:jane@alder.example\nEND:VEVENT\nEND:VCALENDAR\n"
)


def message(name: str, email: str, text: str, **more: object) -> dict[str, object]:
    told: dict[str, object] = {
        "creator": {"name": name, "email": email, "user_type": "Human"},
        "created_date": "Tuesday, March 5, 2024 at 8:01:12\u202fAM UTC",
        "text": text,
        "message_id": f"dm/{text}",
    }
    return {**told, **more}


CHAT = {
    "messages": [
        message("Jane Okafor", "jane@alder.example", "Are you there?"),
        message("Maya", "maya.private@gmail.example", "Yes"),
        message("Jane Okafor", "jane@alder.example", "", attached_files=[
            {"original_name": "offer.pdf", "export_name": "File-offer.pdf"}
        ]),
        message("Jane Okafor", "jane@alder.example", "", message_state="DELETED"),
        message("Bot", "", "Hi", creator={"name": "Bot", "user_type": "Bot"}),
        message("Jane Okafor", "jane@alder.example", "When?", created_date="some day"),
    ]
}  # fmt: skip
USER = {"user": {"name": "Maya", "email": "maya.private@gmail.example", "user_type": "Human"}}
FILES = {
    "Takeout/Mail/All mail Including Spam and Trash.mbox": MBOX,
    "Takeout/Contacts/All Contacts/All Contacts.vcf": CARD,
    "Takeout/Calendar/maya@finch.example.ics": MEETING,
    "Takeout/Google Chat/Groups/DM abc/messages.json": json.dumps(CHAT),
    "Takeout/Google Chat/Groups/DM abc/group_info.json": json.dumps({"members": [USER["user"]]}),
    "Takeout/Google Chat/Groups/DM abc/File-offer.pdf": "%PDF-1.4",
    "Takeout/Google Chat/Users/User 1/user_info.json": json.dumps(USER),
    "Takeout/archive_browser.html": "<html><body>Takeout</body></html>",
    "Takeout/Google Photos/IMG_1.jpg": "picture",
    "Takeout/My Activity/MyActivity.json": "[]",
}


@pytest.fixture
def maya() -> Member:
    found_house()
    return member("Maya Lindqvist", "maya@finch.example")


def takeout(path: Path, files: Mapping[str, str] = FILES) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_all_of_it_comes_in_and_every_file_is_accounted_for(maya: Member, tmp_path: Path) -> None:
    House.objects.update(mail_bodies=MailBodies.FULL)  # else no files of a chat are kept
    import_ = bring_in(takeout(tmp_path / "takeout-20240305T080112Z-001.zip"), by=maya)

    modes = Counter(Moment.objects.values_list("mode", flat=True))
    assert modes == {"mail": 2, "visit": 1, "message": 3}
    assert Party.objects.get(name="Jane Okafor").relationship.because
    assert [one.name for one in Attachment.objects.all()] == ["File-offer.pdf"]
    assert Moment.objects.get(words="Yes").began == "us"
    met = " ".join(import_.items.values_list("place", flat=True))
    assert not [name for name in FILES if name.endswith(".pdf") is (name in met)]
    assert not import_.items.filter(fate__in=["left_out", "rejected"], reason="").exists()
    assert counted(import_).rejected == 1


def test_spam_and_the_bin_are_left_out_unless_asked_for(maya: Member, tmp_path: Path) -> None:
    path = takeout(tmp_path / "takeout-20240305T080112Z-001.zip")
    import_ = bring_in(path, by=maya)
    reasons = Counter(import_.items.filter(place__contains=".mbox").values_list("reason", flat=True))

    with path.open("rb") as content:
        asked = actions.begin_upload(content, name=path.name, member=maya, at=AT, with_unwanted=True)
    actions.carry_out(asked)

    assert reasons == {
        "": 2, "It lay among the unwanted mails.": 1, "It lay in the bin.": 1, "A draft that was never sent.": 1,
    }  # fmt: skip
    assert Moment.objects.filter(mode="mail").count() == 4


def test_the_parts_of_one_export_come_in_together(maya: Member, tmp_path: Path) -> None:
    names = sorted(FILES)
    parts = {"001": names[::2], "002": names[1::2]}
    paths = [
        takeout(tmp_path / f"takeout-20240305T080112Z-{number}.zip", {name: FILES[name] for name in of})
        for number, of in parts.items()
    ]
    assert len({material.export_of(path.name) for path in paths}) == 1
    with paths[0].open("rb") as one, paths[1].open("rb") as other:
        import_ = actions.begin_together([(paths[0].name, one), (paths[1].name, other)], member=maya, at=AT)

    actions.carry_out(import_)

    modes = Counter(Moment.objects.values_list("mode", flat=True))
    assert (modes["mail"], modes["visit"]) == (2, 1)
    assert not import_.items.filter(fate__in=["left_out", "rejected"], reason="").exists()


def test_again_it_changes_nothing_and_undone_nothing_is_left(maya: Member, tmp_path: Path) -> None:
    before = row_counts()
    path = takeout(tmp_path / "takeout-20240305T080112Z-001.zip")
    first = bring_in(path, by=maya)
    filled = row_counts()

    again = bring_in(path, by=maya)

    assert (counted(again).new, counted(again).joined, row_counts()) == (0, 0, filled)
    actions.undo(again, by=maya, at=AT)
    actions.undo(first, by=maya, at=AT)
    assert row_counts() == before
