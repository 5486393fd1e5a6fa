"""How English notes tell what matters to whom, and what the writer wonders."""

from __future__ import annotations

import re

# Minding
minding_verbs = frozenset(
    """
    love hate fear worry care treasure cherish adore dread detest loathe despise resent value insist prefer
    """.split()
)
minding = re.compile(
    # love, fear, care
    r"\b(?:minds?(?= (?:where|who|how|what|when|whether|about|a lot|very|that|if|being|the|her|his|their))|lov(?:es?)|hat(?:es?)|fear(?:s|ed)?|worr(?:y|ies|ied)(?: about| abt| that)?|is (?:all )?about|"
    r"car(?:es?|ed) (?:(?:more|most|only|deeply|a lot) )?(?:about|most|for|that)|(?:is|was|are|were|'s|gets?|very|so|really|too) (?:touchy|sensitive|emotional|strict|picky|"
    r"fussy|particular|bitter|sore|furious|mad|crazy|jealous) (?:about|on|with|when|if|at|over)|scared|terrified|afraid|"
    r"anxious|nervous|nervous wreck|dread(?:s|ed)?|proud|prides? (?:himself|herself|themselves|itself)|desperate (?:for|to)|dreams? (?:of|about)|has (?:fear|angst)|have (?:fear|angst)|"
    r"freak\w* (?:about|out)|paranoid|obsessed|passionate|keen on|big on|fond of|dear to|allergic to|sick of|fed up|sleepless|sleeps? (?:badly|poorly)|"
    r"keeps? (?:him|her|them) (?:up|awake)|(?:his|her|their) (?:heart|soul)|heart (?:is )?set on|trusts? (?:nobody|no one|only)|"
    # will not bend
    r"insist(?:s|ed)?|(?:can'?t|cannot) (?:stand|afford|bear|live)|could(?:n'?t| not) (?:stand|bear)|never (?:wants?|forgets?|again)|won't (?:hear of|bend|budge|have)|"
    r"don'?t (?:like|trust)|doesn'?t (?:like|trust)|(?:don'?t|doesn'?t) want to be|(?:set|dead) against|would (?:never|rather|sooner)|won't (?:sign|take|touch|use|work|buy|sell|eat|drink|stand|accept|tolerate|do|let|put|share|go|talk|deal|part|compromise|cop|wear|hear|see) (?:any|a |an |his |her |their |with|without|to|for|it if|up with|near)\w*|(?:will|would) not have|(?:cannot|can't|can not) accept|"
    r"threaten(?:s|ed)? to|loses? sleep|(?:one|1) thing (?:he|she|they) (?:won't|can't|will not|cannot|hates?|fears?)|thing (?:he|she|they) (?:fears?|hates?|dreads?|loves?|wants?|minds?)|"
    r"worrier|(?:worst|best|main|biggest|one|only) thing (?:for|about|with) (?:him|her|them)|'d rather|must (?:not|never)|no compromise|"
    r"swears? by|do not (?:give|sell|share)|red line|deal-?breaker|no-go|non-negotiable|taboo|sacred|"
    # what counts
    r"matters? (?:more|most|to|is)|what (?:matters|counts)(?= )|what(?:'s| is)? (?:really |truly )?(?:eat(?:s|ing)|troubl(?:es|ing)|bother(?:s|ing)|worr(?:ies|ying)|scar(?:es|ing)|keep(?:s|ing)|nag(?:s|ging)|drives?|hurts?|gets?|pleases?|moves?|impresses?|counts? (?:with|for)|matters? to)(?= )|what (?:he's|she's|they're|he is|she is|they are) (?:really |most |truly )?(?:bothered|worried|scared|afraid|proud|keen|after|about)|what (?:he|she|they|i|\w+) (?:really |truly |most |only )?(?:cannot|can't|minds?|prizes?|treasures?|cares?|dreads?|fears?|wants?|needs?|likes?|loves?|hates?)(?= )|only (?:\w+ ){1,3}counts?|counts? for|(?:more|most) important|important (?:to|for)|"
    r"top priority|number one|comes? first|\w+ first(?= for\b)|above all|most of all|key (?:thing|point|issue)(?= ?[:=]| is)|is everything|means everything|"
    r"means the world|lives? for|whole life|is (?:his|her|their) life|all (?:he|she|they) (?:sees?|wants?|ever wanted|cares? about)|hears? only|sore (?:point|spot)|"
    r"(?:biggest|worst|greatest|main|one|only|real|big|his|her|their) (?:worry|fear|pride|nightmare|dream|concern|priority|condition|wish|hope|horror|passion|joy|sorrow)|(?:worry|fear|nightmare|dream|concern)(?= ?[:=]| is)|"
    r"(?:his|her|their) thing(?= ?[:=]| is)|(?:his|her|their) (?:big thing|baby|biggest \w+)|values? (?=[a-z]+ )|needs? to (?:feel|be sure|trust)|"
    r"(?:only )?wants? (?:nobody|no|to be|to know|somebody|someone|peace|it (?:to|on|quiet|right|done)|her|his|their|people|quiet|respect|calm|order|certainty)|"
    r"likes? (?:to be|being|when|it when|people))(?!\w)|(?<=['\"])(?:never|don't|do not|always) [a-z]"
)
no_minding = re.compile(
    r"\b(?:would (?:\w+ )?(?:love|hate) to|'d (?:\w+ )?(?:love|hate) to|(?:lov|hat|lik)es? (?:it|this|"
    r"that)\b(?! when)|not (?:worried|afraid|scared|nervous)|love to hear|loved the|liked (?:the|our)|"
    r"we (?:love|like|hate)|i (?:love|like|hate|fear|worry))\b"
)
positive_minding = re.compile(
    r"(?:what )?(?:car(?:e|es|ed)|matter|matters|count|counts|want|wants|love|loves|like|likes)\b.*"
)
mattering = frozenset("what matter matters important is counts count means everything first sacred comes only".split())
ultimatum = re.compile(
    r"\bif\b.{3,120}\b(?:we|i)(?: will|'ll)? (?:walk|leave|cancel|go|switch|quit|are gone|am gone|take our business)\b"
)
# Wondering
wondering = re.compile(
    r"\b(?:(?:i |we )?(?:still )?(?:don'?t|dont|do not|didn't) (?:really |quite |yet |even )?know|"
    r"no idea|not sure|unsure|unclear|wonder(?:ing)?|i ask (?:me|myself)|need to (?:find out|ask|check|"
    r"know)|must (?:find out|ask|check)|"
    r"should (?:find out|ask|check)|find out|to find out|ask (?:her|him|them)|duda|frage|check (?:if|"
    r"whether|who|what|when|how|with)|nobody (?:knows|could say|could tell)|have to (?:ask|find out|"
    r"check)|curious|q:|question:|forgot to ask|would like to know|want to know|tbc|not clear|"
    r"(?:haven't|hasn't|have not) (?:found|figured|worked) out|who knows)\b"
)
idea = re.compile(r"\b(?:some ?day|some time|lunch w/)\b")
theirs_to_wonder = re.compile(r"\b(?:he|she|they) (?:would |'d )?$")
