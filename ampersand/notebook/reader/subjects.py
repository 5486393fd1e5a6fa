"""Subjects: who or what stands before a verb group, through asides, brackets and lists."""

from __future__ import annotations

from ampersand.notebook.reader.clause import Subject, SubjectKind
from ampersand.notebook.reader.names import Mention
from ampersand.notebook.reader.sentences import Sentence
from ampersand.notebook.reader.verb_groups import VerbGroup, VerbGroups


class Subjects(VerbGroups):
    """Finds the subject of a verb group."""

    def _subject(self, group: VerbGroup, sentence: Sentence, floor: int) -> Subject:
        if group.inverted is not None:
            return self._subject_ending_at(group.inverted[1], group.inverted[0], sentence)
        at = group.first
        if group.is_infinitive:
            return Subject("none", at, at)
        while at > floor and (self.tokens[at - 1].plain in self.language.adverbs or self._adverbial_before(at, floor)):
            at -= self._adverbial_before(at, floor) or 1
        return self._subject_ending_at(at, floor, sentence)

    def _adverbial_before(self, at: int, floor: int) -> int:
        """How many words before token `at` are an adverb in several words: "he in turn gives us"."""
        for length in (2, 3):
            words = " ".join(token.plain for token in self.tokens[max(floor, at - length) : at])
            if at - length > floor and words in self.language.long_adverbs:
                return length
        return 0

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
            bearer = self.mention_ending.get(before)
            if apposed.who.is_organisation and bearer is not None and not bearer.who.is_organisation:
                # "Nadia, Quay Street, popped in"
                return self._named_subject(bearer, floor) if bearer.first >= floor else Subject("none", at, at)
            return Subject("name", apposed.first, at, (apposed,))
        if self.tokens[at - 1].text == "," and at - 2 in self.solid:
            at = self._before_apposed(at - 2, floor) or at
        if self.tokens[at - 1].text == ")":
            return self._before_brackets(at - 1, floor, sentence)
        if self.tokens[at - 1].plain == "me" and at - 2 >= floor and self.tokens[at - 2].plain in ("and", "&", "+"):
            return Subject("us", at - 1, at)
        if self.tokens[at - 1].plain in ("me", "us") and self._is_made_to(at - 1):
            return Subject("us", at - 1, at)
        if self.tokens[at - 1].plain == "us" and at - 3 >= floor and self.tokens[at - 2].plain == "of":
            # "None of us goes out there"
            return Subject("us", at - 3, at)
        if self.tokens[at - 1].plain in ("me", "us", "him", "them"):
            return Subject("none", at, at)
        if self.tokens[at - 1].text == ",":
            bearer = self._bearer_of_description(at - 1, floor)
            return self._named_subject(bearer, floor) if bearer else self._before_aside(at - 1, floor, sentence)
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

    def _bearer_of_description(self, comma: int, floor: int) -> Mention | None:
        """ "Mr Oyelade, my director, goes": who is described between two commas by whose they are."""
        for back in range(comma - 1, max(floor, comma - 5), -1):
            token = self.tokens[back]
            if token.text == ",":
                opener = self.tokens[back + 1].plain
                bearer = self.mention_ending.get(back)
                is_described = opener in ("my", "our", "his", "her", "their", "the", "a", "an") and comma - back > 2
                return bearer if is_described and bearer is not None and bearer.first >= floor else None
            if not token.is_word:
                return None
        return None

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
            if token.plain in self.language.determiners:
                return None
            if token.plain in ("at", "from", "in"):
                mention = self.mention_ending.get(back)
                return self._named_subject(mention, floor) if mention is not None and mention.first >= floor else None
        return None

    def _thing_with_sum(self, at: int, floor: int) -> Subject:
        """ "Credit of $4k", "the KES 18,500", "both weddings in January": a sum or a day ends what the clause is about."""
        first = at
        while first > floor and first - 1 in self.solid and first - 1 not in self.named:
            first -= 1
        opener = self.tokens[first - 1].plain if first > floor else ""
        if first != at and not opener.isalnum():
            return Subject("thing", first, at)
        if first == at or not opener:
            return Subject("none", at, at)
        if opener in ("the", "this", "that", "his", "her", "their", "our", "my"):
            return Subject("thing", first - 1, at)
        thing = self._thing(first - 1, floor) if opener in ("of", "in", "for", "from") else None
        if thing is None or thing.first == first - 1 or self.mention_ending.get(first - 1) is not None:
            return Subject("none", at, at)
        return Subject("thing", thing.first, at)

    def _before_aside(self, comma: int, floor: int, sentence: Sentence) -> Subject:
        """ "Nadia, rather grudgingly, will let us": what stands before a short aside between commas."""
        for at in range(comma - 1, max(floor, comma - 6), -1):
            if self.tokens[at].text == ",":
                is_named = at in self.mention_ending or self._pronoun_kind(self.tokens[at - 1].plain) in (
                    "he",
                    "she",
                    "they",
                    "us",
                )
                words = [t.plain for t in self.tokens[at + 1 : comma]]
                is_aside = any(
                    word in self.language.adverbs or word.endswith("ly") or word in self.language.prepositions
                    for word in words
                )
                return (
                    self._subject_ending_at(at, floor, sentence)
                    if is_named and is_aside
                    else Subject("none", comma + 1, comma + 1)
                )
            if not self.tokens[at].is_word:
                break
        return Subject("none", comma + 1, comma + 1)

    def _before_brackets(self, closing: int, floor: int, sentence: Sentence) -> Subject:
        """ "Fatma (Bosphorus) came by": what stands before the brackets."""
        for at in range(closing - 1, max(sentence.first, closing - 12), -1):
            if self.tokens[at].text == "(":
                floor = min(floor, at - 4) if floor > at else floor
                mention = self.mention_ending.get(at) or self._named_in_brackets(at, closing)
                if mention is None and at > floor and self.tokens[at - 1].is_word and at - 1 not in self.solid:
                    return Subject("thing", self._thing(at, floor).first, closing + 1)
                return (
                    self._named_subject(mention, floor)
                    if mention is not None
                    else Subject("none", closing + 1, closing + 1)
                )
        return Subject("none", closing + 1, closing + 1)

    def _named_in_brackets(self, opening: int, closing: int) -> Mention | None:
        """ "She (Nadia) will": the name tells who she is."""
        is_pronoun = self._pronoun_kind(self.tokens[opening - 1].plain) in ("he", "she", "they")
        mention = self.mention_starting.get(opening + 1)
        return mention if is_pronoun and mention is not None and mention.last == closing else None

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
            and self.tokens[at - 1].plain
            in ("at", "from", "of", "@", "/", "(", ",", "with", "the", "over", "up", "down", "out", "here")
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
            is_owned = first - 1 > floor and self.tokens[first - 1].plain == "'s"
            if (word in language.determiners or word in language.possessives) and not is_owned:
                break
        if (
            first > floor
            and self.tokens[first - 1].plain in ("half", "all", "both", "most")
            and first - 1 not in self.solid
        ):
            first -= 1
        if (
            self.tokens[first].plain == "'s"
            and first in self.mention_ending
            and self.mention_ending[first].first >= floor
        ):
            # "Tom's samples"
            first = self.mention_ending[first].first
        return Subject("thing", self._with_phrase_before(first, floor), at)

    def _with_phrase_before(self, first: int, floor: int) -> int:
        """ "Nobody within two streets", "expiry dates for her buildings": a phrase behind the noun that opens belongs to it."""
        lead = self.tokens[first - 1].plain if first - 2 >= floor else ""
        if lead not in ("of", "in", "on", "for", "from", "within", "at", "with", "w/", "to", "by"):
            return first
        language = self.language
        at = first - 1
        while at > floor and first - at < 7 and self._may_open(at - 1):
            at -= 1
        opener = self.tokens[at - 1] if at > floor else None
        opens = opener is None or not opener.is_word or opener.plain in language.introducing
        return at if opens and at < first - 1 else first

    def _may_open(self, at: int) -> bool:
        """Whether a word may stand in the noun a phrase belongs to."""
        token, language = self.tokens[at], self.language
        is_small = token.plain in language.closed - language.determiners - {"nobody"}
        is_doing = token.plain in language.verbs and token.plain not in language.also_nouns
        is_doing = is_doing and not token.plain.endswith("s")
        return token.is_word and at not in self.solid and not (is_small or is_doing)
