"""The ways parties may be written in a note, and where the note writes them so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache

from ampersand.notebook.reader.book import ORGANISATION, SHORTEST_FOR_TYPING_ERRORS, Known
from ampersand.notebook.reader.folding import words_of
from ampersand.notebook.reader.languages import Language
from ampersand.notebook.reader.pieces import Who
from ampersand.notebook.reader.tokens import Token, tokens_of

# How well a spelling fits a party: its whole name, down to one letter off.
FULL, ALIAS, ABBREVIATED, HEAD, FIRST, LAST, NICKNAME, NEAR = 10.0, 8.0, 7.0, 6.0, 4.0, 3.6, 3.2, 2.5
INITIALS = 3.3
TITLED = 1.5
LONGEST_NAME = 6

Options = dict[str, tuple[Who, float]]  # key of the party -> who, how well it fits
Spelling = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known around a note before a word of it is read."""

    written_at: datetime
    author: str
    colleagues: Sequence[str]
    language: Language
    about: Known | None = None


@dataclass(slots=True)
class Found:
    """Tokens [first, last) that spell one or several parties."""

    first: int
    last: int
    options: Options = field(default_factory=dict)


def who_of(known: Known) -> Who:
    return Who(known.name, known=known, is_organisation=known.kind == ORGANISATION)


class Spellings:
    """All spellings of the candidates, the colleagues and the writer that begin with a word of the note."""

    def __init__(self, candidates: list[Known], setting: Setting, tokens: list[Token]) -> None:
        self.language = setting.language
        self._candidates = candidates
        self._tokens = tokens
        self._said = {token.plain for token in tokens} | {self._base(token.plain) for token in tokens}
        self._parties: dict[Spelling, Options] = defaultdict(dict)
        for known in candidates:
            spellings = _of_known(known.name, known.aliases, known.is_person, self.language)  # type: ignore[arg-type]  # a module
            self._enter(known.id, who_of(known), spellings)
        for name in setting.colleagues:
            self._enter("colleague " + name, *_of_colleague(name, self.language))  # type: ignore[arg-type]  # a module
        author = spelling_of(setting.author)
        self._enter("author", Who(setting.author, is_us=True), {author: FULL, author[:1]: FIRST, author[-1:]: LAST})
        self._first_words = {spelling[0] for spelling in self._parties}

    def find(self, taken: set[int]) -> list[Found]:
        """Every place, in order. `taken` are tokens that are days or sums."""
        tokens = self._tokens
        self.is_uncased = self._writes_names_small(tokens)
        found = [*self._exactly(tokens, taken)]
        covered = {i for f in found for i in range(f.first, f.last)} | taken
        found += self._nearly(tokens, covered)
        return sorted(found, key=lambda f: f.first)

    # The spellings

    def _enter(self, key: str, who: Who, spellings: dict[Spelling, float]) -> None:
        for spelling, fit in spellings.items():
            if not spelling or spelling[0] not in self._said:
                continue
            options = self._parties[spelling]
            known = options.get(key)
            if known is None or fit > known[1]:
                options[key] = (who, fit)

    # Where the note has them

    def _writes_names_small(self, tokens: list[Token]) -> bool:
        """A dictated or hurried note."""
        named = [t for t in tokens if (t.plain,) in self._parties and t.plain not in self.language.ordinary]
        return bool(named) and not any(token.is_capital for token in named)

    def _exactly(self, tokens: list[Token], taken: set[int]) -> Iterator[Found]:
        i = 0
        while i < len(tokens):
            found = self._longest_at(tokens, i) if i not in taken else None
            if found is not None:
                yield found
            i = found.last if found is not None else i + 1

    def _longest_at(self, tokens: list[Token], i: int) -> Found | None:
        """The longest name from token i on; a title before it and an honorific behind it belong to it."""
        plain = self._spelled_at(tokens, i, i)
        titles_end = self._after_titles(tokens, i)
        titled = self._spelled_at(tokens, titles_end, i) if titles_end > i else None
        if titled is not None and (plain is None or (plain.last <= titled.last and self._best(plain) < ALIAS)):
            plain = replace(
                titled, options={key: (who, max(fit, LAST) + TITLED) for key, (who, fit) in titled.options.items()}
            )
        return plain

    def _best(self, found: Found) -> float:
        return max(fit for _, fit in found.options.values())

    def _after_titles(self, tokens: list[Token], i: int) -> int:
        at = i
        if (
            i
            and tokens[i].plain in self.language.kin
            and (tokens[i - 1].plain in self.language.possessives or tokens[i - 1].plain == "'s")
        ):
            # "Her brother Samir" tells whose brother; "brother Samir" is how one calls him.
            return i
        while (
            at < len(tokens)
            and at - i < 4
            and (tokens[at].plain in self.language.titles or (at > i and tokens[at].text == "."))
        ):
            at += 1
        return at

    def _spelled_at(self, tokens: list[Token], i: int, begin: int) -> Found | None:
        if i >= len(tokens) or self._base(tokens[i].plain) not in self._first_words:
            return None
        spelled: list[str] = []
        best: Found | None = None
        at = i
        while at < len(tokens) and len(spelled) < LONGEST_NAME:
            if self._is_dot_in_name(tokens, at, spelled):
                at += 1
                continue
            if tokens[at].kind == "newline" or (at > i and _stands_apart(tokens, at)):
                break
            spelled.append(self._base(tokens[at].plain))
            at += 1
            options = self._parties.get(tuple(spelled))
            if options and self._may_be_a_name(tokens, i, at, options, is_titled=begin < i):
                best = Found(begin, at, dict(options))
        return self._with_tail(best, tokens) if best is not None else None

    def _base(self, word: str) -> str:
        """ "Ono-san" is Ono."""
        head, dash, tail = word.rpartition("-")
        return head if dash and tail in self.language.honorifics else word

    def _is_dot_in_name(self, tokens: list[Token], at: int, spelled: list[str]) -> bool:
        if not spelled or tokens[at].text != "." or tokens[at].start != tokens[at - 1].end:
            return False
        return (
            len(spelled[-1]) == 1 or spelled[-1] in self.language.titles or spelled[-1] in self.language.abbreviations
        )

    def _with_tail(self, found: Found, tokens: list[Token]) -> Found:
        """The dot of an initial, and an honorific: "Harriet M.", "Mehmet abi"."""
        after = tokens[found.last] if found.last < len(tokens) else None
        is_dot = after is not None and after.text == "." and is_initial(tokens, found.last - 1)
        is_honorific = after is not None and after.plain in self.language.honorifics
        found.last += is_dot or is_honorific
        return found

    def _may_be_a_name(self, tokens: list[Token], first: int, last: int, options: Options, *, is_titled: bool) -> bool:
        words = [token for token in tokens[first:last] if token.is_word]
        if not words:
            return False
        best = max(fit for _, fit in options.values())
        if len(words) == 1 and not is_titled:
            return self._one_word_may_be(tokens, first, words[0], best)
        return any(token.is_capital for token in words) or self.is_uncased or best >= ALIAS

    def _one_word_may_be(self, tokens: list[Token], i: int, token: Token, best: float) -> bool:
        if best == INITIALS and (not token.text.isupper() or token.plain in self.language.ordinary):
            return False
        if len(token.plain) == 1 and not (best >= ALIAS and token.is_capital):
            return False
        is_common = token.plain in self.language.ordinary or token.plain in self.language.verbs
        if not token.is_capital:
            return self.is_uncased and not is_common and len(token.plain) > 2
        is_code = best >= ALIAS and token.text.isupper()
        return not is_common or is_code or not begins_sentence(tokens, i) or self._opens_as_a_name(tokens, i)

    def _opens_as_a_name(self, tokens: list[Token], i: int) -> bool:
        """ "Grace from Havlys came": a name that is also a word, heading a sentence, with what follows names behind it."""
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        if tokens[i].plain not in self.language.given_names or after is None:
            return False
        form = self.language.verbs.get(after.plain, ("", ""))[1]
        is_finite = ("s" in form or "d" in form) and "b" not in form
        return is_finite or after.text in ":,/(+&@" or after.plain in self.language.follows_names

    def _nearly(self, tokens: list[Token], covered: set[int]) -> Iterator[Found]:
        """Names with one typing error: "Noell" for Noel."""
        words: dict[str, list[tuple[str, Who]]] | None = None
        language = self.language
        for i, token in enumerate(tokens):
            word = token.plain
            is_long = token.is_word and len(word) >= SHORTEST_FOR_TYPING_ERRORS
            if i in covered or not is_long or not (token.is_capital or self.is_uncased):
                continue
            if word in language.ordinary or word in language.verbs or word in language.given_names:
                continue
            words = self._telling_words() if words is None else words
            close = {
                key: (who, NEAR)
                for near, entries in words.items()
                if one_letter_apart(near, word)
                for key, who in entries
            }
            if close:
                yield Found(i, i + 1, close)

    def _telling_words(self) -> dict[str, list[tuple[str, Who]]]:
        words: dict[str, list[tuple[str, Who]]] = defaultdict(list)
        for known in self._candidates:
            for word in words_of(known.name):
                if len(word) >= SHORTEST_FOR_TYPING_ERRORS - 1 and (
                    known.is_person or _is_telling(word, self.language)
                ):
                    words[word].append((known.id, who_of(known)))
        return words


@lru_cache(maxsize=4096)
def spelling_of(name: str) -> Spelling:
    return tuple(token.plain for token in tokens_of(name) if token.text != ".")[:LONGEST_NAME]


def words_to_look_up(tokens: Iterable[Token], language: Language) -> set[str]:
    """The folded words of a note that may be part of a name: all but the common ones written small."""
    words: set[str] = set()
    for token in tokens:
        is_common = token.plain in language.ordinary or token.plain in language.verbs
        if token.is_word and (token.is_capital or not is_common):
            words.update(words_of(token.plain))
    return words


def is_initial(tokens: list[Token], i: int) -> bool:
    return len(tokens[i].text) == 1 and tokens[i].is_capital


def begins_sentence(tokens: list[Token], i: int) -> bool:
    return i == 0 or tokens[i - 1].kind == "newline" or tokens[i - 1].text in '.!?:-*•"(>'


def _stands_apart(tokens: list[Token], at: int) -> bool:
    return tokens[at].start - tokens[at - 1].end > 1 and tokens[at - 1].text != "."


def one_letter_apart(left: str, right: str) -> bool:
    if left == right or abs(len(left) - len(right)) > 1 or left[0] != right[0]:
        return False
    shorter, longer = sorted((left, right), key=len)
    at = next((i for i, char in enumerate(shorter) if char != longer[i]), len(shorter))
    return shorter[at:] == longer[at + 1 :] or shorter[at + 1 :] == longer[at + 1 :]


@lru_cache(maxsize=8_192)
def _of_known(name: str, aliases: tuple[str, ...], is_person: bool, language: Language) -> dict[Spelling, float]:
    """How one of the book may be written. Kept, since a note is read anew with every letter; nobody changes what it gives."""
    spellings = _of_person(name, language) if is_person else _of_organisation(name, language)
    for alias in aliases:
        spelling = spelling_of(alias)
        spellings[spelling] = max(ALIAS, spellings.get(spelling, 0.0))
        if is_person and len(spelling) > 1 and spelling[0] not in language.titles:
            spellings.setdefault(spelling[:1], FIRST)
        if is_person and len(spelling) > 2 and all(word in language.titles for word in spelling[:2]):
            # "Frau Direktor" is who "Frau Direktor Gruber" is.
            spellings.setdefault(spelling[:2], ABBREVIATED)
    return spellings


@lru_cache(maxsize=1_024)
def _of_colleague(name: str, language: Language) -> tuple[Who, dict[Spelling, float]]:
    """A colleague with how they may be written: the same few in every note."""
    return Who(name, is_colleague=True), _of_person(name, language)


def _of_person(name: str, language: Language) -> dict[Spelling, float]:
    full = spelling_of(name)
    if len(full) > 1 and full[0] in language.titles:
        full = full[1:]
    spellings: dict[Spelling, float] = {full: FULL}
    if len(full) > 1:
        first, family = full[0], full[-1]
        after_particles = full[1:]
        while len(after_particles) > 1 and len(after_particles[0]) <= 2:
            after_particles = after_particles[1:]
        spellings |= {(first,): FIRST, full[1:]: LAST, after_particles: LAST, (family,): LAST}
        spellings |= {
            (first, full[1][0]): ABBREVIATED,
            (first, family[0]): ABBREVIATED,
            (family, first): ABBREVIATED,
        }
        spellings |= {
            (first[0], family): ABBREVIATED,
            (first[0], *full[1:]): ABBREVIATED,
            (first[0], family[0]): LAST,
        }
        spellings |= {(first, full[1]): FULL}
        if first[0].isalpha() and family[0].isalpha():
            spellings.setdefault((first[0] + family[0],), INITIALS)
        for short in language.nicknames.get(first, ()):
            spellings.setdefault((short,), NICKNAME)
            spellings |= {(short, family): ABBREVIATED, (short, family[0]): ABBREVIATED}
    return spellings


def _of_organisation(name: str, language: Language) -> dict[Spelling, float]:
    full = spelling_of(name)
    core = tuple(word for word in full if word not in language.legal_forms) or full
    spellings: dict[Spelling, float] = {core: FULL, full: FULL}
    for length in range(1, len(core)):
        if any(_is_telling(word, language) for word in core[:length]) and core[length - 1].isalnum():
            spellings.setdefault(core[:length], HEAD)
    for at in range(1, len(core)):
        if _is_telling(core[at], language) and not any(_is_telling(word, language) for word in core[:at]):
            spellings.setdefault(core[at:], HEAD)
            spellings.setdefault((core[at],), HEAD)
    for head in [
        spelling for spelling, fit in spellings.items() if len(spelling) == 1 and _is_telling(spelling[0], language)
    ]:
        spellings.setdefault((head[0] + "s",), HEAD - 1)
    letters = "".join(word[0] for word in core if word.isalpha())
    if len(letters) >= 3:
        spellings.setdefault((letters,), ABBREVIATED)
    return spellings


def _is_telling(word: str, language: Language) -> bool:
    return len(word) >= 4 and word not in language.generic_organisations and word not in language.ordinary
