"""What a member sees of the page of the other side: its links, and what stands on it or could."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from ampersand.core.rooms import Room
from ampersand.exchange import sharing as giving
from ampersand.exchange.models import Concession
from ampersand.members.models import Member
from ampersand.parties.models import Relationship
from ampersand.portal.models import Entry, PageLink, Visit
from ampersand.promises import sharing
from ampersand.promises.models import Promise, with_events

MOST = 100
NEWER = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class LinkRow:
    address: str
    says: str
    visits: tuple[date, ...]
    revoke_url: str


@dataclass(frozen=True, slots=True)
class ShareRow:
    words: str
    due_on: date | None
    said: tuple[str, ...]
    share_url: str


@dataclass(frozen=True, slots=True)
class EntryRow:
    says: str
    on: date
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class GivingPage:
    name: str
    relationship_url: str
    links: tuple[LinkRow, ...]
    shared: tuple[str, ...]
    to_share: tuple[ShareRow, ...]
    older_to_share: tuple[ShareRow, ...]
    """What is settled, or was given long ago."""
    entries: tuple[EntryRow, ...]


def giving_page(relationship: Relationship, *, member: Member, at: datetime) -> GivingPage:
    there = [*Relationship.objects.the_same([relationship.pk])]
    links = PageLink.objects.visible_to(member).filter(relationship__in=there).select_related("given_by")
    told = Promise.objects.visible_to(member).standing().filter(relationship__in=there)
    promises = with_events(list(told.order_by("-made_on", "-id")[:MOST]))
    given = Concession.objects.visible_to(member).standing().filter(relationship__in=there, drawn_back_at=None)
    given = given.exclude(room=Room.BETWEEN).order_by("-happened_on", "-id")[:MOST]
    ours = [one for one in promises if sharing.may_be_shared(one, member)]
    kept = [one for one in given if giving.may_be_shared(one, member)]
    newer = timezone.localdate(at) - NEWER
    entries = Entry.objects.visible_to(member).filter(relationship__in=there).order_by("-at", "-id")[:MOST]
    return GivingPage(
        name=relationship.party.name,
        relationship_url=reverse("desk:relationship", args=[relationship.pk]),
        links=tuple(_links(list(links.order_by("-given_at", "-id")[:MOST]), at=at)),
        shared=tuple(promise.words for promise in promises if promise.room == Room.BETWEEN),
        to_share=(
            *(_to_share(one) for one in ours if one.is_open),
            *(_given_to_share(one) for one in kept if one.happened_on >= newer),
        ),
        older_to_share=(
            *(_to_share(one) for one in ours if not one.is_open),
            *(_given_to_share(one) for one in kept if one.happened_on < newer),
        ),
        entries=tuple(
            EntryRow(
                str(one.get_kind_display()), timezone.localdate(one.at), not (one.carried_out_at or one.refused_at)
            )
            for one in entries
        ),
    )


def _links(links: list[PageLink], *, at: datetime) -> list[LinkRow]:
    days: dict[UUID, list[date]] = {}
    for link_id, began_at in (
        Visit.objects.filter(link__in=links).order_by("-began_at").values_list("link_id", "began_at")
    ):
        day = timezone.localdate(began_at)
        if day not in days.setdefault(link_id, []):
            days[link_id].append(day)
    return [
        LinkRow(
            address=link.address,
            says=_state(link, at=at),
            visits=tuple(days.get(link.pk, ())[:7]),
            revoke_url=reverse("portal:revoke_link", args=[link.pk]) if link.is_open(at) else "",
        )
        for link in links
    ]


def _state(link: PageLink, *, at: datetime) -> str:
    told = {
        "name": link.given_by or _("somebody"),
        "day": formats.date_format(timezone.localdate(link.lapses_at), "DATE_FORMAT"),
    }
    if link.revoked_at:
        return _("Given by %(name)s, revoked.") % told
    if not link.is_open(at):
        return _("Given by %(name)s, lapsed.") % told
    return _("Given by %(name)s, works until %(day)s.") % told


def _to_share(promise: Promise) -> ShareRow:
    return ShareRow(
        words=promise.words,
        due_on=promise.due_on,
        said=tuple(sharing.they_would_see(promise)),
        share_url=reverse("portal:share_promise", args=[promise.pk]),
    )


def _given_to_share(given: Concession) -> ShareRow:
    return ShareRow(
        words=given.words,
        due_on=None,
        said=tuple(giving.they_would_see(given)),
        share_url=reverse("portal:share_concession", args=[given.pk]),
    )
