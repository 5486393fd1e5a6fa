from __future__ import annotations

from django import template

from ampersand.members import outbox, service
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


@register.simple_tag
def service_name() -> str:
    """By which service outside members sign in too; empty where a steward set none."""
    app = service.find_app()
    return app.name if app else ""
