"""What may become of an offer, and by whose word. All of it stands here; the rest of the program asks.

| an offer that is   | may be accepted | declined     | withdrawn | countered (by a new version)    |
|--------------------|-----------------|--------------|-----------|---------------------------------|
| open               | by its receiver | its receiver | its giver | by either side                  |
| lapsed             | no              | its receiver | its giver | by either side                  |
| declined, withdrawn| no              | no           | no        | stays so; a new version follows |
| countered          | no              | no           | no        | no: the newest one is on the table |
| accepted           | no              | no           | no        | no: what is agreed is not overwritten |

Lapsed is derived: the decider's own day has passed and nobody said anything. Silence neither accepts nor declines.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfferEventKind(models.TextChoices):
    PUT = "put", _("put")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    COUNTERED = "countered", _("countered")
    WITHDRAWN = "withdrawn", _("withdrawn")


class OfferState(models.TextChoices):
    """Read from what was said of an offer, never stored."""

    OPEN = "open", _("open")
    LAPSED = "lapsed", _("lapsed")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    COUNTERED = "countered", _("countered")
    WITHDRAWN = "withdrawn", _("withdrawn")


WAITING = (OfferState.OPEN, OfferState.LAPSED)


def state_of(last: OfferEventKind, *, ends_on: date | None, on: date) -> OfferState:
    """The state on a day, from what was said last and the day on which the decider said it ends (that day included)."""
    if last != OfferEventKind.PUT:
        return OfferState(last.value)
    return OfferState.LAPSED if ends_on is not None and ends_on < on else OfferState.OPEN


def may(kind: OfferEventKind, *, state: OfferState, is_giver: bool) -> bool:
    """Whether this may be said now by the offer's giver, or by its receiver."""
    if kind == OfferEventKind.ACCEPTED:
        return state == OfferState.OPEN and not is_giver
    if kind == OfferEventKind.DECLINED:
        return state in WAITING and not is_giver
    if kind == OfferEventKind.WITHDRAWN:
        return state in WAITING and is_giver
    return kind == OfferEventKind.COUNTERED and state in WAITING


def may_follow(state: OfferState | None) -> bool:
    """Whether a new version may be put after one in this state; None where there is none before."""
    return state != OfferState.ACCEPTED
