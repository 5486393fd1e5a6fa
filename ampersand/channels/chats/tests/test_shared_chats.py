"""The chats beside the project: each line accounted for, once somebody said who is in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ampersand.channels import actions
from ampersand.channels.chats.names import Answer, Is
from ampersand.channels.models import Import
from ampersand.channels.report import Report
from ampersand.channels.tests.bringing import AT, counted, found_house, member
from ampersand.timeline.models import Moment

pytestmark = [pytest.mark.shared_data, pytest.mark.django_db]

# New, joined, left out and rejected; of the people the member is joined, and the others are new.
CHATS = {
    "kawsay/android_chat.txt": ("John", Report(4, 1, 0, 1, 0)),
    "kawsay/ios_chat.txt": ("John", Report(8, 1, 0, 1, 0)),
    "kawsay/whatsapp-export_chat.txt": ("Grandpa", Report(5, 1, 0, 0, 0)),
    "kawsay/whatsapp-more_chat.txt": ("Grandpa", Report(3, 1, 0, 0, 0)),
    "kawsay/messages.csv": ("Ana Lopez", Report(3, 1, 0, 0, 1)),
    "made/whatsapp-ios-group-en.txt": ("Hanna Brook", Report(7, 1, 0, 4, 0)),
}


@pytest.mark.parametrize("name", CHATS)
def test_every_line_is_accounted_for(shared_data: Path, name: str) -> None:
    found_house()
    maya = member("Maya Lindqvist", "maya@finch.example")
    me, expected = CHATS[name]
    path = shared_data / "crm-exports" / name
    with path.open("rb") as content:
        import_: Import = actions.begin_upload(content, name=path.name, member=maya, at=AT)
    people = {
        whom.speaker.key: Answer(Is.ME if whom.speaker.name == me else Is.NEW, name=whom.speaker.name)
        for whom in actions.asked_of(import_).people
    }
    actions.tell_names(import_, people=people, orders={}, by=maya, at=AT)

    actions.carry_out(import_)

    assert counted(import_) == expected
    assert not import_.items.filter(fate__in=["left_out", "rejected"], reason="").exists()
    assert Moment.objects.count() == import_.items.filter(key__startswith="chat:", fate="new").count()
