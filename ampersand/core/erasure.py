"""Erasure: what was kept about a party goes, wherever it stands; a dated empty place stays.

Every app that keeps something about parties adds its step here when it starts (`AppConfig.ready`), so that this module
need not know the apps above it. A step answers how many rows it took content away from, their history not counted.

Three ways of taking away, by what a row is:

- `blank`: what others reckon with (a moment, a promise, a transaction) keeps its dates and its amount, and no words;
- `take_away`: what is nothing but content (an address, a detail, a line) goes;
- `strike`: what speaks of others too keeps its words but for the names and addresses that are the erased one's alone.

All three reach the history of the row. `tests/test_erasure_walk.py` fails for a new model that no step reaches.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import Value
from django.db.models.functions import Cast

from ampersand.core import files
from ampersand.core.history import find_past_of, forget_past
from ampersand.core.models import File

STRUCK = "…"
_SEALED = "erased:"


@dataclass(frozen=True)
class Erasing:
    """An erasure under way: who is erased, and the names and addresses that mean nobody else."""

    party_ids: frozenset[UUID]
    texts: tuple[str, ...]
    at: datetime


Step = Callable[[Erasing], int]
_steps: list[Step] = []


def add_step(step: Step) -> None:
    """Have this done at every erasure, after the steps of the apps above."""
    if step not in _steps:
        _steps.append(step)


def carry_out(erasing: Erasing) -> int:
    """Do every step, and answer how many rows lost their content."""
    with transaction.atomic():
        return sum(step(erasing) for step in _steps)


def blank(rows: models.QuerySet[Any], **empty: Any) -> int:
    """Put these empty values in place of what the rows say, and take their history away."""
    model, ids = rows.model, list(rows.values_list("pk", flat=True))
    model._base_manager.filter(pk__in=ids).update(**empty)
    _forget_past(model, ids)
    return len(ids)


def take_away(rows: models.QuerySet[Any]) -> int:
    """Delete rows with their history."""
    model, ids = rows.model, list(rows.values_list("pk", flat=True))
    model._base_manager.filter(pk__in=ids).delete()
    _forget_past(model, ids)
    return len(ids)


def strike(model: type[models.Model], *columns: str, texts: Iterable[str]) -> int:
    """Strike these texts out of the columns of every row, as whole words in any case, and out of their history."""
    if not (pattern := pattern_of(texts)):
        return 0
    struck = sum(_strike(model, column, pattern) for column in columns)
    if past := find_past_of(model):
        for column in columns:
            _strike(past, column, pattern)
    return struck


def find(model: type[models.Model], *columns: str, texts: Iterable[str]) -> list[Any]:
    """The keys of rows that hold any of these texts, for who must do more about them than `strike` does."""
    if not (pattern := pattern_of(texts)):
        return []
    found = models.Q()
    for column in columns:
        found |= models.Q(**{f"{column}__iregex": pattern})
    return list(model._base_manager.filter(found).values_list("pk", flat=True))


def pattern_of(texts: Iterable[str]) -> str:
    """A regular expression of PostgreSQL that finds any of these texts as whole words; empty for none."""
    told = sorted({text.strip() for text in texts if text.strip()}, key=len, reverse=True)
    # Between its words a name may have any white space, a new line among it.
    parts = [r"\s+".join(re.escape(word) for word in text.split()) for text in told]
    return r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)" if parts else ""


def sealed(key: str) -> str:
    """What is kept of the key of an erased thing: the same file brought again finds it known, and nobody reads it back."""
    if not key or key.startswith(_SEALED):
        return key
    return _SEALED + hmac.digest(settings.SECRET_KEY.encode(), f"erased {key}".encode(), "sha256").hex()


def let_go_of_files(digests: Iterable[str | None]) -> None:
    """Once the erasure stands, remove the bytes of those files that nothing points to any more."""
    for digest in {digest for digest in digests if digest}:
        transaction.on_commit(partial(_let_go, digest))


def _let_go(digest: str) -> None:
    file = File.objects.filter(pk=digest).first()
    if file is None:
        return
    try:
        with transaction.atomic():
            files.let_go(file)
    except models.ProtectedError:
        return  # Something else holds the same content.


def _strike(model: type[models.Model], column: str, pattern: str) -> int:
    field = model._meta.get_field(column)
    words = Cast(column, models.TextField()) if isinstance(field, models.JSONField) else models.F(column)
    rows = model._base_manager.alias(erased_words=words).filter(erased_words__iregex=pattern)
    put: Any = models.Func(words, Value(pattern), Value(STRUCK), Value("gi"), function="regexp_replace")
    if isinstance(field, models.JSONField):
        put = Cast(put, models.JSONField())
    return rows.update(**{column: put})


def _forget_past(model: type[models.Model], ids: list[Any]) -> None:
    if find_past_of(model):
        forget_past(model, ids)
