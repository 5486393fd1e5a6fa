from __future__ import annotations

from django import template

from ampersand.members import outbox
from ampersand.members.models import House

register = template.Library()


@register.simple_tag
def mail_goes_out() -> bool:
    """Whether letters leave this machine; where they do not, the page says so."""
    return outbox.goes_out()


@register.simple_tag
def house_name() -> str:
    """What the house calls itself; empty before it is founded."""
    return House.objects.values_list("name", flat=True).first() or ""
