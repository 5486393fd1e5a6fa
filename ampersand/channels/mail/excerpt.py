"""The new words of a mail: without what is quoted, signed or added by programs; and the short piece of them we keep."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import combining, normalize

from ampersand.channels.mail import quotes
from ampersand.channels.mail.addresses import Address

LENGTH = 600
TEXT_LIMIT = 300_000
LINE_LIMIT = 4_000
SIGNATURE_LINES = 12

QUOTED = re.compile(r"^\s{0,3}(?:>|&gt;|\|\s?>)|^\|(?:\s|$)|^[A-Z]{1,3}>\s|^#>\s")
INVISIBLE = "\u200b\u200c\u200d\ufeff\u2060\u00ad\u200e\u200f"
SPACES_OF_A_KIND = "\u202f\xa0"
# How the lines begin that these patterns look for: most lines are told by their first letter to be none of them.
FORWARD_FIRST = frozenset("bBaAdDiI")
SCRUBBED_FIRST = frozenset("[-<aAhHcC")
DETAIL_FIRST = frozenset("NTSDU")
MARK_FIRST = frozenset("-—–")
DRAWN_FIRST = frozenset("_-=*/#~+")
COLONS = (":", "：")
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
SPACES = re.compile(r"\s+")
SPACES_IN_LINE = re.compile(r"[ \t]{2,}")
CONTACT_LINE = re.compile(
    r"@\S+\.\w|\bwww\.|https?://|(?:tel|phone|fax|mob(?:ile)?|cell|office|direct|t|m|f|p|skype)\s?[.:]"
    r"|\+?\(?\d[\d ()./-]{6,}\d",
    re.IGNORECASE,
)
LIST_LINE = re.compile(r"^\s*(?:[-*•·+]|\d{1,2}[.)])\s")
WRAP_FROM = 60


def excerpt(text: str, *, author: Address | None = None, length: int = LENGTH) -> str:
    """The first words that are the author's own, in whole words, at most `length` letters; "…" where more follows."""
    return shortened(new_words(text, author=author), length=length)


def shortened(words: str, *, length: int = LENGTH) -> str:
    """The first of these words, without hard line ends, cut between two words; "…" where more follows."""
    flat = unwrapped(words)
    if len(flat) <= length:
        return flat
    head = flat[: length - 1]
    # Letters of Chinese or Japanese stand without spaces: then the cut is where it is.
    at = max(head.rfind(" "), head.rfind("\n"))
    return (head[:at] if at > length // 2 else head).rstrip(" \n,;:-–(") + "…"


def new_words(text: str, *, author: Address | None = None) -> str:
    """What the author wrote in this mail, lines as written; also what stands between and below quoted pieces."""
    lines = [line[:LINE_LIMIT].rstrip() for line in _visible(text[:TEXT_LIMIT]).replace("\t", " ").split("\n")]
    lines = _split_inside(_without_warnings(_without_pgp(lines)))
    return _trimmed(_without_signature(_own_lines(lines), author))


def _visible(text: str) -> str:
    if not text.isascii():
        for letter in INVISIBLE:
            text = text.replace(letter, "")
        for space in SPACES_OF_A_KIND:
            text = text.replace(space, " ")
    return text


def _is_quoted(line: str) -> bool:
    return (">" in line or "|" in line or "&gt;" in line) and QUOTED.match(line) is not None


def unwrapped(text: str) -> str:
    """Paragraphs with their hard line ends taken out; lists, addresses and short lines keep theirs."""
    paragraphs: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text):
        out = ""
        last = ""
        for line in paragraph.split("\n"):
            words = line.strip()
            first = words.split(" ", 1)[0]
            is_wrapped = len(last) + len(first) >= WRAP_FROM and not LIST_LINE.match(line)
            out += (" " if is_wrapped else "\n" if out else "") + words
            last = words
        paragraphs.append(SPACES_IN_LINE.sub(" ", out.strip("\n")))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _own_lines(lines: Sequence[str]) -> list[str]:
    """The lines that are neither quoted nor announce a quote. A quote without marks ends the mail."""
    own: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if _is_quoted(line):
            _drop_cited_writer(own)
            own.append("")
            at = _past_quoted(lines, at)
        elif _ends_here(lines, at, has_words=any(one.strip() for one in own)):
            break
        elif _is_scrubbed(line) or _is_scrubbed_detail(lines, at):
            at += 1
        elif announced := _attribution_lines(lines, at):
            at += announced
            if not _is_quote_next(lines, at) and any(one.strip() for one in own):
                break
            own.append("")
        elif _is_signature_mark(line, own) or _is_footer(lines, at, own):
            at = _past_signature(lines, at)
            own.append("")
        else:
            own.append(line)
            at += 1
    return own


def _ends_here(lines: Sequence[str], at: int, *, has_words: bool) -> bool:
    line = lines[at]
    if line[:1] in "-_=*" and line and quotes.ORIGINAL.match(line):
        return True
    if line[:1] in FORWARD_FIRST and quotes.FORWARD_BEGINS.match(line):
        return True
    return _is_header_block(lines, at) and (has_words or at > 0 or _count_labels(lines, at) > 3)


def _is_header_block(lines: Sequence[str], at: int) -> bool:
    """Whether Outlook's "From: / Sent: / To: / Subject:" begins here."""
    return (
        bool(":" in lines[at] or "：" in lines[at])
        and bool(quotes.FIRST_LABELS.match(lines[at]))
        and _count_labels(lines, at) >= 3
    )


def _count_labels(lines: Sequence[str], at: int) -> int:
    labels: set[str] = set()
    for line in lines[at : at + 9]:
        found = quotes.LABEL.match(line[:300])
        if found:
            labels.add(found["label"].lower())
        elif not line.strip() and len(labels) >= 2:
            break
    return len(labels)


def _attribution_lines(lines: Sequence[str], at: int) -> int:
    """How many lines from here on say "On ... wrote:", 0 when they do not."""
    if not any(line.endswith(COLONS) for line in lines[at : at + quotes.ATTRIBUTION_LINES]):
        return 0
    first = lines[at].strip()
    if not first or not quotes.ATTRIBUTION_START.match(first):
        return 0
    joined = ""
    for count in range(1, quotes.ATTRIBUTION_LINES + 1):
        line = lines[at + count - 1].strip() if at + count - 1 < len(lines) else ""
        if not line or len(joined) > quotes.ATTRIBUTION_LENGTH:
            return 0
        joined = f"{joined} {line}".strip()
        if quotes.is_attribution(joined):
            return 0 if _begins_later(lines, at, count) else count
    return 0


def _begins_later(lines: Sequence[str], at: int, count: int) -> bool:
    """Whether the announcement really begins on a later line, under a last line of the author's own."""
    for start in range(at + 1, at + count):
        rest = " ".join(line.strip() for line in lines[start : at + count])
        if quotes.ATTRIBUTION_START.match(rest) and quotes.is_attribution(rest) and quotes.SURE_START.match(rest):
            return True
    return False


def _is_quote_next(lines: Sequence[str], at: int) -> bool:
    following = next((line for line in lines[at : at + 4] if line.strip()), "")
    return bool(_is_quoted(following))


def _past_quoted(lines: Sequence[str], at: int) -> int:
    """Past this quoted piece and its lines that a program has broken in two without marking the second half."""
    while at < len(lines) and _is_quoted(lines[at]):
        at += 1
        is_broken = (
            at + 1 < len(lines) and len(lines[at - 1]) > 68 and bool(lines[at].strip()) and _is_quoted(lines[at + 1])
        )
        if is_broken and not _is_quoted(lines[at]) and len(lines[at]) < 25:
            at += 1
    return at


def _drop_cited_writer(own: list[str]) -> None:
    """Take back an attribution that was not known as one, right above a quote: a short line that ends in a colon."""
    while own and not own[-1].strip():
        own.pop()
    last = own[-1].strip() if own else ""
    if (
        last.endswith((":", "..."))
        and len(last) < 200
        and re.search(r"(?i)\bwrote\b|\bwrites\b|\bschr(?:ie|ei)b|<[^<>]+@[^<>]+>", last)
    ):
        own.pop()


def _is_signature_mark(line: str, own: Sequence[str]) -> bool:
    return line[:1] in MARK_FIRST and bool(quotes.SIGNATURE_MARK.match(line)) and any(one.strip() for one in own)


def _is_footer(lines: Sequence[str], at: int, own: Sequence[str]) -> bool:
    """A drawn line with a list's footer or a header block under it. Only one of underscores may stand on top."""
    if lines[at].lstrip()[:1] not in DRAWN_FIRST or not quotes.UNDERLINE.match(lines[at]):
        return False
    if not lines[at].strip().startswith("_") and not any(one.strip() for one in own):
        return False
    below = [line for line in lines[at + 1 : at + 8] if line.strip()]
    following = at + 1 + next((n for n, line in enumerate(lines[at + 1 : at + 8]) if line.strip()), 0)
    is_block = following < len(lines) and _is_header_block(lines, following)
    is_last = lines[at].strip().startswith("_") and len(lines) - at <= 8
    return is_block or is_last or any(quotes.LIST_FOOTER.search(line[:300]) for line in below[:4])


def _past_signature(lines: Sequence[str], at: int) -> int:
    """Past a signature: it goes on to a quote or its announcement, or to the end."""
    at += 1
    while at < len(lines):
        if _is_quoted(lines[at]) or _attribution_lines(lines, at) or _ends_here(lines, at, has_words=True):
            return at
        at += 1
    return at


def _is_scrubbed(line: str) -> bool:
    return line.lstrip()[:1] in SCRUBBED_FIRST and quotes.SCRUBBED.match(line) is not None


def _is_scrubbed_detail(lines: Sequence[str], at: int) -> bool:
    """Name, type and size of an attachment, under the line that says that an archive took it out."""
    return (
        lines[at][:1] in DETAIL_FIRST
        and bool(quotes.SCRUBBED_PARTS.match(lines[at]))
        and any(map(quotes.SCRUBBED.match, lines[max(at - 5, 0) : at]))
    )


def _without_pgp(lines: list[str]) -> list[str]:
    if not any(line.startswith("-----BEGIN") for line in lines):
        return lines
    end = next(
        (number for number, line in enumerate(lines) if quotes.PGP_END.match(line)),
        len(lines),
    )
    return [line for line in lines[:end] if not quotes.PGP_START.match(line) and not quotes.PGP_HASH.match(line)]


def _split_inside(lines: list[str]) -> list[str]:
    """Where a long line holds "On ... wrote:" in its middle, the mail ends there."""
    for number, line in enumerate(lines):
        found = quotes.ATTRIBUTION_INSIDE.search(line) if len(line) > 120 and not _is_quoted(line) else None
        if found:
            return [*lines[:number], line[: found.start()]]
    return lines


def _without_warnings(lines: list[str]) -> list[str]:
    """Drop what a firm's gateway puts on top of mail from outside."""
    head = lines[:12]
    kept = [line for line in head if not quotes.EXTERNAL_WARNING.match(line)]
    return kept + lines[12:]


def _without_signature(own: list[str], author: Address | None) -> list[str]:
    own = _without_tail(own, quotes.DISCLAIMER)
    own = _without_tail(own, quotes.MOBILE)
    own = _without_underlined_tail(own)
    at = _closing_at(own)
    return own[:at] if at is not None else _without_name_block(own, author)


def _without_underlined_tail(own: list[str]) -> list[str]:
    """Without a last block under a drawn line that holds nothing but short lines and a way to reach somebody."""
    for number in range(max(len(own) - 30, 1), len(own)):
        if quotes.UNDERLINE.match(own[number]):
            below = [line for line in own[number + 1 :] if line.strip()]
            is_card = any(map(CONTACT_LINE.search, below)) and all(
                len(line) < 90 and not line.endswith("?") for line in below
            )
            if (is_card or not below) and any(line.strip() for line in own[:number]):
                return own[:number]
    return own


def _without_tail(own: list[str], mark: re.Pattern[str]) -> list[str]:
    """Cut at the first line that opens a disclaimer or mobile signature, when words of the author stand before it."""
    for number, line in enumerate(own):
        if mark.match(line.strip()[:400]) and (number == 0 or not own[number - 1].strip() or len(own) - number < 8):
            following = next((n for n in range(number, len(own)) if not own[n].strip()), len(own))
            rest = own[following:]
            return own[:number] + (["", *rest] if _has_prose(rest) and mark is quotes.MOBILE else [])
    return own


def _has_prose(lines: Sequence[str]) -> bool:
    return sum(len(line.split()) for line in lines) > 8


def _closing_at(own: Sequence[str]) -> int | None:
    """The line of "Best regards" that only a name and how to reach it follow."""
    filled = [number for number, line in enumerate(own) if line.strip()]
    for number in reversed(filled[1:][-SIGNATURE_LINES:]):
        line = own[number].strip()
        if len(line) < 60 and quotes.CLOSING.match(line):
            below = [own[other].strip() for other in filled if other > number]
            if all(len(one) < 90 and not one.endswith("?") for one in below):
                return number
    return None


def _without_name_block(own: list[str], author: Address | None) -> list[str]:
    """Without the last lines when they begin with the author's name and say how to reach them."""
    filled = [number for number, line in enumerate(own) if line.strip()]
    names = _names(author)
    for number in filled[1:][-SIGNATURE_LINES:]:
        if not _is_name(own[number], names):
            continue
        below = [own[other].strip() for other in filled if other > number]
        is_block = all(len(one) < 80 for one in below) and (
            not below or any(map(CONTACT_LINE.search, below)) or len(below) <= 2
        )
        stands_alone = not own[number - 1].strip() or len(own[number - 1]) < 50
        if is_block and stands_alone:
            return own[:number]
    return own


def _is_name(line: str, names: set[str]) -> bool:
    words = SPACES.split(line.strip(" -–—,.*_/\\"), maxsplit=4)
    return len(words) <= 4 and not names.isdisjoint(word.strip(".,*").casefold() for word in words)


def _names(author: Address | None) -> set[str]:
    """The parts of a name as they may stand under a mail: also without accents, or with "?" where an archive lost them."""
    if author is None:
        return set()
    parts = {part.casefold().strip(".,") for part in SPACES.split(author.name) if len(part.strip(".,")) > 1}
    plain = {"".join(letter for letter in normalize("NFKD", part) if not combining(letter)) for part in parts}
    return parts | plain | {NOT_ASCII.sub("?", part) for part in parts}


def _trimmed(own: Sequence[str]) -> str:
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(own))
    return text.strip("\n ")
