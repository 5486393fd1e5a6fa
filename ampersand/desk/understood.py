"""*I understood*, as the page shows it: each row a sentence whose pieces can be put right."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.utils.translation import gettext as _

from ampersand.core.spoken import spoken_day
from ampersand.desk.names import employers, short_name
from ampersand.desk.pages.forms import Choice
from ampersand.desk.pages.notebook import Piece, Underline, Understood, UnderstoodRow, woven
from ampersand.desk.templatetags.desk import spoken_money
from ampersand.desk.whom import Namesakes, is_ours, names_said
from ampersand.members.models import Member
from ampersand.notebook.book import SearchBook
from ampersand.notebook.models import PieceKind
from ampersand.notebook.reading import read_note
from ampersand.notebook.rows import US, Row, names_a_party, rows_of
from ampersand.parties.models import NAMED_KINDS, Party, Relationship, TieKind
from ampersand.timeline.models import Mode

_INK = {PieceKind.CONCESSION: "trade", PieceKind.TRANSACTION: "trade"}


def understood_page(
    words: str, *, member: Member, written_at: datetime, about: Relationship | None, corrections: Mapping[str, str]
) -> Understood | None:
    """What was understood of words being written; None of empty ones. `written_at` is local to the writer."""
    if not words.strip():
        return None
    book = SearchBook(member, text=words, on=written_at.date())
    read = read_note(words, member=member, written_at=written_at, about=about, book=book)
    rows = rows_of(read, corrections=corrections)
    speaker = _Speaker(rows, rows_of(read), said=names_said(read), book=book, member=member, today=written_at.date())
    return Understood(
        rows=tuple(speaker.row(row) for row in rows if _is_shown(row)),
        underlines=tuple(_underlines(rows)),
        who_sees=_("What you keep is for the house; the words stay yours until you share them."),
    )


def corrections_of(text: str) -> dict[str, str]:
    """The corrections a page sent; whatever is no map of words to words is none."""
    try:
        told = json.loads(text or "{}")
    except ValueError:
        return {}
    if not isinstance(told, dict):
        return {}
    return {key: _storable(value[:500]) for key, value in told.items() if isinstance(value, str) and value != "back"}


def _storable(told: str) -> str:
    """Without the characters that PostgreSQL holds in no text."""
    return told.replace("\x00", "").encode("utf-8", "ignore").decode()


def _is_shown(row: Row) -> bool:
    """Ties that the meeting row says already (Jane of Alder) are not said twice, nor is somebody new who turned out to be
    known."""
    if row.kind == PieceKind.PERSON and not row["who"].startswith("new:"):
        return False
    return not (row.kind == PieceKind.TIE and row["kind"] == "works_at" and not row["from"].startswith("new:"))


def _underlines(rows: Iterable[Row]) -> Iterable[Underline]:
    for row in rows:
        if not row.is_left_out and row.end > row.start:
            yield Underline(row.start, row.end, "unsure" if row.is_unsure else _INK.get(row.kind, "between"))  # type: ignore[arg-type]


def _says_amount(words: str, amount: str) -> bool:
    """Whether the words have the amount in them, so that it need not be said beside them."""
    whole = amount.split(".")[0]
    return whole in "".join(character for character in words if character.isdigit() or character == " ").split()


_SIDES = ("by", "to")


def _sides(row: Row, field: str) -> tuple[str, str]:
    """Which field of a row a colleague belongs in, and which somebody of theirs."""
    if field not in _SIDES or is_ours(row["by"]) == is_ours(row["to"]):
        return field, field
    return ("by", "to") if is_ours(row["by"]) else ("to", "by")


def _all(keys: Iterable[str], value: str) -> tuple[tuple[str, str], ...]:
    return tuple((key, value) for key in keys)


def _is_unsure(row: Row, field: str) -> bool:
    """Whether it is this field of the row that may be something else."""
    return row.is_unsure and row.other is not None and row.other[0] == field


class _Speaker:
    """Says rows in words: knows the names of the parties they mean, and of those whom they may mean instead.

    `first` are the rows as they were read, before anything was put right; `said` is how the note calls whom it names.
    """

    def __init__(
        self,
        rows: list[Row],
        first: list[Row],
        *,
        said: Mapping[str, str],
        book: SearchBook,
        member: Member,
        today: date,
    ) -> None:
        self.today = today
        self.member = member
        self.rows, self.said = rows, said
        self.first = {row.key: row for row in first}
        told = (value for row in [*rows, *first] for value in row.references())
        self.mentioned = list(dict.fromkeys(value for value in told if value and value != US))
        self.namesakes = Namesakes(said.values(), read=book, member=member, on=today)
        alike = self.namesakes.all_of(said.values())
        ids = [UUID(value[6:]) for value in {*self.mentioned, *alike} if value.startswith("party:")]
        self.names = {f"party:{party.pk}": party for party in Party.objects.visible_to(member).filter(pk__in=ids)}
        meant = {value for row in rows for value in row.references()}
        self.meant = [party for reference, party in self.names.items() if reference in meant]
        self.work = employers(ids, on=today, member=member)

    def row(self, row: Row) -> UnderstoodRow:
        say: dict[str, Callable[[Row], tuple[str | tuple[Piece, ...], tuple[Piece, ...]]]] = {
            PieceKind.ENCOUNTER: self._met,
            PieceKind.PLAN: self._plan,
            PieceKind.PERSON: self._person,
            PieceKind.PROMISE: self._promise,
            PieceKind.CONCESSION: self._concession,
            PieceKind.TRANSACTION: self._transaction,
            PieceKind.MATTERS: self._matters,
            PieceKind.TIE: self._tie,
            PieceKind.QUESTION: self._question,
        }
        said, pieces = say[row.kind](row)
        head = (Piece(said),) if isinstance(said, str) else said
        kind = "".join(piece.says for piece in head)
        return UnderstoodRow(
            key=row.key,
            kind=kind,
            pieces=pieces,
            is_left_out=row.is_left_out,
            head=head if any(piece.key for piece in head) else (),
        )

    def _met(self, row: Row) -> tuple[str, tuple[Piece, ...]]:
        return _("You met"), self._meeting(row)

    def _plan(self, row: Row) -> tuple[str, tuple[Piece, ...]]:
        return _("You will meet"), self._meeting(row)

    def _meeting(self, row: Row) -> tuple[Piece, ...]:
        who = [name for name in row.fields if name.startswith("who")]
        pieces: list[Piece] = list(woven(_("%(mode)s, %(day)s"), mode=self._mode(row), day=self._day(row, "on")))
        for number, name in enumerate(who):
            joint = _(", with ") if number == 0 else (_(" and ") if number == len(who) - 1 else ", ")
            pieces += [Piece(joint), self._who(row, name)]
        houses = list(
            dict.fromkeys(
                self.work[party.pk].to_party.name
                for name in who
                if (party := self.names.get(row[name])) and party.pk in self.work
            )
        )
        if len(houses) == 1:
            pieces.append(Piece(_(" of %(organisation)s") % {"organisation": houses[0]}))
        return tuple(pieces)

    def _person(self, row: Row) -> tuple[str, tuple[Piece, ...]]:
        pieces = [self._who(row, "who")]
        if row["role"]:
            pieces.append(Piece(f", {row['role']}"))
        if row["at"]:
            pieces += [Piece(_(" of ")), self._text(row, "at")]
        return _("New to the book"), tuple(pieces)

    def _promise(self, row: Row) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        by, to = self._who(row, "by", is_short=True), self._who(row, "to", is_short=True)
        if row["by"] == US:
            kind = woven(_("We promise %(name)s"), name=to)
        elif row["to"] == US:
            kind = woven(_("%(name)s promises us"), name=by)
        else:
            kind = woven(_("%(by)s promises %(to)s"), by=by, to=to)
        pieces = woven(_("%(what)s by %(day)s"), what=self._text(row, "what"), day=self._day(row, "due"))
        return kind, pieces

    def _concession(self, row: Row) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        other = "to" if row["by"] == US else "by"
        by = self._who(row, "by", is_short=True)
        kind = (Piece(_("We gave")),) if row["by"] == US else woven(_("%(name)s gave"), name=by)
        pieces = [self._text(row, "what")]
        if row["amount"] and not _says_amount(row["what"], row["amount"]):
            pieces += [Piece(_(", about ")), self._amount(row)]
        if other == "to":
            pieces += [Piece(_(", to ")), self._who(row, "to")]
        return kind, tuple(pieces)

    def _transaction(self, row: Row) -> tuple[str, tuple[Piece, ...]]:
        words = {
            "order": _("Order"),
            "invoice": _("Invoice"),
            "payment": _("Payment"),
            "renewal": _("Renewal"),
            "return": _("Return"),
            "cancellation": _("Cancellation"),
            "delivery": _("Delivery"),
        }
        kind = Piece(
            words.get(row["kind"], row["kind"]),
            key=f"{row.key}.kind",
            choices=tuple(Choice(value, says, is_taken=value == row["kind"]) for value, says in words.items()),
        )
        pieces = [kind, Piece(_(" of ")), self._who(row, "party")]
        if row["amount"]:
            pieces += [Piece(", "), self._amount(row)]
        return _("Trade"), tuple(pieces)

    def _matters(self, row: Row) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        return woven(_("Matters to %(name)s"), name=self._who(row, "of", is_short=True)), (self._text(row, "what"),)

    def _tie(self, row: Row) -> tuple[str, tuple[Piece, ...]]:
        kind = Piece(
            str(TieKind(row["kind"]).label),
            key=f"{row.key}.kind",
            choices=tuple(Choice(value, str(label), is_taken=value == row["kind"]) for value, label in NAMED_KINDS),
        )
        return _("Around"), (self._who(row, "from"), Piece(" "), kind, Piece(" "), self._who(row, "to"))

    def _question(self, row: Row) -> tuple[str, tuple[Piece, ...]]:
        return _("To find out"), (self._text(row, "what"),)

    def name(self, reference: str) -> str:
        """What a reference is called in a row."""
        what, _sep, value = reference.partition(":")
        if reference == US:
            return _("us")
        if what == "party":
            party = self.names.get(reference)
            return party.name if party else _("somebody")
        return value

    def short(self, reference: str) -> str:
        """As one says it where it is plain who is meant: by the first name, unless two of the note share it."""
        party = self.names.get(reference)
        if party is None:
            return self.name(reference)
        called = short_name(party)
        is_plain = [short_name(other) for other in self.meant].count(called) <= 1
        return called if is_plain else party.name

    def _who(self, row: Row, field: str, *, is_short: bool = False) -> Piece:
        """A name as a piece: whom it may mean instead, who else is named, the other way round, or anybody by typing."""
        value, read = row[field], self.first[row.key][field]
        said = self.said.get(read) or self.name(read)
        others: dict[str, Choice] = {}
        if not is_ours(read):
            # Whoever of that name is meant is meant wherever the note says it.
            same = self._same(row, field)
            for other in (read, *self.namesakes.of(said)):
                others[other] = Choice(other, self.name(other), note=self._of(other), also=_all(same, other))
            new = f"new:{said}"
            others.setdefault(
                new, Choice(new, _("a new person called %(name)s") % {"name": said}, also=_all(same, new))
            )
        for other in self._beside(row, field):
            others.setdefault(other, Choice(other, self.name(other), note=self._of(other)))
        others.pop(value, None)
        ours, theirs = _sides(row, field)
        return Piece(
            self.short(value) if is_short else self.name(value),
            key=f"{row.key}.{field}",
            choices=(Choice(value, self.name(value), is_taken=True), *others.values(), *self._turned(row)),
            other=self._other(row, field),
            is_unsure=_is_unsure(row, field),
            own="whom",
            ours_key=f"{row.key}.{ours}",
            theirs_key=f"{row.key}.{theirs}",
            same_keys=tuple(self._same(row, field)) if read.startswith("new:") else (),
        )

    def _beside(self, row: Row, field: str) -> Iterable[str]:
        """Who else may stand in this place of the row: those whom the note names, of the side that it is for."""
        if field not in _SIDES:
            return self.mentioned
        opposite = row["to" if field == "by" else "by"]
        sides = [US, *self.mentioned] if is_ours(row[field]) or not is_ours(opposite) else self.mentioned
        return [one for one in sides if is_ours(one) == is_ours(row[field]) or not is_ours(opposite)]

    def _same(self, row: Row, field: str) -> list[str]:
        """The keys of the other places that mean the same as this one, now and as it was read."""
        return [
            f"{other.key}.{name}"
            for other in self.rows
            for name in other.fields
            if names_a_party(name)
            and other[name] == row[field]
            and self.first[other.key][name] == self.first[row.key][field]
            and (other.key, name) != (row.key, field)
        ]

    def _turned(self, row: Row) -> Iterable[Choice]:
        """A promise the other way round."""
        if row.kind != PieceKind.PROMISE:
            return
        by, to = self.short(row["by"]), self.short(row["to"])
        if row["by"] == US:
            says = _("%(name)s promises us") % {"name": to}
        elif row["to"] == US:
            says = _("We promise %(name)s") % {"name": by}
        else:
            says = _("%(by)s promises %(to)s") % {"by": to, "to": by}
        yield Choice(row["to"], says, also=((f"{row.key}.to", row["by"]),), key=f"{row.key}.by")

    def _of(self, reference: str) -> str:
        party = self.names.get(reference)
        return self.work[party.pk].to_party.name if party and party.pk in self.work else ""

    def _other(self, row: Row, field: str) -> Choice | None:
        if row.other is None or row.other[0] != field:
            return None
        value = row.other[1]
        if field in ("on", "due"):
            return Choice(value, self._spoken(value))
        if field == "mode":
            return Choice(value, str(Mode(value).label))
        says = self.name(value)
        return Choice(value, f"{says}, {self._of(value)}" if self._of(value) else says)

    def _mode(self, row: Row) -> Piece:
        return Piece(
            str(Mode(row["mode"]).label).capitalize(),
            key=f"{row.key}.mode",
            choices=tuple(Choice(value, str(label), is_taken=value == row["mode"]) for value, label in Mode.choices),
            other=self._other(row, "mode"),
            is_unsure=_is_unsure(row, "mode"),
        )

    def _day(self, row: Row, field: str) -> Piece:
        return Piece(
            self._spoken(row[field]),
            key=f"{row.key}.{field}",
            own="date",
            other=self._other(row, field),
            is_unsure=_is_unsure(row, field),
            choices=(Choice("none", _("no day"), is_taken=not row[field]),),
        )

    def _spoken(self, value: str) -> str:
        try:
            return spoken_day(date.fromisoformat(value), today=self.today)
        except ValueError:
            return _("no day said")

    def _text(self, row: Row, field: str) -> Piece:
        return Piece(row[field], key=f"{row.key}.{field}", own="text")

    def _amount(self, row: Row) -> Piece:
        try:
            amount = Decimal(row["amount"])
            says = spoken_money(amount, row["currency"]) if row["currency"] else f"{amount:n}"
        except (InvalidOperation, ValueError):
            says = row["amount"]
        return Piece(says, key=f"{row.key}.amount", own="number")
