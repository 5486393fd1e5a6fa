"""How much each question matters to a side. What a side keeps to itself and what it states are two rows."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ampersand.core import events
from ampersand.core.whole import whole
from ampersand.exchange.negotiating.actions import NotInvolved, TooLate, is_of_theirs
from ampersand.exchange.negotiating.models import Question, Weight
from ampersand.parties.speaking import Speaker, Voice


class NotAWeight(ValueError):
    """A weight is a whole number from 0 to 100."""


class NotYoursToTell(PermissionError):
    """What the other side keeps to itself is told by nobody else."""


@whole
def weigh(question: Question, value: int, *, speaker: Speaker, is_stated: bool = False) -> Weight:
    """Say how much a question matters to the speaker's side, 0 to 100. Private to that side unless `is_stated`.

    Raises NotAWeight; NotInvolved for a stranger; NotYoursToTell where a member would write the other side's private weight.
    """
    if not 0 <= value <= 100:
        raise NotAWeight(_("Write how much it matters as a whole number from 0 to 100."))
    if speaker.voice == Voice.TOLD_BY_US and not is_stated:
        raise NotYoursToTell(_("Only what they stated can be written down for them."))
    locked = Question.objects.select_for_update().select_related("negotiation__relationship").get(pk=question.pk)
    if locked.negotiation.withdrawn_at is not None:
        raise TooLate(_("This negotiation was withdrawn."))
    if not speaker.is_ours and not is_of_theirs(speaker.party, locked.negotiation):
        raise NotInvolved(speaker.party)
    weight, _is_new = Weight.objects.update_or_create(
        question=locked,
        is_ours=speaker.is_ours,
        is_stated=is_stated,
        defaults={"value": value, "voice": speaker.voice, "told_by": speaker.by, "at": speaker.at},
    )
    if is_stated:
        events.record(
            "weight.stated",
            at=speaker.at,
            by_id=speaker.by_id,
            subject_id=locked.negotiation_id,
            relationship_ids=[locked.negotiation.relationship_id],
        )
    return weight
