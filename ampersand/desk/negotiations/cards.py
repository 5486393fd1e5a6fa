"""Give and take as cards: each thing once, in its giver's column, with its cost in their words, its worth in the other's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.between.giving import counts_say
from ampersand.desk.names import as_now
from ampersand.desk.negotiations.speaking import told
from ampersand.desk.pages.negotiations import Act, ConcessionCard, GiveTakePage, GiveTakeYear
from ampersand.exchange.models import Concession, ConcessionState, GiveAndTakeOff
from ampersand.members.models import Member
from ampersand.parties.models import Relationship

CARDS_MAX = 200


def give_take_page(relationship: Relationship, *, member: Member, at: datetime) -> GiveTakePage:
    """Both columns, year by year; or who wishes that it is not read here."""
    relationship, party = as_now(relationship), relationship.party
    same = Relationship.objects.the_same([relationship.pk])
    offs = list(off_of(same, member))
    given = [] if offs else list(concessions(member).filter(relationship__in=same)[: CARDS_MAX + 1])
    shown = given[:CARDS_MAX]
    urls = {name: reverse(f"desk:give_take_{name}", args=[relationship.pk]) for name in ("on", "off")}
    return GiveTakePage(
        name=party.name,
        relationship_url=reverse("desk:relationship", args=[relationship.pk]),
        off_says=tuple(_off_says(off, party.name) for off in offs),
        is_off=bool(offs),
        counts=" ".join(counts_say(shown, is_ours=True, gave=_("We gave way %(times)s"), other=party.name)),
        years=_years(shown),
        on_url=urls["on"],
        off_url=urls["off"],
        more=len(given) - len(shown),
        today=timezone.localdate(at),
    )


def off_of(relationships: models.QuerySet[Relationship], member: Member) -> models.QuerySet[GiveAndTakeOff]:
    """The wishes that hold that give and take is not read in these relationships."""
    return (
        GiveAndTakeOff.objects.visible_to(member).standing().filter(relationship__in=relationships).order_by("at", "id")
    )


def concessions(member: Member) -> models.QuerySet[Concession]:
    """What stands of give and take, the newest first, with all that a card says."""
    seen = Concession.objects.visible_to(member).standing()
    known = seen.select_related(
        "by__now", "to__now", "told_by", "cost_told_by", "worth_told_by", "in_return_for", "relationship"
    )
    return known.prefetch_related("answered_by").order_by("-happened_on", "-id")


def card(concession: Concession) -> ConcessionCard:
    """One thing that was given (from `concessions`)."""
    by, to = concession.by.now or concession.by, concession.to.now or concession.to
    return ConcessionCard(
        words=concession.words,
        on=concession.happened_on,
        told=told(str(by), concession.voice, concession.told_by, concession.told_at),
        state=str(concession.state.label),
        cost=concession.cost_words,
        cost_told=_voice(concession, "cost", str(by)),
        worth=concession.worth_words,
        worth_told=_voice(concession, "worth", str(to)),
        return_for=concession.in_return_for.words if concession.in_return_for else "",
        is_gift=concession.is_gift,
        acts=_acts(concession),
        cost_url=reverse("desk:concession_cost", args=[concession.pk]),
        worth_url=reverse("desk:concession_worth", args=[concession.pk]),
    )


def _years(given: Sequence[Concession]) -> tuple[GiveTakeYear, ...]:
    found = []
    for year, group in groupby(given, key=lambda one: one.happened_on.year):
        cards = [(one.is_ours, card(one)) for one in group]
        found.append(
            GiveTakeYear(
                year,
                tuple(one for is_ours, one in cards if is_ours),
                tuple(one for is_ours, one in cards if not is_ours),
            )
        )
    return tuple(found)


def _voice(concession: Concession, which: str, name: str) -> str:
    at = getattr(concession, f"{which}_at")
    if at is None:
        return ""
    return told(name, getattr(concession, f"{which}_voice"), getattr(concession, f"{which}_told_by"), at)


def _acts(concession: Concession) -> tuple[Act, ...]:
    """What its giver may still do. For their side a member only tells what they said."""

    def act(says: str, name: str) -> Act:
        return Act(says, reverse(f"desk:{name}", args=[concession.pk]))

    if concession.state == ConcessionState.OFFERED:
        acts = [
            act(_("It is firm now") if concession.is_ours else _("They made it firm"), "concession_firm"),
            act(_("Draw back") if concession.is_ours else _("They drew it back"), "concession_back"),
        ]
    else:
        acts = []
    if concession.state != ConcessionState.WITHDRAWN and not concession.is_gift:
        acts.append(act(_("It was a gift") if concession.is_ours else _("They call it a gift"), "concession_gift"))
    return tuple(acts)


def _off_says(off: GiveAndTakeOff, name: str) -> str:
    who = told(_("We") if off.is_ours else name, off.voice, None if off.is_ours else off.told_by, off.at)
    return _("Give and take is not read here: so wished %(who)s.") % {"who": who}
