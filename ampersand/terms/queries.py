"""The terms that hold for a party, and what went before between it and the house."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef

from ampersand.core import erasure
from ampersand.members.models import Member
from ampersand.parties.models import Identifier, IdentifierKind, Party, Tie, TieKind
from ampersand.terms.attempt import Approach, History, Purpose
from ampersand.terms.lines import MOST_DAYS
from ampersand.terms.messages.models import State
from ampersand.terms.models import Decision, Left, Terms
from ampersand.timeline.models import Began, Moment, Participant

# Of a year with more than this between two, the latest are enough to count by.
MOST_MOMENTS = 1_000


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an app above knows that the gate needs: open orders and promises, a plan, a promise that fell due."""

    has_both_ways: bool = False
    has_work: bool = False
    is_planned: bool = False
    is_promise_due_since: bool = False


NEVER_WENT = (State.DRAFT, State.HELD, State.REFUSED, State.TAKEN_BACK)

# Asked with the keys of all that are taken for the party and of those it acts for, the time of the attempt, and when we last
# approached it.
Asked = Callable[[frozenset[UUID], datetime, datetime | None], Evidence]
_asked: list[Asked] = []


def add_evidence(ask: Asked) -> None:
    """Have the gate ask this too: for the apps above, which know what is open between the house and a party."""
    if ask not in _asked:
        _asked.append(ask)


def the_same(party: Party) -> frozenset[UUID]:
    """The keys of this party and of all that are taken to be the same."""
    return frozenset(Party.objects.the_same([party.pk]).values_list("pk", flat=True)) | {party.pk}


def acts_for(party_ids: Iterable[UUID], *, at: datetime) -> frozenset[UUID]:
    """The keys of the organisations a person works at, and of all that are taken for one of them."""
    ties = Tie.objects.current(at.date()).filter(kind=TieKind.WORKS_AT, from_party__in=list(party_ids))
    organisations = list(ties.values_list("to_party_id", flat=True))
    return (
        frozenset(Party.objects.the_same(organisations).values_list("pk", flat=True)) if organisations else frozenset()
    )


def find_holding(party_ids: frozenset[UUID], *, at: datetime) -> Terms | None:
    """The terms by which a party is reached: its own; those of the organisation it works at where it said none."""
    own = find_terms(party_ids, at=at)
    return own or (find_terms(organisations, at=at) if (organisations := acts_for(party_ids, at=at)) else None)


def find_for_page(party_id: UUID, organisation_ids: Sequence[UUID], *, member: Member, at: datetime) -> Terms | None:
    """`find_holding` for a page that knows where they work already, as far as the member may see who spoke: one query where
    nobody said anything. `party_id` is whom the party is taken for."""
    seen = Terms.objects.visible_to(member).filter(party__in=Party.objects.the_same([party_id, *organisation_ids]))
    held = seen.in_force(at).order_by("-said_at", "-version", "-id")
    found = list(held.select_related("party__now", "said_by__now", "told_by").prefetch_related("lines"))
    own = (terms for terms in found if party_id in (terms.party_id, terms.party.now_id))
    return next(own, found[0] if found else None)


def held_by(party_ids: Sequence[UUID], *, member: Member, at: datetime) -> dict[UUID, Terms]:
    """The terms each of several parties said itself, by the party given: for a page about many, as far as the member may see."""
    if not party_ids:
        return {}
    heads = dict(Party.objects.filter(pk__in=party_ids).values_list("pk", "now_id"))
    seen = Terms.objects.visible_to(member).filter(party__in=Party.objects.the_same(list(party_ids)))
    held: dict[UUID, Terms] = {}
    for terms in (
        seen.in_force(at).order_by("said_at", "version", "id").select_related("party").prefetch_related("lines")
    ):
        held[terms.party.now_id or terms.party_id] = terms
    return {pk: held[head or pk] for pk, head in heads.items() if (head or pk) in held}


def find_terms(party_ids: Iterable[UUID], *, at: datetime) -> Terms | None:
    """The version that holds at a time for a party, given with all that are taken to be the same; None before any was said.

    Where two that were merged had terms each, the later told holds.
    """
    held = Terms.objects.of(party_ids).in_force(at).order_by("-said_at", "-version", "-id")
    return held.prefetch_related("lines").first()


def history(party_ids: frozenset[UUID], *, at: datetime, besides: UUID | None = None) -> History:
    """What went before between the house and a party, by the moments of the last year and by what the apps above know.

    `besides` is the receiver of a message that is asked for again: that it was let go before is no approach.
    """
    since = at - timedelta(days=MOST_DAYS)
    began = _began(party_ids, since=since, at=at)
    approached, is_asked, unanswered = _turns(began)
    last_at = max((happened_at for way, happened_at, _mode in began if way == Began.US), default=None)
    ever = _met(party_ids, at=at)
    together = party_ids | acts_for(party_ids, at=at)
    known = [ask(together, at, last_at) for ask in _asked]
    return History(
        has_both_ways=ever.exclude(began=Began.US).exists() or any(one.has_both_ways for one in known),
        is_asked=is_asked,
        has_work=any(one.has_work for one in known),
        is_planned=any(one.is_planned for one in known),
        unanswered=unanswered or int(not began and ever.exists()),
        is_promise_due_since=any(one.is_promise_due_since for one in known),
        approached=tuple(approached),
        asked_by_id=_asked_by(party_ids, at=at, besides=besides),
        has_left=has_left(party_ids),
    )


def has_left(party_ids: Iterable[UUID]) -> bool:
    """Whether an address of theirs is left alone."""
    values = Identifier.objects.standing().filter(
        party__in=list(party_ids), kind__in=[IdentifierKind.EMAIL, IdentifierKind.PHONE]
    )
    return Left.objects.filter(
        pk__in=[erasure.sealed(value) for value in values.values_list("value", flat=True)]
    ).exists()


def _met(party_ids: frozenset[UUID], *, at: datetime) -> models.QuerySet[Moment]:
    with_them = Participant.objects.filter(moment=OuterRef("pk"), party__in=list(party_ids))
    return Moment.objects.standing().filter(Exists(with_them), happened_at__lte=at)


def _began(party_ids: frozenset[UUID], *, since: datetime, at: datetime) -> list[tuple[str, datetime, str]]:
    """Who began each moment between us, when and by which way, the oldest first."""
    told = _met(party_ids, at=at).filter(happened_at__gt=since)
    rows = told.order_by("-happened_at", "-id").values_list("began", "happened_at", "mode")[:MOST_MOMENTS]
    return list(rows)[::-1]


def _turns(began: list[tuple[str, datetime, str]]) -> tuple[list[Approach], bool, int]:
    """Our approaches, whether they wait for an answer, and how many approaches they left without one.

    What we begin after they did answers them; what we begin after that is an approach. A meeting is nobody's.
    """
    approached: list[Approach] = []
    is_asked, unanswered = False, 0
    for way, happened_at, mode in began:
        if way == Began.US and not is_asked:
            approached.append(Approach(happened_at, mode))
            unanswered += 1
        elif way != Began.US:
            unanswered = 0
        is_asked = way == Began.THEM
    return approached, is_asked, unanswered


def _asked_by(party_ids: frozenset[UUID], *, at: datetime, besides: UUID | None) -> UUID | None:
    asked = Decision.objects.filter(party__in=list(party_ids), purpose=Purpose.ASK, may=True, at__lt=at)
    # What never went asked nobody, and what is being asked for has not asked yet.
    asked = asked.exclude(receiver__state__in=NEVER_WENT)
    asked = asked.exclude(receiver=besides) if besides else asked
    return asked.order_by("at").values_list("by_id", flat=True).first()
