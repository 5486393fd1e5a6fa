"""All the calendars, address books and tables beside the project: accounted for, the same again, undone, and killed half-way."""

from __future__ import annotations

from pathlib import Path

import pytest

from ampersand.channels import actions, run
from ampersand.channels.models import Import
from ampersand.channels.tests.bringing import AT, bring_in, counted, found_house, member, row_counts
from ampersand.members.models import Member
from ampersand.parties.models import Detail, Identifier, Relationship, Tie
from ampersand.timeline.models import Moment, Participant, Telling

pytestmark = [pytest.mark.shared_data, pytest.mark.long, pytest.mark.django_db]

LEAST = {"ical": 5_000, "vcard": 130, "crm-exports": 11_000}


@pytest.fixture
def maya() -> Member:
    found_house()
    return member("Maya Lindqvist", "maya@finch.example")


@pytest.mark.parametrize("folder", LEAST)
def test_every_item_is_accounted_for_known_again_and_undone(maya: Member, shared_data: Path, folder: str) -> None:
    empty = row_counts()
    first = bring_in(shared_data / folder, by=maya)
    filled = row_counts()

    again = bring_in(shared_data / folder, by=maya)

    assert counted(first).seen == first.item_count
    assert counted(first).seen > LEAST[folder]
    assert not first.items.filter(fate__in=["left_out", "rejected"], reason="").exists()
    assert (counted(again).new, counted(again).joined, row_counts()) == (0, 0, filled)

    actions.undo(again, by=maya, at=AT)
    actions.undo(first, by=maya, at=AT)

    assert row_counts() == empty


@pytest.mark.parametrize("folder", LEAST)
def test_killed_again_and_again_it_ends_as_it_would_have(
    maya: Member, shared_data: Path, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "BATCH", 30)
    undisturbed = bring_in(shared_data / folder, by=maya)
    expected, fates = facts(), ledger(undisturbed)
    actions.undo(undisturbed, by=maya, at=AT)
    import_ = actions.begin([shared_data / folder], member=maya, at=AT)
    for _ in range(2):
        with pytest.raises(Killed):
            actions.carry_out(import_, heard=killed)

    actions.carry_out(import_)

    assert ledger(import_) == fates
    assert facts() == expected


class Killed(Exception):
    pass


def killed(done: int, total: int | None) -> None:
    raise Killed


def ledger(import_: Import) -> list[tuple[object, ...]]:
    return list(
        import_.items.order_by("part", "ordinal").values_list("part", "ordinal", "place", "key", "fate", "reason")
    )


def facts() -> dict[str, list[tuple[object, ...]]]:
    """Everything that was told, without ids."""
    return {
        "known": sorted(Relationship.objects.values_list("party__name", "because", "known_at")),
        "reached": sorted(Identifier.objects.values_list("party__name", "kind", "value")),
        "details": sorted(Detail.objects.values_list("party__name", "label", "value")),
        "ties": sorted(Tie.objects.values_list("from_party__name", "to_party__name", "role")),
        "met": sorted(Moment.objects.values_list("happened_at", "mode", "subject", "words", "where")),
        "took part": sorted(Participant.objects.values_list("moment__happened_at", "party__name", "is_ours")),
        "told": sorted(Telling.objects.values_list("key", "place")),
    }
