"""The pages on which messages are written, looked at, sent, held and taken back, as a browser without script uses them."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.terms import actions as terms
from ampersand.terms.messages import snippets
from ampersand.terms.messages.models import Message, Receiver, Snippet, State
from ampersand.terms.tests.writing import JANE, draft, jane_is_reachable, reachable, send, sent_off, states
from tests.cast import NOW, Cast, moment, person, promise

NOBODYS = "0f2b7c1e-5d64-4f0a-9a53-1c2d3e4f5a6b"

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(cast: Cast) -> Cast:
    jane_is_reachable(cast)
    return cast


@pytest.fixture
def maya(known: Cast, client: Client) -> Client:
    client.force_login(known.maya, backend="django.contrib.auth.backends.ModelBackend")
    return client


def written(cast: Cast, **told: object) -> dict[str, object]:
    """As the form sends it."""
    return {
        "to": [f"{cast.jane.pk}:{JANE}"],
        "subject": "The price list",
        "words": "Dear Jane, here it is.",
        "purpose": "work",
        "as_id": str(uuid4()),
        **told,
    }


def write_url(cast: Cast) -> str:
    return reverse("desk:write_message", args=[cast.with_jane.pk])


def page_of(client: Client, url: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(url).content, "html.parser")


def test_the_form_names_her_and_says_what_may_go_now(known: Cast, maya: Client) -> None:
    page = page_of(maya, write_url(known))

    ticked = [box["value"] for box in page.select("input[name=to][checked]")]
    assert ticked == [f"{known.jane.pk}:{JANE}"]
    assert "work in hand: open orders and promises" in page.select_one("#may-now").parent.get_text()  # type: ignore[union-attr]


def test_what_is_sent_waits_in_the_outbox(known: Cast, maya: Client) -> None:
    maya.post(write_url(known), written(known, act="send"))

    message = Message.objects.get()
    assert (message.sent_off_at is not None, states(message)) == (True, {JANE: State.WAITING})
    assert "The price list" in page_of(maya, reverse("desk:messages")).select_one("#waiting").parent.get_text()  # type: ignore[union-attr]


def test_a_page_that_is_sent_twice_makes_one_message(known: Cast, maya: Client) -> None:
    told = written(known, act="send")
    maya.post(write_url(known), told)

    again = maya.post(write_url(known), told)

    assert (again.status_code, Message.objects.count(), Receiver.objects.count()) == (302, 1, 1)


def test_looking_keeps_a_draft_and_says_what_stands_against_it(known: Cast, maya: Client) -> None:
    terms.say(known.jane, roster="rest", said_at=NOW, teller=Teller(at=NOW + timedelta(minutes=1), by=None))

    answer = maya.post(write_url(known), written(known, act="look"), follow=True)

    gate = BeautifulSoup(answer.content, "html.parser").select_one("#gate").parent  # type: ignore[union-attr]
    assert gate is not None
    assert gate.select_one("s").get_text() == "Jane Okafor"  # type: ignore[union-attr]
    assert "They chose how they wish to be reached." in gate.get_text()
    assert states(Message.objects.get()) == {JANE: State.DRAFT}


def test_who_rests_is_held_and_struck_through_with_why(known: Cast, maya: Client) -> None:
    terms.say(known.jane, roster="rest", said_at=NOW, teller=Teller(at=NOW + timedelta(minutes=1), by=None))
    maya.post(write_url(known), written(known, act="send"))

    held = page_of(maya, reverse("desk:messages")).select_one("#held").parent  # type: ignore[union-attr]

    assert held is not None
    assert held.select_one("s").get_text() == "Jane Okafor"  # type: ignore[union-attr]
    assert "They chose how they wish to be reached. “Rest”: Jane Okafor," in held.get_text()


def test_what_is_missing_is_said_and_what_was_typed_stays(known: Cast, maya: Client) -> None:
    answer = maya.post(write_url(known), written(known, subject="", act="send"))

    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 422
    assert page.select_one("[role=alert]").get_text() == "Write a subject."  # type: ignore[union-attr]
    assert page.select_one("textarea[name=words]").get_text().strip() == "Dear Jane, here it is."  # type: ignore[union-attr]


def test_files_go_with_it_and_are_left_out_again(known: Cast, maya: Client) -> None:
    file = SimpleUploadedFile("prices.csv", b"a,b", content_type="text/csv")
    maya.post(write_url(known), written(known, act="look", enclosed=[file]))
    message = Message.objects.get()
    enclosed = message.enclosures.get()

    maya.post(reverse("desk:leave_file_out", args=[enclosed.pk]))

    assert (enclosed.name, message.enclosures.count()) == ("prices.csv", 0)


def test_too_much_of_files_is_refused_beside_what_was_typed(known: Cast, maya: Client) -> None:
    large = SimpleUploadedFile("film.mp4", b"x" * (25 << 20))

    answer = maya.post(write_url(known), written(known, act="send", enclosed=[large]))

    assert answer.status_code == 422
    assert "18 MB" in answer.content.decode()
    assert Message.objects.count() == 0


def test_a_snippet_is_put_in_to_be_edited_and_goes_nowhere_by_itself(known: Cast, maya: Client) -> None:
    snippet = snippets.keep(name="Thanks", words="Thank you for the order.", by=known.maya)

    maya.post(write_url(known), written(known, act="insert", snippet=str(snippet.pk)))

    message = Message.objects.get()
    assert message.words == "Dear Jane, here it is.\n\nThank you for the order."
    assert message.is_draft


def test_nobody_uses_a_snippet_of_somebody_else(known: Cast, maya: Client) -> None:
    snippet = snippets.keep(name="Thanks", words="Thank you.", by=known.tom)

    answer = maya.post(write_url(known), written(known, act="insert", snippet=str(snippet.pk)))

    assert (answer.status_code, Message.objects.count(), Snippet.objects.count()) == (422, 0, 1)


def test_an_address_of_nobody_known_is_refused_and_a_known_one_is_added(known: Cast, maya: Client) -> None:
    reachable(person("Bo Reed", tended_by=known.tom), "bo@alder.example", told_by=known.tom)

    refused = maya.post(write_url(known), written(known, act="look", also="who@x.example"))
    maya.post(write_url(known), written(known, act="look", also="Bo@Alder.example\ntom@harbourfinch.example"))

    assert (refused.status_code, "who@x.example" in refused.content.decode()) == (422, True)
    assert states(Message.objects.get()) == {JANE: "draft", "bo@alder.example": "draft", known.tom.email: "draft"}


def test_whoever_is_closed_is_nobody_known(known: Cast, client: Client) -> None:
    reachable(known.leona, "leona@severn.example", told_by=known.maya)
    client.force_login(known.tom, backend="django.contrib.auth.backends.ModelBackend")

    answer = client.post(write_url(known), written(known, act="send", also="leona@severn.example"))
    forged = client.post(
        write_url(known), written(known, act="send", copy_to=[f"{known.leona.pk}:leona@severn.example"])
    )

    assert (answer.status_code, forged.status_code, Message.objects.count()) == (422, 422, 0)


def test_a_mail_is_answered_to_its_writer_and_to_all(known: Cast, maya: Client) -> None:
    bo = reachable(person("Bo Reed", tended_by=known.maya), "bo@alder.example", told_by=known.maya)
    mail = moment(known.jane, bo, by=known.maya, mode="mail", subject="Mugs", roles=["from", "copy"])

    one = BeautifulSoup(maya.get(reverse("desk:answer_mail", args=[mail.pk]), follow=True).content, "html.parser")
    everybody = BeautifulSoup(
        maya.get(reverse("desk:answer_mail", args=[mail.pk]), {"all": "1"}, follow=True).content, "html.parser"
    )

    def ticked(page: BeautifulSoup, name: str) -> list[str]:
        return [str(box["value"]).partition(":")[2] for box in page.select(f"input[name={name}][checked]")]

    assert (ticked(one, "to"), ticked(one, "copy_to")) == ([JANE], [])
    assert (ticked(everybody, "to"), ticked(everybody, "copy_to")) == ([JANE], ["bo@alder.example"])
    assert one.select_one("input[name=subject]")["value"] == "Re: Mugs"  # type: ignore[index]


def test_a_message_about_a_promise_remembers_which(known: Cast, maya: Client) -> None:
    made = promise(known.maya.party, known.jane, told_by=known.maya)

    maya.post(f"{write_url(known)}?promise={made.pk}", written(known, act="look"))

    assert Message.objects.get().promise_id == made.pk


def test_a_question_is_known_to_ask_for_an_answer(known: Cast, maya: Client) -> None:
    maya.post(write_url(known), written(known, act="look", words="Can you come on Friday?"))

    assert Message.objects.get().asks_answer


def test_what_waits_is_taken_back_on_its_page(known: Cast, maya: Client) -> None:
    message = sent_off(known)

    answer = maya.post(reverse("desk:take_message_back", args=[message.pk]), follow=True)

    assert states(message) == {JANE: State.TAKEN_BACK}
    assert "It is taken back from one person." in answer.content.decode()


def test_taken_back_too_late_it_says_so(known: Cast, maya: Client) -> None:
    message = sent_off(known)
    send()

    answer = maya.post(reverse("desk:take_message_back", args=[message.pk]), follow=True)

    assert "It has gone already" in answer.content.decode()
    assert states(message) == {JANE: State.SENT}


def test_nobody_sees_a_colleague_s_outbox(known: Cast, client: Client) -> None:
    sent_off(known)
    client.force_login(known.tom, backend="django.contrib.auth.backends.ModelBackend")

    assert "The price list" not in client.get(reverse("desk:messages")).content.decode()


def test_where_nothing_leaves_the_machine_the_page_says_where_it_lies(known: Cast, maya: Client) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.EMAIL_BACKEND", "ampersand.members.outbox.Outbox")
        page = maya.get(reverse("desk:messages")).content.decode()

    assert "folder outbox of its data folder" in page


def test_what_may_have_gone_says_to_look_before_it_is_sent_again(known: Cast, maya: Client) -> None:
    message = sent_off(known)
    Receiver.objects.filter(message=message).update(state=State.UNSURE)
    page = page_of(maya, reverse("desk:message", args=[message.pk]))

    maya.post(reverse("desk:try_message_again", args=[message.receivers.get().pk]))

    assert "Ask them before you send it again." in page.get_text()
    assert states(message) == {JANE: State.WAITING}


def test_those_a_change_touches_are_ticked_by_hand_and_told_why(known: Cast, maya: Client) -> None:
    url, value = reverse("desk:tell_touched", args=[known.with_jane.pk]), f"{known.jane.pk}:{JANE}"
    told = {"subject": "Milk", "words": "Tuesdays from now on.", "act": "send", "together": str(uuid4())}
    nobody_ticked = page_of(maya, url).select("input[name=who][checked]")

    refused = maya.post(url, told)
    without_why = maya.post(url, {**told, "who": [value]})
    sent = [maya.post(url, {**told, "who": [value], f"why-{value}": "You take milk."}) for _ in range(2)]

    assert (nobody_ticked, refused.status_code, without_why.status_code) == ([], 422, 422)
    assert ([answer.status_code for answer in sent], Message.objects.count()) == ([302, 302], 1)
    assert Receiver.objects.get().why == "You take milk."


@pytest.mark.parametrize(
    "told",
    [
        {"to": ["x"]},
        {"to": [f"{uuid4()}:jane@alder.example"]},
        {"purpose": "promotion"},
        {"purpose": "concerns"},
        {"purpose": "notice"},
        {"ground": "recall"},
        {"subject": "a" * 301},
        {"words": "a\x00b"},
        {"snippet": "not-one"},
        {"also": "x\n" * 5_000},
    ],
)
def test_what_makes_no_sense_is_refused_and_keeps_nothing(known: Cast, maya: Client, told: dict[str, object]) -> None:
    answer = maya.post(write_url(known), written(known, act="send", **told))

    assert (answer.status_code, Message.objects.count()) == (422, 0)


@pytest.mark.parametrize("query", ["answer=x", "promise=x", f"answer={NOBODYS}", f"promise={NOBODYS}&all=1"])
def test_what_the_address_says_wrongly_is_passed_over(known: Cast, maya: Client, query: str) -> None:
    assert maya.get(f"{write_url(known)}?{query}").status_code == 200


def test_the_outbox_asks_the_same_however_much_stands_in_it(
    known: Cast, maya: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(6):
        sent_off(known)
        draft(known)
    Receiver.objects.filter(pk__in=list(Receiver.objects.values_list("pk", flat=True)[:4])).update(state=State.HELD)

    with django_assert_max_num_queries(40):
        maya.get(reverse("desk:messages"))


def test_somebody_with_two_addresses_is_written_to_at_the_one_that_was_ticked(known: Cast, maya: Client) -> None:
    parties.tell_identifier(known.jane, kind="email", value="jane@home.example", teller=Teller(at=NOW, by=known.maya))

    maya.post(write_url(known), written(known, act="look", to=[f"{known.jane.pk}:jane@home.example"]))

    assert states(Message.objects.get()) == {"jane@home.example": "draft"}


def test_whoever_has_no_address_sends_nothing_that_nobody_could_answer(known: Cast, maya: Client) -> None:
    type(known.maya).objects.filter(pk=known.maya.pk).update(email="maya@no-address.invalid")

    answer = maya.post(write_url(known), written(known, act="send"))

    assert (answer.status_code, "no mail address" in answer.content.decode()) == (422, True)
