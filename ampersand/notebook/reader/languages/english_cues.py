"""What English notes do with words: getting in touch, promising, giving, buying, minding, wondering."""

from __future__ import annotations

import re

# Getting in touch. Nouns stand for a contact ("call w/ Jo"), verbs for the act ("rang Jo"); phrases are matched on folded text.
channel_nouns = {
    **dict.fromkeys(
        """
    call calls ph phone tel telephone phonecall telefonat anruf llamada llamado catch-up catchup phn telco tc
    """.split(),
        "call",
    ),
    **dict.fromkeys("video zoom teams skype webex facetime videocall".split(), "video"),
    **dict.fromkeys(
        """
    meeting mtg meet visit lunch coffee dinner breakfast brunch tea tasting onsite termin besuch treffen visita
    reunion appointment appt tour stop pop-in inspection survey walkthrough beer beers drink drinks rdv workshop
    sit-down braai bbq barbecue site-visit audit training installation kickoff kick-off pm
    """.split(),
        "visit",
    ),
    **dict.fromkeys(
        """
    fair expo conference party birthday briefing exhibition seminar webinar wedding funeral gala reception booth
    tradeshow congress messe forum summit feria salon anniversary aniversario christening ceremony
    """.split(),
        "event",
    ),
    **dict.fromkeys("mail email e-mail mails emails courriel correo mailed".split(), "email"),
    **dict.fromkeys(
        """
    text texts whatsapp sms message msg wa chat dm telegram signal wechat imessage voicenote
    """.split(),
        "message",
    ),
    **dict.fromkeys("postcard".split(), "letter"),
}
channel_nouns |= dict.fromkeys("📞☎📱🤙", "call") | dict.fromkeys("📧✉📩", "email") | dict.fromkeys("💬📨", "message")
channel_nouns |= dict.fromkeys("🎥📹💻", "video") | dict.fromkeys("☕🍽🚗", "visit")
going_verbs = frozenset("go drive travel fly walk".split())
channel_nouns |= dict.fromkeys("jobsite qbr review standup sync handover presentation negotiation".split(), "visit")
channel_nouns |= dict.fromkeys("festival biennale roadshow".split(), "event") | {"chat": "visit"}
channel_verbs = {
    **dict.fromkeys("call ring phone dial".split(), "call"),
    **dict.fromkeys("zoom skype".split(), "video"),
    **dict.fromkeys("meet visit".split(), "visit"),
    **dict.fromkeys("email mail write".split(), "email"),
    **dict.fromkeys("text whatsapp message".split(), "message"),
    "see": "visit", "greet": "visit", "receive": "visit", "host": "visit", "interview": "visit", "tour": "visit", "fax": "letter",
}  # fmt: skip
channel_phrases = tuple(
    (re.compile(pattern), channel)
    for pattern, channel in (
        (
            r"\b(?:video|zoom|teams|skype)[ -](?:call|meeting|chat|mtg|conf\w*|demo)\b|\b(?:on|over|via|"
            r"by) (?:zoom|teams|video|skype|facetime)\b",
            "video",
        ),
        (
            r"\b(?:on|off|by|over|via|per) (?:the )?(?:phone|telephone|telefon|blower|ph|tel)\b|\bcoup de fil\b|"
            r"\bh[ua]ng up\b|\bphone ?call\b|\bgave (?:him|her|them|\w+) a (?:ring|call|bell|buzz)\b",
            "call",
        ),
        (
            r"\b(?:by|via|per|in an?|on) (?:e-?mail|mail)\b|\bfwd?\b:?|\bmail (?:from|of|to)\b|\bsent (?:him|"
            r"her|them|me|us) an? e?-?mail\b",
            "email",
        ),
        (
            r"\b(?:by|via|on|over|per) (?:whatsapp|wa|sms|text|chat|signal|telegram|messenger)\b|\bvoice note\b",
            "message",
        ),
        (
            r"\b(?:pop|popp|dropp|call|stopp|drop|look|swung|swing|stop|came|come|went|c[ao]me|walked|"
            r"passed)(?:ed)? (?:in|by|over|round|through|into)\b(?: (?:on|to|at))?|\bsat (?:down )?(?:with|"
            r"together|two|three|an)\b|\breceived me\b",
            "visit",
        ),
        (
            r"(?:^|[.!;\n] ?|\b(?:i|we|ich|wir) )(?:was|were|been|'ve been|war|waren) (?:heute |gestern |today |"
            r"yesterday |just |back )?(?:at|in|by|bei|over at|beim) (?=\w)|^ ?(?:yesterday |today )?(?:in|at|"
            r"bei) (?=[a-z]+ (?:with|today|yesterday))|^ ?(?:\w+: ?)?(?:\w+ ){0,3}office(?= of\b|[,:.]|$)",
            "visit",
        ),
        (
            r"\bat (?:his|her|their|our) (?:place|office|shop|house|home|stand|yard|plant|site|hq)\b|"
            r"\bface to face\b|\bin person\b|\bon[- ]?site\b|\bat the door\b|\bcalled (?:out to|in to|in on|on|round|by|over|into)\b|\bcame out of\b|\bsite visit\b",
            "visit",
        ),
        (
            r"\b(?:trade|bridal|job|wine|book|food) (?:fair|show)\b|\b(?:our|the|their) (?:stand|booth)\b|"
            r"\bfair day\b|\b(?:at|during) the (?:fair|conference|expo|congress|party|wedding|briefing|show)\b|"
            r"\bturned \d\d\b|\bopen day\b",
            "event",
        ),
        (
            r"\b(?:ran|run|bumped|walked) into\b|\bcaught up with\b|\b(?:stopped|showed|received|caught|collared) (?:me|us)\b|"
            r"\bhad \w+(?: \w+)? (?:in the (?:office|shop|showroom|house)|here|over|round|to (?:lunch|dinner))\b|"
            r"\b(?:was|were|is) (?:in the (?:shop|office|showroom|branch|store)|here|in today|round|by today)\b|"
            r"\b(?:just |have |i've |we've )(?:left|been (?:at|to|with|over at)|come back from)\b|\bcoming back from\b|\bback from (?=\w)|"
            r"\bhere (?:with|w/|to|about|today)\b|\b(?:getroffen|besucht)\b",
            "visit",
        ),
        (
            r"\b(?:hat|habe|haben|hab) (?:mich |uns |ihn |sie )?(?:angerufen|telefoniert)\b|\bgot (?:\w+ ){0,3}on the line\b|\bpicked up at\b",
            "call",
        ),
        (r"\b(?:on|via|by|over) chat\b|\bchat message\b", "message"),
        (r"\b(?:supplier|customer|open|career|demo|trade|partner|farm) day\b", "event"),
        (r"\b(?:by|per) (?:post|letter)\b|\bletter (?:from|of|to)\b", "letter"),
    )
)
# Not a meeting, however much it looks like one.
no_contact = re.compile(
    r"\bmissed (?:a |his |her |their |the )?call\b|\bwaiting for\b|\b(?:cancel\w*|postpon\w*|called off|moved) (?:our|the|a|his|her|my) "
    r"(?:meeting|visit|call|lunch|appointment|demo|video|mtg)\b|\bwants? (?:a|another) (?:meeting|call|visit|demo)\b|"
    r"\bno (?:ans(?:wer)?|reply|response|one (?:there|in)|signal|luck)\b|\bn/a\b|\bvm\b|\bvoice ?mail\b|"
    r"\bauto-?reply\b|\bout of (?:the )?office\b|\bno[- ]show\b|"
    r"\b(?:didn't|did not|doesn't|not|never|nobody) (?:answer|pick(?:ed)? up|reach\w*|show(?:ed)? up|"
    r"home)\b|\bspoke to (?:nobody|no one)\b|\bwasn't in\b|\bstood me up\b|\bcouldn't reach\b|"
    r"\bleft (?:no|a) (?:message|voicemail)\b|\bengaged\b|\bwas locked\b"
)
field_work = re.compile(
    r"\b(?:fixed|replaced|swapped|fitted|installed|repaired|serviced|calibrated|calibration|fault|"
    r"load test|tested|commissioned|vib|gearbox|site|callout|call-out|down since|"
    r"serial|error code|leak|leaking|seal|bearing|filter|pump|compressor|breaker|sensor|firmware|motor|"
    r"belt|acceptance|handover|inspected|cleaned|onsite|swap)\b"
)
visit_verbs = frozenset(
    """
    come visit drop pop stop deliver pick install measure survey meet see collect fit repair fix inspect swing
    bring train demo fly attend pass dine join
    """.split()
)
call_verbs = frozenset("call ring phone speak talk".split())
nobody_yet = re.compile(
    r"\b(?:some ?day|some ?time|one day|maybe|might|perhaps|should|ought|if only|would love|hope|hopes|"
    r"hoping|try|cancel\w*)\b"
)
contact_lemmas = frozenset(
    """
    deliver collect keep walk receive tell say ask give show offer agree want sign promise complain explain laugh mention hand
    thank order buy pay swear insist confirm accept refuse hug shake let admit like talk speak discuss argue chat
    listen greet sit eat drink apologise apologize worry fear love hate introduce take leave bring
    """.split()
)

# An arrangement made: "video is set for the 14th".
settling = frozenset("agree fix set book plan arrange schedule invite confirm move postpone be".split())

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
particles = frozenset("up out off back".split())
after_is = frozenset(
    """
    a an the not on in at off away back going out gone still now so very just too coming ill sick happy over here
    there also always never all his her my our your their been got getting with from fine ok okay good bad keen
    quite really only under like no as about w/ up down 2 to
    """.split()
)
name_particles = frozenset("de da di du van von der den del la le al el dos das ter ten bin ibn y e".split())
places = frozenset(
    """
    london paris berlin munich hamburg vienna zurich geneva basel bern milan rome turin madrid barcelona lisbon
    porto amsterdam rotterdam brussels antwerp copenhagen oslo stockholm helsinki dublin cork belfast glasgow
    edinburgh cardiff bristol bath leeds manchester liverpool birmingham oldham york oxford cambridge newport new
    york boston chicago detroit dallas houston austin denver seattle portland toronto montreal vancouver ottawa
    mexico lima bogota santiago rio sao paulo brasilia buenos aires lagos abuja accra nairobi mombasa kampala
    lodwar kenya uganda ghana nigeria johannesburg durban pretoria cape town cairo dubai doha riyadh abu dhabi
    istanbul bursa ankara izmir athens sofia bucharest budapest prague warsaw krakow gdansk zagreb belgrade
    ljubljana moscow kyiv delhi mumbai pune bangalore chennai singapore jakarta bangkok manila cebu hanoi saigon
    tokyo osaka kyoto seoul beijing shanghai shenzhen hong kong sydney melbourne brisbane perth adelaide auckland
    wellington germany france italy spain portugal austria switzerland belgium netherlands holland denmark sweden
    norway finland ireland scotland wales england britain poland czech hungary romania bulgaria greece turkey
    russia ukraine india china japan korea australia zealand canada america usa brazil argentina chile peru europe
    asia africa kansas texas california florida ohio iowa pueblo racine shreveport warri lisboa roma milano wien
    koln cologne frankfurt stuttgart jumeirah torreon saltillo camino desert road zealand zeeland racine
    """.split()
)

spoken_to = frozenset(
    """
    loan refund deliver supply charge serve tell promise assure give send text email mail call ring phone write
    offer ask thank inform remind show owe lend pay invoice credit update answer bring
    """.split()
)

# Giving way
giving = re.compile(
    # off the price
    r"\b(?:\d+(?:[.,]\d+)? ?% ?(?:off|discount|rabatt|less|skonto|prefinanc\w+|credit note)|discount\w*|rebate|"
    r"knock\w* (?:\S+ ){0,4}off|shav\w* (?:\S+ ){0,4}off|t[ao]k\w* (?:\S+ ){0,4}off|let (?:him|her|them|us|me|\w+) off|"
    r"(?:do|does|did|give|gives|gave|given|offer(?:ed|s)?|lower\w*|reduc\w+)(?: \w+){0,2} \d+(?:[.,]\d+)? ?%|"
    r"(?:lower\w*|reduc\w*|dropp?\w*|cut) (?:the|our|my|his|her|their) (?:price|rate|fee|day rate|margin)|"
    r"half (?:the )?(?:price|fee|cost)|half-price|(?:came?|come|went|go|goes) (?:down|up) (?=(?:to |by )?(?:[^a-z]{0,3}\d|\w+ (?:pence|cents|percent|per cent|points|pounds|euros|dollars)))|(?:i|we) (?:said|offered) (?:max |up to )?(?=\d)|told (?:him|her|them) (?:max |up to )?(?=\d)|max(?:imum)? \d+ ?%?|"
    r"(?:match\w*|beat) (?:\S+ ){0,3}(?:price|offer|quote)|(?:hold|holds|holding|kept?|keeps|keeping|freez\w+|gave \w+|got) (?:\S+ ){0,2}(?:price|rate)s?|"
    r"price (?:held|frozen)|(?:old|last year's|same) price|at (?:cost|our (?:own )?(?:cost|expense))|credit (?:you|us|him|her|them)|credited|"
    # for nothing
    r"free of charge|for free|free|foc|f\.o\.c|gratis|gratuit\w*|kostenlos|umsonst|for nothing|on (?:us|the house|loan)|(?:no|without (?:a|any|extra)) (?:extra )?(?:charge|cost|fee|"
    r"interest|deposit|penalty|surcharge|minimum(?: order)?)|at no (?:extra )?(?:charge|cost)|without (?:extra )?(?:charge|cost)|"
    r"(?:won't|not|never|didn't|don't) charg\w+|waiv\w+|thr[eo]w(?:n|s|ing)?(?: \w+){0,4} in|threw in|throw in|throwing in|"
    r"(?:drop(?:ped|s)?|skip(?:ped|s)?|forgets?|forgot|forg[ai]ves?|forgiven?) the (?:\w+ )?(?:charges?|fees?|price|penalty|interest|deposit|kaution|"
    r"surcharge|demurrage|breakage|freight|minimum|claim|mark-?up|delay|delivery|other|rest|remaining|late \w+)|"
    # bearing what it costs
    r"(?:eat|eats|ate|eating|swallow\w*|absorb\w*|bears?|carr(?:y|ies)|pays?|share\w*|split\w*|tak(?:e|es|ing)(?: over)?) the (?:freight|shipping|transport|delivery|"
    r"customs|postage|costs?|difference|charges?|duty|installation|call-?out|cut|loss|increase|surcharge)|split the difference|met? (?:\w+ ){1,3}half ?way|met? (?:\w+ ){1,3}in the middle|"
    r"cover\w* (?:the|our|his|her|their)|"
    # time, terms, rights
    r"exclusiv\w+|first refusal|priority|extend\w*|extra (?:days?|weeks?|months?)|longer terms?|\d+ days? (?:net|terms?|instead)|net[- ]?\d+|"
    r"gave (?:\w+ )?\d+|gave (?:in|way|up)|(?:in|into) (?:two|three|four|five|six|\d+) (?:parts|instal?ments|rates|goes|tranches)|pay later|prepaid|up ?front|in advance|"
    r"accept(?:s|ed)? (?:later|longer|net|our|the later|\w+'s (?:own )?terms|(?:his|her|their) terms|\d+ days)|instead of|"
    # kindness
    r"goodwill|as a courtesy|kulanz|exception|loan\w*|lend\w*|lent|gave ?:|concession|concede\w*|prefinanc\w+|on consignment|lets? (?:me|us)(?! (?:know|see|down|say)))(?!\w)|"
    r"(?<![\w.])[-\u2013]\d+(?:[.,]\d+)? ?%"
)
spared = re.compile(r"\bno \w+|without|instal|parts|later|half")
in_return = re.compile(
    r"\b(?:in (?:return|exchange|exch)|in turn|as (?:a )?thank ?you|dafur|im gegenzug|quid pro quo|"
    r"on condition(?: that)?|therefore)\b|(?<=, )against\b"
)
refused = re.compile(
    r"\b(?:said no|no way|refus\w+|declin\w+|turned (?:it|him|her|them) down|not possible|can't do|"
    r"won't|no chance|told (?:him|her|them) no|didn't (?:give|offer|move)|wouldn't|not offering|"
    r"no discount|didn't ask|no promise)\b|\bno[.!]|\bnot?\."
)

# Trade
trade: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "cancellation",
        re.compile(
            r"\b(?:cancel(?:l?ed|s|l?ing|led)?|cxld|canx|gekundigt|kundig\w+|terminat(?:ed|es)|(?:stop(?:s|ped)?|"
            r"end(?:s|ed)?|pull(?:s|ed)?|ditch\w*|quit|quits) (?:the |their |his |her |our )?(?:\w+ )?(?:subscription|contract|"
            r"order|plan|service|account|membership)|storn\w+|called off|back(?:s|ed) out|pull(?:s|ed) out|"
            r"g[ai]ves? notice|walk(?:s|ed) away from)\b"
        ),
    ),
    (
        "return",
        re.compile(
            r"\b(?:(?:came|come|comes|went|goes) back|(?:sent|brought|shipped|took|gave) (?:it |them )?back|"
            r"(?:sent|brought|shipped|took) (?:\S+ ){1,5}back|return(?:ed|s)|rma)\b"
        ),
    ),
    (
        "renewal",
        re.compile(
            r"\b(?:renew(?:ed|s|al)?|re-signed|signed (?:up )?(?:[\w ]{1,25}? )?again|sign(?:ed|s) (?:up )?for another|"
            r"extended (?:the |their |his |her |our )?(?:contract|subscription|lease|plan|agreement)|service contract [\w ]{0,25}signed|"
            r"same again|verlangert|rolled over|stays? (?:with us|on) for)\b"
        ),
    ),
    (
        "payment",
        re.compile(
            r"\b(?:paid|pays|pay(?:ment|mt)s?|wired|transferred|deposit(?:ed)?|sett?led|cleared|cash(?:ed)?|che(?:ck|que)|recvd|"
            r"rec'?d|received|donat\w+|pagaron|bezahlt|uberwiesen|instal?lments?|(?:money|cash|funds)(?: from \w+(?: \w+)?)? (?:is |has |came |arrived|in\b)|"
            r"money (?:is )?in|in the account|gave me the|handed me|(?:money|sum|payment|[£$€] ?\d[\d.,]*)(?: from \w+)? came in|got (?:the |our |his |her |their )?(?=[^a-z0-9 ]{0,2}\d))(?!\w)"
        ),
    ),
    (
        "invoice",
        re.compile(r"\b(?:invoic(?:e|ed|es|ing)|inv|billed|bill(?: raised| sent)?|rechnung|factura|callout charge)\b"),
    ),
    (
        "order",
        re.compile(
            r"\b(?:consider this (?:our|my|the|an|as our) order|placed (?:an?|the|his|her|their) (?:\w+ )?order|order(?:ed|s)?|po|p\.o\.|"
            r"bought|buys|(?:we|i) take|purchas(?:e|ed)|sold|signed|sign(?:s)? (?:up|for)|took|takes|booked|bestell\w*|commande|pedido|compraron|"
            r"contract (?:is )?(?:in|signed|won)|won|go(?:es)? (?:ahead|with us)|it is|shook (?:my hand|hands?|on it)|"
            r"(?:said yes to|accept(?:s|ed)) (?:the|our|my) (?:\w+ )?(?:offer|quote|proposal))\b"
        ),
    ),
)
not_yet = re.compile(
    r"\b(?:will|'ll|would|'d|should|could|can|might|may|if|wants?|wanted|wish\w*|hop\w+|next|soon|"
    r"going to|to be|must|need\w*|before|until|once|when|promis\w+|tomorrow|plans?|planning|expects?|"
    r"asked|asks|owes?|still (?:open|owes|waiting)|due|overdue|outstanding|not seen|said|says|no|not|"
    r"never|hasn't|haven't|didn't|did not|don't|doesn't|won't|yet|talks? of|maybe|perhaps|thinking|"
    r"considering|offer\w*|quot\w+|proposal)\b"
)

# Minding
minding_verbs = frozenset(
    """
    love hate fear worry care treasure cherish adore dread detest loathe despise resent value insist prefer
    """.split()
)
minding = re.compile(
    # love, fear, care
    r"\b(?:lov(?:es?)|hat(?:es?)|fear(?:s|ed)?|worr(?:y|ies|ied)(?: about| abt| that)?|is (?:all )?about|"
    r"car(?:es?|ed) (?:(?:more|most|only|deeply|a lot) )?(?:about|most|for|that)|(?:is|was|are|were|'s|gets?|very|so|really|too) (?:touchy|sensitive|emotional|strict|picky|"
    r"fussy|particular|bitter|sore|furious|mad|crazy|jealous) (?:about|on|with|when|if|at|over)|scared|terrified|afraid|"
    r"anxious|nervous|nervous wreck|dread(?:s|ed)?|proud|prides? (?:himself|herself|themselves|itself)|desperate (?:for|to)|dreams? (?:of|about)|has (?:fear|angst)|have (?:fear|angst)|"
    r"freak\w* (?:about|out)|paranoid|obsessed|passionate|keen on|big on|fond of|dear to|allergic to|sick of|fed up|sleepless|sleeps? (?:badly|poorly)|"
    r"keeps? (?:him|her|them) (?:up|awake)|(?:his|her|their) (?:heart|soul)|heart (?:is )?set on|trusts? (?:nobody|no one|only)|"
    # will not bend
    r"insist(?:s|ed)?|(?:can'?t|cannot) (?:stand|afford|bear|live)|could(?:n'?t| not) (?:stand|bear)|never (?:wants?|forgets?|again)|won't (?:hear of|bend|budge|have)|"
    r"don'?t (?:like|trust)|doesn'?t (?:like|trust)|(?:don'?t|doesn'?t) want to be|(?:set|dead) against|would (?:never|rather)|'d rather|must (?:not|never)|no compromise|"
    r"swears? by|do not (?:give|sell|share)|red line|deal-?breaker|no-go|non-negotiable|taboo|sacred|"
    # what counts
    r"matters? (?:more|most|to|is)|what (?:matters|counts)(?= )|what (?:he|she|they) (?:minds?|fears?|wants?|needs?|likes?|loves?|hates?)(?= )|only (?:\w+ ){1,3}counts?|counts? for|(?:more|most) important|important (?:to|for)|"
    r"top priority|number one|comes? first|\w+ first(?= for\b)|above all|most of all|key (?:thing|point|issue)(?= ?[:=]| is)|is everything|means everything|"
    r"means the world|lives? for|whole life|is (?:his|her|their) life|all (?:he|she|they) (?:sees?|wants?|ever wanted|cares? about)|hears? only|sore (?:point|spot)|"
    r"(?:biggest|worst|greatest|main|one|only|real|big|his|her|their) (?:worry|fear|pride|nightmare|dream|concern|priority|condition)|(?:worry|fear|nightmare|dream|concern)(?= ?[:=]| is)|"
    r"(?:his|her|their) thing(?= ?[:=]| is)|(?:his|her|their) (?:big thing|baby|biggest \w+)|values? (?=[a-z]+ )|needs? to (?:feel|be sure|trust)|"
    r"(?:only )?wants? (?:nobody|no|to be|to know|somebody|someone|peace|it (?:to|on|quiet|right|done)|her|his|their|people|quiet|respect|calm|order|certainty)|"
    r"likes? (?:to be|being|when|it when|people))(?!\w)|(?<=['\"])(?:never|don't|do not|always) [a-z]"
)
no_minding = re.compile(
    r"\b(?:would (?:\w+ )?(?:love|hate) to|'d (?:\w+ )?(?:love|hate) to|(?:lov|hat|lik)es? (?:it|this|"
    r"that)\b(?! when)|not (?:worried|afraid|scared|nervous)|love to hear|loved the|liked (?:the|our)|"
    r"we (?:love|like|hate)|i (?:love|like|hate|fear|worry))\b"
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

works_at_connectors = frozenset("at from of @ / , ( - with bei by in w/".split())
decision_verbs = frozenset("decide approve sign authorise authorize own release choose".split())
decision_phrases = re.compile(
    r"\b(?:has (?:the )?(?:last|final) (?:word|say)|(?:last|final) (?:word|say)|the boss|"
    r"decision (?:\w+ ){0,5}(?:sits|lies|is|rests) with|holds? the (?:purse|budget)|calls the shots|"
    r"it's (?:his|her) (?:yard|money|call|shop|decision)|has to (?:approve|sign|agree)|"
    r"needs? to (?:approve|sign))\b"
)
