"""Who is named: the note's words against the book and the writer's colleagues, the best fitting party first."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ampersand.notebook.reader.book import Book, Known
from ampersand.notebook.reader.folding import fold, words_of
from ampersand.notebook.reader.pieces import Who
from ampersand.notebook.reader.spellings import (
    ABBREVIATED,
    FIRST,
    NEAR,
    Found,
    Setting,
    Spellings,
    is_initial,
    one_letter_apart,
    who_of,
    words_to_look_up,
)
from ampersand.notebook.reader.tokens import Token

# A worse spelling this far behind a better one of the same words is no candidate: "Karlson" is the firm, not the man.
CLEARLY_WORSE = 3.4
NEARLY_AS_GOOD = 3.0
MOST_CANDIDATES = 300


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


def mentions_of(tokens: list[Token], *, book: Book, setting: Setting, taken: set[int]) -> list[Mention]:
    """Every place where somebody of the book or a colleague is named. `taken` are tokens that are days or sums."""
    free = (token for i, token in enumerate(tokens) if i not in taken)
    words = words_to_look_up(free, setting.language)
    candidates = _likeliest(book.lookup(words), words, setting)
    found = Spellings(candidates, setting, tokens).find(taken)
    chosen = _choose(found, tokens, setting, candidates)
    mentions = [*chosen, *_short_for_the_named(chosen, tokens, setting, candidates)]
    return [_with_place_word(m, tokens, candidates) for m in sorted(mentions, key=lambda m: (m.first, -m.last))]


def _likeliest(candidates: list[Known], words: set[str], setting: Setting) -> list[Known]:
    """In a large book a first name alone finds thousands: those stay whose rarer words the note has."""
    if len(candidates) <= MOST_CANDIDATES:
        return candidates
    shared = [{word for name in known.names for word in words_of(name)} & words for known in candidates]
    bearers = Counter(word for own in shared for word in own)

    def likeness(at: int) -> float:
        firm = sum(word in words for word in words_of(candidates[at].organisation or ""))
        is_of_the_page = _is_of_the_page(who_of(candidates[at]), setting)
        return sum(1 / bearers[word] for word in shared[at]) + firm + is_of_the_page

    ranked = sorted(range(len(candidates)), key=likeness, reverse=True)
    return [candidates[at] for at in sorted(ranked[:MOST_CANDIDATES])]


@dataclass(frozen=True, slots=True)
class _Context:
    """What else the note names, and where first: organisations, employers of people there is no doubt about, those people."""

    organisations: dict[str, int]
    employers: dict[str, int]
    certain: set[str]
    setting: Setting


def _context_of(found: list[Found], setting: Setting) -> _Context:
    organisations: dict[str, int] = {}
    employers: dict[str, int] = {}
    certain: set[str] = set()
    for f in found:
        for key, (who, fit) in f.options.items():
            if who.is_organisation and fit > NEAR:
                organisations.setdefault(fold(who.name), f.first)
            if len(f.options) == 1 and fit > NEAR and who.known and who.known.organisation:
                employers.setdefault(fold(who.known.organisation), f.first)
            if len(f.options) == 1 and fit >= ABBREVIATED:
                certain.add(key)
    return _Context(organisations, employers, certain, setting)


def _choose(found: list[Found], tokens: list[Token], setting: Setting, candidates: list[Known]) -> list[Mention]:
    """Settle which of several parties of the same name is meant, by what else the note names."""
    context = _context_of(found, setting)
    mentions = []
    for f in found:
        nearest = _nearest_organisations(f, found)
        best_spelled = max(fit for _, fit in f.options.values())
        ranked = sorted(
            (
                (
                    fit
                    + _fit_in_context(key, who, f.first, nearest, context)
                    + _told_apart(key, who, f, found, tokens),
                    who,
                )
                for key, (who, fit) in f.options.items()
                if fit > best_spelled - CLEARLY_WORSE
            ),
            key=lambda entry: (-entry[0], entry[1].name),
        )
        best_fit, best = ranked[0]
        others = tuple(who for fit, who in ranked[1:3] if best_fit - fit < NEARLY_AS_GOOD and not who.is_us)
        if not others and f.last - f.first == 1 and best.known is not None and best_spelled <= FIRST:
            others = _nearly_called(tokens[f.first].plain, best, candidates)
        mentions.append(_mention(f, tokens, best, best_fit, others))
    return mentions


def _fit_in_context(key: str, who: Who, at: int, nearest: set[str], context: _Context) -> float:
    """What was named before a name says more of whom it means than what comes after."""
    fit = 5.0 if key in context.certain else 0.0
    fit += 4.5 if who.is_colleague else 0.0
    organisation = fold(who.known.organisation) if who.known and who.known.organisation else None
    if organisation is not None:
        fit += 6.0 if organisation in nearest else 0.0
        fit += _by_place(context.organisations.get(organisation), at, 3.0, 1.5)
        fit += _by_place(context.employers.get(organisation), at, 2.5, 1.5)
    return fit + (4.0 if _is_of_the_page(who, context.setting) else 0.0)


def _told_apart(key: str, who: Who, f: Found, found: list[Found], tokens: list[Token]) -> float:
    """ "Our Ante" is the colleague of that name; "Ashok" behind "Ashok V." is the same Ashok."""
    if who.is_colleague and f.first and tokens[f.first - 1].plain in ("our", "my"):
        return 10.0
    before = [o for o in found if o.last <= f.first and len(o.options) == 1 and o.last - o.first > f.last - f.first]
    called = [o for o in before if tokens[o.first].plain == tokens[f.first].plain]
    return 3.0 if called and key in called[-1].options else 0.0


def _by_place(first: int | None, at: int, before: float, after: float) -> float:
    return 0.0 if first is None or first == at else before if first < at else after


def _is_of_the_page(who: Who, setting: Setting) -> bool:
    about = setting.about
    if about is None or who.known is None:
        return False
    ids = {who.known.id, who.known.organisation_id}
    return about.id in ids or (about.organisation_id is not None and about.organisation_id in ids)


def _nearly_called(word: str, best: Who, candidates: list[Known]) -> tuple[Who, ...]:
    """ "Sami" may be Samir mistyped: a second guess, never the first."""
    near = (
        known for known in candidates if known.is_person and one_letter_apart(word, (words_of(known.name) or [""])[0])
    )
    return tuple(who_of(known) for known in near if known.id != (best.known.id if best.known else ""))[:1]


def _mention(f: Found, tokens: list[Token], who: Who, fit: float, others: tuple[Who, ...]) -> Mention:
    is_genitive = (
        f.last < len(tokens) and tokens[f.last].plain in ("'s", "'") and tokens[f.last].start == tokens[f.last - 1].end
    )
    return Mention(
        f.first, f.last, tokens[f.first].start, tokens[f.last - 1].end, who, fit, others, is_genitive=is_genitive
    )


def _nearest_organisations(f: Found, found: list[Found]) -> set[str]:
    """Organisations named within three tokens of the name: "Pete NQL", "Sandra at Weka"."""
    at = bisect_left(found, f.first, key=lambda other: other.first)
    near: set[str] = set()
    for other in found[max(0, at - 3) : at + 4]:
        if other is not f and (0 <= other.first - f.last <= 3 or 0 <= f.first - other.last <= 3):
            near.update(fold(who.name) for who, _ in other.options.values() if who.is_organisation)
    return near


def _short_for_the_named(
    mentions: list[Mention], tokens: list[Token], setting: Setting, candidates: list[Known]
) -> Iterable[Mention]:
    """ "D." and "Mme K." for somebody the note has named, "N." for a colleague, and "the dyehouse" for the one organisation
    of that trade whose people are in the note."""
    covered = {i for m in mentions for i in range(m.first, m.last)}
    people = [m for m in mentions if not m.who.is_organisation and not m.who.is_us]
    for i, token in enumerate(tokens):
        if i in covered:
            continue
        if (
            is_initial(tokens, i)
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
    if named and (is_alone or not tokens[i + 2].plain.isalpha()):
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
