"""
The reader: from a note's words to what a careful reader takes from them. No language model, no network, no clock. Stages,
each in its file: tokens, sentences, days and sums, names, newcomers, clauses, the thread between them (who is
"she", who speaks), and then one stage for each kind of piece.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from ampersand.notebook.reader import (
    concessions,
    encounters,
    newcomers,
    people,
    plans,
    promises,
    questions,
    terms,
    ties,
    transactions,
    values,
)
from ampersand.notebook.reader.book import Book, Known
from ampersand.notebook.reader.clauses import ClauseFinder
from ampersand.notebook.reader.cues import cues_of, partners_of
from ampersand.notebook.reader.days import whens_of
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.folding import fold
from ampersand.notebook.reader.languages import language_of
from ampersand.notebook.reader.money import sums_of
from ampersand.notebook.reader.names import Mention, mentions_of
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import Piece, Understood, Who
from ampersand.notebook.reader.sentences import sentences_of
from ampersand.notebook.reader.spellings import Setting
from ampersand.notebook.reader.tokens import Token, tokens_of

# A note is a few lines. What is pasted beyond this is kept as words and not read.
READ_UNTIL = 12_000
MOST_TOKENS = 3_000


def read(
    words: str,
    *,
    written_at: datetime,
    author: str,
    colleagues: Sequence[str],
    book: Book,
    language: str = "en",
    about: Known | None = None,
) -> Understood:
    """
    Read one note. `written_at` is aware: days are days in its zone. `about` is the relationship whose page it was
    written on. The book is asked once. Only the first 12,000 characters are read (`read_until` says how many); reading
    never raises on any words.
    """
    setting = Setting(written_at, author, colleagues, language_of(language), about)
    read_until = _read_until(words)
    parsed = parse(words[:read_until], book=book, setting=setting)
    return _taken_from(parsed, words, read_until)


def parse(words: str, *, book: Book, setting: Setting) -> Parsed:
    tokens = tokens_of(words)
    plain = fold(words)
    language = setting.language
    sentences = sentences_of(words, plain, tokens, language=language)
    whens = whens_of(plain, words, written_at=setting.written_at, language=language)
    sums = [
        s for s in sums_of(plain, words, tokens, written_at=setting.written_at, language=language)
        if all(s.end <= w.start or s.start >= w.end for w in whens)
    ]  # fmt: skip
    dated = _tokens_inside(tokens, [(w.start, w.end) for w in whens])
    counted = _tokens_inside(tokens, [(s.start, s.end) for s in sums])
    mentions = mentions_of(tokens, book=book, setting=setting, taken=dated | counted)
    mentions += newcomers.newcomers_of(tokens, mentions, language=language, taken=dated | counted)
    mentions += newcomers.unnamed_of(tokens, mentions, language=language, taken=dated | counted)
    mentions = _in_order(mentions)
    solid = dated | counted | {i for m in mentions for i in range(m.first, m.last)}
    clauses = ClauseFinder(tokens, sentences, mentions, solid, language).all()
    return Parsed(words, plain, tokens, sentences, whens, sums, mentions, clauses, setting)


def _taken_from(parsed: Parsed, words: str, read_until: int) -> Understood:
    cues = cues_of(parsed)
    discourse = Discourse(parsed, partners_of(parsed, cues))
    met = encounters.encounters_of(parsed, discourse, cues)
    partners = list(dict.fromkeys(who for encounter in met for who in encounter.people if not who.is_organisation))
    if partners and partners != discourse.partners:
        # Who was met is who "she" most likely is: now that it is known, read the thread once more.
        discourse = Discourse(parsed, partners)
    promised, given = terms.parted(parsed, promises.promises_of(parsed, discourse, met))
    planned = plans.plans_of(parsed, discourse, cues, met, promised)
    conceded = concessions.concessions_of(parsed, discourse, promised, given)
    traded = transactions.transactions_of(parsed, discourse)
    mattering = values.values_of(parsed, discourse)
    tied = ties.ties_of(parsed, discourse)
    asked = questions.questions_of(parsed, discourse)
    everybody = people.people_of(
        parsed, discourse, tied, _involved([*met, *planned, *promised, *conceded, *traded, *mattering, *tied])
    )
    return Understood(
        words, read_until, tuple(met), tuple(everybody), tuple(promised), tuple(conceded), tuple(traded), tuple(mattering),
        tuple(tied), tuple(asked), tuple(planned),
    )  # fmt: skip


def _involved(pieces: Iterable[Piece]) -> set[str]:
    names: set[str] = set()
    for piece in pieces:
        for field in ("by", "to", "of", "party", "from_"):
            who = getattr(piece, field, None)
            if isinstance(who, Who):
                names.add(who.name)
        names.update(who.name for who in getattr(piece, "people", ()))
    return names


def _read_until(words: str) -> int:
    limit = min(len(words), READ_UNTIL)
    tokens = tokens_of(words[:limit])
    return tokens[MOST_TOKENS].start if len(tokens) > MOST_TOKENS else limit


def _tokens_inside(tokens: list[Token], stretches: list[tuple[int, int]]) -> set[int]:
    return {
        i for i, token in enumerate(tokens) for start, end in stretches if start <= token.start and token.end <= end
    }


def _in_order(mentions: list[Mention]) -> list[Mention]:
    ordered: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.first, -m.last)):
        if not ordered or mention.first >= ordered[-1].last:
            ordered.append(mention)
    return ordered
