"""Many rows deleted by their keys, set by set.

Django's own way fetches what hangs on them into objects and names each key as a parameter of its own: of thousands of
rows that takes a thousand times as long as the deletion.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import models, transaction
from django.db.models.deletion import DO_NOTHING, SET_NULL, ProtectedError, get_candidate_relations_to_delete

from ampersand.core.among import among


@transaction.atomic(savepoint=False)
def delete(model: type[models.Model], keys: Collection[Any]) -> None:
    """Delete these rows, and do with what points to them as its foreign keys say.

    A constant number of statements for each model that points to them. Raises ProtectedError where one may not go.
    """
    if not keys:
        return
    for relation in _pointing_to(model):
        field = relation.field
        there = relation.related_model._base_manager.filter(among(field.attname, list(keys)))
        if relation.on_delete is models.CASCADE:
            _delete_pointing(relation.related_model, there)
        elif relation.on_delete is SET_NULL:
            there.update(**{field.name: None})
        elif there.exists():
            raise ProtectedError(f"{relation.related_model._meta.label} still points to it", set(there[:10]))
    _delete_alone(model._base_manager.filter(among("pk", list(keys))))


def _pointing_to(model: type[models.Model]) -> list[Any]:
    found: list[Any] = list(get_candidate_relations_to_delete(model._meta))
    return [relation for relation in found if relation.on_delete is not DO_NOTHING]


def _delete_pointing(model: type[models.Model], rows: models.QuerySet[Any]) -> None:
    if _pointing_to(model):
        delete(model, list(rows.values_list("pk", flat=True)))
    else:
        _delete_alone(rows)


def _delete_alone(rows: models.QuerySet[Any]) -> None:
    rows._raw_delete(rows.db)
