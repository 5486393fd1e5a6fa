"""The queue of likely doubles: two at a time, with why they may be one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.desk.pages.doubles import DoublesPage
from ampersand.desk.same import compare_page
from ampersand.members.models import Member
from ampersand.members.queries import the_house
from ampersand.parties.doubles import actions, candidates, reasons, together
from ampersand.parties.doubles.candidates import Candidate
from ampersand.parties.doubles.models import Double
from ampersand.parties.doubles.traits import ORGANISATION, PERSON, Traits
from ampersand.parties.identifiers import normalised
from ampersand.parties.models import Party, PartyKind

# More than these are not counted out: the queue is long, and that is all that matters.
MOST_COUNTED = 100
# One list for two pairs saves nobody anything.
SEVERAL = 3
# Whether there are several is seen among the likeliest; a long queue is not counted through for each pair.
LOOKED_AT = 500
# Where the weights of a typed record are not those of the whole book, it stands in the middle of the queue.
LIKELY_ENOUGH = 0.75


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
        together_url=reverse("desk:doubles_together")
        if any(count >= SEVERAL for count in together.groups(member, at=at, among_first=LOOKED_AT).values())
        else "",
    )


def may_be(told: dict[str, Any], *, member: Member) -> list[Candidate]:
    """Whom somebody who is being written down may be already, by the words of the form."""
    house = the_house()
    country = house.country if house else "GB"
    email, phone = normalised("email", told["email"]), normalised("phone", told["phone"], country=country)
    typed = Traits(
        key="",
        kind=PERSON if told["kind"] == PartyKind.PERSON else ORGANISATION,
        name=told["name"].strip(),
        organisation=told["at"].strip(),
        emails=(email,) if email else (),
        phones=(phone,) if phone else (),
    )
    return candidates.likely(typed, member=member)


def ask_about(party: Party, found: Sequence[Candidate], *, at: datetime) -> str:
    """Keep as proposals whom somebody just written down may be already; answers the question in words, or nothing."""
    proposals = [
        actions.Found((min(party.pk, one.party_id), max(party.pk, one.party_id)), LIKELY_ENOUGH, one.reasons)
        for one in found
        if one.party_id != party.pk
    ]
    if not proposals:
        return ""
    actions.propose(proposals, at=at, is_all=False)
    beside = reverse("desk:same", args=[party.pk])
    links = (format_html('<a href="{}?other={}">{}</a>', beside, one.party_id, one.name) for one in found)
    # Whole sentences are the catalogue's; what was told is escaped before it comes to stand in them.
    return format_html(
        _("Do you mean {names}? They are in the book already. Look at both, and say whether they are one."),
        names=format_html_join(", ", "{}", ((link,) for link in links)),
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
