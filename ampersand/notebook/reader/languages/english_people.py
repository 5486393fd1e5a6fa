"""How English notes speak of people: titles, kin, roles, kinds of organisation."""

from __future__ import annotations

from ampersand.notebook.reader.languages.given_names import MEN, WOMEN

women, men = WOMEN - MEN, MEN - WOMEN
given_names = WOMEN | MEN

titles_of_women = frozenset(
    """
    mrs ms miss mme mlle frau sra srta signora sister auntie aunt madam lady mevrouw dona mama hajia hajiya alhaja mevr
    pani gospodja fru froken rouva bibi didi begum nana granny sis nee madame hanim
    """.split()
)
titles_of_men = frozenset(
    """
    mr herr sr señor senor don father fr uncle sir signor monsieur m dhr meneer brother bwana alhaji hajji pan seu dom
    mzee oga baba bro padre imam bhai
    """.split()
)
titles = titles_of_women | titles_of_men | frozenset(
    """
    avv avvocato dott dottor dottoressa geom rag arch mtre maitre dkfm mdm madam sri shri datuk dato tan alhaji hajia haji sheikh
    dr doctor prof professor lic ing engr eng mag dipl capt captain rev pastor chef rabbi judge sgt chief cllr
    councillor director direktor
    """.split()
)  # fmt: skip
honorifics = frozenset(
    "san sama sensei abi abla bey hanim ji bhai kun chan oppa hyung sahib saab ben".split()
)  # after the name
title_roles = {
    "chef": "chef",
    "direktor": "Direktor",
    "director": "director",
    "captain": "captain",
    "judge": "judge",
    "pastor": "pastor",
}

men_words = frozenset("man guy bloke chap lad boy gentleman fella fellow dude".split())
women_words = frozenset("woman lady girl lass gal".split())

# Kin: the one named beside such a word is family of the one the word belongs to.
kin_of_women = frozenset(
    """
    wife daughter sister mother mum mom mama niece aunt granddaughter girlfriend fiancee widow sister-in-law
    mother-in-law daughter-in-law missus
    """.split()
)
kin_of_men = frozenset(
    """
    husband son brother father dad nephew uncle grandson boyfriend fiance boy lad brother-in-law father-in-law
    son-in-law
    """.split()
)
kin = (
    kin_of_women
    | kin_of_men
    | frozenset(
        """
    cousin twin twins spouse hubby kids grandfather grandmother dads parents in-laws
    """.split()
    )
)

# Parties called by what they are: "the dyehouse" where one known dyehouse's people are in the note.
trades = frozenset(
    """
    dyehouse hotel clinic school bank farm bakery brewery hospital salon shop cafe restaurant dairy institute
    college academy university trust foundation boatyard co-op council city winery vineyard garage pharmacy
    practice studio agency museum library theatre church parish mill factory foundry yard firm company
    """.split()
)

_NICKNAMES = """
michael mike mick mickey micky mikey|robert bob rob bobby robbie bert|william bill will billy willy liam|
richard rick dick rich ricky|james jim jimmy jamie|john jack johnny jon|thomas tom tommy|
elizabeth liz beth lizzie betty eliza libby|margaret maggie meg peg peggy marge|katherine kate kathy katie kat|
catherine cathy kate cate|david dave davie davy|daniel dan danny|peter pete|stephen steve|steven steve|
christopher chris kit topher|christine chris chrissie tina|christina tina chris|alexander alex sasha xander al|
alexandra alex sandra sasha|anthony tony|andrew andy drew|edward ed eddie ted ned|nicholas nick nicky|
joseph joe joey|samuel sam|samantha sam|benjamin ben benny|matthew matt|jonathan jon jonny|gregory greg|
jeffrey jeff|geoffrey geoff|kenneth ken kenny|ronald ron ronnie|donald don donny|gerald gerry jerry|
lawrence larry laurie|patricia pat patty trish tricia|patrick pat paddy|jennifer jen jenny|jessica jess jessie|
rebecca becky becca|deborah deb debbie|susan sue susie|victoria vicky tori|barbara barb babs|pamela pam|
theodore ted theo|frederick fred freddie|friedrich fritz|leonard len lenny|raymond ray|vincent vince|
walter walt wally|philip phil|timothy tim|francis frank fran|franziska franzi|johannes hannes jo|wolfgang wolf|
sebastian basti seb|maximilian max|alfred alf fred|albert al bert|charles charlie chuck|henry harry hank|
gabriele gabi|ursula uschi|manfred manni|joachim jochen achim|dorothy dot dottie|eleanor ellie nell|
isabel izzy bella|abigail abby|madeleine maddie|francisco paco pancho|jose pepe|ignacio nacho|guadalupe lupe|
alberto beto|roberto beto|giuseppe beppe|giovanni gianni|margarita rita|magdalena magda lena|tomasz tomek|
aleksandra ola|katarzyna kasia|malgorzata gosia|agnieszka aga|piotr piotrek|krzysztof krzysiek|zuzanna zuza|
douglas doug|zachary zack|nathaniel nate nat|terence terry|veronica ronnie vero|jacqueline jackie|natalie nat|
meenakshi meena|sunita sunny|
"""
nicknames = {
    words.split()[0]: tuple(words.split()[1:]) for words in _NICKNAMES.replace("\n", "").split("|") if words.split()
}

roles = frozenset(
    """
    ceo cfo coo cto cio md vp gm hr qs pm ea pa director manager boss owner founder president chairman chairwoman
    chair head buyer purchaser secretary assistant engineer technician foreman supervisor accountant controller
    bookkeeper lawyer solicitor attorney notary architect consultant adviser advisor planner designer chef cook
    waiter nurse doctor surgeon principal headmaster teacher officer inspector auditor procurement purchasing
    planning logistics marketing sales finance operations quality production it reception receptionist clerk
    deputy colleague partner rep agent broker dispatcher foreman storekeeper warehouse lead leader coordinator
    administrator treasurer bursar editor curator librarian mayor trustee photographer florist caretaker janitor
    porter concierge driver mechanic electrician successor predecessor intern trainee apprentice dean provost
    registrar lady girl guy woman man chap bloke lad person contact friend mate
    """.split()
)
vague_people = frozenset("lady girl guy woman man chap bloke lad person contact friend mate colleague".split())

deciders = frozenset(
    """
    board ceo cfo coo cto md gm boss owner owners management direction committee trust trustees council county
    director directors head office chairman chair president minister ministry procurement purchasing finance
    headquarters hq parent shareholders investors controlling founder partner partners
    """.split()
)
advisers = frozenset(
    """
    lawyer lawyers solicitor attorney accountant accountants consultant consultants adviser advisor architect
    auditor notary broker bank
    """.split()
)
suppliers = frozenset(
    """
    supplier suppliers vendor printer roaster wholesaler manufacturer distributor provider contractor
    subcontractor carrier haulier forwarder caterer agency
    """.split()
)
bodies = frozenset(
    """
    group chain port county council ministry university hospital bank union association club parish church school
    agency
    """.split()
)

follows_names = frozenset("from at and is has was will 's also wants with w/ there".split())

legal_forms = frozenset(
    """
    ltd limited llc inc corp co gmbh ag kg ohg ug se sa sarl sas srl spa bv nv ab as aps oy oyj plc pty llp kft
    zrt sp zoo doo dd sl slu lda ltda jv pvt
    """.split()
)
# Words of many organisations' names: alone they name nobody, beside a known person they may ("the dyehouse").
generic_organisations = frozenset(
    """
    hotel hotels cafe café caffe bar restaurant institut institute clinic clinics hospital school college academy
    university kindergarten casa finca talleres taller kanzlei stadtwerke ysgol st saint san santa al the el la le
    les de di da group holding holdings trading traders foods food bakeries bakery dairy farm farms press print
    printing logistics shipping freight transport trasporti couriers bank insurance insurers credit union trust
    fund foundation cosmetics chemicals pharma pharmacies textiles dyehouse home maschinenbau works steel boatyard
    packaging supply supplies parts imaging medical center centre institute diagnostics partners consulting
    advisory accountants hardware daughters sons brothers joinery motors cleaning plumbing scaffolds scaffolding
    underwriting brewing brewery wines cellars roasters coffee chocolates weddings events bridal spa salon parish
    church council city town county co-op cooperative coop services service solutions systems software
    technologies tech industries international global materials aggregates civils roads construction energy power
    water media design studio studios retail shops stores market markets fish ice canoes ferries airlines travel
    tours bus company firm
    """.split()
)

# What a noun says of the one who bears it towards the one it belongs to.
relation_kinds: dict[str, str] = {
    **dict.fromkeys(kin, "family_of"),
    **dict.fromkeys("boss manager supervisor superior chief md gm director".split(), "boss"),
    **dict.fromkeys("assistant deputy secretary pa number subordinate trainee apprentice intern".split(), "deputy"),
    **dict.fromkeys("competitor competition competencia rival".split(), "competes_with"),
    **dict.fromkeys("supplier vendor wholesaler".split(), "supplies"),
    **dict.fromkeys("adviser advisor lawyer solicitor attorney accountant consultant".split(), "advises"),
    **dict.fromkeys("partner co-owner cofounder co-founder".split(), "partner_of"),
}
relation_kinds["#"] = "deputy"  # "his #2"
before_bearer = frozenset(
    ", ( - : is was a an the guy man woman lady called named and business partner young new mr mrs ms 1 2 dr one 's".split()
)
inside_apposition = frozenset(
    "a an the his her their new old also own plant big little co-owner now both and mgr manager owner buyer head of younger older elder".split()
)
boards = frozenset("board ceo cfo coo md gm direction committee management owner owners trustees headquarters".split())
working = frozenset("work join run be start sit head lead".split())
serving = frozenset({("report", "to"), ("answer", "to"), ("work", "for"), ("work", "under")})
