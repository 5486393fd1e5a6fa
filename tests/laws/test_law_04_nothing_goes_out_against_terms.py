"""Law 4. Nothing goes out against the receiver's terms, as promotion to a crowd, or without a person's act. One gate."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

import ampersand
from ampersand.members.models import Member
from ampersand.parties.actions import Teller
from ampersand.terms import actions
from ampersand.terms.attempt import Attempt, Ground, Purpose
from ampersand.terms.gate import Because, Roster
from ampersand.terms.lines import Modes
from ampersand.terms.messages import reached
from ampersand.terms.messages.rules import CannotGo, To
from ampersand.terms.models import Decision, Terms
from ampersand.terms.tests.writing import JANE, draft, jane_is_reachable, reachable, send, sent_off
from ampersand.timeline.models import Mode
from tests.cast import NOW, Cast, order, person

pytestmark = pytest.mark.django_db

# Whoever imports one of these could send.
HANDS = ("smtplib", "aiosmtplib", "django.core.mail", "twilio", "anymail", "sendgrid", "ampersand.members.letters")
# The letters of the door: codes for members, and invitations to become one. They go to nobody else.
OF_THE_DOOR = {
    "desk/views/house.py",
    "members/adapter.py",
    "members/commands.py",
    "members/letters.py",
    "members/outbox.py",
    "members/step_up_views.py",
}
# The letters of the page Between: a code for who asks at its door, and the link to it, which asks the gate before.
OF_THE_PAGE = "portal/letters.py"
# The one hand beyond the doors, and the one place that calls it.
SENDS, CALLS = "terms/messages/post.py", "terms/messages/queue.py"
WRITES = "ampersand.terms.messages.actions"
# What holds many people whom nobody named one by one.
CROWDS = ("ampersand.desk.lists", "ampersand.desk.models.SavedSearch", "ampersand.parties.tags")
OURS = Path(ampersand.__file__).parent


def imports() -> Iterator[tuple[str, str]]:
    """Every module of ours with everything it imports."""
    for file in OURS.rglob("*.py"):
        if "tests" in file.parts or "migrations" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            else:
                continue
            yield from ((str(file.relative_to(OURS)), name) for name in names)


def attempt(by: Member, purpose: str = Purpose.WORK, **told: str) -> Attempt:
    at = NOW + timedelta(hours=1)
    return Attempt(mode=told.get("mode", Mode.MAIL), purpose=purpose, at=at, by_id=by.pk, ground=told.get("ground", ""))


def say(cast: Cast, **told: object) -> None:
    actions.say(cast.jane, said_at=NOW, teller=Teller(at=NOW, by=cast.maya), **told)  # type: ignore[arg-type]


def test_no_module_but_the_gate_s_own_hand_can_send() -> None:
    hands = {file for file, name in imports() if name.startswith(HANDS) and file not in OF_THE_DOOR}

    assert hands == {SENDS, OF_THE_PAGE}


def test_the_letter_with_a_link_to_their_page_asks_the_gate_before_it_goes() -> None:
    """A code goes to who has just asked for it, and there is no third letter: nothing else there reaches the hand."""
    there = {
        one.name: ast.unparse(one) for one in ast.parse((OURS / OF_THE_PAGE).read_text()).body if hasattr(one, "name")
    }
    sending = {name for name, body in there.items() if "_send(" in body and name != "_send"}
    link = there["send_link"]

    assert sending == {"send_link", "send_code"}
    assert link.index("ask_gate(") < link.index("if not decision.may:\n        return") < link.index("_send(")


def test_the_hand_is_reached_through_the_gate_alone() -> None:
    reaching = {file for file, name in imports() if name.startswith("ampersand.terms.messages.post")}

    assert reaching == {CALLS}


def test_no_module_that_writes_messages_knows_of_lists_or_searches() -> None:
    told = list(imports())
    writing = {file for file, name in told if name.startswith(WRITES)}

    assert CALLS in writing
    assert [(file, name) for file, name in told if file in writing and name.startswith(CROWDS)] == []


@pytest.mark.parametrize("purpose", [purpose for purpose in Purpose if purpose != Purpose.NOTICE])
def test_who_rests_is_left_in_peace_by_whoever_asks(cast: Cast, purpose: str) -> None:
    order(cast.alder, told_by=cast.maya)
    say(cast, roster=Roster.REST)

    decided = [actions.ask_gate(cast.jane, attempt(by, purpose)) for by in (cast.maya, cast.tom, cast.ruth)]

    assert {one.may for one in decided} == {False}


def test_every_line_of_theirs_is_heeded(cast: Cast) -> None:
    order(cast.alder, told_by=cast.maya)
    say(cast, roster=Roster.WORK, lines=[Modes(frozenset({Mode.LETTER}))])

    assert not actions.ask_gate(cast.jane, attempt(cast.maya)).may
    assert actions.ask_gate(cast.jane, attempt(cast.maya, mode=Mode.LETTER)).may


def test_terms_hold_from_when_they_are_said(cast: Cast) -> None:
    order(cast.alder, told_by=cast.maya)
    before = actions.ask_gate(cast.jane, attempt(cast.maya))

    say(cast, roster=Roster.REST)

    assert before.may
    assert not actions.ask_gate(cast.jane, attempt(cast.maya)).may


def test_only_a_notice_owed_passes_and_it_names_its_ground(cast: Cast) -> None:
    say(cast, roster=Roster.REST)

    decided = actions.ask_gate(cast.jane, attempt(cast.maya, Purpose.NOTICE, ground=Ground.BREACH))

    assert (decided.may, decided.because, decided.ground) == (True, Because.NOTICE, Ground.BREACH)
    with pytest.raises(ValueError, match="ground"):
        attempt(cast.maya, Purpose.NOTICE)


def test_what_the_gate_decided_is_written_down(cast: Cast) -> None:
    say(cast, roster=Roster.REST)

    decided = actions.ask_gate(cast.jane, attempt(cast.maya))

    assert Decision.objects.get() == decided
    assert (decided.terms is not None, decided.by_id, decided.because) == (True, cast.maya.pk, Because.CHOSEN)


def test_terms_that_are_set_while_a_message_waits_stop_it(cast: Cast) -> None:
    jane_is_reachable(cast)
    sent_off(cast)
    actions.say(cast.jane, roster=Roster.REST, said_at=NOW, teller=Teller(at=NOW, by=None))

    send()

    assert mail.outbox == []


def test_what_nobody_sent_off_never_goes(cast: Cast) -> None:
    jane_is_reachable(cast)
    draft(cast)

    send()

    assert mail.outbox == []


def test_news_goes_to_no_several_at_once(cast: Cast) -> None:
    jane_is_reachable(cast)
    bo = reachable(person("Bo Reed", tended_by=cast.maya), "bo@alder.example", told_by=cast.maya)
    both = (To(cast.jane, JANE), To(bo, "bo@alder.example"))

    with pytest.raises(CannotGo):
        sent_off(cast, *both, purpose=Purpose.NEWS)


def test_whoever_only_looks_at_the_link_says_nothing(cast: Cast, client: Client) -> None:
    jane_is_reachable(cast)
    link = reverse("desk:reached", args=[reached.token(sent_off(cast).receivers.get())])
    before = Terms.objects.count()

    client.get(link)

    assert Terms.objects.count() == before


def test_what_goes_out_fetches_nothing_and_leads_where_it_says(cast: Cast) -> None:
    jane_is_reachable(cast)
    sent_off(cast, words="See https://mill.example/a?b=1 for it.")
    send()

    [gone] = mail.outbox

    assert "See https://mill.example/a?b=1 for it." in gone.body
    assert gone.message().get_content_type() == "text/plain"
