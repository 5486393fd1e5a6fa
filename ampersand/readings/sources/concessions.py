"""What either side gave for the other: what *give and take* is read from."""

from __future__ import annotations

from datetime import datetime

from ampersand.readings.sources.people import DAY, EACH_ONCE, instant, local_day, nobody_closed, while_tied

SCHEMA = {
    "relationship_id": "string",
    "concession_id": "string",
    "is_ours": "boolean",
    "room": "string",
    "day": "int64",
    "is_gift": "boolean",
    "in_return_for": "string",
}


def sql(as_of: datetime, *, each: str = EACH_ONCE) -> str:
    """A row for each firm concession and relationship it belongs to, as known and as happened until `as_of`.

    `day` counts days since 1970. `in_return_for` is the id of the one that it answers, or empty. Left out: what is
    tentative or was drawn back, what is in *mine*, what was withdrawn, relationships of which either side wishes that give
    and take is not read, then or today, and those with a party behind another relationship that is closed. An
    organisation has those of its people while they worked there.
    """
    until = instant(as_of)
    return f"""
        SELECT {each} people.relationship_id::text AS relationship_id, c.id::text AS concession_id, c.is_ours,
            c.room::text AS room, {DAY.format(column="c.happened_on")} AS day, c.is_gift,
            coalesce(c.in_return_for_id::text, '') AS in_return_for
        FROM people
        JOIN parties_relationship told ON told.party_id = people.party_id
        JOIN exchange_concession c ON c.relationship_id = told.id AND c.room <> 'mine'
            AND c.told_at <= {until} AND (c.withdrawn_at IS NULL OR c.withdrawn_at > {until})
            AND c.happened_on <= {local_day(as_of)}
            AND (NOT c.is_tentative OR c.firm_at <= {until}) AND (c.drawn_back_at IS NULL OR c.drawn_back_at > {until})
            AND {while_tied("c.happened_on")}
        WHERE NOT EXISTS (
            SELECT FROM exchange_giveandtakeoff wished JOIN itself ON itself.relationship_id = people.relationship_id
            JOIN parties_relationship one ON one.party_id = itself.party_id AND one.id = wished.relationship_id
            WHERE wished.ended_at IS NULL OR wished.at <= {until} AND wished.ended_at > {until})
        AND {nobody_closed("c.by_id", "c.to_id")}
    """  # noqa: S608
