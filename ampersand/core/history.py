"""History of a row: what it was before each update and before its deletion."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar
from uuid import UUID

import pghistory
import pgtrigger
from django.db import connection, models, transaction

from ampersand.core.among import among

M = TypeVar("M", bound=type[models.Model])


def kept(model: M) -> M:
    """Keep the old row of every update and deletion of this model.

    Inserts are not copied, since the row itself says when it was told, and the triggers run once a statement,
    so that loading a million rows through COPY costs what it should.
    """
    return kept_without()(model)


def kept_without(*columns: str) -> Callable[[M], M]:
    """`kept`, but for columns whose past is nobody's business (a password's digest, when somebody signed in)."""
    return lambda model: _track(model, columns)


def _track(model: M, without: Sequence[str]) -> M:
    track: Callable[[M], M] = pghistory.track(
        pghistory.UpdateEvent(row=pghistory.Old, level=pgtrigger.Statement),
        pghistory.DeleteEvent(level=pgtrigger.Statement),
        model_name=f"{model.__name__}Past",
        obj_field=pghistory.ObjForeignKey(related_name="past"),
        exclude=list(without),
    )
    return track(model)


@contextmanager
def triggers_at_rest(*uris: str) -> Iterator[None]:
    """Within, the triggers of these names (`app.Model:name`) do nothing: for what follows from other rows and has no past.

    Told to the database once. django-pgtrigger's own way tells it in one message with each statement, which then can
    neither carry its values apart from its words nor be prepared.
    """
    resting = ",".join(trigger.get_pgid(model) for model, trigger in pgtrigger.registered(*uris))
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(_REST, [f"{{{resting}}}"])
        yield
        cursor.execute(_REST, ["{}"])


_REST = "SELECT set_config('pgtrigger.ignore', %s, true)"


def forget_past(model: type[models.Model], ids: Iterable[UUID]) -> None:
    """Take away what these rows were before, their deletion included: for what was told by mistake, or is to be erased."""
    past = past_of(model)._base_manager.filter(among("pgh_obj_id", list(ids)))
    past._raw_delete(past.db)


def past_of(model: type[models.Model]) -> type[models.Model]:
    """The model of what rows of this one were before."""
    past = find_past_of(model)
    if past is None:
        raise TypeError(f"history is kept of models marked with `kept`; {model.__name__} is none of them")
    return past


def find_past_of(model: type[models.Model]) -> type[models.Model] | None:
    """The model of what rows of this one were before, where their history is kept."""
    found = next((relation.related_model for relation in model._meta.related_objects if relation.name == "past"), None)
    return found if isinstance(found, type) else None
