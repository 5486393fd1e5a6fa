"""A message goes through the gate, once, whatever dies or refuses on the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, models, transaction

from ampersand.core.history import past_of
from ampersand.desk import ours
from ampersand.parties.actions import Teller
from ampersand.parties.erasing import erase_party
from ampersand.terms import actions as terms
from ampersand.terms.attempt import Purpose
from ampersand.terms.messages import actions, post, queue
from ampersand.terms.messages.actions import GoneAlready, NotYourMessage
from ampersand.terms.messages.models import Message, Receiver, Role, State
from ampersand.terms.messages.rules import CannotGo, NotTheirAddress, To
from ampersand.terms.models import Decision
from ampersand.terms.tests.post_office import PostOffice, free_port, going_to, open_office
from ampersand.terms.tests.writing import JANE, SOON, draft, jane_is_reachable, reachable, send, sent_off, states
from ampersand.timeline.models import Began, Mode, Moment, ParticipantRole
from tests.at_once import at_once
from tests.cast import NOW, Cast, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_office() as office:
        yield office


@pytest.fixture
def known(cast: Cast) -> Cast:
    jane_is_reachable(cast)
    return cast


def test_what_is_sent_off_goes_and_becomes_a_moment(known: Cast, office: PostOffice) -> None:
    message = sent_off(known)

    send()

    moment = Moment.objects.get(message=message)
    roles = {one.party_id: one.role for one in moment.participants.all()}
    assert (office.receivers, states(message)) == ([JANE], {JANE: State.SENT})
    assert (moment.mode, moment.began, moment.words, moment.room) == (Mode.MAIL, Began.US, message.words, "between")
    assert roles == {known.maya.party.pk: ParticipantRole.FROM, known.jane.pk: ParticipantRole.TO}


def test_sent_off_twice_and_sent_twice_it_goes_once(known: Cast, office: PostOffice) -> None:
    message = sent_off(known)
    actions.send_off(message, by=known.maya, at=NOW)

    assert (send(), send(), office.receivers) == (1, 0, [JANE])


def test_terms_set_while_it_waits_hold_it(known: Cast, office: PostOffice) -> None:
    message = sent_off(known)
    terms.say(known.jane, roster="rest", said_at=NOW, teller=Teller(at=NOW, by=None))

    send()

    assert (office.received, states(message)) == ([], {JANE: State.HELD})
    assert [one.may for one in Decision.objects.filter(receiver__message=message).order_by("id")] == [True, False]


def test_what_may_go_later_waits_until_then(known: Cast, office: PostOffice) -> None:
    from ampersand.terms.lines import Rest

    until = (NOW + timedelta(days=3)).date()
    terms.say(
        known.jane, roster="work", lines=[Rest(until, "Europe/London")], said_at=NOW, teller=Teller(at=NOW, by=None)
    )
    message = sent_off(known)
    before = send()
    opens = Receiver.objects.get(message=message).goes_at

    after = send(NOW + timedelta(days=4))

    assert (before, after, office.receivers) == (0, 1, [JANE])
    assert opens is not None
    assert opens.date() in (until, until - timedelta(days=1))


def test_one_of_two_whom_the_server_refuses_keeps_it_from_nobody_else(known: Cast, office: PostOffice) -> None:
    bo = reachable(person("Bo Reed", tended_by=known.maya), "bo@alder.example", told_by=known.maya)
    office.refused["bo@alder.example"] = "550 No such user here"
    message = sent_off(known, To(known.jane, JANE), To(bo, "bo@alder.example", role=Role.COPY))

    send()

    refused = Receiver.objects.get(party=bo)
    assert (office.receivers, states(message)) == ([JANE], {JANE: State.SENT, "bo@alder.example": State.REFUSED})
    assert refused.server_says == "No such user here"
    assert {one.party_id for one in Moment.objects.get(message=message).participants.all()} == {
        known.maya.party.pk,
        known.jane.pk,
    }


def test_a_server_that_cannot_now_is_asked_again_after_a_pause(known: Cast, office: PostOffice) -> None:
    office.refused[JANE] = "451 Come back later"
    message = sent_off(known)
    send()
    waits = Receiver.objects.get(message=message)
    office.refused.clear()

    at_once_again, later = send(), send(SOON + timedelta(minutes=2))

    assert (waits.state, waits.server_says, waits.goes_at) == (
        State.WAITING,
        "Come back later",
        SOON + queue.PAUSES[0],
    )
    assert (at_once_again, later, office.receivers) == (0, 1, [JANE])


def test_a_server_that_is_down_keeps_it_waiting_and_at_last_gives_up(known: Cast) -> None:
    message, at, seen = sent_off(known), SOON, []
    with going_to(free_port()):
        for _ in range(len(queue.PAUSES) + 1):
            send(at)
            seen.append(states(message)[JANE])
            at += timedelta(days=2)

    assert seen == [State.WAITING] * len(queue.PAUSES) + [State.REFUSED]


def test_a_line_that_breaks_before_the_answer_may_have_gone_and_never_goes_again_by_itself(
    known: Cast, office: PostOffice
) -> None:
    office.hangs_up = True
    message = sent_off(known)
    send()

    send(SOON + timedelta(days=1))

    assert (len(office.received), states(message)) == (1, {JANE: State.UNSURE})
    assert Message.objects.get(pk=message.pk).moment_id is None


def test_killed_between_the_claim_and_the_end_it_may_have_gone(known: Cast, office: PostOffice) -> None:
    message = sent_off(known)
    queue.claim(at=SOON)

    sent = send(SOON + timedelta(minutes=5))

    assert (sent, office.received, states(message)) == (0, [], {JANE: State.UNSURE})


def test_tried_again_by_hand_it_goes(known: Cast, office: PostOffice) -> None:
    message = sent_off(known)
    queue.claim(at=SOON)
    send(SOON + timedelta(minutes=5))

    actions.try_again(Receiver.objects.get(message=message), by=known.maya, at=SOON)
    send(SOON + timedelta(minutes=6))

    assert (office.receivers, states(message)) == ([JANE], {JANE: State.SENT})


def test_what_one_could_not_carry_keeps_the_others_from_nothing(
    known: Cast, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    bo = reachable(person("Bo Reed", tended_by=known.maya), "bo@alder.example", told_by=known.maya)
    first, second = sent_off(known), sent_off(known, To(bo, "bo@alder.example"))
    carry = queue.carry
    broken = Receiver.objects.get(message=first).pk

    def stumble(receiver_id: object, **told: object) -> object:
        if receiver_id == broken:
            raise RuntimeError
        return carry(receiver_id, **told)  # type: ignore[arg-type]

    monkeypatch.setattr(queue, "carry", stumble)

    send()

    assert (states(first), states(second)) == ({JANE: State.SENDING}, {"bo@alder.example": State.SENT})


def test_it_is_taken_back_while_it_waits_and_not_after(known: Cast, office: PostOffice) -> None:
    message = sent_off(known)

    actions.take_back(message, by=known.maya, at=NOW)
    send()

    assert (office.received, states(message)) == ([], {JANE: State.TAKEN_BACK})
    with pytest.raises(GoneAlready):
        actions.take_back(message, by=known.maya, at=NOW)


def test_only_its_writer_sends_it_off_or_takes_it_back(known: Cast) -> None:
    written = draft(known)

    with pytest.raises(NotYourMessage):
        actions.send_off(written, by=known.tom, at=NOW)
    message = actions.send_off(written, by=known.maya, at=NOW)
    with pytest.raises(NotYourMessage):
        actions.take_back(message, by=known.tom, at=NOW)
    with pytest.raises(NotYourMessage):
        actions.try_again(message.receivers.get(), by=known.ruth, at=NOW)


def test_nobody_else_sees_what_is_being_written(known: Cast) -> None:
    message = draft(known)

    seen = [
        Message.objects.visible_to(one).filter(pk=message.pk).exists() for one in (known.maya, known.tom, known.ruth)
    ]

    assert seen == [True, False, False]


def test_what_goes_to_somebody_closed_stays_closed(known: Cast) -> None:
    reachable(known.leona, "leona@severn.example", told_by=known.maya)
    message = sent_off(known, To(known.jane, JANE), To(known.leona, "leona@severn.example", role=Role.COPY))

    seen = [
        Message.objects.visible_to(one).filter(pk=message.pk).exists() for one in (known.maya, known.tom, known.ruth)
    ]

    assert seen == [True, False, False]


def test_nobody_writes_to_whom_they_may_not_see(known: Cast) -> None:
    reachable(known.leona, "leona@severn.example", told_by=known.maya)
    written = actions.Written("Hello", "Hello", Purpose.WORK, [To(known.leona, "leona@severn.example")])

    with pytest.raises(NotTheirAddress):
        actions.write(known.with_jane, written, by=known.tom, at=NOW)


def test_an_address_that_is_not_known_to_be_theirs_is_refused(known: Cast) -> None:
    with pytest.raises(NotTheirAddress, match=r"elsewhere@x\.example"):
        draft(known, To(known.jane, "elsewhere@x.example"))


def test_a_colleague_in_copy_gets_it_without_the_gate(known: Cast, office: PostOffice) -> None:
    message = sent_off(known, To(known.jane, JANE), To(known.tom.party, known.tom.email, role=Role.COPY))

    send()

    assert set(office.receivers) == {JANE, known.tom.email}
    assert Decision.objects.filter(receiver__message=message, party=known.tom.party).count() == 0
    assert "List-Unsubscribe" not in office.mail_to(known.tom.email)


def test_who_asked_once_may_still_send_that_one(cast: Cast, office: PostOffice) -> None:
    from ampersand.parties import actions as parties

    parties.tell_identifier(cast.jane, kind="email", value=JANE, teller=Teller(at=NOW, by=cast.maya))
    first = sent_off(cast, purpose=Purpose.ASK)
    send()
    second = sent_off(cast, purpose=Purpose.ASK)

    send()

    assert (states(first), states(second)) == ({JANE: State.SENT}, {JANE: State.HELD})


def test_what_was_asked_and_taken_back_asked_nobody(cast: Cast) -> None:
    from ampersand.parties import actions as parties

    parties.tell_identifier(cast.jane, kind="email", value=JANE, teller=Teller(at=NOW, by=cast.maya))
    actions.take_back(sent_off(cast, purpose=Purpose.ASK), by=cast.maya, at=NOW)

    again = actions.send_off(draft(cast, purpose=Purpose.ASK), by=cast.maya, at=SOON)

    assert states(again) == {JANE: State.WAITING}


@pytest.mark.parametrize(
    ("told", "says"),
    [({"subject": " "}, "subject"), ({"words": "\n"}, "what you want to say"), ({"to": ()}, "at least one person")],
)
def test_what_is_not_ready_says_what_is_missing(known: Cast, told: dict[str, object], says: str) -> None:
    to = told.pop("to", (To(known.jane, JANE),))
    written = actions.Written(**{"subject": "S", "words": "W", "purpose": Purpose.WORK, "to": to, **told})  # type: ignore[arg-type]
    message = actions.write(known.with_jane, written, by=known.maya, at=NOW)

    with pytest.raises(CannotGo, match=says):
        actions.send_off(message, by=known.maya, at=NOW)


def test_whoever_left_the_house_sends_nothing_any_more(known: Cast, office: PostOffice) -> None:
    message = sent_off(known)
    ours.leave(known.maya, by=known.ruth, at=NOW, hand_to=known.tom)

    send()

    assert (office.received, states(message)) == ([], {JANE: State.HELD})


def test_a_file_that_is_gone_from_the_disk_sends_nothing_and_says_so(known: Cast, office: PostOffice) -> None:
    from ampersand.core import files

    message = draft(known)
    kept = files.keep(b"prices", at=NOW, media_type="text/csv")
    actions.enclose(message, kept, name="prices.csv", by=known.maya)
    actions.send_off(message, by=known.maya, at=NOW)
    files.path_of(kept).unlink()

    send()

    assert (office.received, states(message)) == ([], {JANE: State.REFUSED})


def test_files_that_no_server_takes_are_refused_while_writing(known: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from ampersand.core import files

    message = draft(known)
    large = files.keep(b"x" * (25 << 20), at=NOW)

    with pytest.raises(CannotGo, match="18 MB"):
        actions.enclose(message, large, name="large.bin", by=known.maya)


def test_a_large_file_goes(known: Cast, office: PostOffice) -> None:
    from ampersand.core import files

    message = draft(known)
    content = bytes(range(256)) * (17 << 12)
    actions.enclose(message, files.keep(content, at=NOW), name="plan.bin", by=known.maya)
    actions.send_off(message, by=known.maya, at=NOW)

    send()

    [enclosed] = office.mail_to(JANE).iter_attachments()
    assert (enclosed.get_filename(), enclosed.get_content() == content) == ("plan.bin", True)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_it_once(office: PostOffice) -> None:
    from tests import cast as people

    known = people.enter()
    jane_is_reachable(known)
    messages = [sent_off(known) for _ in range(4)]

    at_once(send, send, send)

    assert office.receivers == [JANE] * 4
    assert {state for message in messages for state in states(message).values()} == {State.SENT}


@pytest.mark.django_db(transaction=True)
def test_what_is_in_somebody_s_hand_is_not_said_to_be_dropped(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests import cast as people

    known = people.enter()
    jane_is_reachable(known)
    message = sent_off(known)
    settled: list[int] = []
    hand_over = post.hand_over

    def meanwhile(mail: object) -> post.Answer:
        settled.extend(at_once(lambda: queue.settle_dropped(at=SOON + timedelta(hours=1))))
        return hand_over(mail)  # type: ignore[arg-type]

    monkeypatch.setattr(post, "hand_over", meanwhile)

    send()

    assert (settled, states(message), office.receivers) == ([0], {JANE: State.SENT}, [JANE])


@pytest.mark.django_db(transaction=True)
def test_whoever_settled_it_meanwhile_is_heeded(office: PostOffice) -> None:
    from tests import cast as people

    known = people.enter()
    jane_is_reachable(known)
    message = sent_off(known)
    claimed = queue.claim(at=SOON)
    assert claimed is not None
    queue.settle_dropped(at=SOON + timedelta(hours=1))

    carried = queue.carry(claimed, at=SOON)

    assert (carried, office.received, states(message)) == (None, [], {JANE: State.UNSURE})
    assert not connection.in_atomic_block
    assert transaction.get_autocommit()


def test_who_is_named_twice_gets_it_once_in_the_first_part(known: Cast) -> None:
    bo = reachable(person("Bo Reed", tended_by=known.maya), "bo@alder.example", told_by=known.maya)
    message = draft(known, To(bo, "bo@alder.example"), To(known.jane, JANE), To(bo, "bo@alder.example", role=Role.COPY))

    told = message.receivers.order_by("id").values_list("address", "role")

    assert list(told) == [("bo@alder.example", Role.TO), (JANE, Role.TO)]


def test_what_waits_for_somebody_who_is_erased_never_goes(known: Cast, office: PostOffice) -> None:
    message = sent_off(known, words="Dear Jane Okafor, here it is.")
    erase_party(known.jane, by=known.ruth, at=NOW)

    send()

    message.refresh_from_db()
    assert (office.received, message.words, message.subject, states(message)) == ([], "", "", {"": State.TAKEN_BACK})


def test_of_a_draft_that_is_thrown_away_nothing_is_left(known: Cast) -> None:
    message = draft(known)
    again = actions.Written("Another", "words", Purpose.WORK, [To(known.jane, JANE)])
    actions.write(known.with_jane, again, by=known.maya, at=NOW, draft=message)

    actions.discard(message, by=known.maya)

    rows: list[type[models.Model]] = [Message, Receiver, past_of(Message), past_of(Receiver)]
    assert [model._base_manager.count() for model in rows] == [0, 0, 0, 0]
