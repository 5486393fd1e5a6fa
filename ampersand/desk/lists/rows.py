"""What each row of the list says, fetched for fifty or a thousand rows by the same few queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Value
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.core import ready
from ampersand.core.among import among
from ampersand.core.rooms import Room
from ampersand.desk.life import life_of
from ampersand.desk.lists.columns import DETAIL, REACHED
from ampersand.desk.models import NEVER, NOT_DUE, Standing
from ampersand.desk.names import employers
from ampersand.desk.pages.relationships import RelationshipRow
from ampersand.desk.sentences import says_in_brief
from ampersand.members.models import Member
from ampersand.parties.models import Because, Detail, Identifier, Party, PartyKind, Tending, Tie
from ampersand.parties.tags import tags_of
from ampersand.readings.models import Measure, Reading
from ampersand.timeline.models import Mode

# Where a place may stand, in the order of preference: labels that address books, tables and people use.
PLACE_LABELS = ("city", "town", "place")
# What of a detail stands in a row of many, on the page; a table that is taken out has all of it.
SHOWN_OF_DETAIL = 60


@dataclass(frozen=True)
class _Around:
    """What stands in the rows and not in their standings, by relationship or party."""

    work: dict[UUID, Tie]
    places: dict[UUID, str]
    readings: dict[UUID, dict[str, Reading]]
    tending: dict[UUID, list[str]]
    tags: dict[UUID, list[str]]
    details: dict[UUID, dict[str, str]]
    reached: dict[UUID, dict[str, str]]


def rows_of(
    standings: Sequence[Standing],
    *,
    columns: Sequence[str],
    member: Member,
    today: date,
    letters: int = SHOWN_OF_DETAIL,
) -> tuple[RelationshipRow, ...]:
    """The rows of these standings, which the member may see, with what the chosen columns say.

    Of a detail so many letters are told.
    """
    if not standings:
        return ()
    around = _around(standings, columns=columns, member=member, today=today, letters=letters)
    return tuple(_row(standing, around, today=today) for standing in standings)


def _around(
    standings: Sequence[Standing], *, columns: Sequence[str], member: Member, today: date, letters: int
) -> _Around:
    ids = [standing.relationship_id for standing in standings]
    parties = [standing.party_id for standing in standings]
    readings: dict[UUID, dict[str, Reading]] = {}
    for reading in _readings(relationships=ids):
        readings.setdefault(reading.relationship_id, {})[reading.measure] = reading
    tending: dict[UUID, list[str]] = {}
    for relationship_id, name in _tending(relationships=ids, today=today):
        tending.setdefault(relationship_id, []).append(name)
    told_of = [*parties, *_stand_ins(parties=parties)]
    return _Around(
        work=employers(parties, on=today, member=member),
        places=_places(told_of, letters),
        readings=readings,
        tending=tending,
        tags=tags_of(parties) if "tags" in columns else {},
        details=_details(
            told_of, [name.removeprefix(DETAIL).lower() for name in columns if name.startswith(DETAIL)], letters
        ),
        reached=_reached(told_of, [kind for kind in REACHED if kind in columns]),
    )


def _row(standing: Standing, around: _Around, *, today: date) -> RelationshipRow:
    amount, currency = _main_trade(standing.trade)
    work, readings = around.work.get(standing.party_id), around.readings.get(standing.relationship_id, {})
    return RelationshipRow(
        key=str(standing.relationship_id),
        name=standing.party.name,
        url=reverse("desk:relationship", args=[standing.relationship_id]),
        life=life_of(readings.get(Measure.QUIET.value)),
        of=work.to_party.name if work else "",
        place=around.places.get(standing.party_id, ""),
        reading=_reading_says(readings, today),
        last_on=None if standing.last_on == NEVER else standing.last_on,
        last_mode=str(Mode(standing.last_mode).label) if standing.last_mode else "",
        promises=_promises_say(standing, today),
        trade=(amount / 12).quantize(Decimal(1)) if amount is not None else None,
        currency=currency,
        tended_by=", ".join(around.tending.get(standing.relationship_id, [])),
        kind=str(PartyKind(standing.party.kind).label),
        tags=", ".join(around.tags.get(standing.party_id, [])),
        because=_because(standing),
        known_on=None if standing.known_on == NOT_DUE else standing.known_on,
        due_on=None if standing.due_on == NOT_DUE else standing.due_on,
        kept=_kept_says(standing),
        details=around.details.get(standing.party_id, {}),
        reached=around.reached.get(standing.party_id, {}),
    )


def _main_trade(trade: dict[str, str]) -> tuple[Decimal | None, str]:
    """The currency most was traded in; several are never added up."""
    amounts = {currency: Decimal(told) for currency, told in trade.items()}
    currency = max(amounts, key=lambda one: (amounts[one], one), default="")
    return amounts.get(currency), currency


def _reading_says(readings: dict[str, Reading], today: date) -> str:
    """One sentence at most: that it is our move, else what is quiet or in rhythm, where there is enough to say so."""
    move, quiet = readings.get(Measure.WHOSE_MOVE.value), readings.get(Measure.QUIET.value)
    if move is not None and move.says == "our_move":
        return says_in_brief(move, today=today)
    return says_in_brief(quiet, today=today) if quiet is not None and quiet.says != "too_early" else ""


def _promises_say(standing: Standing, today: date) -> str:
    """Open promises each way; only a promise can be late, and it says how many sides are."""
    told = []
    if standing.open_ours:
        ours = ngettext("%(number)d ours", "%(number)d ours", standing.open_ours) % {"number": standing.open_ours}
        told.append(_("%(promises)s, late") % {"promises": ours} if standing.due_ours_on < today else ours)
    if standing.open_theirs:
        theirs = ngettext("%(number)d theirs", "%(number)d theirs", standing.open_theirs) % {
            "number": standing.open_theirs
        }
        told.append(_("%(promises)s, late") % {"promises": theirs} if standing.due_theirs_on < today else theirs)
    return "; ".join(told)


def _kept_says(standing: Standing) -> str:
    if not standing.called_count:
        return ""
    return _("%(kept)d of %(called)d") % {"kept": standing.kept_count, "called": standing.called_count}


def _because(standing: Standing) -> str:
    told = next((facet.removeprefix("because:") for facet in standing.facets if facet.startswith("because:")), "")
    return str(Because(told).label) if told in Because.values else ""


def _places(parties: list[UUID], letters: int) -> dict[UUID, str]:
    told = sorted(_addresses(parties=parties), key=lambda one: -PLACE_LABELS.index(one.label.lower()))
    return {_whose(detail): detail.value[:letters] for detail in told}


def _details(parties: list[UUID], labels: list[str], letters: int) -> dict[UUID, dict[str, str]]:
    """What is told of each under these labels, in small letters; of several the words stand beside each other."""
    found: dict[UUID, dict[str, str]] = {}
    for detail in _told(parties, tuple(labels)) if labels else ():
        of_party, label = found.setdefault(_whose(detail), {}), detail.label.lower()
        value = " ".join(detail.value.split())[:letters]
        of_party[label] = f"{of_party[label]}; {value}" if label in of_party else value
    return found


def _reached(parties: list[UUID], kinds: list[str]) -> dict[UUID, dict[str, str]]:
    """How each is reached in these ways, as it was told, the earliest first."""
    found: dict[UUID, dict[str, str]] = {}
    there = Identifier.objects.standing().filter(among("party_id", parties), kind__in=kinds).select_related("party")
    for told in there.order_by("told_at", "id") if kinds else ():
        of_party = found.setdefault(_whose(told), {})
        of_party[told.kind] = f"{of_party[told.kind]}; {told.as_told}" if told.kind in of_party else told.as_told
    return found


def _whose(detail: Detail | Identifier) -> UUID:
    """Whom it is shown of: who its party is taken for today."""
    return detail.party.now_id or detail.party_id


@ready.Ready[UUID]
def _stand_ins(parties: Sequence[UUID]) -> models.QuerySet[Party, UUID]:
    """Who is taken for one of these. Asked first, for the planner then knows that the parties of a page are few."""
    return Party.objects.filter(among("now_id", parties)).values_list("pk", flat=True)


@ready.Ready[Detail]
def _addresses(parties: Sequence[UUID]) -> models.QuerySet[Detail]:
    return _told(parties, PLACE_LABELS)


def _told(parties: Sequence[UUID], labels: tuple[str, ...]) -> models.QuerySet[Detail]:
    # In large letters, since the index of labels in small ones would have the planner read all the towns of the book.
    headed = Detail.objects.standing().annotate(heading=Upper("label")).select_related("party")
    asked = [Upper(Value(label)) for label in labels]
    return headed.filter(among("party_id", parties), heading__in=asked).order_by("told_at", "id")


@ready.Ready[Reading]
def _readings(relationships: Sequence[UUID]) -> models.QuerySet[Reading]:
    said = (Measure.WHOSE_MOVE, Measure.QUIET)
    readings = Reading.objects.filter(among("relationship_id", relationships), measure__in=said, room=Room.OURS)
    return readings.defer("evidence", "against", "told")


@ready.Ready[tuple[UUID, str]]
def _tending(relationships: Sequence[UUID], today: date) -> models.QuerySet[Any]:
    rows = Tending.objects.current(today).filter(among("relationship_id", relationships)).order_by("from_on", "id")
    return rows.values_list("relationship_id", "member__name")
