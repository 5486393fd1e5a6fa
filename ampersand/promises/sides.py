"""On which side of a promise somebody speaks. Nobody speaks for the other one."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.parties.models import Party, Tie, TieKind
from ampersand.parties.speaking import Speaker, Voice
from ampersand.promises.models import Promise
from ampersand.promises.states import Side


class NotYoursToSay(PermissionError):
    """Each promises only for itself, and only the receiver calls a promise kept."""


def side_of(promise: Promise, speaker: Speaker) -> Side:
    """The side whose word this is. Raises NotYoursToSay for whoever stands at neither end.

    Our end is the house: any of us speaks there, in their own name. Among ourselves only the two speak who promised and were
    promised. The other end is the party that is named, whoever is taken to be the same, and who acts for it.
    """
    _refuse_another_hand(speaker)
    if promise.is_inside:
        return _side_among_us(promise, speaker.party)
    if speaker.is_ours:
        return Side.PROMISER if promise.is_ours else Side.RECEIVER
    end = promise.to if promise.is_ours else promise.by
    if end is None or not _speaks_for(speaker, end):
        raise not_yours()
    return Side.RECEIVER if promise.is_ours else Side.PROMISER


def not_yours() -> NotYoursToSay:
    return NotYoursToSay(_("Each says this only for themselves. Ask them, and write down what they say as their word."))


def _refuse_another_hand(speaker: Speaker) -> None:
    """One of us speaks as themselves or as the house, in their own voice."""
    if not speaker.is_ours:
        return
    is_themselves = speaker.party.is_house or (speaker.by is not None and speaker.party.member_id == speaker.by.pk)
    if speaker.voice != Voice.OWN or speaker.by is None or not is_themselves:
        raise not_yours()


def _side_among_us(promise: Promise, party: Party) -> Side:
    if party.pk == promise.by_id:
        return Side.PROMISER
    if party.pk == promise.to_id:
        return Side.RECEIVER
    raise not_yours()


def _speaks_for(speaker: Speaker, end: Party) -> bool:
    if _head(speaker.party) == _head(end):
        return True
    return not end.is_person and _acts_for(speaker, end)


def _acts_for(speaker: Speaker, end: Party) -> bool:
    """Whether they work there, or are a member of it, on the day they speak."""
    ties = Tie.objects.standing().current(timezone.localdate(speaker.at))
    acting = ties.filter(kind__in=(TieKind.WORKS_AT, TieKind.MEMBER_OF, TieKind.DECIDES_FOR))
    of = Party.objects.the_same([speaker.party.pk])
    return acting.filter(from_party__in=of, to_party__in=Party.objects.the_same([end.pk])).exists()


def _head(party: Party) -> object:
    return party.now_id or party.pk
