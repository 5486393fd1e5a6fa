"""What an erasure takes from terms: their words and who spoke. That there were terms, and what the gate said, stays as days."""

from __future__ import annotations

from ampersand.core import erasure
from ampersand.core.erasure import Erasing
from ampersand.terms.messages import erasing as messages
from ampersand.terms.models import TermLine, Terms, TermsAnswer


def take_away(erasing: Erasing) -> int:
    """The step of this app."""
    theirs = Terms.objects.filter(party__in=erasing.party_ids)
    return sum(
        (
            erasure.take_away(TermLine.objects.filter(terms__in=theirs)),
            erasure.blank(TermsAnswer.objects.filter(terms__in=theirs), words=""),
            erasure.blank(theirs, words="", place=""),
            erasure.strike(Terms, "words", texts=erasing.texts),
            erasure.strike(TermsAnswer, "words", texts=erasing.texts),
            erasure.strike(TermLine, "value", texts=erasing.texts),
            messages.take_away(erasing),
        )
    )
