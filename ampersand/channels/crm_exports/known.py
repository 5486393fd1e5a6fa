"""All the exports that are known, and which of them a table is."""

from __future__ import annotations

from functools import cache

from ampersand.channels.crm_exports import (
    google,
    hubspot,
    linkedin,
    monica,
    odoo,
    outlook,
    pipedrive,
    salesforce,
    thunderbird,
    zoho,
)
from ampersand.channels.crm_exports.shapes import Shape, headings
from ampersand.channels.tables.layout import Layout

SHAPES: tuple[Shape, ...] = (
    *hubspot.SHAPES,
    *salesforce.SHAPES,
    *pipedrive.SHAPES,
    *zoho.SHAPES,
    *odoo.SHAPES,
    *monica.SHAPES,
    *google.SHAPES,
    *outlook.SHAPES,
    *thunderbird.SHAPES,
    *linkedin.SHAPES,
)


def find(layout: Layout) -> Shape | None:
    """The export that a table with these headings is: of several the one that knows most of them."""
    if not layout.has_header:
        return None
    told = headings(layout.headers)
    fitting = [(shape.fits(told), -number) for number, shape in enumerate(SHAPES)]
    score, number = max(fitting)
    return SHAPES[-number] if score else None


@cache
def shape_known_as(known_as: str) -> Shape | None:
    return next((shape for shape in SHAPES if shape.known_as == known_as), None)
