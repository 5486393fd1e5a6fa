"""What a promise is of is read from its own words, alike in Python and in SQL, and its promiser's side may say otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from ampersand.parties.speaking import Speaker
from ampersand.promises import actions, kinds, sorting
from ampersand.promises.kinds import TABLE, Kind, kind_of
from ampersand.promises.models import Promise, PromiseEvent
from ampersand.promises.sides import NotYoursToSay
from ampersand.promises.states import Position
from tests import cast as people
from tests.cast import NOW, Cast

SAID = {
    "Send the price list by Friday": Kind.SEND,
    "email her the invoice": Kind.SEND,
    "Ich schicke Ihnen die Preisliste": Kind.SEND,
    "Tom with the refractometer": Kind.OTHER,
    "Two pallets delivered on Tuesday": Kind.DELIVER,
    "pick up the old grinder": Kind.DELIVER,
    "pick a date for the tasting": Kind.DECIDE,
    "Lieferung bis Montag": Kind.DELIVER,
    "Bring the samples, then call": Kind.DELIVER,
    "Let you know what the roaster says": Kind.ANSWER,
    "I will get back to you": Kind.ANSWER,
    "Bescheid geben bis Donnerstag": Kind.ANSWER,
    "Call you before I send the list": Kind.MEET,
    "anrufen wegen der Rechnung": Kind.MEET,
    "DECIDE on the decaf": Kind.DECIDE,
    "Wir entscheiden das im März": Kind.DECIDE,
    "Pay the April invoice": Kind.PAY,
    "die Rechnung bis Freitag überweisen": Kind.PAY,
    "Überweisung am Montag": Kind.PAY,
    "settle on a colour": Kind.DECIDE,
    "settle the account": Kind.PAY,
    "Payroll": Kind.PAY,
    "repayable sender": Kind.SEND,
    "unpaid": Kind.OTHER,
    "price-pay-list": Kind.OTHER,
    "": Kind.OTHER,
    "'; DROP TABLE promises_promise; -- send": Kind.SEND,
    "%s %(words)s \\ \x01 send.": Kind.SEND,
    "call/visit": Kind.MEET,
}


@pytest.mark.parametrize(("words", "kind"), SAID.items())
def test_the_first_word_of_the_table_tells_the_kind(words: str, kind: Kind) -> None:
    assert kind_of(words) == kind


def everything_asked() -> list[str]:
    """Every word of the table, alone and in twos, and words that are hard on files and expressions."""
    every = [word.replace("*", more) for words in TABLE.values() for word in words for more in ("", "en")]
    hostile = ["x" * 10_000 + " send", 'say "drop', "drop,off", "drop\noff", "drop\\off", "\\N", "x" * 100_000 + " pay"]
    return [*SAID, *every, *(f"{one} {other}" for one in every[::7] for other in every[::5]), *hostile, *Kind.values]


@pytest.mark.django_db
def test_postgres_reads_every_word_as_python_does() -> None:
    asked = everything_asked()

    assert told_by_postgres(kinds.sql("told.words"), asked) == [kind_of(words).value for words in asked]


def told_by_postgres(sql: str, asked: list[str]) -> list[str]:
    """What an expression over `told.words` says of each of these."""
    with connection.cursor() as cursor:
        told = "unnest(%s::text[]) WITH ORDINALITY AS told (words, place)"
        cursor.execute(f"SELECT {sql} FROM {told} ORDER BY told.place", [asked])  # noqa: S608
        return [row[0] for row in cursor.fetchall()]


def test_no_word_stands_for_two_kinds() -> None:
    every = [word for words in TABLE.values() for word in set(words)]

    assert len(every) == len(set(every))


def test_the_whole_table_is_published() -> None:
    told = (Path(__file__).parents[3] / "docs" / "promises.md").read_text(encoding="utf-8")

    for kind, words in TABLE.items():
        line = next(line for line in told.splitlines() if line.startswith(f"| {kind.label} |"))
        assert line == f"| {kind.label} | {', '.join(words)} |"


@pytest.mark.django_db
def test_its_promisers_side_says_otherwise_and_what_it_was_before_is_kept(cast: Cast) -> None:
    promise = people.promise(
        cast.maya.party, cast.jane, words="Send somebody to look at the grinder", told_by=cast.maya
    )
    assert promise.sort == Kind.SEND

    said = sorting.say_kind(promise, "deliver", speaker=people.says(cast.maya))
    sorting.say_kind(promise, "deliver", speaker=people.says(cast.maya))
    assert (said.sort, PromiseEvent.objects.count()) == (Kind.DELIVER, 1)

    again = sorting.say_kind(promise, "send", speaker=people.says(cast.maya))
    assert again.sort == Kind.SEND
    assert list(Promise.objects.values_list(Promise.sorted_by_words(), flat=True)) == ["send"]
    assert list(PromiseEvent.objects.order_by("at").values_list("sort", flat=True)) == ["deliver", "send"]


@pytest.mark.django_db
def test_what_it_is_about_moves_it_nowhere_and_hides_no_word_that_may_be_taken_back(cast: Cast) -> None:
    promise = people.promise(cast.maya.party, cast.jane, words="Send the list", told_by=cast.maya)
    done = actions.say_done(promise, speaker=people.says(cast.maya))
    sorting.say_kind(promise, "pay", speaker=people.says(cast.maya))

    told = Promise.objects.get()
    assert (told.position(), [event.pk for event in told.said()]) == (Position.DONE, [done.pk])
    actions.take_back(done, speaker=people.says(cast.maya))
    with pytest.raises(NotYoursToSay):
        actions.take_back(PromiseEvent.objects.get(kind="sorted"), speaker=people.says(cast.maya))
    assert Promise.objects.get().sort == Kind.PAY


@pytest.mark.django_db
def test_nobody_but_its_promisers_side_says_what_it_is_of(cast: Cast) -> None:
    theirs = people.promise(cast.jane, cast.maya.party, words="Send the volumes", told_by=cast.maya)

    with pytest.raises(NotYoursToSay):
        sorting.say_kind(theirs, "pay", speaker=people.says(cast.maya))
    with pytest.raises(ValueError, match="9 of 10"):
        sorting.say_kind(theirs, "9 of 10", speaker=people.says(cast.maya))
    assert sorting.say_kind(theirs, "pay", speaker=Speaker.told(cast.jane, by=cast.maya, at=NOW)).sort == Kind.PAY
    assert sorting.say_kind(theirs, "send", speaker=Speaker.themselves(cast.jane, at=NOW)).sort == Kind.SEND
    assert list(PromiseEvent.objects.order_by("at").values_list("voice", flat=True)) == ["told_by_us", "own"]
