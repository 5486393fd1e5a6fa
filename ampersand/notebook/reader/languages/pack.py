"""What a language pack has to say. A pack is a module with these names; `en.py` is one and tells what each is for."""

from __future__ import annotations

import re
from typing import Protocol

Words = frozenset[str]
Pattern = re.Pattern[str]


class Language(Protocol):
    """Word classes, patterns and small tables. Words are folded: lower case, no accents."""

    and_word: str

    # Days
    day_patterns: dict[str, Pattern]
    day_hints: dict[str, Pattern]
    same_day: Pattern
    next_day: Pattern
    weekdays: dict[str, int]
    months: dict[str, int]
    relative_days: dict[str, int]
    units: dict[str, str]
    parts: dict[str, int]
    feasts: dict[str, tuple[int, int] | int]

    def lead_of(self, words: str) -> str: ...
    def which_of(self, word: str) -> str: ...
    def number(self, written: str) -> int | None: ...
    def day_number(self, written: str) -> int: ...

    # Numbers and sums
    numerals: dict[str, int]
    currency_words: dict[str, str]

    # Verbs: word -> (lemma, letters of its forms), b base, s third person, d past, n participle, g -ing
    verbs: dict[str, tuple[str, str]]
    possessives: dict[str, str]

    # People
    nicknames: dict[str, tuple[str, ...]]
    title_roles: dict[str, str]
    relation_kinds: dict[str, str]
    serving: frozenset[tuple[str, str]]

    # Being in touch, trade
    channel_nouns: dict[str, str]
    channel_verbs: dict[str, str]
    channel_phrases: tuple[tuple[Pattern, str], ...]
    trade: tuple[tuple[str, Pattern], ...]

    # Word classes
    abbreviations: Words
    adverbs: Words
    long_adverbs: Words
    long_conditions: Words
    advisers: Words
    after_is: Words
    also_nouns: Words
    asking_verbs: Words
    be_forms: Words
    before_bearer: Words
    before_labels: Words
    boards: Words
    inside_apposition: Words
    working: Words
    bodies: Words
    bosses: Words
    call_verbs: Words
    closed: Words
    complementizers: Words
    conditions: Words
    conjunctions: Words
    contact_lemmas: Words
    counted_things: Words
    deciders: Words
    decision_verbs: Words
    deputies: Words
    determiners: Words
    determiners_only: Words
    do_forms: Words
    doubtful_months: Words
    doubtful_weekdays: Words
    empty_promises: Words
    fillers: Words
    follows_names: Words
    generic_organisations: Words
    given_names: Words
    giving_verbs: Words
    going_verbs: Words
    going_there: Words
    carried: Words
    handing_over: Words
    holding_verbs: Words
    have_forms: Words
    he: Words
    honorifics: Words
    introducing: Words
    joining: Words
    kin: Words
    kin_of_men: Words
    kin_of_women: Words
    legal_forms: Words
    may_be: Words
    meeting_verbs: Words
    men: Words
    men_words: Words
    women_words: Words
    minding_verbs: Words
    must: Words
    name_particles: Words
    negations: Words
    negative_auxiliaries: Words
    no_commitment: Words
    no_object: Words
    object_pronouns: Words
    offices: Words
    ordinary: Words
    own_affairs: Words
    particles: Words
    paying_words: Words
    permitting: Words
    places: Words
    plain_giving: Words
    prepositions: Words
    promise_reports: Words
    promising: Words
    inward: Words
    promise_nouns: Words
    requesting: Words
    set_between: Words
    happenings: Words
    ours_to_bring: Words
    theirs_to_send: Words
    pressing: Words
    buyers_deeds: Words
    granting: Words
    willing: Words
    conditional_deeds: Words
    setting_out: Words
    question_words: Words
    reasons: Words
    relatives: Words
    reporting: Words
    roles: Words
    she: Words
    speaking: Words
    speaking_with: Words
    in_touch: Words
    spoken_to: Words
    states: Words
    subject_pronouns: Words
    subordinators: Words
    suppliers: Words
    terms_verbs: Words
    theirs_when_left_out: Words
    they: Words
    titles: Words
    titles_of_men: Words
    titles_of_women: Words
    takes_infinitive: Words
    answering: Words
    mattering: Words
    told_verbs: Words
    trades: Words
    trading_verbs: Words
    settling: Words
    vague_people: Words
    visit_verbs: Words
    weak_channel_nouns: Words
    weak_reports: Words
    weak_visit_verbs: Words
    will: Words
    women: Words
    works_at_connectors: Words
    would: Words

    # Patterns, matched on folded text
    acceptance: Pattern
    advising: Pattern
    self_bound: Pattern
    they_know: Pattern
    several: Pattern
    yes_to: Pattern
    back_on: Pattern
    agreed_on: Pattern
    and_then: Pattern
    automatic: Pattern
    being_there: Pattern
    competing: Pattern
    day_named_after: Pattern
    decision_phrases: Pattern
    due_to: Pattern
    field_work: Pattern
    free_act: Pattern
    free_thing: Pattern
    gave_before: Pattern
    giving: Pattern
    habit: Pattern
    handed_over: Pattern
    hopes: Pattern
    no_day_meant: Pattern
    idea: Pattern
    in_exchange: Pattern
    in_return: Pattern
    joking: Pattern
    long_ago: Pattern
    minding: Pattern
    no_contact: Pattern
    no_channel_noun: Pattern
    no_gift: Pattern
    no_minding: Pattern
    nobody_yet: Pattern
    not_yet: Pattern
    oneself: Pattern
    our_price: Pattern
    our_yes: Pattern
    own_news: Pattern
    only_meets: Pattern
    fears_above: Pattern
    kept_since: Pattern
    gets_from_them: Pattern
    refuses_word: Pattern
    price_kept: Pattern
    set_terms: Pattern
    stays_free: Pattern
    no_money: Pattern
    hands_goods: Pattern
    acts_given: Pattern
    deal_terms: Pattern
    fears_before: Pattern
    from_now_on: Pattern
    outward_be: Pattern
    paid_at_once: Pattern
    part_only: Pattern
    part_payment: Pattern
    positive_minding: Pattern
    put_off: Pattern
    refused: Pattern
    said_yes: Pattern
    section_mark: Pattern
    settling_accounts: Pattern
    so_far: Pattern
    some_time: Pattern
    spared: Pattern
    supplying: Pattern
    telling: Pattern
    terms_only: Pattern
    standing_for: Pattern
    told_so: Pattern
    told_them: Pattern
    for_one_alone: Pattern
    on_its_way: Pattern
    paid_how: Pattern
    held_back: Pattern
    answer_below: Pattern
    answered_yes: Pattern
    broken: Pattern
    brought_there: Pattern
    whose_job: Pattern
    told_of_it: Pattern
    their_yes: Pattern
    towards_us: Pattern
    thanks_for: Pattern
    their_next_yes: Pattern
    their_rival: Pattern
    theirs_to_wonder: Pattern
    threats: Pattern
    traded: Pattern
    ultimatum: Pattern
    wanted_words: Pattern
    weak_giving: Pattern
    week_words: Pattern
    weak_trade: Pattern
    wondering: Pattern
    word_given: Pattern
    worked_together: Pattern
    worth_before: Pattern
