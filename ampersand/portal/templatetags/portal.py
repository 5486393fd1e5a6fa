from __future__ import annotations

from uuid import uuid4

from django import template

from ampersand.promises.models import State

register = template.Library()


@register.simple_tag
def new_entry() -> str:
    """The id that a form sends along: sent twice, it is one."""
    return str(uuid4())


@register.filter
def state_words(state: State) -> str:
    return str(State(state).label)
