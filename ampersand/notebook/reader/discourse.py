"""
A note as parsed, and what holds it together: whom a pronoun means, who speaks in a quotation, to whom one is
talking.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.doers import Doers
from ampersand.notebook.reader.folding import fold
from ampersand.notebook.reader.names import Mention
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import Sureness, Who
from ampersand.notebook.reader.sections import sections_of
from ampersand.notebook.reader.spellings import who_of
from ampersand.notebook.reader.tokens import Token

Gender = Literal["he", "she", ""]


@dataclass(slots=True)
class _Entry:
    who: Who
    at: int
    sentence: int
    bonus: float


class Discourse(Doers):
    """Resolves the note from its first word to its last; what is asked afterwards is only looked up."""

    def __init__(self, parsed: Parsed, partners: list[Who]) -> None:
        super().__init__(parsed, partners)
        self._genders: dict[str, Gender] = {}
        self._entries: dict[str, _Entry] = {}
        self._doers: dict[int, Who] = {}
        # "Steff's been on my case": no owner, but the one who does it.
        self._acting = {m.first for c in parsed.clauses if c.subject.kind == "name" for m in c.subject.mentions}
        self._learn_genders()
        self._walk()

    def organisation_of(self, who: Who) -> Who:
        """The organisation a person acts for, if any is known: trade is between organisations."""
        if who.is_organisation or who.is_us:
            return who
        for mention in self.parsed.mentions:
            if mention.who.known and who.known and mention.who.known.id == who.known.organisation_id:
                return mention.who
            if who.known and who.known.organisation and fold(mention.who.name) == fold(who.known.organisation):
                return mention.who
        if who.known and who.known.organisation:
            return Who(who.known.organisation, is_organisation=True)
        return self._employer_in_note(who) if who.known is None else who

    def _employer_in_note(self, who: Who) -> Who:
        """A newcomer met at an organisation, or brought in by one of its people, acts for it."""
        first = next((m for m in self.parsed.mentions if m.who.name == who.name), None)
        if first is None or any(
            t.plain in self.language.kin for t in self.parsed.tokens[max(0, first.first - 4) : first.last + 4]
        ):
            return who
        for mention in reversed(self.parsed.mentions):
            if mention.first < first.first and not (
                mention.who.is_us or mention.who.is_colleague or mention.is_unnamed
            ):
                if mention.who.is_organisation:
                    return mention.who
                if mention.who.known is not None and mention.who.known.organisation:
                    return self.organisation_of(mention.who)
        return who

    def genders_agree(self, who: Who, kind: str) -> bool:
        return kind not in ("he", "she") or self._genders.get(who.name, "") in ("", kind)

    # The walk

    def _learn_genders(self) -> None:
        for mention in self.parsed.mentions:
            if mention.who.is_organisation or self._genders.get(mention.who.name):
                continue
            self._genders[mention.who.name] = self._gender_of(mention)

    def _gender_of(self, mention: Mention) -> Gender:
        language = self.language
        before = max(0, mention.first - 2)
        words = [t.plain for t in self.parsed.tokens[before : mention.first + 1] if len(t.text) > 1]
        called = [t.plain for t in self.parsed.tokens[max(0, mention.first - 4) : mention.first]]
        if called and called[-1] in ("named", "called", ",", "is"):
            words += called
        aliases = mention.who.known.aliases if mention.who.known else ()
        named = [
            word
            for name in (mention.who.name, *aliases)
            for word in fold(name).replace(".", " ").split()
            if len(word) > 1
        ]
        for word in (*words, *named):
            if word in language.titles_of_women | language.kin_of_women | language.women_words:
                return "she"
            if word in language.titles_of_men | language.kin_of_men | language.men_words:
                return "he"
        first = named[0] if named else ""
        is_lou_ann = len(named) > 2 and named[1] in language.women
        if first in language.women or is_lou_ann:
            return "she"
        return "he" if first in language.men else ""

    def _walk(self) -> None:
        parsed = self.parsed
        by_first = {m.first: m for m in parsed.mentions}
        bounds = [s.first for s in parsed.sentences]
        subjects_at = {c.subject.last - 1: c for c in parsed.clauses if c.subject.kind in ("he", "she", "they", "us")}
        named_subjects = {m.first for c in parsed.clauses for m in c.subject.mentions}
        named_doers = {c.first: c for c in parsed.clauses if c.subject.kind == "name"}
        named_subjects |= {s.first + k for s in parsed.sentences for k in (0, 1)}
        quoted_until = self._ends_of_quotes()
        sections = {first for first, _ in sections_of(parsed)[1:]}
        for i, token in enumerate(parsed.tokens):
            sentence = bisect_right(bounds, i) - 1
            if i in quoted_until:
                self._touch(quoted_until[i], i, sentence, 1.5)
            if i in sections:
                self._leave_section()
            clause = subjects_at.get(i)
            if clause is not None or i in named_doers:
                self._note_doer(clause or named_doers[i])
            mention = by_first.get(i)
            if mention is not None:
                self._enter(mention, i, sentence, is_subject=i in named_subjects)
            else:
                self._pronoun(i, token, sentence, is_subject=i in subjects_at)
            self._interlocutor.append(self._other_side(i))

    def _note_doer(self, clause: Clause) -> None:
        """Whoever does it is not also the "him" or "her" it is done to."""
        who = clause.subject.mentions[0].who if clause.subject.mentions else self._before_verb(clause)
        if who is not None:
            for at in range(clause.verb + 1, min(clause.own_end, clause.verb + 6)):
                self._doers.setdefault(at, who)

    def _before_verb(self, clause: Clause) -> Who | None:
        kind = clause.subject.kind
        ranked = self._candidates(kind, clause.subject.last, clause.sentence) if kind in ("he", "she") else []
        return ranked[0][1] if ranked else None

    def _ends_of_quotes(self) -> dict[int, Who]:
        """The token behind a pasted mail -> who wrote it: what follows is most likely about them."""
        sentences = self.parsed.sentences
        return {
            following.first: self._speakers[number]
            for number, following in enumerate(sentences[1:])
            if sentences[number].is_quoted and not following.is_quoted and number in self._speakers
        }

    def _leave_section(self) -> None:
        for entry in self._entries.values():
            entry.bonus -= 4.0

    def _enter(self, mention: Mention, i: int, sentence: int, *, is_subject: bool) -> None:
        if mention.is_unnamed:
            return
        bonus = 1.0 * is_subject
        before = self.parsed.tokens[i - 1].plain if i else ""
        if before in ("from", "of", "at", "about", "for", "@"):
            bonus -= 0.6
        if mention.is_genitive and mention.first not in self._acting:
            bonus -= 0.8
        if before in ("tried", "trying"):
            # "Tried Jake, no answer": whoever comes next is the one spoken to.
            bonus -= 1.5
        self._touch(mention.who, i, sentence, bonus)

    def _touch(self, who: Who, i: int, sentence: int, bonus: float) -> None:
        self._entries[who.name] = _Entry(who, i, sentence, bonus)

    def _pronoun(self, i: int, token: Token, sentence: int, *, is_subject: bool) -> None:
        word = token.plain
        language = self.language
        kind = (
            "he" if word in language.he else "she" if word in language.she else "they" if word in language.they else ""
        )
        if not kind or not token.is_word:
            return
        ranked = self._candidates(kind, i, sentence)
        doer = self._doers.get(i) if word in ("him", "her", "them") else None
        if doer is not None and len(ranked) > 1:
            # "Jane told her": not Jane.
            ranked = [entry for entry in ranked if entry[1] != doer] or ranked
        if not ranked:
            return
        best = ranked[0][1]
        second = ranked[1][1] if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < 0.7 else None
        self._meant[i] = (best, second)
        if kind in ("he", "she"):
            self._genders[best.name] = kind  # type: ignore[assignment]
            entry = self._entries[best.name]
            self._touch(best, i, sentence, max(entry.bonus * 0.8, 0.6 if is_subject else 0.0))

    def _candidates(self, kind: str, i: int, sentence: int) -> list[tuple[float, Who]]:
        if kind == "they":
            return self._groups(i, sentence)
        ranked = []
        for entry in self._entries.values():
            who = entry.who
            if who.is_organisation or who.is_us or not self.genders_agree(who, kind):
                continue
            score = entry.bonus - (i - entry.at) / 30 - 0.25 * (sentence - entry.sentence)
            score += 1.0 if who in self.partners else 0.0
            score -= 1.6 if who.is_colleague else 0.0
            score += 0.8 if self._genders.get(who.name) == kind else self._by_ending(who, kind)
            ranked.append((score, who))
        return sorted(ranked, key=lambda entry: (-entry[0], entry[1].name))

    def _by_ending(self, who: Who, kind: str) -> float:
        """Of a given name in no list: most that end in -a are women's."""
        first = fold(who.name).split()[0] if who.name.split() else ""
        is_hers = first.endswith(("a", "ie", "ette", "elle", "ine", "lyn", "een"))
        return 0.4 if (kind == "she") == is_hers else -0.4

    def _groups(self, i: int, sentence: int) -> list[tuple[float, Who]]:
        """ "They": the organisation spoken of last, or the one the people spoken of act for."""
        ranked: list[tuple[float, Who]] = []
        for entry in self._entries.values():
            if entry.who.is_us or entry.who.is_colleague:
                continue
            who = self.organisation_of(entry.who)
            score = entry.bonus - (i - entry.at) / 30 - 0.25 * (sentence - entry.sentence)
            score += 1.0 if entry.who in self.partners else 0.0
            ranked.append((score, who))
        return sorted(ranked, key=lambda entry: (-entry[0], entry[1].name))

    def _other_side(self, i: int) -> Who | None:
        best: tuple[float, Who] | None = None
        for entry in self._entries.values():
            if entry.who.is_colleague or entry.who.is_us:
                continue
            score = entry.bonus - (i - entry.at) / 25
            score += 1.5 if entry.who in self.partners else 0.0
            score -= 2.0 if entry.who.is_organisation else 0.0
            if best is None or score > best[0]:
                best = (score, entry.who)
        if best is not None:
            return best[1]
        if self.partners:
            return self.partners[0]
        return who_of(self.parsed.setting.about) if self.parsed.setting.about else None

    def sureness(self, clause: Clause) -> Sureness:
        return "unsure" if self.second_guess(clause.subject.last - 1) is not None else "sure"
