"""The cells of a row in the list of relationships, drawn here: fifty rows of ten columns are many for a template."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django import template
from django.utils.safestring import SafeString, mark_safe

from ampersand.desk.lists import columns
from ampersand.desk.pages.relationships import ColumnHead, RelationshipRow

register = template.Library()


@register.simple_tag
def cells(row: RelationshipRow, heads: Iterable[ColumnHead], today: date) -> SafeString:
    """What the shown columns say of a row."""
    return mark_safe("".join(columns.drawn(row, head.name, today=today) for head in heads))  # noqa: S308  each drawn safely
