"""Taking a source back: what it brought goes, unless something was written upon it since; that stays and is listed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from ampersand.core import deleting, erasure, events, search
from ampersand.core.among import among
from ampersand.core.history import forget_past, triggers_at_rest
from ampersand.core.models import Event
from ampersand.core.rooms import Room
from ampersand.core.whole import whole
from ampersand.exchange.models import Concession, GiveAndTakeOff, Negotiation, Offer, OfferEvent, Transaction
from ampersand.notebook.models import Note, Piece
from ampersand.parties import actions as parties
from ampersand.parties.models import (
    ClosedTo,
    Detail,
    Identifier,
    IdentifierKind,
    Party,
    Relationship,
    SideLine,
    StandsFor,
    Tag,
    Tending,
    Tie,
)
from ampersand.promises.models import Promise
from ampersand.timeline import actions as timeline
from ampersand.timeline.models import Attachment, Moment, Participant, Telling, Thread

M = TypeVar("M", bound=models.Model)
NOTHING = Q(pk__in=[])
NAMED_MAX = 200
# What a member says of somebody that is no fact of its own.
_WRITTEN_BY_HAND = ("party.renamed", "party.speaks")
# So many rows go at once: each set asks each table that may point to them.
AT_ONCE = 20_000


class Rests(models.TextChoices):
    """What was written upon something since, so that it stays."""

    SAID = "said", _("Something was said of it since.")
    ANSWERED = "answered", _("It was answered since.")
    SHARED = "shared", _("The other side reads it.")
    TOLD_TOO = "told_too", _("Another source tells of it too.")
    PROMISED = "promised", _("Something was promised there.")
    GAVE = "gave", _("Somebody gave way there.")
    NEGOTIATED = "negotiated", _("Something is negotiated there.")
    NOTED = "noted", _("A note speaks of it.")
    WRITTEN = "written", _("It was written down what matters to them, or what is wondered.")
    TENDED = "tended", _("Somebody tends it.")
    CLOSED = "closed", _("It was closed to all but a few.")
    IN_TOUCH = "in_touch", _("There is contact that something else tells of.")
    TRADED = "traded", _("There is trade that something else tells of.")
    TIED = "tied", _("They are tied to others.")
    SAME = "same", _("They were taken for the same as somebody else.")
    BY_HAND = "by_hand", _("Somebody wrote something down about them.")


Reasons = Mapping[Rests, Q]


@dataclass(frozen=True)
class _Elsewhere:
    """What something else tells of too: moments, parties, and what belongs to such a party."""

    moment: Q
    of_party: Q
    party: Q


@dataclass(frozen=True)
class Left:
    """A row that was left standing, by the name of its model, and the first thing that rests on it."""

    model: str
    id: UUID
    why: str


@dataclass(frozen=True)
class Undone:
    """What was taken away, by kind of row, and what was left standing since something rests on it: by its names, and by
    its rows.
    """

    gone: dict[str, int]
    stays: list[str]
    left: list[Left] = field(default_factory=list)


@whole
def take_back(
    source_id: UUID,
    *,
    moment_is_built_upon: Q = NOTHING,
    is_told_elsewhere: Q = NOTHING,
    party_is_told_elsewhere: Q = NOTHING,
    once_moments_are_gone: Callable[[], None] | None = None,
) -> Undone:
    """Take away what a source brought, with its history: what was told by mistake is not kept as a past.

    What something was written upon since stays and is named: a moment that another source told too or that holds
    promises of another source, a promise about which something was said, a party with anything else about it.
    The relationships it touched are read afresh. `once_moments_are_gone` puts right what followed from them in moments
    of others, before it is asked who still takes part in any.
    """
    with search.removed_together():
        elsewhere = _Elsewhere(moment_is_built_upon, is_told_elsewhere, party_is_told_elsewhere)
        return _take_back(source_id, elsewhere, once_moments_are_gone)


def _take_back(source_id: UUID, elsewhere: _Elsewhere, once_moments_are_gone: Callable[[], None] | None) -> Undone:
    touched, findable = _touched(source_id), _findable(source_id)
    gone = {"telling": _undo_joins(source_id)}
    undone = Undone(gone, [])
    gone["promise"] = _take(Promise, source_id, {Rests.SAID: Q(events__isnull=False)}, undone)
    gone["concession"] = _take(Concession, source_id, {Rests.ANSWERED: Q(answered_by__isnull=False)}, undone)
    threads = set(Moment.objects.filter(source_id=source_id).exclude(thread=None).values_list("thread_id", flat=True))
    files = _files(source_id)
    gone["moment"] = _take(Moment, source_id, what_holds_a_moment(source_id, elsewhere.moment), undone)
    gone["thread"] = _drop_empty(threads)
    if once_moments_are_gone:
        once_moments_are_gone()
    for model in (Transaction, Tie, Detail, SideLine):
        stays = {Rests.SHARED: Q(room=Room.BETWEEN)} if model is SideLine else {}
        gone[str(model._meta.model_name)] = _take(model, source_id, stays, undone)
    known = _relationship_is_built_upon(source_id, elsewhere.of_party)
    gone["relationship"] = _take(Relationship, source_id, known, undone)
    gone["identifier"] = _take(Identifier, source_id, _identifier_stays(source_id, elsewhere))
    gone["party"] = _take(Party, source_id, {Rests.NOTED: _party_is_built_upon(source_id) | elsewhere.party})
    erasure.let_go_of_files(files)
    parties.index_many(findable)
    events.ask_for_readings(Relationship.objects.filter(among("pk", list(touched))).values_list("pk", flat=True))
    return Undone({kind: number for kind, number in gone.items() if number}, undone.stays, undone.left)


def _take(model: type[M], source_id: UUID, reasons: Reasons, undone: Undone | None = None) -> int:
    rows = model._default_manager.filter(source_id=source_id)
    staying = rows.filter(reduce(or_, reasons.values(), NOTHING)).distinct()
    stays = set(staying.values_list("pk", flat=True)) if reasons else set()
    if undone is not None and stays:
        _name(list(staying[:NAMED_MAX]), reasons, undone)
    ids = [pk for pk in rows.values_list("pk", flat=True) if pk not in stays]
    for some in _some(ids):
        search.remove(some)
        _forget(model, some)
    return len(ids)


def _some(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))


def _drop_empty(thread_ids: Collection[UUID]) -> int:
    found = Thread.objects.filter(among("pk", list(thread_ids)), moments=None).values_list("pk", flat=True)
    empty = list(found)
    deleting.delete(Thread, empty)
    return len(empty)


def _name(staying: list[M], reasons: Reasons, undone: Undone) -> None:
    """Add what stays, each with the first reason that holds for it."""
    ids = [row.pk for row in staying]
    why: dict[UUID, Rests] = {}
    for reason, holds in reasons.items() if ids else ():
        model = type(staying[0])
        for pk in model._default_manager.filter(pk__in=ids).filter(holds).values_list("pk", flat=True):
            why.setdefault(pk, reason)
    undone.stays.extend(map(str, staying))
    undone.left.extend(Left(str(row._meta.model_name), row.pk, why[row.pk].value) for row in staying if row.pk in why)


def _touched(source_id: UUID) -> set[UUID]:
    """The relationships whose readings rest on what this source told."""
    moments = Moment.objects.filter(source_id=source_id).order_by().values("pk")
    told = moments.union(Telling.objects.filter(source_id=source_id).order_by().values("moment_id"))
    parties = Participant.objects.filter(moment__in=told).values("party_id")
    return set(Relationship.objects.filter(party_id__in=parties).values_list("pk", flat=True))


def _findable(source_id: UUID) -> set[UUID]:
    """The parties that are found otherwise once this source is taken back: by fewer addresses, or not at all."""
    told = Identifier.objects.filter(source_id=source_id).values_list("party_id", flat=True)
    return {*told, *Relationship.objects.filter(source_id=source_id).values_list("party_id", flat=True)}


def _files(source_id: UUID) -> list[str]:
    """The files that came with what it told; they go, unless something else holds them."""
    attached = Attachment.objects.filter(moment__source_id=source_id).values_list("file_id", flat=True)
    detailed = Detail.objects.filter(source_id=source_id).exclude(file=None).values_list("file_id", flat=True)
    return [digest for digest in {*attached, *detailed} if digest]


def _undo_joins(source_id: UUID) -> int:
    """Take this source's tellings out of moments that others told: the people and words only it added go with them."""
    joins = list(
        Telling.objects.filter(source_id=source_id).exclude(moment__source_id=source_id).select_related("moment")
    )
    for telling in joins:
        timeline.take_out(telling)
    return len(joins)


def _identifier_stays(source_id: UUID, elsewhere: _Elsewhere) -> Reasons:
    """Who stays keeps the addresses this source told, which a later telling of them is recognised by; a telephone number
    stays only where something else told it too.
    """
    # Found first: as a part of the query it would be asked of each party for each identifier.
    staying = Party.objects.filter(_party_is_built_upon(source_id) | elsewhere.party, source=source_id)
    is_recognised_by = ~Q(kind=IdentifierKind.PHONE) | elsewhere.of_party
    return {Rests.TOLD_TOO: Q(among("party_id", list(staying.values_list("pk", flat=True)))) & is_recognised_by}


def what_holds_a_moment(source_id: UUID, is_met_elsewhere: Q = NOTHING) -> Reasons:
    """Told by another source too, or holding another source's promises, concessions or kept pieces."""
    moment = OuterRef("pk")
    # To say that it was called off is no telling that it happened.
    others = Telling.objects.standing().filter(moment=moment).exclude(source_id=source_id)
    others = others.exclude(said__has_key="withdrew")
    return {
        Rests.TOLD_TOO: is_met_elsewhere | Q(Exists(others)),
        Rests.PROMISED: Q(Exists(Promise.objects.filter(moment=moment).exclude(source_id=source_id))),
        Rests.GAVE: Q(Exists(Concession.objects.filter(moment=moment).exclude(source_id=source_id))),
        Rests.NOTED: Q(Exists(Piece.objects.standing().filter(fact_id=moment).exclude(note__source_id=source_id))),
    }


def _relationship_is_built_upon(source_id: UUID, is_told_elsewhere: Q) -> Reasons:
    of = {"relationship": OuterRef("pk")}
    party = OuterRef("party_id")
    about = Note.objects.filter(about=OuterRef("pk"), withdrawn_at=None).exclude(source_id=source_id)
    # Of whom was a trace before, what had been told then did not make them known.
    since = Q(told_at__gt=OuterRef("told_at")) | Q(party__source_id=source_id)
    # Who wrote it into being tends it from the same instant: that goes with it.
    taken_up = Tending.objects.filter(**of).exclude(told_at=OuterRef("told_at"))
    return {
        Rests.PROMISED: Q(Exists(Promise.objects.filter(**of))),
        Rests.GAVE: Q(Exists(Concession.objects.filter(**of))),
        Rests.NEGOTIATED: Q(Exists(Negotiation.objects.filter(**of))) | Q(Exists(GiveAndTakeOff.objects.filter(**of))),
        Rests.WRITTEN: Q(Exists(SideLine.objects.filter(**of).exclude(source_id=source_id))),
        Rests.NOTED: Q(Exists(about)),
        Rests.TENDED: Q(Exists(taken_up)),
        Rests.CLOSED: Q(Exists(ClosedTo.objects.filter(**of))),
        # What had happened before it began did not make them known.
        Rests.IN_TOUCH: Q(Exists(Participant.objects.filter(party=party, moment__told_at__gte=OuterRef("told_at")))),
        Rests.TRADED: Q(Exists(Transaction.objects.filter(party=party))),
        Rests.TIED: Q(Exists(Tie.objects.filter(Q(from_party=party) | Q(to_party=party)))),
        Rests.SAME: Q(Exists(StandsFor.objects.filter(Q(party=party) | Q(same_as=party)))),
        Rests.BY_HAND: Q(Exists(Tag.objects.filter(since, party=party).exclude(source_id=source_id)))
        | Q(Exists(Detail.objects.filter(since, party=party, source=None)))
        | Q(Exists(Identifier.objects.filter(since, party=party, source=None)))
        | Q(Exists(Event.objects.filter(subject_id=party, name__in=_WRITTEN_BY_HAND))),
        Rests.TOLD_TOO: is_told_elsewhere
        | Q(Exists(Detail.objects.filter(since, party=party).exclude(source_id=source_id)))
        | Q(Exists(Identifier.objects.filter(since, party=party).exclude(source_id=source_id))),
    }


def _party_is_built_upon(source_id: UUID) -> Q:
    party = OuterRef("pk")
    return (
        Q(Exists(Relationship.objects.filter(party=party)))
        | Q(Exists(Participant.objects.filter(party=party)))
        | Q(Exists(Identifier.objects.filter(party=party).exclude(source_id=source_id)))
        | Q(Exists(Detail.objects.filter(party=party)))
        | Q(Exists(Tag.objects.filter(party=party)))
        | Q(Exists(Transaction.objects.filter(party=party)))
        | Q(Exists(Tie.objects.filter(Q(from_party=party) | Q(to_party=party))))
        | Q(Exists(StandsFor.objects.filter(Q(party=party) | Q(same_as=party))))
        | Q(Exists(Promise.objects.filter(Q(by=party) | Q(to=party))))
        | Q(Exists(Concession.objects.filter(Q(by=party) | Q(to=party))))
        | Q(Exists(Negotiation.objects.filter(decider=party)))
        | Q(Exists(Offer.objects.filter(by=party)))
        | Q(Exists(OfferEvent.objects.filter(by=party)))
        | Q(Exists(SideLine.objects.filter(of=party)))
        | ~Q(member=None)
        | Q(is_house=True)
    )


def _forget(model: type[M], ids: Sequence[UUID]) -> None:
    """Delete rows with what hangs on them, and with their history: of the deletion itself none is written."""
    tellings = _hanging_on(ids, "moment_id", Telling) if model is Moment else []
    tendings = _hanging_on(ids, "relationship_id", Tending) if model is Relationship else []
    forgotten: tuple[tuple[type[models.Model], Sequence[UUID]], ...] = (
        (model, ids), (Telling, tellings), (Tending, tendings),
    )  # fmt: skip
    with triggers_at_rest(*(f"{kind._meta.label}:delete_delete" for kind, gone in forgotten if gone)):
        deleting.delete(model, ids)
    for kind, gone in forgotten:
        if gone:
            forget_past(kind, gone)


def _hanging_on(ids: Sequence[UUID], column: str, model: type[models.Model]) -> list[UUID]:
    return list(model._default_manager.filter(among(column, ids)).values_list("pk", flat=True))
