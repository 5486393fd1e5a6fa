"""Whether a planned visit is needed: said by those who go, remembered with the day, and asked of nobody again."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from ampersand.core import events
from ampersand.core.models import SourceKind
from ampersand.core.whole import whole
from ampersand.members.models import Member
from ampersand.timeline import actions
from ampersand.timeline.models import HowToGo, Mode, Moment, VisitChoice


class NotYoursToChoose(PermissionError):
    """Whether to go is chosen by those who go."""


class NotAhead(ValueError):
    """It was no visit, it has passed, or it was taken out of the calendar."""


@whole
def choose(moment: Moment, choice: str, *, by: Member, on: date, at: datetime) -> VisitChoice:
    """Keep a planned visit, make it a call, or send a line instead. The same said twice is said once; another word takes its
    place.

    A plan that only we told becomes a call itself; what a calendar told stands there as it was arranged, with the choice
    beside it. Raises NotYoursToChoose, NotAhead.
    """
    locked = Moment.objects.select_for_update().get(pk=moment.pk)
    if not goes(locked, by):
        raise NotYoursToChoose(_("Whether to go is chosen by those who go."))
    if not is_planned_visit(locked, on=on):
        raise NotAhead(_("This visit is no longer ahead."))
    said = locked.visit_choices.order_by("-at", "-id").first()
    if said is not None and said.choice == choice and said.by_id == by.pk:
        return said
    if _is_ours_alone(locked):
        locked.mode = Mode.CALL if choice == HowToGo.CALL else Mode.VISIT
        locked.save(update_fields=["mode"])
    made = VisitChoice.objects.create(moment=locked, choice=HowToGo(choice), by=by, at=at)
    events.record(
        "visit.chosen", at=at, by_id=by.pk, subject_id=locked.pk, relationship_ids=actions.relationship_ids(locked)
    )
    return made


def goes(moment: Moment, member: Member) -> bool:
    """Whether this member goes; whoever planned it, where nobody of us is named."""
    ours = set(moment.participants.exclude(party__member=None).values_list("party__member_id", flat=True))
    return member.pk in ours or (not ours and moment.told_by_id == member.pk)


def is_planned_visit(moment: Moment, *, on: date) -> bool:
    """Whether a visit is still ahead: one that was planned as a visit, today or later, and not called off."""
    is_visit = moment.mode == Mode.VISIT or moment.visit_choices.exists()
    return is_visit and moment.on_day >= on and moment.withdrawn_at is None


def _is_ours_alone(moment: Moment) -> bool:
    """Whether nobody but we told of it: no calendar arranges it."""
    told = set(moment.tellings.filter(withdrawn_at=None).values_list("source__kind", flat=True))
    return told | {moment.source.kind if moment.source else None} <= {None, SourceKind.NOTE, SourceKind.TYPED}
