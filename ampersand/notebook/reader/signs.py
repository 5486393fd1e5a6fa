"""What speaks for or against a clause being a commitment: named signs, each true or not, none of them decisive alone."""

from __future__ import annotations

from datetime import date

from ampersand.notebook.reader.arrangements import goes_somewhere, is_conditional, is_mutual, sees_to_it
from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.deadlines import due_in, left_with_day
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.drafts import has_object_of_other_side, is_reported_after, is_told
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import Who
from ampersand.notebook.reader.when import When


def signs_of(parsed: Parsed, discourse: Discourse, clause: Clause, by: Who, last: int) -> frozenset[str]:
    """The signs of a clause by which `by` would be bound; its words end before token `last`."""
    due = due_in(parsed, left_with_day(parsed, clause), last, clause)
    signs = {
        *_of_the_time(parsed, clause, due, last),
        *_of_the_verb(parsed, clause, due),
        *_of_the_doer(discourse, clause, by, has_day=due is not None),
        *_of_the_receiver(parsed, discourse, clause, by, last),
        *_of_the_telling(parsed, discourse, clause, by),
        *_of_the_words(parsed, clause, last),
        *_of_the_custom(parsed, discourse, clause, by, due),
        *_of_the_neighbours(parsed, clause),
    }
    return frozenset(signs)


def _true(**signs: bool) -> set[str]:
    return {name for name, holds in signs.items() if holds}


def _of_the_time(parsed: Parsed, clause: Clause, due: tuple[When, date] | None, last: int) -> set[str]:
    text = parsed.plain_of(clause.verb, last)
    is_vague = due is None and bool(parsed.language.some_time.search(text))
    return _true(
        day=due is not None,
        period=due is not None and not due[0].is_day and not _is_week(parsed, due[0]),
        week=due is not None and not due[0].is_day and _is_week(parsed, due[0]),
        some_time=is_vague,
        day_in_present=due is not None and not clause.modal,
        some_time_in_present=is_vague and not clause.modal,
        on_condition=not clause.modal and is_conditional(parsed, clause),
        already=bool(parsed.language.so_far.search(parsed.plain_of(clause.left, last))),
    )


def _is_week(parsed: Parsed, when: When) -> bool:
    return bool(parsed.language.week_words.search(parsed.plain[when.outer : when.end]))


def _of_the_verb(parsed: Parsed, clause: Clause, due: tuple[When, date] | None) -> set[str]:
    language, lemma = parsed.language, clause.lemma
    is_state = lemma in language.no_commitment - {"be", "have", "stay"} and not sees_to_it(parsed, clause)
    return _true(
        will=clause.modal == "will",
        must=clause.modal == "must",
        negated=clause.is_negated,
        will_negated=clause.is_negated and bool(clause.modal),
        state=is_state,
        will_state=is_state and bool(clause.modal),
        has=lemma == "have" and not language.brought_there.search(_behind(parsed, clause)),
        handing_over=lemma in language.handing_over,
        setting_out=lemma in language.setting_out,
        own_affairs=lemma in language.own_affairs and not _is_for_others(parsed, clause),
        permitting=lemma in language.permitting,
        reporting=lemma in language.reporting,
        requesting=lemma in language.requesting,
        liking=lemma in language.theirs_when_left_out,
        state_on_a_day=is_state and due is not None and not clause.modal,
    )


def _is_for_others(parsed: Parsed, clause: Clause) -> bool:
    """ "Is doing us the intro", "the hall is ours", "stops withholding it": not what one does for oneself."""
    after = parsed.word(clause.verb + 1)
    is_ours = clause.lemma == "be" and after in ("ours", "yours", "back", "there")
    is_ended = clause.lemma in ("stop", "end") and after.endswith("ing")
    return is_ours or is_ended or (clause.lemma == "do" and clause.is_progressive)


def _behind(parsed: Parsed, clause: Clause) -> str:
    return parsed.plain_of(clause.verb + 1, clause.end) if clause.end > clause.verb + 1 else ""


def _of_the_doer(discourse: Discourse, clause: Clause, by: Who, *, has_day: bool) -> set[str]:
    subject = clause.subject
    named = subject.mentions[0] if subject.mentions else None
    return _true(
        named=subject.kind == "name",
        pronoun=subject.kind in ("he", "she"),
        unnamed=named is not None and named.is_unnamed,
        colleague_in_present=named is not None and named.who.is_colleague and not clause.modal,
        theirs_without_day=not by.is_us and not has_day and not clause.modal,
    )


def is_left_to_do(discourse: Discourse, clause: Clause) -> bool:
    """ "Send quote to him", "ask Omar": a thing to do for oneself, nobody was told."""
    is_bare = clause.subject.kind == "none" and clause.inherited_from is None
    is_base = "b" in clause.form and "d" not in clause.form and not clause.modal
    return is_bare and is_base and discourse.label_of(clause.sentence) is None


def _of_the_receiver(parsed: Parsed, discourse: Discourse, clause: Clause, by: Who, last: int) -> set[str]:
    return _true(
        for_other_side=has_object_of_other_side(parsed, discourse, clause, by),
        gives_us=parsed.word(clause.verb + 1) in ("me", "us"),
        goes_there=goes_somewhere(parsed, clause, by),
        to_us=bool(parsed.language.towards_us.search(parsed.plain_of(clause.verb, last))),
    )


def _of_the_telling(parsed: Parsed, discourse: Discourse, clause: Clause, by: Who) -> set[str]:
    parent = clause.parent
    sentence = parsed.sentences[clause.sentence]
    rest = parsed.plain_of(clause.verb, sentence.last)
    near = parsed.plain_of(max(sentence.first, clause.left - 25), min(sentence.last, clause.end + 25))
    return _true(
        told=parent is not None and is_told(parsed, clause),
        told_above=parent is None and is_told_above(parsed, discourse, clause),
        told_by_doer=parent is not None and discourse.subject_of(parent) == by,
        promised=parent is not None and parent.lemma in parsed.language.promising,
        told_behind=is_reported_after(parsed, clause),
        quoted_present=clause.is_quoted and not clause.modal,
        word_given=bool(parsed.language.word_given.search(near)),
        bound=bool(parsed.language.self_bound.search(rest)),
    )


def is_told_above(parsed: Parsed, discourse: Discourse, clause: Clause) -> bool:
    """ "Samir confirmed what we said: the deposit stays with us", "Sami: the ramp gets widened"."""
    if discourse.label_of(clause.sentence) is not None:
        return True
    sentence = parsed.sentences[clause.sentence]
    colon = next((i for i in range(sentence.first, clause.left) if parsed.tokens[i].text == ":"), None)
    if colon is None:
        return False
    telling = parsed.language.reporting - parsed.language.weak_reports
    return any(c.lemma in telling for c in parsed.clauses_in(sentence.first, colon))


def _of_the_words(parsed: Parsed, clause: Clause, last: int) -> set[str]:
    language = parsed.language
    text = parsed.plain_of(clause.verb, last)
    behind = parsed.plain_of(clause.verb + 1, min(clause.end, clause.verb + 11))
    before = parsed.plain_of(parsed.sentences[clause.sentence].first, clause.verb)
    return _true(
        terms=bool(language.deal_terms.search(behind)),
        in_return=bool(language.in_return.search(before)),
        free=bool(language.free_act.search(text)),
        with_sum=bool(parsed.sums_in(clause.verb, last)),
        oneself=bool(language.oneself.search(text)),
        bare=last <= clause.verb + 1,
    )


def _of_the_custom(
    parsed: Parsed, discourse: Discourse, clause: Clause, by: Who, due: tuple[When, date] | None
) -> set[str]:
    """What goes on anyway or has happened, against what begins with these words."""
    is_ahead = due is not None and due[1] > parsed.setting.written_at.date()
    near = parsed.plain_of(max(0, clause.left - 8), max(clause.end, clause.verb + 1))
    return _true(
        without_ending=not is_ahead and _lacks_its_ending(clause),
        from_now_on=bool(parsed.language.from_now_on.search(near)),
        each_its_part=not clause.modal and is_mutual(parsed, discourse, clause, by),
        under_way=clause.is_progressive
        and not clause.modal
        and due is None
        and not has_object_of_other_side(parsed, discourse, clause, by),
    )


def _lacks_its_ending(clause: Clause) -> bool:
    """ "Nadia call this morning", "she put up one finger": of one person, it may as well be past."""
    subject = clause.subject
    is_one = subject.kind in ("he", "she") or (
        subject.kind == "name" and len(subject.mentions) == 1 and not subject.mentions[0].who.is_organisation
    )
    is_plain = not (clause.modal or clause.is_negated or clause.is_quoted)
    return is_one and is_plain and "s" not in clause.form and "b" in clause.form


def _of_the_neighbours(parsed: Parsed, clause: Clause) -> set[str]:
    others = [c for c in parsed.clauses_of(clause.sentence) if c is not clause]
    return _true(
        joined=clause.intro in parsed.language.conjunctions,
        in_list=parsed.sentences[clause.sentence].is_bullet,
        alone=not others,
        beside_past=bool(others) and all(c.is_past or c.is_perfect for c in others),
        beside_would=any(c.modal == "would" and c.parent is not None for c in others),
    )
