"""Erasing a party: what is kept about them goes, and a dated empty place stays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from ampersand.core import erasure, events, locks, search
from ampersand.core.erasure import Erasing
from ampersand.core.folding import folded_words
from ampersand.core.history import past_of
from ampersand.core.models import Erasure
from ampersand.core.whole import whole
from ampersand.members.models import Member
from ampersand.parties.actions import OursAlready
from ampersand.parties.doubles.models import Double
from ampersand.parties.models import Detail, Identifier, Party, Relationship, SideLine, StandsFor, Tag, Tie, TieQuerySet

# Shorter ones stand in other words and numbers.
_SHORTEST_TEXT = 6


class NotYoursToErase(PermissionError):
    """Stewards answer for what is erased."""


class _TakenBack(Exception):
    """Thrown to undo what was only tried."""


@whole
def erase_party(party: Party, *, by: Member, at: datetime) -> Erasure:
    """Erase a party, with all that stand for the same one. It cannot be undone; erased twice, it is erased once.

    What stays: that there was somebody, which moments, promises and trade there were and when, with amounts, since
    others' rows and the accounts rest on them; no name, address, word or file of theirs, history included. In what
    speaks of others too their names and addresses are struck. Raises NotYoursToErase, OursAlready.
    """
    if not by.is_steward:
        raise NotYoursToErase(party)
    return _erase(party, by=by, at=at)


@whole
def erase_at_own_wish(party: Party, *, at: datetime) -> Erasure:
    """Erase a party that asked for it on its own page, as `erase_party` does. It needs nobody's leave. Raises OursAlready."""
    return _erase(party, by=None, at=at)


def _erase(party: Party, *, by: Member | None, at: datetime) -> Erasure:
    if party.is_ours:
        raise OursAlready(party)
    locks.alone(locks.ERASING)
    ids = _the_same(party)
    parties = list(Party.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    if all(one.erased_at for one in parties):
        return Erasure.objects.filter(subject_id=party.now_id or party.pk).latest("erased_at")
    erasing = Erasing(party_ids=frozenset(ids), texts=_texts(ids), at=at)
    near = _tied_to(ids)
    row_count = erasure.carry_out(erasing)
    events.ask_for_readings(near)
    events.record("party.erased", at=at, by_id=by.pk if by else None, subject_id=party.pk)
    return Erasure.objects.create(subject_id=party.now_id or party.pk, erased_at=at, row_count=row_count)


def wait_for_erasure(*party_ids: UUID) -> None:
    """Wait until an erasure of these parties that is under way has ended; none begins before this transaction has.

    For whoever is about to write something of theirs down: afterwards they are there, or they are gone.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM parties_party WHERE id = ANY (%s) ORDER BY id FOR KEY SHARE", [list(party_ids)])


def would_go(party: Party, *, by: Member, at: datetime) -> int:
    """How many rows would lose their content. It is tried and taken back, so the answer is exact."""
    row_count = 0
    try:
        with transaction.atomic():
            row_count = erase_party(party, by=by, at=at).row_count
            raise _TakenBack
    except _TakenBack:
        return row_count


def take_away(erasing: Erasing) -> int:
    """The step of this app. It runs after those above, which still need to know who is who."""
    ids = erasing.party_ids
    told_no_more = {"place": ""}
    erasure.let_go_of_files(Detail.objects.filter(party__in=ids).values_list("file_id", flat=True))
    search.remove(list(ids))
    return sum(
        (
            erasure.take_away(Identifier.objects.filter(party__in=ids)),
            erasure.take_away(Detail.objects.filter(party__in=ids)),
            erasure.take_away(Tag.objects.filter(party__in=ids)),
            erasure.take_away(Double.objects.filter(Q(party__in=ids) | Q(other__in=ids))),
            erasure.take_away(SideLine.objects.filter(Q(relationship__party__in=ids) | Q(of__in=ids))),
            erasure.blank(SideLine.objects.filter(answered_by__in=ids), answer="", answered_by=None),
            erasure.blank(
                ties_of(ids),
                role="",
                says="",
                says_back="",
                from_on=None,
                until_on=None,
                withdrawn_at=_withdrawn(erasing),
                **told_no_more,
            ),
            erasure.blank(StandsFor.objects.filter(Q(party__in=ids) | Q(same_as__in=ids)), reason=""),
            erasure.blank(
                Party.objects.filter(pk__in=ids), name="", sort_name="", sort_key="", language="", erased_at=erasing.at
            ),
            *_strike_elsewhere(erasing),
        )
    )


def _tied_to(party_ids: set[UUID]) -> list[UUID]:
    """The relationships of those at the other end of their ties, in whose readings they had a part."""
    ends = ties_of(party_ids).standing().values_list("from_party_id", "to_party_id")
    others = {end for tie in ends for end in tie} - party_ids
    return list(Relationship.objects.filter(party__in=others).values_list("pk", flat=True))


def ties_of(party_ids: Iterable[UUID]) -> TieQuerySet:
    """Every tie that has one of these parties at an end."""
    ids = list(party_ids)
    return Tie.objects.filter(Q(from_party__in=ids) | Q(to_party__in=ids))


def _withdrawn(erasing: Erasing) -> Coalesce:
    """What was told still is told no more from the erasure on."""
    return Coalesce(F("withdrawn_at"), erasing.at)


def names_of(party_ids: Iterable[UUID]) -> set[str]:
    """Every name these parties have or had."""
    names: set[str] = set()
    for model, key in ((Party, "pk__in"), (past_of(Party), "pgh_obj_id__in")):
        for told in model._default_manager.filter(**{key: list(party_ids)}).values_list("name", "sort_name"):
            names.update(filter(None, told))
    return names


def name_words(party_ids: Iterable[UUID]) -> set[str]:
    """The words of their names from three letters on, for where it is known that they are spoken of."""
    return {word for name in names_of(party_ids) for word in name.split() if len(word) >= 3}


def _strike_elsewhere(erasing: Erasing) -> list[int]:
    return [
        erasure.strike(SideLine, "words", "answer", texts=erasing.texts),
        erasure.strike(Detail, "value", texts=erasing.texts),
        erasure.strike(Tag, "word", texts=erasing.texts),
        erasure.strike(Tie, "role", texts=erasing.texts),
        erasure.strike(StandsFor, "reason", texts=erasing.texts),
    ]


def _the_same(party: Party) -> set[UUID]:
    """This party and all that are taken for the same one today."""
    head = party.now_id or party.pk
    return {head, *Party.objects.filter(now=head).values_list("pk", flat=True)}


def _texts(ids: set[UUID]) -> tuple[str, ...]:
    """The names and addresses that mean them and nobody else: a namesake's name and a shared address are left alone."""
    return tuple(sorted({*_own_names(ids), *_own_addresses(ids)}))


def _own_names(ids: set[UUID]) -> set[str]:
    names = {name for name in names_of(ids) if len(folded_words(name)) > 1 and len(name) >= _SHORTEST_TEXT}
    shared = Party.objects.exclude(pk__in=ids)
    return {name for name in names if not shared.filter(Q(name__iexact=name) | Q(sort_name__iexact=name)).exists()}


def _own_addresses(ids: set[UUID]) -> set[str]:
    mine = Identifier.objects.filter(party__in=ids).values_list("kind", "value", "as_told")
    past = past_of(Identifier)._default_manager.filter(party_id__in=ids).values_list("kind", "value", "as_told")
    others = Identifier.objects.exclude(party__in=ids)
    told: set[str] = set()
    for kind, value, as_told in {*mine, *past}:
        if not others.filter(kind=kind, value=value).exists():
            told.update((value, as_told))
    return {text for text in told if len(text) >= _SHORTEST_TEXT}
