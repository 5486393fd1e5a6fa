"""Give and take: what one side gave up for the other, in whose favour, and its money worth if the note says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from ampersand.notebook.reader import spans
from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import US, Concession, Promise, Who


@dataclass(frozen=True, slots=True)
class _Draft:
    by: Who
    first: int
    last: int
    clause: Clause | None
    is_sure: bool = True


def concessions_of(
    parsed: Parsed, discourse: Discourse, promised: list[Promise], given: list[Promise]
) -> list[Concession]:
    """`given` was told as if promised, but is a price, terms, goods or a right: given up, and nothing more."""
    found: list[Concession] = []
    drafts = [*_from_signs(parsed, discourse), *_in_return(parsed, discourse), *_accepted_terms(parsed, discourse)]
    for draft in sorted(drafts, key=lambda d: (not d.is_sure, d.first)):
        concession = _finished(parsed, discourse, draft)
        if concession is not None and not any(_overlap(concession, other) for other in found):
            found.append(concession)
    for promise in [*given, *promised]:
        concession = _promised_in_exchange(parsed, discourse, promise, is_given=promise in given)
        if concession is not None and not any(_overlap(concession, other) for other in found):
            found.append(concession)
    return sorted(found, key=lambda c: c.what.start)


def _promised_in_exchange(
    parsed: Parsed, discourse: Discourse, promise: Promise, *, is_given: bool
) -> Concession | None:
    """A deed promised for something, for nothing, or to one side alone is given up too."""
    first, last = parsed.token_at(promise.what.start), parsed.token_at(promise.what.end - 1) + 1
    sentence = parsed.sentences[parsed.sentence_of(first)]
    around = parsed.plain_of(max(sentence.first, first - 8), min(sentence.last, last + 4))
    words = parsed.plain_of(first, last)
    language = parsed.language
    in_exchange = bool(language.in_return.search(around))
    is_gift = bool(language.free_act.search(words))
    is_for_one = bool(language.for_one_alone.search(words))
    hangs_on_us = any(
        c.intro in language.conditions and _is_of_other_side(discourse, c, promise.by)
        for c in parsed.clauses_in(max(sentence.first, first - 8), min(sentence.last, last + 8))
    )
    if not (is_given or in_exchange or is_gift or is_for_one or hangs_on_us):
        return None
    amount, currency = _worth(parsed, first, last)
    what = promise.what
    return Concession(
        by=promise.by, to=promise.to, what=what, amount=amount, currency=currency, spans=(what,), sureness="unsure"
    )


def _is_of_other_side(discourse: Discourse, condition: Clause, by: Who) -> bool:
    who = discourse.subject_of(condition)
    return condition.subject.kind != "none" and who is not None and who.is_us != by.is_us


def _overlap(left: Concession, right: Concession) -> bool:
    is_other_side = left.what == right.what and left.by != right.by
    return left.what.start < right.what.end and right.what.start < left.what.end and not is_other_side


def _from_signs(parsed: Parsed, discourse: Discourse) -> Iterator[_Draft]:
    """A word of giving ("free of charge", "10% off", "waive") in a clause that is neither an ask nor a refusal."""
    for number, sentence in enumerate(parsed.sentences):
        begin = parsed.tokens[sentence.first].start
        text = parsed.plain_of(sentence.first, sentence.last)
        for match in parsed.language.giving.finditer(text):
            at = parsed.token_at(begin + match.start())
            until = parsed.token_at(begin + match.end() - 1) + 1
            draft = (
                _after_colon(parsed, discourse, number, at, until)
                if match.group().endswith(":")
                else _around(parsed, discourse, number, at, until)
            )
            if draft is not None:
                yield draft
                other = discourse.interlocutor(at)
                if match.group().startswith("split") and draft.by.is_us and other is not None:
                    yield replace(draft, by=other)


def _after_colon(parsed: Parsed, discourse: Discourse, number: int, at: int, until: int) -> _Draft | None:
    """ "She gave: no outside dessert table"."""
    clause = next((c for c in parsed.clauses if c.verb == at), None)
    by = discourse.subject_of(clause) if clause is not None else None
    if by is None or until >= parsed.sentences[number].last:
        return None
    return _Draft(by, until, _to_mark(parsed, until, parsed.sentences[number].last), None)


def _around(parsed: Parsed, discourse: Discourse, number: int, at: int, until: int) -> _Draft | None:
    sentence = parsed.sentences[number]
    if sentence.is_question or _is_asked_or_refused(parsed, discourse, number, at, until):
        return None
    clause = _carrier(parsed, at, number)
    if clause is None:
        return _verbless(parsed, discourse, number, at, until)
    by = discourse.subject_of(clause)
    if by is None:
        by = _giver_of_thing(parsed, discourse, clause)
    if by is None or _is_old_story(parsed, clause):
        return None
    if not _is_gift(parsed, clause, at, until):
        return None
    if not by.is_us and not _is_third(discourse, by, clause.first) and _is_granted_to(parsed, clause, at, until):
        by = US
        is_price = clause.lemma in ("take", "buy", "order", "book")
        return _Draft(
            by, at if is_price else _first_of(parsed, clause, at), max(_last_of(parsed, clause), until), clause
        )
    return _Draft(by, _first_of(parsed, clause, at), max(_last_of(parsed, clause), until), clause)


def _is_granted_to(parsed: Parsed, clause: Clause, at: int, until: int) -> bool:
    """ "She gets priority", "he may pay in three instalments", "Nadia pays no deposit": what they are spared or given is ours."""
    word = parsed.plain_of(at, until)
    if clause.lemma in ("take", "buy", "order", "book") and re.search(r"price|rate", word):
        return True
    if clause.lemma in ("get", "receive", "have", "keep", "use", "enjoy"):
        return not clause.is_future and not clause.is_negated
    if clause.modal == "may":
        return True
    return clause.lemma == "pay" and bool(parsed.language.spared.search(word))


def _carrier(parsed: Parsed, at: int, number: int) -> Clause | None:
    around = [
        c
        for c in parsed.clauses
        if c.sentence == number and c.left <= at < max(c.end, c.verb + 1) and not c.is_infinitive
    ]
    # In "let us have the hall" it is the letting that gives.
    around = [c for c in around if not any(o.lemma == "let" and 0 < c.first - o.verb <= 3 for o in around)]
    return around[-1] if around else None


def _is_gift(parsed: Parsed, clause: Clause, at: int, until: int) -> bool:
    """Weak signs ("free", "exclusive", "extra") need a verb of giving or allowing; strong ones stand by themselves."""
    word = parsed.plain_of(at, until)
    if word.startswith("cover"):
        return bool(parsed.sums_in(clause.verb, clause.end))
    if not parsed.language.weak_giving.fullmatch(word):
        return True
    return clause.lemma in parsed.language.giving_verbs or clause.is_future


def _is_asked_or_refused(parsed: Parsed, discourse: Discourse, number: int, at: int, until: int) -> bool:
    sentence = parsed.sentences[number]
    clauses = [c for c in parsed.clauses_of(number) if c.left <= at < max(c.end, c.verb + 1)]
    language = parsed.language
    for clause in clauses:
        if clause.is_negated and clause.lemma in language.giving_verbs:
            return True
        if clause.lemma in language.asking_verbs and not language.acceptance.search(
            parsed.plain_of(clause.verb, sentence.last)
        ):
            return True
        if clause.intro == "whether" or (clause.modal == "may" and clause.intro in language.conditions):
            return True
    nearby = parsed.plain_of(at, min(sentence.last, until + 8))
    after = parsed.plain_of(until, min(sentence.last, until + 6)) if until < sentence.last else ""
    return bool(language.refused.search(after)) or bool(language.no_gift.search(nearby))


def _giver_of_thing(parsed: Parsed, discourse: Discourse, clause: Clause) -> Who | None:
    """ "The pilot stays free until June", told by us; "SSO is in"."""
    if clause.subject.kind not in ("thing", "it", "none"):
        return None
    if clause.parent is not None and clause.parent.lemma in parsed.language.reporting:
        return discourse.subject_of(clause.parent)
    label = discourse.label_of(clause.sentence)
    text = parsed.plain_of(clause.verb, clause.end)
    if clause.lemma in ("go", "come", "stay", "remain") and " free" in text and not re.search(r"\b(?:me|us)\b", text):
        return discourse.speaker_of(clause.sentence) if clause.is_quoted else US
    return (
        discourse.side_of(label)
        if label is not None
        else US
        if parsed.language.our_price.search(parsed.plain_of(clause.left, clause.end))
        else None
    )


def _is_old_story(parsed: Parsed, clause: Clause) -> bool:
    sentence = parsed.sentences[clause.sentence]
    first, last = max(sentence.first, clause.left - 12), min(sentence.last, clause.end + 4)
    return bool(parsed.language.long_ago.search(parsed.plain_of(first, last)))


def _first_of(parsed: Parsed, clause: Clause, at: int) -> int:
    """From the verb where the verb says the giving, from its object after plain "give" or "offer"."""
    if clause.subject.kind in ("thing", "it") and clause.subject.first < clause.verb:
        return clause.subject.first
    inner = [c for c in clause.children if c.is_infinitive and c.verb <= at]
    first = inner[-1].verb if inner else clause.verb
    if clause.lemma in parsed.language.plain_giving and not inner:
        first += 1
        while first < at and parsed.tokens[first].plain in (parsed.language.object_pronouns | {"to"}):
            first += 1
        named = next((m for m in parsed.mentions if m.first == first and m.last <= at), None)
        first = named.last if named is not None else first
        if (
            parsed.tokens[at].kind == "number"
            and parsed.tokens[first].plain in parsed.language.possessives
            and at - first <= 3
        ):
            # "Offered her chairman 20% less"
            first = at
    return min(first, at)


def _last_of(parsed: Parsed, clause: Clause) -> int:
    for following in parsed.clauses_in(clause.verb + 1, clause.end):
        if following.intro in parsed.language.reasons:
            return following.left
    return clause.end


def _verbless(parsed: Parsed, discourse: Discourse, number: int, at: int, until: int) -> _Draft | None:
    """ "First 2 months free if she signs", "lost: Lenz got it w/ -11%": no verb of its own before the sign."""
    sentence = parsed.sentences[number]
    is_right_for_them = parsed.plain_of(at, until).startswith(("exclusiv", "priority")) and re.search(
        r"\bfor\b", parsed.plain_of(at, min(sentence.last, until + 6))
    )
    if (
        not is_right_for_them
        and parsed.language.weak_giving.fullmatch(parsed.plain_of(at, until))
        and not parsed.language.free_thing.search(parsed.plain_of(sentence.first, until))
    ):
        return None
    first = at - 1 if at - 1 > sentence.first and parsed.tokens[at - 1].text == "," else at
    while first > sentence.first and parsed.tokens[first - 1].text not in ".,;:!?*•-–(" and at - first < 10:
        first -= 1
    last = until
    while last < sentence.last and parsed.tokens[last].text not in ".,;:!?-–)" and last - until < 10:
        last += 1
    label = discourse.label_of(number) or discourse.speaker_of(number)
    by = discourse.side_of(label) if label is not None else US
    return _Draft(by, first, last, None, is_sure=False)


def _in_return(parsed: Parsed, discourse: Discourse) -> Iterator[_Draft]:
    """ "In return she lets us put our name on the boats": what follows is given, whatever it is."""
    for number, sentence in enumerate(parsed.sentences):
        text = parsed.plain_of(sentence.first, sentence.last)
        begin = parsed.tokens[sentence.first].start
        for match in parsed.language.in_return.finditer(text):
            yield from _given_before(parsed, discourse, number, parsed.token_at(begin + match.start()))
            at = parsed.token_at(begin + match.end() - 1) + 1
            following = [
                c
                for c in parsed.clauses
                if c.sentence == number and c.first >= at - 1 and c.first <= at + 6 and not c.is_infinitive
            ]
            clause = following[0] if following else None
            if clause is not None and clause.lemma in parsed.language.reporting and len(following) > 1:
                clause = following[1]
            if clause is not None:
                by = discourse.subject_of(clause)
                if by is not None and not clause.is_negated:
                    yield _Draft(by, clause.verb, _last_of(parsed, clause), clause)
            elif at < sentence.last and match.group() not in ("therefore", "for that"):
                other = discourse.interlocutor(at)
                has_given = parsed.language.giving.search(text[: match.start()]) is not None
                if (match.group() == "against" and not has_given) or at + 1 >= sentence.last:
                    continue
                by = other if parsed.language.gave_before.search(text[: match.start()]) and other else US
                yield _Draft(by, at, _to_mark(parsed, at, sentence.last), None, is_sure=False)


def _given_before(parsed: Parsed, discourse: Discourse, number: int, at: int) -> Iterator[_Draft]:
    """ "She gives us the evening slot in return for ...": what stands right before is the other half."""
    before = [
        c for c in parsed.clauses_of(number) if c.verb < at <= c.end + 1 and not c.is_infinitive and not c.is_negated
    ]
    gives = bool(before) and before[-1].lemma in parsed.language.giving_verbs
    if not gives or not parsed.language.in_exchange.match(parsed.plain, parsed.tokens[at].start):
        return
    by = discourse.subject_of(before[-1])
    if by is not None:
        yield _Draft(by, before[-1].verb, at, before[-1])


def _to_mark(parsed: Parsed, at: int, last: int) -> int:
    while at < last and parsed.tokens[at].text not in ".;:!?(":
        at += 1
    return at


def _finished(parsed: Parsed, discourse: Discourse, draft: _Draft) -> Concession | None:
    first, last = spans.phrase(parsed, draft.first, _before_return(parsed, draft), keep_dates=True)
    words = [token for token in parsed.tokens[first:last] if token.is_word or token.kind == "number"]
    if all(w.plain in parsed.language.empty_promises or w.kind == "number" for w in words):
        return None
    to = _receiver(parsed, discourse, draft)
    if to is None:
        return None
    amount, currency = _worth(parsed, first, min(last + 4, parsed.sentences[parsed.sentence_of(first)].last))
    what = parsed.span(first, last)
    return Concession(
        by=draft.by,
        to=to,
        what=what,
        amount=amount,
        currency=currency,
        spans=(what,),
        sureness="sure" if draft.is_sure else "unsure",
    )


def _before_return(parsed: Parsed, draft: _Draft) -> int:
    """What is given in return is another's: cut there."""
    if draft.last <= draft.first:
        return draft.last
    match = parsed.language.in_return.search(parsed.plain_of(draft.first, draft.last))
    if match is None or match.start() < 3 or match.group().startswith("on condition"):
        return draft.last
    return parsed.token_at(parsed.tokens[draft.first].start + match.start())


def _accepted_terms(parsed: Parsed, discourse: Discourse) -> Iterator[_Draft]:
    """ "Wants 5% per booking. Agreed": terms asked for and said yes to."""
    for clause in parsed.clauses:
        subject = discourse.subject_of(clause) if clause.lemma in ("want", "ask", "demand", "request", "beg") else None
        if subject is None or subject.is_us or clause.is_negated or clause.modal:
            continue
        sentence = parsed.sentences[clause.sentence]
        first = clause.verb + 1
        while first < clause.end and parsed.tokens[first].plain in ("for", "us", "me"):
            first += 1
        if first >= clause.end or not parsed.language.terms_only.search(parsed.plain_of(first, clause.end)):
            continue
        following = parsed.sentences[clause.sentence + 1] if clause.sentence + 1 < len(parsed.sentences) else None
        is_granted = (
            parsed.language.acceptance.search(parsed.plain_of(clause.verb, min(sentence.last, clause.verb + 60)))
            is not None
        )
        if not is_granted and following is not None:
            is_granted = (
                parsed.language.wanted_words.search(parsed.plain_of(following.first, following.last)) is not None
            )
        if is_granted:
            yield _Draft(US, first, clause.end, None)


def _receiver(parsed: Parsed, discourse: Discourse, draft: _Draft) -> Who | None:
    if not draft.by.is_us:
        return _receiver_of_theirs(discourse, draft)
    if draft.clause is not None:
        for i in range(draft.clause.verb + 1, draft.clause.end):
            meant = discourse.meant_by(i)
            if meant is not None and not meant.is_colleague and parsed.tokens[i].plain in ("him", "her", "them"):
                return meant
    sentence = parsed.sentences[parsed.sentence_of(draft.first)]
    named = [
        m.who
        for m in parsed.mentions_in(draft.first, sentence.last)
        if not (m.who.is_colleague or m.who.is_us or m.is_unnamed)
    ]
    return discourse.interlocutor(draft.first) or (named[0] if named else None)


def _receiver_of_theirs(discourse: Discourse, draft: _Draft) -> Who:
    """What a third firm gives, it gives to the one we talk with: a rival's price."""
    other = discourse.interlocutor(draft.first)
    return discourse.organisation_of(other) if other is not None and _is_third(discourse, draft.by, draft.first) else US


def _is_third(discourse: Discourse, by: Who, at: int) -> bool:
    """A firm that is neither ours nor that of the one we talk with."""
    other = discourse.interlocutor(at)
    house = discourse.organisation_of(other) if other is not None else None
    return by.is_organisation and house is not None and house.is_organisation and house != by


def _worth(parsed: Parsed, first: int, last: int) -> tuple[Decimal | None, str | None]:
    sums = parsed.sums_in(first, last)
    return (sums[0].amount, sums[0].currency) if sums else (None, None)
