"""How a promise begins: told, offered, asked for, taken as promised, or promised to everybody."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from ampersand.core.rooms import Room
from ampersand.core.whole import whole
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party, Relationship
from ampersand.parties.speaking import Speaker
from ampersand.promises import saying
from ampersand.promises.models import Promise
from ampersand.promises.sides import NotYoursToSay, not_yours, side_of
from ampersand.promises.states import EventKind
from ampersand.promises.wording import Wording
from ampersand.timeline.models import Moment


@whole
def promise(
    *,
    by: Party,
    to: Party,
    relationship: Relationship,
    words: str,
    made_on: date,
    teller: Teller,
    due_on: date | None = None,
    condition: str = "",
    moment: Moment | None = None,
    room: str = Room.OURS,
) -> Promise:
    """Write down what `by` has promised `to` already, wherever that was: it stands as accepted.

    One of the two is ours, the other is not. What is only being promised is offered (`offer`).
    """
    if by.is_ours == to.is_ours:
        raise NotYoursToSay(by)
    made = Promise.objects.create(
        relationship=relationship,
        by=by,
        to=to,
        is_ours=by.is_ours,
        words=words.strip(),
        condition=condition,
        made_on=made_on,
        first_due_on=due_on,
        due_on=due_on,
        moment=moment,
        room=room,
        **teller.fields(),
    )
    saying.index(made)
    saying.record("promise.made", made, at=teller.at, by=teller.by)
    return made


@whole
def offer(
    wording: Wording,
    *,
    to: Party,
    relationship: Relationship,
    speaker: Speaker,
    in_houses_name: bool = False,
    moment: Moment | None = None,
    room: str = Room.BETWEEN,
) -> Promise:
    """Offer a promise to the other side: it holds once its receiver accepts it.

    The speaker promises for themselves; one of us may do so in the house's name and stands for it until another takes it over.
    Raises NothingSaid, NotLater, NotYoursToSay where both are of one side.
    """
    by = _promiser(speaker, in_houses_name=in_houses_name)
    if by.is_ours == to.is_ours:
        raise not_yours()
    named = speaker.party if in_houses_name else None
    return _begin(
        EventKind.OFFERED, wording, by=by, to=to, relationship=relationship, named=named, moment=moment, room=room,
        speaker=speaker,
    )  # fmt: skip


@whole
def ask(
    wording: Wording,
    *,
    by: Party,
    speaker: Speaker,
    relationship: Relationship | None = None,
    about: Relationship | None = None,
    room: str = Room.BETWEEN,
) -> Promise:
    """Ask somebody to promise something. Nothing is promised until they accept, and they may answer with other words.

    Among ourselves it has no relationship, but may be for the sake of one (`about`). Raises NothingSaid, NotLater, NotYoursToSay
    for what one would ask of oneself.
    """
    is_inside = by.is_ours and speaker.is_ours
    if by.pk == speaker.party.pk or not (by.is_ours or speaker.is_ours) or is_inside != (relationship is None):
        raise not_yours()
    return _begin(
        EventKind.ASKED, wording, by=by, to=speaker.party, relationship=relationship, about=about if is_inside else None,
        room=Room.OURS if is_inside else room, speaker=speaker,
    )  # fmt: skip


@whole
def take_as_promised(
    wording: Wording,
    *,
    by: Party,
    speaker: Speaker,
    relationship: Relationship,
    advertised: Promise | None = None,
    room: str = Room.BETWEEN,
) -> Promise:
    """Say "I took this as promised" to the one who is thought to have promised: it holds once they confirm it.

    `advertised` is what we promise to everybody, where it was taken from that. Taken twice from there, it is once.
    Raises NothingSaid, NotYoursToSay where both are of one side.
    """
    if by.is_ours == speaker.is_ours:
        raise not_yours()
    if advertised is not None and (taken := _find_taken(advertised, speaker)) is not None:
        return taken
    return _begin(
        EventKind.TAKEN, wording, by=by, to=speaker.party, relationship=relationship, advertised=advertised,
        named=advertised.named if advertised else None, room=room, speaker=speaker,
    )  # fmt: skip


@whole
def advertise(wording: Wording, *, speaker: Speaker, in_houses_name: bool = True) -> Promise:
    """Promise something to everybody: what we advertise. It stands until it is withdrawn, and has no receiver to call it kept.

    Raises NothingSaid, NotYoursToSay for the other side: we say only what we promise.
    """
    if not speaker.is_ours:
        raise not_yours()
    by = _promiser(speaker, in_houses_name=in_houses_name)
    made = _write(wording, by=by, to=None, named=speaker.party, speaker=speaker, room=Room.BETWEEN)
    saying.record("promise.advertised", made, at=speaker.at, by=speaker.by)
    return made


def _promiser(speaker: Speaker, *, in_houses_name: bool) -> Party:
    if not in_houses_name:
        return speaker.party
    if not speaker.is_ours or speaker.party.is_house:
        raise not_yours()
    return Party.objects.get(is_house=True)


def _find_taken(advertised: Promise, speaker: Speaker) -> Promise | None:
    of = Party.objects.the_same([speaker.party.pk])
    return Promise.objects.filter(advertised=advertised, to__in=of, settled_at=None, withdrawn_at=None).first()


def _begin(kind: EventKind, wording: Wording, *, by: Party, speaker: Speaker, **fields: object) -> Promise:
    """Put a first word on the table. What one took as promised may be due already."""
    made = _write(wording, by=by, speaker=speaker, may_be_past=kind == EventKind.TAKEN, **fields)
    side_of(made, speaker)
    saying.write_event(made, kind, speaker=speaker, wording=Wording(made.words, made.first_due_on, made.condition))
    made.refresh_from_db(fields=["offered_at"])
    return made


def _write(wording: Wording, *, by: Party, speaker: Speaker, may_be_past: bool = False, **fields: object) -> Promise:
    made_on = timezone.localdate(speaker.at)
    said = wording.refuse_unless_said(on=date.min if may_be_past else made_on)
    made = Promise.objects.create(
        by=by,
        is_ours=by.is_ours,
        words=said.words,
        condition=said.condition,
        made_on=made_on,
        first_due_on=said.due_on,
        due_on=said.due_on,
        told_at=speaker.at,
        told_by=speaker.by,
        **fields,
    )
    saying.index(made)
    return made
