"""How a promise's row follows what was said of it: a trigger of the database, so that no code has to remember it."""

from __future__ import annotations

from collections.abc import Sequence

import pgtrigger

from ampersand.core.as_known import SCHEMA, THEN
from ampersand.promises.states import AGREEING, DATING, PUTTING, SETTLING, EventKind


def _sql(kinds: Sequence[EventKind]) -> str:
    return ", ".join(f"'{kind.value}'" for kind in kinds)


# What each column is after all that was said of a promise, the row `p`.
_FOLLOWS = {
    "settled_at": """
            SELECT e.at FROM {event} e WHERE e.promise_id = p.id AND e.kind IN ({settling})
            AND NOT EXISTS (SELECT FROM {event} b WHERE b.takes_back_id = e.id)
            ORDER BY e.at DESC, e.id DESC LIMIT 1""",
    "offered_at": """
            SELECT CASE WHEN e.kind IN ({putting}) THEN e.at END FROM {event} e
            WHERE e.promise_id = p.id AND e.kind IN ({putting}, {agreeing})
            AND NOT EXISTS (SELECT FROM {event} b WHERE b.takes_back_id = e.id)
            ORDER BY e.at DESC, e.id DESC LIMIT 1""",
    "due_on": """
            SELECT agreed.due_on FROM (
                SELECT p.first_due_on AS due_on, NULL::timestamptz AS at, NULL::uuid AS id
                UNION ALL
                SELECT e.due_on, e.at, e.id FROM {event} e WHERE e.promise_id = p.id AND e.kind IN ({dating})
                AND NOT EXISTS (SELECT FROM {event} b WHERE b.takes_back_id = e.id)) AS agreed
            ORDER BY agreed.at DESC NULLS LAST, agreed.id DESC NULLS LAST LIMIT 1""",
}
_FOLLOW_EVENTS = """
    UPDATE {promise} p SET
        settled_at = ({settled_at}),
        offered_at = ({offered_at}),
        due_on = ({due_on})
    WHERE p.id IN (SELECT promise_id FROM {rows});
    RETURN NULL;
"""
for _name, _words in _FOLLOWS.items():
    _FOLLOW_EVENTS = _FOLLOW_EVENTS.replace(f"{{{_name}}}", _words)
_KINDS = {"settling": SETTLING, "putting": PUTTING, "agreeing": AGREEING, "dating": DATING}
for _name, _kinds in _KINDS.items():
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


def _then(column: str) -> str:
    """A column as it followed what had been said by then (`core/as_known.py`); as it is where nothing was said since."""
    words = _FOLLOWS[column].replace("p.", "it.").replace("{event}", f"{SCHEMA}.promises_promiseevent")
    for name, kinds in _KINDS.items():
        words = words.replace(f"{{{name}}}", _sql(kinds))
    since = f"SELECT FROM public.promises_promiseevent l WHERE l.promise_id = it.id AND l.told_at > {THEN}"
    return f"CASE WHEN EXISTS ({since}) THEN ({words}) ELSE it.{column} END"


FOLLOWS_THEN = {column: _then(column) for column in _FOLLOWS}
# What one of us asks another is between the two until it is promised (`models._asked_of_nobody_else`): where that is so today,
# it is so on every day.
FOLLOWS_THEN["offered_at"] = (
    "CASE WHEN it.relationship_id IS NULL AND it.to_id IS NOT NULL AND it.offered_at IS NOT NULL THEN it.offered_at"
    f" ELSE ({FOLLOWS_THEN['offered_at']}) END"
)
# What it is about, as the last to say so by then said it: empty where its words alone tell.
FOLLOWS_THEN["kind"] = f"""
    CASE WHEN it.kind = '' THEN '' ELSE coalesce((
        SELECT e.sort FROM {SCHEMA}.promises_promiseevent e WHERE e.promise_id = it.id AND e.kind = '{EventKind.SORTED}'
        ORDER BY e.at DESC, e.id DESC LIMIT 1), '') END"""  # noqa: S608  names of our own
