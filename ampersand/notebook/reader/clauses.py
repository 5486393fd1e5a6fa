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

    def _introduction(self, subject: Subject, sentence: Sentence, floor: int) -> tuple[int, str]:
        left = subject.first
        intro = ""
        while left > floor:
            word = self.tokens[left - 1].plain
            language = self.language
            is_intro = word in language.introducing
            if word == "," or (is_intro and left - 1 not in self.solid):
                left -= 1
                if word in language.conditions or (
                    is_intro and word not in language.adverbs and word not in language.fillers
                ):
                    intro = word if not intro or intro in language.conjunctions else intro
                    follows_condition = word == "that" and left > floor and self.tokens[left - 1].plain == "condition"
                    intro = "if" if follows_condition else intro
            else:
                break
        return left, intro

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
        is_new = clause.intro in self.language.conjunctions or self.tokens[clause.left].plain == ","
        gives_word = before.lemma in ("give", "have") and any(
            t.plain in ("word", "palabra") for t in self.tokens[before.verb : clause.left]
        )
        is_told = before.lemma in self.language.reporting or gives_word
        is_told = is_told and (clause.intro == "that" or gives_word or self._speaks_straight_on(before, clause))
        if not clause.is_infinitive and not is_new and is_told and clause.subject.kind != "none":
            clause.parent = before
            before.children.append(clause)
        elif (
            not clause.is_infinitive
            and clause.intro == "that"
            and self.tokens[clause.left].plain in self.language.conjunctions
            and before.parent is not None
        ) or (
            not clause.is_infinitive
            and clause.intro in self.language.conjunctions
            and clause.modal == "would"
            and before.parent is not None
        ):
            clause.parent = before.parent

    def _speaks_straight_on(self, before: Clause, clause: Clause) -> bool:
        """Between "told" and what is told stands only who was told, and how."""
        between = range(before.verb + 1, clause.left)
        language = self.language
        small = (
            language.object_pronouns
            | language.adverbs
            | {"to", "me", "back", "again", ":", "-", "the", "straight", "about"}
        )
        return len(between) <= 6 and all(self.tokens[i].plain in small or i in self.named for i in between)

    # Ends

    def _set_ends(self, clauses: list[Clause], sentence: Sentence) -> None:
        for k, clause in enumerate(clauses):
            hard = self._hard_end(clause, sentence)
            clause.own_end = min(hard, clauses[k + 1].left if k + 1 < len(clauses) else hard)
            end = hard
            for following in clauses[k + 1 :]:
                if following.left >= hard:
                    break
                if not self._belongs(following, clause):
                    end = following.left
                    break
            clause.end = max(end, clause.verb + 1)
            clause.own_end = max(clause.own_end, clause.verb + 1)

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

    def _is_spaced(self, at: int) -> bool:
        return self.tokens[at].start > self.tokens[at - 1].end

    def _belongs(self, following: Clause, clause: Clause) -> bool:
        """Whether a later verb group is still part of what this clause says."""
        language = self.language
        if following.is_infinitive:
            return True
        is_let = clause.lemma in ("let", "make", "help") and following.first - clause.verb <= 3
        if is_let and not following.modal and not following.is_past and following.form != "s":
            return True
        if following.intro in language.conditions:
            return True
        if following.subject.kind == "none":
            is_joined = following.intro in language.conjunctions or following.intro == ""
            base = "b" in following.form and not following.modal and ("b" in clause.form or bool(clause.modal))
            return is_joined and (
                base or (following.form == clause.form and not following.modal and not clause.is_past)
            )
        is_sure = clause.lemma == "ensure" or (
            clause.lemma == "make" and self.tokens[clause.verb + 1].plain in ("sure", "certain")
        )
        if is_sure and following.first - clause.verb <= 8 and not following.intro:
            return True
        if following.intro == "that" and self.tokens[following.left].plain in language.conjunctions:
            return False
        if following.intro in ("that", "whether"):
            return True
        if following.subject.is_relative:
            return True
        return following.parent is clause or following.intro in language.question_words
