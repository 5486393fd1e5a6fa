"""What the gate is asked: one thing that somebody of the house wants to do or to send, and what went before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from ampersand.timeline.models import Mode


class Purpose(models.TextChoices):
    ANSWER = "answer", _("answer what they asked")
    WORK = "work", _("work in hand: open orders and promises")
    PLAN = "plan", _("as planned together")
    CONCERNS = "concerns", _("tell them of a change that concerns them")
    ASK = "ask", _("say who we are, and ask how they wish to be reached")
    NEWS = "news", _("something new: news and offers")
    NOTICE = "notice", _("a notice owed to them")


class Ground(models.TextChoices):
    """Why a notice is owed. It is shown to whom it goes."""

    INVOICE = "invoice", _("an invoice or a payment due")
    RECALL = "recall", _("a recall, or a danger to their safety")
    CONTRACT = "contract", _("a change or an end of a contract they hold")
    BREACH = "breach", _("a breach of the data kept about them")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One thing to one party: `mode` is a way of the timeline, `topics` what it is about in the writer's words.

    `at` is aware, and held in UTC: between two times of one zone Python counts by the clock on the wall, which jumps.
    A notice owed names its ground, and nothing else does. Raises ValueError otherwise.
    """

    mode: str
    purpose: str
    at: datetime
    by_id: UUID
    topics: tuple[str, ...] = ()
    ground: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a time says in which zone it is meant")
        object.__setattr__(self, "at", self.at.astimezone(UTC))
        if self.purpose not in Purpose.values or self.mode not in Mode.values:
            raise ValueError(f"there is no way {self.mode!r} or no purpose {self.purpose!r}")
        if (self.purpose == Purpose.NOTICE) != (self.ground in Ground.values):
            raise ValueError("a notice owed names its ground, and nothing else does")


class Approach(NamedTuple):
    """Something of ours that answered nothing and was owed to nobody: when (in UTC), and by which way."""

    at: datetime
    mode: str


@dataclass(frozen=True, slots=True)
class History:
    """What there was between the house and a party before an attempt, as far as the gate needs it.

    `approached` are our approaches of the last 366 days, in any order. `unanswered` counts those since they last moved, however
    long ago. `asked_by_id` is who wrote to ask how they wish to be reached.
    """

    has_both_ways: bool = False
    is_asked: bool = False
    has_work: bool = False
    is_planned: bool = False
    unanswered: int = 0
    is_promise_due_since: bool = False
    approached: Sequence[Approach] = ()
    asked_by_id: UUID | None = None
    has_left: bool = False
