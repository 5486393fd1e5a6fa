"""Numbers in a measure, as every engine reads them alike."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir


def real(number: float) -> ir.FloatingScalar:
    """A constant of 64 bits. Written as a number, engines read it as a decimal and differ in the sixth digit.

    Told as a string and cast, since a cast from its own type is left out of the SQL.
    """
    constant: ir.FloatingScalar = ibis.literal(repr(float(number))).cast("float64")
    return constant
