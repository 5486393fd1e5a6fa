"""Closed word classes of English notes, short forms included, and the words that are never names."""

from __future__ import annotations

from ampersand.notebook.reader.languages.english_verbs import forms_of_verbs

verbs = forms_of_verbs()
be_forms = frozenset("be am is are was were been being 're 'm isn't aren't wasn't weren't ain't ist was".split())
have_forms = frozenset("have has had 've haven't hasn't hadn't having".split())
do_forms = frozenset("do does did don't doesn't didn't dont doesnt didnt".split())

# Base forms that in a note are as often nouns; after a name they are taken for nouns ("Crestline call").
also_nouns = frozenset(
    """
    meter cash telephone account figure sample number detail part term bid pump back video thank lecture sample clean clear close open slow calm warm free cool dry empty complete correct
    correct direct live secure separate ready ring call visit order quote mail email lunch stop demo meeting meet
    lease loan offer answer charge check claim contract cost cover credit cut damage deal delay deposit discount
    drop exchange export fax file fit fix guarantee host increase interest invoice issue limit list load mark
    market match matter measure message move name note notice number open park part pass pay phone photo plan
    plant post present press price process promise purchase question rate record refund release rent repair reply
    report request rest result return review reward rise risk run sale sample saving schedule score service set
    shift ship shop show sign split sponsor staff stage stand state stock store study support survey switch talk
    target taste tender term test text tour trade train transfer transport travel treat trial trip trust turn
    update upgrade use view vote walk warranty wash waste watch water welcome wind win work worship zoom bank
    board book box brief budget can case chat date delivery design detail double draft drink drive end face fire
    flag focus force form found freeze front frame fund gift grade grant ground group guard guide hand handle
    harvest head hold hurry joke land launch lead leak learn lecture left lift light like line link lock log look
    love mind minute miss mix model monitor pack paint pick pilot pipe pitch place play plug pool print progress
    project ring roll rope sack saw scale scan screen search season seat second shake shock shot shout side sit
    site slip smell smoke sort space spot spring stamp step stick storm stress strike style supply tank tax tea
    tear tie tip tool top touch track truck type wave will yard audit bill block bond coat code comment compromise
    concern conflict copy count crack crash credit cross dispute dress extract forecast increase label lack rebate
    renewal reserve retain round signal sketch spend spray square steam struggle sum swap trouble walk whatsapp
    while wire workshop
    advocate alter bargain brag bribe caution counsel delight envy exhaust garnish gossip grin frown hint haunt
    influence lobby lodge mentor mess mount narrow pardon patch perk permit plaster polish pose queue ramble ration
    recap relay remedy resort resemble sacrifice salvage scold seal sever sacrifice sneer spare spoil sprain squabble
    stitch strand substitute surface surrender sway sweat tackle tangle tidy toast toss tow trace transform triage trigger
    triple tuck tutor venture veto whisper yield cast shot spin spring sweep tear strike bear lapse showcase shortlist
    spur smooth smash splash approximate elaborate intermediate appropriate incline incorporate boost cc bcc echo ghost
    google cater advertise relish stumble bind bend blow slide sink rebid spread feed
    """.split()
)

he = frozenset("he him his himself".split())
she = frozenset("she her hers herself".split())
they = frozenset("they them their theirs themselves both".split())
subject_pronouns = frozenset(
    """
    i we he she they you it who that which there this these those everybody everyone nobody somebody someone y'all
    ya both
    """.split()
)
object_pronouns = frozenset("me us him her them you it".split())
possessives = {"his": "he", "her": "she", "their": "they", "my": "us", "our": "us", "your": "you", "its": "it"}

determiners = frozenset(
    """
    the a an this that these those some any each every no all both another either neither half one two three four
    five six seven eight nine ten eleven twelve my our his her their your its first second third last next other
    more most many few several which what such der die das le la les el los un une
    """.split()
)
prepositions = frozenset(
    """
    of in on at by for with from to into onto about after before over under up down out off through during between
    against among around near behind beyond without within per via as than like until till til since w/ w/o re @
    abt fm frm c/o across along towards toward upon despite except bei mit von
    """.split()
)
conjunctions = frozenset("and & + but or so then plus und et y e yet nor n".split())
subordinators = frozenset(
    """
    because since as although though while whereas so that cause cos coz bc b/c weil but which
    """.split()
)
conditions = frozenset(
    "if once when unless until till til whenever provided providing assuming wenn iff after before".split()
)
complementizers = frozenset("that if whether".split())
relatives = frozenset("who which that whose whom where".split())
question_words = frozenset("who what when where why how which whose whom".split())
adverbs = frozenset(
    """
    not also just now then still already never always often usually really only even again soon maybe perhaps
    probably definitely certainly apparently finally actually basically literally simply too very so quite rather
    almost nearly hardly barely ever once twice later yet together gladly kindly plainly clearly obviously
    honestly frankly hopefully surely immediately directly personally officially verbally early late anyway back
    there here today tomorrow tonight currently first herself himself themselves ourselves myself quickly gladly
    happily reluctantly grudgingly explicitly otherwise therefore thus hence instead further afterwards beforehand
    meanwhile recently lately straight ideally normally
    """.split()
)
long_conditions = frozenset(
    word.replace("_", " ")
    for word in """
    as_soon_as as_long_as so_long_as the_same_day the_day the_moment the_minute the_same_week in_case
    provided_that on_condition_that the_day_that the_moment_that every_time each_time by_the_time
    """.split()
)
long_adverbs = frozenset(
    word.replace("_", " ")
    for word in """
    in_turn in_return in_exchange of_course at_last at_least after_all so_far in_fact in_the_end no_longer for_once for_now as_well
    on_top by_the_way at_once in_person as_usual for_sure in_principle at_most by_now for_her_part for_his_part for_their_part on_his_side on_her_side
    """.split()
)
negations = frozenset(
    """
    not never no n't nobody nothing neither nor dont doesnt didnt wont cant cannot nicht nobody's
    """.split()
)
will = frozenset("will 'll shall gonna won't wont shan't ll wird werde werden wll wl".split())
would = frozenset("would 'd wouldn't wouldnt wld".split())
may_be = frozenset("can could may might can't cannot couldn't cant cud cld".split())
must = frozenset("must should ought needn't shouldn't mustn't".split())
negative_auxiliaries = frozenset(
    """
    won't wont shan't wouldn't can't cannot couldn't cant don't doesn't didn't dont doesnt didnt isn't aren't
    wasn't weren't haven't hasn't hadn't shouldn't mustn't needn't ain't
    """.split()
)
fillers = frozenset(
    """
    um uh er erm okay ok right yeah well so oh anyway like basically note self anyways btw hmm ah
    """.split()
)

# Words that stand between one clause and the next.
introducing = conjunctions | subordinators | conditions | complementizers | question_words | fillers | adverbs
# Words that end a stretch of nouns and adjectives.
closed = (
    determiners
    | prepositions
    | object_pronouns
    | adverbs
    | conjunctions
    | frozenset(possessives)
    | question_words
    | conditions
    | subordinators
)

# Adjectives and past participles after "be" that only describe.
states = frozenset(
    """
    happy angry annoyed furious sad glad pleased relieved thrilled sorry sure ready busy away ill sick late early
    back here there fine good great bad nice friendly cold warm hot tired nervous worried scared afraid terrified
    proud keen interested unhappy upset ashamed available free open closed clear difficult easy hard possible
    impossible important able unable willing due wrong right dead alive gone
    """.split()
)

ordinary = frozenset(
    """
    i a an the and but or so if of in on at to for by from with about as is was are were be been am will would can
    could may might must shall should do does did have has had not no yes ok okay he she it we you they me him her
    us them my his our their your its this that these those there here who what when where why how which then than
    now today tomorrow yesterday tonight all any some each both more most much many few other another next last
    first second third one two three four five six seven eight nine ten ten hundred thousand million also just
    only still already never always again too very really maybe perhaps probably after before since until while
    because once unless during between without within over under up down out off back through around near thanks
    thank please kindly dear hi hello hey regards best cheers sorry sent subject fwd fw re cc from to date mail
    email phone call call calls visit visits site onsite lunch dinner breakfast coffee meeting meetings mtg note
    notes todo self update order orders invoice invoices contract offer offers quote price prices discount payment
    payments deposit delivery deliveries machine sample samples meet met saw rang called spoke talked told said
    says asked asks wants wanted likes loves hates fears knows thinks hopes needs got gave took went came left
    long good bad great new old big small nice short open closed free paid pays signed sold bought long first-time
    well right wrong true false yesterday nothing everything something anything nobody everybody someone somebody
    everyone monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december mon tue tues wed weds thu thur thurs fri sat sun jan feb mar apr
    jun jul aug sep sept oct nov dec christmas xmas easter new year years week weeks month months day days hour
    hours morning afternoon arvo forenoon vormittag nachmittag evening night spring summer autumn winter fall quarter end beginning ps pps btw fyi
    asap tbc tba eta imo lol po nda sla ceo cfo coo cto md vp hr it pr qa kpi roi sso api crm erp pdf usb usa uk
    eu us ok n.b nb q1 q2 q3 q4 am pm a.m p.m lead leads stand fair booth customer customers supplier client
    clients boss team staff board office head deputy manager director owner chairman chair secretary engineer
    buyer doctor nurse driver son daughter wife husband brother sister mother father uncle aunt nephew niece
    cousin mother's friend everything's question questions ask answer answered check find out try left leave let
    looks look seems feels feel keep kept put want need must-do promised promise agreed agreed offered refused
    accepted declined approved cancelled canceled confirmed delivered ordered returned received invoiced billed
    booked fixed repaired replaced installed tested swapped ran done finished closed started stopped moved changed
    dropped raised cut lost won late early soon ready busy away ill sick tired happy angry sad glad worried scared
    proud keen interested pity great congratulations plan plans planned note telefonat termin anruf besuch treffen
    llamada visita reunion ojo duda coup frau herr mr mrs ms dr prof sir madam lady señor english german french
    spanish italian dutch polish swiss turkish chinese japanese american british european irish scottish welsh
    greek god christ jesus heavens part parts stock stocks production quality service support training test tests
    trial trials pilot project phase tender budget approval decision news weather traffic holiday holidays
    vacation tea beer wine whisky cake soup whatsapp teams zoom skype outlook excel powerpoint google linkedin
    instagram facebook youtube signal slack sms gps iphone internet wifi online offline will mark bill rose grace
    may april june summer hope joy art sue chase frank grant pat jack drew dean rob admin instead though however
    meanwhile otherwise later earlier finally hopefully apparently anyway honestly frankly basically actually
    literally did, didn't doesn't don't won't can't isn't wasn't haven't hasn't couldn't wouldn't shouldn't let's
    that's it's he's she's there's what's who's i'm i'll i'd half whole full empty same different sure unsure
    unclear clear important urgent open-ended agenda topic topics action actions item items point points summary
    background context status next-step steps step risk risks issue issues problem problems complaint complaints
    nice lovely poor dear old young little red blue green white black yellow orange
    """.split()
)
