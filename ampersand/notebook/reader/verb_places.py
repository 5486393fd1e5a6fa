"""Whether a word that may be a verb is one here, by what stands around it."""

from __future__ import annotations

from ampersand.notebook.reader.grammar import Grammar
from ampersand.notebook.reader.sentences import Sentence

_DOERS = frozenset({"i", "we", "he", "she", "they", "you"})


class VerbPlaces(Grammar):
    """Tells verbs from nouns of the same form: "calls Jo", "two calls"."""

    _last_verb = -1  # of the group found last, from left to right
    _last_modal = False

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
            return self._follows_sum(i, before - 1, lemma, sentence)
        if "s" in form and "b" not in form and lemma in language.also_nouns and self._is_before_modal(i, sentence):
            return False
        if before is None or (not self.tokens[before - 1].is_word and before - 1 not in self.solid):
            return self._is_verb_at_boundary(i, lemma, form, sentence)
        word = self.tokens[before - 1].plain
        if before - 1 == self._last_verb and form.startswith("b"):
            # "Pays cash": no two verbs in a row, but "go see", "help carry".
            is_way = self.tokens[i].plain in language.adverbs or self.tokens[i].plain in language.particles
            return not is_way and language.verbs.get(word, ("",))[0] in ("go", "come", "help", "dare", "need")
        if before in self.mention_ending:
            return self._is_verb_after_name(i, lemma, form, sentence)
        if before - 1 in self.solid:
            return ("d" in form and "b" not in form) or self._is_verb_at_boundary(i, lemma, form, sentence)
        if word == "it" and "n" in form and "b" not in form and self._is_object(before - 1, sentence):
            # "Returns it signed"
            return False
        if word == "us" and "s" in form and self.tokens[before - 2].plain == "of":
            return True
        if word in ("both", "these", "those") and "b" not in form and "d" not in form:
            return False
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
        if word in ("me", "us", "him", "her", "them") and "b" in form and self._is_made_to(before - 1):
            return True
        if word in language.numerals and self.tokens[before - 2].plain in ("all", "the", "other", "these", "those"):
            return form.startswith("b") and self._is_followed_by_way(i)
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
        return self._is_verb_after_noun(i, word, lemma, form, sentence)

    def _is_before_modal(self, i: int, sentence: Sentence) -> bool:
        """ "Said that his new prices would reach me": the doer, as no verb stands right before "would"."""
        return i + 1 < sentence.last and self.tokens[i + 1].plain in ("would", "will", "shall", "'ll", "'d")

    def _guessed(self, i: int) -> tuple[str, str]:
        """Lemma and form of a word no list has, by its ending; an empty form where it has none of a verb."""
        word = self.tokens[i].plain
        if word.endswith("ed") and len(word) > 4:
            return word[:-2], "dn"
        if word.endswith("ing") and len(word) > 5 and word not in self.language.willing | self.language.states:
            return word[:-3], "g"
        if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
            return word[:-1], "s"
        return word, ""

    def _acts_here(self, i: int, sentence: Sentence) -> bool:
        """A word no list has stands for a deed between its doer and an object: "Jo greenlights the order"."""
        form = self._guessed(i)[1]
        before = self._before(i, sentence)
        if before is None or form not in ("s", "dn") or self.tokens[i].plain in self.language.ordinary:
            return False
        doer = self.mention_ending.get(before)
        is_person = doer is not None and not doer.who.is_organisation and not doer.is_genitive
        is_pronoun = self.tokens[before - 1].plain in (
            ("he", "she") if form == "s" else ("he", "she", "i", "we", "they")
        )
        after = self.tokens[i + 1].plain if i + 1 < sentence.last else ""
        opens = self.language.object_pronouns | self.language.determiners | self.language.possessives.keys()
        return (is_person or is_pronoun) and (after in opens or i + 1 in self.mention_starting or i + 1 in self.solid)

    def _is_object(self, pronoun: int, sentence: Sentence) -> bool:
        before = self.tokens[pronoun - 1].plain if pronoun > sentence.first else ""
        lemma = self.language.verbs.get(before, ("", ""))[0]
        return bool(lemma) and lemma not in self.language.reporting

    def _is_made_to(self, pronoun: int) -> bool:
        """ "Made me promise", "let him have"."""
        before = self.tokens[pronoun - 1].plain if pronoun else ""
        return self.language.verbs.get(before, ("", ""))[0] in ("make", "help")

    def _is_verb_at_boundary(self, i: int, lemma: str, form: str, sentence: Sentence) -> bool:
        if "d" in form and "b" not in form:
            return not self._is_participle_before_noun(i, sentence)
        if form == "g":
            return self._is_going_on(i, sentence)
        if "s" in form and lemma in self.language.also_nouns and lemma != "pay":
            return self._takes_object(i, sentence)
        if "s" in form:
            return True
        if "b" in form:
            is_second = self._last_modal and i > sentence.first and self.tokens[i - 1].plain in ("and", "&")
            return is_second or lemma not in self.language.also_nouns or self._takes_object(i, sentence)
        return False

    def _is_going_on(self, i: int, sentence: Sentence) -> bool:
        """ "Sending her the list tonight": with "I am" left out, at the head of what is said and with an object."""
        opens = i == sentence.first or not self.tokens[i - 1].is_word
        return opens and self.tokens[i].plain not in self.language.channel_nouns and self._takes_object(i, sentence)

    def _is_verb_after_name(self, i: int, lemma: str, form: str, sentence: Sentence) -> bool:
        """ "Nadia signs on Friday" acts; after a firm's name "calls" and "orders" are as likely things."""
        mention = self.mention_ending.get(i)
        if form == "g" and mention is not None:
            before = self.tokens[mention.first - 1] if mention.first > sentence.first else None
            opens = before is None or not before.is_word or before.plain in ("got", "has", "have", "gets", "with")
            return opens and not mention.who.is_organisation and self._takes_object(i, sentence)
        if "s" in form and "b" not in form and mention is not None and not mention.who.is_organisation:
            return True
        if "d" in form:
            return "b" not in form or lemma not in self.language.also_nouns or self._takes_object(i, sentence)
        if "s" in form or "b" in form:
            return lemma not in self.language.also_nouns or self._takes_object(i, sentence)
        return False

    def _is_verb_after_noun(self, i: int, word: str, lemma: str, form: str, sentence: Sentence) -> bool:
        if "d" in form and "b" not in form:
            return True
        if "s" in form and self._is_plural_before_verb(i, sentence):
            return False
        is_group = word in self.language.offices and self._takes_object(i, sentence)
        if form.startswith("b") and is_group:
            return True
        if form.startswith("b") and self._is_plural_subject(i - 1, word) and self._is_followed_by_way(i):
            return True
        if "s" in form and lemma in self.language.setting_out and self._is_followed_by_way(i):
            return True
        if "s" in form and self._ends_condition(i, sentence):
            return True
        if lemma in self.language.also_nouns or word in self.language.states or word in self.language.object_pronouns:
            return False
        is_verb = word in self.language.verbs and self.language.verbs[word][0] not in self.language.also_nouns
        is_plural = word.endswith("s") and not (is_verb and i - 1 == self._last_verb)
        is_one = self.tokens[i - 2].plain in ("the", "a", "an", "this", "that") if i >= 2 else False
        return "s" in form or ("b" in form and (is_plural or (word in self.language.also_nouns and not is_one)))

    def _ends_condition(self, i: int, sentence: Sentence) -> bool:
        """ "If the price holds", "once the oven runs,": a condition needs its verb."""
        following = self.tokens[i + 1] if i + 1 < sentence.last else None
        doer_next = i + 1 in self.mention_starting or (following is not None and following.plain in _DOERS)
        is_last = following is None or not following.is_word or i + 1 in self.solid or doer_next
        first = max(sentence.first, i - 5)
        before = [t.plain for t in self.tokens[first:i]]
        is_long = any(words in " ".join(before) for words in self.language.long_conditions)
        opens = is_long or any(word in self.language.conditions for word in before[:-1])
        return is_last and opens and self._last_verb < first

    def _follows_sum(self, i: int, number: int, lemma: str, sentence: Sentence) -> bool:
        """ "The EGP 84,000 reaches us", "nothing over 500 goes on the bill", but "two calls"."""
        ways = self.language.prepositions | self.language.particles | {"back", "home", "here", "there"}
        is_way = i + 1 < sentence.last and self.tokens[i + 1].plain in ways
        goes_on = lemma not in self.language.also_nouns and is_way and lemma in self.language.setting_out
        return goes_on or (number in self.solid and self._takes_object(i, sentence))

    def _is_plural_before_verb(self, i: int, sentence: Sentence) -> bool:
        """ "The Antwerp crates stay with us": a word in -s right before a verb in its base form is many things."""
        after = self.tokens[i + 1].plain if i + 1 < sentence.last else ""
        lemma, form = self.language.verbs.get(after, ("", ""))
        is_base = form.startswith("b") and lemma not in self.language.also_nouns
        return is_base and after not in self.language.adverbs | self.language.particles and i + 1 not in self.solid

    def _is_plural_subject(self, at: int, word: str) -> bool:
        """ "The trucks": a plural with its article right before."""
        opener = self.tokens[at - 1].plain if at else ""
        return word.endswith("s") and not word.endswith("ss") and opener in self.language.determiners

    def _is_followed_by_way(self, i: int) -> bool:
        """ "Load on Thursday", "leave tonight": a day or a preposition behind."""
        after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        is_day = i + 1 in self.solid and i + 1 not in self.named
        return after is not None and (
            is_day or after.plain in ("on", "at", "by", "out", "in", "from", "tonight", "tomorrow")
        )

    def _takes_object(self, i: int, sentence: Sentence) -> bool:
        at = i + 1
        if at >= sentence.last:
            return False
        word = self.tokens[at].plain
        if at in self.mention_starting:
            return True
        language = self.language
        own = self.tokens[i].plain
        if word in language.particles and own in language.ours_to_bring | language.theirs_to_send:
            # "Contract back by Thursday"
            return False
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
            and token.text.replace("-", "").isalpha()
            and token.text.islower()
            and token.plain not in closed
            and len(token.plain) > 2
        )
