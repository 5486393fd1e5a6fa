"""Rows that say something about somebody without telling of trade or of a moment: offers in the making, notes, tasks done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from ampersand.channels.keys import own_facts
from ampersand.channels.outcomes import mark as _
from ampersand.channels.outcomes import plain
from ampersand.channels.run import Item, Run
from ampersand.channels.somebody import Fact, Somebody
from ampersand.channels.tables import offers
from ampersand.channels.tables.mapping import Mapping
from ampersand.channels.tables.meanings import Kind, Meaning
from ampersand.channels.tables.moments import as_instant, left_over
from ampersand.channels.tables.parties import Reader, as_text
from ampersand.channels.tables.rows import Row
from ampersand.parties.models import Because

# The label of a detail, stored in one language.
NOTE = "note"
NO_MEETING = _("It does not say that anybody met or spoke: kept as a detail.")


def about(row: Row, reader: Reader, mapping: Mapping, item: Item, *, run: Run) -> Iterator[Somebody]:
    """Those whom a row is about, with what it says: of an offer the organisation, of a note all whom it names."""
    told = row.values
    at = as_instant(told[Meaning.DATE], mapping.zone) if Meaning.DATE in told else run.at
    because = Because.TABLE
    organisation = reader.organisation_of(row, item.place, because=because, at=at)
    people = list(reader.people_of(row, item.place, because=because, at=at))
    is_offer = row.kind is Kind.OFFERS
    meant = [organisation] if organisation and is_offer else [*people, *filter(None, [organisation])]
    label, words = _said(row, mapping)
    for number, one in enumerate(meant):
        one.facts = [Fact(label, plain(words))]
        one.known_at = min(at, run.at)
        one.key = item.payload.key if not number else ""
        yield one


def why_kept(row: Row) -> str:
    return offers.why_kept(row.values) if row.kind is Kind.OFFERS else gettext(NO_MEETING) if _is_task(row) else ""


def erased(keys: Iterable[str], *, run: Run) -> set[str]:
    """Those of these keys whose party was erased since: what was told of them is not told again."""
    return {key for key, fact_id in own_facts(keys, run=run).items() if fact_id is None}


def _is_task(row: Row) -> bool:
    return row.kind is Kind.MOMENTS


def _said(row: Row, mapping: Mapping) -> tuple[str, str]:
    def in_words(value: Any) -> str:
        return as_text(value.astimezone(ZoneInfo(mapping.zone)).date() if isinstance(value, datetime) else value)

    told = row.values
    if row.kind is Kind.OFFERS:
        return offers.label_of(told), offers.words_of(told, in_words)
    day = in_words(told[Meaning.DATE]) if Meaning.DATE in told else ""
    return NOTE, ": ".join(filter(None, [day, _words(row, mapping)]))


def _words(row: Row, mapping: Mapping) -> str:
    """The subject and the words, and below them what the row of a task says besides."""
    told, headers = row.values, {column.meaning: column.name for column in mapping.columns}
    besides = left_over(told, headers) if _is_task(row) else ()
    return "\n".join(filter(None, [told.get(Meaning.SUBJECT, ""), told.get(Meaning.WORDS, ""), *besides]))
