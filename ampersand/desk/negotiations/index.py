"""The Negotiations page: what is open, what it comes to month by month, and what was accepted of what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Lower, Trim
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.desk.pages.negotiations import MonthSum, NegotiationGroup, NegotiationRow, NegotiationsPage
from ampersand.exchange.models import Negotiation, Offer, OfferEvent
from ampersand.exchange.negotiating import queries
from ampersand.exchange.negotiating.queries import OnTable
from ampersand.exchange.negotiating.states import OfferEventKind, OfferState
from ampersand.members.models import Member

SHOWN_MAX = 50
DECIDED_MAX = 20
KINDS_MAX = 30
FEWEST = 3
"""Fewer decided offers give no share, only a sentence."""


def negotiations_page(member: Member, *, at: datetime) -> NegotiationsPage:
    """What this member may see. A bounded number of queries, and of rows."""
    today = timezone.localdate(at)
    seen = Negotiation.objects.visible_to(member).standing()
    put = Offer.objects.filter(negotiation=OuterRef("pk"))
    accepted = OfferEvent.objects.filter(offer__negotiation=OuterRef("pk"), kind=OfferEventKind.ACCEPTED)
    on_table = Exists(queries.unanswered().filter(negotiation=OuterRef("pk")))
    over = seen.filter(Exists(put)).exclude(on_table).exclude(Exists(accepted))
    found = queries.find_on_the_table(member)
    still = [one for one in found if one.is_open(on=today)]
    lapsed = [one for one in found if not one.is_open(on=today)]
    groups = (
        _of_offers(_("It is our turn"), [one for one in still if not one.is_ours], OfferState.OPEN),
        _of_offers(_("It is their turn"), [one for one in still if one.is_ours], OfferState.OPEN),
        _of_offers(_("Their day has passed, and nothing was said"), lapsed, OfferState.LAPSED),
        _as_group(_("No offer yet"), seen.filter(~Exists(put)), SHOWN_MAX, on=today),
        _as_group(_("Declined or withdrawn"), over, SHOWN_MAX, on=today),
        _as_group(_("Accepted lately"), seen.filter(Exists(accepted)), DECIDED_MAX, on=today, is_counted=False),
    )
    sums = tuple(MonthSum(one.month, one.amount, one.currency, one.offers) for one in queries.sums_of(still))
    return NegotiationsPage(
        groups=tuple(one for one in groups if one.rows), sums=sums, shares=_shares(member), today=today
    )


def with_offers(negotiations: models.QuerySet[Negotiation]) -> models.QuerySet[Negotiation]:
    """The newest told first, with what tells how each stands."""
    known = negotiations.select_related("relationship__party__now", "decider__now", "member")
    offers = Offer.objects.order_by("version").prefetch_related("events")
    return known.prefetch_related("deciding_days", models.Prefetch("offers", offers)).order_by("-told_at", "-id")


def row_of(negotiation: Negotiation, *, on: date) -> NegotiationRow:
    """One negotiation as a list shows it (from `with_offers`)."""
    offer = negotiation.newest()
    state = offer.state(on=on) if offer else None
    is_waiting = state in (OfferState.OPEN, OfferState.LAPSED)
    return _row(negotiation, offer, state, ends_on=offer.ends_on() if offer and is_waiting else None)


def _of_offers(title: str, found: Sequence[OnTable], state: OfferState) -> NegotiationGroup:
    """A group of what is on the table; only what is shown of it is read whole."""
    shown = found[:SHOWN_MAX]
    offers = Offer.objects.select_related("negotiation__relationship__party__now").in_bulk(
        [one.offer_id for one in shown]
    )
    rows = ((offers[one.offer_id], one.ends) for one in shown)
    return NegotiationGroup(
        title,
        tuple(_row(offer.negotiation, offer, state, ends_on=ends) for offer, ends in rows),
        len(found) - len(shown),
    )


def _as_group(
    title: str, negotiations: models.QuerySet[Negotiation], most: int, *, on: date, is_counted: bool = True
) -> NegotiationGroup:
    found = list(with_offers(negotiations)[: most + 1])
    more = _more(negotiations, len(found), most) if is_counted else 0
    return NegotiationGroup(title, tuple(row_of(one, on=on) for one in found[:most]), more)


def _more(rows: models.QuerySet[Any], found: int, most: int) -> int:
    return rows.order_by().count() - most if found > most else 0


def _row(
    negotiation: Negotiation, offer: Offer | None, state: OfferState | None, *, ends_on: date | None
) -> NegotiationRow:
    party = negotiation.relationship.party
    return NegotiationRow(
        about=negotiation.about,
        url=reverse("desk:negotiation", args=[negotiation.pk]),
        name=str(party.now or party),
        says=state_says(offer, state),
        amount=offer.net_amount if offer else None,
        currency=offer.currency if offer else "",
        ends_on=ends_on,
    )


def state_says(offer: Offer | None, state: OfferState | None) -> str:
    """How an offer stands, in a sentence."""
    if offer is None or state is None:
        return _("No offer yet.")
    words = {"version": offer.version}
    if offer.is_ours:
        sentences = {
            OfferState.OPEN: _("Version %(version)s of ours waits for their answer."),
            OfferState.LAPSED: _("Version %(version)s of ours has no answer."),
            OfferState.ACCEPTED: _("They accepted version %(version)s of ours."),
            OfferState.DECLINED: _("They declined version %(version)s of ours."),
            OfferState.WITHDRAWN: _("We withdrew version %(version)s."),
            OfferState.COUNTERED: _("Version %(version)s of ours was countered."),
        }
    else:
        sentences = {
            OfferState.OPEN: _("Version %(version)s of theirs waits for our answer."),
            OfferState.LAPSED: _("Version %(version)s of theirs has no answer."),
            OfferState.ACCEPTED: _("We accepted version %(version)s of theirs."),
            OfferState.DECLINED: _("We declined version %(version)s of theirs."),
            OfferState.WITHDRAWN: _("They withdrew version %(version)s."),
            OfferState.COUNTERED: _("Version %(version)s of theirs was countered."),
        }
    return sentences[state] % words


def _shares(member: Member) -> tuple[str, ...]:
    """What was accepted among what was decided, by kind of offer: of the offers, never of who made them."""
    decided = OfferEvent.objects.visible_to(member).filter(
        kind__in=[OfferEventKind.ACCEPTED, OfferEventKind.DECLINED], offer__is_ours=True
    )
    counted: models.QuerySet[Any, Any] = (
        decided.annotate(of_kind=Lower(Trim("offer__negotiation__kind")))
        .values("of_kind")
        .annotate(decided=Count("pk"), accepted=Count("pk", filter=Q(kind=OfferEventKind.ACCEPTED)))
        .order_by()
    )
    most_first = sorted(counted, key=lambda one: (-one["decided"], one["of_kind"]))
    return tuple(_share_says(one["of_kind"], one["accepted"], one["decided"]) for one in most_first[:KINDS_MAX])


def _share_says(kind: str, accepted: int, decided: int) -> str:
    words = {"kind": kind or _("offers of no named kind"), "accepted": accepted, "decided": decided}
    if decided < FEWEST:
        return _("%(kind)s: %(decided)s decided so far; too early for a share.") % words
    return _("%(kind)s: %(accepted)s of %(decided)s decided were accepted.") % words
