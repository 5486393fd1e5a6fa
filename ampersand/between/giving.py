"""Give and take as either side sees it: two columns, each thing once, in two voices. Counted, never netted.

Both faces build their part from this one, with `viewer` on their side of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.between.page import Viewer
from ampersand.core.rooms import Room
from ampersand.core.spoken import spoken_times
from ampersand.exchange.models import Concession, ConcessionState, GiveAndTakeOff

MOST = 100

_GIVEN = (
    *("id", "relationship_id", "is_ours", "words", "happened_on", "cost_words", "cost_voice", "cost_at", "worth_words"),
    *("worth_voice", "worth_at", "voice", "is_gift", "is_tentative", "firm_at", "drawn_back_at", "in_return_for_id"),
    *("told_at", "room"),
)


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two voices: what it cost, or what it was worth."""

    words: str
    whose: str
    at: datetime | None
    url: str = ""


@dataclass(frozen=True, slots=True)
class GivenRow:
    id: UUID
    words: str
    on: date
    whose: str
    state: str
    is_gift: bool
    cost: Half
    worth: Half
    return_for: str
    gift_url: str = ""
    firm_url: str = ""
    back_url: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True)
class GivingPart:
    """What one side gave beside what the other did; empty while either wishes that it is not read here."""

    yours: tuple[GivenRow, ...]
    theirs: tuple[GivenRow, ...]
    counts: tuple[str, ...]
    off: tuple[tuple[str, datetime], ...]
    """Who wishes that it is not read, and since when."""
    has_switched_off: bool
    other: str
    entry: str = ""


def giving_part(
    concessions: models.QuerySet[Concession], offs: models.QuerySet[GiveAndTakeOff], *, viewer: Viewer
) -> GivingPart:
    """The part of a page about give and take, for either side, of the rows that side sees. Three queries."""
    wishes = list(offs.filter(ended_at=None).only("id", "is_ours", "voice", "at").order_by("at", "id"))
    given = [] if wishes else list(_given(concessions)[:MOST])
    words = {one.pk: one.words for one in given}
    rows = [(one.is_ours == viewer.is_ours, _row(one, words, viewer)) for one in given]
    return GivingPart(
        yours=tuple(row for is_yours, row in rows if is_yours),
        theirs=tuple(row for is_yours, row in rows if not is_yours),
        counts=counts_say(given, is_ours=viewer.is_ours, gave=_("You gave way %(times)s"), other=viewer.other),
        off=tuple((viewer.name(is_ours=one.is_ours, voice=one.voice), one.at) for one in wishes),
        has_switched_off=any(one.is_ours == viewer.is_ours for one in wishes),
        other=viewer.other,
        entry=viewer.entry(),
    )


def _given(concessions: models.QuerySet[Concession]) -> models.QuerySet[Concession]:
    between = concessions.filter(room=Room.BETWEEN, withdrawn_at=None)
    answers = between.only("id", "in_return_for_id", "withdrawn_at", "drawn_back_at")
    return between.only(*_GIVEN).prefetch_related(Prefetch("answered_by", answers)).order_by("-happened_on", "-id")


def _row(given: Concession, words: dict[UUID, str], viewer: Viewer) -> GivenRow:
    is_giver = given.is_ours == viewer.is_ours
    acts: dict[str, str] = {}
    if is_giver and given.state == ConcessionState.OFFERED:
        acts |= {
            "firm_url": viewer.address("concession_firm", given.pk),
            "back_url": viewer.address("concession_back", given.pk),
        }
    if is_giver and given.state != ConcessionState.WITHDRAWN and not given.is_gift:
        acts["gift_url"] = viewer.address("concession_gift", given.pk)
    return GivenRow(
        id=given.pk,
        words=given.words,
        on=given.happened_on,
        whose=viewer.name(is_ours=given.is_ours, voice=given.voice),
        state=str(given.state.label),
        is_gift=given.is_gift,
        cost=_half(given, "cost", viewer, is_own=is_giver),
        worth=_half(given, "worth", viewer, is_own=not is_giver),
        return_for=words.get(given.in_return_for_id, "") if given.in_return_for_id else "",
        entry=viewer.entry(),
        **acts,
    )


def _half(given: Concession, which: str, viewer: Viewer, *, is_own: bool) -> Half:
    at = getattr(given, f"{which}_at")
    is_ours = given.is_ours == (which == "cost")
    return Half(
        words=getattr(given, f"{which}_words"),
        whose=viewer.name(is_ours=is_ours, voice=getattr(given, f"{which}_voice")) if at else "",
        at=at,
        url=viewer.address(f"concession_{which}", given.pk) if is_own else "",
    )


def counts_say(given: Sequence[Concession], *, is_ours: bool, gave: str, other: str) -> tuple[str, ...]:
    """How often each side gave way, with the gifts among it: two counts, and nothing taken from one for the other.

    That of `is_ours` stands first, as `gave` says it; the other side goes by its name.
    """
    standing = [one for one in given if one.state != ConcessionState.WITHDRAWN]
    if not standing:
        return ()
    both = ((is_ours, gave), (not is_ours, _("%(name)s gave way %(times)s")))
    return tuple(_count_says([one for one in standing if one.is_ours == ours], words, other) for ours, words in both)


def _count_says(given: Sequence[Concession], words: str, other: str) -> str:
    gifts = sum(one.is_gift for one in given)
    of_gifts = (
        ngettext("one of them a gift", "%(count)s of them gifts", gifts) % {"count": gifts}
        if len(given) > 1
        else _("a gift")
    )
    gave = words % {"name": other, "times": spoken_times(len(given))}
    return _("%(gave)s.") % {"gave": ", ".join(filter(None, [gave, of_gifts if gifts else ""]))}
