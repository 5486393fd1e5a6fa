"""History of a row: what it was before each update and before its deletion."""

from collections.abc import Callable
from typing import TypeVar

import pghistory
import pgtrigger
from django.db import models

M = TypeVar("M", bound=type[models.Model])


def kept(model: M) -> M:
    """Keep the old row of every update and deletion of this model.

    Inserts are not copied, since the row itself says when it was told, and the triggers run once a statement,
    so that loading a million rows through COPY costs what it should.
    """
    track: Callable[[M], M] = pghistory.track(
        pghistory.UpdateEvent(row=pghistory.Old, level=pgtrigger.Statement),
        pghistory.DeleteEvent(level=pgtrigger.Statement),
        model_name=f"{model.__name__}Past",
        obj_field=pghistory.ObjForeignKey(related_name="past"),
    )
    return track(model)
