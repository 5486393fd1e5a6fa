"""Trade of a relationship's own party. No reading of the relationship rests on it alone."""

from __future__ import annotations

from datetime import datetime

from ampersand.readings.sources.people import DAY, instant, local_day

SCHEMA = {
    "relationship_id": "string",
    "transaction_id": "string",
    "day": "int64",
    "kind": "string",
    "amount": "float64",
    "currency": "string",
}


def sql(as_of: datetime) -> str:
    """A row for each transaction of a relationship's own party, as known and as happened until `as_of`.

    `day` counts days since 1970; `amount` is in `currency`, 0 where none was told. Talk is between people and trade between
    organisations: a person has what was told of that person, not the trade of where they work.
    """
    until = instant(as_of)
    return f"""
        SELECT itself.relationship_id::text AS relationship_id, t.id::text AS transaction_id,
            {DAY.format(column="t.happened_on")} AS day, t.kind::text AS kind,
            coalesce(t.amount, 0)::float8 AS amount, t.currency::text AS currency
        FROM itself JOIN exchange_transaction t ON t.party_id = itself.party_id
        WHERE t.told_at <= {until} AND (t.withdrawn_at IS NULL OR t.withdrawn_at > {until})
        AND t.happened_on <= {local_day(as_of)}
    """  # noqa: S608
