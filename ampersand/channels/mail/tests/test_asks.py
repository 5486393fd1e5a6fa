from __future__ import annotations

import pytest

from ampersand.channels.mail import asks
from ampersand.channels.mail.asks import Addressed
from ampersand.channels.mail.tests.letters import mail

OURS = {"bo@harbour.example"}


@pytest.mark.parametrize(
    "words",
    [
        "When do the beans come?",
        "Could you send the price list.",
        "Please let me know by Friday.",
        "I'd like to order twenty kilos.",
        "I want to know if it is possible to have them by Friday.",
        "The grinder does not start. Thank you in advance",
        "Just wondering if anyone could point me to the mill.",
        "The grinder does not start. A word on it would be greatly appreciated.",
        "The grinder does not start. Thanks for any response.",
        "Können Sie mir ein Angebot schicken.",
        "Bitte melden Sie sich bis Freitag.",
        "Thanks! And when does the next truck leave?",
        "价格是多少？",
    ],
)
def test_questions_and_requests_ask_for_an_answer(words: str) -> None:
    assert asks.asks(words)[0]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Thanks a lot, received.", "asks_not_thanks"),
        ("Great, thank you!", "asks_not_thanks"),
        ("Vielen Dank für die schnelle Antwort.", "asks_not_thanks"),
        ("OK", "asks_not_thanks"),
        ("The beans come on Friday.", "asks_not_telling"),
        ("Thank you for your reply. The grinder runs again since we cleaned it.", "asks_not_thanks"),
        ("Attached is the list. Please let me know if you have any questions.", "asks_not_telling"),
        ("It is at https://mill.example/find?q=beans", "asks_not_telling"),
        ("", "asks_not_empty"),
    ],
)
def test_thanks_and_telling_ask_for_none(words: str, code: str) -> None:
    is_asking, reason = asks.asks(words)

    assert not is_asking
    assert reason.code == code


@pytest.mark.parametrize(
    ("headers", "addressed", "is_asking"),
    [
        ({}, Addressed.TO, True),
        ({"To": "cy@x.example", "Cc": "bo@harbour.example"}, Addressed.COPY, False),
        ({"From": "bo@harbour.example"}, Addressed.OWN, False),
        ({"To": "talk@list.example", "List_Post": "<mailto:talk@list.example>"}, Addressed.LIST, True),
        ({"To": None}, Addressed.UNSEEN, True),
        ({"List_Unsubscribe": "<https://x.example/u>"}, Addressed.TO, False),
        ({"Auto_Submitted": "auto-replied"}, Addressed.TO, False),
    ],
)
def test_who_wrote_it_to_whom_counts_before_the_words(
    headers: dict[str, str | None], addressed: Addressed, is_asking: bool
) -> None:
    found = asks.judge(mail(**headers), "When do they come?", ours=OURS)

    assert (found.addressed, found.is_asking) == (addressed, is_asking)


def test_a_sentence_that_asks_is_known_again_however_its_lines_are_broken() -> None:
    asked = asks.asking_sentences("We run it daily.\nDoes it need\noil, or grease? Thanks!")

    assert asked == asks.asking_sentences("does it need oil, or grease ?")
    assert len(asked) == 1
    assert asks.asking_sentences("It needs oil.") == []
