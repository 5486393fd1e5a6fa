"""What is known of a party, with where each piece comes from; as it is known now or was on a past day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ampersand.channels.tables import offers
from ampersand.core.spoken import spoken_day
from ampersand.desk.attached import files_of_party
from ampersand.desk.doubles import in_words
from ampersand.desk.known import Typed, own_words, reach, write_after
from ampersand.desk.life import life_of
from ampersand.desk.pages.party import DoubleRow, KnownRow, PartyPage, TieRow, ToldAsRow
from ampersand.desk.templatetags.desk import spoken_money
from ampersand.desk.tie_words import tie_words
from ampersand.members.models import Member
from ampersand.parties import details
from ampersand.parties.doubles.models import Double
from ampersand.parties.models import (
    Because,
    Detail,
    Identifier,
    IdentifierKind,
    Party,
    Relationship,
    StandsFor,
    Tie,
    Told,
)
from ampersand.parties.shared import sharing
from ampersand.readings.models import Measure, Reading

NOTHING_TYPED = Typed()
# The likeliest; all of them wait under "Likely the same".
DOUBLES_SHOWN_MAX = 5
_MONEY = re.compile(r"(-?\d{1,15}(?:\.\d{1,4})?) ([A-Z]{3})")


def party_page(
    party: Party, *, member: Member, at: datetime, known_on: date | None = None, typed: Typed = NOTHING_TYPED
) -> PartyPage:
    """The page of a party; with `known_on`, what had been told by the end of that day and not yet withdrawn."""
    today = timezone.localdate(at)
    known_at = at if known_on is None else timezone.make_aware(datetime.combine(known_on, time.max))
    relationship = Relationship.objects.visible_to(member).filter(party=party, told_at__lte=known_at).first()
    quiet = Reading.objects.filter(relationship=relationship, measure=Measure.QUIET).first() if relationship else None
    same = list(Party.objects.the_same([party.pk]))
    may_change = known_on is None and party.may_be_tended(member)
    identifiers = Identifier.objects.visible_to(member).as_known_on(known_at).filter(party_id__in=same)
    told = Detail.objects.visible_to(member).as_known_on(known_at).filter(party_id__in=same)
    known = list(told.select_related("source", "told_by").order_by("label", "value", "id")[:200])
    addresses = list(identifiers.select_related("source", "told_by").order_by("kind", "value", "id")[:100])
    shared = sharing(addresses, of=same, member=member)
    return PartyPage(
        name=capfirst(str(party)) if party.erased_at else str(party),
        kind=cast(Any, party.kind),
        today=today,
        why_here=_why_here(party, _first_known(relationship, same, member=member, known_at=known_at), today),
        relationship_url=reverse("desk:relationship", args=[relationship.pk])
        if relationship and party.erased_at is None
        else "",
        life=life_of(quiet) if relationship and party.erased_at is None else None,
        identifiers=_together(
            _identifier(row, relationship, shared, may_change=may_change)
            for row in addresses
            if row.kind != IdentifierKind.EXTERNAL
        ),
        elsewhere=_together(
            _identifier(row, relationship, shared, may_change=may_change)
            for row in addresses
            if row.kind == IdentifierKind.EXTERNAL
        ),
        details=_together(_detail(row, may_change=may_change) for row in known if row.value),
        ties=_ties(party, same, member=member, known_at=known_at, today=today, may_change=may_change),
        doubles=_doubles(party, member=member, at=at) if may_change else (),
        told_as=_told_as(same, member=member, may_change=may_change),
        files=files_of_party(same, member=member) if known_on is None else (),
        known_on=known_on,
        is_trace=relationship is None and not party.is_ours and party.erased_at is None,
        promote_url=reverse("desk:keep_trace", args=[party.pk]) if may_change and relationship is None else "",
        edit_url=reverse("desk:edit_party", args=[party.pk]) if may_change else "",
        tie_url=reverse("desk:tell_tie", args=[party.pk]) if may_change else "",
        same_url=reverse("desk:same", args=[party.pk]) if may_change else "",
        erase_url=reverse("desk:erase_party", args=[party.pk]) if party.may_be_erased(member) else "",
        erased_on=timezone.localdate(party.erased_at) if party.erased_at else None,
        own=own_words(
            party,
            same=same,
            known=known,
            member=member,
            known_at=known_at,
            may_change=may_change,
            typed=typed,
        ),
    )


def _first_known(
    relationship: Relationship | None, same: list[UUID], *, member: Member, known_at: datetime
) -> Relationship | None:
    """Of several that are one, the relationship that began first: since then they are known, and for its reason."""
    if relationship is None or len(same) == 1:
        return relationship
    of_all = Relationship.objects.visible_to(member).filter(party__in=same, told_at__lte=known_at)
    return of_all.exclude(because=Because.SAME).order_by("known_at", "pk").first() or relationship


def _why_here(party: Party, relationship: Relationship | None, today: date) -> str:
    if party.erased_at is not None:
        return ""
    if party.is_ours:
        return _("One of the house.")
    if relationship is None:
        return _("Heard of one way only; nothing went both ways yet.")
    day = spoken_day(timezone.localdate(relationship.known_at), today=today)
    return _("%(because)s Known since %(day)s.") % {"because": relationship.get_because_display(), "day": day}


def _together(rows: Iterable[KnownRow]) -> tuple[KnownRow, ...]:
    """What one source told at once, beside each other; the page then names the source once."""
    found = list(rows)
    first = {row.told: place for place, row in reversed(list(enumerate(found)))}
    return tuple(sorted(found, key=lambda row: first[row.told]))


def _row(row: Told, label: str, value: str, withdraw: str) -> KnownRow:
    return KnownRow(
        label=label,
        value=value,
        source=told_by(row),
        since=row.told_at,
        withdraw_url=reverse(f"desk:{withdraw}", args=[row.pk]) if withdraw else "",
    )


def _identifier(
    row: Identifier, relationship: Relationship | None, shared: dict[str, list[str]], *, may_change: bool
) -> KnownRow:
    label = str(row.label or row.get_kind_display())
    if others := shared.get(row.value):
        label = _("%(label)s, shared with %(names)s") % {"label": label, "names": ", ".join(others[:3])}
    known = _row(row, label, row.as_told, "withdraw_identifier" if may_change else "")
    return replace(known, reach_url=reach(row), after_url=write_after(row, relationship)) if may_change else known


def _detail(row: Detail, *, may_change: bool) -> KnownRow:
    known = _row(row, row.label, _as_read(row), "withdraw_detail" if may_change else "")
    return replace(known, map_url=details.map_url(row.label, row.value))


def _as_read(row: Detail) -> str:
    """What it says as a person reads it; of an offer that came in line by line, with what it is worth as money."""
    if row.label not in offers.LABELS.values():
        return details.as_read(row.value)
    return "\n".join(map(_line_as_read, row.value.splitlines()))


def _line_as_read(line: str) -> str:
    money = _MONEY.fullmatch(line)
    if money:
        return spoken_money(Decimal(money[1]), money[2])
    label, colon, value = line.rpartition(": ")
    return f"{label}{colon}{details.as_read(value)}"


def told_by(row: Told) -> str:
    """Where a fact comes from, in words: the source with the place in it, or who told it."""
    if row.source is not None:
        named = row.source.label or str(row.source.get_kind_display())
        path, _colon, line = row.place.rpartition(":")
        if path == row.source.label and line.isdigit():
            return _("%(file)s, line %(line)s") % {"file": named, "line": line}
        return f"{named}, {row.place}" if row.place else named
    return row.told_by.name if row.told_by else ""


def _ties(
    party: Party, same: list[UUID], *, member: Member, known_at: datetime, today: date, may_change: bool
) -> tuple[TieRow, ...]:
    ties = (
        Tie.objects.visible_to(member)
        .as_known_on(known_at)
        .filter(Q(from_party__in=same) | Q(to_party__in=same), from_party__erased_at=None, to_party__erased_at=None)
        .select_related("from_party__now", "to_party__now", "source", "told_by")
        .order_by("kind", "told_at", "id")[:200]
    )
    rows = []
    for tie in ties:
        other = tie.to_party if tie.from_party_id in same else tie.from_party
        words = tie_words(tie, seen_from=party.pk)
        rows.append(
            TieRow(
                says=f"{words}, {tie.role}" if tie.role else words,
                name=str(other),
                told=told_by(tie),
                url=reverse("desk:party", args=[other.now_id or other.pk]),
                from_on=tie.from_on,
                until_on=tie.until_on,
                end_url=reverse("desk:end_tie", args=[tie.pk]) if may_change and tie.until_on is None else "",
                withdraw_url=reverse("desk:withdraw_tie", args=[tie.pk]) if may_change else "",
            )
        )
    return tuple(rows)


def _doubles(party: Party, *, member: Member, at: datetime) -> tuple[DoubleRow, ...]:
    """Who is likely the same and waits for somebody to say so; both stand side by side before that."""
    waiting = Double.objects.visible_to(member).waiting(at).filter(Q(party=party) | Q(other=party))
    rows = []
    for double in waiting.select_related("party", "other").order_by("-probability", "id")[:DOUBLES_SHOWN_MAX]:
        other = double.other if double.party_id == party.pk else double.party
        side_by_side = f"{reverse('desk:same', args=[party.pk])}?{urlencode({'other': other.pk})}"
        rows.append(DoubleRow(name=str(other), url=side_by_side, reason=capfirst(in_words(double))))
    return tuple(rows)


def _told_as(same: list[UUID], *, member: Member, may_change: bool) -> tuple[ToldAsRow, ...]:
    """The links between those that are one, each by who stands for another."""
    links = StandsFor.objects.visible_to(member).standing().filter(party__in=same, party__erased_at=None)
    return tuple(
        ToldAsRow(
            name=link.party.name,
            since=link.told_at,
            told=", ".join(filter(None, [link.told_by.name if link.told_by else "", link.reason.rstrip(".")])),
            apart_url=reverse("desk:two_after_all", args=[link.pk]) if may_change else "",
        )
        for link in links.select_related("party", "told_by").order_by("told_at", "id")[:50]
    )
