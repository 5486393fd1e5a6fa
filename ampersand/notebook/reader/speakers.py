"""Who speaks: the label of a line, the writer of a pasted mail."""

from __future__ import annotations

from ampersand.notebook.reader.names import Mention
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import US, Who
from ampersand.notebook.reader.sentences import Sentence


def labels_of(parsed: Parsed) -> dict[int, Who]:
    """ "Mick: ..." at the head of a line or sentence: what follows is his; "us:", "me:" and "our side:" are ours."""
    labels: dict[int, Who] = {}
    for number, sentence in enumerate(parsed.sentences):
        first = sentence.first
        while first < sentence.last and (
            not parsed.tokens[first].is_word
            or parsed.tokens[first].plain in parsed.language.before_labels | parsed.language.roles
        ):
            first += 1
        mention = parsed.mention_at(first)
        if mention is not None:
            if _is_colon(parsed, mention.last, sentence) and not mention.is_unnamed and not mention.who.is_organisation:
                labels[number] = mention.who
        elif first < sentence.last and _is_ours(parsed, first, sentence):
            labels[number] = US
    return labels


def _is_ours(parsed: Parsed, first: int, sentence: Sentence) -> bool:
    word = parsed.tokens[first].plain
    if word in ("us", "we", "me", "i", "ours", "mine"):
        return _is_colon(parsed, first + 1, sentence)
    then = parsed.tokens[first + 1].plain if first + 1 < sentence.last else ""
    is_part = word in ("our", "my") and then in ("side", "part", "end", "homework", "job", "action", "actions", "turn")
    return is_part and _is_colon(parsed, first + 2, sentence)


def _is_colon(parsed: Parsed, at: int, sentence: Sentence) -> bool:
    """A colon, or a dash with room around it, after a name and perhaps its firm in brackets."""
    if at < sentence.last and parsed.tokens[at].text == "(":
        closing = next((k for k in range(at, min(at + 8, sentence.last)) if parsed.tokens[k].text == ")"), at)
        at = closing + 1
    if at >= sentence.last:
        return False
    is_dash = parsed.tokens[at].plain == "-" and parsed.tokens[at].start > parsed.tokens[at - 1].end
    return parsed.tokens[at].text == ":" or is_dash


def speakers_of(parsed: Parsed) -> dict[int, Who]:
    """Who says the quoted sentences: the one who signs below, else the one named just before."""
    speakers: dict[int, Who] = {}
    number = 0
    while number < len(parsed.sentences):
        if not parsed.sentences[number].is_quoted:
            number += 1
            continue
        last = number
        while last + 1 < len(parsed.sentences) and parsed.sentences[last + 1].is_quoted:
            last += 1
        speaker = _speaker(parsed, number, last)
        if speaker is not None:
            speakers.update(dict.fromkeys(range(number, last + 1), speaker))
        number = last + 1
    return speakers


def _speaker(parsed: Parsed, first: int, last: int) -> Who | None:
    begin, end = parsed.sentences[first].first, parsed.sentences[last].last
    people = [
        m for m in parsed.mentions if not (m.who.is_colleague or m.who.is_us or m.who.is_organisation or m.is_unnamed)
    ]
    signed = [m for m in people if begin <= m.first and end - 8 <= m.last <= end + 1 and _signs(parsed, m, begin)]
    if signed:
        return signed[-1].who
    after = [m for m in people if end <= m.first <= end + 3 and parsed.tokens[m.first - 1].plain in ("-", '"', "(")]
    before = [m for m in people if begin - 25 <= m.first < begin]
    if before:
        return before[-1].who
    if after:
        return after[0].who
    return people[0].who if people else None


def _signs(parsed: Parsed, mention: Mention, begin: int) -> bool:
    before = parsed.tokens[mention.first - 1] if mention.first > begin else None
    return before is not None and (before.text in ".,-–—!?>" or before.kind == "newline")
