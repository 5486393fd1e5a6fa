"""How a line of the log is written: what failed and where, and nothing of what was being written.

The words of an error often repeat the row that failed, and the address of a link that signs in holds its secret.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

# Whoever is signed out writes the address that a line repeats.
LONGEST_LINE = 1_000
# What stands behind these parts of an address lets its holder in.
_SECRET = re.compile(r"(/(?:sign-in/link|begin|invitation|own/email)/)[^/\s\"']+")


class Wordless(logging.Formatter):
    """A formatter that keeps secrets out of addresses, and tells an error by its kind and its place alone."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  logging's own name
        line = super().formatMessage(record)
        told = line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…"
        return _SECRET.sub(r"\1…", told)

    def formatException(self, ei: Any) -> str:  # noqa: N802
        raised: _Raised = ei
        return "\n".join(_told(error) for error in _chain(raised[1]))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what led to it, the first cause first."""
    if error is not None:
        yield from _chain(error.__cause__ or (None if error.__suppress_context__ else error.__context__))
        yield error


def _told(error: BaseException) -> str:
    places = "".join(traceback.format_tb(error.__traceback__))
    return f"{places}{kind_of(error)}"


def kind_of(error: BaseException) -> str:
    """What kind of error it is; of one from the database also its code and the constraint it broke."""
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    broken = getattr(getattr(error, "diag", None), "constraint_name", None)
    code = getattr(error, "sqlstate", None)
    return " ".join(part for part in (name, code, broken) if part)
