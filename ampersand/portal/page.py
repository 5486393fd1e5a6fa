"""What the page Between shows, read over the visitors' own login: call it within `outside.visiting`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from ampersand.between import worth
from ampersand.between.giving import GivingPart
from ampersand.between.handed import HandedPart
from ampersand.between.lines import MattersPart
from ampersand.between.models import Pulse
from ampersand.between.offer_rows import OffersPart
from ampersand.between.page import BetweenPart
from ampersand.core.models import Source
from ampersand.core.rooms import Room
from ampersand.parties.models import Detail, Identifier, Party
from ampersand.parties.speaking import Voice
from ampersand.portal import parts, sides
from ampersand.portal.about import AboutPart, TieRow, about_of, ties
from ampersand.portal.fence import ALIAS
from ampersand.portal.handing import handed_of
from ampersand.portal.models import EntryKind
from ampersand.portal.visitor import Visitor
from ampersand.promises.kinds import Kind
from ampersand.promises.models import Promise, PromiseEvent, State
from ampersand.promises.states import EventKind, Position, Side, allowed, awaited
from ampersand.terms.gate import Roster
from ampersand.terms.models import TermLine, Terms
from ampersand.terms.says import line_says
from ampersand.timeline.models import Moment, Participant

MOST_PROMISES = 100
MOST_MOMENTS = 50


_SETTLED = (State.KEPT, State.PARTLY, State.NOT_KEPT, State.RELEASED, State.DECLINED, State.WITHDRAWN)
_SHAPES = {
    State.ASKED: "offered",
    State.OFFERED: "offered",
    State.COUNTERED: "offered",
    State.TAKEN: "offered",
    State.LATE: "late",
    State.UNCONFIRMED: "unconfirmed",
    State.KEPT: "kept",
    State.PARTLY: "partly",
    State.NOT_KEPT: "broken",
    State.RELEASED: "freed",
    State.DECLINED: "freed",
    State.WITHDRAWN: "freed",
}


@dataclass(frozen=True, slots=True)
class Act:
    """Something she may say of a promise. With words of her own, or another day, where that makes sense."""

    says: str
    url: str
    has_words: bool = False
    has_day: bool = False
    needs_day: bool = False
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class PromiseRow:
    id: UUID
    words: str
    condition: str
    state: State
    due_on: date | None
    who: str
    said: tuple[str, ...]
    acts: tuple[Act, ...]
    kind: str = ""
    """What it is about, as a word."""
    kind_url: str = ""
    """Where she says otherwise, of her own."""
    kinds: tuple[tuple[str, str], ...] = ()
    """What else it may be about: its value and its word."""
    asks: str = ""
    """The question to her, where it waits for her word."""

    @property
    def is_late(self) -> bool:
        return self.state == State.LATE

    @property
    def is_settled(self) -> bool:
        return self.state in _SETTLED

    @property
    def shape(self) -> str:
        """Its state as a shape beside the word."""
        return _SHAPES.get(self.state, "open")


@dataclass(frozen=True, slots=True)
class KeptRow:
    """Something the house keeps about her: what it is, and from where it came when."""

    what: str
    label: str
    source: str
    told_on: date


@dataclass(frozen=True, slots=True)
class MomentRow:
    mode: str
    on_day: date
    who: str
    words: str
    worth_url: str = ""
    """Where she asks both whether it was worth their time; empty where it is not to be asked, or was."""


@dataclass(frozen=True, slots=True)
class TermsPart:
    holds: str
    rows: tuple[str, ...]
    words: str
    told: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BetweenPage:
    name: str
    house: str
    today: date
    lapses_on: date
    ours: tuple[PromiseRow, ...]
    theirs: tuple[PromiseRow, ...]
    terms: TermsPart
    kept: tuple[KeptRow, ...]
    moments: tuple[MomentRow, ...]
    between: BetweenPart
    matters: MattersPart
    offers: OffersPart
    giving: GivingPart
    about: AboutPart
    handed: HandedPart


def page_of(visitor: Visitor, *, at: datetime) -> BetweenPage:
    """The whole page of a visitor, in a fixed number of queries."""
    today = timezone.localdate(at)
    names = _names()
    promises = _promises()
    rows = [_promise(promise, visitor=visitor, names=names, today=today) for promise in promises]
    return BetweenPage(
        name=visitor.name,
        house=visitor.house_name,
        today=today,
        lapses_on=timezone.localdate(visitor.lapses_at),
        ours=tuple(row for row, promise in zip(rows, promises, strict=True) if promise.is_ours),
        theirs=tuple(row for row, promise in zip(rows, promises, strict=True) if not promise.is_ours),
        terms=terms_of(visitor, at=at),
        kept=_kept(visitor, names),
        moments=_moments(visitor, names=names, today=today),
        between=parts.between_of(visitor, today=today),
        matters=sides.matters_of(visitor),
        offers=parts.offers_of(visitor, today=today),
        giving=parts.giving_of(visitor),
        about=about_of(visitor),
        handed=handed_of(visitor),
    )


def find_promise(promise_id: UUID) -> Promise | None:
    """A promise between the two, as the visitor's login sees it."""
    return next(iter(_promises(Q(pk=promise_id))), None)


def held_terms(visitor: Visitor, *, at: datetime) -> Terms | None:
    """The terms of her own that hold (with their lines), where she or somebody for her said any."""
    told = Terms.objects.using(ALIAS).filter(party__in=visitor.party_ids).in_force(at)
    fields = ("id", "party_id", "version", "roster", "words", "from_at", "said_at", "said_by_id", "voice")
    lines = Prefetch("lines", TermLine.objects.using(ALIAS).only("id", "terms_id", "position", "kind", "value"))
    return told.order_by("-said_at", "-version", "-id").only(*fields).prefetch_related(lines).first()


def terms_of(visitor: Visitor, *, at: datetime) -> TermsPart:
    held = held_terms(visitor, at=at)
    if held is None:
        holds = _(
            "You have said nothing yet. Until then one person may write once and ask how you wish to be reached; after two "
            "approaches without an answer we let it rest."
        )
        return TermsPart(holds=holds, rows=(), words="", told="", answers=())
    whose = _("as we wrote it down") if held.voice == Voice.TOLD_BY_US else _("in your own word")
    told = {"day": _day(held.said_at, visitor), "whose": whose}
    return TermsPart(
        holds=str(Roster(held.roster).label) if held.roster else "",
        rows=tuple(line_says(line, names=_members()) for line in held.in_force().lines),
        words=held.words,
        told=_("Said on %(day)s, %(whose)s.") % told,
        answers=tuple(filter(None, (one.words or str(one.get_kind_display()) for one in _answers(held)))),
    )


def _answers(held: Terms) -> Iterable[Any]:
    return held.answers.using(ALIAS).only("id", "terms_id", "kind", "words", "alternative", "at").order_by("at", "id")


def _promises(which: Q | None = None) -> list[Promise]:
    fields = ("id", "relationship_id", "by_id", "to_id", "is_ours", "words", "condition", "made_on", "first_due_on")
    said = PromiseEvent.objects.using(ALIAS).only(
        *("id", "promise_id", "kind", "by_id", "voice", "at", "words", "due_on", "takes_back_id")
    )
    told = (
        Promise.objects.using(ALIAS).filter(which or Q(), room=Room.BETWEEN).prefetch_related(Prefetch("events", said))
    )
    # Open ones first: the page stops at so many, and one about to break must not be cut off.
    order = (F("settled_at").desc(nulls_first=True), "due_on", "made_on", "id")
    return list(told.only(*fields, "due_on", "settled_at", "room", "kind").order_by(*order)[:MOST_PROMISES])


def _promise(promise: Promise, *, visitor: Visitor, names: Mapping[UUID, str], today: date) -> PromiseRow:
    state = promise.state(on=today)
    return PromiseRow(
        id=promise.pk,
        words=promise.words,
        condition=promise.condition,
        state=state,
        due_on=promise.due_on,
        who=names.get(promise.by_id, visitor.house_name) if promise.is_ours else "",
        said=tuple(filter(None, (_said(event, visitor=visitor, names=names) for event in promise.said()))),
        acts=acts_on(promise),
        asks=_asks(promise, visitor=visitor),
        # Of ours nothing is asked of her: that it is of no kind is not worth a line.
        kind="" if promise.is_ours and promise.sort is Kind.OTHER else promise.sort.about,
        kind_url="" if promise.is_ours else reverse("portal:say_kind", args=[promise.pk]),
        kinds=() if promise.is_ours else tuple((one.value, str(one.label)) for one in Kind if one != promise.sort),
    )


def _asks(promise: Promise, *, visitor: Visitor) -> str:
    """What is asked of her, once; silence answers nothing and leads nowhere."""
    position = promise.position()
    if awaited(position) is not (Side.RECEIVER if promise.is_ours else Side.PROMISER):
        return ""
    last = promise.said()[-1]
    told = {"day": formats.date_format(last.due_on) if last.due_on else "", "house": visitor.house_name}
    asks = {
        Position.OFFERED: _("Do you agree?"),
        Position.MOVE_PROPOSED: _("%(day)s instead. Do you agree?"),
        Position.RELEASE_ASKED: _("%(house)s asks to be let go. Do you agree?"),
        Position.DONE: _("Was this kept?"),
        Position.ASKED: _("Do you promise this?"),
        Position.COUNTERED: _("Other words, or another day, are asked for. Do you agree?"),
        Position.MOVE_COUNTERED: _("%(day)s instead. Do you agree?"),
        Position.TAKEN: _("Did you promise this?"),
    }
    return asks[position] % told


def _said(event: PromiseEvent, *, visitor: Visitor, names: Mapping[UUID, str]) -> str:
    """One thing that was said of it: who, in whose voice, what and when."""
    who = _("You") if event.by_id in visitor.party_ids else names.get(event.by_id, visitor.house_name)
    if event.voice == Voice.TOLD_BY_US:
        who = _("%(name)s (written down by us)") % {"name": who}
    told = {"who": who, "what": EventKind(event.kind).label, "day": _day(event.at, visitor)}
    if event.due_on and event.kind in (EventKind.MOVE_PROPOSED, EventKind.MOVE_COUNTERED, EventKind.MOVED):
        told["due"] = formats.date_format(event.due_on)
        return f"{_('%(who)s, %(day)s: %(what)s (%(due)s).') % told} {event.words}".strip()
    says = _("%(who)s, %(day)s: %(what)s.") % told
    return f"{says} {event.words}".strip()


def acts_on(promise: Promise) -> tuple[Act, ...]:
    """What the other side may say of a promise now, as `promises/states.py` has it."""
    side = Side.RECEIVER if promise.is_ours else Side.PROMISER
    position = promise.position()
    may = allowed(position, side)
    waits = position not in (Position.ACCEPTED, Position.DONE)
    found: list[Act] = []
    for kind, says, needs, form in (
        (
            EntryKind.ACCEPT,
            _("Agree"),
            {EventKind.ACCEPTED, EventKind.CONFIRMED} | ({EventKind.MOVED} if waits else set()),
            {},
        ),
        (EntryKind.KEPT, _("Kept"), {EventKind.KEPT}, {"has_words": True}),
        (EntryKind.PARTLY, _("Partly"), {EventKind.PARTLY}, {"has_words": True}),
        (EntryKind.NOT_KEPT, _("Not kept"), {EventKind.NOT_KEPT}, {"has_words": True}),
        (EntryKind.DONE, _("It is done"), {EventKind.SAID_DONE}, {"has_words": True}),
        (
            EntryKind.MOVE,
            _("Ask for another day"),
            {EventKind.MOVE_PROPOSED, EventKind.MOVE_COUNTERED},
            {"needs_day": True, "has_words": True},
        ),
        (
            EntryKind.COUNTER,
            _("Other words or another day"),
            {EventKind.COUNTERED},
            {"has_day": True, "has_words": True},
        ),
        (EntryKind.DECLINE, _("No"), {EventKind.DECLINED, EventKind.MOVE_REFUSED}, {"has_words": True}),
        (EntryKind.RELEASE, _("It is no longer needed"), {EventKind.RELEASED}, {}),
    ):
        if may & needs:
            url = reverse("portal:say", args=[promise.pk, kind.value.replace("_", "-")])
            found.append(Act(says=says, url=url, is_main=not found, **form))
    return tuple(found)


def _names() -> dict[UUID, str]:
    """Everybody a visitor may know by name here: themselves, the house, and those of us who promised or were there."""
    return dict(Party.objects.using(ALIAS).values_list("pk", "name"))


def _members() -> dict[UUID, str]:
    named = Party.objects.using(ALIAS).exclude(member=None).values_list("member_id", "name")
    return {member_id: name for member_id, name in named if member_id}


def _kept(visitor: Visitor, names: Mapping[UUID, str]) -> tuple[KeptRow, ...]:
    sources = {source.pk: source for source in Source.objects.using(ALIAS).only("id", "kind")}
    addresses = Identifier.objects.using(ALIAS).only("id", "kind", "as_told", "label", "told_at", "source_id")
    details = Detail.objects.using(ALIAS).only("id", "label", "value", "told_at", "source_id")
    found = [
        KeptRow(
            one.as_told, one.label or str(one.get_kind_display()), _from(one, sources), timezone.localdate(one.told_at)
        )
        for one in addresses.filter(withdrawn_at=None).order_by("kind", "told_at", "id")
    ]
    return (
        *found,
        *(
            KeptRow(one.value or _("a picture"), one.label, _from(one, sources), timezone.localdate(one.told_at))
            for one in details.filter(withdrawn_at=None).order_by("label", "told_at", "id")
        ),
        *(
            KeptRow(one.name, one.label, _from(one, sources), timezone.localdate(one.told_at))
            for one in ties(visitor, names)
        ),
    )


def _from(told: Identifier | Detail | TieRow, sources: Mapping[UUID, Source]) -> str:
    """From where we have it, in words: no file is named, and nobody of us."""
    source = sources.get(told.source_id) if told.source_id else None
    return str(source.get_kind_display()) if source else _("written down by us")


def _moments(visitor: Visitor, *, names: Mapping[UUID, str], today: date) -> tuple[MomentRow, ...]:
    told = Moment.objects.using(ALIAS).filter(room=Room.BETWEEN, withdrawn_at=None)
    fields = ("id", "mode", "happened_at", "zone", "on_day", "began", "subject", "words", "room", "withdrawn_at")
    rows = told.only(*fields).order_by("-happened_at", "-id")[:MOST_MOMENTS]
    present = Participant.objects.using(ALIAS).filter(is_ours=True, moment__in=[row.pk for row in rows])
    of_meetings = Pulse.objects.using(ALIAS).filter(moment__in=[row.pk for row in rows])
    asked = set(of_meetings.values_list("moment_id", flat=True))
    ours: dict[UUID, list[str]] = {}
    for moment_id, party_id in present.order_by("id").values_list("moment_id", "party_id"):
        ours.setdefault(moment_id, []).append(names.get(party_id, visitor.house_name))
    return tuple(
        MomentRow(
            mode=str(row.get_mode_display()),
            on_day=row.on_day,
            who=", ".join(ours.get(row.pk, [])),
            words=" ".join(filter(None, (row.subject, row.words))),
            worth_url=reverse("portal:ask_worth", args=[row.pk])
            if worth.may_be_asked_of(row, on=today) and row.pk not in asked
            else "",
        )
        for row in rows
    )


def _day(at: datetime, visitor: Visitor) -> str:
    return str(formats.date_format(at.astimezone(ZoneInfo(visitor.time_zone)), "DATE_FORMAT"))
