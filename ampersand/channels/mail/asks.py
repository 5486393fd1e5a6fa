"""Whether a mail asks us for an answer (`readings`: an approach).

Automatic mail, newsletters, thanks and mail that we only got in copy are no approach. A question or a request is. What
merely tells is none either: *whose move* would rather stay silent than send somebody after a note that wants nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from ampersand.channels.mail.parse import Mail
from ampersand.channels.mail.reasons import Reason
from ampersand.core.folding import folded_words

WORDS_LIMIT = 8_000
SENTENCES_LIMIT = 100

QUESTION_MARK = re.compile(r"[?？](?=[\s\"')»”!?]|$)|？")
BEFORE_QUESTION_MARK = re.compile(r"(?:\A|[^/=&\s?])[\w)\"'’”»]\s?\Z")
ADDRESS = re.compile(r"\S*(?:://|www\.)\S*")
# These two are tried on small letters: a pattern for both cases takes three times as long.
REQUEST = re.compile(
    r"\b(?P<words>could you|can you|would you|will you|can someone|could someone|can anyone|could anyone"
    r"|does anyone|has anyone|any (?:ideas?|help|advice|thoughts?|suggestions?)"
    r"|(?:i am|i'm|i was|just|been|also|still) (?:just |also |still )?wondering"
    r" (?:if|whether|about|how|why|what|which|where|when)"
    r"|would be (?:(?:greatly|much|highly|really|very) )?(?:appreciated|of help)"
    r"|please (?:let|send|confirm|advise|call|tell|reply|respond|check|provide|share|review|help|find out"
    r"|get back|quote|forward|explain|note if|look|see if|return|sign|fill)"
    r"|let (?:me|us) know|i(?: woul|')d (?:like to (?:order|know|ask|book|have|request|meet|see|hear)"
    r"|appreciate|be (?:glad|grateful|happy) (?:if|for))"
    r"|(?:we|i) (?:need|require) (?:you|your|the|an? answer)|looking forward to (?:your|hearing)"
    r"|(?:i|we)(?: just| only)? (?:want|wanted|need|wish) to (?:know|ask|understand)"
    # Thanks for what has not been given yet.
    r"|(?:thanks|thank you|thx|danke|vielen dank|besten dank) (?:very much )?(?:in advance|im voraus)"
    r"|(?:thanks|thank you) for any (?:response|reply|answer|help|advice|hints?|pointers?|ideas?|suggestions?|information)"
    r"|waiting for your|kindly (?:send|confirm|advise|let|provide)"
    r"|do you (?:have|know|think|want|need)|is it possible|what (?:do you|would you) (?:think|say|suggest)"
    r"|how (?:do|can|should) (?:i|we)"
    r"|könn(?:en|ten|test|t)\s+(?:sie|du|ihr)|kannst du|würden sie|würdest du|bitte (?:senden|schicken|melden"
    r"|bestätigen|teilen|geben|rufen|prüfen|sagen|um|antworten|lassen)"
    r"|(?:gib|geben sie) (?:mir|uns) bescheid|(?:lass|lassen sie) (?:mich|uns) wissen|ich (?:bitte"
    r"|freue mich auf (?:ihre|deine|eine))|bitte ich (?:sie|um)|wäre es möglich|freue mich (?:auf|über) (?:ihre"
    r"|deine|eine) (?:antwort|rückmeldung)"
    r"|(?:ich|wir) (?:benötige|brauche|bräuchte|hätte gern|möchte(?:n)? (?:gern )?bestellen)\w*"
    r"|pourriez-vous|pouvez-vous|merci de (?:me|nous|bien|confirmer)|podría|puede(?:s)? (?:enviar|decir"
    r"|confirmar)|potrebbe|potete)\b"
)
# "Let me know if you have any questions" closes a letter rather than asking for one.
POLITE = re.compile(
    r"\b(?:please )?(?:let (?:me|us) know|feel free|do not hesitate|don't hesitate|contact (?:me"
    r"|us))\b[^.?!\n]{0,30}\bif (?:you|there)\b[^.?!\n]{0,40}\b(?:questions?|anything|problems?|issues?"
    r"|concerns?|need|further)\b[^.?!\n]*"
    r"|(?:bei|für) (?:fragen|rückfragen)\b[^.?!\n]{0,60}|why not\?|how are you\??|hope (?:you|this)[^.?!\n]{0,60}"
)
POLITE_WORDS = ("know", "feel free", "hesitate", "contact", "fragen", "why not", "how are you", "hope ")
THANKS = re.compile(
    r"(?i)^\W*(?:(?:ok(?:ay)?|great|perfect|super|good|cool|excellent|awesome|got it|done|will do|understood"
    r"|noted|received|yes|fine|alles klar|passt|prima|wunderbar|erledigt|d'accord|parfait|vale"
    r"|perfecto)\b[\s,.!-]*)*"
    r"(?:(?:many |so much )?(?:thanks?(?: you)?|thx|cheers|danke(?:schön)?|vielen dank|herzlichen dank"
    r"|besten dank|merci|gracias|grazie|obrigad[oa]|dank)\b[^?]{0,160})?$",
    re.DOTALL,
)
THANKS_LENGTH = 200
PARAGRAPHS = re.compile(r"\n\s*\n")
SENTENCE_ENDS = re.compile(r"(?<=[.!?？:])\s+")


class Addressed(StrEnum):
    """How a mail reached us."""

    TO = "to"
    COPY = "copy"
    LIST = "list"
    UNSEEN = "unseen"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Ask:
    """Whether a mail asks for an answer, why or why not, and how it was addressed to us."""

    is_asking: bool
    reason: Reason
    addressed: Addressed


def judge(mail: Mail, words: str, *, ours: AbstractSet[str]) -> Ask:
    """Judge a mail by its own new words. `ours` are our addresses in lower case, those of every member and shared box.

    Mail to a list we are on asks when its words do; who of the list should answer is for the reader of `addressed`.
    """
    addressed = how_addressed(mail, ours=ours)
    if addressed is Addressed.OWN:
        return Ask(False, Reason("asks_not_own"), addressed)
    if not mail.kind.is_from_a_person:
        code = "asks_not_bulk" if mail.kind.value == "newsletter" else "asks_not_automatic"
        return Ask(False, Reason(code), addressed)
    if addressed is Addressed.COPY:
        return Ask(False, Reason("asks_not_addressed"), addressed)
    is_asking, reason = asks(words)
    return Ask(is_asking, reason, addressed)


def how_addressed(mail: Mail, *, ours: AbstractSet[str]) -> Addressed:
    if mail.author.email in ours:
        return Addressed.OWN
    if any(address.email in ours for address in mail.to):
        return Addressed.TO
    if mail.lists:
        return Addressed.LIST
    if any(address.email in ours for address in (*mail.cc, *mail.bcc)):
        return Addressed.COPY
    return Addressed.UNSEEN


def asks(words: str) -> tuple[bool, Reason]:
    """Whether these words ask for an answer, and by what."""
    plain = _without_addresses(words[:WORDS_LIMIT]).strip()
    if not words.strip():
        return False, Reason("asks_not_empty")
    if plain and len(plain) < THANKS_LENGTH and THANKS.match(plain):
        return False, Reason("asks_not_thanks")
    plain = _without_politeness(plain.lower())
    if is_question(plain):
        return True, Reason("asks_question")
    request = REQUEST.search(plain)
    if request:
        return True, Reason.of("asks_request", words=" ".join(request["words"].split()))
    return False, Reason("asks_not_telling")


def is_question(words: str) -> bool:
    """Whether a question mark ends a word in these words; one inside the address of a page ends none."""
    for mark in QUESTION_MARK.finditer(words):
        at = mark.start()
        if mark[0] == "？" or BEFORE_QUESTION_MARK.search(words, max(at - 3, 0), at):
            return True
    return False


def _without_addresses(words: str) -> str:
    return ADDRESS.sub(" ", words) if "://" in words or "www." in words else words


def _without_politeness(words: str) -> str:
    return POLITE.sub(" ", words) if any(one in words for one in POLITE_WORDS) else words


def asking_sentences(words: str) -> list[str]:
    """A short digest of each sentence of these words that asks, by which it is known again in what answers them.

    Some programs quote without a mark: then the question of one stands in the answer of the other, word for word.
    """
    plain = _without_politeness(_without_addresses(words[:WORDS_LIMIT]).lower())
    sentences = (one for paragraph in PARAGRAPHS.split(plain) for one in SENTENCE_ENDS.split(paragraph))
    asking = [_digest(one) for one in sentences if is_question(one) or REQUEST.search(" ".join(one.split()))]
    return list(dict.fromkeys(asking))[:SENTENCES_LIMIT]


def _digest(sentence: str) -> str:
    return hashlib.blake2b(" ".join(folded_words(sentence)).encode(), digest_size=6).hexdigest()
