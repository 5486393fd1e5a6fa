"""What an erasure takes from what lies between: all words. That something was asked, agreed or ended stays as days."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from ampersand.between.handing import HandingOver, HandingReply
from ampersand.between.models import (
    Agreement,
    AgreementKey,
    AgreementVersion,
    Pulse,
    PulseAnswer,
    PulseReply,
)
from ampersand.between.naming import Named
from ampersand.between.objecting import Objection
from ampersand.between.readers import ReadOn
from ampersand.core import erasure
from ampersand.core.erasure import Erasing


def take_away(erasing: Erasing) -> int:
    """The step of this app. A pulse that waits is closed: nobody is asked for it any more."""
    ids = list(erasing.party_ids)
    pulses = Pulse.objects.filter(Q(relationship__party__in=ids) | Q(party__in=ids))
    versions = AgreementVersion.objects.filter(Q(agreement__relationship__party__in=ids) | Q(party__in=ids))
    answers = PulseAnswer.objects.filter(Q(pulse__in=pulses) | Q(party__in=ids))
    replies = PulseReply.objects.filter(Q(pulse__in=pulses) | Q(party__in=ids))
    pulses.filter(opened_at=None, declined_at=None).update(declined_at=erasing.at)
    Agreement.objects.filter(relationship__party__in=ids, ended_at=None).update(ended_at=erasing.at)
    return sum(
        (
            erasure.blank(answers, sealed="", said=None),
            erasure.blank(replies, words=""),
            erasure.blank(pulses, questions=[]),
            erasure.blank(AgreementKey.objects.filter(Q(version__in=versions) | Q(party__in=ids)), words=""),
            erasure.blank(versions, together="", in_touch="", bundles=[], parting="", text="", digest=""),
            erasure.strike(PulseReply, "words", texts=erasing.texts),
            erasure.strike(Pulse, "questions", texts=erasing.texts),
            erasure.strike(PulseAnswer, "said", texts=erasing.texts),
            erasure.strike(AgreementVersion, "together", "in_touch", "bundles", "parting", "text", texts=erasing.texts),
            erasure.strike(AgreementKey, "words", texts=erasing.texts),
            _beside(ids, erasing),
            _handed_over(ids, erasing),
        )
    )


def _handed_over(ids: list[UUID], erasing: Erasing) -> int:
    """What was told of them from one of us to another, and what they said to it. Who tended it when stays."""
    handed = HandingOver.objects.filter(relationship__party__in=ids)
    return sum(
        (
            erasure.take_away(HandingReply.objects.filter(Q(handing__in=handed) | Q(by__in=ids))),
            erasure.blank(handed, story="", shared_story="", decline_words=""),
            erasure.strike(HandingOver, "story", "shared_story", "decline_words", texts=erasing.texts),
            erasure.strike(HandingReply, "words", texts=erasing.texts),
        )
    )


def _beside(ids: list[UUID], erasing: Erasing) -> int:
    """Whom they named, what they said of readings, and who read what stood of them. Where another named them, the name goes."""
    named = Named.objects.filter(Q(relationship__party__in=ids) | Q(by__in=ids))
    became = Named.objects.filter(became__in=ids)
    return sum(
        (
            erasure.take_away(named),
            erasure.take_away(Objection.objects.filter(Q(relationship__party__in=ids) | Q(by__in=ids))),
            erasure.take_away(ReadOn.objects.filter(relationship__party__in=ids)),
            erasure.blank(became, name="", address="", why=""),
            erasure.strike(Named, "name", "address", "why", texts=erasing.texts),
            erasure.strike(Objection, "said", "words", texts=erasing.texts),
        )
    )
