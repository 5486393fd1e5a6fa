"""What is done with a handing over: offered to a colleague, accepted or not, put right by the other side, or refused by it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from ampersand.between import sides
from ampersand.between.handing import HandingOver, HandingReply, ReplyKind
from ampersand.core import events
from ampersand.core.rooms import Room
from ampersand.core.whole import whole
from ampersand.members.models import Member
from ampersand.members.queries import the_house
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party, Relationship, Tending
from ampersand.parties.speaking import NotTheirs, Speaker
from ampersand.promises import actions as promises
from ampersand.promises.models import Promise
from ampersand.timeline import actions as timeline
from ampersand.timeline.actions import Happening, Taker
from ampersand.timeline.models import Began, Mode, ParticipantRole

LONGEST_STORY = 8_000
LONGEST_WORDS = 4_000


class NotYours(PermissionError):
    """Only who tends a relationship hands it over, and only who is asked accepts."""


class NotThem(ValueError):
    """It is handed to a colleague who is here and sees it."""


class NotNow(ValueError):
    """It was answered or withdrawn meanwhile, or another one waits."""


@whole
def offer(
    relationship: Relationship,
    *,
    to: Member,
    from_on: date,
    story: str,
    is_shared: bool,
    named: Iterable[Promise] = (),
    on: date,
    speaker: Speaker,
) -> HandingOver:
    """Ask a colleague to tend a relationship from a day on. Nothing changes until they accept.

    The story is ours; with `is_shared` the other side reads it, word for word, once the colleague accepted. `named` are promises
    in the house's name, for which the colleague stands from then on. Raises NotYours, NotThem, NotNow.
    """
    if speaker.by is None or not relationship.may_be_handed_over(speaker.by):
        raise NotYours(_("Only who tends it hands it over."))
    Relationship.objects.select_for_update(no_key=True).get(pk=relationship.pk)
    _refuse_unfit(relationship, to, from_on=from_on, on=on, by=speaker.by)
    if HandingOver.objects.waiting().filter(relationship=relationship).exists():
        raise NotNow(_("It is being handed over already. Wait for the answer, or take that back first."))
    story = story.strip()[:LONGEST_STORY]
    made = HandingOver.objects.create(
        relationship=relationship,
        by=Party.objects.get(member=speaker.by),
        to=Party.objects.get(member=to),
        from_on=from_on,
        story=story,
        shared_story=story if is_shared else "",
        at=speaker.at,
    )
    made.promises.set(promise for promise in named if may_be_named_over(promise, speaker.by))
    _record("handing_over.offered", made, by=speaker.by, at=speaker.at)
    return made


def may_be_named_over(promise: Promise, by: Member) -> bool:
    """Whether it was promised in the house's name, is open, and this member stands for it, or nobody does."""
    stands = promise.named is None or promise.named.member_id == by.pk
    return promise.is_ours and promise.by.is_house and promise.is_open and stands


@whole
def accept(handing: HandingOver, *, on: date, by: Member, at: datetime) -> HandingOver:
    """Accept, as the colleague: who tended it does so no longer from that day on, and the promises are named over.

    What was kept, moved or released meanwhile is left as it is. Accepted twice, it is accepted once. Raises NotYours, NotNow.
    """
    locked = _locked(handing)
    if not locked.may_be_answered(by) or not Relationship.objects.visible_to(by).filter(pk=locked.relationship_id):
        raise NotYours(_("Only who is asked accepts it."))
    if locked.accepted_at is not None:
        return locked
    if not locked.waits:
        raise NotNow(_("This was taken back meanwhile."))
    from_on = max(locked.from_on, on)
    for tending in locked.relationship.tendings.filter(member=locked.by.member_id, until_on=None):
        parties.stop_tending(tending, on=from_on, by=by, at=at)
    parties.tend(locked.relationship, by, on=from_on, by=by, at=at)
    speaker = Speaker.ourselves(locked.to, by=by, at=at)
    stands = {locked.by_id, None}
    for promise in locked.promises.select_related("by", "named"):
        if promise.is_open and promise.named_id in stands:
            promises.name_over(promise, locked.to, speaker=speaker)
    locked.from_on, locked.accepted_at = from_on, at
    locked.save(update_fields=["from_on", "accepted_at"])
    _record("handing_over.accepted", locked, by=by, at=at)
    return locked


@whole
def decline(handing: HandingOver, *, words: str = "", by: Member, at: datetime) -> HandingOver:
    """Say no, as the colleague. Nothing changes. Raises NotYours, NotNow."""
    locked = _locked(handing)
    if not locked.may_be_answered(by):
        raise NotYours(_("Only who is asked says no."))
    if locked.accepted_at is not None or locked.withdrawn_at is not None:
        raise NotNow(_("This was accepted or taken back meanwhile."))
    if locked.declined_at is None:
        locked.declined_at, locked.decline_words = at, words.strip()[:LONGEST_WORDS]
        locked.save(update_fields=["declined_at", "decline_words"])
        _record("handing_over.declined", locked, by=by, at=at)
    return locked


@whole
def withdraw(handing: HandingOver, *, by: Member, at: datetime) -> HandingOver:
    """Take it back, as who offered it, while it waits. Raises NotYours, NotNow."""
    locked = _locked(handing)
    if not locked.may_be_withdrawn(by):
        raise NotYours(_("Only who offered it takes it back."))
    if locked.accepted_at is not None:
        raise NotNow(_("It was accepted meanwhile."))
    if locked.waits:
        locked.withdrawn_at = at
        locked.save(update_fields=["withdrawn_at"])
        _record("handing_over.withdrawn", locked, by=by, at=at)
    return locked


@whole
def put_right(handing: HandingOver, *, words: str, speaker: Speaker) -> HandingReply:
    """The other side puts the story right. Both who handed it over and who took it see it on Today. Raises NotTheirs, NotNow."""
    locked = _between(handing, speaker)
    words = words.strip()[:LONGEST_WORDS]
    if not words:
        raise NotNow(_("Write how it really was."))
    said = locked.replies.create(
        kind=ReplyKind.RIGHT, by=speaker.party, voice=speaker.voice, words=words, at=speaker.at
    )
    _tell_both(locked, _("About the story you told of us"), words, speaker)
    return said


@whole
def refuse(handing: HandingOver, *, words: str = "", on: date, speaker: Speaker) -> HandingReply:
    """The other side says no to the colleague, who tends it no longer; who tended it before does again, while they are here.

    Promises stay with whom they were named over to, until somebody takes them over in the other side's sight. Both see it on
    Today. Said twice, it is said once. Raises NotTheirs, NotNow.
    """
    locked = _between(handing, speaker)
    known = locked.replies.filter(kind=ReplyKind.NO).first()
    if known is not None:
        return known
    said = locked.replies.create(
        kind=ReplyKind.NO, by=speaker.party, voice=speaker.voice, words=words.strip()[:LONGEST_WORDS], at=speaker.at
    )
    _tends_again(locked, on=on, at=speaker.at)
    told = {"name": locked.to.name, "words": said.words}
    words = _("No to %(name)s. %(words)s") % told if said.words else _("No to %(name)s.") % told
    _tell_both(locked, _("About who tends it"), words, speaker)
    _record("handing_over.refused", locked, by=None, at=speaker.at)
    return said


def _tends_again(handing: HandingOver, *, on: date, at: datetime) -> None:
    tended = Tending.objects.filter(relationship=handing.relationship)
    for tending in tended.filter(member=handing.to.member_id, until_on=None):
        parties.stop_tending(tending, on=max(on, tending.from_on), by=None, at=at)
    before = Member.objects.here().filter(party=handing.by).first()
    # Where the day had not come, who tended it goes on as if nothing had been said.
    if before is not None and not tended.filter(member=before, until_on__gt=on).update(until_on=None):
        parties.tend(handing.relationship, before, on=on, by=None, at=at)


def _refuse_unfit(relationship: Relationship, to: Member, *, from_on: date, on: date, by: Member) -> None:
    if to.pk == by.pk or to.left_at is not None:
        raise NotThem(_("Choose a colleague."))
    if not Relationship.objects.visible_to(to).filter(pk=relationship.pk).exists():
        raise NotThem(_("%(name)s does not see it. Name them among those who do first.") % {"name": to.name})
    if from_on < on:
        raise NotThem(_("Choose a day from today on."))


def _between(handing: HandingOver, speaker: Speaker) -> HandingOver:
    """The handing over, locked, for somebody of the other side, once it stands before both."""
    locked = _locked(handing)
    if speaker.is_ours:
        raise NotTheirs(speaker.party)
    sides.require_part(speaker, locked.relationship)
    if locked.accepted_at is None:
        raise NotNow(_("This is no longer here."))
    return locked


def _locked(handing: HandingOver) -> HandingOver:
    locked = HandingOver.objects.select_for_update(of=("self",)).select_related("by", "to", "relationship__party")
    return locked.get(pk=handing.pk)


def _tell_both(handing: HandingOver, about: str, words: str, speaker: Speaker) -> None:
    """A message between the two that waits for an answer of both: the first thing on their Today."""
    house = the_house()
    ours = [Taker(party, ParticipantRole.TO) for party in (handing.to, handing.by)]
    timeline.tell(
        Happening(
            mode=Mode.MESSAGE,
            happened_at=speaker.at,
            zone=house.time_zone if house else "UTC",
            takers=[Taker(speaker.party, ParticipantRole.FROM), *ours],
            began=Began.THEM,
            asks_answer=True,
            subject=about,
            words=words,
            room=Room.BETWEEN,
        ),
        teller=Teller(at=speaker.at, by=speaker.by),
    )


def _record(name: str, handing: HandingOver, *, by: Member | None, at: datetime) -> None:
    by_id = by.pk if by else None
    events.record(name, at=at, by_id=by_id, subject_id=handing.pk, relationship_ids=[handing.relationship_id])
