"""Actions are done whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
T = TypeVar("T")

_within: ContextVar[bool] = ContextVar("within", default=False)


def whole(action: Callable[P, T]) -> Callable[P, T]:
    """Carry out an action in one transaction, or take back all of it when it raises.

    An action that another one calls is part of that one and has no savepoint of its own: a note is kept by a dozen of
    them. So an action lets what those it calls raise pass through, or calls them in a `transaction.atomic()`.
    """

    @wraps(action)
    def done(*args: P.args, **kwargs: P.kwargs) -> T:
        with transaction.atomic(savepoint=not _within.get()):
            token = _within.set(True)
            try:
                return action(*args, **kwargs)
            finally:
                _within.reset(token)

    return done
