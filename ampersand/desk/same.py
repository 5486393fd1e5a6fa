"""Two parties side by side, for whoever says that they are one, or two after all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db.models import Count, Max, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.core.spoken import spoken_day
from ampersand.desk import elsewhere
from ampersand.desk.names import employers
from ampersand.desk.pages.notebook import Kept
from ampersand.desk.pages.same import ChoosePage, ComparePage, FoundRow, OneOfTwo, TwoPage
from ampersand.desk.whom import found_by
from ampersand.members.models import Member
from ampersand.parties import details, merging
from ampersand.parties.models import Detail, Identifier, Party, Relationship, StandsFor
from ampersand.promises.models import Promise
from ampersand.timeline.models import Moment, Participant

SHOWN_MAX = 8
# Some of what is told is left out, and others are shown in its place.
LOOKED_AT_MAX = 40
_PARTY = "party:"


def choose_page(party: Party, *, words: str, member: Member, at: datetime) -> ChoosePage:
    """Whom a party may be the same as, found by typing."""
    today = timezone.localdate(at)
    here = reverse("desk:same", args=[party.pk])
    found = tuple(
        FoundRow(name=one.name, note=one.note, url=f"{here}?other={one.reference.removeprefix(_PARTY)}")
        for one in (found_by(words, member=member, on=today) if len(words) > 1 else [])
        if one.reference.startswith(_PARTY) and one.reference != f"{_PARTY}{party.pk}"
    )
    says = _("Nobody else is called so. Try fewer letters, or write the other down first.")
    return ChoosePage(
        name=str(party),
        today=today,
        words=words,
        found=found,
        says="" if found or len(words) < 2 else says,
        back_url=reverse("desk:party", args=[party.pk]),
    )


def compare_page(party: Party, other: Party, *, member: Member, at: datetime, refusal: str = "") -> ComparePage:
    """What both have, side by side, and what they have in common."""
    two = _side_by_side(party, other, member=member, at=at)
    return ComparePage(
        name=str(party),
        today=timezone.localdate(at),
        two=two,
        in_common=tuple(one for one in (*two[0].addresses, *two[0].facts) if one in {*two[1].addresses, *two[1].facts}),
        closed_says=_closed_says(party, other),
        refusal=refusal or merging.refusal(party, other, member=member) or "",
        choose_url=reverse("desk:same", args=[party.pk]),
        back_url=reverse("desk:party", args=[party.pk]),
    )


def two_page(link: StandsFor, *, member: Member, at: datetime) -> TwoPage:
    """What comes back to whom when two that were taken for one are two again."""
    today = timezone.localdate(at)
    day = {"day": spoken_day(timezone.localdate(link.told_at), today=today)}
    told = _("Said to be one %(day)s.") % day
    if link.told_by is not None:
        told = _("%(name)s said %(day)s that they are one.") % {"name": link.told_by.name, **day}
    return TwoPage(
        name=link.party.name,
        today=today,
        two=_side_by_side(link.party, link.same_as, member=member, at=at, is_apart=link),
        told=f"{told} {link.reason}".strip(),
        back_url=reverse("desk:party", args=[link.party.now_id or link.party_id]),
    )


def said_to_be_one(told: str, *, party: Party, member: Member) -> Kept | None:
    """What is said on the page of one right after two were said to be one, with the way back."""
    try:
        link = (
            StandsFor.objects.visible_to(member)
            .filter(pk=UUID(told), withdrawn_at=None)
            .select_related("party")
            .first()
        )
    except ValueError:
        return None
    if link is None or party.pk not in (link.party_id, link.party.now_id) or not link.may_be_withdrawn(member):
        return None
    return Kept(
        sentence=_("The two are one now. Both still have what they were told; further down they can be two again."),
        undo_url=reverse("desk:two_after_all", args=[link.pk]),
    )


def _closed_says(party: Party, other: Party) -> str:
    of_both = Relationship.objects.filter(pk__in=Relationship.objects.filter(party__in=[party, other]).together())
    if not of_both.exclude(closed_at=None).exists():
        return ""
    return _(
        "What is between you and one of the two is closed. Taken for one, both are seen only by those who see both."
    )


def _side_by_side(
    party: Party, other: Party, *, member: Member, at: datetime, is_apart: StandsFor | None = None
) -> tuple[OneOfTwo, OneOfTwo]:
    if is_apart is None:
        ids, others = [list(Party.objects.the_same([one.pk])) for one in (party, other)]
    else:
        ids, others = merging.would_part(is_apart)
    return _one(party, ids, member=member, at=at), _one(other, others, member=member, at=at)


def _one(party: Party, ids: list[UUID], *, member: Member, at: datetime) -> OneOfTwo:
    today = timezone.localdate(at)
    addresses = Identifier.objects.visible_to(member).standing().filter(party__in=ids).order_by("kind", "value", "id")
    facts = Detail.objects.visible_to(member).standing().filter(party__in=ids).exclude(value="")
    names = Party.objects.filter(pk__in=ids).exclude(pk=party.pk).order_by("told_at", "id")
    work = employers([party.pk], on=today, member=member).get(party.pk)
    known = Relationship.objects.filter(party__in=ids).order_by("known_at").first()
    since = {"day": spoken_day(timezone.localdate(known.known_at), today=today)} if known else {}
    return OneOfTwo(
        id=party.pk,
        name=party.name,
        url=reverse("desk:party", args=[party.pk]),
        known=_("Known since %(day)s") % since if known else _("Only heard of"),
        addresses=_first(elsewhere.in_words(one) for one in addresses.select_related("source")[:LOOKED_AT_MAX]),
        facts=_first(_fact(one) for one in facts.order_by("label", "value", "id")[:LOOKED_AT_MAX]),
        work=str(work.to_party) if work else "",
        contact=_contact(ids, member=member, at=at),
        promises=_promises(ids, member=member),
        also_called=tuple(names.values_list("name", flat=True)[:SHOWN_MAX]),
    )


def _first(told: Iterable[str]) -> tuple[str, ...]:
    """The first few that say something, each once."""
    return tuple(islice(dict.fromkeys(filter(None, told)), SHOWN_MAX))


def _fact(row: Detail) -> str:
    return "" if elsewhere.is_key(row.value) else f"{row.label}: {details.as_read(row.value)[:80]}"


def _contact(ids: list[UUID], *, member: Member, at: datetime) -> str:
    seen = Moment.objects.visible_to(member).standing().filter(happened_at__lte=at)
    took_part = Participant.objects.filter(party__in=ids, moment__in=seen)
    told = took_part.aggregate(number=Count("moment", distinct=True), first=Min("happened_at"), last=Max("happened_at"))
    if not told["number"]:
        return _("No moment is told of them.")
    today = timezone.localdate(at)
    first, last = (spoken_day(timezone.localdate(told[end]), today=today) for end in ("first", "last"))
    says = ngettext("%(number)d moment, %(last)s", "%(number)d moments, first %(first)s, last %(last)s", told["number"])
    return says % {"number": told["number"], "first": first, "last": last}


def _promises(ids: list[UUID], *, member: Member) -> str:
    of = Promise.objects.visible_to(member).standing().filter(relationship__party__in=ids).open().count()
    return capfirst(ngettext("%(number)d open promise", "%(number)d open promises", of) % {"number": of}) if of else ""
