"""Keeping a note: its raw words for their writer, and what was understood of them as facts of the house."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, models

from ampersand.core import events, ready, search
from ampersand.core.clock import parse_date
from ampersand.core.folding import fold
from ampersand.core.models import Source, SourceKind
from ampersand.core.whole import whole
from ampersand.exchange import actions as exchange
from ampersand.members.models import House, Member
from ampersand.members.queries import the_house
from ampersand.notebook import naming
from ampersand.notebook.models import Note, Piece, PieceKind
from ampersand.notebook.reader.pieces import Understood
from ampersand.notebook.reading import read_note
from ampersand.notebook.rows import US, Row, rows_of
from ampersand.notebook.undoing import Undone, take_back
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.closed import Ready
from ampersand.parties.erasing import wait_for_erasure
from ampersand.parties.models import Because, LineKind, Party, PartyKind, Relationship, Tie, TieKind
from ampersand.promises import actions as promises
from ampersand.timeline import actions as timeline
from ampersand.timeline.actions import Happening, Taker
from ampersand.timeline.models import Mode, Moment


class NothingWritten(ValueError):
    """A note needs words."""


class SomebodyElses(PermissionError):
    """The note with this id was written by somebody else."""


@dataclass
class _Keeping:
    """A note being kept: who writes, and the parties named so far."""

    note: Note
    member: Member
    teller: Teller
    named: dict[str, Party] = field(default_factory=dict)
    related: dict[UUID, Relationship] = field(default_factory=dict)
    met: Moment | None = None
    main: Party | None = None

    @property
    def written_on(self) -> date:
        return self.note.written_at.astimezone(ZoneInfo(self.note.zone)).date()


def keep(
    words: str,
    *,
    member: Member,
    device_id: UUID,
    written_at: datetime,
    zone: str,
    at: datetime,
    about: Relationship | None = None,
    corrections: Mapping[str, str] | None = None,
) -> Note:
    """Keep a note. Sent twice with the same device id it is kept once.

    `written_at` is when it was written on the device, `at` when it is told here; `corrections` as in `rows`.
    Raises NothingWritten, SomebodyElses.
    """
    if not words.strip():
        raise NothingWritten
    known = _kept_before(device_id, member=member)
    if known is not None:
        return known
    fresh = Note(words=words, member=member, device_id=device_id, written_at=written_at, zone=zone, told_at=at)
    try:
        return _keep(fresh, about=about, corrections=corrections)
    except IntegrityError:
        # Sent twice at once: the other one has kept it meanwhile.
        if (known := _kept_before(device_id, member=member)) is None:
            raise
        return known


@whole
def _keep(note: Note, *, about: Relationship | None, corrections: Mapping[str, str] | None) -> Note:
    words, member, at, written_at = note.words, note.member, note.told_at, note.written_at
    note.about = None if about is not None and _is_erased(about.party_id) else about
    note.source = Source.objects.create(kind=SourceKind.NOTE, label="", made_at=at)
    note.save(force_insert=True)
    keeping = _Keeping(note=note, member=member, teller=Teller(at=at, by=member, source=note.source))
    in_zone = written_at.astimezone(ZoneInfo(note.zone))
    understood = read_note(words, member=member, written_at=in_zone, about=note.about)
    rows = [row for row in rows_of(understood, corrections=corrections) if not row.is_left_out]
    with search.gathered(), events.gathered():
        Piece.objects.bulk_create([*_keep_rows(keeping, rows, note.about), *_mentions(note, understood)])
        named = tuple(party.pk for party in keeping.named.values())
        search.put(
            search.Entry(
                kind="note", object_id=note.pk, text=words, member_id=member.pk, at=written_at, party_ids=named
            )
        )
        events.record("note.kept", at=at, by_id=member.pk, subject_id=note.pk)
    return note


def _is_erased(party_id: UUID) -> bool:
    wait_for_erasure(party_id)
    return Party.objects.filter(pk=party_id).exclude(erased_at=None).exists()


def _kept_before(device_id: UUID, *, member: Member) -> Note | None:
    known = next(iter(_of_device(device_id=device_id)), None)
    if known is not None and known.member_id != member.pk:
        raise SomebodyElses
    return known


@ready.Ready[Note]
def _of_device(device_id: UUID) -> models.QuerySet[Note]:
    return Note.objects.filter(device_id=device_id)


@whole
def undo(note: Note, *, by: Member, at: datetime) -> Undone:
    """Undo the keeping of a note: what it told goes, unless something was written upon it since.

    The raw words stay with their writer, withdrawn, so that nothing written is lost. Raises SomebodyElses.
    """
    if note.member_id != by.pk:
        raise SomebodyElses
    if note.withdrawn_at is not None:
        return Undone({}, [])
    # A piece of it that is put right or taken back at the same time is waited for.
    Note.objects.select_for_update().get(pk=note.pk)
    note.pieces.all().delete()
    note.about, note.withdrawn_at = None, at
    note.save(update_fields=["about", "withdrawn_at"])
    undone = take_back(note.source_id)
    search.remove([note.pk])
    events.record("note.undone", at=at, by_id=by.pk, subject_id=note.pk)
    return undone


@whole
def share(note: Note, *, by: Member, at: datetime) -> None:
    """Share the raw words with the house. Only their writer does. Raises SomebodyElses."""
    if note.member_id != by.pk:
        raise SomebodyElses
    if note.shared_at is None:
        note.shared_at = at
        note.save(update_fields=["shared_at"])
        naming.index(note)
        events.record("note.shared", at=at, by_id=by.pk, subject_id=note.pk)


def _keep_rows(keeping: _Keeping, rows: list[Row], about: Relationship | None) -> list[Piece]:
    """People first, since all else speaks of them; then what happened, since promises were made there."""
    keeping.main = about.party if about else None
    order = [PieceKind.PERSON, PieceKind.ENCOUNTER]
    in_order = sorted(rows, key=lambda row: order.index(row.kind) if row.kind in order else len(order))
    return [_piece(keeping, row, _KEEPERS[row.kind](keeping, row)) for row in in_order]


def _mentions(note: Note, understood: Understood) -> list[Piece]:
    """Whom the words name and the house knows already. Nothing is kept of them by it; but once the words are shared, who may
    not see them does not read of them, and with their erasure their name goes."""
    known = {UUID(person.who.known.id): person.spans[0] for person in understood.people if person.who.known}
    return [
        Piece(note=note, kind=PieceKind.PERSON, start=span.start, end=span.end, fact_id=party_id, joined=True)
        for party_id, span in known.items()
    ]


def _piece(keeping: _Keeping, row: Row, kept: _Kept) -> Piece:
    return Piece(
        note=keeping.note,
        kind=row.kind,
        start=row.start,
        end=row.end,
        was_put_right=row.was_put_right,
        fact_id=kept[0] if kept else None,
        joined=kept[1] if kept else False,
    )


# What a row becomes: the id of its fact, and whether that was known before; None where it becomes no fact.
_Kept = tuple[UUID, bool] | None


def _keep_person(keeping: _Keeping, row: Row) -> _Kept:
    party = _party(keeping, row["who"])
    if party is None:
        return None
    if row["is"] == "organisation" and party.kind == PartyKind.PERSON and party.source_id == keeping.note.source_id:
        party.kind = PartyKind.ORGANISATION
        party.save(update_fields=["kind"])
    if row["at"] and fold(row["at"]) != fold(party.name):
        organisation = _party(keeping, f"new:{row['at']}", kind=PartyKind.ORGANISATION)
        if organisation is not None and organisation.pk != party.pk:
            parties.works_at(party, organisation, teller=keeping.teller, role=row["role"])
    return party.pk, party.source_id != keeping.note.source_id


def _keep_encounter(keeping: _Keeping, row: Row) -> _Kept:
    on = parse_date(row["on"]) or keeping.written_on
    people = [party for reference in row.people() if (party := _party(keeping, reference))]
    outside = [party for party in people if not party.is_ours]
    if not outside and keeping.main is not None:
        outside = people = [keeping.main]
    if not outside:
        return None
    keeping.main = keeping.main or outside[0]
    happening = _happening(keeping, row, on, people)
    met = timeline.find_same_meeting(
        mode=happening.mode,
        on_day=on,
        party_ids=[party.pk for party in outside],
        seen_by=keeping.member,
        at=keeping.note.written_at if on == keeping.written_on else None,
    )
    if met is not None:
        timeline.join(met, happening, teller=keeping.teller)
        keeping.met = keeping.met or met
        return met.pk, True
    met, _ = timeline.tell(happening, teller=keeping.teller)
    keeping.met = keeping.met or met
    return met.pk, False


def _happening(keeping: _Keeping, row: Row, on: date, people: list[Party]) -> Happening:
    """A note tells the day and no hour. Today's sorts where it was written, another day's at the head of that day."""
    zone = keeping.note.zone
    is_today = on == keeping.written_on
    at = keeping.note.written_at if is_today else datetime.combine(on, time(), tzinfo=ZoneInfo(zone))
    own = _party(keeping, US)
    takers = [Taker(party) for party in [*people, *([own] if own else [])]]
    return Happening(
        mode=row["mode"] or Mode.VISIT,
        happened_at=at,
        zone=zone,
        is_all_day=True,
        takers=takers,
        key=f"note:{keeping.note.pk}:{row.start}",
    )


def _keep_promise(keeping: _Keeping, row: Row) -> _Kept:
    by, to = _party(keeping, row["by"]), _party(keeping, row["to"])
    if by is None or to is None or by.is_ours == to.is_ours:
        return None
    relationship = _relationship(keeping, to if by.is_ours else by)
    made = promises.promise(
        by=by,
        to=to,
        relationship=relationship,
        words=row["what"],
        made_on=_made_on(keeping),
        due_on=parse_date(row["due"]),
        moment=keeping.met,
        teller=_placed(keeping, row),
    )
    return made.pk, False


def _keep_concession(keeping: _Keeping, row: Row) -> _Kept:
    by, to = _party(keeping, row["by"]), _party(keeping, row["to"])
    if by is None or to is None or by.is_ours == to.is_ours:
        return None
    amount = _amount(row["amount"])
    given = exchange.concede(
        by=by,
        to=to,
        relationship=_relationship(keeping, to if by.is_ours else by),
        words=row["what"],
        happened_on=_made_on(keeping),
        amount=amount,
        moment=keeping.met,
        teller=_placed(keeping, row),
        currency=_currency(row) if amount is not None else "",
    )
    return given.pk, False


def _keep_transaction(keeping: _Keeping, row: Row) -> _Kept:
    party = _party(keeping, row["party"])
    if party is None or party.is_ours:
        return None
    amount = _amount(row["amount"])
    told, is_new = exchange.tell_transaction(
        party=_who_trades(party),
        kind=row["kind"],
        happened_on=_made_on(keeping),
        amount=amount,
        currency=_currency(row) if amount is not None else "",
        teller=_placed(keeping, row),
    )
    return told.pk, not is_new


def _currency(row: Row) -> str:
    return row["currency"] or (the_house() or House()).currency


def _keep_line(keeping: _Keeping, row: Row) -> _Kept:
    is_question = row.kind == PieceKind.QUESTION
    of = None if is_question else _party(keeping, row["of"])
    about = keeping.main if is_question or of is None or of.is_ours else of
    if about is None:
        about = next((party for party in keeping.named.values() if not party.is_ours), None)
    if about is None:
        return None
    words = row["what"].strip(" \"“”'‘’")
    line = parties.tell_line(
        _relationship(keeping, about),
        kind=LineKind.WONDER if is_question else LineKind.MATTERS,
        words=words,
        said_on=_made_on(keeping),
        is_ours=is_question,
        of=of,
        is_quote=words != row["what"].strip(),
        teller=_placed(keeping, row),
    )
    return line.pk, line.source_id != keeping.note.source_id


def _keep_tie(keeping: _Keeping, row: Row) -> _Kept:
    from_party, to_party = _party(keeping, row["from"]), _party(keeping, row["to"])
    if from_party is None or to_party is None or from_party.pk == to_party.pk:
        return None
    tie = parties.tell_tie(
        kind=TieKind(row["kind"]), from_party=from_party, to_party=to_party, teller=_placed(keeping, row)
    )
    return tie.pk, tie.source_id != keeping.note.source_id


def _keep_plan(keeping: _Keeping, row: Row) -> _Kept:
    """A plan with a day stands ahead as a meeting arranged; without one there is nothing to put on a day."""
    on = parse_date(row["on"])
    people = [party for reference in row.people() if (party := _party(keeping, reference)) and not party.is_ours]
    if not people and keeping.main is not None:
        people = [keeping.main]
    if on is None or not people:
        return None
    met = timeline.find_same_meeting(
        mode=row["mode"], on_day=on, party_ids=[party.pk for party in people], seen_by=keeping.member
    )
    happening = _happening(keeping, row, on, people)
    if met is not None:
        timeline.join(met, happening, teller=keeping.teller)
        return met.pk, True
    planned, _ = timeline.tell(happening, teller=keeping.teller)
    return planned.pk, False


_KEEPERS: dict[str, Callable[[_Keeping, Row], _Kept]] = {
    PieceKind.PERSON: _keep_person,
    PieceKind.ENCOUNTER: _keep_encounter,
    PieceKind.PROMISE: _keep_promise,
    PieceKind.CONCESSION: _keep_concession,
    PieceKind.TRANSACTION: _keep_transaction,
    PieceKind.MATTERS: _keep_line,
    PieceKind.QUESTION: _keep_line,
    PieceKind.TIE: _keep_tie,
    PieceKind.PLAN: _keep_plan,
}


def parties_of_member(member: Member) -> Party | None:
    """The party a member is, as one who takes part in what happens."""
    return next(iter(_of_member(member_id=member.pk)), None)


@ready.Ready[Party]
def _of_member(member_id: UUID) -> models.QuerySet[Party]:
    return Party.objects.filter(member=member_id).select_related("member")


def _party(keeping: _Keeping, reference: str, *, kind: str = PartyKind.PERSON) -> Party | None:
    """The party a reference of a row means; a new name is written down, once a note. What may not be seen is not there."""
    what, _, value = reference.partition(":")
    if reference in keeping.named:
        return keeping.named[reference]
    party: Party | None = None
    if reference == US:
        party = parties_of_member(keeping.member)
    elif what == "party":
        wait_for_erasure(UUID(value))
        party = next(iter(_seen(party_id=UUID(value), member=keeping.member)), None)
    elif what == "colleague":
        party = Party.objects.filter(member__name=value, member__left_at=None).first()
    elif what == "new" and value.strip():
        party = next((p for p in keeping.named.values() if fold(p.name) == fold(value)), None) or _new(
            keeping, value, kind
        )
    if party is not None:
        keeping.named[reference] = party
    return party


@Ready[Party]
def _seen(party_id: UUID, member: Member) -> models.QuerySet[Party]:
    return Party.objects.visible_to(member).filter(pk=party_id, erased_at=None).select_related("member")


def _new(keeping: _Keeping, name: str, kind: str) -> Party:
    party = parties.name_party(name, kind=kind, teller=keeping.teller)
    _relationship(keeping, party)
    return party


def _relationship(keeping: _Keeping, party: Party) -> Relationship:
    """The relationship with a party. Who writes a new one into being tends it."""
    party = party.now or party
    if party.pk in keeping.related:
        return keeping.related[party.pk]
    relationship = parties.become_known(
        party, because=Because.NOTE, known_at=keeping.note.written_at, teller=keeping.teller
    )
    keeping.related[party.pk] = relationship
    if relationship.source_id == keeping.note.source_id:
        at = keeping.teller.at
        today = at.astimezone(ZoneInfo(keeping.note.zone)).date()
        parties.tend(relationship, keeping.member, on=today, by=keeping.member, at=at)
    return relationship


def _who_trades(party: Party) -> Party:
    """Trade is between organisations: the one a person acts for, else the person."""
    tie = (
        Tie.objects.standing()
        .filter(from_party=party, kind=TieKind.WORKS_AT, until_on=None)
        .select_related("to_party")
        .first()
    )
    return tie.to_party if tie else party


def _placed(keeping: _Keeping, row: Row) -> Teller:
    """The teller with the exact place in the note: characters from and to."""
    return Teller(at=keeping.teller.at, by=keeping.member, source=keeping.note.source, place=f"{row.start}-{row.end}")


def _made_on(keeping: _Keeping) -> date:
    """The day of the encounter the note tells of, if it has passed, else the day of writing."""
    return min(keeping.met.on_day, keeping.written_on) if keeping.met else keeping.written_on


def _amount(value: str) -> Decimal | None:
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and abs(amount) < 10**14 else None


__all__: list[Any] = ["NothingWritten", "SomebodyElses", "keep", "share", "undo"]
