"""What was understood of a note, as rows that can be put right: between the reader and the page, the reader and the keeping.

A row holds fields as plain values. A party is a reference: `us`, `party:<id>`, `colleague:<name>`, `new:<name>`. What the
writer put right arrives as `{"<row>.<field>": value}`, and `{"<row>": ""}` leaves a row out. A row's key is made from its
kind and the words it was read from, so that it stays the same while the writer types on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from ampersand.core.clock import parse_date
from ampersand.core.folding import folded_words
from ampersand.exchange.models import TransactionKind
from ampersand.notebook.models import PieceKind
from ampersand.notebook.reader.pieces import (
    Concession,
    Encounter,
    Guess,
    Person,
    Piece,
    Plan,
    Promise,
    Question,
    Tie,
    Transaction,
    Understood,
    Value,
    Who,
)
from ampersand.parties.models import TieKind
from ampersand.timeline.models import Mode

US = "us"

MODES = {
    "visit": Mode.VISIT,
    "call": Mode.CALL,
    "video": Mode.VIDEO,
    "email": Mode.MAIL,
    "message": Mode.MESSAGE,
    "event": Mode.GATHERING,
    "letter": Mode.LETTER,
}


@dataclass(frozen=True)
class Row:
    """One thing understood. `start` and `end` are its words in the note; `other` is the second guess for one field."""

    kind: PieceKind
    key: str
    start: int
    end: int
    fields: Mapping[str, str]
    is_unsure: bool = False
    other: tuple[str, str] | None = None
    is_left_out: bool = False
    was_put_right: bool = False

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")

    def people(self) -> list[str]:
        """The references of those who took part."""
        return [value for name, value in self.fields.items() if name.startswith("who") and value]

    def references(self) -> list[str]:
        """Every party this row means or may mean."""
        told = [*self.fields.items(), *([self.other] if self.other else [])]
        return [value for name, value in told if names_a_party(name)]


def names_a_party(field: str) -> bool:
    """Whether a field of a row holds a reference; all others hold words, days, numbers or kinds."""
    return field.startswith("who") or field in ("by", "to", "of", "from", "party")


def rows_of(understood: Understood, *, corrections: Mapping[str, str] | None = None) -> list[Row]:
    """The rows of what was understood, with what the writer put right."""
    rows, taken = [], dict[str, int]()
    for row in _rows(understood):
        # The same words read twice as the same kind: the second is told apart by its number.
        taken[row.key] = taken.get(row.key, 0) + 1
        key = row.key if taken[row.key] == 1 else f"{row.key}~{taken[row.key]}"
        rows.append(_put_right(replace(row, key=key), corrections or {}))
    return rows


def reference(who: Who) -> str:
    """A party of the note as text."""
    if who.is_us:
        return US
    if who.known is not None:
        return f"party:{who.known.id}"
    return f"colleague:{who.name}" if who.is_colleague else f"new:{who.name}"


def _rows(understood: Understood) -> Iterator[Row]:
    words = understood.words
    for meeting in understood.encounters:
        yield _meeting(PieceKind.ENCOUNTER, meeting, words)
    for person in understood.people:
        if not person.who.is_us and not person.who.is_colleague and person.who.known is None:
            yield _person(person, words)
    for promise in understood.promises:
        yield _promise(promise, words)
    for concession in understood.concessions:
        yield _concession(concession, words)
    for transaction in understood.transactions:
        yield _transaction(transaction, words)
    for value in understood.values:
        yield _value(value, words)
    for tie in understood.ties:
        yield _tie(tie, words)
    for plan in understood.plans:
        yield _meeting(PieceKind.PLAN, plan, words)
    for question in understood.questions:
        yield _question(question, words)


def _row(kind: PieceKind, piece: Piece, words: str, fields: Mapping[str, str], guessed: str = "") -> Row:
    span = piece.spans[0]
    said = "-".join(folded_words(span.of(words)))[:80]
    return Row(
        kind=kind,
        key=f"{kind}:{said}",
        start=span.start,
        end=span.end,
        fields=fields,
        is_unsure=piece.sureness == "unsure",
        other=_other(piece.instead, fields, guessed),
    )


def _other(guess: Guess | None, fields: Mapping[str, str], guessed: str) -> tuple[str, str] | None:
    """The second guess as the field it is for and the value it would have."""
    if guess is None:
        return None
    if guess.who is not None:
        name = next((name for name in ("who", "of", "to", "by", "party") if name in fields), None)
        people = [name for name in fields if name.startswith("who")]
        return (guessed or (people[0] if people else name or "who"), reference(guess.who))
    if guess.on is not None:
        return ("due" if "due" in fields else "on", guess.on.isoformat())
    if "mode" in fields:
        return ("mode", MODES[guess.kind].value) if guess.kind in MODES else None
    return ("kind", guess.kind or "")


def _meeting(kind: PieceKind, piece: Encounter | Plan, words: str) -> Row:
    fields = {"mode": MODES[piece.channel].value, "on": _day(piece.on)}
    fields |= {f"who{number}": reference(who) for number, who in enumerate(piece.people)}
    return _row(kind, piece, words, fields, guessed=_alike(piece, fields))


def _alike(piece: Encounter | Plan, fields: Mapping[str, str]) -> str:
    """Which of those who met the second guess is for: the one who shares a word of the name with it."""
    if piece.instead is None or piece.instead.who is None:
        return ""
    guess = set(folded_words(piece.instead.who.name))
    for number, who in enumerate(piece.people):
        firsts = {word[:3] for word in folded_words(who.name)}
        if guess & set(folded_words(who.name)) or firsts & {word[:3] for word in guess}:
            return f"who{number}"
    return ""


def _person(piece: Person, words: str) -> Row:
    fields = {
        "who": reference(piece.who),
        "at": piece.organisation or "",
        "role": piece.role or "",
        "is": "organisation" if piece.who.is_organisation else "person",
    }
    return _row(PieceKind.PERSON, piece, words, fields)


def _promise(piece: Promise, words: str) -> Row:
    fields = {
        "by": reference(piece.by),
        "to": reference(piece.to),
        "what": piece.what.of(words),
        "due": _day(piece.due_on),
    }
    return _row(PieceKind.PROMISE, piece, words, fields)


def _concession(piece: Concession, words: str) -> Row:
    fields = {
        "by": reference(piece.by),
        "to": reference(piece.to),
        "what": piece.what.of(words),
        "amount": str(piece.amount or ""),
        "currency": piece.currency or "",
    }
    return _row(PieceKind.CONCESSION, piece, words, fields)


def _transaction(piece: Transaction, words: str) -> Row:
    fields = {
        "kind": piece.kind,
        "party": reference(piece.party),
        "amount": str(piece.amount or ""),
        "currency": piece.currency or "",
    }
    return _row(PieceKind.TRANSACTION, piece, words, fields)


def _value(piece: Value, words: str) -> Row:
    return _row(PieceKind.MATTERS, piece, words, {"of": reference(piece.of), "what": piece.what.of(words)})


def _tie(piece: Tie, words: str) -> Row:
    return _row(
        PieceKind.TIE, piece, words, {"kind": piece.kind, "from": reference(piece.from_), "to": reference(piece.to)}
    )


def _question(piece: Question, words: str) -> Row:
    return _row(PieceKind.QUESTION, piece, words, {"what": piece.what.of(words)})


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _put_right(row: Row, corrections: Mapping[str, str]) -> Row:
    told = {name: corrections[f"{row.key}.{name}"] for name in row.fields if f"{row.key}.{name}" in corrections}
    changed = {name: value for name, value in told.items() if _is_sound(row, name, value)}
    left_out = corrections.get(row.key) == ""
    if not changed and not left_out:
        return row
    return replace(
        row,
        fields={**row.fields, **changed},
        is_left_out=left_out,
        was_put_right=bool(changed),
        is_unsure=row.is_unsure and not changed,
        other=None if row.other and row.other[0] in changed else row.other,
    )


def _is_sound(row: Row, field: str, value: str) -> bool:
    """Whether a correction is one that a page can send; whatever else arrives changes nothing."""
    if names_a_party(field):
        return _is_reference(value)
    if field in ("on", "due"):
        return value in ("", "none") or _is_near(parse_date(value))
    kinds = {
        "mode": Mode.values,
        "kind": TieKind.values if row.kind == PieceKind.TIE else TransactionKind.values,
        "is": ["person", "organisation"],
    }
    if field == "currency":
        return len(value) == 3 and value.isascii() and value.isalpha()
    return field not in kinds or value in kinds[field]


def _is_reference(value: str) -> bool:
    what, _, whom = value.partition(":")
    if what == "party":
        try:
            UUID(whom)
        except ValueError:
            return False
    return value == US or (what in ("party", "colleague", "new") and bool(whom.strip()))


def _is_near(day: date | None) -> bool:
    """Notes tell of days in living memory; at the ends of time there is no day before or after."""
    return day is not None and 1900 <= day.year <= 2200
