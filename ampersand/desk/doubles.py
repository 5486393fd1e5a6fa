"""The queue of likely doubles: two at a time, with why they may be one."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.desk.pages.doubles import DoublesPage
from ampersand.desk.same import compare_page
from ampersand.members.models import Member
from ampersand.parties.doubles import reasons
from ampersand.parties.doubles.models import Double

# More than these are not counted out: the queue is long, and that is all that matters.
MOST_COUNTED = 100


def doubles_page(member: Member, *, at: datetime, refusal: str = "", double: Double | None = None) -> DoublesPage:
    """The likeliest two that wait for an answer and that the member sees both of."""
    waiting = Double.objects.visible_to(member).waiting(at).select_related("party", "other")
    found = double or waiting.order_by("-probability", "id").first()
    today = timezone.localdate(at)
    if found is None:
        return DoublesPage(
            today=today, says=_("Nobody in the book looks told twice. What comes in is looked through each night.")
        )
    compared = compare_page(found.party, found.other, member=member, at=at, refusal=refusal)
    return DoublesPage(
        today=today,
        says=_says(len(waiting.order_by()[: MOST_COUNTED + 1].values_list("pk"))),
        two=compared.two,
        reasons=capfirst(in_words(found)),
        refusal=compared.refusal,
        closed_says=compared.closed_says,
        same_url=reverse("desk:double_same", args=[found.pk]),
        two_url=reverse("desk:double_two", args=[found.pk]),
        later_url=reverse("desk:double_later", args=[found.pk]),
    )


def in_words(double: Double) -> str:
    """Why two are taken for one, in the reader's language."""
    told = [(column, likeness) for column, likeness in double.reasons]
    return reasons.in_words(told, _)


def _says(count: int) -> str:
    if count > MOST_COUNTED:
        return _("More than %(count)d pairs wait for somebody who knows.") % {"count": MOST_COUNTED}
    told = ngettext(
        "%(count)d pair waits for somebody who knows.", "%(count)d pairs wait for somebody who knows.", count
    )
    return told % {"count": count}
