"""Addresses that several share: info@ of a firm, the telephone of a family.

Nothing is marked: an address is shared as long as it is told of parties who are not taken to be one and whose names do not
agree. Where they agree, they are rather one person told twice, and it is the earliest told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations, product
from uuid import UUID

from rapidfuzz.distance import Levenshtein

from ampersand.core.folding import folded_words
from ampersand.members.models import Member
from ampersand.parties.models import Identifier, Party

# Words of a name that say nothing of whose it is.
_TITLES = set(
    "mr mrs ms miss dr prof sir herr frau monsieur madame mme sr sra dipl ing mag the and und et co inc ltd llc gmbh ag "
    "sa sarl bv nv plc kg ohg spa srl ab as oy corp company limited".split()
)


def names_agree(one: str, other: str) -> bool:
    """Whether two names may be one party's: they share a word that is no title, and are not two of one family, who are
    called alike last and otherwise first. No name, or an address for one, agrees.

    >>> names_agree("Dr. Jane Okafor", "okafor, j."), names_agree("Jane Okafor", "Sam Okoro")
    (True, False)
    >>> names_agree("Agnes Whitcombe", "Arthur Whitcombe"), names_agree("Agnes Whitcombe", "Mrs Whitcombe")
    (False, True)
    """
    if not one or not other or "@" in one or "@" in other:
        return True
    first, second = _telling_words(one), _telling_words(other)
    return not set(first).isdisjoint(second) and not _are_family(first, second)


def _are_family(first: Sequence[str], second: Sequence[str]) -> bool:
    called, other_called = first[:-1], second[:-1]
    return (
        first[-1] == second[-1]
        and bool(called and other_called)
        and not any(_may_be_one(word, another) for word, another in product(called, other_called))
    )


def _may_be_one(word: str, other: str) -> bool:
    """An initial, a short form, or a slip."""
    return word.startswith(other) or other.startswith(word) or Levenshtein.distance(word, other) < 2


def is_shared(holders: Sequence[Party]) -> bool:
    """Whether an address that is told of these parties is shared by several of them."""
    heads = {one.now_id or one.pk: one for one in holders}
    if len(heads) < 2 or any(one.is_ours for one in holders):
        return False
    return any(
        one.is_person != other.is_person or not names_agree(one.name, other.name)
        for one, other in combinations(heads.values(), 2)
    )


def whose(holders: Sequence[Party], *, address: str, called: Collection[str]) -> Party | None:
    """Whose a use of an address is, of those it is told of (the earliest first), by the names that stood beside it.

    Of a shared one: the one whose name agrees with all of these; else the one organisation among them; else nobody's,
    which is who is called as the address itself, where somebody is.
    """
    if not is_shared(holders):
        return holders[0]
    itself = [one for one in holders if one.name == address]
    named = [one for one in holders if one not in itself and called and _is_called(one, called)]
    if len({one.now_id or one.pk for one in named}) == 1:
        return named[0]
    houses = [one for one in holders if not one.is_person]
    if len({one.now_id or one.pk for one in houses}) == 1:
        return houses[0]
    return itself[0] if itself else None


def sharing(identifiers: Iterable[Identifier], *, of: Collection[UUID], member: Member) -> dict[str, list[str]]:
    """By address of these parties, the names of those who share it, as far as the member may see them. One query."""
    kinds = {(one.kind, one.value) for one in identifiers}
    if not kinds:
        return {}
    values = list({value for _kind, value in kinds})
    told = Identifier.objects.visible_to(member).standing().filter(value__in=values, party__erased_at=None)
    found: dict[str, dict[UUID, Party]] = {}
    for one in told.select_related("party__now").order_by("told_at", "id")[:200]:
        if (one.kind, one.value) in kinds:
            found.setdefault(one.value, {})[one.party_id] = one.party
    return {
        value: sorted({str(one) for one in holders.values() if one.pk not in of and (one.now_id or one.pk) not in of})
        for value, holders in found.items()
        if is_shared(list(holders.values()))
    }


def held(values: Collection[str], *, kinds: Collection[str]) -> set[str]:
    """Those of these addresses that are told of anybody."""
    told = Identifier.objects.standing().filter(value__in=list(values), kind__in=list(kinds))
    return set(told.values_list("value", flat=True))


def _is_called(party: Party, names: Collection[str]) -> bool:
    return all(name and "@" not in name and names_agree(party.name, name) for name in names)


def _telling_words(name: str) -> list[str]:
    """The words of a name without titles, what one is called by first; its last is the family's."""
    before, _comma, after = name.partition(",")
    words = [*folded_words(after), *folded_words(before)]
    return [word for word in words if word not in _TITLES] or words
