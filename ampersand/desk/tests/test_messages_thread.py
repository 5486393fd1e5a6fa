"""A message goes over SMTP to a real server; what comes back, and our own copy of it, joins it on one thread."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from ampersand.channels.tests.bringing import bring_in, counted
from ampersand.terms.messages.models import Message
from ampersand.terms.tests.post_office import PostOffice, open_office
from ampersand.terms.tests.writing import JANE, SOON, jane_is_reachable, send, sent_off
from ampersand.timeline.models import Began, Moment, Telling
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_office() as office:
        yield office


@pytest.fixture
def gone(cast: Cast, office: PostOffice) -> tuple[Message, EmailMessage]:
    """A message of Maya's to Jane, and the mail that Jane got."""
    jane_is_reachable(cast)
    message = sent_off(cast)
    send()
    return message, office.mail_to(JANE)


def answer_to(mail: EmailMessage, *, with_chain: bool = True) -> bytes:
    """As Jane's program writes it."""
    reply = EmailMessage()
    reply["From"], reply["To"] = "Jane Okafor <jane@alder.example>", mail["Reply-To"]
    reply["Subject"], reply["Message-ID"] = f"Re: {mail['Subject']}", "<answer-1@alder.example>"
    reply["Date"] = f"{SOON + timedelta(hours=2):%a, %d %b %Y %H:%M:%S} +0000"
    if with_chain:
        reply["In-Reply-To"] = reply["References"] = mail["Message-ID"]
    quoted = "\n".join(f"> {line}" for line in mail.get_content().splitlines())
    reply.set_content(f"Thank you, Maya. That is clear.\n\nOn Friday Maya Lindqvist wrote:\n{quoted}\n")
    return reply.as_bytes()


def brought(folder: Path, name: str, content: bytes, *, cast: Cast) -> dict[str, int]:
    path = folder / name
    path.write_bytes(content)
    told = counted(bring_in(path, by=cast.maya, at=LATER))
    return {"new": told.new, "joined": told.joined}


def test_an_answer_lands_on_the_thread_of_what_it_answers(
    cast: Cast, gone: tuple[Message, EmailMessage], tmp_path: Path
) -> None:
    message, mail = gone

    told = brought(tmp_path, "answer.eml", answer_to(mail), cast=cast)

    ours, theirs = Moment.objects.get(message=message), Moment.objects.get(began=Began.THEM)
    assert told == {"new": 1, "joined": 0}
    assert ours.thread_id is not None
    assert theirs.thread_id == ours.thread_id
    assert theirs.words == "Thank you, Maya. That is clear."


def test_an_answer_whose_program_drops_the_chain_lands_there_too(
    cast: Cast, gone: tuple[Message, EmailMessage], tmp_path: Path
) -> None:
    message, mail = gone

    brought(tmp_path, "answer.eml", answer_to(mail, with_chain=False), cast=cast)

    threads = set(Moment.objects.filter(mode="mail").values_list("thread_id", flat=True))
    assert len(threads) == 1
    assert None not in threads
    assert Message.objects.get(pk=message.pk).moment_id is not None


def test_our_own_copy_of_it_joins_and_is_no_second_moment(
    cast: Cast, gone: tuple[Message, EmailMessage], office: PostOffice, tmp_path: Path
) -> None:
    message, _mail = gone

    told = brought(tmp_path, "sent.eml", office.received[0][2], cast=cast)

    moment = Moment.objects.get(mode="mail")
    assert told == {"new": 0, "joined": 1}
    assert (moment.message.get(), moment.words, moment.began) == (message, message.words, Began.US)
    assert Telling.objects.filter(moment=moment).count() == 2
    assert {one.party_id for one in moment.participants.all()} == {cast.maya.party.pk, cast.jane.pk}


def test_an_answer_of_ours_to_theirs_goes_on_the_same_thread(
    cast: Cast, gone: tuple[Message, EmailMessage], office: PostOffice, tmp_path: Path
) -> None:
    _message, mail = gone
    brought(tmp_path, "answer.eml", answer_to(mail), cast=cast)
    theirs = Moment.objects.get(began=Began.THEM)

    again = sent_off(cast, subject="Re: The price list", answers=theirs)
    send(LATER)

    ours = Moment.objects.get(message=again)
    assert ours.thread_id == theirs.thread_id
    assert office.mails()[-1]["References"].split()[-1] == "<answer-1@alder.example>"
