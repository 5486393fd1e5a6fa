"""The list of relationships: any filters together, sorted by name or by a quantity with a unit, fifty rows at a time."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.core import ready, search
from ampersand.core.among import among
from ampersand.desk.life import life_of
from ampersand.desk.models import NEVER, NOT_DUE, Standing, StandingQuerySet
from ampersand.desk.names import employers
from ampersand.desk.pages.forms import Choice, Filter
from ampersand.desk.pages.relationships import RelationshipRow, RelationshipsPage
from ampersand.desk.sentences import says_in_brief
from ampersand.members.models import Member
from ampersand.parties.closed import hidden_party_ids
from ampersand.parties.models import Detail, Party, PartyKind, Tending, Tie, TieKind
from ampersand.readings.models import Measure, Reading
from ampersand.timeline.models import Mode

ROWS = 50
NAMED_MAX, NAMED_AT = 500, 20
# So many rows of an order are looked through as they are.
NEAR = 2_000
# Older contact is found by no filter of time.
YEARS_BACK = 60
# A place in the list holds a sort key of up to 300 letters, whatever their script.
LONGEST_ASKED = 2_000
# Where a place may stand, in the order of preference: labels that address books, tables and people use.
PLACE_LABELS = ("city", "town", "place")


@dataclass(frozen=True)
class Sort:
    """An order of the list: its column, whether the largest comes first, and what it needs to have a place in it."""

    column: str
    read: Callable[[str], Any]
    is_descending: bool = False
    needs: Q = field(default_factory=Q)


def _storable(told: str) -> str:
    """Without the characters that PostgreSQL holds in no text."""
    return told.replace("\x00", "").encode("utf-8", "ignore").decode()


SORTS = {
    "name": Sort("sort_key", _storable),
    "last": Sort("last_on", date.fromisoformat, is_descending=True),
    "quiet": Sort("last_on", date.fromisoformat, needs=Q(last_on__gt=NEVER)),
    "due": Sort("due_on", date.fromisoformat, needs=Q(due_on__lt=NOT_DUE)),
    "trade": Sort("trade_amount", Decimal, is_descending=True),
}


@dataclass(frozen=True)
class Asked:
    """What the list was asked for, as it stands in the address. What is empty filters nothing."""

    words: str = ""
    kind: str = ""
    tie: str = ""
    at: str = ""  # the organisation, as typed
    place: str = ""
    detail: str = ""  # label:value
    tended: str = ""  # a member's id, "me" or "nobody"
    promise: str = ""  # any | ours | theirs | late
    move: str = ""  # quiet | ours
    last: str = ""  # within-90 | over-365 | never
    after: str = ""
    before: str = ""
    trade: str = ""  # yes | no
    sort: str = "name"
    since: str = ""  # where a page begins, after the row it names
    until: str = ""  # where a page ends, before the row it names

    @classmethod
    def read(cls, told: Any) -> Asked:
        """From a query string. Takes only what it knows."""
        known = {name: _storable(str(told.get(name, ""))).strip()[:LONGEST_ASKED] for name in cls.__dataclass_fields__}
        known["sort"] = known["sort"] if known["sort"] in SORTS else "name"
        return cls(**known)

    def url(self, **changed: str) -> str:
        asked = {name: getattr(self, name) for name in self.__dataclass_fields__} | {"since": "", "until": ""} | changed
        told = {name: value for name, value in asked.items() if value and (name, value) != ("sort", "name")}
        return reverse("desk:relationships") + (f"?{urlencode(told)}" if told else "")

    @property
    def is_filtered(self) -> bool:
        return self.url(sort="name") != reverse("desk:relationships")


def relationships_page(asked: Asked, *, member: Member, at: datetime) -> RelationshipsPage:
    """The list as this member may see it. The same few queries however large the house and whatever is asked."""
    today = timezone.localdate(at)
    rows, is_more_before, is_more_after = _page_of(_question(asked, member=member, today=today), asked)
    sort = SORTS[asked.sort]
    return RelationshipsPage(
        today=today,
        list_url=reverse("desk:relationships"),
        words=asked.words,
        filters=_filters(asked, member),
        found=_found_says(rows, asked, is_part=is_more_before or is_more_after),
        rows=_rows(rows, member=member, today=today),
        empty_says="" if rows else _empty_says(asked),
        next_url=asked.url(since=_place_of(rows[-1], sort)) if rows and is_more_after else "",
        previous_url=asked.url(until=_place_of(rows[0], sort)) if rows and is_more_before else "",
        clear_url=reverse("desk:relationships") if asked.is_filtered else "",
        add_url=reverse("desk:new_party"),
    )


@dataclass(frozen=True)
class _Question:
    """What was asked, in the words of the standings: what must be so, groups of which one must be so, and days."""

    standings: StandingQuerySet
    every: list[str]
    any_of: list[list[str]]
    within: list[Q]

    @property
    def is_of_facets(self) -> bool:
        return bool(self.every or self.any_of)

    def asked_of(self, standings: StandingQuerySet) -> StandingQuerySet:
        return standings.with_facets(self.every, self.any_of).filter(*self.within)


def _question(asked: Asked, *, member: Member, today: date) -> _Question:
    hidden = hidden_party_ids(member)
    standings = Standing.objects.exclude(party_id__in=hidden)
    if asked.words:
        standings = standings.filter(party__in=_named(asked.words, hidden))
    any_of = [group for group in (_tied_to(asked, hidden), *_in_time(asked, today=today)) if group is not None]
    return _Question(standings, list(_facets(asked, member)), any_of, list(_within(asked, today=today)))


def _facets(asked: Asked, member: Member) -> Iterable[str]:
    """What must be so, in the words in which a standing holds it. Words that no standing knows match nothing."""
    for name in ("kind", "promise", "move", "trade", "place", "tended"):
        told = getattr(asked, name).lower()
        if told and told not in ("late", "me"):
            yield f"{name}:{told}"
    if asked.tie and not asked.at:
        yield f"tie:{asked.tie}"
    if asked.tended == "me":
        yield f"tended:{member.pk}"
    if ":" in asked.detail:
        label, value = asked.detail.lower().split(":", 1)
        yield f"detail:{label.strip()}:{value.strip()}"
    if asked.last == "never":
        yield "last:never"


def _tied_to(asked: Asked, hidden: list[UUID]) -> list[str] | None:
    """A tie, of the kind asked for, to one of those who are called so and whom one may see."""
    if not asked.at:
        return None
    kind = f":{asked.tie}" if asked.tie else ""
    return [f"at:{party}{kind}" for party in _named(asked.at, hidden)[:NAMED_AT]]


def _in_time(asked: Asked, *, today: date) -> Iterable[list[str]]:
    """The months, or whole years, in which they were last in touch, or in which a promise falls due: a little more than
    was asked, by which the index is asked; `_within` has the days."""
    for since, until in _days(asked, today=today):
        yield _months("last", since or today.replace(year=today.year - YEARS_BACK, month=1, day=1), until or today)
    if asked.promise == "late":
        yield _months("due", today.replace(year=today.year - YEARS_BACK, month=1, day=1), today)


def _months(name: str, since: date, until: date) -> list[str]:
    """
    >>> _months("last", date(2024, 11, 5), date(2026, 2, 1))
    ['last:2024-11', 'last:2024-12', 'last:2025', 'last:2026-01', 'last:2026-02']
    """
    first, last = since.year * 12 + since.month - 1, until.year * 12 + until.month - 1
    told = []
    while first <= last:
        year, month = divmod(first, 12)
        is_whole = month == 0 and first + 11 <= last
        told.append(f"{name}:{year:04d}" if is_whole else f"{name}:{year:04d}-{month + 1:02d}")
        first += 12 if is_whole else 1
    return told


def _within(asked: Asked, *, today: date) -> Iterable[Q]:
    """What depends on the day: what is late, and when they were last in touch."""
    if asked.promise == "late":
        yield Q(due_on__lt=today)
    if asked.last == "never":
        # The index of facets knows it too; in order of last contact they stand together, and are not to be sought.
        yield Q(last_on=NEVER)
    for since, until in _days(asked, today=today):
        yield Q(last_on__gt=NEVER) & (Q(last_on__gte=since) if since else Q(last_on__lt=until))


def _days(asked: Asked, *, today: date) -> Iterable[tuple[date | None, date | None]]:
    """From which day on, or until before which day, they were to be last in touch; one of the two."""
    way, _dash, days = asked.last.partition("-")
    if way in ("within", "over") and days.isdecimal() and len(days) < 6:
        day = today - timedelta(days=int(days))
        yield (day, None) if way == "within" else (None, day)
    if after := _day(asked.after):
        yield after, None
    if before := _day(asked.before):
        yield None, before


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None


def _named(words: str, hidden: list[UUID]) -> list[UUID]:
    """The parties that search finds by these words, as they stand for today."""
    hits = search.find(words, kinds=["party"], hidden_party_ids=hidden, member_id=None, limit=NAMED_MAX)
    parties = Party.objects.filter(pk__in=[hit.object_id for hit in hits]).values_list("pk", "now_id")
    return [now or party for party, now in parties]


def _page_of(question: _Question, asked: Asked) -> tuple[list[Standing], bool, bool]:
    """Fifty rows from the place asked for, and whether there are more before and after them. Nothing is counted."""
    sort = SORTS[asked.sort]
    is_backwards = bool(asked.until)
    place = _read_place(asked.until or asked.since, sort)
    is_descending = sort.is_descending != is_backwards
    standings = question.standings.filter(sort.needs)
    if place is not None:
        standings = standings.filter(_beyond(sort.column, place, is_descending=is_descending))
    sign = "-" if is_descending else ""
    rows = _first_rows(question, standings.order_by(f"{sign}{sort.column}", f"{sign}relationship"))
    is_more = len(rows) > ROWS
    rows = rows[:ROWS]
    if is_backwards:
        return rows[::-1], is_more, place is not None
    return rows, place is not None, is_more


def _first_rows(question: _Question, ordered: StandingQuerySet) -> list[Standing]:
    """The first rows of an order that match, and one more.

    What many match is soon found among the first in order; whatever is rarer is asked of the index of facets.
    """
    if question.is_of_facets:
        near = Standing.objects.filter(pk__in=ordered[:NEAR].values("pk")).order_by(*ordered.query.order_by)
        rows = list(question.asked_of(near).select_related("party")[: ROWS + 1])
        if len(rows) > ROWS:
            return rows
        ordered = ordered.among_matched(question.every, question.any_of)
    return list(question.asked_of(ordered).select_related("party")[: ROWS + 1])


def _beyond(column: str, place: tuple[Any, UUID], *, is_descending: bool) -> Q:
    value, row = place
    way = "lt" if is_descending else "gt"
    # The first condition says nothing new; it is what the index is entered by.
    return Q(**{f"{column}__{way}e": value}) & (
        Q(**{f"{column}__{way}": value}) | Q(**{column: value, f"relationship__{way}": row})
    )


def _place_of(standing: Standing, sort: Sort) -> str:
    told = json.dumps([str(getattr(standing, sort.column)), standing.relationship_id.hex], ensure_ascii=False)
    return urlsafe_b64encode(told.encode()).decode().rstrip("=")


def _read_place(told: str, sort: Sort) -> tuple[Any, UUID] | None:
    """A place in the list as `_place_of` writes it; None where it is none, and the list begins at its beginning."""
    if not told:
        return None
    try:
        value, row = json.loads(urlsafe_b64decode(told + "=" * (-len(told) % 4)))
        return sort.read(value), UUID(row)
    except Exception:  # whatever somebody wrote into the address, it is no place
        return None


def _found_says(rows: Sequence[Standing], asked: Asked, *, is_part: bool) -> str:
    orders = {
        "name": _("by name"),
        "last": _("last in touch first"),
        "quiet": _("longest without contact first"),
        "due": _("first to fall due first"),
        "trade": _("most traded in a year first"),
    }
    words = {"number": len(rows), "order": orders[asked.sort]}
    if not rows:
        return ""
    if is_part:
        return _("%(number)d of them, %(order)s") % words
    return ngettext("%(number)d relationship, %(order)s", "%(number)d relationships, %(order)s", len(rows)) % words


def _empty_says(asked: Asked) -> str:
    if asked.is_filtered:
        return _("Nobody you know is like this. Show all, or ask for less.")
    return _("Nobody here yet. Write a note about somebody, or bring in your address book.")


def _rows(standings: Sequence[Standing], *, member: Member, today: date) -> tuple[RelationshipRow, ...]:
    ids = [standing.relationship_id for standing in standings]
    parties = [standing.party_id for standing in standings]
    work = employers(parties, on=today, member=member)
    places = _places(parties)
    readings: dict[UUID, dict[str, Reading]] = {}
    for reading in _readings(relationships=ids) if ids else ():
        readings.setdefault(reading.relationship_id, {})[reading.measure] = reading
    tending: dict[UUID, list[str]] = {}
    for relationship_id, name in _tending(relationships=ids, today=today) if ids else ():
        tending.setdefault(relationship_id, []).append(name)
    return tuple(
        _row(
            standing,
            of=_of(work.get(standing.party_id)),
            place=places.get(standing.party_id, ""),
            readings=readings.get(standing.relationship_id, {}),
            tended_by=tending.get(standing.relationship_id, []),
            today=today,
        )
        for standing in standings
    )


def _row(
    standing: Standing, *, of: str, place: str, readings: dict[str, Reading], tended_by: list[str], today: date
) -> RelationshipRow:
    amount, currency = _main_trade(standing.trade)
    return RelationshipRow(
        name=standing.party.name,
        url=reverse("desk:relationship", args=[standing.relationship_id]),
        life=life_of(readings.get(Measure.QUIET.value)),
        of=of,
        place=place,
        reading=_reading_says(readings, today),
        last_on=None if standing.last_on == NEVER else standing.last_on,
        last_mode=str(Mode(standing.last_mode).label) if standing.last_mode else "",
        promises=_promises_say(standing, today),
        trade=(amount / 12).quantize(Decimal(1)) if amount is not None else None,
        currency=currency,
        tended_by=", ".join(tended_by),
    )


def _of(tie: Tie | None) -> str:
    return tie.to_party.name if tie else ""


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


def _places(parties: list[UUID]) -> dict[UUID, str]:
    told = sorted(_addresses(parties=parties), key=lambda detail: -PLACE_LABELS.index(detail.label.lower()))
    return {detail.party_id: detail.value[:60] for detail in told}


@ready.Ready[Detail]
def _addresses(parties: Sequence[UUID]) -> models.QuerySet[Detail]:
    headed = Detail.objects.standing().annotate(heading=Lower("label"))
    return headed.filter(among("party_id", parties), heading__in=PLACE_LABELS).order_by("told_at", "id")


@ready.Ready[Reading]
def _readings(relationships: Sequence[UUID]) -> models.QuerySet[Reading]:
    return Reading.objects.filter(among("relationship_id", relationships)).defer("evidence", "against")


@ready.Ready[tuple[UUID, str]]
def _tending(relationships: Sequence[UUID], today: date) -> models.QuerySet[Any]:
    rows = Tending.objects.current(today).filter(among("relationship_id", relationships)).order_by("from_on", "id")
    return rows.values_list("relationship_id", "member__name")


@ready.Ready[tuple[UUID, str]]
def _colleagues(but: UUID) -> models.QuerySet[Any]:
    return Member.objects.here().exclude(pk=but).order_by("name", "id").values_list("pk", "name")[:300]


def _filters(asked: Asked, member: Member) -> tuple[Filter, ...]:
    colleagues = _colleagues(but=member.pk)
    everybody = [("me", _("me")), *((str(pk), name) for pk, name in colleagues), ("nobody", _("nobody"))]
    return (
        _choices("kind", _("Kind"), asked.kind, [(value, str(label)) for value, label in PartyKind.choices]),
        _choices("tie", _("Tie"), asked.tie, [(value, str(label)) for value, label in TieKind.choices]),
        Filter("at", _("At"), (), is_typed=True, value=asked.at),
        Filter("place", _("Place"), (), is_typed=True, value=asked.place),
        _choices("tended", _("Tended by"), asked.tended, everybody),
        _choices(
            "promise",
            _("Promises"),
            asked.promise,
            [("any", _("open")), ("ours", _("open, ours")), ("theirs", _("open, theirs")), ("late", _("late"))],
        ),
        _choices("move", _("How it looks"), asked.move, [("ours", _("our move")), ("quiet", _("quiet"))]),
        _choices(
            "last",
            _("Last in touch"),
            asked.last,
            [
                ("within-30", _("in the last 30 days")),
                ("within-90", _("in the last 90 days")),
                ("over-90", _("before that")),
                ("over-365", _("more than a year ago")),
                ("never", _("never")),
            ],
        ),
        _choices("trade", _("Trade this year"), asked.trade, [("yes", _("some")), ("no", _("none"))]),
        _choices(
            "sort",
            _("Sorted by"),
            asked.sort.replace("name", ""),
            [
                ("last", _("last in touch")),
                ("quiet", _("days without contact")),
                ("due", _("next promise due")),
                ("trade", _("trade in a year")),
            ],
            first=_("name"),
        ),
    )


def _choices(name: str, label: str, taken: str, choices: Iterable[tuple[str, str]], *, first: str = "") -> Filter:
    every = Choice(value="", says=first or _("any"), is_taken=not taken)
    return Filter(name, label, (every, *(Choice(value, words, is_taken=value == taken) for value, words in choices)))
