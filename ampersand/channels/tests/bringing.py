"""Helpers for tests that bring something in: a house with two members, files, and the count of every row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from django.apps import apps

from ampersand.channels import actions
from ampersand.channels.models import Import
from ampersand.channels.report import Report, report
from ampersand.core.folding import sort_key
from ampersand.members.models import House, HouseDomain, Member, Role
from ampersand.parties.models import Identifier, IdentifierKind, Party, PartyKind

AT = datetime(2026, 10, 6, 10, 52, tzinfo=UTC)

# What an import is itself, and the traces of acts, are no facts; files are let go once the undo stands.
_NO_FACTS = {
    "core.Event", "core.Source", "core.File", "core.Touched", "core.Change", "channels.Import", "channels.ImportItem",
    "channels.ToldAgain",
}  # fmt: skip


def found_house() -> House:
    house = House.objects.create(
        name="Harbour & Finch", founded_at=AT, time_zone="Europe/London", currency="GBP", country="GB"
    )
    HouseDomain.objects.create(house=house, domain="finch.example")
    Party.objects.create(
        kind=PartyKind.ORGANISATION, name=house.name, sort_key=sort_key(house.name), is_house=True, told_at=AT
    )
    return house


def member(name: str, email: str, role: str = Role.MEMBER) -> Member:
    somebody = Member.objects.create_user(email, name=name, role=role, joined_at=AT)
    party = Party.objects.create(name=name, sort_key=sort_key(name), member=somebody, told_at=AT)
    Identifier.objects.create(party=party, kind=IdentifierKind.EMAIL, value=email, as_told=email, told_at=AT)
    return somebody


def bring_in(paths: Path | Sequence[Path], *, by: Member, at: datetime = AT, kind: str = "") -> Import:
    """Bring files in from beginning to end."""
    import_ = actions.begin([paths] if isinstance(paths, Path) else list(paths), member=by, at=at, kind=kind)
    actions.carry_out(import_)
    return import_


def counted(import_: Import) -> Report:
    return report(import_)


def row_counts() -> dict[str, int]:
    """How many rows each table of facts has, their history among them."""
    ours = [m for m in apps.get_models() if m.__module__.startswith("ampersand.") and m._meta.label not in _NO_FACTS]
    return {model._meta.label: model._default_manager.count() for model in ours}
