"""Parties that become known through an import, many at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from ampersand.channels import told_again
from ampersand.channels.copying import Row, copy_missing, copy_rows, fetch
from ampersand.channels.run import Run
from ampersand.core.ids import text_ids
from ampersand.parties import actions as book
from ampersand.parties import merging
from ampersand.parties.models import Because, Relationship

_COLUMNS = ("id", "party_id", "because", "known_at", "told_at", "source_id")
_KNOWN = "SELECT party_id FROM parties_relationship WHERE party_id = ANY (%s)"


def become_known(
    parties: Mapping[UUID, tuple[Because, datetime]], *, run: Run, fresh_ids: Collection[UUID] = ()
) -> set[UUID]:
    """Begin the relationship with each of these parties that has none; answers those with whom one began.

    Each comes with why, and with the day of the evidence. Those who are ours must not be among them. With `fresh_ids`,
    who was just written down, nothing can have begun.
    """
    new = [party_id for party_id in parties if party_id in fresh_ids]
    copy_rows(Relationship, _COLUMNS, _rows(new, parties, run))
    others = parties.keys() - set(new)
    known = {party_id for (party_id,) in fetch(_KNOWN, list(others))} if others else set()
    told_again.note_relationships({party_id: parties[party_id] for party_id in known}, run=run)
    rows = _rows(sorted(others - known), parties, run)
    began = copy_missing(Relationship, _COLUMNS, rows, known_by=["party_id"], answer="party_id").union(new)
    if began:
        # Of whom is taken for another, that other is known from now on too.
        merging.keep_worked_out(began, at=run.at)
    return began


def _rows(party_ids: Sequence[UUID], parties: Mapping[UUID, tuple[Because, datetime]], run: Run) -> list[Row]:
    own_ids, told = text_ids(len(party_ids)), (run.at, run.import_.source_id)
    return [(own_id, party_id, *parties[party_id], *told) for own_id, party_id in zip(own_ids, party_ids, strict=True)]


def make_findable(party_ids: Collection[UUID]) -> None:
    """Put the names and addresses of known parties where search finds them; traces are not put there."""
    book.index_many(party_ids)
