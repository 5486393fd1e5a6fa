"""The house's own book as records to compare: every party that stands for itself, with what is told of those one with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from ampersand.core import ready
from ampersand.parties.doubles.traits import PERSON, Traits

# So many are fetched at once; of more a part at a time.
FEW = 200

_POSTCODE = re.compile(r"^((?:\S*\d\S*\s+)+)(.+)$")


def records(party_ids: Collection[UUID] | None = None) -> Iterator[Traits]:
    """The records of these parties, or of all outside the house: one read of the book, a few thousand at a time."""
    if party_ids is not None and len(party_ids) <= FEW:
        yield from map(_traits, ready.rows_of(_RECORDS_OF, [list(party_ids)]))
        return
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_RECORDS if party_ids is None else _RECORDS_OF, [] if party_ids is None else [list(party_ids)])
        while rows := cursor.fetchmany(5_000):
            yield from map(_traits, rows)


def met_since(pairs: Sequence[tuple[UUID, UUID]], *, since: datetime) -> set[tuple[UUID, UUID]]:
    """Those of the pairs of whom both were in contact since an instant."""
    return _of_pairs(_MET, pairs, since)


def at_both_ends(pairs: Sequence[tuple[UUID, UUID]]) -> set[tuple[UUID, UUID]]:
    """Those of the pairs of whom one wrote to the other: nobody writes to themselves."""
    return _of_pairs(_BOTH_ENDS, pairs)


def _of_pairs(statement: str, pairs: Sequence[tuple[UUID, UUID]], *more: datetime) -> set[tuple[UUID, UUID]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [[one for one, _ in pairs], [other for _, other in pairs], *more])
        return {(one, other) for one, other in cursor.fetchall()}


def _traits(row: tuple[object, ...]) -> Traits:
    key, kind, name, organisation, emails, phones, urls, systems, numbers, addresses, birthdays = row
    street, postcode, town, region = _parted(next(iter(addresses or ()), ""))  # type: ignore[call-overload]
    return Traits(
        key=str(key),
        kind=str(kind) if kind == PERSON else "organisation",
        name=str(name),
        street=street,
        postcode=postcode,
        town=town,
        region=region,
        birthday=next(iter(birthdays or ()), ""),  # type: ignore[call-overload]
        emails=tuple(emails or ()),  # type: ignore[arg-type]
        phones=tuple(phones or ()),  # type: ignore[arg-type]
        urls=tuple(urls or ()),  # type: ignore[arg-type]
        organisation=str(organisation or ""),
        numbers=tuple(zip(systems or (), numbers or (), strict=True)),  # type: ignore[call-overload]
    )


def _parted(address: str) -> tuple[str, str, str, str]:
    """Street, postcode, town and region of an address in one line, as import writes it.

    >>> _parted("5 Mill Lane, BS1 4AA Bristol, Avon, UK"), _parted("12345 Entenhausen")
    (('5 Mill Lane', 'BS1 4AA', 'Bristol', 'Avon'), ('', '12345', 'Entenhausen', ''))
    """
    parts = [part.strip() for part in re.split(r"[,\n]", address) if part.strip()]
    at = next((index for index, part in enumerate(parts) if index and _POSTCODE.match(part)), None)
    if at is None and len(parts) == 1 and re.match(r"^\d{4,6}\s", parts[0]):
        at = 0
    if at is None:
        return parts[0] if parts else "", "", parts[1] if len(parts) > 1 else "", ""
    found = _POSTCODE.match(parts[at])
    postcode, town = (found[1].strip(), found[2]) if found else ("", parts[at])
    region = parts[at + 1] if len(parts) > at + 1 else ""
    return ", ".join(parts[:at]), postcode, town, region


# What others told of one who is taken for this one counts too; asked as one array, since two conditions with "or" have the
# planner read all identifiers of the book for each. The tables of moments are named here and not imported, as
# they belong to an app above; a test of this module fails when they are called otherwise.
_RECORDS = """
    SELECT p.id::text, p.kind, p.name,
        (SELECT o.name FROM parties_tie t JOIN parties_party o ON o.id = t.to_party_id
         WHERE t.from_party_id = p.id AND t.kind = 'works_at' AND t.withdrawn_at IS NULL AND t.until_on IS NULL
         ORDER BY t.told_at DESC, t.id LIMIT 1),
        told.emails, told.phones, told.urls, told.systems, told.numbers, said.addresses, said.birthdays
    FROM parties_party p
    LEFT JOIN LATERAL (
        SELECT array_agg(i.value) FILTER (WHERE i.kind = 'email') AS emails,
            array_agg(i.value) FILTER (WHERE i.kind = 'phone') AS phones,
            array_agg(i.value) FILTER (WHERE i.kind IN ('url', 'domain')) AS urls,
            array_agg(i.label ORDER BY i.id) FILTER (WHERE i.kind = 'external') AS systems,
            array_agg(i.value ORDER BY i.id) FILTER (WHERE i.kind = 'external') AS numbers
        FROM parties_identifier i WHERE i.withdrawn_at IS NULL
        AND i.party_id = ANY (ARRAY(SELECT p.id UNION ALL SELECT m.id FROM parties_party m WHERE m.now_id = p.id))
    ) AS told ON true
    LEFT JOIN LATERAL (
        SELECT array_agg(d.value ORDER BY d.told_at DESC, d.id) FILTER (WHERE d.label = 'postal address') AS addresses,
            array_agg(d.value ORDER BY d.told_at DESC, d.id) FILTER (WHERE d.label = 'birthday') AS birthdays
        FROM parties_detail d WHERE d.withdrawn_at IS NULL AND d.label IN ('postal address', 'birthday')
        AND d.party_id = ANY (ARRAY(SELECT p.id UNION ALL SELECT m.id FROM parties_party m WHERE m.now_id = p.id))
    ) AS said ON true
    WHERE p.now_id IS NULL AND p.erased_at IS NULL AND p.member_id IS NULL AND NOT p.is_house AND NOT p.is_colleague
    AND p.name <> ''
"""
_RECORDS_OF = f"{_RECORDS} AND p.id = ANY (%s::uuid[])"
_MET = """
    WITH pair AS (SELECT * FROM unnest(%s::uuid[], %s::uuid[]) AS pair (one, other)),
    met AS (
        SELECT DISTINCT took.party_id FROM timeline_participant took
        WHERE took.happened_at >= %s AND took.party_id IN (SELECT one FROM pair UNION SELECT other FROM pair))
    SELECT one, other FROM pair WHERE one IN (SELECT party_id FROM met) AND other IN (SELECT party_id FROM met)
"""
_BOTH_ENDS = """
    SELECT one, other FROM unnest(%s::uuid[], %s::uuid[]) AS pair (one, other)
    WHERE EXISTS (
        SELECT FROM timeline_participant took JOIN timeline_participant beside ON beside.moment_id = took.moment_id
        WHERE took.party_id = one AND beside.party_id = other
        AND 'from' IN (took.role, beside.role) AND took.role <> beside.role)
"""
