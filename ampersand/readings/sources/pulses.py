"""Pulses that were opened: what *agree and differ* and *right way* are read from. What is sealed is not here."""

from __future__ import annotations

from datetime import datetime

from ampersand.readings.sources.people import DAY, EACH_ONCE, ZONE, instant, nobody_closed, while_tied

SCHEMA = {
    "relationship_id": "string",
    "pulse_id": "string",
    "day": "int64",
    "question": "int64",
    "mode": "string",
    "meeting": "string",
    "ours": "string",
    "theirs": "string",
    "worth_ours": "string",
    "worth_theirs": "string",
    "is_heard_ours": "boolean",
    "is_heard_theirs": "boolean",
}


_OWN = "(people.relationship_id, people.party_id) IN (SELECT relationship_id, party_id FROM itself)"


def sql(as_of: datetime, *, each: str = EACH_ONCE) -> str:
    """A row for each question of an opened pulse and relationship, as opened until `as_of`.

    `day` counts days since 1970, of the opening; `ours` and `theirs` are the plain word each side chose, or empty;
    `is_heard_...` says that the side said anything to the question at all. Where it asks about a meeting, `mode` is that of the
    meeting and `meeting` tells it from others, else both are empty, and `worth_...` is what each side said of it (`worth`,
    `not_worth`) or empty. A meeting that was withdrawn is left out with what was said of it.

    An organisation has its own, and of the meetings of its people those that were while they worked there; how it goes with
    them each says for themselves. Left out are those of somebody behind another relationship that is closed.
    """
    until = instant(as_of)
    said = "answer.said -> (asked.place - 1)::int"
    word = "coalesce({side}.answer ->> 'feeling', '')"
    worth = "coalesce({side}.answer ->> 'worth', '')"
    heard = (
        "coalesce({side}.answer ->> 'feeling', '') <> '' OR coalesce({side}.answer ->> 'words', '') <> ''"
        " OR coalesce({side}.answer ->> 'worth', '') <> ''"
    )
    sides = " ".join(
        f"""LEFT JOIN LATERAL (
            SELECT {said} AS answer FROM between_pulseanswer answer
            WHERE answer.pulse_id = pulse.id AND answer.is_ours = {is_ours} AND answer.said IS NOT NULL
            AND answer.burned_at IS NULL) AS {side} ON true"""  # noqa: S608
        for side, is_ours in (("ours", "true"), ("theirs", "false"))
    )
    return f"""
        SELECT {each} people.relationship_id::text AS relationship_id, pulse.id::text AS pulse_id,
            {DAY.format(column=f"(pulse.opened_at AT TIME ZONE {ZONE})::date")} AS day, asked.place::bigint AS question,
            pulse.moment_mode::text AS mode,
            CASE WHEN pulse.moment_mode = '' THEN '' ELSE coalesce(pulse.moment_id, pulse.id)::text END AS meeting,
            {word.format(side="ours")} AS ours, {word.format(side="theirs")} AS theirs,
            {worth.format(side="ours")} AS worth_ours, {worth.format(side="theirs")} AS worth_theirs,
            {heard.format(side="ours")} AS is_heard_ours, {heard.format(side="theirs")} AS is_heard_theirs
        FROM people
        JOIN parties_relationship told ON told.party_id = people.party_id
        JOIN between_pulse pulse ON pulse.relationship_id = told.id AND pulse.opened_at <= {until}
            AND ({_OWN} OR pulse.moment_mode <> '' AND {while_tied("pulse.moment_on")} AND {nobody_closed("people.party_id")})
        CROSS JOIN LATERAL jsonb_array_elements(pulse.questions::jsonb) WITH ORDINALITY AS asked(words, place)
        LEFT JOIN timeline_moment met ON met.id = pulse.moment_id
        {sides}
        WHERE met.withdrawn_at IS NULL OR met.withdrawn_at > {until}
    """  # noqa: S608
