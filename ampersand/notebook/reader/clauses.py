"""Clauses: who does what, in which tense, whether it is denied, only possible, wished for, or a condition.

A light grammar, no parser: verb groups are found by the words around a verb form, the subject is what stands before
the group, and a clause reaches to where the next one with a subject of its own begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from ampersand.notebook.reader.languages import Language
from ampersand.notebook.reader.names import Mention
from ampersand.notebook.reader.sentences import Sentence
from ampersand.notebook.reader.tokens import Token

# No clause says more than this many words, whatever the punctuation.
LONGEST = 80

SubjectKind = Literal["us", "he", "she", "they", "you", "it", "name", "thing", "none"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Tokens [first, last) before the verb; `mentions` when it is named; "none" when it is left out."""

    kind: SubjectKind
    first: int
    last: int
    mentions: tuple[Mention, ...] = ()
    is_relative: bool = False


@dataclass(slots=True)
class Clause:
    sentence: int
    left: int  # where it begins, its introducing word included
    subject: Subject
    first: int  # first token of the verb group
    verb: int  # main verb
    lemma: str
    form: str  # letters of the main verb's form: b s d n g
    intro: str = ""
    modal: str = ""  # will, would, may, must
    is_negated: bool = False
    is_perfect: bool = False
    is_past: bool = False
    is_passive: bool = False
    is_progressive: bool = False
    is_infinitive: bool = False
    is_question: bool = False
    is_quoted: bool = False
    end: int = 0  # after its last word, conditions and infinitives that belong to it included
    own_end: int = 0  # after its last word before any other verb group
    parent: Clause | None = None  # the clause it completes: "told her | I'd send it"
    inherited_from: Clause | None = None
    children: list[Clause] = field(default_factory=list)

    @property
    def is_future(self) -> bool:
        return self.modal in ("will", "would")

    @property
    def tense(self) -> Literal["past", "future", "unknown"]:
        if self.modal:
            return "future"
        if self.is_past or self.is_perfect:
            return "past"
        return "unknown" if self.is_infinitive else "future"


@dataclass(slots=True)
class _Group:
    first: int
    last: int
    verb: int
    lemma: str
    form: str
    modal: str = ""
    is_negated: bool = False
    is_perfect: bool = False
    is_past: bool = False
    is_passive: bool = False
    is_progressive: bool = False
    is_infinitive: bool = False
    inverted: tuple[int, int] | None = None


class ClauseFinder:
    """Finds the clauses of one note. `solid` are tokens inside names, days and sums: never verbs."""

    def __init__(
        self,
        tokens: list[Token],
        sentences: list[Sentence],
        mentions: list[Mention],
        solid: set[int],
        language: Language,
    ) -> None:
        self.tokens = tokens
        self.sentences = sentences
        self.language = language
        self.solid = solid
        self.mention_ending = {m.last: m for m in mentions}
        self.mention_starting = {m.first: m for m in mentions}
        self.named = {i for m in mentions for i in range(m.first, m.last)}

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

    # Verb groups

    def _groups(self, sentence: Sentence) -> Iterator[_Group]:
        i = sentence.first
        while i < sentence.last:
            group = self._group_at(i, sentence)
            if group is not None:
                yield group
                i = max(group.last, i + 1)
            else:
                i += 1

    def _group_at(self, i: int, sentence: Sentence) -> _Group | None:
        if i in self.solid or not self.tokens[i].is_word:
            return None
        word = self.tokens[i].plain
        language = self.language
        if word == "to":
            return self._infinitive(i, sentence)
        if i + 1 < sentence.last and self.tokens[i + 1].text == ":" and word == "am":
            return None
        if word in language.will | language.would | language.may_be | language.must:
            return self._from_auxiliary(i, sentence) if self._may_be_modal(i, sentence) else None
        if word in language.be_forms | language.have_forms | language.do_forms or self._is_clitic_be(i, sentence):
            return self._from_auxiliary(i, sentence)
        if word in language.verbs and word not in language.determiners and self._is_verb_here(i, sentence):
            lemma, form = language.verbs[word]
            is_past = ("d" in form and "b" not in form) or self._is_past_here(i, form, sentence)
            return _Group(i, i + 1, i, lemma, form, is_past=is_past, is_negated=self._is_denied_before(i, sentence))
        return None

    def _is_denied_before(self, i: int, sentence: Sentence) -> bool:
        """ "Never called back", "nobody answered"."""
        at = i
        while at > sentence.first and self.tokens[at - 1].plain in self.language.adverbs | self.language.negations:
            if self.tokens[at - 1].plain in self.language.negations:
                return True
            at -= 1
        return False

    def _is_past_here(self, i: int, form: str, sentence: Sentence) -> bool:
        """ "cut", "put", "let": past after he, she or a name."""
        if "d" not in form or "s" in form:
            return False
        before = self._before(i, sentence)
        return before is not None and (
            before in self.mention_ending or self.tokens[before - 1].plain in ("he", "she", "it")
        )

    def _may_be_modal(self, i: int, sentence: Sentence) -> bool:
        before = self.tokens[i - 1].plain if i > sentence.first else ""
        word = self.tokens[i].plain
        if word == "'d":
            return True
        if before in self.language.determiners and before not in self.language.subject_pronouns:
            return False
        return not (
            word in ("may", "will", "might")
            and self.tokens[i].is_capital
            and i > sentence.first
            and before in ("in", "by")
        )

    def _is_clitic_be(self, i: int, sentence: Sentence) -> bool:
        """ "'s" is a verb after a pronoun, and after a name when no thing follows that could be owned."""
        if self.tokens[i].plain != "'s" or i <= sentence.first:
            return False
        before = self.tokens[i - 1].plain
        if before in (
            "he",
            "she",
            "it",
            "that",
            "there",
            "who",
            "what",
            "where",
            "here",
            "everything",
            "nobody",
            "how",
        ):
            return True
        following = self._next_word(i + 1, sentence)
        if following is None:
            return False
        word = self.tokens[following].plain
        form = self.language.verbs.get(word, ("", ""))[1]
        return (
            word in self.language.after_is
            or word in self.language.states
            or ("g" in form and word not in ("meeting", "building"))
        )

    def _from_auxiliary(self, i: int, sentence: Sentence) -> _Group | None:
        """A chain of auxiliaries and what they carry: "'ll have it sent", "is not going to pay", "hasn't paid"."""
        language, group = self.language, _Group(i, i + 1, i, "", "")
        at = i
        while at < sentence.last and at - i < 12:
            token = self.tokens[at]
            word = token.plain
            if not token.is_word or (at in self.solid and at != i):
                if (
                    at in self.mention_starting
                    and group.inverted is None
                    and at == i + 1
                    and self._is_inversion(i, sentence)
                ):
                    group.inverted = (at, self.mention_starting[at].last)
                    at = self.mention_starting[at].last
                    continue
                break
            if self._take_auxiliary(group, word, at, sentence):
                at += 1
            elif word in language.adverbs or word in language.negations:
                group.is_negated |= word in language.negations
                at += 1
            elif at == i + 1 and word in language.subject_pronouns and self._is_inversion(i, sentence):
                group.inverted = (at, at + 1)
                at += 1
            else:
                break
        return self._with_main_verb(group, at, sentence)

    def _is_inversion(self, i: int, sentence: Sentence) -> bool:
        before = self.tokens[i - 1].plain if i > sentence.first else ""
        return (
            i == sentence.first
            or before in self.language.question_words
            or self.tokens[i - 1].text in ",.?!(:-"
            or before in ("and", "or", "but", "so")
        )

    def _take_auxiliary(self, group: _Group, word: str, at: int, sentence: Sentence) -> bool:
        language = self.language
        taken = True
        if word in language.will:
            group.modal = "will"
            group.lemma, group.is_progressive = "", False
        elif word in language.would:
            group.modal = self._would_or_had(at, sentence)
        elif word in language.may_be:
            group.modal = group.modal or "may"
        elif word in language.must:
            group.modal = group.modal or "must"
        elif word in language.be_forms or word == "'s":
            group.is_past |= word in ("was", "were", "wasn't", "weren't", "been")
            group.lemma, group.verb, group.is_progressive = "be", at, True
        elif word in language.have_forms:
            group.is_past |= word in ("had", "hadn't")
            group.lemma, group.verb, group.is_perfect = "have", at, True
        elif word in language.do_forms:
            group.is_past |= word in ("did", "didn't", "didnt")
            group.lemma, group.verb = "do", at
        else:
            taken = False
        if taken:
            group.last = at + 1
            group.is_negated |= word in language.negative_auxiliaries
        return taken

    def _would_or_had(self, at: int, sentence: Sentence) -> str:
        following = self._next_word(at + 1, sentence)
        if self.tokens[at].plain != "'d" or following is None:
            return "would"
        word = self.tokens[following].plain
        form = self.language.verbs.get(word, ("", ""))[1]
        return "" if word in ("been", "better") or ("n" in form and "b" not in form) else "would"

    def _with_main_verb(self, group: _Group, at: int, sentence: Sentence) -> _Group | None:
        language = self.language
        if at < sentence.last and at not in self.solid and self.tokens[at].plain in language.verbs:
            lemma, form = language.verbs[self.tokens[at].plain]
            if self._carries(group, form, lemma, at, sentence):
                return self._finish(group, lemma, form, at, sentence)
        if group.modal == "will" and at < sentence.last and at not in self.solid and self._may_be_unknown_verb(at):
            return self._finish(group, self.tokens[at].plain, "b", at, sentence)
        group.is_progressive = group.is_perfect = False
        if not group.lemma:
            if group.modal in ("will", "would", "may") and group.inverted is None:
                group.verb, group.lemma, group.form, group.last = group.first, "", "b", group.first + 1
                return group
            return None
        return self._have_to(group, at, sentence)

    def _may_be_unknown_verb(self, at: int) -> bool:
        token, language = self.tokens[at], self.language
        closed = (
            language.determiners
            | language.prepositions
            | language.object_pronouns
            | language.subject_pronouns
            | language.conjunctions
        )
        return (
            token.is_word
            and token.text.isalpha()
            and token.text.islower()
            and token.plain not in closed
            and len(token.plain) > 2
        )

    def _carries(self, group: _Group, form: str, lemma: str, at: int, sentence: Sentence) -> bool:
        if group.is_progressive and group.lemma == "be":
            return "g" in form or "n" in form or ("b" in form and group.inverted is not None)
        if group.lemma == "have":
            return "n" in form or "d" in form
        if group.modal or group.lemma == "do":
            return "b" in form or "s" in form or group.modal != ""
        return "n" in form or "d" in form or "g" in form

    def _finish(self, group: _Group, lemma: str, form: str, at: int, sentence: Sentence) -> _Group:
        is_be, is_have = group.lemma == "be", group.lemma == "have"
        group.is_passive = is_be and "g" not in form
        group.is_progressive = is_be and "g" in form
        group.is_perfect = group.is_perfect or is_have
        group.lemma, group.form, group.verb, group.last = lemma, form, at, at + 1
        following = self.tokens[at + 1].plain if at + 1 < sentence.last else ""
        if lemma == "go" and group.is_progressive and following == "to":
            carried = self._next_word(at + 2, sentence)
            if carried is not None and "b" in self.language.verbs.get(self.tokens[carried].plain, ("", ""))[1]:
                group.modal, group.verb, group.last = "will", carried, carried + 1
                group.lemma, group.form = self.language.verbs[self.tokens[carried].plain]
                group.is_progressive = False
        return group

    def _have_to(self, group: _Group, at: int, sentence: Sentence) -> _Group:
        """ "has to", "is to", "are to": a duty or an arrangement, with the verb that follows."""
        if at + 1 < sentence.last and self.tokens[at].plain == "to" and group.lemma in ("have", "be"):
            lemma, form = self.language.verbs.get(self.tokens[at + 1].plain, ("", ""))
            if "b" in form:
                group.modal = group.modal or ("must" if group.lemma == "have" else "will")
                group.lemma, group.form, group.verb, group.last = lemma, form, at + 1, at + 2
                return group
        is_base = self.tokens[group.verb].plain in ("have", "do", "be", "are", "am")
        group.form = "b" if group.modal or is_base else "s"
        return group

    def _infinitive(self, i: int, sentence: Sentence) -> _Group | None:
        at = i + 1
        while at < sentence.last and self.tokens[at].plain in self.language.adverbs:
            at += 1
        if at >= sentence.last or at in self.solid:
            return None
        lemma, form = self.language.verbs.get(self.tokens[at].plain, ("", ""))
        if "b" not in form:
            return None
        before = self.tokens[i - 1].plain if i > sentence.first else ""
        return _Group(i, at + 1, at, lemma, "b", is_infinitive=True, is_negated=before == "not")

    def _before(self, i: int, sentence: Sentence) -> int | None:
        """The place after the last word before token i that is no adverb; None at a boundary."""
        at = i
        while at > sentence.first and self.tokens[at - 1].plain in self.language.adverbs:
            at -= 1
        return at if at > sentence.first else None

    def _next_word(self, at: int, sentence: Sentence) -> int | None:
        while at < sentence.last and self.tokens[at].plain in self.language.adverbs:
            at += 1
        return at if at < sentence.last else None

    def _is_verb_here(self, i: int, sentence: Sentence) -> bool:
        language = self.language
        lemma, form = language.verbs[self.tokens[i].plain]
        before = self._before(i, sentence)
        if before is not None and self.tokens[before - 1].kind == "number" and "s" in form:
            return False
        if before is None or (not self.tokens[before - 1].is_word and before - 1 not in self.solid):
            return self._is_verb_at_boundary(i, lemma, form, sentence)
        word = self.tokens[before - 1].plain
        if before in self.mention_ending:
            return self._is_verb_after_name(i, lemma, form, sentence)
        if before - 1 in self.solid:
            return ("d" in form and "b" not in form) or self._is_verb_at_boundary(i, lemma, form, sentence)
        if word in language.subject_pronouns:
            return form != "g" and not (
                word in ("that", "this", "there", "these", "both", "it")
                and "b" in form
                and lemma in language.also_nouns
            )
        if (
            word in language.conjunctions
            or word in language.subordinators
            or word in language.fillers
            or word in language.conditions
        ):
            return self._is_verb_at_boundary(i, lemma, form, sentence)
        if (
            word in language.determiners
            or word in language.possessives
            or word in language.prepositions
            or word == "'s"
        ):
            return False
        if (
            ("n" in form or "s" in form)
            and "b" not in form
            and word in language.verbs
            and before - 1 not in self.solid
            and word not in language.also_nouns
        ):
            return False
        return self._is_verb_after_noun(i, word, lemma, form)

    def _is_verb_at_boundary(self, i: int, lemma: str, form: str, sentence: Sentence) -> bool:
        if "d" in form and "b" not in form:
            return not self._is_participle_before_noun(i, sentence)
        if "s" in form and lemma in self.language.also_nouns:
            return self._takes_object(i, sentence)
        if "s" in form:
            return True
        if "b" in form:
            return lemma not in self.language.also_nouns or self._takes_object(i, sentence)
        return False

    def _is_verb_after_name(self, i: int, lemma: str, form: str, sentence: Sentence) -> bool:
        """ "Nadia signs on Friday" acts; after a firm's name "calls" and "orders" are as likely things."""
        mention = self.mention_ending.get(i)
        if "s" in form and "b" not in form and mention is not None and not mention.who.is_organisation:
            return True
        if "d" in form:
            return "b" not in form or lemma not in self.language.also_nouns or self._takes_object(i, sentence)
        if "s" in form or "b" in form:
            return lemma not in self.language.also_nouns or self._takes_object(i, sentence)
        return False

    def _is_verb_after_noun(self, i: int, word: str, lemma: str, form: str) -> bool:
        if "d" in form and "b" not in form:
            return True
        if lemma in self.language.also_nouns or word in self.language.states or word in self.language.object_pronouns:
            return False
        return "s" in form or ("b" in form and word.endswith("s"))

    def _takes_object(self, i: int, sentence: Sentence) -> bool:
        at = i + 1
        if at >= sentence.last:
            return False
        word = self.tokens[at].plain
        if at in self.mention_starting:
            return True
        language = self.language
        opens_object = (
            language.object_pronouns | language.determiners | language.particles | language.possessives.keys()
        )
        opens_clause = word in ("that", "when", "being", "how", "if") and self.tokens[i].plain != "like"
        carried = self.tokens[at + 1].plain if at + 1 < sentence.last else ""
        opens_infinitive = (
            word == "to"
            and self.language.verbs[self.tokens[i].plain][0] in language.takes_infinitive
            and "b" in language.verbs.get(carried, ("", ""))[1]
        )
        return word in opens_object or opens_clause or opens_infinitive

    def _is_participle_before_noun(self, i: int, sentence: Sentence) -> bool:
        """ "Revised offer goes to her": no verb of its own."""
        lemma, form = self.language.verbs[self.tokens[i].plain]
        at = i + 1
        if "n" not in form or at >= sentence.last or not self.tokens[at].is_word or self.tokens[at].is_capital:
            return False
        word = self.tokens[at].plain
        language = self.language
        return (
            lemma in ("revise", "update", "sign", "attach", "sell", "use", "promise", "agree", "prepay")
            and word not in language.closed
        )

    # Subjects

    def _clause(self, number: int, sentence: Sentence, group: _Group, floor: int, earlier: list[Clause]) -> Clause:
        subject = self._subject(group, sentence, floor)
        left, intro = self._introduction(subject, sentence, floor)
        clause = Clause(
            number, left, subject, group.first, group.verb, group.lemma, group.form, intro=intro, modal=group.modal,
            is_negated=group.is_negated, is_perfect=group.is_perfect, is_past=group.is_past, is_passive=group.is_passive,
            is_progressive=group.is_progressive, is_infinitive=group.is_infinitive, is_quoted=sentence.is_quoted,
            is_question=group.inverted is not None, end=group.last, own_end=group.last,
        )  # fmt: skip
        self._attach(clause, earlier)
        follows_comma = any(token.plain == "," for token in self.tokens[clause.left : clause.first])
        after = self.tokens[group.last].plain if group.last < sentence.last else ""
        is_to_them = after in ("him", "them") or (
            after == "her" and group.last + 1 < sentence.last and not self.tokens[group.last + 1].is_word
        )
        if subject.kind == "none" and not group.is_infinitive and not earlier and follows_comma and not is_to_them:
            clause.subject = self._opener(sentence, clause.left) or subject
        return clause

    def _subject(self, group: _Group, sentence: Sentence, floor: int) -> Subject:
        if group.inverted is not None:
            return self._subject_ending_at(group.inverted[1], group.inverted[0], sentence)
        at = group.first
        if group.is_infinitive:
            return Subject("none", at, at)
        while at > floor and self.tokens[at - 1].plain in self.language.adverbs:
            at -= 1
        return self._subject_ending_at(at, floor, sentence)

    def _opener(self, sentence: Sentence, before: int) -> Subject | None:
        """ "Glenn back, tan, bought the kit": a name that opens the sentence or follows a colon acts in what follows."""
        for at in range(before - 1, sentence.first - 1, -1):
            mention = self.mention_starting.get(at)
            opens = at == sentence.first or self.tokens[at - 1].text in ":-*•)" or self.tokens[at - 1].kind == "newline"
            if mention is not None and opens and not mention.is_genitive:
                follows = self.tokens[mention.last] if mention.last < sentence.last else None
                return (
                    Subject("name", mention.first, mention.last, (mention,))
                    if follows is not None and follows.text not in ",:"
                    else None
                )
        return None

    def _subject_ending_at(self, at: int, floor: int, sentence: Sentence) -> Subject:
        if at <= floor:
            return Subject("none", at, at)
        mention = self.mention_ending.get(at)
        if mention is not None and mention.first >= floor:
            return self._named_subject(mention, floor)
        apposed = self.mention_ending.get(at - 1) if self.tokens[at - 1].text == "," else None
        before = apposed.first - 1 if apposed is not None else floor
        before -= before > floor and self.tokens[before].plain in ("a", "an", "one", "the")
        if apposed is not None and before >= floor and self.tokens[before].text == ",":
            return Subject("name", apposed.first, at, (apposed,))
        if self.tokens[at - 1].text == "," and at - 2 in self.solid:
            at = self._before_apposed(at - 2, floor) or at
        if self.tokens[at - 1].text == ")":
            return self._before_brackets(at - 1, floor, sentence)
        if self.tokens[at - 1].plain == "me" and at - 2 >= floor and self.tokens[at - 2].plain in ("and", "&", "+"):
            return Subject("us", at - 1, at)
        if self.tokens[at - 1].plain in ("me", "us", "him", "them"):
            return Subject("none", at, at)
        if at - 1 in self.solid:
            return self._thing_with_sum(at, floor)
        word = self.tokens[at - 1].plain
        language = self.language
        if word in language.relatives and (word != "that" or self._follows_noun(at - 1, floor)):
            return self._relative_subject(at, floor, sentence)
        kind = self._pronoun_kind(word)
        if kind is not None:
            first = at - 1
            mention = self.mention_ending.get(first - 1) if first - 1 >= floor else None
            if kind == "us" and mention is not None and self.tokens[first - 1].plain in language.conjunctions:
                first = mention.first
            return Subject(kind, first, at)
        visitor = self._person_before_place(at, floor)
        if visitor is not None:
            return visitor
        if (
            not self.tokens[at - 1].is_word
            or word in language.conjunctions
            or word in language.fillers
            or word in language.subordinators
            or word in language.conditions
        ):
            return Subject("none", at, at)
        return self._thing(at, floor)

    def _before_apposed(self, at: int, floor: int) -> int | None:
        """ "The second tranche, USD 60,000, will be released": the place before the comma that sets off a sum or a day."""
        while at > floor and at in self.solid:
            at -= 1
        return at if at > floor and self.tokens[at].text == "," else None

    def _person_before_place(self, at: int, floor: int) -> Subject | None:
        """ "Amy at the front desk says": the one before "at", "from" or "in" and a few small-written words."""
        for back in range(at - 1, max(floor, at - 5), -1):
            token = self.tokens[back]
            if not token.is_word or back in self.solid:
                return None
            if token.plain in ("at", "from", "in"):
                mention = self.mention_ending.get(back)
                return self._named_subject(mention, floor) if mention is not None and mention.first >= floor else None
        return None

    def _thing_with_sum(self, at: int, floor: int) -> Subject:
        """ "Credit of $4k": a sum or a day at the end of what the clause is about."""
        first = at
        while first > floor and first - 1 in self.solid and first - 1 not in self.named:
            first -= 1
        if first == at or first <= floor or self.tokens[first - 1].plain != "of":
            return Subject("none", at, at)
        return Subject("thing", self._thing(first - 1, floor).first, at)

    def _before_brackets(self, closing: int, floor: int, sentence: Sentence) -> Subject:
        """ "Fatma (Bosphorus) came by": what stands before the brackets."""
        for at in range(closing - 1, max(floor, closing - 12), -1):
            if self.tokens[at].text == "(":
                mention = self.mention_ending.get(at)
                return (
                    self._named_subject(mention, floor)
                    if mention is not None
                    else Subject("none", closing + 1, closing + 1)
                )
        return Subject("none", closing + 1, closing + 1)

    def _follows_noun(self, at: int, floor: int) -> bool:
        if at <= floor or (not self.tokens[at - 1].is_word and at - 1 not in self.solid):
            return False
        word = self.tokens[at - 1].plain
        language = self.language
        return (
            word not in language.conjunctions
            and word not in language.adverbs
            and word not in language.subordinators
            and word not in language.verbs
        )

    def _pronoun_kind(self, word: str) -> SubjectKind | None:
        if word in ("i", "we"):
            return "us"
        kinds: dict[str, SubjectKind] = {
            "he": "he",
            "she": "she",
            "they": "they",
            "both": "they",
            "you": "you",
            "y'all": "you",
            "ya": "you",
        }
        if word in kinds:
            return kinds[word]
        return "it" if word in self.language.subject_pronouns else None

    def _named_subject(self, mention: Mention, floor: int) -> Subject:
        """ "Peter and I", "Denise + Beto": all who are joined before the verb."""
        mention = self._person_of_firm(mention, floor)
        mentions = [mention]
        first = mention.first
        while (
            first - 2 >= floor
            and self.tokens[first - 1].plain in ("and", "&", "+", ",")
            and first - 1 in self.mention_ending
        ):
            mentions.insert(0, self.mention_ending[first - 1])
            first = mentions[0].first
        if len(mentions) > 1 and self.tokens[mentions[-1].first - 1].plain == ",":
            mentions, first = [mention], mention.first
        return Subject("name", first, mention.last, tuple(mentions))

    def _person_of_firm(self, mention: Mention, floor: int) -> Mention:
        """In "Pete NQL rang" and "Sandra at Weka says" it is the person who acts."""
        if not mention.who.is_organisation:
            return mention
        at = mention.first
        while (
            at > floor
            and mention.first - at < 3
            and self.tokens[at - 1].plain in ("at", "from", "of", "@", "/", "(", ",", "with", "the")
        ):
            at -= 1
        person = self.mention_ending.get(at)
        return person if person is not None and person.first >= floor and not person.who.is_organisation else mention

    def _relative_subject(self, at: int, floor: int, sentence: Sentence) -> Subject:
        before = at - 1
        if before - 1 >= sentence.first and self.tokens[before - 1].text == ",":
            before -= 1
        mention = self.mention_ending.get(before)
        if mention is not None:
            return Subject("name", at - 1, at, (mention,), is_relative=True)
        kind: SubjectKind = "it"
        return Subject(kind, at - 1, at, is_relative=True)

    def _thing(self, at: int, floor: int) -> Subject:
        """A noun phrase: back to its article, or to the last preposition or mark."""
        language = self.language
        first = at
        while first > floor and at - first < 8:
            token = self.tokens[first - 1]
            word = token.plain
            if first - 1 in self.solid:
                break
            is_end = (
                (not token.is_word and token.kind != "number")
                or word in language.conjunctions
                or word in language.subordinators
            )
            if word == "that" and (first - 1 == floor or not self.tokens[first - 2].is_word):
                return Subject("thing", first - 1, at)
            if is_end or word in language.conditions or word in language.fillers or word in language.complementizers:
                break
            first -= 1
            if word in language.determiners or word in language.possessives:
                break
        return Subject("thing", first, at)

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
        if following.intro in ("that", "whether"):
            return True
        if following.subject.is_relative:
            return True
        return following.parent is clause or following.intro in language.question_words
