"""Whether a member may ask both sides if a meeting was worth their time, and where."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.between import worth
from ampersand.desk.visit import relationship_of
from ampersand.members.models import Member
from ampersand.timeline.models import Moment


def asking_of(moment: Moment, *, member: Member, at: datetime) -> dict[str, str]:
    """What a moment's page says of asking: where it is asked; or that it was, or what of their terms speaks against it."""
    if not worth.may_be_asked_of(moment, on=timezone.localdate(at)):
        return {}
    relationship = relationship_of(moment, member)
    if relationship is None or not relationship.party.may_be_tended(member):
        return {}
    between = {"between_url": reverse("desk:between", args=[relationship.pk]) + "#pulse"}
    if worth.asked_of([moment.pk]):
        return {"worth_says": _("Both are asked whether it was worth their time."), **between}
    against = worth.speaks_against(relationship, by_id=member.pk, at=at)
    return {"worth_says": against} if against else {"worth_url": reverse("desk:ask_worth", args=[moment.pk])}
