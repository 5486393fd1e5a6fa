"""Chats brought in: who is in them, what was said, and what is left as it was."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from ampersand.channels import actions, run
from ampersand.channels.chats.names import Answer, Answered, Is
from ampersand.channels.models import Import, ImportItem
from ampersand.channels.tests.bringing import AT, bring_in, counted, found_house, member, row_counts
from ampersand.core.folding import sort_key
from ampersand.members.models import House, MailBodies, Member, Role
from ampersand.parties.erasing import erase_party
from ampersand.parties.models import Because, Identifier, IdentifierKind, Party, Relationship
from ampersand.timeline.models import Attachment, Moment, Participant, Telling, Thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def maya() -> Member:
    found_house()
    return member("Maya Lindqvist", "maya@finch.example")


def known(name: str, *, phone: str = "") -> Party:
    party = Party.objects.create(name=name, sort_key=sort_key(name), told_at=AT)
    Relationship.objects.create(party=party, because=Because.TYPED, known_at=AT, told_at=AT)
    if phone:
        Identifier.objects.create(party=party, kind=IdentifierKind.PHONE, value=phone, as_told=phone, told_at=AT)
    return party


def chat(folder: Path, lines: Sequence[str], *, name: str = "WhatsApp Chat with Jane Okafor.txt") -> Path:
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


JANE = (
    "30/09/2026, 14:30 - Messages and calls are end-to-end encrypted.",
    "30/09/2026, 14:31 - Jane Okafor: Can you send me the offer?",
    "30/09/2026, 14:40 - Maya: Here it is",
    "with two pages",
    "01/10/2026, 09:02 - Jane Okafor: <Media omitted>",
    "01/10/2026, 09:03 - Jane Okafor: This message was deleted",
)


def asked(path: Path, by: Member, **people: Answer) -> Import:
    """Brought in through the page, where these things were said."""
    with path.open("rb") as content:
        import_ = actions.begin_upload(content, name=path.name, member=by, at=AT)
    told = {f"WhatsApp:{name.replace('_', ' ')}": answer for name, answer in people.items()}
    import_.mapping = Answered(told).kept_in(None)
    import_.save()
    actions.carry_out(import_)
    return import_


def test_a_chat_becomes_messages_between_the_two_who_wrote(maya: Member, tmp_path: Path) -> None:
    jane = known("Jane Okafor")

    import_ = bring_in(chat(tmp_path, JANE), by=maya)

    told = list(Moment.objects.order_by("happened_at", "id").values_list("happened_at", "mode", "words", "began"))
    assert told == [
        (datetime(2026, 9, 30, 13, 31, tzinfo=UTC), "message", "Can you send me the offer?", "them"),
        (datetime(2026, 9, 30, 13, 40, tzinfo=UTC), "message", "Here it is\nwith two pages", "us"),
        (datetime(2026, 10, 1, 8, 2, tzinfo=UTC), "message", "<Media omitted>", "them"),
    ]
    parts = Participant.objects.filter(party=jane).order_by("happened_at").values_list("role", flat=True)
    assert list(parts) == ["from", "to", "from"]
    assert (counted(import_).new, counted(import_).joined, counted(import_).left_out) == (3, 2, 2)
    assert Thread.objects.count() == 1
    assert Moment.objects.filter(asks_answer=True).count() == 1


def test_the_same_chat_again_changes_nothing_and_undone_nothing_is_left(maya: Member, tmp_path: Path) -> None:
    known("Jane Okafor")
    before = row_counts()
    first = bring_in(chat(tmp_path, JANE), by=maya)
    filled = row_counts()

    again = bring_in(chat(tmp_path, JANE), by=maya)

    assert (counted(again).new, counted(again).joined, row_counts()) == (0, 0, filled)
    actions.undo(again, by=maya, at=AT)
    assert row_counts() == filled
    actions.undo(first, by=maya, at=AT)
    assert row_counts() == before


def test_a_later_export_adds_only_what_is_new(maya: Member, tmp_path: Path) -> None:
    known("Jane Okafor")
    bring_in(chat(tmp_path, JANE), by=maya)
    later = [JANE[0], *JANE[2:5], "02/10/2026, 10:00 - Jane Okafor: Thanks", "02/10/2026, 10:00 - Jane Okafor: Thanks"]

    import_ = bring_in(chat(tmp_path, later, name="WhatsApp Chat with Jane Okafor (1).txt"), by=maya)

    assert (counted(import_).new, counted(import_).joined) == (2, 0)
    assert Moment.objects.count() == 5
    assert Thread.objects.count() == 1


def test_the_same_chat_from_an_iphone_is_the_same_chat(maya: Member, tmp_path: Path) -> None:
    known("Jane Okafor")
    bring_in(chat(tmp_path, JANE), by=maya)
    iphone = [
        "\u200e[30/09/2026, 14:30:00] Jane Okafor: \u200eMessages and calls are end-to-end encrypted.",
        "[30/09/2026, 14:31:07] Jane Okafor: Can you send me the offer?",
        "[30/09/2026, 14:40:51] Maya: Here it is\nwith two pages",
        "\u200e[01/10/2026, 09:02:33] Jane Okafor: \u200eimage omitted",
    ]

    import_ = bring_in(chat(tmp_path, iphone, name="WhatsApp Chat - Jane Okafor.txt"), by=maya)

    assert (counted(import_).new, Moment.objects.count()) == (0, 3)


def test_who_nobody_knows_is_asked_for_and_never_made_up(maya: Member, tmp_path: Path) -> None:
    lines = ["30/09/2026, 14:31 - Mum: Hello", "30/09/2026, 14:32 - Bo: Hi", "30/09/2026, 14:33 - Di: Ho"]

    import_ = bring_in(chat(tmp_path, lines, name="chat.txt"), by=maya)

    assert (counted(import_).seen, counted(import_).rejected) == (6, 6)
    assert not Moment.objects.exists()
    assert {item.reason for item in import_.items.all()} == {
        f"Nobody has said yet who “{name}” is. Bring the chat in through the page, which asks."
        for name in ("Mum", "Bo", "Di")
    }


def test_what_was_said_of_a_name_is_known_the_next_time(maya: Member, tmp_path: Path) -> None:
    rosa = known("Rosa Miller")
    lines = ["30/09/2026, 14:31 - Mum: Hello", "30/09/2026, 14:32 - My self: Hi"]
    asked(chat(tmp_path, lines, name="a.txt"), maya, Mum=Answer(Is.PARTY, rosa.pk), My_self=Answer(Is.ME))

    import_ = bring_in(chat(tmp_path, [*lines, "01/10/2026, 10:00 - Mum: Are you there?"], name="b.txt"), by=maya)

    assert (counted(import_).new, counted(import_).rejected) == (1, 0)
    assert Participant.objects.filter(party=rosa).count() == 3


def test_somebody_new_is_written_down_as_they_were_called(maya: Member, tmp_path: Path) -> None:
    lines = ["30/09/2026, 14:31 - Ro: Hello", "30/09/2026, 14:32 - Maya Lindqvist: Hi"]

    asked(chat(tmp_path, lines, name="a.txt"), maya, Ro=Answer(Is.NEW, name="Rosa Miller"))

    assert [str(one) for one in Relationship.objects.all()] == ["Rosa Miller"]
    assert Participant.objects.filter(party__name="Rosa Miller").count() == 2


def test_whom_one_chose_to_leave_out_is_left_out_the_next_time_too(maya: Member, tmp_path: Path) -> None:
    known("Jane Okafor")
    lines = [
        "30/09/2026, 14:31 - Ro: Hello",
        "30/09/2026, 14:32 - Maya Lindqvist: Hi",
        "30/09/2026, 14:33 - Jane Okafor: Ho",
    ]
    asked(chat(tmp_path, lines, name="a.txt"), maya, Ro=Answer(Is.NOBODY))

    import_ = bring_in(chat(tmp_path, [*lines, "01/10/2026, 10:00 - Ro: Who?"], name="b.txt"), by=maya)

    assert counted(import_).left_out == 3
    assert not Moment.objects.filter(words__in=["Hello", "Who?"]).exists()
    assert Moment.objects.count() == 2


def test_a_number_finds_whose_it_is_and_else_leaves_a_trace(maya: Member, tmp_path: Path) -> None:
    tom = known("Tom Ellery", phone="+447700900123")
    lines = [
        "30/09/2026, 14:31 - +44 7700 900123: Hello",
        "30/09/2026, 14:32 - Maya Lindqvist: Hi",
        "30/09/2026, 14:33 - +44 7700 900999: Ho",
    ]

    import_ = bring_in(chat(tmp_path, lines, name="a.txt"), by=maya)

    assert Participant.objects.filter(party=tom, role="from").count() == 1
    assert counted(import_).rejected == 0
    assert Identifier.objects.get(value="+447700900999").party.name == "+44 7700 900999"


def test_files_in_the_archive_stay_with_their_message(maya: Member, tmp_path: Path) -> None:
    House.objects.update(mail_bodies=MailBodies.FULL)
    known("Jane Okafor")
    path = tmp_path / "WhatsApp Chat - Jane Okafor.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "_chat.txt",
            "[30/09/2026, 14:31:00] Jane Okafor: \u200e<attached: 00000002-PHOTO.jpg>\n"
            "[30/09/2026, 14:32:00] Maya: <attached: ../../etc/passwd.txt>\n"
            "[30/09/2026, 14:33:00] Jane Okafor: \u200e<attached: 00000003-Jane.vcf>\n",
        )
        archive.writestr("00000002-PHOTO.jpg", b"\xff\xd8\xff picture")
        archive.writestr("00000003-Jane.vcf", b"BEGIN:VCARD\nFN:Somebody Else\nEND:VCARD\n")
        archive.writestr("loose.jpg", b"\xff\xd8\xff other")

    import_ = bring_in(path, by=maya)

    assert sorted(Attachment.objects.values_list("name", flat=True)) == ["00000002-PHOTO.jpg", "00000003-Jane.vcf"]
    assert Attachment.objects.get(name="00000002-PHOTO.jpg").file.media_type == "image/jpeg"
    assert (counted(import_).new, counted(import_).rejected, counted(import_).left_out) == (3, 0, 1)
    assert not Party.objects.filter(name="Somebody Else").exists()


@pytest.mark.parametrize(
    ("bodies", "words", "body_letters", "files"),
    [
        (MailBodies.NONE, ["", ""], 0, 0),
        (MailBodies.EXCERPT, ["Two words\nin two lines", ("word " * 119).rstrip() + "…"], 0, 0),
        (MailBodies.FULL, ["Two words\nin two lines", ("word " * 1000)[:4000]], 5_026, 1),
    ],
)
def test_of_a_chat_is_kept_what_the_house_chose(
    maya: Member, tmp_path: Path, bodies: str, words: list[str], body_letters: int, files: int
) -> None:
    House.objects.update(mail_bodies=bodies)
    known("Jane Okafor")
    path = tmp_path / "WhatsApp Chat - Jane Okafor.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "_chat.txt",
            "[30/09/2026, 14:31:00] Maya: Two words\nin two lines\n"
            f"[30/09/2026, 14:32:00] Jane Okafor: {'word ' * 1000}Can you send me the offer?\n"
            "[30/09/2026, 14:33:00] Jane Okafor: \u200e<attached: 00000002-PHOTO.jpg>\n",
        )
        archive.writestr("00000002-PHOTO.jpg", b"\xff\xd8\xff picture")

    import_ = bring_in(path, by=maya)
    told = list(Moment.objects.order_by("happened_at"))
    again = bring_in(path, by=maya)

    assert [moment.words.rstrip() for moment in told[:2]] == [one.rstrip() for one in words]
    assert (len(told[1].body), told[1].asks_answer) == (body_letters, True)
    assert Attachment.objects.count() == files
    assert (counted(import_).new, counted(again).new) == (3, 0)


def test_two_of_the_house_in_one_group_tell_of_one_message(maya: Member, tmp_path: Path) -> None:
    bo = member("Bo Sand", "bo@finch.example")
    known("Jane Okafor")
    lines = [
        "30/09/2026, 14:31 - Jane Okafor: Hello",
        "30/09/2026, 14:32 - Maya Lindqvist: Hi",
        "30/09/2026, 14:33 - Bo Sand: Ho",
    ]
    bring_in(chat(tmp_path, lines, name="a.txt"), by=maya)

    import_ = bring_in(chat(tmp_path, lines, name="b.txt"), by=bo)

    assert Moment.objects.count() == 3
    assert counted(import_).joined == 6
    assert Telling.objects.count() == 6


def test_what_i_write_to_two_in_one_minute_is_two_messages(maya: Member, tmp_path: Path) -> None:
    known("Jane Okafor")
    known("Tom Ellery")
    for other in ("Jane Okafor", "Tom Ellery"):
        lines = [f"01/01/2026, 00:01 - {other}: Hi", "01/01/2026, 00:01 - Me: Happy new year"]
        bring_in(chat(tmp_path, lines, name=f"WhatsApp Chat with {other}.txt"), by=maya)

    assert Moment.objects.filter(words="Happy new year").count() == 2


def test_the_hour_is_that_of_whoever_brings_it(maya: Member, tmp_path: Path) -> None:
    known("Jane Okafor")
    Member.objects.filter(pk=maya.pk).update(time_zone="America/New_York")
    maya.refresh_from_db()

    bring_in(chat(tmp_path, JANE), by=maya)

    moment = Moment.objects.order_by("happened_at").first()
    assert moment is not None
    assert (moment.happened_at, moment.zone) == (datetime(2026, 9, 30, 18, 31, tzinfo=UTC), "America/New_York")


def test_killed_half_way_it_ends_as_it_would_have(
    maya: Member, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "BATCH", 3)
    known("Jane Okafor")
    lines = [f"{day:02}/09/2026, 14:{minute:02} - {who}: {day} {minute}"
             for day in range(1, 29) for minute, who in ((1, "Jane Okafor"), (2, "Maya"))]  # fmt: skip
    path = chat(tmp_path, lines)
    undisturbed = bring_in(path, by=maya)
    expected, fates = facts(), ledger(undisturbed)
    actions.undo(undisturbed, by=maya, at=AT)
    import_ = actions.begin([path], member=maya, at=AT)
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            actions.carry_out(import_, heard=killed)

    actions.carry_out(import_)

    assert ledger(import_) == fates
    assert facts() == expected


def killed(done: int, total: int | None) -> None:
    raise KeyboardInterrupt


def ledger(import_: Import) -> list[tuple[object, ...]]:
    return list(
        import_.items.order_by("part", "ordinal").values_list("part", "ordinal", "place", "key", "fate", "reason")
    )


def facts() -> list[tuple[object, ...]]:
    told = Participant.objects.values_list(
        "moment__happened_at", "moment__words", "party__name", "role", "moment__thread"
    )
    return sorted((at, words, name, role, isinstance(thread, UUID)) for at, words, name, role, thread in told)


def test_who_was_erased_does_not_come_back_with_the_chat(maya: Member, tmp_path: Path) -> None:
    lines = [
        "30/09/2026, 14:31 - Mum: Hello",
        "30/09/2026, 14:32 - Maya Lindqvist: Hi",
        "30/09/2026, 14:33 - Jane Okafor: Ho",
    ]
    known("Jane Okafor")
    path = chat(tmp_path, lines, name="a.txt")
    asked(path, maya, Mum=Answer(Is.NEW, name="Rosa Miller"))
    steward = member("Ruth Amsel", "ruth@finch.example", Role.STEWARD)
    erase_party(Party.objects.get(name="Rosa Miller"), by=steward, at=AT)

    again = bring_in(path, by=maya)

    assert counted(again).new == 0
    assert not Moment.objects.filter(words="Hello").exists()
    assert not Party.objects.filter(name__in=["Rosa Miller", "Mum"]).exists()
    assert "Mum" not in str(list(Import.objects.exclude(pk=again.pk).values_list("mapping", flat=True)))
    assert not ImportItem.objects.exclude(run=again).filter(key__contains="Mum").exists()
