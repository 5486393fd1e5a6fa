"""English verbs and their forms: which words of a note may be verbs, of which lemma and in which form."""

from __future__ import annotations

REGULAR = """
accept accuse ache acknowledge act activate adapt add address adjust admire admit adopt advance advise
afford agree aim alert align allow amend analyse analyze announce annoy answer anticipate apologise apologize appear
apply appoint appreciate approach approve argue arrange arrive ask assemble assess assign assist assume assure
attach attend audit authorise authorize avoid back bake balance bank bash beg behave believe belong bet bill blame block
board boast boil book borrow bother bounce break brief browse budget burn bump calculate call calm cancel care carry
cash cause celebrate certify challenge change charge chase chat cheat check claim clarify clean clear click climb
close coat code collect combine comment commit compare compete compile complain complete compromise concede concern
conclude confess confirm confuse connect consider consult contact contain continue contract convert convince cook
copy correct cost cough count countersign cover crash crate create credit cross cry cure deal debate decide declare
decline decrease deduct defend defer delay delegate delete deliver demand demo deny depart depend deposit describe
deserve design despatch destroy detail detect develop dial die differ dig direct disagree disappear disappoint
discount discover discuss dislike dismiss dispatch display dispute distribute divide double doubt download downsize
draft drag drain dream dress drop dump duplicate dye earn ease edit email employ empty enable encourage end enforce
engage enjoy enquire ensure enter escalate escort estimate evaluate examine exceed excuse exchange exclude execute
exempt exhibit exist expand expect expedite expire explain explore export express extend face fail fancy favour
favor fax fear ferry fetch figure file fill film finalise finalize finance finish fire fit fix flag flood focus fold
follow force forecast forward found frame freeze fulfil fulfill fund gain gather gift grab grade grant greet grieve
grow grumble guarantee guard guess guide hand handle hang happen harvest hate haul head heal help hesitate hint hire
honour honor hope host hug hurry identify ignore imagine implement imply import impress improve include
increase inform inherit initial inquire insist inspect install insure intend interest interview intro introduce
invent invest investigate invite invoice involve iron issue join joke judge jump justify kick kill kiss knock label
lack land last laugh launch lease lecture lift like limit line link list listen live load loan lock log look love
lower mail maintain manage manufacture mark market marry match matter measure meter mention merge message mind
minute miss mix modify monitor move name need negotiate nod note notice notify nudge nurse object observe obtain
offer officiate onboard open operate oppose order organise organize overlook overcharge overhaul owe own pack paint
panic park part partner pass pause perform persuade phone photo photograph pick ping pitch place plan plant play
plead pledge plug pop position post postpone pour practise practice praise pray prefer prepare prepay present
preserve press pretend prevent price print prioritise prioritize process procure produce program progress promise
promote propose protect prove provide publish pull pump purchase push qualify query question quote quit raise rate
reach react realise realize reassure rebate rebook recall receive recharge recommend reconfirm record recover
recruit recycle reduce refer refill refinance refit refund refuse regret rehearse reject relabel relax release
relocate rely remain remember remind remove renew renegotiate rent repair repeat replace reply report represent
reprint request require reschedule rescue research reserve reset resign resist resolve respect respond rest restart
restock restore restructure result resume retain retire return reveal reverse review revert revise reward risk roll rotate
rush sack sample save scale scan scare schedule score scratch screen search secure seem select separate serve
service settle share shift ship shock shop shorten shout shrug sign simplify sketch skip skype slip slow smell smile smoke
solve sort sound source specify spoil sponsor squeeze stack staff stage stall stamp start starve stay step stock
stop store strain stress stretch struggle submit subscribe subtract succeed suffer suggest suit supervise supply
support suppose surprise survey survive suspect suspend swap switch sympathise sympathize talk target taste telephone tend
tender terminate test text thank thrill tidy tie tighten tip tour touch trade train transfer translate transport
trap travel treat trial trim trouble trust try tune turn tweak twist type undercut undertake underwrite update
upgrade upload upset urge use utilise value vary verify video view visit voice volunteer vote vow wait waive walk
wander want warn wash waste watch water weigh welcome whatsapp whine widen wind wipe wire wish withdraw wonder work
worry worship wrap yell zoom swallow grumble haggle refer reprint invoice redo redye rework regrind recalibrate
pencil earmark allocate downgrade outsource subcontract courier sniff tank crack drip leak pour moan bite rave gush
swear tease flirt nag dodge hassle sulk escort reimburse compensate prefinance discontinue reinstate resend recheck
resubmit vouch confide snap gripe bid quarrel
abandon absorb abstain accelerate accommodate accompany accumulate achieve acquire adhere adjourn advertise advocate
aggravate allay allot alter amass amaze amuse appease approximate ascertain assert assimilate astonish await bargain
bicker boost brag bribe brighten budge bundle bungle cater caution chide chuckle circulate cite clinch coax
collaborate collapse commence commiserate comply compose comprise compute conceal confer confiscate consign
consolidate construct consume cooperate coordinate cope correspond counsel crave cringe curse debit debrief debug
dedicate deem defrost delight demolish demonstrate deploy depress derail designate detach deteriorate devise devote
diagnose dictate diminish disapprove disclose discourage disintegrate dismantle disrupt dissuade distract divert
divulge donate dwell dwindle educate elaborate elect embark embarrass embed emerge emigrate emphasise emphasize
empower encounter endanger endorse endure enlarge enlist enrol enroll entertain entrust envisage equip erect erode
establish evolve exaggerate excite exclaim exhaust expose fade falsify fasten flatter flinch fluctuate forfeit
formulate fret frown fume furnish garnish generate giggle gloat grin groan halve hamper haunt humiliate illustrate
impose incline incorporate incur indicate indulge inflate inject injure insert insult intercept interfere interpret
interrupt intervene intimidate irritate itemise jeopardise jot juggle lament languish liaise linger loathe lobby
locate lodge loosen mend mentor migrate misplace mobilise motivate mount mourn mow multiply mumble murmur muster
mutter narrow notarise oblige obsess occupy offend offset omit opt outline overrule pamper pardon patch pave
penalise penalize permit persist pester plaster please poach polish pollute pose possess preach precede predict
presume prevail proceed procrastinate prohibit prolong promulgate pronounce proofread prosecute prosper protest
punish puzzle ramble ration rattle reapply reassess reassign reckon recollect reconcile reconnect reconsider
recreate rectify redeem redesign redirect redraft reelect reevaluate refrain refurbish refute reinforce reiterate
relate relay relent relinquish relish reload remedy reminisce remit remodel renovate reoffer reopen reorder
reorganise reorganize repaint repent replenish repossess reprice reprimand rescind reshape reshoot reship resemble
resent reside resort resurface retaliate retrain retrieve retype reunite revamp revisit revive revoke rewire
ridicule roam rust sabotage sacrifice salvage scold scribble scrub seal sever shatter shelve shred shriek shuffle
sigh simmer skimp smash smooth sneak sneer sneeze soften soothe spare specialise specialize speculate splash sprain
spur squabble squander squash stabilise standardise stipulate stitch strand streamline strengthen stumble stun
subsidise subsidize substitute sue summarise summarize summon surpass surrender sway sweat tackle tamper tangle
tempt terrify thrive toast tolerate topple torment toss tow trace traipse transcribe transform transmit treasure
tremble trigger triple tuck tutor unblock undercharge underestimate unfold unify uninstall unite unload unlock
unpack unplug unravel unveil vacate vanish venture veto vex wane weaken whip whisper wilt wince wither wobble
wriggle yearn yield ack authenticate backdate cc bcc co-sign cosign counterbid de-risk debunk diarise ditch
double-check dropship facetime fob ghost google hand-deliver liquidate lowball overnight pre-order preorder rebid
recap recce resit shortlist showcase side-step spruce stonewall triage upsell wangle whinge
"""

IRREGULAR = """
be|is|was|been|being  swing|swings|swung|swung|swinging  become|becomes|became|become|becoming
have|has|had|had|having  do|does|did|done|doing  go|goes|went|gone|going  say|says|said|said|saying
tell|tells|told|told|telling  give|gives|gave|given|giving  take|takes|took|taken|taking
get|gets|got|gotten|getting  make|makes|made|made|making  come|comes|came|come|coming  see|sees|saw|seen|seeing
meet|meets|met|met|meeting  send|sends|sent|sent|sending  bring|brings|brought|brought|bringing
buy|buys|bought|bought|buying  pay|pays|paid|paid|paying  ring|rings|rang|rung|ringing
know|knows|knew|known|knowing  think|thinks|thought|thought|thinking  find|finds|found|found|finding
keep|keeps|kept|kept|keeping  let|lets|let|let|letting  put|puts|put|put|putting  leave|leaves|left|left|leaving
feel|feels|felt|felt|feeling  hear|hears|heard|heard|hearing  hold|holds|held|held|holding
lend|lends|lent|lent|lending  lose|loses|lost|lost|losing  sell|sells|sold|sold|selling  sit|sits|sat|sat|sitting
speak|speaks|spoke|spoken|speaking  spend|spends|spent|spent|spending  stand|stands|stood|stood|standing
swear|swears|swore|sworn|swearing  write|writes|wrote|written|writing  run|runs|ran|run|running
drive|drives|drove|driven|driving  fly|flies|flew|flown|flying  eat|eats|ate|eaten|eating
drink|drinks|drank|drunk|drinking  begin|begins|began|begun|beginning  cut|cuts|cut|cut|cutting
throw|throws|threw|thrown|throwing  win|wins|won|won|winning  draw|draws|drew|drawn|drawing
choose|chooses|chose|chosen|choosing  build|builds|built|built|building  catch|catches|caught|caught|catching
fall|falls|fell|fallen|falling  fight|fights|fought|fought|fighting  forget|forgets|forgot|forgotten|forgetting
forgive|forgives|forgave|forgiven|forgiving  grow|grows|grew|grown|growing  hide|hides|hid|hidden|hiding
hit|hits|hit|hit|hitting  hurt|hurts|hurt|hurt|hurting  lay|lays|laid|laid|laying  lead|leads|led|led|leading
learn|learns|learnt|learnt|learning  mean|means|meant|meant|meaning  read|reads|read|read|reading
ride|rides|rode|ridden|riding  rise|rises|rose|risen|rising  seek|seeks|sought|sought|seeking
set|sets|set|set|setting  shake|shakes|shook|shaken|shaking  show|shows|showed|shown|showing
shut|shuts|shut|shut|shutting  sing|sings|sang|sung|singing  sleep|sleeps|slept|slept|sleeping
split|splits|split|split|splitting  steal|steals|stole|stolen|stealing  stick|sticks|stuck|stuck|sticking
swim|swims|swam|swum|swimming  teach|teaches|taught|taught|teaching
understand|understands|understood|understood|understanding  wear|wears|wore|worn|wearing
upset|upsets|upset|upset|upsetting  undertake|undertakes|undertook|undertaken|undertaking
withdraw|withdraws|withdrew|withdrawn|withdrawing  overhear|overhears|overheard|overheard|overhearing
redo|redoes|redid|redone|redoing  grind|grinds|ground|ground|grinding  break|breaks|broke|broken|breaking
hang|hangs|hung|hung|hanging  quit|quits|quit|quit|quitting  bet|bets|bet|bet|betting
freeze|freezes|froze|frozen|freezing  deal|deals|dealt|dealt|dealing  dig|digs|dug|dug|digging
bite|bites|bit|bitten|biting  cost|costs|cost|cost|costing  forecast|forecasts|forecast|forecast|forecasting
wind|winds|wound|wound|winding  undercut|undercuts|undercut|undercut|undercutting
underwrite|underwrites|underwrote|underwritten|underwriting  bid|bids|bid|bid|bidding
undo|undoes|undid|undone|undoing  oversee|oversees|oversaw|overseen|overseeing
foresee|foresees|foresaw|foreseen|foreseeing  spread|spreads|spread|spread|spreading
forbid|forbids|forbade|forbidden|forbidding  withhold|withholds|withheld|withheld|withholding
uphold|upholds|upheld|upheld|upholding  rebuild|rebuilds|rebuilt|rebuilt|rebuilding
repay|repays|repaid|repaid|repaying  rewrite|rewrites|rewrote|rewritten|rewriting
redraw|redraws|redrew|redrawn|redrawing  shrink|shrinks|shrank|shrunk|shrinking
outbid|outbids|outbid|outbid|outbidding  feed|feeds|fed|fed|feeding  resend|resends|resent|resent|resending
mistake|mistakes|mistook|mistaken|mistaking  overpay|overpays|overpaid|overpaid|overpaying
prepay|prepays|prepaid|prepaid|prepaying  bind|binds|bound|bound|binding  cling|clings|clung|clung|clinging
bend|bends|bent|bent|bending  breed|breeds|bred|bred|breeding  bleed|bleeds|bled|bled|bleeding
blow|blows|blew|blown|blowing  cast|casts|cast|cast|casting  creep|creeps|crept|crept|creeping
flee|flees|fled|fled|fleeing  kneel|kneels|knelt|knelt|kneeling  leap|leaps|leapt|leapt|leaping
sink|sinks|sank|sunk|sinking  slide|slides|slid|slid|sliding  spin|spins|spun|spun|spinning
spring|springs|sprang|sprung|springing  sweep|sweeps|swept|swept|sweeping  tear|tears|tore|torn|tearing
weep|weeps|wept|wept|weeping  wake|wakes|woke|woken|waking  weave|weaves|wove|woven|weaving
overcome|overcomes|overcame|overcome|overcoming  shoot|shoots|shot|shot|shooting
strike|strikes|struck|struck|striking  bear|bears|bore|borne|bearing
overtake|overtakes|overtook|overtaken|overtaking  burn|burns|burnt|burnt|burning
"""

# Short forms people type. The lemma is what counts.
SHORT = {
    "chk": ("check", "b"),
    "snd": ("send", "b"),
    "cfm": ("confirm", "b"),
    "fwd": ("forward", "b"),
    "recvd": ("receive", "dn"),
    "rcvd": ("receive", "dn"),
    "recd": ("receive", "dn"),
    "rpts": ("report", "s"),
    "intro'd": ("introduce", "dn"),
    "introd": ("introduce", "dn"),
    "cxld": ("cancel", "dn"),
    "canx": ("cancel", "dn"),
    "inv'd": ("invoice", "dn"),
    "invd": ("invoice", "dn"),
    "ok'd": ("approve", "dn"),
    "okd": ("approve", "dn"),
    "photo'd": ("photo", "dn"),
    "rec'd": ("receive", "dn"),
    "prometi": ("promise", "dn"),
    "versprach": ("promise", "d"),
    "conf'd": ("confirm", "dn"),
    "confd": ("confirm", "dn"),
    "msgd": ("message", "dn"),
    "msg'd": ("message", "dn"),
    "ph'd": ("phone", "dn"),
    "tel'd": ("phone", "dn"),
    "lvs": ("leave", "s"),
    "wld": ("would", ""),
    "e-mailed": ("email", "dn"),
    "e-mails": ("email", "s"),
    "e-mailing": ("email", "g"),
    "fwd'd": ("forward", "dn"),
    "fwded": ("forward", "dn"),
    "wrotten": ("write", "dn"),
    "costed": ("cost", "dn"),
    "putted": ("put", "dn"),
    "finded": ("find", "dn"),
    "selled": ("sell", "dn"),
    "sitted": ("sit", "dn"),
    "getted": ("get", "dn"),
    "taked": ("take", "dn"),
    "gived": ("give", "dn"),
    "keeped": ("keep", "dn"),
    "leaved": ("leave", "dn"),
    "thinked": ("think", "dn"),
    "meeted": ("meet", "dn"),
    "catched": ("catch", "dn"),
    "speaked": ("speak", "dn"),
    "maked": ("make", "dn"),
    "writed": ("write", "dn"),
    "comed": ("come", "dn"),
    "goed": ("go", "dn"),
    "sayed": ("say", "dn"),
    "bringed": ("bring", "dn"),
    "payed": ("pay", "dn"),
    "buyed": ("buy", "dn"),
    "sended": ("send", "dn"),
    "telled": ("tell", "dn"),
    "ringed": ("ring", "dn"),
    "txtd": ("text", "dn"),
    "txted": ("text", "dn"),
    "txt'd": ("text", "dn"),
    "txts": ("text", "s"),
    "pd": ("pay", "dn"),
    "xfer": ("transfer", "b"),
    "e-xfer": ("transfer", "b"),
    "xferred": ("transfer", "dn"),
    "dlvd": ("deliver", "dn"),
    "dlvrd": ("deliver", "dn"),
    "del'd": ("deliver", "dn"),
    "ordrd": ("order", "dn"),
    "ord'd": ("order", "dn"),
    "agrd": ("agree", "dn"),
    "prom'd": ("promise", "dn"),
    "sez": ("say", "s"),
    "confs": ("confirm", "s"),
    "conf": ("confirm", "b"),
    "appr'd": ("approve", "dn"),
    "cncld": ("cancel", "dn"),
    "shpd": ("ship", "dn"),
    "spk": ("speak", "b"),
    "resched": ("reschedule", "b"),
    "mtng": ("meet", "g"),
    "whatsapped": ("whatsapp", "dn"),
    "whatsapp'd": ("whatsapp", "dn"),
    "emailed": ("email", "dn"),
    "ok": ("", ""),
}

# Doubled last letter in -ed and -ing.
_DOUBLED = frozenset(
    """
    stop drop plan ship chat commit admit refer prefer defer cancel travel label model fax pop skip slip trim wrap
    swap tip grab hug chop ban beg nod plug log jog rub rob scan spam stir step strip submit transfer occur permit
    knit knot map pad pin rip sin sip snap tap trap trip zip clap flag flip fit grip hop mop nag net regret cal
    program quit bet rebid allot debug embed enrol fret fulfil jot omit opt remit stun spur scrub unplug whip squat tag
    top compel expel deter incur lag lug pen pet prod strap zap dim dot gas jam overstep recap hit cut let put set wed
    outwit unzip reset resit forget rerun
    """.split()
)  # fmt: skip


def forms_of_verbs() -> dict[str, tuple[str, str]]:
    """Every form of every verb here: word -> (lemma, letters), b base, s third person, d past, n participle, g -ing."""
    table: dict[str, tuple[str, str]] = {}
    irregular = [entry.split("|") for entry in IRREGULAR.split()]
    known = {forms[0] for forms in irregular}
    for lemma, third, past, participle, gerund in irregular:
        for word, letter in zip((lemma, third, past, participle, gerund), "bsdng", strict=True):
            _note(table, word, lemma, letter)
    for lemma in REGULAR.split():
        if lemma not in known:
            for word, letters in _regular(lemma):
                _note(table, word, lemma, letters)
    table.update({word: entry for word, entry in SHORT.items() if entry[0]})
    table.update({f"re-{word}": entry for word, entry in table.items()})
    return table


def _regular(lemma: str) -> list[tuple[str, str]]:
    return [(lemma, "b"), (_third(lemma), "s"), (_past(lemma), "dn"), (_gerund(lemma), "g")]


def _third(lemma: str) -> str:
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    return lemma[:-1] + "ies" if _ends_in_consonant_y(lemma) else lemma + "s"


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if _ends_in_consonant_y(lemma):
        return lemma[:-1] + "ied"
    return (lemma + lemma[-1] if lemma in _DOUBLED else lemma) + "ed"


def _gerund(lemma: str) -> str:
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")):
        return lemma[:-1] + "ing"
    return (lemma + lemma[-1] if lemma in _DOUBLED else lemma) + "ing"


def _ends_in_consonant_y(lemma: str) -> bool:
    return lemma.endswith("y") and lemma[-2] not in "aeiou"


def _note(table: dict[str, tuple[str, str]], word: str, lemma: str, letters: str) -> None:
    if word in table and table[word][0] == lemma:
        table[word] = (lemma, "".join(sorted(set(table[word][1] + letters))))
    elif word not in table:
        table[word] = (lemma, letters)
