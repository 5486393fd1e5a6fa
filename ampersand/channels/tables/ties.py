"""Ties that columns of a table tell: to whom somebody reports, who assists them, what an organisation is part of.

The other end may stand further down, in another file of the same export, or in the book already. So these are told when
all rows are in: a number tells who is meant anywhere, a name alone those whom this import tells of. Where it is not to be
known who is meant, what the cell says is kept as a detail.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar
from uuid import UUID

from ampersand.channels.copying import copy_missing, fetch
from ampersand.channels.keys import own_facts
from ampersand.channels.outcomes import plain
from ampersand.channels.people import sort_keys
from ampersand.channels.run import Run
from ampersand.channels.tables import forms
from ampersand.channels.tables.mapping import Mapping as Columns
from ampersand.channels.tables.meanings import TIES, Meaning
from ampersand.channels.tables.rows import Row
from ampersand.core.folding import fold
from ampersand.core.ids import new_id
from ampersand.parties.models import Detail, IdentifierKind, PartyKind, Tie, TieKind

K = TypeVar("K")

_BATCH = 5_000
_TOLD = ("told_at", "told_by_id", "source_id", "place")
# The role of a tie, and the labels of details, stored in one language.
_ASSISTANT, _SPOUSE = "assistant", "spouse"
_LABELS = {
    Meaning.REPORTS_TO: "reports to",
    Meaning.PART_OF: "belongs to",
    Meaning.ASSISTANT: _ASSISTANT,
    Meaning.SPOUSE: _SPOUSE,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one cell says: with whom the party of this row is tied. `of_list` is the list a number is from, `said` what is
    kept where nobody has it.
    """

    key: str
    place: str
    meaning: Meaning
    words: str
    heading: str
    of_list: str = ""
    said: str = ""

    @property
    def number(self) -> str:
        """The number as the book keeps it (`Reader._numbered`)."""
        return f"{self.of_list.partition(' ')[0]} {self.words}"[:320]


def may_be_told(mapping: Columns) -> bool:
    """Whether rows of a table tell ties at all."""
    return any(column.meaning in TIES for column in mapping.columns) or _is_of_both(mapping)


def wanted_by(row: Row, key: str, place: str, mapping: Columns) -> Iterator[Wanted]:
    """The ties that a row tells of its own party."""
    lists = {column.label for column in mapping.columns if column.meaning in TIES and column.form in forms.NUMBERS}
    for meaning in TIES:
        for heading, cell in row.values.get(meaning, ()):
            words = plain(cell).strip()
            if heading not in lists:
                yield Wanted(key, place, meaning, words, heading, said=words)
            elif words.strip("0"):  # nobody's number
                said = dict(mapping.names).get(words, words)
                yield Wanted(key, place, meaning, words, _LABELS[meaning], heading, said)
    # Elsewhere a row without a person stands for the very organisation that it names.
    if _is_of_both(mapping) and row.values.get(Meaning.IS_ORGANISATION) and row.values.get(Meaning.NAME):
        yield from _whole_of(row, key, place, mapping)


def _is_of_both(mapping: Columns) -> bool:
    """Whether a table says of each row whether it is an organisation or a person."""
    return any(column.meaning is Meaning.IS_ORGANISATION for column in mapping.columns)


def _whole_of(row: Row, key: str, place: str, mapping: Columns) -> Iterator[Wanted]:
    """In a table of both, what would be a person's employer is what an organisation is part of."""
    for meaning in (Meaning.ORGANISATION_ID, Meaning.ORGANISATION):
        column = next((column for column in mapping.columns if column.meaning is meaning), None)
        told = plain(row.values.get(meaning, "")).strip()
        if column and told and fold(told) != fold(row.values[Meaning.NAME]):
            of_list = column.label if meaning is Meaning.ORGANISATION_ID else ""
            yield Wanted(key, place, Meaning.PART_OF, told, _LABELS[Meaning.PART_OF], of_list, told)
            return


def tell_all(wanted: Iterable[Wanted], *, run: Run) -> None:
    """Tell these ties, or keep as details what they say; told before, nothing changes. So many queries a batch."""
    rest = iter(wanted)
    while batch := list(islice(rest, _BATCH)):
        _tell(batch, run=run)


def _tell(batch: Sequence[Wanted], *, run: Run) -> None:
    own = own_facts((one.key for one in batch), run=run)
    by_number, by_name = _numbered(batch), _named(batch, run=run)
    kinds = _kinds({*filter(None, own.values()), *_in(by_number), *_in(by_name)})
    told = (run.at, run.member.pk, run.import_.source_id)
    ties: dict[tuple[str, UUID, UUID], tuple[object, ...]] = {}
    details: dict[tuple[UUID, str, str], tuple[object, ...]] = {}
    for one in batch:
        party_id = own.get(one.key)
        if party_id not in kinds:
            continue  # erased since, or taken back
        found = by_number[one.of_list, one.number] if one.of_list else by_name[fold(one.words)]
        ends = _ends(one, party_id, {other for other in found if _fits(one.meaning, kinds.get(other, ""))}, kinds)
        if ends:
            ties.setdefault(ends[:3], (new_id(), *ends, *told, one.place[:300]))
        else:
            name = (party_id, one.heading[:80], one.said)
            details.setdefault(name, (new_id(), *name, *told, one.place[:300]))
    copy_missing(
        Tie,
        ("id", "kind", "from_party_id", "to_party_id", "role", *_TOLD),
        [*ties.values()],
        known_by=["kind", "from_party_id", "to_party_id"],
        answer="from_party_id",
    )
    copy_missing(
        Detail,
        ("id", "party_id", "label", "value", *_TOLD),
        [*details.values()],
        known_by=["party_id", "label", "value"],
        answer="party_id",
    )


def _ends(one: Wanted, party_id: UUID, others: set[UUID], kinds: dict[UUID, str]) -> tuple[str, UUID, UUID, str] | None:
    """The kind of the tie, from whom to whom, and in what role; nothing where it is not one other of the right kind."""
    others.discard(party_id)
    if len(others) != 1 or not _fits(one.meaning, kinds[party_id]):
        return None
    (other,) = others
    if one.meaning is Meaning.REPORTS_TO:
        return TieKind.REPORTS_TO, party_id, other, ""
    if one.meaning is Meaning.ASSISTANT:
        return TieKind.REPORTS_TO, other, party_id, _ASSISTANT
    if one.meaning is Meaning.PART_OF:
        return TieKind.PART_OF, party_id, other, ""
    first, second = sorted((party_id, other))  # told from both ends it is one tie
    return TieKind.FAMILY_OF, first, second, _SPOUSE


def _fits(meaning: Meaning, kind: str) -> bool:
    return bool(kind) and (kind == PartyKind.PERSON) != (meaning is Meaning.PART_OF)


def _numbered(batch: Sequence[Wanted]) -> defaultdict[tuple[str, str], set[UUID]]:
    found: defaultdict[tuple[str, str], set[UUID]] = defaultdict(set)
    told = fetch(
        "SELECT label, value, party_id FROM parties_identifier"
        " WHERE kind = %s AND value = ANY (%s) AND withdrawn_at IS NULL",
        IdentifierKind.EXTERNAL.value,
        sorted({one.number for one in batch if one.of_list}),
    )
    for label, value, party_id in told:
        found[label, value].add(party_id)
    return found


def _named(batch: Sequence[Wanted], *, run: Run) -> defaultdict[str, set[UUID]]:
    """Those of exactly these names of whom this import told."""
    names = {one.words for one in batch if not one.of_list}
    wanted = {fold(name) for name in names}
    found: defaultdict[str, set[UUID]] = defaultdict(set)
    told = fetch(
        "SELECT party.id, party.name FROM parties_party AS party WHERE party.sort_key = ANY (%s)"
        " AND party.erased_at IS NULL AND EXISTS (SELECT FROM channels_importitem AS line"
        " WHERE line.run_id = %s AND line.fact_id = party.id)",
        sorted({key for name in names for key in sort_keys(name)}),
        run.import_.pk,
    )
    for party_id, name in told:
        if fold(name) in wanted:
            found[fold(name)].add(party_id)
    return found


def _kinds(ids: set[UUID]) -> dict[UUID, str]:
    return dict(fetch("SELECT id, kind FROM parties_party WHERE id = ANY (%s) AND erased_at IS NULL", list(ids)))


def _in(found: Mapping[K, set[UUID]]) -> set[UUID]:
    return {party_id for ids in found.values() for party_id in ids}
