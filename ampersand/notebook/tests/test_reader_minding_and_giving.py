"""What matters to whom, what is given up, and how people were in touch, in many small sentences of our own making."""

from __future__ import annotations

import pytest

from ampersand.notebook.tests.reader_cast import understand

MATTERING = [
    (
        "Saw Nadia. Nothing gets past her on hygiene, she'd rather close than serve a dirty plate.",
        "she'd rather close than serve a dirty plate",
    ),
    ("Nadia said her name on the door is all she's got.", "Nadia said her name on the door is all she's got"),
    ("For Nadia it all hangs on the smell when you walk in.", "it all hangs on the smell when you walk in"),
    ("Nadia's hung up on punctuality.", "hung up on punctuality"),
    ("Nadia gets cross when somebody calls her before noon.", "gets cross when somebody calls her before noon"),
    ("Nadia is fussy as hell about the crust.", "fussy as hell about the crust"),
    ("Nadia lost sleep over the audit.", "lost sleep over the audit"),
    ("Nadia puts her staff before everything.", "puts her staff before everything"),
    ("Nadia has no patience for excuses.", "has no patience for excuses"),
    ("Nadia could not care less about the price, she wants the bread warm.", "wants the bread warm"),
    ("Nadia: 'no palm oil in my shop, ever'", "no palm oil in my shop, ever"),
    ("Nadia is nuts about her dog.", "nuts about her dog"),
    ("Nadia panics when the till is short.", "panics when the till is short"),
    ("Nadia won't let a machine knead her dough.", "won't let a machine knead her dough"),
    ("Nadia draws the line at frozen pastry.", "draws the line at frozen pastry"),
    ("Nadia has a soft spot for old ovens.", "has a soft spot for old ovens"),
    ("Nadia is dead set on keeping the brick front.", "dead set on keeping the brick front"),
    ("Nadia cried when she spoke of her grandmother's recipes.", "cried when she spoke of her grandmother's recipes"),
    ("Nadia sets great store by handwritten cards.", "sets great store by handwritten cards"),
    ("Nadia is haunted by the fire of 2019.", "haunted by the fire of 2019"),
    ("Nadia only asks that nobody shouts in her kitchen.", "only asks that nobody shouts in her kitchen"),
    ("above all Nadia needs it silent at night", "needs it silent at night"),
    ("Nadia can't have flour dust in the shop, her son has asthma.", "can't have flour dust in the shop"),
    ("Nadia values a straight answer.", "values a straight answer"),
    ("Nadia appreciates when we ring first.", "appreciates when we ring first"),
    ("Nadia is allergic to salesmen.", "allergic to salesmen"),
    ("Nadia would die before she sold to Alder.", "would die before she sold to Alder"),
    ("Nadia's afraid of being left with stock.", "afraid of being left with stock"),
    ("Nadia is very keen that the kids see where bread comes from.", "keen that the kids see where bread comes from"),
    ("Nadia feels let down by the council and says never again.", "never again"),
    ("Nadia takes pride in never being late with wages.", "takes pride in never being late with wages"),
    ("Nadia's heart is in the school breakfasts.", "Nadia's heart is in the school breakfasts"),
    ("Nadia dreamt of this oven for ten years.", "dreamt of this oven for ten years"),
    ("Nadia refuses to work with plastic.", "refuses to work with plastic"),
    ("Nadia begs for one thing, no surprises on the bill.", "begs for one thing, no surprises on the bill"),
    ("Nadia goes mad if a crate is left in the rain.", "goes mad if a crate is left in the rain"),
    ("Nadia swears by rye.", "swears by rye"),
    ("she Nadia is worried sick about her lease", "worried sick about her lease"),
    ("Nadia has the terror of bad print.", "has the terror of bad print"),
    ("Nadia would be ashamed to buy elsewhere.", "ashamed to buy elsewhere"),
    ("Nadia lost a batch in August and hasn't forgiven herself.", "hasn't forgiven herself"),
]

GIVEN = [
    ("Nadia forgoes the loan fee.", "Nadia Rahman", "forgoes the loan fee"),
    ("Saw Nadia. Landing done at no extra.", "us", "Landing done at no extra"),
    ("Gave Nadia the first month on the house.", "us", "the first month on the house"),
    ("I threw in a free descaling for Nadia.", "us", "threw in a free descaling for Nadia"),
    ("Nadia gets 2% if she pays within 10 days.", "us", "gets 2% if she pays within 10 days"),
    ("Nadia knocked 200 off the rent for us.", "Nadia Rahman", "knocked 200 off the rent for us"),
    ("Let Nadia off the late fee this once.", "us", "Let Nadia off the late fee this once"),
    ("We said Nadia can pay in January.", "us", "can pay in January"),
    ("Nadia gave up her Tuesday slot for us.", "Nadia Rahman", "gave up her Tuesday slot for us"),
    ("Nadia settled for 40 days instead of 60.", "Nadia Rahman", "settled for 40 days instead of 60"),
    ("I rounded the bill down to 900 for Nadia.", "us", "rounded the bill down to 900 for Nadia"),
    ("We'll eat the delivery for Nadia.", "us", "eat the delivery for Nadia"),
    ("Nadia is letting us park in her yard free.", "Nadia Rahman", "letting us park in her yard free"),
    ("Nadia agreed to wait three weeks for the part.", "Nadia Rahman", "agreed to wait three weeks for the part"),
    ("Nadia took the dented one without a discount.", "Nadia Rahman", "took the dented one without a discount"),
    ("We stretched Nadia's terms to 60 days.", "us", "stretched Nadia's terms to 60 days"),
    ("Nadia: we can have the van on Saturdays, no charge.", "us", "the van on Saturdays, no charge"),
    ("Told Nadia she keeps the old price till June.", "us", "keeps the old price till June"),
    ("Nadia dropped her claim for the broken plates.", "Nadia Rahman", "dropped her claim for the broken plates"),
    ("I forgave Nadia the last instalment.", "us", "forgave Nadia the last instalment"),
    ("Exclusivity for Nadia in Oldham, one year.", "us", "Exclusivity for Nadia in Oldham"),
    ("Nadia made an exception and opened on Sunday for us.", "Nadia Rahman", "opened on Sunday for us"),
    ("We absorb the customs for Nadia.", "us", "absorb the customs for Nadia"),
    ("I'm not charging Nadia for the callout.", "us", "not charging Nadia for the callout"),
    ("Nadia pays 50% up front, for that she gets the red one.", "Nadia Rahman", "pays 50% up front"),
    ("Extra training day for Nadia, gratis.", "us", "Extra training day for Nadia, gratis"),
    ("Nadia lends us the trailer for the fair.", "Nadia Rahman", "lends us the trailer for the fair"),
    ("Nadia lets us hang our banner.", "Nadia Rahman", "lets us hang our banner"),
    ("Agreed to Nadia's own terms on returns.", "us", "Agreed to Nadia's own terms on returns"),
    ("No deposit this time for Nadia.", "us", "No deposit this time for Nadia"),
    ("Nadia will not charge us storage.", "Nadia Rahman", "will not charge us storage"),
    ("We take the old oven back for Nadia at no cost.", "us", "take the old oven back for Nadia at no cost"),
    ("I let Nadia have the demo unit until Easter.", "us", "let Nadia have the demo unit until Easter"),
    ("Nadia threw in lunch for the crew.", "Nadia Rahman", "threw in lunch for the crew"),
    ("Nadia extended the option to December for us.", "Nadia Rahman", "extended the option to December for us"),
    ("Shaved 3% for Nadia bc she was patient.", "us", "Shaved 3% for Nadia bc she was patient"),
    ("Nadia accepted grey instead of white.", "Nadia Rahman", "accepted grey instead of white"),
    ("Met Nadia. The tasting goes on me.", "us", "The tasting goes on me"),
    ("Nadia gets 3 months to pay.", "us", "3 months to pay"),
    ("Met Nadia. The change is without fee.", "us", "The change is without fee"),
]

IN_TOUCH: list[tuple[str, str | None, str | None]] = [
    ("Nadia QSB 10h, her office. New menu.", "visit", "2026-10-06"),
    ("Spent the morning at QSB with Nadia and Samir.", "visit", "2026-10-06"),
    ("Nadia phoned while I was parking.", "call", "2026-10-06"),
    ("I had Nadia on the line for an hour.", "call", "2026-10-06"),
    ("Nadia got me on my mobile yesterday.", "call", "2026-10-05"),
    ("Quick word with Nadia on the phone.", "call", "2026-10-06"),
    ("Spoke with Nadia this morning.", "call", "2026-10-06"),
    ("Nadia pinged me at lunch, wants the list.", "message", "2026-10-06"),
    ("Got a voice message from Nadia, 3 minutes.", "message", "2026-10-06"),
    ("WhatsApp from Nadia at 7: the oven died.", "message", "2026-10-06"),
    ("Nadia sent a text, she's late.", "message", "2026-10-06"),
    ("Nadia wrote on Friday that the lease is through.", "email", "2026-10-02"),
    ("Her mail of this morning (Nadia) says no.", "email", "2026-10-06"),
    ("Sent Nadia the offer today by mail.", "email", "2026-10-06"),
    ("Mailed the drawing to Nadia just now.", "email", "2026-10-06"),
    ("Forwarded Nadia the certificate this afternoon.", "email", "2026-10-06"),
    ("E-mailed Nadia the quote at noon.", "email", "2026-10-06"),
    ("Teams with Nadia and Samir, 40 min.", "video", "2026-10-06"),
    ("Nadia on Zoom, her camera was off.", "video", "2026-10-06"),
    ("We had our quarterly review by video with Nadia.", "video", "2026-10-06"),
    ("Met Nadia at the food expo on Saturday.", "event", "2026-10-03"),
    ("Baking show, hall 4. Nadia stopped at the stand.", "event", "2026-10-06"),
    ("Bumped into Nadia at the bank.", "visit", "2026-10-06"),
    ("Nadia came round with her sister to look at tiles.", "visit", "2026-10-06"),
    ("Nadia turned up at the yard unannounced.", "visit", "2026-10-06"),
    ("Nadia showed me round the new kitchen.", "visit", "2026-10-06"),
    ("Over coffee Nadia told me the landlord is selling.", "visit", "2026-10-06"),
    ("Nadia took me to lunch at the harbour.", "visit", "2026-10-06"),
    ("Delivered the cups to Nadia at 9.", "visit", "2026-10-06"),
    ("Fixed Nadia's oven, thermostat. 2 hrs.", "visit", "2026-10-06"),
    ("QSB oven 2, thermostat swapped. Nadia made tea.", "visit", "2026-10-06"),
    ("Tom was at Nadia's to measure the vent.", "visit", "2026-10-06"),
    ("Tom saw Nadia on Monday, she is fine with grey.", "visit", "2026-10-05"),
    ("Back from QSB. Nadia signed.", "visit", "2026-10-06"),
    ("Just out of a meeting with Nadia.", "visit", "2026-10-06"),
    ("Sat with Nadia in her kitchen till ten.", "visit", "2026-10-06"),
    ("Nadia by post: the signed lease.", "letter", "2026-10-06"),
    ("A card from Nadia in the mail today.", "letter", "2026-10-06"),
    ("Drove out to Nadia this afternoon, road flooded.", "visit", "2026-10-06"),
    ("Tried Nadia twice, engaged.", None, None),
    ("Nadia didn't show.", None, None),
    ("Nadia's office was shut.", None, None),
    ("Meeting with Nadia moved to the 20th.", None, None),
    ("Nadia rang off sick, so no visit.", None, None),
    ("Must see Nadia soon.", None, None),
    ("No word from Nadia.", None, None),
    ("Wrote up the notes on Nadia's vent at home.", None, None),
]


@pytest.mark.parametrize(("words", "what"), MATTERING)
def test_what_matters_to_her_is_read(words: str, what: str) -> None:
    found = understand(words).values

    assert [v.what.of(words) for v in found if v.of.name == "Nadia Rahman"] == [what]


@pytest.mark.parametrize(("words", "giver", "what"), GIVEN)
def test_what_is_given_up_has_its_giver(words: str, giver: str, what: str) -> None:
    assert (giver, what) in [(c.by.name, c.what.of(words)) for c in understand(words).concessions]


@pytest.mark.parametrize(("words", "channel", "day"), IN_TOUCH)
def test_contact_is_read_with_its_kind_and_day(words: str, channel: str | None, day: str | None) -> None:
    found = [(e.channel, e.on.isoformat()) for e in understand(words).encounters]

    assert found == ([(channel, day)] if channel is not None else [])


def test_the_parts_of_a_day_may_have_other_names_and_marks() -> None:
    by_day = understand("Morning: Nadia, QSB. All well.\nArvo: rang Dev. He was busy.").encounters
    by_number = understand("(1) 10am QSB, Nadia. Signed.\n(2) 3pm Zoom, Dev. Not a friend.").encounters

    assert [e.channel for e in by_day] == ["visit", "call"]
    assert [e.channel for e in by_number] == ["visit", "video"]
