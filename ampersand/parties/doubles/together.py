"""Likely doubles that have the same strong reasons, judged as one list and said to be one, or two again, in one act."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from django.utils.translation import gettext as _

from ampersand.core import events
from ampersand.core.among import among
from ampersand.core.whole import whole
from ampersand.members.models import Member
from ampersand.parties import merging
from ampersand.parties.doubles import vetoes
from ampersand.parties.doubles.actions import answered, leaving_apart
from ampersand.parties.doubles.models import Answer, Double, DoubleQuerySet
from ampersand.parties.doubles.traits import ORGANISATION, PERSON
from ampersand.parties.models import PartyKind, StandsFor

Signals = tuple[str, ...]

# One reason for the rest is none: what one address or one name has in common is judged two at a time.
FEWEST = 2


def _said(column: str, *likenesses: str) -> Q:
    found = Q()
    for likeness in likenesses:
        found |= Q(reasons__contains=[[column, likeness]])
    return found


_SAME_NAME = _said("given", "same", "swapped") & _said("family", "same", "swapped") | _said("name", "same", "swapped")
_LIVES_THERE = _said("street", "same") & _said("number", "same") & _said("postcode", "same")
# The same signals as a program asks for that takes two for one, and the name.
SIGNALS = {
    "name": _SAME_NAME,
    "mail": _said("emails", "shares"),
    "birthday": _said("birthday", "same"),
    "household": _said("phones", "shares") | _LIVES_THERE,
    "site": _said("domains", "shares"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What became of an act: the links that were told, and why each of the others was left, by its key."""

    links: tuple[StandsFor, ...]
    left: Mapping[UUID, str]


def groups(member: Member, *, at: datetime, among_first: int | None = None) -> dict[Signals, int]:
    """How many pairs wait for each set of strong reasons, the most first; of the likeliest so many, where it is said."""
    waiting = Double.objects.visible_to(member).waiting(at)
    if among_first is not None:
        waiting = Double.objects.filter(pk__in=waiting.order_by("-probability", "id").values("pk")[:among_first])
    told = waiting.annotate(**_asked()).order_by().values_list(*_asked()).annotate(Count("pk"))
    found = {
        tuple(signal for signal, holds in zip(SIGNALS, row, strict=False) if holds): cast(int, row[-1]) for row in told
    }
    strong = ((signals, count) for signals, count in found.items() if len(signals) >= FEWEST)
    return dict(sorted(strong, key=lambda one: (-one[1], one[0])))


def having(signals: Collection[str], *, member: Member, at: datetime) -> DoubleQuerySet:
    """The waiting pairs that have these strong reasons and no others."""
    those = {f"by_{signal}": signal in signals for signal in SIGNALS}
    return Double.objects.visible_to(member).waiting(at).annotate(**_asked()).filter(**those)


def is_certain(double: Double) -> bool:
    """Whether the same name and two independent strong signals say so."""
    kind = PERSON if double.party.kind == PartyKind.PERSON else ORGANISATION
    told = [(column, likeness) for column, likeness in double.reasons]
    return vetoes.is_certain(told, kind=kind, probability=double.probability)


@whole
def say_same(doubles: Sequence[Double], *, reason: str, by: Member, at: datetime) -> Said:
    """Say of many pairs that each is one; a few statements, however many they are.

    Left are those that cannot be one, and those that would join two of whom somebody said that they are two. Raises what
    `merging.merge_many` does, where pairs cannot be one that could each for itself.
    """
    of_pair = {(double.party_id, double.other_id): double for double in doubles}
    into = {pair: _later_first(double) for pair, double in of_pair.items()}
    refused = merging.refusals(list(into.values()), member=by)
    free = [pair for pair in of_pair if into[pair] not in refused]
    joined = set(leaving_apart(free, answered(free, Answer.TWO)))
    links = merging.merge_many([into[pair] for pair in free if pair in joined], reason=reason, by=by, at=at)
    said = [of_pair[pair].pk for pair in joined]
    Double.objects.filter(among("pk", said)).update(answer=Answer.SAME, answered_at=at, answered_by=by)
    _record(said, by=by, at=at)
    apart = _("Somebody said that two of them are two. Look at each pair by itself.")
    left = {double.pk: refused.get(into[pair], apart) for pair, double in of_pair.items() if pair not in joined}
    return Said(tuple(links), left)


def told_with(link: StandsFor) -> list[StandsFor]:
    """The standing links that were told in one act with this one, itself among them."""
    act = StandsFor.objects.standing().filter(told_at=link.told_at, told_by=link.told_by, reason=link.reason)
    return list(act.filter(party__erased_at=None, same_as__erased_at=None).order_by("pk"))


def may_take_back(link: StandsFor, member: Member) -> bool:
    """Only whoever said it takes all of it back at once; one link anybody may withdraw who sees both."""
    return link.told_by_id == member.pk


@whole
def take_back(link: StandsFor, *, by: Member, at: datetime) -> int:
    """Say of all that were told in one act with this link that they are two; they wait to be judged again.

    Answers how many they are; done twice, none. Raises what `merging.unmerge_many` does.
    """
    parted = merging.unmerge_many(told_with(link), by=by, at=at)
    if parted:
        said = Double.objects.filter(answer=Answer.SAME, answered_at=link.told_at, answered_by=link.told_by)
        ids = list(said.values_list("pk", flat=True))
        said.update(answer="", answered_at=at, answered_by=by)
        _record(ids, by=by, at=at)
    return len(parted)


def _asked() -> dict[str, ExpressionWrapper[Q]]:
    return {f"by_{name}": ExpressionWrapper(asked, output_field=BooleanField()) for name, asked in SIGNALS.items()}


def _later_first(double: Double) -> tuple[UUID, UUID]:
    """Who was told of later stands for the other."""
    first, second = sorted([double.party, double.other], key=lambda party: (party.told_at, party.pk))
    return second.pk, first.pk


def _record(ids: Sequence[UUID], *, by: Member, at: datetime) -> None:
    with events.gathered():
        for double_id in ids:
            events.record("double.answered", at=at, by_id=by.pk, subject_id=double_id)
