from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ampersand.channels.mail import excerpt
from ampersand.channels.mail.addresses import Address

ANA = Address("ana@mill.example", "Ána Mill")

OUTLOOK = (
    "From: Bo Quay <bo@harbour.example>\nSent: Monday, 4 March 2024 09:00\nTo: Ana Mill\nSubject: Beans\n"
    "\nWhen do they come?"
)
QUOTE = "> When do they come?\n> Bo"


@pytest.mark.parametrize(
    "under",
    [
        f"On Mon, 4 Mar 2024 at 09:00, Bo Quay <bo@harbour.example> wrote:\n\n{QUOTE}",
        f"On Mon, 4 Mar 2024 at 09:00, Bo Quay\n<bo@harbour.example>\nwrote:\n{QUOTE}",
        f"On 4 Mar 2024, at 09:00, Bo Quay wrote:\n{QUOTE}",
        "> On 4 Mar 2024, at 09:00, Bo Quay wrote:\n>\n> When do they come?",
        f"Am 04.03.2024 um 09:00 schrieb Bo Quay:\n{QUOTE}",
        f"Le lun. 4 mars 2024 à 09:00, Bo Quay <bo@harbour.example> a écrit :\n{QUOTE}",
        f"El lun, 4 mar 2024 a las 9:00, Bo Quay (<bo@harbour.example>) escribió:\n{QUOTE}",
        f"Il giorno lun 4 mar 2024 alle ore 09:00 Bo Quay ha scritto:\n{QUOTE}",
        f"Op ma 4 mrt. 2024 om 09:00 schreef Bo Quay <bo@harbour.example>:\n{QUOTE}",
        f"04.03.2024 9:00 пользователь Bo Quay <bo@harbour.example> написал:\n{QUOTE}",
        f"2024-03-04 9:00 GMT+01:00 Bo Quay <bo@harbour.example>:\n{QUOTE}",
        f"2024年3月4日(月) 9:00 Bo Quay <bo@harbour.example>:\n{QUOTE}",
        f"Bo Quay <bo@harbour.example> writes:\n{QUOTE}",
        f"-----Original Message-----\n{OUTLOOK}",
        f"-----Ursprüngliche Nachricht-----\n{OUTLOOK}",
        f"________________________________\n{OUTLOOK}",
        OUTLOOK,
        OUTLOOK.replace("From:", "*From:*").replace("Sent:", "*Sent:*"),
        "Von: Bo Quay\nGesendet: Montag, 4. März 2024 09:00\nAn: Ana Mill\nBetreff: Beans\n\nWann?",
        "De : Bo Quay\nEnvoyé : lundi 4 mars 2024 09:00\nÀ : Ana Mill\nObjet : Beans\n\nQuand ?",
        f"---------- Forwarded message ---------\n{OUTLOOK}",
        f"Begin forwarded message:\n\n{OUTLOOK}",
        "-- \nAna Mill\nMill Ltd, 2 River Road",
        "Best regards,\nAna",
        "Mit freundlichen Grüßen\n\nAna Mill\nTel. +49 30 1234567",
        "Thanks,\nAna",
        "Ana Mill\nana@mill.example\n(555) 346-9947",
        "?na",
        "Sent from my iPhone",
        "Von meinem iPhone gesendet",
        "Get Outlook for iOS<https://example.com>",
        "This e-mail and any attachments are confidential and intended for the recipient only.",
        "CONFIDENTIALITY NOTICE: the contents are privileged.",
        "_______________________________________________\nTalk mailing list\nTalk@list.example\nhttps://list.example/listinfo/talk",
        "\t[[alternative HTML version deleted]]",
        "-------------- next part --------------\nAn HTML attachment was scrubbed...\nURL: <https://x.example/attachments/a.html>",
        "-----BEGIN PGP SIGNATURE-----\nabc\n-----END PGP SIGNATURE-----",
        "--\nAna\n\nOn Mon, 4 Mar 2024 at 09:00, Bo Quay <bo@harbour.example> wrote:\n" + QUOTE,
    ],
)
def test_only_the_new_words_stay(under: str) -> None:
    assert excerpt.new_words(f"They come on Friday.\n\n{under}\n", author=ANA) == "They come on Friday."


def test_answers_between_and_below_the_quoted_pieces_stay() -> None:
    text = "On 4 Mar 2024, at 09:00, Bo wrote:\n> When?\nOn Friday.\n\n> How many?\nTwenty.\n\n-- \nAna"

    assert excerpt.new_words(text) == "On Friday.\n\nTwenty."


def test_a_last_line_right_above_an_announcement_stays() -> None:
    text = "It works now.\nOn Tue, 5 Mar 2024 at 09:00, Bo Quay\n<bo@harbour.example> wrote:\n> Does it?"

    assert excerpt.new_words(text) == "It works now."


def test_an_announcement_inside_a_line_that_ran_together_ends_the_mail() -> None:
    own = "It works now and so does the rest of it. " * 4
    text = f"{own}On Feb 16, 2024, at 4:35 PM, Bo <bo@harbour.example> wrote: Does it work at all?"

    assert "Does it" not in excerpt.new_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "From the docks they go to: Sofia, Oslo.",
        "I told her: on Monday he wrote: it is late.",
        "Disclaimer, I am the author: use it.",
        "Thanks for the beans. They are very good, and we would like more.",
        "Cheers to Ana!\n\nWe open at nine.",
        "- one\n- two",
        "Subject: to change without notice.",
    ],
)
def test_words_that_only_look_like_a_quote_or_a_signature_stay(text: str) -> None:
    assert excerpt.new_words(text, author=ANA) == text


def test_a_mail_of_nothing_but_a_forward_has_no_words_of_its_own() -> None:
    assert excerpt.new_words(f"---------- Forwarded message ---------\n{OUTLOOK}") == ""


def test_an_excerpt_ends_with_a_whole_word_and_says_that_more_follows() -> None:
    found = excerpt.excerpt("beans and more " * 100)

    assert len(found) <= excerpt.LENGTH
    assert found.endswith(("beans…", "and…", "more…"))


def test_hard_line_ends_are_taken_out_and_lists_keep_theirs() -> None:
    wrapped = "The beans that you have asked for last week will come with the\ntruck on Friday.\n- one\n- two"

    assert (
        excerpt.unwrapped(wrapped)
        == "The beans that you have asked for last week will come with the truck on Friday.\n- one\n- two"
    )


@given(st.text(max_size=400), st.integers(20, 200))
def test_an_excerpt_is_never_longer_than_asked_and_adds_nothing(text: str, length: int) -> None:
    found = excerpt.excerpt(text, author=ANA, length=length)

    assert len(found) <= length
    assert set(found) <= set(text) - set(excerpt.INVISIBLE) | {" ", "\n", "…"}
