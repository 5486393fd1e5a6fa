"""Trade that happened: orders, invoices, payments, renewals, returns, cancellations, in the organisation's name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.money import Sum
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import Span, Transaction, Who

# "Paid the July invoice" is a payment, "cancelled the order" a cancellation.
_ABOUT_ANOTHER = {
    "invoice": ("pay", "settle", "clear", "query", "dispute"),
    "order": ("cancel", "stop", "return", "deliver", "ship", "pay", "invoice", "terminate"),
}


@dataclass(frozen=True, slots=True)
class _Sign:
    kind: str
    first: int
    last: int
    sentence: int
    word: str


def transactions_of(parsed: Parsed, discourse: Discourse) -> list[Transaction]:
    found: list[Transaction] = []
    signs = _signs(parsed)
    for sign in signs:
        near = [other for other in signs if other.sentence == sign.sentence and abs(other.first - sign.first) < 40]
        made = _transaction(parsed, discourse, sign, near)
        if made is not None:
            found.append(made)
            sentence = parsed.sentences[sign.sentence]
            if (
                made.kind == "order"
                and made.amount
                and parsed.language.paid_at_once.search(parsed.plain_of(sentence.first, sentence.last))
            ):
                found.append(replace(made, kind="payment"))
    return _settled(found)


def _signs(parsed: Parsed) -> list[_Sign]:
    signs: list[_Sign] = []
    for number, sentence in enumerate(parsed.sentences):
        text = parsed.plain_of(sentence.first, sentence.last)
        begin = parsed.tokens[sentence.first].start
        taken: list[tuple[int, int]] = []
        for kind, pattern in parsed.language.trade:
            for match in pattern.finditer(text):
                if all(match.end() <= start or match.start() >= end for start, end in taken):
                    taken.append(match.span())
                    first = parsed.token_at(begin + match.start())
                    signs.append(
                        _Sign(kind, first, parsed.token_at(begin + match.end() - 1) + 1, number, match.group())
                    )
    return sorted(signs, key=lambda s: s.first)


def _transaction(parsed: Parsed, discourse: Discourse, sign: _Sign, near: list[_Sign]) -> Transaction | None:
    sentence = parsed.sentences[sign.sentence]
    if sentence.is_question or not _happened(parsed, discourse, sign):
        return None
    party = _party(parsed, discourse, sign)
    if party is None:
        return None
    found = _sum_beside(parsed, discourse, sign, near)
    if (sign.kind == "invoice" and _is_paid(parsed, sign)) or _needs_more(parsed, discourse, sign, found):
        return None
    spans = (parsed.span(sign.first, sign.last), *((Span(found.start, found.end),) if found else ()))
    amount, currency = (found.amount, found.currency) if found else (None, None)
    return Transaction(kind=sign.kind, party=party, amount=amount, currency=currency, spans=spans)


def _is_paid(parsed: Parsed, sign: _Sign) -> bool:
    """ "Invoice 4711 paid": the paying is the news."""
    after = [t.plain for t in parsed.tokens[sign.last : min(sign.last + 8, parsed.sentences[sign.sentence].last)]]
    if sign.first and parsed.tokens[sign.first - 1].plain == "for":
        return True
    return any(word in ("paid", "pd", "settled", "bezahlt", "cleared") for word in after) and sign.word not in (
        "invoiced",
        "billed",
    )


def _clause_of(parsed: Parsed, sign: _Sign) -> Clause | None:
    exact = [c for c in parsed.clauses_of(sign.sentence) if sign.first <= c.verb < sign.last]
    if exact:
        return exact[0]
    around = [c for c in parsed.clauses_of(sign.sentence) if c.left <= sign.first < max(c.own_end, c.verb + 1)]
    return around[-1] if around else None


def _happened(parsed: Parsed, discourse: Discourse, sign: _Sign) -> bool:
    """Told as done: a past verb, or a bare noun with a sum and nothing that puts it off."""
    clause = _clause_of(parsed, sign)
    sentence = parsed.sentences[sign.sentence]
    if sign.word.startswith("consider"):
        return True
    if sign.word.startswith("go ahead") and clause is not None and clause.subject.kind == "none" and not clause.modal:
        return not clause.is_negated
    is_noun = clause is not None and not sign.first <= clause.verb < sign.last
    if (
        is_noun
        and clause is not None
        and clause.verb < sign.first
        and clause.lemma in _ABOUT_ANOTHER.get(sign.kind, ())
    ):
        return False
    if is_noun and clause is not None and any(t.text == "," for t in parsed.tokens[clause.verb : sign.first]):
        clause = None
    if is_noun and sign.first and parsed.tokens[sign.first - 1].plain in ("about", "re", "over", "on"):
        return False
    ahead = parsed.whens_in(sign.last, min(sentence.last, sign.last + 4))
    if sign.word in ("renewal", "renewals") and any(w.future is not None and w.past != w.future for w in ahead):
        return False
    if (
        is_noun
        and sign.last < sentence.last
        and parsed.language.put_off.search(parsed.plain_of(sign.last, min(sentence.last, sign.last + 8)))
    ):
        return False
    if clause is None:
        before = parsed.plain_of(max(sentence.first, sign.first - 6), sign.first) if sign.first > sentence.first else ""
        after = parsed.plain_of(sign.last, min(sentence.last, sign.last + 6)) if sign.last < sentence.last else ""
        return not parsed.language.not_yet.search(before) and not parsed.language.put_off.search(after)
    if clause.modal or clause.is_negated or clause.is_infinitive or clause.is_question:
        return False
    if parsed.language.long_ago.search(parsed.plain_of(max(sentence.first, clause.left - 10), clause.end)):
        return False
    if sign.word == "sold" and (clause.is_passive or not clause.is_past):
        return False
    if (
        clause.intro in parsed.language.conditions
        or clause.intro in parsed.language.question_words
        or clause.lemma in parsed.language.asking_verbs
        or clause.lemma in ("hope", "wait", "expect", "think", "owe")
    ):
        return False
    if sign.first <= clause.verb < sign.last:
        return _is_done(parsed, clause)
    return (
        clause.is_past or clause.is_perfect or clause.is_passive or "d" in clause.form or clause.lemma in ("be", "have")
    )


def _is_done(parsed: Parsed, clause: Clause) -> bool:
    if clause.is_past or clause.is_perfect or clause.is_passive or ("d" in clause.form and "b" not in clause.form):
        return True
    # Present tense: "he cancel the order", "he takes 3 more", but "pays when I bring the invoice" is to come.
    # To stop from a day on is told as done.
    if clause.lemma == "cancel" or (clause.lemma in ("stop", "end", "terminate") and not clause.is_progressive):
        return True
    ahead = [w for w in parsed.whens_in(clause.left, clause.end) if w.future is not None and w.past != w.future]
    later = any(c.intro in parsed.language.conditions for c in parsed.clauses_in(clause.verb + 1, clause.end))
    return (
        clause.lemma in ("cancel", "stop", "order", "take", "end", "be", "go", "stay", "renew")
        and not ahead
        and not later
        and not clause.is_progressive
    )


def _needs_more(parsed: Parsed, discourse: Discourse, sign: _Sign, found: Sum | None) -> bool:
    """Words of trade that are as often something else count only with a sum, or with the thing traded beside them."""
    word = sign.word
    clause = _clause_of(parsed, sign)
    if (
        clause is not None
        and sign.first <= clause.verb < sign.last
        and (clause.is_past or clause.is_perfect or clause.is_passive)
    ):
        if clause.lemma in parsed.language.trading_verbs or _signs_off(parsed, discourse, clause, sign):
            return False
        if clause.lemma in ("settle", "clear") and parsed.language.settling_accounts.search(_text_around(parsed, sign)):
            return False
    if _is_of_paper(parsed, sign):
        return True
    if parsed.language.weak_trade.fullmatch(word):
        return found is None and not parsed.language.traded.search(_text_around(parsed, sign))
    return False


def _is_of_paper(parsed: Parsed, sign: _Sign) -> bool:
    """ "PO 4417 recd": an order came in, and no money."""
    around = parsed.tokens[max(parsed.sentences[sign.sentence].first, sign.first - 3) : sign.last + 3]
    return sign.word[:3] in ("rec", "rcv") and any(
        t.plain in ("po", "order", "samples", "spec", "goods") for t in around
    )


def _signs_off(parsed: Parsed, discourse: Discourse, clause: Clause, sign: _Sign) -> bool:
    """ "Dr H signed, 62 staff": signing, and nothing else that is signed, is the contract."""
    following = parsed.tokens[sign.last] if sign.last < len(parsed.tokens) else None
    is_alone = (
        following is None or not following.is_word or following.plain in ("today", "yesterday", "for", "at", "on")
    )
    subject = discourse.subject_of(clause)
    return clause.lemma == "sign" and is_alone and subject is not None and not subject.is_us and not clause.is_passive


def _text_around(parsed: Parsed, sign: _Sign) -> str:
    sentence = parsed.sentences[sign.sentence]
    return parsed.plain_of(max(sentence.first, sign.first - 5), min(sentence.last, sign.last + 6))


def _sum_beside(parsed: Parsed, discourse: Discourse, sign: _Sign, near: list[_Sign]) -> Sum | None:
    """The nearest sum of the sentence that no other sign stands nearer to, else one that opens the next."""
    sentence = parsed.sentences[sign.sentence]
    first, last = max(sentence.first, sign.first - 12), min(sentence.last, sign.last + 16)
    sums = [s for s in parsed.sums_in(first, last) if not _is_rate(parsed, s)] or _sum_after(parsed, sign)
    best = min(sums, key=lambda s: _distance(s, sign, parsed), default=None)
    if best is None or (best.end <= parsed.tokens[sign.first].start and _is_part(parsed, sign)):
        return None
    if sign.kind in ("cancellation", "renewal", "return"):
        return best
    others = [o for o in near if o.first != sign.first and o.kind != sign.kind and _happened(parsed, discourse, o)]
    nearer = [o for o in others if _distance(best, o, parsed) < _distance(best, sign, parsed)]
    return None if any(not _bought_and_paid(parsed, sign, o) for o in nearer) else best


def _sum_after(parsed: Parsed, sign: _Sign) -> list[Sum]:
    """ "Nadia signed. £14k." and, for what is lost, "stops the subscription ... Pity. €340/mo gone."."""
    for number in range(sign.sentence + 1, min(sign.sentence + 4, len(parsed.sentences))):
        sentence = parsed.sentences[number]
        opening = parsed.sums_in(sentence.first, min(sentence.last, sentence.first + 4))
        if opening and opening[0].start <= parsed.tokens[sentence.first].end:
            return opening[:1]
        if sign.kind != "cancellation" and sentence.last - sentence.first > 1:
            break
    return []


def _is_part(parsed: Parsed, sign: _Sign) -> bool:
    """ "Paid half": the sum before is the whole."""
    last = min(parsed.sentences[sign.sentence].last, sign.last + 3)
    return last > sign.last and bool(parsed.language.part_only.search(parsed.plain_of(sign.last, last)))


def _bought_and_paid(parsed: Parsed, left: _Sign, right: _Sign) -> bool:
    """Bought and paid share the sum; a deposit is only part of it."""
    is_part = any(parsed.language.part_payment.fullmatch(sign.word) for sign in (left, right))
    return {left.kind, right.kind} == {"order", "payment"} and not is_part


def _distance(found: Sum, sign: _Sign, parsed: Parsed) -> int:
    start, end = parsed.tokens[sign.first].start, parsed.tokens[sign.last - 1].end
    return min(abs(found.start - end), abs(start - found.end)) + (15 if found.end < start else 0)


def _is_rate(parsed: Parsed, found: Sum) -> bool:
    """ "£6.10 a metre", "45 € each": a price, not a total; a sum per month or year is one."""
    if re.search(r"\d[\w.,]* ?[a-z]{0,14} (?:at|@) $", parsed.plain[max(0, found.start - 24) : found.start]):
        return True
    after = parsed.plain[found.end : found.end + 14]
    return bool(
        re.match(
            (
                r" ?(?:each|per (?!month|year|quarter|week|mo|annum)|a (?:piece|metre|meter|head|kilo|kg|unit|bag|"
                r"box)|/ ?(?:h|hr|pc|pcs|kg|m|head|unit|day)\b|an hour|pp\b|apiece)"
            ),
            after,
        )
    )


def _party(parsed: Parsed, discourse: Discourse, sign: _Sign) -> Who | None:
    """
    The customer (or the supplier when we buy): who does it, else who is meant at this place; the organisation if known.
    """
    clause = _clause_of(parsed, sign)
    who = discourse.subject_of(clause) if clause is not None else None
    if who is None or who.is_us:
        who = _object_party(parsed, discourse, sign, clause) or discourse.interlocutor(sign.first)
    return discourse.organisation_of(who) if who is not None and not who.is_us else None


def _object_party(parsed: Parsed, discourse: Discourse, sign: _Sign, clause: Clause | None) -> Who | None:
    last = clause.end if clause is not None else min(len(parsed.tokens), sign.last + 6)
    for i in range(sign.last, max(last, sign.last)):
        meant = discourse.meant_by(i)
        if meant is not None and not meant.is_colleague and parsed.tokens[i].plain in ("him", "her", "them"):
            return meant
    named = [m.who for m in parsed.mentions_in(sign.last, last) if not (m.who.is_colleague or m.is_unnamed)]
    return named[0] if named else None


def _settled(found: list[Transaction]) -> list[Transaction]:
    """One of a kind and party, the one with the sum first; bought and paid at once shares the sum."""
    kept: list[Transaction] = []
    for made in found:
        same = next(
            (k for k in kept if k.kind == made.kind and k.party == made.party and _same_sum(k.amount, made.amount)),
            None,
        )
        if same is None:
            kept.append(made)
        elif same.amount is None and made.amount is not None:
            kept[kept.index(same)] = made
    renewed = {k.party for k in kept if k.kind == "renewal"}
    return [k for k in kept if not (k.kind == "order" and k.party in renewed and k.amount is None)]


def _same_sum(left: Decimal | None, right: Decimal | None) -> bool:
    return left is None or right is None or left == right
