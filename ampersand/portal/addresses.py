"""The whole address of a link."""

from __future__ import annotations

from django.urls import reverse

from ampersand.members import links


def address_of(secret: str) -> str:
    return f"{links.address_of_house()}{reverse('portal:link', args=[secret])}"
