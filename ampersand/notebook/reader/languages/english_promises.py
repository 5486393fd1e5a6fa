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
    expect guess suppose doubt know hear warn fear wish wonder inform reassure admit concede declare stress indicate
    respond maintain vouch message whatsapp shout whisper joke argue signal grumble warrant certify affirm
    acknowledge ack reiterate stipulate decide settle arrange feel imagine remind
    """.split()
)
promising = frozenset(
    """
    promise swear agree commit undertake pledge vow guarantee assure offer volunteer consent warrant covenant bind engage oblige
    """.split()
)
weak_reports = frozenset(
    "hope think believe expect guess suppose doubt wonder wish hear reckon fear know feel imagine joke argue".split()
)
# Telling in more words than a verb of telling: from its verb, or anywhere before what is told.
telling = re.compile(
    r"\b(?:le(?:t|ts|tting) (?:me|us|him|her|them|\w+) know|le(?:ft|ave|aves) it (?:that|with|at)|left things that|shook (?:hands )?on(?: it)?|"
    r"(?:made|make|makes|making) (?:it )?(?:clear|plain|a point of (?:saying|telling \w+))|g[ai]ven? \w+ to understand|g[ai]ven? (?:\w+ ){1,2}(?:word|hand|promise|assurance|guarantee|commitment)|"
    r"(?:put|have|has|had|got|get) (?:it |that )?in writing|came back (?:saying|to say)|saying|promising|swearing|telling (?:me|us)|assuring (?:me|us)|"
    r"(?:has|have|had|got) (?:it|that) (?:from (?:me|us|him|her|them) )?(?:in (?:writing|black and white))?|confirming|the (?:deal|agreement|arrangement|understanding|upshot|plan)(?: is| was|:)|(?:got|have|has|had) (?:his|her|their|my|our|\w+'s) (?:word|promise|assurance|hand))\b"
)
no_commitment = frozenset(
    """
    dream belong trust respect resent miss doubt try see like love hate want need know think hope believe understand cost depend matter seem look happen mean
    remember forget wait fancy worry wonder doubt guess suppose prefer appreciate expect feel fear regret be have become
    remain belong contain last appear hurt die lose miss suffer struggle fail realise realize notice wish hear
    tend stay kill let-down decide consider appeal notice surprise enjoy live sleep learn suit work agree
    complain rise fall drop-out increase grow reckon imagine assume moan grumble groan whine rave gush ache boast
    """.split()
)
outward_be = re.compile(
    r"\bbe (?:in|at|on|with) (?!(?:\w+ )?(?:touch|charge|trouble|favou?r|leave|holiday|vacation|call|duty|hold|strike|sick|shift))\w|\b(?:be|in|with|"
    r"to) (?:with |in )?(?:you|me|us|her|him|them|my|our|your|his|their)\b|\bbe (?:there|ready|done|"
    r"sent|paid|delivered|finished|raised|released|settled|back|available|live|free of|here)\b"
)
_ASSENT = (
    r"(?:not a problem|sawa|vale|claro|bueno|d'accord|gut|passt|jawohl|tamam|olur|dobra|sige|hai|haan|accha|shukran|aye|yep|yeah|yes|yup|ja|si|da|oui|va bene|no (?:bother|problem|prob|probs|worries|issue)|np|go ahead|grand|ok|okay|okey|k|sure(?: thing)?|certainly|"
    r"absolutely|definitely|of course|by all means|gladly|happily|happy to|with pleasure|my pleasure|why not|agreed|accepted|granted|will do|can do|done(?: deal)?|deal|fine|all good|"
    r"consider it done|arranged|booked|scheduled|ordered|sorted|organi[sz]ed|in hand|on (?:his|her|the) list|on order|you bet|right away|at once|roger|noted|on it|leave it (?:with|to) (?:me|us)|i'm in|we're in|count (?:me|us) in|no sweat|confirmed)"
)
_SAID = r"(?:said(?: (?:it's|it is|that's|that is|is|to|a))?|told (?:him|her|them)|answered|replied|wrote back|texted back|nodded|was fine|promised|gave (?:him|her|them) (?:a|my|our))"
acceptance = re.compile(
    rf"(?:[-–,;>(=:]|\b(?:and|so|but)) ?(?:i |we |i've |we've |i have |we have )?(?:{_SAID} )?{_ASSENT}(?!\w)|\b(?:i|we)(?: have|'ve)? (?:{_SAID} (?:that's |it's |that )?{_ASSENT}|"
    r"agreed|accepted|promised|obliged|(?:shall|will|can and will)(?= ?[.,;!)]|$)|gave (?:him|her|them|it)(?: my word| our word)|gave in|(?:'ll )?do it|"
    r"said (?:i|we)(?:'d|'ll| would| will)? (?:manage|do (?:it|that|so)|sort (?:it|that)|see to it|arrange (?:it|that)|be there|come|look after it|take care of it|oblige))(?!\w)|[👍✅👌]"
)
word_given = re.compile(
    r"\b(?:gave|given|have|got|had|le di|give|giving) (?:(?:him|her|them|me|us|you|\w+) )?(?:my|his|her|"
    r"their|our|mi|the) (?:word|palabra|promise)\b|\bpromet[ií]\b|\bversprochen\b|\bpromised\b|"
    r"\bhand on it\b"
)
no_day_meant = re.compile(
    r", (?:maybe|perhaps|hopefully|if at all|i think|i hope)\b|\b(?:one of these (?:days|weeks)|sooner or later|at some point|eventually|whenever (?:he|she|they|i|we)|some ?day|one day soon|pigs might fly)\b"
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
    r"\b(?:last (?:year|spring|summer|autumn|winter|season|christmas|easter)(?!'s)|years ago|last time|back then|in (?:19|20)\d\d\b|used to|had (?:sworn|promised|"
    r"said)|the last time|once promised|back in (?:the )?(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|fall|winter|\d{4})|(?:and |but )?never (?:did|came|happened|showed|arrived)|"
    r"(?:and|but) (?:didn't|did not|hasn't)|still hasn't)\b"
)
habit = re.compile(r"(?<!as )\b(?:always|usually|every (?:day|week|month|year|time)|never|often|normally|generally)\b")
free_act = re.compile(
    r"\b(?:free|no charge|at no (?:extra )?cost|for free|for nothing|free of charge|no fee|gratis|on loan|on us)\b"
)
handing_over = frozenset(
    """
    give send bring lend loan get deliver leave take make show put hold pay credit add drop do let sort provide
    supply email mail forward pass cover include fetch drive carry haul hand pack reserve keep save store post ship courier
    fix repair install mount fit build print design draft prepare write introduce connect recommend refer order source find
    book arrange organise organize replace exchange swap redo reimburse refund return collect pick host cook feed lay
    bake sew paint clean service calibrate translate film photograph teach train coach defend represent promote feature tag
    """.split()
)
# Deeds told in the present that hang on a condition: "he takes both once the grant is in".
conditional_deeds = frozenset(
    """
    pay buy order sign release renew accept move switch introduce recommend extend double raise host invest refer
    transfer commit place settle return collect deliver come join tell ring call phone text warn inform write mail let
    """.split()
)
setting_out = frozenset(
    "get move stay fly sit hit stand return drop go come arrive reach follow leave ship load sail depart land start run fly dispatch roll".split()
)
standing_for = re.compile(
    r"put (?:himself|herself|themselves|ourselves|myself) down for |(?:made|make|making) (?:myself|ourselves|himself|herself|themselves) responsible for |(?:take|takes|took|taken|taking) (?:full )?responsibility for |(?:'m|'re|'s|am|are|is|be|stand|stands)? ?(?:on the hook|down|good|answerable|vouching|liable|pledged) for (?!(?:a|the|some) "
    r"(?:chat|coffee|drink|laugh|while|now|it|that|ride|treat|shock|surprise)\b)"
)
told_so = re.compile(
    r"\b(?:told (?:him|her|them|\w+)(?: so)?|(?:he|she|they)(?:'s| is| are|'re)? (?:knows?|aware|informed|ok|fine|happy) ?(?:with it|w/ it|that)?|promised|agreed|confirmed|"
    r"as (?:promised|agreed|said)|said so|(?:my|our) word)\b"
)
willing = frozenset(
    "willing prepared happy glad ready content game delighted pleased bound obliged committed pledged sworn".split()
)
promise_reports = frozenset("promise swear confirm agree assure guarantee pledge vow say tell undertake".split())
fears_above = re.compile(
    r"\b(?:worr(?:y|ies)|fears?|risks?|danger|concern|nightmare|hopes?|dream) (?:is|was|are|were) that\b"
)
kept_since = re.compile(
    r"^[\s\"')\]]*(?:and |which )?(?:it|he|she|they|that)(?: has| have|'s|'ve)(?: now| since| already)? (?:entered|arrived|come|landed|gone|been|done|paid|sent|reached)\b"
)
due_to = re.compile(
    r"(?:^|(?<=[.,;:!?*\-\n(]) ?|(?<=\band )|(?<=\btold him )|(?<=\btold her )|"
    r"(?<=\btold them ))(?P<what>(?:(?!\b(?:is|are|was|were|has|had|he|she|i|we|they|came|went|left|got|came|heard|"
    r"told|said|him|her|them|not|no|never|call|mail|email|text|message|letter|news|nothing)\b)[\w'/%&+#-]+ ){1,7}"
    r"(?:(?:to|with|on|in|at|for) (?:(?P<owner>his|their|my|our|her) (?:\w+ )?(?:desk|dock|mailbox|inbox|hands|table|door|"
    r"yard|site|office|place|gate|shop|counter|warehouse|factory|plant|farm|house|lab|email|mail|bench|stand|store)\b|(?P<pronoun>her|"
    r"him|them|me|us)\b)|(?:from|fm|frm) (?P<giver>us|me|him|her|them)\b))"
)
empty_promises = frozenset("it so that this much do will be to the a ok okay yes no is there and then".split())
terms_only = re.compile(
    r"\b(?:discount|% ?(?:off)?|price|rate|fee|free|days|exclusiv\w+|credit|cheaper|refund|terms)\b|%"
)
day_named_after = re.compile(r"\b(?:named|said|mentioned|gave|set|meant|that's|ready|date)\b")
wanted_words = re.compile(
    rf"^(?:(?:i|we|he|she|they|[a-z]+) (?:will|shall|can and will|would|'ll)(?= ?[.,!;]|$)|(?:i |we )?(?:{_SAID} )?(?:that's |it's )?(?:{_ASSENT}|gave it|agreed)(?!\w))"
)
# A way of doing things from now on: "from now on nobody comes unannounced".
from_now_on = re.compile(
    r"\bfrom (?:now|here|today|this day|tomorrow|then) on(?:wards?)?\b|\bnever again\b|\bhenceforth\b"
)
# Verbs that with a price, a rate or a right as object set terms.
# To meet is a plan, and a promise only where something is brought or done there.
only_meets = re.compile(
    r"(?:will |to |be )?(?:(?:meet|visit|join|attend)(?:s|ing)?\b|ha(?:ve|s|ving) (?:a|an|the|our|another) (?:\w+ )?(?:call|meeting|coffee|lunch|dinner|breakfast|drink|zoom|session|catch-?up)\b|"
    r"com(?:e|es|ing)(?: (?:by|over|round|in|along|here|there|again|to (?:us|me|our \w+|my \w+)))?(?=$| on | at | and (?:looks?|sees?|talks?)\b))(?!.*\b(?:(?<!call )(?<!meeting )with (?:a|an|the|his|her|my|our) \w|bring\w*|to (?!(?:us|me|him|her|them|our|my|his|the|their)\b)\w+|and (?!(?:looks?|sees?|talks?|the|his|her|their|my|our)\b)\w+|for (?:that|it|the|us|me))\b)"
)
gets_from_them = re.compile(r"(?:get|have|receive|got)\b(?:.*\bfrom (?:him|her|them)\b| [^a-z0-9]{0,2}\d)")
refuses_word = re.compile(
    r"(?:won't|will not|wouldn't|would not|not|never|doesn't|does not|don't|do not|refuses? to) (?:commit|promise|guarantee|decide|agree|say|sign anything)\b"
)
# A price or a right that stands as it is, or is set anew.
price_kept = re.compile(
    r"(?:keep|hold|maintain|freeze|leave|honou?r|guarantee|stay|match|charge|bill|invoice)(?:s|ing)? (?:(?:us|me|him|her|them|you|on|at|to|with|for|the|a|an|his|her|their|our|my|your|this|that|old|same|new|current|agreed|last|"
    r"year's|january|full|\d+) ){0,4}(?:prices?|rates?|fees?|discounts?|tariffs?|terms|conditions|nothing|no (?:extra|more|surcharge|interest)|old one\b)"
)
set_terms = re.compile(
    r"\bexclusiv\w+|\b(?:only|sole) (?:\w+ )?(?:supplier|customer|partner|dealer|agent|vendor|distributor)\b|\b(?:nobody|no one|no-one) else's\b|^(?:tie|bind|lock)s? (?:themselves|himself|herself|itself|ourselves|us in|in)\b|"
    r"^pays? (?:in|within|after|at) \d+ (?:days|weeks|months)\b|^pays? only\b|^(?:the first )?(?:\d+|two|three|four|five|six|twelve) (?:days|weeks|months|years) (?:for )?free\b"
)
stays_free = re.compile(
    r"\b(?:is|are|stays?|remains?|comes?|will be|'s) (?:\w+ )?(?:free(?! of\b)|on (?:us|me|the house)|gratis|included|without (?:charge|fee))\b"
)
no_money = re.compile(r"\b(?:no money|no bill|without (?:charge|cost|fee|money)|for nothing)\b")
# Goods change hands at once; a lesson, a visit or a loan is still to be done.
hands_goods = re.compile(
    r"(?:give|gives|giving|offer|offers|grant|grants|throw|throws|throwing|add|adds|include|includes)\b"
)
acts_given = re.compile(
    r"\b(?:training|days?|sessions?|visits?|lessons?|courses?|inspections?|checks?|check-?ups?|tours?|demos?|workshops?|talks?|services?|repairs?|hours?|evenings?|tickets?|loan|lend|"
    r"delivery|installation|calibration|intro\w*|photos?|jobs?|work|meals?|dinner|lunch|ride|lift)\b"
)
granting = frozenset(
    "give leave offer grant come go take do hold keep allow lower drop cut match maintain stay knock extend freeze guarantee pay".split()
)
deal_terms = re.compile(
    r"^(?:us |me |him |her |them |for us |for me |for him |for her )?(?:(?:down|up|off|away) (?:to |by |of )?(?:[a-z]{3} ?)?[^a-z]{0,4}\d|off \S*\d|(?:a |the |an? |his |her |their |our |same |old |free )*"
    r"(?:\S+ )?(?:price|rate|discount|rebate|cancellation|warranty|exclusiv\w+|credit|terms|freight|conditions)\b|[-+]?\d+(?:[.,]\d+)? ?%)|\bon (?:the )?old (?:price|rate|freight|terms)\b"
)
fears_before = re.compile(
    r"\b(?:fears?|worr(?:y|ies)|afraid|scared|hopes?|risk|danger|nervous|dreads?|nightmare|not sure|unsure|no idea|doubtful)(?: is| was)?(?: that)?(?: \w+)?$"
)
buyers_deeds = frozenset("pay order buy sign countersign renew decide approve wire transfer reorder".split())
their_yes = re.compile(
    r"\b(?:he|she|they|[a-z]+) (?:has |have |had )?(?:agree[sd]?|accept(?:ed|s)?|said (?:yes|ok|okay|fine|sure|he would|she would|they would|he will|she will)|nodded|consented|obliged|gave in)\b"
)
told_of_it = re.compile(
    r"(?<=[^\s,;(]),? ?[,(] ?(?=(?:told (?:him|her|them)(?: so)?|i (?:told|promised)|promised(?: (?:him|her|them))?|agreed|confirmed|settled|my word|(?:he|she|they|[a-z]+) knows?|"
    r"said so|so agreed|ok with (?:him|her|them))(?: it| that)? ?(?:[.;!)\n]|$))"
)
pressing = frozenset("ask tell answer reply say beg press push insist want urge remind persuade convince get".split())
happenings = frozenset(
    """
    fair party wedding birthday exam audit tender deadline holiday holidays closed open opening strike season election
    match game weather rain snow easter christmas birthday anniversary budget vote lease contract licence license school
    """.split()
)
# Things one side owes the other when a day stands beside them: ours to bring, theirs to send.
ours_to_bring = frozenset(
    """
    quote qte quotation offer proposal estimate sample samples delivery install installation fitting report proof proofs draft
    mock-up mockup replacement spare spares parts training demo pricelist price-list catalogue certificate cert certs visuals
    renders drawing drawings drgs dwgs prototype test-unit loaner credit-note brochure slides deck presentation contract
    agreement nda menu plan plans layout design designs copies tickets keys invoice repair fix service rework
    drop shipment batch consignment pallets crates pickup collection load refill top-up
    swatches fabric test results analysis translation photos pictures prints album
    """.split()
)
theirs_to_send = frozenset(
    """
    po lpo payment deposit balance order decision answer yes signature go-ahead approval sign-off numbers figures headcount list
    specs spec artwork feedback confirmation comments brief logo files measurements sizes quantities forecast forms
    documents papers money cheque check transfer instalment
    """.split()
)
# "It was left that Tom should measure": set between both sides, by whatever verb.
set_between = frozenset("leave agree settle arrange understand fix decide set".split())
requesting = frozenset("want ask need request like wish beg insist prefer demand expect wonder press push".split())
whose_job = re.compile(
    r"(?:is |are |'s |be |goes |go |comes |come )?(?:(?P<ours>mine|ours|on (?:me|us|the house)|down to (?:me|us)|(?:my|our) (?:job|treat|task|problem|headache now))(?= ?[.,;!)\n]|$| from| to do| till| until)|"
    r"(?:on |down to )?(?P<theirs>his|hers|theirs|him|her|them)(?= to\b| ?[.,;!)]|$))(?! (?:way|list|mind|own))(?!\w)"
)
promise_nouns = frozenset("promise commitment undertaking assurance pledge guarantee vow".split())
broken = re.compile(r"\b(?:broke|broken|break|kept|keep|keeps|forgot|no|without|not|last year's|old|empty)\b")
_WILL_DO = r"(?:(?:of )?course )?(?:i|we|he|she|they)(?: (?:can|will|shall|do|would)|'ll|'d)(?: do(?: it| that| so)?)?(?: of course| gladly| too)?(?= ?[.,!;:)]|$| and | i said| we said)"
our_yes = re.compile(
    rf"^[\s\"'?!.,:;)>-]*(?:and |so |but )?(?:(?:i |we )?(?:{_SAID} (?:that's |it's )?)?(?:{_ASSENT})(?!\w)|{_WILL_DO}|(?:i|we) (?:agreed|accepted|promised|make it|do it)\b)|^[\s\"'?!.]*(?:i )?(?:told (?:him|her|them|\w+)|said) [^.!?]{0, 40}, (?:yes|ok|okay|fine|no problem)\b|^[\s\"'?!.]*[^.!?]{0, 25}\byes\b|^[\s\"'?!.]*(?:and )?(?:i|we) (?:have |'ve )?g[ai]ven? (?:(?:him|her|them|\w+) )?(?:my|our) word\b(?! (?:that|to)\b)"
)
their_next_yes = re.compile(
    rf"^[\s\"'?!.,:;)>-]*(?:and |so )?(?:(?:he|she|they) (?:{_SAID}(?: it's| that's)? )?)?(?:{_ASSENT})(?!\w)|^(?:he|she|they)(?: (?:will|can|agreed|promised|nodded|accepted)|'ll)\b"
)
answered_yes = re.compile(
    rf"\b(?:said|wrote back|answered|replied|told (?:him|her|them|\w+))(?: that)? (?:of course|{_ASSENT})(?!\w)"
)
on_its_way = re.compile(r"\b(?:on (?:its|their|the) way|in the (?:post|mail)|under way|coming your way)\b")
paid_how = re.compile(
    r"\b(?:on (?:delivery|arrival|completion|receipt|collection|the spot)|up ?front|in advance|in cash|cash|at once|straight away|"
    r"in (?:two|three|four|\d+) (?:goes|parts|instal?ments|rates))\b"
)
held_back = re.compile(
    r"\b(?:until|till|before|without|to any(?:one|body)(?: else)?|anybody|anyone|behind|against|elsewhere)\b"
)
inward = frozenset(
    "note log diarise check ask find chase look see think remember file update call-back plan review consider google research".split()
)
own_news = re.compile(
    r"(?:get\w* married|tak\w+ over|turn\w* \d+|hand\w* over to|rais\w+ (?:the |their |his |her |its |our |all )?(?:prices?|rates?|fees?)|increas\w+ (?:the |"
    r"their )?prices?|retir\w+|put\w* (?:\w+ ){1,3}up (?:by )?(?:[^a-z]{0,2}\d\S* ?|\w+ )(?:percent|per cent|%|points?|pence|cents)|leav\w+ (?:too|as well|also)\b|leav\w+ (?:the (?:company|firm|job|business|trade|bank|town|country|board|team|house)\b|us\b(?! (?:the|a|an|his|her|their|\d|some|enough|room|one|two|three|four))|for\b(?! (?:us|me|him|her|them))|in\b|on\b|at (?:christmas|easter|the end))|fl(?:y|ies|ying) (?:to|home|back|out|off)|mov\w+ (?:to|away|house)|clos\w+ (?:down|"
    r"the)|travel\w*|go(?:es)? (?:on|to|away|into)|be away|have (?:a|an|the) (?:baby|operation|"
    r"surgery))\b"
)
self_bound = re.compile(
    r"\b(?:i|we) (?:have |'ve )?g[ai]ven? (?:him|her|them|\w+) (?:my|our) word\b(?! (?:that|to|they|he|she|we|i|it)\b)|\b(?:i|we|she|he|they) (?:have |has |had |'ve |'s )?(?:promised|swore|sworn|vowed)\b(?! (?:that|to|not to|him|her|them|me|us|\w+ to|\w+ that)\b)|[-,(] ?promised\b|"
    r"\b(?:he|she|they|\w+) g[ai]ve (?:me|us) (?:his|her|their) (?:word|hand|promise)\b(?! (?:that|to|they|he|she|we|i|it)\b)|\byou have my word\b|[-,(:;] ?(?:that's |it's )?(?:my|his|her|their|our|\w+'s) (?:own words|word|promise|honou?r)\b|"
    r"[-,(] ?(?:cross my heart|hand on heart|word of honou?r|i swear|guaranteed|count on it|on my (?:mother's |father's )?(?:life|grave|head|honou?r))\b|"
    r"[-,(] ?(?:told|said) (?:him|her|them|so|it)\b(?! (?:no|not|we can't|i can't|we don't|i don't|that's not)\b)|[-,(] ?(?:he|she|they|[a-z]+)(?:'s|'ve| has| have)? knows?(?! (?:how|what|that|why|who|where|if|about|of|him|her|it|me|us)\b)\b|[-,(] ?(?:he|she|they)(?:'s|'ve| has| have)? (?:confirmed|committed|agreed)\b|\bwe committed to (?:that|it|this)\b|[-,(] ?agreed(?= ?[.;!)\n]|$)|\bthat's a promise\b|\b(?:so|like|as) (?:i|we) (?:told|said|promised)(?! (?:last|earlier|before|at the time|then|back)\b)\b|[-,;(&] ?(?:and )?both (?:of them )?know\b"
)
# Behind a thing and its day: we are the ones who said so.
they_know = re.compile(
    r"\b(?:so|like|as) (?:i|we) (?:told|said to|promised|wrote)\b|[-,;(&] ?(?:and )?(?:(?:he|she|they)(?:'s|'ve| has| have)? knows?|both (?:of them )?know|(?:he|she|they)(?:'s|'ve)? been told)(?= ?[.;!,)\n]|$)"
)
no_object = frozenset("from by until before within with about it so and on not in never for at".split())
agreed_on = re.compile(
    r"\b(?:deal|agreed|agreement|compromise|settled|handshake|arrangement|we said|left it (?:there|at that|that way)|abgemacht|shook (?:hands )?on|understanding|in writing|terms|bargain)\b"
)
yes_to = re.compile(
    r"\b(?:(?:yes|ok|okay|go-ahead|green light) from (?:me|us) (?:on|to|for)|(?:said|told \w+|gave \w+ a) (?:yes|ok|okay) to) (?P<what>(?:[^.;!?\n]|\.(?=\d)){3,70})"
)
back_on = re.compile(r"(?:^|[.,;:(\n-] ?)(?P<what>(?:(?:i'll be |will be )?back|returning|return visit) (?=\w))")
permitting = frozenset("let allow permit".split())
terms_verbs = frozenset(
    """
    eat waive swallow absorb lower reduce knock match beat undercut
    """.split()
)  # terms of a deal: give and take, no promise
own_affairs = frozenset(
    """
    thank congratulate greet smile leave quit retire stop cancel end travel move close start run talk work drive
    be get do buy live stay study marry need use order open drink laugh pay-back sit stand come-from write-off
    report sell grumble join meet assemble convene
    """.split()
)
offices = frozenset(
    """
    staff crew guys lads girls boys driver drivers engineer engineers technician technicians fitters shuttle lorry van truck couriers
    dept department bookkeeping bookkeepers workshop lab studio desk
    management accounts accounting finance purchasing procurement office team company board factory warehouse side
    people logistics dispatch headquarters legal
    """.split()
)
handed_over = re.compile(
    r"\bha(?:ve|s)\b.{1,40}\b(?:\w+ed|open|clear|free|empty|running|unlocked|in place|over|across|round|ready|sent|done|signed|back|to (?:you|me|us|her|him|them)|with (?:you|me|"
    r"us|her|him|them)|for (?:you|me|us|her|him|them)|in (?:your|my|our|his|her|their))\b"
)
joking = re.compile(r"\b(?:lol|haha+|hehe|rofl|lmao|just kidding|jk|yeah right)\b|[;:]-?[)p]|[😂🤣😜😉]")
said_yes = re.compile(rf"^[\s\"'?!.,:)>-]*(?:and |so |but )?(?:i |we )?(?:{_SAID} (?:that's |it's )?)?{_ASSENT}(?!\w)")
# A time that is no day: "after Vinitaly", "once it rains", "the evening before".
some_time = re.compile(
    r"\b(?:once|when|as soon as|as long as|the (?:day|moment|minute|week) \w+|after \w+|the (?:evening|day|night|morning) before|next \w+|before \w+|till|until|"
    r"from (?:now|here|then) on|within|in (?:a|two|three|\d+) \w+|again|straight away|at once|right away|immediately|asap|tonight|soon)\b"
)
so_far = re.compile(r"\b(?:already|just|still|so far|this time|now)\b")
towards_us = re.compile(r"\b(?:to|for|with|at|in|on) (?:me|us|my|our)\b")
# "Have it over to her", "has them ready": a thing one has where it is wanted.
brought_there = re.compile(
    r"\b(?:over|across|ready|insured|(?:to|with|for|in|on) (?:me|us|him|her|them|my|our|his|their|your))\b"
)
oneself = re.compile(r"\b(?:\w+sel(?:f|ves)|self|personally)\b")
answer_below = re.compile(
    rf"^[\s\"'-]*(?:(?:i |we )?(?:replied|answered|wrote back|texted back|mailed back|told (?:him|her|them)|said)[:,]? (?:to (?:him|her|them) )?(?:that )?(?:{_ASSENT})(?!\w)|"
    r"(?:(?:of )?course )(?:i|we) (?:will|won't|shall|shan't|do|don't)|(?:i|we) (?:will|won't|shall|shan't)(?= ?[.,;!]|$| of course))"
)
week_words = re.compile(r"\b(?:weeks?|wks?|kw|v\.|weekend)(?!\w)")
told_them = re.compile(
    r"[,;(-] ?(?:and )?(?:i |we |i've |we've )?(?:told|promised|assured) them(?= ?(?:so|that)?[.;,!)]|$)|[,;(-] ?they(?: all| both)? know(?= ?[.;,!)]|$)"
)
