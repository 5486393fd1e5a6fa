"""Promises in the future tense: "I'll send it", "she said she would call", "the files will be in my inbox"."""

from __future__ import annotations

from ampersand.notebook.reader.arrangements import comes_from_us
from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.drafts import (
    Draft,
    end_with_condition,
    house_of,
    is_hoped,
    is_reported_after,
    is_task,
    is_terms_only,
    is_told,
    is_under_condition,
    speaker_aloud,
    voice_after,
    voice_of,
    was_long_ago,
)
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import US, Who
from ampersand.notebook.reader.receivers import told_before
from ampersand.notebook.reader.things_on_their_way import thing_on_its_way


def told_to_come(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """ "I'll send it", "she said she would call", "the files will be in my inbox" (she says)."""
    is_set = (
        clause.modal == "must"
        and clause.parent is not None
        and clause.parent.is_passive
        and clause.parent.lemma in parsed.language.set_between
    )
    if (
        not (clause.is_future or is_set)
        or clause.is_question
        or clause.is_perfect
        or is_under_condition(parsed, clause)
    ):
        return None
    if clause.intro == "which" and clause.is_negated:
        # "... which Daniel will not forgive me"
        return None
    if clause.intro == "or" or parsed.tokens[max(0, clause.subject.first - 1)].plain == "or":
        # "... or I shall sit in his office until he weeps"
        return None
    is_reported = is_told(parsed, clause) or _hangs_on_a_fact(parsed, clause) or _goes_on_from_will(parsed, clause)
    if clause.modal == "would" and (not is_reported or was_long_ago(parsed, clause)):
        return None
    if (clause.parent is not None and is_task(clause.parent)) or _is_among_ourselves(parsed, clause):
        return None
    if clause.subject.kind == "you":
        return _received(parsed, discourse, clause)
    if clause.is_past and clause.parent is None:
        # "Was going to call": nothing came of it.
        return None
    handed = _handed_to_them(parsed, discourse, clause)
    if handed is not None:
        return handed
    is_state = clause.lemma in parsed.language.no_commitment - {"be"} and not _has_ready(parsed, clause)
    is_state = is_state and not (clause.parent is not None and clause.parent.lemma in parsed.language.promising)
    if is_state or not clause.lemma or is_hoped(parsed, discourse, clause) or is_terms_only(parsed, clause):
        return None
    if parsed.language.fears_before.search(parsed.plain_of(max(0, clause.left - 5), clause.subject.first + 1)):
        return None
    if (
        clause.parent is not None
        and clause.parent.lemma in ("give", "have")
        and clause.subject.kind in ("they", "it", "thing")
    ):
        return _thing_promised(parsed, discourse, clause)
    if _is_of_things(parsed, discourse, clause):
        return _thing_promised(parsed, discourse, clause)
    by = discourse.subject_of(clause) or house_of(parsed, discourse, clause)
    if _is_news(parsed, clause) and not (by is not None and by.is_us):
        return None
    is_going_on = clause.is_progressive and clause.lemma not in parsed.language.handing_over - {"do"}
    if clause.lemma in parsed.language.terms_verbs or (is_going_on and not (by is not None and by.is_us)):
        return None
    by = speaker_aloud(parsed, discourse, clause) or by
    if by is not None and by.is_us and clause.lemma in ("have", "get", "receive", "hear") and clause.parent is not None:
        # "She said I'd have her answer on Monday": hers to give.
        teller = discourse.subject_of(clause.parent)
        by = teller if teller is not None and not teller.is_us else by
    by = _teller_of_second(parsed, discourse, clause, by)
    if (
        by is not None
        and not by.is_us
        and clause.parent is None
        and clause.is_negated
        and _is_of_own_affairs(parsed, clause)
    ):
        return None
    if by is None or _is_threat(parsed, clause, by):
        return _thing_promised(parsed, discourse, clause) if by is None else None
    if clause.lemma == "be" and not _is_being_there(parsed, clause):
        return None
    if clause.is_negated and (
        not _may_promise_not_to(parsed, clause, by) or (parsed.tokens[clause.verb - 1].plain == "to")
    ):
        return None
    first = clause.verb
    if clause.is_negated:
        first = clause.first
    if clause.is_passive:
        return None
    return Draft(by, first, end_with_condition(parsed, clause), clause)


def _is_among_ourselves(parsed: Parsed, clause: Clause) -> bool:
    """ "Will ask Tom": nothing the other side is promised."""
    named = parsed.mention_at(clause.verb + 1) or parsed.mention_at(clause.verb + 2)
    is_asked = clause.lemma in parsed.language.inward | {"tell", "remind", "talk", "speak", "brief"}
    return is_asked and named is not None and named.who.is_colleague


def _handed_to_them(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """ "I told him he'd have the badges that morning", "told her she won't hear from us": ours to give, or to spare."""
    teller = discourse.subject_of(clause.parent) if clause.parent is not None else None
    if not clause.is_quoted and comes_from_us(parsed, clause):
        teller = US
    is_received = clause.lemma in ("have", "get", "receive", "hear", "see") and not clause.is_passive
    if teller is None or not teller.is_us or not is_received or clause.subject.kind in ("us", "it", "thing", "you"):
        return None
    taker = discourse.subject_of(clause)
    if taker is None or taker.is_us or is_hoped(parsed, discourse, clause):
        return None
    to = told_before(parsed, discourse, clause) or taker
    return Draft(
        teller, clause.first if clause.is_negated else clause.verb, end_with_condition(parsed, clause), clause, to=to
    )


def _hangs_on_a_fact(parsed: Parsed, clause: Clause) -> bool:
    """ "They'd sign if Meridian does the lease": said by them; "they'd sign if we were cheaper" only supposes."""
    conditions = [c for c in parsed.clauses_in(clause.verb + 1, clause.end) if c.intro in parsed.language.conditions]
    is_theirs = clause.subject.kind in ("he", "she", "they", "name")
    return is_theirs and bool(conditions) and not any(c.is_past or c.modal for c in conditions)


def _goes_on_from_will(parsed: Parsed, clause: Clause) -> bool:
    """ "She will put us on her list and she'd have the papers over by the 20th": still what she said she would do."""
    before = [c for c in parsed.clauses_of(clause.sentence) if c.verb < clause.left and c.modal == "will"]
    return bool(before) and clause.intro in parsed.language.conjunctions


def _teller_of_second(parsed: Parsed, discourse: Discourse, clause: Clause, by: Who | None) -> Who | None:
    """ "She says that rates go down and that we shall have it in writing": hers to give."""
    is_received = (
        clause.lemma in ("have", "get", "receive", "hear") and clause.parent is None and clause.intro == "that"
    )
    if by is None or not by.is_us or not is_received:
        return by
    telling = [
        c for c in parsed.clauses_of(clause.sentence) if c.verb < clause.left and c.lemma in parsed.language.reporting
    ]
    teller = discourse.subject_of(telling[-1]) if telling else None
    return teller if teller is not None else by


def _is_of_own_affairs(parsed: Parsed, clause: Clause) -> bool:
    """ "He won't leave Konkan before the season is over": the writer's view of what they do with themselves."""
    is_said = clause.is_quoted or is_reported_after(parsed, clause)
    return (
        clause.lemma in ("leave", "quit", "retire", "move", "change", "switch", "sell", "open", "reopen", "close")
        and not is_said
    )


def _is_threat(parsed: Parsed, clause: Clause, by: Who) -> bool:
    sentence = parsed.sentences[clause.sentence]
    return not by.is_us and bool(parsed.language.threats.search(parsed.plain_of(sentence.first, sentence.last)))


def _is_news(parsed: Parsed, clause: Clause) -> bool:
    """What will happen on their side anyway: prices go up, somebody takes over, retires, leaves."""
    return bool(parsed.language.own_news.match(parsed.plain_of(clause.verb, clause.end)))


def _has_ready(parsed: Parsed, clause: Clause) -> bool:
    """ "I'll have something over to her": to have a thing somewhere by then is an act, to have a thing is none."""
    following = parsed.tokens[clause.verb + 1 : clause.verb + 3]
    if clause.lemma == "stay":
        return [t.plain for t in following] in (["with", "us"], ["with", "you"], ["with", "me"])
    if clause.lemma == "see" and any(t.plain in ("right", "through", "off") for t in following):
        return True
    if clause.lemma in ("see", "look"):
        return bool(following) and following[0].plain in ("to", "at", "into", "after", "that")
    if clause.lemma in ("have", "get") and clause.subject.kind == "us" and clause.parent is not None:
        return True
    if clause.lemma == "have" and any(t.plain in ("word", "look", "chat", "go") for t in following):
        return True
    if clause.lemma == "have" and _has_somebody_do(parsed, clause):
        return True
    return clause.lemma == "have" and bool(parsed.language.handed_over.search(parsed.plain_of(clause.verb, clause.end)))


def _has_somebody_do(parsed: Parsed, clause: Clause) -> bool:
    """ "Have her chef call me", "have Tom bring it over"."""
    for at in range(clause.verb + 2, min(clause.verb + 6, clause.end - 1)):
        if "b" in parsed.language.verbs.get(parsed.tokens[at].plain, ("", ""))[1]:
            following = parsed.tokens[at + 1].plain
            if following in parsed.language.object_pronouns | parsed.language.determiners | parsed.language.particles:
                return True
    return False


def _received(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """ "You will have the answers by 11 April", in their words: the giver is who says it."""
    speaker = discourse.speaker_of(clause.sentence) if clause.is_quoted else discourse.label_of(clause.sentence)
    opening = parsed.word(clause.left - 1)
    if speaker is None and opening == "'":
        speaker = voice_after(parsed, discourse, clause) or discourse.interlocutor(clause.first)
    if speaker is None or speaker.is_us or speaker.is_colleague:
        return None
    is_done_to = clause.is_passive and clause.lemma in parsed.language.told_verbs
    if clause.is_negated or not (is_done_to or clause.lemma in ("have", "get", "receive", "find", "hear")):
        return None
    return Draft(speaker, clause.subject.first, end_with_condition(parsed, clause), clause)


def _is_being_there(parsed: Parsed, clause: Clause) -> bool:
    return bool(parsed.language.outward_be.search(parsed.plain_of(clause.verb, min(clause.end, clause.verb + 9))))


def _may_promise_not_to(parsed: Parsed, clause: Clause, by: Who) -> bool:
    is_told = clause.parent is not None and clause.parent.lemma in parsed.language.reporting | {"give", "have"}
    sentence = parsed.sentences[clause.sentence]
    gave_word = parsed.language.word_given.search(parsed.plain_of(sentence.first, sentence.last))
    is_held_back = bool(parsed.language.held_back.search(parsed.plain_of(clause.verb, clause.end)))
    return (
        is_told
        or is_held_back
        or by.is_us
        or clause.is_quoted
        or is_reported_after(parsed, clause)
        or gave_word is not None
    )


def _is_of_things(parsed: Parsed, discourse: Discourse, clause: Clause) -> bool:
    """ "She swore they'd be in my inbox tonight": one person speaking of things, not of her house."""
    if clause.subject.kind != "they" or clause.parent is None:
        return False
    teller = discourse.subject_of(clause.parent)
    is_person = teller is not None and not teller.is_organisation and not teller.is_us
    is_place = clause.lemma == "be" and parsed.word(clause.verb + 1) in (
        "in",
        "on",
        "with",
        "at",
        "here",
        "ready",
    )
    return is_person and (is_place or clause.lemma in ("arrive", "reach", "ship", "land"))


def _thing_promised(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """The thing is the subject: "PO will be raised today", said by Noel; then the subject is part of the words."""
    if clause.subject.kind not in ("thing", "it", "they") or clause.is_negated:
        return None
    by = voice_of(parsed, discourse, clause) or voice_after(parsed, discourse, clause)
    if by is None:
        return thing_on_its_way(parsed, discourse, clause)
    is_assured = clause.parent is not None and clause.parent.lemma in parsed.language.promising
    is_nobody = parsed.tokens[clause.subject.last - 1].plain in ("nobody", "noone", "none") and clause.modal == "will"
    if not (
        is_assured
        or is_nobody
        or clause.is_passive
        or _is_being_there(parsed, clause)
        or clause.lemma in ("come", "go", "arrive", "reach", "follow", "be", "leave", "ship", "sail", "depart", "start")
    ):
        return None
    if clause.lemma == "be" and not clause.is_passive and not _is_being_there(parsed, clause):
        return None
    has_day = bool(parsed.whens_in(clause.left, clause.end)) or clause.parent is not None
    if not has_day and not clause.is_quoted:
        return None
    first = clause.subject.first
    return Draft(
        by,
        first,
        end_with_condition(parsed, clause),
        clause,
        "unsure" if not parsed.whens_in(clause.left, clause.end) else "sure",
    )
