"""Who is named: the note's words against the book and the writer's colleagues, the best fitting party first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from ampersand.notebook.reader.book import ORGANISATION, SHORTEST_FOR_TYPING_ERRORS, Book, Known
from ampersand.notebook.reader.folding import fold, words_of
from ampersand.notebook.reader.languages import Language
from ampersand.notebook.reader.pieces import Who
from ampersand.notebook.reader.tokens import Token, tokens_of

FULL, ALIAS, ABBREVIATED, HEAD, FIRST, LAST, NICKNAME, NEAR = 10.0, 8.0, 7.0, 5.5, 4.0, 3.6, 3.2, 2.5
LONGEST_NAME = 6
MOST_CANDIDATES = 6


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens [first, last) that name `who`. `others` are the next best parties they may name."""

    first: int
    last: int
    start: int
    end: int
    who: Who
    fit: float
    others: tuple[Who, ...] = ()
    is_new: bool = False
    is_unnamed: bool = False  # "her board", "the CFO": a party the note has no name for
    role: str | None = None
    owner: Who | None = None  # for an unnamed one and for kin: whose it is
    is_genitive: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known around a note before a word of it is read."""

    written_at: datetime
    author: str
    colleagues: Sequence[str]
    language: Language
    about: Known | None = None


@dataclass(slots=True)
class _Found:
    first: int
    last: int
    options: dict[str, tuple[Who, float]] = field(default_factory=dict)


def who_of(known: Known) -> Who:
    return Who(known.name, known=known, is_organisation=known.kind == ORGANISATION)


def mentions_of(tokens: list[Token], words: str, *, book: Book, setting: Setting, taken: set[int]) -> list[Mention]:
    """Every place where somebody of the book or a colleague is named. `taken` are tokens that are days or sums."""
    candidates = book.lookup(_words_to_look_up(tokens, setting.language, taken))
    forms = _all_forms(candidates, setting)
    is_uncased = _is_uncased(tokens, forms, setting.language)
    found = [*_exact(tokens, forms, setting.language, is_uncased=is_uncased, taken=taken)]
    covered = {i for f in found for i in range(f.first, f.last)}
    found += _nearly(tokens, candidates, setting, covered | taken, is_uncased=is_uncased)
    found.sort(key=lambda f: f.first)
    chosen = _choose(found, tokens, setting, candidates)
    return _with_places([*_by_initial_and_family(chosen, tokens, setting, candidates)], tokens, candidates)


def _words_to_look_up(tokens: list[Token], language: Language, taken: set[int]) -> set[str]:
    words: set[str] = set()
    for i, token in enumerate(tokens):
        if not token.is_word or i in taken:
            continue
        is_plain = not token.is_capital and (token.plain in language.ordinary or token.plain in language.verbs)
        if not is_plain:
            words.update(words_of(token.plain))
    return words


# Forms


def _all_forms(candidates: Iterable[Known], setting: Setting) -> dict[tuple[str, ...], dict[str, tuple[Who, float]]]:
    forms: dict[tuple[str, ...], dict[str, tuple[Who, float]]] = defaultdict(dict)
    for known in candidates:
        spellings = (
            _forms_of_person(known.name, setting.language)
            if known.is_person
            else _forms_of_organisation(known.name, setting.language)
        )
        for alias in known.aliases:
            spelling = _form(alias)
            spellings[spelling] = max(ALIAS, spellings.get(spelling, 0.0))
            if known.is_person and len(spelling) > 1 and spelling[0] not in setting.language.titles:
                spellings.setdefault(spelling[:1], FIRST)
        _enter(forms, known.id, who_of(known), spellings)
    for name in setting.colleagues:
        _enter(forms, "colleague " + name, Who(name, is_colleague=True), _forms_of_person(name, setting.language))
    of_author = {_form(setting.author): FULL, _form(setting.author)[:1]: FIRST}
    _enter(forms, "author", Who(setting.author, is_us=True), of_author)
    return forms


def _enter(
    forms: dict[tuple[str, ...], dict[str, tuple[Who, float]]],
    key: str,
    who: Who,
    spellings: dict[tuple[str, ...], float],
) -> None:
    for spelling, fit in spellings.items():
        if spelling and fit > forms[spelling].get(key, (who, 0.0))[1]:
            forms[spelling][key] = (who, fit)


def _form(name: str) -> tuple[str, ...]:
    return tuple(token.plain for token in tokens_of(name) if token.text != ".")[:LONGEST_NAME]


def _forms_of_person(name: str, language: Language) -> dict[tuple[str, ...], float]:
    full = _form(name)
    forms = {full: FULL}
    if len(full) > 1:
        first, last = full[0], full[1:]
        while len(last) > 1 and len(last[0]) <= 2:
            last = last[1:]
        forms |= {(first,): FIRST, full[1:]: LAST, last: LAST, (full[-1],): LAST}
        forms |= {(first, full[1][0]): ABBREVIATED, (first, full[-1][0]): ABBREVIATED}
        forms |= {(first[0], full[-1]): ABBREVIATED, (first[0], *full[1:]): ABBREVIATED, (first[0], full[-1][0]): LAST}
        forms |= {(first, full[1]): FULL, (full[-1], first): ABBREVIATED}
        for short in language.nicknames.get(first, ()):
            forms.setdefault((short,), NICKNAME)
            forms |= {(short, full[-1]): ABBREVIATED, (short, full[-1][0]): ABBREVIATED}
    for base, fit in list(forms.items()):
        if fit in (FIRST, LAST, FULL):
            forms |= {(title, *base): max(fit, LAST) + 1.5 for title in language.titles}
            forms |= {(f"{base[-1]}-{suffix}",): fit + 1.5 for suffix in language.honorifics}
            forms |= {(*base, suffix): fit + 1.5 for suffix in language.honorifics}
    return forms


def _forms_of_organisation(name: str, language: Language) -> dict[tuple[str, ...], float]:
    full = _form(name)
    forms = {full: FULL}
    core = tuple(word for word in full if word not in language.legal_forms)
    forms.setdefault(core, FULL)
    for length in range(1, len(core)):
        head = core[:length]
        if any(_is_telling(word, language) for word in head) and head[-1].isalnum():
            forms.setdefault(head, HEAD)
    for at in range(1, len(core)):
        if all(not _is_telling(word, language) for word in core[:at]) and _is_telling(core[at], language):
            forms.setdefault(core[at:], HEAD)
            forms.setdefault((core[at],), HEAD)
    letters = "".join(word[0] for word in core if word.isalpha())
    if len(letters) >= 3:
        forms.setdefault((letters,), ABBREVIATED)
    return forms


def _is_telling(word: str, language: Language) -> bool:
    return len(word) >= 4 and word not in language.generic_organisations and word not in language.ordinary


# Finding


def _is_uncased(
    tokens: list[Token], forms: dict[tuple[str, ...], dict[str, tuple[Who, float]]], language: Language
) -> bool:
    """A dictated or hurried note that writes names small."""
    named = [
        token for i, token in enumerate(tokens) if (token.plain,) in forms and token.plain not in language.ordinary
    ]
    return bool(named) and not any(token.is_capital for token in named)


def _exact(
    tokens: list[Token],
    forms: dict[tuple[str, ...], dict[str, tuple[Who, float]]],
    language: Language,
    *,
    is_uncased: bool,
    taken: set[int],
) -> Iterable[_Found]:
    first_words = {form[0] for form in forms}
    i = 0
    while i < len(tokens):
        found = None
        if tokens[i].plain in first_words and i not in taken:
            found = _longest_at(tokens, i, forms, language, is_uncased)
        if found is not None:
            yield found
        i = found.last if found is not None else i + 1


def _longest_at(
    tokens: list[Token],
    i: int,
    forms: dict[tuple[str, ...], dict[str, tuple[Who, float]]],
    language: Language,
    is_uncased: bool,
) -> _Found | None:
    spelled: list[str] = []
    best: _Found | None = None
    at = i
    while at < len(tokens) and len(spelled) < LONGEST_NAME:
        token = tokens[at]
        if (
            token.text == "."
            and spelled
            and token.start == tokens[at - 1].end
            and (len(spelled[-1]) == 1 or spelled[-1] in language.titles | language.abbreviations)
        ):
            at += 1
            continue
        if token.kind == "newline" or (at > i and token.start - tokens[at - 1].end > 1 and tokens[at - 1].text != "."):
            break
        spelled.append(token.plain)
        at += 1
        options = forms.get(tuple(spelled))
        if options and _looks_like_a_name(tokens, i, at, options, language, is_uncased):
            best = _Found(i, at, dict(options))
    if (
        best is not None
        and best.last < len(tokens)
        and _is_initial(tokens, best.last - 1)
        and tokens[best.last].text == "."
    ):
        best.last += 1
    return best


def _is_initial(tokens: list[Token], i: int) -> bool:
    return len(tokens[i].text) == 1 and tokens[i].is_capital


def _looks_like_a_name(
    tokens: list[Token],
    first: int,
    last: int,
    options: dict[str, tuple[Who, float]],
    language: Language,
    is_uncased: bool,
) -> bool:
    words = [token for token in tokens[first:last] if token.is_word]
    if not words:
        return False
    best = max(fit for _, fit in options.values())
    if len(words) == 1:
        return _single_word_is_a_name(tokens, first, words[0], best, language, is_uncased)
    return any(token.is_capital for token in words) or is_uncased or best >= ALIAS


def _single_word_is_a_name(
    tokens: list[Token], i: int, token: Token, best: float, language: Language, is_uncased: bool
) -> bool:
    if len(token.plain) == 1 and not (best >= ALIAS and token.is_capital):
        return False
    is_common = token.plain in language.ordinary or token.plain in language.verbs
    if token.is_capital:
        return (
            not is_common
            or (best >= ALIAS and token.text.isupper())
            or not _begins_sentence(tokens, i)
            or _opens_as_a_name(tokens, i, language)
        )
    return is_uncased and not is_common and len(token.plain) > 2


def _opens_as_a_name(tokens: list[Token], i: int, language: Language) -> bool:
    """
    "Grace from Havlys came": a name that is also a word, at the head of a sentence, with what follows a name behind it.
    """
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if tokens[i].plain not in language.given_names or after is None:
        return False
    form = language.verbs.get(after.plain, ("", ""))[1]
    is_finite = ("s" in form or "d" in form) and "b" not in form
    return (
        is_finite
        or after.text in ":,/(+&@"
        or after.plain in ("from", "at", "and", "is", "has", "was", "will", "'s", "also", "wants")
    )


def _begins_sentence(tokens: list[Token], i: int) -> bool:
    return i == 0 or tokens[i - 1].kind == "newline" or tokens[i - 1].text in '.!?:-*•"(>'


def _nearly(
    tokens: list[Token], candidates: list[Known], setting: Setting, covered: set[int], *, is_uncased: bool
) -> Iterable[_Found]:
    """Names with one typing error: "Noell" for Noel."""
    language = setting.language
    spellings: dict[str, list[tuple[str, Who]]] = defaultdict(list)
    for known in candidates:
        for word in words_of(known.name):
            if len(word) >= SHORTEST_FOR_TYPING_ERRORS - 1 and (known.is_person or _is_telling(word, language)):
                spellings[word].append((known.id, who_of(known)))
    for i, token in enumerate(tokens):
        if i in covered or not token.is_word or len(token.plain) < SHORTEST_FOR_TYPING_ERRORS:
            continue
        if token.plain in language.ordinary or token.plain in language.verbs or token.plain in language.given_names:
            continue
        if token.is_capital or is_uncased:
            close = [
                entry
                for word, entries in spellings.items()
                if _one_letter_apart(word, token.plain)
                for entry in entries
            ]
            if close:
                yield _Found(i, i + 1, {key: (who, NEAR) for key, who in close})


def _one_letter_apart(left: str, right: str) -> bool:
    if left == right or abs(len(left) - len(right)) > 1 or left[0] != right[0]:
        return False
    shorter, longer = sorted((left, right), key=len)
    at = next((i for i, char in enumerate(shorter) if char != longer[i]), len(shorter))
    return shorter[at:] == longer[at + 1 :] or shorter[at + 1 :] == longer[at + 1 :]


# Choosing


def _choose(found: list[_Found], tokens: list[Token], setting: Setting, candidates: list[Known]) -> list[Mention]:
    """Settle which of several parties of the same name is meant, by what else the note names."""
    organisations = _certain_organisations(found)
    employers = _employers_of_the_certain(found)
    certain = {key for f in found for key, (_, fit) in f.options.items() if fit >= ABBREVIATED and len(f.options) == 1}
    mentions = []
    for f in found:
        nearest = _nearest_organisations(f, found, tokens)
        best_spelled = max(fit for _, fit in f.options.values())
        ranked = sorted(
            (
                (_fit_in_context(key, who, fit, organisations, nearest, employers, certain, setting), who)
                for key, (who, fit) in f.options.items()
                if fit > best_spelled - 3.4
            ),
            key=lambda entry: (-entry[0], entry[1].name),
        )
        best_fit, best = ranked[0]
        others = tuple(who for fit, who in ranked[1:3] if best_fit - fit < 3.0 and not who.is_us)
        if not others and f.last - f.first == 1 and best.known is not None and best_spelled <= FIRST:
            others = _nearly_called(tokens[f.first].plain, best, candidates)
        mentions.append(_mention(f, tokens, best, best_fit, others))
    return mentions


def _nearly_called(word: str, best: Who, candidates: list[Known]) -> tuple[Who, ...]:
    """ "Sami" may be Samir mistyped: a second guess, never the first."""
    near = (
        known for known in candidates if known.is_person and _one_letter_apart(word, (words_of(known.name) or [""])[0])
    )
    return tuple(who_of(known) for known in near if known.id != (best.known.id if best.known else ""))[:1]


def _mention(f: _Found, tokens: list[Token], who: Who, fit: float, others: tuple[Who, ...]) -> Mention:
    is_genitive = (
        f.last < len(tokens) and tokens[f.last].plain in ("'s", "'") and tokens[f.last].start == tokens[f.last - 1].end
    )
    return Mention(
        f.first, f.last, tokens[f.first].start, tokens[f.last - 1].end, who, fit, others, is_genitive=is_genitive
    )


def _certain_organisations(found: list[_Found]) -> set[str]:
    return {fold(who.name) for f in found for who, fit in f.options.values() if who.is_organisation and fit > NEAR}


def _employers_of_the_certain(found: list[_Found]) -> set[str]:
    """Whom the people act for about whom there is no doubt: "Marta and Duarte" are of one house."""
    sole = [next(iter(f.options.values())) for f in found if len(f.options) == 1]
    return {fold(who.known.organisation) for who, fit in sole if who.known and who.known.organisation and fit > NEAR}


def _nearest_organisations(f: _Found, found: list[_Found], tokens: list[Token]) -> set[str]:
    """Organisations named within three tokens of the name: "Pete NQL", "Sandra at Weka"."""
    near = set()
    for other in found:
        if other is not f and (0 <= other.first - f.last <= 3 or 0 <= f.first - other.last <= 3):
            near.update(fold(who.name) for who, _ in other.options.values() if who.is_organisation)
    return near


def _fit_in_context(
    key: str,
    who: Who,
    fit: float,
    organisations: set[str],
    nearest: set[str],
    employers: set[str],
    certain: set[str],
    setting: Setting,
) -> float:
    organisation = fold(who.known.organisation) if who.known and who.known.organisation else None
    if organisation in nearest:
        fit += 6
    if organisation in organisations:
        fit += 3
    elif organisation in employers:
        fit += 2
    if key in certain:
        fit += 5
    if who.is_colleague:
        fit += 2.5
    if setting.about is not None and who.known is not None:
        is_near = (
            setting.about.id in (who.known.id, who.known.organisation_id)
            or setting.about.organisation_id == who.known.organisation_id
        )
        fit += 4 if is_near else 0
    return fit


def _by_initial_and_family(
    mentions: list[Mention], tokens: list[Token], setting: Setting, candidates: list[Known]
) -> Iterable[Mention]:
    """Also "D." and "Mme K." for somebody the note has named, "N." for a colleague, and "the dyehouse" for the one
    organisation of that trade whose people are in the note."""
    yield from mentions
    covered = {i for m in mentions for i in range(m.first, m.last)}
    people = [m for m in mentions if not m.who.is_organisation and not m.who.is_us]
    for i, token in enumerate(tokens):
        if i in covered:
            continue
        if (
            _is_initial(tokens, i)
            and i + 1 < len(tokens)
            and tokens[i + 1].text == "."
            and tokens[i + 1].start == token.end
        ):
            yield from _initial(i, token, people, tokens, setting)
        elif token.plain in setting.language.trades and i and tokens[i - 1].plain in ("the", "their"):
            yield from _trade(i, token, people, tokens, candidates)


def _initial(i: int, token: Token, people: list[Mention], tokens: list[Token], setting: Setting) -> Iterable[Mention]:
    named = {m.who.name: m.who for m in people if fold(m.who.name).startswith(token.plain)}
    for name in setting.colleagues:
        if not named and fold(name).startswith(token.plain):
            named[name] = Who(name, is_colleague=True)
    is_alone = not (
        i + 2 < len(tokens)
        and tokens[i + 2].is_capital
        and tokens[i + 2].start - tokens[i + 1].end <= 1
        and i + 2 < len(tokens)
    )
    if len(named) == 1 and (is_alone or not tokens[i + 2].plain.isalpha()):
        who = next(iter(named.values()))
        yield Mention(i, i + 2, token.start, tokens[i + 1].end, who, FIRST)


def _trade(
    i: int, token: Token, people: list[Mention], tokens: list[Token], candidates: list[Known]
) -> Iterable[Mention]:
    employers = {fold(m.who.known.organisation) for m in people if m.who.known and m.who.known.organisation}
    fitting = [
        known
        for known in candidates
        if not known.is_person and token.plain in words_of(known.name) and fold(known.name) in employers
    ]
    if len(fitting) == 1:
        yield Mention(i - 1, i + 1, tokens[i - 1].start, token.end, who_of(fitting[0]), ABBREVIATED)


def _with_places(mentions: list[Mention], tokens: list[Token], candidates: list[Known]) -> list[Mention]:
    return [_with_place_word(m, tokens, candidates) for m in sorted(mentions, key=lambda m: (m.first, -m.last))]


def _with_place_word(mention: Mention, tokens: list[Token], candidates: list[Known]) -> Mention:
    """ "The Tillotson place" is the farm, not the man."""
    after = tokens[mention.last] if mention.last < len(tokens) else None
    before = tokens[mention.first - 1] if mention.first else None
    known = mention.who.known
    if after is None or before is None or known is None or not known.is_person or not known.organisation:
        return mention
    if before.plain == "the" and after.plain in ("place", "farm", "shop", "yard", "office", "house"):
        named = next(
            (c for c in candidates if not c.is_person and fold(c.name) == fold(known.organisation or "")), None
        )
        who = who_of(named) if named is not None else Who(known.organisation, is_organisation=True)
        return replace(
            mention, first=mention.first - 1, last=mention.last + 1, start=before.start, end=after.end, who=who
        )
    return mention
