"""How English notes give, take and trade."""

from __future__ import annotations

import re

# Giving way
giving = re.compile(
    # off the price
    r"\b(?:\d+(?:[.,]\d+)? ?% ?(?:off|discount|rabatt|less|skonto|prefinanc\w+|credit note)|discount\w*|rebate|"
    r"knock\w* (?:\S+ ){0,4}off|shav\w* (?:\S+ ){0,4}off|t[ao]k\w* (?:\S+ ){0,4}off|let (?:him|her|them|us|me|\w+) off|"
    r"(?:do|does|did|give|gives|gave|given|offer(?:ed|s)?|lower\w*|reduc\w+)(?: \w+){0,2} \d+(?:[.,]\d+)? ?%|"
    r"(?:lower\w*|reduc\w*|dropp?\w*|cut) (?:the|our|my|his|her|their) (?:price|rate|fee|day rate|margin)|"
    r"half (?:the )?(?:price|fee|cost|rate|money)|half-price|(?:came?|comes?|went|go|goes) (?:down|up) (?=(?:to |by )?(?:[a-z]{3} ?)?(?:[^a-z]{0,3}\d|\w+ (?:pence|cents|percent|per cent|points|pounds|euros|dollars)))|(?:i|we) (?:said|offered) (?:max |up to )?(?=\d)|told (?:him|her|them) (?:max |up to )?(?=\d)|max(?:imum)? \d+ ?%?|"
    r"(?:match\w*|beat) (?:\S+ ){0,3}(?:price|offer|quote)|(?:hold|holds|holding|kept?|keeps|keeping|freez\w+|gave \w+|got) (?:\S+ ){0,2}(?:price|rate)s?|"
    r"price (?:held|frozen)|(?:old|last year's|same) price|at (?:cost|our (?:own )?(?:cost|expense))|credit (?:you|us|him|her|them)|credited|"
    # a better figure than before
    r"\d+ (?:\w+ )?(?:instead of|in place of|not|rather than) (?=\d)|(?:proposed|gave|offered|at) (?:\S+ ){0,4}(?:old|\w+'s|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|last|lower|launch|intro(?:ductory)?|trade|friends?|family|mates'?) (?:\S+ ){0,2}(?:price|rate)|no,? (?:but )?(?=\d+ (?:days?|if\b))|"
    r"(?:match\w*|beat) any \w+|(?:withdr[ae]w\w*|drops?|dropped|gave up|gives up|forgo\w*|forewent|lift\w*|relax\w*|renounc\w+|shelv\w+) (?:the|his|her|their|our|that) (?:\w+ )?"
    r"(?:demand|claim|request|complaint|objection|condition|clause|embargo|limit|ban|restriction)|"
    r"(?:ties?|tied|lock(?:s|ed)?|binds?|bound|commit(?:s|ted)?) (?:themselves|himself|herself|us in|me in|itself)|concedes?|conceded|conceding|"
    r"pays? \+ ?\d|\d+(?:[.,]\d+)? ?% (?:less|cheaper|under)|let(?:s|ting)? (?:him|her|them) (?!know\b|off\b|down\b|see\b|go\b|be\b|have it\b|in\b)|"
    r"wants? (?:no (?:money|payment|fee)|nothing) for|(?:would not|wouldn't|won't|will not|doesn't|does not|didn't|did not) (?:charge|bill|invoice|send (?:a|an|any|me a|us a) (?:bill|invoice|fee note))|"
    r"gets? (?:a |an )?(?:extra )?\d+(?:[.,]\d+)? ?%|(?:can|may|could) pay (?:in|later|after|when|at|over|by instal|monthly|on)|round\w* (?:\S+ ){0,4}(?:down|off)|"
    r"(?:agree[sd]?|willing|accept\w*|happy|content|prepared|offered) to wait|waits? (?:an? |one |two |three |four |five |six |\d+ )(?:more |extra |whole )?(?:days?|weeks?|months?)|"
    r"(?:stretch|lengthen|prolong)\w*|forg[ai]ves?|forgave|forgiven|w(?:rote|rites?|ritten) off|(?:agreed to|accept(?:s|ed)?|took|swallowed) (?:\S+ ){0,3}(?:terms|conditions)|"
    r"let(?:s|ting)? (?:him|her|them|\w+) (?:have|use|keep|borrow|pay|leave|take|stay|put|hang|park|off)|(?:not|never|un)[- ]?(?:billed|charged|invoiced)|"
    r"(?:shav|knock|trim|slic|cut|dropp|tak|took|came|come|go|went|go(?:es)?)\w* (?:another )?\d+(?:[.,]\d+)? ?(?:%|percent|points?)|(?:gave|gives|giving|given) up (?:his|her|their|our|my|the)|(?:spared?|saved?) (?:him|her|them|us) the|"
    r"mov(?:ed|es|ing) (?:\S+ ){1,3}(?:for us|to suit (?:us|me)|up the (?:list|queue))|jump(?:ed|s)? (?:us|me|him|her|them) up|put (?:us|me|him|her|them) (?:first|at the (?:front|top|head))|squeez\w+ (?:us|me|him|her|them) in|"
    r"(?:opened|opens|stayed|stays|worked|works|came in|come in|comes in) (?:\S+ ){0,3}(?:on (?:a |the )?(?:saturday|sunday|holiday)|late|early|after hours|overnight) (?:specially |just )?for|"
    # for nothing
    r"free of charge|for free|free|foc|f\.o\.c|gratis|gratuit\w*|kostenlos|umsonst|for nothing|on (?:us|the house|loan)|(?:no|without (?:a|any|extra|the)) (?:\w+ )?(?:charge|chg|cost|premium|markup|fee|"
    r"interest|deposit|penalty|surcharge|minimum(?: order)?)|at no (?:extra )?(?:charge|cost)|at no extra|without (?:a|one) (?:cent|penny|dime|shilling)|as a (?:gift|present|sorry)|without (?:extra )?(?:charge|cost|fee|surcharge)|(?:goes|go|went) on (?:me|us)|(?:\d+|two|three|four|six) (?:days|weeks|months) to pay|(?:hold|holds|held|holding) (?:it|the old one|that (?:one|figure|rate)) (?:till|until|to|for)|"
    r"(?:won't|not|never|didn't|don't) charg\w+|charg(?:e|es|ed|ing) (?:\w+ )?nothing|waiv\w+|thr[eo]w(?:n|s|ing)?(?: \w+){0,4} in|threw in|throw in|throwing in|"
    r"(?:drop(?:ped|s)?|skip(?:ped|s)?|forgo(?:es|ing)?|forewent|forego(?:es|ing)?|scratch(?:ed|es|ing)?|tears? up|tore up|tearing up|forgets?|forgot|forg[ai]ves?|forgiven?) the (?:\w+ ){0,2}(?:bill|invoice|rent|charges?|fees?|price|penalty|interest|deposit|kaution|"
    r"surcharge|demurrage|breakage|freight|minimum|claim|mark-?up|delay|delivery|other|rest|remaining|late \w+)|"
    # bearing what it costs
    r"(?:eat|eats|ate|eating|swallow\w*|absorb\w*|bears?|carr(?:y|ies)|pays?|share\w*|split\w*|tak(?:e|es|ing)(?: over)?) the (?:[^\w\s]{0,2}\d|freight|shipping|transport|delivery|"
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
for_one_alone = re.compile(
    r"\b(?:nobody else|no one else|no other|nowhere else|only (?:for|to|with) (?:us|me|him|her|them)|never (?:use|sell|buy|work|go)|first (?:look|pick|refusal|call|choice)|"
    r"(?:alone|directly|to ourselves|to themselves)\b)"
)
spared = re.compile(r"\bno \w+|without|instal|parts|later|half")
in_return = re.compile(
    r"\b(?:in (?:return|exchange|exch)|in turn|for (?:his|her|their) part|against (?:that|this|which)|(?:(?<=[.;,:] )|^)for (?:that|this|it|which)(?! reason| price| money| matter| day| week)|part of the (?:bargain|deal)|(?:on|from) (?:his|her|their|our|my) (?:side|part)|as (?:a )?thank ?you|dafur|im gegenzug|quid pro quo|"
    r"on condition(?: that)?|therefore)\b|(?<=, )against\b"
)
in_exchange = re.compile(r"in (?:return|exchange|exch)\b")
refused = re.compile(
    r"\b(?:said no|no way|refus\w+|declin\w+|turned (?:it|him|her|them) down|not possible|can't do|"
    r"won't|no chance|told (?:him|her|them) no|didn't (?:give|offer|move)|wouldn't|not offering|"
    r"no discount|didn't ask|no promise)\b|\bno[.!]|\bnot?\."
)
weak_giving = re.compile(
    r"(?:free|exclusiv\w+|priority|extra (?:days?|weeks?|months?)|loan\w*|lend\w*|lent|extend\w*|exception|instead of|"
    r"gave (?:in|up|way)|goodwill|up ?front|in advance|\d+ days? (?:net|terms?|instead)|rebate|discount\w*|credited|"
    r"old price|same price|last year's price|pays? the (?:freight|shipping|transport|delivery|customs|postage|costs?|charges?|duty|"
    r"installation|call-?out)|(?:came?|come|went|go|goes) (?:down|up) to|net[- ]?\d+|prepaid|pay later)"
)
giving_verbs = frozenset(
    """
    settle wait round stretch lengthen prolong write spare save forego forgo relax reserve hold postpone delay defer donate sponsor host promote pay-half
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
gave_before = re.compile(r"\b(?:i|we|told (?:him|her|them)|our|gave) ")
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
            r"\b(?:paid|pd|pays|pay(?:ment|mt)s?|handed (?:him|her|us|over)|wired|transferred|deposit(?:ed)?|sett?led|cleared|cash(?:ed)?|che(?:ck|que)|recvd|"
            r"rec'?d|received|donat\w+|pagaron|bezahlt|uberwiesen|instal?lments?|(?:money|cash|funds)(?: from \w+(?: \w+)?)? (?:is |has |came |arrived|in\b)|"
            r"(?<=\d) (?:has |have |is |was |already )?(?:landed|entered|came through)\b|money (?:is )?in|in the account|gave me the|handed me|(?:money|sum|payment|[£$€] ?\d[\d.,]*)(?: from \w+)? came in|got (?:the |our |his |her |their )?(?=[^a-z0-9 ]{0,2}\d))(?!\w)"
        ),
    ),
    (
        "invoice",
        re.compile(r"\b(?:invoic(?:e|ed|es|ing)|inv|billed|bill(?: raised| sent)?|rechnung|factura|callout charge)\b"),
    ),
    (
        "order",
        re.compile(
            r"\b(?:consider this (?:our|my|the|an|as our) order|placed (?:an?|the|his|her|their) (?:\w+ )?order|order(?:ed|s)?|po|lpo|p\.o\.|"
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
worth_before = re.compile(r"\b(?:value|worth|total|contract|deal|for|budget|of)[: ]+$")
part_only = re.compile(r"\b(?:half|la mitad|part of|a third|the rest|balance|some of)\b")
paid_at_once = re.compile(
    r"\((?:card|cash|paid)\)|\b(?:in cash|by card|paid (?:cash|on the spot|by card|straight away))\b"
)
part_payment = re.compile(r"deposits?|instal?lments?|half|down payment")
put_off = re.compile(
    r"^.{0,40}\b(?:will|'ll|next|tomorrow|soon|if|once|when|to be|not yet|pending|due|overdue|"
    r"outstanding|still|not here|not arrived|missing|not seen|expected|in the system)\b"
)
weak_trade = re.compile(
    r"(?:renewal|handed .*|.*landed|.*entered|.*came through|lpo|came in|got.*|handed me|sold|po|p\.o\.|order|orders|took|takes|signed|sign|signs|signs (?:up|for)|it is|deposit|deposits|"
    r"won|invoice|invoices|inv|bill|payment|payments|paymt|settled|setled|cleared|cash|check|cheque|"
    r"received|recvd|rec'?d|return|returns|came back|pays|paid|booked|purchase|instalment|installment|"
    r"money in|go ahead|goes ahead|receiv\w+|check|took|service contract signed|same again|end(?:s|"
    r"ed)? .*)"
)
traded = re.compile(
    r"\b(?:contract|order form|agreement|po (?:came|in|received|arrived|signed)|came back|"
    r"invoices?|bills?|balance|inv \d+|\d+ ?(?:x )?[a-z]{2,}s|(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|sixty|fifty|forty|thirty|a dozen|a hundred) (?!o'clock|minutes?|hours?|days?|weeks?|years?|of)[a-z]{3,}|"
    r"paid (?:in full|cash|up|everything|the)|deposit (?:paid|in)|payment (?:in|received|arrived)|"
    r"booked|up again)\b"
)
trading_verbs = frozenset("pay wire transfer buy invoice bill cancel return order renew sell".split())
settling_accounts = re.compile(r"\b(?:account|invoices?|bills?|balance|debt|loan|what (?:he|she|they) owed?)\b")
paying_words = frozenset("paid payment instalment installment deposit cheque check invoice owes owe".split())
