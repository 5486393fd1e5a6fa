"""Parties that become known through an import, many at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from ampersand.channels.copying import copy_missing
from ampersand.channels.run import Run
from ampersand.core.ids import new_id
from ampersand.parties import actions as book
from ampersand.parties import merging
from ampersand.parties.models import Because, Relationship


def become_known(parties: Mapping[UUID, tuple[Because, datetime]], *, run: Run) -> set[UUID]:
    """Begin the relationship with each of these parties that has none; answers those with whom one began.

    Each comes with why, and with the day of the evidence. Those who are ours must not be among them.
    """
    source_id = run.import_.source_id
    fresh = [
        (new_id(), party_id, because, known_at, run.at, source_id)
        for party_id, (because, known_at) in sorted(parties.items())
    ]
    columns = ("id", "party_id", "because", "known_at", "told_at", "source_id")
    began = copy_missing(Relationship, columns, fresh, known_by=["party_id"], answer="party_id")
    if began:
        # Of whom is taken for another, that other is known from now on too.
        merging.keep_worked_out(began, at=run.at)
    return began


def make_findable(party_ids: Collection[UUID]) -> None:
    """Put the names and addresses of known parties where search finds them; traces are not put there."""
    book.index_many(party_ids)
