from __future__ import annotations

from uuid import uuid4

from django import template

from ampersand.portal.page import PromiseRow
from ampersand.promises.models import State

register = template.Library()


@register.simple_tag
def new_entry() -> str:
    """The id that a form sends along: sent twice, it is one."""
    return str(uuid4())


@register.filter
def state_words(state: State) -> str:
    return str(State(state).label)


@register.filter
def open_ones(rows: tuple[PromiseRow, ...]) -> list[PromiseRow]:
    """What waits for her word comes first."""
    return sorted((row for row in rows if not row.is_settled), key=lambda row: not row.asks)


@register.filter
def settled_ones(rows: tuple[PromiseRow, ...]) -> list[PromiseRow]:
    return [row for row in rows if row.is_settled]
