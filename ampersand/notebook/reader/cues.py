"""Signs of contact in a note: which channel, with whom, told as done or as to come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.names import Mention
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import Who

if TYPE_CHECKING:
    from ampersand.notebook.reader.discourse import Discourse

REACH = 9  # tokens between a cue and those it is about


SPECIFICITY = {"video": 5, "event": 4, "message": 4, "email": 4, "letter": 4, "call": 3, "visit": 1}


@dataclass(frozen=True, slots=True)
class Cue:
    """Tokens [first, last) that say how people were in touch; `clause` when its verb is the cue."""

    channel: str
    first: int
    last: int
    sentence: int
    clause: Clause | None = None

    @property
    def is_noun(self) -> bool:
        return self.clause is None


def cues_of(parsed: Parsed) -> list[Cue]:
    """Every sign of a channel, the most telling first where several lie on one another ("video call")."""
    found = [*_phrase_cues(parsed), *_noun_cues(parsed), *_verb_cues(parsed)]
    found.sort(key=lambda cue: (-SPECIFICITY[cue.channel], cue.first - cue.last))
    kept: list[Cue] = []
    for cue in found:
        if all(cue.last <= other.first or cue.first >= other.last for other in kept) and not any(
            _is_same_heading(parsed, cue, other) for other in kept
        ):
            kept.append(cue)
    kept = [cue for cue in kept if not any(_says_how(cue, other) for other in kept)]
    return sorted(kept, key=lambda cue: cue.first)


def _says_how(cue: Cue, other: Cue) -> bool:
    """ "Wrote on WhatsApp": the phrase tells the channel and not the verb."""
    is_phrase = other.is_noun and other.last - other.first > 1 and other.channel != cue.channel
    reach = 3 if cue.clause is not None else 0
    is_plain = cue.clause is not None or cue.last - cue.first == 1
    return is_plain and is_phrase and other.sentence == cue.sentence and 0 <= other.first - cue.last <= reach


def _is_same_heading(parsed: Parsed, cue: Cue, other: Cue) -> bool:
    """ "Quarterly review, video w/ Jo": one meeting, named twice in a heading without a verb."""
    is_near = cue.sentence == other.sentence and abs(cue.first - other.first) <= 5 and cue.is_noun and other.is_noun
    between = parsed.tokens[min(cue.last, other.last) : max(cue.first, other.first)]
    is_listed = any(t.text in ".;&+" or t.plain in parsed.language.conjunctions for t in between)
    return is_near and not is_listed and not parsed.clauses_of(cue.sentence)


def _phrase_cues(parsed: Parsed) -> Iterator[Cue]:
    for number, sentence in enumerate(parsed.sentences):
        text = parsed.plain_of(sentence.first, sentence.last)
        begin = parsed.tokens[sentence.first].start
        for pattern, channel in parsed.language.channel_phrases:
            for match in pattern.finditer(text):
                if match.end() > match.start():
                    first, last = parsed.token_at(begin + match.start()), parsed.token_at(begin + match.end() - 1) + 1
                    yield Cue(channel, first, last, number)


def _noun_cues(parsed: Parsed) -> Iterator[Cue]:
    verbs = {c.verb for c in parsed.clauses}
    named = {i for m in parsed.mentions for i in range(m.first, m.last)}
    for i, token in enumerate(parsed.tokens):
        channel = parsed.language.channel_nouns.get(token.plain)
        if channel is None or i in verbs or i in named or parsed.language.no_channel_noun.search(_around(parsed, i)):
            continue
        if not _is_modifier(parsed, i) and not _is_aside(parsed, i) and not _is_spoken(parsed, i):
            yield Cue(channel, i, i + 1, parsed.sentence_of(i))


def _around(parsed: Parsed, i: int) -> str:
    """The word with one word on either side, in their own letters: "pH meter", "fair play", "her phone"."""
    return parsed.words[parsed.tokens[max(0, i - 1)].start : parsed.tokens[min(i + 1, len(parsed.tokens) - 1)].end]


def _is_spoken(parsed: Parsed, i: int) -> bool:
    """Between single quotation marks: words somebody said, no contact of its own."""
    sentence = parsed.sentences[parsed.sentence_of(i)]
    marks = [k for k in range(sentence.first, sentence.last) if parsed.tokens[k].plain == "'"]
    return sum(k < i for k in marks) % 2 == 1 and any(k > i for k in marks)


def _is_modifier(parsed: Parsed, i: int) -> bool:
    """ "The coffee machine", "a call centre": the noun only describes another."""
    following = parsed.tokens[i + 1] if i + 1 < len(parsed.tokens) else None
    token = parsed.tokens[i]
    if token.plain == "pm" and following is not None and following.text == ":":
        return True
    if (
        following is None
        or not following.is_word
        or token.plain in ("video", "tel", "ph", "phone", "telefonat", "mail", "call", "mtg", "pm")
    ):
        return False
    language = parsed.language
    if following.plain in language.channel_nouns:
        return True
    word = following.plain
    closed = (
        word in language.prepositions
        or word in language.conjunctions
        or word in language.be_forms
        or word in language.verbs
        or word in language.ordinary
        or word in language.weekdays
        or word in language.adverbs
    )
    return not (closed or following.is_capital or any(m.first == i + 1 for m in parsed.mentions))


def _is_aside(parsed: Parsed, i: int) -> bool:
    """
    Words that are a channel only at the head of something ("text", "letter", "demo", "audit" as things spoken of).
    """
    word = parsed.tokens[i].plain
    if word not in parsed.language.weak_channel_nouns:
        return False
    sentence = parsed.sentences[parsed.sentence_of(i)]
    return i - sentence.first > 3 and not parsed.whens_in(max(sentence.first, i - 6), min(sentence.last, i + 7))


def _verb_cues(parsed: Parsed) -> Iterator[Cue]:
    for clause in parsed.clauses:
        channel = parsed.language.channel_verbs.get(clause.lemma)
        is_ours = clause.subject.kind in ("us", "none") or any(m.who.is_colleague for m in clause.subject.mentions)
        if clause.lemma in parsed.language.going_verbs and is_ours and _goes_to_somebody(parsed, clause):
            yield Cue("visit", clause.verb, clause.verb + 1, clause.sentence, clause)
        if clause.lemma in ("answer", "respond") and is_ours and _answers_a_mail(parsed, clause):
            channel = "email"
        if channel is None or clause.is_passive:
            continue
        if clause.lemma in ("see", "receive", "host", "greet", "catch", "corner", "collar") and not _has_person_object(
            parsed, clause
        ):
            continue
        if clause.lemma in ("call", "ring", "write", "mail", "email", "forward") and not _is_contact_verb(
            parsed, clause
        ):
            continue
        yield Cue(channel, clause.verb, clause.verb + 1, clause.sentence, clause)


def _answers_a_mail(parsed: Parsed, clause: Clause) -> bool:
    return clause.is_past and any(s.is_quoted for s in parsed.sentences[: clause.sentence])


def _goes_to_somebody(parsed: Parsed, clause: Clause) -> bool:
    """ "Ali went to Oakridge", "drove over to Jane's", "swung past Sami's"."""
    after = [t.plain for t in parsed.tokens[clause.verb + 1 : clause.verb + 4]]
    ways = ("to", "past", "round", "by")
    at = clause.verb + 1 + next((k + 1 for k, word in enumerate(after) if word in ways), 99)
    return parsed.mention_at(at) is not None or (parsed.mention_at(at + 1) is not None and at < len(parsed.tokens))


def _has_person_object(parsed: Parsed, clause: Clause) -> bool:
    after = clause.verb + 1
    if any(m.first == after and not m.who.is_organisation for m in parsed.mentions):
        return True
    word = parsed.tokens[after].plain if after < len(parsed.tokens) else ""
    return word in ("him", "her", "them", "me", "us") and parsed.tokens[
        min(after + 1, len(parsed.tokens) - 1)
    ].plain in ("", ".", ",", "at", "and", "in", "today", "again", "on", ":")


def _is_contact_verb(parsed: Parsed, clause: Clause) -> bool:
    """ "Called Jo", "she rang": not "a bloke called Trey", "calls him a thief", "called in at the shop"."""
    tokens = parsed.tokens
    after = tokens[clause.verb + 1].plain if clause.verb + 1 < len(tokens) else ""
    then = tokens[clause.verb + 2].plain if clause.verb + 2 < len(tokens) else ""
    if clause.lemma == "call":
        names = clause.subject.kind == "thing" and tokens[clause.subject.first].plain in (
            "a",
            "an",
            "the",
            "some",
            "this",
            "one",
            "his",
            "her",
        )
        if (
            (names and parsed.mention_at(clause.verb + 1) is not None)
            or then in ("'", '"')
            or after in ("in", "on", "out", "round", "by", "over", "into")
        ):
            return False
    is_sent_on = after == "it" and then == "to"
    if clause.lemma == "write" and after in ("up", "off", "down", "out", "that", "this", "the", "his", "their", "our"):
        return False
    return after not in ("off", "down", "it", "for", "a") or clause.lemma == "ring" or is_sent_on


def partners_of(parsed: Parsed, cues: list[Cue]) -> list[Who]:
    """The people contact was with, before any pronoun is known."""
    partners: list[Who] = []
    for cue in cues:
        if is_ahead(parsed, cue, None) or is_denied(parsed, cue):
            continue
        for mention in people_of(parsed, cue):
            if mention.who not in partners:
                partners.append(mention.who)
    return partners


def people_of(parsed: Parsed, cue: Cue) -> list[Mention]:
    """Those named with the cue: joined after it, else the subject before it, else the nearest in the sentence."""
    sentence = parsed.sentences[cue.sentence]
    inside = [
        m
        for m in parsed.mentions_in(sentence.first, sentence.last)
        if may_be_met(m)
        or (m.is_genitive and m.last + 1 == cue.first and not (m.who.is_colleague or m.who.is_us or m.is_unnamed))
    ]
    inside = _people_before_their_firms(parsed, inside)
    after = joined_run([m for m in inside if cue.last <= m.first <= cue.last + REACH], cue.last, parsed)
    before = [m for m in inside if cue.first - REACH <= m.first and m.last <= cue.first]
    if cue.clause is not None and cue.clause.subject.mentions:
        named = [m for m in cue.clause.subject.mentions if may_be_met(m)]
        is_house = all(m.who.is_organisation for m in named)
        return after if is_house and after and not after[0].who.is_organisation else named or after
    if before and (
        (before[-1].last == cue.first and not before[-1].who.is_organisation) or _is_behind_colon(parsed, cue, after)
    ):
        return before[-1:]
    return after or before[-1:]


def _people_before_their_firms(parsed: Parsed, mentions: list[Mention]) -> list[Mention]:
    """In "Nadia, Quay Street, popped in" and "Samir from Quay Street here" it is the person who was met."""
    kept: list[Mention] = []
    for mention in mentions:
        before = kept[-1] if kept else None
        if before is not None and mention.who.is_organisation and not before.who.is_organisation:
            between = [t.plain for t in parsed.tokens[before.last : mention.first]]
            known = before.who.known
            is_own = known is None or known.organisation in (None, mention.who.name)
            if between in ([","], ["from"], ["of"], ["at"], ["@"], ["("], ["/"]) and is_own:
                continue
        kept.append(mention)
    return kept


def _is_behind_colon(parsed: Parsed, cue: Cue, after: list[Mention]) -> bool:
    """In "Birgit again, lunch on me: Havgaard cuts ..." what follows the colon is what was said."""
    return bool(after) and any(t.text == ":" for t in parsed.tokens[cue.last : after[0].first])


def joined_run(after: list[Mention], at: int, parsed: Parsed) -> list[Mention]:
    run: list[Mention] = []
    for mention in after:
        between = parsed.tokens[(run[-1].last if run else at) : mention.first]
        words = [token.plain for token in between]
        is_joined = all(
            word in parsed.language.joining or (not word.isalnum() and word not in (".", ";", "!", "?", "\n"))
            for word in words
        )
        if run and not is_joined:
            break
        if not run and len(words) > 5 and not is_joined:
            break
        run.append(mention)
    return run


def may_be_met(mention: Mention) -> bool:
    return not (mention.who.is_colleague or mention.who.is_us or mention.is_unnamed or mention.is_genitive)


def clause_around(parsed: Parsed, token: int) -> Clause | None:
    around = [c for c in parsed.clauses if c.left <= token < max(c.own_end, c.verb + 1)]
    return around[-1] if around else None


def is_ahead(parsed: Parsed, cue: Cue, discourse: Discourse | None) -> bool:
    """Contact to come: future, a wish, a duty, or a noun with "next" or a later day beside it."""
    clause = cue.clause or clause_around(parsed, cue.first)
    if cue.clause is None:
        before = {
            token.plain for token in parsed.tokens[max(parsed.sentences[cue.sentence].first, cue.first - 3) : cue.first]
        }
        if before & {"next", "nxt", "another", "future"}:
            return True
        ahead = day_beside(parsed, cue)
        if ahead is not None and not (clause is not None and _tells_what_was(parsed, clause)):
            return ahead > parsed.setting.written_at.date()
    if clause is None:
        return False
    if cue.is_noun:
        return clause.first < cue.first and (bool(clause.modal) or clause.is_infinitive)
    is_bare = (
        not clause.is_past
        and not clause.is_perfect
        and clause.form in ("b", "bn")
        and clause.subject.kind in ("none", "us", "you")
    )
    went = (
        clause.is_infinitive
        and clause.parent is not None
        and clause.parent.lemma in parsed.language.going_verbs | {"come"}
    )
    if went and clause.parent is not None and (clause.parent.is_past or "d" in clause.parent.form):
        # "Went to see Jo"
        return False
    if not clause.is_past and not clause.is_perfect and "d" not in clause.form and _has_day_ahead(parsed, clause):
        return True
    return bool(clause.modal) or clause.is_infinitive or (is_bare and not is_header(parsed, cue))


def _tells_what_was(parsed: Parsed, clause: Clause) -> bool:
    """In "told me so by phone on Saturday" Saturday is past; in "agreed on a call Saturday" it is to come."""
    language = parsed.language
    sets_a_day = language.settling | language.asking_verbs | language.weak_reports | language.promising
    return (clause.is_past or clause.is_perfect) and not clause.modal and clause.lemma not in sets_a_day


def _has_day_ahead(parsed: Parsed, clause: Clause) -> bool:
    today = parsed.setting.written_at.date()
    days = [w.on("future", today) for w in parsed.whens_in(clause.left, clause.end) if not w.is_open]
    return any(day is not None and day >= today for day in days)


def day_beside(parsed: Parsed, cue: Cue) -> date | None:
    """The day that belongs to a noun of contact: in the same breath, with no verb and no colon between."""
    today = parsed.setting.written_at.date()
    for when in parsed.whens_in(*window_around(parsed, cue)):
        first, last = parsed.token_at(when.outer), parsed.token_at(when.end - 1) + 1
        low, high = (cue.last, first) if first >= cue.last else (last, cue.first)
        between = parsed.tokens[low:high]
        is_marked_off = any(t.text in ":;!?-–" or t.kind == "newline" for t in between)
        is_apart = is_marked_off or any(c.lemma not in parsed.language.settling for c in parsed.clauses_in(low, high))
        is_period_end = not when.is_day or parsed.plain[when.start : when.end].endswith("end")
        if not is_apart and not when.is_deadline and not when.is_open and not (is_period_end and not cue.is_noun):
            return when.on("unknown", today)
    return None


def is_header(parsed: Parsed, cue: Cue) -> bool:
    return cue.first - parsed.sentences[cue.sentence].first <= 1


def window_around(parsed: Parsed, cue: Cue) -> tuple[int, int]:
    sentence = parsed.sentences[cue.sentence]
    return max(sentence.first, cue.first - 5), min(sentence.last, cue.last + 10)


def is_denied(parsed: Parsed, cue: Cue) -> bool:
    sentence = parsed.sentences[cue.sentence]
    is_short = sentence.last - sentence.first < 30
    reach = 14 if is_short and cue.channel == "call" and cue.clause is not None else 6
    first, last = max(sentence.first, cue.first - 8), min(sentence.last, cue.last + reach)
    begin, start = parsed.tokens[first].start, parsed.tokens[cue.first].start
    for denied in parsed.language.no_contact.finditer(parsed.plain_of(first, last)):
        behind = begin + denied.end()
        if behind >= start or not parsed.language.and_then.search(parsed.plain[behind:start]):
            return True
    return cue.clause is not None and cue.clause.is_negated


def met_by_pronoun(parsed: Parsed, discourse: Discourse, cue: Cue) -> list[Who]:
    """ "Meeting him and his partner Dana": the one meant right behind the cue."""
    at = cue.last
    while at < len(parsed.tokens) and parsed.tokens[at].plain in ("with", "w/", "to", "from"):
        at += 1
    word = parsed.tokens[at].plain if at < len(parsed.tokens) else ""
    after = parsed.tokens[at + 1].plain if at + 1 < len(parsed.tokens) else ""
    who = discourse.meant_by(at) if word == "him" or (word == "her" and after in ("and", "&", "+", ",")) else None
    return [who] if who is not None and not who.is_colleague else []
