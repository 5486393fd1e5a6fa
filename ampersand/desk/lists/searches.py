"""Saved searches: what the list was asked for, under a name, one's own or the house's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.urls import reverse

from ampersand.core import events, ready
from ampersand.core.whole import whole
from ampersand.desk.lists.asked import Asked
from ampersand.desk.models import SavedSearch
from ampersand.desk.pages.relationships import SavedRow
from ampersand.members.models import Member

# What still stands above a list without being a list of its own.
SHOWN_MAX = 40


@whole
def save(asked: Asked, *, name: str, is_shared: bool, by: Member, at: datetime) -> SavedSearch:
    """Save what was asked under a name. One's own of the same name is asked for this from now on."""
    told, shared_at = asked.told(), at if is_shared else None
    saved = SavedSearch.objects.select_for_update().filter(member=by, name__iexact=name, removed_at=None).first()
    if saved is None:
        saved = SavedSearch.objects.create(member=by, name=name, made_at=at, asked=told, shared_at=shared_at)
    else:
        saved.asked, saved.shared_at, saved.name = told, shared_at, name
        saved.save(update_fields=["asked", "shared_at", "name"])
    events.record("search.saved", at=at, by_id=by.pk, subject_id=saved.pk)
    return saved


@whole
def change(saved: SavedSearch, *, name: str, is_shared: bool, by: Member, at: datetime) -> None:
    """Call a saved search by another name, share it with the house or take it back."""
    saved.name, saved.shared_at = name, (saved.shared_at or at) if is_shared else None
    saved.save(update_fields=["name", "shared_at"])
    events.record("search.changed", at=at, by_id=by.pk, subject_id=saved.pk)


@whole
def remove(saved: SavedSearch, *, by: Member, at: datetime) -> None:
    """Take a saved search away. What it finds stays as it is."""
    saved.removed_at = at
    saved.save(update_fields=["removed_at"])
    events.record("search.removed", at=at, by_id=by.pk, subject_id=saved.pk)


def saved_rows(member: Member, *, here: Asked) -> tuple[SavedRow, ...]:
    """One's own searches and the house's, by name."""
    told = here.told()
    return tuple(_row(saved, member, told) for saved in _saved(member=member.pk))


@ready.Ready[SavedSearch]
def _saved(member: UUID) -> models.QuerySet[SavedSearch]:
    seen = SavedSearch.objects.filter(models.Q(member=member) | ~models.Q(shared_at=None), removed_at=None)
    return seen.order_by("name", "id")[:SHOWN_MAX]


def _row(saved: SavedSearch, member: Member, told: Mapping[str, Any]) -> SavedRow:
    asked = Asked.read(saved.asked)
    return SavedRow(
        name=saved.name,
        url=asked.url(),
        is_here=asked.told() == told,
        is_the_houses=saved.shared_at is not None,
        change_url=reverse("desk:change_search", args=[saved.pk]) if saved.may_be_changed(member) else "",
    )
