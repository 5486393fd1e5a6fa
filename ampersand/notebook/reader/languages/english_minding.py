"""How English notes tell what matters to whom, and what the writer wonders."""

from __future__ import annotations

import re

# Minding
minding_verbs = frozenset(
    """
    love hate fear worry care treasure cherish adore dread detest loathe despise resent value insist prefer mind prize dislike
    respect admire fret panic crave dream appreciate refuse swear trust weep cry flinch like live
    """.split()
)
# Verbs of attitude, told in the present: what is loved in the past is more often a cup of tea.
_PRESENT = (
    "loves?|adores?|cherish(?:es)?|treasures?|prizes?|values|hates?|detests?|loathes?|despises?|resents?|dislikes?|fears?|dreads?|worr(?:y|ies)|"
    "frets?|panics?|craves?|respects?|admires?|insists?|cares?|minds?|refuses?(?= (?:to|any))|appreciates?(?= (?:when|if|being|that|a|an|people|it))|"
    "lives? for|burns? for|longs? for|yearns? for|dreams? (?:of|about)|swears? by|believes? in|sees? red|trusts? (?:nobody|no one|only)|"
    "cries (?:when|over|about)|lights? up|beams? when|tears? up(?= (?:when|over|at))|bristles?|flinch(?:es)?|begs? for one|sleeps? (?:badly|poorly)|lies awake|hears? only|"
    "likes? (?:to be|being|when|it when|people|things|his|her|their)|thinks? (?:only of|of nothing|the world of)|prides? (?:himself|herself|themselves|itself)|only asks|asks? only"
)
_PAST = (
    "feared|dreaded|worried|insisted|dreamt|dreamed of|cried when|panicked|lost sleep|welled up|choked up|lit up|prided (?:himself|herself|themselves)|threatened to|swore by|"
    "cared (?:more|most|only|deeply|about|for)"
)
_FEELING = (
    "scared|terrified|petrified|frightened|afraid|ashamed|anxious|nervous|worried sick|worried|proud|passionate|crazy|mad|nuts|bonkers|wild|fond|keen|obsessed|fixated|fussy|picky|"
    "particular|strict|pedantic|finicky|sensitive|touchy|prickly|adamant|dead set|hell-?bent|desperate|devoted|protective|sentimental|haunted|tormented|paranoid|jealous|bitter|sore|"
    "fed up|wary|suspicious|averse|uneasy|emotional|freak\\w*|sleepless"
)
_LED = "big on|hot on|(?:is|was|'s|so|really) hung up on|hooked on|allergic to|(?:is|was|'s|are|heart|mind|dead) set on|attached to|sick of|tired of|dear to|sworn to|fond of|at home with"
# These tell an attitude only with what it is about.
_ABOUT = r"(?:about|on|with|when|whenever|if|that|at|over|of|by|to|for|in)"
_NOUN = (
    "fear|dread|worry|concern|nightmare|dream|wish|hope|pride|passion|obsession|horror|weakness|headache|priority|principle|pet hate|bugbear|hobby horse|"
    "sore (?:point|spot)|soft spot|red line|big thing|condition|sorrow|anxiety|terror"
)

minding = re.compile(
    rf"\b(?:(?:{_PRESENT})(?: (?:more|most|only|deeply|a lot|about|abt|for|that))*|(?:{_PAST})|"
    rf"(?:is (?:all )?about)|has (?:the |a |such |such a )?(?:fear|angst|panic|terror|horror)|(?:frighten|terrif|haunt|torment|scare|worrie|torture)\w* (?:him|her|them)(?! (?:off|away|into))|(?:hasn't|has not|haven't|hadn't|had not|never) (?:forg[ai]ven?|got over|gotten over)|"
    rf"(?:{_FEELING})(?: as hell| sick| set)? {_ABOUT}|{_LED}|(?:cross|angry|furious|livid|mad) (?:when|whenever|if)|scared|terrified|petrified|afraid|anxious|nervous(?: wreck)?|adamant|worrier|desperate|proud|"
    # whose it is
    rf"(?:his|her|their|'s) (?:\w+ ){{0,2}}(?:{_NOUN})(?= ?[:=,]| is| was| has|'s)|(?:big(?:gest)?|worst|great(?:est)?|main|one|only|real|deepest) (?:\w+ )?(?:{_NOUN})|"
    rf"has an? (?:\w+ )?(?:{_NOUN}|thing) (?:of|for|about|with)|(?:his|her|their) (?:thing|baby|life)(?= ?[:=,]| is|'s|$)|takes? (?:great |such |a lot of )?pride in|"
    rf"(?:{_NOUN})(?: for (?:him|her|them))?(?= ?[:=]| is)|(?:his|her|their|'s) (?:heart|soul)|heart (?:is )?set on|the (?:thing|point) (?:with|about|for) \w+(?= is)|"
    # will not bend
    rf"(?:can'?t|cannot|can not|could(?:n'?t| not)) (?:stand|afford|bear|live|abide|sleep|stomach|tolerate|accept|have|take|forgive|forget)|"
    rf"(?:won't|will not|would not|wouldn't|doesn't|don'?t|does not) (?:hear of|bend|budge|have|let (?:a|an|any|anybody|anyone|the|his|her|their|people|machines)|like|trust|want to be|suffer|stand|cop|wear|"
    rf"(?:sign|take|touch|use|work|buy|sell|eat|drink|accept|do|put|share|go|talk|deal|part|compromise|be|see|give) (?:any|a |an |his |her |their |with|without|up with|near|in )\w*)|"
    rf"would (?:never|rather|sooner|die|kill)|(?:he|she|they)'d (?:rather|sooner|never|die)|must (?:not|never)|never (?:wants?|forgets?|again|lets?|sells?|buys?|works?|talks?|forgives?|touch(?:es)?|signs?|breaks?|trusts?|shares?)|"
    rf"(?:dead |set )against|draws? the line|no compromise|no patience (?:for|with)|no time for|do not (?:give|sell|share)|deal-?breaker|no-go|non-negotiable|taboo|over (?:my|his|her|their) dead body|threatens? to|"
    # what counts
    rf"matters? (?:more|most|to|is|a lot)|what (?:matters|counts)|what (?:he|she|they|i|\w+)(?:'s| is)? (?:really |truly |most |only )?(?:minds?|fears?|wants?|needs?|likes?|loves?|hates?|dreads?|prizes?|treasures?|cares?|cannot|can't|can not|won't|bothered|worried|scared|after|about)|"
    rf"what(?:'s| is)? (?:really |truly )?(?:eat(?:s|ing)|troubl(?:es|ing)|bother(?:s|ing)|worr(?:ies|ying)|scar(?:es|ing)|keep(?:s|ing)|nag(?:s|ging)|driv(?:es|ing)|hurts?|gets?|pleases?|moves?|impresses?|pains?|kills?)|"
    rf"only (?:\w+ ){{1,3}}counts?|counts? for|(?:more|most) important|important (?:to|for)|(?:holy|sacred|dear|everything|gospel) (?:to|for)|top priority|number one|comes? (?:first|before)|goes? before|"
    rf"puts? (?:\w+ ){{1,4}}(?:first|before|above)|sets? (?:great |much )?store by|above all|most of all|key (?:thing|point|issue)(?= ?[:=]| is)|is everything|means (?:everything|a lot|more|the most|the world)|"
    rf"(?:is|are) (?:holy|sacred|untouchable)|is (?:his|her|their) (?:whole )?(?:life|baby|world|pride)|whole life|all (?:he|she|they)(?:'s| has| have)? (?:sees?|wants?|ever wanted|cares? about|got|lives for)|"
    rf"(?:it )?(?:all )?hangs on|pains (?=\w)|breaks (?:his|her|their) heart|keeps? (?:him|her|them) (?:up|awake)|loses? sleep|always thinking (?:of|about)|for (?:that|this) (?:he|she|they) burns?|"
    rf"(?:gets?|goes|go|is|turns?|becomes?) (?:very |quite |really |so |too )?(?:\w+) (?:when|whenever|if)(?= )|"
    rf"(?:worst|best|main|biggest|one|only|1) thing (?:for|about|with|(?:he|she|they) (?:won't|can't|will not|cannot|hates?|fears?|dreads?|loves?|wants?|minds?))|thing (?:he|she|they) (?:fears?|hates?|dreads?|loves?|wants?|minds?)|"
    rf"needs? (?:to (?:feel|be sure|trust)|it (?:silent|quiet|clean|calm|perfect|right))|(?:only )?wants? (?:nobody|that nobody|that no|no (?!money|payment|fee|more)|to be|to know|somebody|someone|peace|it (?:to|on|quiet|right|done)|"
    rf"(?:her|his|their) (?:\w+ ){{1,3}}(?:to|kept|left|done|safe|back|right|smell|treated)|people|quiet|respect|calm|order|certainty|(?:the|every|each) (?:\w+ ){{1,2}}(?:warm|clean|quiet|fresh|perfect|safe|right|left|kept|done|treated)))(?!\w)|(?<=['\"])(?:never|don't|do not|always|no) [a-z]"
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
