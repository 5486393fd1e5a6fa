"""Clauses weighed: whether what is said binds somebody, by the signs for and against it together."""

from __future__ import annotations

from collections.abc import Iterable

from ampersand.notebook.reader.arrangements import is_agreed_before, is_conditional
from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.drafts import (
    Draft,
    end_with_condition,
    house_of,
    is_hoped,
    is_task,
    is_terms_only,
    is_under_condition,
    speaker_aloud,
    voice_after,
    voice_of,
    was_long_ago,
)
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import US, Who
from ampersand.notebook.reader.signs import is_left_to_do, signs_of
from ampersand.notebook.reader.things_on_their_way import direction_of

# Tenths of the logarithm of the odds: what each sign adds, counted on some three hundred notes by six hands.
START = -22
POINTS: dict[str, int] = {
    "will": 14,
    "day": 13,
    "told": 12,
    "for_other_side": 8,
    "handing_over": 8,
    "to_us": 8,
    "in_return": 7,
    "some_time": 7,
    "some_time_in_present": 7,
    "told_by_doer": 7,
    "day_in_present": 6,
    "in_list": 6,
    "colleague_in_present": 5,
    "goes_there": 5,
    "pronoun": 5,
    "setting_out": 5,
    "word_given": 5,
    "named": 4,
    "on_condition": 4,
    "told_behind": 4,
    "with_sum": 4,
    "free": 3,
    "joined": 3,
    "promised": 3,
    "told_above": 3,
    "from_now_on": 3,
    "bound": 2,
    "gives_us": 2,
    "oneself": 2,
    "alone": -1,
    "quoted_present": -1,
    "state_on_a_day": -1,
    "terms": -1,
    "beside_past": -2,
    "has": -2,
    "must": -2,
    "requesting": -2,
    "liking": -3,
    "permitting": -3,
    "beside_would": -4,
    "unnamed": -4,
    "will_state": -4,
    "already": -5,
    "reporting": -5,
    "will_negated": -5,
    "each_its_part": -6,
    "negated": -6,
    "bare": -7,
    "state": -9,
    "own_affairs": -10,
    "under_way": -10,
    "period": -11,
    "theirs_without_day": -11,
    "without_ending": -60,
}
# From here on a clause is read as a promise though no rule of its own names it.
ENOUGH = 2
# Below these it is none, whatever rule took it for one. A bare present says little by itself; less will do where it is
# told as a deal, on a condition, on one's word, of what is handed to the other side, or of us on a day.
TOO_LITTLE_IN_PRESENT = -5
TOO_LITTLE = -21
TOO_LITTLE_IN_DEAL = -27
SAID_SO = frozenset({"will", "in_return", "bound", "promised", "word_given", "told_by_doer", "from_now_on", "free"})


def weighed(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """A promise by what speaks for it together: "Sione rings with the date", "the crates stay with us"."""
    draft = candidate(parsed, discourse, clause)
    if draft is None or weight_of(parsed, discourse, draft) < ENOUGH:
        return None
    return draft


def unless_unlikely(parsed: Parsed, discourse: Discourse, draft: Draft | None) -> Draft | None:
    """What a rule took for a promise, unless nearly everything speaks against it."""
    if draft is None or draft.clause is None or not _may_bind(parsed, discourse, draft.clause):
        return draft
    if (draft.by.is_us or draft.clause.is_quoted) and draft.clause.modal == "will":
        return draft
    signs = signs_of(parsed, discourse, draft.clause, draft.by, draft.last)
    is_dealt = "each_its_part" in signs and _answers_a_promise(parsed, discourse, draft)
    least = TOO_LITTLE_IN_DEAL if is_dealt else _least(parsed, draft, draft.clause, signs)
    return draft if _weight(signs) >= least else None


def _answers_a_promise(parsed: Parsed, discourse: Discourse, draft: Draft) -> bool:
    """ "I put the form in for her this week and she pays the fee": the other side's part stands right before it."""
    if draft.clause is None:
        return False
    before = [c for c in parsed.clauses_of(draft.clause.sentence) if c.verb < draft.clause.left]
    other = candidate(parsed, discourse, before[-1]) if before else None
    return other is not None and other.by.is_us != draft.by.is_us and weight_of(parsed, discourse, other) >= ENOUGH


def _least(parsed: Parsed, draft: Draft, clause: Clause, signs: frozenset[str]) -> int:
    if is_conditional(parsed, clause) or is_agreed_before(parsed, clause):
        return TOO_LITTLE_IN_DEAL
    is_handed = {"for_other_side", "handing_over"} <= signs or draft.to is not None or clause.subject.kind == "you"
    is_dated = draft.by.is_us and "day" in signs
    is_said = bool(clause.modal) or not SAID_SO.isdisjoint(signs) or is_handed or is_dated
    return TOO_LITTLE if is_said else TOO_LITTLE_IN_PRESENT


def weight_of(parsed: Parsed, discourse: Discourse, draft: Draft) -> int:
    """The logarithm of the odds that this is a promise, in tenths."""
    if draft.clause is None:
        return 0
    return _weight(signs_of(parsed, discourse, draft.clause, draft.by, draft.last))


def _weight(signs: Iterable[str]) -> int:
    return START + sum(POINTS.get(sign, 0) for sign in signs)


def candidate(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """A clause that says of somebody what is to come, and who would be bound by it."""
    if not _may_bind(parsed, discourse, clause):
        return None
    by = _bound(parsed, discourse, clause)
    if by is None or is_hoped(parsed, discourse, clause) or _is_own_news(parsed, clause, by):
        return None
    if is_left_to_do(discourse, clause) or is_terms_only(parsed, clause) or _is_made_to_do(parsed, clause):
        return None
    if clause.modal == "would" and (was_long_ago(parsed, clause) or _is_only_supposed(parsed, clause)):
        return None
    is_thing = clause.subject.kind in ("thing", "it", "you")
    first = clause.subject.first if is_thing else clause.first if clause.is_negated else clause.verb
    return Draft(by, first, end_with_condition(parsed, clause), clause, "unsure")


def _is_only_supposed(parsed: Parsed, clause: Clause) -> bool:
    """ "Ruth would take them tomorrow, but Graham has to sign"."""
    after = parsed.tokens[clause.end : clause.end + 2]
    return clause.parent is None and not clause.is_quoted and any(token.plain == "but" for token in after)


def _is_their_it(parsed: Parsed, discourse: Discourse, clause: Clause) -> bool:
    """ "It'll be with us Friday", she says: not the weather."""
    is_to_us = clause.modal == "will" and bool(
        parsed.language.towards_us.search(parsed.plain_of(clause.verb, clause.end))
    )
    return clause.is_quoted or clause.parent is not None or is_to_us


def _may_bind(parsed: Parsed, discourse: Discourse, clause: Clause) -> bool:
    is_behind = clause.is_perfect or (
        not clause.modal and (clause.is_past or ("d" in clause.form and "b" not in clause.form))
    )
    was_meant = parsed.word(clause.first) in ("should", "ought") or (clause.is_past and clause.parent is None)
    is_behind = is_behind or was_meant or (clause.subject.kind == "it" and not _is_their_it(parsed, discourse, clause))
    is_participle = clause.form == "n" and not clause.modal and not clause.is_passive
    tells = any(not c.is_infinitive for c in clause.children)
    parent = clause.parent
    is_thought = parent is not None and (parent.lemma in parsed.language.weak_reports or is_task(parent))
    is_aside = (
        tells
        or is_thought
        or clause.is_question
        or clause.is_infinitive
        or clause.subject.is_relative
        or clause.modal == "may"
    )
    is_nothing = parsed.word(clause.verb + 1) in ("nothing", "nobody", "none", "zero") and not clause.modal
    is_echo = is_nothing or (clause.lemma in ("do", "be") and parsed.word(clause.first - 1) in ("neither", "nor", "so"))
    return (
        bool(clause.lemma)
        and not is_echo
        and not (is_behind or is_participle or is_aside or is_under_condition(parsed, clause))
    )


def _is_made_to_do(parsed: Parsed, clause: Clause) -> bool:
    """ "Made Tom ride up and down": what somebody is made or helped to do, told with the verb before."""
    before = [c for c in parsed.clauses_of(clause.sentence) if c.verb < clause.left]
    is_bare = clause.form.startswith("b") and not clause.modal and clause.subject.kind != "none"
    return is_bare and bool(before) and before[-1].lemma in ("make", "let", "help", "watch", "see", "hear")


def _is_own_news(parsed: Parsed, clause: Clause, by: Who) -> bool:
    """ "Nadia leaves for Lisbon on Friday": what happens on their side anyway."""
    named = parsed.mention_at(clause.verb + 1)
    is_parting = clause.lemma in ("leave", "quit", "join") and named is not None and named.who.is_organisation
    is_person = clause.subject.kind in ("he", "she", "they", "name", "none")
    return (
        is_person
        and not by.is_us
        and (is_parting or bool(parsed.language.own_news.match(parsed.plain_of(clause.verb, clause.end))))
    )


def _bound(parsed: Parsed, discourse: Discourse, clause: Clause) -> Who | None:
    """Who does it; where a thing does it, who says so, or from whom or to whom it goes."""
    kind = clause.subject.kind
    if kind == "you":
        return discourse.speaker_of(clause.sentence) if clause.is_quoted else discourse.label_of(clause.sentence)
    if kind not in ("thing", "it"):
        return speaker_aloud(parsed, discourse, clause) or discourse.subject_of(clause)
    by = voice_of(parsed, discourse, clause) or voice_after(parsed, discourse, clause)
    if by is None and (kind == "thing" or clause.is_quoted):
        directed = direction_of(parsed, discourse, clause)
        by = directed[0] if directed is not None else None
    return by or house_of(parsed, discourse, clause) or _by_the_thing(parsed, discourse, clause)


def _by_the_thing(parsed: Parsed, discourse: Discourse, clause: Clause) -> Who | None:
    """ "The part lands Thursday" is ours to bring, "the deposit comes Friday" theirs."""
    words = {t.plain for t in parsed.tokens[clause.subject.first : clause.subject.last]}
    is_ours = bool(words & parsed.language.ours_to_bring) and not words & parsed.language.theirs_to_send
    return US if is_ours else discourse.interlocutor(clause.first)
