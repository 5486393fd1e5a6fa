"""Verb groups: the auxiliaries and the verb they carry, found by the words around a verb form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ampersand.notebook.reader.sentences import Sentence
from ampersand.notebook.reader.verb_places import VerbPlaces


@dataclass(slots=True)
class VerbGroup:
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


class VerbGroups(VerbPlaces):
    """Finds the verb groups of a sentence, from left to right."""

    def _groups(self, sentence: Sentence) -> Iterator[VerbGroup]:
        i = sentence.first
        self._last_modal = False
        while i < sentence.last:
            group = self._group_at(i, sentence)
            if group is not None:
                self._last_verb, self._last_modal = group.verb, bool(group.modal)
                yield group
                i = max(group.last, i + 1)
            else:
                i += 1

    def _group_at(self, i: int, sentence: Sentence) -> VerbGroup | None:
        if i in self.solid or not self.tokens[i].is_word:
            return None
        word = self.tokens[i].plain
        language = self.language
        if word == "to":
            return self._infinitive(i, sentence)
        if word == "am" and (i == sentence.first or self.tokens[i - 1].plain != "i"):
            # "Tomorrow AM"
            return None
        if word in language.will | language.would | language.may_be | language.must:
            return self._from_auxiliary(i, sentence) if self._may_be_modal(i, sentence) else None
        if word in language.be_forms | language.have_forms | language.do_forms or self._is_clitic_be(i, sentence):
            return self._from_auxiliary(i, sentence)
        is_closed = word in language.determiners or word in language.conditions
        if word not in language.verbs and self._may_be_unknown_verb(i) and self._acts_here(i, sentence):
            lemma, form = self._guessed(i)
            return VerbGroup(i, i + 1, i, lemma, form, is_past="d" in form)
        if word in language.verbs and not is_closed and self._is_verb_here(i, sentence):
            lemma, form = language.verbs[word]
            if lemma == "get" and self._gets_done(i, sentence):
                lemma = language.verbs[self.tokens[i + 1].plain][0]
                is_past = "d" in form and "b" not in form
                return VerbGroup(i, i + 2, i + 1, lemma, "n", is_past=is_past, is_passive=True)
            is_past = ("d" in form and "b" not in form) or self._is_past_here(i, form, sentence)
            is_denied = self._is_denied_before(i, sentence)
            going_on = form == "g"
            return VerbGroup(i, i + 1, i, lemma, form, is_past=is_past, is_negated=is_denied, is_progressive=going_on)
        return None

    def _gets_done(self, i: int, sentence: Sentence) -> bool:
        """ "Get credited", "gets shipped": done to it."""
        after = self.tokens[i + 1].plain if i + 1 < sentence.last and i + 1 not in self.solid else ""
        form = self.language.verbs.get(after, ("", ""))[1]
        return "n" in form and "b" not in form and after not in ("come", "run", "set")

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
        owner = self.mention_ending.get(i)
        led = self.tokens[owner.first - 1].plain if owner is not None and owner.first > sentence.first else ""
        if led in ("at", "to", "from", "near", "by", "behind", "in", "into", "outside", "of", "with", "round"):
            # "At Nadia's on the 14th": her place.
            return False
        following = self._next_word(i + 1, sentence)
        if following is None or self._is_owned_thing(i, following, sentence):
            return False
        word = self.tokens[following].plain
        form = self.language.verbs.get(word, ("", ""))[1]
        return (
            word in self.language.after_is
            or word in self.language.states
            or ("g" in form and word not in ("meeting", "building"))
        )

    def _is_owned_thing(self, clitic: int, following: int, sentence: Sentence) -> bool:
        """ "The boatyard's open day": a thing right behind what only describes it."""
        word, after = self.tokens[following].plain, following + 1
        if word not in self.language.states or after >= sentence.last or clitic in self.mention_ending:
            return False
        thing = self.tokens[after]
        is_closed = thing.plain in self.language.closed or thing.plain in self.language.verbs
        return thing.is_word and after not in self.solid and not is_closed

    def _from_auxiliary(self, i: int, sentence: Sentence) -> VerbGroup | None:
        """A chain of auxiliaries and what they carry: "'ll have it sent", "is not going to pay", "hasn't paid"."""
        language, group = self.language, VerbGroup(i, i + 1, i, "", "")
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
            or self.language.verbs.get(before, ("",))[0] in ("ask", "wonder")
            or self.tokens[i - 1].text in ",.?!(:-'\"‘“"
            or before in ("and", "or", "but", "so")
        )

    def _take_auxiliary(self, group: VerbGroup, word: str, at: int, sentence: Sentence) -> bool:
        language = self.language
        taken = True
        if word in language.will:
            group.modal = "will"
            group.lemma, group.is_progressive = "", False
        elif word in language.would:
            group.modal = self._would_or_had(at, sentence)
            if not group.modal:
                group.is_past, group.is_perfect, group.lemma, group.verb = True, True, "have", at
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

    def _with_main_verb(self, group: VerbGroup, at: int, sentence: Sentence) -> VerbGroup | None:
        language = self.language
        if (
            group.modal in ("will", "would")
            and not group.lemma
            and at + 1 < sentence.last
            and self.tokens[at].plain == "to"
        ):
            # "We will to send", as some write who learned English late.
            at += "b" in language.verbs.get(self.tokens[at + 1].plain, ("", ""))[1]
        if at < sentence.last and at not in self.solid and self.tokens[at].plain in language.verbs:
            lemma, form = language.verbs[self.tokens[at].plain]
            if self._carries(group, form, lemma, at, sentence):
                return self._finish(group, lemma, form, at, sentence)
        if at < sentence.last and at not in self.solid and self._may_be_unknown_verb(at):
            lemma, form = self._guessed(at)
            if group.modal in ("will", "would", "must") and not group.lemma:
                return self._finish(group, self.tokens[at].plain, "b", at, sentence)
            if form and group.lemma in ("be", "have") and self._carries(group, form, lemma, at, sentence):
                return self._finish(group, lemma, form, at, sentence)
        group.is_progressive = group.is_perfect = False
        if not group.lemma:
            if group.modal in ("will", "would", "may") and group.inverted is None:
                group.verb, group.lemma, group.form, group.last = group.first, "", "b", group.first + 1
                return group
            return None
        return self._have_to(group, at, sentence)

    def _carries(self, group: VerbGroup, form: str, lemma: str, at: int, sentence: Sentence) -> bool:
        if group.is_progressive and group.lemma == "be":
            return "g" in form or "n" in form or ("b" in form and group.inverted is not None)
        if group.lemma == "have":
            return "n" in form or "d" in form
        if group.modal or group.lemma == "do":
            return "b" in form or "s" in form or group.modal != ""
        return "n" in form or "d" in form or "g" in form

    def _finish(self, group: VerbGroup, lemma: str, form: str, at: int, sentence: Sentence) -> VerbGroup:
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

    def _have_to(self, group: VerbGroup, at: int, sentence: Sentence) -> VerbGroup:
        """ "has to", "is to", "are to": a duty or an arrangement, with the verb that follows."""
        if at + 1 < sentence.last and self.tokens[at].plain == "to" and group.lemma in ("have", "be"):
            lemma, form = self.language.verbs.get(self.tokens[at + 1].plain, ("", ""))
            if not form and at + 1 not in self.solid and self._may_be_unknown_verb(at + 1):
                lemma, form = self.tokens[at + 1].plain, "b"
            if "b" in form:
                group.modal = group.modal or ("must" if group.lemma == "have" else "will")
                group.lemma, group.form, group.verb, group.last = lemma, form, at + 1, at + 2
                return group
        is_base = self.tokens[group.verb].plain in ("have", "do", "be", "are", "am")
        group.form = "b" if group.modal or is_base else "s"
        return group

    def _infinitive(self, i: int, sentence: Sentence) -> VerbGroup | None:
        at = i + 1
        while at < sentence.last and self.tokens[at].plain in self.language.adverbs:
            at += 1
        if at >= sentence.last or at in self.solid:
            return None
        lemma, form = self.language.verbs.get(self.tokens[at].plain, ("", ""))
        named_before = i in self.mention_ending or (i > sentence.first and self.tokens[i - 1].text == ")")
        if not form and named_before and self._may_be_unknown_verb(at):
            lemma, form = self.tokens[at].plain, "b"
        if "b" not in form:
            return None
        before = self.tokens[i - 1].plain if i > sentence.first else ""
        return VerbGroup(i, at + 1, at, lemma, "b", is_infinitive=True, is_negated=before == "not")
