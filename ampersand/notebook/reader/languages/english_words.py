"""Small English word classes: short forms, places, particles, units counted."""

from __future__ import annotations

abbreviations = frozenset(
    """
    acc re ref mr mrs ms dr prof st jr sr inc ltd co no nr ca approx vs etc lic ing mag dipl eng engr rev fr mme messrs tel
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
    "tl": "TRY",
    "rupiah": "IDR",
    "won": "KRW",
    "baht": "THB",
    "ringgit": "MYR",
    "forint": "HUF",
    "koruna": "CZK",
    "rubles": "RUB",
    "riyals": "SAR",
    "kwacha": "ZMW",
    "birr": "ETB",
    "taka": "BDT",
    "bob": "KES",
}
counted_things = frozenset(
    """
    pcs pieces units unit m meters metres km kg bags stems copies words people followers views slices km/h rpm sqm
    items parts hours h tons tonnes t litres liters l miles users seats ohm hz
    """.split()
)
determiners_only = frozenset("the a an our my".split())
reasons = frozenset("because since as so cause cos bc b/c while although though but".split())
particles = frozenset("up out off back".split())
after_is = frozenset(
    """
    a an the not on in at off away back going out gone still now so very just too coming ill sick happy over here
    due set booked bound down scheduled there also always never all his her my our your their been got getting with from fine ok okay good bad keen
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
before_labels = frozenset("action actions todo next steps step open from for first second then and pm am".split())
takes_infinitive = frozenset(
    "offer plan promise like love claim try refuse attempt mean forget want need hope ask".split()
)
