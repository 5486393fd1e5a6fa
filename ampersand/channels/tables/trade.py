"""Rows of a table as transactions. Lines of one order, told with one number, are one transaction and add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from ampersand.channels.copying import copy
from ampersand.channels.keys import own_facts
from ampersand.channels.models import Fate
from ampersand.channels.outcomes import plain
from ampersand.channels.run import Run
from ampersand.channels.tables import words as headings
from ampersand.channels.tables.mapping import Mapping
from ampersand.channels.tables.meanings import Meaning
from ampersand.channels.tables.moments import left_over
from ampersand.channels.tables.rows import Row
from ampersand.core.folding import folded_words
from ampersand.exchange.models import Transaction, TransactionKind
from ampersand.parties.models import Party

LARGEST_AMOUNT = Decimal(10) ** 13
MOST_WORDS = 4_000

_KINDS: tuple[tuple[TransactionKind, tuple[str, ...]], ...] = (
    (TransactionKind.CANCELLATION, ("cancel", "storn", "annul", "cancela", "kundig")),
    (TransactionKind.RETURN, ("return", "refund", "credit", "gutschrift", "retour", "avoir", "devoluc", "ruckgabe")),
    (TransactionKind.PAYMENT, ("pay", "zahlung", "paiement", "pago", "receipt")),
    (TransactionKind.RENEWAL, ("renew", "verlanger", "renouvel", "renovac", "subscription", "abo")),
    (TransactionKind.DELIVERY, ("deliver", "liefer", "livrais", "entrega", "ship")),
    (TransactionKind.INVOICE, ("invoice", "rechnung", "factur", "bill")),
    (TransactionKind.ORDER, ("order", "bestell", "auftrag", "commande", "pedido", "sale", "purchase")),
)


@dataclass(frozen=True, slots=True)
class Trade:
    """What a row says was traded, with whom, and where in the file it stands."""

    party: Party
    kind: str
    happened_on: date
    amount: Decimal | None
    currency: str
    number: str
    words: str
    key: str
    place: str


def trade_of(row: Row, mapping: Mapping, *, party: Party, key: str, place: str, kind: str, currency: str) -> Trade:
    told = row.values
    amount, told_in = told.get(Meaning.AMOUNT, (None, ""))
    kind = kind_in(str(told.get(Meaning.TRANSACTION_KIND, ""))) or kind
    if amount is not None and amount < 0:
        amount, kind = -amount, kind if kind == TransactionKind.CANCELLATION else TransactionKind.RETURN
    when = told[Meaning.DATE]
    return Trade(
        party=party,
        kind=kind,
        happened_on=when.astimezone(ZoneInfo(mapping.zone)).date() if isinstance(when, datetime) else when,
        amount=amount.quantize(Decimal("0.0001")) if amount is not None else None,
        currency=plain(told_in or currency)[:3].upper() if amount is not None else "",
        number=plain(str(told.get(Meaning.NUMBER, "")))[:120],
        words=plain(_words(told, mapping))[:MOST_WORDS],
        key=key,
        place=place,
    )


def kind_in(text: str) -> str:
    """The kind of transaction that a text names, or nothing.

    >>> kind_in("Rechnungsnummer"), kind_in("Order ID"), kind_in("Customer")
    ('invoice', 'order', '')
    """
    words = folded_words(headings.plain(text))
    return next((kind.value for kind, begun in _KINDS if any(word.startswith(begun) for word in words)), "")


def kind_of_table(mapping: Mapping, name: str) -> str:
    """What the rows are where no column says it: by the heading of their number, then by the name of the file."""
    numbers = [column.header for column in mapping.columns if column.meaning in {Meaning.NUMBER, Meaning.DATE}]
    return next(filter(None, map(kind_in, [*numbers, name])), str(TransactionKind.ORDER.value))


def tell_all(trades: Sequence[Trade], *, run: Run) -> list[tuple[UUID | None, Fate]]:
    """Tell all of these, one answer each. The same number of the same kind with the same party is the same one."""
    own = own_facts((trade.key for trade in trades), run=run)
    there_still = set(Transaction.objects.filter(pk__in={pk for pk in own.values() if pk}).values_list("pk", flat=True))
    own = {key: pk for key, pk in own.items() if pk is None or pk in there_still}
    known = _known(trades)
    fresh: list[Transaction] = []
    added_to: dict[UUID, Transaction] = {}
    answers: list[tuple[UUID | None, Fate]] = []
    for trade in trades:
        if trade.key in own:
            answers.append((own[trade.key], Fate.UNCHANGED))
            continue
        name = (trade.party.pk, trade.kind, trade.number)
        there = known.get(name) if trade.number else None
        if there is None:
            there = _transaction(trade, run)
            fresh.append(there)
            known[name] = there
            answers.append((there.pk, Fate.NEW))
        else:
            if there.source_id == run.import_.source_id and _add(there, trade):
                added_to[there.pk] = there
            answers.append((there.pk, Fate.JOINED))
    copy(fresh)
    fresh_ids = {one.pk for one in fresh}
    changed = [one for one in added_to.values() if one.pk not in fresh_ids]
    Transaction.objects.bulk_update(changed, ["amount", "currency", "words", "happened_on"], batch_size=500)
    return answers


def _known(trades: Sequence[Trade]) -> dict[tuple[UUID, str, str], Transaction]:
    numbers = {trade.number for trade in trades if trade.number}
    parties = {trade.party.pk for trade in trades if trade.number}
    found = Transaction.objects.filter(party_id__in=parties, number__in=numbers).order_by("-withdrawn_at", "-id")
    return {(one.party_id, one.kind, one.number): one for one in found}


def _transaction(trade: Trade, run: Run) -> Transaction:
    return Transaction(
        party=trade.party,
        kind=trade.kind,
        happened_on=trade.happened_on,
        amount=trade.amount,
        currency=trade.currency,
        number=trade.number,
        words=trade.words,
        **run.teller(trade.place).fields(),
    )


def _add(there: Transaction, line: Trade) -> bool:
    """Add a line to its transaction; amounts of two currencies are no sum, and the line is left as words."""
    words = [there.words, line.words]
    if line.amount is not None and there.currency in {"", line.currency}:
        there.amount, there.currency = (there.amount or Decimal(0)) + line.amount, line.currency
    elif line.amount is not None:
        words.append(f"{line.amount} {line.currency}")
    there.happened_on = min(there.happened_on, line.happened_on)
    there.words = "\n".join(dict.fromkeys(filter(None, words)))[:MOST_WORDS]
    return True


def _words(told: dict[Meaning, Any], mapping: Mapping) -> str:
    headers = {column.meaning: column.header for column in mapping.columns}
    written = [told.get(Meaning.SUBJECT, ""), told.get(Meaning.WORDS, "")]
    return "\n".join(filter(None, [*written, *left_over(told, headers)]))
