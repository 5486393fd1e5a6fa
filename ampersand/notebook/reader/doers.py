"""Who does it, once a note is followed from its first word to its last: who is meant, who speaks, who was left out."""

from __future__ import annotations

from ampersand.notebook.reader.clause import Clause, Subject
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import US, Who
from ampersand.notebook.reader.speakers import labels_of, speakers_of


class Doers:
    """What is asked of the thread of a note; `Discourse` follows it and fills in whom each word means."""

    def __init__(self, parsed: Parsed, partners: list[Who]) -> None:
        self.parsed = parsed
        self.language = parsed.language
        self.partners = partners
        self._meant: dict[int, tuple[Who, Who | None]] = {}
        self._interlocutor: list[Who | None] = []
        self._speakers = speakers_of(parsed)
        self._labels = labels_of(parsed)

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
