"""More ways people say what they will do, and what only sounds like it. All of our own making."""

from __future__ import annotations

import pytest

from ampersand.notebook.tests.reader_cast import understand

# sentence, and for each promise: who promises, the words, the day due
PROMISES: list[tuple[str, list[tuple[str, str, str | None]]]] = [
    (
        "Nadia is sending over the floor plan on Thursday.",
        [("Nadia Rahman", "sending over the floor plan", "2026-10-08")],
    ),
    ("Met Nadia. Left it that I'd ring her landlord by Friday.", [("us", "ring her landlord", "2026-10-09")]),
    ("Rang Nadia. I'm to get her the spec by Thursday.", [("us", "get her the spec", "2026-10-08")]),
    ("Saw Nadia, me to send her the swatches.", [("us", "send her the swatches", None)]),
    (
        "Saw Nadia. Me to send swatches by Fri, she to confirm sizes by Mon.",
        [("us", "send swatches", "2026-10-09"), ("Nadia Rahman", "confirm sizes", "2026-10-12")],
    ),
    (
        "Nadia gave me her word she won't talk to Meridian before Friday.",
        [("Nadia Rahman", "won't talk to Meridian", "2026-10-09")],
    ),
    ("Nadia: leave it with me, you'll have it Thursday.", [("Nadia Rahman", "you'll have it", "2026-10-08")]),
    (
        "Nadia called. Samir to chase the paperwork, Tom does the drawing by Wed.",
        [("Samir Qureshi", "chase the paperwork", None), ("us", "does the drawing", "2026-10-07")],
    ),
    ("Nadia ph'd. will ring her back tmrw", [("us", "ring her back", "2026-10-07")]),
    (
        "Coffee w/ Nadia. Sending her the revised quote tonight.",
        [("us", "Sending her the revised quote", "2026-10-06")],
    ),
    (
        "Nadia said that her new prices would reach me by Friday.",
        [("Nadia Rahman", "her new prices would reach me", "2026-10-09")],
    ),
    (
        "> Dear Maya, we will send the list on Friday. Is that fine? Nadia",
        [("Nadia Rahman", "send the list", "2026-10-09")],
    ),
    (
        "Nadia settles the old invoice (61 days!) before Friday.",
        [("Nadia Rahman", "settles the old invoice (61 days!)", "2026-10-09")],
    ),
    (
        "Tried Dev twice, no answer. Ran into Samir, he'll hold twenty trays for us.",
        [("Samir Qureshi", "hold twenty trays for us", None)],
    ),
    (
        "> Dear Maya, all well here. Mr Qureshi, my director, goes through the file with you on Friday.\n> Nadia",
        [("Samir Qureshi", "goes through the file with you", "2026-10-09")],
    ),
    (
        "Saw Nadia. We keep off her floor 15 Dec to 12 Jan, she has that in writing.",
        [("us", "keep off her floor 15 Dec to 12 Jan", "2027-01-12")],
    ),
    ("Nadia committed to taking 40 trays a week.", [("Nadia Rahman", "taking 40 trays a week", None)]),
    (
        "Nadia confirmed that the deposit would go out on Monday.",
        [("Nadia Rahman", "the deposit would go out", "2026-10-12")],
    ),
    ("Nadia says the deposit goes out Monday.", [("Nadia Rahman", "the deposit goes out", "2026-10-12")]),
    ("Nadia will have her chef call me.", [("Nadia Rahman", "have her chef call me", None)]),
    ("Nadia promises me a decision by Friday.", [("Nadia Rahman", "a decision", "2026-10-09")]),
    ("Met Nadia. I'll see that she gets the list.", [("us", "see that she gets the list", None)]),
    (
        "Nadia asked if I could bring the samples Thursday; I said of course.",
        [("us", "bring the samples", "2026-10-08")],
    ),
    ("Nadia asked me to send photos, will do tonight.", [("us", "send photos", "2026-10-06")]),
    ("Nadia asked for a copy of the cert. Sending it tomorrow.", [("us", "Sending it", "2026-10-07")]),
    ("Rang Nadia. Tom takes care of the permit by Friday.", [("us", "takes care of the permit", "2026-10-09")]),
    ("Nadia to pay on delivery.", [("Nadia Rahman", "pay on delivery", None)]),
    ("Nadia guarantees us that no crate leaves unchecked.", [("Nadia Rahman", "no crate leaves unchecked", None)]),
    ("Nadia made a point of saying she'd cover the cab.", [("Nadia Rahman", "cover the cab", None)]),
    (
        "Nadia undertakes to return the pallets within a fortnight.",
        [("Nadia Rahman", "return the pallets", "2026-10-20")],
    ),
    (
        "Nadia shook on it: she takes all 40 trays if we deliver before 7.",
        [("Nadia Rahman", "takes all 40 trays if we deliver before 7", None)],
    ),
    (
        "Mtg Nadia. She'll chase Samir for the drawings, I'll do the costings over the weekend.",
        [("Nadia Rahman", "chase Samir for the drawings", None), ("us", "do the costings", "2026-10-10")],
    ),
    ("Nadia wants the cups early. I've said we'd manage Thursday.", [("us", "manage Thursday", "2026-10-08")]),
    (
        "I told Nadia not to worry, Tom would be there at six sharp tomorrow.",
        [("us", "be there at six sharp", "2026-10-07")],
    ),
    ("Samir's going to let Dev have the keys on Monday.", [("Samir Qureshi", "let Dev have the keys", "2026-10-12")]),
    ("Dev owes Nadia the customs forms by Friday.", [("Dev Anand", "the customs forms", "2026-10-09")]),
    (
        'Email from Nadia: "Please find attached the plan. We\'ll revert with comments by Wednesday."',
        [("Nadia Rahman", "revert with comments", "2026-10-07")],
    ),
    (
        "Call with Nadia. Agreed: we replace the seal free of charge, she stops withholding the invoice.",
        [("us", "replace the seal free of charge", None), ("Nadia Rahman", "stops withholding the invoice", None)],
    ),
    ("Said I'd look into it and let Nadia know by Friday.", [("us", "look into it and let Nadia know", "2026-10-09")]),
    (
        "Nadia is having the contract checked and will return it signed by the 15th.",
        [("Nadia Rahman", "return it signed", "2026-10-15")],
    ),
    ("Nadia - draft lease to us by Fri.", [("Nadia Rahman", "draft lease to us", "2026-10-09")]),
    (
        "Nadia's getting back to me Wed re the vent.",
        [("Nadia Rahman", "getting back to me Wed re the vent", "2026-10-07")],
    ),
    (
        "We have undertaken, Tom and I, to be at Nadia's by eight on Thursday.",
        [("us", "be at Nadia's by eight", "2026-10-08")],
    ),
    (
        "Nadia will not raise this with Jane, she gave me her hand on it.",
        [("Nadia Rahman", "will not raise this with Jane", None)],
    ),
    (
        "She (Nadia) will get Samir to sign before he flies on Friday.",
        [("Nadia Rahman", "get Samir to sign before he flies", "2026-10-09")],
    ),
    (
        "Nadia ok w/ price. contract fm us Thu, she signs & scans same day.",
        [("us", "contract fm us", "2026-10-08"), ("Nadia Rahman", "signs & scans", "2026-10-08")],
    ),
    ("Nadia: PO coming Fri.", [("Nadia Rahman", "PO", "2026-10-09")]),
    ("Nadia's PO to land by Friday.", [("Nadia Rahman", "Nadia's PO to land", "2026-10-09")]),
    (
        "mtg Nadia. Pavel takes over the account for her, starts Mon.",
        [("us", "takes over the account for her", "2026-10-12")],
    ),
    ("Nadia ph. credit for broken cups - we're putting it thru tonight.", [("us", "putting it thru", "2026-10-06")]),
    (
        "Ran into Nadia at the market. She swore up and down the cheque would be on my desk first thing Monday.",
        [("Nadia Rahman", "the cheque would be on my desk first thing", "2026-10-12")],
    ),
    (
        "It was left that Tom should measure the window on Monday and that Nadia would clear the shelves first.",
        [("us", "measure the window", "2026-10-12"), ("Nadia Rahman", "clear the shelves first", None)],
    ),
    (
        "Nadia has bound herself to buy no flour elsewhere until Christmas.",
        [("Nadia Rahman", "buy no flour elsewhere", "2026-12-25")],
    ),
    (
        "Nadia is putting the order through on Friday morning.",
        [("Nadia Rahman", "putting the order through", "2026-10-09")],
    ),
    (
        "yeah so Nadia she's gonna shoot me over the numbers once she's back at her desk",
        [("Nadia Rahman", "shoot me over the numbers once she's back at her desk", None)],
    ),
    (
        "told Nadia I'd swing by with the swatches Thursday and she's fine with that",
        [("us", "swing by with the swatches", "2026-10-08")],
    ),
    (
        "so I've to get the quote over to Nadia for Friday that's a promise",
        [("us", "get the quote over to Nadia", "2026-10-09")],
    ),
    (
        '"Dear Maya, rest assured the balance shall reach your account no later than 15 October. Regards, Nadia"',
        [("Nadia Rahman", "the balance shall reach your account", "2026-10-15")],
    ),
    (
        "> Noted. Our driver collects on Thursday at 7. Nadia",
        [("Quay Street Bakery", "collects on Thursday at 7", "2026-10-08")],
    ),
    ("> We'd be glad to host your team on the 20th. Nadia", [("Nadia Rahman", "host your team", "2026-10-20")]),
    (
        "> Consider it done, I am forwarding your file to Samir today. Nadia",
        [("Nadia Rahman", "forwarding your file to Samir", "2026-10-06")],
    ),
    ("> Payment follows end of week. Nadia", [("Nadia Rahman", "Payment follows", "2026-10-09")]),
    ("> I confirm delivery for the 14th. Nadia", [("Nadia Rahman", "confirm delivery", "2026-10-14")]),
    ("> Samir will revert to you on the lease. Nadia", [("Samir Qureshi", "revert to you on the lease", None)]),
    ("Answered Nadia that the goods leave our yard on Monday.", [("us", "the goods leave our yard", "2026-10-12")]),
    ("- Nadia: green light for the sign; Tom mounts it Sat", [("us", "mounts it", "2026-10-10")]),
    (
        "- Nadia does the permits herself, we do the drawings (by 20/10)",
        [("us", "do the drawings (by 20/10)", "2026-10-20")],
    ),
    ("- to do us: menu samples to Nadia Thu", [("us", "menu samples to Nadia", "2026-10-08")]),
    (
        "Nadia drops the keys at ours tonight, bless her",
        [("Nadia Rahman", "drops the keys at ours tonight, bless her", "2026-10-06")],
    ),
    (
        "Nadia says she'll put a good word in with Jane for us.",
        [("Nadia Rahman", "put a good word in with Jane for us", None)],
    ),
    (
        "Nadia swears she'll have the money Friday, heard that before.",
        [("Nadia Rahman", "have the money", "2026-10-09")],
    ),
    (
        "Nadia is lending us her van till ours is back.",
        [("Nadia Rahman", "lending us her van till ours is back", None)],
    ),
    (
        "I'm making her (Nadia) the lasagne for the 20th, don't ask.",
        [("us", "making her (Nadia) the lasagne", "2026-10-20")],
    ),
    ("Oven 2 at Nadia's: relay gone, on order, fitting it Thurs.", [("us", "fitting it", "2026-10-08")]),
    (
        "Oven 2 at Nadia's: relay gone. Return visit Thurs w/ part.",
        [("us", "Return visit Thurs w/ part", "2026-10-08")],
    ),
    ("Left pump w/ Nadia on trial, picking it up 20/10.", [("us", "picking it up", "2026-10-20")]),
    ("Nadia told she make the payment on Friday.", [("Nadia Rahman", "make the payment", "2026-10-09")]),
    (
        "We have fix with Nadia: she send the plan this week, we answer next week.",
        [("Nadia Rahman", "send the plan", "2026-10-09"), ("us", "answer next week", "2026-10-16")],
    ),
    ("Nadia wants that Tom calls her on Thursday, I said is ok.", [("us", "calls her", "2026-10-08")]),
    (
        "He is Samir who will bring the documents to us on Monday.",
        [("Samir Qureshi", "bring the documents to us", "2026-10-12")],
    ),
    (
        "Nadia will bring with her the contract signed the next time.",
        [("Nadia Rahman", "bring with her the contract signed the next time", None)],
    ),
    ("For Nadia we reserve the last two places.", [("us", "reserve the last two places", None)]),
    ("Nadia asked for the seat covers too. Done, I said.", [("us", "the seat covers too", None)]),
    ("Nadia begged me to keep it quiet till Friday, and I shall.", [("us", "keep it quiet", "2026-10-09")]),
    ("Nadia asked me for a reference and I'm writing it tonight.", [("us", "writing it", "2026-10-06")]),
    ("Nadia wondered if Tom might stay on another day. He will.", [("us", "stay on another day", None)]),
    (
        "Jane Okafor will let Nadia have the old counter, she told me.",
        [("Jane Okafor", "let Nadia have the old counter", None)],
    ),
    (
        "Dev Anand is to truck the ovens over to Nadia on the 14th.",
        [("Dev Anand", "truck the ovens over to Nadia", "2026-10-14")],
    ),
    ("Samir promised Nadia he'd stop smoking in the yard.", [("Samir Qureshi", "stop smoking in the yard", None)]),
    ("Met Nadia at the mill. On Friday Tom delivers the cups.", [("us", "delivers the cups", "2026-10-09")]),
    ("Rang Nadia. Tomorrow she signs the lease.", [("Nadia Rahman", "signs the lease", "2026-10-07")]),
    ("Rang Nadia. Monday morning I'm at hers with the plans.", [("us", "'m at hers with the plans", "2026-10-12")]),
    (
        "If the seal fails again Meridian replaces the lot, Dev said so.",
        [("Meridian Freight", "If the seal fails again Meridian replaces the lot", None)],
    ),
    ("Saw Nadia. The paint job is on us.", [("us", "The paint job is on us", None)]),
    ("Nadia is due to send us the sketches by Friday.", [("Nadia Rahman", "send us the sketches", "2026-10-09")]),
    ("Tom is booked to fit the hood at Nadia's on the 14th.", [("us", "fit the hood at Nadia's", "2026-10-14")]),
    (
        "Nadia's set to release the second half once the hood is up.",
        [("Nadia Rahman", "release the second half once the hood is up", None)],
    ),
    ("Nadia put herself down for two tables at the gala.", [("Nadia Rahman", "two tables at the gala", None)]),
    ("Nadia pledged £500 towards the sign.", [("Nadia Rahman", "£500 towards the sign", None)]),
    (
        "I have Nadia's word that the yard will be clear by Thursday.",
        [("Nadia Rahman", "the yard will be clear", "2026-10-08")],
    ),
    ("Got a commitment from Nadia to open the gate at 6.", [("Nadia Rahman", "open the gate at 6", None)]),
    ("With Nadia's promise of an answer by Friday I drove home.", [("Nadia Rahman", "an answer", "2026-10-09")]),
    ("Nadia guarantees two more orders this year.", [("Nadia Rahman", "two more orders", "2026-12-31")]),
    ("Nadia come Friday for the sample, she say.", [("Nadia Rahman", "come Friday for the sample", "2026-10-09")]),
    ("Nadia promise me to pay until 15 October.", [("Nadia Rahman", "pay until 15 October", "2026-10-15")]),
    ("I have told Nadia that we will to send the list tomorrow.", [("us", "send the list", "2026-10-07")]),
    ("Nadia will can take the cups on Monday.", [("Nadia Rahman", "take the cups", "2026-10-12")]),
    ("Nadia make me the plan till Friday.", [("Nadia Rahman", "make me the plan", "2026-10-09")]),
    (
        "so we left it there, I send her (Nadia) the new drawing, she shows it to her landlord",
        [("us", "send her (Nadia) the new drawing", None), ("Nadia Rahman", "shows it to her landlord", None)],
    ),
    ("Nadia asked for 3 extra keys. Granted.", [("us", "3 extra keys", None)]),
    (
        "Nadia would like a second visit before the opening; arranged with Tom.",
        [("us", "a second visit before the opening", None)],
    ),
    ("Nadia wants the hood cleaned again before the 20th. Tom will.", [("us", "the hood cleaned again", "2026-10-20")]),
    (
        "> Will do. You have the drawings by Friday. N. Rahman",
        [("Nadia Rahman", "You have the drawings", "2026-10-09")],
    ),
    ("> Yes please go ahead. I will see to the landlord. Nadia", [("Nadia Rahman", "see to the landlord", None)]),
    ("> ... so count us in for 40 boxes. Nadia", [("Nadia Rahman", "40 boxes", None)]),
    ("> We undertake to keep the site clear. Best, Nadia", [("Nadia Rahman", "keep the site clear", None)]),
    ("> As promised you get the keys on the 20th. Nadia", [("Nadia Rahman", "you get the keys", "2026-10-20")]),
    (
        "> Our accounts dept will clear this by month end. Nadia",
        [("Quay Street Bakery", "clear this by month end", "2026-10-31")],
    ),
    (
        "> Don't worry, nobody will move in before you are paid. Nadia",
        [("Nadia Rahman", "nobody will move in before you are paid", None)],
    ),
    ("Wrote to Nadia that the refund is on its way tomorrow.", [("us", "the refund is on its way", "2026-10-07")]),
    ("Confirmed to Nadia: hood up by the 14th.", [("us", "hood up", "2026-10-14")]),
    ("Told Nadia she'd get first pick of the seconds.", [("us", "get first pick of the seconds", None)]),
    (
        "Nadia's to keep the back door open for the fitters on Thursday.",
        [("Nadia Rahman", "keep the back door open for the fitters", "2026-10-08")],
    ),
    ("Nadia will see that Samir signs.", [("Nadia Rahman", "see that Samir signs", None)]),
    ("Nadia is getting the keys cut for us.", [("Nadia Rahman", "getting the keys cut for us", None)]),
    (
        "Nadia makes sure the dog is locked away when Tom comes.",
        [("Nadia Rahman", "makes sure the dog is locked away when Tom comes", None)],
    ),
    ("Nadia arranges for a skip on Friday.", [("Nadia Rahman", "arranges for a skip", "2026-10-09")]),
    ("Nadia takes it up with the council next week.", [("Nadia Rahman", "takes it up with the council", "2026-10-16")]),
    (
        "Nadia won't open before we've tested the hood, she assured me.",
        [("Nadia Rahman", "won't open before we've tested the hood", None)],
    ),
    ("From now on Nadia copies me in on everything.", [("Nadia Rahman", "copies me in on everything", None)]),
    ("Next time Nadia pays up front, agreed.", [("Nadia Rahman", "pays up front", None)]),
    ("Samir has promised his sister the keys on Sunday.", [("Samir Qureshi", "his sister the keys", "2026-10-11")]),
    (
        "Dev told Nadia the pallets would be with her by Thursday.",
        [("Dev Anand", "the pallets would be with her", "2026-10-08")],
    ),
    (
        "Dev is helping Nadia out with a forklift on Saturday.",
        [("Dev Anand", "helping Nadia out with a forklift", "2026-10-10")],
    ),
    ("Met Nadia. I am to hear from her on Friday.", [("Nadia Rahman", "hear from her", "2026-10-09")]),
    ("Nadia: we have the signature by Friday.", [("Nadia Rahman", "we have the signature", "2026-10-09")]),
    (
        "Nadia goes through the file with Samir on Tuesday.",
        [("Nadia Rahman", "goes through the file with Samir", "2026-10-13")],
    ),
    ("Nadia brings the cheque for Oct-Dec on Monday.", [("Nadia Rahman", "brings the cheque", "2026-10-12")]),
    ("The panel ships 14/10 like I told Nadia.", [("us", "The panel ships", "2026-10-14")]),
    ("Call with Nadia. New hood goes in Tues, she knows.", [("us", "New hood goes", "2026-10-13")]),
    (
        "Whatsapp from Nadia:\n'Good day Maya. Your cups will leave our yard on Monday, I am standing by it. Greetings.'",
        [("Nadia Rahman", "Your cups will leave our yard", "2026-10-12")],
    ),
    (
        "Mail from Nadia:\n<< Dear Maya, not this year. The September invoice will be paid by the 20th. >>",
        [("Nadia Rahman", "The September invoice will be paid", "2026-10-20")],
    ),
]

NO_PROMISES = [
    "Rang Nadia. She moans about the damp, told her that we measure now.",
    "Saw Nadia. She gives me her word.",
    "Saw Samir. He won't leave Meridian before the season is over.",
    "Nadia's board meets on Friday.",
    "Nadia fancies a trip in May.",
    "Nadia hopes Samir can release funds by Friday.",
    "Nadia should be able to pay soon.",
    "Nadia thinks they'll go under.",
    "Nadia reckons it'll rain on Friday.",
    "Nadia would buy if we were cheaper.",
    "I need to ring Nadia tomorrow.",
    "Must remember to send Nadia a card by Friday.",
    "Nadia wanted us to come by Friday but I said we couldn't.",
    "Nadia asked if we'd lower the price. I said no way.",
    "Nadia promised the drawings for last Friday. Nothing.",
    "Nadia will be 50 on Friday.",
    "Nadia's shop opens on Monday.",
    "Nadia leaves for Lisbon on Friday.",
    "Maybe we'll drop by Nadia's on Friday.",
    "Nadia refused to sign by Friday.",
    "Should I send Nadia the list by Friday?",
    "Nadia kept her promise and sent the list.",
    "Nadia's brother will inherit the shop.",
    "The council will decide in November, says Nadia.",
    "Nadia may come by on Friday.",
    "If Nadia calls, tell her we'll send it.",
    "Nadia needs the offer by Friday.",
    "Deadline for Nadia's tender is Friday.",
    "Nadia fears Samir will leave.",
    "Nadia was going to call me yesterday.",
    "Idea: invite Nadia to the fair.",
    "We didn't promise Nadia anything.",
    "Nadia won't budge.",
    "Nadia starts at Alder on Monday.",
    "The new oven arrives on Monday, Nadia is excited.",
    "Nadia will probably want a discount.",
    "Nadia complained that we would never answer.",
]


@pytest.mark.parametrize(("words", "expected"), PROMISES)
def test_every_promise_is_read_and_no_other(words: str, expected: list[tuple[str, str, str | None]]) -> None:
    found = [(p.by.name, p.what.of(words), p.due_on and p.due_on.isoformat()) for p in understand(words).promises]

    assert found == expected


@pytest.mark.parametrize("words", NO_PROMISES)
def test_no_promise_is_made_of_what_binds_nobody(words: str) -> None:
    assert understand(words).promises == ()
