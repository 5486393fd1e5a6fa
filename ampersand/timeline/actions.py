"""What happened, told once or by several sources. The same thing told twice joins up; a join can be undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from ampersand.core import erasure, events, ready, search
from ampersand.core.among import among
from ampersand.core.history import forget_past
from ampersand.core.models import File
from ampersand.core.rooms import Room
from ampersand.core.whole import whole
from ampersand.members.models import Member
from ampersand.parties.actions import Teller
from ampersand.parties.closed import Ready
from ampersand.parties.models import Party, Relationship, Tie, TieKind
from ampersand.timeline.models import (
    Attachment,
    Began,
    Mode,
    Moment,
    Participant,
    ParticipantRole,
    Telling,
    Thread,
    day_of,
    instants_around,
)

# A note about a meeting joins the meeting of the same people that day, of the same kind or of no certain kind.
_SAME_MODES = {
    Mode.VISIT: {Mode.VISIT, Mode.GATHERING, Mode.VIDEO},
    Mode.GATHERING: {Mode.GATHERING, Mode.VISIT},
    Mode.VIDEO: {Mode.VIDEO, Mode.CALL, Mode.VISIT},
    Mode.CALL: {Mode.CALL, Mode.VIDEO},
}


@dataclass(frozen=True)
class Taker:
    """Someone who took part, and how."""

    party: Party
    role: str = ParticipantRole.WITH


@dataclass(frozen=True)
class Happening:
    """What one teller says happened. `happened_at` is aware; `zone` is the IANA name it was meant in."""

    mode: str
    happened_at: datetime
    zone: str
    takers: Sequence[Taker]
    key: str = ""
    ended_at: datetime | None = None
    is_all_day: bool = False
    began: str = Began.BOTH
    asks_answer: bool = False
    subject: str = ""
    words: str = ""
    body: str = ""
    where: str = ""
    thread: Thread | None = None
    room: str = Room.OURS
    files: Sequence[tuple[File, str]] = field(default=())

    @property
    def on_day(self) -> date:
        return day_of(self.happened_at, self.zone)


class NobodyInIt(ValueError):
    """A moment needs somebody who took part."""


@whole
def tell(happening: Happening, *, teller: Teller) -> tuple[Moment, bool]:
    """Tell something that happened. Answers the moment, and whether it is new (else the telling joined one known).

    The same key is the same thing, whichever source tells it. Raises NobodyInIt.
    """
    if not happening.takers:
        raise NobodyInIt
    known = find_by_key(happening.key) if happening.key else None
    if known is not None:
        join(known, happening, teller=teller)
        return known, False
    if happening.key and (erased := find_by_key(erasure.sealed(happening.key))):
        # Told again by the source it once came from: what was erased stays erased.
        return erased, False
    moment = _write(happening, teller=teller)
    if happening.key:
        _keep_telling(moment, happening, {taker.party.pk for taker in happening.takers}, teller=teller)
    return moment, True


@whole
def join(moment: Moment, happening: Happening, *, teller: Teller) -> Telling:
    """Join what a source tells to a moment already known: people it adds are added, nothing is overwritten."""
    known = set(_party_ids(moment_id=moment.pk))
    telling = _keep_telling(moment, happening, known, teller=teller)
    _write_participants(moment, [taker for taker in happening.takers if taker.party.pk not in known])
    changed = []
    for name in ("words", "subject", "where", "body"):
        if not getattr(moment, name) and getattr(happening, name):
            setattr(moment, name, getattr(happening, name))
            changed.append(name)
    if changed:
        moment.save(update_fields=changed)
    index(moment)
    events.record(
        "moment.joined",
        at=teller.at,
        by_id=_id(teller.by),
        subject_id=moment.pk,
        relationship_ids=relationship_ids(moment),
    )
    return telling


@whole
def take_out(telling: Telling) -> None:
    """Take a joined telling out of its moment, with the people and words that only it told, and forget it."""
    moment = telling.moment
    if telling.withdrawn_at is None:
        _part(telling)
    telling_id = telling.pk
    telling.delete()
    forget_past(Telling, [telling_id])
    index(moment)


@whole
def take_apart(telling: Telling, *, by: Member | None, at: datetime) -> Moment:
    """Undo a join: what this source told becomes a moment of its own, and what only it told leaves the other.

    Done twice, it is done once. What was withdrawn has left it already.
    """
    telling = Telling.objects.select_for_update().get(pk=telling.pk)
    moment, said = telling.moment, telling.said
    if telling.is_apart or telling.withdrawn_at is not None:
        return moment
    roles = dict(moment.participants.values_list("party_id", "role"))
    happening = Happening(
        mode=said["mode"],
        happened_at=datetime.fromisoformat(said["happened_at"]),
        zone=said["zone"],
        takers=[
            Taker(party, roles.get(party.pk, ParticipantRole.WITH))
            for party in Party.objects.filter(pk__in=said["parties"])
        ],
        ended_at=datetime.fromisoformat(said["ended_at"]) if said["ended_at"] else None,
        is_all_day=said["is_all_day"],
        began=said["began"],
        subject=said["subject"],
        words=said["words"],
        where=said["where"],
        room=moment.room,
    )
    _part(telling)
    teller = Teller(at=telling.told_at, by=telling.told_by, source=telling.source, place=telling.place)
    alone = _write(happening, teller=teller)
    telling.moment, telling.is_apart = alone, True
    telling.said = {**said, "joined": False, "added": [], "filled": []}
    telling.save(update_fields=["moment", "is_apart", "said"])
    index(moment)
    touched = relationship_ids(moment) | relationship_ids(alone)
    events.record("moment.taken_apart", at=at, by_id=_id(by), subject_id=moment.pk, relationship_ids=touched)
    return alone


@whole
def withdraw_telling(telling: Telling, *, by: Member | None, at: datetime) -> None:
    """Withdraw what one source told of a moment that others tell of too: the people and words that only it told leave it.

    The moment stands as the others told it. Done twice, it is done once.
    """
    telling = Telling.objects.select_for_update().get(pk=telling.pk)
    if telling.withdrawn_at is None:
        _part(telling)
        telling.withdrawn_at = at
        telling.save(update_fields=["withdrawn_at"])
        _record_telling("telling.withdrawn", telling, by=by, at=at)


@whole
def bring_back_telling(telling: Telling, *, by: Member | None, at: datetime) -> None:
    """Undo that: what it told joins the moment again, and still overwrites nothing."""
    telling = Telling.objects.select_for_update().get(pk=telling.pk)
    if telling.withdrawn_at is None:
        return
    moment, said = telling.moment, telling.said
    known = set(moment.participants.values_list("party_id", flat=True))
    added = Party.objects.filter(pk__in=said["added"], erased_at=None).exclude(pk__in=known)
    _write_participants(moment, [Taker(party) for party in added])
    filled = [name for name in said["filled"] if not getattr(moment, name) and said.get(name)]
    for name in filled:
        setattr(moment, name, said[name])
    if filled:
        moment.save(update_fields=filled)
    telling.withdrawn_at = None
    telling.save(update_fields=["withdrawn_at"])
    _record_telling("telling.brought_back", telling, by=by, at=at)


@whole
def withdraw(moment: Moment, *, by: Member | None, at: datetime) -> None:
    """Withdraw a moment: it did not happen, or will not. It stays as it was known until now."""
    if moment.withdrawn_at is None:
        moment.withdrawn_at = at
        moment.save(update_fields=["withdrawn_at"])
        search.remove([moment.pk])
        events.record(
            "moment.withdrawn", at=at, by_id=_id(by), subject_id=moment.pk, relationship_ids=relationship_ids(moment)
        )


@whole
def bring_back(moment: Moment, *, by: Member | None, at: datetime) -> None:
    """Undo a withdrawal."""
    moment.withdrawn_at = None
    moment.save(update_fields=["withdrawn_at"])
    index(moment)
    events.record(
        "moment.brought_back", at=at, by_id=_id(by), subject_id=moment.pk, relationship_ids=relationship_ids(moment)
    )


def _record_telling(name: str, telling: Telling, *, by: Member | None, at: datetime) -> None:
    index(telling.moment)
    touched = relationship_ids(telling.moment)
    events.record(name, at=at, by_id=_id(by), subject_id=telling.pk, relationship_ids=touched)


def find_by_key(key: str) -> Moment | None:
    """The standing moment that some source told under this key, unless its telling was taken apart."""
    telling = (
        Telling.objects.filter(key=key, is_apart=False, withdrawn_at=None, moment__withdrawn_at=None)
        .select_related("moment")
        .order_by("told_at", "id")
        .first()
    )
    return telling.moment if telling else None


def find_same_meeting(
    *, mode: str, on_day: date, party_ids: Iterable[UUID], seen_by: Member, at: datetime | None = None
) -> Moment | None:
    """The one meeting known with these people that day which a note about it would mean; None when unsure.

    Only among what its writer may see: to join what is closed to them would tell them of it.

    The one with most of the people named; of several alike the one nearest to `at` (within three hours), since a note
    is mostly written after its meeting.
    """
    parties = list(party_ids)
    if not parties:
        return None
    since, until = instants_around(on_day)
    in_common = Counter(_met_around(parties=parties, since=since, until=until))
    modes = tuple(sorted(_SAME_MODES.get(Mode(mode), {mode})))
    found = _met_on(ids=list(in_common), on_day=on_day, modes=modes, member=seen_by) if in_common else []
    most = max((in_common[moment.pk] for moment in found), default=0)
    best = [moment for moment in found if in_common[moment.pk] == most]
    if len(best) == 1:
        return best[0]
    near = [moment for moment in best if at and abs(moment.happened_at - at) <= timedelta(hours=3)]
    return min(near, key=lambda moment: abs(moment.happened_at - at), default=None) if at else None


@ready.Ready[UUID]
def _met_around(parties: Sequence[UUID], since: datetime, until: datetime) -> models.QuerySet[Any]:
    told = Participant.objects.filter(among("party_id", parties), happened_at__gte=since, happened_at__lt=until)
    return told.values_list("moment_id", flat=True)


@Ready[Moment]
def _met_on(ids: Sequence[UUID], on_day: date, modes: tuple[str, ...], member: Member) -> models.QuerySet[Moment]:
    seen = Moment.objects.visible_to(member).standing().filter(among("pk", ids), room=Room.OURS)
    return seen.filter(on_day=on_day, mode__in=modes).order_by("happened_at", "id")


def may_be_same_mode(one: str, other: str) -> bool:
    """Whether two tellings of one encounter may name its mode so differently."""
    return other in _SAME_MODES.get(Mode(one), {one})


def as_said(value: Any) -> Any:
    """A value of a moment as its tellings keep it: days and instants as ISO 8601 writes them."""
    return value.isoformat() if isinstance(value, date) else value


def from_said(name: str, value: Any) -> Any:
    """The value of a moment's column from what a telling kept."""
    if value is None or name not in {"happened_at", "ended_at", "withdrawn_at", "on_day"}:
        return value
    return date.fromisoformat(value) if name == "on_day" else datetime.fromisoformat(value)


def relationship_ids(moment: Moment) -> set[UUID]:
    """The relationships a moment touches: those of its people, as they stand for today, and of where they work."""
    ids = list(set(_present_outside(moment_id=moment.pk)))
    return set(_touched(party_ids=ids)) if ids else set()


@ready.Ready[UUID]
def _present_outside(moment_id: UUID) -> models.QuerySet[Any]:
    present = Party.objects.outside().filter(participations__moment=moment_id)
    return present.values_list(Coalesce("now_id", "pk"), flat=True)


@ready.Ready[UUID]
def _touched(party_ids: Sequence[UUID]) -> models.QuerySet[Any]:
    their_work = Tie.objects.filter(
        from_party__in=Party.objects.the_same(party_ids), kind=TieKind.WORKS_AT, withdrawn_at=None
    )
    works = Relationship.objects.filter(party__in=their_work.values("to_party_id"))
    theirs = Relationship.objects.filter(among("party_id", party_ids))
    return theirs.values_list("pk", flat=True).union(works.values_list("pk", flat=True))


def index(moment: Moment) -> None:
    """Make a moment findable by its subject and words and by the names of its files, while it stands."""
    if moment.withdrawn_at is not None:
        search.remove([moment.pk])
        return
    search.put(
        search.Entry(
            kind="moment",
            object_id=moment.pk,
            text=" ".join([moment.subject, moment.words, *_file_names(moment_id=moment.pk)]),
            at=moment.happened_at,
            party_ids=tuple(_party_ids(moment_id=moment.pk)),
            member_id=moment.told_by_id if moment.room == Room.MINE else None,
        )
    )


@ready.Ready[UUID]
def _party_ids(moment_id: UUID) -> models.QuerySet[Any]:
    return Participant.objects.filter(moment=moment_id).values_list("party_id", flat=True)


@ready.Ready[str]
def _file_names(moment_id: UUID) -> models.QuerySet[Any]:
    return Attachment.objects.filter(moment=moment_id).order_by("id").values_list("name", flat=True)


def _write(happening: Happening, *, teller: Teller) -> Moment:
    moment = Moment.objects.create(
        mode=happening.mode,
        happened_at=happening.happened_at,
        ended_at=happening.ended_at,
        zone=happening.zone,
        on_day=happening.on_day,
        is_all_day=happening.is_all_day,
        began=happening.began,
        asks_answer=happening.asks_answer,
        subject=happening.subject[:300],
        words=happening.words,
        body=happening.body,
        where=happening.where[:300],
        thread=happening.thread,
        room=happening.room,
        **teller.fields(),
    )
    _write_participants(moment, happening.takers)
    Attachment.objects.bulk_create(
        [Attachment(moment=moment, file=file, name=name[:300]) for file, name in happening.files], ignore_conflicts=True
    )
    index(moment)
    events.record(
        "moment.told",
        at=teller.at,
        by_id=_id(teller.by),
        subject_id=moment.pk,
        relationship_ids=relationship_ids(moment),
    )
    return moment


def _write_participants(moment: Moment, takers: Sequence[Taker]) -> None:
    once = {taker.party.pk: taker for taker in reversed(takers)}
    Participant.objects.bulk_create(
        Participant(
            moment=moment,
            party=taker.party,
            role=taker.role,
            is_ours=taker.party.is_ours,
            happened_at=moment.happened_at,
        )
        for taker in once.values()
    )


def _part(telling: Telling) -> None:
    """Undo what a join added to a moment: the people nobody else told of, and the words it filled in."""
    moment, said = telling.moment, telling.said
    others = moment.tellings.exclude(pk=telling.pk).filter(withdrawn_at=None)
    told_by_others = {party for other in others for party in other.said["parties"]}
    added = [UUID(party) for party in said["added"] if party not in told_by_others]
    moment.participants.filter(party_id__in=added).delete()
    restored = list(said["filled"])
    for name in said["filled"]:
        setattr(moment, name, "")
    for name, (old, new) in said.get("changed", {}).items():
        # What was changed again since is left as it stands now.
        if as_said(getattr(moment, name)) == new:
            setattr(moment, name, from_said(name, old))
            restored.append(name)
    if restored:
        moment.save(update_fields=restored)
    if "happened_at" in restored:
        moment.participants.update(happened_at=moment.happened_at)


def _keep_telling(moment: Moment, happening: Happening, known: set[UUID], *, teller: Teller) -> Telling:
    """Keep what a source tells of a moment whose people, before it told, were those `known`."""
    parties = [taker.party.pk for taker in happening.takers]
    is_join = moment.source_id != (teller.source.pk if teller.source else None) or bool(_tellings(moment_id=moment.pk))
    said: dict[str, Any] = {
        "mode": happening.mode,
        "happened_at": happening.happened_at.isoformat(),
        "zone": happening.zone,
        "ended_at": happening.ended_at.isoformat() if happening.ended_at else None,
        "is_all_day": happening.is_all_day,
        "began": happening.began,
        "subject": happening.subject,
        "words": happening.words,
        "where": happening.where,
        "parties": [str(pk) for pk in parties],
        "joined": is_join,
        "added": [str(pk) for pk in parties if pk not in known] if is_join else [],
        "filled": [
            name
            for name in ("words", "subject", "where", "body")
            if is_join and not getattr(moment, name) and getattr(happening, name)
        ],
    }
    key = happening.key or f"told:{moment.pk}"
    # Whatever two tell at once under one key, the table refuses; it is not worth a savepoint each time.
    told_before = (
        _told_as(source_id=teller.source.pk, key=key)
        if teller.source
        else Telling.objects.filter(source=None, key=key)[:1]
    )
    return next(iter(told_before), None) or Telling.objects.create(
        source=teller.source,
        key=key,
        moment=moment,
        said=said,
        told_at=teller.at,
        told_by=teller.by,
        place=teller.place,
    )


@ready.Ready[Telling]
def _told_as(source_id: UUID, key: str) -> models.QuerySet[Telling]:
    return Telling.objects.filter(source=source_id, key=key)


@ready.Ready[UUID]
def _tellings(moment_id: UUID) -> models.QuerySet[Any]:
    return Telling.objects.filter(moment=moment_id).values_list("pk", flat=True)[:1]


def _id(member: Member | None) -> UUID | None:
    return member.pk if member else None


@whole
def fade_traces(*, told_before: datetime) -> int:
    """Let traces fade that were written down before a day and that nobody kept: they, and what only they were in.

    Answers how many faded. Their history goes with them, for nobody of the house ever had to do with them.
    """
    fading = list(Party.objects.traces().filter(told_at__lt=told_before).values_list("pk", flat=True)[:5_000])
    known = Participant.objects.filter(moment=OuterRef("pk"), is_ours=False).exclude(party_id__in=fading)
    theirs = Moment.objects.filter(participants__party_id__in=fading).exclude(Exists(known))
    moments = list(theirs.values_list("pk", flat=True).distinct())
    tellings = list(Telling.objects.filter(moment_id__in=moments).values_list("pk", flat=True))
    search.remove(moments)
    Moment.objects.filter(pk__in=moments).delete()
    # Where somebody known took part too, the moment stays and the trace with it.
    gone = list(
        Party.objects.filter(pk__in=fading)
        .exclude(Exists(Participant.objects.filter(party=OuterRef("pk"))))
        .values_list("pk", flat=True)
    )
    Party.objects.filter(pk__in=gone).delete()
    for model, ids in ((Moment, moments), (Telling, tellings), (Party, gone)):
        forget_past(model, ids)
    return len(gone)
