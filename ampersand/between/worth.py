"""Was it worth both your time? One question to both sides of a meeting they were in, where the other side's terms allow it.

It is a pulse like every other: answered apart, sealed, opened together. Nobody is asked by itself: a member asks, or one of
the other side on their page, once a meeting, and nothing goes out for it; it waits on both pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ampersand.between import pulse
from ampersand.between.models import Pulse, Worth
from ampersand.core.rooms import Room
from ampersand.core.whole import whole
from ampersand.parties.models import Relationship
from ampersand.parties.speaking import Speaker
from ampersand.terms import gate, queries
from ampersand.terms.says import because_says
from ampersand.timeline.models import Mode, Moment, Participant, ParticipantRole

QUESTION = gettext_lazy("Was it worth both your time?")
MEETINGS = (Mode.VISIT, Mode.CALL, Mode.VIDEO, Mode.GATHERING)
# Later nobody remembers what it was worth.
ASKED_WITHIN_DAYS = 30
OPEN_DAYS = 14


class NotOfThis(ValueError):
    """This is not asked of this meeting, or not now; the words say why."""


@whole
def ask(moment: Moment, relationship: Relationship, *, on: date, speaker: Speaker) -> Pulse:
    """Ask both sides whether a meeting was worth their time. Asked again, the pulse that is there is answered.

    Either side may. Raises NotOfThis where it was no meeting of theirs, lies too far back or ahead, or where we would ask and
    their terms speak against it.
    """
    asked = Pulse.objects.of(relationship).filter(moment=moment).first()
    if asked is not None:
        return asked
    if not may_be_asked_of(moment, on=on) or not _was_in_it(moment, relationship):
        raise NotOfThis(
            _("This is asked of a visit, a call or another meeting with them, within %(count)d days after it.")
            % {"count": ASKED_WITHIN_DAYS}
        )
    if speaker.is_ours and (against := speaks_against(relationship, by_id=speaker.by_id, at=speaker.at)):
        raise NotOfThis(against)
    return pulse.ask(
        relationship,
        [str(QUESTION)],
        closes_on=on + timedelta(days=OPEN_DAYS),
        on=on,
        speaker=speaker,
        of=moment,
    )


def may_be_asked_of(moment: Moment, *, on: date) -> bool:
    """Whether it was a meeting that both were in, and not long ago. What is in *mine* is nobody else's to be asked about."""
    is_lately = on - timedelta(days=ASKED_WITHIN_DAYS) <= moment.on_day <= on
    return is_lately and moment.mode in MEETINGS and moment.room != Room.MINE and moment.withdrawn_at is None


def speaks_against(relationship: Relationship, *, by_id: UUID | None, at: datetime) -> str:
    """What in their terms speaks against asking them, in a sentence; empty for nothing."""
    theirs = queries.the_same(relationship.party)
    if queries.has_left(theirs):
        return because_says(gate.Because.LEFT)
    held = queries.find_holding(theirs, at=at)
    because = gate.find_against_asking(held.in_force(), at=at, by_id=by_id) if held is not None else ""
    return because_says(because) if because else ""


def asked_of(moments: Sequence[UUID]) -> set[UUID]:
    """Those of these meetings of which it was asked. One query."""
    return set(Pulse.objects.filter(moment__in=moments).values_list("moment_id", flat=True))


def says(told: Pulse, *, is_ours: bool) -> str:
    """What both said of a meeting, as one side reads it (prefetch `answers`)."""
    said = {
        one.is_ours: (one.said or [{}])[0].get("worth", "") == Worth.WORTH for one in told.answers.all() if one.said
    }
    mine, theirs = said.get(is_ours, False), said.get(not is_ours, False)
    words = {
        (True, True): _("%(meeting)s: worth it to both"),
        (True, False): _("%(meeting)s: worth it to you, not to them"),
        (False, True): _("%(meeting)s: worth it to them, not to you"),
        (False, False): _("%(meeting)s: worth it to neither"),
    }[mine, theirs]
    return words % {"meeting": capfirst(told.get_moment_mode_display())}


def _was_in_it(moment: Moment, relationship: Relationship) -> bool:
    """Whether the other side was there, itself or by somebody who works there; in copy nobody is."""
    was_there = Participant.objects.filter(moment=moment).exclude(role=ParticipantRole.COPY)
    people = frozenset(was_there.values_list("party_id", flat=True))
    theirs = queries.the_same(relationship.party)
    return bool(people & theirs) or bool(people and theirs & queries.acts_for(people, at=moment.happened_at))
