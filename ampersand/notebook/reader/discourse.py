"""
A note as parsed, and what holds it together: whom a pronoun means, who speaks in a quotation, to whom one is
talking.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from ampersand.notebook.reader.clause import Clause, Subject
from ampersand.notebook.reader.folding import fold
from ampersand.notebook.reader.names import Mention
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import US, Sureness, Who
from ampersand.notebook.reader.sections import sections_of
from ampersand.notebook.reader.speakers import labels_of, speakers_of
from ampersand.notebook.reader.spellings import who_of
from ampersand.notebook.reader.tokens import Token

Gender = Literal["he", "she", ""]


@dataclass(slots=True)
class _Entry:
    who: Who
    at: int
    sentence: int
    bonus: float


class Discourse:
    """Resolves the note from its first word to its last; what is asked afterwards is only looked up."""

    def __init__(self, parsed: Parsed, partners: list[Who]) -> None:
        self.parsed = parsed
        self.language = parsed.language
        self.partners = partners
        self._genders: dict[str, Gender] = {}
        self._entries: dict[str, _Entry] = {}
        self._meant: dict[int, tuple[Who, Who | None]] = {}
        self._interlocutor: list[Who | None] = []
        self._doers: dict[int, Who] = {}
        self._speakers = speakers_of(parsed)
        self._subjects = {c.verb: c for c in parsed.clauses}
        self._labels = labels_of(parsed)
        self._learn_genders()
        self._walk()

    # Questions

    def meant_by(self, token: int) -> Who | None:
        entry = self._meant.get(token)
        return entry[0] if entry else None

    def second_guess(self, token: int) -> Who | None:
        entry = self._meant.get(token)
        return entry[1] if entry else None

    def speaker_of(self, sentence: int) -> Who | None:
        return self._speakers.get(sentence)

    def label_of(self, sentence: int) -> Who | None:
        return self._labels.get(sentence)

    def interlocutor(self, token: int) -> Who | None:
        """The other side at this place of the note."""
        return self._interlocutor[min(token, len(self._interlocutor) - 1)] if self._interlocutor else None

    def subject_of(self, clause: Clause) -> Who | None:
        """Who does it: US, a party, or None when it is a thing or unknown."""
        who = self._asked_to(clause) or self._subject(clause.subject, clause)
        seen = 0
        source: Clause | None = clause
        if self._is_their_turn(clause):
            return self.interlocutor(clause.verb)
        while who is None and source is not None and source.subject.kind == "none" and seen < 6:
            source = source.parent if source.is_infinitive else source.inherited_from
            seen += 1
            if source is not None:
                who = self._subject(source.subject, source)
        if clause.subject.kind == "none" and (self._answers_a_wish(clause) or self._is_done_to_them(clause)):
            return US
        if who is None and clause.subject.kind == "none":
            who = self._actor_before(clause, source) or self._left_out(source or clause)
        return who

    def _asked_to(self, clause: Clause) -> Who | None:
        """ "She asked us to bring", "I want Tom to call": whoever is asked is the one to do it."""
        parent = clause.parent
        if not clause.is_infinitive or parent is None or parent.lemma not in self.language.pressing:
            return None
        word = self.parsed.word(clause.first - 1)
        if word in ("me", "us"):
            return self.speaker_of(clause.sentence) if clause.is_quoted else US
        if word in ("him", "her", "them"):
            return self.meant_by(clause.first - 1)
        named = [m for m in self.parsed.mentions_in(parent.verb + 1, clause.first) if m.last == clause.first]
        return self.side_of(named[0].who) if named else None

    def _is_their_turn(self, clause: Clause) -> bool:
        """ "Took 3 sacks, pays Friday": with everybody left out, the third person is the other side."""
        source = clause.inherited_from
        is_third = clause.form == "s" and not clause.modal and not clause.is_quoted and clause.subject.kind == "none"
        is_alone = source is not None and source.subject.kind == "none" and source.inherited_from is None
        return (
            is_third
            and is_alone
            and self.label_of(clause.sentence) is None
            and source is not None
            and source.form != "s"
        )

    def _actor_before(self, clause: Clause, source: Clause | None) -> Who | None:
        """ "She wants the photo framed and will pay": not the photo, she."""
        if source is None or source.subject.kind != "thing" or clause.intro not in self.language.conjunctions:
            return None
        before = [
            c
            for c in self.parsed.clauses_of(clause.sentence)
            if c.verb < source.verb and c.subject.kind not in ("none", "thing", "it")
        ]
        return self._subject(before[-1].subject, before[-1]) if before else None

    def _is_done_to_them(self, clause: Clause) -> bool:
        """ "Colin moaning about price, gave him 2%": he is whom it was done to."""
        tokens = self.parsed.tokens
        after = tokens[clause.verb + 1].plain if clause.verb + 1 < len(tokens) else ""
        is_plain_past = clause.is_past and not clause.modal and not clause.is_infinitive and not clause.is_quoted
        has_object = after in ("him", "them") or (
            after == "her" and clause.lemma in self.language.told_verbs | self.language.answering
        )
        return (
            is_plain_past
            and has_object
            and clause.intro not in ("and", "&")
            and clause.lemma in self.language.told_verbs | self.language.answering
        )

    def _answers_a_wish(self, clause: Clause) -> bool:
        """ "She'd like a quote, will send tomorrow", "asked for 60 days, gave 45": it is the writer who does."""
        source = clause.inherited_from
        is_answer = (clause.modal == "will" and clause.intro != "and") or clause.lemma in self.language.answering
        return (
            source is not None
            and not clause.is_quoted
            and is_answer
            and source.lemma in self.language.theirs_when_left_out
        )

    def _subject(self, subject: Subject, clause: Clause) -> Who | None:
        if subject.kind == "us":
            return self.speaker_of(clause.sentence) if clause.is_quoted else self._speaking(clause)
        if subject.kind == "you":
            return US if clause.is_quoted else None
        if subject.kind == "name":
            first = subject.mentions[0]
            is_theirs = first.is_unnamed and self.parsed.tokens[first.first].plain in ("our", "my") and clause.is_quoted
            return self.speaker_of(clause.sentence) if is_theirs else self.side_of(first.who)
        if subject.kind in ("he", "she", "they"):
            meant = self.meant_by(subject.last - 1)
            return self.side_of(meant) if meant is not None else None
        return None

    def _speaking(self, clause: Clause) -> Who:
        """ "I" between quotation marks is the one just named: "Nadia: 'I will pay'"."""
        tokens = self.parsed.tokens
        opening = tokens[clause.left - 1].plain if clause.left else ""
        if opening not in ("'", '"') or tokens[clause.left - 1].end != tokens[clause.left].start:
            return US
        telling = [
            c
            for c in self.parsed.clauses_of(clause.sentence)
            if c.verb < clause.left and c.lemma in self.language.reporting
        ]
        who = self.label_of(clause.sentence) or (self.subject_of(telling[-1]) if telling else None)
        return self.side_of(who) if who is not None else US

    def side_of(self, who: Who) -> Who:
        return US if who.is_colleague or who.is_us else who

    def _left_out(self, clause: Clause) -> Who | None:
        """ "Told Piet", "asked for 20%", "wants a quote": the writer for what one does oneself, else the other side."""
        if clause.is_quoted:
            return self.speaker_of(clause.sentence)
        label = self.label_of(clause.sentence)
        if label is not None and clause.subject.kind == "none":
            return self.side_of(label)
        if clause.modal == "will" and (self._is_about_them(clause) or self._is_a_buyers_deed(clause)):
            return self.interlocutor(clause.verb)
        if clause.lemma == "ask" and (self._is_of_other_side(clause.verb + 1) or self._asks_whether_they(clause)):
            return US
        if clause.lemma in self.language.theirs_when_left_out or ("s" in clause.form and "b" not in clause.form):
            return self.interlocutor(clause.verb)
        return US

    def _asks_whether_they(self, clause: Clause) -> bool:
        """ "Asked if she could clear the floor": she was asked."""
        then = [t.plain for t in self.parsed.tokens[clause.verb + 1 : clause.verb + 4]]
        return then[:1] in (["if"], ["whether"]) and then[1:2] in (["he"], ["she"], ["they"])

    def _is_of_other_side(self, token: int) -> bool:
        """ "Asked Nadia", "asked her to": whoever is asked did not ask."""
        named = self.parsed.mention_at(token)
        if named is not None:
            return not (named.who.is_us or named.who.is_colleague or named.is_genitive)
        following = self.parsed.word(token + 1)
        return self.parsed.word(token) in ("him", "her", "them") and following in (
            "to",
            "for",
            "if",
            "whether",
            "about",
        )

    def _is_a_buyers_deed(self, clause: Clause) -> bool:
        """ "Will pay the full year in advance": not we, unless it is done to them."""
        after = self.parsed.tokens[clause.verb + 1].plain if clause.verb + 1 < len(self.parsed.tokens) else ""
        return clause.lemma in self.language.buyers_deeds and after not in ("him", "her", "them")

    def _is_about_them(self, clause: Clause) -> bool:
        """ "Will send spec, needs quote": where the rest of the sentence leaves out he or she, so does this."""
        others = self.parsed.clauses_of(clause.sentence)
        return any(c.subject.kind == "none" and c.form == "s" and not c.modal and c is not clause for c in others)

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
        if first in language.women:
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
        if mention.is_genitive:
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
