"""How English notes promise, and what only sounds like a promise."""

from __future__ import annotations

import re

# Saying and promising
speaking = frozenset(
    """
    say tell ask answer reply mention explain complain confirm promise swear write call ring text phone warn
    insist suggest admit agree refuse claim add thank report announce reckon laugh want like love hate fear think
    know order sign pay buy bring take give introduce come
    """.split()
)
reporting = frozenset(
    """
    report say tell promise swear confirm agree assure guarantee pledge vow undertake mention write reply answer
    announce claim add insist explain note repeat reckon commit offer state text mail email think believe hope
    expect guess suppose doubt know hear warn
    """.split()
)
promising = frozenset(
    """
    promise swear agree commit undertake pledge vow guarantee assure offer volunteer consent
    """.split()
)
weak_reports = frozenset("hope think believe expect guess suppose doubt wonder wish hear reckon fear know".split())
no_commitment = frozenset(
    """
    try see like love hate want need know think hope believe understand cost depend matter seem look happen mean
    remember forget wait worry wonder doubt guess suppose prefer appreciate expect feel fear regret be have become
    remain belong contain last appear hurt die lose miss suffer struggle fail realise realize notice wish hear
    tend stay kill let-down decide consider appeal notice surprise enjoy live sleep learn suit fit work agree
    complain rise fall drop-out increase grow
    """.split()
)
outward_be = re.compile(
    r"\bbe (?:in|at|on|with) (?!(?:\w+ )?(?:touch|charge|trouble|favou?r))\w|\b(?:be|in|with|"
    r"to) (?:with |in )?(?:you|me|us|her|him|them|my|our|your|his|their)\b|\bbe (?:there|ready|done|"
    r"sent|paid|delivered|finished|raised|released|settled|back|available|live|free of|here)\b"
)
acceptance = re.compile(
    r"(?:[-–,>(=:]|\b(?:and|so)) ?(?:i |we )?(?:(?:said )?(?:aye|yep|yeah|ja|va bene|no bother|go ahead|grand)\b|(?:ok|okay|said (?:yes|ok|sure|fine)|yes|agreed|will do|"
    r"no problem|of course|sure|done deal|deal|confirmed|fine by (?:me|us)|on it|noted)\b)|\b(?:i|"
    r"we) (?:said (?:yes|ok|okay|sure|fine)|agreed|accepted|gave (?:him|her|them|it)(?: my word)?|(?:'ll )?do it|said (?:aye|yep|yeah|ja|va bene|deal)|said (?:i|we)(?:'d|'ll| would| will)? (?:manage|do (?:it|that)|sort it|see to it|try))\b"
)
word_given = re.compile(
    r"\b(?:gave|given|have|got|had|le di|give|giving) (?:(?:him|her|them|me|us|you|\w+) )?(?:my|his|her|"
    r"their|our|mi|the) (?:word|palabra|promise)\b|\bpromet[ií]\b|\bversprochen\b|\bpromised\b|"
    r"\bhand on it\b"
)
hopes = re.compile(
    r"\b(?:hopes?|hoping|hoped|maybe|perhaps|might|would love|would like|'d like|'d love|wants?|wanted|"
    r"wish\w*|try|trying|some ?day|if possible|ideally|may|could|probably not|doubt\w*|not sure|"
    r"unlikely|we'll see|(?:he|she)'d rather|i'd rather)\b"
)
threats = re.compile(
    r"\bif\b.{3,120}\b(?:we|i)(?: will|'ll)? (?:walk|leave|cancel|go|switch|quit|are gone|am gone|"
    r"take our business)\b|\b(?:we|they|he|she|i)(?:'ll)? (?:walk|leave|go elsewhere|sue|switch)\b|"
    r"\bif\b.{3,120}(?:will|'ll) (?:walk|leave us|go elsewhere|switch)\b|\bor else\b|\bkill (?:me|us|him|her)\b"
)
theirs_when_left_out = frozenset(
    """
    want ask like love hate fear need prefer worry insist expect complain sound seem look
    """.split()
)
spoken_to = frozenset(
    """
    loan refund deliver supply charge serve tell promise assure give send text email mail call ring phone write
    offer ask thank inform remind show owe lend pay invoice credit update answer bring
    """.split()
)
told_verbs = frozenset(
    "tell call ring phone email text ask remind inform thank pay answer mail meet visit invoice bill show".split()
)
answering = frozenset("give offer tell promise refuse agree grant allow".split())
long_ago = re.compile(
    r"\b(?:last year(?!'s)|years ago|last time|back then|in (?:19|20)\d\d\b|used to|had (?:sworn|promised|"
    r"said)|the last time|once promised)\b"
)
habit = re.compile(r"\b(?:always|usually|every (?:day|week|month|year|time)|never|often|normally|generally)\b")
free_act = re.compile(
    r"\b(?:free|no charge|at no (?:extra )?cost|for free|free of charge|no fee|gratis|on loan|on us)\b"
)
handing_over = frozenset(
    """
    give send bring lend loan get deliver leave take make show put hold pay credit add drop do let sort provide
    supply email mail forward pass cover include
    """.split()
)
promise_reports = frozenset("promise swear confirm agree assure guarantee pledge vow say tell undertake".split())
due_to = re.compile(
    r"(?:^|(?<=[.,;:!?*\-\n(]) ?|(?<=\band )|(?<=\btold him )|(?<=\btold her )|"
    r"(?<=\btold them ))(?P<what>(?:(?!\b(?:is|are|was|were|has|had|he|she|i|we|they|came|went|left|"
    r"told|said|him|her|them|not|no|never)\b)[\w'/%&+#-]+ ){1,7}(?:to|with|on|in|at) (?:(?P<pronoun>her|"
    r"him|them|me|us)\b|(?P<owner>his|their|my|our|her) (?:desk|dock|mailbox|inbox|hands|table|door|"
    r"yard|site)\b))"
)
empty_promises = frozenset("it so that this do will be to the a ok okay yes no is there and then".split())
terms_only = re.compile(
    r"\b(?:discount|% ?(?:off)?|price|rate|fee|free|days|exclusiv\w+|credit|cheaper|refund|terms)\b|%"
)
day_named_after = re.compile(r"\b(?:named|said|mentioned|gave|set|meant|that's|ready|date)\b")
wanted_words = re.compile(r"^(?:aye|yep|yeah|sure|of course|agreed|ok|okay|said yes|yes|deal|gave it|done|fine)\b")
own_news = re.compile(
    r"(?:tak\w+ over|rais\w+ (?:the |their |his |her )?(?:prices?|rates?|fees?)|increas\w+ (?:the |"
    r"their )?prices?|retir\w+|leav\w+ (?:the|us|in|at)|mov\w+ (?:to|away|house)|clos\w+ (?:down|"
    r"the)|travel\w*|go(?:es)? (?:on|to|away|into)|be away|have (?:a|an|the) (?:baby|operation|"
    r"surgery))\b"
)
self_bound = re.compile(
    r"\b(?:i|we) (?:have |'ve )?g[ai]ven? (?:him|her|them|\w+) (?:my|our) word\b|\b(?:i|we|she|he|they) (?:have |has |had |'ve |'s )?promised\b|[-,(] ?promised\b"
)
no_object = frozenset("from by until before within with about it so and on not in never for at".split())
agreed_on = re.compile(r"\b(?:deal|agreed|agreement|compromise|settled|handshake|arrangement|we said|abgemacht)\b")
yes_to = re.compile(r"\b(?:said|told \w+|gave \w+ a) (?:yes|ok|okay) to (?P<what>(?:[^.;!?\n]|\.(?=\d)){3,70})")
back_on = re.compile(r"(?:^|[.,;:(\n-] ?)(?P<what>(?:(?:i'll be |will be )?back|returning|return visit) (?=\w))")
permitting = frozenset("let allow permit".split())
terms_verbs = frozenset(
    """
    eat waive swallow absorb lower reduce knock
    """.split()
)  # terms of a deal: give and take, no promise
own_affairs = frozenset(
    """
    thank congratulate greet smile leave quit retire stop cancel end travel move close start run talk work drive
    be get do buy live stay study marry need use order open drink laugh pay-back sit stand come-from write-off
    report sell grumble
    """.split()
)
offices = frozenset(
    """
    management accounts accounting finance purchasing procurement office team company board factory warehouse side
    people logistics dispatch headquarters legal
    """.split()
)
handed_over = re.compile(
    r"\bhave\b.{1,40}\b(?:\w+ed|over|ready|sent|done|signed|back|to (?:you|me|us|her|him|them)|with (?:you|me|"
    r"us|her|him|them)|for (?:you|me|us|her|him|them)|in (?:your|my|our|his|her|their))\b"
)
joking = re.compile(r"\b(?:lol|haha+|hehe|rofl|lmao|just kidding|jk|yeah right)\b|[;:]-?[)p]|[😂🤣😜😉]")
said_yes = re.compile(
    r"^[\s\"'?!.,:)>-]*(?:and |so )?(?:i |we |told (?:him|her|them) )?(?:said (?:yes|ok|okay|sure|"
    r"of course|fine)|yes\b|ok\b|okay|sure\b|of course|agreed|will do|no problem|done deal)"
)
in_hand = re.compile(r"(?:'s)? (?:on it|on site|onsite|there|back there|at theirs|with them|in)\b")
