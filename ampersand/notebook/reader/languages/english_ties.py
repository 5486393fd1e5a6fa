"""How English notes tell who is what to whom."""

from __future__ import annotations

import re

works_at_connectors = frozenset("at from of @ / , ( - with bei by in w/".split())
decision_verbs = frozenset("decide approve sign authorise authorize own release choose".split())
decision_phrases = re.compile(
    r"\b(?:has (?:the )?(?:last|final) (?:word|say)|(?:last|final) (?:word|say)|the boss|"
    r"decision (?:\w+ ){0,5}(?:sits|lies|is|rests) with|holds? the (?:purse|budget)|calls the shots|"
    r"it's (?:his|her) (?:yard|money|call|shop|decision)|has to (?:approve|sign|agree)|"
    r"needs? to (?:approve|sign))\b"
)
bosses = frozenset("boss md gm director manager supervisor head chief".split())
deputies = frozenset("deputy assistant number".split())
supplying = re.compile(
    r"\b(?:suppl(?:y|ies|ier|ied)|buys? from|bought from|get(?:s)? (?:it|them|their \w+) from|"
    r"delivers? to|prints? for|incumbent|takes? over (?:\w+ ){0,4}from|at eye level|account)\b"
)
competing = re.compile(
    r"\b(?:rivals?|compet\w+|against|competencia|konkurren\w+|at war with|arch-?enem\w+|"
    r"bids? (?:as well|against))\b"
)
their_rival = re.compile(r"\b(?:his|her|their|sein|ihr)\b.{0,20}\b(?:rival|competitor|competencia|competition)\b")
worked_together = re.compile(
    r"\b(?:used to work (?:with|together|for|under)|worked (?:together|with|under|alongside)|"
    r"used to be (?:\w+'s|his|her|their) (?:boss|colleague|deputy)|(?:former|old|ex)[- ](?:colleagues?|"
    r"boss|workmates?)|were colleagues|ex-colleagues?)\b"
)
advising = re.compile(
    r"\b(?:advis(?:es|ed|ing)|consults? for|consultant (?:to|for|of)|counsels|coaches|"
    r"does the books for)\b"
)
