"""How English notes tell of being in touch: nouns, verbs and phrases of contact, and what only looks like it."""

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
    meeting mtg meet visit smoko cuppa pint pints elevenses lunch coffee dinner breakfast brunch tea tasting onsite termin besuch treffen visita
    reunion appointment appt tour stop pop-in inspection survey walkthrough beer beers drink drinks rdv workshop
    sit-down braai bbq barbecue site-visit audit training installation kickoff kick-off pm
    """.split(),
        "visit",
    ),
    **dict.fromkeys(
        """
    iftar suhoor dholki mehndi baptism ball fete kermis picnic auction regatta carnival convention hackathon meetup mixer inauguration congreso kongress
    fair expo conference supper banquet gig concert match congress retreat gathering reunion-party party birthday briefing exhibition seminar webinar wedding funeral gala reception booth
    tradeshow congress messe forum summit feria salon anniversary aniversario christening ceremony
    """.split(),
        "event",
    ),
    **dict.fromkeys("mail email e-mail mails emails courriel correo mailed".split(), "email"),
    **dict.fromkeys(
        """
    viber zalo kakao kakaotalk threema txt txts text texts whatsapp sms message msg wa chat dm telegram signal wechat imessage voicenote
    """.split(),
        "message",
    ),
    **dict.fromkeys("postcard".split(), "letter"),
}
channel_nouns |= dict.fromkeys("📞☎📱🤙", "call") | dict.fromkeys("📧✉📩", "email") | dict.fromkeys("💬📨", "message")
channel_nouns |= dict.fromkeys("🎥📹💻", "video") | dict.fromkeys("☕🍽🚗", "visit")
channel_nouns |= dict.fromkeys("jobsite qbr review standup sync handover presentation negotiation".split(), "visit")
channel_nouns |= dict.fromkeys("festival biennale roadshow".split(), "event") | {"chat": "visit"}
going_verbs = frozenset("go drive travel fly walk cycle pop nip head swing drop".split())
channel_verbs = {
    **dict.fromkeys("call ring phone dial telephone".split(), "call"),
    **dict.fromkeys("zoom skype".split(), "video"),
    **dict.fromkeys("meet visit".split(), "visit"),
    **dict.fromkeys("email mail write reply forward".split(), "email"),
    **dict.fromkeys("text whatsapp message ping dm".split(), "message"),
    "catch": "visit", "corner": "visit", "collar": "visit", "see": "visit", "greet": "visit", "receive": "visit", "host": "visit", "interview": "visit", "tour": "visit", "fax": "letter",
}  # fmt: skip
_ROOMS = (
    r"(?:office|shop|kitchen|cottage|house|bar|workshop|showroom|warehouse|yard|garage|stall|studio|lab|clinic|surgery|school|boardroom|bakery|"
    r"farm|barn|hall|flat|garden|desk|place|canteen|counter)"
)
channel_phrases = tuple(
    (re.compile(pattern), channel)
    for pattern, channel in (
        (
            rf"^ ?\w+'s {_ROOMS}\b(?=[,.:;]| at| this| today| with)|^(?:\S+ ){{0,6}}?(?:in|at) (?:\w+'s|our|his|her|their) {_ROOMS}\b(?! (?:to|for|on|by|next|until|till))|"
            r"^ ?(?:over|down|up|out|round) at \w|^ ?on (?:the|a) (?:train|bus|plane|ferry|boat|quay|bench|stairs|way \w+) with\b|"
            r"^(?:\S+ ){1,4}at the (?:counter|gate|door|till|fence|bar)\b|^(?:- ?)?\w+ in (?:for (?:a|an|ten|five|two|half)|about|again)\b|"
            r"\b(?:spoke|talked|chatted) (?:\S+ ){1,5}(?:on|at|in|by) the (?:dock|quay|pier|yard|street|stairs|corridor|doorway|car park|field|lobby|roof|jetty|gate|door|bar|counter)\b|"
            rf"\bcame (?:in)?to (?:the|our|my) {_ROOMS}\b|"
            r"\b(?:at|to|round) ours\b(?! (?:on|next|until|by))|\bshared (?:a|the|his|her|my) \w+ with\b|\b(?:popped|stuck|put) my head in\b|\btook me (?:to|round|up|over)\b",
            "visit",
        ),
        (
            r"\b(?:a |quick |short )?(?:buzz|bell|ring|tinkle) from\b|\breturned (?:my|our) call\b|\bincoming from\b|\bgot (?:\w+ ){1,2}at last\b",
            "call",
        ),
        (r"\bgoogle meet\b|\bvc with\b|\bonline (?:meeting|call|session)\b|\bscreen ?share\b|\bjitsi\b", "video"),
        (r"\brepl(?:y|ies) from\b|\banswered (?:\w+'s|his|her|their) e?-?mail\b", "email"),
        (
            r"\b(?:chamber|rotary|lions|trade|association|guild|gala|awards?|charity|club|alumni)(?: of commerce)? (?:dinner|night|lunch|evening|do|bash|breakfast|drinks)\b|"
            r"^ ?\w+'s \d0th\b",
            "event",
        ),
        (
            r"\b(?:video|zoom|teams|skype)[ -](?:call|meeting|chat|mtg|conf\w*|demo)\b|\b(?:on|over|via|"
            r"by) (?:zoom|teams|video|skype|facetime)\b",
            "video",
        ),
        (
            r"\b(?:on|off|by|over|via|per) (?:the )?(?:phone|telephone|telefon|blower|ph|tel)\b|\bcoup de fil\b|"
            r"\bon the line\b|\bon (?:my|his|her|the) (?:mobile|cell)\b|\bh[ua]ng up\b|\bpicked (?:up )?(?:my|our|the) call\b|\btook (?:my|our) call\b|\bgot through to\b|\bgot hold of\b|\bcalled back\b|\brang back\b|\bfinally picked up\b|\bpicked up (?:at last|at once|first time|on the (?:first|second|third))\b|"
            r"\bphone ?call\b|\bgave (?:him|her|them|\w+) a (?:ring|call|bell|buzz)\b",
            "call",
        ),
        (
            r"\b(?:by|via|per|in an?|on) (?:e-?mail|mail)\b|\bfwd?\b:?|\bmail (?:from|of|to)\b|\bsent (?:him|"
            r"her|them|me|us) an? e?-?mail\b",
            "email",
        ),
        (
            r"\b(?:by|via|on|over|per) (?:whatsapp|wa|sms|text|chat|signal|telegram|messenger|viber|zalo|kakao|line|wechat|threema)\b|\bvoice note\b",
            "message",
        ),
        (
            r"\b(?:pop|popp|dropp|call|stopp|drop|look|swung|swing|stop|came|come|went|c[ao]me|walked|"
            r"passed)(?:ed)? (?:in|by|over|round|through|into)\b(?: (?:on|to|at))?|\bsat (?:down )?(?:with|"
            r"together|two|three|an)\b|\breceived (?:me|us)\b|\b(?:let|drove|led|met|invited|dragged) (?:me|us) (?:in|down|to|out|beside|next|through|round|home)\b|"
            r"\b(?:put|set|laid) (?:\w+ ){1,4}in front of (?:me|us)\b",
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
            r"\bi'm (?:sat |stood |still |now |back )?(?:in|at|outside) (?=\w+'s|the|their)|\b(?:was|were|stood|sat) (?:waiting )?(?:at|in) (?:my|our) (?:desk|office|door|counter|shop|place|gate|workshop|yard)\b|\bcame (?:up|down|over|round|across|along|through)\b|"
            r"\b(?:out there|up there|down there|over there|there) (?:by|at|before|with) (?=\d|him|her|them|the)|"
            r"\b(?:was|were|is) (?:in the (?:shop|office|showroom|branch|store)|here|in today|round|by today)\b|"
            r"\b(?:just |have |i've |we've )(?:left|been (?:at|to|with|over at)|come back from)\b|\bcoming back from\b|\bback from (?=\w)|"
            r"\bhere (?:with|w/|to|about|today|for|again|\d|an hour|half an|two|three|all|this morning|this afternoon)\b|\bcame (?:with|w/) (?![-\d])|\bcame (?:alone|again|early|late|himself|herself|in person|here|at \d|to (?:see|visit|us|my|our|talk|look|pick|collect|taste|measure|sign|the (?:office|shop|barn|yard|farm|lab|stand|door)))\b|"
            r"\b(?:morning|afternoon|evening|day|hour|hours|hrs|half day) (?:with|w/|at) (?=\w)|\bspent (?:\w+ ){1,3}(?:at|with) (?=\w)|\b(?:turned|rocked|showed|pitched) up\b|\b(?:was|were) at (?=\w+'s)|\b(?:walked|took|showed) (?:me|us) (?:over|round|around|through|aside|up|down)\b|\bgave (?:me|us) (?:the|a) tour\b|\b(?:getroffen|besucht)\b",
            "visit",
        ),
        (
            r"\b(?:hat|habe|haben|hab) (?:mich |uns |ihn |sie )?(?:angerufen|telefoniert)\b|\bgot (?:\w+ ){0,3}on the line\b|\bpicked up at\b",
            "call",
        ),
        (r"\b(?:on|via|by|over) chat\b|\bchat message\b", "message"),
        (
            r"\b(?:supplier|customer|open|career|demo|trade|partner|farm|user|field|press|family|community|training|tasting) day\b",
            "event",
        ),
        (
            r"\b(?:card|postcard|telegram) from\b|\b(?:by|per) (?:post|letter)\b|\bletter (?:from|of|to)\b|\b(?:his|her|their|a|the) (?:\w+ )?letter of\b|\bin (?:his|her|their) letter\b|"
            r"\b(?:posted|handwritten|registered) (?:\w+ ){0,4}to\b",
            "letter",
        ),
    )
)
# Not a meeting, however much it looks like one.
no_contact = re.compile(
    r"\bmissed (?:a |his |her |their |the )?call\b|\bwaiting for\b|\b(?:cancel\w*|postpon\w*|called off|moved|bumped|pushed|shifted|rescheduled) (?:our|the|a|his|her|my|\w+'s) "
    r"(?:meeting|visit|call|lunch|appointment|demo|video|mtg)\b|\bwants? (?:a|another) (?:meeting|call|visit|demo)\b|"
    r"\b(?:not|wasn't|weren't|isn't) (?:there|in|home|at home|around)\b|\bhad gone (?:home|out|off)\b|\bwaited \d+\b|\bautomat(?:ic|ed)\b|\bno (?:visit|meeting|call)\b|\b(?:off|in|calling in) sick\b|\bnothing back\b|\bleft word\b|\bin (?:a )?(?:mtg|meeting|conference|session)\b|\bno (?:cb|callback|call back)\b|\btied up\b|\bnobody (?:there|in|about|around)\b|"
    r"\bno (?:ans(?:wer)?|reply|response|one (?:there|in)|signal|luck)\b|\bn/a\b|\bvm\b|\bvoice ?mail\b|"
    r"\bauto-?reply\b|\bout of (?:the )?office\b|\bno[- ]show\b|"
    r"\b(?:didn't|did not|doesn't|not|never|nobody) (?:answer|pick(?:ed)? up|reach\w*|show(?:ed)? up|"
    r"home)\b|\bspoke to (?:nobody|no one)\b|\bwasn't in\b|\bstood me up\b|\bcouldn't reach\b|"
    r"\bleft (?:no|a) (?:message|voicemail)\b|\bengaged\b|\bwas locked\b"
)
no_channel_noun = re.compile(
    r"\bat (?:lunch|dinner|breakfast)\b(?! with)|\b(?:before|until|till|by|since) (?:lunch|dinner|breakfast|tea|supper|elevenses)\b(?! with)|'s (?:phone|mobile|telephone) (?:is|was|rang|goes)|\b(?:my|your) call\b(?! (?:to|with|on|at|from))|^\S*[ ]?pH\b|\bthere's video\b|\bfair (?:play|enough|to|price|share|deal|point|offer|bit|few|and)\b|\b(?:only|quite|very|too|not|be|seems?) fair\b|^, fair\b|\bfair (?:after|since|as|when|for)\b|"
    r"\b(?:his|her|their|my|your) (?:phone|telephone|mail|email|inbox|text|chat)\b|\b(?:phone|mail|video|text|email) (?:number|address|box|clip|file)\b"
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
# Deeds that take one of ours to their place, and one of theirs to ours.
going_there = frozenset(
    """
    come visit drop pop stop deliver install measure survey fit repair fix inspect swing train demo fly attend pass join mount drive
    fetch service replace swap set test calibrate commission collect pick hand run carry rehang redo lay build audit tune photograph film
    haul unload paint clean load
    """.split()
)
carried = frozenset("bring take run put drop carry hand drive".split())
weak_visit_verbs = frozenset(
    """
    drop pick deliver do measure install survey fit repair fix inspect collect train demo bring fly
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
settling = frozenset(
    "bump shift push reschedule agree fix set book plan arrange schedule invite confirm move postpone be".split()
)
joining = frozenset(
    """
    and & + with w/ of from at @ the a in on his her their to by mr mrs dr / , ( ) - : today yesterday this
    morning afternoon from by for again both about also then plus @ il la le don de monday tuesday wednesday
    thursday friday
    """.split()
)
weak_channel_nouns = frozenset(
    """
    text letter letters demo audit installation training chat signal drink drinks tea beer stop survey inspection
    party reception salon pm workshop tasting fax message mail mails chat
    """.split()
)
section_mark = re.compile(
    r"[ \t]*(?:(?P<sign>\(?[a-e1-5][).] |(?:am|pm|a\.m\.|p\.m\.|morning|forenoon|afternoon|arvo|evening|noon|lunch|lunchtime|vormittags?|nachmittags?|morgens|abends)\b ?[:,-] ?|"
    r"\d{1,2}[:.]\d\d ?[:h-]? (?=[a-z])|\d{1,2}h(?:\d\d)? )|(?:first|second|third|then|next|1st|2nd|"
    r"3rd|morning|afternoon|evening|later|after that|finally|also|last|lunch|noon)\b,? )"
)
speaking_with = frozenset("speak talk reach".split())
# How a line begins that says first how one was in touch, and then with whom.
in_touch = frozenset(
    "rang;phoned;telephoned;called;texted;mailed;emailed;e-mailed;messaged;met;saw;visited;faxed;skyped;zoomed;pinged;"
    "wrote to;spoke to;spoke with;talked to;talked with;chatted with;rang up;met with".split(";")
)
meeting_verbs = frozenset(
    """
    come be sit meet join visit call ring have stop pop drop arrive attend host invite greet receive
    """.split()
)
holding_verbs = frozenset(
    "have take get give make do attend hold enjoy return start finish leave go come bring".split()
)
thanks_for = re.compile(
    r"\b(?:thank(?:s| you)(?: \w+)? for|good to see you|great (?:to|seeing)) (?:(?:your|the|our|"
    r"a)\b ?)?(?:\w+ ?)?$"
)
several = re.compile(r"\b(?:two|three|four|five|2|3|4|5|both|several)\b")
being_there = re.compile(
    r"\b(?:i'm|i am|we're|we are|i'll be|we'll be|i go|we go|i'm going) (?:there|at theirs|with them|back|on site)\b|\bwants? (?:me|us) (?:back|there|in)\b"
)
automatic = re.compile(
    r"\b(?:out of (?:the )?office|auto(?:matic|mated)?[- ]?(?:reply|response)|away from my desk|do not reply|no-?reply)\b"
)
# What was tried before, and then something else: "no answer, um, ran into Sam".
and_then = re.compile(r"\b(?:um|uh|then|but|later|afterwards|instead|anyway)\b|[.;!]")
