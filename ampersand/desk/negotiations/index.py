"""The Negotiations page: what is open, what it comes to month by month, and what was accepted of what was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Lower, Trim
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.desk.pages.negotiations import MonthSum, NegotiationGroup, NegotiationRow, NegotiationsPage
from ampersand.exchange.models import Negotiation, Offer, OfferEvent
from ampersand.exchange.negotiating.states import OfferEventKind, OfferState
from ampersand.members.models import Member

OPEN_MAX = 300
SHOWN_MAX = 50
DECIDED_MAX = 20
KINDS_MAX = 30
FEWEST = 3
"""Fewer decided offers give no share, only a sentence."""


def negotiations_page(member: Member, *, at: datetime) -> NegotiationsPage:
    """What this member may see. A bounded number of queries, and of rows."""
    today = timezone.localdate(at)
    seen = Negotiation.objects.visible_to(member).standing()
    accepted = OfferEvent.objects.filter(offer__negotiation=OuterRef("pk"), kind=OfferEventKind.ACCEPTED)
    put = Offer.objects.filter(negotiation=OuterRef("pk"))
    # Of an offer that is countered or answered that is written down, so one that is not stands on the table.
    on_table = Exists(
        put.exclude(Exists(OfferEvent.objects.filter(offer=OuterRef("pk")).exclude(kind=OfferEventKind.PUT)))
    )
    open_now = with_offers(seen.filter(on_table | ~Exists(put)))[:OPEN_MAX]
    over = with_offers(seen.filter(Exists(put)).exclude(on_table).exclude(Exists(accepted)))[: SHOWN_MAX + 1]
    ended = with_offers(seen.filter(Exists(accepted)))[:DECIDED_MAX]
    by_group: dict[str, list[Negotiation]] = defaultdict(list, {"over": list(over)})
    still: list[Offer] = []
    for negotiation in open_now:
        offer = negotiation.newest()
        state = offer.state(on=today) if offer else None
        by_group[_group(offer, state)].append(negotiation)
        if offer is not None and state == OfferState.OPEN:
            still.append(offer)
    titles = {
        "us": _("It is our turn"),
        "them": _("It is their turn"),
        "lapsed": _("Their day has passed, and nothing was said"),
        "none": _("No offer yet"),
        "over": _("Declined or withdrawn"),
    }
    groups = [_as_group(title, by_group[key], on=today) for key, title in titles.items() if by_group[key]]
    if ended:
        groups.append(_as_group(_("Accepted lately"), list(ended), on=today))
    return NegotiationsPage(groups=tuple(groups), sums=_sums(still), shares=_shares(member), today=today)


def with_offers(negotiations: models.QuerySet[Negotiation]) -> models.QuerySet[Negotiation]:
    """The newest told first, with what tells how each stands."""
    known = negotiations.select_related("relationship__party__now", "decider__now", "member")
    offers = Offer.objects.order_by("version").prefetch_related("events")
    return known.prefetch_related("deciding_days", models.Prefetch("offers", offers)).order_by("-told_at", "-id")


def row_of(negotiation: Negotiation, *, on: date) -> NegotiationRow:
    """One negotiation as a list shows it (from `with_offers`)."""
    offer = negotiation.newest()
    return _row(negotiation, offer, offer.state(on=on) if offer else None)


def _group(offer: Offer | None, state: OfferState | None) -> str:
    if offer is None:
        return "none"
    if state == OfferState.OPEN:
        return "them" if offer.is_ours else "us"
    return "lapsed" if state == OfferState.LAPSED else "over"


def _as_group(title: str, found: Sequence[Negotiation], *, on: date) -> NegotiationGroup:
    rows = tuple(row_of(one, on=on) for one in found[:SHOWN_MAX])
    return NegotiationGroup(title, rows, max(len(found) - SHOWN_MAX, 0))


def _row(negotiation: Negotiation, offer: Offer | None, state: OfferState | None) -> NegotiationRow:
    party = negotiation.relationship.party
    return NegotiationRow(
        about=negotiation.about,
        url=reverse("desk:negotiation", args=[negotiation.pk]),
        name=str(party.now or party),
        says=state_says(offer, state),
        amount=offer.net_amount if offer else None,
        currency=offer.currency if offer else "",
        ends_on=offer.ends_on() if offer and state in (OfferState.OPEN, OfferState.LAPSED) else None,
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


def _sums(offers: Iterable[Offer]) -> tuple[MonthSum, ...]:
    """Plain sums of what is open, without tax, by the month the decider named; two currencies are never one sum."""
    found: dict[tuple[date | None, str], tuple[Decimal, int]] = {}
    for offer in offers:
        if offer.net_amount is not None:
            ends_on = offer.ends_on()
            key = (ends_on.replace(day=1) if ends_on else None, offer.currency)
            amount, count = found.get(key, (Decimal(0), 0))
            found[key] = amount + offer.net_amount, count + 1
    in_order = sorted(found.items(), key=lambda one: (one[0][0] or date.max, one[0][1]))
    return tuple(MonthSum(month, amount, currency, count) for (month, currency), (amount, count) in in_order)


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
