"""Offers that another program calls deals or opportunities: won, lost, or still in the making."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext

from ampersand.channels.outcomes import mark as _
from ampersand.channels.tables.meanings import Meaning
from ampersand.core.folding import folded_words


class Outcome(StrEnum):
    WON = "won"
    LOST = "lost"
    OPEN = "open"


# The labels of details, stored in one language.
LABELS = {Outcome.WON: "offer won", Outcome.LOST: "offer lost", Outcome.OPEN: "offer open"}
IS_KEPT_AS_A_DETAIL = {
    Outcome.WON: _("An offer that was won, without a day or an amount: kept as a detail."),
    Outcome.LOST: _("An offer that was lost is no trade: kept as a detail."),
    Outcome.OPEN: _("An offer still open is no trade: kept as a detail."),
}
_WON = ("won", "gewonnen", "gagn", "ganad", "vinto", "vinta", "gewonn")
_LOST = ("lost", "verlor", "perd", "abandon", "abgesagt", "rejected")
_SAID = (Meaning.SUBJECT, Meaning.NAME, Meaning.AMOUNT, Meaning.STAGE, Meaning.STATUS, Meaning.DATE)


def outcome_of(told: dict[Meaning, Any]) -> Outcome:
    """What became of an offer: by the two columns that say it, else by the words for its status and its stage."""
    if told.get(Meaning.IS_WON):
        return Outcome.WON
    if told.get(Meaning.IS_CLOSED):
        return Outcome.LOST
    for meaning in (Meaning.STATUS, Meaning.STAGE):
        words = folded_words(str(told.get(meaning, "")))
        if any(word.startswith(_WON) for word in words):
            return Outcome.WON
        if any(word.startswith(_LOST) for word in words):
            return Outcome.LOST
    return Outcome.OPEN


def is_trade(told: dict[Meaning, Any]) -> bool:
    """Whether something was agreed to be bought: won, on a day, for an amount."""
    return outcome_of(told) is Outcome.WON and Meaning.DATE in told and told.get(Meaning.AMOUNT, (None,))[0] is not None


def label_of(told: dict[Meaning, Any]) -> str:
    return LABELS[outcome_of(told)]


def words_of(told: dict[Meaning, Any], as_text: Callable[[Any], str]) -> str:
    """An offer, each thing that is told of it on a line: its name, what it is worth, where it stands, its day, the rest.

    >>> words_of({Meaning.SUBJECT: "Harbor - pilot", Meaning.STAGE: "Sent", Meaning.DETAIL: [("Pipeline", "Sales")]}, str)
    'Harbor - pilot\\nSent\\nPipeline: Sales'
    """
    said = [as_text(told[meaning]) for meaning in _SAID if told.get(meaning)]
    beside = [f"{label}: {value}" for label, value in told.get(Meaning.DETAIL, ())]
    return "\n".join(filter(None, [*said, *beside, told.get(Meaning.WORDS, "")]))


def why_kept(told: dict[Meaning, Any]) -> str:
    return gettext(IS_KEPT_AS_A_DETAIL[outcome_of(told)])
