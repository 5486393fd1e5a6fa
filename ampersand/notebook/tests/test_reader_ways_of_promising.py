"""A matrix of promising: constructions by promiser by day due, and what is none. All of our own making."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from ampersand.notebook.tests.reader_cast import understand

US, NADIA, QUAY = "us", "Nadia Rahman", "Quay Street Bakery"
DUES = [
    ("by Friday", "2026-10-09"),
    ("on Monday", "2026-10-12"),
    ("before the 15th", "2026-10-15"),
    ("within two weeks", "2026-10-20"),
    ("by the end of the month", "2026-10-31"),
    ("tomorrow", "2026-10-07"),
    ("next week", "2026-10-16"),
    ("in three weeks", "2026-10-27"),
    ("this Thursday", "2026-10-08"),
]
# Read with a day and without one.
WITH_OR_WITHOUT_DAY = [
    ("Met Nadia. I'll send her the menu cards {d}.", US, "send her the menu cards"),
    ("Met Nadia. We will send her the menu cards {d}.", US, "send her the menu cards"),
    ("Met Nadia. I shall send her the menu cards {d}.", US, "send her the menu cards"),
    ("Met Nadia. Will send her the menu cards {d}.", US, "send her the menu cards"),
    ("Met Nadia. Tom will send her the menu cards {d}.", US, "send her the menu cards"),
    ("Met Nadia. She'll send us the menu cards {d}.", NADIA, "send us the menu cards"),
    ("Met Nadia. Nadia will send us the menu cards {d}.", NADIA, "send us the menu cards"),
    ("Met Nadia. They'll send us the menu cards {d}.", QUAY, "send us the menu cards"),
    ("Met Nadia. Quay Street will send us the menu cards {d}.", QUAY, "send us the menu cards"),
    ("Met Nadia. I'm going to take back the trays {d}.", US, "take back the trays"),
    ("Met Nadia. We're gonna take back the trays {d}.", US, "take back the trays"),
    ("Met Nadia. Tom is to take back the trays {d}.", US, "take back the trays"),
    ("Met Nadia. She's going to take back the trays {d}.", NADIA, "take back the trays"),
    ("Met Nadia. Nadia is due to take back the trays {d}.", NADIA, "take back the trays"),
    ("Met Nadia. Nadia is set to take back the trays {d}.", NADIA, "take back the trays"),
    ("Met Nadia. Nadia has undertaken to take back the trays {d}.", NADIA, "take back the trays"),
    ("Met Nadia. Nadia agreed to take back the trays {d}.", NADIA, "take back the trays"),
    ("Met Nadia. She promised to take back the trays {d}.", NADIA, "take back the trays"),
    ("Met Nadia. She has promised to take back the trays {d}.", NADIA, "take back the trays"),
    ("Met Nadia. Nadia swore to take back the trays {d}.", NADIA, "take back the trays"),
    ("Met Nadia. Nadia vowed to take back the trays {d}.", NADIA, "take back the trays"),
    ("Met Nadia. Nadia is committed to taking back the trays {d}.", NADIA, "taking back the trays"),
    ("Met Nadia. Nadia offered to take back the trays {d}.", NADIA, "take back the trays"),
    ("Met Nadia. Nadia volunteered to take back the trays {d}.", NADIA, "take back the trays"),
    ("Met Nadia. Nadia pledged to take back the trays {d}.", NADIA, "take back the trays"),
    ("Met Nadia. We agreed to take back the trays {d}.", US, "take back the trays"),
    ("Met Nadia. I promised to take back the trays {d}.", US, "take back the trays"),
    ("Met Nadia. I've promised Nadia to take back the trays {d}.", US, "take back the trays"),
    ("Met Nadia. I undertook to take back the trays {d}.", US, "take back the trays"),
    ("Met Nadia. Nadia guaranteed to take back the trays {d}.", NADIA, "take back the trays"),
    ("Met Nadia. Nadia confirmed she would take back the trays {d}.", NADIA, "take back the trays"),
    ("Met Nadia. Nadia assured me she'd take back the trays {d}.", NADIA, "take back the trays"),
    ("Met Nadia. Nadia said she'd take back the trays {d}.", NADIA, "take back the trays"),
    ("Met Nadia. Nadia says she'll take back the trays {d}.", NADIA, "take back the trays"),
    ("Met Nadia. Nadia told me she would take back the trays {d}.", NADIA, "take back the trays"),
    ("Met Nadia. Told her I'd take back the trays {d}.", US, "take back the trays"),
    ("Met Nadia. I said we would take back the trays {d}.", US, "take back the trays"),
    ("Met Nadia. Nadia mentioned she'd take back the trays {d}.", NADIA, "take back the trays"),
    ("Met Nadia. Nadia texted that she will take back the trays {d}.", NADIA, "take back the trays"),
    ("Met Nadia. Nadia wrote that they would take back the trays {d}.", QUAY, "take back the trays"),
    ("Met Nadia. Nadia let me know she'd take back the trays {d}.", NADIA, "take back the trays"),
    ("Met Nadia. I gave Nadia my word I'd take back the trays {d}.", US, "take back the trays"),
    ("Met Nadia. Nadia gave me her word to take back the trays {d}.", NADIA, "take back the trays"),
    ("Met Nadia. Nadia took it on herself to take back the trays {d}.", NADIA, "take back the trays"),
    ("Met Nadia. Nadia made a commitment to take back the trays {d}.", NADIA, "take back the trays"),
    ("Met Nadia. I made it clear we'd take back the trays {d}.", US, "take back the trays"),
    ("Met Nadia. We committed to taking back the trays {d}.", US, "taking back the trays"),
    ("Met Nadia. I send her the new contract {d}.", US, "send her the new contract"),
    ("Met Nadia. We send her the new contract {d}.", US, "send her the new contract"),
    ("Met Nadia. Tom sends her the new contract {d}.", US, "sends her the new contract"),
    ("Met Nadia. She sends us the new contract {d}.", NADIA, "sends us the new contract"),
    ("Met Nadia. Nadia sends us the new contract {d}.", NADIA, "sends us the new contract"),
    ("Met Nadia. They send us the new contract {d}.", QUAY, "send us the new contract"),
    ("Met Nadia. Her accountant sends us the new contract {d}.", "Her accountant", "sends us the new contract"),
    ("Met Nadia. Quote to follow {d}.", US, "Quote to follow"),
    ("Met Nadia. PO to follow {d}.", NADIA, "PO to follow"),
    ("Met Nadia. Her to confirm sizes {d}.", NADIA, "confirm sizes"),
    ("Met Nadia. Me to chase the printer {d}.", US, "chase the printer"),
    ("Met Nadia. Nadia to send the list {d}.", NADIA, "send the list"),
    ("Met Nadia. She owes us the sizes {d}.", NADIA, "the sizes"),
    ("Met Nadia. I owe her the sizes {d}.", US, "the sizes"),
    ("Met Nadia. She'll have the sizes over to me {d}.", NADIA, "have the sizes over to me"),
    ("Met Nadia. I'm on the hook for the drawings {d}.", US, "the drawings"),
    ("Met Nadia. She'll get back to me {d}.", NADIA, "get back to me"),
    ("Met Nadia. She is getting back to me {d}.", NADIA, "getting back to me"),
    ("Met Nadia. She'll have it from me {d}.", US, "have it from me"),
    ("Met Nadia. Nadia will see to it that the floor is dry {d}.", NADIA, "see to it that the floor is dry"),
    ("Met Nadia. Nadia will make sure the floor is dry {d}.", NADIA, "make sure the floor is dry"),
    ("Met Nadia. Nadia undertakes that the floor is dry {d}.", NADIA, "the floor is dry"),
    ("Met Nadia. Nadia will have Samir call us {d}.", NADIA, "have Samir call us"),
    ("Met Nadia. Her promise of an answer {d}.", NADIA, "an answer"),
    ("Met Nadia. We have her promise to pay the rest {d}.", NADIA, "pay the rest"),
    ("Met Nadia. Got a commitment from Nadia to open the gate {d}.", NADIA, "open the gate"),
    ("Met Nadia. My promise to Nadia: two men there {d}.", US, "two men there"),
    ("Met Nadia. Nadia's commitment to clear the floor {d}.", NADIA, "clear the floor"),
    ("Met Nadia. She asked if I could bring the samples {d}. I said yes.", US, "bring the samples"),
    ("Met Nadia. Nadia wants the samples {d} - ok.", US, "bring the samples"),
    ("Met Nadia. Nadia asked us to bring the samples {d}, agreed.", US, "bring the samples"),
    ("Met Nadia. 'Can you bring the samples {d}?' Of course, I said.", US, "bring the samples"),
    ("Met Nadia. Could we bring the samples {d}? We can, I told her.", US, "bring the samples"),
    ("Met Nadia. Nadia needs the samples {d}, will do.", US, "bring the samples"),
    ("Met Nadia. I asked her to clear the floor {d} and she said yes.", NADIA, "clear the floor"),
    ("Met Nadia. Asked Nadia to clear the floor {d}. She will.", NADIA, "clear the floor"),
    ("Met Nadia. Asked if she could clear the floor {d}: 'no problem'.", NADIA, "clear the floor"),
    ("Met Nadia. I asked Nadia to clear the floor {d}, she agreed.", NADIA, "clear the floor"),
]
# Only a day makes these a promise.
WITH_DAY = [
    ("Met Nadia. I'm dropping the keys off {d}.", US, "dropping the keys off"),
    ("Met Nadia. Tom's dropping the keys off {d}.", US, "dropping the keys off"),
    ("Met Nadia. She's dropping the keys off {d}.", NADIA, "dropping the keys off"),
    ("Met Nadia. Nadia is dropping the keys off {d}.", NADIA, "dropping the keys off"),
    ("Met Nadia. Tom dropping the keys off {d}.", US, "dropping the keys off"),
    ("Met Nadia. The contract will be sent to us {d}.", NADIA, "The contract will be sent to us"),
    ("Met Nadia. The contract will be sent to her {d}.", US, "The contract will be sent to her"),
    ("Met Nadia. Our quote goes out to her {d}.", US, "Our quote goes out to her"),
    ("Met Nadia. Her deposit comes in {d}.", NADIA, "Her deposit comes in"),
    ("Met Nadia. The samples reach her {d}.", US, "The samples reach her"),
    ("Met Nadia. The papers reach us {d}.", NADIA, "The papers reach us"),
    ("Met Nadia. Her figures land in my inbox {d}.", NADIA, "Her figures land in my inbox"),
    ("Met Nadia. Our sample is with her {d}.", US, "Our sample is with her"),
    ("Met Nadia. The drawings come back to us {d}.", NADIA, "The drawings come back to us"),
    ("Met Nadia. Our revised offer follows {d}.", US, "Our revised offer follows"),
    ("Met Nadia. Her signed copy comes back {d}.", NADIA, "Her signed copy comes back"),
    ("Nadia says the cheque goes out {d}.", NADIA, "the cheque goes out"),
    ("Nadia promised the cheque goes out {d}.", NADIA, "the cheque goes out"),
    ("Nadia says the deposit will be paid {d}.", NADIA, "the deposit will be paid"),
    ("Nadia promised the deposit will be paid {d}.", NADIA, "the deposit will be paid"),
    ("Nadia says the van leaves {d}.", NADIA, "the van leaves"),
    ("Nadia promised the van leaves {d}.", NADIA, "the van leaves"),
    ("I told Nadia the van leaves {d}.", US, "the van leaves"),
    ("Nadia says the forms will be with us {d}.", NADIA, "the forms will be with us"),
    ("Nadia promised the forms will be with us {d}.", NADIA, "the forms will be with us"),
    ("Nadia says the balance reaches us {d}.", NADIA, "the balance reaches us"),
    ("Nadia promised the balance reaches us {d}.", NADIA, "the balance reaches us"),
    ("Nadia says the money is on our account {d}.", NADIA, "the money is on our account"),
    ("Nadia promised the money is on our account {d}.", NADIA, "the money is on our account"),
    ("Nadia says the boxes get shipped {d}.", NADIA, "the boxes get shipped"),
    ("Nadia promised the boxes get shipped {d}.", NADIA, "the boxes get shipped"),
    ("I told Nadia the boxes get shipped {d}.", US, "the boxes get shipped"),
    ("Nadia says half the money comes {d}.", NADIA, "half the money comes"),
    ("Nadia promised half the money comes {d}.", NADIA, "half the money comes"),
    ("Nadia says the new list is in my inbox {d}.", NADIA, "the new list is in my inbox"),
    ("Nadia promised the new list is in my inbox {d}.", NADIA, "the new list is in my inbox"),
    ("Met Nadia. Samples to her {d}.", US, "Samples to her"),
    ("Met Nadia. Figures to us {d}.", NADIA, "Figures to us"),
    ("Met Nadia. Signed contract back {d}.", NADIA, "Signed contract back"),
    ("Met Nadia. PO from her {d}.", NADIA, "PO from her"),
    ("Met Nadia. Action us: revised plan {d}.", US, "revised plan"),
    ("Met Nadia. Nadia: the list {d}.", NADIA, "the list"),
    ("Met Nadia. Us: revised plan {d}.", US, "revised plan"),
    ("Met Nadia. Nadia - deposit {d}.", NADIA, "deposit"),
    ("Met Nadia. Deposit from Nadia {d}.", NADIA, "Deposit from Nadia"),
    ("Met Nadia. Offer to Nadia {d}.", US, "Offer to Nadia"),
    ("Met Nadia. Nadia has the sizes for us {d}.", NADIA, "has the sizes for us"),
    ("Met Nadia. Nadia comes back to us with sizes {d}.", NADIA, "comes back to us with sizes"),
    ("Met Nadia. I'm back with the part {d}.", US, "back with the part"),
    ("Met Nadia. She gets the drawings from me {d}.", US, "the drawings from me"),
    ("Met Nadia. I get the sizes from her {d}.", NADIA, "the sizes from her"),
    ("Met Nadia. Tom sees to the rack {d}.", US, "sees to the rack"),
    ("Met Nadia. Nadia lets us have the oven {d}.", NADIA, "lets us have the oven"),
    ("Met Nadia. Nadia is having the plan redrawn for us {d}.", NADIA, "having the plan redrawn for us"),
    ("Met Nadia. {D} I send her the list.", US, "send her the list"),
    ("Met Nadia. {D} she sends us the list.", NADIA, "sends us the list"),
    ("Met Nadia. {D} we'll have the list ready for her.", US, "have the list ready for her"),
    ("Met Nadia. {D} Nadia brings the list.", NADIA, "brings the list"),
    ("Met Nadia. {D} she'll ring me.", NADIA, "ring me"),
    ("Met Nadia. Nadia said that {d} she'd pay the rest.", NADIA, "pay the rest"),
    ("Met Nadia. Nadia swears that {d} she pays the rest.", NADIA, "pays the rest"),
]
# A condition, an exchange or a word given stands for the day.
WITHOUT_DAY = [
    ("Met Nadia. If the price holds she orders 40 trays.", NADIA, "If the price holds she orders 40 trays"),
    ("Met Nadia. She orders 40 trays if the price holds.", NADIA, "orders 40 trays if the price holds"),
    ("Met Nadia. As soon as the oven runs Nadia pays the rest.", NADIA, "pays the rest"),
    ("Met Nadia. Nadia pays the rest once the oven runs.", NADIA, "pays the rest once the oven runs"),
    ("Met Nadia. If she signs this week we throw in the rack.", US, "If she signs this week we throw in the rack"),
    ("Met Nadia. She pays up front, in return we deliver on Sundays.", US, "deliver on Sundays"),
    ("Met Nadia. We deliver free, for that she puts our cards out.", NADIA, "puts our cards out"),
    ("Met Nadia. I fix the hinge for nothing and she lends us the van.", NADIA, "lends us the van"),
    ("Met Nadia. Nadia will sign provided the floor is dry.", NADIA, "sign provided the floor is dry"),
    ("Met Nadia. When the grant comes in she pays the lot.", NADIA, "When the grant comes in she pays the lot"),
    ("Met Nadia. Nadia is putting us in touch with her cousin.", NADIA, "putting us in touch with her cousin"),
    ("Met Nadia. Nadia will introduce me to Samir.", NADIA, "introduce me to Samir"),
    ("Met Nadia. Nadia introduces us to Samir.", NADIA, "introduces us to Samir"),
    ("Met Nadia. I won't tell Samir a thing.", US, "won't tell Samir a thing"),
    ("Met Nadia. Nadia won't talk to Meridian, she swore.", NADIA, "won't talk to Meridian"),
    ("Met Nadia. She holds the date for us.", NADIA, "holds the date for us"),
    ("Met Nadia. She'll keep the date open for us.", NADIA, "keep the date open for us"),
    ("Met Nadia. The training is on us.", US, "The training is on us"),
]
NO_PROMISE = [
    "Nadia sent us the list on Friday.",
    "Nadia has sent the list.",
    "She had promised the list for last Friday.",
    "Nadia usually sends the list on Fridays.",
    "She pays every month.",
    "Nadia can deliver on Sundays.",
    "Nadia could send it by Friday, she thinks.",
    "She won't sign.",
    "Nadia refused to send the list.",
    "Nadia wants the list by Friday.",
    "Nadia asked for the list by Friday.",
    "She would like us to send the list.",
    "Nadia hopes to pay by Friday.",
    "Nadia might come on Monday.",
    "She may pay next week.",
    "Maybe she orders on Friday.",
    "Perhaps we send a card.",
    "I hope she pays by Friday.",
    "I think she'll like it.",
    "Prices will go up in May.",
    "It will rain on Friday.",
    "The fair is on Monday.",
    "Her son starts school on Monday.",
    "Samir retires next week.",
    "She flies to Rome on Monday.",
    "Nadia is away until Monday.",
    "She was going to ring on Friday.",
    "Nadia would pay if we were cheaper.",
    "Nadia should send the list by Friday.",
    "She needs to sort her oven out by Friday.",
    "I should send her a card.",
    "Ask Tom about the list.",
    "Must ring the printer.",
    "To do: check the oven price.",
    "Who sends the list?",
    "Will she pay by Friday?",
    "Does Tom bring the rack on Monday?",
    "Can she pay by Friday?",
    "She likes to bake on Sundays.",
    "Nadia loves the cups.",
    "She decides on Monday.",
    "Nadia runs the bakery with her brother.",
    "Samir does the books.",
    "She pays Samir on Fridays.",
    "The oven eats gas.",
    "Yeah right, she'll pay on Friday lol.",
    "Pigs might fly before she pays.",
    "If she leaves we lose the order.",
    "She'll be furious.",
    "Nadia will be 50 on Friday.",
    "She won't be happy.",
    "Nadia expects a busy winter.",
    "We ought to visit her.",
    "Try to get the list by Friday.",
    "Nadia never pays on time.",
    "She works on Saturdays.",
    "Nadia buys her flour from Meridian.",
    "Meridian delivers to her on Mondays.",
    "She gets her flour on Mondays.",
    "They close at six on Fridays.",
    "Her lease ends on 31 December.",
    "The old contract runs until 31 December.",
    "Samir takes over the shop in January.",
    "I wonder if she'll sign by Friday.",
    "Not sure she'll pay.",
    "Nadia said she'd think about it.",
    "We'll see.",
    "I'll believe it when I see it.",
    "She'd rather wait until Monday.",
    "Nadia didn't promise anything.",
    "She can't send it before Monday.",
    "Nadia asked whether we deliver on Sundays.",
    # to meet is a plan
    "We are to meet at her shop on 20 October.",
    "Tom and I have a call with her on Thursday.",
    "Samir comes on the 20th.",
    "They come and look at the oven on Sunday.",
    "She will join the fair in May.",
    # what we get, what they refuse, and a rule of the house
    "I have that from her in her letter of Friday.",
    "We get 200 euros for the crates.",
    "She won't commit to a quantity.",
    "The bakery will only pay for repairs, no new ovens.",
    "Nadia is driving to Leeds every weekend.",
    # what goes on anyway
    "Samir talks to the staff, she holds the purse there.",
    "Above five thousand only her father signs.",
    "Pavel knows the till, Tom does it.",
    "Nadia dreams about it at night and still counts her trays by hand.",
    "Nadia takes the old trays and we get the empties.",
    # told in the past by one who writes without endings
    "Nadia call me this morning.",
    "She bring me coffee before she talk of business.",
    "She put up two fingers when she said it.",
]


def _said(words: str, day: str) -> str:
    said = words.replace("{D}", day[:1].upper() + day[1:]).replace("{d}", day)
    return re.sub(r" ([.,?:])", r"\1", said)


def _cases() -> Iterator[tuple[str, str, str, str | None]]:
    """Each construction with two of the nine days, one after the other, so that each day comes up often."""
    for number, (words, by, what) in enumerate([*WITH_OR_WITHOUT_DAY, *WITH_DAY]):
        for day, due in (DUES[number % 9], DUES[(number * 4 + 2) % 9]):
            yield _said(words, day), by, what, due
    for words, by, what in WITH_OR_WITHOUT_DAY:
        yield _said(words, ""), by, what, None
    for words, by, what in WITHOUT_DAY:
        yield words, by, what, None


def _shared(left: str, right: str) -> float:
    one, other = (Counter(re.findall(r"[a-z0-9]+", words.lower())) for words in (left, right))
    return 2 * (one & other).total() / (one.total() + other.total())


@pytest.mark.parametrize(("words", "by", "what", "due"), list(_cases()))
def test_each_way_of_promising_is_read(words: str, by: str, what: str, due: str | None) -> None:
    promises = understand(words).promises

    nearest = max(promises, key=lambda p: _shared(p.what.of(words), what))
    assert _shared(nearest.what.of(words), what) >= 0.6
    assert nearest.by.name == by
    assert (nearest.due_on.isoformat() if nearest.due_on else None) == due


@pytest.mark.parametrize("words", NO_PROMISE)
def test_what_binds_nobody_is_no_promise(words: str) -> None:
    assert understand(f"Met Nadia. {words}").promises == ()
    assert understand(f"Rang Nadia today. Nice chat. {words}").promises == ()
