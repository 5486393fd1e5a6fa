"""Bringing in beside other work: the same file twice, an undo, an erasure, a note and the readings."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction

from ampersand.channels import actions
from ampersand.channels import undo as undoing
from ampersand.channels.models import Import
from ampersand.channels.tests.bringing import bring_in, counted
from ampersand.core import locks
from ampersand.core.models import Event
from ampersand.desk.party_edit import write_down
from ampersand.notebook import actions as notebook
from ampersand.parties import erasing
from ampersand.parties.models import Detail, Identifier, Party, Relationship, SideLine
from ampersand.promises.models import Promise
from ampersand.readings import actions as readings
from ampersand.readings.models import Reading
from ampersand.timeline.models import Moment, Participant
from tests.at_once import at_once, begun
from tests.cast import Cast, moment
from tests.test_access import signed_in

AT = datetime(2026, 10, 6, 10, 52, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)

FILES = {
    "people.csv": "Name,Email,Company\n" + "".join(f"Guest {n},guest{n}@inn{n}.example,Inn {n}\n" for n in range(40)),
    "cards.vcf": "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{n}\r\nFN:Guest {n}\r\nEMAIL:guest{n}@inn.example\r\nEND:VCARD\r\n"
        for n in range(40)
    ),
    "year.ics": "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
    + "".join(
        f"BEGIN:VEVENT\r\nUID:e{n}\r\nDTSTART:202601{n % 28 + 1:02}T090000Z\r\nSUMMARY:Tasting {n}\r\n"
        f"ORGANIZER:mailto:maya@harbourfinch.example\r\nATTENDEE;CN=Guest {n}:mailto:guest{n}@inn.example\r\nEND:VEVENT\r\n"
        for n in range(40)
    )
    + "END:VCALENDAR\r\n",
    "box.mbox": "".join(
        f"From x\nFrom: Guest {n} <guest{n}@inn.example>\nTo: maya@harbourfinch.example\nSubject: Beans {n}\n"
        f"Message-ID: <m{n}@inn.example>\nDate: Tue, 6 Oct 2026 09:00:00 +0000\n\nHow are the beans?\n\n"
        for n in range(40)
    ),
}


@pytest.fixture(params=FILES)
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path: Path = tmp_path / request.param
    path.write_text(FILES[request.param])
    return path


def facts() -> dict[str, int]:
    models = (Party, Identifier, Detail, Relationship, Moment, Participant)
    return {model.__name__: model._default_manager.count() for model in models}


def test_the_same_file_brought_in_twice_at_once_is_brought_in_once(file: Path, cast: Cast) -> None:
    twice = [actions.begin([file], member=member, at=AT) for member in (cast.maya, cast.tom)]
    alone = bring_in(file, by=cast.ruth)
    expected = facts()
    actions.undo(alone, by=cast.ruth, at=AT)

    at_once(*(partial(actions.carry_out, import_) for import_ in twice))

    # Who reached out to whom is told anew for Tom, who was in no mail of Maya's: he alone may come to them.
    assert {name: facts()[name] for name in ("Party", "Identifier", "Detail", "Relationship", "Moment")} == {
        name: expected[name] for name in ("Party", "Identifier", "Detail", "Relationship", "Moment")
    }
    assert sum(counted(import_).new for import_ in twice) == counted(twice[0]).seen


def test_one_import_carried_out_by_two_workers_is_carried_out_by_one(file: Path, cast: Cast) -> None:
    """The second waits and finds it done; it neither fails nor marks the import as stopped."""
    import_ = actions.begin([file], member=cast.maya, at=AT)
    again = [partial(actions.carry_out, Import.objects.select_related("source", "member").get()) for _ in range(3)]

    at_once(*again)

    import_.refresh_from_db()
    assert (import_.ended_at is not None, import_.last_error) == (True, "")
    assert Event.objects.filter(name="import.ended").count() == 1
    assert counted(import_).seen == import_.item_count


def card(folder: Path, *, phone: str) -> Path:
    path = folder / "jane.vcf"
    path.write_text(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:j\r\nFN:Jane Okafor\r\nEMAIL:jane@alder.example\r\nTEL:{phone}\r\nEND:VCARD\r\n"
    )
    return path


def test_what_is_brought_in_beside_an_erasure_gives_the_erased_nothing_back(cast: Cast, tmp_path: Path) -> None:
    bring_in(card(tmp_path, phone="+44 117 496 0123"), by=cast.maya)
    jane = Party.objects.get(identifiers__value="jane@alder.example")
    coming = actions.begin([card(tmp_path, phone="+44 117 496 0999")], member=cast.maya, at=AT)

    with transaction.atomic():
        erasing.erase_party(jane, by=cast.ruth, at=AT)
        beside = begun(partial(actions.carry_out, coming))
        assert not beside.done()
    beside.result(timeout=20)

    assert not Identifier.objects.filter(party=jane).exists()


def test_a_note_kept_beside_an_erasure_tells_nothing_of_the_erased(cast: Cast) -> None:
    keep = partial(
        notebook.keep, "I will send Jane Okafor the volumes by Friday.", member=cast.maya, device_id=uuid4(),
        written_at=AT, zone="UTC", at=AT,
    )  # fmt: skip

    with transaction.atomic():
        erasing.erase_party(cast.jane, by=cast.ruth, at=AT)
        beside = begun(keep)
        assert not beside.done()
    beside.result(timeout=20)

    assert not Promise.objects.filter(to=cast.jane).exclude(words="").exists()


def test_a_note_on_the_page_of_one_being_erased_tells_nothing_of_them(cast: Cast) -> None:
    keep = partial(
        notebook.keep, "I wonder who signs off the volumes. No idea who signs off the hotel in Bath.", member=cast.maya,
        device_id=uuid4(), written_at=AT, zone="UTC", at=AT, about=cast.with_jane,
    )  # fmt: skip

    with transaction.atomic():
        erasing.erase_party(cast.jane, by=cast.ruth, at=AT)
        beside = begun(keep)
        assert not beside.done()
    beside.result(timeout=20)

    assert not SideLine.objects.filter(relationship=cast.with_jane).exists()


def test_a_note_about_somebody_else_waits_for_no_erasure(cast: Cast) -> None:
    """An erasure may take minutes in a large book, and nobody waits so long to keep a line."""
    with transaction.atomic():
        erasing.erase_party(cast.jane, by=cast.ruth, at=AT)
        beside = begun(partial(notebook.keep, "Rain all day. Visited Ole Berg.", member=cast.maya, device_id=uuid4(),
                               written_at=AT, zone="UTC", at=AT))  # fmt: skip
        beside.result(timeout=20)

    assert Party.objects.filter(name="Ole Berg").exists()


def test_an_address_written_down_beside_an_erasure_stays_with_nobody(cast: Cast) -> None:
    told = {
        "name": "Jane Okafor",
        "sort_name": "",
        "kind": "person",
        "email": "jane@new.example",
        "phone": "",
        "at": "",
    }

    with transaction.atomic():
        erasing.erase_party(cast.jane, by=cast.ruth, at=AT)
        beside = begun(partial(write_down, told, party=cast.jane, by=cast.maya, at=AT))
        assert not beside.done()
    beside.result(timeout=20)

    assert not Identifier.objects.filter(value="jane@new.example").exists()
    assert Party.objects.get(pk=cast.jane.pk).name == ""


def test_an_undo_takes_its_turn_when_others_leave_no_room(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undoing, "WAIT_SECONDS", 1)
    import_ = bring_in(card(tmp_path, phone="+44 117 496 0123"), by=cast.maya)
    client = signed_in(cast.maya)

    with transaction.atomic():
        locks.alone(locks.BRINGING)
        [answer] = begun(partial(client.post, f"/import/{import_.pk}/undo/", follow=True)).result(timeout=20)

    assert "It is being undone." in answer.content.decode()
    assert Identifier.objects.filter(value="jane@alder.example").exists()


def test_an_erasure_waits_for_what_is_being_written(cast: Cast) -> None:
    with transaction.atomic():
        notebook.keep(
            "I will send Jane Okafor the volumes by Friday.", member=cast.maya, device_id=uuid4(), written_at=AT,
            zone="UTC", at=AT,
        )  # fmt: skip
        beside = begun(partial(erasing.erase_party, cast.jane, by=cast.ruth, at=AT))
        assert not beside.done()
    beside.result(timeout=20)

    assert set(Promise.objects.values_list("words", flat=True)) == {""}


def test_an_import_that_stopped_and_lost_its_file_stands_in_nobodys_way(cast: Cast, tmp_path: Path) -> None:
    import_ = bring_in(card(tmp_path, phone="+44 117 496 0123"), by=cast.maya)
    Import.objects.filter(pk=import_.pk).update(ended_at=None, step="reading", last_error="psycopg.OperationalError")
    jane = Party.objects.get(identifiers__value="jane@alder.example")

    erasing.erase_party(jane, by=cast.ruth, at=AT)
    erasing.erase_party(cast.alder, by=cast.ruth, at=AT)

    import_.refresh_from_db()
    assert (import_.file, import_.ended_at) == (None, AT)
    assert Party.objects.get(pk=cast.alder.pk).erased_at == AT


def test_an_undo_beside_the_readings_leaves_neither_half_done(cast: Cast, tmp_path: Path) -> None:
    import_ = bring_in(card(tmp_path, phone="+44 117 496 0123"), by=cast.maya)
    jane = Party.objects.get(identifiers__value="jane@alder.example")
    with_jane = jane.relationship.pk

    with transaction.atomic():
        actions.undo(import_, by=cast.maya, at=AT)
        beside = begun(partial(readings.read_one, with_jane, at=AT))
    beside.result(timeout=20)

    assert not Reading.objects.filter(relationship_id=with_jane).exists()


def test_one_relationship_read_several_times_at_once_has_one_reading_of_a_kind(cast: Cast) -> None:
    for day in range(1, 9):
        moment(cast.jane, by=cast.maya, at=AT.replace(month=day))
    read = partial(readings.read_one, cast.with_jane.pk, at=AT)

    at_once(read, read, read, partial(readings.read_all, at=AT))

    kinds = list(Reading.objects.filter(relationship=cast.with_jane).values_list("measure", flat=True))
    assert sorted(kinds) == sorted(set(kinds)) == ["next", "quiet"]
