"""Loops compiled by numba. Importing this takes seconds: only what reads a whole book at once does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


def compiled(kernel: Kernel) -> Kernel:
    """The same loop as machine code, which runs without the lock of Python and is kept for the next process."""
    try:
        return cast("Kernel", numba.njit(nogil=True, cache=True)(kernel))
    except RuntimeError:  # no folder in which it could be kept: it is compiled once a process
        return cast("Kernel", numba.njit(nogil=True)(kernel))
