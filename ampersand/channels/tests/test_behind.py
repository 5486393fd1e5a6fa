"""Writing what was made while more is made."""

from __future__ import annotations

import threading
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from ampersand.channels import behind
from ampersand.channels.copying import fetch
from ampersand.channels.models import ImportItem
from ampersand.channels.tests.bringing import bring_in, counted, found_house, member
from ampersand.core import history_context, search
from ampersand.core.ids import new_id
from ampersand.core.models import SearchEntry, Source
from ampersand.parties.models import Detail, Identifier, Party, PartyKind, Relationship, Tie
from ampersand.timeline.models import Moment, Participant, Telling

pytestmark = pytest.mark.django_db
MANY = behind.PIECE + 1


def note(label: str) -> None:
    Source.objects.create(kind="table", label=label, made_at=timezone.now())


def labels() -> list[str]:
    return list(Source.objects.order_by("pk").values_list("label", flat=True))


def test_all_is_written_in_its_order_by_a_thread_that_ends() -> None:
    threads: list[tuple[str, str | None]] = []
    order: list[int] = []
    with translation.override("de"), behind.writing(MANY) as later:
        for number in range(40):
            later(order.append, number)
        later(note, "last")
        later(lambda: threads.append((threading.current_thread().name, translation.get_language())))

    assert order == list(range(40))
    assert labels() == ["last"]
    assert threads == [("writing behind", "de")]
    assert "writing behind" not in {thread.name for thread in threading.enumerate()}


@pytest.mark.parametrize("count", [0, 1, behind.PIECE])
def test_a_few_are_written_at_once(count: int) -> None:
    with behind.writing(count) as later:
        later(note, "now")
        assert labels() == ["now"]


def test_who_changes_what_is_told_of_what_is_written_too() -> None:
    with history_context.SessionContext(user="1"), behind.writing(MANY) as later:
        later(note, "now")
        assert labels() == ["now"]


def test_the_first_failure_is_raised_and_nothing_is_written_after_it() -> None:
    def fail() -> None:
        raise ValueError("the disk is full")

    def write() -> None:
        with transaction.atomic(), behind.writing(MANY) as later:
            for one in (partial(note, "before"), fail, partial(note, "after")):
                later(one)

    with pytest.raises(ValueError, match="the disk is full"):
        write()

    assert labels() == []


def test_what_fails_meanwhile_takes_back_what_was_written() -> None:
    def write() -> None:
        with transaction.atomic(), behind.writing(MANY) as later:
            later(note, "before")
            raise ValueError("no such row")

    with pytest.raises(ValueError, match="no such row"):
        write()

    assert labels() == []
    assert not connection.needs_rollback


def test_who_else_asks_the_database_waits_until_all_is_written() -> None:
    def slowly(label: str) -> None:
        time.sleep(0.05)
        note(label)

    with behind.writing(MANY) as later:
        for label in ("first", "second"):
            later(slowly, label)
        seen = set(labels())
        later(note, "third")

    assert seen == {"first", "second"}
    assert set(labels()) == {"first", "second", "third"}


def test_what_points_nowhere_is_refused() -> None:
    def told_of_nobody() -> None:
        Relationship.objects.create(party_id=new_id(), because="table", known_at=timezone.now(), told_at=timezone.now())

    with pytest.raises(IntegrityError), transaction.atomic(), behind.writing(MANY) as later:
        later(told_of_nobody)


def test_what_is_gathered_for_search_is_gathered_behind_too() -> None:
    found_house()
    entry = search.Entry(kind="party", object_id=new_id(), text="Leeds", names=("Jane Okafor", ""))
    with search.gathered():
        with behind.writing(MANY) as later:
            for ready in search.made_ready([entry]):
                later(search.put_ready, ready)
        assert not SearchEntry.objects.filter(pk=entry.object_id).exists()

    assert SearchEntry.objects.filter(pk=entry.object_id).exists()


PEOPLE = """First Name,Last Name,Email,Phone,Company,City
Ana,Okafor,ana@firm.example,+44 20 7946 0001,Firm,Leeds
Ben,Varga,ben@firm.example,,Firm,York
Cleo,Marsh,cleo@mill.example,,Mill,Hull
Ana,Okafor,ana@firm.example,+44 20 7946 0009,Mill,Ghent
Ana,Okafor,ana@firm.example,+44 20 7946 0001,Firm,Leeds
,,,,,
Dora,Finch,dora@harbour.example,,Harbour & Finch,Turin
Ben,Varga,ben@other.example;ben@firm.example,,Other,York
"""
MOMENTS = """Date,Type,Email,Name,Subject,Notes
2026-03-01,Call,ana@firm.example,Ana Okafor,Talk,Of prices
2026-03-02,Call,zoe@new.example,Zoe Petrov,Talk,Of boats
no day,Call,ben@firm.example,Ben Varga,Talk,Of nothing
2026-03-01,Call,ana@firm.example,Ana Okafor,Talk,Of prices
2026-02-01,Visit,zoe@new.example,Zoe Petrov,Lunch,Of sails
2026-03-05,Call,ben@firm.example,Ben Varga,Talk,"a ""quoted"" \\ word"
"""


def standing() -> dict[str, list[Any]]:
    """All that is told, without the ids and times that differ from one book to the next."""
    name = "party__name"
    return {
        "parties": sorted(Party.objects.values_list("kind", "name", "sort_key", "is_colleague")),
        "identifiers": sorted(Identifier.objects.values_list(name, "kind", "value", "as_told", "label", "place")),
        "details": sorted(Detail.objects.values_list(name, "label", "value", "place")),
        "ties": sorted(Tie.objects.values_list("from_party__name", "to_party__name", "kind", "role", "place")),
        "known": sorted(Relationship.objects.values_list(name, "because", "known_at__date")),
        "moments": sorted(Moment.objects.values_list("mode", "happened_at", "began", "subject", "words", "place")),
        "there": sorted(Participant.objects.values_list("moment__words", name, "role", "is_ours", "happened_at")),
        "tellings": sorted(Telling.objects.values_list("key", "place", "moment__words", "said__words")),
        "found": sorted(
            fetch("SELECT kind, name, cardinality(party_ids), tsvector_to_array(words)::text FROM core_searchentry")
        ),
        "ledger": sorted(ImportItem.objects.values_list("ordinal", "place", "fate", "reason", "key", "part")),
    }  # fmt: skip


def brought_in(folder: Path) -> dict[str, list[Any]]:
    tables = {"people.csv": PEOPLE, "moments.csv": MOMENTS, "more.csv": PEOPLE.replace("Hull", "Oslo")}
    with transaction.atomic():
        found_house()
        maya = member("Maya Finch", "maya@harbour.example")
        told = []
        for name, text in tables.items():
            path = folder / name
            path.write_text(text, encoding="utf-8")
            told.append(counted(bring_in(path, by=maya)))
        found = {**standing(), "counted": told}
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("piece", [1, 2, 3])
def test_a_table_in_pieces_tells_what_it_tells_at_once(
    piece: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = brought_in(tmp_path)
    monkeypatch.setattr(behind, "PIECE", piece)

    in_pieces = brought_in(tmp_path)

    assert in_pieces == whole
    assert len(whole["moments"]) == 5
    assert not Party.objects.filter(kind=PartyKind.PERSON).exists()
