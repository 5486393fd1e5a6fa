"""What a receiver gets: a plain mail that says who writes, threads, and carries nothing that spies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import getaddresses

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from ampersand.members.models import Member
from ampersand.parties.models import Party
from ampersand.terms.attempt import Ground, Purpose
from ampersand.terms.messages import compose
from ampersand.terms.messages.models import Message, Role
from ampersand.terms.messages.post import _email
from ampersand.terms.messages.rules import To
from ampersand.terms.tests.post_office import PostOffice, open_office
from ampersand.terms.tests.writing import JANE, jane_is_reachable, reachable, send, sent_off
from tests.cast import Cast, moment, person

pytestmark = pytest.mark.django_db

LINKS = "See https://mill.example/a?b=1&c=%20d#e and http://x.example/ü, or mailto:a@b.example."


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_office() as office:
        yield office


@pytest.fixture
def known(cast: Cast) -> Cast:
    jane_is_reachable(cast)
    return cast


def test_it_comes_from_its_writer_through_the_house_and_answers_go_to_the_writer(
    known: Cast, office: PostOffice
) -> None:
    message = sent_off(known)
    send()

    mail = office.mail_to(JANE)

    assert mail["From"] == '"Maya Lindqvist, Harbour & Finch" <post@harbourfinch.example>'
    assert mail["Reply-To"] == "Maya Lindqvist <maya@harbourfinch.example>"
    assert (mail["To"], mail["Subject"]) == ("Jane Okafor <jane@alder.example>", "The price list")
    assert mail["Message-ID"] == f"<{message.message_id}>"
    assert message.message_id == f"{message.pk.hex}@harbourfinch.example" or message.message_id.startswith(
        message.pk.hex
    )
    assert office.received[0][0] == "post@harbourfinch.example"


@override_settings(MESSAGES_FROM_MEMBERS=True)
def test_where_the_server_lets_it_it_comes_from_the_writer_s_own_address(known: Cast, office: PostOffice) -> None:
    sent_off(known)
    send()

    assert office.mail_to(JANE)["From"] == "Maya Lindqvist <maya@harbourfinch.example>"


def test_it_is_one_plain_text_with_its_words_and_links_as_they_were_typed(known: Cast, office: PostOffice) -> None:
    message = sent_off(known, words=f"Dear Jane,\n\n{LINKS}\n\n.\nMaya — ☕")
    send()

    mail = office.mail_to(JANE)
    text = mail.get_content().replace("\r\n", "\n")

    assert (mail.is_multipart(), mail.get_content_type()) == (False, "text/plain")
    assert text.startswith(message.words + "\n\n-- \n")
    # What stands in it besides is the one link by which she says how she wishes to be reached.
    assert len(re.findall(r"https?://", text)) == len(re.findall(r"https?://", LINKS)) + 1


def test_all_it_goes_to_stand_in_it_and_each_gets_one_of_their_own(known: Cast, office: PostOffice) -> None:
    bo = reachable(person("Bo Réed, Sales", tended_by=known.maya), "bo@alder.example", told_by=known.maya)
    sent_off(known, To(known.jane, JANE), To(bo, "bo@alder.example", role=Role.COPY))
    send()

    mails = office.mails()

    assert sorted(office.receivers) == ["bo@alder.example", JANE]
    assert {mail["Message-ID"] for mail in mails} == {mails[0]["Message-ID"]}
    assert {getaddresses([mail["Cc"]])[0] for mail in mails} == {("Bo Réed, Sales", "bo@alder.example")}
    assert len({mail["List-Unsubscribe"] for mail in mails}) == 2
    assert not any(mail["Bcc"] for mail in mails)


def test_a_notice_owed_names_its_ground(known: Cast, office: PostOffice) -> None:
    sent_off(known, purpose=Purpose.NOTICE, ground=Ground.RECALL)
    send()

    assert "This is a notice we owe you: a recall, or a danger to their safety." in office.mail_to(JANE).get_content()


def test_the_foot_speaks_the_language_of_its_reader(known: Cast) -> None:
    Party.objects.filter(pk=known.jane.pk).update(language="de")
    message = sent_off(known)

    said = compose._language(message.receivers.select_related("party__now").get(), known.house)

    assert said == "de"


def test_an_answer_names_the_whole_chain_it_answers(known: Cast, office: PostOffice) -> None:
    theirs = moment(
        known.jane, by=known.maya, mode="mail", subject="Mugs", key="mail:three@alder.example", roles=["from"]
    )
    telling = theirs.tellings.get()
    telling.said |= {"references": ["one@alder.example", "made:0123", "two@harbourfinch.example"]}
    telling.save()
    sent_off(known, subject="Re: Mugs", answers=theirs)
    send()

    mail = office.mail_to(JANE)

    assert mail["In-Reply-To"] == "<three@alder.example>"
    assert mail["References"].split() == ["<one@alder.example>", "<two@harbourfinch.example>", "<three@alder.example>"]


def test_the_header_of_one_click_is_there(known: Cast, office: PostOffice) -> None:
    sent_off(known)
    send()

    mail = office.mail_to(JANE)

    assert re.fullmatch(r"<https?://[^ ]+/reached/[^ /]+/>", "".join(mail["List-Unsubscribe"].split()))
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize("hostile", ["\r\nBcc: all@x.example", "\nBcc: all@x.example\n\nBuy", "\u2028Bcc: x", '"><b>'])
def test_nothing_typed_becomes_a_header(known: Cast, office: PostOffice, hostile: str) -> None:
    Member.objects.filter(pk=known.maya.pk).update(name=f"Maya{hostile}")
    Party.objects.filter(pk=known.jane.pk).update(name=f"Jane{hostile}")
    known.maya.refresh_from_db()
    sent_off(known, subject=f"Hello{hostile}")
    send()

    mail = office.mail_to(JANE)

    assert (mail["Bcc"], office.receivers) == (None, [JANE])
    assert [address for _name, address in getaddresses([mail["To"]])] == [JANE]


@given(subject=st.text(max_size=80), words=st.text(max_size=200), name=st.text(max_size=60))
def test_whatever_is_typed_can_be_written_as_a_mail_with_its_own_headers_alone(
    subject: str, words: str, name: str
) -> None:
    mail = compose.Mail(
        sender="post@harbourfinch.example",
        receiver=JANE,
        author=compose._named(name, "post@harbourfinch.example"),
        subject=" ".join(subject.split()),
        words=words,
        to=[compose._named(name, JANE)],
        copy=[],
        headers={"Message-ID": "<1@harbourfinch.example>", "Date": "Fri, 09 Oct 2026 09:30:00 +0000"},
        files=[],
    )

    written = _email(mail).message()

    assert set(written.keys()) <= {
        "Content-Type",
        "MIME-Version",
        "Content-Transfer-Encoding",
        "Subject",
        "From",
        "To",
        "Message-ID",
        "Date",
    }


def test_no_picture_and_no_page_is_fetched_by_reading_it(known: Cast, office: PostOffice) -> None:
    sent_off(known)
    send()

    content = office.received[0][2].lower()

    assert b"<img" not in content
    assert b"text/html" not in content
    assert Message.objects.get().moment is not None
