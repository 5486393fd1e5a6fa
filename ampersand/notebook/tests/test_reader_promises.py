from __future__ import annotations

from datetime import date

import pytest

from ampersand.notebook.reader.pieces import Promise
from ampersand.notebook.tests.reader_cast import understand


def promises_in(words: str) -> list[tuple[str, str, str, date | None]]:
    return [(p.by.name, p.to.name, p.what.of(words), p.due_on) for p in understand(words).promises]


def only_promise(words: str) -> Promise:
    (promise,) = understand(words).promises
    return promise


FRIDAY = date(2026, 10, 9)


@pytest.mark.parametrize(
    ("words", "by", "what", "due"),
    [
        ("Rang Nadia. I'll send her the menu cards by Friday.", "us", "send her the menu cards", FRIDAY),
        ("Told Nadia we'd drop the cups off on Friday.", "us", "drop the cups off", FRIDAY),
        ("Nadia asked for cups, Tom to bring them by Friday.", "us", "bring them", FRIDAY),
        ("Saw Nadia. Price list to her by Friday.", "us", "Price list to her", FRIDAY),
        ("Nadia wants a quote by Fri - ok.", "us", "a quote", FRIDAY),
        ("Nadia said she'd sign the lease by Friday.", "Nadia Rahman", "sign the lease", FRIDAY),
        ("Nadia promised to pay the rest on Friday.", "Nadia Rahman", "pay the rest", FRIDAY),
        ("Nadia gets us the oven measures by Friday.", "Nadia Rahman", "gets us the oven measures", FRIDAY),
        ("Nadia: the order will be placed by Friday.", "Nadia Rahman", "the order will be placed", FRIDAY),
        ("Nadia swears 40 trays by Friday.", "Nadia Rahman", "40 trays", FRIDAY),
        ("Nadia agreed to pay half up front.", "Nadia Rahman", "pay half up front", None),
    ],
)
def test_a_promise_has_its_promiser_its_words_and_its_day(words: str, by: str, what: str, due: date | None) -> None:
    to = "Nadia Rahman" if by == "us" else "us"

    assert promises_in(words) == [(by, to, what, due)]


def test_what_they_write_in_a_mail_is_promised_by_them() -> None:
    words = "> I will forward your list to our chef. You will have his answer by 16 October.\n> Nadia"

    assert promises_in(words) == [
        ("Nadia Rahman", "us", "forward your list to our chef", None),
        ("Nadia Rahman", "us", "You will have his answer", date(2026, 10, 16)),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Nadia will try to find the key.",
        "Nadia hopes to sign this month.",
        "Nadia would love to come to the cupping.",
        "Nadia might visit in spring.",
        "We'll see what Nadia says.",
        "Nadia sent the cups on Friday.",
        "Nadia will be furious.",
        "Last year Nadia said she would pay in May.",
        "Send Nadia the cups some time.",
        "Nadia asked if we can hold the price.",
        "Nadia did not agree to extend.",
    ],
)
def test_wishes_attempts_forecasts_deeds_and_tasks_are_no_promises(words: str) -> None:
    assert promises_in(words) == []


def test_a_condition_that_adjoins_belongs_to_the_words() -> None:
    assert promises_in("Nadia will release the deposit once the oven passes.") == [
        ("Nadia Rahman", "us", "release the deposit once the oven passes", None)
    ]


def test_two_acts_with_a_day_between_are_two_promises() -> None:
    assert promises_in("I told Nadia I'd drop the cups Friday and bring the menus Monday.") == [
        ("us", "Nadia Rahman", "drop the cups", FRIDAY),
        ("us", "Nadia Rahman", "bring the menus", date(2026, 10, 12)),
    ]


def test_the_day_said_afterwards_belongs_to_the_promise_before() -> None:
    assert promises_in("Nadia will give us the floor plans. She said she'd have them to me by Friday.") == [
        ("Nadia Rahman", "us", "give us the floor plans", FRIDAY)
    ]


def test_before_a_day_may_mean_the_day_before() -> None:
    promise = only_promise("Nadia will send the volumes before the 12th.")

    assert promise.sureness == "unsure"
    assert promise.instead is not None
    assert (promise.due_on, promise.instead.on) == (date(2026, 10, 12), date(2026, 10, 11))


def test_a_request_that_was_said_yes_to_is_our_promise() -> None:
    promise = only_promise("Nadia texted: can you bring the new cards on Thursday? I said yes.")

    assert (promise.by.is_us, promise.to.name, promise.due_on) == (True, "Nadia Rahman", date(2026, 10, 8))


def test_a_word_about_another_is_given_to_the_one_told() -> None:
    (promise,) = understand("Rang Samir. I gave him my word that Nadia won't hear a thing from us.").promises

    assert promise.by.is_us
    assert promise.to.name == "Samir Qureshi"
