"""One letter about a change, to people named one by one. Never to a crowd, never for anything else."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from uuid import uuid4

import pytest

from ampersand.parties.actions import Teller
from ampersand.terms import actions as terms
from ampersand.terms.attempt import Purpose
from ampersand.terms.messages import actions
from ampersand.terms.messages.models import Message, State
from ampersand.terms.messages.rules import CannotGo, To
from ampersand.terms.tests.post_office import PostOffice, open_office
from ampersand.terms.tests.writing import JANE, SOON, jane_is_reachable, reachable, send, states
from tests.at_once import at_once
from tests.cast import NOW, Cast, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_office() as office:
        yield office


def tell(cast: Cast, *to: To, **told: object) -> list[Message]:
    return actions.tell_those_it_touches(
        cast.with_jane,
        **{
            "subject": "Milk comes on Tuesdays",
            "words": "From November on.",
            "to": to,
            "by": cast.maya,
            "at": NOW,
            **told,
        },  # type: ignore[arg-type]
    )


def both(cast: Cast) -> tuple[To, To]:
    jane_is_reachable(cast)
    bo = reachable(person("Bo Reed", tended_by=cast.maya), "bo@alder.example", told_by=cast.maya)
    return To(cast.jane, JANE, why="You have milk from us."), To(bo, "bo@alder.example", why="You take it in.")


def test_each_gets_a_letter_of_their_own_that_says_why(cast: Cast, office: PostOffice) -> None:
    told = tell(cast, *both(cast))
    send()

    mail = office.mail_to(JANE)

    assert {one.purpose for one in told} == {Purpose.CONCERNS}
    assert len({one.together_id for one in told}) == 1
    assert (mail["To"], mail["Cc"]) == ("Jane Okafor <jane@alder.example>", None)
    assert "Why you get this: You have milk from us." in mail.get_content()
    assert "Bo Reed" not in mail.as_string()


def test_whoever_rests_is_told_nothing_and_the_others_are(cast: Cast, office: PostOffice) -> None:
    to = both(cast)
    terms.say(cast.jane, roster="rest", said_at=NOW, teller=Teller(at=SOON, by=None))

    told = tell(cast, *to, at=SOON)
    send()

    assert [states(one) for one in told] == [{JANE: State.HELD}, {"bo@alder.example": State.SENT}]


def test_it_can_be_for_nothing_but_a_change_that_concerns_them() -> None:
    assert "purpose" not in inspect.signature(actions.tell_those_it_touches).parameters


def test_nobody_is_told_without_a_reason_of_their_own(cast: Cast) -> None:
    jane, bo = both(cast)

    with pytest.raises(CannotGo, match="why it touches them"):
        tell(cast, jane, To(bo.party, bo.address, why=" "))


def test_it_is_for_named_people_and_not_for_a_crowd(cast: Cast) -> None:
    crowd = [To(person(f"Somebody {number}"), f"{number}@x.example", why="So.") for number in range(49)]

    with pytest.raises(CannotGo, match="at most 48"):
        tell(cast, *crowd)


def test_news_goes_to_nobody_together_with_somebody_else(cast: Cast) -> None:
    jane, bo = both(cast)
    written = actions.Written("New beans", "Try them.", Purpose.NEWS, [jane, bo])
    message = actions.write(cast.with_jane, written, by=cast.maya, at=NOW)

    with pytest.raises(CannotGo, match="one person at a time"):
        actions.send_off(message, by=cast.maya, at=NOW)


def test_sent_twice_it_goes_once(cast: Cast) -> None:
    to, together_id = both(cast), uuid4()
    first = tell(cast, *to, together_id=together_id)

    again = tell(cast, *to, together_id=together_id)

    assert ([one.pk for one in first], Message.objects.count()) == ([one.pk for one in again], 2)


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_once_it_goes_once() -> None:
    from tests import cast as people

    known, together_id = people.enter(), uuid4()
    to = both(known)

    at_once(lambda: tell(known, *to, together_id=together_id), lambda: tell(known, *to, together_id=together_id))

    assert Message.objects.count() == 2
