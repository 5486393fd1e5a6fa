"""What leans on what; asking a colleague to promise first; who is away and who stands in."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.core import events, locks
from ampersand.core.whole import whole
from ampersand.members.models import Member
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party, Relationship
from ampersand.parties.speaking import Speaker
from ampersand.promises import actions
from ampersand.promises.actions import NotYoursToSay, Wording
from ampersand.promises.models import Absence, Asking, Leaning, Promise, PromiseEvent
from ampersand.promises.states import EventKind, Position


class LeansInACircle(ValueError):
    """The one leans on the other already, so that each would wait for the other."""


class NobodyToAsk(ValueError):
    """Only a colleague is asked to promise first, and not oneself."""


class NotThoseDays(ValueError):
    """Somebody is away from one day until a later one, and another stands in."""


# All that a promise leans on, by way of others too.
_BENEATH = """
    WITH RECURSIVE beneath(id) AS (
        SELECT on_id FROM promises_leaning WHERE promise_id = %(top)s AND withdrawn_at IS NULL
        UNION
        SELECT l.on_id FROM promises_leaning l JOIN beneath ON beneath.id = l.promise_id WHERE l.withdrawn_at IS NULL)
    SELECT EXISTS (SELECT FROM beneath WHERE id = %(sought)s)
"""


@whole
def lean(promise: Promise, *, on: Promise, teller: Teller) -> Leaning:
    """Have a promise lean on another. Said twice, it is once. Raises LeansInACircle, also where two say it at once."""
    locks.alone(locks.LEANING)
    known = Leaning.objects.standing().filter(promise=promise, on=on).first()
    if known is not None:
        return known
    if promise.pk == on.pk or _leans(on, on=promise):
        raise LeansInACircle(
            _("That one leans on this one already. Have one of the two lean on what is promised by somebody else.")
        )
    leaning = Leaning.objects.create(promise=promise, on=on, **teller.fields())
    _record("promise.leans", promise, at=teller.at, by=teller.by)
    return leaning


@whole
def lean_no_more(leaning: Leaning, *, by: Member, at: datetime) -> Leaning:
    """Say that a promise no longer leans on the other. Said twice, it is once."""
    locked = Leaning.objects.select_for_update(of=("self",)).select_related("promise").get(pk=leaning.pk)
    if locked.withdrawn_at is None:
        locked.withdrawn_at = at
        locked.save(update_fields=["withdrawn_at"])
        _record("promise.leans_no_more", locked.promise, at=at, by=by)
    return locked


@whole
def ask_first(
    wording: Wording,
    *,
    of: Member,
    speaker: Speaker,
    promise: Promise | None = None,
    relationship: Relationship | None = None,
    to: Party | None = None,
    then: Wording | None = None,
) -> Promise:
    """Ask a colleague to promise something, so that a promise of ours can lean on it.

    Either `promise` stands already and leans on theirs from now on, not backed until they accept; or `then` says what the one
    who asks means to promise to whom once it is backed. Who is away is not asked: who stands in for them is.
    Raises NobodyToAsk, NothingSaid, NotLater, LeansInACircle.
    """
    stands_in = find_stand_in(of, on=timezone.localdate(speaker.at))
    if stands_in is not None and stands_in.pk == speaker.by_id:
        stands_in = None
    asked = getattr(stands_in or of, "party", None)
    if asked is None or asked.pk == speaker.party.pk or not speaker.is_ours:
        raise NobodyToAsk(_("Ask a colleague. What you can do yourself you can promise yourself."))
    about = relationship or (promise.relationship or promise.about if promise else None)
    if about is not None and not _may_see(asked.member, about):
        raise NobodyToAsk(_("This relationship is closed to them. Ask a colleague who may see it."))
    backing = actions.ask(wording, by=asked, about=about, speaker=speaker)
    teller = Teller(at=speaker.at, by=speaker.by)
    Asking.objects.create(
        promise=backing,
        relationship=about,
        to=to,
        words=then.words.strip()[: actions.LONGEST_WORDS] if then else "",
        due_on=then.due_on if then else None,
        instead_of=of if stands_in else None,
        **teller.fields(),
    )
    if promise is not None:
        lean(promise, on=backing, teller=teller)
    return backing


@whole
def pass_on(promise: Promise, *, to: Party, speaker: Speaker) -> PromiseEvent:
    """Have another colleague asked instead, while nobody has promised it: by who is asked, by who asked, or by who stands in.

    Raises NotYoursToSay for anybody else, NobodyToAsk, NotNow once somebody promised it.
    """
    locked = Promise.objects.select_for_update(of=("self",)).select_related("by", "to").get(pk=promise.pk)
    is_theirs = speaker.party.pk in (locked.by_id, locked.to_id)
    if not locked.is_inside or not (is_theirs or stands_in_for(locked.by, speaker=speaker)):
        raise actions.not_yours()
    if locked.position() is not Position.ASKED:
        raise actions.NotNow(_("This cannot be said of it as it stands. Look at what was said last."))
    if not to.is_ours or to.is_house or to.pk == locked.to_id or to.member_id is None:
        raise NobodyToAsk(_("Ask a colleague. What you can do yourself you can promise yourself."))
    event = PromiseEvent.objects.create(
        promise=locked, kind=EventKind.NAMED_OVER, by=speaker.party, voice=speaker.voice, told_by=speaker.by,
        at=speaker.at, told_at=speaker.at, named=to,
    )  # fmt: skip
    Promise.objects.filter(pk=locked.pk).update(by=to)
    _record("promise.passed_on", locked, at=speaker.at, by=speaker.by)
    return event


def stands_in_for(party: Party, *, speaker: Speaker) -> bool:
    """Whether the one who speaks stands in for this colleague on that day."""
    if party.member_id is None or speaker.by is None:
        return False
    today = timezone.localdate(speaker.at)
    return Absence.objects.current(today).filter(member=party.member_id, stands_in=speaker.by).exists()


@whole
def be_away(
    member: Member, *, from_on: date, until_on: date, stands_in: Member | None, by: Member, at: datetime
) -> Absence:
    """Say from which day until which (the first day back) one is away, and who stands in. Raises NotYoursToSay for another's
    days, NotThoseDays."""
    if by.pk != member.pk:
        raise NotYoursToSay(_("Each says only for themselves when they are away."))
    if until_on <= from_on or (stands_in is not None and stands_in.pk == member.pk):
        raise NotThoseDays(
            _("Choose a first day back that is later than the first day away, and a colleague who stands in.")
        )
    known = Absence.objects.standing().filter(member=member, from_on=from_on, until_on=until_on, stands_in=stands_in)
    for absence in known[:1]:
        return absence
    absence = Absence.objects.create(
        member=member, from_on=from_on, until_on=until_on, stands_in=stands_in, told_at=at, told_by=by
    )
    events.record("member.away", at=at, by_id=by.pk, subject_id=absence.pk)
    return absence


@whole
def be_back(absence: Absence, *, by: Member, at: datetime) -> Absence:
    """Say that one is not away after all, or back already. Said twice, it is once."""
    if not (absence.member_id == by.pk):
        raise NotYoursToSay(_("Each says only for themselves when they are away."))
    Absence.objects.filter(pk=absence.pk, withdrawn_at=None).update(withdrawn_at=at)
    absence.refresh_from_db()
    return absence


def find_stand_in(member: Member, *, on: date) -> Member | None:
    """Who stands in for a member on a day; who is away too has their own stand-in asked, while there is one. None where the
    member is there, or nobody stands in."""
    asked, seen = member, {member.pk}
    while (away := Absence.objects.current(on).filter(member=asked).exclude(stands_in=None).first()) is not None:
        if away.stands_in is None or away.stands_in.pk in seen:
            break
        asked = away.stands_in
        seen.add(asked.pk)
    return asked if asked.pk != member.pk else None


def _may_see(member: Member | None, about: Relationship) -> bool:
    return member is not None and Relationship.objects.visible_to(member).filter(pk=about.pk).exists()


def _leans(promise: Promise, *, on: Promise) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_BENEATH, {"top": promise.pk, "sought": on.pk})
        return bool(cursor.fetchone()[0])


def _record(name: str, promise: Promise, *, at: datetime, by: Member | None) -> None:
    of = promise.relationship_id or promise.about_id
    events.record(name, at=at, by_id=by.pk if by else None, subject_id=promise.pk, relationship_ids=[of] if of else [])
