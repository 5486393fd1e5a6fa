"""The many ways a note says that one was in touch, and what only looks like it. All of our own making."""

from __future__ import annotations

import pytest

from ampersand.notebook.tests.reader_cast import understand

CONTACT: dict[str, list[tuple[str, str]]] = {
    "visit": [
        ("Swung past Jane's, she was doing the rota.", "Jane Okafor"),
        ("Jane in for ten minutes, wants the blue.", "Jane Okafor"),
        ("Sat with Nadia over her accounts.", "Nadia Rahman"),
        ("Caught Dev between two lorries, he looks tired.", "Dev Anand"),
        ("Jane's kitchen, 4pm. Chef furious.", "Jane Okafor"),
        ("Popped my head in at Quay Street, Nadia up to her elbows.", "Nadia Rahman"),
        ("Over at Alder w/ Sami.", "Sami Haddad"),
        ("Nadia dropped the keys at ours.", "Nadia Rahman"),
        ("Had Nadia here for an hour.", "Nadia Rahman"),
        ("Nadia showed up unannounced.", "Nadia Rahman"),
        ("Walked the site with Sami.", "Sami Haddad"),
        ("Breakfast at Alder with Jane.", "Jane Okafor"),
        ("Shared a taxi with Dev, he talked rates all the way.", "Dev Anand"),
        ("On the train with Jane, by chance.", "Jane Okafor"),
        ("Delivered the trays to Nadia, she counted every one.", "Nadia Rahman"),
        ("Coffee, Jane. She's tired of the board.", "Jane Okafor"),
        ("Went round to Nadia's with the samples.", "Nadia Rahman"),
        ("Nadia came in about the crack.", "Nadia Rahman"),
        ("Ran into Sami outside the bank.", "Sami Haddad"),
        ("Nadia popped by with buns.", "Nadia Rahman"),
        ("Half an hour at Jane's desk.", "Jane Okafor"),
        ("Drove out to Meridian, Dev gave me the tour.", "Dev Anand"),
        ("Jane took me to see the roof.", "Jane Okafor"),
        ("Two hours with Dev in the yard.", "Dev Anand"),
        ("Sami stopped me in the street.", "Sami Haddad"),
        ("Pavel and I went to see Nadia.", "Nadia Rahman"),
        ("Nadia, at the counter: oven too hot.", "Nadia Rahman"),
        ("Visit from Jane and her chef.", "Jane Okafor"),
    ],
    "call": [
        ("Jane rang.", "Jane Okafor"),
        ("Ten min w/ Dev on the mobile.", "Dev Anand"),
        ("Nadia called me from the car.", "Nadia Rahman"),
        ("Quick buzz from Sami.", "Sami Haddad"),
        ("Got a ring from Jane about the mats.", "Jane Okafor"),
        ("Got Dev at last, third try.", "Dev Anand"),
        ("Sami returned my call.", "Sami Haddad"),
        ("Nadia, tel.: all good.", "Nadia Rahman"),
        ("Tel Nadia, oven ok.", "Nadia Rahman"),
        ("Spoke to Dev for ten minutes.", "Dev Anand"),
        ("Chatted to Jane on the phone for half an hour.", "Jane Okafor"),
        ("Jane on the phone, upset.", "Jane Okafor"),
        ("Phoned round: Dev says ok.", "Dev Anand"),
        ("Rang Sami back.", "Sami Haddad"),
        ("Incoming from Nadia, 9.15, she sounded ill.", "Nadia Rahman"),
        ("Nadia phoned in her order.", "Nadia Rahman"),
        ("Had Jane on the line twice.", "Jane Okafor"),
        ("Long talk with Jane on the phone.", "Jane Okafor"),
        ("Call fm Dev re boxes.", "Dev Anand"),
        ("Dev gave me a bell.", "Dev Anand"),
        ("Telephoned with Nadia this morning.", "Nadia Rahman"),
    ],
    "message": [
        ("Sami pinged me.", "Sami Haddad"),
        ("Nadia on WhatsApp: oven dead.", "Nadia Rahman"),
        ("Text fm Jane, board said yes.", "Jane Okafor"),
        ("Voice msg from Dev, four minutes.", "Dev Anand"),
        ("SMS Nadia: running late.", "Nadia Rahman"),
        ("Jane wrote on Signal.", "Jane Okafor"),
        ("Message from Sami, he's out.", "Sami Haddad"),
        ("WhatsApped Nadia the photos.", "Nadia Rahman"),
        ("Nadia sent a voice note.", "Nadia Rahman"),
        ("Nadia texted back a heart.", "Nadia Rahman"),
        ("DM from Nadia on Insta.", "Nadia Rahman"),
        ("Messaged Dev about the gate.", "Dev Anand"),
    ],
    "email": [
        ("Jane came back by email.", "Jane Okafor"),
        ("Reply from Dev: no.", "Dev Anand"),
        ("Got Jane's mail about the lease.", "Jane Okafor"),
        ("Emailed Sami the list.", "Sami Haddad"),
        ("Answered Nadia's mail.", "Nadia Rahman"),
        ("Dev replied to my offer: too dear.", "Dev Anand"),
        ("Sent Jane the quote by mail.", "Jane Okafor"),
        ("Mail from Nadia this morning.", "Nadia Rahman"),
        ("Wrote to Dev about the damage.", "Dev Anand"),
        ("Dev mails that the boat is late.", "Dev Anand"),
        ("Email Jane: wants two quotes.", "Jane Okafor"),
        ("Forwarded Sami the drawing.", "Sami Haddad"),
    ],
    "video": [
        ("Teams with Jane and Sami.", "Jane Okafor"),
        ("Google Meet w/ Jane.", "Jane Okafor"),
        ("VC with Dev, bad line.", "Dev Anand"),
        ("Zoomed with Jane.", "Jane Okafor"),
        ("Video call, Dev.", "Dev Anand"),
        ("Jane on Teams, 30 min.", "Jane Okafor"),
        ("Online meeting with Jane.", "Jane Okafor"),
    ],
    "event": [
        ("At the hotel show Jane came by our stand.", "Jane Okafor"),
        ("Chamber of commerce dinner, sat next to Sami.", "Sami Haddad"),
        ("Nadia's 50th, whole street there.", "Nadia Rahman"),
        ("Saw Jane at the wedding fair.", "Jane Okafor"),
        ("Rotary night, Dev at our table.", "Dev Anand"),
        ("Bakers' congress, day 2. Nadia gave a talk.", "Nadia Rahman"),
        ("Talked to Dev at the port's open day.", "Dev Anand"),
    ],
    "letter": [
        ("Letter from Jane, signed.", "Jane Okafor"),
        ("Registered letter to Jane went out.", "Jane Okafor"),
        ("A card from Nadia in the post.", "Nadia Rahman"),
    ],
}
NO_CONTACT = [
    "Tried Nadia, engaged.",
    "Nadia's line is dead.",
    "Left word for Dev.",
    "Jane not in.",
    "Sami didn't show.",
    "Meeting Jane on Friday.",
    "Will call Dev tomorrow.",
    "Must ring Nadia.",
    "Jane's voicemail again.",
    "Rang Dev, no answer.",
    "Nadia's chef met Jane last week.",
    "Jane's phone is off.",
    "Lunch with Jane on the 14th.",
    "Dev never called back.",
    "Nadia's oven is old.",
    "Ask Tom about Nadia.",
    "Auto-reply from Jane.",
    "Sami cancelled our meeting.",
]


@pytest.mark.parametrize(
    ("channel", "words", "person"), [(channel, *said) for channel, ways in CONTACT.items() for said in ways]
)
def test_contact_is_read_with_its_channel_and_its_person(channel: str, words: str, person: str) -> None:
    (encounter,) = understand(words).encounters

    assert encounter.channel == channel
    assert person in [who.name for who in encounter.people]


@pytest.mark.parametrize("words", NO_CONTACT)
def test_no_contact_is_made_of_what_was_tried_or_is_to_come(words: str) -> None:
    assert understand(words).encounters == ()


@pytest.mark.parametrize(
    "begins",
    ["Rang", "Phoned", "Telephoned", "Texted", "Mailed", "Emailed", "Met", "Saw", "Wrote to", "Visited", "Rang up"],
)
def test_a_line_that_begins_with_being_in_touch_names_with_whom(begins: str) -> None:
    understood = understand(f"{begins} Oda Zabel about the Kassel order.")

    assert [person.who.name for person in understood.people] == ["Oda Zabel"]
