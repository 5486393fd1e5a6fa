"""
What is only given, and what is also promised: a price, terms, goods or a permission are a concession alone; an act still
to do for the other side is a promise, even where it costs them nothing.
"""

from __future__ import annotations

from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import Promise


def parted(parsed: Parsed, said: list[Promise]) -> tuple[list[Promise], list[Promise]]:
    """What was said one would do: the promises, and what is given only."""
    given = [promise for promise in said if is_given_only(parsed, promise)]
    return [promise for promise in said if promise not in given], given


def is_given_only(parsed: Parsed, promise: Promise) -> bool:
    """ "Keep the old rate", "charge nothing", "give them the crates free", "the freight is on us", "6 months free"."""
    language = parsed.language
    first, last = parsed.token_at(promise.what.start), parsed.token_at(promise.what.end - 1) + 1
    words = parsed.plain_of(first, last)
    if language.price_kept.match(words) or language.set_terms.search(words):
        return True
    if language.acts_given.search(words):
        return False
    of_things = [c for c in parsed.clauses_in(first, last) if c.subject.kind in ("thing", "it")]
    if any(first <= c.subject.first for c in of_things) and language.stays_free.search(words):
        return True
    is_free = language.free_act.search(words) or language.no_money.search(words)
    return bool(is_free and language.hands_goods.match(words))
