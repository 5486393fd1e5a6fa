"""Notes as people write them, several things in one: who promises what, and what binds nobody. All of our own making."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from ampersand.notebook.tests.reader_cast import understand

NOTES: list[tuple[str, list[tuple[str, str]]]] = [
    ("Met Nadia. She said she gets the board to look at it.", [("Nadia Rahman", "gets the board to look at it")]),
    (
        "Saw Nadia. She swears that Quay Street Bakery never buys past us again.",
        [("Quay Street Bakery", "never buys past us again")],
    ),
    (
        "Saw Nadia. She promised the crates leave not after 8 November.",
        [("Nadia Rahman", "the crates leave not after 8 November")],
    ),
    (
        "Saw Nadia. Told her Tom goes over on Friday and checks the fuse.",
        [("us", "goes over on Friday and checks the fuse")],
    ),
    (
        "Saw Nadia. I wrote that Tom offers her a third oven source by Friday.",
        [("us", "offers her a third oven source")],
    ),
    (
        "Nadia on the phone, 12 min. She wires the balance Thursday and Samir countersigns.",
        [("Nadia Rahman", "wires the balance")],
    ),
    (
        "Stopped by Alder. Jane walks our quote into the board on the 14th.",
        [("Jane Okafor", "walks our quote into the board")],
    ),
    ("tel w/ Dev: container cleared, trucks it up to us Weds", [("Dev Anand", "trucks it up to us")]),
    ("Jane rang. Pavel swaps the pump out on Monday, parts only.", [("us", "swaps the pump out")]),
    (
        "Nadia will put us on her list for next season and she'd have the paperwork across by the 20th.",
        [("Nadia Rahman", "put us on her list for next season"), ("Nadia Rahman", "have the paperwork across")],
    ),
    (
        "Met Sami at the bar. Says his guys clear the loading bay before we come on the 12th.",
        [("Sami Haddad", "clear the loading bay")],
    ),
    (
        "Dev mailed: 'Your pallets are leaving Rotterdam on Friday, you have my word.'",
        [("Dev Anand", "Your pallets are leaving Rotterdam")],
    ),
    (
        "Long chat with Nadia. In the end I caved: third oven serviced for nothing, and Tom does it "
        "himself next Tuesday.",
        [("us", "does it himself")],
    ),
    (
        "um Sami called he goes I'm sorting your invoice tonight mate don't you worry",
        [("Sami Haddad", "sorting your invoice")],
    ),
    ("Nadia: signs Friday, Samir's already said yes", [("Nadia Rahman", "signs")]),
    ("- Sami to find out who holds the keys", [("Sami Haddad", "find out who holds the keys")]),
    (
        "Visited Nadia. She make the order in November, she give me the hand on it.",
        [("Nadia Rahman", "make the order")],
    ),
    (
        "I was by Nadia this morning. Until Friday I must bring her the certificate, so we agreed.",
        [("us", "bring her the certificate")],
    ),
    (
        "Nadia has promised that she don't buy by Meridian before she has spoken with us.",
        [("Nadia Rahman", "don't buy by Meridian before she has spoken with us")],
    ),
    (
        "Quay Street, fryer. Thermostat temp fix only, proper one goes in on the 15th, Nadia knows.",
        [("us", "proper one goes in")],
    ),
    ("Told Nadia I'd drop the spare key back when I'm passing.", [("us", "drop the spare key back when I'm passing")]),
    (
        "Dev phoned about the pallets; he's getting two lads to restack them over the weekend.",
        [("Dev Anand", "getting two lads to restack them")],
    ),
    (
        'From Jane: "Kindly note that the remaining amount shall reach you not later than 30 October."',
        [("Jane Okafor", "the remaining amount shall reach you")],
    ),
    (
        "> We will revert on the lease before month end.\n> Regards, Jane\nAnswered her that the draft "
        "comes from us tomorrow.",
        [("Jane Okafor", "revert on the lease"), ("us", "the draft comes from us")],
    ),
    ("Nadia begged for the trays back, I've said she'll have them Monday.", [("us", "have them")]),
    (
        "Nadia wants her logo on the boxes. No problem, I told her, from the next run on.",
        [("us", "her logo on the boxes")],
    ),
    ("Sami hopes for a rebate; I promised nothing except an answer by the 16th.", [("us", "an answer")]),
    (
        "Nadia swore on the life of her cat that the crates would be empty when we come.",
        [("Nadia Rahman", "the crates would be empty when we come")],
    ),
    ("Jane is lending us her function room on the 22nd, no hire.", [("Jane Okafor", "lending us her function room")]),
    (
        "Jane lends us her function room for the tasting, in return her staff eat free.",
        [("Jane Okafor", "lends us her function room for the tasting")],
    ),
    ("Nadia introduces me to the landlord next week, over lunch.", [("Nadia Rahman", "introduces me to the landlord")]),
    (
        "If we fix the door Nadia doubles the order, that's the deal.",
        [("Nadia Rahman", "If we fix the door Nadia doubles the order")],
    ),
    (
        "Jane puts in a good word with Samir if we do the photos.",
        [("Jane Okafor", "puts in a good word with Samir if we do the photos")],
    ),
    ("Sami'll text me the gate code.", [("Sami Haddad", "text me the gate code")]),
    ("Gate code from Sami tonight.", [("Sami Haddad", "Gate code from Sami")]),
    ("Nadia is to have our answer no later than Wednesday.", [("us", "have our answer")]),
    ("We owe Nadia an answer by Wednesday on the second oven.", [("us", "an answer")]),
    ("Rang Jane re the leak. One of ours is there first thing tomorrow.", [("us", "One of ours is there first thing")]),
    ("Jane - leak. Somebody from us with her tomorrow 8am.", [("us", "Somebody from us with her")]),
    ("Jane gets a new mat from us on the house.", [("us", "a new mat from us on the house")]),
    ("Nadia fetches the trays herself on Thursday.", [("Nadia Rahman", "fetches the trays herself")]),
    ("Nadia stays with us until June at least, she told me.", [("Nadia Rahman", "stays with us until June at least")]),
    ("Nadia shakes on 40 trays a week as of November.", [("Nadia Rahman", "40 trays a week")]),
    (
        "Nadia. 'You'll get your money when I get mine.' Fine.",
        [("Nadia Rahman", "You'll get your money when I get mine")],
    ),
    ("Nadia made me promise not to tell Samir.", [("us", "not to tell Samir")]),
    ("I shall not raise it again before Easter, I told Jane.", [("us", "shall not raise it again")]),
    (
        "Jane promised faithfully to have the lift working for our people on the 12th.",
        [("Jane Okafor", "have the lift working for our people")],
    ),
    ("The permit? Jane's got that covered, it'll be with us Friday.", [("Jane Okafor", "it'll be with us")]),
    ("Jane has agreed that her porter lets Pavel in on Sunday.", [("Jane Okafor", "her porter lets Pavel in")]),
    (
        "Jane and I agreed that she picks up the tab for the second night.",
        [("Jane Okafor", "picks up the tab for the second night")],
    ),
    (
        "We settled on this: Jane pays the cab, I bring the wine.",
        [("Jane Okafor", "pays the cab"), ("us", "bring the wine")],
    ),
    ("Sami undertook, in front of Jane, to have the hall swept.", [("Sami Haddad", "have the hall swept")]),
    ("Sami assures us the hall is swept by noon on the 12th.", [("Sami Haddad", "the hall is swept")]),
    ("According to Sami the hall is ours from noon on the 12th.", [("Sami Haddad", "the hall is ours")]),
    (
        "Sami gave me till Friday but the drawings leave here tomorrow, I told him so.",
        [("us", "the drawings leave here")],
    ),
    ("Dev is calling customs for us this afternoon.", [("Dev Anand", "calling customs for us")]),
    ("Dev calls customs for us this afternoon.", [("Dev Anand", "calls customs for us")]),
    ("Dev credits us the two broken ones, next statement.", [("Dev Anand", "credits us the two broken ones")]),
    (
        "> Hi Maya,\n> Thanks for yesterday. I've asked the team to hold two rooms for your people, "
        "names needed by the 20th. The invoice goes to Samir this time. See you at the fair!\n> "
        "Jane\n\nNames to Jane by Thursday, I wrote.",
        [("us", "Names to Jane")],
    ),
    (
        "Lunch, Jane + Sami. Jane does the talking. She'd sign tomorrow, he wants a second quote, so we "
        "wait. I'll not chase them before the 20th, they asked nicely.",
        [("us", "not chase them")],
    ),
    (
        "Nadia texted a photo of the crack. Told her to leave it as is, we patch it this week and redo "
        "the whole strip in spring for nothing.",
        [("us", "patch it"), ("us", "redo the whole strip in spring for nothing")],
    ),
    (
        "Saw Samir at the auction, he's good for the 4k, end of the month, and if not he'll eat his hat.",
        [("Samir Qureshi", "the 4k")],
    ),
    (
        "Nadia won't hear of a deposit. But the trays she pays the day they come.",
        [("Nadia Rahman", "pays the day they come")],
    ),
    (
        "Alder - Jane. Agreed she gives two weeks' notice before any change of date. We in turn don't "
        "charge for the first one.",
        [("Jane Okafor", "gives two weeks' notice before any change of date")],
    ),
    (
        "Jane's moving the event to the 24th, she'd let me know for certain by Thursday",
        [("Jane Okafor", "let me know for certain")],
    ),
    (
        "Samir picks the trays up himself this once, saves us the trip.",
        [("Samir Qureshi", "picks the trays up himself")],
    ),
    (
        "Dev emailed: rate sheet attached, valid till December, he'll warn us a month ahead if it moves.",
        [("Dev Anand", "warn us a month ahead if it moves")],
    ),
    ("Nadia asked me to keep it from Samir. I gave my word.", [("us", "keep it from Samir")]),
    (
        "Two calls. 1) Sami: invoice 81 paid on Monday, he had not seen the reminder. 2) Dev: wants us "
        "to take the night slot. I said we take it for a month and then look again.",
        [("us", "take it for a month and then look again")],
    ),
    (
        "Nadia wants a bigger sign. Told her: planning first. I put the form in for her this week and "
        "she pays the council's fee.",
        [("us", "put the form in for her"), ("Nadia Rahman", "pays the council's fee")],
    ),
    ("Samir in the shop. Took 3 sacks, pays Friday, it's in the book.", [("Samir Qureshi", "pays")]),
    (
        "Dinner at Alder. Jane toasted us. Sami wants exclusivity in town: not on the table, but I did "
        "say nobody within two streets gets the copper line before spring.",
        [("us", "nobody within two streets gets the copper line before spring")],
    ),
    ("Pavel promised Nadia a lesson on the slicer, Thursday before opening.", [("us", "a lesson on the slicer")]),
    (
        "Email to Jane: confirmed we run both lines over Christmas, no surcharge.",
        [("us", "run both lines over Christmas")],
    ),
]
NOTHING = [
    "Nadia will have to ask her father first.",
    "Met Nadia. She wants us to pay the cab, told her no.",
    "Met Nadia. They get their flour from Meridian until June.",
    "Nadia hands over to Samir in January.",
    "Nadia turns 40 on Friday.",
    "Her worry is that nobody is trained and that something will go wrong on Monday.",
    "Nadia would take them tomorrow, but her father has to sign.",
    "Nadia texted that the balance enters our account today. And it has arrived, at noon.",
    "Nadia is putting the buns up ten percent from April.",
    "Nadia adds that she leaves too, in January.",
    "and I said to Jane look we'll eat the freight on this one but next time it's yours",
    "With Nadia on telephone: we become the answer in the next week.",
    "Samir isn't happy but he'll live with the 14th.",
    "Left Jane's with a shopping list: samples of the blue, a price for 400, and the fire certificate, all by Friday.",
    "Jane reckons she can get us in front of the owners. We'll see.",
    "Nadia said she might have something for us in spring.",
    "Nadia moves to bigger premises in spring, rent is killing her.",
    "Sami is leaving Alder at Christmas, Jane takes over his accounts.",
    "Jane's boss decides next month.",
    "Alder open a third hotel in May.",
    "Nadia bakes for half the town. Her son helps on Saturdays.",
    "Meridian raised their rates again, Nadia pays 12 a tray now.",
    "Nadia was supposed to send the sizes last week. Still nothing.",
    "Nadia had sworn the deposit would be in by Monday. It wasn't.",
    "I ought to send Nadia flowers.",
    "Get Tom to ring Nadia about the drain.",
    "Don't forget: price for Jane.",
    "Nadia thinks Meridian will drop her before Christmas.",
    "Jane gets married on Saturday.",
    "Samir goes on holiday Monday, back on the 20th.",
    "Nadia's lease runs out in March and she doesn't sleep.",
    "The council meets on the 14th about her permit.",
    "Nadia would order double if she had the space.",
    "She'd love to see the workshop some day.",
    "Nadia asked for 60 days, I said no.",
    "Nadia says they sell 400 loaves on a Saturday.",
    "Samir checks every invoice himself.",
    "Nadia won't budge on the price.",
    "Who pays for the second test?",
    "Jane keeps a parrot in the office.",
    "Nadia's father comes in every morning at four.",
    "Nothing agreed. Jane will talk to Sami first, maybe.",
    "Nadia cancels the standing order from November.",
    "Saw Nadia: oven runs fine, she bakes 600 on it now.",
    "Meridian offers her the first month free.",
    "Nadia never answers before ten.",
    "Rumour: Alder buys the Crown in spring.",
    "If it rains on Friday the market is off.",
    "When Nadia laughs the whole shop laughs.",
    "Nadia sends her regards.",
    "Jane can't do Friday.",
    "Samir wonders whether the van will make it.",
    "Nadia loves that we come on time.",
    "Jane's cheque is as good as in the post, she says.",
    "Jane says to count on her for the tasting.",
    "We've given Jane till Friday, after that the date goes to Nadia.",
    "Jane wanted a man on site both nights. One night, I said, and Pavel it is.",
    "Rang Quay Street. Nadia out. The girl on the till passes it on.",
    "Ran into Dev at the station - he was on about rates. Nothing before January, swore it.",
    "Nadia will not reopen before the 20th so no trays until then.",
    "Alder wants 2% at year end if they pass 100k. I said put it in the contract and I sign.",
    "Jane says her chairman likes us. He'll ring, she thinks, in the new year.",
    "Meridian's new depot opens in May, 200 jobs.",
    "Nadia hired a driver, Mo, starts Monday. Hope he's better than the last.",
    "Nobody at Alder. Will try again Thursday.",
    "Quote to Alder went out Friday. Jane's on leave till the 19th.",
    "Jane says the board meets on the 14th and decides then.",
    "Samir's wife has the baby in March.",
    "Dev's on about pallets again. I gave in: wooden ones from us, plastic from him, swap every quarter.",
    "Jane's PA rang to move Thursday. It's the 15th now, Jane comes to us. I told her parking is sorted.",
    "Nadia. Nothing firm. She may go with Meridian, she may not. She'll sleep on it.",
    "Jane: could you hold 12 rooms' worth of linen until she knows? Could and did, until the 20th.",
    "Dev came through with the quota. I said when he needs a favour he has one.",
    "Met Nadia. She sells 400 loaves on a Friday and throws half away in the rain.",
    "Met Nadia. Her brother gives her a hand on Saturdays.",
    "Rang Jane. The board meets on Monday and nobody knows who chairs it.",
    "Rang Jane. She starts her new job at Alder on 1 November.",
    "Saw Dev. He drives to Hamburg on Thursday, his mother is ill.",
    "Saw Dev. Rates go up 8% in January.",
    "Met Sami. The hotel closes for the winter on 10 November.",
    "Met Sami. His wife runs the spa and reports to nobody.",
    "Nadia phoned. Meridian delivers to her door by seven, we don't.",
    "Nadia phoned. Meridian gives her 60 days and free pallets.",
    "Nadia phoned, in tears. Her landlord puts the rent up in March.",
    "Jane at the fair. She's with the new owners now, looks tired.",
    "Jane at the fair. She thinks they'll sell by Christmas.",
    "Jane at the fair. They'll want a second quote, they always do.",
    "Dev mailed. Our boxes were in by Friday and nothing was broken.",
    "Visited Quay Street. The oven heats to 240 and then trips.",
    "Visited Quay Street. The new girl learns fast, Nadia says.",
    "Coffee with Sami. He wants us to send him the list by Friday, I said I'd think about it.",
    "Coffee with Sami. Could we do Sundays? No.",
    "Coffee with Sami. He asked me for a discount and I laughed.",
    "Tom says the van needs tyres before winter.",
    "Lunch w/ Jane. She'd pay more for a better lock, she said.",
    "Lunch w/ Jane. If we were nearer she'd order weekly.",
    "Lunch w/ Jane. She'll never leave Alder, she owns the place in all but name.",
    "Lunch w/ Jane. He who pays decides, she says.",
    "Nadia rang. She can take the trays on Monday if need be.",
    "Nadia rang. Might need us on Sunday.",
    "Nadia rang. The permit comes from the city and takes six weeks.",
    "Nadia rang. Insurance covers the roof but not the oven.",
    "Nadia rang. She hates it when we come late.",
    "Nadia rang about Friday. She expects the usual.",
    "Met Samir. He signed, paid and left. Not a man of words.",
    "Met Samir. He does the books, she does the talking.",
    "Met Samir. Last spring he promised us the yard and gave it to Dev.",
    "Met Samir. He'd said Friday, then Monday, now who knows.",
    "Need to ask Tom whether we deliver on Sundays.",
    "Check if Jane pays by transfer.",
    "Chase Dev for the papers. He is slow.",
    "Jane: very happy with Tom, less with the invoice.",
    "Jane likes that Pavel answers the phone.",
    "Nadia's son plays on Saturday, semi final.",
    "Dev - rates, boats, weather. Nothing new.",
    "The tender closes on 19 October at noon.",
    "The strike starts on Monday, they say.",
    "Invoice 81 falls due on 15 October.",
    "Their lease ends in March.",
    "The trial runs until the end of the month.",
    "Payment terms stay at 30 days.",
    "The contract renews itself every January.",
    "I wonder who told Meridian.",
    "Why does Nadia pay in cash?",
    "Nobody there. Left a card.",
    "Sami is angry and he shows it.",
    "She has no idea who sends the invoices.",
    "Nadia says bread is love. She means it.",
    "Jane said goodbye with a hug.",
]


def _shared(left: str, right: str) -> float:
    one, other = (Counter(re.findall(r"[a-z0-9]+", words.lower())) for words in (left, right))
    return 2 * (one & other).total() / (one.total() + other.total())


@pytest.mark.parametrize(("words", "promised"), NOTES)
def test_what_is_promised_in_a_note_is_read_and_nothing_else(words: str, promised: list[tuple[str, str]]) -> None:
    promises = sorted(understand(words).promises, key=lambda p: p.what.start)

    assert [p.by.name for p in promises] == [by for by, _ in promised]
    assert [_shared(p.what.of(words), what) >= 0.6 for p, (_, what) in zip(promises, promised, strict=True)].count(
        False
    ) == 0


@pytest.mark.parametrize("words", NOTHING)
def test_nothing_is_promised(words: str) -> None:
    assert understand(words).promises == ()
