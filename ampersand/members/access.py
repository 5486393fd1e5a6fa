"""The one door to rows. Not yours and not there are both 404; seen but not allowed is 403."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404

from ampersand.members.models import Member

M = TypeVar("M", bound=models.Model)


class _Visible(Protocol):
    def visible_to(self, member: Member) -> models.QuerySet[Any]: ...


def visible(model: type[M], *, user: Any) -> models.QuerySet[M]:
    """All rows of this model that the member may see."""
    manager = cast(_Visible, model._default_manager)
    return manager.visible_to(cast(Member, user))


def fetch(model: type[M], row_id: UUID | int, *, user: Any, may: Callable[[M, Member], bool] | None = None) -> M:
    """The row with this id, if the member may see it and, where `may` is given, may do that with it.

    Raises Http404 for a row that is not there or not theirs to see, PermissionDenied for one they see but may not touch.
    """
    row = the_only(visible(model, user=user).filter(pk=row_id)[:1])
    if may is not None and not may(row, cast(Member, user)):
        raise PermissionDenied
    return row


def the_only(rows: Iterable[M]) -> M:
    """The row that a query of what a member may see has found. Raises Http404 where it found none."""
    row = next(iter(rows), None)
    if row is None:
        raise Http404
    return row
