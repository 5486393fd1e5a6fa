"""What was understood as plain lists, in the format of the lab (one object a note)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from ampersand.notebook.reader.pieces import Person, Understood, Who


def understood_as_lists(understood: Understood) -> dict[str, list[Any]]:
    """Names are the book's, or the best the note gives; "us" is the writer's side; days are ISO, amounts numbers."""
    words = understood.words
    return {
        "encounters": [
            {"channel": e.channel, "on": _day(e.on), "with": _names(e.people)} for e in understood.encounters
        ],
        "people": [_person(p, words) for p in understood.people],
        "promises": [
            {"by": _name(p.by), "to": _name(p.to), "what": p.what.of(words), "due": _day(p.due_on)}
            for p in understood.promises
        ],
        "concessions": [
            {
                "by": _name(c.by),
                "to": _name(c.to),
                "what": c.what.of(words),
                "amount": _amount(c.amount),
                "currency": c.currency,
            }
            for c in understood.concessions
        ],
        "transactions": [
            {"kind": t.kind, "party": _name(t.party), "amount": _amount(t.amount), "currency": t.currency}
            for t in understood.transactions
        ],
        "values": [{"of": _name(v.of), "what": v.what.of(words)} for v in understood.values],
        "ties": [{"from": _name(t.from_), "to": _name(t.to), "kind": t.kind} for t in understood.ties],
        "questions": [q.what.of(words) for q in understood.questions],
        "plans": [{"channel": p.channel, "on": _day(p.on), "with": _names(p.people)} for p in understood.plans],
    }


def _person(person: Person, words: str) -> dict[str, Any]:
    known = person.who.known
    return {
        "mention": person.spans[0].of(words),
        "party": known.name if known is not None else None,
        "name": person.who.name,
        "org": person.organisation,
        "role": person.role,
    }


def _name(who: Who) -> str:
    return "us" if who.is_us else who.name


def _names(people: tuple[Who, ...]) -> list[str]:
    return [_name(who) for who in people]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _amount(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)
