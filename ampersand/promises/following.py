"""How a promise's row follows what was said of it: a trigger of the database, so that no code has to remember it."""

from __future__ import annotations

from collections.abc import Sequence

import pgtrigger

from ampersand.promises.states import AGREEING, DATING, PUTTING, SETTLING, EventKind


def _sql(kinds: Sequence[EventKind]) -> str:
    return ", ".join(f"'{kind.value}'" for kind in kinds)


_FOLLOW_EVENTS = """
    UPDATE {promise} p SET
        settled_at = (
            SELECT e.at FROM {event} e WHERE e.promise_id = p.id AND e.kind IN ({settling})
            AND NOT EXISTS (SELECT FROM {event} b WHERE b.takes_back_id = e.id)
            ORDER BY e.at DESC, e.id DESC LIMIT 1),
        offered_at = (
            SELECT CASE WHEN e.kind IN ({putting}) THEN e.at END FROM {event} e
            WHERE e.promise_id = p.id AND e.kind IN ({putting}, {agreeing})
            AND NOT EXISTS (SELECT FROM {event} b WHERE b.takes_back_id = e.id)
            ORDER BY e.at DESC, e.id DESC LIMIT 1),
        due_on = (
            SELECT agreed.due_on FROM (
                SELECT p.first_due_on AS due_on, NULL::timestamptz AS at, NULL::uuid AS id
                UNION ALL
                SELECT e.due_on, e.at, e.id FROM {event} e WHERE e.promise_id = p.id AND e.kind IN ({dating})
                AND NOT EXISTS (SELECT FROM {event} b WHERE b.takes_back_id = e.id)) AS agreed
            ORDER BY agreed.at DESC NULLS LAST, agreed.id DESC NULLS LAST LIMIT 1)
    WHERE p.id IN (SELECT promise_id FROM {rows});
    RETURN NULL;
"""
for _name, _kinds in {"settling": SETTLING, "putting": PUTTING, "agreeing": AGREEING, "dating": DATING}.items():
    _FOLLOW_EVENTS = _FOLLOW_EVENTS.replace(f"{{{_name}}}", _sql(_kinds))


def follow(name: str, operation: pgtrigger.Operation, rows: str) -> pgtrigger.Trigger:
    side = "new" if operation is pgtrigger.Insert else "old"
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**{side: rows}),  # type: ignore[no-untyped-call]
        func=_FOLLOW_EVENTS.format(promise="promises_promise", event="promises_promiseevent", rows=rows),
    )
