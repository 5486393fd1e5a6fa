"""Clauses: who does what, in which tense, whether it is denied, only possible, wished for, or a condition.

A light grammar, no parser: verb groups are found by the words around a verb form, the subject is what stands before
the group, and a clause reaches to where the next one with a subject of its own begins.
"""

from __future__ import annotations

from ampersand.notebook.reader.clause import LONGEST, Clause, Subject
from ampersand.notebook.reader.sentences import Sentence
from ampersand.notebook.reader.subjects import Subjects
from ampersand.notebook.reader.verb_groups import VerbGroup


class ClauseFinder(Subjects):
    """Finds the clauses of one note."""

    def all(self) -> list[Clause]:
        clauses: list[Clause] = []
        for number, sentence in enumerate(self.sentences):
            clauses += self._of_sentence(number, sentence)
        return clauses

    def _of_sentence(self, number: int, sentence: Sentence) -> list[Clause]:
        found: list[Clause] = []
        floor = sentence.first
        for group in self._groups(sentence):
            clause = self._clause(number, sentence, group, floor, found)
            if self._is_noun_after_all(clause):
                continue
            found.append(clause)
            floor = group.last
        self._set_ends(found, sentence)
        return found

    def _clause(self, number: int, sentence: Sentence, group: VerbGroup, floor: int, earlier: list[Clause]) -> Clause:
        subject = self._subject(group, sentence, floor)
        left, intro = self._introduction(subject, sentence, floor)
        clause = Clause(
            number, left, subject, group.first, group.verb, group.lemma, group.form, intro=intro, modal=group.modal,
            is_negated=group.is_negated, is_perfect=group.is_perfect, is_past=group.is_past, is_passive=group.is_passive,
            is_progressive=group.is_progressive, is_infinitive=group.is_infinitive, is_quoted=sentence.is_quoted,
            is_question=group.inverted is not None, end=group.last, own_end=group.last,
        )  # fmt: skip
        named_after = self.mention_starting.get(group.last)
        is_said = (
            subject.kind == "none"
            and group.lemma in self.language.reporting
            and not group.is_infinitive
            and bool(earlier)
        )
        if is_said and named_after is not None and self.tokens[clause.left].plain in (",", '"', "'"):
            clause.subject = subject = Subject("name", named_after.first, named_after.last, (named_after,))
            clause.subject = Subject("name", group.first, group.first, (named_after,))
        self._attach(clause, earlier)
        follows_comma = any(token.plain == "," for token in self.tokens[clause.left : clause.first])
        after = self.tokens[group.last].plain if group.last < sentence.last else ""
        is_to_them = after in ("him", "them") or (
            after == "her" and group.last + 1 < sentence.last and not self.tokens[group.last + 1].is_word
        )
        if subject.kind == "none" and not group.is_infinitive and not earlier and follows_comma and not is_to_them:
            clause.subject = self._opener(sentence, clause.left) or subject
        return clause

    def _is_noun_after_all(self, clause: Clause) -> bool:
        """ "A second pump source": of one thing a verb would end in "s"."""
        subject = clause.subject
        openers = {self.tokens[i].plain for i in (subject.first - 1, subject.first) if i >= 0}
        is_one = subject.kind == "thing" and bool(openers & {"a", "an", "this", "each", "another"})
        is_bare = clause.first == clause.verb and not (clause.modal or clause.is_infinitive or clause.is_question)
        return is_one and is_bare and "b" in clause.form and not set(clause.form) & set("sd")

    def _introduction(self, subject: Subject, sentence: Sentence, floor: int) -> tuple[int, str]:
        left = subject.first
        intro = ""
        while left > floor:
            word = self.tokens[left - 1].plain
            language = self.language
            is_intro = word in language.introducing
            if word == "that" and left - 2 >= floor and self.tokens[left - 2].plain in language.prepositions:
                break
            joined = self._long_condition(left, floor)
            if joined:
                left, intro = left - joined, "once"
                continue
            dated = self._that_before_day(left, floor)
            if dated:
                left, intro = left - dated, "that"
                continue
            if word == "," or (is_intro and left - 1 not in self.solid):
                left -= 1
                if word in ("till", "until", "til") and self.word(left + 1) == "then":
                    continue
                if word in language.conditions or (
                    is_intro and word not in language.adverbs and word not in language.fillers
                ):
                    intro = word if not intro or intro in language.conjunctions else intro
                    follows_condition = word == "that" and left > floor and self.tokens[left - 1].plain == "condition"
                    intro = "if" if follows_condition else intro
            else:
                break
        return left, intro

    def _that_before_day(self, at: int, floor: int) -> int:
        """How many words before token `at` are "that on Monday" and its like."""
        first = at
        while first > floor and first - 1 in self.solid and first - 1 not in self.named:
            first -= 1
        small = self.language.prepositions | self.language.adverbs | {"the", "his", "her", "my", "our", "now", "then"}
        while first > floor and at - first < 6 and self.tokens[first - 1].plain in small:
            first -= 1
        opens = first < at and first > floor and self.tokens[first - 1].plain == "that"
        return at - first + 1 if opens else 0

    def _long_condition(self, at: int, floor: int) -> int:
        """How many words before token `at` say "once" in several words: "as soon as", "the same day", "the moment"."""
        for length in (3, 2):
            if at - length >= floor:
                words = " ".join(token.plain for token in self.tokens[at - length : at])
                if words in self.language.long_conditions:
                    return length
        return 0

    def _attach(self, clause: Clause, earlier: list[Clause]) -> None:
        """Join a clause to the one it completes, and take over a subject that is left out."""
        if not earlier:
            return
        before = earlier[-1]
        if clause.is_infinitive:
            clause.parent = before
            before.children.append(clause)
        elif clause.subject.kind == "none":
            source = before
            while source.is_infinitive and source.parent is not None and clause.form != "b":
                source = source.parent
            if clause.intro in self.language.conjunctions or (clause.intro == "" and clause.left < clause.first):
                clause.inherited_from = source
        teller = self._teller(clause, earlier)
        if teller is not None:
            clause.parent = teller
            teller.children.append(clause)

    def _teller(self, clause: Clause, earlier: list[Clause]) -> Clause | None:
        """The clause of telling that this one completes: "told her | I'd send it", "said | if it rains | they'd wait"."""
        if clause.is_infinitive or clause.subject.kind == "none" or clause.intro in self.language.conditions:
            return None
        before = earlier[-1]
        joins = clause.intro in self.language.conjunctions or self.tokens[clause.left].plain == ","
        if not joins and self._tells(before, clause):
            return before
        opens_with_and = any(
            t.plain in self.language.conjunctions for t in self.tokens[clause.left : clause.subject.first]
        )
        if (opens_with_and and (clause.intro == "that" or clause.modal == "would")) and before.parent is not None:
            return before.parent if not before.is_infinitive else before.parent.parent
        if opens_with_and and clause.intro == "that" and before.lemma in self.language.reporting:
            return before
        if clause.modal == "would":
            return self._teller_over_conditions(clause, earlier)
        return None

    def _teller_over_conditions(self, clause: Clause, earlier: list[Clause]) -> Clause | None:
        """ "Said if we hold the price they'd order": conditions and side clauses stand between."""
        for before in reversed(earlier):
            if before.lemma in self.language.reporting and not before.is_infinitive:
                return before
            if (
                before.parent is not None
                and before.parent.lemma in self.language.reporting
                and not before.is_infinitive
            ):
                return before.parent
            is_bidding = before.subject.kind == "none" and before.form == "b" and not before.modal
            is_between = (
                before.intro in self.language.conditions
                or before.is_infinitive
                or before.subject.is_relative
                or is_bidding
            )
            if not is_between:
                return None
        return None

    def _tells(self, before: Clause, clause: Clause) -> bool:
        between = self.plain_between(before.verb, clause.subject.first)
        gives_word = before.lemma in ("give", "have") and any(
            t.plain in ("word", "palabra") for t in self.tokens[before.verb : clause.left]
        )
        if gives_word or self.language.telling.search(between):
            return True
        is_set = before.is_passive and before.lemma in self.language.set_between and clause.intro == "that"
        is_report = before.lemma in self.language.reporting or is_set
        return is_report and (clause.intro == "that" or self._speaks_straight_on(before, clause))

    def plain_between(self, first: int, last: int) -> str:
        return " ".join(token.plain for token in self.tokens[first:last])

    def _speaks_straight_on(self, before: Clause, clause: Clause) -> bool:
        """Between "told" and what is told stands only who was told, and how."""
        between = range(before.verb + 1, clause.left)
        language = self.language
        small = (
            language.object_pronouns
            | language.adverbs
            | {"to", "me", "back", "again", ":", "-", "the", "straight", "about", "blind", "in", "turn", "on", ","}
        )
        return len(between) <= 6 and all(self.tokens[i].plain in small or i in self.solid for i in between)

    # Ends

    def _set_ends(self, clauses: list[Clause], sentence: Sentence) -> None:
        for k, clause in enumerate(clauses):
            hard = self._hard_end(clause, sentence)
            clause.own_end = min(hard, clauses[k + 1].left if k + 1 < len(clauses) else hard)
            end = hard
            for following in clauses[k + 1 :]:
                if following.left >= hard:
                    break
                own_left = self._left_of_assigned(following)
                if own_left is not None or not self._belongs(following, clause):
                    end = following.left if own_left is None else own_left
                    break
            clause.end = max(end, clause.verb + 1)
            clause.own_end = max(clause.own_end, clause.verb + 1)

    def _left_of_assigned(self, clause: Clause) -> int | None:
        """ "..., she to confirm sizes": an infinitive with a doer of its own behind a mark begins something new."""
        at = clause.first
        if not clause.is_infinitive or at < 2:
            return None
        mention = self.mention_ending.get(at)
        pronouns = ("i", "we", "he", "she", "they", "me", "us", "him", "her", "them")
        first = mention.first if mention is not None else at - 1 if self.tokens[at - 1].plain in pronouns else at
        before = self.tokens[first - 1].plain if first else ""
        return first if first < at and before in (",", "/", "+", "&", "and", "-") else None

    def _hard_end(self, clause: Clause, sentence: Sentence) -> int:
        depth = 0
        last = min(sentence.last, clause.verb + LONGEST)
        for at in range(clause.verb + 1, last):
            text = self.tokens[at].text
            plain = self.tokens[at].plain
            if text == "(":
                depth += 1
            elif text == ")":
                depth -= 1
                if depth < 0:
                    return at
            elif depth > 0 and plain in "!?" and at + 1 < last and self.tokens[at + 1].text == ")":
                # "The old invoice (61 days!) before month end"
                continue
            elif (
                plain in ";!?|>"
                or self.tokens[at].kind == "newline"
                or plain == '"'
                or (plain == "-" and self._is_spaced(at) and at + 1 < sentence.last and self._is_spaced(at + 1))
                or (plain == ":" and at - clause.verb > 1)
                or plain in ("um", "uh", "anyway", "anyways")
                or plain == "oh"
            ):
                return at
        while last > clause.verb + 1 and self.tokens[last - 1].text in ".…\"'”":
            last -= 1
        return last

    def _is_bare_relative(self, clause: Clause) -> bool:
        """ "Any figure | I name", "the list | she asked for": a pronoun right behind a noun, and nothing behind the verb."""
        if clause.subject.kind not in ("us", "he", "she", "they", "you") or clause.left != clause.subject.first:
            return False
        before = self.tokens[clause.left - 1] if clause.left else None
        after = self.tokens[clause.verb + 1] if clause.verb + 1 < len(self.tokens) else None
        if (
            after is not None
            and after.plain in ("for", "about", "to", "with", "of")
            and clause.verb + 2 < len(self.tokens)
        ):
            after = self.tokens[clause.verb + 2]
        is_noun = (
            before is not None
            and before.is_word
            and before.plain not in self.language.closed
            and before.plain not in self.language.verbs
        )
        is_told = clause.lemma in self.language.promising | self.language.reporting
        is_noun = is_noun and clause.left - 1 not in self.solid
        return is_noun and not is_told and (after is None or not after.is_word) and not clause.modal

    def _is_had_done(self, clause: Clause, following: Clause) -> bool:
        """ "Have trackers fitted", "get the page changed": the participle completes it."""
        at = following.subject.first
        before = self.tokens[at - 1].plain if at else ""
        has = self.language.verbs.get(before, ("",))[0] in ("have", "get", "want", "need", "see", "keep")
        brings = (
            clause.lemma in ("bring", "return", "send", "deliver", "give", "leave", "hand") and at - clause.verb <= 3
        )
        after = self.tokens[following.verb + 1] if following.verb + 1 < len(self.tokens) else None
        has = has or (
            brings and (after is None or not after.is_word or after.plain in self.language.prepositions | {"the"})
        )
        is_participle = "n" in following.form and not (following.modal or following.is_perfect or following.is_passive)
        return has and is_participle and following.subject.kind in ("thing", "name", "it", "none") and at > clause.verb

    def _is_let_do(self, following: Clause) -> bool:
        """ "Let Nadia know", "make the printer redo it": what somebody is let, made or helped to do."""
        if following.modal or following.is_past or "b" not in following.form:
            return False
        before = range(max(self.sentences[following.sentence].first, following.first - 4), following.first)
        return any(self.language.verbs.get(self.tokens[i].plain, ("",))[0] in ("let", "make", "help") for i in before)

    def _has_somebody_do(self, clause: Clause, following: Clause) -> bool:
        """ "Will have Samir call us", "gets her cousin to ring": what somebody else is made to do."""
        is_bare = not (following.modal or following.is_past or following.intro) and following.form.startswith("b")
        starts_behind = following.subject.first == clause.verb + 1 and following.subject.kind in ("name", "thing")
        return clause.lemma == "have" and bool(clause.modal) and is_bare and starts_behind

    def _is_spaced(self, at: int) -> bool:
        return self.tokens[at].start > self.tokens[at - 1].end

    def _belongs(self, following: Clause, clause: Clause) -> bool:
        """Whether a later verb group is still part of what this clause says."""
        language = self.language
        if following.is_infinitive:
            return True
        if self._is_let_do(following) or self._has_somebody_do(clause, following):
            return True
        if following.intro in language.conditions:
            return True
        if self._is_had_done(clause, following):
            return True
        if following.subject.kind == "none":
            is_joined = following.intro in language.conjunctions or following.intro == ""
            base = "b" in following.form and not following.modal and ("b" in clause.form or bool(clause.modal))
            return is_joined and (
                base or (following.form == clause.form and not following.modal and not clause.is_past)
            )
        is_sure = clause.lemma == "ensure" or (
            clause.lemma == "make" and self.word(clause.verb + 1) in ("sure", "certain")
        )
        if is_sure and following.first - clause.verb <= 8 and not following.intro:
            return True
        if following.intro == "that" and self.tokens[following.left].plain in language.conjunctions:
            return False
        if following.intro == "that" and self.tokens[following.left].text == ",":
            return False
        if following.intro in ("that", "whether"):
            return True
        if following.subject.is_relative or self._is_bare_relative(following):
            return True
        if following.intro == "what" and self.tokens[following.left - 1].plain not in language.prepositions:
            is_cleft = any(t.plain in ("is", "was", "'s") for t in self.tokens[following.end : following.end + 3])
            return not is_cleft
        is_new_question = following.left - 1 in self.solid and following.left - 1 not in self.named
        return following.parent is clause or (following.intro in language.question_words and not is_new_question)
