"""
People and organisations the book does not have yet, and those the note has no name for ("her board", "their
lawyer"). A capital letter alone makes nobody: a newcomer needs a title, a kin word or role beside it, an
introduction, a given name people commonly have, or an organisation they are said to be from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ampersand.notebook.reader.languages import Language
from ampersand.notebook.reader.names import Mention
from ampersand.notebook.reader.pieces import Who
from ampersand.notebook.reader.tokens import Token

SURE, LIKELY = 6.0, 3.5
LONGEST_NAME = 4


def newcomers_of(tokens: list[Token], known: list[Mention], *, language: Language, taken: set[int]) -> list[Mention]:
    covered = taken | {i for m in known for i in range(m.first, m.last)}
    starts = {m.first: m for m in known}
    found: list[Mention] = []
    i = 0
    while i < len(tokens):
        mention = None
        if i not in covered and tokens[i].is_word:
            mention = _titled(tokens, i, covered, language) or _named(tokens, i, covered, starts, language)
        if mention is not None:
            found.append(mention)
        i = mention.last if mention is not None else i + 1
    return _same_newcomer_again(tokens, found, covered, language)


def _titled(tokens: list[Token], i: int, covered: set[int], language: Language) -> Mention | None:
    """ "Mr Lagat", "Lic. Fuentes", "a Father Tobin"."""
    if tokens[i].plain not in language.titles or not (
        tokens[i].is_capital or tokens[i].plain in ("don", "dr", "mr", "mrs")
    ):
        return None
    if (
        i
        and tokens[i].plain in language.kin
        and (tokens[i - 1].plain in language.possessives or tokens[i - 1].plain == "'s")
    ):
        return None
    at = i + 1
    while at < len(tokens) and (tokens[at].text == "." or (tokens[at].plain in language.titles and at - i < 4)):
        at += 1
    last = _run_of_names(tokens, at, covered, language)
    if last == at:
        return None
    name = " ".join(token.text for token in tokens[at:last] if token.text != ".")
    title = "".join((" " if t.is_word and k else "") + t.text for k, t in enumerate(tokens[i:at]))
    return _newcomer(tokens, i, last, f"{title} {name}", SURE)


def _named(
    tokens: list[Token], i: int, covered: set[int], known: dict[int, Mention], language: Language
) -> Mention | None:
    last = _run_of_names(tokens, i, covered, language)
    if last == i:
        return _uncased_kin(tokens, i, language)
    name = " ".join(token.text for token in tokens[i:last] if token.text != ".")
    role, is_kin = _role_before(tokens, i, language)
    if _is_organisation_name(tokens, i, last, language):
        before = tokens[i - 1].plain if i else ""
        return _newcomer(tokens, i, last, name, LIKELY, is_organisation=True) if before not in ("in", "to") else None
    first = tokens[i].plain
    is_given = first in language.given_names or first.split("-")[0] in language.given_names
    if role or is_kin or _is_introduced(tokens, i, last, language):
        return replace(_newcomer(tokens, i, last, name, SURE), role=role)
    role_after = _role_after(tokens, last, language)
    if is_given and not (_begins(tokens, i) and first in language.ordinary):
        return replace(_newcomer(tokens, i, last, name, LIKELY), role=role_after)
    if last - i >= 2 and role_after:
        return replace(_newcomer(tokens, i, last, name, LIKELY), role=role_after)
    if _speaks_or_is_spoken_to(tokens, i, last, language) and not _begins(tokens, i):
        return replace(_newcomer(tokens, i, last, name, LIKELY), role=role_after)
    return None


def _run_of_names(tokens: list[Token], i: int, covered: set[int], language: Language) -> int:
    """The token after a run of capitalised words that could be one name."""
    at = i
    while at < len(tokens) and at - i < LONGEST_NAME and at not in covered and _may_be_in_a_name(tokens, at, language):
        if at > i and (tokens[at].start - tokens[at - 1].end != 1 and tokens[at - 1].text != "."):
            break
        at += 1
    while at > i and tokens[at - 1].plain in language.name_particles:
        at -= 1
    if at - i == 1 and at < len(tokens) and len(tokens[i].text) == 1:
        return i
    return at


def _may_be_in_a_name(tokens: list[Token], i: int, language: Language) -> bool:
    token = tokens[i]
    if not token.is_word:
        return False
    if token.plain in language.name_particles:
        return i + 1 < len(tokens) and tokens[i + 1].is_capital and tokens[i + 1].is_word
    if not token.is_capital or (token.text.isupper() and len(token.text) > 1):
        return False
    is_given = token.plain in language.given_names
    if token.plain in language.months or token.plain in language.weekdays:
        return False
    if token.plain in language.ordinary or token.plain in language.titles:
        return is_given and not _begins(tokens, i)
    if token.plain in language.verbs:
        return is_given and not _begins(tokens, i)
    return token.plain not in language.places


def _begins(tokens: list[Token], i: int) -> bool:
    return i == 0 or tokens[i - 1].kind == "newline" or tokens[i - 1].text in '.!?:•*"-(>…'


def _role_before(tokens: list[Token], i: int, language: Language) -> tuple[str | None, bool]:
    """ "his wife Luz", "the new girl up front, Kaylee", "their QS (lady, Charlene": a role or kin word within reach."""
    for back in range(1, 6):
        at = i - back
        if at < 0 or tokens[at].kind == "newline" or tokens[at].text in ".!?;:":
            break
        word = tokens[at].plain
        if word in language.kin and back <= 3 and _is_owned(tokens, at, language):
            return None, True
        if word in language.roles and _role_reaches(tokens, at, i):
            return (
                None if word in language.vague_people else _role_text(tokens, at, language)
            ), word in language.vague_people
    return None, False


def _is_owned(tokens: list[Token], at: int, language: Language) -> bool:
    return any(
        token.plain in language.possessives or token.plain == "'s" or token.plain == "a"
        for token in tokens[max(0, at - 3) : at]
    )


def _role_reaches(tokens: list[Token], at: int, i: int) -> bool:
    between = tokens[at + 1 : i]
    if not between:
        return True
    return all(
        token.text in ",(-/" or token.plain in ("named", "called", "up", "front", "there", "is", "a", "lady", "new")
        for token in between
    )


def _role_text(tokens: list[Token], at: int, language: Language) -> str:
    first = at
    while first > 0 and tokens[first - 1].plain in language.roles:
        first -= 1
    return " ".join(token.text for token in tokens[first : at + 1])


def _role_after(tokens: list[Token], last: int, language: Language) -> str | None:
    """ "Dee Hartsfield, their mktg VP" and "Karla (head of purchasing)"."""
    at = last
    if at >= len(tokens) or tokens[at].text not in ",(-/":
        return None
    words: list[str] = []
    for token in tokens[at + 1 : at + 7]:
        if token.plain in language.possessives or token.plain in ("the", "a", "an", "his", "new", "is"):
            continue
        if not token.is_word:
            break
        words.append(token.text)
        if token.plain in language.roles:
            return " ".join(words)
    return None


def _is_introduced(tokens: list[Token], i: int, last: int, language: Language) -> bool:
    """
    Named as a newcomer: "a guy named Trey", "his name is Daichi", "intro'd me to Dee", "she introduced Mme Karam".
    """
    before = [token.plain for token in tokens[max(0, i - 4) : i]]
    if not before:
        return False
    if before[-1] in ("named", "called", "namens"):
        return True
    if before[-1] in ("is", "'s", ":") and ("name" in before or "names" in before):
        return True
    verbs = {language.verbs[word][0] for word in before if word in language.verbs}
    return bool(verbs & {"introduce", "present"}) and before[-1] in ("to", "me", "us", "introduced", "with")


def _speaks_or_is_spoken_to(tokens: list[Token], i: int, last: int, language: Language) -> bool:
    after = tokens[last].plain if last < len(tokens) else ""
    lemma, forms = language.verbs.get(after, ("", ""))
    if lemma in language.speaking and ("d" in forms or "s" in forms):
        return True
    before = tokens[i - 1].plain if i else ""
    lemma_before = language.verbs.get(before, ("", ""))[0]
    if last - i > 1 and _begins_with_contact(tokens, i, language):
        return True
    return lemma_before in ("meet", "phone", "ring", "email") or (
        before in ("to", "with", "w/")
        and i > 1
        and language.verbs.get(tokens[i - 2].plain, ("", ""))[0] in ("speak", "talk", "sit", "chat", "meet")
    )


def _begins_with_contact(tokens: list[Token], i: int, language: Language) -> bool:
    """ "Texted Oda Zabel", "Wrote to Oda Zabel": a line that begins with how one was in touch names with whom."""
    words = [token.plain for token in tokens[max(0, i - 2) : i]]
    if words and _begins(tokens, i - 1) and words[-1] in language.in_touch:
        return True
    return len(words) == 2 and _begins(tokens, i - 2) and " ".join(words) in language.in_touch


def _is_organisation_name(tokens: list[Token], i: int, last: int, language: Language) -> bool:
    words = [token.plain for token in tokens[i:last]]
    return len(words) > 1 and (words[-1] in language.legal_forms or words[-1] in language.generic_organisations)


def _uncased_kin(tokens: list[Token], i: int, language: Language) -> Mention | None:
    """Small-written names in dictated notes: "her brother and business partner zahid"."""
    token = tokens[i]
    if (
        token.is_capital
        or token.plain not in language.given_names
        or token.plain in language.ordinary
        or token.plain in language.verbs
    ):
        return None
    _, is_kin = _role_before(tokens, i, language)
    before = tokens[i - 1].plain if i else ""
    if is_kin or before in ("partner", "boss", "named", "called", "colleague"):
        return _newcomer(tokens, i, i + 1, token.text.capitalize(), SURE)
    return None


def _newcomer(
    tokens: list[Token], first: int, last: int, name: str, fit: float, *, is_organisation: bool = False
) -> Mention:
    who = Who(name, is_organisation=is_organisation)
    is_genitive = (
        last < len(tokens) and tokens[last].plain in ("'s", "'") and tokens[last].start == tokens[last - 1].end
    )
    return Mention(
        first, last, tokens[first].start, tokens[last - 1].end, who, fit, is_new=True, is_genitive=is_genitive
    )


def _same_newcomer_again(
    tokens: list[Token], found: list[Mention], covered: set[int], language: Language
) -> list[Mention]:
    """ "Trey Maddox" and then "Trey" are one."""
    by_word: dict[str, Who] = {}
    for mention in sorted(found, key=lambda m: m.first - m.last):
        for token in tokens[mention.first : mention.last]:
            if token.is_word and token.plain not in language.titles:
                by_word.setdefault(token.plain, mention.who)
    joined = [replace(m, who=by_word.get(_telling_word(tokens, m, language), m.who)) for m in found]
    covered = covered | {i for m in found for i in range(m.first, m.last)}
    for i, token in enumerate(tokens):
        if i not in covered and token.is_word and token.is_capital and token.plain in by_word:
            joined.append(_newcomer(tokens, i, i + 1, by_word[token.plain].name, LIKELY))
    return sorted((replace(m, who=replace(m.who, name=m.who.name)) for m in joined), key=lambda m: m.first)


def _telling_word(tokens: list[Token], mention: Mention, language: Language) -> str:
    words = [
        token.plain
        for token in tokens[mention.first : mention.last]
        if token.is_word and token.plain not in language.titles
    ]
    return words[0] if words else ""


def unnamed_of(
    tokens: list[Token], mentions: Iterable[Mention], *, language: Language, taken: set[int]
) -> list[Mention]:
    """Parties without a name, by what they are: whether they count is for the stages that find them doing something."""
    covered = taken | {i for m in mentions for i in range(m.first, m.last)}
    found = []
    for i, token in enumerate(tokens):
        if i in covered or not token.is_word:
            continue
        first = _start_of_description(tokens, i, language)
        if first is not None and _is_head_noun(tokens, i, covered, language):
            text = " ".join(t.text for t in tokens[first : i + 1]).replace(" 's", "'s").replace(" - ", "-")
            owner_word = next((t.plain for t in tokens[first:i] if t.plain in language.possessives), None)
            who = Who(text, is_organisation=token.plain in language.bodies)
            mention = Mention(
                first, i + 1, tokens[first].start, token.end, who, LIKELY, is_new=True, is_unnamed=True, role=token.text
            )
            found.append(mention)
            covered.update(range(first, i + 1))
            if owner_word in ("my", "our"):
                found.pop()
    return found


def _start_of_description(tokens: list[Token], i: int, language: Language) -> int | None:
    word = tokens[i].plain
    if word not in (language.deciders | language.advisers | language.suppliers | language.bodies | {"wife", "husband"}):
        return None
    is_title_case = tokens[i].text.isupper() and len(word) <= 3
    for back in range(1, 4):
        at = i - back
        if at < 0 or not tokens[at].is_word or (at + 1 < i and tokens[at + 1].plain in language.prepositions):
            break
        before = tokens[at].plain
        if before in ("a", "an"):
            return (
                at if at and language.verbs.get(tokens[at - 1].plain, ("", ""))[0] in ("find", "have", "use") else None
            )
        if before in language.possessives or before in ("the", "'s"):
            return at if before != "'s" else at + 1
        if before in language.verbs and before not in language.also_nouns:
            break
    return i if is_title_case or (tokens[i].is_capital and word in language.deciders) else None


def _is_head_noun(tokens: list[Token], i: int, covered: set[int], language: Language) -> bool:
    """ "The board decides" and not "the board meeting"."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None or not after.is_word:
        return True
    if i + 1 in covered:
        return False
    return (
        after.plain in language.closed
        or after.plain in language.verbs
        or after.plain in language.be_forms
        or after.plain
        in language.will | language.would | language.may_be | language.must | language.have_forms | language.do_forms
    )
