"""Give and take in two voices: what it cost is said by its giver, what it was worth by its receiver. Nothing is netted.

Each act is open to either side by `Speaker`. A member who writes the other side's half tells it, and it is marked so.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from ampersand.core import events
from ampersand.core.rooms import Room
from ampersand.core.whole import whole
from ampersand.exchange.models import Concession, GiveAndTakeOff, Negotiation
from ampersand.parties.models import Party, Relationship, Tie, TieKind
from ampersand.parties.speaking import Speaker, Voice

LONGEST_WORDS = 4_000


class NotYoursToSay(PermissionError):
    """The cost is the giver's to say, the worth the receiver's; and nobody draws back what another gave."""


class NotTentative(ValueError):
    """What was given is given. Only what was offered tentatively can be drawn back."""


class NothingGiven(ValueError):
    """A concession says what was given up, in words."""


@whole
def give(
    *,
    speaker: Speaker,
    to: Party,
    relationship: Relationship,
    words: str,
    happened_on: date,
    cost_words: str = "",
    in_return_for: Concession | None = None,
    is_gift: bool = False,
    is_tentative: bool = False,
    amount: Decimal | None = None,
    currency: str = "",
    negotiation: Negotiation | None = None,
) -> Concession:
    """Write down what the speaker gives up for the other side. Raises NotYoursToSay unless one of the two is ours and both are
    of this relationship, NothingGiven without words."""
    giver = speaker.party
    theirs = to if speaker.is_ours else giver
    if giver.is_ours == to.is_ours or not _is_of(theirs, relationship):
        raise NotYoursToSay(_("Give and take is between the two sides of a relationship."))
    if not words.strip():
        raise NothingGiven(_("Say in a few words what was given up."))
    if in_return_for is not None and _is_no_answer(in_return_for, relationship, speaker):
        raise NotYoursToSay(_("Choose something the other side gave, in return for which this is."))
    if negotiation is not None and negotiation.relationship_id != relationship.pk:
        raise NotYoursToSay(_("This negotiation belongs to another relationship."))
    given = Concession.objects.create(
        relationship=relationship,
        by=giver,
        to=to,
        is_ours=speaker.is_ours,
        words=words.strip()[:LONGEST_WORDS],
        voice=speaker.voice,
        happened_on=happened_on,
        amount=amount,
        currency=currency.upper() if amount is not None else "",
        in_return_for=in_return_for,
        is_gift=is_gift,
        is_tentative=is_tentative,
        negotiation=negotiation,
        # What the other side wrote itself lies before both.
        room=Room.OURS if speaker.by is not None else Room.BETWEEN,
        told_at=speaker.at,
        told_by=speaker.by,
    )
    if cost_words.strip():
        say_cost(given, cost_words, speaker=speaker)
    _record("concession.made", given, speaker)
    return given


def say_cost(concession: Concession, words: str, *, speaker: Speaker) -> Concession:
    """What it cost, in the giver's words. Raises NotYoursToSay for the receiver."""
    return _voice(concession, "cost", words, speaker=speaker, is_ours=concession.is_ours)


def say_worth(concession: Concession, words: str, *, speaker: Speaker) -> Concession:
    """What it was worth, in the receiver's words. Raises NotYoursToSay for the giver."""
    return _voice(concession, "worth", words, speaker=speaker, is_ours=not concession.is_ours)


@whole
def make_firm(concession: Concession, *, speaker: Speaker) -> Concession:
    """Make a tentative one firm, as its giver. Made firm twice, it is once. Raises NotYoursToSay, NotTentative."""
    locked = _of_giver(concession, speaker)
    if not locked.is_tentative or locked.drawn_back_at is not None:
        raise NotTentative(_("Only what is still tentative can be made firm."))
    if locked.firm_at is None:
        locked.firm_at = speaker.at
        locked.save(update_fields=["firm_at"])
        _record("concession.made_firm", locked, speaker)
    return locked


@whole
def draw_back(concession: Concession, *, speaker: Speaker) -> Concession:
    """Draw a tentative one back, as its giver. Drawn back twice, it is once. Raises NotYoursToSay, NotTentative."""
    locked = _of_giver(concession, speaker)
    if not locked.is_tentative or locked.firm_at is not None:
        raise NotTentative(_("What was given is given. Only what is tentative can be drawn back."))
    if locked.drawn_back_at is None:
        locked.drawn_back_at = speaker.at
        locked.save(update_fields=["drawn_back_at"])
        _record("concession.drawn_back", locked, speaker)
    return locked


@whole
def mark_gift(concession: Concession, *, speaker: Speaker, is_gift: bool = True) -> Concession:
    """Say that nothing is awaited for it, as its giver. Raises NotYoursToSay for the receiver."""
    locked = _of_giver(concession, speaker)
    if locked.is_gift != is_gift:
        locked.is_gift = is_gift
        locked.save(update_fields=["is_gift"])
        _record("concession.called_gift", locked, speaker)
    return locked


@whole
def switch_off(relationship: Relationship, *, speaker: Speaker) -> GiveAndTakeOff:
    """A side wishes that give and take is not read here. Raises NotYoursToSay for a stranger."""
    locked = _relationship(relationship, speaker)
    off, is_new = GiveAndTakeOff.objects.get_or_create(
        relationship=locked,
        is_ours=speaker.is_ours,
        ended_at=None,
        defaults={"voice": speaker.voice, "told_by": speaker.by, "at": speaker.at},
    )
    if is_new:
        _record_of(locked, "give_and_take.switched_off", speaker)
    return off


@whole
def switch_on(relationship: Relationship, *, speaker: Speaker) -> int:
    """Take back what one's own side wished. While the other side wishes it too, it stays off. Answers how many it took back."""
    locked = _relationship(relationship, speaker)
    ended = GiveAndTakeOff.objects.standing().filter(relationship=locked, is_ours=speaker.is_ours)
    count = ended.update(ended_at=speaker.at)
    if count:
        _record_of(locked, "give_and_take.switched_on", speaker)
    return count


@whole
def _voice(concession: Concession, which: str, words: str, *, speaker: Speaker, is_ours: bool) -> Concession:
    locked = _locked(concession, speaker)
    if speaker.is_ours != is_ours:
        raise NotYoursToSay(
            _("What it cost is for its giver to say.")
            if which == "cost"
            else _("What it was worth is for its receiver to say.")
        )
    said = words.strip()[:LONGEST_WORDS]
    own = speaker.by is None and getattr(locked, f"{which}_voice") == Voice.TOLD_BY_US
    if getattr(locked, f"{which}_words") == said and not own:
        return locked
    # What they wrote themselves is not overwritten by what somebody tells of them.
    if speaker.voice == Voice.TOLD_BY_US and getattr(locked, f"{which}_voice") == Voice.OWN:
        raise NotYoursToSay(_("They have said it themselves. Their word stands."))
    told = {"words": said, "voice": speaker.voice, "told_by": speaker.by, "at": speaker.at}
    for name, value in told.items():
        setattr(locked, f"{which}_{name}", value)
    locked.save(update_fields=[f"{which}_{name}" for name in told])
    _record(f"concession.{which}_said", locked, speaker)
    return locked


def _of_giver(concession: Concession, speaker: Speaker) -> Concession:
    locked = _locked(concession, speaker)
    if speaker.is_ours != locked.is_ours:
        raise NotYoursToSay(_("Only the side that gave it can say this."))
    return locked


def _locked(concession: Concession, speaker: Speaker) -> Concession:
    locked = Concession.objects.select_for_update().select_related("relationship", "by", "to").get(pk=concession.pk)
    if not speaker.is_ours and not _is_of(speaker.party, locked.relationship):
        raise NotYoursToSay(_("Give and take is between the two sides of a relationship."))
    return locked


def _relationship(relationship: Relationship, speaker: Speaker) -> Relationship:
    locked = Relationship.objects.select_for_update().get(pk=relationship.pk)
    if not speaker.is_ours and not _is_of(speaker.party, locked):
        raise NotYoursToSay(_("Give and take is between the two sides of a relationship."))
    return locked


def _is_of(party: Party, relationship: Relationship) -> bool:
    """Whether somebody is the other side of a relationship, or acts for it, or is who it acts for."""
    theirs, mine = Party.objects.the_same([relationship.party_id]), Party.objects.the_same([party.pk])
    if party.pk in set(theirs):
        return True
    ties = Tie.objects.standing().filter(kind__in=[TieKind.WORKS_AT, TieKind.MEMBER_OF], until_on=None)
    return ties.filter(from_party__in=mine, to_party__in=theirs).exists()


def _is_no_answer(answered: Concession, relationship: Relationship, speaker: Speaker) -> bool:
    return answered.relationship_id != relationship.pk or answered.is_ours == speaker.is_ours


def _record(name: str, concession: Concession, speaker: Speaker) -> None:
    events.record(
        name,
        at=speaker.at,
        by_id=speaker.by_id,
        subject_id=concession.pk,
        relationship_ids=[concession.relationship_id],
    )


def _record_of(relationship: Relationship, name: str, speaker: Speaker) -> None:
    events.record(
        name, at=speaker.at, by_id=speaker.by_id, subject_id=relationship.pk, relationship_ids=[relationship.pk]
    )
