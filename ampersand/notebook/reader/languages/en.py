"""English, as written in notes."""

from __future__ import annotations

import re

from ampersand.notebook.reader.languages.english_cues import *  # noqa: F403
from ampersand.notebook.reader.languages.english_days import *  # noqa: F403
from ampersand.notebook.reader.languages.english_grammar import *  # noqa: F403
from ampersand.notebook.reader.languages.english_people import *  # noqa: F403

code = "en"
and_word = "and"
abbreviations = frozenset(
    """
    mr mrs ms dr prof st jr sr inc ltd co no nr ca approx vs etc lic ing mag dipl eng engr rev fr mme messrs tel
    dept est min max incl excl e.g i.e bzw z.b abt resp fig ref inv
    """.split()
)
currency_words = {
    "dollars": "$",
    "dollar": "$",
    "bucks": "$",
    "euro": "EUR",
    "euros": "EUR",
    "pounds": "GBP",
    "quid": "GBP",
    "pound": "GBP",
    "rand": "ZAR",
    "francs": "CHF",
    "franken": "CHF",
    "naira": "NGN",
    "cedis": "GHS",
    "yen": "JPY",
    "rupees": "INR",
    "pesos": "MXN",
    "kronor": "SEK",
    "kroner": "NOK",
    "zloty": "PLN",
    "dirhams": "AED",
    "shillings": "KES",
    "reais": "BRL",
    "lira": "TRY",
}
counted_things = frozenset(
    """
    pcs pieces units unit m meters metres km kg bags stems copies words people followers views slices km/h rpm sqm
    items parts hours h tons tonnes t litres liters l miles users seats ohm hz
    """.split()
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
weak_visit_verbs = frozenset(
    """
    drop pick deliver do measure install survey fit repair fix inspect collect train demo bring fly
    """.split()
)
determiners_only = frozenset("the a an our my".split())
reasons = frozenset("because since as so cause cos bc b/c while although though but".split())
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
weak_giving = re.compile(
    r"(?:free|exclusiv\w+|priority|extra (?:days?|weeks?|months?)|loan\w*|lend\w*|lent|extend\w*|exception|instead of|"
    r"gave (?:in|up|way)|goodwill|up ?front|in advance|\d+ days? (?:net|terms?|instead)|rebate|discount\w*|credited|"
    r"old price|same price|last year's price|pays? the (?:freight|shipping|transport|delivery|customs|postage|costs?|charges?|duty|"
    r"installation|call-?out)|(?:came?|come|went|go|goes) (?:down|up) to|net[- ]?\d+|prepaid|pay later)"
)
giving_verbs = frozenset(
    """
    credit train match shave knock extend forgive come go make kept give offer get have let loan lend throw knock waive drop skip allow grant leave stay keep extend include
    credit add swallow absorb eat forget take do put accept concede agree send pay cut lower reduce promise
    """.split()
)
plain_giving = frozenset("give offer get have let grant allow promise".split())
asking_verbs = frozenset("ask want need request demand hope wish like push beg expect fish wonder haggle".split())
no_gift = re.compile(
    r"\b(?:(?:got|gets|had|has) no|no free|feel free|free to|tax[- ]free|nut-free|free (?:time|day|afternoon|morning|slot)|free on|"
    r"is free (?:on|at|next)|duty[- ]free|freelance|hands[- ]free|exclusive of)\b"
)
our_price = re.compile(r"\b(?:price|pilot|trial|fee|delivery|freight|charge|term|included|is in|on us|stays?)\b")
free_thing = re.compile(r"\b(?:\w+ free|free \w+|for free|no charge|no fee)\b")
worth_before = re.compile(r"\b(?:value|worth|total|contract|deal|for|budget|of)[: ]+$")
part_only = re.compile(r"\b(?:half|la mitad|part of|a third|the rest|balance|some of)\b")
paid_at_once = re.compile(
    r"\((?:card|cash|paid)\)|\b(?:in cash|by card|paid (?:cash|on the spot|by card|straight away))\b"
)
part_payment = re.compile(r"deposits?|instal?lments?|half|down payment")
wanted_words = re.compile(r"^(?:aye|yep|yeah|sure|of course|agreed|ok|okay|said yes|yes|deal|gave it|done|fine)\b")
positive_minding = re.compile(
    r"(?:what )?(?:car(?:e|es|ed)|matter|matters|count|counts|want|wants|love|loves|like|likes)\b.*"
)
gave_before = re.compile(r"\b(?:i|we|told (?:him|her|them)|our|gave) ")
put_off = re.compile(
    r"^.{0,40}\b(?:will|'ll|next|tomorrow|soon|if|once|when|to be|not yet|pending|due|overdue|"
    r"outstanding|still|not here|not arrived|missing|not seen|expected|in the system)\b"
)
weak_trade = re.compile(
    r"(?:renewal|came in|got.*|handed me|sold|po|p\.o\.|order|orders|took|takes|signed|sign|signs|signs (?:up|for)|it is|deposit|deposits|"
    r"won|invoice|invoices|inv|bill|payment|payments|paymt|settled|setled|cleared|cash|check|cheque|"
    r"received|recvd|rec'?d|return|returns|came back|pays|paid|booked|purchase|instalment|installment|"
    r"money in|go ahead|goes ahead|receiv\w+|check|took|service contract signed|same again|end(?:s|"
    r"ed)? .*)"
)
traded = re.compile(
    r"\b(?:contract|order form|agreement|po (?:came|in|received|arrived|signed)|came back|"
    r"invoices?|bills?|balance|inv \d+|\d+ ?(?:x )?[a-z]{2,}s|"
    r"paid (?:in full|cash|up|everything|the)|deposit (?:paid|in)|payment (?:in|received|arrived)|"
    r"booked|up again)\b"
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
section_mark = re.compile(
    r"[ \t]*(?:(?P<sign>[a-e1-5][).] |(?:am|pm|morning|afternoon|evening|noon)\b ?[:,-] ?|"
    r"\d{1,2}[:.]\d\d ?[:h-]? (?=[a-z])|\d{1,2}h(?:\d\d)? )|(?:first|second|third|then|next|1st|2nd|"
    r"3rd)\b,? )"
)
speaking_with = frozenset("speak talk reach".split())
meeting_verbs = frozenset(
    """
    come be sit meet join visit call ring have stop pop drop arrive attend host invite greet receive
    """.split()
)
thanks_for = re.compile(
    r"\b(?:thank(?:s| you)(?: \w+)? for|good to see you|great (?:to|seeing)) (?:(?:your|the|our|"
    r"a)\b ?)?(?:\w+ ?)?$"
)
own_news = re.compile(
    r"(?:tak\w+ over|rais\w+ (?:the |their |his |her )?(?:prices?|rates?|fees?)|increas\w+ (?:the |"
    r"their )?prices?|retir\w+|leav\w+ (?:the|us|in|at)|mov\w+ (?:to|away|house)|clos\w+ (?:down|"
    r"the)|travel\w*|go(?:es)? (?:on|to|away|into)|be away|have (?:a|an|the) (?:baby|operation|"
    r"surgery))\b"
)
before_labels = frozenset("action actions todo next steps step open from for first second then and pm am".split())
self_bound = re.compile(
    r"\b(?:i|we) (?:have |'ve )?g[ai]ven? (?:him|her|them|\w+) (?:my|our) word\b|\b(?:i|we|she|he|they) (?:have |has |had |'ve |'s )?promised\b|[-,(] ?promised\b"
)
no_object = frozenset("from by until before within with about it so and on not in never for at".split())
agreed_on = re.compile(r"\b(?:deal|agreed|agreement|compromise|settled|handshake|arrangement|we said|abgemacht)\b")
yes_to = re.compile(r"\b(?:said|told \w+|gave \w+ a) (?:yes|ok|okay) to (?P<what>(?:[^.;!?\n]|\.(?=\d)){3,70})")
back_on = re.compile(r"(?:^|[.,;:(\n-] ?)(?P<what>(?:(?:i'll be |will be )?back|returning|return visit) (?=\w))")
takes_infinitive = frozenset(
    "offer plan promise like love claim try refuse attempt mean forget want need hope ask".split()
)
answering = frozenset("give offer tell promise refuse agree grant allow".split())
mattering = frozenset("what matter matters important is counts count means everything first sacred comes only".split())
ultimatum = re.compile(
    r"\bif\b.{3,120}\b(?:we|i)(?: will|'ll)? (?:walk|leave|cancel|go|switch|quit|are gone|am gone|take our business)\b"
)
trading_verbs = frozenset("pay wire transfer buy invoice bill cancel return order renew sell".split())
settling_accounts = re.compile(r"\b(?:account|invoices?|bills?|balance|debt|loan|what (?:he|she|they) owed?)\b")
holding_verbs = frozenset(
    "have take get give make do attend hold enjoy return start finish leave go come bring".split()
)
several = re.compile(r"\b(?:two|three|four|five|2|3|4|5|both|several)\b")
in_hand = re.compile(r"(?:'s)? (?:on it|on site|onsite|there|back there|at theirs|with them|in)\b")
being_there = re.compile(
    r"\b(?:i'm|i am|we're|we are|i'll be|we'll be|i go|we go|i'm going) (?:there|at theirs|with them|back|on site)\b|\bwants? (?:me|us) (?:back|there|in)\b"
)
in_exchange = re.compile(r"in (?:return|exchange|exch)\b")
paying_words = frozenset("paid payment instalment installment deposit cheque check invoice owes owe".split())
told_verbs = frozenset(
    "tell call ring phone email text ask remind inform thank pay answer mail meet visit invoice bill show".split()
)
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
idea = re.compile(r"\b(?:some ?day|some time|lunch w/)\b")
theirs_to_wonder = re.compile(r"\b(?:he|she|they) (?:would |'d )?$")
